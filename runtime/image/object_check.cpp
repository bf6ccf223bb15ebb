// See object_check.h. What is asked of a kind here are the invariants that its operations rely on without
// looking: who adds one to a kind's header adds it here.
#include "runtime/image/object_check.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/image/iterator_state.h"
#include "runtime/runtime.h"
#include "runtime/types/dict_table.h"

namespace lisle::rt {

bool ObjectCheck::header(const Object& o) const {
  // Storage and the like has no class.
  if (o.shape == 0) return true;
  const Shape& shape = *rt_.shapes[o.shape];
  const Kind expected = shape.type->instance_kind;
  return o.kind == expected;
}

bool ObjectCheck::sound(List& list) {
  return list.size == 0 || (list.items && list.size <= list.items->capacity);
}

bool ObjectCheck::sound(Dict& dict) {
  if (!dict.index || !dict.entries) return !dict.index && !dict.entries && dict.filled == 0 && dict.used == 0;
  if (dict.index_log2 < 3 || dict.index_log2 > 32) return false;
  const u64 slots = u64{1} << dict.index_log2, width = dict_slot_bytes(dict.index_log2);
  if (dict.index->capacity < slots * width + sizeof(u64)) return false;
  if (dict.used > dict.filled || dict.filled > dict.entries->capacity / Dict::kEntryWords) return false;
  u64 empty = 0;
  for (u64 i = 0; i < slots; ++i) {
    u32 number = 0;
    std::memcpy(&number, dict.index->bytes + i * width, width);
    if (number > dict.entries->capacity / Dict::kEntryWords) return false;
    empty += number == 0;
  }
  // A walk ends at an empty slot, and those that may still be taken are counted.
  if (empty == 0 || dict_slots_left(dict) >= empty) return false;
  u64 live = 0;
  for (u64 i = 0; i < dict.filled; ++i) {
    const Value hash = dict.entries->items[i * Dict::kEntryWords];
    if (!hash.is_int()) return false;
    live += !dict.key_at(i).is_unbound();
  }
  return live == dict.used;
}

bool ObjectCheck::sound(Set& set) {
  if (!set.keys || !set.hashes)
    return !set.keys && !set.hashes && set.used == 0 && set.fill == 0 && set.mask == 7;
  const u64 slots = set.mask + 1;
  if (set.mask < 7 || !std::has_single_bit(slots) || set.keys->capacity < slots) return false;
  if (set.hashes->capacity / sizeof(i64) < slots) return false;
  u64 used = 0, fill = 0;
  for (u64 i = 0; i < slots; ++i) {
    used += Set::is_key(set.keys->items[i]);
    fill += !set.keys->items[i].is_unbound();
  }
  return used == set.used && fill == set.fill && fill < slots;
}

bool ObjectCheck::sound(Deque& deque) {
  if (!deque.ring) return deque.size == 0;
  const u64 capacity = deque.ring->capacity;
  return std::has_single_bit(capacity) && deque.start < capacity && deque.size <= capacity &&
         deque.limit >= -1;
}

bool ObjectCheck::sound(Str& str) {
  const u64 units = str.data_bytes() >> str.width_log2();
  if (str.length >= units) return false;
  if (str.width_log2() == 2) {
    constexpr u32 kMostPoint = 0x10ffff;
    for (u64 i = 0; i < str.length; ++i)
      if (str.data32()[i] > kMostPoint) return false;
  }
  for (u64 i = 0; str.is_ascii() && i < str.length; ++i)
    if (str.at(i) > 0x7f) return false;
  return !str.is_ascii() || str.width_log2() == 0;
}

bool ObjectCheck::sound(Bytes& bytes) {
  return bytes.data[bytes.length] == 0;
}

bool ObjectCheck::holds(const ByteStore& store) const {
  return store.size == 0 || (store.storage && store.size <= store.storage->capacity);
}
bool ObjectCheck::sound(ByteArray& bytes) {
  return holds(bytes);
}
bool ObjectCheck::sound(TypedArray& array) {
  constexpr u64 kMostItem = 8;
  return holds(array) && array.item_size > 0 && array.item_size <= kMostItem &&
         array.size % array.item_size == 0;
}

bool ObjectCheck::sound(MemoryView& view) {
  if (view.is_released()) return true;
  const u64 bytes = is_kind(view.source, Kind::Bytes) ? to<Bytes>(view.source)->length
                    : as_byte_store(view.source)      ? as_byte_store(view.source)->size
                                                      : ~u64{0};
  constexpr u64 kMostItem = 16;
  if (bytes == ~u64{0} || view.item_size == 0 || view.item_size > kMostItem || view.length > bytes)
    return false;
  if (view.length == 0) return true;
  // The first and the last item lie in the source; with more dimensions there are no gaps.
  const i64 last = view.shape.is_int() ? view.stride * static_cast<i64>(view.length - 1)
                                       : static_cast<i64>(view.item_size * (view.length - 1));
  if (view.stride > static_cast<i64>(bytes) || view.stride < -static_cast<i64>(bytes)) return false;
  const i64 least = view.offset + std::min<i64>(last, 0), most = view.offset + std::max<i64>(last, 0);
  return least >= 0 && most >= 0 && static_cast<u64>(most) + view.item_size <= bytes &&
         (view.shape.is_int() || is_kind(view.shape, Kind::Tuple));
}

bool ObjectCheck::sound(Instance& instance) {
  const Shape& shape = *rt_.shapes[instance.shape];
  if (instance.shape == 0 || instance.aux < shape.inline_slots) return false;
  if (shape.is_dict_mode()) return instance.overflow.is_int() || is_kind(instance.overflow, Kind::Dict);
  if (shape.slot_count <= shape.inline_slots) return true;
  const auto* overflow = as<Array>(instance.overflow);
  return overflow && overflow->capacity >= shape.slot_count - shape.inline_slots;
}

bool ObjectCheck::sound(Iterator& iterator) {
  return iterator.shape != 0 && iterator.type_id < kTypeCount &&
         is_subtype(rt_.shapes[iterator.shape]->type, rt_.types[iterator.type_id]) &&
         is_whole_iterator(iterator);
}

bool ObjectCheck::sound(Type& type) {
  if (!type.name || !type.qualname || !type.bases || !type.mro || !type.dict || !type.instance_shape)
    return false;
  if (type.instance_kind >= Kind::kCount || type.builtin_id > kTypeCount || type.shape == 0) return false;
  if (type.builtin_id && rt_.types[type.builtin_id - 1] != &type) return false;
  // A metaclass may put the classes in any order.
  if (type.mro->size == 0) return false;
  for (const Tuple* list : {type.bases, type.mro})
    for (u64 i = 0; i < list->size; ++i)
      if (!is_kind(list->items[i], Kind::Type)) return false;
  const Shape& instances = *type.instance_shape;
  return instances.type == &type && (!type.dict_shape || type.dict_shape->type == &type);
}

bool ObjectCheck::sound(Shape& shape) {
  if (shape.id >= rt_.shapes.size() || rt_.shapes[shape.id] != &shape || !shape.type) return false;
  if (shape.inline_slots > 0xffff || shape.slot_count > 0xffffff) return false;
  const bool grows = shape.parent && !shape.is_dict_mode();
  if (grows && (!shape.last_name || shape.parent->slot_count + 1 != shape.slot_count)) return false;
  for (u64 i = 0; shape.transitions && i < shape.transitions->capacity; ++i) {
    const Value v = shape.transitions->items[i];
    if (v.is_object() && !is_kind(v, i % 2 ? Kind::Shape : Kind::Str)) return false;
  }
  return true;
}

bool ObjectCheck::sound(Native& native) {
  if (native.native_id >= rt_.natives.size() || !native.name) return false;
  const NativeEntry& entry = rt_.natives[native.native_id];
  return native.aux == std::max(entry.registers, entry.param_count);
}

bool ObjectCheck::sound(Function& function) {
  if (!function.code || !function.globals || !function.builtins || !function.name || !function.qualname)
    return false;
  const u64 wanted = function.code->free_names ? function.code->free_names->size : 0;
  if ((function.closure ? function.closure->size : 0) < wanted) return false;
  for (u64 i = 0; function.closure && i < function.closure->size; ++i)
    if (!is_kind(function.closure->items[i], Kind::Cell)) return false;
  return true;
}

bool ObjectCheck::sound(Code& code) {
  std::string why;
  if (!rt_.hooks->verify_code(code, why) || !rt_.hooks->distrust_code(code, why)) return false;
  const u64 least = (kHeaderWords + code.register_count) * sizeof(Value);
  constexpr u64 kMostFrame = u64{1} << 24;
  return code.frame_bytes >= least && code.frame_bytes < kMostFrame && code.frame_bytes % sizeof(Value) == 0;
}

bool ObjectCheck::sound(Module& module) {
  return module.dict && module.name;
}

bool ObjectCheck::sound(Range& range) {
  for (const Value v : {range.start, range.stop, range.step, range.length})
    if (!v.is_int() && !is_kind(v, Kind::Int)) return false;
  return true;
}

bool ObjectCheck::sound(ChannelBuffer& buffer) {
  return buffer.capacity > 0 && buffer.start < buffer.capacity && buffer.count <= buffer.capacity;
}

bool ObjectCheck::sound(Readiness& readiness) {
  constexpr u64 kRowBytes = sizeof(FileInterest);
  return readiness.tasklet && readiness.interests &&
         readiness.count <= readiness.interests->capacity / kRowBytes;
}

// Months are looked up in tables.
bool ObjectCheck::sound(Date& date) {
  return date.date.month >= 1 && date.date.month <= 12;
}
bool ObjectCheck::sound(DateTime& moment) {
  return moment.date.month >= 1 && moment.date.month <= 12;
}

bool ObjectCheck::sound(TimeZone& zone) {
  return is_kind(zone.offset, Kind::TimeDelta) && (zone.name.is_none() || is_kind(zone.name, Kind::Str));
}

bool ObjectCheck::sound(File& file) {
  const u64 in = file.in ? file.in->capacity : 0, out = file.out ? file.out->capacity : 0;
  return file.in_begin <= file.in_end && file.in_end <= in && file.out_size <= out;
}

}  // namespace lisle::rt

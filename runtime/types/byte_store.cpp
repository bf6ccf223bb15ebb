// Growing, shrinking and splicing the bytes of a bytearray or an array.array.
//
// CPython counts the views that are alive, by reference counts. Here a view that was dropped is found by a
// collection only, which may be far away, and refusing to resize because of it would break programs that do
// `bytes(memoryview(buffer)[:n]); del buffer[:n]`. So the count of views that nobody released only asks for a
// closer look: whether a name that the running functions can use still holds one of them.
#include "runtime/types/byte_store.h"

#include <cstring>
#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"
#include "runtime/types/type.h"

namespace lisle::rt {

namespace {

constexpr u16 kManyViews = UINT16_MAX;
constexpr int kLookedAtFrames = 64;

bool is_view_of(Value v, const ByteStore& store) {
  MemoryView* view = as<MemoryView>(v);
  return view != nullptr && view->source == Value::from(&store);
}

bool dict_holds_view(const Dict& names, const ByteStore& store) {
  u64 position = 0;
  Value key, value;
  while (dict_next(names, position, key, value)) {
    if (is_view_of(value, store)) return true;
  }
  return false;
}

// A variable's value, what a closure's cell holds, or an attribute of an object that a variable names.
bool variable_holds_view(Value v, const ByteStore& store) {
  if (is_view_of(v, store)) return true;
  if (Cell* cell = as<Cell>(v)) return is_view_of(cell->content, store);
  Instance* object = as<Instance>(v);
  if (object == nullptr) return false;
  if (Dict* attributes = as<Dict>(object->overflow)) return dict_holds_view(*attributes, store);
  for (u32 i = 0; i < object->aux; ++i) {
    if (is_view_of(object->slots[i], store)) return true;
  }
  return false;
}

// Is one of the views of `store` held by a name of a running function or of its module?
bool named_view_exists(Runtime& rt, const ByteStore& store) {
  Dict* globals = nullptr;
  int looked_at = 0;
  for (Frame* at = rt.thread.frame; at != nullptr && looked_at < kLookedAtFrames; at = at->prev) {
    Function* function = as<Function>(at->fn);
    if (function == nullptr) continue;
    ++looked_at;
    for (u32 i = 0; i < function->code->local_count; ++i) {
      if (variable_holds_view((*at)[i], store)) return true;
    }
    if (function->globals == globals) continue;
    globals = function->globals;
    if (dict_holds_view(*globals, store)) return true;
  }
  return false;
}

Result require_unseen(Runtime& rt, ByteStore& store) {
  if (LISLE_LIKELY(store.aux == 0) || !named_view_exists(rt, store)) return Result::none();
  return raise(rt, TypeId::BufferError,
               store.kind == Kind::TypedArray ? "cannot resize an array that is exporting buffers"
                                              : "Existing exports of data: object cannot be re-sized");
}

// Calls `visit(position)` for the first byte of each item of a slice, in order.
template <class F>
void each_item(const SliceRange& range, u64 unit, F&& visit) {
  for (i64 i = 0, at = range.start; i < range.count; ++i, at += range.step)
    visit(static_cast<u64>(at) * unit);
}

}  // namespace

void view_opened(ByteStore& store) {
  if (store.aux < kManyViews) ++store.aux;
}

void view_released(ByteStore& store) {
  if (store.aux > 0 && store.aux < kManyViews) --store.aux;
}

Result resize_store(Runtime& rt, ByteStore& store, u64 size) {
  if (size == store.size) return Result::none();
  TRY(require_unseen(rt, store));
  u64 capacity = store.storage == nullptr ? 0 : store.storage->capacity;
  if (size > capacity) {
    // An eighth more than asked, so that appending is linear altogether.
    u64 wanted = size + (size >> 3) + (size < 9 ? 3 : 6);
    TRY(require_byte_room(rt, wanted));
    Raw* storage = new_raw(rt, wanted);
    if (store.size > 0) std::memcpy(storage->bytes, store.storage->bytes, store.size);
    store.storage = storage;
    rt.heap.wrote(&store);
  } else if (size > store.size) {
    std::memset(store.storage->bytes + store.size, 0, size - store.size);
  }
  store.size = size;
  return Result::none();
}

Result replace_store_range(Runtime& rt, ByteStore& store, u64 from, u64 to, std::string_view fresh) {
  u64 tail = store.size - to, size = from + fresh.size() + tail;
  if (size < store.size) {
    TRY(require_unseen(rt, store));
    std::memmove(store.storage->bytes + from + fresh.size(), store.storage->bytes + to, tail);
    store.size = size;
  } else if (size > store.size) {
    TRY(resize_store(rt, store, size));
    std::memmove(store.storage->bytes + size - tail, store.storage->bytes + to, tail);
  }
  if (!fresh.empty()) std::memcpy(store.storage->bytes + from, fresh.data(), fresh.size());
  return Result::none();
}

Result assign_store_slice(Runtime& rt, ByteStore& store, Value slice, u64 unit, std::string_view fresh) {
  SliceRange range;
  TRY(slice_range(rt, slice, static_cast<i64>(store.size / unit), range));
  std::string copy(fresh);  // it may lie in the store itself
  u64 count = range.count < 0 ? 0 : static_cast<u64>(range.count);
  if (copy.empty() && range.step != 1) return delete_store_slice(rt, store, slice, unit);
  if (range.step == 1) {
    u64 from = static_cast<u64>(range.start) * unit;
    return replace_store_range(rt, store, from, from + count * unit, copy);
  }
  if (copy.size() != count * unit) {
    return raise(rt, TypeId::ValueError, "attempt to assign %s of size %llu to extended slice of size %llu",
                 store.kind == Kind::TypedArray ? "array" : "bytes",
                 static_cast<unsigned long long>(copy.size() / unit), static_cast<unsigned long long>(count));
  }
  const char* next = copy.data();
  each_item(range, unit, [&](u64 at) {
    std::memcpy(store.storage->bytes + at, next, unit);
    next += unit;
  });
  return Result::none();
}

Result delete_store_slice(Runtime& rt, ByteStore& store, Value slice, u64 unit) {
  SliceRange range;
  TRY(slice_range(rt, slice, static_cast<i64>(store.size / unit), range));
  if (range.count <= 0) return Result::none();
  if (range.step == 1) {
    u64 from = static_cast<u64>(range.start) * unit;
    return replace_store_range(rt, store, from, from + static_cast<u64>(range.count) * unit, {});
  }
  std::string gone(store.size / unit, '\0'), kept;
  each_item(range, unit, [&](u64 at) { gone[at / unit] = 1; });
  for (u64 i = 0; i < gone.size(); ++i) {
    if (!gone[i]) kept += store.view().substr(i * unit, unit);
  }
  return replace_store_range(rt, store, 0, store.size, kept);
}

}  // namespace lisle::rt

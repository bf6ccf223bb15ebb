// Items and slices of lists and tuples.
//
// An index that is not an int yet (it has __index__, or it is a slice of such) is turned into one by a step
// machine first, which then comes back here.
#include "runtime/types/list_items.h"

#include <algorithm>
#include <cstring>

#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/int.h"
#include "runtime/types/slice.h"

namespace lisle::rt {

namespace {

// Storage is visited whole: places that fall out of use must not keep their items alive.
void forget_items(List& list, u64 from) {
  std::fill(list.items->items + from, list.items->items + list.size, Value());
}

Value list_value(List& list) {
  return Value::from(&list);
}

// The place of an int index in a sequence of `size`; false when out of range.
bool place_of(Value key, u64 size, u64& place) {
  i64 index;
  if (!int_to_i64(key, index)) return false;
  if (index < 0) index += static_cast<i64>(size);
  place = static_cast<u64>(index);
  return place < size;
}

Result bad_index(Runtime& rt, const char* what, Value key) {
  return raise(rt, TypeId::TypeError, "%s indices must be integers or slices, not %s", what,
               type_name(rt, key));
}

// An int that no sequence is long enough for.
Result too_large(Runtime& rt) {
  return raise(rt, TypeId::IndexError, "cannot fit 'int' into an index-sized integer");
}

Result out_of_range(Runtime& rt, Value key, const char* text) {
  i64 index;
  if (!int_to_i64(key, index)) return too_large(rt);
  return raise(rt, TypeId::IndexError, "%s", text);
}

Result list_slice(Runtime& rt, const List& list, Value slice) {
  SliceRange range;
  TRY(slice_range(rt, slice, static_cast<i64>(list.size), range));
  if (range.step == 1) return Value::from(list_copy_range(rt, list, range.start, range.start + range.count));
  List* copy = new_list(rt, static_cast<u64>(range.count));
  for (i64 i = 0, at = range.start; i < range.count; ++i, at += range.step) {
    copy->items->items[i] = list.items->items[at];
  }
  copy->size = static_cast<u64>(range.count);
  if (copy->items) rt.heap.wrote(copy->items);
  return Value::from(copy);
}

Result tuple_slice(Runtime& rt, Tuple& tuple, Value slice) {
  SliceRange range;
  TRY(slice_range(rt, slice, static_cast<i64>(tuple.size), range));
  bool whole = range.step == 1 && range.count == static_cast<i64>(tuple.size);
  if (whole && tuple.shape == rt.shape_of(TypeId::Tuple)) return Value::from(&tuple);
  if (range.step == 1) {
    return Value::from(new_tuple_from(rt, tuple.items + range.start, static_cast<u64>(range.count)));
  }
  Tuple* copy = new_tuple(rt, static_cast<u64>(range.count));
  for (i64 i = 0, at = range.start; i < range.count; ++i, at += range.step) copy->items[i] = tuple.items[at];
  rt.heap.wrote(copy);
  return Value::from(copy);
}

// Stores a list of new items over a slice whose bounds are ints.
Result assign_slice(Runtime& rt, List& list, Value slice, List& items) {
  SliceRange range;
  TRY(slice_range(rt, slice, static_cast<i64>(list.size), range));
  u64 count = items.size;
  const Value* source = count ? items.items->items : nullptr;
  if (range.step == 1) {
    list_replace_range(rt, list, static_cast<u64>(range.start), static_cast<u64>(range.start + range.count),
                       source, count);
    return Result::none();
  }
  if (static_cast<i64>(count) != range.count) {
    return raise(rt, TypeId::ValueError,
                 "attempt to assign sequence of size %lld to extended slice of size %lld",
                 static_cast<long long>(count), static_cast<long long>(range.count));
  }
  for (i64 i = 0, at = range.start; i < range.count; ++i, at += range.step) list.items->items[at] = source[i];
  if (count) rt.heap.wrote(list.items);
  return Result::none();
}

Result delete_slice(Runtime& rt, List& list, Value slice) {
  SliceRange range;
  TRY(slice_range(rt, slice, static_cast<i64>(list.size), range));
  if (range.count == 0) return Result::none();
  if (range.step == 1) {
    list_replace_range(rt, list, static_cast<u64>(range.start), static_cast<u64>(range.start + range.count),
                       nullptr, 0);
    return Result::none();
  }
  if (range.step < 0) {  // the same items, counted upwards
    range.start += (range.count - 1) * range.step;
    range.step = -range.step;
  }
  Value* items = list.items->items;
  u64 to = static_cast<u64>(range.start), next_gone = to;
  i64 gone = 0;
  for (u64 from = to; from < list.size; ++from) {
    if (gone < range.count && from == next_gone) {
      ++gone;
      next_gone += static_cast<u64>(range.step);
      continue;
    }
    items[to++] = items[from];
  }
  forget_items(list, to);
  list.size = to;
  rt.heap.wrote(list.items);
  return Result::none();
}

}  // namespace

List* list_copy_range(Runtime& rt, const List& list, i64 start, i64 end) {
  i64 size = static_cast<i64>(list.size);
  start = start < 0 ? 0 : start > size ? size : start;
  end = end < start ? start : end > size ? size : end;
  return new_list_from(rt, list.items ? list.items->items + start : nullptr, static_cast<u64>(end - start));
}

void list_replace_range(Runtime& rt, List& list, u64 start, u64 end, const Value* items, u64 count) {
  if (end < start) end = start;
  u64 size = list.size - (end - start) + count;
  u64 tail = list.size - end;
  if (size > 0 && (!list.items || size > list.items->capacity))
    list_resize_storage(rt, list, size + size / 4 + 4);
  if (list.items) {
    Value* base = list.items->items;
    if (tail) std::memmove(base + start + count, base + end, tail * sizeof(Value));
    if (count) std::memcpy(base + start, items, count * sizeof(Value));
    if (size < list.size) forget_items(list, size);
    rt.heap.wrote(list.items);
  }
  list.size = size;
}

Result list_get_item(Runtime& rt, Frame& f, List& list, Value key) {
  u64 place;
  if (LISLE_LIKELY(key.is_int() || is_int_like(key))) {
    if (place_of(key, list.size, place)) return list.items->items[place];
    return out_of_range(rt, key, "list index out of range");
  }
  if (is_kind(key, Kind::Slice)) {
    if (slice_is_plain(key)) return list_slice(rt, list, key);
  } else if (!has_special(rt, key, Special::Index)) {
    return bad_index(rt, "list", key);
  }
  return call_internal(rt, f, Internal::IndexThenGet, {list_value(list), key});
}

Result tuple_get_item(Runtime& rt, Frame& f, Tuple& tuple, Value key) {
  u64 place;
  if (LISLE_LIKELY(key.is_int() || is_int_like(key))) {
    if (place_of(key, tuple.size, place)) return tuple.items[place];
    return out_of_range(rt, key, "tuple index out of range");
  }
  if (is_kind(key, Kind::Slice)) {
    if (slice_is_plain(key)) return tuple_slice(rt, tuple, key);
  } else if (!has_special(rt, key, Special::Index)) {
    return bad_index(rt, "tuple", key);
  }
  return call_internal(rt, f, Internal::IndexThenGet, {Value::from(&tuple), key});
}

Result list_set_item(Runtime& rt, Frame& f, List& list, Value key, Value v) {
  u64 place;
  if (LISLE_LIKELY(key.is_int() || is_int_like(key))) {
    if (!place_of(key, list.size, place)) return out_of_range(rt, key, "list assignment index out of range");
    list.items->items[place] = v;
    rt.heap.wrote(list.items);
    return Result::none();
  }
  // Another list, as it is: nobody has to be asked.
  if (is_kind(key, Kind::Slice) && slice_is_plain(key) && is_kind(v, Kind::List) && v.object() != &list &&
      v.object()->shape == rt.shape_of(TypeId::List))
    return assign_slice(rt, list, key, *to<List>(v));
  if (is_kind(key, Kind::Slice))
    return call_internal(rt, f, Internal::ListAssignSlice, {list_value(list), key, v});
  if (!has_special(rt, key, Special::Index)) return bad_index(rt, "list", key);
  return call_internal(rt, f, Internal::IndexThenSet, {list_value(list), key, v});
}

Result list_delete_item(Runtime& rt, Frame& f, List& list, Value key) {
  u64 place;
  if (LISLE_LIKELY(key.is_int() || is_int_like(key))) {
    if (!place_of(key, list.size, place)) return out_of_range(rt, key, "list assignment index out of range");
    list_replace_range(rt, list, place, place + 1, nullptr, 0);
    return Result::none();
  }
  if (is_kind(key, Kind::Slice)) {
    if (slice_is_plain(key)) return delete_slice(rt, list, key);
  } else if (!has_special(rt, key, Special::Index)) {
    return bad_index(rt, "list", key);
  }
  return call_internal(rt, f, Internal::IndexThenDelete, {list_value(list), key});
}

// list, slice, iterable → None. f[3] the new items as a list of their own.
Result list_assign_slice_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, plain_key(rt, f, f[1]));
      f[1] = r.value();
      if (!has_special(rt, f[2], Special::Iter) && !has_special(rt, f[2], Special::GetItem)) {
        const Value step = to<Slice>(f[1])->step;
        return raise(rt, TypeId::TypeError,
                     step.is_none() || step == Value::from_int(1) ? "can only assign an iterable"
                                                                  : "must assign iterable to extended slice");
      }
      AWAIT(2, list_of(rt, f, f[2]));
      return assign_slice(rt, *to<List>(f[0]), f[1], *to<List>(r.value()));
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

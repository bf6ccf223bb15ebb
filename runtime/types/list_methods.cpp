// The methods, operators and type table of list.
#include <algorithm>
#include <cstring>

#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/support/text.h"
#include "runtime/types/class_getitem.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator.h"
#include "runtime/types/list_items.h"
#include "runtime/types/list_sort.h"
#include "runtime/types/sequence_compare.h"
#include "runtime/types/sequence_text.h"

namespace lisle::rt {

namespace {

List& self(Frame& f) {
  return *to<List>(f[0]);
}
bool is_list(Value v) {
  return is_kind(v, Kind::List);
}

constexpr i64 kMaxItems = i64{1} << 48;

// Reads the count of a repetition; raises for what is no index or more than memory can hold. None on success.
Result repeat_count(Runtime& rt, Value v, u64 size, u64& times) {
  i64 n;
  if (!int_to_i64(v, n)) {
    if (!int_is_negative(v)) {
      return raise(rt, TypeId::OverflowError, "cannot fit '%s' into an index-sized integer",
                   type_name(rt, v));
    }
    n = 0;
  }
  times = n < 0 ? 0 : static_cast<u64>(n);
  u64 total;
  if (__builtin_mul_overflow(times, size, &total) || total > static_cast<u64>(kMaxItems) ||
      !rt.heap.has_room(total * sizeof(Value))) {
    return raise(rt, TypeId::MemoryError, "");
  }
  return Result::none();
}

void fill_repeated(Value* to, const Value* from, u64 size, u64 times) {
  if (size == 1) {
    std::fill_n(to, times, *from);
    return;
  }
  for (u64 i = 0; i < times; ++i) std::memcpy(to + i * size, from, size * sizeof(Value));
}

}  // namespace

Result list_concat(Runtime& rt, const List& a, const List& b) {
  if (!rt.heap.has_room((a.size + b.size) * sizeof(Value))) return raise(rt, TypeId::MemoryError, "");
  List* sum = new_list(rt, a.size + b.size);
  if (a.size) std::memcpy(sum->items->items, a.items->items, a.size * sizeof(Value));
  if (b.size) std::memcpy(sum->items->items + a.size, b.items->items, b.size * sizeof(Value));
  sum->size = a.size + b.size;
  if (sum->items) rt.heap.wrote(sum->items);
  return Value::from(sum);
}

Result list_repeat(Runtime& rt, const List& list, Value count) {
  u64 times;
  TRY(repeat_count(rt, count, list.size, times));
  List* product = new_list(rt, list.size * times);
  product->size = list.size * times;
  if (product->size) {
    fill_repeated(product->items->items, list.items->items, list.size, times);
    rt.heap.wrote(product->items);
  }
  return Value::from(product);
}

namespace {

// --- making
// --------------------------------------------------------------------------------------------------------------

Result list_new(Runtime& rt, Frame& f) {
  return Value::from(new_instance_of<List>(rt, to<Type>(f[0])));
}

Result list_init(Runtime& rt, Frame& f) {
  self(f).size = 0;
  self(f).items = nullptr;
  return f[1].is_unbound() ? Result::none() : list_extend(rt, f, self(f), f[1]);
}

// list() and list(iterable)
Result construct(Runtime& rt, Frame& f) {
  if (f.window_nargs() == 1) return list_of(rt, f, f[0]);
  return f.window_nargs() == 0 ? Value::from(new_list(rt)) : Value::unbound();
}

// --- adding and removing
// -------------------------------------------------------------------------------------------------

Result append(Runtime& rt, Frame& f) {
  list_append(rt, self(f), f[1]);
  return Result::none();
}

Result extend(Runtime& rt, Frame& f) {
  return list_extend(rt, f, self(f), f[1]);
}

void insert_at(Runtime& rt, List& list, i64 index, Value item) {
  i64 size = static_cast<i64>(list.size);
  if (index < 0) index = std::max<i64>(index + size, 0);
  u64 place = static_cast<u64>(std::min(index, size));
  list_replace_range(rt, list, place, place, &item, 1);
}

// self, index, item
Result insert(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_index(rt, f, f[1]));
      i64 index;
      if (!int_to_i64(r.value(), index)) {
        return raise(rt, TypeId::OverflowError, "Python int too large to convert to C ssize_t");
      }
      insert_at(rt, self(f), index, f[2]);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result insert_quickly(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 3 || !f[1].is_int()) return Value::unbound();
  insert_at(rt, self(f), f[1].as_int(), f[2]);
  return Result::none();
}

Result pop_at(Runtime& rt, List& list, i64 index) {
  if (list.size == 0) return raise(rt, TypeId::IndexError, "pop from empty list");
  if (index < 0) index += static_cast<i64>(list.size);
  if (index < 0 || index >= static_cast<i64>(list.size)) {
    return raise(rt, TypeId::IndexError, "pop index out of range");
  }
  u64 place = static_cast<u64>(index);
  Value item = list.items->items[place];
  if (place + 1 == list.size) {
    list.items->items[--list.size] = Value();
  } else {
    list_replace_range(rt, list, place, place + 1, nullptr, 0);
  }
  return item;
}

Result pop_index_of(Runtime& rt, Frame& f, Value v) {
  i64 index;
  if (int_to_i64(v, index)) return pop_at(rt, self(f), index);
  return raise(rt, TypeId::IndexError, "cannot fit 'int' into an index-sized integer");
}

// list, index
Result pop(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return pop_at(rt, self(f), -1);
  if (is_int_like(f[1])) return pop_index_of(rt, f, f[1]);
  return call_internal(rt, f, Internal::ListPop, {f[0], f[1]});
}

Result clear(Runtime&, Frame& f) {
  self(f).size = 0;
  self(f).items = nullptr;
  return Result::none();
}

Result copy(Runtime& rt, Frame& f) {
  return Value::from(list_copy_range(rt, self(f), 0, static_cast<i64>(self(f).size)));
}

Result reverse(Runtime& rt, Frame& f) {
  List& list = self(f);
  if (list.size < 2) return Result::none();
  std::reverse(list.items->items, list.items->items + list.size);
  rt.heap.wrote(list.items);
  return Result::none();
}

// --- searching
// -----------------------------------------------------------------------------------------------------------

Result count(Runtime& rt, Frame& f) {
  return sequence_count(rt, f, f[0], f[1]);
}
Result contains(Runtime& rt, Frame& f) {
  return sequence_contains(rt, f, f[0], f[1]);
}

Result remove(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, sequence_find(rt, f, f[0], f[1], 0, kMaxItems));
      if (r.value().as_int() < 0) return raise(rt, TypeId::ValueError, "list.remove(x): x not in list");
      u64 place = static_cast<u64>(r.value().as_int());
      if (place < self(f).size) list_replace_range(rt, self(f), place, place + 1, nullptr, 0);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result remove_quickly(Runtime& rt, Frame& f) {
  i64 index;
  if (f.window_nargs() != 2 || !sequence_find_pure(rt, f[0], f[1], index) || index < 0)
    return Value::unbound();
  list_replace_range(rt, self(f), static_cast<u64>(index), static_cast<u64>(index) + 1, nullptr, 0);
  return Result::none();
}

Result index_quickly(Runtime& rt, Frame& f) {
  i64 index;
  if (f.window_nargs() != 2 || !sequence_find_pure(rt, f[0], f[1], index) || index < 0)
    return Value::unbound();
  return Value::from_int(index);
}

Result sort_quickly(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 1 || !list_sort_pure(rt, self(f))) return Value::unbound();
  return Result::none();
}

// A bound of index(): counted from the end when negative, clipped.
i64 search_bound(Value v, i64 size) {
  i64 n;
  if (!int_to_i64(v, n)) n = int_is_negative(v) ? INT64_MIN / 2 : INT64_MAX;
  return n < 0 ? std::max<i64>(n + size, 0) : n;
}

// self, item, start, stop. f[4] start, f[5] stop as ints.
Result index(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[4] = Value::from_int(0);
      f[5] = Value::from_int(kMaxItems);
      if (!f[2].is_unbound()) {
        AWAIT(1, to_index(rt, f, f[2]));
        f[4] = Value::from_int(
            std::min<i64>(search_bound(r.value(), static_cast<i64>(self(f).size)), kMaxItems));
      }
      if (!f[3].is_unbound()) {
        AWAIT(2, to_index(rt, f, f[3]));
        f[5] = Value::from_int(
            std::min<i64>(search_bound(r.value(), static_cast<i64>(self(f).size)), kMaxItems));
      }
      AWAIT(3, sequence_find(rt, f, f[0], f[1], f[4].as_int(), f[5].as_int()));
      if (r.value().as_int() >= 0) return r;
      AWAIT(4, to_repr(rt, f, f[1]));
      TextBuffer buffer;
      return raise(rt, TypeId::ValueError, "%s is not in list", str_utf8(to<Str>(r.value()), buffer).data());
  }
  LISLE_UNREACHABLE();
}

// --- operators
// -----------------------------------------------------------------------------------------------------------

Result len(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(self(f).size));
}
Result getitem(Runtime& rt, Frame& f) {
  return list_get_item(rt, f, self(f), f[1]);
}
Result setitem(Runtime& rt, Frame& f) {
  return list_set_item(rt, f, self(f), f[1], f[2]);
}
Result delitem(Runtime& rt, Frame& f) {
  return list_delete_item(rt, f, self(f), f[1]);
}

Result concat(Runtime& rt, Frame& f) {
  if (!is_list(f[1])) {
    return raise(rt, TypeId::TypeError, "can only concatenate list (not \"%s\") to list",
                 type_name(rt, f[1]));
  }
  return list_concat(rt, self(f), *to<List>(f[1]));
}

Result iconcat(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, list_extend(rt, f, self(f), f[1]));
      return f[0];
  }
  LISLE_UNREACHABLE();
}

Result bad_count(Runtime& rt, Value v) {
  return raise(rt, TypeId::TypeError, "can't multiply sequence by non-int of type '%s'", type_name(rt, v));
}

// self, count
Result repeat(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_int_like(f[1]) && !has_special(rt, f[1], Special::Index)) return bad_count(rt, f[1]);
      AWAIT(1, to_index(rt, f, f[1]));
      return list_repeat(rt, self(f), r.value());
  }
  LISLE_UNREACHABLE();
}

Result irepeat(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_int_like(f[1]) && !has_special(rt, f[1], Special::Index)) return bad_count(rt, f[1]);
      AWAIT(1, to_index(rt, f, f[1]));
      List& list = self(f);
      u64 times;
      TRY(repeat_count(rt, r.value(), list.size, times));
      u64 size = list.size;
      if (size && times != 1) {
        list_resize_storage(rt, list, std::max(size * times, size));
        fill_repeated(list.items->items, list.items->items, size, 1);
        for (u64 i = 1; i < times; ++i) {
          std::memcpy(list.items->items + i * size, list.items->items, size * sizeof(Value));
        }
        list.size = size * times;
        rt.heap.wrote(list.items);
      }
      return f[0];
  }
  LISLE_UNREACHABLE();
}

Result compare_with(Runtime& rt, Frame& f, CompareOp op) {
  return is_list(f[1]) ? compare_sequences(rt, f, op, f[0], f[1]) : Result(Value::not_implemented());
}
Result eq(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Eq);
}
Result ne(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Ne);
}
Result lt(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Lt);
}
Result le(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Le);
}
Result gt(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Gt);
}
Result ge(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Ge);
}

Result iter_of(Runtime& rt, Frame& f) {
  return Value::from(new_iterator(rt, TypeId::ListIterator, f[0]));
}
Result reversed_of(Runtime& rt, Frame& f) {
  Value last = Value::from_int(static_cast<i64>(self(f).size) - 1);
  return Value::from(new_iterator(rt, TypeId::ListReverseIterator, f[0], last));
}

constexpr NativeSpec kMethods[] = {
    {"__new__", list_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic | kAllocates},
    {"__init__", list_init, "(self, iterable=(), /)"},
    {"__repr__", list_repr, "(self, /)", nullptr, 3},
    {"__len__", len, "(self, /)"},
    {"__iter__", iter_of, "(self, /)"},
    {"__reversed__", reversed_of, "(self, /)"},
    {"__contains__", contains, "(self, key, /)"},
    {"__getitem__", getitem, "(self, index, /)"},
    {"__setitem__", setitem, "(self, key, value, /)"},
    {"__delitem__", delitem, "(self, key, /)"},
    {"__add__", concat, "(self, value, /)"},
    {"__iadd__", iconcat, "(self, value, /)", nullptr, 2},
    {"__mul__", repeat, "(self, value, /)", nullptr, 2},
    {"__rmul__", repeat, "(self, value, /)", nullptr, 2},
    {"__imul__", irepeat, "(self, value, /)", nullptr, 2},
    {"__eq__", eq, "(self, value, /)"},
    {"__ne__", ne, "(self, value, /)"},
    {"__lt__", lt, "(self, value, /)"},
    {"__le__", le, "(self, value, /)"},
    {"__gt__", gt, "(self, value, /)"},
    {"__ge__", ge, "(self, value, /)"},
    {"__hash__", nullptr, nullptr},
    {"append", append, "(self, object, /)", "Append an item at the end."},
    {"extend", extend, "(self, iterable, /)", "Append all items of an iterable."},
    {"insert", insert, "(self, index, object, /)", "Insert an item before the index.", 3, kLeaf,
     insert_quickly},
    {"pop", pop, "(self, index=-1, /)",
     "Remove and return the item at the index, the last one if none is given; IndexError when there is "
     "none."},
    {"remove", remove, "(self, value, /)", "Remove the first equal item; ValueError when there is none.", 2,
     kLeaf, remove_quickly},
    {"clear", clear, "(self, /)", "Remove all items."},
    {"copy", copy, "(self, /)", "Return a shallow copy."},
    {"reverse", reverse, "(self, /)", "Reverse the items in place."},
    {"count", count, "(self, value, /)", "Return how often the value occurs."},
    {"index", index, "(self, value, start=0, stop=9223372036854775807, /)",
     "Return the index of the first equal item; ValueError when there is none.", 6, kLeaf, index_quickly},
    {"sort", list_sort, "(self, /, *, key=None, reverse=False)",
     "Sort the items in place, ascending and stable.", kListSortRegisters, kCatches, sort_quickly},
    {"__class_getitem__", class_getitem, "(cls, item, /)", "See PEP 585", 0, kClassMethod},
};

}  // namespace

// list, index → item.
Result list_pop_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_index(rt, f, f[1]));
      return pop_index_of(rt, f, r.value());
  }
  LISLE_UNREACHABLE();
}

extern const TypeSpec kListType{"list",         "builtins", "A sequence of items that can be changed.",
                                TypeId::Object, Kind::List, kTypeSequence,
                                kMethods,       {},         construct};

}  // namespace lisle::rt

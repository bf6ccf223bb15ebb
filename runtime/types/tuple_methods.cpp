// The methods, operators and type table of tuple.
#include <algorithm>
#include <cstring>

#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/pure.h"
#include "runtime/types/class_getitem.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/iterator.h"
#include "runtime/types/list_items.h"
#include "runtime/types/sequence_compare.h"
#include "runtime/types/sequence_text.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

Tuple& self(Frame& f) {
  return *to<Tuple>(f[0]);
}
bool is_tuple(Value v) {
  return is_kind(v, Kind::Tuple);
}

constexpr i64 kMaxItems = i64{1} << 48;

// type, iterable. Subclasses get a tuple of their own.
Result tuple_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(require_class(rt, f[0], TypeId::Tuple));
      if (to<Type>(f[0])->type_flags & kTypeNoNew)
        return raise(rt, TypeId::TypeError, "cannot create '%s' instances",
                     str_chars(rt, to<Type>(f[0])->name));
      if (f[1].is_unbound()) {
        r = Value::from(new_tuple(rt, 0));
      } else {
        AWAIT(1, tuple_of(rt, f, f[1]));
      }
      if (f[0] == Value::from(rt.type(TypeId::Tuple))) return r;
      const Tuple& items = *to<Tuple>(r.value());
      Tuple* own = new_instance_of<Tuple>(rt, to<Type>(f[0]), items.size * sizeof(Value));
      own->size = items.size;
      std::copy_n(items.items, items.size, own->items);
      rt.heap.wrote(own);
      return Value::from(own);
  }
  LISLE_UNREACHABLE();
}

Result len(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(self(f).size));
}
Result iter_of(Runtime& rt, Frame& f) {
  return Value::from(new_iterator(rt, TypeId::TupleIterator, f[0]));
}
Result getitem(Runtime& rt, Frame& f) {
  return tuple_get_item(rt, f, self(f), f[1]);
}
Result contains(Runtime& rt, Frame& f) {
  return sequence_contains(rt, f, f[0], f[1]);
}
Result count(Runtime& rt, Frame& f) {
  return sequence_count(rt, f, f[0], f[1]);
}

i64 search_bound(Value v, i64 size) {
  i64 n;
  if (!int_to_i64(v, n)) n = int_is_negative(v) ? INT64_MIN / 2 : kMaxItems;
  return std::min(n < 0 ? std::max<i64>(n + size, 0) : n, kMaxItems);
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
        f[4] = Value::from_int(search_bound(r.value(), static_cast<i64>(self(f).size)));
      }
      if (!f[3].is_unbound()) {
        AWAIT(2, to_index(rt, f, f[3]));
        f[5] = Value::from_int(search_bound(r.value(), static_cast<i64>(self(f).size)));
      }
      AWAIT(3, sequence_find(rt, f, f[0], f[1], f[4].as_int(), f[5].as_int()));
      if (r.value().as_int() >= 0) return r;
      return raise(rt, TypeId::ValueError, "tuple.index(x): x not in tuple");
  }
  LISLE_UNREACHABLE();
}

Result concat(Runtime& rt, Frame& f) {
  if (!is_tuple(f[1])) {
    return raise(rt, TypeId::TypeError, "can only concatenate tuple (not \"%s\") to tuple",
                 type_name(rt, f[1]));
  }
  const Tuple &a = self(f), &b = *to<Tuple>(f[1]);
  if (b.size == 0 && a.shape == rt.shape_of(TypeId::Tuple)) return f[0];
  if (a.size == 0 && b.shape == rt.shape_of(TypeId::Tuple)) return f[1];
  if (!rt.heap.has_room((a.size + b.size) * sizeof(Value))) return raise(rt, TypeId::MemoryError, "");
  Tuple* sum = new_tuple(rt, a.size + b.size);
  std::copy_n(a.items, a.size, sum->items);
  std::copy_n(b.items, b.size, sum->items + a.size);
  rt.heap.wrote(sum);
  return Value::from(sum);
}

// self, count
Result repeat(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_int_like(f[1]) && !has_special(rt, f[1], Special::Index)) {
        return raise(rt, TypeId::TypeError, "can't multiply sequence by non-int of type '%s'",
                     type_name(rt, f[1]));
      }
      AWAIT(1, to_index(rt, f, f[1]));
      i64 times;
      if (!int_to_i64(r.value(), times)) {
        if (!int_is_negative(r.value())) {
          return raise(rt, TypeId::OverflowError, "cannot fit 'int' into an index-sized integer");
        }
        times = 0;
      }
      Tuple& tuple = self(f);
      if (times <= 0 || tuple.size == 0) return Value::from(new_tuple(rt, 0));
      if (times == 1 && tuple.shape == rt.shape_of(TypeId::Tuple)) return f[0];
      u64 total;
      if (__builtin_mul_overflow(static_cast<u64>(times), tuple.size, &total) ||
          total > static_cast<u64>(kMaxItems) || !rt.heap.has_room(total * sizeof(Value))) {
        return raise(rt, TypeId::MemoryError, "");
      }
      Tuple* product = new_tuple(rt, total);
      for (u64 i = 0; i < total; i += tuple.size) std::copy_n(tuple.items, tuple.size, product->items + i);
      rt.heap.wrote(product);
      return Value::from(product);
  }
  LISLE_UNREACHABLE();
}

Result hash_of(Runtime& rt, Frame& f) {
  TupleHash state;
  const Tuple& tuple = self(f);
  for (u64 i = 0; i < tuple.size; ++i) {
    i64 item;
    if (!pure_hash(rt, tuple.items[i], item)) {
      return call_internal(
          rt, f, Internal::TupleHash,
          {f[0], Value::from_int(static_cast<i64>(i)), new_int_unsigned(rt, state.accumulator)});
    }
    state.add(item);
  }
  return new_int(rt, state.finish(tuple.size));
}

Result compare_with(Runtime& rt, Frame& f, CompareOp op) {
  return is_tuple(f[1]) ? compare_sequences(rt, f, op, f[0], f[1]) : Result(Value::not_implemented());
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

Result get_new_arguments(Runtime& rt, Frame& f) {
  Value plain = Value::from(new_tuple_from(rt, self(f).items, self(f).size));
  return Value::from(new_tuple_from(rt, &plain, 1));
}

// tuple(iterable)
Result construct(Runtime& rt, Frame& f) {
  return f.window_nargs() == 1 ? tuple_of(rt, f, f[0]) : Result(Value::unbound());
}

constexpr NativeSpec kMethods[] = {
    {"__new__", tuple_new, "(cls, iterable=(), /)", nullptr, 2, kStatic},
    {"__repr__", tuple_repr, "(self, /)", nullptr, 3},
    {"__len__", len, "(self, /)"},
    {"__iter__", iter_of, "(self, /)"},
    {"__contains__", contains, "(self, key, /)"},
    {"__getitem__", getitem, "(self, key, /)"},
    {"__add__", concat, "(self, value, /)"},
    {"__mul__", repeat, "(self, value, /)", nullptr, 2},
    {"__rmul__", repeat, "(self, value, /)", nullptr, 2},
    {"__hash__", hash_of, "(self, /)"},
    {"__eq__", eq, "(self, value, /)"},
    {"__ne__", ne, "(self, value, /)"},
    {"__lt__", lt, "(self, value, /)"},
    {"__le__", le, "(self, value, /)"},
    {"__gt__", gt, "(self, value, /)"},
    {"__ge__", ge, "(self, value, /)"},
    {"__getnewargs__", get_new_arguments, "(self, /)"},
    {"count", count, "(self, value, /)", "Return how often the value occurs."},
    {"index", index, "(self, value, start=0, stop=9223372036854775807, /)",
     "Return the index of the first equal item; ValueError when there is none.", 6},
    {"__class_getitem__", class_getitem, "(cls, item, /)", "See PEP 585", 0, kClassMethod},
};

}  // namespace

// tuple, index to go on from, accumulator so far → hash.
Result tuple_hash_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (; f[1].as_int() < static_cast<i64>(to<Tuple>(f[0])->size);
           f[1] = Value::from_int(f[1].as_int() + 1)) {
        AWAIT(1, hash(rt, f, item_at(to<Tuple>(f[0]), f[1])));
        TupleHash state;
        int_to_u64(f[2], state.accumulator);
        i64 item = 0;
        int_to_i64(r.value(), item);
        state.add(item);
        f[2] = new_int_unsigned(rt, state.accumulator);
      }
      TupleHash state;
      int_to_u64(f[2], state.accumulator);
      return new_int(rt, state.finish(to<Tuple>(f[0])->size));
  }
  LISLE_UNREACHABLE();
}

extern const TypeSpec kTupleType{"tuple",        "builtins",  "A sequence of items that cannot be changed.",
                                 TypeId::Object, Kind::Tuple, kTypeSequence,
                                 kMethods,       {},          construct};

}  // namespace lisle::rt

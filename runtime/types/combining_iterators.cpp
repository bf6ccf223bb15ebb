// Iterators over iterators: enumerate, reversed, zip, map, filter.
//
//   Enumerate  source: inner iterator; a: the next number; b: see parts_never_wait()
//   Reversed   source: the sequence; a: index of the next item, -1 at the end
//   Zip        source: Tuple of iterators; a: True when strict; b: see parts_never_wait()
//   Map        source: the function; a: Tuple of iterators; b: see parts_never_wait()
//   Filter     source: the function or None; a: inner iterator; b: see parts_never_wait()
//
// Each step has a short form for inner iterators that never wait, and a step machine for all others.
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/class_getitem.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

Value pair(Runtime& rt, Value a, Value b) {
  Tuple* tuple = new_tuple(rt, 2);
  tuple->items[0] = a;
  tuple->items[1] = b;
  return Value::from(tuple);
}

// The number of the next pair, advancing it.
Value take_number(Runtime& rt, Iterator& it) {
  Value number = it.a;
  if (number.is_int() && number.as_int() < kSmallIntMax) {
    it.a = Value::from_int(number.as_int() + 1);
  } else {
    it.a = int_add(rt, number, Value::from_int(1)).value();
    rt.heap.wrote(&it);
  }
  return number;
}

// Do the inner iterators of `it` never wait? It is what they are made of that decides, so asking once is
// enough: the answer is kept in the word `b` (int 0: not asked yet).
bool parts_never_wait(const Runtime& rt, Iterator& it, Value parts) {
  if (it.b == Value()) {
    const Tuple* several = as<Tuple>(parts);
    bool never = several || never_waits(rt, parts);
    for (u64 i = 0; several && i < several->size; ++i) never = never && never_waits(rt, several->items[i]);
    it.b = Value::from_bool(never);
  }
  return it.b.is_true();
}

bool is_ended(const Iterator& it) {
  return it.source.is_none() && it.type_id != static_cast<u64>(TypeId::Filter);
}

}  // namespace

// --- enumerate
// -----------------------------------------------------------------------------------------------------------

Result enumerate_next(Runtime& rt, Frame& f, Iterator& it) {
  if (!parts_never_wait(rt, it, it.source))
    return call_internal(rt, f, Internal::EnumerateStep, {Value::from(&it)});
  Value item = TRY(advance(rt, f, *to<Iterator>(it.source)));
  return item.is_exhausted() ? item : pair(rt, take_number(rt, it), item);
}

// iterator → pair or exhausted.
Result enumerate_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, next(rt, f, to<Iterator>(f[0])->source));
      if (r.value().is_exhausted()) return r;
      Value number = take_number(rt, *to<Iterator>(f[0]));
      return pair(rt, number, r.value());
  }
  LISLE_UNREACHABLE();
}

namespace {

// type, iterable, start. f[3] the start as an int.
Result enumerate_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[3] = Value::from_int(0);
      if (!f[2].is_unbound()) {
        AWAIT(1, to_index(rt, f, f[2]));
        f[3] = r.value();
      }
      AWAIT(2, iter(rt, f, f[1]));
      return Value::from(new_iterator_of(rt, f[0], TypeId::Enumerate, r.value(), f[3]));
  }
  LISLE_UNREACHABLE();
}

// enumerate(builtin)
Result enumerate_construct(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 1) return Value::unbound();
  Value inner = builtin_iterator(rt, f[0]);
  if (inner.is_unbound()) return inner;
  return Value::from(new_iterator(rt, TypeId::Enumerate, inner, Value::from_int(0)));
}

}  // namespace

// --- reversed
// ------------------------------------------------------------------------------------------------------------

Result reversed_next(Runtime& rt, Frame& f, Iterator& it) {
  if (is_ended(it)) return Value::exhausted();
  if (it.a.as_int() < 0) return end_iterator(it);
  return call_internal(rt, f, Internal::ReversedStep, {Value::from(&it)});
}

// iterator → item or exhausted.
Result reversed_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, get_item(rt, f, to<Iterator>(f[0])->source, to<Iterator>(f[0])->a));
      Iterator& it = *to<Iterator>(f[0]);
      if (!r.is_raised()) {
        it.a = Value::from_int(it.a.as_int() - 1);
        return r;
      }
      if (!raised_is(rt, TypeId::IndexError) && !raised_is(rt, TypeId::StopIteration)) return r;
      take_raised(rt);
      return end_iterator(it);
  }
  LISLE_UNREACHABLE();
}

namespace {

Result reversed_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      Value method = type_of(rt, f[1])->special(Special::Reversed);
      bool is_sequence = has_special(rt, f[1], Special::GetItem) && has_special(rt, f[1], Special::Len) &&
                         !is_kind(f[1], Kind::Dict) && !is_kind(f[1], Kind::MappingProxy);
      if (method.is_none() || (method.is_unbound() && !is_sequence)) {
        return raise(rt, TypeId::TypeError, "'%s' object is not reversible", type_name(rt, f[1]));
      }
    }
      if (!type_of(rt, f[1])->special(Special::Reversed).is_unbound()) {
        AWAIT(2, call_special(rt, f, f[1], Special::Reversed, {}));
        return r;
      }
      AWAIT(1, length(rt, f, f[1]));
      return Value::from(
          new_iterator_of(rt, f[0], TypeId::Reversed, f[1], Value::from_int(r.value().as_int() - 1)));
  }
  LISLE_UNREACHABLE();
}

// reversed(list)
Result reversed_construct(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 1 || !f[0].is_object() || f[0].object()->shape != rt.shape_of(TypeId::List))
    return Value::unbound();
  Value last = Value::from_int(static_cast<i64>(to<List>(f[0])->size) - 1);
  return Value::from(new_iterator(rt, TypeId::ListReverseIterator, f[0], last));
}

// The sequence may have become shorter.
Result reversed_length_hint(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_ended(*to<Iterator>(f[0]))) return Value::from_int(0);
      AWAIT(1, length(rt, f, to<Iterator>(f[0])->source));
      i64 left = to<Iterator>(f[0])->a.as_int() + 1;
      return Value::from_int(r.value().as_int() < left ? 0 : left);
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// --- zip
// -----------------------------------------------------------------------------------------------------------------

namespace {

const char* plural(u64 count) {
  return count == 1 ? " " : "s 1-";
}

// The error of zip(strict=True) when argument `number` (from 1) is shorter or longer than those before it.
Result raise_uneven(Runtime& rt, u64 number, const char* how) {
  return raise(rt, TypeId::ValueError, "zip() argument %llu is %s than argument%s%llu",
               static_cast<unsigned long long>(number), how, plural(number - 1),
               static_cast<unsigned long long>(number - 1));
}

}  // namespace

Result zip_next(Runtime& rt, Frame& f, Iterator& it) {
  const Tuple* parts = as<Tuple>(it.source);
  if (!parts || parts->size == 0) return end_iterator(it);
  if (it.a.is_true() || !parts_never_wait(rt, it, it.source)) {
    return call_internal(rt, f, Internal::ZipStep, {Value::from(&it)});
  }
  Tuple* row = new_tuple(rt, parts->size);
  for (u64 i = 0; i < parts->size; ++i) {
    Result item = advance(rt, f, *to<Iterator>(parts->items[i]));
    if (item.is_raised()) return item;
    if (item.value().is_exhausted()) return end_iterator(it);
    row->items[i] = item.value();
  }
  rt.heap.wrote(row);
  return Value::from(row);
}

// iterator → tuple or exhausted. f[1] the parts, f[2] the row being filled, f[3] index of the part.
Result zip_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[1] = to<Iterator>(f[0])->source;
      f[2] = Value::from(new_tuple(rt, to<Tuple>(f[1])->size));
      for (f[3] = Value::from_int(0); f[3].as_int() < static_cast<i64>(to<Tuple>(f[1])->size);
           f[3] = Value::from_int(f[3].as_int() + 1)) {
        AWAIT(1, next(rt, f, item_at(to<Tuple>(f[1]), f[3])));
        if (r.value().is_exhausted()) {
          end_iterator(*to<Iterator>(f[0]));
          if (!to<Iterator>(f[0])->a.is_true()) return r;
          if (f[3].as_int() > 0) return raise_uneven(rt, static_cast<u64>(f[3].as_int()) + 1, "shorter");
          break;
        }
        item_at(to<Tuple>(f[2]), f[3]) = r.value();
        rt.heap.wrote(f[2].object());
      }
      if (f[3].as_int() > 0) return f[2];
      // The first iterator of a strict zip has ended: all others must end as well.
      for (f[3] = Value::from_int(1); f[3].as_int() < static_cast<i64>(to<Tuple>(f[1])->size);
           f[3] = Value::from_int(f[3].as_int() + 1)) {
        AWAIT(2, next(rt, f, item_at(to<Tuple>(f[1]), f[3])));
        if (!r.value().is_exhausted()) return raise_uneven(rt, static_cast<u64>(f[3].as_int()) + 1, "longer");
      }
      return Value::exhausted();
  }
  LISLE_UNREACHABLE();
}

namespace {

// type, *iterables, strict. f[3] tuple of iterators, f[4] index, f[5] strictness.
Result zip_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[5] = Value::false_();
      if (!f[2].is_unbound()) {
        AWAIT(1, truth(rt, f, f[2]));
        f[5] = r.value();
      }
      f[3] = Value::from(new_tuple(rt, to<Tuple>(f[1])->size));
      for (f[4] = Value::from_int(0); f[4].as_int() < static_cast<i64>(to<Tuple>(f[1])->size);
           f[4] = Value::from_int(f[4].as_int() + 1)) {
        AWAIT(2, iter(rt, f, item_at(to<Tuple>(f[1]), f[4])));
        item_at(to<Tuple>(f[3]), f[4]) = r.value();
        rt.heap.wrote(f[3].object());
      }
      return Value::from(new_iterator_of(rt, f[0], TypeId::Zip, f[3], f[5]));
  }
  LISLE_UNREACHABLE();
}

// The iterators of builtins among the arguments from `first` on; null when one of them has to be asked.
Tuple* builtin_iterators(Runtime& rt, Frame& f, u32 first) {
  u32 count = f.window_nargs() - first;
  Tuple* parts = new_tuple(rt, count);
  for (u32 i = 0; i < count; ++i) {
    parts->items[i] = builtin_iterator(rt, f[first + i]);
    if (parts->items[i].is_unbound()) return nullptr;
  }
  rt.heap.wrote(parts);
  return parts;
}

// zip(builtin, ...)
Result zip_construct(Runtime& rt, Frame& f) {
  Tuple* parts = builtin_iterators(rt, f, 0);
  if (!parts) return Value::unbound();
  return Value::from(new_iterator(rt, TypeId::Zip, Value::from(parts), Value::false_()));
}

}  // namespace

namespace {

// Strictness, as a pickle states it.
Result zip_set_state(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, truth(rt, f, f[1]));
      to<Iterator>(f[0])->a = r.value();
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// --- map
// -----------------------------------------------------------------------------------------------------------------

Result map_next(Runtime& rt, Frame& f, Iterator& it) {
  const Tuple* parts = as<Tuple>(it.a);
  if (!parts) return Value::exhausted();
  constexpr u64 kFew = 4;
  if (parts->size <= kFew && parts_never_wait(rt, it, it.a)) {
    Value items[kFew];
    for (u64 i = 0; i < parts->size; ++i) {
      items[i] = TRY(advance(rt, f, *to<Iterator>(parts->items[i])));
      if (items[i].is_exhausted()) return items[i];
    }
    Result r = call_span(rt, f, it.source, items, static_cast<u32>(parts->size));
    if (r.is_pending()) rt.thread.enter->info |= Frame::kMakesItem;
    return r;
  }
  return call_internal(rt, f, Internal::MapStep, {Value::from(&it)});
}

// iterator → item or exhausted. f[1] the parts, f[2] the arguments, f[3] index of the part.
Result map_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[1] = to<Iterator>(f[0])->a;
      f[2] = Value::from(new_tuple(rt, to<Tuple>(f[1])->size));
      for (f[3] = Value::from_int(0); f[3].as_int() < static_cast<i64>(to<Tuple>(f[1])->size);
           f[3] = Value::from_int(f[3].as_int() + 1)) {
        AWAIT(1, next(rt, f, item_at(to<Tuple>(f[1]), f[3])));
        if (r.value().is_exhausted()) return r;
        item_at(to<Tuple>(f[2]), f[3]) = r.value();
        rt.heap.wrote(f[2].object());
      }
      AWAIT(2, call_spread(rt, f, to<Iterator>(f[0])->source, to<Tuple>(f[2]), nullptr));
      return r;
  }
  LISLE_UNREACHABLE();
}

namespace {

// type, *args. f[2] tuple of iterators, f[3] index of the argument.
Result map_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (to<Tuple>(f[1])->size < 2) {
        return raise(rt, TypeId::TypeError, "map() must have at least two arguments.");
      }
      f[2] = Value::from(new_tuple(rt, to<Tuple>(f[1])->size - 1));
      for (f[3] = Value::from_int(1); f[3].as_int() < static_cast<i64>(to<Tuple>(f[1])->size);
           f[3] = Value::from_int(f[3].as_int() + 1)) {
        AWAIT(1, iter(rt, f, item_at(to<Tuple>(f[1]), f[3])));
        item_at(to<Tuple>(f[2]), f[3].as_int() - 1) = r.value();
        rt.heap.wrote(f[2].object());
      }
      return Value::from(new_iterator_of(rt, f[0], TypeId::Map, to<Tuple>(f[1])->items[0], f[2]));
  }
  LISLE_UNREACHABLE();
}

// map(function, builtin, ...)
Result map_construct(Runtime& rt, Frame& f) {
  if (f.window_nargs() < 2) return Value::unbound();
  Tuple* parts = builtin_iterators(rt, f, 1);
  if (!parts) return Value::unbound();
  return Value::from(new_iterator(rt, TypeId::Map, f[0], Value::from(parts)));
}

}  // namespace

// --- filter
// --------------------------------------------------------------------------------------------------------------

Result filter_next(Runtime& rt, Frame& f, Iterator& it) {
  // Without a function, items whose truth is known are chosen here; the machine goes on with the first other.
  if (it.source.is_none() && parts_never_wait(rt, it, it.a)) {
    Iterator& inner = *to<Iterator>(it.a);
    NextFn step = next_function(static_cast<TypeId>(inner.type_id));
    for (;;) {
      Value item = TRY(step(rt, f, inner));
      if (item.is_exhausted()) return item;
      bool known = true, truth = item.is_int() ? item != Value() : quick_truth(rt, item, known);
      if (!known) return call_internal(rt, f, Internal::FilterStep, {Value::from(&it), item});
      if (truth) return item;
    }
  }
  return call_internal(rt, f, Internal::FilterStep, {Value::from(&it)});
}

// iterator, item to begin with or int 0 → item or exhausted. f[1] the item.
Result filter_step_steps(Runtime& rt, Frame& f) {
  Result r = f.step() == 0 ? Result(f[1]) : rt.resumed();
  switch (f.step()) {
    case 0:
      for (;; f[1] = Value()) {
        if (f[1] == Value()) {
          AWAIT(1, next(rt, f, to<Iterator>(f[0])->a));
          if (r.value().is_exhausted()) return r;
          f[1] = r.value();
        }
        if (!to<Iterator>(f[0])->source.is_none()) {
          AWAIT(2, call(rt, f, to<Iterator>(f[0])->source, {f[1]}));
        }
        AWAIT(3, truth(rt, f, r.value()));
        if (r.value().is_true()) return f[1];
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

Result filter_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[2]));
      Value function = f[1] == Value::from(rt.type(TypeId::Bool)) ? Value::none() : f[1];
      return Value::from(new_iterator_of(rt, f[0], TypeId::Filter, function, r.value()));
  }
  LISLE_UNREACHABLE();
}

// --- tables
// --------------------------------------------------------------------------------------------------------------

constexpr NativeSpec kEnumerateMethods[] = {
    {"__class_getitem__", class_getitem, "(cls, item, /)", "See PEP 585", 0, kClassMethod},
    {"__new__", enumerate_new, "(cls, iterable, start=0)", nullptr, 4, kStatic},
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_steps, "(self, /)", nullptr, 2},
    {"__reduce__", iterator_reduce, "(self, /)"},
};
constexpr NativeSpec kReversedMethods[] = {
    {"__new__", reversed_new, "(cls, sequence, /)", nullptr, 2, kStatic},
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_steps, "(self, /)", nullptr, 2},
    {"__reduce__", iterator_reduce, "(self, /)"},
    {"__length_hint__", reversed_length_hint, "(self, /)", nullptr, 2},
    {"__setstate__", iterator_set_state, "(self, state, /)"},
};
constexpr NativeSpec kZipMethods[] = {
    {"__new__", zip_new, "(cls, /, *iterables, strict=False)", nullptr, 6, kStatic},
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_steps, "(self, /)", nullptr, 2},
    {"__reduce__", iterator_reduce, "(self, /)"},
    {"__setstate__", zip_set_state, "(self, state, /)", nullptr, 2},
};
constexpr NativeSpec kMapMethods[] = {
    {"__new__", map_new, "(cls, /, *args)", nullptr, 4, kStatic},
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_steps, "(self, /)", nullptr, 2},
    {"__reduce__", iterator_reduce, "(self, /)"},
};
constexpr NativeSpec kFilterMethods[] = {
    {"__new__", filter_new, "(cls, function, iterable, /)", nullptr, 3, kStatic},
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_steps, "(self, /)", nullptr, 2},
    {"__reduce__", iterator_reduce, "(self, /)"},
};

}  // namespace

extern const TypeSpec kEnumerateType{
    "enumerate",
    "builtins",
    "Return an iterator of pairs: a number counting up from start, and an item of the iterable.",
    TypeId::Object,
    Kind::Iterator,
    0,
    kEnumerateMethods,
    {},
    enumerate_construct};
extern const TypeSpec kReversedType{"reversed",
                                    "builtins",
                                    "Return an iterator over a sequence from its end.",
                                    TypeId::Object,
                                    Kind::Iterator,
                                    0,
                                    kReversedMethods,
                                    {},
                                    reversed_construct};
extern const TypeSpec kZipType{"zip",
                               "builtins",
                               "Return an iterator of tuples, each with one item of every iterable. Ends "
                               "with the shortest one; with strict, "
                               "iterables of different length are an error.\n\n"
                               "   >>> list(zip('ab', range(5)))\n   [('a', 0), ('b', 1)]\n",
                               TypeId::Object,
                               Kind::Iterator,
                               0,
                               kZipMethods,
                               {},
                               zip_construct};
extern const TypeSpec kMapType{"map",
                               "builtins",
                               "Return an iterator of the function's values for the items of the iterables.",
                               TypeId::Object,
                               Kind::Iterator,
                               0,
                               kMapMethods,
                               {},
                               map_construct};
extern const TypeSpec kFilterType{
    "filter",
    "builtins",
    "Return an iterator of the items for which the function, or the item itself, is true.",
    TypeId::Object,
    Kind::Iterator,
    0,
    kFilterMethods,
    {}};

}  // namespace lisle::rt

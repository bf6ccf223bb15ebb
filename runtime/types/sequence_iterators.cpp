// Iterators over sequences: list and tuple (forward and backward), anything with __getitem__, and
// iter(callable, sentinel).
//
//   ListIterator, TupleIterator   source: the sequence; a: index of the next item
//   ListReverseIterator           source: the list; a: index of the next item, -1 at the end
//   SequenceIterator              source: any object; a: index of the next item
//   CallableIterator              source: the callable; a: the sentinel
#include "runtime/protocols/compare.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"

namespace lisle::rt {

// --- list and tuple
// --------------------------------------------------------------------------------------------------

Result list_iterator_next(Runtime&, Frame&, Iterator& it) {
  const List* list = as<List>(it.source);
  if (!list) return Value::exhausted();
  u64 index = static_cast<u64>(it.a.as_int());
  if (index >= list->size) return end_iterator(it);
  it.a = Value::from_int(static_cast<i64>(index) + 1);
  return list->items->items[index];
}

Result tuple_iterator_next(Runtime&, Frame&, Iterator& it) {
  const Tuple* tuple = as<Tuple>(it.source);
  if (!tuple) return Value::exhausted();
  u64 index = static_cast<u64>(it.a.as_int());
  if (index >= tuple->size) return end_iterator(it);
  it.a = Value::from_int(static_cast<i64>(index) + 1);
  return tuple->items[index];
}

Result list_reverse_iterator_next(Runtime&, Frame&, Iterator& it) {
  const List* list = as<List>(it.source);
  if (!list) return Value::exhausted();
  i64 index = it.a.as_int();
  if (index < 0 || static_cast<u64>(index) >= list->size) {
    it.a = Value::from_int(-1);
    return end_iterator(it);
  }
  it.a = Value::from_int(index - 1);
  return list->items->items[index];
}

namespace {

Result list_iterator_length_hint(Runtime&, Frame& f) {
  const Iterator& it = *to<Iterator>(f[0]);
  const List* list = as<List>(it.source);
  i64 left = list ? static_cast<i64>(list->size) - it.a.as_int() : 0;
  return Value::from_int(left < 0 ? 0 : left);
}

Result tuple_iterator_length_hint(Runtime&, Frame& f) {
  const Iterator& it = *to<Iterator>(f[0]);
  const Tuple* tuple = as<Tuple>(it.source);
  return Value::from_int(tuple ? static_cast<i64>(tuple->size) - it.a.as_int() : 0);
}

Result list_reverse_iterator_length_hint(Runtime&, Frame& f) {
  const Iterator& it = *to<Iterator>(f[0]);
  const List* list = as<List>(it.source);
  i64 left = list ? it.a.as_int() + 1 : 0;
  return Value::from_int(list && left > static_cast<i64>(list->size) ? 0 : left);
}

}  // namespace

// --- __getitem__
// -------------------------------------------------------------------------------------------------------

Result sequence_iterator_next(Runtime& rt, Frame& f, Iterator& it) {
  if (it.source.is_none()) return Value::exhausted();
  return call_internal(rt, f, Internal::SequenceStep, {Value::from(&it)});
}

// iterator → item or exhausted.
Result sequence_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1,
                  call_special(rt, f, to<Iterator>(f[0])->source, Special::GetItem, {to<Iterator>(f[0])->a}));
      Iterator& it = *to<Iterator>(f[0]);
      if (!r.is_raised()) {
        it.a = Value::from_int(it.a.as_int() + 1);
        return r;
      }
      if (!raised_is(rt, TypeId::IndexError) && !raised_is(rt, TypeId::StopIteration)) return r;
      take_raised(rt);
      return end_iterator(it);
  }
  LISLE_UNREACHABLE();
}

// --- iter(callable, sentinel)
// --------------------------------------------------------------------------------------------

Result callable_iterator_next(Runtime& rt, Frame& f, Iterator& it) {
  if (it.source.is_none()) return Value::exhausted();
  return call_internal(rt, f, Internal::CallableStep, {Value::from(&it)});
}

// iterator → item or exhausted. f[1] the item.
Result callable_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, call(rt, f, to<Iterator>(f[0])->source, {}));
      if (r.is_raised()) {
        if (!raised_is(rt, TypeId::StopIteration)) return r;
        take_raised(rt);
        return end_iterator(*to<Iterator>(f[0]));
      }
      f[1] = r.value();
      // The function may have used the iterator up.
      if (to<Iterator>(f[0])->source.is_none()) return Value::exhausted();
      AWAIT_CATCH(2, equal(rt, f, to<Iterator>(f[0])->a, f[1]));
      if (r.is_raised()) return r;
      return r.value().is_true() ? end_iterator(*to<Iterator>(f[0])) : f[1];
  }
  LISLE_UNREACHABLE();
}

// --- tables
// --------------------------------------------------------------------------------------------------------------

namespace {

constexpr NativeSpec kListIteratorMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__length_hint__", list_iterator_length_hint, "(self, /)"},
    {"__reduce__", iterator_reduce, "(self, /)"},
    {"__setstate__", iterator_set_state, "(self, state, /)"},
};
constexpr NativeSpec kListReverseIteratorMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__length_hint__", list_reverse_iterator_length_hint, "(self, /)"},
    {"__reduce__", iterator_reduce, "(self, /)"},
    {"__setstate__", iterator_set_state, "(self, state, /)"},
};
constexpr NativeSpec kTupleIteratorMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__length_hint__", tuple_iterator_length_hint, "(self, /)"},
    {"__reduce__", iterator_reduce, "(self, /)"},
    {"__setstate__", iterator_set_state, "(self, state, /)"},
};
constexpr NativeSpec kWaitingRows[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_steps, "(self, /)", nullptr, 2},
    {"__reduce__", iterator_reduce, "(self, /)"},
};
constexpr NativeSpec kSequenceRows[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_steps, "(self, /)", nullptr, 2},
    {"__reduce__", iterator_reduce, "(self, /)"},
    {"__setstate__", iterator_set_state, "(self, state, /)"},
};
constexpr u32 kFlags = kTypeFinal | kTypeNoNew | kTypeHidden;

}  // namespace

extern const TypeSpec kListIteratorType{
    "list_iterator", "builtins", nullptr, TypeId::Object, Kind::Iterator, kFlags, kListIteratorMethods, {}};
extern const TypeSpec kListReverseIteratorType{
    "list_reverseiterator",      "builtins", nullptr, TypeId::Object, Kind::Iterator, kFlags,
    kListReverseIteratorMethods, {}};
extern const TypeSpec kTupleIteratorType{
    "tuple_iterator", "builtins", nullptr, TypeId::Object, Kind::Iterator, kFlags, kTupleIteratorMethods, {}};
extern const TypeSpec kSequenceIteratorType{"iterator",     "builtins", nullptr,       TypeId::Object,
                                            Kind::Iterator, kFlags,     kSequenceRows, {}};
extern const TypeSpec kCallableIteratorType{"callable_iterator", "builtins", nullptr,      TypeId::Object,
                                            Kind::Iterator,      kFlags,     kWaitingRows, {}};

}  // namespace lisle::rt

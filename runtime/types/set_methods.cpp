// The methods, operators, iterator and type tables of set and frozenset.
//
//   SetIterator  source: the set; a: slot position; b: see pack_size()
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/pure.h"
#include "runtime/protocols/repr_guard.h"
#include "runtime/support/text.h"
#include "runtime/types/class_getitem.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/set_table.h"

namespace lisle::rt {

// --- iterator
// ------------------------------------------------------------------------------------------------------------

Value set_iterator(Runtime& rt, Set& set) {
  Value size = pack_size(set.used, set.used);
  return Value::from(new_iterator(rt, TypeId::SetIterator, Value::from(&set), Value::from_int(0), size));
}

namespace {

Result set_iter(Runtime& rt, Frame& f) {
  return set_iterator(rt, *to<Set>(f[0]));
}

Result set_iterator_length_hint(Runtime&, Frame& f) {
  const Iterator& it = *to<Iterator>(f[0]);
  const Set* set = as<Set>(it.source);
  bool valid = set && (set->used & kPackedMask) == packed_size(it.b);
  return Value::from_int(valid ? static_cast<i64>(packed_left(it.b)) : 0);
}

}  // namespace

Result set_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  const Set* set = as<Set>(it.source);
  if (!set) return Value::exhausted();
  if ((set->used & kPackedMask) != packed_size(it.b)) {
    it.b = pack_size(kPackedMask, 0);  // the error stays
    return raise(rt, TypeId::RuntimeError, "Set changed size during iteration");
  }
  u64 position = static_cast<u64>(it.a.as_int());
  Value key;
  i64 hash;
  if (!set_next(*set, position, key, hash)) return end_iterator(it);
  it.a = Value::from_int(static_cast<i64>(position));
  it.b = pack_size(packed_size(it.b), packed_left(it.b) - 1);
  return key;
}

namespace {

Set& self(Frame& f) {
  return *to<Set>(f[0]);
}
bool is_set(Value v) {
  return is_kind(v, Kind::Set);
}

// --- making
// --------------------------------------------------------------------------------------------------------------

Set* new_set_of_class(Runtime& rt, Value type) {
  Set* set = new_instance_of<Set>(rt, to<Type>(type));
  set->mask = 7;
  set->hash = -1;
  return set;
}

Result set_new(Runtime& rt, Frame& f) {
  return Value::from(new_set_of_class(rt, f[0]));
}

Result set_init(Runtime& rt, Frame& f) {
  set_clear(self(f));
  return f[1].is_unbound() ? Result::none() : set_update(rt, f, self(f), f[1]);
}

// set() and set(iterable)
Result construct(Runtime& rt, Frame& f) {
  if (f.window_nargs() == 1) return set_of(rt, f, TypeId::Set, f[0]);
  return f.window_nargs() == 0 ? Value::from(new_set(rt, TypeId::Set)) : Value::unbound();
}

// type, iterable
Result frozenset_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!f[1].is_unbound() && f[0] == Value::from(rt.type(TypeId::FrozenSet)) && is_set(f[1]) &&
          f[1].object()->shape == rt.shape_of(TypeId::FrozenSet)) {
        return f[1];
      }
      f[2] = Value::from(new_set_of_class(rt, f[0]));
      if (f[1].is_unbound()) return f[2];
      AWAIT(1, set_update(rt, f, *to<Set>(f[2]), f[1]));
      return f[2];
  }
  LISLE_UNREACHABLE();
}

Result copy(Runtime& rt, Frame& f) {
  return Value::from(set_copy(rt, self(f)));
}

Result frozenset_copy(Runtime& rt, Frame& f) {
  if (self(f).shape == rt.shape_of(TypeId::FrozenSet)) return f[0];
  return Value::from(set_copy(rt, self(f)));
}

// --- single keys
// ---------------------------------------------------------------------------------------------------------

// A mutable set as a key means a frozenset with the same content, which is how sets of sets are searched.
Value searchable(Runtime& rt, Value key) {
  if (!is_set(key) || is_frozenset(rt, *to<Set>(key)) || has_special(rt, key, Special::Hash)) return key;
  Set* frozen = new_set(rt, TypeId::FrozenSet);
  set_copy_into(rt, *frozen, *to<Set>(key));
  return Value::from(frozen);
}

Result add(Runtime& rt, Frame& f) {
  return set_add(rt, f, self(f), f[1]);
}
Result contains(Runtime& rt, Frame& f) {
  return set_contains(rt, f, self(f), searchable(rt, f[1]));
}

Result discard(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, set_discard(rt, f, self(f), searchable(rt, f[1])));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// The key of a quick form, which is no set itself, is looked up; false when the program must be asked.
bool discard_pure(Runtime& rt, Frame& f, bool& found) {
  i64 hash;
  u64 slot;
  if (f.window_nargs() != 2 || is_set(f[1]) || !pure_hash(rt, f[1], hash)) return false;
  SetProbe probe = set_probe(rt, self(f), f[1], hash, slot);
  found = probe == SetProbe::kFound;
  if (found) set_remove_slot(self(f), slot);
  return probe != SetProbe::kAsk;
}

Result discard_quickly(Runtime& rt, Frame& f) {
  bool found;
  return discard_pure(rt, f, found) ? Result::none() : Result(Value::unbound());
}

Result remove_quickly(Runtime& rt, Frame& f) {
  bool found;
  return discard_pure(rt, f, found) && found ? Result::none() : Result(Value::unbound());
}

Result remove(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, set_discard(rt, f, self(f), searchable(rt, f[1])));
      return r.value().is_true() ? Result::none() : raise_with(rt, TypeId::KeyError, f[1]);
  }
  LISLE_UNREACHABLE();
}

Result pop(Runtime& rt, Frame& f) {
  Set& set = self(f);
  if (set.used == 0)
    return raise_with(rt, TypeId::KeyError, Value::from(new_str(rt, "pop from an empty set")));
  u64 slot = static_cast<u64>(set.finger.as_int()) & set.mask;
  while (!Set::is_key(set.keys->items[slot])) slot = slot == set.mask ? 0 : slot + 1;
  Value key = set.keys->items[slot];
  set_remove_slot(set, slot);
  set.finger = Value::from_int(static_cast<i64>(slot + 1));
  return key;
}

Result clear(Runtime&, Frame& f) {
  set_clear(self(f));
  return Result::none();
}

Result len(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(self(f).used));
}

Result hash_of(Runtime& rt, Frame& f) {
  return new_int(rt, frozenset_hash(self(f)));
}

// --- methods with any iterables
// ------------------------------------------------------------------------------------------

// The others are in the tuple f[1], the index in f[2], the result in f[3].
Value other_at(Frame& f) {
  return item_at(to<Tuple>(f[1]), f[2]);
}
bool more_others(Frame& f) {
  return f[2].as_int() < static_cast<i64>(to<Tuple>(f[1])->size);
}
void next_other(Frame& f) {
  f[2] = Value::from_int(f[2].as_int() + 1);
}

Result union_of(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[3] = Value::from(set_copy(rt, self(f)));
      for (f[2] = Value::from_int(0); more_others(f); next_other(f)) {
        AWAIT(1, set_update(rt, f, *to<Set>(f[3]), other_at(f)));
      }
      return f[3];
  }
  LISLE_UNREACHABLE();
}

Result update(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (f[2] = Value::from_int(0); more_others(f); next_other(f)) {
        AWAIT(1, set_update(rt, f, self(f), other_at(f)));
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result intersection(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[3] = f[0];
      for (f[2] = Value::from_int(0); more_others(f); next_other(f)) {
        AWAIT(1, set_intersection(rt, f, *to<Set>(f[3]), other_at(f)));
        f[3] = r.value();
      }
      return f[3] == f[0] ? Value::from(set_copy(rt, self(f))) : f[3];
  }
  LISLE_UNREACHABLE();
}

Result intersection_update(Runtime& rt, Frame& f) {
  Result common = intersection(rt, f);
  if (!common.is_value()) return common;
  set_take(rt, self(f), *to<Set>(common.value()));
  return Result::none();
}

Result difference(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (to<Tuple>(f[1])->size == 0) return Value::from(set_copy(rt, self(f)));
      f[2] = Value::from_int(0);
      AWAIT(1, set_difference(rt, f, self(f), other_at(f)));
      f[3] = r.value();
      for (f[2] = Value::from_int(1); more_others(f); next_other(f)) {
        AWAIT(2, set_difference_update(rt, f, *to<Set>(f[3]), other_at(f)));
      }
      return f[3];
  }
  LISLE_UNREACHABLE();
}

Result difference_update(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (f[2] = Value::from_int(0); more_others(f); next_other(f)) {
        AWAIT(1, set_difference_update(rt, f, self(f), other_at(f)));
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// self, other. f[2] the result: the other's items, then those of self toggled.
Result symmetric_difference(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, set_of(rt, f, is_frozenset(rt, self(f)) ? TypeId::FrozenSet : TypeId::Set, f[1]));
      f[2] = r.value();
      AWAIT(2, set_symmetric_update(rt, f, *to<Set>(f[2]), f[0]));
      return f[2];
  }
  LISLE_UNREACHABLE();
}

Result symmetric_difference_update(Runtime& rt, Frame& f) {
  return set_symmetric_update(rt, f, self(f), f[1]);
}

Result is_disjoint(Runtime& rt, Frame& f) {
  return set_is_disjoint(rt, f, self(f), f[1]);
}

Result is_subset(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, is_set(f[1]) ? Result(f[1]) : set_of(rt, f, TypeId::Set, f[1]));
      AWAIT(2, set_is_subset(rt, f, self(f), *to<Set>(r.value())));
      return r;
  }
  LISLE_UNREACHABLE();
}

// self, other. f[2] iterator.
Result is_superset(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_set(f[1])) {
        AWAIT(4, set_is_subset(rt, f, *to<Set>(f[1]), self(f)));
        return r;
      }
      AWAIT(1, iter(rt, f, f[1]));
      f[2] = r.value();
      for (;;) {
        AWAIT(2, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::boolean(true);
        AWAIT(3, set_contains(rt, f, self(f), r.value()));
        if (r.value().is_false()) return r;
      }
  }
  LISLE_UNREACHABLE();
}

// --- operators
// -----------------------------------------------------------------------------------------------------------

// self | other
Result or_(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_set(f[1])) return Value::not_implemented();
      f[2] = Value::from(set_copy(rt, self(f)));
      AWAIT(1, set_update(rt, f, *to<Set>(f[2]), f[1]));
      return f[2];
  }
  LISLE_UNREACHABLE();
}

Result and_(Runtime& rt, Frame& f) {
  return is_set(f[1]) ? set_intersection(rt, f, self(f), f[1]) : Result(Value::not_implemented());
}

Result sub_(Runtime& rt, Frame& f) {
  return is_set(f[1]) ? set_difference(rt, f, self(f), f[1]) : Result(Value::not_implemented());
}

Result xor_(Runtime& rt, Frame& f) {
  return is_set(f[1]) ? symmetric_difference(rt, f) : Result(Value::not_implemented());
}

// other <op> self: the same with the operands exchanged.
void exchange(Frame& f) {
  if (f.step() == 0) std::swap(f[0], f[1]);
}
Result ror_(Runtime& rt, Frame& f) {
  if (!is_set(f[1])) return Value::not_implemented();
  exchange(f);
  return or_(rt, f);
}
Result rxor_(Runtime& rt, Frame& f) {
  if (!is_set(f[1])) return Value::not_implemented();
  exchange(f);
  return symmetric_difference(rt, f);
}
Result rand_(Runtime& rt, Frame& f) {
  return is_set(f[1]) ? set_intersection(rt, f, *to<Set>(f[1]), f[0]) : Result(Value::not_implemented());
}
Result rsub_(Runtime& rt, Frame& f) {
  return is_set(f[1]) ? set_difference(rt, f, *to<Set>(f[1]), f[0]) : Result(Value::not_implemented());
}

// self <op>= other: each yields self.
Result ior_(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_set(f[1])) return Value::not_implemented();
      AWAIT(1, set_update(rt, f, self(f), f[1]));
      return f[0];
  }
  LISLE_UNREACHABLE();
}
Result iand_(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_set(f[1])) return Value::not_implemented();
      AWAIT(1, set_intersection(rt, f, self(f), f[1]));
      set_take(rt, self(f), *to<Set>(r.value()));
      return f[0];
  }
  LISLE_UNREACHABLE();
}
Result isub_(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_set(f[1])) return Value::not_implemented();
      AWAIT(1, set_difference_update(rt, f, self(f), f[1]));
      return f[0];
  }
  LISLE_UNREACHABLE();
}
Result ixor_(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_set(f[1])) return Value::not_implemented();
      AWAIT(1, set_symmetric_update(rt, f, self(f), f[1]));
      return f[0];
  }
  LISLE_UNREACHABLE();
}

// --- comparison
// ----------------------------------------------------------------------------------------------------------

Result le(Runtime& rt, Frame& f) {
  return is_set(f[1]) ? set_is_subset(rt, f, self(f), *to<Set>(f[1])) : Result(Value::not_implemented());
}
Result ge(Runtime& rt, Frame& f) {
  return is_set(f[1]) ? set_is_subset(rt, f, *to<Set>(f[1]), self(f)) : Result(Value::not_implemented());
}
Result lt(Runtime& rt, Frame& f) {
  if (!is_set(f[1])) return Value::not_implemented();
  return self(f).used < to<Set>(f[1])->used ? le(rt, f) : Result::boolean(false);
}
Result gt(Runtime& rt, Frame& f) {
  if (!is_set(f[1])) return Value::not_implemented();
  return self(f).used > to<Set>(f[1])->used ? ge(rt, f) : Result::boolean(false);
}
Result eq(Runtime& rt, Frame& f) {
  if (!is_set(f[1])) return Value::not_implemented();
  const Set &a = self(f), &b = *to<Set>(f[1]);
  if (a.used != b.used) return Result::boolean(false);
  if (a.hash != -1 && b.hash != -1 && a.hash != b.hash) return Result::boolean(false);
  return le(rt, f);
}
Result ne(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, eq(rt, f));
      return r.value().is_not_implemented() ? r : Result::boolean(r.value().is_false());
  }
  LISLE_UNREACHABLE();
}

// --- text and pickling
// ---------------------------------------------------------------------------------------------------

List* keys_of(Runtime& rt, const Set& set) {
  List* keys = new_list(rt, set.used);
  u64 position = 0;
  Value key;
  i64 hash;
  while (set_next(set, position, key, hash)) list_append(rt, *keys, key);
  return keys;
}

void begin_text(Runtime& rt, const Set& set, TextBuffer& text) {
  if (set.shape == rt.shape_of(TypeId::Set)) return;
  append_str(text, type_of(rt, Value::from(&set))->name);
  text.append('(');
}

// self → text. f[1] the list of items, f[2] index; the items are replaced by their texts.
Result repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (self(f).used == 0 || !repr_enter(rt, f[0].object())) {
        TextBuffer text;
        append_str(text, type_of(rt, f[0])->name);
        text.append_ascii(self(f).used == 0 ? "()" : "(...)");
        return finish_text(rt, text);
      }
      f[1] = Value::from(keys_of(rt, self(f)));
      for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(to<List>(f[1])->size);
           f[2] = Value::from_int(f[2].as_int() + 1)) {
        AWAIT(1, to_repr(rt, f, item_at(to<List>(f[1]), f[2])));
        item_at(to<List>(f[1]), f[2]) = r.value();
        rt.heap.wrote(to<List>(f[1])->items);
      }
      repr_leave(rt, f[0].object());
      TextBuffer text;
      begin_text(rt, self(f), text);
      text.append('{');
      const List& texts = *to<List>(f[1]);
      for (u64 i = 0; i < texts.size; ++i) {
        if (i) text.append_ascii(", ");
        append_str(text, to<Str>(texts.items->items[i]));
      }
      text.append('}');
      if (self(f).shape != rt.shape_of(TypeId::Set)) text.append(')');
      return finish_text(rt, text);
  }
  LISLE_UNREACHABLE();
}

Result reduce(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_method(rt, f, f[0], intern(rt, "__getstate__"), {}));
      Value arguments[] = {Value::from(keys_of(rt, self(f)))};
      Value result[] = {Value::from(type_of(rt, f[0])), Value::from(new_tuple_from(rt, arguments, 1)),
                        r.value()};
      return Value::from(new_tuple_from(rt, result, 3));
  }
  LISLE_UNREACHABLE();
}

// --- tables
// --------------------------------------------------------------------------------------------------------------

#define SHARED_METHODS                                                                                       \
  {"__len__", len, "(self, /)"}, {"__iter__", set_iter, "(self, /)"},                                        \
      {"__contains__", contains, "(self, key, /)"}, {"__repr__", repr, "(self, /)", nullptr, 3},             \
      {"__reduce__", reduce, "(self, /)", nullptr, 1}, {"__eq__", eq, "(self, other, /)"},                   \
      {"__ne__", ne, "(self, other, /)", nullptr, 2}, {"__lt__", lt, "(self, other, /)"},                    \
      {"__le__", le, "(self, other, /)"}, {"__gt__", gt, "(self, other, /)"},                                \
      {"__ge__", ge, "(self, other, /)"}, {"__or__", or_, "(self, other, /)", nullptr, 3},                   \
      {"__and__", and_, "(self, other, /)"}, {"__sub__", sub_, "(self, other, /)"},                          \
      {"__xor__", xor_, "(self, other, /)", nullptr, 3}, {"__ror__", ror_, "(self, other, /)", nullptr, 3},  \
      {"__rand__", rand_, "(self, other, /)"}, {"__rsub__", rsub_, "(self, other, /)"},                      \
      {"__rxor__", rxor_, "(self, other, /)", nullptr, 3},                                                   \
      {"union", union_of, "(self, /, *others)", "Return a new set with the items of all.", 4},               \
      {"intersection", intersection, "(self, /, *others)", "Return a new set with the common items.", 4},    \
      {"difference", difference, "(self, /, *others)", "Return a new set without the items of the others.",  \
       4},                                                                                                   \
      {"symmetric_difference", symmetric_difference, "(self, other, /)",                                     \
       "Return a new set with the items that only one of the two has.", 3},                                  \
      {"isdisjoint", is_disjoint, "(self, other, /)", "Return whether there are no common items."},          \
      {"issubset", is_subset, "(self, other, /)", "Return whether the other has all items of this set.", 2}, \
      {"issuperset", is_superset, "(self, other, /)", "Return whether this set has all items of the other.", \
       3},                                                                                                   \
  {                                                                                                          \
    "__class_getitem__", class_getitem, "(cls, item, /)", "See PEP 585", 0, kClassMethod                     \
  }

constexpr NativeSpec kSetMethods[] = {
    {"__new__", set_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic | kAllocates},
    {"__init__", set_init, "(self, iterable=(), /)"},
    SHARED_METHODS,
    {"__ior__", ior_, "(self, other, /)", nullptr, 2},
    {"__iand__", iand_, "(self, other, /)", nullptr, 2},
    {"__isub__", isub_, "(self, other, /)", nullptr, 2},
    {"__ixor__", ixor_, "(self, other, /)", nullptr, 2},
    {"__hash__", nullptr, nullptr},
    {"add", add, "(self, object, /)", "Add an item; no effect if it is there."},
    {"discard", discard, "(self, object, /)", "Remove an item if it is there.", 2, kLeaf, discard_quickly},
    {"remove", remove, "(self, object, /)", "Remove an item; KeyError if it is not there.", 2, kLeaf,
     remove_quickly},
    {"pop", pop, "(self, /)", "Remove and return any item; KeyError if the set is empty."},
    {"clear", clear, "(self, /)", "Remove all items."},
    {"copy", copy, "(self, /)", "Return a shallow copy."},
    {"update", update, "(self, /, *others)", "Add the items of all others.", 3},
    {"intersection_update", intersection_update, "(self, /, *others)", "Keep only the items common to all.",
     4},
    {"difference_update", difference_update, "(self, /, *others)", "Remove the items of the others.", 3},
    {"symmetric_difference_update", symmetric_difference_update, "(self, other, /)",
     "Keep the items that only one of the two has."},
};
constexpr NativeSpec kFrozenSetMethods[] = {
    {"__new__", frozenset_new, "(cls, iterable=(), /)", nullptr, 3, kStatic},
    SHARED_METHODS,
    {"__hash__", hash_of, "(self, /)"},
    {"copy", frozenset_copy, "(self, /)", "Return a shallow copy."},
};
#undef SHARED_METHODS

constexpr NativeSpec kIteratorMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__length_hint__", set_iterator_length_hint, "(self, /)"},
    {"__reduce__", iterator_reduce, "(self, /)"},
};

}  // namespace

extern const TypeSpec kSetType{"set",          "builtins", "An unordered collection of distinct items.",
                               TypeId::Object, Kind::Set,  0,
                               kSetMethods,    {},         construct};
extern const TypeSpec kFrozenSetType{
    "frozenset",       "builtins", "An unordered collection of distinct items that cannot be changed.",
    TypeId::Object,    Kind::Set,  0,
    kFrozenSetMethods, {}};
extern const TypeSpec kSetIteratorType{"set_iterator",   "builtins",
                                       nullptr,          TypeId::Object,
                                       Kind::Iterator,   kTypeFinal | kTypeNoNew | kTypeHidden,
                                       kIteratorMethods, {}};

}  // namespace lisle::rt

// Set operations on single keys and on whole iterables, as far as they may ask the program.
//
// Each has a pure short form; the step machines come back to these for every key, so a set of ordinary keys
// never suspends. A machine that was suspended starts its walk over when the table changed.
#include "runtime/protocols/compare.h"
#include "runtime/protocols/pure.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/set_table.h"

namespace lisle::rt {

namespace {

i64 hash_word(Value v) {
  i64 hash = 0;
  int_to_i64(v, hash);
  return hash;
}

Value set_value(Set& set) {
  return Value::from(&set);
}

TypeId base_type(const Runtime& rt, const Set& set) {
  return is_frozenset(rt, set) ? TypeId::FrozenSet : TypeId::Set;
}

// Advances the slot position kept in `place`; false at the end of the set.
bool next_key(const Set& set, Value& place, Value& key, i64& hash) {
  u64 position = static_cast<u64>(place.as_int());
  bool more = set_next(set, position, key, hash);
  place = Value::from_int(static_cast<i64>(position));
  return more;
}

}  // namespace

// --- one key
// -------------------------------------------------------------------------------------------------------------

Result set_add_hashed(Runtime& rt, Frame& f, Set& set, Value key, i64 hash) {
  u64 slot;
  switch (set_probe(rt, set, key, hash, slot)) {
    case SetProbe::kFound:
      return Result::none();
    case SetProbe::kAbsent:
      set_insert_new(rt, set, key, hash);
      return Result::none();
    case SetProbe::kAsk:
      break;
  }
  return call_internal(rt, f, Internal::SetAddHashed, {set_value(set), key, new_int(rt, hash)});
}

Result set_contains_hashed(Runtime& rt, Frame& f, Set& set, Value key, i64 hash) {
  u64 slot;
  SetProbe probe = set_probe(rt, set, key, hash, slot);
  if (probe != SetProbe::kAsk) return Result::boolean(probe == SetProbe::kFound);
  return call_internal(rt, f, Internal::SetContainsHashed, {set_value(set), key, new_int(rt, hash)});
}

Result set_discard_hashed(Runtime& rt, Frame& f, Set& set, Value key, i64 hash) {
  u64 slot;
  SetProbe probe = set_probe(rt, set, key, hash, slot);
  if (probe == SetProbe::kAsk) {
    return call_internal(rt, f, Internal::SetDiscardHashed, {set_value(set), key, new_int(rt, hash)});
  }
  if (probe == SetProbe::kFound) set_remove_slot(set, slot);
  return Result::boolean(probe == SetProbe::kFound);
}

Result set_add(Runtime& rt, Frame& f, Set& set, Value key) {
  i64 hash;
  if (pure_hash(rt, key, hash)) return set_add_hashed(rt, f, set, key, hash);
  return call_internal(rt, f, Internal::SetAdd, {set_value(set), key});
}

Result set_contains(Runtime& rt, Frame& f, Set& set, Value key) {
  i64 hash;
  if (pure_hash(rt, key, hash)) return set_contains_hashed(rt, f, set, key, hash);
  return call_internal(rt, f, Internal::SetContains, {set_value(set), key});
}

Result set_discard(Runtime& rt, Frame& f, Set& set, Value key) {
  i64 hash;
  if (pure_hash(rt, key, hash)) return set_discard_hashed(rt, f, set, key, hash);
  return call_internal(rt, f, Internal::SetDiscard, {set_value(set), key});
}

// set, key, hash → slot or -1. f[3] ordinal of the candidate in the walk, f[4] the key table, f[5] the
// candidate.
Result set_probe_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Set& set = *to<Set>(f[0]);
  switch (f.step()) {
    case 0:
      for (;;) {
        {
          if (!set.keys) return Value::from_int(-1);
          if (f[4] != Value::from(set.keys)) {
            f[4] = Value::from(set.keys);
            f[3] = Value::from_int(0);
          }
          i64 slot = set_candidate(set, hash_word(f[2]), static_cast<u64>(f[3].as_int()));
          if (slot < 0) return Value::from_int(-1);
          f[5] = set.keys->items[slot];
          f[6] = Value::from_int(slot);
          if (f[5] == f[1]) return f[6];
        }
        AWAIT(1, equal(rt, f, f[5], f[1]));
        if (f[4] != Value::from(set.keys) || item_at(set.keys, f[6]) != f[5]) {
          f[4] = Value();
          continue;
        }
        if (r.value().is_true()) return f[6];
        f[3] = Value::from_int(f[3].as_int() + 1);
      }
  }
  LISLE_UNREACHABLE();
}

// set, key → None. f[2] hash.
Result set_add_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, hash(rt, f, f[1]));
      AWAIT(2, set_add_hashed(rt, f, *to<Set>(f[0]), f[1], hash_word(r.value())));
      return r;
  }
  LISLE_UNREACHABLE();
}

// set, key → a bool.
Result set_contains_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, hash(rt, f, f[1]));
      AWAIT(2, set_contains_hashed(rt, f, *to<Set>(f[0]), f[1], hash_word(r.value())));
      return r;
  }
  LISLE_UNREACHABLE();
}

// set, key → a bool.
Result set_discard_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, hash(rt, f, f[1]));
      AWAIT(2, set_discard_hashed(rt, f, *to<Set>(f[0]), f[1], hash_word(r.value())));
      return r;
  }
  LISLE_UNREACHABLE();
}

// set, key, hash → None.
Result set_add_hashed_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::SetProbe, {f[0], f[1], f[2]}));
      if (r.value().as_int() < 0) set_insert_new(rt, *to<Set>(f[0]), f[1], hash_word(f[2]));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// set, key, hash → a bool.
Result set_contains_hashed_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::SetProbe, {f[0], f[1], f[2]}));
      return Result::boolean(r.value().as_int() >= 0);
  }
  LISLE_UNREACHABLE();
}

// set, key, hash → a bool.
Result set_discard_hashed_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::SetProbe, {f[0], f[1], f[2]}));
      if (r.value().as_int() >= 0) set_remove_slot(*to<Set>(f[0]), static_cast<u64>(r.value().as_int()));
      return Result::boolean(r.value().as_int() >= 0);
  }
  LISLE_UNREACHABLE();
}

// --- whole iterables
// -----------------------------------------------------------------------------------------------------

Set* set_copy(Runtime& rt, Set& set) {
  Set* copy = new_set(rt, base_type(rt, set));
  set_copy_into(rt, *copy, set);
  return copy;
}

void set_take(Runtime& rt, Set& set, Set& other) {
  set.mask = other.mask;
  set.used = other.used;
  set.fill = other.fill;
  set.finger = other.finger;
  set.keys = other.keys;
  set.hashes = other.hashes;
  rt.heap.wrote(&set);
}

Result set_update(Runtime& rt, Frame& f, Set& set, Value other) {
  if (Set* source = as<Set>(other)) {
    if (source == &set || source->used == 0) return Result::none();
    if (set.fill == 0) {
      set_copy_into(rt, set, *source);
      return Result::none();
    }
    if (set_update_pure(rt, set, *source)) return Result::none();
  }
  return call_internal(rt, f, Internal::SetUpdate, {set_value(set), other});
}

// set, iterable → None. f[2] iterator or slot position.
Result set_update_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Set& set = *to<Set>(f[0]);
  Value key;
  i64 hash;
  switch (f.step()) {
    case 0:
      if (is_kind(f[1], Kind::Set)) {
        set_make_room(rt, set, to<Set>(f[1])->used);
        f[2] = Value::from_int(0);
        while (next_key(*to<Set>(f[1]), f[2], key, hash)) {
          AWAIT(1, set_add_hashed(rt, f, set, key, hash));
        }
        return Result::none();
      }
      if (is_kind(f[1], Kind::Dict) && f[1].object()->shape == rt.shape_of(TypeId::Dict)) {
        set_make_room(rt, set, to<Dict>(f[1])->used);
      }
      AWAIT(2, iter(rt, f, f[1]));
      f[2] = r.value();
      for (;;) {
        AWAIT(3, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::none();
        AWAIT(4, set_add(rt, f, set, r.value()));
      }
  }
  LISLE_UNREACHABLE();
}

Result set_difference_update(Runtime& rt, Frame& f, Set& set, Value other) {
  if (other == set_value(set)) {
    set_clear(set);
    return Result::none();
  }
  Set* taken = as<Set>(other);
  if (taken && set_difference_update_pure(rt, set, *taken)) return Result::none();
  return call_internal(rt, f, Internal::SetDifferenceUpdate, {set_value(set), other});
}

// set, iterable → None. f[2] iterator or slot position.
Result set_difference_update_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Set& set = *to<Set>(f[0]);
  Value key;
  i64 hash;
  switch (f.step()) {
    case 0:
      if (is_kind(f[1], Kind::Set)) {
        f[2] = Value::from_int(0);
        while (next_key(*to<Set>(f[1]), f[2], key, hash)) {
          AWAIT(1, set_discard_hashed(rt, f, set, key, hash));
        }
      } else {
        AWAIT(2, iter(rt, f, f[1]));
        f[2] = r.value();
        for (;;) {
          AWAIT(3, next(rt, f, f[2]));
          if (r.value().is_exhausted()) break;
          AWAIT(4, set_discard(rt, f, set, r.value()));
        }
      }
      set_drop_dummies(rt, set);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result set_symmetric_update(Runtime& rt, Frame& f, Set& set, Value other) {
  if (other == set_value(set)) {
    set_clear(set);
    return Result::none();
  }
  return call_internal(rt, f, Internal::SetSymmetricUpdate, {set_value(set), other});
}

// set, iterable → None. f[2] the other as a set, f[3] slot position, f[4] key, f[5] its hash.
Result set_symmetric_update_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Set& set = *to<Set>(f[0]);
  i64 hash;
  switch (f.step()) {
    case 0:
      f[2] = f[1];
      if (!is_kind(f[1], Kind::Set)) {
        AWAIT(1, set_of(rt, f, TypeId::Set, f[1]));
        f[2] = r.value();
      }
      f[3] = Value::from_int(0);
      while (next_key(*to<Set>(f[2]), f[3], f[4], hash)) {
        f[5] = new_int(rt, hash);
        AWAIT(2, set_discard_hashed(rt, f, set, f[4], hash_word(f[5])));
        if (r.value().is_false()) {
          AWAIT(3, set_add_hashed(rt, f, set, f[4], hash_word(f[5])));
        }
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result set_intersection(Runtime& rt, Frame& f, Set& set, Value other) {
  if (other == set_value(set)) return Value::from(set_copy(rt, set));
  if (Set* with = as<Set>(other))
    if (Set* common = set_intersection_pure(rt, set, *with)) return set_value(*common);
  return call_internal(rt, f, Internal::SetIntersection, {set_value(set), other});
}

// set, iterable → a new set. f[2] the result, f[3] iterator or slot position, f[4] key, f[5] its hash.
Result set_intersection_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  i64 word;
  switch (f.step()) {
    case 0:
      f[2] = Value::from(new_set(rt, base_type(rt, *to<Set>(f[0]))));
      if (is_kind(f[1], Kind::Set)) {
        // The smaller set is walked.
        if (to<Set>(f[1])->used > to<Set>(f[0])->used) std::swap(f[0], f[1]);
        f[3] = Value::from_int(0);
        while (next_key(*to<Set>(f[1]), f[3], f[4], word)) {
          f[5] = new_int(rt, word);
          AWAIT(1, set_contains_hashed(rt, f, *to<Set>(f[0]), f[4], hash_word(f[5])));
          if (r.value().is_true()) {
            AWAIT(2, set_add_hashed(rt, f, *to<Set>(f[2]), f[4], hash_word(f[5])));
          }
        }
        return f[2];
      }
      AWAIT(3, iter(rt, f, f[1]));
      f[3] = r.value();
      for (;;) {
        AWAIT(4, next(rt, f, f[3]));
        if (r.value().is_exhausted()) return f[2];
        f[4] = r.value();
        AWAIT(5, hash(rt, f, f[4]));
        f[5] = r.value();
        AWAIT(6, set_contains_hashed(rt, f, *to<Set>(f[0]), f[4], hash_word(f[5])));
        if (r.value().is_true()) {
          AWAIT(7, set_add_hashed(rt, f, *to<Set>(f[2]), f[4], hash_word(f[5])));
        }
      }
  }
  LISLE_UNREACHABLE();
}

Result set_difference(Runtime& rt, Frame& f, Set& set, Value other) {
  if (Set* taken = as<Set>(other))
    if (Set* rest = set_difference_pure(rt, set, *taken)) return set_value(*rest);
  return call_internal(rt, f, Internal::SetDifference, {set_value(set), other});
}

// set, iterable → a new set. f[2] the result, f[3] slot position, f[4] key, f[5] its hash.
Result set_difference_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  i64 word;
  switch (f.step()) {
    case 0: {
      u64 size = 0;
      bool known = false;
      if (const Set* other = as<Set>(f[1])) known = true, size = other->used;
      if (is_kind(f[1], Kind::Dict) && f[1].object()->shape == rt.shape_of(TypeId::Dict)) {
        known = true;
        size = to<Dict>(f[1])->used;
      }
      // A short subtrahend is taken away from a copy; otherwise the survivors are collected.
      f[3] = Value::from_bool(!known || (to<Set>(f[0])->used >> 2) > size);
    }
      if (f[3].is_true()) {
        f[2] = Value::from(set_copy(rt, *to<Set>(f[0])));
        AWAIT(1, set_difference_update(rt, f, *to<Set>(f[2]), f[1]));
        return f[2];
      }
      f[2] = Value::from(new_set(rt, base_type(rt, *to<Set>(f[0]))));
      f[3] = Value::from_int(0);
      while (next_key(*to<Set>(f[0]), f[3], f[4], word)) {
        f[5] = new_int(rt, word);
        if (is_kind(f[1], Kind::Set)) {
          AWAIT(2, set_contains_hashed(rt, f, *to<Set>(f[1]), f[4], hash_word(f[5])));
        } else {
          AWAIT(3, dict_contains(rt, f, *to<Dict>(f[1]), f[4]));
        }
        if (r.value().is_false()) {
          AWAIT(4, set_add_hashed(rt, f, *to<Set>(f[2]), f[4], hash_word(f[5])));
        }
      }
      return f[2];
  }
  LISLE_UNREACHABLE();
}

Result set_is_subset(Runtime& rt, Frame& f, Set& set, Set& other) {
  if (set.used > other.used) return Result::boolean(false);
  bool answer;
  if (set_is_subset_pure(rt, set, other, answer)) return Result::boolean(answer);
  return call_internal(rt, f, Internal::SetIsSubset, {set_value(set), set_value(other)});
}

// set, other → a bool. f[2] slot position.
Result set_is_subset_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Value key;
  i64 hash;
  switch (f.step()) {
    case 0:
      f[2] = Value::from_int(0);
      while (next_key(*to<Set>(f[0]), f[2], key, hash)) {
        AWAIT(1, set_contains_hashed(rt, f, *to<Set>(f[1]), key, hash));
        if (r.value().is_false()) return r;
      }
      return Result::boolean(true);
  }
  LISLE_UNREACHABLE();
}

Result set_is_disjoint(Runtime& rt, Frame& f, Set& set, Value other) {
  return call_internal(rt, f, Internal::SetIsDisjoint, {set_value(set), other});
}

// set, iterable → a bool. f[2] iterator or slot position.
Result set_is_disjoint_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Value key;
  i64 hash;
  switch (f.step()) {
    case 0:
      if (f[0] == f[1]) return Result::boolean(to<Set>(f[0])->used == 0);
      if (is_kind(f[1], Kind::Set)) {
        if (to<Set>(f[1])->used > to<Set>(f[0])->used) std::swap(f[0], f[1]);
        f[2] = Value::from_int(0);
        while (next_key(*to<Set>(f[1]), f[2], key, hash)) {
          AWAIT(1, set_contains_hashed(rt, f, *to<Set>(f[0]), key, hash));
          if (r.value().is_true()) return Result::boolean(false);
        }
        return Result::boolean(true);
      }
      AWAIT(2, iter(rt, f, f[1]));
      f[2] = r.value();
      for (;;) {
        AWAIT(3, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::boolean(true);
        AWAIT(4, set_contains(rt, f, *to<Set>(f[0]), r.value()));
        if (r.value().is_true()) return Result::boolean(false);
      }
  }
  LISLE_UNREACHABLE();
}

Result set_of(Runtime& rt, Frame& f, TypeId type, Value iterable) {
  Set* set = new_set(rt, type);
  if (Set* source = as<Set>(iterable)) {
    set_copy_into(rt, *set, *source);
    return Value::from(set);
  }
  return call_internal(rt, f, Internal::SetOf, {Value::from(set), iterable});
}

// set, iterable → the set.
Result set_of_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, set_update(rt, f, *to<Set>(f[0]), f[1]));
      return f[0];
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

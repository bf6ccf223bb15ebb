// Operations of two sets whose keys can be compared without the program: one pass over a table each, in the
// order in which the step machines of set_probe.cpp go, because iteration shows the order of insertion.
#include <utility>

#include "runtime/types/set_table.h"

namespace lisle::rt {

namespace {

bool add_pure(Runtime& rt, Set& set, Value key, i64 hash) {
  u64 slot;
  SetProbe probe = set_probe(rt, set, key, hash, slot);
  if (probe == SetProbe::kAbsent) set_insert_new(rt, set, key, hash);
  return probe != SetProbe::kAsk;
}

Set* empty_like(Runtime& rt, const Set& set) {
  return new_set(rt, is_frozenset(rt, set) ? TypeId::FrozenSet : TypeId::Set);
}

// Adds the keys of `walked` that `asked` has, or has not, to `result`; false when the program must be asked.
bool collect(Runtime& rt, Set& walked, Set& asked, SetProbe wanted, Set& result) {
  u64 position = 0, slot;
  Value key;
  i64 hash;
  while (set_next(walked, position, key, hash)) {
    SetProbe probe = set_probe(rt, asked, key, hash, slot);
    if (probe == SetProbe::kAsk) return false;
    if (probe == wanted && !add_pure(rt, result, key, hash)) return false;
  }
  return true;
}

}  // namespace

void set_make_room(Runtime& rt, Set& set, u64 more) {
  if ((set.fill + more) * 5 >= set.mask * 3) set_resize(rt, set, (set.used + more) * 2);
}

void set_drop_dummies(Runtime& rt, Set& set) {
  if (set.fill - set.used > set.mask / 4) set_resize(rt, set, set.used > 50000 ? set.used * 2 : set.used * 4);
}

bool set_update_pure(Runtime& rt, Set& set, Set& other) {
  set_make_room(rt, set, other.used);
  u64 position = 0;
  Value key;
  i64 hash;
  while (set_next(other, position, key, hash))
    if (!add_pure(rt, set, key, hash)) return false;
  return true;
}

Set* set_union_pure(Runtime& rt, Set& set, Set& other) {
  // A copy that would be moved to a larger table at once is made there, with its keys in the same order.
  bool as_it_is = &set != &other && set.keys && set.fill == set.used && set.used * 5 < set.mask * 3;
  Set* result = empty_like(rt, set);
  if (as_it_is && set.mask == result->mask && (set.used + other.used) * 5 >= set.mask * 3) {
    set_resize(rt, *result, (set.used + other.used) * 2);
    set_copy_clean(rt, *result, set);
  } else {
    set_copy_into(rt, *result, set);
  }
  return &set == &other || set_update_pure(rt, *result, other) ? result : nullptr;
}

bool set_difference_update_pure(Runtime& rt, Set& set, Set& other) {
  u64 position = 0, slot;
  Value key;
  i64 hash;
  while (set_next(other, position, key, hash)) {
    SetProbe probe = set_probe(rt, set, key, hash, slot);
    if (probe == SetProbe::kAsk) return false;
    if (probe == SetProbe::kFound) set_remove_slot(set, slot);
  }
  set_drop_dummies(rt, set);
  return true;
}

bool set_is_subset_pure(Runtime& rt, Set& set, Set& other, bool& answer) {
  u64 position = 0, slot;
  Value key;
  i64 hash;
  answer = true;
  while (answer && set_next(set, position, key, hash)) {
    SetProbe probe = set_probe(rt, other, key, hash, slot);
    if (probe == SetProbe::kAsk) return false;
    answer = probe == SetProbe::kFound;
  }
  return true;
}

Set* set_intersection_pure(Runtime& rt, Set& set, Set& other) {
  Set* result = empty_like(rt, set);
  // The smaller set is walked.
  bool swap = other.used > set.used;
  return collect(rt, swap ? set : other, swap ? other : set, SetProbe::kFound, *result) ? result : nullptr;
}

Set* set_difference_pure(Runtime& rt, Set& set, Set& other) {
  // A short subtrahend is taken away from a copy; otherwise the survivors are collected.
  if ((set.used >> 2) > other.used) {
    Set* rest = set_copy(rt, set);
    return set_difference_update_pure(rt, *rest, other) ? rest : nullptr;
  }
  Set* result = empty_like(rt, set);
  return collect(rt, set, other, SetProbe::kAbsent, *result) ? result : nullptr;
}

Set* set_symmetric_difference_pure(Runtime& rt, Set& set, Set& other) {
  // The other's keys, then those of the set toggled.
  Set* result = empty_like(rt, set);
  set_copy_into(rt, *result, other);
  u64 position = 0, slot;
  Value key;
  i64 hash;
  while (set_next(set, position, key, hash)) {
    SetProbe probe = set_probe(rt, *result, key, hash, slot);
    if (probe == SetProbe::kAsk) return nullptr;
    if (probe == SetProbe::kFound)
      set_remove_slot(*result, slot);
    else
      set_insert_new(rt, *result, key, hash);
  }
  return result;
}

}  // namespace lisle::rt

// The table of sets. The layout follows CPython 3.11 because programs see it: iteration order, pop() and
// repr() walk the table. Methods are in set_methods.cpp, operators in set_operators.cpp.
//
// Invariant: keys and hashes exist together and have mask + 1 slots; fill counts the slots that are not empty
// and stays below three fifths of the table, so every walk ends.
#include "runtime/types/set.h"

#include <cstring>

#include "runtime/protocols/pure.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/set_table.h"

namespace lisle::rt {

namespace {

constexpr u64 kFirstMask = 7;
constexpr u64 kLinearProbes = 9;

// Walks the slots that may hold `hash`, a run of ten neighbours where they fit, then a jump, until `found`
// is true of one of them, which is the result.
template <class Found>
inline u64 walk_slots(u64 mask, i64 hash, Found&& found) {
  u64 perturb = static_cast<u64>(hash);
  for (u64 first = perturb & mask;; first = (first * 5 + 1 + perturb) & mask) {
    u64 last = first + kLinearProbes <= mask ? first + kLinearProbes : first;
    for (u64 at = first; at <= last; ++at) {
      if (found(at)) return at;
    }
    perturb >>= 5;
  }
}

void allocate_table(Runtime& rt, Set& set, u64 mask) {
  Array* keys = new_array(rt, mask + 1);
  for (u64 i = 0; i <= mask; ++i) keys->items[i] = Set::empty_slot();
  Raw* hashes = new_raw(rt, (mask + 1) * sizeof(i64));
  set.keys = keys;
  set.hashes = hashes;
  set.mask = mask;
  rt.heap.wrote(&set);
}

// Inserts into a table without dummies that does not hold the key.
void insert_clean(Set& set, Value key, i64 hash) {
  u64 slot = walk_slots(set.mask, hash, [&](u64 at) { return set.keys->items[at] == Set::empty_slot(); });
  set.keys->items[slot] = key;
  set.hash_table()[slot] = hash;
}

u64 mask_for(u64 at_least) {
  u64 size = kFirstMask + 1;
  while (size <= at_least) size <<= 1;
  return size - 1;
}

}  // namespace

Set* new_set(Runtime& rt, TypeId type) {
  Set* set = rt.make<Set>(type);
  set->mask = kFirstMask;
  set->hash = -1;
  return set;
}

bool is_exact_set(const Runtime& rt, Value v) {
  if (!is_kind(v, Kind::Set)) return false;
  ShapeId shape = v.object()->shape;
  return shape == rt.shape_of(TypeId::Set) || shape == rt.shape_of(TypeId::FrozenSet);
}

bool is_frozenset(const Runtime& rt, const Set& set) {
  if (set.shape == rt.shape_of(TypeId::Set)) return false;
  return set.shape == rt.shape_of(TypeId::FrozenSet) ||
         is_instance(rt, Value::from(&set), rt.type(TypeId::FrozenSet));
}

void set_resize(Runtime& rt, Set& set, u64 at_least) {
  Array* old_keys = set.keys;
  Raw* old_hashes = set.hashes;
  u64 old_mask = set.mask;
  allocate_table(rt, set, mask_for(at_least));
  set.fill = set.used;
  if (!old_keys) return;
  const i64* hashes = reinterpret_cast<const i64*>(old_hashes->bytes);
  for (u64 i = 0; i <= old_mask; ++i) {
    if (Set::is_key(old_keys->items[i])) insert_clean(set, old_keys->items[i], hashes[i]);
  }
  rt.heap.wrote(set.keys);
}

SetProbe set_walk(Runtime& rt, Set& set, Value key, i64 hash, u64& slot) {
  const i64* hashes = set.hash_table();
  SetProbe answer = SetProbe::kAbsent;
  u64 last = walk_slots(set.mask, hash, [&](u64 at) {
    // The hashes decide nearly always; keys lie elsewhere in memory.
    if (LISLE_LIKELY(hashes[at] != hash)) return hashes[at] == 0 && set.keys->items[at] == Set::empty_slot();
    Value candidate = set.keys->items[at];
    if (candidate == Set::empty_slot()) return true;
    if (!Set::is_key(candidate)) return false;
    bool equal = candidate == key;
    // Two small ints with the same hash are one and the same, or -1 and -2.
    if (!equal && !Value::both_int(candidate, key) && !pure_equal(rt, candidate, key, equal)) {
      answer = SetProbe::kAsk;
      return true;
    }
    if (equal) answer = SetProbe::kFound;
    return equal;
  });
  if (answer == SetProbe::kFound) slot = last;
  return answer;
}

i64 set_candidate(const Set& set, i64 hash, u64 ordinal) {
  u64 slot = walk_slots(set.mask, hash, [&](u64 at) {
    Value candidate = set.keys->items[at];
    if (candidate == Set::empty_slot()) return true;
    return set.hash_table()[at] == hash && Set::is_key(candidate) && ordinal-- == 0;
  });
  return set.keys->items[slot] == Set::empty_slot() ? -1 : static_cast<i64>(slot);
}

namespace {

// Where a new key of that hash goes: the last dummy on the way, or the empty slot at its end.
u64 slot_for(const Set& set, i64 hash) {
  const i64* hashes = set.hash_table();
  constexpr u64 kNowhere = ~u64{0};
  u64 dummy = kNowhere;
  u64 empty = walk_slots(set.mask, hash, [&](u64 at) {
    if (hashes[at] == 0) return set.keys->items[at] == Set::empty_slot();
    // No key has the hash of a dummy.
    if (hashes[at] == -1) dummy = at;
    return false;
  });
  return dummy == kNowhere ? empty : dummy;
}

}  // namespace

void set_insert_new(Runtime& rt, Set& set, Value key, i64 hash) {
  if (!set.keys) allocate_table(rt, set, set.mask);
  u64 slot = static_cast<u64>(hash) & set.mask;
  if (set.keys->items[slot] != Set::empty_slot()) slot = slot_for(set, hash);
  bool reused = set.keys->items[slot] == Set::dummy_slot();
  set.keys->items[slot] = key;
  set.hash_table()[slot] = hash;
  rt.heap.wrote(set.keys);
  ++set.used;
  if (reused) return;
  ++set.fill;
  if (set.fill * 5 >= set.mask * 3) set_resize(rt, set, set.used > 50000 ? set.used * 2 : set.used * 4);
}

void set_remove_slot(Set& set, u64 slot) {
  set.keys->items[slot] = Set::dummy_slot();
  set.hash_table()[slot] = -1;
  --set.used;
}

void set_clear(Set& set) {
  set.keys = nullptr;
  set.hashes = nullptr;
  set.mask = kFirstMask;
  set.fill = set.used = 0;
  set.finger = Value();
}

void set_copy_into(Runtime& rt, Set& target, Set& source) {
  if (source.used == 0) return;
  if ((target.fill + source.used) * 5 >= target.mask * 3)
    set_resize(rt, target, (target.used + source.used) * 2);
  if (!target.keys) allocate_table(rt, target, target.mask);
  target.fill = target.used = source.used;
  if (target.mask == source.mask && source.fill == source.used) {
    std::memcpy(target.keys->items, source.keys->items, (source.mask + 1) * sizeof(Value));
    std::memcpy(target.hashes->bytes, source.hashes->bytes, (source.mask + 1) * sizeof(i64));
  } else {
    set_copy_clean(rt, target, source);
  }
  rt.heap.wrote(target.keys);
}

void set_copy_clean(Runtime& rt, Set& target, const Set& source) {
  u64 position = 0;
  Value key;
  i64 hash;
  while (set_next(source, position, key, hash)) insert_clean(target, key, hash);
  target.fill = target.used = source.used;
  rt.heap.wrote(target.keys);
}

namespace {

u64 shuffle_bits(u64 h) {
  return ((h ^ 89869747ULL) ^ (h << 16)) * 3644798167ULL;
}

}  // namespace

// Independent of the order of keys; the formula is CPython's, so that nested frozensets hash alike.
i64 frozenset_hash(Set& set) {
  if (set.hash != -1) return set.hash;
  u64 hash = 0;
  u64 position = 0;
  Value key;
  i64 key_hash;
  while (set_next(set, position, key, key_hash)) hash ^= shuffle_bits(static_cast<u64>(key_hash));
  hash ^= (set.used + 1) * 1927868237ULL;
  hash ^= (hash >> 11) ^ (hash >> 25);
  hash = hash * 69069ULL + 907133923ULL;
  if (hash == ~u64{0}) hash = 590923713ULL;
  set.hash = static_cast<i64>(hash);
  return set.hash;
}

}  // namespace lisle::rt

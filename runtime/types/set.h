// set and frozenset. An open table of keys and a table of their full hashes. Iteration follows the table, so
// the table is laid out exactly as in CPython 3.11: same sizes, same probing (runs of ten slots, then
// perturbed jumps), same growth, and dummies where keys were removed.
#pragma once
#include "runtime/runtime.h"
#include "runtime/types/array.h"

namespace lisle::rt {

struct Set : Object {
  static constexpr Kind kKind = Kind::Set;
  u64 mask;      // table size minus one
  u64 used;      // live keys
  u64 fill;      // live keys and dummies
  Value finger;  // int: where pop() goes on looking; of a constant: the Tuple of its keys as the source lists
                 // them
  i64 hash;      // frozenset: the hash, -1 while unknown
  Array* keys;   // kEmpty, kDummy or a key in each slot; null while the set is empty and new
  Raw* hashes;   // one i64 a slot; -1 for dummies, 0 for empty slots

  static constexpr Value empty_slot() { return Value::unbound(); }
  static constexpr Value dummy_slot() { return Value::exhausted(); }
  static bool is_key(Value v) { return !v.is_unbound() && !v.is_exhausted(); }
  i64* hash_table() const { return reinterpret_cast<i64*>(hashes->bytes); }

  size_t byte_size() const { return sizeof(Set); }
  template <class V>
  void visit(V&& v) {
    v(finger);
    v(keys);
    v(hashes);
  }
};

Set* new_set(Runtime& rt, TypeId type);                // Set or FrozenSet, empty
bool is_exact_set(const Runtime& rt, Value v);         // exactly set or exactly frozenset
bool is_frozenset(const Runtime& rt, const Set& set);  // frozenset or a subclass

enum class SetProbe : u8 { kFound, kAbsent, kAsk };
// Looks a key up without the program's help, from the first slot of its hash on.
SetProbe set_walk(Runtime& rt, Set& set, Value key, i64 hash, u64& slot);
inline SetProbe set_probe(Runtime& rt, Set& set, Value key, i64 hash, u64& slot) {
  if (!set.keys) return SetProbe::kAbsent;
  // The first slot decides nearly always.
  u64 at = static_cast<u64>(hash) & set.mask;
  Value candidate = set.keys->items[at];
  if (candidate == Set::empty_slot()) return SetProbe::kAbsent;
  if (candidate == key && set.hash_table()[at] == hash) {
    slot = at;
    return SetProbe::kFound;
  }
  return set_walk(rt, set, key, hash, slot);
}
// Adds a key that is known to be absent.
void set_insert_new(Runtime& rt, Set& set, Value key, i64 hash);
void set_remove_slot(Set& set, u64 slot);
void set_resize(Runtime& rt, Set& set, u64 at_least);
void set_clear(Set& set);
// Fills an empty set with the keys of another.
void set_copy_into(Runtime& rt, Set& target, Set& source);
// Visits live keys from slot `position` on; false at the end.
inline bool set_next(const Set& set, u64& position, Value& key, i64& hash) {
  if (!set.keys) return false;
  while (position <= set.mask) {
    u64 slot = position++;
    if (!Set::is_key(set.keys->items[slot])) continue;
    key = set.keys->items[slot];
    hash = set.hash_table()[slot];
    return true;
  }
  return false;
}
i64 frozenset_hash(Set& set);
Value set_iterator(Runtime& rt, Set& set);

// Any key: may call __hash__ and __eq__ of the program.
Result set_add(Runtime& rt, Frame& f, Set& set, Value key);       // None
Result set_contains(Runtime& rt, Frame& f, Set& set, Value key);  // a bool
// A new set with the items of any iterable.
Result set_of(Runtime& rt, Frame& f, TypeId type, Value iterable);

}  // namespace lisle::rt

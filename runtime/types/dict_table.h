// The hash table of dicts: probing, growing, and the bookkeeping that dict.cpp, its methods, views and
// iterators share.
//
// The index holds entry numbers plus one, zero for an empty slot. A slot is never emptied: it keeps pointing
// at its entry, whose key turns unbound when it is deleted. Entries may be given back at the end (popitem)
// and used again by another key; the stale slot is harmless, because probing compares the entry's hash and
// key, but it does use up space. Hence the word after the last slot counts how many empty slots may still be
// taken before the index is rebuilt.
#pragma once
#include "runtime/protocols/pure.h"
#include "runtime/types/dict.h"

namespace lisle::rt {

// What entries store of a hash, and what probing starts from after the shift is undone.
inline u64 stored_hash(i64 hash) {
  return static_cast<u64>(hash) << 2;
}

inline u32 dict_slot_bytes(u32 index_log2) {
  return index_log2 <= 8 ? 1 : index_log2 <= 16 ? 2 : 4;
}

inline u64& dict_slots_left(const Dict& d) {
  u64 slots = u64{1} << d.index_log2;
  return *reinterpret_cast<u64*>(d.index->bytes + slots * dict_slot_bytes(d.index_log2));
}

// The walk over the slots that may hold a hash. next_entry() yields entry numbers of equal hash, -1 at an
// empty slot.
template <class Slot>
struct DictWalk {
  const Slot* slots;
  const Value* entries;
  u64 mask, perturb, slot, stored;

  DictWalk(const Dict& d, u64 stored_bits)
      : slots(reinterpret_cast<const Slot*>(d.index->bytes)),
        entries(d.entries->items),
        mask((u64{1} << d.index_log2) - 1),
        perturb(stored_bits >> 2),
        slot(perturb & mask),
        stored(stored_bits) {}

  i64 next_entry() {
    for (;;) {
      u64 number = slots[slot];
      if (number == 0) return -1;
      perturb >>= 5;
      slot = (slot * 5 + perturb + 1) & mask;
      if (entries[(number - 1) * Dict::kEntryWords].bits() == stored) return static_cast<i64>(number - 1);
    }
  }
};

// Calls `use` with a DictWalk of the right slot width. The dict must have an index.
template <class Use>
inline auto with_walk(const Dict& d, u64 stored, Use use) {
  if (d.index_log2 <= 8) {
    DictWalk<u8> walk(d, stored);
    return use(walk);
  }
  if (d.index_log2 <= 16) {
    DictWalk<u16> walk(d, stored);
    return use(walk);
  }
  DictWalk<u32> walk(d, stored);
  return use(walk);
}

enum class Probe : u8 { kFound, kAbsent, kAsk };

// Looks `key` up without the program's help.
Probe dict_probe(Runtime& rt, Dict& d, Value key, i64 hash, i64& entry);

// Adds a key that is known to be absent.
void dict_insert_new(Runtime& rt, Dict& d, Value key, i64 hash, Value v);
// Removes a live entry.
void dict_remove_entry(Dict& d, u64 entry);
// Makes room for `expected` entries in all, dropping deleted ones.
void dict_reserve(Runtime& rt, Dict& d, u64 expected);
// The entry number of the last live entry at or before `entry`; -1 when there is none.
i64 dict_last_entry(const Dict& d, i64 entry);
// Forgets deleted entries at the end, so that taking the last item stays cheap.
void dict_trim(Dict& d);

// Replaces a value in place: the version stays.
inline void dict_replace(Runtime& rt, Dict& d, u64 entry, Value v) {
  d.value_at(entry) = v;
  rt.heap.wrote(d.entries);
}

// The entry of a key without the program's help; kAsk also when the key's hash is the program's business.
Probe dict_lookup(Runtime& rt, Dict& d, Value key, i64& hash, i64& entry);

// For callers with a pure key: true when it was decided, false when the general function must be used.
bool dict_get_pure(Runtime& rt, Dict& d, Value key, Value& found);  // unbound when absent
bool dict_set_pure(Runtime& rt, Dict& d, Value key, Value v);

}  // namespace lisle::rt

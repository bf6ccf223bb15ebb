// The dict's table and the operations that other parts of the VM use. Methods are in dict_methods.cpp, views
// in dict_views.cpp, iterators in dict_iterators.cpp.
//
// Invariant: an index exists exactly when an entry array exists; filled <= entries->capacity / 3; every live
// entry is reachable from its hash's slots.
#include "runtime/types/dict.h"

#include <cstring>

#include "runtime/protocols/pure.h"
#include "runtime/types/dict_table.h"

namespace lisle::rt {

namespace {

constexpr u32 kFirstLog2 = 3;

// Two thirds of the slots may be in use: walks stay short, and a walk always meets an empty slot.
u64 usable_slots(u32 log2) {
  return (u64{2} << log2) / 3;
}

u32 log2_for(u64 entries) {
  u32 log2 = kFirstLog2;
  while (usable_slots(log2) < entries) ++log2;
  return log2;
}

template <class Slot>
void place(const Dict& d, u64 stored, u64 entry) {
  Slot* slots = reinterpret_cast<Slot*>(d.index->bytes);
  u64 mask = (u64{1} << d.index_log2) - 1;
  u64 perturb = stored >> 2;
  u64 slot = perturb & mask;
  while (slots[slot] != 0) {
    perturb >>= 5;
    slot = (slot * 5 + perturb + 1) & mask;
  }
  slots[slot] = static_cast<Slot>(entry + 1);
}

void place_entry(const Dict& d, u64 stored, u64 entry) {
  switch (dict_slot_bytes(d.index_log2)) {
    case 1:
      return place<u8>(d, stored, entry);
    case 2:
      return place<u16>(d, stored, entry);
    default:
      return place<u32>(d, stored, entry);
  }
}

// Gives the dict an index of 2^log2 slots and an entry array to match, and moves the live entries over.
void rebuild(Runtime& rt, Dict& d, u32 log2) {
  u64 slots = u64{1} << log2;
  u64 usable = usable_slots(log2);
  Raw* index = new_raw(rt, slots * dict_slot_bytes(log2) + sizeof(u64));
  Array* entries = new_array(rt, usable * Dict::kEntryWords);
  Array* old = d.entries;
  u64 old_filled = d.filled;
  d.index = index;
  d.entries = entries;
  d.index_log2 = log2;
  d.version = 0;
  u64 count = 0;
  for (u64 i = 0; i < old_filled; ++i) {
    const Value* from = &old->items[i * Dict::kEntryWords];
    if (from[1].is_unbound()) continue;
    std::memcpy(&entries->items[count * Dict::kEntryWords], from, Dict::kEntryWords * sizeof(Value));
    place_entry(d, from[0].bits(), count);
    ++count;
  }
  d.filled = count;
  dict_slots_left(d) = usable - count;
  rt.heap.wrote(&d);
  rt.heap.wrote(entries);
}

bool same_text(Value key, Str* wanted) {
  if (key == Value::from(wanted)) return true;
  Str* s = as<Str>(key);
  return s && !(s->is_interned() && wanted->is_interned()) && str_equal(s, wanted);
}

i64 hash_of_str(Runtime& rt, Str* s) {
  return s->hash ? static_cast<i64>(s->hash) : str_hash(rt, s);
}

bool is_exact_str(Value v) {
  return v.is_object() && v.object()->shape == Runtime::shape_of(TypeId::Str);
}

// pure_hash with the commonest keys first.
bool hash_of_key(Runtime& rt, Value key, i64& hash) {
  if (!is_exact_str(key)) return pure_hash(rt, key, hash);
  hash = hash_of_str(rt, to<Str>(key));
  return true;
}

}  // namespace

Dict* new_dict(Runtime& rt, u64 expected) {
  Dict* d = rt.make<Dict>(TypeId::Dict);
  if (expected > 0) rebuild(rt, *d, log2_for(expected));
  return d;
}

u32 dict_version(Runtime& rt, Dict& d) {
  if (d.version == 0) d.version = rt.next_dict_version++;
  return d.version;
}

void dict_reserve(Runtime& rt, Dict& d, u64 expected) {
  if (d.entries && d.filled + (expected - d.used) <= d.entries->capacity / Dict::kEntryWords &&
      expected - d.used <= dict_slots_left(d)) {
    return;
  }
  rebuild(rt, d, log2_for(expected));
}

void dict_insert_new(Runtime& rt, Dict& d, Value key, i64 hash, Value v) {
  if (!d.index || dict_slots_left(d) == 0 || (d.filled + 1) * Dict::kEntryWords > d.entries->capacity) {
    // Three times the live entries: doubles a growing dict, and shrinks one that was mostly emptied.
    rebuild(rt, d, log2_for(d.used == 0 ? 1 : d.used * 3 / 2 + 1));
  }
  u64 entry = d.filled++;
  u64 stored = stored_hash(hash);
  Value* words = &d.entries->items[entry * Dict::kEntryWords];
  words[0] = Value::from_bits(stored);
  words[1] = key;
  words[2] = v;
  ++d.used;
  --dict_slots_left(d);
  d.version = 0;
  u8* slot = d.index->bytes + (static_cast<u64>(hash) & ((u64{1} << d.index_log2) - 1));
  if (LISLE_LIKELY(d.index_log2 <= 8 && *slot == 0))
    *slot = static_cast<u8>(entry + 1);
  else
    place_entry(d, stored, entry);
  rt.heap.wrote(d.entries);
}

void dict_remove_entry(Dict& d, u64 entry) {
  Value* words = &d.entries->items[entry * Dict::kEntryWords];
  words[1] = Value::unbound();
  words[2] = Value();
  --d.used;
  d.version = 0;
}

i64 dict_last_entry(const Dict& d, i64 entry) {
  while (entry >= 0 && d.key_at(static_cast<u64>(entry)).is_unbound()) --entry;
  return entry;
}

void dict_trim(Dict& d) {
  d.filled = static_cast<u64>(dict_last_entry(d, static_cast<i64>(d.filled) - 1) + 1);
}

namespace {

// What the first slot of a small dict says; it nearly always decides.
inline Probe glance(const Dict& d, Value key, i64 hash, i64& entry) {
  if (d.index_log2 > 8) return Probe::kAsk;
  u64 number = d.index->bytes[static_cast<u64>(hash) & ((u64{1} << d.index_log2) - 1)];
  if (number == 0) return Probe::kAbsent;
  const Value* words = &d.entries->items[(number - 1) * Dict::kEntryWords];
  if (words[0].bits() != stored_hash(hash) || words[1] != key) return Probe::kAsk;
  entry = static_cast<i64>(number - 1);
  return Probe::kFound;
}

// The whole walk.
Probe walk_for(Runtime& rt, Dict& d, Value key, i64 hash, i64& entry);

}  // namespace

Probe dict_probe(Runtime& rt, Dict& d, Value key, i64 hash, i64& entry) {
  if (d.used == 0) return Probe::kAbsent;
  Probe first = glance(d, key, hash, entry);
  return LISLE_LIKELY(first != Probe::kAsk) ? first : walk_for(rt, d, key, hash, entry);
}

namespace {

__attribute__((noinline)) Probe walk_for(Runtime& rt, Dict& d, Value key, i64 hash, i64& entry) {
  return with_walk(d, stored_hash(hash), [&](auto& walk) {
    for (;;) {
      i64 number = walk.next_entry();
      if (number < 0) return Probe::kAbsent;
      Value candidate = d.key_at(static_cast<u64>(number));
      bool equal = candidate == key;
      if (!equal) {
        if (candidate.is_unbound()) continue;
        if (is_exact_str(candidate) && is_exact_str(key))
          equal = same_text(candidate, to<Str>(key));
        else if (!Value::both_int(candidate, key) && !pure_equal(rt, candidate, key, equal))
          return Probe::kAsk;
      }
      if (equal) {
        entry = number;
        return Probe::kFound;
      }
    }
  });
}

}  // namespace

// --- string keys
// -----------------------------------------------------------------------------------------------------

i64 dict_find_str(Runtime& rt, Dict& d, Str* key) {
  if (d.used == 0) return -1;
  i64 hash = hash_of_str(rt, key), entry;
  Probe first = glance(d, Value::from(key), hash, entry);
  if (LISLE_LIKELY(first != Probe::kAsk)) return first == Probe::kFound ? entry : -1;
  return with_walk(d, stored_hash(hash), [&](auto& walk) {
    i64 entry = walk.next_entry();
    while (entry >= 0 && !same_text(d.key_at(static_cast<u64>(entry)), key)) entry = walk.next_entry();
    return entry;
  });
}

Value dict_get_str(Runtime& rt, Dict& d, Str* key) {
  i64 entry = dict_find_str(rt, d, key);
  return entry < 0 ? Value::unbound() : d.value_at(static_cast<u64>(entry));
}

void dict_set_str(Runtime& rt, Dict& d, Str* key, Value v) {
  i64 entry = dict_find_str(rt, d, key);
  if (entry >= 0) return dict_replace(rt, d, static_cast<u64>(entry), v);
  dict_insert_new(rt, d, Value::from(key), hash_of_str(rt, key), v);
}

bool dict_delete_str(Runtime& rt, Dict& d, Str* key) {
  i64 entry = dict_find_str(rt, d, key);
  if (entry < 0) return false;
  dict_remove_entry(d, static_cast<u64>(entry));
  return true;
}

// --- any key
// ---------------------------------------------------------------------------------------------------------

Probe dict_lookup(Runtime& rt, Dict& d, Value key, i64& hash, i64& entry) {
  entry = -1;
  return hash_of_key(rt, key, hash) ? dict_probe(rt, d, key, hash, entry) : Probe::kAsk;
}

bool dict_get_pure(Runtime& rt, Dict& d, Value key, Value& found) {
  i64 hash, entry = -1;
  if (!hash_of_key(rt, key, hash)) return false;
  Probe probe = dict_probe(rt, d, key, hash, entry);
  found = probe == Probe::kFound ? d.value_at(static_cast<u64>(entry)) : Value::unbound();
  return probe != Probe::kAsk;
}

bool dict_set_pure(Runtime& rt, Dict& d, Value key, Value v) {
  i64 hash, entry = -1;
  if (!hash_of_key(rt, key, hash)) return false;
  switch (dict_probe(rt, d, key, hash, entry)) {
    case Probe::kFound:
      dict_replace(rt, d, static_cast<u64>(entry), v);
      return true;
    case Probe::kAbsent:
      dict_insert_new(rt, d, key, hash, v);
      return true;
    case Probe::kAsk:
      return false;
  }
  return false;
}

Result dict_get(Runtime& rt, Frame& f, Dict& d, Value key) {
  Value found;
  if (dict_get_pure(rt, d, key, found)) return found;
  return call_internal(rt, f, Internal::DictGet, {Value::from(&d), key});
}

Result dict_set(Runtime& rt, Frame& f, Dict& d, Value key, Value v) {
  if (dict_set_pure(rt, d, key, v)) return Result::none();
  return call_internal(rt, f, Internal::DictSet, {Value::from(&d), key, v});
}

Result dict_delete(Runtime& rt, Frame& f, Dict& d, Value key) {
  i64 hash, entry = -1;
  if (!hash_of_key(rt, key, hash)) return call_internal(rt, f, Internal::DictDelete, {Value::from(&d), key});
  Probe probe = dict_probe(rt, d, key, hash, entry);
  if (probe == Probe::kAsk) return call_internal(rt, f, Internal::DictDelete, {Value::from(&d), key});
  if (probe == Probe::kFound) dict_remove_entry(d, static_cast<u64>(entry));
  return Result::boolean(probe == Probe::kFound);
}

Result dict_contains(Runtime& rt, Frame& f, Dict& d, Value key) {
  Value found;
  if (dict_get_pure(rt, d, key, found)) return Result::boolean(!found.is_unbound());
  return call_internal(rt, f, Internal::DictContains, {Value::from(&d), key});
}

Dict* dict_copy(Runtime& rt, Dict& d) {
  Dict* copy = new_dict(rt, 0);
  if (d.used == 0) return copy;
  copy->used = d.used;
  if (d.used * 3 >= d.filled * 2) {  // few gaps: the tables can be taken as they are
    Raw* index = new_raw(rt, d.index->capacity);
    Array* entries = new_array(rt, d.entries->capacity);
    std::memcpy(index->bytes, d.index->bytes, d.index->capacity);
    // The whole array: slots may still point at entries beyond the last one in use.
    std::memcpy(entries->items, d.entries->items, d.entries->capacity * sizeof(Value));
    copy->index = index;
    copy->entries = entries;
    copy->index_log2 = d.index_log2;
    copy->filled = d.filled;
  } else {
    copy->entries = d.entries;
    copy->filled = d.filled;
    rebuild(rt, *copy, log2_for(d.used));
  }
  rt.heap.wrote(copy);
  if (copy->entries) rt.heap.wrote(copy->entries);
  return copy;
}

void dict_clear(Runtime&, Dict& d) {
  d.index = nullptr;
  d.entries = nullptr;
  d.index_log2 = 0;
  d.used = d.filled = 0;
  d.version = 0;
}

bool dict_next(const Dict& d, u64& position, Value& key, Value& value) {
  while (position < d.filled) {
    u64 entry = position++;
    key = d.key_at(entry);
    if (key.is_unbound()) continue;
    value = d.value_at(entry);
    return true;
  }
  return false;
}

}  // namespace lisle::rt

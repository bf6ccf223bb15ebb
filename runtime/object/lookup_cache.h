// Answers that many places ask for again and again, remembered by hash; a collision just replaces. Nothing
// here keeps an object alive: every answer is guarded by a version or an epoch that is never used again once
// what it says may no longer hold, and names are interned for good.
#pragma once
#include "runtime/object/value.h"

namespace lisle::rt {

struct Str;

// What type_lookup() found, absence (unbound) included, by class version and name.
struct ClassLookupCache {
  struct Entry {
    u64 version;
    const Str* name;
    Value value;
  };
  static constexpr u64 kEntries = 1024;
  Entry entries[kEntries];

  Entry& at(u64 version, const Str* name) {
    return entries[(reinterpret_cast<u64>(name) >> 4 ^ version * 31) % kEntries];
  }
};

// What an inline cache held before objects of another shape came by: accesses that see several shapes find it
// again by guard and name. The words mean what they mean in the inline cache.
struct AccessCache {
  struct Entry {
    u64 guard;
    const Str* name;
    u64 second;
    u8 kind;  // zero: empty
  };
  static constexpr u64 kEntries = 512;
  Entry entries[kEntries];

  Entry& at(u64 guard, const Str* name) {
    return entries[(reinterpret_cast<u64>(name) >> 4 ^ guard * 31) % kEntries];
  }
};

}  // namespace lisle::rt

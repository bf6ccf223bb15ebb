// What the heap must know of each kind, made from kinds.def: how large an object is and where its pointers
// are.
#pragma once
#include "runtime/heap/heap.h"

namespace lisle::rt {

class Collector;

struct KindInfo {
  const char* name;
  size_t (*byte_size)(const Object* o);
  // Keeps the memory of an object that was reached, and marks what it refers to.
  void (*scan)(Object* o, Collector& collector);
};

const KindInfo& kind_info(Kind kind);

// Size in bytes, a trailing attribute word included, before rounding to granules.
size_t object_bytes(const Object* o);

}  // namespace lisle::rt

// Storage blocks: Array holds Values, Raw holds bytes. Other kinds own one and grow by replacing it.
#pragma once
#include "runtime/heap/heap.h"

namespace lisle::rt {

struct Array : Object {
  static constexpr Kind kKind = Kind::Array;
  u64 capacity;
  Value items[];

  size_t byte_size() const { return sizeof(Array) + capacity * sizeof(Value); }
  template <class V>
  void visit(V&& v) {
    for (u64 i = 0; i < capacity; ++i) v(items[i]);
  }
};

struct Raw : Object {
  static constexpr Kind kKind = Kind::Raw;
  u64 capacity;  // bytes
  u8 bytes[];

  size_t byte_size() const { return sizeof(Raw) + capacity; }
  template <class V>
  void visit(V&&) {}
};

// Zeroed storage: ints 0, or zero bytes.
Array* new_array(Runtime& rt, u64 capacity);
Raw* new_raw(Runtime& rt, u64 bytes);

}  // namespace lisle::rt

// collections.deque: a ring of values, quick at both ends.
#pragma once
#include "runtime/types/array.h"

namespace lisle::rt {

struct Deque : Object {
  static constexpr Kind kKind = Kind::Deque;
  Array* ring;  // capacity a power of two; null while nothing was stored
  u64 start;    // place of the first item
  u64 size;
  i64 limit;    // maxlen, -1 when there is none
  u64 changes;  // counts insertions and removals, for iterators; shifted left by two, so that it looks like
                // an int

  u64 place(u64 index) const { return (start + index) & (ring->capacity - 1); }
  Value& at(u64 index) const { return ring->items[place(index)]; }

  size_t byte_size() const { return sizeof(Deque); }
  template <class V>
  void visit(V&& v) {
    v(ring);
  }
};

}  // namespace lisle::rt

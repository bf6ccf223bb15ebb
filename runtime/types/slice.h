// slice: three values of any type.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

struct Slice : Object {
  static constexpr Kind kKind = Kind::Slice;
  Value start, stop, step;

  size_t byte_size() const { return sizeof(Slice); }
  template <class V>
  void visit(V&& v) {
    v(start);
    v(stop);
    v(step);
  }
};

Slice* new_slice(Runtime& rt, Value start, Value stop, Value step);

}  // namespace lisle::rt

// Two small helpers of tasklets: an exception that travels as a value, and the context manager that holds
// interrupts off.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// stackless.bomb: the tempval of a tasklet that raises when it goes on.
struct Bomb : Object {
  static constexpr Kind kKind = Kind::Bomb;
  Value exception;  // None in an empty one

  size_t byte_size() const { return sizeof(Bomb); }
  template <class V>
  void visit(V&& v) {
    v(exception);
  }
};

Bomb* new_bomb(Runtime& rt, Value exception);

// stackless.atomic: remembers what it found.
struct Atomic : Object {
  static constexpr Kind kKind = Kind::Atomic;
  Value before;  // whether the tasklet was atomic, None outside of the with statement

  size_t byte_size() const { return sizeof(Atomic); }
  template <class V>
  void visit(V&& v) {
    v(before);
  }
};

}  // namespace lisle::rt

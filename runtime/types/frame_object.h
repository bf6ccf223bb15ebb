// frame objects: what sys._getframe() and tracebacks show of an activation. The activation itself may be
// over; the object keeps what stays true of it, and asks the stack for its variables while it is still there.
#pragma once
#include "runtime/types/function.h"

namespace lisle::rt {

struct FrameObject : Object {
  static constexpr Kind kKind = Kind::FrameObject;
  Value function;   // whose code runs
  Value back;       // the caller's frame object, None; unbound: not asked yet
  Value locals;     // the namespace of a module or class body; unbound for functions
  u64 instruction;  // index in the code's instructions when the object was made
  u64 frame;  // address of the activation; only compared, never followed, until it is found on the stack

  size_t byte_size() const { return sizeof(FrameObject); }
  template <class V>
  void visit(V&& v) {
    v(function);
    v(back);
    v(locals);
  }
};

// The frame object of a live frame of the language.
Result frame_object(Runtime& rt, Frame& frame);
// The frame object of an activation that is known by a traceback only.
FrameObject* new_frame_object(Runtime& rt, Value function, u64 instruction);

}  // namespace lisle::rt

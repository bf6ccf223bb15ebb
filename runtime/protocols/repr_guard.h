// The guard against endless repr() of containers that contain themselves.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// Asked by the native __repr__ of a container, in its own frame, before it shows the first member: false when
// `container` is being shown already further down the current tasklet's frames, and the answer is "[...]" or
// its like.
bool repr_enter(Runtime& rt, Object* container);
// For symmetry of the callers: there is nothing to undo, because the frames themselves are the record.
inline void repr_leave(Runtime&, Object*) {}

}  // namespace lisle::rt

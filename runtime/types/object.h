// Methods of object that have files of their own.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// __reduce__() and __reduce_ex__(protocol): self, protocol or state, and two of state.
Result object_reduce(Runtime& rt, Frame& f);
Result object_reduce_ex(Runtime& rt, Frame& f);
Result object_getstate(Runtime& rt, Frame& f);

}  // namespace lisle::rt

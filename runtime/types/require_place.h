// The first check of every __get__(instance, owner).
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// Raises when neither an instance nor an owner is given. f: descriptor, instance, owner.
Result require_place(Runtime& rt, Frame& f);

}  // namespace lisle::rt

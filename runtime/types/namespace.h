// types.SimpleNamespace: an object that is nothing but its attributes.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// Makes the class; sys.implementation is an instance, and types finds the class through it.
Type* new_namespace_class(Runtime& rt);

}  // namespace lisle::rt

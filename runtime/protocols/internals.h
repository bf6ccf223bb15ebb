// The operations of internals.def as function objects.
#pragma once
#include "runtime/protocols/call.h"

namespace lisle::rt {

// Fills Runtime::internals. Called once while a Runtime boots, after the types exist.
void boot_internals(Runtime& rt);

}  // namespace lisle::rt

// The operations of internals.def as function objects.
#pragma once
#include "runtime/protocols/call.h"

namespace lisle::rt {

// Fills Runtime::internals. Called once while a Runtime boots, after the types exist.
void boot_internals(Runtime& rt);
// The rows of internals.def.
std::span<const NativeSpec> internal_functions();
// Is it one of them? They trust their arguments: only the machine may call them.
bool is_internal(const Runtime& rt, const Native& native);

}  // namespace lisle::rt

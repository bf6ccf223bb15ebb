// Comparison between int, float and complex, exact across the types.
#pragma once
#include "runtime/protocols/compare.h"

namespace lisle::rt {

// What `a op b` yields when both are numbers (bool and subclasses included; their overridden methods are the
// caller's business), not_implemented otherwise and for the order of complex numbers. Never asks the program.
Result number_compare(Runtime& rt, CompareOp op, Value a, Value b);

}  // namespace lisle::rt

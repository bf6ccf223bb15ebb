// The builtin functions that iterate: sorted, min, max, sum, any, all, iter, next, len.
#pragma once
#include <span>

#include "runtime/runtime.h"

namespace lisle::rt {

extern const std::span<const NativeSpec> kIterationBuiltins;

}  // namespace lisle::rt

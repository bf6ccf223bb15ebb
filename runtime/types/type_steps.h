// Step machines of classes that tables and other files name.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// type.__new__: registers are metatype, args, keywords and four of state.
Result type_new_steps(Runtime& rt, Frame& f);
// type.__call__: class, args, keywords, instance.
Result type_call_steps(Runtime& rt, Frame& f);

}  // namespace lisle::rt

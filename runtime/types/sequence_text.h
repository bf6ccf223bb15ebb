// repr() of lists and tuples, and of whatever else shows a run of items in brackets.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// A step machine for type tables: self → text. Four registers.
Result list_repr(Runtime& rt, Frame& f);
Result tuple_repr(Runtime& rt, Frame& f);

}  // namespace lisle::rt

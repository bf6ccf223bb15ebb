// What the files of the itertools module share.
#pragma once
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"

namespace lisle::rt {

inline Value step_up(Value small_int) {
  return Value::from_int(small_int.as_int() + 1);
}

inline Result enter_step(Runtime& rt, Frame& f, Internal which, Iterator& it) {
  return call_internal(rt, f, which, {Value::from(&it)});
}

// Functions that itertools_groups.cpp adds to the module.
std::span<const NativeSpec> itertools_group_functions();

}  // namespace lisle::rt

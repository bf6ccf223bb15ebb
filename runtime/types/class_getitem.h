// list[int] and its relatives: the __class_getitem__ that all generic builtin types share.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

Result class_getitem(Runtime& rt, Frame& f);  // row of a type table, kClassMethod

}  // namespace lisle::rt

// The classes itemgetter, attrgetter and methodcaller of the module _operator.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

void add_getters(Runtime& rt, struct Module& module);

}  // namespace lisle::rt

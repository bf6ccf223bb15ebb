// What tasklet and channel methods share.
#pragma once
#include "runtime/tasks/scheduler.h"

namespace lisle::rt {

// None when the current tasklet may be switched away from; RuntimeError under a switch trap or inside a host
// call.
Result check_may_switch(Runtime& rt);

// The exception meant by throw(exc, val, tb): an instance or a class with its argument. May call the class.
Result thrown_exception(Runtime& rt, Frame& f, Value exc, Value val, Value tb);

}  // namespace lisle::rt

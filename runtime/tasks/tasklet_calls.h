// What tasklet and channel methods share.
#pragma once
#include "runtime/tasks/scheduler.h"

namespace lisle::rt {

// None when the current tasklet may be switched away from; RuntimeError under a switch trap or inside a host
// call.
Result check_may_switch(Runtime& rt);

// The exception meant by throw(exc, val, tb): an instance or a class with its argument. May call the class.
Result thrown_exception(Runtime& rt, Frame& f, Value exc, Value val, Value tb);

// Calls the tasklet f.fn in place with positional arguments f[0..n): binds them and puts it into the ring.
Result tasklet_called(Runtime& rt, Frame& f);
// Does a call of `t` mean just that, whatever its class?
bool is_called_plainly(const Runtime& rt, const Tasklet& t);

// The arguments (cls, *args) of a native whose frame is f: self, the tuple of them. Afterwards f[1] is the
// class and f[2] the tuple of the others.
Result split_exception_arguments(Runtime& rt, Frame& f, const char* name);

// What a channel does at once: kSendsValue, with kSendsException when the value is for the receiver to raise,
// or receives when zero.
enum ChannelAction : u32 { kReceives = 0, kSendsValue = 1, kSendsException = 2 };
Result channel_action(Runtime& rt, Frame& f, Channel& c, Value v, u32 action);

// The current tasklet sleeps until `when`; the value of `f` is None then.
Result sleep_until(Runtime& rt, Frame& f, i64 when);

void set_atomic(Runtime& rt, Tasklet& t, bool on);

}  // namespace lisle::rt

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
// A receive with kIterates is that of a loop.
enum ChannelAction : u32 { kReceives = 0, kSendsValue = 1, kSendsException = 2, kIterates = 4 };
Result channel_action(Runtime& rt, Frame& f, Channel& c, Value v, u32 action);

// Could a send (or a receive) on the channel be done without waiting?
bool channel_ready(Runtime& rt, Channel& c, bool sends);
// Does it, when channel_ready() has said yes; nobody is switched to. Taking raises what was sent as an
// exception.
void channel_hand_over(Runtime& rt, Channel& c, Value v);
Result channel_take(Runtime& rt, Channel& c);
// What a partner that was met gets: `v`, with the number of the case if it selects.
Value selected(Runtime& rt, Tasklet& partner, Value v);
// send() and receive() that raise TimeoutError at `deadline`.
Result channel_send_until(Runtime& rt, Frame& f, Channel& c, Value v, i64 deadline);
Result channel_receive_until(Runtime& rt, Frame& f, Channel& c, i64 deadline);
// Gives a channel room for `capacity` values that nobody has received yet.
void channel_buffer(Runtime& rt, Channel& c, u32 capacity);
// Closes it, and raises `closed` in the tasklets that wait there; a loop over the channel just ends.
void channel_close_waking(Runtime& rt, Channel& c, Value closed);

// The current tasklet sleeps until `when`; the value of `f` is None then.
Result sleep_until(Runtime& rt, Frame& f, i64 when);

// set_context(), context_run() and context_id of tasklets.
Result tasklet_set_context(Runtime& rt, Frame& f);
Result tasklet_context_run(Runtime& rt, Frame& f);
Result tasklet_context_id(Runtime& rt, Frame& f);

void set_atomic(Runtime& rt, Tasklet& t, bool on);

}  // namespace lisle::rt

// What a pickle holds of a tasklet, channel or lock, both ways: the state that is written, and filling an
// empty one from it. Also what __reduce__ and __setstate__ of both give and take.
#pragma once
#include <vector>

#include "runtime/runtime.h"
#include "runtime/tasks/tasklet.h"

namespace lisle::rt {

struct List;
struct Lock;

// Appends the state of a tasklet that does not run: flags, the value it gets, the exception it handles,
// attributes of its subclass, details, frames. Raises for the current one.
Result append_tasklet_state(Runtime& rt, Tasklet& t, List& out);
// Preference, flags, attributes, the buffer or None, who waits.
void append_channel_state(Runtime& rt, Channel& c, List& out);
// Owner or None, how often it took the lock, who waits.
void append_lock_state(Runtime& rt, Lock& lock, List& out);

// The other way, for one that was just made. Everything is checked before anything changes.
Result fill_tasklet(Runtime& rt, Tasklet& t, const std::vector<Value>& state);
Result fill_channel(Runtime& rt, Channel& c, const std::vector<Value>& state);
Result fill_lock(Runtime& rt, Lock& lock, const std::vector<Value>& state);

// The methods of both classes.
Result tasklet_reduce(Runtime& rt, Frame& f);
Result tasklet_set_state(Runtime& rt, Frame& f);
Result channel_reduce(Runtime& rt, Frame& f);
Result channel_set_state(Runtime& rt, Frame& f);

}  // namespace lisle::rt

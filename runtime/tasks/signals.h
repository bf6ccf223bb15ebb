// Handlers of signals that the program has set. They are frames of the program's main thread: at a safepoint
// above the tasklet that runs there, otherwise in a tasklet of their own. Which function handles what is
// known to the module _signal alone.
#pragma once
#include "runtime/host.h"
#include "runtime/runtime.h"

namespace lisle::rt {

inline bool signals_arrived(const Runtime& rt) {
  return rt.host && rt.host->arrived.load(std::memory_order_relaxed) != 0;
}
// Enters the handlers of what has arrived above `f`, pending; or gives them to the main thread if another one
// runs, and yields a value.
Result run_signal_handlers(Runtime& rt, Frame& f);
// The main thread waits: a tasklet of it runs the handlers.
void start_signal_tasklet(Runtime& rt);
// What Scheduler::handled_signals and ignored_signals say becomes true of this process.
void rearm_signals(Runtime& rt);

}  // namespace lisle::rt

// Running the machine from the host: a call that goes on until its value is there.
#pragma once
#include "runtime/runtime.h"

namespace lisle::interp {

// Makes the main tasklet. Called once when a Runtime has booted.
void boot_main_tasklet(rt::Runtime& rt);
// Tells the thread the addresses of what the runtime links by itself.
void install_continuations(rt::Thread& t);

// Calls `callable` and runs whatever that leads to, other tasklets included, until it returns or raises (the
// exception is then in rt.thread.raised). When called by a native function that the machine itself is
// running, tasklets cannot be switched until it returns.
rt::Result run_callable(rt::Runtime& rt, rt::Value callable, const rt::Value* args, u32 count);

// Goes on with the current tasklet of a Runtime that was loaded from an image, until the call that the host
// had made there returns or raises.
rt::Result run_loaded(rt::Runtime& rt);

}  // namespace lisle::interp

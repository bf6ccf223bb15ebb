// Native frames as the interpreter drives them, and the ends of tasklets.
#pragma once
#include "vm/interp/handler.h"

namespace lisle::interp {

// The step number of a native that has only passed on a pending result: the value is its own.
inline constexpr u32 kTailStep = 0xffff;

// Executes the next step of native frame `f` (t->resumed is its input) and goes where its Result says.
LISLE_CODE void run_native(Frame* f, Thread* t, u64, u64, u64);

// A step of native frame `f` has ended with a Result, whose bits `result` are: goes where it says.
LISLE_CODE void leave_native(Frame* f, Thread* t, u64 result, u64, u64);

// The current tasklet's first frame has left with `value`, or (value raised) with the exception in t->raised.
LISLE_CODE void end_tasklet(Frame* f, Thread* t, u64 value, u64, u64);

// Unwinds from a callee that has not begun or is finished: its frame is popped first.
LISLE_CODE void unwind_from_callee(Frame* callee, Thread* t, u64, u64, u64);

// Goes on unwinding in frame `f`, whose trace function has been told of the exception in t->raised, or
// (`leaves`) of the return that follows from it.
LISLE_CODE void unwind_traced(Frame* f, Thread* t, u64 leaves, u64, u64);

// The frame `f`, or what it passed on, is a generator that ended; t->stop_value is what it returned.
LISLE_CODE void pass_exhausted(Frame* f, Thread* t, u64, u64, u64);

// Starts window `w` whose callable is a class.
LISLE_CODE void construct(Frame* w, Thread* t, u64, u64, u64);
// Starts window `w` whose callable's class has a __call__ that must be bound by the descriptor rules.
LISLE_CODE void enter_bound_special(Frame* w, Thread* t, u64, u64, u64);

}  // namespace lisle::interp

// Tracing costs nothing while nobody traces. Code that shall be traced has the opcode of each of its
// instructions replaced by Traced (of as many trailing words); the true ones stand in Code::opcodes. This
// happens when a function begins or a generator goes on while somebody traces: Thread::depth_limit is then
// zero, so that all calls take the way that looks at the recursion limit, which is here. When such code runs
// and nobody traces any more, its opcodes return to their place.
//
// The order of events is CPython's: a line event where the line differs from that of the instruction before
// or control has jumped backwards.
#pragma once
#include "vm/interp/handler.h"

namespace lisle::interp {

void trace_code(Runtime& rt, rt::Code& code);
void untrace_code(Runtime& rt, rt::Code& code);

// The call of `code` or resumption of its generator at `depth` exceeds Thread::depth_limit. False: it is too
// deep indeed, RecursionError was raised.
bool admit(Thread* t, u32 depth, rt::Code* code);

// What is to be told to whoever traces of an exception that reaches frame `f`, or leaves it; 0: nothing.
u32 events_of_raise(Thread* t, Frame* f);
u32 events_of_leave(Thread* t, Frame* f);
// Prepares to tell of them; false when that is not possible.
bool tell_in_flight(Thread* t, Frame* f, u32 events);

// The generator that a `for` of frame `f` runs over has returned something: whoever traces is told of its
// StopIteration. True when a window tells of it, after which the instruction is executed once more.
bool tell_of_end(Thread* t, Frame* f);

// The instruction at the frame's pc is executed, after its line was told of or (`returned`) its return.
LISLE_CODE void go_on_traced(Frame* f, Thread* t, u64 returned, u64, u64);

}  // namespace lisle::interp

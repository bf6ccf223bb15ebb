// Trace and profile functions: sys.settrace(), sys.setprofile(). They belong to a tasklet and are called as
// frames of it, so a tasklet may be suspended in one. Who looks for events is the machine
// (vm/interp/trace.h); here is who is told, and what becomes of the answer.
#pragma once
#include "runtime/runtime.h"
#include "runtime/types/frame_object.h"

namespace lisle::rt {

// In the order in which they are told.
enum TraceEvent : u32 {
  kEventCall = 1,
  kEventLine = 2,
  kEventOpcode = 4,
  kEventException = 8,
  kEventReturn = 16,
  // The events are told while an exception is on its way, which goes on afterwards.
  kEventsInFlight = 32,
};

struct Details;

enum class TraceKind : u8 { kTrace, kProfile };

// The function of a tasklet, or None.
Value trace_function(const Tasklet& t, TraceKind kind);
void set_trace_function(Runtime& rt, Tasklet& t, TraceKind kind, Value function);
// The tasklet has ended or will never go on: it has no functions any more.
void forget_trace_functions(Runtime& rt, Tasklet& t);

// The running tasklet's Details when somebody wants to be told of what it does; else null.
Details* active_tracing(const Thread& t);

// A window that tells of `events` of the frame `f`: see trace_events_steps. `argument` is what returns, or
// the exception. Null when the stack is exhausted.
bool prepare_events(Runtime& rt, Frame& f, FrameObject& o, u32 events, Value argument);

// Calls of natives that a profile function is told of: callable, tuple of arguments, dict or None.
Result prepare_profiled_call(Runtime& rt, Frame& f, Value callable, Tuple* args, Value kwargs);

// frame.f_lineno = n.
Result set_frame_line(Runtime& rt, Frame& f);

}  // namespace lisle::rt

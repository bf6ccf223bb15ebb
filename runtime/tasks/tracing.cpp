#include "runtime/tasks/tracing.h"

#include "runtime/builtins/tables.h"
#include "runtime/hooks.h"
#include "runtime/protocols/call.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"

namespace lisle::rt {

namespace {

// Lets the machine look at everything the tasklet runs already; what it calls is looked at when it begins.
// Nothing of it returns into compiled code.
void trace_running_frames(Runtime& rt, Tasklet& t) {
  bool running = &t == rt.thread.current;
  if (!running && !(t.task_flags & kTaskletStarted)) return;
  TrueContinuations unwatched(rt, t);
  Frame* opens_segment = nullptr;
  Frame* top = running ? rt.thread.frame : t.top;
  // A native that was called in place has no continuation of its own.
  if (auto* native = as<Native>(top->fn); running && native && runs_at_once(rt.natives[native->native_id]))
    top = top->prev;
  for (Frame* f = top; f; f = f->prev) {
    rt.hooks->leave_compiled(*f, opens_segment ? *opens_segment : *f);
    opens_segment = f->ret == rt.thread.segment_pop ? f : nullptr;
    if (!is_kind(f->fn, Kind::Function)) continue;
    rt.hooks->trace_code(rt, *to<Function>(f->fn)->code);
    f->info |= Frame::kSeen;
  }
}

bool has_functions(const Details& d) {
  return !d.trace.is_none() || !d.profile.is_none();
}

void count_tracers(Runtime& rt, bool before, bool now) {
  rt.tracers += now;
  rt.tracers -= before;
  rt.thread.depth_limit = rt.tracers ? 0 : rt.recursion_limit;
}

}  // namespace

Value trace_function(const Tasklet& t, TraceKind kind) {
  if (!t.details) return Value::none();
  return kind == TraceKind::kTrace ? t.details->trace : t.details->profile;
}

void set_trace_function(Runtime& rt, Tasklet& t, TraceKind kind, Value function) {
  if (function.is_none() && !t.details) return;
  Details& d = details_of(rt, t);
  bool before = has_functions(d);
  (kind == TraceKind::kTrace ? d.trace : d.profile) = function;
  rt.heap.wrote(&d);
  count_tracers(rt, before, has_functions(d));
  if (has_functions(d)) trace_running_frames(rt, t);
}

void forget_trace_functions(Runtime& rt, Tasklet& t) {
  if (LISLE_LIKELY(!t.details)) return;
  set_trace_function(rt, t, TraceKind::kTrace, Value::none());
  set_trace_function(rt, t, TraceKind::kProfile, Value::none());
}

Details* active_tracing(const Thread& t) {
  Details* d = t.current->details;
  return d && !d->tracing && has_functions(*d) ? d : nullptr;
}

bool prepare_events(Runtime& rt, Frame& f, FrameObject& o, u32 events, Value argument) {
  return call_internal(rt, f, Internal::TraceEvents,
                       {Value::from(&o), Value::from_int(events), argument, Value::unbound()})
      .is_pending();
}

Result prepare_profiled_call(Runtime& rt, Frame& f, Value callable, Tuple* args, Value kwargs) {
  return call_internal(rt, f, Internal::ProfiledCall, {callable, Value::from(args), kwargs});
}

namespace {

// Registers of trace_events_steps.
enum Register : u32 {
  kObject,    // the frame object
  kEvents,    // what is still to be told to the trace function, and shifted by kProfileShift to the other
  kArgument,  // what returns, or the exception
  kInFlight,  // the exception that goes on afterwards
  kCallback,  // who is being told
  kTold,      // the event
};
constexpr u32 kProfileShift = 8;

struct EventRow {
  TraceEvent event;
  const char* name;
};
constexpr EventRow kEventRows[] = {{kEventCall, "call"},
                                   {kEventLine, "line"},
                                   {kEventOpcode, "opcode"},
                                   {kEventException, "exception"},
                                   {kEventReturn, "return"}};

// Takes the next event that somebody wants to hear of; false at the end.
bool take_event(const Details& d, Frame& f) {
  const FrameObject& o = *to<FrameObject>(f[kObject]);
  for (const EventRow& row : kEventRows) {
    for (u32 shift : {0u, kProfileShift}) {
      auto events = static_cast<u32>(f[kEvents].as_int());
      u32 bit = row.event << shift;
      if (!(events & bit)) continue;
      f[kEvents] = Value::from_int(events & ~bit);
      f[kCallback] = shift ? d.profile : row.event == kEventCall || d.trace.is_none() ? d.trace : o.trace;
      f[kTold] = Value::from_int(bit);
      if (!f[kCallback].is_none()) return true;
    }
  }
  return false;
}

Value event_argument(Runtime& rt, Frame& f, u32 event) {
  if (event == kEventReturn) return f[kArgument];
  if (event != kEventException) return Value::none();
  // What ends an iteration is told of as well, though it never was in flight.
  Value exception = f[kInFlight].is_unbound() ? f[kArgument] : f[kInFlight];
  Value items[3] = {Value::from(type_of(rt, exception)), exception, to<Exception>(exception)->traceback};
  return Value::from(new_tuple_from(rt, items, 3));
}

Result tell(Runtime& rt, Frame& f) {
  FrameObject& o = *to<FrameObject>(f[kObject]);
  if (!o.locals.is_unbound() && to<Function>(o.function)->code->flags & kCodeOptimized) refresh_locals(rt, o);
  auto told = static_cast<u32>(f[kTold].as_int());
  o.in_line_event = told == kEventLine;
  u32 event = told >> kProfileShift ? told >> kProfileShift : told;
  const char* name = nullptr;
  for (const EventRow& row : kEventRows)
    if (row.event == event) name = row.name;
  Value argument = event_argument(rt, f, event);
  return call(rt, f, f[kCallback], {f[kObject], Value::from(intern(rt, name)), argument});
}

// The answer of a trace function is who is told of the frame from now on.
void take_answer(Runtime& rt, Frame& f, Value answer) {
  FrameObject& o = *to<FrameObject>(f[kObject]);
  store_locals(rt, o);
  bool is_profile = static_cast<u32>(f[kTold].as_int()) >> kProfileShift;
  if (is_profile || answer.is_none()) return;
  o.trace = answer;
  rt.heap.wrote(&o);
}

// Who raises is not asked again.
void callback_raised(Runtime& rt, Frame& f) {
  bool is_profile = static_cast<u32>(f[kTold].as_int()) >> kProfileShift;
  set_trace_function(rt, *rt.thread.current, is_profile ? TraceKind::kProfile : TraceKind::kTrace,
                     Value::none());
  if (!is_profile) to<FrameObject>(f[kObject])->trace = Value::none();
}

void begin_telling(Runtime& rt, Frame& f) {
  details_of(rt, *rt.thread.current).tracing = 1;
  auto events = static_cast<u32>(f[kEvents].as_int());
  constexpr u32 kToldToBoth = kEventCall | kEventReturn;
  f[kEvents] = Value::from_int(events | (events & kToldToBoth) << kProfileShift);
  if (events & kEventsInFlight) f[kInFlight] = take_raised(rt);
}

void end_telling(Runtime& rt, Frame& f) {
  to<FrameObject>(f[kObject])->line = FrameObject::kNoLine;
  details_of(rt, *rt.thread.current).tracing = 0;
  if (!f[kInFlight].is_unbound()) rt.thread.raised = f[kInFlight];
}

}  // namespace

// Tells of the events of a frame, one after the other.
Result trace_events_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      begin_telling(rt, f);
      while (take_event(details_of(rt, *rt.thread.current), f)) {
        AWAIT_CATCH(1, tell(rt, f));
        to<FrameObject>(f[kObject])->in_line_event = 0;
        if (!r.is_raised()) {
          take_answer(rt, f, r.value());
          continue;
        }
        callback_raised(rt, f);
        if (f[kInFlight].is_unbound()) {
          end_telling(rt, f);
          return r;
        }
        f[kInFlight] = take_raised(rt);
        break;
      }
      end_telling(rt, f);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// --- calls of natives

namespace {

enum ProfiledRegister : u32 { kCallable, kArguments, kKeywords, kShown, kOutcome };

Result tell_profile(Runtime& rt, Frame& f, const char* event) {
  Details* d = active_tracing(rt.thread);
  if (!d || d->profile.is_none()) return Result::none();
  Value profile = d->profile;
  FrameObject* o = frame_object(rt, *language_frame(f.prev), *rt.thread.current);
  d->tracing = 1;
  return call(rt, f, profile, {Value::from(o), Value::from(intern(rt, event)), f[kShown]});
}

void profile_told(Runtime& rt, const Result& r) {
  if (rt.thread.current->details) rt.thread.current->details->tracing = 0;
  if (r.is_raised()) set_trace_function(rt, *rt.thread.current, TraceKind::kProfile, Value::none());
}

}  // namespace

// Calls a native and tells the profile function so: c_call, then c_return or c_exception.
Result profiled_call_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[kShown] = f[kCallable];
      AWAIT_CATCH(1, tell_profile(rt, f, "c_call"));
      profile_told(rt, r);
      if (r.is_raised()) return r;
      AWAIT_CATCH(2, call_spread(rt, f, f[kCallable], to<Tuple>(f[kArguments]), as<Dict>(f[kKeywords])));
      if (r.is_raised()) {
        f[kOutcome] = take_raised(rt);
        AWAIT_CATCH(3, tell_profile(rt, f, "c_exception"));
        profile_told(rt, r);
        if (r.is_raised()) return r;
        return raise_value(rt, f[kOutcome]);
      }
      f[kOutcome] = r.value();
      AWAIT_CATCH(4, tell_profile(rt, f, "c_return"));
      profile_told(rt, r);
      if (r.is_raised()) return r;
      return f[kOutcome];
  }
  LISLE_UNREACHABLE();
}

Result set_frame_line(Runtime& rt, Frame& f) {
  auto* o = to<FrameObject>(f[0]);
  if (f[1].is_unbound()) return raise(rt, TypeId::AttributeError, "cannot delete attribute");
  if (!is_int_like(f[1])) return raise(rt, TypeId::ValueError, "lineno must be an integer");
  if (!o->in_line_event) {
    const Details* d = rt.thread.current->details;
    bool is_call = !d || !d->tracing || o->line != FrameObject::kNoLine;
    return raise(rt, TypeId::ValueError, "%s",
                 is_call ? "can't jump from the 'call' trace event of a new frame"
                         : "can only jump from a 'line' trace event");
  }
  return raise(rt, TypeId::ValueError, "lines cannot be jumped to");
}

}  // namespace lisle::rt

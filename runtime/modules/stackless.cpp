// The native half of the stackless module: run() and schedule().
#include "runtime/protocols/call.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// schedule(retval=current)
Result schedule(Runtime& rt, Frame& f) {
  Tasklet* current = rt.thread.current;
  Value v = f[0].is_unbound() ? Value::from(current) : f[0];
  if (current->next == current) return v;
  TRY(check_may_switch(rt));
  deliver(rt, *current, v);
  return switch_to(rt, f, *current->next);
}

Result schedule_remove(Runtime& rt, Frame& f) {
  Tasklet* current = rt.thread.current;
  Value v = f[0].is_unbound() ? Value::from(current) : f[0];
  Scheduler& s = *rt.scheduler;
  if (current->next == current && s.watchdogs.empty()) {
    if (current == s.main) return v;
    if (s.main->channel)
      return raise(rt, TypeId::RuntimeError, "Deadlock: the last runnable tasklet cannot be blocked.");
    ring_insert_last(rt, *s.main);
  }
  TRY(check_may_switch(rt));
  ring_remove(rt, *current);
  deliver(rt, *current, v);
  return switch_to(rt, f, *next_runnable(rt, *current));
}

bool is_set(Value v) {
  return v.is_true() || (v.is_int() && v.as_int() != 0);
}

// run(timeout=0, threadblock=False, soft=False, ignore_nesting=False, totaltimeout=False)
Result run(Runtime& rt, Frame& f) {
  i64 timeout = 0;
  if (!f[0].is_unbound() && !int_to_i64(f[0], timeout))
    return raise(rt, TypeId::TypeError, "an integer is required (got type %s)", type_name(rt, f[0]));
  Tasklet* current = rt.thread.current;
  Scheduler& s = *rt.scheduler;
  if (current->next == current) return Result::none();
  TRY(check_may_switch(rt));
  u32 flags = (is_set(f[1]) ? kRunThreadBlock : 0u) | (is_set(f[2]) ? kRunSoft : 0u) |
              (is_set(f[3]) ? kRunIgnoreNesting : 0u) | (is_set(f[4]) ? kRunTotalTimeout : 0u);
  // Only the outermost run() may interrupt.
  bool outermost = s.watchdogs.empty();
  s.watchdogs.push_back({current, outermost && timeout > 0 ? timeout : 0, flags});
  ring_remove(rt, *current);
  deliver(rt, *current, Value::none());
  Result r = switch_to(rt, f, *next_runnable(rt, *current));
  if (outermost && timeout > 0) rt.thread.ticks = timeout;
  return r;
}

Result getcurrent(Runtime& rt, Frame&) {
  return Value::from(rt.thread.current);
}
Result getmain(Runtime& rt, Frame&) {
  return Value::from(rt.scheduler->main);
}
Result getruncount(Runtime& rt, Frame&) {
  return Value::from_int(rt.scheduler->run_count);
}
Result getcurrentid(Runtime& rt, Frame&) {
  return Value::from_int(rt.thread.current->id);
}

Result switch_trap(Runtime& rt, Frame& f) {
  i64 change = 0;
  if (!f[0].is_unbound() && !int_to_i64(f[0], change))
    return raise(rt, TypeId::TypeError, "an integer is required (got type %s)", type_name(rt, f[0]));
  i64 before = rt.scheduler->switch_trap;
  rt.scheduler->switch_trap = static_cast<u32>(before + change);
  return Value::from_int(before);
}

void setup(Runtime& rt, Module& module) {
  dict_set_str(rt, *module.dict, intern(rt, "tasklet"), Value::from(rt.type(TypeId::Tasklet)));
  dict_set_str(rt, *module.dict, intern(rt, "channel"), Value::from(rt.type(TypeId::Channel)));
  dict_set_str(rt, *module.dict, intern(rt, "TaskletExit"), Value::from(rt.type(TypeId::TaskletExit)));
}

constexpr NativeSpec kFunctions[] = {
    {"run", run, "(timeout=0, threadblock=False, soft=False, ignore_nesting=False, totaltimeout=False)",
     "Run the other tasklets until none is runnable.\n\n"
     "With a timeout, a tasklet that passes more than that many safepoints without a switch is interrupted, "
     "removed\n"
     "from the ring and returned.",
     0, kSwitches},
    {"schedule", schedule, "(retval=None)",
     "Let the next tasklet run; the value given, or the current tasklet.", 0, kSwitches},
    {"schedule_remove", schedule_remove, "(retval=None)", "The same, and leave the ring.", 0, kSwitches},
    {"getcurrent", getcurrent, "()", "The running tasklet."},
    {"getmain", getmain, "()", "The main tasklet."},
    {"getruncount", getruncount, "()", "How many tasklets are in the ring."},
    {"getcurrentid", getcurrentid, "()", "A number that identifies the running tasklet."},
    {"switch_trap", switch_trap, "(change=0)", "Add to the level above zero of which no switch is allowed."},
};

}  // namespace

extern const ModuleSpec kStacklessModule{"stackless", "Microthreads: tasklets, channels and their scheduler.",
                                         kFunctions, setup};

}  // namespace lisle::rt

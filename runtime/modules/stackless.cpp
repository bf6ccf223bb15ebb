// The module stackless: run() and schedule(), callbacks, what is known of the scheduler.
#include "runtime/protocols/call.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
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
  return switch_to(rt, f, *soft_interrupted(rt, *current->next));
}

Result schedule_remove(Runtime& rt, Frame& f) {
  Tasklet* current = rt.thread.current;
  Value v = f[0].is_unbound() ? Value::from(current) : f[0];
  if (!may_leave_ring(rt)) {
    if (current == rt.scheduler->main) return v;
    return raise(rt, TypeId::RuntimeError, "%s", kDeadlockText);
  }
  TRY(check_may_switch(rt));
  deliver(rt, *current, v);
  return switch_to(rt, f, *leave_ring(rt));
}

bool is_set(Value v) {
  return v.is_true() || (v.is_int() && v.as_int() != 0);
}

// Puts a run() on the stack: in the place a timeout took it from, else innermost. Only one may have a
// timeout. Does this one?
bool begin_watch(Scheduler& s, Watchdog watchdog) {
  Watchdog* place = nullptr;
  for (Watchdog& w : s.watchdogs) {
    if (w.timeout > 0) watchdog.timeout = 0;
    if (w.tasklet == watchdog.tasklet && !w.waiting) place = &w;
  }
  if (place)
    *place = watchdog;
  else
    s.watchdogs.push_back(watchdog);
  watchdog.tasklet->task_flags |= kTaskletWatches;
  if (watchdog.timeout > 0) s.timed = true;
  return watchdog.timeout > 0;
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
  if (begin_watch(s, {current, timeout > 0 ? timeout : 0, flags, true})) set_ticks(rt, timeout);
  deliver(rt, *current, Value::none());
  return switch_to(rt, f, *leave_ring(rt));
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
  if (!rt.scheduler->switch_trap) interrupts_allowed(rt);
  return Value::from_int(before);
}

// --- what the program wants to be told
// -------------------------------------------------------------------------------------

// Sets a callback, None to unset it; the one before.
Result replace_callback(Runtime& rt, Value& place, Value wanted, const char* error) {
  bool callable =
      wanted.is_none() || is_kind(wanted, Kind::Function) || has_special(rt, wanted, Special::Call);
  if (error && !callable) return raise(rt, TypeId::TypeError, "%s", error);
  Value before = place;
  place = wanted;
  return before;
}

Result set_schedule_callback(Runtime& rt, Frame& f) {
  return replace_callback(rt, rt.scheduler->schedule_callback, f[0], "schedule callback must be callable");
}
Result get_schedule_callback(Runtime& rt, Frame&) {
  return rt.scheduler->schedule_callback;
}
Result set_channel_callback(Runtime& rt, Frame& f) {
  return replace_callback(rt, rt.scheduler->channel_callback, f[0], "channel callback must be callable");
}
Result get_channel_callback(Runtime& rt, Frame&) {
  return rt.scheduler->channel_callback;
}
Result set_error_handler(Runtime& rt, Frame& f) {
  return replace_callback(rt, rt.scheduler->error_handler, f[0], nullptr);
}

// --- threads: a Runtime is one
// ---------------------------------------------------------------------------------------------

constexpr i64 kThreadId = 1;
constexpr i64 kWatchdogListFlag = i64{1} << 31;

Result getthreads(Runtime& rt, Frame&) {
  List* out = new_list(rt, 1);
  list_append(rt, *out, Value::from_int(kThreadId));
  return Value::from(out);
}

Value watchdog_list(Runtime& rt) {
  List* out = new_list(rt, 0);
  for (Watchdog& w : rt.scheduler->watchdogs)
    list_append(rt, *out, w.waiting ? Value::from(w.tasklet) : Value::none());
  return out->size ? Value::from(out) : Value::none();
}

// get_thread_info(thread_id=-1, flags=0): (main, current, runcount), with the list of run()s if it is asked
// for.
Result get_thread_info(Runtime& rt, Frame& f) {
  i64 id = -1, flags = 0;
  for (u32 i = 0; i < 2; ++i) {
    if (!f[i].is_unbound() && !int_to_i64(f[i], i ? flags : id))
      return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                   type_name(rt, f[i]));
  }
  if (id != -1 && id != kThreadId) return raise(rt, TypeId::RuntimeError, "Thread id not found");
  Scheduler& s = *rt.scheduler;
  Value items[] = {Value::from(s.main), Value::from(rt.thread.current), Value::from_int(s.run_count),
                   Value::none()};
  if (flags & kWatchdogListFlag) items[3] = watchdog_list(rt);
  return Value::from(new_tuple_from(rt, items, flags & kWatchdogListFlag ? 4 : 3));
}

// Tasklets switch softly here, always: there is no C state that the other way would save.
Result enable_softswitch(Runtime& rt, Frame& f) {
  bool refused = !f[0].is_none() && !is_set(f[0]);
  if (refused) return raise(rt, TypeId::RuntimeError, "tasklets have no C state to switch");
  return Value::true_();
}

Result getdebug(Runtime&, Frame&) {
  return Value::false_();
}
Result getuncollectables(Runtime& rt, Frame&) {
  return Value::from(new_list(rt, 0));
}

Result get_module(Runtime&, Frame& f) {
  return f[0];
}

void setup(Runtime& rt, Module& module) {
  module.shape = rt.shape_of(TypeId::StacklessModule);
  module_set(rt, module, "tasklet", Value::from(rt.type(TypeId::Tasklet)));
  module_set(rt, module, "channel", Value::from(rt.type(TypeId::Channel)));
  module_set(rt, module, "bomb", Value::from(rt.type(TypeId::Bomb)));
  module_set(rt, module, "atomic", Value::from(rt.type(TypeId::Atomic)));
  module_set(rt, module, "TaskletExit", Value::from(rt.type(TypeId::TaskletExit)));
}

constexpr GetsetSpec kAttributes[] = {
    {"current", getcurrent, nullptr, "the running tasklet"},
    {"main", getmain, nullptr, "the main tasklet"},
    {"runcount", getruncount, nullptr, "how many tasklets are in the ring"},
    {"threads", getthreads, nullptr, "identifiers of all threads"},
    {"debug", getdebug, nullptr, "is this a debug build?"},
    {"uncollectables", getuncollectables, nullptr, "tasklets that cannot be collected: none"},
    {"stackless", get_module, nullptr, "the module itself"},
};

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
    {"getthreads", getthreads, "()", "Identifiers of all threads."},
    {"get_thread_info", get_thread_info, "(thread_id=-1, flags=0)", "(main, current, runcount) of a thread."},
    {"set_schedule_callback", set_schedule_callback, "(callable, /)",
     "Let callable(previous, next) be called at every switch; the callback before or None."},
    {"get_schedule_callback", get_schedule_callback, "()"},
    {"set_channel_callback", set_channel_callback, "(callable, /)",
     "Let callable(channel, tasklet, sending, willblock) be called before each channel action; the callback "
     "before or "
     "None."},
    {"get_channel_callback", get_channel_callback, "()"},
    {"set_error_handler", set_error_handler, "(callable, /)",
     "Let callable(type, value, traceback) be called in a tasklet that an exception leaves; the handler "
     "before or None."},
    {"enable_softswitch", enable_softswitch, "(flag, /)", "Whether tasklets switch without C state: always."},
    {"getdebug", getdebug, "()", "Is this a debug build?"},
    {"getuncollectables", getuncollectables, "()", "Tasklets that cannot be collected: none."},
    {"switch_trap", switch_trap, "(change=0)", "Add to the level above zero of which no switch is allowed."},
};

}  // namespace

extern const TypeSpec kStacklessModuleType{"module",
                                           "stackless",
                                           "The module with its computed attributes.",
                                           TypeId::Module,
                                           Kind::Module,
                                           kTypeHidden,
                                           {},
                                           kAttributes};

extern const ModuleSpec kStacklessModule{"stackless", "Microthreads: tasklets, channels and their scheduler.",
                                         kFunctions, setup};

}  // namespace lisle::rt

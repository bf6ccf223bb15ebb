// The module stackless: run() and schedule(), callbacks, what is known of the scheduler.
#include "runtime/protocols/call.h"
#include "runtime/tasks/census.h"
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
  TRY(check_interrupted(rt));
  if (current->next == current) return v;
  TRY(check_may_switch(rt));
  deliver(rt, *current, v);
  return switch_to(rt, f, *soft_interrupted(rt, *current->next));
}

Result schedule_remove(Runtime& rt, Frame& f) {
  Tasklet* current = rt.thread.current;
  Value v = f[0].is_unbound() ? Value::from(current) : f[0];
  if (!may_leave_ring(rt)) {
    if (current == rt.scheduler->ring->main) return v;
    return raise_deadlock(rt, kDeadlockText);
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
bool begin_watch(Ring& ring, Watchdog watchdog) {
  Watchdog* place = nullptr;
  for (Watchdog& w : ring.watchdogs) {
    if (w.timeout > 0) watchdog.timeout = 0;
    if (w.tasklet == watchdog.tasklet && !w.waiting) place = &w;
  }
  if (place)
    *place = watchdog;
  else
    ring.watchdogs.push_back(watchdog);
  watchdog.tasklet->task_flags |= kTaskletWatches;
  if (watchdog.timeout > 0) ring.timed = true;
  return watchdog.timeout > 0;
}

// What run(timeout) counts is of the size of a bytecode of Stackless, of which a safepoint stands for
// several.
constexpr i64 kTicksPerSafepoint = 8;

// run(timeout=0, threadblock=False, soft=False, ignore_nesting=False, totaltimeout=False)
Result run(Runtime& rt, Frame& f) {
  i64 timeout = 0;
  if (!f[0].is_unbound() && !int_to_i64(f[0], timeout))
    return raise(rt, TypeId::TypeError, "an integer is required (got type %s)", type_name(rt, f[0]));
  Tasklet* current = rt.thread.current;
  Ring& ring = *rt.scheduler->ring;
  bool blocks = is_set(f[1]) && others_may_run(rt);
  if (current->next == current && !ring.expected && !blocks) return Result::none();
  TRY(check_may_switch(rt));
  u32 flags = (is_set(f[1]) ? kRunThreadBlock : 0u) | (is_set(f[2]) ? kRunSoft : 0u) |
              (is_set(f[3]) ? kRunIgnoreNesting : 0u) | (is_set(f[4]) ? kRunTotalTimeout : 0u);
  i64 budget = timeout > 0 ? (timeout - 1) / kTicksPerSafepoint + 1 : 0;
  if (begin_watch(ring, {current, budget, flags, true})) set_ticks(rt, budget);
  deliver(rt, *current, Value::none());
  return switch_to(rt, f, *leave_ring(rt));
}

Result getcurrent(Runtime& rt, Frame&) {
  return Value::from(rt.thread.current);
}
Result getmain(Runtime& rt, Frame&) {
  return Value::from(rt.scheduler->ring->main);
}
Result getruncount(Runtime& rt, Frame&) {
  return Value::from_int(rt.scheduler->ring->run_count);
}
Result getcurrentid(Runtime& rt, Frame&) {
  Tasklet* current = rt.thread.current;
  bool main = current->task_flags & kTaskletMain;
  return Value::from_int(main ? rt.scheduler->ring->ident() : reinterpret_cast<i64>(current));
}

Result switch_trap(Runtime& rt, Frame& f) {
  i64 change = 0;
  if (!f[0].is_unbound() && !int_to_i64(f[0], change))
    return raise(rt, TypeId::TypeError, "an integer is required (got type %s)", type_name(rt, f[0]));
  Ring& ring = *rt.scheduler->ring;
  i64 before = ring.switch_trap;
  ring.switch_trap = static_cast<u32>(before + change);
  if (!ring.switch_trap) interrupts_allowed(rt);
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

// --- threads
// ------------------------------------------------------------------------------------------------------------

constexpr i64 kSerialsFlag = i64{1} << 30;
constexpr i64 kWatchdogListFlag = i64{1} << 31;

Result getthreads(Runtime& rt, Frame&) {
  List* out = new_list(rt, 1);
  for (auto& ring : rt.scheduler->rings)
    if (ring && !ring->ended) list_append(rt, *out, Value::from_int(ring->ident()));
  return Value::from(out);
}

Value watchdog_list(Runtime& rt, const Ring& ring) {
  List* out = new_list(rt, 0);
  for (const Watchdog& w : ring.watchdogs)
    list_append(rt, *out, w.waiting ? Value::from(w.tasklet) : Value::none());
  return out->size ? Value::from(out) : Value::none();
}

// get_thread_info(thread_id=-1, flags=0): (main, current, runcount). Flags append three serial numbers of C
// stacks, which nobody has here, and the list of run()s.
Result get_thread_info(Runtime& rt, Frame& f) {
  i64 id = -1, flags = 0;
  for (u32 i = 0; i < 2; ++i) {
    if (!f[i].is_unbound() && !int_to_i64(f[i], i ? flags : id))
      return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                   type_name(rt, f[i]));
  }
  Ring* ring = id == -1 ? rt.scheduler->ring : ring_of_ident(rt, id);
  if (!ring) return raise(rt, TypeId::RuntimeError, "Thread id not found");
  std::vector<Value> items = {Value::from(ring->main), Value::from(current_of(rt, *ring)),
                              Value::from_int(ring->run_count)};
  if (flags & kSerialsFlag) items.insert(items.end(), 3, Value::from_int(0));
  if (flags & kWatchdogListFlag) items.push_back(watchdog_list(rt, *ring));
  return Value::from(new_tuple_from(rt, items.data(), items.size()));
}

// The flag is kept for who asks; tasklets switch softly in any case, as there is no C state that the other
// way would save. None just asks. The flag before.
Result enable_softswitch(Runtime& rt, Frame& f) {
  bool before = rt.scheduler->soft_switch;
  if (!f[0].is_none()) rt.scheduler->soft_switch = is_set(f[0]);
  return Result::boolean(before);
}

Result getdebug(Runtime&, Frame&) {
  return Value::false_();
}
Result getuncollectables(Runtime& rt, Frame&) {
  return Value::from(new_list(rt, 0));
}

// There is no other way of calling: no frame below is one of C. But programs that ask for such a call get one
// that counts as it.
Result call_as_from_c(Runtime& rt, Frame& f) {
  return call_internal(rt, f, Internal::CallFromC, {f[0], f[1], f[2]});
}
Result call_as_from_c_alone(Runtime& rt, Frame& f) {
  return call_internal(rt, f, Internal::CallFromC,
                       {f[0], Value::from(rt.empty_tuple), Value::from(new_dict(rt))});
}

// --- pickle flags: one set for the program, and one that new threads begin with
// ---------------------------------------------------------------------------------------------

constexpr i64 kPreserveTracing = 1, kPreserveFinalizer = 2, kResetFinalizer = 4;
constexpr i64 kAllPickleFlags = kPreserveTracing | kPreserveFinalizer | kResetFinalizer;

// Changes the bits of `flags` that the mask f[1] selects to those of f[0]; what they were.
Result change_flags(Runtime& rt, Frame& f, u32& flags) {
  i64 wanted = -1, mask = -1;
  for (u32 i = 0; i < 2; ++i) {
    if (!f[i].is_unbound() && !int_to_i64(f[i], i ? mask : wanted))
      return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                   type_name(rt, f[i]));
  }
  i64 before = flags;
  if (wanted == -1) return Value::from_int(before);
  if (mask == -1) mask = kAllPickleFlags | wanted;
  i64 changed = (before & ~mask) | (wanted & mask);
  bool both = (changed & kPreserveFinalizer) && (changed & kResetFinalizer);
  if (changed < 0 || changed & ~kAllPickleFlags || both)
    return raise(rt, TypeId::ValueError, "you must not set an undefined pickle-flag");
  flags = static_cast<u32>(changed);
  return Value::from_int(before);
}

Result pickle_flags(Runtime& rt, Frame& f) {
  return change_flags(rt, f, rt.scheduler->ring->pickle_flags);
}
Result pickle_flags_default(Runtime& rt, Frame& f) {
  return change_flags(rt, f, rt.scheduler->pickle_flags);
}
Result get_tracing(Runtime& rt, Frame&) {
  return Result::boolean(rt.scheduler->ring->pickle_flags & kPreserveTracing);
}
Result set_tracing(Runtime& rt, Frame& f) {
  u32& flags = rt.scheduler->ring->pickle_flags;
  flags = static_cast<u32>(is_set(f[1]) ? flags | kPreserveTracing : flags & ~kPreserveTracing);
  return Result::none();
}

// The module pickles as what an import of its name gives.
Result module_reduce(Runtime& rt, Frame&) {
  Value name[] = {Value::from(intern(rt, "stackless"))};
  Value parts[] = {module_get(rt, *rt.builtins, "__import__"), Value::from(new_tuple_from(rt, name, 1))};
  return Value::from(new_tuple_from(rt, parts, 2));
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
  module_set(rt, module, "stackless", Value::from(&module));
  module_set(rt, module, "PICKLEFLAGS_PRESERVE_TRACING_STATE", Value::from_int(kPreserveTracing));
  module_set(rt, module, "PICKLEFLAGS_PRESERVE_AG_FINALIZER", Value::from_int(kPreserveFinalizer));
  module_set(rt, module, "PICKLEFLAGS_RESET_AG_FINALIZER", Value::from_int(kResetFinalizer));
  module_set(rt, module, "TaskletExit", Value::from(rt.type(TypeId::TaskletExit)));
}

constexpr GetsetSpec kAttributes[] = {
    {"current", getcurrent, nullptr, "the running tasklet"},
    {"main", getmain, nullptr, "the main tasklet"},
    {"runcount", getruncount, nullptr, "how many tasklets are in the ring"},
    {"threads", getthreads, nullptr, "identifiers of all threads"},
    {"debug", getdebug, nullptr, "is this a debug build?"},
    {"uncollectables", getuncollectables, nullptr, "tasklets that cannot be collected: none"},
    {"pickle_with_tracing_state", get_tracing, set_tracing, "the flag PICKLEFLAGS_PRESERVE_TRACING_STATE"},
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
     "Let the next tasklet run; the value given, or the current tasklet.", 0, kSwitches, nullptr,
     Intrinsic::kSchedule},
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
    {"enable_softswitch", enable_softswitch, "(flag, /)", "Set a flag that has no effect; the flag before."},
    {"pickle_flags", pickle_flags, "(new_flags=-1, mask=-1)",
     "Change how tasklets of this thread are pickled; the flags before."},
    {"pickle_flags_default", pickle_flags_default, "(new_flags=-1, mask=-1)",
     "The same for threads that are going to be started."},
    {"_test_nostacklesscall", call_as_from_c, "(function, /, *args, **kwargs)",
     "Call a function in a way that counts as a call out of C: it adds to nesting_level."},
    {"test_cstate", call_as_from_c_alone, "(function, /)", "The same without arguments."},
    {"__reduce__", module_reduce, "()"},
    {"__reduce_ex__", module_reduce, "(protocol=0, /)"},
    {"getdebug", getdebug, "()", "Is this a debug build?"},
    {"getuncollectables", getuncollectables, "()", "Tasklets that cannot be collected: none."},
    {"switch_trap", switch_trap, "(change=0)", "Add to the level above zero of which no switch is allowed."},
};

}  // namespace

// callable, args, kwargs → its result. The frame itself says that its tasklet may not change its thread, see
// nesting_level() in tasks/tasklet_type.cpp.
Result call_from_c(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_spread(rt, f, f[0], to<Tuple>(f[1]), to<Dict>(f[2])));
      return r;
  }
  LISLE_UNREACHABLE();
}

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

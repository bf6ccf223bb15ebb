// The module _lisle: what the library of tasklets, stdlib/lisle, needs of the scheduler.
#include <cmath>

#include "runtime/host.h"
#include "runtime/protocols/call.h"
#include "runtime/tasks/census.h"
#include "runtime/tasks/lock.h"
#include "runtime/tasks/select.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/tasks/timers.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// Seconds as a deadline: None is never, zero or less is now.
Result deadline_of(Runtime& rt, Value v, i64& deadline) {
  f64 seconds;
  i64 whole;
  deadline = kNoDeadline;
  if (v.is_unbound() || v.is_none()) return Result::none();
  if (is_float(v))
    seconds = float_value(v);
  else if (is_int_like(v) && int_to_i64(v, whole))
    seconds = static_cast<f64>(whole);
  else
    return raise(rt, TypeId::TypeError, "a number of seconds or None is required, not %s", type_name(rt, v));
  if (std::isnan(seconds)) return raise(rt, TypeId::ValueError, "Invalid value NaN (not a number)");
  if (seconds <= 0)
    deadline = 0;
  else if (seconds < 9e9)
    deadline = deadline_after(rt, static_cast<i64>(seconds * 1e9));
  return Result::none();
}

template <class T>
Result checked(Runtime& rt, Value v, const char* what) {
  if (as<T>(v)) return v;
  return raise(rt, TypeId::TypeError, "a %s is required, not %s", what, type_name(rt, v));
}

// send(channel, value, seconds)
Result send_limited(Runtime& rt, Frame& f) {
  i64 deadline;
  TRY(checked<Channel>(rt, f[0], "channel"));
  TRY(deadline_of(rt, f[2], deadline));
  return channel_send_until(rt, f, *to<Channel>(f[0]), f[1], deadline);
}

// receive(channel, seconds)
Result receive_limited(Runtime& rt, Frame& f) {
  i64 deadline;
  TRY(checked<Channel>(rt, f[0], "channel"));
  TRY(deadline_of(rt, f[1], deadline));
  return channel_receive_until(rt, f, *to<Channel>(f[0]), deadline);
}

// A channel in the list of cases receives, a tuple (channel, value) sends.
Result read_wishes(Runtime& rt, const List& cases, std::vector<SelectWish>& wishes) {
  for (u64 i = 0; i < cases.size; ++i) {
    Value one = cases.items->items[i];
    auto* pair = as<Tuple>(one);
    bool sends = pair && pair->size == 2;
    auto* channel = as<Channel>(sends ? pair->items[0] : one);
    if (!channel)
      return raise(rt, TypeId::TypeError, "a case is a channel or a tuple (channel, value), not %s",
                   type_name(rt, one));
    for (const SelectWish& other : wishes)
      if (other.channel == channel)
        return raise(rt, TypeId::ValueError, "a channel can be in one case of a select() only");
    wishes.push_back({channel, sends ? pair->items[1] : Value::none(), sends});
  }
  return Result::none();
}

// select(cases, seconds): (number of the case, value received or None); (-1, None) when the time is over.
Result select_cases(Runtime& rt, Frame& f) {
  i64 deadline;
  std::vector<SelectWish> wishes;
  auto* cases = as<List>(f[0]);
  if (!cases) return raise(rt, TypeId::TypeError, "select() takes a list of cases");
  TRY(read_wishes(rt, *cases, wishes));
  TRY(deadline_of(rt, f[1], deadline));
  Scheduler& s = *rt.scheduler;
  u32 first = s.random && !wishes.empty() ? static_cast<u32>(draw(s, wishes.size())) : s.select_turn++;
  return select(rt, f, wishes, first, deadline);
}

Result set_buffer(Runtime& rt, Frame& f) {
  i64 capacity;
  TRY(checked<Channel>(rt, f[0], "channel"));
  constexpr i64 kMost = i64{1} << 28;
  if (!int_to_i64(f[1], capacity) || capacity < 1 || capacity > kMost)
    return raise(rt, TypeId::ValueError, "a buffer has room for at least one value");
  channel_buffer(rt, *to<Channel>(f[0]), static_cast<u32>(capacity));
  return Result::none();
}

Result buffered(Runtime& rt, Frame& f) {
  TRY(checked<Channel>(rt, f[0], "channel"));
  ChannelBuffer* buffer = to<Channel>(f[0])->buffer;
  return Value::from_int(buffer ? buffer->count : 0);
}

Result close_waking(Runtime& rt, Frame& f) {
  TRY(checked<Channel>(rt, f[0], "channel"));
  channel_close_waking(rt, *to<Channel>(f[0]), f[1]);
  return Result::none();
}

// --- tasklets

Result interrupt_tasklet(Runtime& rt, Frame& f) {
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  Tasklet& t = *to<Tasklet>(f[0]);
  if (task_state(rt, t) != TaskState::kEnded) interrupt(rt, t, f[1]);
  return Result::none();
}

// Takes an interrupt back that has not been raised yet: was it there?
Result take_back(Runtime& rt, Frame& f) {
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  Tasklet& t = *to<Tasklet>(f[0]);
  if (!(t.task_flags & kTaskletInterrupted) || t.details->pending != f[1]) return Value::false_();
  t.task_flags &= ~static_cast<u32>(kTaskletInterrupted);
  t.details->pending = Value::none();
  return Value::true_();
}

Result get_space(Runtime& rt, Frame& f) {
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  Details* details = to<Tasklet>(f[0])->details;
  return details ? details->space : Value::none();
}

Result set_space(Runtime& rt, Frame& f) {
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  Details& details = details_of(rt, *to<Tasklet>(f[0]));
  details.space = f[1];
  rt.heap.wrote(&details);
  return Result::none();
}

Result watch_end(Runtime& rt, Frame& f) {
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  to<Tasklet>(f[0])->task_flags |= kTaskletWatched;
  return Result::none();
}

Result set_end_hook(Runtime& rt, Frame& f) {
  rt.scheduler->end_hook = f[0];
  return Result::none();
}

// --- time

// deadline(tasklet, exception, seconds): the timer that will interrupt the tasklet.
Result make_deadline(Runtime& rt, Frame& f) {
  i64 when;
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  TRY(deadline_of(rt, f[2], when));
  Timer* timer = new_timer(rt, *to<Tasklet>(f[0]), nullptr, Expiry::kThrow, f[1]);
  timer->shape = rt.shape_of(TypeId::Timer);
  if (when != kNoDeadline) timer_set(rt, *timer, when);
  return Value::from(timer);
}

// stop_run(seconds): the timer that makes the run() return which the tasklet is going to call.
Result stop_run(Runtime& rt, Frame& f) {
  i64 when;
  TRY(deadline_of(rt, f[0], when));
  Timer* timer = new_timer(rt, *rt.thread.current, nullptr, Expiry::kStop, Value::none());
  timer->shape = rt.shape_of(TypeId::Timer);
  timer_set(rt, *timer, when);
  return Value::from(timer);
}

Result set_preemption(Runtime& rt, Frame& f) {
  i64 ticks;
  if (!int_to_i64(f[0], ticks) || ticks < 0)
    return raise(rt, TypeId::ValueError, "preempt() takes a number of ticks, zero for never");
  i64 before = rt.scheduler->preempt_ticks;
  rt.scheduler->preempt_ticks = ticks;
  renew_slice(rt);
  return Value::from_int(before);
}

// --- contexts of context variables: see stdlib/_contextvars.py, which makes them

// The context of a tasklet where that is not its thread's, else None.
Result own_context(Runtime& rt, Frame& f) {
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  Details* details = to<Tasklet>(f[0])->details;
  return details ? details->context : Value::none();
}

Result set_own_context(Runtime& rt, Frame& f) {
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  Details& details = details_of(rt, *to<Tasklet>(f[0]));
  details.context = f[1];
  rt.heap.wrote(&details);
  return Result::none();
}

// current_context(): that of the running tasklet, or its thread's; None when nobody has made one.
Result current_context(Runtime& rt, Frame&) {
  Details* details = rt.thread.current->details;
  if (details && !details->context.is_none()) return details->context;
  return rt.scheduler->ring->context;
}

// thread_context(tasklet): the context of the tasklet's thread, None when nobody has made one.
Result thread_context(Runtime& rt, Frame& f) {
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  Ring* ring = ring_of(rt, *to<Tasklet>(f[0]));
  return ring ? ring->context : Value::none();
}

Result set_thread_context(Runtime& rt, Frame& f) {
  rt.scheduler->ring->context = f[0];
  return Result::none();
}

// --- priorities

Result get_priority(Runtime& rt, Frame& f) {
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  return Value::from_int(priority_of(*to<Tasklet>(f[0])));
}

Result change_priority(Runtime& rt, Frame& f) {
  i64 wanted;
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  if (!int_to_i64(f[1], wanted) || wanted < -kHighestPriority || wanted > kHighestPriority)
    return raise(rt, TypeId::ValueError, "a priority is a number from -8 to 8");
  set_priority(rt, *to<Tasklet>(f[0]), static_cast<i32>(wanted));
  return Result::none();
}

// --- seeing

Value place_of(Runtime& rt, const TaskPlace& place) {
  Value items[] = {Value::none(), Value::from_int(place.line), Value::none()};
  if (place.code) {
    items[0] = Value::from(place.code->filename);
    items[2] = Value::from(place.code->qualname);
  }
  return Value::from(new_tuple_from(rt, items, 3));
}

// census(): a list of (count, state, (file, line, function), a tasklet), the largest groups first.
Result census(Runtime& rt, Frame&) {
  ReportScope scope(rt);
  std::vector<TaskGroup> groups = take_census(rt);
  List* out = new_list(rt, groups.size());
  for (const TaskGroup& group : groups) {
    Value items[] = {Value::from_int(static_cast<i64>(group.count)),
                     Value::from(intern(rt, task_state_name(group.state))), place_of(rt, group.place),
                     Value::from(group.example)};
    list_append(rt, *out, Value::from(new_tuple_from(rt, items, 4)));
  }
  return Value::from(out);
}

Result tasklets(Runtime& rt, Frame&) {
  ReportScope scope(rt);
  List* out = new_list(rt);
  for (Tasklet* t : rt.scheduler->tasklets.all())
    if (task_state(rt, *t) != TaskState::kEnded) list_append(rt, *out, Value::from(t));
  return Value::from(out);
}

// state(tasklet): (state, (file, line, function), what it waits for, seconds until it wakes by itself).
Result state(Runtime& rt, Frame& f) {
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  Tasklet& t = *to<Tasklet>(f[0]);
  Value items[] = {Value::from(intern(rt, task_state_name(task_state(rt, t)))),
                   place_of(rt, task_place(rt, t)), Value::none(), Value::none()};
  Object* awaited = awaited_by(t);
  if (awaited && awaited->kind != Kind::Select) items[2] = Value::from(awaited);
  if (t.waits_on && t.waits_on->kind == Kind::Timer) {
    i64 left = static_cast<Timer*>(t.waits_on)->when - rt.host->now_ns(Clock::kMonotonic);
    items[3] = new_float(rt, static_cast<f64>(left) * 1e-9);
  }
  return Value::from(new_tuple_from(rt, items, 4));
}

Result measure(Runtime& rt, Frame& f) {
  bool before = rt.scheduler->measures;
  set_measuring(rt, f[0].is_true());
  return Result::boolean(before);
}

// statistics(tasklet): (seconds it ran, how often it was switched to, seconds since it was left, where it was
// made); None for what nobody has measured.
Result statistics(Runtime& rt, Frame& f) {
  TRY(checked<Tasklet>(rt, f[0], "tasklet"));
  Tasklet& t = *to<Tasklet>(f[0]);
  Value items[] = {Value::none(), Value::none(), Value::none(), Value::none()};
  Details* d = t.details;
  bool running = &t == rt.thread.current && rt.scheduler->measures;
  if (d && (d->turns || running)) {
    i64 now = rt.host->now_ns(Clock::kMonotonic);
    i64 run_time = d->run_time + (running ? now - rt.scheduler->turn_began : 0);
    items[0] = new_float(rt, static_cast<f64>(run_time) * 1e-9);
    items[1] = Value::from_int(static_cast<i64>(d->turns));
    if (!running && d->since) items[2] = new_float(rt, static_cast<f64>(now - d->since) * 1e-9);
  }
  if (d && d->made_in) items[3] = place_of(rt, {d->made_in, d->made_at});
  return Value::from(new_tuple_from(rt, items, 4));
}

Result lock_owner(Runtime& rt, Frame& f) {
  TRY(checked<Lock>(rt, f[0], "lock"));
  Tasklet* owner = to<Lock>(f[0])->owner;
  return owner ? Value::from(owner) : Value::none();
}

Result report_lost(Runtime& rt, Frame& f) {
  rt.scheduler->report_lost = f[0].is_true();
  return Result::none();
}

// Where those stood that were collected unfinished since the last call.
Result take_lost(Runtime& rt, Frame&) {
  List* out = new_list(rt);
  std::vector<std::string> lost;
  lost.swap(rt.scheduler->lost);
  for (const std::string& text : lost) list_append(rt, *out, Value::from(new_str(rt, text)));
  return Value::from(out);
}

// --- timers as objects

Result timer_cancel_method(Runtime& rt, Frame& f) {
  timer_cancel(rt, *to<Timer>(f[0]));
  return Result::none();
}
Result timer_expired(Runtime&, Frame& f) {
  return Result::boolean(to<Timer>(f[0])->expired);
}

constexpr NativeSpec kTimerMethods[] = {
    {"cancel", timer_cancel_method, "(self, /)", "Let it not expire any more."},
};
constexpr GetsetSpec kTimerGetsets[] = {
    {"expired", timer_expired, nullptr, "its time has come"},
};

constexpr NativeSpec kFunctions[] = {
    {"send", send_limited, "(channel, value, seconds, /)", "Send, or raise TimeoutError.", 0, kSwitches},
    {"receive", receive_limited, "(channel, seconds, /)", "Receive, or raise TimeoutError.", 0, kSwitches},
    {"select", select_cases, "(cases, seconds, /)", "Do one of several sends and receives.", 0, kSwitches},
    {"set_buffer", set_buffer, "(channel, capacity, /)", "Give a channel room for values."},
    {"buffered", buffered, "(channel, /)", "How many values lie in a channel."},
    {"close", close_waking, "(channel, exception, /)", "Close a channel and wake who waits there."},
    {"interrupt", interrupt_tasklet, "(tasklet, exception, /)", "Raise an exception where it blocks."},
    {"take_back", take_back, "(tasklet, exception, /)", "Take an interrupt back; whether it was there."},
    {"get_space", get_space, "(tasklet, /)", "What set_space() kept for a tasklet, None."},
    {"set_space", set_space, "(tasklet, value, /)", "Keep a value for a tasklet."},
    {"watch_end", watch_end, "(tasklet, /)", "Let the end hook hear of the tasklet's end."},
    {"set_end_hook", set_end_hook, "(callable, /)",
     "Let callable(tasklet, value, exception) be called at the end of watched tasklets; true: it has dealt "
     "with "
     "the exception."},
    {"deadline", make_deadline, "(tasklet, exception, seconds, /)", "Interrupt a tasklet later."},
    {"stop_run", stop_run, "(seconds, /)", "Let the run() return that is called next."},
    {"preempt", set_preemption, "(ticks, /)", "After how many ticks tasklets give way; the number before."},
    {"own_context", own_context, "(tasklet, /)", "Its context where that is not its thread's, None."},
    {"set_own_context", set_own_context, "(tasklet, context, /)",
     "Give a tasklet a context; None: its thread's."},
    {"current_context", current_context, "()", "The context of the running tasklet, None."},
    {"thread_context", thread_context, "(tasklet, /)", "The context of the tasklet's thread, None."},
    {"set_thread_context", set_thread_context, "(context, /)", "Set that of the running thread."},
    {"get_priority", get_priority, "(tasklet, /)", "The priority of a tasklet."},
    {"set_priority", change_priority, "(tasklet, priority, /)", "Set it."},
    {"measure", measure, "(flag, /)", "Measure run times and turns of all tasklets; the flag before."},
    {"statistics", statistics, "(tasklet, /)", "What was measured of a tasklet."},
    {"census", census, "()", "How many tasklets are where."},
    {"tasklets", tasklets, "()", "All tasklets that have not ended."},
    {"state", state, "(tasklet, /)", "What a tasklet does."},
    {"lock_owner", lock_owner, "(lock, /)", "The tasklet that has a lock, None."},
    {"report_lost", report_lost, "(flag, /)", "Remember tasklets that are collected unfinished."},
    {"take_lost", take_lost, "()", "Where those stood."},
};

}  // namespace

extern const TypeSpec kTimerType{
    "timer",        "lisle",      "Something that will happen at a point in time.",
    TypeId::Object, Kind::Timer,  kTypeHidden | kTypeNoNew | kTypeFinal,
    kTimerMethods,  kTimerGetsets};

extern const ModuleSpec kLisleModule{"_lisle", "What the library of tasklets needs.", kFunctions, nullptr};

}  // namespace lisle::rt

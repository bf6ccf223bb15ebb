// What happens when the time of a timer has come. See timers.h.
#include "runtime/tasks/timers.h"

#include "runtime/host.h"
#include "runtime/tasks/lock.h"
#include "runtime/tasks/readiness.h"
#include "runtime/tasks/select.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/types/exception.h"

namespace lisle::rt {

namespace {

// Will it wake its tasklet? Those that end a run() wake another one.
void count_expected_by(Runtime& rt, const Timer& timer, i32 change) {
  if (timer.expiry != Expiry::kStop) count_expected(rt, *timer.tasklet, change);
}

// The run() in which `t` waits returns: at once if nobody runs in its ring, else at the end of the slice.
void stop_running(Runtime& rt, Tasklet& t) {
  Scheduler& s = *rt.scheduler;
  if (!(t.task_flags & kTaskletWatches) || t.next) return;
  if (t.ring == s.ring->index && s.ring->head) {
    s.urgent = &t;
    return;
  }
  deliver(rt, t, Value::none());
  ring_insert_last(rt, t);
}

void expire(Runtime& rt, Timer& timer) {
  Tasklet& t = *timer.tasklet;
  timer.set = false;
  timer.expired = true;
  count_expected_by(rt, timer, -1);
  if (!ring_of(rt, t)) return;
  if (timer.expiry == Expiry::kThrow) return interrupt(rt, t, timer.payload);
  if (timer.expiry == Expiry::kStop) return stop_running(rt, t);
  stop_waiting(rt, t);
  if (timer.expiry == Expiry::kRaise) {
    (void)raise_with(rt, TypeId::TimeoutError, Value::unbound());
    deliver_exception(rt, t, take_raised(rt));
  } else {
    deliver(rt, t, timer.payload);
  }
  ring_insert_last(rt, t);
}

}  // namespace

void count_expected(Runtime& rt, const Tasklet& t, i32 change) {
  if (Ring* ring = ring_of(rt, t)) ring->expected += static_cast<u32>(change);
}

i64 deadline_after(Runtime& rt, i64 duration) {
  i64 when;
  return __builtin_add_overflow(rt.host->now_ns(Clock::kMonotonic), duration, &when) ? kNoDeadline : when;
}

Timer* new_timer(Runtime& rt, Tasklet& t, Object* inner, Expiry expiry, Value payload) {
  auto* timer = rt.heap.allocate<Timer>(0);
  timer->tasklet = &t;
  timer->inner = inner;
  timer->expiry = expiry;
  timer->payload = payload;
  return timer;
}

void timer_set(Runtime& rt, Timer& timer, i64 when) {
  Scheduler& s = *rt.scheduler;
  timer.when = when;
  timer.age = ++s.timer_count;
  timer.set = true;
  s.timers.push(timer);
  count_expected_by(rt, timer, 1);
  ask_for_slices(rt);
}

void timer_cancel(Runtime& rt, Timer& timer) {
  if (!timer.set) return;
  timer.set = false;
  rt.scheduler->timers.note_cancelled();
  count_expected_by(rt, timer, -1);
}

void limit_wait(Runtime& rt, Tasklet& t, i64 when, Expiry expiry, Value payload) {
  if (when == kNoDeadline) return;
  Timer* timer = new_timer(rt, t, t.waits_on, expiry, payload);
  t.waits_on = timer;
  rt.heap.wrote(&t);
  timer_set(rt, *timer, when);
}

Result sleep_until(Runtime& rt, Frame& f, i64 when) {
  Tasklet& current = *rt.thread.current;
  Timer* timer = new_timer(rt, current, nullptr, Expiry::kWake, Value::none());
  TRY(block_current(rt, *timer, when));
  rt.heap.wrote(&current);
  timer_set(rt, *timer, when);
  deliver(rt, current, Value::none());
  return switch_to(rt, f, *leave_ring(rt));
}

void move_expected(Runtime&, Tasklet& t, Ring* source, Ring& target) {
  const Object* awaited = awaited_by(t);
  u32 count = (t.waits_on && t.waits_on->kind == Kind::Timer) + (awaited && awaited->kind == Kind::Readiness);
  if (source) source->expected -= count;
  target.expected += count;
}

void fire_timers(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  if (s.timers.empty()) return;
  i64 now = rt.host->now_ns(Clock::kMonotonic);
  s.timers.prepare(now);
  while (!s.timers.empty() && s.timers.first_time() <= now) {
    Timer& timer = s.timers.first();
    s.timers.pop();
    expire(rt, timer);
  }
}

bool sleep_for_events(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  bool undisturbed = look_for_ready_files(rt, s.timers.empty() ? kNoDeadline : s.timers.first_time());
  fire_timers(rt);
  return undisturbed;
}

Object* awaited_by(const Tasklet& t) {
  if (!t.waits_on || t.waits_on->kind != Kind::Timer) return t.waits_on;
  return static_cast<Timer*>(t.waits_on)->inner;
}

void stop_waiting(Runtime& rt, Tasklet& t) {
  Object* awaited = awaited_by(t);
  if (t.waits_on && t.waits_on->kind == Kind::Timer) {
    timer_cancel(rt, *static_cast<Timer*>(t.waits_on));
    t.waits_on = awaited;
  }
  if (!awaited) return;
  if (awaited->kind == Kind::Channel) return channel_remove(rt, *static_cast<Channel*>(awaited), t);
  if (awaited->kind == Kind::Select) return select_forget(rt, *static_cast<Select*>(awaited), t);
  if (awaited->kind == Kind::Readiness) return readiness_forget(rt, *static_cast<Readiness*>(awaited));
  lock_forget(rt, *static_cast<Lock*>(awaited), t);
}

}  // namespace lisle::rt

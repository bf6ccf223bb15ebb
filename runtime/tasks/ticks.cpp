// Ticks: how many safepoints the running tasklet may pass before the scheduler looks. Two counts run down
// together, and the nearer of them is what is loaded into Thread::ticks: the budget of the thread's run(),
// and the slice after which clocks and other threads get their turn.
//
// Both are exact: whatever is counted is booked (settle_ticks) before a count is changed.
#include <algorithm>

#include "runtime/tasks/census.h"
#include "runtime/tasks/readiness.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// About a tenth of a millisecond of an ordinary program.
constexpr i64 kSlice = 10'000;
// Under stress_switch threads change often.
constexpr i64 kStressSlice = 7;
// Powers of two that a seed draws the sizes of slices from.
constexpr u64 kSliceSizes = 11;
// Within how many safepoints a slice ends that would have ended in the library.
constexpr u64 kSoon = 5;

// What is left of the running count.
i64 ticks_left(Runtime& rt) {
  Thread& t = rt.thread;
  if (rt.scheduler->stress_switch) return rt.scheduler->stress_ticks;
  return (t.ticks_kept ? t.ticks_kept - 1 : t.ticks) + t.ticks_later;
}

bool wants_slices(const Scheduler& s) {
  return s.ring_count > 1 || !s.timers.empty() || !s.awaited.empty();
}

// After how many ticks a tasklet gives way under preemption.
i64 own_turn(const Scheduler& s, const Tasklet& t) {
  i32 priority = priority_of(t);
  return priority >= 0 ? s.preempt_ticks << priority : std::max<i64>(s.preempt_ticks >> -priority, 1);
}

// A turn of a tasklet may take several slices.
i64 fresh_slice(Scheduler& s, const Tasklet& t) {
  if (s.stress_switch && wants_slices(s)) return kStressSlice;
  i64 slice = wants_slices(s) ? kSlice : kTicksUnlimited;
  if (s.preempt_ticks) {
    if (s.turn <= 0) s.turn = own_turn(s, t);
    slice = std::min(slice, s.turn);
    s.turn -= slice;
  }
  // A seed draws where a slice ends: all sizes are as likely, so that some end within the few safepoints
  // between a look and an act, and others let a tasklet come far.
  if (s.random && slice <= kSlice) {
    s.turn = 0;
    u64 size = u64{1} << draw(s, kSliceSizes);
    slice = std::min(slice, static_cast<i64>(draw(s, size)));
  }
  return slice;
}

// The next piece of a count that is sampled. Loops have a period of their own; the pieces vary so that not
// the same place is found each time.
i64 next_sample(Scheduler& s) {
  if (!s.sample_period) return kTicksUnlimited;
  s.sample_phase = (s.sample_phase * 13 + 7) % s.sample_period;
  return s.sample_period + s.sample_phase;
}

}  // namespace

void settle_ticks(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  i64 used = s.loaded - ticks_left(rt);
  s.ring->budget -= used;
  s.slice -= used;
  s.loaded -= used;
}

void load_ticks(Runtime& rt) {
  Thread& t = rt.thread;
  Scheduler& s = *rt.scheduler;
  i64 ticks = std::max<i64>(std::min(s.ring->budget, s.slice), 0);
  s.loaded = ticks;
  if (s.stress_switch) {
    s.stress_ticks = ticks;
    t.ticks = 0;
    return;
  }
  i64 now = std::min(ticks, next_sample(s));
  t.ticks_later = ticks - now;
  if (t.ticks_kept)
    t.ticks_kept = now + 1;
  else
    t.ticks = now;
}

void set_ticks(Runtime& rt, i64 ticks) {
  settle_ticks(rt);
  rt.scheduler->ring->budget = ticks;
  load_ticks(rt);
}

void set_tick_budget(Runtime& rt) {
  Ring& ring = *rt.scheduler->ring;
  Watchdog* timer = timer_of(ring);
  if (!timer || ring.soft_due || ring.interrupt_pending) return set_ticks(rt, kTicksUnlimited);
  // The budget of the whole run goes on being used.
  if (timer->run_flags & kRunTotalTimeout) return;
  set_ticks(rt, timer->timeout);
}

void ask_for_slices(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  if (s.slice <= kSlice) return;
  settle_ticks(rt);
  s.slice = fresh_slice(s, *rt.thread.current);
  load_ticks(rt);
}

void end_slice(Runtime& rt) {
  if (!rt.scheduler->preempt_ticks) return;
  settle_ticks(rt);
  rt.scheduler->slice = rt.scheduler->turn = 0;
  load_ticks(rt);
}

void renew_slice(Runtime& rt) {
  settle_ticks(rt);
  rt.scheduler->turn = 0;
  rt.scheduler->slice = fresh_slice(*rt.scheduler, *rt.thread.current);
  load_ticks(rt);
}

bool tick_budget_used_up(Runtime& rt) {
  Thread& t = rt.thread;
  Scheduler& s = *rt.scheduler;
  if (s.stress_switch) {
    t.ticks = 0;
    t.ticks_kept = 0;
    return --s.stress_ticks < 0;
  }
  // One for the bias of ticks_kept, one for the safepoint that has just been passed.
  if (t.ticks_kept) t.ticks = t.ticks_kept - 2;
  t.ticks_kept = 0;
  if (t.ticks >= 0) return false;
  // A pause (pause.h) counts many at once.
  if (t.ticks + t.ticks_later < 0) {
    t.ticks += t.ticks_later;
    t.ticks_later = 0;
    return true;
  }
  t.ticks_later += t.ticks + 1;
  i64 more = std::min(t.ticks_later, next_sample(s));
  t.ticks_later -= more;
  t.ticks = more - 1;
  return false;
}

bool may_interrupt(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  Tasklet* current = rt.thread.current;
  return !(current->task_flags & kTaskletAtomic) && !s.nesting && !s.in_schedule_callback &&
         !s.in_channel_callback && current->in_ring();
}

namespace {

// The budget of the thread's run() is used up: who called that, if the current tasklet may be interrupted
// now.
Tasklet* time_out(Runtime& rt) {
  Ring& ring = *rt.scheduler->ring;
  Tasklet* current = rt.thread.current;
  Watchdog* timer = timer_of(ring);
  set_ticks(rt, kTicksUnlimited);
  if (!timer) return nullptr;
  if (timer->run_flags & kRunSoft) {
    ring.soft_due = true;
    return nullptr;
  }
  if (ring.switch_trap || !may_interrupt(rt)) {
    ring.interrupt_pending = true;
    return nullptr;
  }
  Tasklet* waiting = stop_timer(ring);
  ring_remove(rt, *current);
  if (!waiting->next) ring_insert_last(rt, *waiting);
  deliver(rt, *waiting, Value::from(current));
  return waiting;
}

// A run() whose seconds are over goes on; the current tasklet stays in the ring.
Tasklet* stop_run(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  Tasklet* urgent = s.urgent;
  if (!urgent || s.ring->switch_trap || !may_interrupt(rt)) return nullptr;
  s.urgent = nullptr;
  if (!(urgent->task_flags & kTaskletWatches) || urgent->next) return nullptr;
  deliver(rt, *urgent, Value::none());
  ring_insert_next(rt, *urgent);
  return urgent;
}

// Preemption is on: the next tasklet of the ring has its turn, or any under a seed.
Tasklet* rotate_ring(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  Tasklet* current = rt.thread.current;
  if (!s.preempt_ticks || current->next == current || s.ring->switch_trap || !may_interrupt(rt))
    return nullptr;
  Tasklet* next = current->next;
  if (s.random)
    for (u64 steps = draw(s, std::min<u64>(s.ring->run_count, 16)); steps && next->next != current; --steps)
      next = next->next;
  if (LISLE_UNLIKELY((next->task_flags | current->task_flags) & kTaskletPrioritized)) {
    s.turn = 0;
    s.slice = fresh_slice(s, *next);
    load_ticks(rt);
  }
  return next;
}

// Does the library run, and not the program itself?
bool runs_library(Runtime& rt) {
  TaskPlace place = task_place(rt, *rt.thread.current);
  if (!place.code) return false;
  const std::string file = utf8_of(place.code->filename);
  Value folder = module_get(rt, *rt.sys, "_stdlib_dir");
  return file.starts_with("<lisle ") || (is_str(folder) && file.starts_with(utf8_of(to<Str>(folder))));
}

}  // namespace

Tasklet* preempt(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  settle_ticks(rt);
  bool slice_over = s.slice < 0, turn_over = s.turn <= 0;
  if (slice_over) {
    s.slice = fresh_slice(s, *rt.thread.current);
    if (!s.awaited.empty()) look_for_ready_files(rt, 0);
    fire_timers(rt);
  }
  if (s.ring->budget < 0)
    if (Tasklet* waiting = time_out(rt)) return waiting;
  load_ticks(rt);
  if (!slice_over) return nullptr;
  if (Tasklet* next = stop_run(rt)) return next;
  // Whoever looks for races has them in the program. In between it does what takes most safepoints.
  if (s.random && !s.stress_switch && runs_library(rt)) {
    settle_ticks(rt);
    s.slice = static_cast<i64>(draw(s, kSoon));
    load_ticks(rt);
    return nullptr;
  }
  if (Tasklet* next = rotate_threads(rt)) return next;
  return turn_over ? rotate_ring(rt) : nullptr;
}

void interrupts_allowed(Runtime& rt) {
  Ring& ring = *rt.scheduler->ring;
  if (!ring.interrupt_pending) return;
  ring.interrupt_pending = false;
  set_ticks(rt, 0);
}

}  // namespace lisle::rt

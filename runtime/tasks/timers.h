// Timers: what the scheduler will do at a point in time. A tasklet that sleeps, or that waits for something
// for a limited time only, is blocked on its timer.
//
// Timers that are set lie in Scheduler::timers, see timer_heap.h.
#pragma once
#include "runtime/tasks/scheduler.h"

namespace lisle::rt {

// What happens when the time has come.
enum class Expiry : u8 {
  kWake,   // the tasklet goes on with `payload`
  kRaise,  // the tasklet goes on raising TimeoutError
  kThrow,  // `payload`, an exception, interrupts the tasklet, which does not wait for this timer
  kStop,   // the run() in which the tasklet waits returns
};

struct Timer : Object {
  static constexpr Kind kKind = Kind::Timer;
  i64 when;  // on the monotonic clock, in nanoseconds
  u64 age;
  Tasklet* tasklet;
  Object* inner;  // what the tasklet waits for until then; null: it sleeps
  Value payload;
  Expiry expiry;
  bool set;  // it lies in the heap and is going to fire
  bool expired;

  size_t byte_size() const { return sizeof(Timer); }
  template <class V>
  void visit(V&& v) {
    v(tasklet);
    v(inner);
    v(payload);
  }
};

inline constexpr i64 kNoDeadline = INT64_MAX;
// The time `duration` nanoseconds from now, kNoDeadline if that is beyond the clock.
i64 deadline_after(Runtime& rt, i64 duration);

Timer* new_timer(Runtime& rt, Tasklet& t, Object* inner, Expiry expiry, Value payload);
void timer_set(Runtime& rt, Timer& timer, i64 when);
void timer_cancel(Runtime& rt, Timer& timer);

// `t`, which is blocked on `what`, stops waiting for it at `when`; nothing changes if that is kNoDeadline.
void limit_wait(Runtime& rt, Tasklet& t, i64 when, Expiry expiry, Value payload);
// A timer, or a descriptor that is waited for, is going to wake `t` (1), or is not any more (-1).
void count_expected(Runtime& rt, const Tasklet& t, i32 change);
// `t`, which may be blocked for a limited time, moves from one thread (null: one that has ended) to another.
void move_expected(Runtime& rt, Tasklet& t, Ring* source, Ring& target);

// Fires every timer whose time has come.
void fire_timers(Runtime& rt);
// Sleeps until the next timer is due or a descriptor is ready that a tasklet waits for, and wakes whom it
// concerns. False when a signal came before.
bool sleep_for_events(Runtime& rt);

}  // namespace lisle::rt

// The scheduler of one Runtime: the ring of runnable tasklets and the tasklets that wait in run().
#pragma once
#include "runtime/tasks/tasklet.h"

namespace lisle::rt {

// One active stackless.run(): who called it, and what it wants to be told.
struct Watchdog {
  Tasklet* tasklet;
  i64 timeout;  // ticks a tasklet may run without a switch; 0: no limit
  u32 run_flags;
};

enum RunFlags : u32 { kRunSoft = 1, kRunIgnoreNesting = 2, kRunTotalTimeout = 4, kRunThreadBlock = 8 };

struct Scheduler {
  Tasklet* main = nullptr;
  Tasklet* head = nullptr;  // where the ring goes on when the current tasklet is not in it; null: empty ring
  u32 run_count = 0;        // tasklets in the ring, the current one included
  u32 next_id = 1;
  std::vector<Watchdog> watchdogs;
  u32 switch_trap = 0;
  u32 nesting = 0;             // host calls inside native functions: no switching meanwhile
  bool stress_switch = false;  // preempt at every safepoint (LISLE_STRESS=switch)
  Value schedule_callback = Value::none();
  Value channel_callback = Value::none();
  Value error_handler = Value::none();
  Tasklet* interrupted = nullptr;  // what the run() that is about to return will yield

  template <class V>
  void visit(V&& v) {
    v(main);
    v(head);
    for (Watchdog& w : watchdogs) v(w.tasklet);
    v(schedule_callback);
    v(channel_callback);
    v(error_handler);
    v(interrupted);
  }
};

// A tasklet whose entry will be `callable`; not bound to arguments, not in the ring.
Tasklet* new_tasklet(Runtime& rt, Type* type, Value callable);
// Gives it frames: the call callable(*args, **kwargs) that starts when it first runs. `kwargs` may be null.
Result tasklet_bind(Runtime& rt, Tasklet& t, Value callable, Tuple* args, Dict* kwargs);

void ring_insert_last(Runtime& rt, Tasklet& t);  // just before the current tasklet
void ring_insert_next(Runtime& rt, Tasklet& t);  // just after it
void ring_remove(Runtime& rt, Tasklet& t);

// The queue of a channel.
void channel_append(Runtime& rt, Channel& c, Tasklet& t, bool sending);
void channel_remove(Runtime& rt, Channel& c, Tasklet& t);

// What a suspended tasklet gets when it goes on: a value, or an exception to raise.
void deliver(Runtime& rt, Tasklet& t, Value v);
void deliver_exception(Runtime& rt, Tasklet& t, Value exception);

// The native frame `top`, linked to its caller, is where the current tasklet will go on.
void save_current(Runtime& rt, Frame& top);
void make_current(Runtime& rt, Tasklet& next);
// Both: the running native frame `f` waits, `next` runs. `f` yields the tempval of the old tasklet when that
// is current again. Always pending.
Result switch_to(Runtime& rt, Frame& f, Tasklet& next);

// Who runs when `leaving` has left the ring: the next of the ring, or a waiting run(); null when there is
// nobody.
Tasklet* next_runnable(Runtime& rt, Tasklet& leaving);

// The tick budget of the tasklet that is about to run.
inline constexpr i64 kTicksUnlimited = i64{1} << 60;
void set_tick_budget(Runtime& rt);

// Called by the machine when a tasklet's last frame has returned or an exception has left it: unlinks it and
// chooses who goes on. `error` is unbound or the exception.
Tasklet* tasklet_ended(Runtime& rt, Tasklet& dead, Value error);

}  // namespace lisle::rt

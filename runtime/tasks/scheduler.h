// The scheduler of one Runtime: the ring of runnable tasklets and the tasklets that wait in run().
#pragma once
#include <array>
#include <span>

#include "runtime/tasks/tasklet.h"

namespace lisle::rt {

// One active stackless.run(): who called it, and what it wants to be told.
struct Watchdog {
  Tasklet* tasklet;
  i64 timeout;  // ticks a tasklet may run without a switch; 0: no limit. At most one in the stack has any
  u32 run_flags;
  bool waiting;  // false: a timeout made it return while inner ones still wait; it keeps its place for its
                 // next run()
};

enum RunFlags : u32 { kRunSoft = 1, kRunIgnoreNesting = 2, kRunTotalTimeout = 4, kRunThreadBlock = 8 };

// Segments that were left, by size, for the next tasklet or call that needs one: what ran last is in the
// cache, and a call at the end of a segment does not allocate each time. They hold stale words, so that a
// collection forgets them all.
class SegmentPool {
 public:
  // One of just `bytes`; null when there is none.
  Segment* take(size_t bytes) {
    if (bytes >= kClasses * kGranuleBytes) return take_large(bytes);
    Segment*& first = free_[bytes / kGranuleBytes];
    Segment* s = first;
    if (s) first = s->older;
    return s;
  }
  void give(Segment* s) {
    size_t bytes = s->byte_size();
    Segment*& first = free_[bytes < kClasses * kGranuleBytes ? bytes / kGranuleBytes : kLarge];
    s->older = first;
    first = s;
  }
  void clear() { free_.fill(nullptr); }

 private:
  static constexpr size_t kClasses = 64;
  static constexpr size_t kLarge = 0;  // no segment is that small

  Segment* take_large(size_t bytes) {
    Segment* s = free_[kLarge];
    if (!s || s->byte_size() != bytes) return nullptr;
    free_[kLarge] = s->older;
    return s;
  }

  std::array<Segment*, kClasses> free_{};
};

struct Scheduler {
  Tasklet* main = nullptr;
  Tasklet* head = nullptr;  // where the ring goes on when the current tasklet is not in it; null: empty ring
  u32 run_count = 0;        // tasklets in the ring, the current one included
  u32 next_id = 1;
  std::vector<Watchdog> watchdogs;  // innermost last
  u32 switch_trap = 0;
  u32 nesting = 0;             // host calls inside native functions: no switching meanwhile
  bool stress_switch = false;  // preempt at every safepoint (LISLE_STRESS=switch)
  Value schedule_callback = Value::none();
  Value channel_callback = Value::none();
  Value error_handler = Value::none();
  bool in_schedule_callback = false;
  bool in_channel_callback = false;
  bool soft_due = false;           // a soft timeout has passed: the next scheduling switch wakes its run()
  bool timed = false;              // some run() may have a timeout: each switch renews the tick budget
  bool interrupt_pending = false;  // a timeout has passed where no interrupt is allowed
  SegmentPool segments;
  i64 stress_ticks = 0;  // under stress_switch: the tick budget, as every safepoint looks

  template <class V>
  void visit(V&& v) {
    v(main);
    v(head);
    for (Watchdog& w : watchdogs) v(w.tasklet);
    v(schedule_callback);
    v(channel_callback);
    v(error_handler);
  }
};

// A tasklet whose entry will be `callable`; not bound to arguments, not in the ring.
Tasklet* new_tasklet(Runtime& rt, Type* type, Value callable);
// Gives it frames: the call callable(*args, **kwargs) that starts when it first runs. `kwargs` may be null.
void tasklet_bind(Runtime& rt, Tasklet& t, Value callable, std::span<const Value> args, Dict* kwargs);

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
// Both, after telling the schedule callback: the running native frame `f` waits, `next` runs. `f` yields the
// tempval of the old tasklet when that is current again. Always pending.
Result switch_to(Runtime& rt, Frame& f, Tasklet& next);

// A switch to whoever is next in the ring, as opposed to a tasklet that was named: a soft timeout that has
// passed puts its run() before `next`.
Tasklet* soft_interrupted(Runtime& rt, Tasklet& next);

// Who runs when the current tasklet has left the ring: the next of the ring, or a waiting run(); null when
// there is nobody.
Tasklet* next_runnable(Runtime& rt);
// The same, or the main tasklet if that is merely paused. Null: nobody can ever run again, and the caller has
// to raise kDeadlockText instead of leaving. To be asked while the current tasklet is in the ring.
bool may_leave_ring(Runtime& rt);
inline constexpr const char* kDeadlockText = "Deadlock: the last runnable tasklet cannot be blocked.";
// Takes the current tasklet out of the ring, or finds it out already; who goes on. may_leave_ring() has said
// yes.
Tasklet* leave_ring(Runtime& rt);

// --- ticks: safepoints are counted down in Thread::ticks
// ---------------------------------------------------------------

inline constexpr i64 kTicksUnlimited = i64{1} << 60;
void set_ticks(Runtime& rt, i64 ticks);
// The budget of the tasklet that is about to run.
void set_tick_budget(Runtime& rt);
// A safepoint found the count used up: true when that is the budget's own end and not a request to look.
bool tick_budget_used_up(Runtime& rt);
// The budget is used up: who runs instead of the current tasklet, which has left the ring then; null to go
// on.
Tasklet* preempt(Runtime& rt);
// What forbade interrupts has ended: one that had to wait fires at the next safepoint.
void interrupts_allowed(Runtime& rt);

// --- the end of a tasklet
// -----------------------------------------------------------------------------------------------

// The first frame of the current tasklet has returned, or an exception has left it: must the program be told?
bool tells_program_of_end(Runtime& rt, Value error);
// Takes it out of the ring; who goes on. `error` is unbound or the exception, which that one gets to raise.
Tasklet* choose_heir(Runtime& rt, Tasklet& dead, Value error);
void release_frames(Runtime& rt, Tasklet& t);

}  // namespace lisle::rt

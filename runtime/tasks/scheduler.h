// The scheduler of one Runtime: its threads, each a ring of runnable tasklets with the tasklets that wait in
// run(), and what is going to wake somebody: timers.
//
// The threads of a program are green: one of them runs, the others are `ready` (their ring is not empty) or
// wait until somebody inserts a tasklet into their ring. A tasklet belongs to one thread until bind_thread()
// moves it.
#pragma once
#include <array>
#include <bit>
#include <deque>
#include <memory>
#include <span>
#include <string>

#include "runtime/tasks/tasklet.h"
#include "runtime/tasks/tasklet_list.h"
#include "runtime/tasks/timer_heap.h"

namespace lisle::rt {

struct Lock;
struct Readiness;

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

inline constexpr i64 kTicksUnlimited = i64{1} << 60;

// What makes switches within a thread more than switches, all of it zero where nothing does: the machine
// tests it as one word.
struct RingConcerns {
  u32 switch_trap = 0;
  bool soft_due = false;  // a soft timeout has passed: the next scheduling switch wakes its run()
  bool timed = false;     // some run() may have a timeout: each switch renews the tick budget
  u16 unused = 0;

  bool none() const { return std::bit_cast<u64>(*this) == 0; }
};

// One thread of the program.
struct Ring : RingConcerns {
  u32 index = 0;
  Tasklet* main = nullptr;  // its end is the end of the thread
  Tasklet* head = nullptr;  // where the ring goes on when the current tasklet is not in it; null: empty ring
  Tasklet* current =
      nullptr;                // while another thread runs: the tasklet that was interrupted for that, or null
  u32 run_count = 0;          // tasklets in the ring, the current one included
  u32 times_passed_over = 0;  // how often others ran instead since its main tasklet began to wait for a lock
  u32 expected = 0;           // how often a timer or a descriptor will wake a tasklet of it
  std::vector<Watchdog> watchdogs;  // innermost last
  i64 budget = kTicksUnlimited;     // ticks until a run() times out, as of the last settle_ticks()
  u32 pickle_flags = 0;             // see modules/stackless.cpp
  bool interrupt_pending = false;   // a timeout has passed where no interrupt is allowed
  bool queued = false;              // it is in Scheduler::ready
  bool ended = false;               // it goes away at the next switch
  Lock* sentinel = nullptr;         // released at the end of the thread
  Value space = Value::none();      // what the threading library keeps per thread
  Value context = Value::none();  // the context of those of its tasklets that have no other; made when needed

  // What Python calls the identifier of the thread.
  i64 ident() const { return i64{index} + 1; }

  template <class V>
  void visit(V&& v) {
    v(main);
    v(head);
    v(current);
    for (Watchdog& w : watchdogs) v(w.tasklet);
    v(sentinel);
    v(space);
    v(context);
  }
};

// The same for all threads.
struct SwitchConcerns {
  u32 nesting = 0;  // host calls inside native functions: no switching meanwhile
  bool in_schedule_callback = false;
  bool in_channel_callback = false;
  bool stress_switch = false;  // preempt at every safepoint (LISLE_STRESS=switch)
  bool measures = false;       // run times and turns are kept in Details, which every tasklet has then

  bool none() const { return std::bit_cast<u64>(*this) == 0; }
};

struct Scheduler : SwitchConcerns {
  Ring* ring = nullptr;  // the thread that runs
  std::vector<std::unique_ptr<Ring>>
      rings;                // by index, null once ended; the first one is the program's main thread
  u32 ring_count = 0;       // threads that have not ended
  std::deque<Ring*> ready;  // threads that could run, in the order in which they will
  TimerHeap timers;
  std::vector<Readiness*> awaited;  // tasklets that wait for descriptors; see readiness.cpp
  u64 timer_count = 0;              // timers made so far: ties are broken by age
  u32 pickle_flags = 0;             // of threads to come
  // Also rebuild the frames of who goes on from what a pickle would hold of them (LISLE_STRESS=pickle).
  bool stress_pickle = false;
  // Registers that matter at places where frames were captured: a table, see vm/interp/frame_image.cpp.
  Array* places = nullptr;
  u64 places_used = 0;
  u32 renewals = 0;  // how often that was considered
  Value schedule_callback = Value::none();
  Value channel_callback = Value::none();
  Value error_handler = Value::none();
  Value end_hook = Value::none();  // hears of the end of tasklets that are watched
  SegmentPool segments;
  TaskletList tasklets;           // all that were made and not collected, for reports
  std::vector<std::string> lost;  // with `report_lost`: where those stood that were collected unfinished
  bool report_lost = false;
  i64 turn_began = 0;       // with that: when the running tasklet began
  bool soft_switch = true;  // what enable_softswitch() was told
  i64 turn = 0;           // with preempt_ticks: what is left of the running tasklet's turn behind this slice
  i64 preempt_ticks = 0;  // turn after which a tasklet gives way to the next of its ring; 0: never
  u64 random = 0;         // what the schedule is drawn from; 0: it is not
  u32 select_turn = 0;    // which case select() looks at first
  // Signals for which the program has a handler, and that it ignores, by signal_bit().
  u64 handled_signals = 0, ignored_signals = 0;
  Tasklet* urgent = nullptr;  // its run() is over: it goes on at the next look
  // Ticks, see ticks.cpp.
  i64 slice =
      kTicksUnlimited;  // until the scheduler looks at clocks and threads, as of the last settle_ticks()
  i64 loaded = kTicksUnlimited;  // what the count that is running was set to
  i64 sample_period = 0;         // the compiler wants to see about every n-th safepoint; 0: none
  i64 sample_phase = 0;
  i64 stress_ticks = 0;  // under stress_switch: the count, as every safepoint looks

  Ring& main_ring() const { return *rings.front(); }

  template <class V>
  void visit(V&& v) {
    for (auto& r : rings)
      if (r) r->visit(v);
    timers.visit(v);
    for (Readiness*& r : awaited) v(r);
    v(schedule_callback);
    v(channel_callback);
    v(error_handler);
    v(places);
    v(end_hook);
    v(urgent);
  }
};

// A tasklet whose entry will be `callable`; not bound to arguments, not in the ring. It belongs to the
// running thread.
Tasklet* new_tasklet(Runtime& rt, Type* type, Value callable);
// Gives it frames: the call callable(*args, **kwargs) that starts when it first runs. `kwargs` may be null.
void tasklet_bind(Runtime& rt, Tasklet& t, Value callable, std::span<const Value> args, Dict* kwargs);

// Into the ring of its own thread, which may be another one than the running.
void ring_insert_last(Runtime& rt, Tasklet& t);  // just before that thread's current tasklet
void ring_insert_next(Runtime& rt, Tasklet& t);  // just after it
void ring_remove(Runtime& rt, Tasklet& t);

// The queue of a channel.
void channel_append(Runtime& rt, Channel& c, Tasklet& t, bool sending);
void channel_remove(Runtime& rt, Channel& c, Tasklet& t);
// What `t` is blocked on, whether or not for a limited time; null when it is not blocked or merely sleeps.
Object* awaited_by(const Tasklet& t);
// Takes `t` out of whatever it is blocked on; it is paused then.
void stop_waiting(Runtime& rt, Tasklet& t);

Details& details_of(Runtime& rt, Tasklet& t);  // made when there are none
// Turns the measuring of all tasklets on or off.
void set_measuring(Runtime& rt, bool on);
// From -8 to 8. One with a higher priority than others goes in front of them when it becomes runnable, and
// under preemption has slices that are twice as long for each step.
void set_priority(Runtime& rt, Tasklet& t, i32 priority);
inline constexpr i32 kHighestPriority = 8;
inline i32 priority_of(const Tasklet& t) {
  return t.task_flags & kTaskletPrioritized ? t.details->priority : 0;
}
// Raises `exception` in `t`: at once if it waits, else where it blocks or gives way next.
void interrupt(Runtime& rt, Tasklet& t, Value exception);
// Raises what interrupted the current tasklet, if something did.
Result check_interrupted(Runtime& rt);
// A number below `bound`, from the seed.
u64 draw(Scheduler& s, u64 bound);

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

// Who runs when the current tasklet has left the ring: the next of the ring, a waiting run(), or another
// thread. Sleeps until there is somebody. Null when nobody can ever run again.
Tasklet* next_runnable(Runtime& rt);
// The same, or the main tasklet if that is merely paused. Null: nobody can ever run again, and the caller has
// to raise kDeadlockText instead of leaving. To be asked while the current tasklet is in the ring.
bool may_leave_ring(Runtime& rt);
inline constexpr const char* kDeadlockText = "Deadlock: the last runnable tasklet cannot be blocked.";
// Takes the current tasklet out of the ring, or finds it out already; who goes on. may_leave_ring() has said
// yes.
Tasklet* leave_ring(Runtime& rt);
// Takes the current tasklet out of the ring to be blocked on `what` until `deadline` at most (see timers.h):
// the caller queues it there, sets the timer and switches to leave_ring(). Raises where that is not possible,
// and changes nothing then.
Result block_current(Runtime& rt, Object& what, i64 deadline);

// --- ticks: safepoints are counted down in Thread::ticks
// ---------------------------------------------------------------

// The budget of the running thread until its run() times out.
void set_ticks(Runtime& rt, i64 ticks);
// The budget of the tasklet that is about to run.
void set_tick_budget(Runtime& rt);
// Books what was counted down, and starts counting again for the running thread.
void settle_ticks(Runtime& rt);
void load_ticks(Runtime& rt);
// There are timers or several threads now: the scheduler has to look around now and then.
void ask_for_slices(Runtime& rt);
// The slice of the running tasklet is over; only what runs by itself notices.
void end_slice(Runtime& rt);
// What slices are made of has changed: a new one begins.
void renew_slice(Runtime& rt);
// A safepoint found the count used up: true when that is the end of a budget or a slice, and not a request to
// look.
bool tick_budget_used_up(Runtime& rt);
// The count is used up: who runs instead of the current tasklet; null to go on.
Tasklet* preempt(Runtime& rt);
// What forbade interrupts has ended: one that had to wait fires at the next safepoint.
void interrupts_allowed(Runtime& rt);
// May the current tasklet be left where it did not ask for it?
bool may_interrupt(Runtime& rt);
// The run() whose timeout counts, null when there is none; see stop_timer.
Watchdog* timer_of(Ring& ring);
// The timeout of the run() with the timer ends that; its place stays while inner ones wait. Who called it.
Tasklet* stop_timer(Ring& ring);

// --- threads
// ------------------------------------------------------------------------------------------------------------

Ring* new_ring(Runtime& rt);
Ring* ring_of(Runtime& rt, const Tasklet& t);  // null when that thread has ended
Ring* ring_of_ident(Runtime& rt, i64 ident);   // null when there is none
// What runs in a thread, or is going to run there.
Tasklet* current_of(Runtime& rt, Ring& ring);
// A ring that was empty has a tasklet again: it gets its turn.
void ring_is_ready(Runtime& rt, Ring& ring);
// A thread rests as a whole while its main tasklet waits for a lock, as the threads of Stackless do: its
// other tasklets run only when no other thread can, or when that takes long.
bool rests(const Ring& ring);
// How often others are preferred to a thread that rests: some hundredths of a second.
inline constexpr u32 kLongestRest = 200;
// The next thread that could run gives its tasklet; sleeps until there is one. Null when there can be none.
Tasklet* next_thread(Runtime& rt);
// Nobody can run any more: then a run(threadblock=True) of another thread waits in vain and is over. Who
// called it, null when there is none.
Tasklet* end_foreign_run(Runtime& rt);
// Could anybody but the tasklets of the running thread's ring ever run?
bool others_may_run(Runtime& rt);
// The running thread gives way to those that are ready: who runs then, null when there are none.
Tasklet* rotate_threads(Runtime& rt);
// The keyboard's interrupt belongs to the program's main thread: true when that is not the running one, and
// will raise KeyboardInterrupt when it runs.
bool interrupt_elsewhere(Runtime& rt);
// Makes the thread of `next` the running one.
void change_ring(Runtime& rt, Tasklet& next);
// The main tasklet of the running thread, not the program's, has ended: so does the thread. Who goes on.
Tasklet* end_ring(Runtime& rt);

// --- the end of a tasklet
// -----------------------------------------------------------------------------------------------

// The first frame of the current tasklet has returned, or an exception has left it: must the program be told?
bool tells_program_of_end(Runtime& rt, Value error);
// Takes it out of the ring; who goes on. `error` is unbound or the exception, which that one gets to raise.
Tasklet* choose_heir(Runtime& rt, Tasklet& dead, Value error);
// Wakes `t` wherever it waits.
void wake(Runtime& rt, Tasklet& t);
void release_frames(Runtime& rt, Tasklet& t);

}  // namespace lisle::rt

// Where tasklets and the machine meet: going on with another tasklet, the end of one, and safepoints.
#include "runtime/tasks/scheduler.h"

#include "runtime/host.h"
#include "runtime/types/exception.h"
#include "vm/interp/step.h"

namespace lisle::interp {

LISLE_CODE void resume_current(Frame*, Thread* t, u64, u64, u64) {
  rt::Tasklet* current = t->current;
  Frame* f = current->top;
  Value v = current->tempval;
  current->tempval = Value::none();
  t->limit = current->limit;
  if (LISLE_UNLIKELY(current->task_flags & rt::kTaskletRaise)) {
    bool started = current->task_flags & rt::kTaskletStarted;
    current->task_flags &= ~static_cast<u32>(rt::kTaskletRaise);
    current->task_flags |= rt::kTaskletStarted;
    t->raised = v;
    // A tasklet that never ran has no frame to raise in: its function is not entered.
    if (!started) LISLE_TAIL unwind_from_callee(f, t, 0, 0, 0);
    LISLE_TAIL unwind(f, t, 0, 0, 0);
  }
  if (LISLE_UNLIKELY(!(current->task_flags & rt::kTaskletStarted))) {
    current->task_flags |= rt::kTaskletStarted;
    LISLE_TAIL enter(f, t, 0, 0, 0);
  }
  // A step machine that waited in the middle goes on; a leaf's value is its result.
  if (f->step() != 0) {
    t->resumed = v;
    LISLE_TAIL run_native(f, t, 0, 0, 0);
  }
  LISLE_TAIL f->ret(f, t, v.bits(), 0, 0);
}

LISLE_CODE void end_tasklet(Frame*, Thread* t, u64 value, u64, u64) {
  Runtime& rt = world(t);
  rt::Tasklet* dead = t->current;
  Value error = Value::unbound();
  if (value == Value::raised().bits()) {
    // TaskletExit ends a tasklet silently.
    if (rt::raised_is(rt, TypeId::TaskletExit))
      (void)rt::take_raised(rt);
    else
      error = rt::take_raised(rt);
  } else {
    dead->tempval = Value::from_bits(value);
  }
  rt::Tasklet* next = rt::tasklet_ended(rt, *dead, error);
  rt::make_current(rt, *next);
  LISLE_TAIL resume_current(nullptr, t, 0, 0, 0);
}

namespace {

// Makes the place `pc` of frame `f` a suspended one: a native frame above it whose return executes the
// instruction.
Frame* park(Thread* t, Frame* f) {
  Runtime& rt = world(t);
  Frame* w = rt::prepare_window(rt, *f, 1);
  if (!w) return nullptr;
  w->fn = Value::from(rt.internals[static_cast<size_t>(rt::Internal::Preempted)]);
  w->set_window(0, Value());
  rt::link_frame(*t, *w, *f, cont_again);
  w->set_step(0);
  return w;
}

// Who runs instead of a current tasklet whose time is up, when anybody does.
rt::Tasklet* preempting(Runtime& rt) {
  rt::Scheduler& s = *rt.scheduler;
  rt::Tasklet* current = rt.thread.current;
  if (current->task_flags & rt::kTaskletAtomic || s.switch_trap || s.nesting) return nullptr;
  if (!s.watchdogs.empty() && s.watchdogs.front().timeout > 0) {
    rt::Watchdog watchdog = s.watchdogs.front();
    s.watchdogs.clear();
    rt::Tasklet* waiting = watchdog.tasklet;
    if (current->next && !current->channel) rt::ring_remove(rt, *current);
    rt::ring_insert_last(rt, *waiting);
    bool soft = watchdog.run_flags & rt::kRunSoft;
    if (soft) rt::ring_insert_last(rt, *current);
    rt::deliver(rt, *waiting, soft ? Value::none() : Value::from(current));
    return waiting;
  }
  if (s.stress_switch && current->next && current->next != current && !current->channel) return current->next;
  return nullptr;
}

}  // namespace

LISLE_CODE void safepoint(Frame* f, Thread* t, u64 pc, u64 k, u64) {
  Runtime& rt = world(t);
  ENTER_CPP();
  bool timed_out = rt.heap.due.empty() && !rt.heap.exhausted && !(rt.host && rt.host->interrupt_requested);
  rt::set_tick_budget(rt);
  if (rt.heap.exhausted) {
    rt.heap.exhausted = false;
    (void)rt::raise(rt, TypeId::MemoryError, "%s", "");
    LISLE_TAIL unwind(f, t, 0, 0, 0);
  }
  if (rt.host && rt.host->interrupt_requested.exchange(false)) {
    (void)rt::raise_with(rt, TypeId::KeyboardInterrupt, Value::unbound());
    LISLE_TAIL unwind(f, t, 0, 0, 0);
  }
  if (!rt.heap.due.empty() && !rt.finalizing) {
    rt.finalizing = true;
    (void)rt::call_internal(rt, *f, rt::Internal::RunFinalizers, {});
    LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(cont_again), 0, 0);
  }
  if (timed_out) {
    if (rt::Tasklet* next = preempting(rt)) {
      Frame* parked = park(t, f);
      if (!parked) LISLE_TAIL unwind(f, t, 0, 0, 0);
      rt::save_current(rt, *parked);
      rt::deliver(rt, *t->current, Value::none());
      rt::make_current(rt, *next);
      LISLE_TAIL resume_current(f, t, 0, 0, 0);
    }
  }
  GO(pc);
}

}  // namespace lisle::interp

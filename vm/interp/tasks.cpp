// Where tasklets and the machine meet: going on with another tasklet, the end of one, and safepoints.
#include "runtime/tasks/scheduler.h"

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/image/image_policy.h"
#include "runtime/tasks/signals.h"
#include "runtime/types/exception.h"
#include "vm/interp/compiled.h"
#include "vm/interp/frame_image.h"
#include "vm/interp/step.h"

namespace lisle::interp {

LISLE_CODE void resume_current(Frame*, Thread* t, u64, u64, u64) {
  rt::Tasklet* current = t->current;
  Frame* f = current->top;
  Value v = current->tempval;
  current->tempval = Value::none();
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
  if (f->step() != 0 && f->step() != kTailStep) {
    t->resumed = v;
    LISLE_TAIL run_native(f, t, 0, 0, 0);
  }
  LISLE_TAIL f->ret(f, t, v.bits(), 0, 0);
}

LISLE_CODE void end_tasklet(Frame* f, Thread* t, u64 value, u64, u64) {
  Runtime& rt = world(t);
  rt::Tasklet* dead = t->current;
  t->frame = f;
  Value error = Value::unbound();
  if (value == Value::raised().bits()) {
    // TaskletExit ends a tasklet silently, but for those who watch it.
    if (rt::raised_is(rt, TypeId::TaskletExit) && !(dead->task_flags & rt::kTaskletWatched))
      (void)rt::take_raised(rt);
    else
      error = rt::take_raised(rt);
  } else {
    dead->tempval = Value::from_bits(value);
  }
  if (LISLE_UNLIKELY(rt::tells_program_of_end(rt, error))) {
    // The frame that ended may lie in a segment that was left with it; the first one has room for this.
    f = reinterpret_cast<Frame*>(dead->segment->memory);
    f->fn = Value::from(rt.internals[static_cast<size_t>(rt::Internal::EndTasklet)]);
    f->ret = cont_tasklet_end;
    f->prev = nullptr;
    f->set_window(1, Value());
    f->r[0] = error;
    f->r[1] = Value();
    LISLE_TAIL run_native(f, t, 0, 0, 0);
  }
  rt::Tasklet* next = rt::choose_heir(rt, *dead, error);
  rt::release_frames(rt, *dead);
  rt::make_current(rt, *next);
  LISLE_TAIL resume_current(nullptr, t, 0, 0, 0);
}

namespace {

constexpr u32 kRestoreStep = 1;  // of the native Preempted

// Makes the place `pc` of frame `f` a suspended one: a native frame above it whose return executes the
// instruction.
Frame* park(Thread* t, Frame* f) {
  Runtime& rt = world(t);
  Frame* w = rt::prepare_window(rt, *f, 1);
  if (!w) return nullptr;
  w->fn = Value::from(rt.internals[static_cast<size_t>(rt::Internal::Preempted)]);
  w->set_window(1, Value());
  // What nobody has been given yet must not be lost to what the switch delivers.
  w->r[0] = t->current->tempval;
  rt::link_frame(*t, *w, *f, cont_again);
  w->set_step(kRestoreStep);
  return w;
}

}  // namespace

LISLE_CODE void safepoint(Frame* f, Thread* t, u64 pc, u64 k, u64) {
  Runtime& rt = world(t);
  ENTER_CPP();
  bool interrupted = rt.host && rt.host->interrupt_requested.exchange(false) && !rt::interrupt_elsewhere(rt);
  bool timed_out = !interrupted && rt::tick_budget_used_up(rt);
  if (interrupted) rt::set_tick_budget(rt);
  if (interrupted || rt.heap.exhausted) {
    rt.heap.exhausted = false;
    if (timed_out || !rt.heap.due.empty()) rt::request_safepoint(*t);
    (void)rt::raise_with(rt, interrupted ? TypeId::KeyboardInterrupt : TypeId::MemoryError, Value::unbound());
    LISLE_TAIL unwind(f, t, 0, 0, 0);
  }
  if (LISLE_UNLIKELY(rt::signals_arrived(rt))) {
    if (timed_out || !rt.heap.due.empty()) rt::request_safepoint(*t);
    Result r = rt::run_signal_handlers(rt, *f);
    if (r.is_raised()) LISLE_TAIL unwind(f, t, 0, 0, 0);
    if (!r.is_value()) LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(cont_again), 0, 0);
  }
  if (!rt.heap.due.empty() && !(t->current->task_flags & rt::kTaskletFinalizes)) {
    if (timed_out) rt::set_ticks(rt, 0);
    t->current->task_flags |= rt::kTaskletFinalizes;
    if (rt::call_internal(rt, *f, rt::Internal::RunFinalizers, {}).is_raised()) {
      t->current->task_flags &= ~static_cast<u32>(rt::kTaskletFinalizes);
      LISLE_TAIL unwind(f, t, 0, 0, 0);
    }
    LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(cont_again), 0, 0);
  }
  rt::Tasklet* next = timed_out ? rt::preempt(rt) : nullptr;
  // Under stress every safepoint suspends the tasklet, which then goes on; so does one where an image is due.
  rt::ImagePolicy* images = rt.hooks->images.get();
  const bool saves = images && !next && rt::image_due(*images);
  if (!next && (saves || rt.scheduler->stress_switch)) next = t->current;
  if (!next) LISLE_TAIL go_on(f, t, pc, k, 0);
  Frame* parked = park(t, f);
  if (!parked) LISLE_TAIL unwind(f, t, 0, 0, 0);
  if (next == t->current) {
    if (LISLE_UNLIKELY(saves)) {
      t->frame = parked;
      rt::save_current(rt, *parked);
      rt::save_by_policy(rt, *images);
    }
    rt::save_current(rt, *parked);
    if (rt.scheduler->stress_pickle) {
      renew_frames(rt, *t->current);
      t->limit = t->current->segment->end;
    }
    t->current->tempval = Value::none();
    LISLE_TAIL resume_current(nullptr, t, 0, 0, 0);
  }
  (void)rt::switch_to(rt, *parked, *next);
  LISLE_TAIL start_pending(parked, t, reinterpret_cast<u64>(cont_native_resume), 0, 0);
}

}  // namespace lisle::interp

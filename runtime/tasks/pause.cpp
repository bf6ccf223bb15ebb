// See pause.h. What happens in a pause is what happens at a safepoint of the machine (vm/interp/tasks.cpp),
// but that the tasklet stands in a native frame already.
#include "runtime/tasks/pause.h"

#include <algorithm>

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/image/image_policy.h"
#include "runtime/protocols/call.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/signals.h"
#include "runtime/types/iterator_common.h"

namespace lisle::rt {

namespace {

constexpr u32 kGoesOn = 2;  // the step in which the tasklet goes on

// The tasklet waits in `f`, and gets back what its tempval was.
void stand(Runtime& rt, Frame& f) {
  f[0] = rt.thread.current->tempval;
  f.set_step(kGoesOn);
}

// Others run, or an image is saved, if one of that is due.
Result give_way(Runtime& rt, Frame& f) {
  Tasklet* next = tick_budget_used_up(rt) ? preempt(rt) : nullptr;
  if (!next && rt.scheduler->stress_switch) next = rt.thread.current;
  ImagePolicy* images = rt.hooks->images.get();
  const bool saves = images && image_due(*images);
  if (!next && !saves) return Value::none();
  stand(rt, f);
  if (saves) {
    save_current(rt, f);
    save_by_policy(rt, *images);
  }
  if (next) return switch_to(rt, f, *next);
  f.set_step(0);
  return Value::none();
}

}  // namespace

Result pause_now(Runtime& rt, Frame& f) {
  // The count of safepoints is elsewhere then.
  if (rt.scheduler->stress_switch) rt.scheduler->stress_ticks += std::min<i64>(rt.thread.ticks, 0);
  return call_internal(rt, f, Internal::Pause, {});
}

// f[0] the tempval of the tasklet meanwhile.
Result pause_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Tasklet* current = rt.thread.current;
  switch (f.step()) {
    case 0:
      if (rt.host && rt.host->interrupt_requested.exchange(false) && !interrupt_elsewhere(rt)) {
        set_tick_budget(rt);
        return raise_with(rt, TypeId::KeyboardInterrupt, Value::unbound());
      }
      if (signals_arrived(rt)) {
        AWAIT(3, run_signal_handlers(rt, f));
        f.set_step(0);
      }
      if (rt.heap.exhausted) {
        rt.heap.exhausted = false;
        return raise_with(rt, TypeId::MemoryError, Value::unbound());
      }
      if (!rt.heap.due.empty() && !(current->task_flags & kTaskletFinalizes)) {
        current->task_flags |= kTaskletFinalizes;
        r = call_internal(rt, f, Internal::RunFinalizers, {});
        if (r.is_raised()) current->task_flags &= ~static_cast<u32>(kTaskletFinalizes);
        f.set_step(1);
        if (!r.is_value()) return r;
      }
      [[fallthrough]];
    case 1:
      f.set_step(0);
      return give_way(rt, f);
    case kGoesOn:
      f.set_step(0);
      current->tempval = f[0];
      return Value::none();
  }
  LISLE_UNREACHABLE();
}

// iterator → its next item, after a pause.
Result next_after_pause(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, pause_now(rt, f));
      return advance(rt, f, *to<Iterator>(f[0]));
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

// See signals.h.
#include "runtime/tasks/signals.h"

#include "runtime/protocols/call.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

Value take_arrived(Runtime& rt) {
  return new_int(rt, static_cast<i64>(rt.host->arrived.exchange(0)));
}

}  // namespace

Result run_signal_handlers(Runtime& rt, Frame& f) {
  if (rt.scheduler->ring->index == 0) return call_internal(rt, f, Internal::RunSignals, {take_arrived(rt)});
  start_signal_tasklet(rt);
  return Result::none();
}

void start_signal_tasklet(Runtime& rt) {
  Value steps = Value::from(rt.internals[static_cast<size_t>(Internal::SignalTasklet)]);
  Tasklet* t = new_tasklet(rt, rt.type(TypeId::Tasklet), steps);
  const Value signals = take_arrived(rt);
  tasklet_bind(rt, *t, steps, {&signals, 1}, nullptr);
  deliver(rt, *t, Value::none());
  Ring& ring = rt.scheduler->main_ring();
  t->ring = ring.index;
  // A thread that rests would let the others run first.
  ring.times_passed_over = kLongestRest;
  ring_insert_last(rt, *t);
}

// f: the signals.
Result run_signals(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "_signal"))}));
      AWAIT(2, call_method(rt, f, r.value(), intern(rt, "_deliver"), {f[0]}));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// f: the signals. What a handler raises is raised in the main tasklet, wherever it waits.
Result signal_tasklet(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      AWAIT_CATCH(1, call_internal(rt, f, Internal::RunSignals, {f[0]}));
      if (!r.is_raised()) return Result::none();
      Tasklet& main = *rt.scheduler->main_ring().main;
      Value exception = take_raised(rt);
      wake(rt, main);
      deliver_exception(rt, main, exception);
      return Result::none();
    }
  }
  LISLE_UNREACHABLE();
}

void rearm_signals(Runtime& rt) {
  const Scheduler& s = *rt.scheduler;
  for (int signal = 1; signal <= kLastSignal; ++signal) {
    if (s.handled_signals & signal_bit(signal))
      (void)rt.host->set_signal(signal, SignalAction::kNote);
    else if (s.ignored_signals & signal_bit(signal))
      (void)rt.host->set_signal(signal, SignalAction::kIgnore);
  }
}

}  // namespace lisle::rt

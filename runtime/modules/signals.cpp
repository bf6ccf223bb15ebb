// The module _signal_core: signals and alarm clocks of the process. Handlers, and all that Python says about
// them, are in stdlib/_signal.py. A set of signals is an int, signal n its bit n - 1.
#include <signal.h>

#include <cmath>

#include "runtime/host.h"
#include "runtime/modules/arguments.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

constexpr f64 kNanoseconds = 1e9;

Result set_argument(Runtime& rt, Value v, u64& out) {
  i64 bits;
  TRY(size_argument(rt, v, 0, bits));
  out = static_cast<u64>(bits);
  return Result::none();
}

// signal, action: a number of SignalAction.
Result set_action(Runtime& rt, Frame& f) {
  int signal, number;
  TRY(int_argument(rt, f[0], 0, signal));
  TRY(int_argument(rt, f[1], 0, number));
  const auto action = static_cast<SignalAction>(number);
  if (signal < 1 || signal > kLastSignal) return raise(rt, TypeId::ValueError, "signal number out of range");
  if (int failed = rt.host->set_signal(signal, action)) return raise_os_error(rt, -failed, Value::none());
  Scheduler& s = *rt.scheduler;
  const u64 bit = signal_bit(signal);
  s.handled_signals = action == SignalAction::kNote ? s.handled_signals | bit : s.handled_signals & ~bit;
  s.ignored_signals = action == SignalAction::kIgnore ? s.ignored_signals | bit : s.ignored_signals & ~bit;
  return Result::none();
}

Result get_action(Runtime& rt, Frame& f) {
  int signal;
  TRY(int_argument(rt, f[0], 0, signal));
  SignalAction action;
  if (rt.host->signal_action(signal, action)) return Value::from_int(0);
  return Value::from_int(static_cast<int>(action));
}

f64 number_of(Value v) {
  return is_float(v) ? float_value(v) : int_to_double(v);
}

// which[, seconds, interval] → what was left of the clock, and its interval.
Result interval_timer(Runtime& rt, Frame& f) {
  int which;
  TRY(int_argument(rt, f[0], 0, which));
  i64 wanted[2], left[2];
  const bool sets = !f[1].is_unbound();
  for (int i = 0; sets && i < 2; ++i)
    wanted[i] = static_cast<i64>(std::ceil(number_of(f[static_cast<u32>(i) + 1]) * kNanoseconds));
  if (int failed = rt.host->interval_timer(which, sets ? wanted : nullptr, left))
    return raise_os_error(rt, -failed, Value::none());
  Tuple* out = new_tuple(rt, 2);
  for (u64 i = 0; i < 2; ++i) out->items[i] = new_float(rt, static_cast<f64>(left[i]) / kNanoseconds);
  return Value::from(out);
}

// how, signals → the old mask.
Result change_mask(Runtime& rt, Frame& f) {
  int how;
  u64 signals, before;
  TRY(int_argument(rt, f[0], 0, how));
  TRY(set_argument(rt, f[1], signals));
  if (int failed = rt.host->signal_mask(how, signals, before))
    return raise_os_error(rt, -failed, Value::none());
  return new_int(rt, static_cast<i64>(before));
}

Result pending(Runtime& rt, Frame&) {
  return new_int(rt, static_cast<i64>(rt.host->pending_signals()));
}

// signals, seconds (None: for ever) → the fields of siginfo; None when the time is over. The process waits.
Result wait_for_signal(Runtime& rt, Frame& f) {
  u64 signals;
  TRY(set_argument(rt, f[0], signals));
  const i64 limit = f[1].is_none() ? -1 : static_cast<i64>(number_of(f[1]) * kNanoseconds);
  SignalInfo info;
  for (;;) {
    const int failed = rt.host->wait_signal(signals, limit, info);
    if (failed == -EAGAIN) return Value::none();
    if (failed == -EINTR && limit < 0) continue;
    if (failed) return raise_os_error(rt, -failed, Value::none());
    break;
  }
  const i64 fields[] = {info.signal, info.code, info.error, info.process, info.user, info.status, info.band};
  Tuple* out = new_tuple(rt, std::size(fields));
  for (u64 i = 0; i < std::size(fields); ++i) out->items[i] = new_int(rt, fields[i]);
  return Value::from(out);
}

Result set_wakeup(Runtime& rt, Frame& f) {
  int fd;
  TRY(int_argument(rt, f[0], 0, fd));
  return Value::from_int(rt.host->wakeup_descriptor.exchange(fd));
}

Result deliver_again(Runtime& rt, Frame& f) {
  u64 signals;
  TRY(set_argument(rt, f[0], signals));
  rt.host->arrived.fetch_or(signals);
  set_ticks(rt, 0);
  return Result::none();
}

constexpr NativeSpec kFunctions[] = {
    {"set_action", set_action, "(signal, action, /)",
     "Say what a signal does: 0 as the system has it, 1 nothing, 2 KeyboardInterrupt, 3 call a handler."},
    {"get_action", get_action, "(signal, /)", "What a signal does."},
    {"interval_timer", interval_timer, "(which, seconds=None, interval=None, /)", "Set or read a clock."},
    {"change_mask", change_mask, "(how, signals, /)", "Block signals; those that were blocked."},
    {"pending", pending, "()", "The signals that have come and are blocked."},
    {"wait", wait_for_signal, "(signals, seconds, /)", "Wait for one of some signals that are blocked."},
    {"set_wakeup", set_wakeup, "(fd, /)", "Where signals write their number; the descriptor before."},
    {"again", deliver_again, "(signals, /)", "Have the handlers of some signals called."},
};

}  // namespace

extern const ModuleSpec kSignalModule{"_signal_core", "Signals of the process.", kFunctions, nullptr};

}  // namespace lisle::rt

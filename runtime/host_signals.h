// The part of the real host that deals with signals and alarm clocks; see host.h.
#pragma once
#include "runtime/host_net.h"

namespace lisle::rt {

struct SignalHost : NetHost {
  ~SignalHost() override;  // gives the signals back
  int set_signal(int signal, SignalAction action) override;
  int signal_action(int signal, SignalAction& action) override;
  int interval_timer(int which, const i64* set_ns, i64 left_ns[2]) override;
  int signal_mask(int how, u64 signals, u64& before) override;
  u64 pending_signals() override;
  int wait_signal(u64 signals, i64 nanoseconds, SignalInfo& info) override;
};

}  // namespace lisle::rt

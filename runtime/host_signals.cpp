// Signals of the machine. A handler does no more than note that the signal has come: the program's functions
// run at the next safepoint (tasks/signals.h).
#include "runtime/host_signals.h"

#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

namespace lisle::rt {
namespace {

constexpr i64 kNanoseconds = 1'000'000'000, kMicrosecond = 1000;

// Signals belong to the process, not to a Runtime, and a handler gets no argument: the one place where the
// address of a host is kept outside of it.
std::atomic<Host*> signal_owner{nullptr};

void look_at_next_safepoint(Host& host) {
  if (i64* ticks = host.ticks.load(std::memory_order_relaxed)) *static_cast<volatile i64*>(ticks) = 0;
}

void on_signal(int signal) {
  Host* host = signal_owner.load(std::memory_order_relaxed);
  if (!host) return;
  const int before = errno;
  host->arrived.fetch_or(signal_bit(signal), std::memory_order_relaxed);
  const int wakeup = host->wakeup_descriptor.load(std::memory_order_relaxed);
  const auto byte = static_cast<unsigned char>(signal);
  // A full pipe has woken its reader already.
  if (wakeup >= 0 && write(wakeup, &byte, 1) < 0) errno = before;
  look_at_next_safepoint(*host);
  errno = before;
}

void on_interrupt(int) {
  Host* host = signal_owner.load(std::memory_order_relaxed);
  if (!host) return;
  host->interrupt_requested.store(true, std::memory_order_relaxed);
  look_at_next_safepoint(*host);
}

sigset_t as_set(u64 signals) {
  sigset_t out;
  sigemptyset(&out);
  for (int signal = 1; signal <= kLastSignal; ++signal)
    if (signals & signal_bit(signal)) sigaddset(&out, signal);
  return out;
}

u64 as_bits(const sigset_t& set) {
  u64 out = 0;
  for (int signal = 1; signal <= kLastSignal; ++signal)
    if (sigismember(&set, signal) == 1) out |= signal_bit(signal);
  return out;
}

timeval as_timeval(i64 nanoseconds) {
  return {nanoseconds / kNanoseconds, nanoseconds % kNanoseconds / kMicrosecond};
}
i64 as_nanoseconds(const timeval& time) {
  return time.tv_sec * kNanoseconds + time.tv_usec * kMicrosecond;
}

}  // namespace

SignalHost::~SignalHost() {
  if (signal_owner.load() == this) install_signal_handlers(nullptr);
}

int SignalHost::set_signal(int signal, SignalAction action) {
  struct sigaction wanted {};
  sigemptyset(&wanted.sa_mask);
  switch (action) {
    case SignalAction::kDefault:
      wanted.sa_handler = SIG_DFL;
      break;
    case SignalAction::kIgnore:
      wanted.sa_handler = SIG_IGN;
      break;
    case SignalAction::kInterrupt:
      // A blocking read has to come back so that KeyboardInterrupt can be raised.
      wanted.sa_handler = on_interrupt;
      break;
    case SignalAction::kNote:
      wanted.sa_handler = on_signal;
      // Waiting for descriptors and for time comes back all the same; reads go on, as Python's do.
      wanted.sa_flags = SA_RESTART;
      break;
  }
  return sigaction(signal, &wanted, nullptr) < 0 ? -errno : 0;
}

int SignalHost::signal_action(int signal, SignalAction& action) {
  struct sigaction found {};
  if (sigaction(signal, nullptr, &found) < 0) return -errno;
  action = found.sa_handler == SIG_DFL        ? SignalAction::kDefault
           : found.sa_handler == SIG_IGN      ? SignalAction::kIgnore
           : found.sa_handler == on_interrupt ? SignalAction::kInterrupt
                                              : SignalAction::kNote;
  return 0;
}

int SignalHost::interval_timer(int which, const i64* set_ns, i64 left_ns[2]) {
  itimerval before{};
  int failed;
  if (set_ns) {
    const itimerval wanted{as_timeval(set_ns[1]), as_timeval(set_ns[0])};
    failed = setitimer(static_cast<__itimer_which>(which), &wanted, &before);
  } else {
    failed = getitimer(static_cast<__itimer_which>(which), &before);
  }
  if (failed) return -errno;
  left_ns[0] = as_nanoseconds(before.it_value);
  left_ns[1] = as_nanoseconds(before.it_interval);
  return 0;
}

int SignalHost::signal_mask(int how, u64 signals, u64& before) {
  const sigset_t wanted = as_set(signals);
  sigset_t old;
  const int failed = pthread_sigmask(how, &wanted, &old);
  before = as_bits(old);
  return -failed;
}

u64 SignalHost::pending_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigpending(&set);
  return as_bits(set);
}

int SignalHost::wait_signal(u64 signals, i64 nanoseconds, SignalInfo& out) {
  const sigset_t set = as_set(signals);
  siginfo_t info{};
  const timespec limit{nanoseconds / kNanoseconds, nanoseconds % kNanoseconds};
  const int signal = nanoseconds < 0 ? sigwaitinfo(&set, &info) : sigtimedwait(&set, &info, &limit);
  if (signal < 0) return -errno;
  out = {info.si_signo, info.si_code, info.si_errno, info.si_pid, info.si_uid, info.si_status, info.si_band};
  return 0;
}

void install_signal_handlers(Host* host) {
  Host* before = signal_owner.exchange(host);
  if (Host* any = host ? host : before) {
    (void)any->set_signal(SIGINT, host ? SignalAction::kInterrupt : SignalAction::kDefault);
    (void)any->set_signal(SIGPIPE, host ? SignalAction::kIgnore : SignalAction::kDefault);
  }
}

}  // namespace lisle::rt

// Asks for images from outside of the program: when a signal arrives, or every so many seconds. A thread of
// its own waits for both, so that no signal handler and no global state is needed; the program saves itself
// at its next safepoint.
#pragma once
#include <signal.h>

#include <atomic>
#include <string>
#include <thread>

#include "runtime/host.h"

namespace lisle::rt {

class SaveWatch {
 public:
  explicit SaveWatch(Host& host) : host_(host) {}
  ~SaveWatch();
  SaveWatch(const SaveWatch&) = delete;
  SaveWatch& operator=(const SaveWatch&) = delete;

  // `when`: SIGTERM, SIGUSR1 and every=SECONDS, any of them with commas between. Empty, or what is wrong with
  // it. To be called before the process has other threads, because the signals are blocked in all that come
  // after.
  std::string start(const std::string& when);

  // In a child process, which nobody watches: signals end it as they do others.
  void leave_child() const;

  // Is an image asked for?
  bool asked() const { return asked_.load(std::memory_order_relaxed) != kNothing; }
  // Answers: the signal that asked, which ends the program if it is SIGTERM; 0 for the clock.
  int take() { return asked_.exchange(kNothing); }

 private:
  static constexpr int kNothing = -1;
  void wait();
  void disturb() const;

  Host& host_;
  sigset_t signals_;
  pthread_t watched_{};  // the thread that runs the program
  i64 period_ = 0;       // nanoseconds, 0: no clock
  std::atomic<int> asked_{kNothing};
  std::atomic<bool> ends_{false};
  std::thread thread_;
};

}  // namespace lisle::rt

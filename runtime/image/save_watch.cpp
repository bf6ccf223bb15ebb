// See save_watch.h.
#include "runtime/image/save_watch.h"

#include <pthread.h>

#include <cmath>
#include <cstdlib>
#include <string_view>

namespace lisle::rt {

namespace {

// How long the thread waits at most before it looks whether an image is due, or still asked for.
constexpr i64 kPatience = 10'000'000;
constexpr f64 kNanoseconds = 1e9;
constexpr f64 kLongest = 1e9;  // seconds

// A signal that means nothing to anybody else.
int disturbance() {
  return SIGRTMAX - 1;
}

bool read_period(const std::string& text, i64& out) {
  char* end;
  const f64 seconds = std::strtod(text.c_str(), &end);
  if (text.empty() || *end || !(seconds > 0) || seconds > kLongest) return false;
  out = static_cast<i64>(seconds * kNanoseconds);
  return true;
}

}  // namespace

std::string SaveWatch::start(const std::string& when) {
  sigemptyset(&signals_);
  for (size_t from = 0; from <= when.size();) {
    const size_t comma = std::min(when.find(',', from), when.size());
    const std::string word = when.substr(from, comma - from);
    from = comma + 1;
    constexpr std::string_view kEvery = "every=";
    if (word == "SIGTERM")
      sigaddset(&signals_, SIGTERM);
    else if (word == "SIGUSR1")
      sigaddset(&signals_, SIGUSR1);
    else if (!word.starts_with(kEvery) || !read_period(word.substr(kEvery.size()), period_))
      return "not a time to save at: '" + word + "' (SIGTERM, SIGUSR1 or every=SECONDS)";
  }
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  watched_ = pthread_self();
  // It ends poll() also where it restarts whatever else is interrupted.
  struct sigaction quiet = {};
  quiet.sa_handler = [](int) {};
  quiet.sa_flags = SA_RESTART;
  sigaction(disturbance(), &quiet, nullptr);
  thread_ = std::thread([this] { wait(); });
  return "";
}

SaveWatch::~SaveWatch() {
  ends_ = true;
  if (thread_.joinable()) thread_.join();
}

void SaveWatch::leave_child() const {
  pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
}

// Ends the sleep of a program all of whose tasklets wait.
void SaveWatch::disturb() const {
  pthread_kill(watched_, disturbance());
}

void SaveWatch::wait() {
  const timespec patience{0, kPatience};
  i64 due = period_ ? host_.now_ns(Clock::kMonotonic) + period_ : 0;
  while (!ends_) {
    const int signal = sigtimedwait(&signals_, nullptr, &patience);
    if (signal > 0) asked_ = signal;
    if (due && host_.now_ns(Clock::kMonotonic) >= due) {
      int nothing = kNothing;
      asked_.compare_exchange_strong(nothing, 0);
      due = host_.now_ns(Clock::kMonotonic) + period_;
    }
    // The running thread may be writing its count back just now, so it is told again until it has answered.
    i64* ticks = host_.ticks.load(std::memory_order_relaxed);
    if (!asked() || !ticks) continue;
    __atomic_store_n(ticks, 0, __ATOMIC_RELAXED);
    disturb();
  }
}

}  // namespace lisle::rt

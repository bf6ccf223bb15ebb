// Waiting for descriptors: a tasklet that has to wait for one is parked until the host says that it is ready,
// and the others run meanwhile.
#pragma once
#include "runtime/tasks/timers.h"

namespace lisle::rt {

// A tasklet that waits for one of several descriptors.
struct Readiness : Object {
  static constexpr Kind kKind = Kind::Readiness;
  Tasklet* tasklet;
  Raw* interests;  // FileInterest rows
  u64 count;

  size_t byte_size() const { return sizeof(Readiness); }
  template <class V>
  void visit(V&& v) {
    v(tasklet);
    v(interests);
  }
};

// The deadline that a timeout argument means: an int of nanoseconds on the monotonic clock, None for a
// timeout of None. Raises TypeError and ValueError for what is no timeout.
Result deadline_of(Runtime& rt, Value seconds);
inline bool is_zero_timeout(Value seconds) {
  return seconds.is_int() ? seconds.as_int() == 0 : seconds.is_double() && seconds.as_double() == 0.0;
}

// Waits until `fd` is ready for one of the events `wanted`, as of poll(2): True, or False when the deadline
// came first.
Result wait_for_file(Runtime& rt, Frame& f, int fd, short wanted, Value deadline);
// The same for the rows of `interests` (a Bytes of FileInterest): how many are ready. The rows say which.
Result wait_for_files(Runtime& rt, Frame& f, Value interests, Value deadline);

// --- for the scheduler

// `r` is not waited for any more.
void readiness_forget(Runtime& rt, Readiness& r);
// Asks the host about everything that is waited for, and wakes whose descriptors are ready. Waits until there
// is something, or until `when` (monotonic nanoseconds). False when a signal came first.
bool look_for_ready_files(Runtime& rt, i64 when);

}  // namespace lisle::rt

#include "runtime/tasks/readiness.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>

#include "runtime/host.h"
#include "runtime/protocols/call.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace lisle::rt {

namespace {

constexpr f64 kNanosecondsPerSecond = 1e9;

i64 nanoseconds_of(Value deadline) {
  i64 when;
  return deadline.is_none() || !int_to_i64(deadline, when) ? kNoDeadline : when;
}

FileInterest* rows_of(Value interests) {
  return reinterpret_cast<FileInterest*>(to<Bytes>(interests)->data);
}
u64 count_of(Value interests) {
  return to<Bytes>(interests)->length / sizeof(FileInterest);
}

// How many rows are ready at once.
int look(Runtime& rt, Value interests) {
  return rt.host->poll(rows_of(interests), count_of(interests), 0);
}

// Parks the current tasklet until one of the descriptors is ready or the deadline has come.
Result park(Runtime& rt, Frame& f, Value interests, i64 deadline) {
  Scheduler& s = *rt.scheduler;
  Tasklet& current = *rt.thread.current;
  u64 bytes = to<Bytes>(interests)->length;
  Raw* rows = new_raw(rt, bytes);
  std::memcpy(rows->bytes, to<Bytes>(interests)->data, bytes);
  auto* readiness = rt.heap.allocate<Readiness>(0);
  readiness->tasklet = &current;
  readiness->interests = rows;
  readiness->count = count_of(interests);
  s.awaited.push_back(readiness);
  Result blocked = block_current(rt, *readiness, deadline);
  if (blocked.is_raised()) {
    s.awaited.pop_back();
    return blocked;
  }
  rt.heap.wrote(&current);
  count_expected(rt, current, 1);
  limit_wait(rt, current, deadline, Expiry::kWake, Value::none());
  ask_for_slices(rt);
  deliver(rt, current, Value::none());
  return switch_to(rt, f, *leave_ring(rt));
}

// Where tasklets cannot be switched, everything waits.
Result wait_in_place(Runtime& rt, Value interests, i64 deadline) {
  for (;;) {
    i64 left = deadline == kNoDeadline ? -1 : deadline - rt.host->now_ns(Clock::kMonotonic);
    if (deadline != kNoDeadline && left < 0) left = 0;
    int ready = rt.host->poll(rows_of(interests), count_of(interests), left);
    if (ready >= 0) return Value::from_int(ready);
    if (ready != -EINTR) return raise_os_error(rt, -ready, Value::none());
    if (rt.host->interrupt_requested.exchange(false)) {
      return raise_value(rt, Value::from(new_exception(rt, TypeId::KeyboardInterrupt, Value::unbound())));
    }
  }
}

}  // namespace

Result deadline_of(Runtime& rt, Value seconds) {
  if (seconds.is_none() || seconds.is_unbound()) return Result::none();
  if (!is_float(seconds) && !is_int_like(seconds)) {
    return raise(rt, TypeId::TypeError, "'%.200s' object cannot be interpreted as an integer",
                 type_name(rt, seconds));
  }
  f64 duration = is_float(seconds) ? float_value(seconds) : int_to_double(seconds);
  if (std::isnan(duration)) return raise(rt, TypeId::ValueError, "Invalid value NaN (not a number)");
  if (duration > 9e9) return Result::none();
  i64 nanoseconds = duration <= 0 ? 0 : static_cast<i64>(std::ceil(duration * kNanosecondsPerSecond));
  return new_int(rt, deadline_after(rt, nanoseconds));
}

// interests, deadline → how many are ready.
Result wait_for_files_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (;;) {
        {
          int ready = look(rt, f[0]);
          if (ready > 0) return Value::from_int(ready);
          if (ready < 0 && ready != -EINTR) return raise_os_error(rt, -ready, Value::none());
        }
        if (rt.host->now_ns(Clock::kMonotonic) >= nanoseconds_of(f[1])) return Value::from_int(0);
        if (check_may_switch(rt).is_raised()) {
          (void)take_raised(rt);
          return wait_in_place(rt, f[0], nanoseconds_of(f[1]));
        }
        AWAIT(1, park(rt, f, f[0], nanoseconds_of(f[1])));
      }
  }
  LISLE_UNREACHABLE();
}

Result wait_for_files(Runtime& rt, Frame& f, Value interests, Value deadline) {
  return call_internal(rt, f, Internal::WaitForFiles, {interests, deadline});
}

// fd, wanted, deadline → a bool.
Result wait_for_file_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      FileInterest row{static_cast<int>(f[0].as_int()), static_cast<short>(f[1].as_int()), 0};
      f[0] = Value::from(new_bytes(rt, {reinterpret_cast<char*>(&row), sizeof row}));
    }
      AWAIT(1, wait_for_files(rt, f, f[0], f[2]));
      return Result::boolean(r.value().as_int() > 0);
  }
  LISLE_UNREACHABLE();
}

Result wait_for_file(Runtime& rt, Frame& f, int fd, short wanted, Value deadline) {
  return call_internal(rt, f, Internal::WaitForFile,
                       {Value::from_int(fd), Value::from_int(wanted), deadline});
}

void readiness_forget(Runtime& rt, Readiness& r) {
  auto& awaited = rt.scheduler->awaited;
  auto own = std::find(awaited.begin(), awaited.end(), &r);
  if (own == awaited.end()) return;
  awaited.erase(own);
  count_expected(rt, *r.tasklet, -1);
  if (r.tasklet->waits_on == &r) r.tasklet->waits_on = nullptr;
}

bool look_for_ready_files(Runtime& rt, i64 when) {
  Scheduler& s = *rt.scheduler;
  std::vector<FileInterest> all;
  for (Readiness* r : s.awaited) {
    auto* rows = reinterpret_cast<FileInterest*>(r->interests->bytes);
    all.insert(all.end(), rows, rows + r->count);
  }
  i64 left = when == kNoDeadline ? -1 : std::max<i64>(when - rt.host->now_ns(Clock::kMonotonic), 0);
  int ready = rt.host->poll(all.data(), all.size(), left);
  if (ready <= 0) return ready != -EINTR;
  std::vector<Tasklet*> woken;
  size_t at = 0;
  for (Readiness* r : s.awaited) {
    bool found = false;
    for (u64 i = 0; i < r->count; ++i) found |= all[at++].found != 0;
    if (found) woken.push_back(r->tasklet);
  }
  for (Tasklet* t : woken) {
    if (!ring_of(rt, *t)) continue;
    wake(rt, *t);
    deliver(rt, *t, Value::none());
  }
  return true;
}

}  // namespace lisle::rt

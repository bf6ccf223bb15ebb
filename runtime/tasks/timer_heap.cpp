// See timer_heap.h.
#include "runtime/tasks/timer_heap.h"

#include <algorithm>

#include "runtime/tasks/timers.h"

namespace lisle::rt {

namespace {

constexpr size_t kFanOut = 4;
// With few of them it does not matter who stays.
constexpr size_t kFewCancelled = 64;
// Who comes up to one of these places is going to fire soon: its timer, and then its tasklet, are fetched.
constexpr size_t kSoon = 21;
constexpr size_t kNext = 5;
// Is every one of so many at the top of the heap due, then it may be worth while to look at all.
constexpr size_t kManyDue = 5461;

}  // namespace

// Is the one at `a` earlier than `timer`, which is due `when`?
bool TimerHeap::earlier(size_t a, i64 when, const Timer& timer) const {
  return times_[a] != when ? times_[a] < when : timers_[a]->age < timer.age;
}

void TimerHeap::put(size_t place, i64 when, Timer* timer) {
  times_[place] = when;
  timers_[place] = timer;
}

// Moves a timer from the free `place` towards the root.
void TimerHeap::sift_up(size_t place, i64 when, Timer* timer) {
  while (place) {
    size_t parent = (place - 1) / kFanOut;
    if (earlier(parent, when, *timer)) break;
    put(place, times_[parent], timers_[parent]);
    place = parent;
  }
  put(place, when, timer);
}

// Moves a timer from the free `place` away from the root.
void TimerHeap::sift_down(size_t place, i64 when, Timer* timer) {
  const size_t count = timers_.size();
  for (;;) {
    size_t first = place * kFanOut + 1;
    if (first >= count) break;
    size_t best = first;
    const size_t end = std::min(first + kFanOut, count);
    for (size_t child = first + 1; child < end; ++child)
      if (earlier(child, times_[best], *timers_[best])) best = child;
    if (!earlier(best, when, *timer)) break;
    put(place, times_[best], timers_[best]);
    if (place < kNext)
      __builtin_prefetch(timers_[place]->tasklet);
    else if (place < kSoon)
      __builtin_prefetch(timers_[place]);
    place = best;
  }
  put(place, when, timer);
}

void TimerHeap::push(Timer& timer) {
  timers_.push_back(&timer);
  times_.push_back(timer.when);
  sift_up(timers_.size() - 1, timer.when, &timer);
}

void TimerHeap::pop() {
  remove_first();
  drop_cancelled();
}

void TimerHeap::note_cancelled() {
  ++cancelled_;
  if (cancelled_ > kFewCancelled && cancelled_ * 2 > timers_.size() + due_.size()) return forget_cancelled();
  drop_cancelled();
}

void TimerHeap::remove_first() {
  if (due_comes_first()) {
    due_.pop_back();
    const size_t left = due_.size();
    if (left == 0) due_.shrink_to_fit();
    if (left > kSoon) __builtin_prefetch(due_[left - kSoon].timer);
    if (left > kNext) __builtin_prefetch(due_[left - kNext].timer->tasklet);
    return;
  }
  Timer* last = timers_.back();
  i64 when = times_.back();
  timers_.pop_back();
  times_.pop_back();
  if (!timers_.empty()) sift_down(0, when, last);
}

// Lets go of those that have come up.
void TimerHeap::drop_cancelled() {
  for (; cancelled_ && !first().set; --cancelled_) remove_first();
}

void TimerHeap::forget_cancelled() {
  if (cancelled_ == 0) return;
  size_t kept = 0;
  for (size_t i = 0; i < timers_.size(); ++i)
    if (timers_[i]->set) put(kept++, times_[i], timers_[i]);
  timers_.resize(kept);
  times_.resize(kept);
  std::erase_if(due_, [](const Due& due) { return !due.timer->set; });
  cancelled_ = 0;
  make_heap();
}

void TimerHeap::put_back_due() {
  if (due_.empty()) return;
  for (const Due& due : due_) {
    timers_.push_back(due.timer);
    times_.push_back(due.when);
  }
  due_.clear();
  make_heap();
}

void TimerHeap::make_heap() {
  const size_t count = timers_.size();
  if (count < 2) return;
  for (size_t place = (count - 2) / kFanOut + 1; place-- > 0;)
    sift_down(place, times_[place], timers_[place]);
}

void TimerHeap::prepare(i64 now) {
  const size_t count = timers_.size();
  if (count < kManyDue || !due_.empty()) return;
  for (size_t i = 0; i < kManyDue; ++i)
    if (times_[i] > now) return;
  const auto all_due = static_cast<size_t>(
      std::count_if(times_.begin(), times_.end(), [now](i64 when) { return when <= now; }));
  if (all_due * 4 < count) return;
  due_.reserve(all_due);
  size_t kept = 0;
  for (size_t i = 0; i < count; ++i) {
    if (times_[i] <= now)
      due_.push_back({times_[i], timers_[i]});
    else
      put(kept++, times_[i], timers_[i]);
  }
  timers_.resize(kept);
  times_.resize(kept);
  std::sort(due_.begin(), due_.end(), [](const Due& a, const Due& b) {
    return a.when != b.when ? a.when > b.when : a.timer->age > b.timer->age;
  });
  make_heap();
}

}  // namespace lisle::rt

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
  if (cancelled_ > kFewCancelled && cancelled_ * 2 > timers_.size()) return forget_cancelled();
  drop_cancelled();
}

void TimerHeap::remove_first() {
  Timer* last = timers_.back();
  i64 when = times_.back();
  timers_.pop_back();
  times_.pop_back();
  if (!timers_.empty()) sift_down(0, when, last);
}

// Lets go of those that have come up.
void TimerHeap::drop_cancelled() {
  for (; cancelled_ && !timers_.front()->set; --cancelled_) remove_first();
}

void TimerHeap::forget_cancelled() {
  if (cancelled_ == 0) return;
  size_t kept = 0;
  for (size_t i = 0; i < timers_.size(); ++i)
    if (timers_[i]->set) put(kept++, times_[i], timers_[i]);
  timers_.resize(kept);
  times_.resize(kept);
  cancelled_ = 0;
  if (kept < 2) return;
  for (size_t place = (kept - 2) / kFanOut + 1; place-- > 0;) sift_down(place, times_[place], timers_[place]);
}

}  // namespace lisle::rt

// The timers that are set, the earliest first: a heap of four children a node.
//
// The times lie beside the timers, so that moving through the heap touches none of the timers, each of which
// would be a cache miss when there are a million. For the same reason a timer does not know its place: one
// that is cancelled stays until it comes up, or until half of them are such. The first is never one of those.
//
// Where many are due at once, they are sorted beside the heap: that costs less than taking them out one by
// one.
#pragma once
#include <vector>

#include "runtime/support/base.h"

namespace lisle::rt {

struct Timer;

class TimerHeap {
 public:
  bool empty() const { return timers_.empty() && due_.empty(); }
  // Of heaps that are not empty.
  i64 first_time() const { return due_comes_first() ? due_.back().when : times_.front(); }
  Timer& first() const { return due_comes_first() ? *due_.back().timer : *timers_.front(); }

  // `timer` has its time and is set.
  void push(Timer& timer);
  void pop();
  // Those whose time has come at `now` are going to be popped.
  void prepare(i64 now);
  // One that lies here is not set any more.
  void note_cancelled();

  template <class V>
  void visit(V&& v) {
    forget_cancelled();
    for (Timer*& timer : timers_) v(timer);
    for (Due& due : due_) v(due.timer);
  }
  // Shows the fields to an archive, see image/archive.h.
  template <class A>
  void describe(A& a) {
    forget_cancelled();
    put_back_due();
    a.list(timers_);
    a.list(times_);
    if constexpr (A::kReads) {
      if (timers_.size() != times_.size()) a.fail();
    }
  }

 private:
  struct Due {
    i64 when;
    Timer* timer;
  };

  bool due_comes_first() const {
    return !due_.empty() && (timers_.empty() || !earlier(0, due_.back().when, *due_.back().timer));
  }
  bool earlier(size_t a, i64 when, const Timer& timer) const;
  void put(size_t place, i64 when, Timer* timer);
  void sift_up(size_t place, i64 when, Timer* timer);
  void sift_down(size_t place, i64 when, Timer* timer);
  void remove_first();
  void drop_cancelled();
  void forget_cancelled();
  void put_back_due();
  void make_heap();

  std::vector<Timer*> timers_;
  std::vector<i64> times_;
  std::vector<Due> due_;  // the latest first
  size_t cancelled_ = 0;  // how many of them are not set any more
};

}  // namespace lisle::rt

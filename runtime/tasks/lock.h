// _thread.lock and _thread.RLock: who waits for one is parked, and gets it in the order of coming. A lock is
// handed over: between release() and the wake-up of the one who waited nobody else can take it.
#pragma once
#include "runtime/tasks/scheduler.h"

namespace lisle::rt {

struct Lock : Object {
  static constexpr Kind kKind = Kind::Lock;
  Tasklet* owner;  // who took it; null when it is free
  Tasklet* first;  // queue of blocked tasklets, linked like that of a channel
  Tasklet* last;
  u64 count;       // how often the owner took an RLock
  bool recursive;  // it is an RLock

  size_t byte_size() const { return sizeof(Lock); }
  template <class V>
  void visit(V&& v) {
    v(owner);
    v(first);
    v(last);
  }
};

// Gives the lock to whoever waits for it next, or frees it.
void lock_free(Runtime& rt, Lock& lock);
// Puts a tasklet that is in no queue behind those that wait for the lock.
void lock_append(Runtime& rt, Lock& lock, Tasklet& t);
// Native frame `f` waits until whoever has the lock frees it; the lock is the current tasklet's then.
Result lock_wait(Runtime& rt, Frame& f, Lock& lock);
// `t`, which waits for the lock, does so no longer.
void lock_forget(Runtime& rt, Lock& lock, Tasklet& t);

}  // namespace lisle::rt

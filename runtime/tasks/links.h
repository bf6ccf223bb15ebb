// The links of rings and of channel queues, which the general way of scheduling and the machine's own quick
// one share. Nothing here decides who runs.
#pragma once
#include "runtime/tasks/scheduler.h"

namespace lisle::rt {

inline void link_before(Runtime& rt, Ring& ring, Tasklet& t, Tasklet& at) {
  t.next = &at;
  t.prev = at.prev;
  at.prev->next = &t;
  rt.heap.wrote(at.prev);
  at.prev = &t;
  rt.heap.wrote(&at);
  rt.heap.wrote(&t);
  ++ring.run_count;
}

// Takes out a tasklet that is not alone in its ring.
inline void unlink(Runtime& rt, Ring& ring, Tasklet& t) {
  --ring.run_count;
  t.prev->next = t.next;
  t.next->prev = t.prev;
  rt.heap.wrote(t.prev);
  rt.heap.wrote(t.next);
  // Where the ring goes on if the current tasklet leaves it.
  ring.head = t.next;
  t.next = t.prev = nullptr;
  rt.heap.wrote(&t);
}

// What `t` waits on is left to the caller.
inline void queue_remove(Runtime& rt, Channel& c, Tasklet& t) {
  if (t.prev) {
    t.prev->next = t.next;
    rt.heap.wrote(t.prev);
  } else {
    c.first = t.next;
  }
  if (t.next) {
    t.next->prev = t.prev;
    rt.heap.wrote(t.next);
  } else {
    c.last = t.prev;
  }
  c.balance -= t.task_flags & kTaskletSending ? 1 : -1;
  t.task_flags &= ~static_cast<u32>(kTaskletSending | kTaskletReceiving | kTaskletIterates);
  t.next = t.prev = nullptr;
  rt.heap.wrote(&c);
  rt.heap.wrote(&t);
}

inline void queue_append(Runtime& rt, Channel& c, Tasklet& t, bool sending) {
  t.prev = c.last;
  t.next = nullptr;
  if (c.last) {
    c.last->next = &t;
    rt.heap.wrote(c.last);
  } else {
    c.first = &t;
  }
  c.last = &t;
  c.balance += sending ? 1 : -1;
  t.task_flags |= sending ? kTaskletSending : kTaskletReceiving;
  t.waits_on = &c;
  rt.heap.wrote(&c);
  rt.heap.wrote(&t);
}

}  // namespace lisle::rt

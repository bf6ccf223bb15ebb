// The threads of a program: rings that take turns. See scheduler.h.
#include <algorithm>

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/image/image_policy.h"
#include "runtime/tasks/census.h"
#include "runtime/tasks/lock.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/signals.h"
#include "runtime/tasks/timers.h"
#include "runtime/types/exception.h"

namespace lisle::rt {

Ring* new_ring(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  s.rings.push_back(std::make_unique<Ring>());
  Ring* ring = s.rings.back().get();
  ring->index = static_cast<u32>(s.rings.size() - 1);
  ring->pickle_flags = s.pickle_flags;
  ++s.ring_count;
  return ring;
}

Ring* ring_of(Runtime& rt, const Tasklet& t) {
  Scheduler& s = *rt.scheduler;
  if (LISLE_LIKELY(t.ring == s.ring->index)) return s.ring->ended ? nullptr : s.ring;
  Ring* ring = s.rings[t.ring].get();
  return ring && !ring->ended ? ring : nullptr;
}

Ring* ring_of_ident(Runtime& rt, i64 ident) {
  Scheduler& s = *rt.scheduler;
  if (ident < 1 || ident > static_cast<i64>(s.rings.size())) return nullptr;
  Ring* ring = s.rings[static_cast<size_t>(ident - 1)].get();
  return ring && !ring->ended ? ring : nullptr;
}

Tasklet* current_of(Runtime& rt, Ring& ring) {
  if (&ring == rt.scheduler->ring) return rt.thread.current;
  return ring.current ? ring.current : ring.main;
}

void ring_is_ready(Runtime& rt, Ring& ring) {
  Scheduler& s = *rt.scheduler;
  if (&ring == s.ring || ring.queued) return;
  ring.queued = true;
  s.ready.push_back(&ring);
}

bool rests(const Ring& ring) {
  if (!ring.main->waits_on || ring.times_passed_over >= kLongestRest) return false;
  Object* awaited = awaited_by(*ring.main);
  return awaited && awaited->kind == Kind::Lock;
}

namespace {

// The tasklet that the next ready thread goes on with; threads that rest stay where they are.
Tasklet* take_ready(Scheduler& s, bool resting) {
  if (s.random && s.ready.size() > 1)
    std::rotate(s.ready.begin(), s.ready.begin() + static_cast<i64>(draw(s, s.ready.size())), s.ready.end());
  for (size_t tries = s.ready.size(); tries; --tries) {
    Ring* ring = s.ready.front();
    s.ready.pop_front();
    if (ring->head && rests(*ring) != resting) {
      ++ring->times_passed_over;
      s.ready.push_back(ring);
      continue;
    }
    ring->queued = false;
    if (ring->current && ring->current->in_ring()) return ring->current;
    if (ring->head) return ring->head;
  }
  return nullptr;
}

// The program's main thread raises KeyboardInterrupt where it stands, or where its main tasklet waits.
void interrupt_main(Runtime& rt) {
  Ring& ring = rt.scheduler->main_ring();
  Tasklet* victim = ring.current ? ring.current : ring.main;
  wake(rt, *victim);
  deliver_exception(rt, *victim, Value::from(new_exception(rt, TypeId::KeyboardInterrupt, Value::unbound())));
}

}  // namespace

Tasklet* next_thread(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  for (;;) {
    bool here = s.ring->head;
    if (here && !rests(*s.ring)) return s.ring->head;
    if (Tasklet* t = take_ready(s, false)) return t;
    if (here) return s.ring->head;
    if (Tasklet* t = take_ready(s, true)) return t;
    if (s.timers.empty() && s.awaited.empty()) return nullptr;
    if (rt.hooks->images) save_from_sleep(rt);
    if (s.ring->head) continue;
    const bool woken = !signals_arrived(rt) && sleep_for_events(rt);
    if (!woken && rt.host->interrupt_requested.exchange(false)) interrupt_main(rt);
    if (!woken && signals_arrived(rt)) start_signal_tasklet(rt);
  }
}

bool interrupt_elsewhere(Runtime& rt) {
  if (rt.scheduler->ring->index == 0) return false;
  interrupt_main(rt);
  return true;
}

bool others_may_run(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  return !s.ready.empty() || !s.timers.empty() || !s.awaited.empty();
}

Tasklet* rotate_threads(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  if (s.ready.empty() || !may_interrupt(rt)) return nullptr;
  Tasklet* next = take_ready(s, false);
  if (!next) return nullptr;
  s.ring->queued = true;
  s.ready.push_back(s.ring);
  return next;
}

void change_ring(Runtime& rt, Tasklet& next) {
  Scheduler& s = *rt.scheduler;
  Ring* left = s.ring;
  settle_ticks(rt);
  Tasklet* current = rt.thread.current;
  left->current = current->in_ring() && current->ring == left->index ? current : nullptr;
  s.ring = s.rings[next.ring].get();
  s.ring->current = nullptr;
  if (left->ended)
    s.rings[left->index].reset();
  else if (left->head)
    ring_is_ready(rt, *left);
  load_ticks(rt);
  // Under a seed each turn of a thread is as long as is drawn for it.
  if (s.random) renew_slice(rt);
}

namespace {

// Takes every tasklet out of the ring of a thread that ends; they are dead from now on.
void drop_tasklets(Runtime& rt, Ring& ring) {
  while (Tasklet* t = ring.head) {
    ring_remove(rt, *t);
    release_frames(rt, *t);
  }
}

}  // namespace

Tasklet* end_ring(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  Ring& ring = *s.ring;
  drop_tasklets(rt, ring);
  ring.ended = true;
  --s.ring_count;
  if (ring.sentinel) lock_free(rt, *ring.sentinel);
  if (Tasklet* next = next_thread(rt)) return next;
  if (Tasklet* next = end_foreign_run(rt)) return next;
  // Every other thread waits for somebody who will not come; the program's main tasklet is told.
  Tasklet* main = s.main_ring().main;
  wake(rt, *main);
  (void)raise_deadlock(rt, kDeadlockText);
  deliver_exception(rt, *main, take_raised(rt));
  return take_ready(s, false);
}

}  // namespace lisle::rt

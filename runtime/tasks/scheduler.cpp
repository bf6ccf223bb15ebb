// The ring, switching, and what happens when a tasklet ends. See scheduler.h.
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/tracing.h"

#include <algorithm>

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/image/frames.h"
#include "runtime/protocols/stack.h"
#include "runtime/tasks/bomb.h"
#include "runtime/tasks/census.h"
#include "runtime/tasks/links.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/tasks/timers.h"
#include "runtime/types/exception.h"
#include "runtime/types/instance.h"

namespace lisle::rt {

namespace {

// Where a tasklet is made, for reports.
void note_making(Runtime& rt, Tasklet& t) {
  Details& details = details_of(rt, t);
  TaskPlace place = task_place(rt, *rt.thread.current);
  details.made_in = const_cast<Code*>(place.code);
  details.made_at = place.line;
  rt.heap.wrote(&details);
}

// The running tasklet is left for `next`.
void note_turn(Runtime& rt, Tasklet& next) {
  Scheduler& s = *rt.scheduler;
  i64 now = rt.host->now_ns(Clock::kMonotonic);
  if (Details* left = rt.thread.current->details) {
    left->run_time += now - s.turn_began;
    left->since = now;
  }
  if (next.details) ++next.details->turns;
  s.turn_began = now;
}

}  // namespace

Tasklet* new_tasklet(Runtime& rt, Type* type, Value callable) {
  auto* t = new_instance_of<Tasklet>(rt, type);
  t->tempval = callable;
  t->handled = Value::none();
  t->ring = rt.scheduler->ring->index;
  rt.scheduler->tasklets.add(t);
  // It shares the context of who made it, where that is not the thread's.
  Details* maker = rt.thread.current ? rt.thread.current->details : nullptr;
  if (LISLE_UNLIKELY(maker && !maker->context.is_none())) details_of(rt, *t).context = maker->context;
  if (LISLE_UNLIKELY(rt.scheduler->measures)) note_making(rt, *t);
  return t;
}

namespace {

constexpr u32 kEndRegisters = 2;

// Registers the entry function needs, so that the first segment is no larger than that.
u64 entry_words(Value callable, u32 args, bool by_name) {
  if (auto* method = as<BoundMethod>(callable)) {
    callable = method->function;
    ++args;
  }
  // Room for EndTasklet too, which runs where the entry function was.
  u64 words = kHeaderWords + std::max(args, kEndRegisters) + kWindowSlack;
  if (auto* function = as<Function>(callable)) {
    // What is not simply in place is moved about while it is bound.
    u64 moved = by_name || args != function->code->simple_args ? args : 0;
    words = std::max<u64>(words, function->code->frame_bytes / sizeof(Value) + moved);
  }
  if (auto* native = as<Native>(callable))
    words = std::max<u64>(words, kHeaderWords + native->aux + kWindowSlack);
  return words;
}

}  // namespace

void tasklet_bind(Runtime& rt, Tasklet& t, Value callable, std::span<const Value> args, Dict* kwargs) {
  u32 nargs = static_cast<u32>(args.size());
  u32 nkw = kwargs ? static_cast<u32>(kwargs->used) : 0;
  u64 words = entry_words(callable, nargs + nkw, nkw != 0);
  Tuple* names = nkw ? new_tuple(rt, nkw) : nullptr;
  Segment* segment = new_segment(rt, words);
  auto* w = reinterpret_cast<Frame*>(segment->memory);
  w->fn = callable;
  std::copy(args.begin(), args.end(), w->r);
  if (nkw) {
    u64 position = 0, i = 0;
    Value key, value;
    while (dict_next(*kwargs, position, key, value)) {
      names->items[i] = key;
      w->r[nargs + i++] = value;
    }
  }
  w->set_window(nargs, names ? Value::from(names) : Value());
  w->ret = rt.thread.tasklet_end;
  w->prev = nullptr;
  t.segment = segment;
  t.top = w;
  t.task_flags &=
      ~static_cast<u32>(kTaskletStarted | kTaskletRaise | kTaskletSendsException | kTaskletFinalizes);
  rt.heap.wrote(&t);
}

namespace {

// The first tasklet of a ring that was empty.
void begin_ring(Runtime& rt, Ring& ring, Tasklet& t) {
  t.next = t.prev = &t;
  rt.heap.wrote(&t);
  ring.head = &t;
  ++ring.run_count;
  ring_is_ready(rt, ring);
}

// The tasklet before whose successor others are inserted: the one that runs in `ring`, or was interrupted
// there. Null when it has left the ring: the others keep their order then.
Tasklet* position_in(Runtime& rt, Ring& ring) {
  Tasklet* current = &ring == rt.scheduler->ring ? rt.thread.current : ring.current;
  return current && current->in_ring() && current->ring == ring.index ? current : nullptr;
}

// Before whom `t` goes that has become runnable while `current` runs: behind those of its priority or a
// higher one. Whoever runs with a lower one gives way soon.
Tasklet& place_by_priority(Runtime& rt, Ring& ring, const Tasklet& t, Tasklet& current) {
  i32 priority = priority_of(t);
  if (priority <= 0) return current;
  if (&ring == rt.scheduler->ring && priority > priority_of(current)) end_slice(rt);
  Tasklet* at = current.next;
  while (at != &current && priority_of(*at) >= priority) at = at->next;
  return *at;
}

}  // namespace

void ring_insert_last(Runtime& rt, Tasklet& t) {
  Ring& ring = *rt.scheduler->rings[t.ring];
  Tasklet* at = position_in(rt, ring);
  if (LISLE_UNLIKELY(t.task_flags & kTaskletPrioritized && at)) at = &place_by_priority(rt, ring, t, *at);
  if (!at) at = ring.head;
  at ? link_before(rt, ring, t, *at) : begin_ring(rt, ring, t);
}

void ring_insert_next(Runtime& rt, Tasklet& t) {
  Ring& ring = *rt.scheduler->rings[t.ring];
  Tasklet* current = position_in(rt, ring);
  if (!current) return ring_insert_last(rt, t);
  link_before(rt, ring, t, *current->next);
}

void ring_remove(Runtime& rt, Tasklet& t) {
  Ring& ring = *rt.scheduler->rings[t.ring];
  if (t.next != &t) return unlink(rt, ring, t);
  --ring.run_count;
  ring.head = nullptr;
  t.next = t.prev = nullptr;
  rt.heap.wrote(&t);
}

void channel_remove(Runtime& rt, Channel& c, Tasklet& t) {
  queue_remove(rt, c, t);
  if (LISLE_UNLIKELY(t.waits_on != &c)) timer_cancel(rt, *static_cast<Timer*>(t.waits_on));
  t.waits_on = nullptr;
}

void channel_append(Runtime& rt, Channel& c, Tasklet& t, bool sending) {
  queue_append(rt, c, t, sending);
}

void deliver(Runtime& rt, Tasklet& t, Value v) {
  if (auto* bomb = as<Bomb>(v)) return deliver_exception(rt, t, bomb->exception);
  t.tempval = v;
  t.task_flags &= ~static_cast<u32>(kTaskletRaise);
  rt.heap.wrote(&t);
}

void deliver_exception(Runtime& rt, Tasklet& t, Value exception) {
  t.tempval = exception;
  t.task_flags |= kTaskletRaise;
  rt.heap.wrote(&t);
}

void save_current(Runtime& rt, Frame& top) {
  Tasklet* current = rt.thread.current;
  current->top = &top;
  rt.heap.wrote(current);
}

namespace {

// The run() that `t` waited in is over, because somebody made `t` go on: so are those inside of it, whose
// callers are runnable now.
void forget_watchdog(Runtime& rt, Ring& ring, Tasklet& t) {
  if (!(t.task_flags & kTaskletWatches)) return;
  t.task_flags &= ~static_cast<u32>(kTaskletWatches);
  auto own = std::find_if(ring.watchdogs.begin(), ring.watchdogs.end(),
                          [&](const Watchdog& w) { return w.tasklet == &t && w.waiting; });
  if (own == ring.watchdogs.end()) return;
  std::vector<Watchdog> over(own, ring.watchdogs.end());
  ring.watchdogs.erase(own, ring.watchdogs.end());
  for (const Watchdog& w : over) {
    if (w.timeout) ring.soft_due = ring.interrupt_pending = false;
    if (!w.waiting || w.tasklet == &t) continue;
    w.tasklet->task_flags &= ~static_cast<u32>(kTaskletWatches);
    if (w.tasklet->next) continue;
    deliver(rt, *w.tasklet, Value::none());
    ring_insert_last(rt, *w.tasklet);
  }
}

// The innermost run() that waits, null when there is none.
const Watchdog* waiting_watchdog(const Ring& ring) {
  for (size_t i = ring.watchdogs.size(); i-- > 0;)
    if (ring.watchdogs[i].waiting) return &ring.watchdogs[i];
  return nullptr;
}

// The caller of that; it is taken off the stack.
Tasklet* pop_watchdog(Ring& ring) {
  while (!ring.watchdogs.empty()) {
    Watchdog w = ring.watchdogs.back();
    ring.watchdogs.pop_back();
    if (w.timeout) ring.soft_due = ring.interrupt_pending = false;
    if (!w.waiting) continue;
    w.tasklet->task_flags &= ~static_cast<u32>(kTaskletWatches);
    return w.tasklet;
  }
  return nullptr;
}

}  // namespace

Watchdog* timer_of(Ring& ring) {
  for (Watchdog& w : ring.watchdogs)
    if (w.timeout > 0) return &w;
  return nullptr;
}

Tasklet* stop_timer(Ring& ring) {
  Watchdog* timer = timer_of(ring);
  Tasklet* owner = timer->tasklet;
  ring.soft_due = ring.interrupt_pending = false;
  timer->timeout = 0;
  timer->waiting = false;
  owner->task_flags &= ~static_cast<u32>(kTaskletWatches);
  if (timer == &ring.watchdogs.back()) ring.watchdogs.pop_back();
  return owner;
}

void make_current(Runtime& rt, Tasklet& next) {
  Thread& t = rt.thread;
  Scheduler& s = *rt.scheduler;
  bool interrupted = false;
  if (LISLE_UNLIKELY(s.measures)) note_turn(rt, next);
  if (LISLE_UNLIKELY(next.ring != s.ring->index)) {
    interrupted = s.rings[next.ring]->current == &next;
    change_ring(rt, next);
  }
  t.current = &next;
  t.limit = next.segment->end;
  rt.heap.wrote(&next);
  Ring& ring = *s.ring;
  constexpr u32 kUnusual = kTaskletWatches | kTaskletStored;
  if (LISLE_LIKELY(!(next.task_flags & kUnusual) && !ring.timed && !s.stress_switch)) return;
  settle_frames(rt, next);
  if (s.stress_pickle && next.top && rt.hooks->renew_frames) {
    rt.hooks->renew_frames(rt, next);
    t.limit = next.segment->end;
  }
  if (interrupted) return;
  forget_watchdog(rt, ring, next);
  ring.interrupt_pending = false;
  ring.timed = timer_of(ring) != nullptr;
  set_tick_budget(rt);
}

Result switch_to(Runtime& rt, Frame& f, Tasklet& next) {
  if (LISLE_UNLIKELY(!rt.scheduler->schedule_callback.is_none()) && &next != rt.thread.current &&
      next.ring == rt.thread.current->ring) {
    Result r = call_internal(rt, f, Internal::NotifySwitch, {Value::from(&next)});
    if (!r.is_raised()) return r;
    // No room for telling; what was begun has to be finished.
    (void)take_raised(rt);
  }
  save_current(rt, f);
  make_current(rt, next);
  rt.thread.enter = nullptr;
  return Result::pending();
}

Tasklet* soft_interrupted(Runtime& rt, Tasklet& next) {
  Ring& ring = *rt.scheduler->ring;
  if (LISLE_LIKELY(!ring.soft_due)) return &next;
  Tasklet* owner = stop_timer(ring);
  if (owner == &next || owner->next) return &next;
  deliver(rt, *owner, Value::none());
  link_before(rt, ring, *owner, next);
  return owner;
}

Tasklet* next_runnable(Runtime& rt) {
  Ring& ring = *rt.scheduler->ring;
  if (LISLE_LIKELY(ring.head && !rests(ring))) return soft_interrupted(rt, *ring.head);
  // The ring is empty: whoever waits in run() goes on, unless somebody is going to come back into the ring.
  const Watchdog* watchdog = waiting_watchdog(ring);
  bool stays = !watchdog || ring.expected || watchdog->run_flags & kRunThreadBlock;
  if (stays)
    if (Tasklet* next = next_thread(rt)) return next;
  Tasklet* waiting = pop_watchdog(ring);
  if (!waiting) return end_foreign_run(rt);
  deliver(rt, *waiting, Value::none());
  ring_insert_last(rt, *waiting);
  return waiting;
}

Tasklet* end_foreign_run(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  for (auto& ring : s.rings) {
    if (!ring || ring->ended || ring.get() == s.ring) continue;
    Tasklet* waiting = pop_watchdog(*ring);
    if (!waiting) continue;
    deliver(rt, *waiting, Value::none());
    ring_insert_last(rt, *waiting);
    return next_thread(rt);
  }
  return nullptr;
}

// Does another thread wait in a run() for others to wake it?
static bool foreign_run_waits(Runtime& rt) {
  for (auto& ring : rt.scheduler->rings)
    if (ring && !ring->ended && ring.get() != rt.scheduler->ring && waiting_watchdog(*ring)) return true;
  return false;
}

bool may_leave_ring(Runtime& rt) {
  Ring& ring = *rt.scheduler->ring;
  Tasklet* current = rt.thread.current;
  if (LISLE_LIKELY(current->next != current)) return true;
  if (waiting_watchdog(ring) || others_may_run(rt) || foreign_run_waits(rt)) return true;
  return current != ring.main && !ring.main->waits_on;
}

Tasklet* leave_ring(Runtime& rt) {
  Tasklet* current = rt.thread.current;
  if (current->in_ring()) ring_remove(rt, *current);
  if (Tasklet* next = next_runnable(rt)) return next;
  Tasklet* main = rt.scheduler->ring->main;
  ring_insert_last(rt, *main);
  return main;
}

Details& details_of(Runtime& rt, Tasklet& t) {
  if (!t.details) {
    auto* details = rt.heap.allocate<Details>(0);
    details->space = Value::none();
    details->pending = details->context = details->trace = details->profile = Value::none();
    t.details = details;
    rt.heap.wrote(&t);
  }
  return *t.details;
}

void set_measuring(Runtime& rt, bool on) {
  Scheduler& s = *rt.scheduler;
  if (on && !s.measures) {
    for (size_t i = 0; i < s.tasklets.all().size(); ++i) details_of(rt, *s.tasklets.all()[i]);
    details_of(rt, *rt.thread.current);
    s.turn_began = rt.host->now_ns(Clock::kMonotonic);
  }
  s.measures = on;
}

void set_priority(Runtime& rt, Tasklet& t, i32 priority) {
  if (!priority && !t.details) return;
  details_of(rt, t).priority = priority;
  t.task_flags &= ~static_cast<u32>(kTaskletPrioritized);
  if (priority) t.task_flags |= kTaskletPrioritized;
}

void interrupt(Runtime& rt, Tasklet& t, Value exception) {
  if (t.waits_on) {
    wake(rt, t);
    return deliver_exception(rt, t, exception);
  }
  Details& details = details_of(rt, t);
  details.pending = exception;
  rt.heap.wrote(&details);
  t.task_flags |= kTaskletInterrupted;
}

Result check_interrupted(Runtime& rt) {
  Tasklet* current = rt.thread.current;
  if (LISLE_LIKELY(!(current->task_flags & kTaskletInterrupted))) return Result::none();
  current->task_flags &= ~static_cast<u32>(kTaskletInterrupted);
  Value exception = current->details->pending;
  current->details->pending = Value::none();
  return raise_value(rt, exception);
}

u64 draw(Scheduler& s, u64 bound) {
  // xorshift64*, by Sebastiano Vigna.
  s.random ^= s.random >> 12;
  s.random ^= s.random << 25;
  s.random ^= s.random >> 27;
  return (s.random * 0x2545F4914F6CDD1Dull >> 16) % bound;
}

Result block_current(Runtime& rt, Object& what, i64 deadline) {
  Tasklet* current = rt.thread.current;
  TRY(check_interrupted(rt));
  // A timer will wake it: there is no deadlock then.
  if (deadline == kNoDeadline && !may_leave_ring(rt)) return raise_deadlock(rt, kDeadlockText);
  TRY(check_may_switch(rt));
  ring_remove(rt, *current);
  current->waits_on = &what;
  return Result::none();
}

void wake(Runtime& rt, Tasklet& t) {
  stop_waiting(rt, t);
  t.task_flags &= ~static_cast<u32>(kTaskletSendsException);
  if (!t.next) ring_insert_last(rt, t);
}

namespace {

const char* blocked_main_text(const Tasklet& main) {
  if (main.task_flags & kTaskletReceiving) return "the main tasklet is receiving without a sender available.";
  if (main.task_flags & kTaskletSending) return "the main tasklet is sending without a receiver available.";
  return kDeadlockText;
}

}  // namespace

bool tells_program_of_end(Runtime& rt, Value error) {
  Scheduler& s = *rt.scheduler;
  if (rt.thread.current->task_flags & kTaskletWatched && !s.end_hook.is_none()) return true;
  return !s.schedule_callback.is_none() || (!error.is_unbound() && !s.error_handler.is_none());
}

Tasklet* choose_heir(Runtime& rt, Tasklet& dead, Value error) {
  Ring& ring = *rt.scheduler->ring;
  Tasklet* main = ring.main;
  if (dead.in_ring()) ring_remove(rt, dead);
  if (&dead == main) return end_ring(rt);
  if (!error.is_unbound()) {
    // The innermost run() hears of an exception that nobody in the tasklet handled, or the main tasklet.
    Tasklet* guardian = pop_watchdog(ring);
    if (!guardian) guardian = main;
    wake(rt, *guardian);
    deliver_exception(rt, *guardian, error);
    return guardian;
  }
  if (Tasklet* next = next_runnable(rt)) return next;
  // Nobody can run; if the main tasklet waits for a partner, that cannot come.
  bool blocked = main->waits_on;
  if (blocked) (void)raise_deadlock(rt, blocked_main_text(*main));
  wake(rt, *main);
  if (blocked) {
    deliver_exception(rt, *main, take_raised(rt));
  }
  return main;
}

void release_frames(Runtime& rt, Tasklet& t) {
  forget_trace_functions(rt, t);
  if (!t.segment && !t.top) return;
  for (Segment *s = t.segment, *older; s; s = older) {
    older = s->older;
    rt.scheduler->segments.give(s);
  }
  t.top = nullptr;
  t.segment = nullptr;
  rt.heap.wrote(&t);
}

}  // namespace lisle::rt

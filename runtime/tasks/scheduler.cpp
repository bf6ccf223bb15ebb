// The ring, switching, and what happens when a tasklet ends. See scheduler.h.
#include "runtime/tasks/scheduler.h"

#include <algorithm>

#include "runtime/protocols/stack.h"
#include "runtime/tasks/bomb.h"
#include "runtime/types/exception.h"
#include "runtime/types/instance.h"

namespace lisle::rt {

Tasklet* new_tasklet(Runtime& rt, Type* type, Value callable) {
  auto* t = new_instance_of<Tasklet>(rt, type);
  t->tempval = callable;
  t->handled = Value::none();
  t->id = rt.scheduler->next_id++;
  return t;
}

namespace {

constexpr u32 kEndRegisters = 2;

// Registers the entry function needs, so that the first segment is no larger than that.
u64 entry_words(Runtime& rt, Value callable, u32 args) {
  if (auto* method = as<BoundMethod>(callable)) {
    callable = method->function;
    ++args;
  }
  // Room for EndTasklet too, which runs where the entry function was.
  u64 words = kHeaderWords + std::max(args, kEndRegisters) + kWindowSlack;
  if (auto* function = as<Function>(callable))
    words = std::max<u64>(words, function->code->frame_bytes / sizeof(Value));
  if (auto* native = as<Native>(callable))
    words = std::max<u64>(words, kHeaderWords + native->aux + kWindowSlack);
  (void)rt;
  return words;
}

}  // namespace

void tasklet_bind(Runtime& rt, Tasklet& t, Value callable, std::span<const Value> args, Dict* kwargs) {
  u32 nargs = static_cast<u32>(args.size());
  u32 nkw = kwargs ? static_cast<u32>(kwargs->used) : 0;
  u64 words = entry_words(rt, callable, nargs + nkw);
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

void link_before(Runtime& rt, Tasklet& t, Tasklet& at) {
  t.next = &at;
  t.prev = at.prev;
  at.prev->next = &t;
  rt.heap.wrote(at.prev);
  at.prev = &t;
  rt.heap.wrote(&at);
  rt.heap.wrote(&t);
  ++rt.scheduler->run_count;
}

}  // namespace

void ring_insert_last(Runtime& rt, Tasklet& t) {
  Tasklet* current = rt.thread.current;
  if (!current->next) {
    // The current tasklet has just left the ring: others keep their order in it.
    Tasklet* head = rt.scheduler->head;
    if (!head) {
      t.next = t.prev = &t;
      rt.scheduler->head = &t;
      ++rt.scheduler->run_count;
      rt.heap.wrote(&t);
      return;
    }
    return link_before(rt, t, *head);
  }
  link_before(rt, t, *current);
}

void ring_insert_next(Runtime& rt, Tasklet& t) {
  Tasklet* current = rt.thread.current;
  if (!current->next || current->channel) return ring_insert_last(rt, t);
  link_before(rt, t, *current->next);
}

void ring_remove(Runtime& rt, Tasklet& t) {
  Scheduler& s = *rt.scheduler;
  --s.run_count;
  if (t.next == &t) {
    s.head = nullptr;
  } else {
    t.prev->next = t.next;
    t.next->prev = t.prev;
    rt.heap.wrote(t.prev);
    rt.heap.wrote(t.next);
    // Where the ring goes on if the current tasklet leaves it.
    s.head = t.next;
  }
  t.next = t.prev = nullptr;
  rt.heap.wrote(&t);
}

void channel_remove(Runtime& rt, Channel& c, Tasklet& t) {
  if (t.prev)
    t.prev->next = t.next;
  else
    c.first = t.next;
  if (t.next)
    t.next->prev = t.prev;
  else
    c.last = t.prev;
  if (t.prev) rt.heap.wrote(t.prev);
  if (t.next) rt.heap.wrote(t.next);
  c.balance -= t.task_flags & kTaskletSending ? 1 : -1;
  t.task_flags &= ~static_cast<u32>(kTaskletSending | kTaskletReceiving);
  t.next = t.prev = nullptr;
  t.channel = nullptr;
  rt.heap.wrote(&c);
  rt.heap.wrote(&t);
}

void channel_append(Runtime& rt, Channel& c, Tasklet& t, bool sending) {
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
  t.channel = &c;
  rt.heap.wrote(&c);
  rt.heap.wrote(&t);
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

// The run() that `t` waited in is over, by whatever way it goes on.
void forget_watchdog(Scheduler& s, Tasklet& t) {
  if (!(t.task_flags & kTaskletWatches)) return;
  t.task_flags &= ~static_cast<u32>(kTaskletWatches);
  for (size_t i = 0; i < s.watchdogs.size(); ++i) {
    Watchdog& w = s.watchdogs[i];
    if (w.tasklet != &t || !w.waiting) continue;
    if (w.timeout) s.soft_due = s.interrupt_pending = false;
    s.watchdogs.erase(s.watchdogs.begin() + static_cast<i64>(i));
    return;
  }
}

Watchdog* timer_of(Scheduler& s) {
  for (Watchdog& w : s.watchdogs)
    if (w.timeout > 0) return &w;
  return nullptr;
}

// The innermost run() that waits; it is taken off the stack. Null when there is none.
Tasklet* pop_watchdog(Scheduler& s) {
  while (!s.watchdogs.empty()) {
    Watchdog w = s.watchdogs.back();
    s.watchdogs.pop_back();
    if (w.timeout) s.soft_due = s.interrupt_pending = false;
    if (!w.waiting) continue;
    w.tasklet->task_flags &= ~static_cast<u32>(kTaskletWatches);
    return w.tasklet;
  }
  return nullptr;
}

// The timeout of the run() with the timer ends that; its place stays while inner ones wait.
Tasklet* stop_timer(Scheduler& s) {
  Watchdog* timer = timer_of(s);
  Tasklet* owner = timer->tasklet;
  s.soft_due = s.interrupt_pending = false;
  timer->timeout = 0;
  timer->waiting = false;
  owner->task_flags &= ~static_cast<u32>(kTaskletWatches);
  if (timer == &s.watchdogs.back()) s.watchdogs.pop_back();
  return owner;
}

}  // namespace

void make_current(Runtime& rt, Tasklet& next) {
  Thread& t = rt.thread;
  Scheduler& s = *rt.scheduler;
  t.current = &next;
  t.limit = next.segment->end;
  rt.heap.wrote(&next);
  if (LISLE_LIKELY(!(next.task_flags & kTaskletWatches) && !s.timed && !s.stress_switch)) return;
  forget_watchdog(s, next);
  s.interrupt_pending = false;
  s.timed = timer_of(s) != nullptr;
  set_tick_budget(rt);
}

Result switch_to(Runtime& rt, Frame& f, Tasklet& next) {
  if (LISLE_UNLIKELY(!rt.scheduler->schedule_callback.is_none()) && &next != rt.thread.current) {
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
  Scheduler& s = *rt.scheduler;
  if (LISLE_LIKELY(!s.soft_due)) return &next;
  Tasklet* owner = stop_timer(s);
  if (owner == &next || owner->next) return &next;
  deliver(rt, *owner, Value::none());
  link_before(rt, *owner, next);
  return owner;
}

Tasklet* next_runnable(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  if (s.head) return soft_interrupted(rt, *s.head);
  // The ring is empty: whoever waits in run() goes on.
  Tasklet* waiting = pop_watchdog(s);
  if (!waiting) return nullptr;
  deliver(rt, *waiting, Value::none());
  ring_insert_last(rt, *waiting);
  return waiting;
}

bool may_leave_ring(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  Tasklet* current = rt.thread.current;
  if (current->next != current) return true;
  for (Watchdog& w : s.watchdogs)
    if (w.waiting) return true;
  return current != s.main && !s.main->channel;
}

Tasklet* leave_ring(Runtime& rt) {
  Tasklet* current = rt.thread.current;
  if (current->in_ring()) ring_remove(rt, *current);
  if (Tasklet* next = next_runnable(rt)) return next;
  Tasklet* main = rt.scheduler->main;
  deliver(rt, *main, Value::none());
  ring_insert_last(rt, *main);
  return main;
}

void set_ticks(Runtime& rt, i64 ticks) {
  Thread& t = rt.thread;
  if (rt.scheduler->stress_switch) {
    rt.scheduler->stress_ticks = ticks;
    t.ticks = 0;
  } else if (t.ticks_kept) {
    t.ticks_kept = ticks + 1;
  } else {
    t.ticks = ticks;
  }
}

void set_tick_budget(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  Watchdog* timer = timer_of(s);
  if (!timer || s.soft_due || s.interrupt_pending) return set_ticks(rt, kTicksUnlimited);
  // The budget of the whole run goes on being used.
  if (timer->run_flags & kRunTotalTimeout) return;
  set_ticks(rt, timer->timeout);
}

bool tick_budget_used_up(Runtime& rt) {
  Thread& t = rt.thread;
  Scheduler& s = *rt.scheduler;
  if (s.stress_switch) {
    t.ticks = 0;
    t.ticks_kept = 0;
    return --s.stress_ticks < 0;
  }
  if (!t.ticks_kept) return true;
  // One for the bias of ticks_kept, one for the safepoint that has just been passed.
  t.ticks = t.ticks_kept - 2;
  t.ticks_kept = 0;
  return t.ticks < 0;
}

Tasklet* preempt(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  Tasklet* current = rt.thread.current;
  Watchdog* timer = timer_of(s);
  set_ticks(rt, kTicksUnlimited);
  if (!timer) return nullptr;
  if (timer->run_flags & kRunSoft) {
    s.soft_due = true;
    return nullptr;
  }
  if (current->task_flags & kTaskletAtomic || s.switch_trap || s.nesting || s.in_schedule_callback ||
      s.in_channel_callback || !current->in_ring()) {
    s.interrupt_pending = true;
    return nullptr;
  }
  Tasklet* waiting = stop_timer(s);
  ring_remove(rt, *current);
  if (!waiting->next) ring_insert_last(rt, *waiting);
  deliver(rt, *waiting, Value::from(current));
  deliver(rt, *current, Value::none());
  return waiting;
}

void interrupts_allowed(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  if (!s.interrupt_pending) return;
  s.interrupt_pending = false;
  set_ticks(rt, 0);
}

namespace {

// Wakes `t` wherever it waits and makes it the next to run.
void wake(Runtime& rt, Tasklet& t) {
  if (t.channel) channel_remove(rt, *t.channel, t);
  t.task_flags &= ~static_cast<u32>(kTaskletSendsException);
  if (!t.next) ring_insert_last(rt, t);
}

const char* blocked_main_text(const Tasklet& main) {
  return main.task_flags & kTaskletReceiving ? "the main tasklet is receiving without a sender available."
                                             : "the main tasklet is sending without a receiver available.";
}

}  // namespace

bool tells_program_of_end(Runtime& rt, Value error) {
  Scheduler& s = *rt.scheduler;
  return !s.schedule_callback.is_none() || (!error.is_unbound() && !s.error_handler.is_none());
}

Tasklet* choose_heir(Runtime& rt, Tasklet& dead, Value error) {
  Scheduler& s = *rt.scheduler;
  Tasklet* main = s.main;
  if (dead.in_ring()) ring_remove(rt, dead);
  if (!error.is_unbound()) {
    // The innermost run() hears of an exception that nobody in the tasklet handled, or the main tasklet.
    Tasklet* guardian = pop_watchdog(s);
    if (!guardian) guardian = main;
    wake(rt, *guardian);
    deliver_exception(rt, *guardian, error);
    return guardian;
  }
  if (Tasklet* next = next_runnable(rt)) return next;
  // Nobody can run; if the main tasklet waits for a partner, that cannot come.
  const char* text = main->channel ? blocked_main_text(*main) : nullptr;
  wake(rt, *main);
  if (text) {
    (void)raise(rt, TypeId::RuntimeError, "%s", text);
    deliver_exception(rt, *main, take_raised(rt));
  } else {
    deliver(rt, *main, Value::none());
  }
  return main;
}

void release_frames(Runtime& rt, Tasklet& t) {
  for (Segment *s = t.segment, *older; s; s = older) {
    older = s->older;
    rt.scheduler->segments.give(s);
  }
  t.top = nullptr;
  t.segment = nullptr;
  rt.heap.wrote(&t);
}

}  // namespace lisle::rt

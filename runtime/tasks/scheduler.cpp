// The ring, switching, and what happens when a tasklet ends. See scheduler.h.
#include "runtime/tasks/scheduler.h"

#include <algorithm>

#include "runtime/protocols/stack.h"
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

// Registers the entry function needs, so that the first segment is no larger than that.
u64 entry_words(Runtime& rt, Value callable, u32 args) {
  if (auto* method = as<BoundMethod>(callable)) {
    callable = method->function;
    ++args;
  }
  u64 words = kHeaderWords + args + kWindowSlack;
  if (auto* function = as<Function>(callable))
    words = std::max<u64>(words, function->code->frame_bytes / sizeof(Value));
  if (auto* native = as<Native>(callable))
    words = std::max<u64>(words, kHeaderWords + native->aux + kWindowSlack);
  (void)rt;
  return words + kWindowPad + 1;
}

}  // namespace

Result tasklet_bind(Runtime& rt, Tasklet& t, Value callable, Tuple* args, Dict* kwargs) {
  u32 nargs = static_cast<u32>(args->size);
  u32 nkw = kwargs ? static_cast<u32>(kwargs->used) : 0;
  u64 words = entry_words(rt, callable, nargs + nkw);
  Tuple* names = nkw ? new_tuple(rt, nkw) : nullptr;
  auto* segment = rt.heap.allocate<Segment>(0, words * sizeof(Value));
  segment->words = words;
  auto* w = reinterpret_cast<Frame*>(segment->memory + kWindowPad);
  w->fn = callable;
  std::copy(args->items, args->items + nargs, w->r);
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
  t.limit = segment->end();
  t.top = w;
  t.task_flags &= ~static_cast<u32>(kTaskletStarted);
  rt.heap.wrote(&t);
  return Result::none();
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
  t.tempval = v;
  rt.heap.wrote(&t);
}

void deliver_exception(Runtime& rt, Tasklet& t, Value exception) {
  t.tempval = exception;
  t.task_flags |= kTaskletRaise;
  rt.heap.wrote(&t);
}

void set_tick_budget(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  if (s.stress_switch) {
    rt.thread.ticks = 0;
    return;
  }
  rt.thread.ticks = kTicksUnlimited;
  if (!s.watchdogs.empty() && s.watchdogs.front().timeout > 0 &&
      !(s.watchdogs.front().run_flags & kRunTotalTimeout))
    rt.thread.ticks = s.watchdogs.front().timeout;
}

void save_current(Runtime& rt, Frame& top) {
  Tasklet* current = rt.thread.current;
  current->top = &top;
  current->limit = rt.thread.limit;
  rt.heap.wrote(current);
}

void make_current(Runtime& rt, Tasklet& next) {
  Thread& t = rt.thread;
  t.current = &next;
  t.limit = next.limit;
  rt.heap.wrote(&next);
  if (LISLE_UNLIKELY(!rt.scheduler->watchdogs.empty() || rt.scheduler->stress_switch)) set_tick_budget(rt);
}

Result switch_to(Runtime& rt, Frame& f, Tasklet& next) {
  save_current(rt, f);
  make_current(rt, next);
  rt.thread.enter = nullptr;
  return Result::pending();
}

Tasklet* next_runnable(Runtime& rt, Tasklet& leaving) {
  Scheduler& s = *rt.scheduler;
  if (s.head) return s.head;
  // The ring is empty: whoever waits in run() goes on, or the main tasklet if it only waits for that.
  if (!s.watchdogs.empty()) {
    Tasklet* waiting = s.watchdogs.back().tasklet;
    s.watchdogs.pop_back();
    deliver(rt, *waiting, Value::none());
    if (waiting != &leaving) ring_insert_last(rt, *waiting);
    return waiting;
  }
  return nullptr;
}

namespace {

// The tasklet that has to hear of an exception that nobody in a tasklet handled.
Tasklet* guardian(Runtime& rt) {
  Scheduler& s = *rt.scheduler;
  if (s.watchdogs.empty()) return s.main;
  Tasklet* waiting = s.watchdogs.back().tasklet;
  s.watchdogs.pop_back();
  return waiting;
}

// Wakes `t` wherever it waits and makes it the next to run.
void wake(Runtime& rt, Tasklet& t) {
  if (t.channel) channel_remove(rt, *t.channel, t);
  if (!t.next) ring_insert_last(rt, t);
}

const char* blocked_main_text(const Tasklet& main) {
  return main.task_flags & kTaskletReceiving ? "the main tasklet is receiving without a sender available."
                                             : "the main tasklet is sending without a receiver available.";
}

}  // namespace

Tasklet* tasklet_ended(Runtime& rt, Tasklet& dead, Value error) {
  Scheduler& s = *rt.scheduler;
  dead.top = nullptr;
  dead.segment = nullptr;
  dead.spare = nullptr;
  if (dead.next && !dead.channel) ring_remove(rt, dead);
  rt.heap.wrote(&dead);
  if (!error.is_unbound()) {
    Tasklet* heir = guardian(rt);
    if (heir->top) {
      wake(rt, *heir);
      deliver_exception(rt, *heir, error);
      return heir;
    }
  }
  if (Tasklet* next = next_runnable(rt, dead)) return next;
  Tasklet* main = s.main;
  // Nobody can run and the main tasklet waits for a partner that cannot come.
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

}  // namespace lisle::rt

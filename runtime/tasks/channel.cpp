// stackless.channel: a rendezvous between tasklets. Unbuffered; either senders or receivers wait in its
// queue.
//
// Who goes on when both are there is the channel's preference: the receiver (-1, the default), the sender
// (1), or whoever acted (0); with schedule_all both go to the end of the ring.
#include "runtime/image/task_state.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/iterate.h"
#include "runtime/tasks/bomb.h"
#include "runtime/tasks/select.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/tasks/timers.h"
#include "runtime/types/exception.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

// Tasklets of threads that have ended are no partners any more.
void drop_dead_waiters(Runtime& rt, Channel& c) {
  while (c.first && LISLE_UNLIKELY(!ring_of(rt, *c.first))) channel_remove(rt, c, *c.first);
}

// The first in the queue leaves it: a tasklet, or the case of one that selects, whose other cases are over
// then.
Tasklet& claim(Runtime& rt, Channel& c) {
  Tasklet& first = *c.first;
  channel_remove(rt, c, first);
  if (LISLE_UNLIKELY(first.task_flags & kTaskletSelects)) stop_waiting(rt, tasklet_behind(first));
  return first;
}

// The partner is runnable; who continues follows the preference. `sending` tells what the acting current
// tasklet does; its tempval is what its call yields. Pending if it switches.
Result meet(Runtime& rt, Frame& f, Channel& c, Tasklet& partner, bool sending) {
  Tasklet* current = rt.thread.current;
  if (LISLE_UNLIKELY(partner.ring != current->ring)) {
    // Runnable in its own thread; this one goes on.
    ring_insert_last(rt, partner);
    return Result::none();
  }
  bool partner_first = !c.schedule_all && c.preference == (sending ? -1 : 1);
  if (partner_first) {
    ring_insert_next(rt, partner);
    return switch_to(rt, f, partner);
  }
  ring_insert_last(rt, partner);
  if (!c.schedule_all) return Result::none();
  return switch_to(rt, f, *soft_interrupted(rt, *current->next));
}

// --- buffers

bool has_room(const Channel& c) {
  return c.buffer && c.buffer->count < c.buffer->capacity;
}
bool has_values(const Channel& c) {
  return c.buffer && c.buffer->count;
}

void put_aside(Runtime& rt, Channel& c, Value v) {
  ChannelBuffer& b = *c.buffer;
  b.items[(b.start + b.count++) % b.capacity] = v;
  rt.heap.wrote(&b);
}

// The oldest value; its place goes to the first sender that waits.
Value take_aside(Runtime& rt, Channel& c) {
  ChannelBuffer& b = *c.buffer;
  Value v = b.items[b.start];
  b.items[b.start] = Value::none();
  b.start = (b.start + 1) % b.capacity;
  --b.count;
  if (c.balance > 0) {
    Tasklet& waiting = claim(rt, c);
    Tasklet& sender = tasklet_behind(waiting);
    put_aside(rt, c, waiting.tempval);
    deliver(rt, sender, selected(rt, waiting, Value::none()));
    ring_insert_last(rt, sender);
  }
  return v;
}

// --- sending and receiving

// The current tasklet waits in the queue until `deadline`; `value` is what it sends.
Result block(Runtime& rt, Frame& f, Channel& c, Value value, u32 action, i64 deadline) {
  Tasklet* current = rt.thread.current;
  if (current->task_flags & kTaskletBlockTrap)
    return raise(rt, TypeId::RuntimeError, "this tasklet does not like to be blocked.");
  if (c.closing) return raise(rt, TypeId::ValueError, "Send/receive operation on a closed channel");
  TRY(block_current(rt, c, deadline));
  channel_append(rt, c, *current, action & kSendsValue);
  if (action & kSendsException) current->task_flags |= kTaskletSendsException;
  if (action & kIterates) current->task_flags |= kTaskletIterates;
  limit_wait(rt, *current, deadline, Expiry::kRaise, Value::none());
  deliver(rt, *current, value);
  return switch_to(rt, f, *leave_ring(rt));
}

Result send_value(Runtime& rt, Frame& f, Channel& c, Value v, u32 action, i64 deadline) {
  drop_dead_waiters(rt, c);
  if (c.balance >= 0) {
    if (LISLE_LIKELY(!has_room(c) || c.closing || action & kSendsException))
      return block(rt, f, c, v, action, deadline);
    put_aside(rt, c, v);
    return Result::none();
  }
  if (c.schedule_all || c.preference < 0) TRY(check_may_switch(rt));
  Tasklet& waiting = claim(rt, c);
  Tasklet& receiver = tasklet_behind(waiting);
  if (action & kSendsException)
    deliver_exception(rt, receiver, v);
  else
    deliver(rt, receiver, selected(rt, waiting, v));
  deliver(rt, *rt.thread.current, Value::none());
  return meet(rt, f, c, receiver, true);
}

Result receive_value(Runtime& rt, Frame& f, Channel& c, u32 action, i64 deadline) {
  drop_dead_waiters(rt, c);
  if (LISLE_UNLIKELY(has_values(c))) return take_aside(rt, c);
  if (c.balance <= 0) return block(rt, f, c, Value::none(), action, deadline);
  if (c.schedule_all || c.preference > 0) TRY(check_may_switch(rt));
  Tasklet& waiting = claim(rt, c);
  Tasklet& sender = tasklet_behind(waiting);
  Value v = waiting.tempval;
  bool raises = sender.task_flags & kTaskletSendsException;
  sender.task_flags &= ~static_cast<u32>(kTaskletSendsException);
  deliver(rt, sender, selected(rt, waiting, Value::none()));
  Tasklet& receiver = *rt.thread.current;
  if (raises)
    deliver_exception(rt, receiver, v);
  else
    deliver(rt, receiver, v);
  Result r = meet(rt, f, c, sender, false);
  if (r.is_pending()) return r;
  deliver(rt, receiver, Value::none());
  return raises ? raise_value(rt, v) : Result(v);
}

// A channel action of the program: the callback hears of it first.
Result act(Runtime& rt, Frame& f, Channel& c, Value v, u32 action) {
  // A bomb explodes at the receiver.
  if (auto* bomb = as<Bomb>(v)) {
    v = bomb->exception;
    action |= kSendsException;
  }
  Scheduler& s = *rt.scheduler;
  if (LISLE_LIKELY(s.channel_callback.is_none())) return channel_action(rt, f, c, v, action);
  if (s.in_channel_callback)
    return raise(rt, TypeId::RuntimeError, "Recursive channel call due to callbacks!");
  return call_internal(rt, f, Internal::ChannelAction, {Value::from(&c), v, Value::from_int(action)});
}

Result send(Runtime& rt, Frame& f, Channel& c, Value v) {
  return act(rt, f, c, v, kSendsValue);
}
Result send_exception(Runtime& rt, Frame& f, Channel& c, Value v) {
  return act(rt, f, c, v, kSendsValue | kSendsException);
}
Result receive(Runtime& rt, Frame& f, Channel& c) {
  return act(rt, f, c, Value::none(), kReceives);
}

Channel& self_of(Frame& f) {
  return *to<Channel>(f[0]);
}

Result channel_new(Runtime& rt, Frame& f) {
  auto* c = new_instance_of<Channel>(rt, to<Type>(f[0]));
  c->preference = -1;
  return Value::from(c);
}

// channel(...) where no subclass has a say.
Result channel_construct(Runtime& rt, Frame&) {
  auto* c = rt.make<Channel>(TypeId::Channel);
  c->preference = -1;
  return Value::from(c);
}

Result channel_init(Runtime&, Frame&) {
  return Result::none();
}

Result channel_send(Runtime& rt, Frame& f) {
  return send(rt, f, self_of(f), f[1]);
}
Result channel_receive(Runtime& rt, Frame& f) {
  return receive(rt, f, self_of(f));
}

Result channel_iter(Runtime&, Frame& f) {
  return f[0];
}

Result channel_next(Runtime& rt, Frame& f) {
  Channel& c = self_of(f);
  if (c.closing && c.balance <= 0 && !has_values(c))
    return raise_with(rt, TypeId::StopIteration, Value::unbound());
  return act(rt, f, c, Value::none(), kReceives | kIterates);
}

// send_exception(cls, *args). f: channel, (class, args...) and then class; args; the exception.
Result channel_send_exception(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(split_exception_arguments(rt, f, "send_exception"));
      if (!is_type(f[1]) || !is_subtype(to<Type>(f[1]), rt.type(TypeId::BaseException)))
        return raise(rt, TypeId::TypeError,
                     "channel.send_exception needs Exception or string subclass as first parameter");
      AWAIT(1, call_spread(rt, f, f[1], to<Tuple>(f[2]), nullptr));
      f[3] = r.value();
      AWAIT(2, send_exception(rt, f, self_of(f), f[3]));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// send_throw(exc, val=None, tb=None). f: channel, exc, val, tb.
Result channel_send_throw(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, thrown_exception(rt, f, f[1], f[2], f[3]));
      f[1] = r.value();
      AWAIT(2, send_exception(rt, f, self_of(f), f[1]));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// send_sequence(iterable): how many were sent. f: channel, iterable; iterator, count.
Result channel_send_sequence(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[1]));
      f[2] = r.value();
      f[3] = Value::from_int(0);
      for (;;) {
        AWAIT(2, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return f[3];
        AWAIT(3, send(rt, f, self_of(f), r.value()));
        f[3] = Value::from_int(f[3].as_int() + 1);
      }
  }
  LISLE_UNREACHABLE();
}

Result channel_close(Runtime&, Frame& f) {
  self_of(f).closing = true;
  return Result::none();
}
Result channel_open(Runtime&, Frame& f) {
  self_of(f).closing = false;
  return Result::none();
}

Result get_balance(Runtime&, Frame& f) {
  return Value::from_int(self_of(f).balance);
}
Result get_closing(Runtime&, Frame& f) {
  return Result::boolean(self_of(f).closing);
}
Result get_closed(Runtime&, Frame& f) {
  return Result::boolean(self_of(f).closing && !self_of(f).first);
}
Result get_queue(Runtime&, Frame& f) {
  Tasklet* first = self_of(f).first;
  return first ? Result(Value::from(&tasklet_behind(*first))) : Result::none();
}
Result get_preference(Runtime&, Frame& f) {
  return Value::from_int(self_of(f).preference);
}
Result set_preference(Runtime& rt, Frame& f) {
  i64 wanted;
  if (!is_int_like(f[1])) return raise(rt, TypeId::TypeError, "preference must be set to an integer");
  if (!int_to_i64(f[1], wanted)) wanted = int_is_negative(f[1]) ? -1 : 1;
  self_of(f).preference = static_cast<i8>(wanted > 0 ? 1 : wanted < 0 ? -1 : 0);
  return Result::none();
}
Result get_schedule_all(Runtime&, Frame& f) {
  return Result::boolean(self_of(f).schedule_all);
}
Result set_schedule_all(Runtime& rt, Frame& f) {
  if (!f[1].is_int() && !f[1].is_bool())
    return raise(rt, TypeId::TypeError, "preference must be set to a bool or integer");
  self_of(f).schedule_all = f[1].is_true() || (f[1].is_int() && f[1].as_int() != 0);
  return Result::none();
}

constexpr NativeSpec kMethods[] = {
    {"__new__", channel_new, "(cls, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", channel_init, "(self, *args, **kwargs)"},
    {"send", channel_send, "(self, value, /)", "Give a value to a receiver; blocks until there is one.", 0,
     kSwitches, nullptr, Intrinsic::kSend},
    {"receive", channel_receive, "(self, /)", "Take a value from a sender; blocks until there is one.", 0,
     kSwitches, nullptr, Intrinsic::kReceive},
    {"send_exception", channel_send_exception, "(self, /, *args)", "Let the receiver raise exc_class(*args).",
     4, kSwitches},
    {"send_throw", channel_send_throw, "(self, exc, val=None, tb=None)",
     "Let the receiver raise an exception.", 4, kSwitches},
    {"send_sequence", channel_send_sequence, "(self, iterable, /)", "Send every item; the count of them.", 4,
     kSwitches},
    {"close", channel_close, "(self, /)", "Let the queue not grow any more."},
    {"open", channel_open, "(self, /)", "Undo close()."},
    {"__iter__", channel_iter, "(self, /)"},
    {"__reduce__", channel_reduce, "(self, /)"},
    {"__setstate__", channel_set_state, "(self, state, /)"},
    {"__next__", channel_next, "(self, /)", nullptr, 0, kSwitches},
};

constexpr GetsetSpec kGetsets[] = {
    {"balance", get_balance, nullptr, "senders waiting, or receivers as a negative number"},
    {"closing", get_closing, nullptr, "close() was called"},
    {"closed", get_closed, nullptr, "closing, and nobody waits"},
    {"queue", get_queue, nullptr, "the first waiting tasklet or None"},
    {"preference", get_preference, set_preference, "-1 receiver, 0 none, 1 sender goes on"},
    {"schedule_all", get_schedule_all, set_schedule_all, "both partners go to the end of the ring"},
};

}  // namespace

Result channel_action(Runtime& rt, Frame& f, Channel& c, Value v, u32 action) {
  return action & kSendsValue ? send_value(rt, f, c, v, action, kNoDeadline)
                              : receive_value(rt, f, c, action, kNoDeadline);
}

Result channel_send_until(Runtime& rt, Frame& f, Channel& c, Value v, i64 deadline) {
  return send_value(rt, f, c, v, kSendsValue, deadline);
}
Result channel_receive_until(Runtime& rt, Frame& f, Channel& c, i64 deadline) {
  return receive_value(rt, f, c, kReceives, deadline);
}

bool channel_ready(Runtime& rt, Channel& c, bool sends) {
  drop_dead_waiters(rt, c);
  if (sends) return c.balance < 0 || (has_room(c) && !c.closing);
  return c.balance > 0 || has_values(c);
}

void channel_hand_over(Runtime& rt, Channel& c, Value v) {
  if (c.balance >= 0) return put_aside(rt, c, v);
  Tasklet& waiting = claim(rt, c);
  Tasklet& receiver = tasklet_behind(waiting);
  deliver(rt, receiver, selected(rt, waiting, v));
  ring_insert_last(rt, receiver);
}

Result channel_take(Runtime& rt, Channel& c) {
  if (has_values(c)) return take_aside(rt, c);
  Tasklet& waiting = claim(rt, c);
  Tasklet& sender = tasklet_behind(waiting);
  Value v = waiting.tempval;
  bool raises = sender.task_flags & kTaskletSendsException;
  sender.task_flags &= ~static_cast<u32>(kTaskletSendsException);
  deliver(rt, sender, selected(rt, waiting, Value::none()));
  ring_insert_last(rt, sender);
  return raises ? raise_value(rt, v) : Result(v);
}

void channel_buffer(Runtime& rt, Channel& c, u32 capacity) {
  auto* buffer = rt.heap.allocate<ChannelBuffer>(0, capacity * sizeof(Value));
  buffer->capacity = capacity;
  c.buffer = buffer;
  rt.heap.wrote(&c);
}

void channel_close_waking(Runtime& rt, Channel& c, Value closed) {
  c.closing = true;
  while (c.first) {
    bool iterates = c.first->task_flags & kTaskletIterates;
    Tasklet& waiting = tasklet_behind(claim(rt, c));
    Value end = iterates ? Value::from(new_exception(rt, TypeId::StopIteration, Value::unbound())) : closed;
    waiting.task_flags &= ~static_cast<u32>(kTaskletSendsException);
    deliver_exception(rt, waiting, end);
    ring_insert_last(rt, waiting);
  }
}

extern const TypeSpec kChannelType{"channel",      "stackless",   "A channel between tasklets.",
                                   TypeId::Object, Kind::Channel, kTypeHidden,
                                   kMethods,       kGetsets,      channel_construct};

}  // namespace lisle::rt

// The natives that the machine knows by heart (NativeSpec::intrinsic): giving way, sending and receiving.
// Each does its common case without leaving the registers of the machine, from the caller's window straight
// to the instruction where the next tasklet goes on, and leaves every other case to the native itself, before
// anything has changed.
#include "vm/interp/intrinsics.h"

#include "runtime/image/frames.h"
#include "runtime/tasks/links.h"
#include "vm/interp/step.h"

namespace lisle::interp {

namespace {

using rt::Channel;
using rt::Scheduler;
using rt::Tasklet;

// Nobody is told of switches or channel actions, nothing forbids them, no timeout is running, and there is
// one thread.
inline bool nothing_watches(const Scheduler& s) {
  return s.schedule_callback.is_none() && s.channel_callback.is_none() && s.ring_count == 1 &&
         static_cast<const rt::SwitchConcerns&>(s).none() &&
         static_cast<const rt::RingConcerns&>(*s.ring).none();
}

// It waits in a call, for a value, or has not begun; nothing has to be settled when it goes on.
inline bool goes_on_plainly(const Tasklet& t) {
  return !(t.task_flags & (rt::kTaskletRaise | rt::kTaskletWatches | rt::kTaskletStored));
}

// Does the window at `w` have room for a native with `count` parameters, and the call stack for one frame
// more?
inline bool has_room(const Thread* t, const Frame* f, const Frame* w, u32 count) {
  return f->depth() < t->depth_limit && reinterpret_cast<const char*>(w->r + count) <= t->limit;
}

// Makes window `w` the frame in which the current tasklet waits for the value of its call, which goes to
// `ret`.
inline void wait_in(Thread* t, Tasklet& current, Frame* f, Frame* w, u64 nargs, u64 ret) {
  w->ret = reinterpret_cast<Entry>(ret);
  w->prev = f;
  w->begin_window(f->depth() + 1, nargs, kTailStep);
  current.top = w;
  world(t).heap.wrote(&current);
}

// A plain value, not an exception in wrapping.
inline bool is_plain(Value v) {
  return !rt::is_kind(v, rt::Kind::Bomb);
}

}  // namespace

// Goes on with `next`, which does so plainly, behind the call it waits in.
#define SWITCH_TO(next)                                                 \
  do {                                                                  \
    t->current = (next);                                                \
    t->limit = (next)->segment->end;                                    \
    world(t).heap.wrote(next);                                          \
    Frame* top = (next)->top;                                           \
    Value value = (next)->tempval;                                      \
    (next)->tempval = Value::none();                                    \
    if (LISLE_UNLIKELY(!((next)->task_flags & rt::kTaskletStarted))) {  \
      (next)->task_flags |= rt::kTaskletStarted;                        \
      LISLE_TAIL enter(top, t, 0, 0, 0);                                \
    }                                                                   \
    if (LISLE_UNLIKELY(top->step() != kTailStep && top->step() != 0)) { \
      t->resumed = value;                                               \
      LISLE_TAIL run_native(top, t, 0, 0, 0);                           \
    }                                                                   \
    LISLE_TAIL top->ret(top, t, value.bits(), 0, 0);                    \
  } while (0)

// schedule(retval=current)
static LISLE_CODE void call_schedule(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  Tasklet* current = t->current;
  Tasklet* next = current->next;
  Value v = nargs == 0 ? Value::from(current) : w->r[0];
  if (LISLE_UNLIKELY(nargs > 1 || next == current || current->task_flags & rt::kTaskletInterrupted ||
                     !nothing_watches(*world(t).scheduler) || !goes_on_plainly(*next) ||
                     !has_room(t, f, w, 1) || !is_plain(v)))
    LISLE_TAIL call_leaf(f, t, window, nargs, ret);
  wait_in(t, *current, f, w, nargs, ret);
  current->tempval = v;
  SWITCH_TO(next);
}

namespace {

// Is window `w` a call of a channel's method, taken off its class, with `wanted` arguments that are there?
inline bool is_channel_call(const Frame* w, u64 nargs, u32 wanted) {
  return nargs == wanted && rt::is_kind(w->r[0], rt::Kind::Channel) &&
         static_cast<const rt::Native*>(w->fn.object())->self.is_unbound();
}

// May the current tasklet wait in the queue of `c`, and is there another that simply goes on instead?
inline bool may_block(const Channel& c, const Tasklet& current) {
  constexpr u32 kRefused = rt::kTaskletBlockTrap | rt::kTaskletInterrupted;
  return !c.closing && !c.buffer && !(current.task_flags & kRefused) && current.next != &current &&
         goes_on_plainly(*current.next);
}

// Is somebody waiting whom nothing else can wake, a timer say, and who is of the running thread?
inline bool waits_plainly(const Channel& c, const Tasklet& current) {
  return c.first->waits_on == &c && c.first->ring == current.ring &&
         !(c.first->task_flags & (rt::kTaskletSelects | rt::kTaskletStored));
}

// The current tasklet waits in the queue of `c`; who goes on.
inline Tasklet* block(Runtime& rt, Channel& c, Tasklet& current, Value v, bool sending) {
  Tasklet* next = current.next;
  rt::unlink(rt, *rt.scheduler->ring, current);
  rt::queue_append(rt, c, current, sending);
  current.tempval = v;
  return next;
}

// The first receiver in the queue of `c` is the next in the ring.
inline Tasklet* give(Runtime& rt, Channel& c, Tasklet& current, Value v) {
  Tasklet* receiver = c.first;
  rt::queue_remove(rt, c, *receiver);
  receiver->waits_on = nullptr;
  receiver->tempval = v;
  current.tempval = Value::none();
  rt::link_before(rt, *rt.scheduler->ring, *receiver, *current.next);
  return receiver;
}

// What the first sender in the queue of `c` sends; it is the last of the ring.
inline Value take(Runtime& rt, Channel& c, Tasklet& current) {
  Tasklet* sender = c.first;
  Value v = sender->tempval;
  rt::queue_remove(rt, c, *sender);
  sender->waits_on = nullptr;
  sender->tempval = current.tempval = Value::none();
  rt::link_before(rt, *rt.scheduler->ring, *sender, current);
  return v;
}

}  // namespace

// channel.send(value): with a receiver waiting that goes on first, or none.
static LISLE_CODE void call_send(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  Runtime& rt = world(t);
  if (LISLE_UNLIKELY(!is_channel_call(w, nargs, 2) || !nothing_watches(*rt.scheduler) ||
                     !has_room(t, f, w, 2) || !is_plain(w->r[1])))
    LISLE_TAIL call_leaf(f, t, window, nargs, ret);
  auto* c = static_cast<Channel*>(w->r[0].object());
  Tasklet* current = t->current;
  Tasklet* next;
  if (c->balance < 0 && c->preference < 0 && !c->schedule_all && goes_on_plainly(*c->first) &&
      waits_plainly(*c, *current)) {
    next = give(rt, *c, *current, w->r[1]);
  } else if (c->balance >= 0 && may_block(*c, *current)) {
    next = block(rt, *c, *current, w->r[1], true);
  } else {
    LISLE_TAIL call_leaf(f, t, window, nargs, ret);
  }
  wait_in(t, *current, f, w, nargs, ret);
  SWITCH_TO(next);
}

// channel.receive(): from a sender that waits and does not go on first, or none.
static LISLE_CODE void call_receive(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  Runtime& rt = world(t);
  if (LISLE_UNLIKELY(!is_channel_call(w, nargs, 1) || !nothing_watches(*rt.scheduler) ||
                     !has_room(t, f, w, 1)))
    LISLE_TAIL call_leaf(f, t, window, nargs, ret);
  auto* c = static_cast<Channel*>(w->r[0].object());
  Tasklet* current = t->current;
  if (c->balance > 0 && !c->buffer && c->preference <= 0 && !c->schedule_all && waits_plainly(*c, *current) &&
      !(c->first->task_flags & rt::kTaskletSendsException)) {
    Value v = take(rt, *c, *current);
    w->prev = f;
    LISLE_TAIL reinterpret_cast<Entry>(ret)(w, t, v.bits(), 0, 0);
  }
  if (LISLE_UNLIKELY(c->balance > 0 || !may_block(*c, *current)))
    LISLE_TAIL call_leaf(f, t, window, nargs, ret);
  Tasklet* next = block(rt, *c, *current, Value::none(), false);
  wait_in(t, *current, f, w, nargs, ret);
  SWITCH_TO(next);
}

const Entry kIntrinsics[] = {call_leaf, call_schedule, call_send, call_receive};

}  // namespace lisle::interp

// What the program is told by the scheduler: switches, channel actions, the end of a tasklet by an exception.
// Each is a step machine on the stack of the tasklet that acts, so that the program's functions may do
// whatever others may.
#include "runtime/builtins/print_exception.h"
#include "runtime/protocols/call.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/types/exception.h"

namespace lisle::rt {

namespace {

Result call_schedule_callback(Runtime& rt, Frame& f, Value next) {
  Scheduler& s = *rt.scheduler;
  s.in_schedule_callback = true;
  return call(rt, f, s.schedule_callback, {Value::from(rt.thread.current), next});
}

Result call_channel_callback(Runtime& rt, Frame& f, Channel& c, Value v, bool sends) {
  Scheduler& s = *rt.scheduler;
  Tasklet& current = *rt.thread.current;
  bool blocks = sends ? c.balance >= 0 : c.balance <= 0;
  current.tempval = v;
  rt.heap.wrote(&current);
  s.in_channel_callback = true;
  return call(rt, f, s.channel_callback,
              {Value::from(&c), Value::from(&current), Value::from_int(sends), Value::from_int(blocks)});
}

}  // namespace

// Tells the schedule callback and switches. f: the next tasklet; an exception.
Result notify_switch(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, call_schedule_callback(rt, f, f[0]));
      rt.scheduler->in_schedule_callback = false;
      if (r.is_raised()) {
        f[1] = take_raised(rt);
        AWAIT_CATCH(2, print_unraisable(rt, f, f[1], rt.scheduler->schedule_callback));
        if (r.is_raised()) (void)take_raised(rt);
      }
      f.set_step(3);
      save_current(rt, f);
      make_current(rt, *to<Tasklet>(f[0]));
      rt.thread.enter = nullptr;
      return Result::pending();
    case 3:
      return r;
  }
  LISLE_UNREACHABLE();
}

// The last frame of a tasklet when the program has to be told of its end. f: its error or unbound; who goes
// on.
Result end_tasklet_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (rt.thread.current->task_flags & kTaskletWatched && !rt.scheduler->end_hook.is_none()) {
        rt.thread.current->task_flags &= ~static_cast<u32>(kTaskletWatched);
        AWAIT_CATCH(4, call(rt, f, rt.scheduler->end_hook,
                            {Value::from(rt.thread.current), rt.thread.current->tempval,
                             f[0].is_unbound() ? Value::none() : f[0]}));
        if (r.is_raised())
          f[0] = take_raised(rt);
        else if (r.value().is_true())
          f[0] = Value::unbound();
      }
      if (!f[0].is_unbound() && is_instance(rt, f[0], rt.type(TypeId::TaskletExit))) f[0] = Value::unbound();
      if (!f[0].is_unbound() && !rt.scheduler->error_handler.is_none() &&
          !is_instance(rt, f[0], rt.type(TypeId::SystemExit))) {
        AWAIT_CATCH(1, call(rt, f, rt.scheduler->error_handler,
                            {Value::from(type_of(rt, f[0])), f[0], to<Exception>(f[0])->traceback}));
        f[0] = Value::unbound();
        if (r.is_raised() && !raised_is(rt, TypeId::TaskletExit)) f[0] = take_raised(rt);
      }
      f[1] = Value::from(choose_heir(rt, *rt.thread.current, f[0]));
      if (!rt.scheduler->schedule_callback.is_none()) {
        AWAIT_CATCH(2, call_schedule_callback(rt, f, f[1]));
        rt.scheduler->in_schedule_callback = false;
        if (r.is_raised()) {
          f[0] = take_raised(rt);
          AWAIT_CATCH(3, print_unraisable(rt, f, f[0], rt.scheduler->schedule_callback));
          if (r.is_raised()) (void)take_raised(rt);
        }
      }
      Tasklet* next = to<Tasklet>(f[1]);
      release_frames(rt, *rt.thread.current);
      make_current(rt, *next);
      rt.thread.enter = nullptr;
      return Result::pending();
  }
  LISLE_UNREACHABLE();
}

// A channel action after its callback was told. f: channel, value, flags (1: sends, 2: the value is an
// exception).
Result channel_action_steps(Runtime& rt, Frame& f) {
  Scheduler& s = *rt.scheduler;
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, call_channel_callback(rt, f, *to<Channel>(f[0]), f[1], f[2].as_int() & kSendsValue));
      s.in_channel_callback = false;
      if (r.is_raised()) return r;
      return channel_action(rt, f, *to<Channel>(f[0]), f[1], static_cast<u32>(f[2].as_int()));
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

// stackless.tasklet: binding, running, removing, throwing. See scheduler.h for the machinery.
#include "runtime/image/task_state.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/stack.h"
#include "runtime/tasks/bomb.h"
#include "runtime/tasks/select.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/tasks/timers.h"
#include "runtime/tasks/tracing.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace lisle::rt {

Result check_may_switch(Runtime& rt) {
  if (rt.scheduler->in_schedule_callback)
    return raise(rt, TypeId::RuntimeError, "Recursive scheduler call due to callbacks!");
  if (rt.scheduler->ring->switch_trap) return raise(rt, TypeId::RuntimeError, "switch_trap");
  if (rt.scheduler->nesting)
    return raise(rt, TypeId::RuntimeError, "cannot switch tasklets inside a call made by the host");
  return Result::none();
}

Result thrown_exception(Runtime& rt, Frame& f, Value exc, Value val, Value tb) {
  if (!tb.is_unbound() && !tb.is_none() && !is_kind(tb, Kind::Traceback))
    return raise(rt, TypeId::TypeError, "third argument must be a traceback object");
  bool has_value = !val.is_unbound() && !val.is_none();
  if (is_kind(exc, Kind::Exception)) {
    if (has_value) return raise(rt, TypeId::TypeError, "instance exception may not have a separate value");
    if (is_kind(tb, Kind::Traceback)) {
      to<Exception>(exc)->traceback = tb;
      rt.heap.wrote(exc.object());
    }
    return exc;
  }
  if (!is_type(exc) || !is_subtype(to<Type>(exc), rt.type(TypeId::BaseException)))
    return raise(rt, TypeId::TypeError, "exceptions must be classes, or instances, not %s",
                 type_name(rt, exc));
  if (!has_value) return call(rt, f, exc, {});
  if (is_instance(rt, val, to<Type>(exc))) return val;
  if (auto* args = as<Tuple>(val)) return call_span(rt, f, exc, args->items, static_cast<u32>(args->size));
  return call(rt, f, exc, {val});
}

Result split_exception_arguments(Runtime& rt, Frame& f, const char* name) {
  auto* args = to<Tuple>(f[1]);
  if (!args->size) return raise(rt, TypeId::TypeError, "%s() takes at least 1 argument (0 given)", name);
  f[2] = Value::from(new_tuple_from(rt, args->items + 1, args->size - 1));
  f[1] = to<Tuple>(f[1])->items[0];
  return Result::none();
}

namespace {

Tasklet& self_of(Frame& f) {
  return *to<Tasklet>(f[0]);
}

bool is_running(Runtime& rt, const Tasklet& t) {
  return rt.thread.current == &t;
}
// Is it the one that its own thread runs, or was interrupted in?
bool is_current(Runtime& rt, const Tasklet& t) {
  Ring* ring = ring_of(rt, t);
  return ring && current_of(rt, *ring) == &t;
}
bool is_alive(Runtime& rt, const Tasklet& t) {
  return is_running(rt, t) || (t.top && ring_of(rt, t));
}
bool is_elsewhere(Runtime& rt, const Tasklet& t) {
  return t.ring != rt.scheduler->ring->index;
}

// How many calls of it stand for calls out of C.
i64 nesting_level(Runtime& rt, const Tasklet& t) {
  const Value from_c = Value::from(rt.internals[static_cast<size_t>(Internal::CallFromC)]);
  const Frame* top = is_running(rt, t) ? rt.thread.frame : is_alive(rt, t) ? t.top : nullptr;
  i64 level = 0;
  for (; top; top = top->prev) level += top->fn == from_c;
  return level;
}

// Does somebody count on its frames and its thread? The main tasklet, whose end is that of the thread, one
// that waits in run(), and one in a call that stands for one out of C are as fixed as those of Stackless that
// have C state.
bool is_fixed(Runtime& rt, const Tasklet& t) {
  return is_alive(rt, t) && (t.task_flags & (kTaskletMain | kTaskletWatches) || nesting_level(rt, t));
}
Result raise_fixed(Runtime& rt) {
  return raise(rt, TypeId::RuntimeError, "tasklet has C state on its stack");
}

// --- binding
// ---------------------------------------------------------------------------------------------------------------

// What a tasklet without frames was bound to, or None. That of one that has ended is its result.
Value callable_of(const Tasklet& t) {
  return t.task_flags & kTaskletStarted ? Value::none() : t.tempval;
}

// bind(func, args, kwargs), also the constructor's work.
Result bind(Runtime& rt, Tasklet& t, Value func, Value args, Value kwargs) {
  bool has_func = !func.is_unbound() && !func.is_none();
  bool has_args = (!args.is_unbound() && !args.is_none()) || (!kwargs.is_unbound() && !kwargs.is_none());
  if (has_func && !is_kind(func, Kind::Function) && !has_special(rt, func, Special::Call))
    return raise(rt, TypeId::TypeError, "tasklet function must be a callable or None");
  if (is_running(rt, t)) return raise(rt, TypeId::RuntimeError, "can't (re)bind the current tasklet");
  if (t.next || t.waits_on) return raise(rt, TypeId::RuntimeError, "tasklet is scheduled");
  if (t.top && is_fixed(rt, t)) return raise_fixed(rt);
  if (!has_func && !has_args && t.task_flags & kTaskletMain)
    return raise(rt, TypeId::RuntimeError, "can't unbind the main tasklet");
  if (has_func) {
    deliver(rt, t, func);
    release_frames(rt, t);
    t.task_flags &= ~static_cast<u32>(kTaskletStarted);
  }
  if (!has_args) {
    if (!has_func) {
      release_frames(rt, t);
      deliver(rt, t, Value::none());
    }
    return Value::from(&t);
  }
  Value callable = callable_of(t);
  if (callable.is_none() || t.top)
    return raise(rt, TypeId::RuntimeError, "the tasklet was not bound to a function");
  if (!ring_of(rt, t)) return raise(rt, TypeId::RuntimeError, "tasklet has no thread");
  auto* tuple = as<Tuple>(args);
  if (!args.is_unbound() && !args.is_none() && !tuple)
    return raise(rt, TypeId::TypeError, "argument for bind() must be a tuple, not %s", type_name(rt, args));
  std::span<const Value> positional;
  if (tuple) positional = {tuple->items, tuple->size};
  tasklet_bind(rt, t, callable, positional, as<Dict>(kwargs));
  deliver(rt, t, Value::none());
  return Value::from(&t);
}

Result tasklet_new(Runtime& rt, Frame& f) {
  Tasklet* t = new_tasklet(rt, to<Type>(f[0]), Value::none());
  return Value::from(t);
}

Result tasklet_init(Runtime& rt, Frame& f) {
  TRY(bind(rt, self_of(f), f[1], f[2], f[3]));
  return Result::none();
}

Result tasklet_bind_method(Runtime& rt, Frame& f) {
  return bind(rt, self_of(f), f[1], f[2], f[3]);
}

// tasklet(func, args, kwargs) where no subclass has a say.
Result tasklet_construct(Runtime& rt, Frame& f) {
  u32 count = f.window_nargs();
  if (count > 3) return Value::unbound();
  auto argument = [&](u32 i) { return i < count ? f[i] : Value::none(); };
  Tasklet* t = new_tasklet(rt, rt.type(TypeId::Tasklet), Value::none());
  return bind(rt, *t, argument(0), argument(1), argument(2));
}

// tasklet(func)(*args): bound and at the end of the ring.
Result setup(Runtime& rt, Tasklet& t, std::span<const Value> args, Dict* kwargs) {
  if (is_alive(rt, t)) return raise(rt, TypeId::RuntimeError, "tasklet is alive");
  Value callable = callable_of(t);
  if (callable.is_none()) return raise(rt, TypeId::RuntimeError, "the tasklet was not bound to a function");
  if (!ring_of(rt, t)) return raise(rt, TypeId::RuntimeError, "tasklet has no thread");
  tasklet_bind(rt, t, callable, args, kwargs);
  deliver(rt, t, Value::none());
  ring_insert_last(rt, t);
  return Value::from(&t);
}

Result tasklet_call(Runtime& rt, Frame& f) {
  auto* args = to<Tuple>(f[1]);
  return setup(rt, self_of(f), {args->items, args->size}, to<Dict>(f[2]));
}

// --- scheduling
// ------------------------------------------------------------------------------------------------------------

Result insert(Runtime& rt, Tasklet& t) {
  if (t.waits_on) return raise(rt, TypeId::RuntimeError, "You cannot run a blocked tasklet");
  if (!is_alive(rt, t)) return raise(rt, TypeId::RuntimeError, "You cannot run an unbound(dead) tasklet");
  if (!t.next) ring_insert_last(rt, t);
  return Value::from(&t);
}

Result tasklet_insert(Runtime& rt, Frame& f) {
  return insert(rt, self_of(f));
}

Result tasklet_remove(Runtime& rt, Frame& f) {
  Tasklet& t = self_of(f);
  if (t.waits_on) return raise(rt, TypeId::RuntimeError, "You cannot remove a blocked tasklet.");
  if (is_current(rt, t)) return raise(rt, TypeId::RuntimeError, "The current tasklet cannot be removed.");
  if (t.next) ring_remove(rt, t);
  return f[0];
}

// In another thread: it is the next to run there; the caller goes on.
Result run_elsewhere(Runtime& rt, Tasklet& t) {
  if (t.waits_on || !is_alive(rt, t)) TRY(insert(rt, t));
  Ring& ring = *ring_of(rt, t);
  if (t.next && ring.current != &t) ring_remove(rt, t);
  if (!t.next) ring_insert_next(rt, t);
  if (!ring.current) ring.head = &t;
  return rt.thread.current->tempval;
}

Result tasklet_run(Runtime& rt, Frame& f) {
  Tasklet& t = self_of(f);
  Tasklet& current = *rt.thread.current;
  if (is_running(rt, t)) return current.tempval;
  if (!ring_of(rt, t)) return raise(rt, TypeId::RuntimeError, "tasklet has no thread");
  if (is_elsewhere(rt, t)) return run_elsewhere(rt, t);
  if (is_alive(rt, t) && !t.waits_on) TRY(check_may_switch(rt));
  TRY(insert(rt, t));
  return switch_to(rt, f, t);
}

Result tasklet_switch(Runtime& rt, Frame& f) {
  Tasklet& t = self_of(f);
  Tasklet& current = *rt.thread.current;
  if (is_running(rt, t)) return current.tempval;
  if (!ring_of(rt, t)) return raise(rt, TypeId::RuntimeError, "tasklet has no thread");
  if (is_elsewhere(rt, t)) return raise(rt, TypeId::RuntimeError, "can't switch to a different thread.");
  if (is_alive(rt, t) && !t.waits_on) TRY(check_may_switch(rt));
  TRY(insert(rt, t));
  ring_remove(rt, current);
  return switch_to(rt, f, t);
}

// Raises `exception` in `t`: at once, or when it runs next.
Result throw_into(Runtime& rt, Frame& f, Tasklet& t, Value exception, bool pending) {
  if (is_running(rt, t)) return raise_value(rt, exception);
  if (!is_alive(rt, t)) {
    if (is_instance(rt, exception, rt.type(TypeId::TaskletExit))) return Result::none();
    const char* text = ring_of(rt, t) ? "You cannot throw to a dead tasklet" : "tasklet has no thread";
    return raise(rt, TypeId::RuntimeError, "%s", text);
  }
  if (is_elsewhere(rt, t)) pending = true;
  if (!pending) TRY(check_may_switch(rt));
  wake(rt, t);
  deliver_exception(rt, t, exception);
  if (pending) return Result::none();
  deliver(rt, *rt.thread.current, Value::none());
  return switch_to(rt, f, t);
}

// throw(exc, val=None, tb=None, pending=False). f: tasklet, exc, val, tb, pending.
Result tasklet_throw(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, thrown_exception(rt, f, f[1], f[2], f[3]));
      f[1] = r.value();
      AWAIT(2, throw_into(rt, f, self_of(f), f[1], f[4].is_true() || (f[4].is_int() && f[4].as_int() != 0)));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// raise_exception(cls, *args). f: tasklet, (class, args...) and then class; args.
Result tasklet_raise_exception(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(split_exception_arguments(rt, f, "raise_exception"));
      if (!is_type(f[1]) || !is_subtype(to<Type>(f[1]), rt.type(TypeId::BaseException)))
        return raise(rt, TypeId::TypeError,
                     "tasklet.raise_exception needs Exception or string subclass as first parameter");
      AWAIT(1, call_spread(rt, f, f[1], to<Tuple>(f[2]), nullptr));
      f[1] = r.value();
      AWAIT(2, throw_into(rt, f, self_of(f), f[1], false));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result tasklet_kill(Runtime& rt, Frame& f) {
  Value exit = Value::from(new_exception(rt, TypeId::TaskletExit, Value::unbound()));
  return throw_into(rt, f, self_of(f), exit, f[1].is_true() || (f[1].is_int() && f[1].as_int() != 0));
}

// bind_thread(thread_id=-1): moves a tasklet that does not run to another thread, the running one by default.
Result tasklet_bind_thread(Runtime& rt, Frame& f) {
  Tasklet& t = self_of(f);
  i64 ident = -1;
  if (!f[1].is_unbound() && !int_to_i64(f[1], ident))
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                 type_name(rt, f[1]));
  if (ident < -1) return raise(rt, TypeId::OverflowError, "can't convert negative int to unsigned");
  Ring* target = ident == -1 ? rt.scheduler->ring : ring_of_ident(rt, ident);
  if (!target) return raise(rt, TypeId::ValueError, "bad thread");
  Ring* source = ring_of(rt, t);
  bool sleeps = t.waits_on && !awaited_by(t);
  bool runnable = source && (t.in_ring() || is_running(rt, t) || sleeps);
  if (runnable) return raise(rt, TypeId::RuntimeError, "can't (re)bind a runnable tasklet");
  if (is_fixed(rt, t)) return raise_fixed(rt);
  if (!source) release_frames(rt, t);
  move_expected(rt, t, source, *target);
  t.ring = target->index;
  return Result::none();
}

Result set_flag(Runtime& rt, Frame& f, u32 flag, const char* name) {
  if (!f[1].is_bool() && !f[1].is_int())
    return raise(rt, TypeId::TypeError, "%s needs exactly one bool or integer", name);
  Tasklet& t = self_of(f);
  bool before = t.task_flags & flag;
  bool on = f[1].is_true() || (f[1].is_int() && f[1].as_int() != 0);
  t.task_flags = on ? t.task_flags | flag : t.task_flags & ~flag;
  return Result::boolean(before);
}
Result tasklet_set_atomic(Runtime& rt, Frame& f) {
  Value before = TRY(set_flag(rt, f, kTaskletAtomic, "set_atomic"));
  set_atomic(rt, self_of(f), self_of(f).task_flags & kTaskletAtomic);
  return before;
}
Result tasklet_set_ignore_nesting(Runtime& rt, Frame& f) {
  return set_flag(rt, f, kTaskletIgnoreNesting, "set_ignore_nesting");
}

// --- attributes
// -------------------------------------------------------------------------------------------------------------

Result get_alive(Runtime& rt, Frame& f) {
  return Result::boolean(is_alive(rt, self_of(f)));
}
Result get_paused(Runtime& rt, Frame& f) {
  Tasklet& t = self_of(f);
  return Result::boolean(is_alive(rt, t) && !t.waits_on && !t.next && !is_running(rt, t));
}
Result get_blocked(Runtime&, Frame& f) {
  return Result::boolean(self_of(f).waits_on != nullptr);
}
Result get_scheduled(Runtime&, Frame& f) {
  return Result::boolean(self_of(f).next || self_of(f).waits_on);
}
Result get_restorable(Runtime& rt, Frame& f) {
  return Result::boolean(!(self_of(f).task_flags & kTaskletMain) && nesting_level(rt, self_of(f)) == 0);
}
Result get_atomic(Runtime&, Frame& f) {
  return Result::boolean(self_of(f).task_flags & kTaskletAtomic);
}
Result get_ignore_nesting(Runtime&, Frame& f) {
  return Result::boolean(self_of(f).task_flags & kTaskletIgnoreNesting);
}
Result get_block_trap(Runtime&, Frame& f) {
  return Result::boolean(self_of(f).task_flags & kTaskletBlockTrap);
}
Result set_block_trap(Runtime& rt, Frame& f) {
  if (!f[1].is_bool() && !f[1].is_int())
    return raise(rt, TypeId::TypeError, "block_trap must be set to a bool or integer");
  TRY(set_flag(rt, f, kTaskletBlockTrap, "block_trap"));
  return Result::none();
}
Result get_is_current(Runtime& rt, Frame& f) {
  return Result::boolean(is_current(rt, self_of(f)));
}
Result get_is_main(Runtime&, Frame& f) {
  return Result::boolean(self_of(f).task_flags & kTaskletMain);
}
Result get_thread_id(Runtime& rt, Frame& f) {
  Ring* ring = ring_of(rt, self_of(f));
  return Value::from_int(ring ? ring->ident() : -1);
}
Result get_next(Runtime&, Frame& f) {
  return self_of(f).next ? Result(Value::from(&tasklet_behind(*self_of(f).next))) : Result::none();
}
Result get_prev(Runtime&, Frame& f) {
  return self_of(f).prev ? Result(Value::from(&tasklet_behind(*self_of(f).prev))) : Result::none();
}
Result get_tempval(Runtime& rt, Frame& f) {
  Tasklet& t = self_of(f);
  bool exception = t.task_flags & (kTaskletRaise | kTaskletSendsException);
  return exception ? Value::from(new_bomb(rt, t.tempval)) : t.tempval;
}
Result set_tempval(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return raise(rt, TypeId::TypeError, "tempval cannot be deleted");
  deliver(rt, self_of(f), f[1]);
  return Result::none();
}
Result get_channel(Runtime&, Frame& f) {
  Object* awaited = awaited_by(self_of(f));
  return awaited && awaited->kind == Kind::Channel ? Result(Value::from(awaited)) : Result::none();
}
template <TraceKind kind>
Result get_trace(Runtime&, Frame& f) {
  return trace_function(self_of(f), kind);
}
template <TraceKind kind>
Result set_trace(Runtime& rt, Frame& f) {
  Tasklet& t = self_of(f);
  if (!is_alive(rt, t)) return raise(rt, TypeId::RuntimeError, "tasklet is not alive");
  if (is_current(rt, t) && !is_running(rt, t))
    return raise(rt, TypeId::RuntimeError,
                 "You cannot set the %s function of the current tasklet of another thread",
                 kind == TraceKind::kTrace ? "trace" : "profile");
  set_trace_function(rt, t, kind, f[1].is_unbound() ? Value::none() : f[1]);
  return Result::none();
}
Result get_nesting_level(Runtime& rt, Frame& f) {
  return Value::from_int(nesting_level(rt, self_of(f)));
}

// The innermost frame of the language.
Frame* language_frame(Frame* f) {
  while (f && !is_kind(f->fn, Kind::Function)) f = f->prev;
  return f;
}

Result get_recursion_depth(Runtime& rt, Frame& f) {
  Tasklet& t = self_of(f);
  Frame* top = is_current(rt, t) ? &f : t.task_flags & kTaskletStarted ? t.top : nullptr;
  i64 depth = 0;
  for (top = language_frame(top); top; top = language_frame(top->prev)) ++depth;
  return Value::from_int(depth);
}
Result get_frame(Runtime& rt, Frame& f) {
  Tasklet& t = self_of(f);
  Frame* top = is_current(rt, t) ? f.prev : t.task_flags & kTaskletStarted ? t.top : nullptr;
  top = language_frame(top);
  return top ? Value::from(frame_object(rt, *top, t)) : Result::none();
}

constexpr NativeSpec kMethods[] = {
    {"__new__", tasklet_new, "(cls, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", tasklet_init, "(self, func=None, args=None, kwargs=None)"},
    {"__call__", tasklet_call, "(self, /, *args, **kwargs)",
     "Bind arguments and insert at the end of the ring."},
    {"setup", tasklet_call, "(self, /, *args, **kwargs)",
     "Bind arguments and insert at the end of the ring."},
    {"bind", tasklet_bind_method, "(self, func=None, args=None, kwargs=None)", "Bind a function, or unbind."},
    {"insert", tasklet_insert, "(self, /)", "Append to the ring."},
    {"remove", tasklet_remove, "(self, /)", "Take out of the ring."},
    {"run", tasklet_run, "(self, /)", "Run now.", 0, kSwitches},
    {"switch", tasklet_switch, "(self, /)", "Run now; the caller leaves the ring.", 0, kSwitches},
    {"throw", tasklet_throw, "(self, exc, val=None, tb=None, pending=False)",
     "Raise an exception in the tasklet.", 5, kSwitches},
    {"raise_exception", tasklet_raise_exception, "(self, /, *args)", "Raise exc_class(*args) in the tasklet.",
     3, kSwitches},
    {"kill", tasklet_kill, "(self, pending=False)", "Raise TaskletExit in the tasklet.", 0, kSwitches},
    {"bind_thread", tasklet_bind_thread, "(self, thread_id=-1)",
     "Move a tasklet that does not run to another thread."},
    {"set_atomic", tasklet_set_atomic, "(self, flag, /)", "Forbid or allow interrupts; the old setting."},
    {"set_ignore_nesting", tasklet_set_ignore_nesting, "(self, flag, /)"},
    {"set_context", tasklet_set_context, "(self, /, *args, **kwargs)",
     "Let the tasklet run in this context of context variables.", 4},
    {"context_run", tasklet_context_run, "(self, /, *args, **kwargs)",
     "Call callable(*args, **kwargs) in the context of the tasklet.", 4},
    {"__reduce__", tasklet_reduce, "(self, /)"},
    {"__setstate__", tasklet_set_state, "(self, state, /)"},
};

constexpr GetsetSpec kGetsets[] = {
    {"alive", get_alive},
    {"paused", get_paused},
    {"blocked", get_blocked},
    {"scheduled", get_scheduled},
    {"restorable", get_restorable},
    {"atomic", get_atomic},
    {"ignore_nesting", get_ignore_nesting},
    {"block_trap", get_block_trap, set_block_trap},
    {"is_current", get_is_current},
    {"is_main", get_is_main},
    {"thread_id", get_thread_id},
    {"context_id", tasklet_context_id, nullptr, "id() of the context it runs in, 0 when there is none yet"},
    {"next", get_next},
    {"prev", get_prev},
    {"tempval", get_tempval, set_tempval},
    {"_channel", get_channel},
    {"trace_function", get_trace<TraceKind::kTrace>, set_trace<TraceKind::kTrace>},
    {"profile_function", get_trace<TraceKind::kProfile>, set_trace<TraceKind::kProfile>},
    {"nesting_level", get_nesting_level},
    {"recursion_depth", get_recursion_depth},
    {"frame", get_frame},
};

}  // namespace

Result tasklet_called(Runtime& rt, Frame& f) {
  return setup(rt, *to<Tasklet>(f.fn), {f.r, f.window_nargs()}, nullptr);
}

bool is_called_plainly(const Runtime& rt, const Tasklet& t) {
  Value plain = rt.type(TypeId::Tasklet)->special(Special::Call);
  return type_of(rt, Value::from(&t))->special(Special::Call) == plain;
}

void set_atomic(Runtime& rt, Tasklet& t, bool on) {
  t.task_flags = on ? t.task_flags | kTaskletAtomic : t.task_flags & ~static_cast<u32>(kTaskletAtomic);
  if (!on && is_running(rt, t)) interrupts_allowed(rt);
}

extern const TypeSpec kTaskletType{"tasklet",      "stackless",   "A microthread.",
                                   TypeId::Object, Kind::Tasklet, kTypeHidden,
                                   kMethods,       kGetsets,      tasklet_construct};

}  // namespace lisle::rt

// Windows as the call handlers use them: laid out in the caller's registers, they become the callee's frame
// in place.
#pragma once
#include "runtime/protocols/bind.h"
#include "vm/interp/handler.h"

namespace lisle::interp {

inline Frame* window_at(Frame* f, u32 index) {
  return reinterpret_cast<Frame*>(&reg(f, index));
}

// The same call one argument richer: the window one register lower, where everything but the callable and the
// new first argument already is in its place.
inline Frame* with_receiver(Frame* w, Value callable, Value receiver) {
  auto* lower = reinterpret_cast<Frame*>(reinterpret_cast<Value*>(w) - 1);
  lower->fn = callable;
  lower->r[0] = receiver;
  return lower;
}

// Where a constructor call keeps the instance until __init__ has returned (see cont_construct).
inline Value& instance_of(Frame* w) {
  return reinterpret_cast<Value*>(w)[-1];
}

// Starts function `callee` in window `w`, whose arguments fit it exactly.
#define START_FUNCTION(w, function, continuation)                                  \
  do {                                                                             \
    rt::Code* code = (function)->code;                                             \
    u32 depth = f->depth() + 1;                                                    \
    if (LISLE_LIKELY(reinterpret_cast<char*>(w) + code->frame_bytes <= t->limit && \
                     depth <= t->depth_limit)) {                                   \
      f->pc = pc;                                                                  \
      (w)->ret = (continuation);                                                   \
      (w)->prev = f;                                                               \
      (w)->info = static_cast<u64>(depth) << 32;                                   \
      f = (w);                                                                     \
      k = reinterpret_cast<u64>(code->constants);                                  \
      pc = reinterpret_cast<u64>(code->instructions);                              \
      if (LISLE_UNLIKELY(--t->ticks < 0)) LISLE_TAIL safepoint(f, t, pc, k, 0);    \
      LISLE_TAIL code->entry(f, t, pc, k, *at(pc));                                \
    }                                                                              \
  } while (0)

// Starts function `callee` in window `w`, in which its parameters are bound already and which has room.
// `mark` are flags for Frame::info.
#define START_BOUND_FUNCTION(w, function, continuation, mark)                            \
  do {                                                                                   \
    rt::Code* code = (function)->code;                                                   \
    (w)->ret = (continuation);                                                           \
    (w)->prev = f;                                                                       \
    (w)->info = ((f->info & ~u64{0xffffffff}) + (u64{1} << 32)) | (mark);                \
    f = (w);                                                                             \
    u64 constants = reinterpret_cast<u64>(code->constants);                              \
    u64 start = reinterpret_cast<u64>(code->instructions);                               \
    if (LISLE_UNLIKELY(--t->ticks < 0)) LISLE_TAIL safepoint(f, t, start, constants, 0); \
    LISLE_TAIL code->entry(f, t, start, constants, *at(start));                          \
  } while (0)

// The window above everything of `f`, for a call of `code` that no instruction has prepared; null where only
// the general way will do.
inline Frame* window_above(Thread* t, Frame* f, const rt::Code& callee) {
  const rt::Code& code = *function_of(f)->code;
  if (code.flags & rt::kCodeOwnsFrame || f->depth() >= t->depth_limit) return nullptr;
  constexpr i64 kUp = static_cast<i64>(rt::kWindowPad - rt::kWindowSlack) * static_cast<i64>(sizeof(Value));
  char* w = reinterpret_cast<char*>(f) + code.frame_bytes + kUp;
  return w + callee.frame_bytes <= t->limit ? reinterpret_cast<Frame*>(w) : nullptr;
}

// The function of the program that is special method `s` of the class of `v`, an instance of the layout of
// object, where it takes `nargs` arguments; null otherwise.
inline rt::Function* special_function(Thread* t, Value v, rt::Special s, u32 nargs) {
  if (!rt::is_kind(v, rt::Kind::Instance)) return nullptr;
  auto* function = rt::as<rt::Function>(world(t).shapes[v.object()->shape]->type->special(s));
  return function && function->code->simple_args == nargs ? function : nullptr;
}

// Calls `function` with the arguments that follow, one or more, above the frame; goes on behind it where that
// cannot be.
#define CALL_ABOVE(function, continuation, mark, ...)                \
  do {                                                               \
    Frame* above = window_above(t, f, *(function)->code);            \
    if (LISLE_LIKELY(above != nullptr)) {                            \
      const Value arguments[] = {__VA_ARGS__};                       \
      above->fn = Value::from(function);                             \
      u32 place = 0;                                                 \
      for (Value argument : arguments) above->r[place++] = argument; \
      f->pc = pc;                                                    \
      START_BOUND_FUNCTION(above, function, continuation, mark);     \
    }                                                                \
  } while (0)

// The general way into window `window` (its address) with `nargs`; names are those of keywords or 0. The
// call's pc is in the frame.
LISLE_CODE void call_window(Frame* f, Thread* t, u64 window, u64 nargs, u64 names);
// The same without keywords; the value goes to the continuation `ret`.
LISLE_CODE void start_window(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret);
// The window's callable is a native function, or a class: done in place where that can be, by start_window
// otherwise.
LISLE_CODE void call_native(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret);
LISLE_CODE void call_class(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret);
// The call of window `window` was done in C++: its Result goes where it belongs.
LISLE_CODE void finish_call(Frame* f, Thread* t, u64 window, u64 ret, u64 bits);

// Calls the window's callable by the C++ function `fn`, which gets the window with nothing bound. Unbound
// where only the general way will do.
inline Value called_in_place(Thread* t, Frame* f, Frame* w, u64 nargs, rt::NativeFn fn) {
  t->frame = w;
  w->prev = f;
  w->set_window(static_cast<u32>(nargs), Value());
  Value result = fn(world(t), *w).value();
  t->frame = f;
  return result;
}

}  // namespace lisle::interp

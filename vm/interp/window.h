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
    u64 depth = (f->info & ~u64{0xffffffff}) + (u64{1} << 32);                     \
    if (LISLE_LIKELY(reinterpret_cast<char*>(w) + code->frame_bytes <= t->limit && \
                     depth >> 32 <= t->depth_limit)) {                             \
      f->pc = pc;                                                                  \
      (w)->ret = (continuation);                                                   \
      (w)->prev = f;                                                               \
      (w)->info = depth;                                                           \
      f = (w);                                                                     \
      k = reinterpret_cast<u64>(code->constants);                                  \
      pc = reinterpret_cast<u64>(code->instructions);                              \
      if (LISLE_UNLIKELY(--t->ticks < 0)) LISLE_TAIL safepoint(f, t, pc, k, 0);    \
      LISLE_TAIL code->entry(f, t, pc, k, *at(pc));                                \
    }                                                                              \
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

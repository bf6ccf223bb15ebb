// A Frame is one activation of anything that executes: a function of the language or a native one.
//
// Frames lie in segments that belong to a tasklet (generators own theirs). A call is prepared in a *window*:
// memory above the caller's live registers that is laid out as the callee's frame, with the callable and the
// arguments in place, so that starting the callee moves nothing:
//
//   [slot before]  scratch word of the caller (a constructor call keeps the new instance there)
//   ret            continuation: where the callee's value goes. Identifies the layout of the frame below.
//   prev           the frame below, the one that gets the value
//   fn             the callable; while running, a Function or Native
//   pc             language frames: the instruction being executed; native frames: the step, shifted left by
//   three.
//                  In a window not yet entered: the tuple of keyword names, or zero.
//   info           depth and flags. In a window not yet entered: the count of positional arguments.
//   r[0...]        arguments first, then locals and temporaries; native frames keep their state here
//
// Every word of a segment is a Value or looks like an int (addresses of code and frames are multiples of
// four), which lets the collector scan segments without maps.
#pragma once
#include "runtime/object/result.h"

namespace lisle::rt {

struct Frame;
struct Thread;
struct Runtime;

// What every piece of code that runs is: left by a tail call, with arguments in registers. Compiled code adds
// eight arguments (ints, then doubles) to the prototype; they travel in registers that this prototype leaves
// alone.
#define LISLE_CODE __attribute__((preserve_none))
using Entry = LISLE_CODE void (*)(Frame* f, Thread* t, u64 a0, u64 a1, u64 a2);

inline constexpr u32 kHeaderWords = 5;
inline constexpr u32 kWindowPad = 2;  // registers the compiler keeps free below each window
inline constexpr u32 kWindowSlack =
    2;  // words above a frame's registers into which arguments may shift (a receiver)

struct Frame {
  Entry ret;
  Frame* prev;
  Value fn;
  u64 pc;
  u64 info;
  Value r[];

  // In `info`: the callee makes the next item of an iterator, and StopIteration that leaves it is the end.
  static constexpr u64 kMakesItem = u64{1} << 31;
  // Language frames: their call, or what resumed them, has been told of to whoever traces.
  static constexpr u64 kSeen = u64{1} << 30;

  Value& operator[](size_t i) { return r[i]; }

  // Native frames: which step is executed next.
  u32 step() const { return static_cast<u32>(pc >> 3); }
  void set_step(u32 step) { pc = static_cast<u64>(step) << 3; }

  // How many frames lie below, this one included; natives that were called in place have none.
  u32 depth() const { return static_cast<u32>(info >> 32); }
  void set_depth(u32 depth) { info = static_cast<u64>(depth) << 32 | static_cast<u32>(info); }

  // Windows: what the caller of prepare_window fills in. The count stays readable afterwards.
  u32 window_nargs() const { return static_cast<u32>(info & ~kMakesItem) >> 2; }
  void set_window(u32 nargs, Value keyword_names) {
    info = static_cast<u64>(nargs) << 2;
    pc = keyword_names.bits();
  }
  // A window with positional arguments alone becomes a native frame at that depth and step.
  void begin_window(u32 depth, u64 nargs, u32 step) {
    info = static_cast<u64>(depth) << 32 | nargs << 2;
    set_step(step);
  }
};
static_assert(sizeof(Frame) == kHeaderWords * 8);

// A native step that awaits: evaluates an operation that may have to wait for the program. When it must wait,
// the function is left and entered again at `case step:` with the value in `r` (see native.h for the shape of
// such a function). `r` is the function's Result variable, `f` its Frame. Afterwards the step is zero again,
// which says that a pending Result that the function returns is its own: the value is passed on and the
// function not entered again.
#define AWAIT(step, expression) \
  f.set_step(step);             \
  r = (expression);             \
  if (!r.is_value()) return r;  \
  [[fallthrough]];              \
  case step:                    \
    f.set_step(0)

// The same for functions marked kCatches: `r` may be raised afterwards, and the function has to look.
#define AWAIT_CATCH(step, expression) \
  f.set_step(step);                   \
  r = (expression);                   \
  if (r.is_pending()) return r;       \
  [[fallthrough]];                    \
  case step:                          \
    f.set_step(0)

}  // namespace lisle::rt

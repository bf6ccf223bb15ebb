// Where builtins that take long give way. Their loops in C++ pass none of the machine's safepoints, so that a
// tasklet that sums up a hundred million numbers would keep all others waiting. They count their work
// instead, and pause() when the count is used up: a step machine, like everything that lets others run.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// How many items a loop may handle between two pauses: some ten microseconds.
inline constexpr i64 kPieceOfWork = 4096;

// The pause itself, see pause_steps.
Result pause_now(Runtime& rt, Frame& f);

// The running native has done what takes about as long as `ticks` safepoints, and could be left here: None,
// or pending where others run first, or raised where an interrupt reaches the tasklet.
inline Result pause(Runtime& rt, Frame& f, i64 ticks = kPieceOfWork) {
  rt.thread.ticks -= ticks;
  if (LISLE_LIKELY(rt.thread.ticks >= 0)) return Value::none();
  return pause_now(rt, f);
}

}  // namespace lisle::rt

// The memory of frames: segments of the running tasklet, and how a prepared window becomes a frame.
#pragma once
#include "runtime/protocols/call.h"
#include "runtime/tasks/tasklet.h"

namespace lisle::rt {

inline constexpr u64 kMaxStackWords = u64{1} << 29;

// The pseudo frame at the start of every segment but the first: carries the return to the older segment. Its
// `ret` is null while no frame of the new segment was linked yet.
inline Frame* segment_bottom(Segment& s) {
  return reinterpret_cast<Frame*>(s.memory + kWindowPad);
}
inline Frame* segment_first_window(Segment& s) {
  return reinterpret_cast<Frame*>(s.memory + 2 * kWindowPad + kHeaderWords);
}

// A segment with at least `words` words of memory, which may hold stale ones; its `older` is null.
Segment* new_segment(Runtime& rt, u64 words);
// Opens a segment with at least `words` usable words on the running tasklet; raises RecursionError when its
// stack is absurdly large. None on success.
Result open_segment(Runtime& rt, u64 words);
// Leaves the top segment of the running tasklet.
void pop_segment(Thread& t);
// Undoes an open_segment whose frames were never linked, because the call was refused or finished at once.
void drop_unlinked_segment(Thread& t);

// Turns the window `w` into the frame that returns to `f` through `ret`. Must be done before the window is
// entered.
void link_frame(Thread& t, Frame& w, Frame& f, Entry ret);

inline Runtime& runtime_of(Thread& t) {
  return reinterpret_cast<Runtime&>(t);
}

}  // namespace lisle::rt

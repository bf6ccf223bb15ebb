// The machine's own way into natives that it knows.
#pragma once
#include "vm/interp/handler.h"

namespace lisle::interp {

// By rt::Intrinsic. Each calls the native of the window at a0 with a1 positional arguments, whose value goes
// to the continuation a2 of `f`, whose pc is stored.
extern const Entry kIntrinsics[];

// Calls the native of that window by its quick form, in a frame of its own, or in place when it is a leaf and
// the arguments fit; the general way otherwise. The call's pc stays in the frame: a pending or raised Result
// finds it there.
LISLE_CODE void call_leaf(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret);

}  // namespace lisle::interp

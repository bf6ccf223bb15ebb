// Generators as the interpreter runs them: made from a bound window, resumed by linking their frame on top of
// the resumer, left by a yield or their end.
#pragma once
#include "runtime/types/generator.h"
#include "vm/interp/handler.h"

namespace lisle::interp {

// The bound window `w` of a generator function becomes a generator, which is the result of the call.
LISLE_CODE void make_generator(Frame* w, Thread* t, u64, u64, u64);

// Window `w` asks the generator in its `fn`: one argument sends it; two throw the first (an exception); three
// finish the delegation it is suspended in with the first as its value.
LISLE_CODE void resume_generator(Frame* w, Thread* t, u64, u64, u64);

// Where compiled code goes on with the suspended generator of frame `f`; null: the interpreter does.
Entry resumption_of(const Thread* t, Frame* f);

// Puts generator `g` on top of the running tasklet's generators; `f` is who resumes it and `base` where its
// callees go.
void link_generator(Thread* t, rt::Generator* g, Frame* f, Entry ret, char* base);
// Takes the running generator off; its state is set by the caller.
void unlink_generator(Thread* t, rt::Generator* g);

}  // namespace lisle::interp

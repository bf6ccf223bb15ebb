// Generators as the interpreter runs them: made from a bound window, resumed by linking their frame on top of
// the resumer, left by a yield or their end.
#pragma once
#include "runtime/tasks/tasklet.h"
#include "runtime/types/generator.h"
#include "vm/interp/handler.h"

namespace lisle::interp {

// The bound window `w` of a generator function becomes a generator, which is the result of the call.
LISLE_CODE void make_generator(Frame* w, Thread* t, u64, u64, u64);

// Window `w` asks the generator in its `fn`: one argument sends it; two throw the first (an exception); three
// finish the delegation it is suspended in with the first as its value.
LISLE_CODE void resume_generator(Frame* w, Thread* t, u64, u64, u64);

// Where compiled code goes on with the suspended generator of frame `f`; null: the interpreter does. Code
// that suspends a generator leaves the number of the place where it wants to go on in the frame, four times
// that so that it looks like an int; the interpreter leaves 0. What came with an image or a pickle may be
// anything: the place has to be the frame's.
inline Entry resumption_of(const Thread* t, Frame* f) {
  u64 index = (reinterpret_cast<u64>(f->ret) >> 2) - 1;
  if (LISLE_LIKELY(index >= t->resumption_count)) return nullptr;
  const rt::Resumption& there = t->resumptions[index];
  return there.pc == f->pc && !function_of(f)->code->opcodes ? there.entry : nullptr;
}

// Where the callees of a language frame go.
inline char* callees_of(Frame* f) {
  const rt::Code& code = *function_of(f)->code;
  if (code.flags & rt::kCodeOwnsFrame) return rt::generator_of(*f)->callee_base;
  return reinterpret_cast<char*>(f) + code.frame_bytes - rt::kWindowSlack * sizeof(Value);
}

// Puts generator `g` on top of the running tasklet's generators; `f` is who resumes it and `base` where its
// callees go.
inline void link_generator(Thread* t, rt::Generator* g, Frame* f, Entry ret, char* base) {
  rt::Tasklet* current = t->current;
  Frame* gf = g->frame();
  gf->prev = f;
  gf->ret = ret;
  gf->info = 0;
  gf->set_depth(f->depth() + 1);
  g->callee_base = base;
  g->outer = current->generators;
  current->generators = g;
  g->outer_handled = current->handled;
  if (!g->handled.is_unbound()) current->handled = g->handled;
  g->state = rt::GeneratorState::kRunning;
}

// Takes the running generator off; its state is set by the caller.
inline void unlink_generator(Thread* t, rt::Generator* g) {
  rt::Tasklet* current = t->current;
  current->generators = g->outer;
  g->outer = nullptr;
  g->handled = g->handles ? current->handled : Value::unbound();
  current->handled = g->outer_handled;
  g->outer_handled = Value();
  world(t).heap.wrote(g);
}

}  // namespace lisle::interp

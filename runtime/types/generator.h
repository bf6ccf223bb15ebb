// Generators, coroutines and asynchronous generators: a frame of their own that is linked on top of whoever
// resumes them. What they call lies on the stack of the running tasklet, from `callee_base` on.
#pragma once
#include "runtime/types/frame_object.h"
#include "runtime/types/function.h"

namespace lisle::rt {

enum class GeneratorState : u8 { kCreated, kSuspended, kRunning, kClosed };

// What has become of an asynchronous generator, in Generator::async_flags.
enum AsyncFlag : u8 {
  kAsyncTold = 1,     // the hook for first iterations was called
  kAsyncRunning = 2,  // a step of it was begun and has not come to its end
  kAsyncClosed = 4,   // it ended, or aclose() was begun
};

struct Generator : Object {
  static constexpr Kind kKind = Kind::Generator;
  Str* name;
  Str* qualname;
  Value handled;              // own handled exception while suspended inside an except block, else unbound
  Value outer_handled;        // the resumer's, while running
  Generator* outer;           // next running generator of the same tasklet
  char* callee_base;          // while running: where its callees' frames go
  Value yielded_from;         // what it delegates to while suspended in yield from or await, else None
  FrameObject* frame_object;  // what the program sees of its frame; null while nobody asked
  Value origin;               // cr_origin: a tuple of places where that is asked for, else None
  GeneratorState state;
  u8 yielded_item;  // asynchronous generators: the last suspension was a `yield`, not an await
  u8 handles;       // inside an except block of its own: what the tasklet handles while it runs is its own
  u8 async_flags;   // asynchronous generators: see AsyncFlag
  u32 words;        // of frame memory: header and registers
  Frame* frame() { return reinterpret_cast<Frame*>(memory); }
  Value memory[];

  size_t byte_size() const { return sizeof(Generator) + words * sizeof(Value); }
  template <class V>
  void visit(V&& v) {
    v(name);
    v(qualname);
    v(handled);
    v(outer_handled);
    v(outer);
    v(yielded_from);
    v(frame_object);
    v(origin);
    for (u32 i = 0; i < words; ++i) v(memory[i]);
  }
};

// What an asynchronous generator's asend(), athrow() and aclose() return, and the awaitable of one `async
// for` step.
struct AsyncStep : Object {
  static constexpr Kind kKind = Kind::AsyncStep;
  enum Mode : u64 { kSend, kThrow, kClose };
  Generator* generator;
  Value argument;  // what is sent or thrown
  u64 mode;
  u64 state;  // 0: not started, 1: awaited, 2: finished

  size_t byte_size() const { return sizeof(AsyncStep); }
  template <class V>
  void visit(V&& v) {
    v(generator);
    v(argument);
  }
};

// Asks the generator through a window: pending, the answer arrives like that of next().
Result generator_raise(Runtime& rt, Frame& f, Value generator, Value exception);
Result generator_finish_delegation(Runtime& rt, Frame& f, Value generator, Value v);

// The generator whose frame `f` is: the frame is the tail of the object.
inline Generator* generator_of(Frame& f) {
  return reinterpret_cast<Generator*>(reinterpret_cast<char*>(&f) - sizeof(Generator));
}

}  // namespace lisle::rt

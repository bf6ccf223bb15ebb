// generator, coroutine and async generator objects: their methods and attributes. Running their frames is the machine's
// business (vm/interp/generators.cpp), which is asked through windows.
#include "runtime/types/generator.h"

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/stack.h"
#include "runtime/types/exception.h"

namespace lisle::rt {


namespace {

Result ask_generator(Runtime& rt, Frame& f, Value generator, Value v, u32 mode) {
  Frame* w = prepare_window(rt, f, 3);
  if (!w) return Result::raised();
  w->fn = generator;
  w->r[0] = v;
  w->set_window(mode, Value());
  rt.thread.enter = w;
  return Result::pending();
}

}  // namespace

Result generator_send(Runtime& rt, Frame& f, Value generator, Value v) {
  return ask_generator(rt, f, generator, v, 1);
}

Result generator_raise(Runtime& rt, Frame& f, Value generator, Value exception) {
  return ask_generator(rt, f, generator, exception, 2);
}

Result generator_finish_delegation(Runtime& rt, Frame& f, Value generator, Value v) {
  return ask_generator(rt, f, generator, v, 3);
}

}  // namespace lisle::rt

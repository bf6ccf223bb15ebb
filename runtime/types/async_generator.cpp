// Asynchronous generators: their methods, and the awaitables that asend(), athrow(), aclose() and `async for`
// make of them. A step of a generator is begun by the first turn of its awaitable and ends when the generator
// yields an item (StopIteration for who awaits) or raises; until then no other step can begin.
#include "runtime/protocols/call.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator_methods.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// --- hooks: who runs an event loop wants to be told of each generator, and of those that were dropped

enum Hook : u32 { kFirstIteration, kFinalizer };

// What sys.set_asyncgen_hooks() left; None when there is nothing.
Value hook_of(Runtime& rt, Hook which) {
  Value hooks = module_get(rt, *rt.sys, "_asyncgen_hooks");
  return is_kind(hooks, Kind::Tuple) ? to<Tuple>(hooks)->items[which] : Value::none();
}

// To be called before each step that is made of `generator`: the first one is told to the program.
Result tell_first(Runtime& rt, Frame& f, Value generator) {
  auto* g = to<Generator>(generator);
  if (g->async_flags & kAsyncTold) return Result::none();
  g->async_flags |= kAsyncTold;
  if (!hook_of(rt, kFinalizer).is_none() && !(g->gc & kGcFinalizer)) {
    g->gc |= kGcFinalizer;
    rt.heap.add_finalizable(g);
  }
  Value first = hook_of(rt, kFirstIteration);
  return first.is_none() ? Result::none() : call(rt, f, first, {generator});
}

// The collector found it dropped. f: generator, what was raised.
Result async_del(Runtime& rt, Frame& f) {
  auto* g = to<Generator>(f[0]);
  if (f.step() == 0 && g->async_flags & kAsyncTold && !(g->async_flags & kAsyncClosed) &&
      g->state != GeneratorState::kClosed) {
    Value finalizer = hook_of(rt, kFinalizer);
    if (!finalizer.is_none()) return call(rt, f, finalizer, {f[0]});
  }
  if (f.step() == 0 && g->state == GeneratorState::kCreated) {
    g->state = GeneratorState::kClosed;
    return Result::none();
  }
  return generator_close(rt, f);
}

// --- the generator's methods

Value new_step(Runtime& rt, Value generator, AsyncStep::Mode mode, Value argument) {
  auto* step = rt.make<AsyncStep>(TypeId::AsyncStep);
  step->generator = to<Generator>(generator);
  step->argument = argument;
  step->mode = mode;
  return Value::from(step);
}

Result async_next(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, tell_first(rt, f, f[0]));
      return new_step(rt, f[0], AsyncStep::kSend, Value::none());
  }
  LISLE_UNREACHABLE();
}

Result async_send(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, tell_first(rt, f, f[0]));
      return new_step(rt, f[0], AsyncStep::kSend, f[1]);
  }
  LISLE_UNREACHABLE();
}

Result async_close(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, tell_first(rt, f, f[0]));
      return new_step(rt, f[0], AsyncStep::kClose, Value::none());
  }
  LISLE_UNREACHABLE();
}

// f: generator, type, value, traceback.
Result async_throw(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, tell_first(rt, f, f[0]));
      AWAIT(2, normalise_thrown(rt, f, f[1], f[2]));
      if (!is_kind(r.value(), Kind::Exception))
        return raise_not_exception(rt, f[1], type_name(rt, r.value()));
      return new_step(rt, f[0], AsyncStep::kThrow, r.value());
  }
  LISLE_UNREACHABLE();
}

Result async_get_running(Runtime&, Frame& f) {
  return Result::boolean(to<Generator>(f[0])->async_flags & kAsyncRunning);
}

// --- steps

// What AsyncStep::state says.
enum StepState : u64 { kFresh, kBegun, kFinished };

const char* mode_name(const AsyncStep& step) {
  return step.mode == AsyncStep::kSend ? "anext" : step.mode == AsyncStep::kThrow ? "athrow" : "aclose";
}

Result check_unfinished(Runtime& rt, const AsyncStep& step) {
  if (step.state != kFinished) return Result::none();
  return raise(rt, TypeId::RuntimeError, "cannot reuse already awaited %s",
               step.mode == AsyncStep::kSend ? "__anext__()/asend()" : "aclose()/athrow()");
}

Result finish_with(Runtime& rt, AsyncStep& step, TypeId stop) {
  step.state = kFinished;
  return raise_with(rt, stop, Value::unbound());
}

// The first turn: may the step begin?
Result check_begin(Runtime& rt, AsyncStep& step, Value sent) {
  Generator& g = *step.generator;
  bool sends = step.mode == AsyncStep::kSend;
  if (!sends && g.state == GeneratorState::kClosed) return finish_with(rt, step, TypeId::StopIteration);
  if (g.async_flags & kAsyncRunning) {
    step.state = kFinished;
    return raise(rt, TypeId::RuntimeError, "%s(): asynchronous generator is already running",
                 mode_name(step));
  }
  if (sends ? g.state == GeneratorState::kClosed : g.async_flags & kAsyncClosed)
    return finish_with(rt, step, TypeId::StopAsyncIteration);
  if (!sends && !sent.is_none())
    return raise(rt, TypeId::RuntimeError, "can't send non-None value to a just-started coroutine");
  return Result::none();
}

// Begins a step or goes on with it; `sent` is what the event loop sends.
Result ask_step(Runtime& rt, Frame& f, AsyncStep& step, Value sent) {
  Value generator = Value::from(step.generator);
  step.generator->yielded_item = 0;
  if (step.state == kBegun) return generator_send(rt, f, generator, sent);
  TRY(check_begin(rt, step, sent));
  step.state = kBegun;
  step.generator->async_flags |= kAsyncRunning;
  if (step.mode == AsyncStep::kSend)
    return generator_send(rt, f, generator, sent.is_none() ? step.argument : sent);
  Value thrown = step.argument;
  if (step.mode == AsyncStep::kClose) {
    step.generator->async_flags |= kAsyncClosed;
    thrown = Value::from(new_exception(rt, TypeId::GeneratorExit, Value::unbound()));
  }
  return call_internal(rt, f, Internal::GeneratorThrow, {generator, thrown});
}

// What a turn comes to: an awaited thing goes on to the event loop; an item, and all that is raised, end the
// step.
Result finish_turn(Runtime& rt, AsyncStep& step, Result r) {
  Generator& g = *step.generator;
  bool closes = step.mode == AsyncStep::kClose;
  if (r.is_value() && r.value().is_exhausted())
    r = raise_with(rt, TypeId::StopAsyncIteration, Value::unbound());
  if (r.is_value() && !g.yielded_item) return r;
  bool begun = step.state == kBegun;
  step.state = kFinished;
  if (begun) g.async_flags &= ~kAsyncRunning;
  if (r.is_raised()) {
    bool ends = raised_is(rt, TypeId::StopAsyncIteration) || raised_is(rt, TypeId::GeneratorExit);
    if (!ends) return r;
    if (begun) g.async_flags |= kAsyncClosed;
    if (!closes || !begun) return r;
    static_cast<void>(take_raised(rt));
    return raise_with(rt, TypeId::StopIteration, Value::unbound());
  }
  if (closes) return raise(rt, TypeId::RuntimeError, "async generator ignored GeneratorExit");
  return raise_with(rt, TypeId::StopIteration, r.value().is_none() ? Value::unbound() : r.value());
}

// One turn of awaiting a step. f: step, what is sent.
Result step_send(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(check_unfinished(rt, *to<AsyncStep>(f[0])));
      AWAIT_CATCH(1, ask_step(rt, f, *to<AsyncStep>(f[0]), f[1]));
      return finish_turn(rt, *to<AsyncStep>(f[0]), r);
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// The same for `await`, to whom an item need not be raised. f: step, what is sent.
Result send_to_step(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(check_unfinished(rt, *to<AsyncStep>(f[0])));
      AWAIT_CATCH(1, ask_step(rt, f, *to<AsyncStep>(f[0]), f[1]));
      AsyncStep& step = *to<AsyncStep>(f[0]);
      bool item = r.is_value() && !r.value().is_exhausted() && step.generator->yielded_item;
      if (!item || step.mode != AsyncStep::kSend) return finish_awaited(rt, finish_turn(rt, step, r));
      step.state = kFinished;
      step.generator->async_flags &= ~kAsyncRunning;
      rt.thread.stop_value = r.value();
      return Value::exhausted();
  }
  LISLE_UNREACHABLE();
}

Value async_next_at_once(Runtime& rt, Value generator) {
  if (type_of(rt, generator) != rt.type(TypeId::AsyncGenerator) ||
      !(to<Generator>(generator)->async_flags & kAsyncTold))
    return Value::unbound();
  return new_step(rt, generator, AsyncStep::kSend, Value::none());
}

namespace {

Result step_next(Runtime& rt, Frame& f) {
  if (f.step() == 0) f[1] = Value::none();
  return step_send(rt, f);
}

// f: step, type, value, traceback.
Result step_throw(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(check_unfinished(rt, *to<AsyncStep>(f[0])));
      AWAIT_CATCH(1, normalise_thrown(rt, f, f[1], f[2]));
      if (r.is_raised()) return r;
      if (!is_kind(r.value(), Kind::Exception))
        return raise_not_exception(rt, f[1], type_name(rt, r.value()));
      f[1] = r.value();
      to<AsyncStep>(f[0])->generator->yielded_item = 0;
      // Whoever throws before the first turn has begun the step as well.
      to<AsyncStep>(f[0])->state = kBegun;
      AWAIT_CATCH(2, call_internal(rt, f, Internal::GeneratorThrow,
                                   {Value::from(to<AsyncStep>(f[0])->generator), f[1]}));
      return finish_turn(rt, *to<AsyncStep>(f[0]), r);
  }
  LISLE_UNREACHABLE();
}

Result step_close(Runtime&, Frame& f) {
  to<AsyncStep>(f[0])->state = kFinished;
  return Result::none();
}

constexpr NativeSpec kAsyncGeneratorMethods[] = {
    {"__aiter__", generator_self, "(self, /)",
     "Return an awaitable, that resolves in asynchronous iterator."},
    {"__anext__", async_next, "(self, /)", "Return a value or raise StopAsyncIteration.", 1},
    {"__del__", async_del, "(self, /)", "Called when the generator is about to be destroyed.", 2, kCatches},
    {"asend", async_send, "(self, value, /)", "asend(v) -> send 'v' in generator.", 2},
    {"athrow", async_throw, "(self, type, value=None, traceback=None, /)",
     "athrow(typ[,val[,tb]]) -> raise exception in generator.", 4},
    {"aclose", async_close, "(self, /)", "aclose() -> raise GeneratorExit inside generator.", 1},
    {"__repr__", generator_repr, "(self, /)"},
};

constexpr GetsetSpec kAsyncGeneratorGetsets[] = {
    {"__name__", generator_get_name, generator_set_name},
    {"__qualname__", generator_get_qualname, generator_set_qualname},
    {"ag_code", generator_get_code},
    {"ag_running", async_get_running},
    {"ag_suspended", generator_get_suspended},
    {"ag_await", generator_get_yielded_from},
    {"ag_frame", generator_get_frame},
};

constexpr NativeSpec kStepMethods[] = {
    {"__await__", generator_self, "(self, /)"},
    {"__iter__", generator_self, "(self, /)"},
    {"__next__", step_next, "(self, /)", nullptr, 2, kCatches},
    {"send", step_send, "(self, value, /)", nullptr, 2, kCatches},
    {"throw", step_throw, "(self, type, value=None, traceback=None, /)", nullptr, 4, kCatches},
    {"close", step_close, "(self, /)"},
};

}  // namespace

extern const TypeSpec kAsyncGeneratorType{"async_generator",
                                          "builtins",
                                          nullptr,
                                          TypeId::Object,
                                          Kind::Generator,
                                          kTypeFinal | kTypeNoNew | kTypeHidden,
                                          kAsyncGeneratorMethods,
                                          kAsyncGeneratorGetsets};
extern const TypeSpec kAsyncStepType{"async_generator_asend",
                                     "builtins",
                                     nullptr,
                                     TypeId::Object,
                                     Kind::AsyncStep,
                                     kTypeFinal | kTypeNoNew | kTypeHidden,
                                     kStepMethods,
                                     {}};

}  // namespace lisle::rt

// generator, coroutine and async generator objects: their methods and attributes. Running their frames is the
// machine's business (vm/interp/generators.cpp), which is asked through windows.
#include "runtime/types/generator.h"

#include "runtime/builtins/print_exception.h"
#include "runtime/builtins/warn.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/stack.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/generator_methods.h"
#include "runtime/types/iterator_common.h"

namespace lisle::rt {

namespace {

Result ask_generator(Runtime& rt, Frame& f, Value generator, Value v, u32 mode) {
  Frame* w = prepare_window(rt, f, 3);
  if (!w) return Result::raised();
  w->fn = generator;
  w->r[0] = v;
  w->set_window(mode, kGeneratorWindow);
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

Code& generator_code(Generator& g) {
  return *to<Function>(g.frame()->fn)->code;
}

Result raise_generator_stop(Runtime& rt) {
  Value v = rt.thread.stop_value;
  rt.thread.stop_value = Value::none();
  return raise_with(rt, TypeId::StopIteration, v.is_none() ? Value::unbound() : v);
}

Result item_or_stop(Runtime& rt, Result r) {
  return r.is_value() && r.value().is_exhausted() ? raise_generator_stop(rt) : r;
}

Result generator_self(Runtime&, Frame& f) {
  return f[0];
}

namespace {

Result generator_next(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, generator_send(rt, f, f[0], Value::none()));
      return item_or_stop(rt, r);
  }
  LISLE_UNREACHABLE();
}

Result generator_send_method(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, generator_send(rt, f, f[0], f[1]));
      return item_or_stop(rt, r);
  }
  LISLE_UNREACHABLE();
}

}  // namespace

Result normalise_thrown(Runtime& rt, Frame& f, Value type, Value value) {
  if (is_kind(type, Kind::Exception)) {
    if (!value.is_unbound() && !value.is_none())
      return raise(rt, TypeId::TypeError, "instance exception may not have a separate value");
    return type;
  }
  if (is_type(type) && is_subtype(to<Type>(type), rt.type(TypeId::BaseException))) {
    if (is_kind(value, Kind::Exception) && is_instance(rt, value, to<Type>(type))) return value;
    if (value.is_unbound() || value.is_none()) return call(rt, f, type, {});
    if (auto* args = as<Tuple>(value))
      return call_span(rt, f, type, args->items, static_cast<u32>(args->size));
    return call(rt, f, type, {value});
  }
  return raise(rt, TypeId::TypeError,
               "exceptions must be classes or instances deriving from BaseException, not %s",
               type_name(rt, type));
}

namespace {

// The exception that throw() raises after all, from what normalise_thrown() made of its arguments.
Value thrown_exception(Runtime& rt, Value made, Value type, Value traceback) {
  // A class that makes something else is an error that the generator gets instead.
  if (!is_kind(made, Kind::Exception)) {
    static_cast<void>(raise_not_exception(rt, type, type_name(rt, made)));
    made = take_raised(rt);
  }
  if (is_kind(traceback, Kind::Traceback)) {
    to<Exception>(made)->traceback = traceback;
    rt.heap.wrote(made.object());
  }
  return made;
}

Value part_or_unbound(const Tuple& parts, u64 at) {
  return at < parts.size ? parts.items[at] : Value::unbound();
}

// What an iterator that a generator delegates to is thrown gets there as it was given, whatever it is; only
// GeneratorExit closes it instead.
bool is_for_delegate(Runtime& rt, const Generator& g, Value type) {
  if (g.state != GeneratorState::kSuspended || g.yielded_from.is_none()) return false;
  return !is_type(type) || !is_subtype(to<Type>(type), rt.type(TypeId::GeneratorExit));
}

// throw(type, value=None, traceback=None). f: generator, type, value, traceback; state in f[4].
Result generator_throw_method(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!f[3].is_unbound() && !f[3].is_none() && !is_kind(f[3], Kind::Traceback))
        return raise(rt, TypeId::TypeError, "throw() third argument must be a traceback object");
      if (!is_kind(f[1], Kind::Exception) && is_for_delegate(rt, *to<Generator>(f[0]), f[1])) {
        Value given[3] = {f[1], f[2], f[3]};
        f[4] = Value::from(new_tuple_from(rt, given, f[2].is_unbound() ? 1 : f[3].is_unbound() ? 2 : 3));
      } else {
        AWAIT(1, normalise_thrown(rt, f, f[1], f[2]));
        f[4] = thrown_exception(rt, r.value(), f[1], f[3]);
      }
      AWAIT(2, call_internal(rt, f, Internal::GeneratorThrow, {f[0], f[4]}));
      return item_or_stop(rt, r);
  }
  LISLE_UNREACHABLE();
}

}  // namespace

bool ends_generator(Runtime& rt) {
  return raised_is(rt, TypeId::StopIteration) || raised_is(rt, TypeId::GeneratorExit) ||
         raised_is(rt, TypeId::StopAsyncIteration);
}

Result generator_close(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (to<Generator>(f[0])->state == GeneratorState::kClosed) return Result::none();
      if (to<Generator>(f[0])->state == GeneratorState::kCreated) {
        to<Generator>(f[0])->state = GeneratorState::kClosed;
        return Result::none();
      }
      f[1] = Value::from(new_exception(rt, TypeId::GeneratorExit, Value::unbound()));
      AWAIT_CATCH(1, call_internal(rt, f, Internal::GeneratorThrow, {f[0], f[1]}));
      if (r.is_raised()) {
        if (!ends_generator(rt)) return r;
        (void)take_raised(rt);
        return Result::none();
      }
      if (r.value().is_exhausted()) {
        rt.thread.stop_value = Value::none();
        return Result::none();
      }
      return raise(rt, TypeId::RuntimeError, "%s ignored GeneratorExit",
                   generator_code(*to<Generator>(f[0])).flags & kCodeCoroutine ? "coroutine" : "generator");
  }
  LISLE_UNREACHABLE();
}

Result generator_get_name(Runtime&, Frame& f) {
  return Value::from(to<Generator>(f[0])->name);
}

Result generator_get_qualname(Runtime&, Frame& f) {
  return Value::from(to<Generator>(f[0])->qualname);
}

namespace {

Result set_text(Runtime& rt, Frame& f, Str*& field, const char* what) {
  if (!is_str(f[1])) return raise(rt, TypeId::TypeError, "%s must be set to a string object", what);
  field = to<Str>(f[1]);
  rt.heap.wrote(f[0].object());
  return Result::none();
}
}  // namespace

Result generator_set_name(Runtime& rt, Frame& f) {
  return set_text(rt, f, to<Generator>(f[0])->name, "__name__");
}

Result generator_set_qualname(Runtime& rt, Frame& f) {
  return set_text(rt, f, to<Generator>(f[0])->qualname, "__qualname__");
}

Result generator_get_code(Runtime&, Frame& f) {
  return Value::from(&generator_code(*to<Generator>(f[0])));
}

namespace {
Result get_running(Runtime&, Frame& f) {
  return Result::boolean(to<Generator>(f[0])->state == GeneratorState::kRunning);
}
}  // namespace

Result generator_get_suspended(Runtime&, Frame& f) {
  return Result::boolean(to<Generator>(f[0])->state == GeneratorState::kSuspended);
}

Result generator_get_yielded_from(Runtime&, Frame& f) {
  return to<Generator>(f[0])->yielded_from;
}

Result generator_get_frame(Runtime& rt, Frame& f) {
  auto* g = to<Generator>(f[0]);
  if (g->state == GeneratorState::kClosed) return Result::none();
  return Value::from(generator_frame_object(rt, *g));
}

Result generator_repr(Runtime& rt, Frame& f) {
  auto* g = to<Generator>(f[0]);
  char text[64];
  std::snprintf(text, sizeof text, " at %p>", static_cast<void*>(g));
  return Value::from(
      new_str(rt, "<" + std::string(type_name(rt, f[0])) + " object " + utf8_of(g->qualname) + text));
}

namespace {

Result coroutine_await(Runtime& rt, Frame& f) {
  auto* wrapper = rt.make<AsyncStep>(TypeId::CoroutineWrapper);
  wrapper->generator = to<Generator>(f[0]);
  wrapper->argument = Value::none();
  return Value::from(wrapper);
}

// --- coroutine wrappers: the coroutine under the iterator protocol
// -----------------------------------------------------

Result wrapper_next(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, generator_send(rt, f, Value::from(to<AsyncStep>(f[0])->generator), Value::none()));
      return item_or_stop(rt, r);
  }
  LISLE_UNREACHABLE();
}
Result wrapper_send(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, generator_send(rt, f, Value::from(to<AsyncStep>(f[0])->generator), f[1]));
      return item_or_stop(rt, r);
  }
  LISLE_UNREACHABLE();
}
Result wrapper_throw(Runtime& rt, Frame& f) {
  if (f.step() == 0) f[0] = Value::from(to<AsyncStep>(f[0])->generator);
  return generator_throw_method(rt, f);
}
Result wrapper_close(Runtime& rt, Frame& f) {
  if (f.step() == 0) f[0] = Value::from(to<AsyncStep>(f[0])->generator);
  return generator_close(rt, f);
}

}  // namespace

// Throws into a generator, through the iterator it delegates to. f: generator, exception (for a delegate also
// the arguments of throw() as a tuple); delegate, its throw method. Yields what the generator yields,
// exhausted when it ends.
Result generator_throw_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = to<Generator>(f[0])->yielded_from;
      if (to<Generator>(f[0])->state == GeneratorState::kClosed &&
          generator_code(*to<Generator>(f[0])).flags & kCodeCoroutine)
        return raise(rt, TypeId::RuntimeError, "cannot reuse already awaited coroutine");
      if (to<Generator>(f[0])->state != GeneratorState::kSuspended || f[2].is_none()) {
        AWAIT_CATCH(1, generator_raise(rt, f, f[0], f[1]));
        return r;
      }
      to<Generator>(f[0])->state = GeneratorState::kRunning;
      if (is_instance(rt, f[1], rt.type(TypeId::GeneratorExit))) {
        AWAIT_CATCH(2, get_attr_or_unbound(rt, f, f[2], rt.names.close));
        if (r.is_raised()) {
          f[3] = take_raised(rt);
          AWAIT_CATCH(8, print_unraisable(rt, f, f[3], f[2]));
        } else if (!r.value().is_unbound()) {
          f[3] = r.value();
          AWAIT_CATCH(3, call(rt, f, f[3], {}));
        }
        if (r.is_raised()) f[1] = take_raised(rt);
      } else {
        AWAIT_CATCH(4, get_attr_or_unbound(rt, f, f[2], rt.names.throw_));
        if (r.is_value() && !r.value().is_unbound()) {
          f[3] = r.value();
          AWAIT_CATCH(5, is_kind(f[1], Kind::Tuple) ? call_span(rt, f, f[3], to<Tuple>(f[1])->items,
                                                                static_cast<u32>(to<Tuple>(f[1])->size))
                                                    : call(rt, f, f[3], {f[1]}));
          if (r.is_value()) {
            // The delegate yielded: so does the generator, still delegating.
            to<Generator>(f[0])->state = GeneratorState::kSuspended;
            return r;
          }
          if (raised_is(rt, TypeId::StopIteration)) {
            f[3] = to<Exception>(take_raised(rt))->extra[0];
            if (f[3].is_unbound()) f[3] = Value::none();
            AWAIT_CATCH(6, generator_finish_delegation(rt, f, f[0], f[3]));
            return r;
          }
          f[1] = take_raised(rt);
        } else if (r.is_raised()) {
          to<Generator>(f[0])->state = GeneratorState::kSuspended;
          return r;
        }
      }
      to<Generator>(f[0])->state = GeneratorState::kSuspended;
      if (is_kind(f[1], Kind::Tuple)) {
        AWAIT_CATCH(9,
                    normalise_thrown(rt, f, to<Tuple>(f[1])->items[0], part_or_unbound(*to<Tuple>(f[1]), 1)));
        if (r.is_raised()) return r;
        f[1] =
            thrown_exception(rt, r.value(), to<Tuple>(f[1])->items[0], part_or_unbound(*to<Tuple>(f[1]), 2));
      }
      AWAIT_CATCH(7, generator_raise(rt, f, f[0], f[1]));
      return r;
  }
  LISLE_UNREACHABLE();
}

// One turn of yield from or await over an iterator that is no generator. f: iterator, what is sent.
// Exhausted, with thread.stop_value, at the end.
Result send_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      // An iterator that StopIteration ends leaves its value there.
      rt.thread.stop_value = Value::none();
      AWAIT_CATCH(1, f[1].is_none() ? is_kind(f[0], Kind::Iterator)
                                          ? next(rt, f, f[0])
                                          : call_special(rt, f, f[0], Special::Next, {})
                                    : call_method(rt, f, f[0], rt.names.send, {f[1]}));
      if (r.is_value() && is_kind(f[0], Kind::Iterator) && !hands_on_items(*to<Iterator>(f[0])))
        rt.thread.stop_value = Value::none();
      return finish_awaited(rt, r);
  }
  LISLE_UNREACHABLE();
}

Result finish_awaited(Runtime& rt, Result r) {
  if (r.is_value() || !raised_is(rt, TypeId::StopIteration)) return r;
  Value result = to<Exception>(take_raised(rt))->extra[0];
  rt.thread.stop_value = result.is_unbound() ? Value::none() : result;
  return Value::exhausted();
}

namespace {

Result not_awaitable(Runtime& rt, Value v, i64 where) {
  switch (where) {
    case 1:
      return raise(rt, TypeId::TypeError,
                   "'async with' received an object from __aenter__ that does not implement __await__: %s",
                   type_name(rt, v));
    case 2:
      return raise(rt, TypeId::TypeError,
                   "'async with' received an object from __aexit__ that does not implement __await__: %s",
                   type_name(rt, v));
    case 3:
      return raise(rt, TypeId::TypeError, "'async for' received an invalid object from __anext__: %s",
                   type_name(rt, v));
    default:
      return raise(rt, TypeId::TypeError, "object %s can't be used in 'await' expression", type_name(rt, v));
  }
}

bool awaits_itself(Value v) {
  auto* g = as<Generator>(v);
  return g && generator_code(*g).flags & (kCodeCoroutine | kCodeIterableCoroutine);
}

}  // namespace

Value awaitable_at_once(Runtime& rt, Value v) {
  auto* g = as<Generator>(v);
  bool known = g && g->state == GeneratorState::kCreated && generator_code(*g).flags & kCodeCoroutine;
  return known || (v.is_object() && v.object()->shape == rt.shape_of(TypeId::AsyncStep)) ? v
                                                                                         : Value::unbound();
}

// f: awaitable, where it stands (see the GetAwaitable opcode; 3: the answer of __anext__).
Result get_awaitable_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (awaits_itself(f[0])) {
        if (to<Generator>(f[0])->state == GeneratorState::kSuspended &&
            !to<Generator>(f[0])->yielded_from.is_none() &&
            generator_code(*to<Generator>(f[0])).flags & kCodeCoroutine)
          return raise(rt, TypeId::RuntimeError, "coroutine is being awaited already");
        return f[0];
      }
      if (!has_special(rt, f[0], Special::Await)) return not_awaitable(rt, f[0], f[1].as_int());
      AWAIT(1, call_special(rt, f, f[0], Special::Await, {}));
      if (awaits_itself(r.value())) return raise(rt, TypeId::TypeError, "__await__() returned a coroutine");
      if (!has_special(rt, r.value(), Special::Next))
        return raise(rt, TypeId::TypeError, "__await__() returned non-iterator of type '%s'",
                     type_name(rt, r.value()));
      return r;
  }
  LISLE_UNREACHABLE();
}

// f: asynchronous iterable.
Result get_aiter_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!has_special(rt, f[0], Special::AIter))
        return raise(rt, TypeId::TypeError, "'async for' requires an object with __aiter__ method, got %s",
                     type_name(rt, f[0]));
      AWAIT(1, call_special(rt, f, f[0], Special::AIter, {}));
      if (!has_special(rt, r.value(), Special::ANext))
        return raise(rt, TypeId::TypeError,
                     "'async for' received an object from __aiter__ that does not implement __anext__: %s",
                     type_name(rt, r.value()));
      return r;
  }
  LISLE_UNREACHABLE();
}

// f: asynchronous iterator; what its __anext__ answered.
Result get_anext_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!has_special(rt, f[0], Special::ANext))
        return raise(rt, TypeId::TypeError, "'async for' requires an iterator with __anext__ method, got %s",
                     type_name(rt, f[0]));
      AWAIT_CATCH(1, call_special(rt, f, f[0], Special::ANext, {}));
      if (r.is_raised()) return r;
      f[1] = r.value();
      AWAIT_CATCH(2, call_internal(rt, f, Internal::GetAwaitable, {f[1], Value::from_int(3)}));
      if (!r.is_raised()) return r;
      // Whatever is wrong with it, the error of the loop is this one, and says why.
      f[0] = take_raised(rt);
      static_cast<void>(not_awaitable(rt, f[1], 3));
      to<Exception>(rt.thread.raised)->cause = f[0];
      to<Exception>(rt.thread.raised)->context = f[0];
      to<Exception>(rt.thread.raised)->aux |= 1;
      return r;
  }
  LISLE_UNREACHABLE();
}

namespace {

// The collector found it dropped: what it has begun it ends now, and a coroutine that nobody ever awaited is
// told of. f: generator, what was raised.
Result generator_del(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (to<Generator>(f[0])->state == GeneratorState::kCreated) {
        to<Generator>(f[0])->state = GeneratorState::kClosed;
        if (!(generator_code(*to<Generator>(f[0])).flags & kCodeCoroutine)) return Result::none();
        AWAIT_CATCH(1, call_internal(rt, f, Internal::WarnUnawaited, {f[0]}));
      } else if (to<Generator>(f[0])->state == GeneratorState::kSuspended) {
        AWAIT_CATCH(2, call_method(rt, f, f[0], rt.names.close, {}));
      }
      if (!r.is_raised()) return Result::none();
      f[1] = take_raised(rt);
      AWAIT_CATCH(3, print_unraisable(rt, f, f[1], f[0]));
      if (r.is_raised()) static_cast<void>(take_raised(rt));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// f: coroutine, the module warnings.
Result warn_unawaited_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "warnings"))}));
      f[1] = r.value();
      AWAIT(2, get_attr_or_unbound(rt, f, f[1], intern(rt, "_warn_unawaited_coroutine")));
      if (!r.value().is_unbound()) return call(rt, f, r.value(), {f[0]});
      return warn(rt, f, TypeId::RuntimeWarning,
                  "coroutine '" + utf8_of(to<Generator>(f[0])->qualname) + "' was never awaited");
  }
  LISLE_UNREACHABLE();
}

namespace {

Result get_origin(Runtime&, Frame& f) {
  return to<Generator>(f[0])->origin;
}

constexpr NativeSpec kGeneratorMethods[] = {
    {"__del__", generator_del, "(self, /)", "Called when the generator is about to be destroyed.", 2,
     kCatches},
    {"__iter__", generator_self, "(self, /)", "Implement iter(self)."},
    {"__next__", generator_next, "(self, /)", "Implement next(self).", 1},
    {"send", generator_send_method, "(self, value, /)",
     "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration.", 2},
    {"throw", generator_throw_method, "(self, type, value=None, traceback=None, /)",
     "Raise an exception inside the generator.", 5},
    {"close", generator_close, "(self, /)", "close() -> raise GeneratorExit inside generator.", 2, kCatches},
    {"__repr__", generator_repr, "(self, /)"},
};

constexpr GetsetSpec kGeneratorGetsets[] = {
    {"__name__", generator_get_name, generator_set_name},
    {"__qualname__", generator_get_qualname, generator_set_qualname},
    {"gi_code", generator_get_code},
    {"gi_running", get_running},
    {"gi_suspended", generator_get_suspended},
    {"gi_yieldfrom", generator_get_yielded_from},
    {"gi_frame", generator_get_frame},
};

constexpr NativeSpec kCoroutineMethods[] = {
    {"__await__", coroutine_await, "(self, /)", "Return an iterator to be used in await expression."},
    {"__del__", generator_del, "(self, /)", "Called when the coroutine is about to be destroyed.", 2,
     kCatches},
    {"send", generator_send_method, "(self, value, /)",
     "send(arg) -> send 'arg' into coroutine,\nreturn next yielded value or raise StopIteration.", 2},
    {"throw", generator_throw_method, "(self, type, value=None, traceback=None, /)",
     "Raise an exception inside the coroutine.", 5},
    {"close", generator_close, "(self, /)", "close() -> raise GeneratorExit inside coroutine.", 2, kCatches},
    {"__repr__", generator_repr, "(self, /)"},
};

constexpr GetsetSpec kCoroutineGetsets[] = {
    {"__name__", generator_get_name, generator_set_name},
    {"__qualname__", generator_get_qualname, generator_set_qualname},
    {"cr_code", generator_get_code},
    {"cr_running", get_running},
    {"cr_suspended", generator_get_suspended},
    {"cr_await", generator_get_yielded_from},
    {"cr_origin", get_origin},
    {"cr_frame", generator_get_frame},
};

constexpr NativeSpec kWrapperMethods[] = {
    {"__iter__", generator_self, "(self, /)"},
    {"__next__", wrapper_next, "(self, /)", nullptr, 1},
    {"send", wrapper_send, "(self, value, /)", nullptr, 2},
    {"throw", wrapper_throw, "(self, type, value=None, traceback=None, /)", nullptr, 5},
    {"close", wrapper_close, "(self, /)", nullptr, 2, kCatches},
};

}  // namespace

extern const TypeSpec kGeneratorType{"generator",       "builtins",
                                     nullptr,           TypeId::Object,
                                     Kind::Generator,   kTypeFinal | kTypeNoNew | kTypeHidden,
                                     kGeneratorMethods, kGeneratorGetsets};
extern const TypeSpec kCoroutineType{"coroutine",       "builtins",
                                     nullptr,           TypeId::Object,
                                     Kind::Generator,   kTypeFinal | kTypeNoNew | kTypeHidden,
                                     kCoroutineMethods, kCoroutineGetsets};
extern const TypeSpec kCoroutineWrapperType{"coroutine_wrapper",
                                            "builtins",
                                            nullptr,
                                            TypeId::Object,
                                            Kind::AsyncStep,
                                            kTypeFinal | kTypeNoNew | kTypeHidden,
                                            kWrapperMethods,
                                            {}};

}  // namespace lisle::rt

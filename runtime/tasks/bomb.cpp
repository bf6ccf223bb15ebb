// stackless.bomb and stackless.atomic. See bomb.h.
#include "runtime/tasks/bomb.h"

#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/types/exception.h"
#include "runtime/types/instance.h"

namespace lisle::rt {

Bomb* new_bomb(Runtime& rt, Value exception) {
  Bomb* bomb = rt.make<Bomb>(TypeId::Bomb);
  bomb->exception = exception;
  return bomb;
}

namespace {

// bomb(type=None, value=None, traceback=None). f: class, type, value, traceback.
Result bomb_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[1].is_unbound() || f[1].is_none()) {
        r = Result::none();
      } else {
        AWAIT(1, thrown_exception(rt, f, f[1], f[2], f[3]));
      }
      Bomb* bomb = new_instance_of<Bomb>(rt, to<Type>(f[0]));
      bomb->exception = r.value();
      return Value::from(bomb);
  }
  LISLE_UNREACHABLE();
}

Result bomb_init(Runtime&, Frame&) {
  return Result::none();
}

Value exception_of(Frame& f) {
  return to<Bomb>(f[0])->exception;
}

Result get_type(Runtime& rt, Frame& f) {
  Value e = exception_of(f);
  return e.is_none() ? e : Value::from(type_of(rt, e));
}
Result get_value(Runtime&, Frame& f) {
  return exception_of(f);
}
Result get_traceback(Runtime&, Frame& f) {
  Value e = exception_of(f);
  return e.is_none() ? e : to<Exception>(e)->traceback;
}

Result atomic_new(Runtime& rt, Frame& f) {
  Atomic* atomic = new_instance_of<Atomic>(rt, to<Type>(f[0]));
  atomic->before = Value::none();
  return Value::from(atomic);
}

Result atomic_enter(Runtime& rt, Frame& f) {
  Tasklet& current = *rt.thread.current;
  to<Atomic>(f[0])->before = Value::from_bool(current.task_flags & kTaskletAtomic);
  set_atomic(rt, current, true);
  return Result::none();
}

Result atomic_exit(Runtime& rt, Frame& f) {
  Atomic& atomic = *to<Atomic>(f[0]);
  set_atomic(rt, *rt.thread.current, atomic.before.is_true());
  atomic.before = Value::none();
  return Result::none();
}

constexpr NativeSpec kBombMethods[] = {
    {"__new__", bomb_new, "(cls, type=None, value=None, traceback=None)", nullptr, 4, kStatic},
    {"__init__", bomb_init, "(self, *args, **kwargs)"},
};

constexpr GetsetSpec kBombGetsets[] = {
    {"type", get_type, nullptr, "class of the exception"},
    {"value", get_value, nullptr, "the exception"},
    {"traceback", get_traceback, nullptr, "where it was raised"},
};

constexpr NativeSpec kAtomicMethods[] = {
    {"__new__", atomic_new, "(cls, /)", nullptr, 0, kStatic},
    {"__enter__", atomic_enter, "(self, /)"},
    {"__exit__", atomic_exit, "(self, /, *exc_info)"},
};

}  // namespace

extern const TypeSpec kBombType{
    "bomb",         "stackless", "An exception that a tasklet raises when it goes on.",
    TypeId::Object, Kind::Bomb,  kTypeHidden,
    kBombMethods,   kBombGetsets};
extern const TypeSpec kAtomicType{"atomic",
                                  "stackless",
                                  "Holds off interrupts of the current tasklet.",
                                  TypeId::Object,
                                  Kind::Atomic,
                                  kTypeHidden,
                                  kAtomicMethods,
                                  {}};

}  // namespace lisle::rt

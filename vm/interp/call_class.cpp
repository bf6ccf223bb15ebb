// Calls of classes without keywords. How a class makes its instances was settled when its special methods
// were (see kTypeHowMade); what fits none of the cases asks type.__call__, a step machine.
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"
#include "runtime/types/instance.h"
#include "runtime/types/list.h"
#include "runtime/types/super.h"
#include "vm/interp/step.h"
#include "vm/interp/window.h"

namespace lisle::interp {

namespace {

inline bool stores(u64 ret) {
  return reinterpret_cast<Entry>(ret) == cont_store;
}

}  // namespace

// The instance is in place as the receiver of `w`, whose callable is __init__: `nargs` includes it. There is
// no place for a continuation other than cont_store: calls of compiled code take the general way.
LISLE_CODE static void initialise(Frame* f, Thread* t, u64 window, u64 nargs, u64) {
  auto* w = reinterpret_cast<Frame*>(window);
  instance_of(w) = w->r[0];
  if (auto* function = rt::as<rt::Function>(w->fn)) {
    u64 pc = f->pc, k;
    if (LISLE_LIKELY(function->code->simple_args == nargs)) START_FUNCTION(w, function, cont_construct);
  }
  w->set_window(static_cast<u32>(nargs), Value());
  rt::link_frame(*t, *w, *f, cont_construct);
  LISLE_TAIL enter(w, t, 0, 0, 0);
}

// An instance of a class of the program.
LISLE_CODE static void make_instance(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* type = static_cast<rt::Type*>(w->fn.object());
  Value init = type->special(rt::Special::Init);
  bool has_init = rt::is_kind(init, rt::Kind::Function);
  // object.__init__ has nothing to do, but does not like arguments.
  bool fits = has_init ? stores(ret) : nargs == 0;
  if (LISLE_UNLIKELY(!fits)) LISLE_TAIL start_window(f, t, window, nargs, ret);
  t->frame = f;
  Value instance = Value::from(rt::new_instance(world(t), type));
  if (!has_init) LISLE_TAIL finish_call(f, t, window, ret, instance.bits());
  Frame* lower = with_receiver(w, init, instance);
  LISLE_TAIL initialise(f, t, reinterpret_cast<u64>(lower), nargs + 1, ret);
}

// list, dict, set...: the empty object, then __init__ with the arguments.
LISLE_CODE static void allocate_and_initialise(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* type = static_cast<rt::Type*>(w->fn.object());
  Value make = type->special(rt::Special::New), init = type->special(rt::Special::Init);
  Runtime& rt = world(t);
  if (LISLE_UNLIKELY(!stores(ret))) LISLE_TAIL start_window(f, t, window, nargs, ret);
  t->frame = f;
  Frame* lower = with_receiver(w, make, Value::from(type));
  u32 id = static_cast<rt::Native*>(make.object())->native_id;
  Value instance = rt.natives[id].fn(rt, *lower).value();
  if (nargs == 0 && rt::is_kind(init, rt::Kind::Native))
    LISLE_TAIL finish_call(f, t, window, ret, instance.bits());
  lower = with_receiver(w, init, instance);
  LISLE_TAIL initialise(f, t, reinterpret_cast<u64>(lower), nargs + 1, ret);
}

// An exception whose class has the __new__ of BaseException, and its __init__ or one of the program.
LISLE_CODE static void make_exception(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* type = static_cast<rt::Type*>(w->fn.object());
  Runtime& rt = world(t);
  t->frame = f;
  Value init = type->special(rt::Special::Init);
  if (LISLE_UNLIKELY(!stores(ret) && rt::is_kind(init, rt::Kind::Function)))
    LISLE_TAIL start_window(f, t, window, nargs, ret);
  Result made = rt::allocate_exception(rt, type, rt::new_tuple_from(rt, w->r, nargs));
  if (made.is_value() && rt::is_kind(init, rt::Kind::Function)) {
    Frame* lower = with_receiver(w, init, made.value());
    LISLE_TAIL initialise(f, t, reinterpret_cast<u64>(lower), nargs + 1, ret);
  }
  if (made.is_value()) {
    Result filled = rt::init_exception(rt, *rt::to<rt::Exception>(made.value()));
    if (filled.is_raised()) made = filled;
  }
  LISLE_TAIL finish_call(f, t, window, ret, made.value().bits());
}

namespace {

bool makes_plain_exception(const Runtime& rt, const rt::Type& type) {
  if (type.instance_kind != rt::Kind::Exception) return false;
  const rt::Type* base = rt.type(TypeId::BaseException);
  Value init = type.special(rt::Special::Init);
  return type.special(rt::Special::New) == base->special(rt::Special::New) &&
         (rt::is_kind(init, rt::Kind::Function) || init == base->special(rt::Special::Init)) &&
         type.shape == rt.shape_of(TypeId::Type);
}

}  // namespace

// Classes whose calls are questions rather than constructions, and the rest.
LISLE_CODE static void call_other_class(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* type = static_cast<rt::Type*>(w->fn.object());
  Runtime& rt = world(t);
  if (makes_plain_exception(rt, *type)) LISLE_TAIL make_exception(f, t, window, nargs, ret);
  if (type == rt.type(TypeId::Type) && nargs == 1)
    LISLE_TAIL finish_call(f, t, window, ret, Value::from(rt::type_of(rt, w->r[0])).bits());
  if (type == rt.type(TypeId::Super) && nargs <= 2 && nargs != 1) {
    t->frame = f;
    Value no = Value::unbound();
    Result made = rt::make_super(rt, *f, nargs ? w->r[0] : no, nargs ? w->r[1] : no);
    LISLE_TAIL finish_call(f, t, window, ret, made.value().bits());
  }
  LISLE_TAIL start_window(f, t, window, nargs, ret);
}

LISLE_CODE void call_class(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* type = static_cast<rt::Type*>(w->fn.object());
  u32 how = rt::how_made(world(t), *type);
  if (LISLE_LIKELY(how & rt::kTypeMakesInstance)) LISLE_TAIL make_instance(f, t, window, nargs, ret);
  const rt::TypeSpec* spec = rt::builtin_spec(*type);
  if (spec && spec->construct) {
    Value made = called_in_place(t, f, w, nargs, spec->construct);
    if (LISLE_LIKELY(!made.is_unbound())) LISLE_TAIL finish_call(f, t, window, ret, made.bits());
    LISLE_TAIL start_window(f, t, window, nargs, ret);
  }
  if (how & rt::kTypeMakesNatively) {
    Frame* lower = with_receiver(w, type->special(rt::Special::New), Value::from(type));
    LISLE_TAIL call_native(f, t, reinterpret_cast<u64>(lower), nargs + 1, ret);
  }
  if (how & rt::kTypeAllocates) LISLE_TAIL allocate_and_initialise(f, t, window, nargs, ret);
  LISLE_TAIL call_other_class(f, t, window, nargs, ret);
}

}  // namespace lisle::interp

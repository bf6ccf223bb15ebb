// Starting callees: what a window's callable is decides how.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/bind.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/types/generator_methods.h"
#include "runtime/types/instance.h"
#include "runtime/types/list.h"
#include "vm/interp/compiled.h"
#include "vm/interp/generators.h"
#include "vm/interp/handler.h"
#include "vm/interp/step.h"
#include "vm/interp/trace.h"

#include <cstring>

namespace lisle::interp {

namespace {

rt::Tuple* names_of(Frame* w) {
  Value names = Value::from_bits(w->pc);
  return names.is_object() ? rt::to<rt::Tuple>(names) : nullptr;
}

// Words of arguments in the window.
u32 given(Frame* w) {
  rt::Tuple* names = names_of(w);
  return w->window_nargs() + (names ? static_cast<u32>(names->size) : 0);
}

bool fits(Thread* t, Frame* w, u64 bytes) {
  return reinterpret_cast<char*>(w) + bytes <= t->limit;
}

// Makes room for `bytes` from the window on, moving it to a new segment if need be; null when raised. `w` is
// linked.
Frame* make_room(Thread* t, Frame* w, u64 bytes) {
  if (LISLE_LIKELY(fits(t, w, bytes))) return w;
  u32 count = given(w);
  if (rt::open_segment(world(t), bytes / 8).is_raised()) return nullptr;
  Frame* moved = rt::segment_first_window(*t->current->segment);
  std::memcpy(reinterpret_cast<Value*>(moved) - rt::kWindowPad, reinterpret_cast<Value*>(w) - rt::kWindowPad,
              (rt::kWindowPad + rt::kHeaderWords + count) * sizeof(Value));
  Frame* bottom = rt::segment_bottom(*t->current->segment);
  bottom->ret = w->ret;
  bottom->prev = w->prev;
  bottom->fn = Value();
  bottom->pc = 0;
  bottom->info = 0;
  bottom->set_depth(w->depth());
  t->window_end = reinterpret_cast<char*>(moved->r + count + rt::kWindowSlack);
  moved->ret = cont_segment_pop;
  moved->prev = bottom;
  return moved;
}

// Inserts `self` before the arguments: a handful, so that a loop is done before memmove has found out how
// few.
__attribute__((no_builtin("memcpy", "memmove"))) Frame* insert_receiver(Thread* t, Frame* w, Value self) {
  u32 count = given(w);
  w = make_room(t, w, (rt::kHeaderWords + count + 1) * sizeof(Value));
  if (!w) return nullptr;
  for (u32 i = count; i > 0; --i) w->r[i] = w->r[i - 1];
  w->r[0] = self;
  w->info += u64{1} << 2;  // one argument more
  return w;
}

}  // namespace

// Both refuse the call when the stack is exhausted.
#define MAKE_ROOM(bytes)                          \
  do {                                            \
    Frame* roomy = make_room(t, w, bytes);        \
    if (!roomy) LISLE_TAIL refuse(w, t, 0, 0, 0); \
    w = roomy;                                    \
  } while (0)
#define INSERT_RECEIVER(self)                     \
  do {                                            \
    Frame* moved = insert_receiver(t, w, self);   \
    if (!moved) LISLE_TAIL refuse(w, t, 0, 0, 0); \
    w = moved;                                    \
  } while (0)

// Raises in the frame that made the call.
LISLE_CODE static void refuse(Frame* w, Thread* t, u64, u64, u64) {
  LISLE_TAIL unwind_from_callee(w, t, 0, 0, 0);
}

LISLE_CODE static void enter_function(Frame* w, Thread* t, u64, u64, u64) {
  auto* function = static_cast<rt::Function*>(w->fn.object());
  rt::Code* code = function->code;
  u32 nargs = w->window_nargs();
  rt::Tuple* names = names_of(w);
  if (LISLE_UNLIKELY(names || nargs != code->simple_args)) {
    // Binding may need more places than the frame has while it moves values about.
    u64 bytes = code->frame_bytes + (given(w)) * sizeof(Value);
    MAKE_ROOM(bytes);
    t->frame = w->prev;
    t->window_end = reinterpret_cast<char*>(w) + bytes;
    w->pc = names ? w->pc : 0;
    if (rt::bind_function(world(t), *w, *function, nargs, names).is_raised())
      LISLE_TAIL refuse(w, t, 0, 0, 0);
    if (code->flags & rt::kCodeOwnsFrame) LISLE_TAIL make_generator(w, t, 0, 0, 0);
  } else {
    MAKE_ROOM(code->frame_bytes);
  }
  u32 depth = w->depth() + 1;
  w->info &= Frame::kMakesItem;
  w->set_depth(depth);
  if (LISLE_UNLIKELY(depth > t->depth_limit)) {
    t->frame = w->prev;
    t->window_end = reinterpret_cast<char*>(w) + code->frame_bytes;
    if (!admit(t, depth, code)) LISLE_TAIL refuse(w, t, 0, 0, 0);
  }
  Frame* f = w;
  u64 k = reinterpret_cast<u64>(code->constants);
  u64 pc = reinterpret_cast<u64>(code->instructions);
  if (LISLE_UNLIKELY(--t->ticks < 0)) LISLE_TAIL safepoint(f, t, pc, k, 0);
  LISLE_TAIL code->entry(f, t, pc, k, *at(pc));
}

// No memset for the few state registers.
__attribute__((no_builtin("memset"))) LISLE_CODE static void enter_native(Frame* w, Thread* t, u64, u64,
                                                                          u64) {
  auto* native = static_cast<rt::Native*>(w->fn.object());
  if (!native->self.is_unbound()) {
    INSERT_RECEIVER(native->self);
  }
  Runtime& rt = world(t);
  const rt::NativeEntry& entry = rt.natives[native->native_id];
  u32 count = given(w);
  u32 room = count > native->aux ? count : native->aux;
  MAKE_ROOM((rt::kHeaderWords + room) * sizeof(Value));
  u32 nargs = w->window_nargs();
  rt::Tuple* names = names_of(w);
  t->frame = w->prev;
  t->window_end = reinterpret_cast<char*>(w->r + room);
  if (LISLE_LIKELY(!names && rt::binds_quickly(entry, nargs))) {
    rt::fill_missing(entry, *w, nargs);
  } else if (!(entry.flags & rt::kRawArgs && !names) &&
             rt::bind_native(rt, *w, *native, nargs, names).is_raised()) {
    LISLE_TAIL refuse(w, t, 0, 0, 0);
  }
  if (LISLE_UNLIKELY(!rt::receiver_fits(rt, entry, *native, w->r[0]))) {
    (void)rt::raise_wrong_receiver(rt, *native, w->r[0]);
    LISLE_TAIL refuse(w, t, 0, 0, 0);
  }
  // State registers start as ints, never as what an earlier call left.
  u32 first_state = entry.flags & rt::kRawArgs ? nargs : entry.param_count;
  for (u32 i = first_state; i < entry.registers; ++i) w->r[i] = Value();
  // Natives that ask each other recurse as well.
  w->set_depth(w->depth() + 1);
  if (LISLE_UNLIKELY(w->depth() > t->depth_limit && !admit(t, w->depth(), nullptr)))
    LISLE_TAIL refuse(w, t, 0, 0, 0);
  w->set_step(0);
  t->resumed = Value::none();
  LISLE_TAIL run_native(w, t, 0, 0, 0);
}

// tasklet(f)(*args): the arguments go from the window to its first frame.
LISLE_CODE static void enter_tasklet(Frame* w, Thread* t, u64, u64, u64) {
  t->frame = w;
  LISLE_TAIL leave_native(w, t, rt::tasklet_called(world(t), *w).value().bits(), 0, 0);
}

LISLE_CODE void enter(Frame* w, Thread* t, u64, u64, u64) {
  for (;;) {
    Value callable = w->fn;
    if (LISLE_LIKELY(callable.is_object())) {
      switch (callable.object()->kind) {
        case rt::Kind::Function:
          LISLE_TAIL enter_function(w, t, 0, 0, 0);
        case rt::Kind::Native:
          LISLE_TAIL enter_native(w, t, 0, 0, 0);
        case rt::Kind::BoundMethod: {
          auto* method = static_cast<rt::BoundMethod*>(callable.object());
          w->fn = method->function;
          INSERT_RECEIVER(method->self);
          continue;
        }
        case rt::Kind::Type: {
          // A metaclass with a __call__ of its own decides itself.
          rt::Type* metaclass = world(t).shapes[callable.object()->shape]->type;
          if (metaclass->special(rt::Special::Call) !=
              world(t).type(TypeId::Type)->special(rt::Special::Call))
            break;
          LISLE_TAIL construct(w, t, 0, 0, 0);
        }
        case rt::Kind::Generator:
          if (LISLE_UNLIKELY(w->pc != rt::kGeneratorWindow.bits())) break;
          LISLE_TAIL resume_generator(w, t, 0, 0, 0);
        case rt::Kind::Tasklet:
          if (names_of(w) || !rt::is_called_plainly(world(t), *static_cast<rt::Tasklet*>(callable.object())))
            break;
          LISLE_TAIL enter_tasklet(w, t, 0, 0, 0);
        default:
          break;
      }
    }
    Value special = rt::type_of(world(t), callable)->special(rt::Special::Call);
    if (special.is_unbound() || special.is_none()) {
      t->frame = w->prev;
      (void)rt::raise(world(t), TypeId::TypeError, "'%s' object is not callable",
                      rt::type_name(world(t), callable));
      LISLE_TAIL refuse(w, t, 0, 0, 0);
    }
    // A __call__ that is no plain function is bound by the class's rules first.
    if (!rt::is_kind(special, rt::Kind::Function) && !rt::is_kind(special, rt::Kind::Native)) {
      LISLE_TAIL enter_bound_special(w, t, special.bits(), 0, 0);
    }
    w->fn = special;
    INSERT_RECEIVER(callable);
  }
}

// The arguments of `w` as a tuple and a dict (or None).
void spread_arguments(Runtime& rt, Frame* w, Value& args, Value& kwargs) {
  u32 nargs = w->window_nargs();
  rt::Tuple* names = names_of(w);
  kwargs = Value::none();
  args = Value::from(rt::new_tuple_from(rt, w->r, nargs));
  if (!names) return;
  rt::Dict* dict = rt::new_dict(rt);
  for (u64 i = 0; i < names->size; ++i)
    rt::dict_set_str(rt, *dict, rt::to<rt::Str>(names->items[i]), w->r[nargs + i]);
  kwargs = Value::from(dict);
}

// Turns window `w` into a call of an internal step machine with the arguments (first, args tuple, kwargs).
LISLE_CODE static void enter_internal(Frame* w, Thread* t, u64 which, u64 first, u64) {
  Runtime& rt = world(t);
  rt::Native* native = rt.internals[which];
  Value args, kwargs;
  t->frame = w->prev;
  spread_arguments(rt, w, args, kwargs);
  u32 room = native->aux > given(w) ? native->aux : given(w);
  MAKE_ROOM((rt::kHeaderWords + room) * sizeof(Value));
  w->fn = Value::from(native);
  w->r[0] = Value::from_bits(first);
  w->r[1] = args;
  w->r[2] = kwargs;
  u64 kept = w->info & (u64{0xffffffff} << 32 | Frame::kMakesItem);
  w->set_window(3, Value());
  w->info |= kept;
  LISLE_TAIL enter_native(w, t, 0, 0, 0);
}

LISLE_CODE void enter_bound_special(Frame* w, Thread* t, u64, u64, u64) {
  LISLE_TAIL enter_internal(w, t, static_cast<u64>(rt::Internal::CallSpecialSpread), w->fn.bits(), 0);
}

// Calls a class for whoever asks with whatever arguments; call_class is the quick way of the call handlers.
LISLE_CODE void construct(Frame* w, Thread* t, u64, u64, u64) {
  Runtime& rt = world(t);
  auto* type = static_cast<rt::Type*>(w->fn.object());
  u32 how = rt::how_made(rt, *type);
  t->frame = w->prev;
  if (how & rt::kTypeMakesNatively) {
    w->fn = type->special(rt::Special::New);
    INSERT_RECEIVER(Value::from(type));
    LISLE_TAIL enter_native(w, t, 0, 0, 0);
  }
  Value init = type->special(rt::Special::Init);
  // Only where the caller's continuation stores the result; others (native steps, loops) take the general
  // way.
  Entry then = w->ret;
  bool stores = interpreted(then) == cont_store;
  if (how & rt::kTypeMakesInstance && rt::is_kind(init, rt::Kind::Function) && stores) {
    Value instance = Value::from(rt::new_instance(rt, type));
    INSERT_RECEIVER(instance);
    reinterpret_cast<Value*>(w)[-1] = instance;
    Entry* ret = w->ret == cont_segment_pop ? &w->prev->ret : &w->ret;
    *ret = cont_construct;
    if (then != cont_store) {
      reinterpret_cast<Entry*>(w)[-2] = then;
      *ret = cont_construct_compiled;
    }
    w->fn = init;
    LISLE_TAIL enter_function(w, t, 0, 0, 0);
  }
  LISLE_TAIL enter_internal(w, t, static_cast<u64>(rt::Internal::TypeCall), w->fn.bits(), 0);
}

LISLE_CODE void start_pending(Frame* f, Thread* t, u64 ret, u64, u64) {
  Frame* w = t->enter;
  if (!w) LISLE_TAIL resume_current(f, t, 0, 0, 0);
  rt::link_frame(*t, *w, *f, reinterpret_cast<Entry>(ret));
  LISLE_TAIL enter(w, t, 0, 0, 0);
}

LISLE_CODE void run_native(Frame* f, Thread* t, u64, u64, u64) {
  if (LISLE_UNLIKELY(f->step() == kTailStep)) {
    Value passed = t->resumed;
    if (passed == Value::raised()) LISLE_TAIL unwind_from_callee(f, t, 0, 0, 0);
    // A generator that ended under a native that only passed it on ends for whoever asked that native.
    if (passed.is_exhausted()) LISLE_TAIL pass_exhausted(f, t, 0, 0, 0);
    LISLE_TAIL f->ret(f, t, passed.bits(), 0, 0);
  }
  Runtime& rt = world(t);
  t->frame = t->stepping = f;
  auto* native = static_cast<rt::Native*>(f->fn.object());
  u64 result = rt.natives[native->native_id].fn(rt, *f).value().bits();
  LISLE_TAIL leave_native(f, t, result, 0, 0);
}

LISLE_CODE void leave_native(Frame* f, Thread* t, u64 result, u64, u64) {
  Result r(Value::from_bits(result));
  if (LISLE_LIKELY(r.is_value())) LISLE_TAIL f->ret(f, t, result, 0, 0);
  if (r.is_raised()) LISLE_TAIL unwind_from_callee(f, t, 0, 0, 0);
  if (f->step() == 0) f->set_step(kTailStep);
  LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(cont_native_resume), 0, 0);
}

}  // namespace lisle::interp

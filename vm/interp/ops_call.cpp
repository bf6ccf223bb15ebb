// Calls. A window in the caller's registers becomes the callee's frame in place; only what cannot be done
// that way is linked and entered in general.
#include <algorithm>

#include "runtime/tasks/tasklet_calls.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/function.h"
#include "runtime/types/list.h"
#include "vm/interp/compiled.h"
#include "vm/interp/intrinsics.h"
#include "vm/interp/step.h"
#include "vm/interp/window.h"

namespace lisle::interp {

namespace {

// Code that owns its frame has its windows copied to the tasklet's stack. Null when raised.
Frame* copied_window(Thread* t, Frame* f, Frame* w, u32 words) {
  Frame* copy = rt::prepare_window(world(t), *f, words);
  if (!copy) return nullptr;
  copy->fn = w->fn;
  std::copy(w->r, w->r + words, copy->r);
  return copy;
}

}  // namespace

LISLE_CODE void call_window(Frame* f, Thread* t, u64 window, u64 nargs, u64 names) {
  auto* w = reinterpret_cast<Frame*>(window);
  t->frame = f;
  u32 words = static_cast<u32>(nargs) & ~bc::kOwnsFrameCount;
  u32 total = words + (names ? static_cast<u32>(rt::to<rt::Tuple>(Value::from_bits(names))->size) : 0);
  if (nargs & bc::kOwnsFrameCount) {
    w = copied_window(t, f, w, total);
    if (!w) LISLE_TAIL unwind(f, t, 0, 0, 0);
  }
  w->set_window(words, Value::from_bits(names));
  rt::link_frame(*t, *w, *f, cont_store);
  LISLE_TAIL enter(w, t, 0, 0, 0);
}

LISLE_CODE void start_window(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  u32 words = static_cast<u32>(nargs) & ~bc::kOwnsFrameCount;
  t->frame = f;
  if (nargs & bc::kOwnsFrameCount) {
    w = copied_window(t, f, w, words);
    if (!w) LISLE_TAIL unwind(f, t, 0, 0, 0);
  }
  w->set_window(words, Value());
  rt::link_frame(*t, *w, *f, reinterpret_cast<Entry>(ret));
  LISLE_TAIL enter(w, t, 0, 0, 0);
}

LISLE_CODE void finish_call(Frame* f, Thread* t, u64 window, u64 ret, u64 bits) {
  if (LISLE_UNLIKELY(bits == Value::raised().bits())) LISLE_TAIL unwind(f, t, 0, 0, 0);
  if (LISLE_UNLIKELY(bits == Value::pending().bits())) LISLE_TAIL start_pending(f, t, ret, 0, 0);
  auto* w = reinterpret_cast<Frame*>(window);
  w->prev = f;
  LISLE_TAIL reinterpret_cast<Entry>(ret)(w, t, bits, 0, 0);
}

// A method that was taken off its object: the call without the wrapping.
LISLE_CODE static void call_bound(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* method = static_cast<rt::BoundMethod*>(w->fn.object());
  auto* function = rt::as<rt::Function>(method->function);
  u64 pc = f->pc, k;
  if (LISLE_LIKELY(function && function->code->simple_args == nargs + 1)) {
    Frame* lower = with_receiver(w, method->function, method->self);
    START_FUNCTION(lower, function, reinterpret_cast<Entry>(ret));
    LISLE_TAIL start_window(f, t, reinterpret_cast<u64>(lower), nargs + 1, ret);
  }
  LISLE_TAIL start_window(f, t, window, nargs, ret);
}

// The value of the call instruction at f->pc, which has no trailing words, where the interpreter waits for
// it; anything else is finish_call's.
#define STORE_CALL_RESULT(bits)                                           \
  do {                                                                    \
    u64 result_bits = (bits);                                             \
    if (LISLE_LIKELY(reinterpret_cast<Entry>(ret) == cont_store &&        \
                     Result(Value::from_bits(result_bits)).is_value())) { \
      u64 pc = f->pc, k = constants_of(f), word = *at(pc);                \
      reg(f, a_of(word)) = Value::from_bits(result_bits);                 \
      NEXT(0);                                                            \
    }                                                                     \
    LISLE_TAIL finish_call(f, t, window, ret, result_bits);               \
  } while (0)

// Calls a native that needs a frame, whose arguments fit: a step machine, or a leaf that may switch tasklets.
// The window becomes the frame, which is where the tasklet waits if it has to.
static LISLE_CODE void call_framed(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  Runtime& rt = world(t);
  auto* native = static_cast<rt::Native*>(w->fn.object());
  const rt::NativeEntry& entry = t->natives[native->native_id];
  u32 depth = f->depth() + 1;
  char* end = reinterpret_cast<char*>(w->r + native->aux);
  if (LISLE_UNLIKELY(depth > t->depth_limit || end > t->limit))
    LISLE_TAIL start_window(f, t, window, nargs, ret);
  w->ret = reinterpret_cast<Entry>(ret);
  w->prev = f;
  w->set_window(static_cast<u32>(nargs), Value());
  w->set_depth(depth);
  rt::fill_missing(entry, *w, static_cast<u32>(nargs));
  for (u32 i = entry.param_count; i < entry.registers; ++i) w->r[i] = Value();
  t->frame = t->stepping = w;
  t->window_end = end;
  t->resumed = Value::none();
  Result r = entry.fn(rt, *w);
  if (LISLE_LIKELY(r.is_value())) STORE_CALL_RESULT(r.value().bits());
  LISLE_TAIL leave_native(w, t, r.value().bits(), 0, 0);
}

namespace {

// May native `entry` be entered at all with the first argument of window `w` as its receiver?
inline bool may_enter(Runtime& rt, const rt::NativeEntry& entry, const Frame* w, u64 nargs) {
  auto* native = static_cast<const rt::Native*>(w->fn.object());
  return native->owner == nullptr || (nargs > 0 && rt::receiver_fits(rt, entry, *native, w->r[0]));
}

// Runs a leaf in the window, whose arguments fit; nothing is linked. The Result's bits.
inline u64 run_in_place(Frame* f, Thread* t, Frame* w, const rt::NativeEntry& entry, u32 nargs) {
  t->frame = w;
  w->prev = f;
  w->set_window(nargs, Value());
  rt::fill_missing(entry, *w, nargs);
  return entry.fn(world(t), *w).value().bits();
}

inline bool fits_in_place(const Thread* t, const rt::NativeEntry& entry, const Frame* w, u64 nargs) {
  return nargs - entry.min_args <= static_cast<u64>(entry.max_args - entry.min_args) &&
         reinterpret_cast<const char*>(w->r + entry.param_count) <= t->limit;
}

}  // namespace

// A method taken off its object, or the function of a module that knows itself: the receiver goes first.
static LISLE_CODE void call_receiving(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* native = static_cast<rt::Native*>(w->fn.object());
  const rt::NativeEntry& entry = t->natives[native->native_id];
  if (LISLE_UNLIKELY(!entry.in_place || !fits_in_place(t, entry, w, nargs + 1)))
    LISLE_TAIL start_window(f, t, window, nargs, ret);
  Frame* lower = with_receiver(w, w->fn, native->self);
  STORE_CALL_RESULT(run_in_place(f, t, lower, entry, static_cast<u32>(nargs) + 1));
}

// A native called by code that owns its frame: a leaf runs in a copy of the window on the tasklet's stack.
static LISLE_CODE void call_copied(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* native = static_cast<rt::Native*>(w->fn.object());
  const rt::NativeEntry& entry = t->natives[native->native_id];
  u32 count = static_cast<u32>(nargs) & ~bc::kOwnsFrameCount;
  if (!entry.in_place || !native->self.is_unbound() || !rt::binds_quickly(entry, count) ||
      !rt::receiver_fits(world(t), entry, *native, w->r[0]))
    LISLE_TAIL start_window(f, t, window, nargs, ret);
  t->frame = f;
  Frame* copy = rt::prepare_window(world(t), *f, entry.param_count);
  if (LISLE_UNLIKELY(!copy)) LISLE_TAIL unwind(f, t, 0, 0, 0);
  copy->fn = w->fn;
  for (u32 i = 0; i < count; ++i) copy->r[i] = w->r[i];
  u64 bits = run_in_place(f, t, copy, entry, count);
  if (LISLE_LIKELY(bits != Value::pending().bits())) {
    // Nobody clears the copy: it would keep its arguments alive.
    for (u32 i = 0; i < entry.param_count; ++i) copy->r[i] = Value();
    rt::drop_unlinked_segment(*t);
  }
  STORE_CALL_RESULT(bits);
}

// A native that does not simply run in place: by its quick form, in a frame of its own, or the general way.
// The call's pc stays in the frame: a pending or raised Result finds it there.
__attribute__((noinline)) LISLE_CODE void call_leaf(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* native = static_cast<rt::Native*>(w->fn.object());
  Runtime& rt = world(t);
  const rt::NativeEntry& entry = t->natives[native->native_id];
  if (nargs & bc::kOwnsFrameCount) LISLE_TAIL call_copied(f, t, window, nargs, ret);
  if (!native->self.is_unbound()) LISLE_TAIL call_receiving(f, t, window, nargs, ret);
  if (LISLE_UNLIKELY(!may_enter(rt, entry, w, nargs))) LISLE_TAIL start_window(f, t, window, nargs, ret);
  if (entry.quick) {
    Value result = called_in_place(t, f, w, nargs, entry.quick);
    if (LISLE_LIKELY(!result.is_unbound())) STORE_CALL_RESULT(result.bits());
  }
  if (LISLE_UNLIKELY(!rt::binds_quickly(entry, static_cast<u32>(nargs)) ||
                     !fits_in_place(t, entry, w, nargs)))
    LISLE_TAIL start_window(f, t, window, nargs, ret);
  if (entry.registers != 0 || entry.flags & rt::kSwitches) LISLE_TAIL call_framed(f, t, window, nargs, ret);
  STORE_CALL_RESULT(run_in_place(f, t, w, entry, static_cast<u32>(nargs)));
}

// A native whose arguments fit is called in place, where it needs no frame of its own.
__attribute__((noinline)) LISLE_CODE void call_native(Frame* f, Thread* t, u64 window, u64 nargs, u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* native = static_cast<rt::Native*>(w->fn.object());
  const rt::NativeEntry& entry = t->natives[native->native_id];
  if (LISLE_LIKELY(entry.in_place && native->self.is_unbound() && fits_in_place(t, entry, w, nargs) &&
                   rt::receiver_fits(world(t), entry, *native, w->r[0])))
    STORE_CALL_RESULT(run_in_place(f, t, w, entry, static_cast<u32>(nargs)));
  LISLE_TAIL kIntrinsics[static_cast<size_t>(entry.intrinsic)](f, t, window, nargs, ret);
}

// A function of the program whose arguments have to be bound: defaults, keywords, *args. It is done in the
// window, which then is the frame.
__attribute__((noinline)) static LISLE_CODE void call_binding(Frame* f, Thread* t, u64 window, u64 nargs,
                                                              u64 names) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* function = static_cast<rt::Function*>(w->fn.object());
  auto* keywords = names ? static_cast<rt::Tuple*>(Value::from_bits(names).object()) : nullptr;
  u64 count = nargs + (keywords ? keywords->size : 0);
  // Binding may need more places than the frame has while it moves values about.
  char* end = reinterpret_cast<char*>(w) + function->code->frame_bytes + count * sizeof(Value);
  if (LISLE_UNLIKELY(function->code->flags & rt::kCodeOwnsFrame || nargs & bc::kOwnsFrameCount ||
                     end > t->limit || f->depth() >= t->depth_limit))
    LISLE_TAIL call_window(f, t, window, nargs, names);
  t->frame = f;
  t->window_end = end;
  w->prev = f;
  w->set_window(static_cast<u32>(nargs), Value::from_bits(names));
  if (rt::bind_function(world(t), *w, *function, static_cast<u32>(nargs), keywords).is_raised())
    LISLE_TAIL unwind(f, t, 0, 0, 0);
  START_BOUND_FUNCTION(w, function, cont_store, 0);
}

// A capsule is called by the quick form of its class's __call__; unbound, and the window is as before, where
// that gives up.
static Value call_capsule(Thread* t, Frame* f, Frame* w, u64 nargs) {
  const Value callable = w->fn, special = rt::type_of(world(t), callable)->special(rt::Special::Call);
  const auto* native = rt::as<rt::Native>(special);
  const rt::NativeEntry* entry = native ? &t->natives[native->native_id] : nullptr;
  if (!entry || !entry->quick) return Value::unbound();
  Frame* lower = with_receiver(w, special, callable);
  Value result = Value::unbound();
  if (may_enter(world(t), *entry, lower, nargs + 1))
    result = called_in_place(t, f, lower, nargs + 1, entry->quick);
  if (result.is_unbound()) w->fn = callable;
  return result;
}

// Everything that is no function of the program whose arguments fit.
__attribute__((noinline)) static LISLE_CODE void call_other(Frame* f, Thread* t, u64 window, u64 nargs,
                                                            u64 ret) {
  auto* w = reinterpret_cast<Frame*>(window);
  if (LISLE_LIKELY(w->fn.is_object() && !(nargs & bc::kOwnsFrameCount))) {
    rt::Kind kind = w->fn.object()->kind;
    if (kind == rt::Kind::Function && reinterpret_cast<Entry>(ret) == cont_store)
      LISLE_TAIL call_binding(f, t, window, nargs, 0);
    if (kind == rt::Kind::Type) LISLE_TAIL call_class(f, t, window, nargs, ret);
    if (kind == rt::Kind::BoundMethod) LISLE_TAIL call_bound(f, t, window, nargs, ret);
    if (kind == rt::Kind::Capsule) {
      const Value result = call_capsule(t, f, w, nargs);
      if (LISLE_LIKELY(!result.is_unbound())) STORE_CALL_RESULT(result.bits());
    }
    if (kind == rt::Kind::Tasklet &&
        rt::is_called_plainly(world(t), static_cast<const rt::Tasklet&>(*w->fn.object()))) {
      Value result = called_in_place(t, f, w, nargs, rt::tasklet_called);
      if (LISLE_LIKELY(!result.is_unbound())) LISLE_TAIL finish_call(f, t, window, ret, result.bits());
    }
  }
  LISLE_TAIL start_window(f, t, window, nargs, ret);
}

// What can be called at once from window `w` with `nargs`, for continuation `ret`; nothing else follows.
#define CALL(w, nargs, ret)                                                                         \
  do {                                                                                              \
    Value callee = (w)->fn;                                                                         \
    if (LISLE_LIKELY(callee.is_object())) {                                                         \
      rt::Object* o = callee.object();                                                              \
      if (LISLE_LIKELY(o->kind == rt::Kind::Function)) {                                            \
        auto* function = static_cast<rt::Function*>(o);                                             \
        if (LISLE_LIKELY(function->code->simple_args == (nargs))) START_FUNCTION(w, function, ret); \
      } else if (o->kind == rt::Kind::Native) {                                                     \
        f->pc = pc;                                                                                 \
        LISLE_TAIL call_native(f, t, reinterpret_cast<u64>(w), nargs, reinterpret_cast<u64>(ret));  \
      }                                                                                             \
    }                                                                                               \
    f->pc = pc;                                                                                     \
    LISLE_TAIL call_other(f, t, reinterpret_cast<u64>(w), nargs, reinterpret_cast<u64>(ret));       \
  } while (0)

HANDLER(Call) {
  Frame* w = window_at(f, b_of(word));
  u32 nargs = c_of(word);
  CALL(w, nargs, cont_store);
}

HANDLER(CallMethod) {
  u32 window = b_of(word);
  u32 nargs = c_of(word);
  Frame* w = window_at(f, window);
  if (LISLE_LIKELY(!w->fn.is_unbound())) {
    ++nargs;
    CALL(w, nargs, cont_store);
  }
  w = window_at(f, window + 1);
  CALL(w, nargs, cont_store);
}

namespace {

inline bool is_function(const Frame* w) {
  return rt::is_kind(w->fn, rt::Kind::Function);
}

}  // namespace

HANDLER(CallKw) {
  f->pc = pc;
  u64 names = reinterpret_cast<Value*>(k)[at(pc)[1]].bits();
  Frame* w = window_at(f, b_of(word));
  u64 nargs = c_of(word), window = reinterpret_cast<u64>(w);
  if (LISLE_LIKELY(is_function(w))) LISLE_TAIL call_binding(f, t, window, nargs, names);
  LISLE_TAIL call_window(f, t, window, nargs, names);
}

HANDLER(CallMethodKw) {
  f->pc = pc;
  u64 names = reinterpret_cast<Value*>(k)[at(pc)[1]].bits();
  u32 window = b_of(word);
  u64 nargs = c_of(word);
  if (reg(f, window + 2).is_unbound())
    ++window;
  else
    ++nargs;
  Frame* w = window_at(f, window);
  if (LISLE_LIKELY(is_function(w))) LISLE_TAIL call_binding(f, t, reinterpret_cast<u64>(w), nargs, names);
  LISLE_TAIL call_window(f, t, reinterpret_cast<u64>(w), nargs, names);
}

namespace {

Result call_spread(Thread* t, Frame* f, Frame* w) {
  return rt::call_spread(world(t), *f, w->fn, rt::to<rt::Tuple>(w->r[0]), rt::as<rt::Dict>(w->r[1]));
}

}  // namespace

ASK(CallSpread, store, call_spread(t, f, window_at(f, b_of(word))))

namespace {

// More arguments are laid out elsewhere.
constexpr u64 kFewSpread = 8;

bool is_named(const rt::Dict& dict) {
  u64 position = 0;
  for (Value key, value; rt::dict_next(dict, position, key, value);)
    if (!rt::is_str(key)) return false;
  return true;
}

// Lays the tuple and the dict of a window out as the arguments of a call with keywords: the tuple of their
// names, or null.
rt::Tuple* lay_out(Runtime& rt, Frame* w, rt::Tuple& args, rt::Dict* named) {
  rt::Tuple* names = named && named->used ? rt::new_tuple(rt, named->used) : nullptr;
  std::copy_n(args.items, args.size, w->r);
  if (!names) return nullptr;
  u64 position = 0, i = 0;
  for (Value key, value; rt::dict_next(*named, position, key, value); ++i) {
    names->items[i] = key;
    w->r[args.size + i] = value;
  }
  rt.heap.wrote(names);
  return names;
}

}  // namespace

HANDLER(CallSpread) {
  Frame* w = window_at(f, b_of(word));
  if (LISLE_LIKELY(is_function(w) && c_of(word) == 0)) {
    auto* args = static_cast<rt::Tuple*>(w->r[0].object());
    auto* named = rt::as<rt::Dict>(w->r[1]);
    const u64 count = args->size;
    const u64 total = count + (named ? named->used : 0);
    if (LISLE_LIKELY(total <= kFewSpread && reinterpret_cast<char*>(w->r + total) <= t->limit &&
                     (!named || is_named(*named)))) {
      ENTER_CPP();
      rt::Tuple* names = lay_out(world(t), w, *args, named);
      LISLE_TAIL call_binding(f, t, reinterpret_cast<u64>(w), count, names ? Value::from(names).bits() : 0);
    }
  }
  ASK_AND_FINISH(CallSpread, store, call_spread(t, f, w))
}

// --- calls that compiled code leaves to the machine

// The same for a builtin class that makes its instances in place.
static u64 made_in_place(Frame* f, Thread* t, Frame* w, u64 nargs, u64 pc) {
  auto* type = rt::as<rt::Type>(w->fn);
  const rt::TypeSpec* spec = type ? rt::builtin_spec(*type) : nullptr;
  if (!spec || !spec->construct) return kNotLeaf;
  f->pc = pc;
  t->frame = w;
  w->prev = f;
  w->set_window(static_cast<u32>(nargs), Value());
  Value result = spec->construct(world(t), *w).value();
  t->frame = f;
  return result.is_unbound() ? kNotLeaf : result.bits();
}

// Calls the leaf of window `window` as call_leaf does, or answers kNotLeaf.
u64 leaf_result(Frame* f, Thread* t, u64 window, u64 nargs, u64 pc) {
  auto* w = reinterpret_cast<Frame*>(window);
  auto* native = rt::as<rt::Native>(w->fn);
  if (!native) return made_in_place(f, t, w, nargs, pc);
  Runtime& rt = world(t);
  const rt::NativeEntry& entry = rt.natives[native->native_id];
  bool leaf = entry.registers == 0 && native->self.is_unbound() && !(entry.flags & rt::kSwitches);
  if (!leaf || !rt::binds_quickly(entry, static_cast<u32>(nargs)) ||
      !rt::receiver_fits(rt, entry, *native, w->r[0]) ||
      reinterpret_cast<char*>(w->r + entry.param_count) > t->limit)
    return kNotLeaf;
  f->pc = pc;
  t->frame = w;
  w->prev = f;
  w->set_window(static_cast<u32>(nargs), Value());
  rt::fill_missing(entry, *w, static_cast<u32>(nargs));
  return entry.fn(rt, *w).value().bits();
}

// The call instruction at `pc`; its value goes to `ret`.
LISLE_CODE void compiled_call(Frame* f, Thread* t, u64 pc, u64 ret, u64) {
  u64 word = true_word(f, pc);  // somebody may have begun to trace it
  u32 window = b_of(word);
  u32 nargs = c_of(word);
  u64 k = constants_of(f);
  auto op = static_cast<Op>(op_of(word));
  bool keywords = op == Op::CallKw || op == Op::CallMethodKw;
  if (op == Op::CallMethod || op == Op::CallMethodKw) {
    if (reg(f, window + 2).is_unbound())
      ++window;
    else
      ++nargs;
  }
  Frame* w = window_at(f, window);
  if (LISLE_LIKELY(!keywords)) CALL(w, nargs, reinterpret_cast<Entry>(ret));
  f->pc = pc;
  t->frame = f;
  Value names = reinterpret_cast<Value*>(k)[at(pc)[1]];
  if (nargs & bc::kOwnsFrameCount) {
    nargs &= ~u32{bc::kOwnsFrameCount};
    w = copied_window(t, f, w, nargs + static_cast<u32>(rt::to<rt::Tuple>(names)->size));
    if (!w) LISLE_TAIL unwind(f, t, 0, 0, 0);
  }
  w->set_window(nargs, names);
  rt::link_frame(*t, *w, *f, reinterpret_cast<Entry>(ret));
  LISLE_TAIL enter(w, t, 0, 0, 0);
}

HANDLER(Return) {
  f->pc = pc;  // for frame objects, see cont_watched
  LISLE_TAIL f->ret(f, t, reg(f, a_of(word)).bits(), k, word);
}

}  // namespace lisle::interp

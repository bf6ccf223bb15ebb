// See generators.h. The handled exception of a generator suspended in an except block is its own; while it
// runs it hides the resumer's.
#include "vm/interp/generators.h"

#include <algorithm>

#include "runtime/types/exception.h"
#include "runtime/types/frame_object.h"
#include "vm/interp/compiled.h"
#include "vm/interp/step.h"
#include "vm/interp/trace.h"

namespace lisle::interp {

using rt::Generator;
using rt::GeneratorState;

namespace {

TypeId generator_type(const rt::Code& code) {
  if (code.flags & rt::kCodeCoroutine) return TypeId::Coroutine;
  if (code.flags & rt::kCodeAsyncGenerator) return TypeId::AsyncGenerator;
  return TypeId::Generator;
}

const char* kind_name(const Generator& g) {
  rt::Code* code = static_cast<rt::Function*>(const_cast<Generator&>(g).frame()->fn.object())->code;
  switch (generator_type(*code)) {
    case TypeId::Coroutine:
      return "coroutine";
    case TypeId::AsyncGenerator:
      return "async generator";
    default:
      return "generator";
  }
}

bool is_coroutine(Generator& g) {
  return function_of(g.frame())->code->flags & rt::kCodeCoroutine;
}

// The Send that the suspended delegation at `pc` belongs to: a jump back behind the yield leads there.
u64 send_of(u64 pc) {
  u64 next = pc + 8;
  LISLE_ASSERT(op_of(*at(next)) == static_cast<u32>(Op::JumpBack));
  return next + 8 + 8 * static_cast<i64>(wide_of(*at(next)));
}

}  // namespace

// Its locals are gone; the header stays for the continuation.
void close(Generator& g) {
  rt::generator_frame_ends(g);
  g.state = GeneratorState::kClosed;
  g.handled = Value::unbound();
  for (u32 i = rt::kHeaderWords; i < g.words; ++i) g.memory[i] = Value();
}

LISLE_CODE void make_generator(Frame* w, Thread* t, u64, u64, u64) {
  Runtime& rt = world(t);
  auto* function = static_cast<rt::Function*>(w->fn.object());
  rt::Code* code = function->code;
  u32 words = rt::kHeaderWords + code->register_count;
  auto* g = rt.make<Generator>(generator_type(*code), words * sizeof(Value));
  g->words = words;
  g->name = function->name;
  g->qualname = function->qualname;
  g->handled = Value::unbound();
  g->yielded_from = g->origin = Value::none();
  g->state = GeneratorState::kCreated;
  Frame* gf = g->frame();
  gf->fn = w->fn;
  gf->pc = reinterpret_cast<u64>(code->instructions);
  u32 parameters = code->arg_count + code->kwonly_count + ((code->flags & rt::kCodeVarArgs) != 0) +
                   ((code->flags & rt::kCodeVarKeywords) != 0);
  if (!(code->flags & rt::kCodeOptimized)) parameters = 1;  // a module that awaits: its namespace
  std::copy(w->r, w->r + parameters, gf->r);
  // Dropped ones may have something to finish; without a handler there is nothing.
  if (code->exception_table->capacity || code->flags & rt::kCodeCoroutine) {
    g->gc |= rt::kGcFinalizer;
    rt.heap.add_finalizable(g);
  }
  if (LISLE_UNLIKELY(rt.origin_depth && code->flags & rt::kCodeCoroutine)) {
    g->origin = Value::from(rt::places_of_callers(rt, w->prev, rt.origin_depth));
    rt.heap.wrote(g);
  }
  if (rt.heap.stress()) rt.heap.wrote(g);
  LISLE_TAIL w->ret(w, t, Value::from(g).bits(), 0, 0);
}

LISLE_CODE void resume_generator(Frame* w, Thread* t, u64, u64, u64) {
  Runtime& rt = world(t);
  auto* g = static_cast<Generator*>(w->fn.object());
  u32 mode = w->window_nargs();
  Value v = w->r[0];
  t->frame = w->prev;
  // A delegation that throw() serves keeps its generator marked as running; finishing it is the only way on.
  if (g->state == GeneratorState::kRunning && mode != 3) {
    (void)rt::raise(rt, TypeId::ValueError, "%s already executing", kind_name(*g));
    LISLE_TAIL unwind_from_callee(w, t, 0, 0, 0);
  }
  if (g->state == GeneratorState::kClosed) {
    if (mode == 2) {
      (void)rt::raise_value(rt, v);
      LISLE_TAIL unwind_from_callee(w, t, 0, 0, 0);
    }
    if (is_coroutine(*g)) {
      (void)rt::raise(rt, TypeId::RuntimeError, "cannot reuse already awaited coroutine");
      LISLE_TAIL unwind_from_callee(w, t, 0, 0, 0);
    }
    t->stop_value = Value::none();
    LISLE_TAIL pass_exhausted(w, t, 0, 0, 0);
  }
  bool fresh = g->state == GeneratorState::kCreated;
  if (fresh && mode == 1 && !v.is_none()) {
    (void)rt::raise(rt, TypeId::TypeError, "can't send non-None value to a just-started %s", kind_name(*g));
    LISLE_TAIL unwind_from_callee(w, t, 0, 0, 0);
  }
  if (fresh && mode == 2) {
    // Nothing of the body has run, so none of its handlers applies.
    (void)rt::raise_value(rt, v);
    if (auto* e = rt::as<rt::Exception>(t->raised)) {
      rt::add_traceback(rt, *e, g->frame()->fn, 0, Value::from(rt::generator_frame_object(rt, *g)));
    }
    close(*g);
    LISLE_TAIL unwind_from_callee(w, t, 0, 0, 0);
  }
  Frame* f = g->frame();
  u32 depth = w->prev->depth() + 1;
  if (depth > t->depth_limit && !admit(t, depth, function_of(f)->code))
    LISLE_TAIL unwind_from_callee(w, t, 0, 0, 0);
  Entry compiled = resumption_of(t, f);
  link_generator(t, g, w->prev, w->ret, reinterpret_cast<char*>(w));
  g->yielded_from = Value::none();
  u64 pc = f->pc;
  u64 k = constants_of(f);
  if (mode == 2) {
    (void)rt::raise_value(rt, v);
    LISLE_TAIL unwind(f, t, 0, 0, 0);
  }
  if (mode == 3) {
    pc = send_of(pc);
    reg(f, a_of(*at(pc))) = v;
    JUMP(1, target_of(pc));
  }
  if (fresh) LISLE_TAIL function_of(f)->code->entry(f, t, pc, k, *at(pc));
  reg(f, a_of(*at(pc))) = v;
  if (compiled) LISLE_TAIL compiled(f, t, pc + 8, k, 0);
  NEXT(0);
}

LISLE_CODE void generator_ends(Frame* f, Thread* t, u64 value, u64, u64) {
  Generator* g = rt::generator_of(*f);
  unlink_generator(t, g);
  close(*g);
  t->stop_value = Value::from_bits(value);
  if (LISLE_UNLIKELY(function_of(f)->code->flags & rt::kCodeAsyncGenerator)) {
    (void)rt::raise_with(world(t), TypeId::StopAsyncIteration, Value::unbound());
    LISLE_TAIL unwind_from_callee(f, t, 0, 0, 0);
  }
  LISLE_TAIL pass_exhausted(f, t, 0, 0, 0);
}

LISLE_CODE void pass_exhausted(Frame* f, Thread* t, u64, u64, u64) {
  Frame* bottom = f;
  while (bottom->ret == cont_segment_pop) bottom = bottom->prev;
  if (continuation_info(bottom->ret).ended == Ended::Raise) {
    Value result = t->stop_value;
    t->stop_value = Value::none();
    t->frame = bottom->prev;
    (void)rt::raise_with(world(t), TypeId::StopIteration, result.is_none() ? Value::unbound() : result);
    LISLE_TAIL unwind_from_callee(f, t, 0, 0, 0);
  }
  LISLE_TAIL f->ret(f, t, Value::exhausted().bits(), 0, 0);
}

// Suspends the generator at `pc`; it goes on where `resumption` says.
LISLE_CODE void suspend_generator(Frame* f, Thread* t, u64 pc, u64 resumption, u64) {
  Generator* g = rt::generator_of(*f);
  Value v = reg(f, b_of(*at(pc)));
  f->pc = pc;
  unlink_generator(t, g);
  g->state = GeneratorState::kSuspended;
  Entry then = f->ret;
  f->ret = reinterpret_cast<Entry>(resumption);
  LISLE_TAIL then(f, t, v.bits(), 0, 0);
}

LISLE_CODE void yield_item(Frame* f, Thread* t, u64 pc, u64 resumption, u64) {
  rt::generator_of(*f)->yielded_item = 1;
  LISLE_TAIL suspend_generator(f, t, pc, resumption, 0);
}

HANDLER(Yield) {
  (void)k, (void)word;
  LISLE_TAIL yield_item(f, t, pc, 0, 0);
}

LISLE_CODE void yield_delegated(Frame* f, Thread* t, u64 pc, u64 resumption, u64) {
  rt::generator_of(*f)->yielded_from = reg(f, c_of(*at(pc)));
  LISLE_TAIL suspend_generator(f, t, pc, resumption, 0);
}

HANDLER(YieldDelegate) {
  (void)k, (void)word;
  LISLE_TAIL yield_delegated(f, t, pc, 0, 0);
}

HANDLER(ReturnGenerator) {
  (void)k;
  f->pc = pc;  // for frame objects
  LISLE_TAIL generator_ends(f, t, reg(f, a_of(word)).bits(), 0, 0);
}

}  // namespace lisle::interp

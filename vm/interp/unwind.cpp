// Raising: no call checks for exceptions on return; the raiser walks the frames down to the first that wants
// to know.
#include "runtime/tasks/tasklet.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame_object.h"
#include "vm/interp/generators.h"
#include "vm/interp/step.h"
#include "vm/interp/trace.h"

namespace lisle::interp {

namespace {

// Who goes on after an exception.
struct Catcher {
  enum Kind {
    kHandler,
    kNativeStep,
    kIterationEnd,
    kTaskletEnd,
    kHostExit,
    kTellsRaise,  // a window was prepared that tells who traces
    kTellsLeave,
  } kind;
  Frame* frame;
  u64 pc;
};

const bc::ExceptionRange* find_range(const rt::Code& code, u32 index) {
  auto* rows = reinterpret_cast<const bc::ExceptionRange*>(code.exception_table->bytes);
  u64 count = code.exception_table->capacity / sizeof(bc::ExceptionRange);
  for (u64 i = 0; i < count; ++i)
    if (index >= rows[i].start && index < rows[i].end) return &rows[i];
  return nullptr;
}

rt::FrameObject* add_traceback(Runtime& rt, rt::Exception* e, Frame* f, u32 index) {
  auto* entry = rt.make<rt::Traceback>(TypeId::Traceback);
  entry->next = e->traceback;
  entry->function = f->fn;
  entry->instruction = index;
  entry->frame = Value::unbound();
  e->traceback = Value::from(entry);
  rt.heap.wrote(e);
  rt::FrameObject* own = rt::frame_object(rt, *f, *rt.thread.current);
  entry->frame = Value::from(own);
  rt.heap.wrote(entry);
  return own;
}

// The exception being handled becomes the context of a new one; a chain that leads back to it is cut.
void chain_context(Runtime& rt, rt::Exception* e) {
  Value handled = rt.thread.current->handled;
  if (!rt::is_kind(handled, rt::Kind::Exception) || handled == Value::from(e)) return;
  if (!e->context.is_none() || e->aux & rt::Exception::kContextSettled) return;
  // The program can make chains that run in circles; a second walker at half the speed notices.
  auto* slow = rt::to<rt::Exception>(handled);
  bool move_slow = false;
  for (auto* link = slow;;) {
    auto* next = rt::as<rt::Exception>(link->context);
    if (!next || next == slow) break;
    if (next == e) {
      link->context = Value::none();
      rt.heap.wrote(link);
      break;
    }
    link = next;
    if (move_slow) slow = rt::to<rt::Exception>(slow->context);
    move_slow = !move_slow;
  }
  e->context = handled;
  rt.heap.wrote(e);
}

// StopIteration must not leave a generator unnoticed.
void convert_stop_iteration(Runtime& rt, Frame* f) {
  const rt::Code* code = function_of(f)->code;
  bool async_generator = code->flags & rt::kCodeAsyncGenerator;
  bool stop = rt::raised_is(rt, TypeId::StopIteration);
  if (!stop && !(async_generator && rt::raised_is(rt, TypeId::StopAsyncIteration))) return;
  Value cause = rt::take_raised(rt);
  const char* kind = code->flags & rt::kCodeCoroutine ? "coroutine"
                     : async_generator                ? "async generator"
                                                      : "generator";
  (void)rt::raise(rt, TypeId::RuntimeError, "%s raised %s", kind,
                  stop ? "StopIteration" : "StopAsyncIteration");
  auto* e = rt::to<rt::Exception>(rt.thread.raised);
  e->cause = cause;
  e->context = cause;
  e->aux |= rt::Exception::kContextSuppressed;
  rt.heap.wrote(e);
}

// A language frame that does not handle the exception is left.
void leave_frame(Thread* t, Frame* f) {
  Runtime& rt = world(t);
  if (!(function_of(f)->code->flags & rt::kCodeOwnsFrame)) return rt::frame_ends(rt, *f);
  rt::Generator* g = rt::generator_of(*f);
  convert_stop_iteration(rt, f);
  unlink_generator(t, g);
  rt::generator_frame_ends(*g);
  g->state = rt::GeneratorState::kClosed;
  g->handled = Value::unbound();
  for (u32 i = rt::kHeaderWords; i < g->words; ++i) g->memory[i] = Value();
}

// Does StopIteration that leaves `f` end the iterator that `f` makes an item for? Where an iteration asked
// for the item, that is; next() lets the exception through.
bool ends_iteration(Runtime& rt, const rt::Native* native, Frame* f) {
  if (!(f->info & Frame::kMakesItem) && !(native && rt.natives[native->native_id].flags & rt::kEndsOnStop))
    return false;
  while (f->ret == cont_segment_pop) f = f->prev;
  return continuation_info(f->ret).ended != Ended::Raise && rt::raised_is(rt, TypeId::StopIteration);
}

// How far the exception has got with a frame.
enum class Stage : u64 {
  kArrives,  // it is news to the frame
  kSilent,   // it was here before and is raised again: no entry in the traceback
  kTold,     // who traces knows of it
  kLeaves,   // who traces knows that there is no handler
  kLeft,
};

// Where the exception goes on in a frame of the language; false when it leaves the frame.
// `inner`: the object of the frame that was left just before, which learns who called it.
bool catches(Thread* t, Frame* f, Stage stage, rt::FrameObject*& inner, Catcher& out) {
  Runtime& rt = world(t);
  t->frame = f;
  rt::Code& code = *function_of(f)->code;
  u32 index = static_cast<u32>((f->pc - reinterpret_cast<u64>(code.instructions)) / 8);
  if (stage == Stage::kArrives) {
    rt::FrameObject* own = rt::leaves_no_trace(f->fn)
                               ? rt::frame_object(rt, *f, *rt.thread.current)
                               : add_traceback(rt, rt::to<rt::Exception>(t->raised), f, index);
    if (inner && inner->back.is_unbound()) {
      inner->back = Value::from(own);
      rt.heap.wrote(inner);
    }
    u32 events = events_of_raise(t, f);
    out = {Catcher::kTellsRaise, f, 0};
    if (LISLE_UNLIKELY(events && tell_in_flight(t, f, events))) return true;
  }
  if (const bc::ExceptionRange* range = stage == Stage::kLeaves ? nullptr : find_range(code, index)) {
    reg(f, range->exception) = t->raised;
    out = {Catcher::kHandler, f, reinterpret_cast<u64>(code.instructions + range->handler)};
    return true;
  }
  u32 events = stage == Stage::kLeaves ? 0 : events_of_leave(t, f);
  out = {Catcher::kTellsLeave, f, 0};
  if (LISLE_UNLIKELY(events && tell_in_flight(t, f, events))) return true;
  inner = rt::known_frame_object(rt, *f, *t->current);
  // What was raised again was raised where the traceback says.
  auto* entry = rt::as<rt::Traceback>(rt::to<rt::Exception>(t->raised)->traceback);
  if (stage == Stage::kSilent && entry && inner && entry->frame == Value::from(inner))
    f->pc = reinterpret_cast<u64>(code.instructions + entry->instruction);
  leave_frame(t, f);
  return false;
}

// Looks from `f` down; `stage` is that of `f`.
Catcher find_catcher(Thread* t, Frame* f, Stage stage) {
  Runtime& rt = world(t);
  rt::FrameObject* inner = nullptr;
  for (;; stage = Stage::kArrives) {
    auto* native = rt::as<rt::Native>(f->fn);
    if (stage != Stage::kLeft) {
      if (rt::is_kind(f->fn, rt::Kind::Function)) {
        Catcher catcher;
        if (catches(t, f, stage, inner, catcher)) return catcher;
      } else if (native && rt.natives[native->native_id].flags & rt::kCatches) {
        return {Catcher::kNativeStep, f, 0};
      }
    }
    if (ends_iteration(rt, native, f)) return {Catcher::kIterationEnd, f, 0};
    while (f->ret == cont_segment_pop) {
      f = f->prev;
      rt::pop_segment(*t);
      rt::drop_unlinked_segment(*t);
    }
    if (f->ret == cont_tasklet_end) return {Catcher::kTaskletEnd, f, 0};
    if (f->ret == cont_host_exit) return {Catcher::kHostExit, f, 0};
    f = f->prev;
  }
}

}  // namespace

LISLE_CODE static void go_to_catcher(Frame* f, Thread* t, u64 stage, u64, u64) {
  Catcher catcher = find_catcher(t, f, static_cast<Stage>(stage));
  f = catcher.frame;
  switch (catcher.kind) {
    case Catcher::kHandler: {
      t->raised = Value();
      u64 k = constants_of(f);
      GO(catcher.pc);
    }
    case Catcher::kNativeStep:
      t->resumed = Value::raised();
      LISLE_TAIL run_native(f, t, 0, 0, 0);
    case Catcher::kIterationEnd:
      t->stop_value = rt::to<rt::Exception>(rt::take_raised(world(t)))->extra[rt::kStopValue];
      LISLE_TAIL pass_exhausted(f, t, 0, 0, 0);
    case Catcher::kTaskletEnd:
      LISLE_TAIL end_tasklet(f, t, Value::raised().bits(), 0, 0);
    case Catcher::kHostExit:
      t->resumed = Value::raised();
      return;
    case Catcher::kTellsRaise:
      LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(cont_traced_raise), 0, 0);
    case Catcher::kTellsLeave:
      LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(cont_traced_leave), 0, 0);
  }
}

LISLE_CODE void unwind(Frame* f, Thread* t, u64, u64, u64) {
  rt::drop_unlinked_segment(*t);
  chain_context(world(t), rt::to<rt::Exception>(t->raised));
  LISLE_TAIL go_to_catcher(f, t, static_cast<u64>(Stage::kArrives), 0, 0);
}

LISLE_CODE void unwind_from_callee(Frame* callee, Thread* t, u64, u64, u64) {
  rt::drop_unlinked_segment(*t);
  chain_context(world(t), rt::to<rt::Exception>(t->raised));
  LISLE_TAIL go_to_catcher(callee, t, static_cast<u64>(Stage::kLeft), 0, 0);
}

LISLE_CODE void unwind_traced(Frame* f, Thread* t, u64 leaves, u64, u64) {
  // Frames that were forged could bring us here.
  if (!rt::is_kind(t->raised, rt::Kind::Exception)) LISLE_TAIL go_on_traced(f, t, 1, 0, 0);
  LISLE_TAIL go_to_catcher(f, t, static_cast<u64>(leaves ? Stage::kLeaves : Stage::kTold), 0, 0);
}

HANDLER(Reraise) {
  (void)k;
  f->pc = pc;
  t->raised = reg(f, a_of(word));
  LISLE_TAIL go_to_catcher(f, t, static_cast<u64>(Stage::kSilent), 0, 0);
}

// The statement has no end: what waits for it, where a class has to be called, does it again. Behind it there
// need not be any instruction.
LISLE_CODE static void raise_statement(Frame* f, Thread* t, u64 what, u64 cause, u64) {
  Result r = rt::call_internal(world(t), *f, rt::Internal::RaiseStatement,
                               {Value::from_bits(what), Value::from_bits(cause)});
  if (r.is_raised()) LISLE_TAIL unwind(f, t, 0, 0, 0);
  LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(cont_again), 0, 0);
}

HANDLER(Raise) {
  u32 source = a_of(word);
  ENTER_CPP();
  if (source == bc::kNoRegister) {
    if (!rt::is_kind(t->current->handled, rt::Kind::Exception)) {
      (void)rt::raise(world(t), TypeId::RuntimeError, "No active exception to reraise");
      LISLE_TAIL unwind(f, t, 0, 0, 0);
    }
    t->raised = t->current->handled;
    LISLE_TAIL go_to_catcher(f, t, static_cast<u64>(Stage::kSilent), 0, 0);
  }
  LISLE_TAIL raise_statement(f, t, reg(f, source).bits(), Value::unbound().bits(), 0);
}

HANDLER(RaiseFrom) {
  ENTER_CPP();
  LISLE_TAIL raise_statement(f, t, reg(f, a_of(word)).bits(), reg(f, b_of(word)).bits(), 0);
}

HANDLER(PushHandled) {
  Value handled = t->current->handled;
  if (function_of(f)->code->flags & rt::kCodeOwnsFrame) {
    // What the resumer handles is not this frame's to restore: another may resume it next time.
    rt::Generator* g = rt::generator_of(*f);
    if (!g->handles) handled = Value::unbound();
    g->handles = 1;
  }
  Value now = reg(f, b_of(word));
  reg(f, a_of(word)) = handled;
  t->current->handled = now;
  NEXT(0);
}

HANDLER(PopHandled) {
  Value before = reg(f, a_of(word));
  if (before.is_unbound()) {
    rt::Generator* g = rt::generator_of(*f);
    g->handles = 0;
    before = g->outer_handled;
  }
  t->current->handled = before;
  NEXT(0);
}

}  // namespace lisle::interp

// The interpreter's continuations: a callee has left, its value goes to the instruction that the frame below
// is at.
//
// Every continuation is an assembler stub: 64 bytes that describe it, then, 64-byte aligned, the entry, so
// that a `ret` word alone leads to the description; the layout is that of compiled continuations.
#include "runtime/object/native.h"
#include "runtime/protocols/bind.h"
#include "runtime/protocols/compare.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/generator.h"
#include "runtime/types/list.h"
#include "vm/interp/compiled.h"
#include "vm/interp/step.h"
#include "vm/interp/trace.h"

using namespace lisle;
using namespace lisle::interp;

#define CONTINUATION(name, ended)                                                                \
  extern "C" const ContinuationInfo lisle_continuation_##name;                                   \
  extern "C" constinit const ContinuationInfo lisle_continuation_##name = {#name, Ended::ended}; \
  asm(".text\n"                                                                                  \
      ".p2align 6\n"                                                                             \
      ".zero 56\n"                                                                               \
      ".quad lisle_continuation_" #name                                                          \
      "\n"                                                                                       \
      ".globl cont_" #name                                                                       \
      "\n"                                                                                       \
      "cont_" #name                                                                              \
      ":\n"                                                                                      \
      "  jmp lisle_continue_" #name "\n");                                                       \
  extern "C" LISLE_CODE                                                                          \
      __attribute__((used)) void lisle_continue_##name(Frame* f, Thread* t, u64 value, u64, u64);
#include "vm/interp/continuations.def"
#undef CONTINUATION

namespace {
constexpr rt::ContinuationRow kRows[] = {
#define CONTINUATION(name, ended) {#name, cont_##name},
#include "vm/interp/continuations.def"
#undef CONTINUATION
};
}  // namespace

const std::span<const rt::ContinuationRow> lisle::interp::kContinuations = kRows;

#define CONTINUE(name) \
  extern "C" LISLE_CODE void lisle_continue_##name(Frame* callee, Thread* t, u64 value, u64, u64)

// The frame below and where it stands.
#define RESTORE_CALLER()   \
  Frame* f = callee->prev; \
  u64 pc = f->pc;          \
  u64 k = constants_of(f)

CONTINUE(store) {
  Frame* f = callee->prev;
  u64 pc = f->pc;
  u64 word = *at(pc);
  u64 k = constants_of(f);
  reg(f, a_of(word)) = Value::from_bits(value);
  NEXT(kTrailingWords[op_of(word)]);
}

CONTINUE(binary) {
  RESTORE_CALLER();
  if (LISLE_UNLIKELY(Value::from_bits(value).is_not_implemented()))
    LISLE_TAIL ask_other_operand(f, t, pc, k, *at(pc));
  reg(f, a_of(*at(pc))) = Value::from_bits(value);
  NEXT(0);
}

CONTINUE(store_not) {
  RESTORE_CALLER();
  LISLE_TAIL finish_store_not(f, t, pc, k, value);
}

CONTINUE(discard) {
  RESTORE_CALLER();
  (void)value;
  NEXT(kTrailingWords[*at(pc) & 0xff]);
}

CONTINUE(branch) {
  RESTORE_CALLER();
  LISLE_TAIL finish_branch(f, t, pc, k, value);
}

CONTINUE(truth_branch) {
  RESTORE_CALLER();
  LISLE_TAIL finish_truth_branch(f, t, pc, k, value);
}

CONTINUE(not ) {
  RESTORE_CALLER();
  LISLE_TAIL finish_not(f, t, pc, k, value);
}

CONTINUE(method) {
  RESTORE_CALLER();
  LISLE_TAIL finish_method(f, t, pc, k, value);
}

CONTINUE(unpack) {
  RESTORE_CALLER();
  LISLE_TAIL finish_unpack(f, t, pc, k, value);
}

CONTINUE(group_match) {
  RESTORE_CALLER();
  LISLE_TAIL finish_group_match(f, t, pc, k, value);
}

CONTINUE(for_iter) {
  RESTORE_CALLER();
  if (LISLE_UNLIKELY(world(t).tracers && Value::from_bits(value).is_exhausted() && tell_of_end(t, f)))
    LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(cont_traced), 0, 0);
  LISLE_TAIL finish_for_iter(f, t, pc, k, value);
}

CONTINUE(send) {
  RESTORE_CALLER();
  LISLE_TAIL finish_send(f, t, pc, k, value);
}

// The instance that the constructor call of `callee` made, unless __init__ has returned something: unbound.
static Value take_instance(Frame* callee, Thread* t, u64 value) {
  Value instance = reinterpret_cast<Value*>(callee)[-1];
  // It would keep the instance alive as long as the frame.
  reinterpret_cast<Value*>(callee)[-1] = Value();
  if (LISLE_LIKELY(Value::from_bits(value).is_none())) return instance;
  t->frame = callee->prev;
  (void)rt::raise(world(t), TypeId::TypeError, "__init__() should return None, not '%s'",
                  rt::type_name(world(t), Value::from_bits(value)));
  return Value::unbound();
}

CONTINUE(construct) {
  RESTORE_CALLER();
  Value instance = take_instance(callee, t, value);
  if (LISLE_UNLIKELY(instance.is_unbound())) LISLE_TAIL unwind(f, t, 0, 0, 0);
  u64 word = *at(pc);
  reg(f, a_of(word)) = instance;
  NEXT(kTrailingWords[op_of(word)]);
}

CONTINUE(construct_compiled) {
  Value instance = take_instance(callee, t, value);
  if (LISLE_UNLIKELY(instance.is_unbound())) LISLE_TAIL unwind(callee->prev, t, 0, 0, 0);
  LISLE_TAIL reinterpret_cast<Entry*>(callee)[-2](callee, t, instance.bits(), 0, 0);
}

CONTINUE(again) {
  RESTORE_CALLER();
  LISLE_TAIL go_on(f, t, pc, k, value);
}

CONTINUE(native_resume) {
  t->resumed = Value::from_bits(value);
  LISLE_TAIL run_native(callee->prev, t, 0, 0, 0);
}

CONTINUE(segment_pop) {
  Frame* bottom = callee->prev;
  rt::pop_segment(*t);
  rt::drop_unlinked_segment(*t);
  // The instance of a constructor call lies before the first window of the new segment, and is wanted before
  // the bottom frame's. A generator's frame has no such word before it.
  if (bottom->ret == cont_construct || bottom->ret == cont_construct_compiled) {
    reinterpret_cast<Value*>(bottom)[-1] = reinterpret_cast<Value*>(callee)[-1];
    reinterpret_cast<Value*>(bottom)[-2] = reinterpret_cast<Value*>(callee)[-2];
  }
  LISLE_TAIL bottom->ret(bottom, t, value, 0, 0);
}

CONTINUE(tasklet_end) {
  LISLE_TAIL end_tasklet(callee, t, value, 0, 0);
}

CONTINUE(host_exit) {
  // Left by an ordinary return: the tail calls end where the host started them.
  (void)callee;
  t->resumed = Value::from_bits(value);
}

CONTINUE(traced) {
  (void)value;
  LISLE_TAIL go_on_traced(callee->prev, t, 0, 0, 0);
}

CONTINUE(traced_end) {
  (void)value;
  LISLE_TAIL go_on_traced(callee->prev, t, 1, 0, 0);
}

CONTINUE(traced_raise) {
  (void)value;
  LISLE_TAIL unwind_traced(callee->prev, t, 0, 0, 0);
}

CONTINUE(traced_leave) {
  (void)value;
  LISLE_TAIL unwind_traced(callee->prev, t, 1, 0, 0);
}

CONTINUE(watched) {
  t->frame = callee;
  rt::frame_ends(world(t), *callee);
  LISLE_TAIL callee->ret(callee, t, value, 0, 0);
}

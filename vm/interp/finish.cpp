// Ends of handlers whose operation was done in C++: the value goes where the instruction wants it; an
// exception unwinds; a pending operation is started with the continuation of the same name.
#include "runtime/protocols/compare.h"
#include "runtime/types/list.h"
#include "vm/bytecode/op_info.h"
#include "vm/interp/handler.h"
#include "vm/interp/numbers.h"

namespace lisle::interp {

// The last argument is the Result here; the instruction is read again where it is wanted.
#define FINISHER(name) LISLE_CODE void finish_##name(Frame* f, Thread* t, u64 pc, u64 k, u64 bits)
#define LEAVE_UNLESS_VALUE(name)                                                        \
  if (LISLE_UNLIKELY(bits == Value::raised().bits())) LISLE_TAIL unwind(f, t, 0, 0, 0); \
  if (LISLE_UNLIKELY(bits == Value::pending().bits()))                                  \
  LISLE_TAIL start_noted(f, t, pc, reinterpret_cast<u64>(cont_##name), 0)

namespace {

// Where the jump of the instruction at `pc` leads, and the sense that makes it jump.
struct Branch {
  u64 target, next;
  bool sense;
};

Branch branch_at(Frame* f, u64 pc) {
  u64 word = true_word(f, pc);
  switch (static_cast<Op>(op_of(word))) {
    case Op::JumpIfTrue:
    case Op::JumpIfFalse:
      return {pc + 8 + 8 * static_cast<i64>(wide_of(word)), pc + 8,
              op_of(word) == static_cast<u32>(Op::JumpIfTrue)};
    default:
      return {pc + 16 + 8 * static_cast<i64>(target_of(pc)), pc + 16, c_of(word) != 0};
  }
}

}  // namespace

// The instruction at `pc` waits for code of the program, which its feedback tells.
LISLE_CODE static void start_noted(Frame* f, Thread* t, u64 pc, u64 ret, u64) {
  if (!bc::info(static_cast<Op>(op_of(true_word(f, pc)))).has('K')) RECORD(kSawProgram);
  LISLE_TAIL start_pending(f, t, ret, 0, 0);
}

FINISHER(store) {
  LEAVE_UNLESS_VALUE(store);
  u64 word = *at(pc);
  reg(f, a_of(word)) = Value::from_bits(bits);
  NEXT(kTrailingWords[op_of(word)]);
}

FINISHER(store_not) {
  LEAVE_UNLESS_VALUE(store_not);
  u64 word = *at(pc);
  reg(f, a_of(word)) = Value::from_bool(!Value::from_bits(bits).is_true());
  NEXT(kTrailingWords[op_of(word)]);
}

FINISHER(discard) {
  LEAVE_UNLESS_VALUE(discard);
  NEXT(kTrailingWords[*at(pc) & 0xff]);
}

FINISHER(truth_branch) {
  LEAVE_UNLESS_VALUE(truth_branch);
  Branch branch = branch_at(f, pc);
  if (Value::from_bits(bits).is_true() != branch.sense) GO(branch.next);
  if (LISLE_UNLIKELY(branch.target < pc && --t->ticks < 0)) LISLE_TAIL safepoint(f, t, branch.target, k, 0);
  GO(branch.target);
}

FINISHER(branch) {
  LEAVE_UNLESS_VALUE(branch);
  if (LISLE_LIKELY(Value::from_bits(bits).is_bool())) LISLE_TAIL finish_truth_branch(f, t, pc, k, bits);
  ENTER_CPP();
  Result truth = rt::truth(world(t), *f, Value::from_bits(bits));
  LISLE_TAIL finish_truth_branch(f, t, pc, k, truth.value().bits());
}

FINISHER(not ) {
  LEAVE_UNLESS_VALUE(not );
  u64 word = *at(pc);
  reg(f, a_of(word)) = Value::from_bool(!Value::from_bits(bits).is_true());
  NEXT(kTrailingWords[op_of(word)]);
}

// The callable is no function of the receiver's class: the call uses the window one register higher. Unbound:
// it is one, and the window is ready.
FINISHER(method) {
  LEAVE_UNLESS_VALUE(method);
  u64 word = *at(pc);
  u32 window = a_of(word);
  if (!Value::from_bits(bits).is_unbound()) {
    reg(f, window + 2) = Value::unbound();
    reg(f, window + 3) = Value::from_bits(bits);
    reg(f, window + 5) = Value();  // no receiver: what is saved of this frame holds nothing stale
  }
  NEXT(kTrailingWords[op_of(word)]);
}

// What came back is not what the instruction waits for: only frames that a pickle has made up do that.
LISLE_CODE static void refuse_value(Frame* f, Thread* t, u64, u64, u64) {
  (void)rt::raise(world(t), TypeId::SystemError, "a frame returned what its caller does not wait for");
  LISLE_TAIL unwind(f, t, 0, 0, 0);
}

FINISHER(unpack) {
  LEAVE_UNLESS_VALUE(unpack);
  u64 word = true_word(f, pc);
  auto* tuple = rt::as<rt::Tuple>(Value::from_bits(bits));
  u64 wanted = op_of(word) == static_cast<u32>(Op::UnpackEx) ? (c_of(word) & 0xff) + 1 + (c_of(word) >> 8)
                                                             : c_of(word);
  if (LISLE_UNLIKELY(!tuple || tuple->size != wanted)) LISLE_TAIL refuse_value(f, t, 0, 0, 0);
  for (u64 i = 0; i < tuple->size; ++i) reg(f, a_of(word) + static_cast<u32>(i)) = tuple->items[i];
  NEXT(0);
}

FINISHER(group_match) {
  LEAVE_UNLESS_VALUE(group_match);
  u64 word = *at(pc);
  auto* tuple = rt::as<rt::Tuple>(Value::from_bits(bits));
  if (LISLE_UNLIKELY(!tuple || tuple->size != 2)) LISLE_TAIL refuse_value(f, t, 0, 0, 0);
  reg(f, a_of(word)) = tuple->items[0];
  reg(f, b_of(word)) = tuple->items[1];
  NEXT(0);
}

FINISHER(for_iter) {
  LEAVE_UNLESS_VALUE(for_iter);
  u64 word = *at(pc);
  if (Value::from_bits(bits).is_exhausted()) JUMP(1, target_of(pc));
  reg(f, a_of(word)) = Value::from_bits(bits);
  NEXT(1);
}

FINISHER(send) {
  LEAVE_UNLESS_VALUE(send);
  u64 word = *at(pc);
  if (Value::from_bits(bits).is_exhausted()) {
    reg(f, a_of(word)) = t->stop_value;
    t->stop_value = Value::none();
    JUMP(1, target_of(pc));
  }
  reg(f, a_of(word)) = Value::from_bits(bits);
  NEXT(1);
}

}  // namespace lisle::interp

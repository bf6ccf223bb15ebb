// Comparisons, fused compare-and-branch, and jumps.
#include "runtime/protocols/compare.h"
#include "vm/interp/handler.h"
#include "vm/interp/numbers.h"

namespace lisle::interp {

using rt::CompareOp;

// Comparing a small int with a double is exact only where the int is; the others ask.
#define BOTH_COMPARABLE(a, b, x, y)                                             \
  (both_numbers(a, b, x, y) && (!(a).is_int() || exact_double((a).as_int())) && \
   (!(b).is_int() || exact_double((b).as_int())))

// A conditional jump; backwards it is a safepoint.
#define JUMP_EITHER_WAY(words, to)                                              \
  do {                                                                          \
    i64 distance = (to);                                                        \
    if (LISLE_UNLIKELY(distance < 0 && --t->ticks < 0))                         \
      LISLE_TAIL safepoint(f, t, pc + 8 + 8 * (words) + 8 * distance, k, word); \
    JUMP(words, distance);                                                      \
  } while (0)

#define BRANCH_IMMEDIATE(Name, operator_)                                          \
  SLOW_PATH(Branch##Name##Imm, branch,                                             \
            rt::compare(world(t), *f, CompareOp::Name, reg(f, a_of(word)),         \
                        Value::from_int(static_cast<i16>(b_of(word)))))            \
  HANDLER(Branch##Name##Imm) {                                                     \
    Value a = reg(f, a_of(word));                                                  \
    i64 n = static_cast<i16>(b_of(word));                                          \
    bool truth;                                                                    \
    if (LISLE_LIKELY(a.is_int())) {                                                \
      truth = static_cast<i64>(a.bits()) operator_ n * 4;                          \
    } else if (a.is_tagged_double()) {                                             \
      RECORD(kSawFloat);                                                           \
      truth = a.tagged_double() operator_ static_cast<f64>(n);                     \
    } else {                                                                       \
      RECORD(kSawOther);                                                           \
      GO_SLOW(Branch##Name##Imm);                                                  \
    }                                                                              \
    if (truth == static_cast<bool>(c_of(word))) JUMP_EITHER_WAY(1, target_of(pc)); \
    NEXT(1);                                                                       \
  }

BRANCH_IMMEDIATE(Lt, <)
BRANCH_IMMEDIATE(Le, <=)
BRANCH_IMMEDIATE(Eq, ==)
BRANCH_IMMEDIATE(Ne, !=)
BRANCH_IMMEDIATE(Gt, >)
BRANCH_IMMEDIATE(Ge, >=)

// Ints and floats here; operands of two kinds in a function of their own, everything else is asked for.
#define COMPARE(Name, operator_)                                                                             \
  SLOW_PATH(Name, store, rt::compare(world(t), *f, CompareOp::Name, reg(f, b_of(word)), reg(f, c_of(word)))) \
  SLOW_PATH(Branch##Name, branch,                                                                            \
            rt::compare(world(t), *f, CompareOp::Name, reg(f, a_of(word)), reg(f, b_of(word))))              \
  __attribute__((noinline)) static LISLE_CODE void mixed_##Name(HANDLER_ARGS) {                              \
    Value a = reg(f, b_of(word)), b = reg(f, c_of(word));                                                    \
    f64 x, y;                                                                                                \
    if (!BOTH_COMPARABLE(a, b, x, y)) {                                                                      \
      RECORD(kSawOther);                                                                                     \
      GO_SLOW(Name);                                                                                         \
    }                                                                                                        \
    RECORD(kSawFloat);                                                                                       \
    reg(f, a_of(word)) = Value::from_bool(x operator_ y);                                                    \
    NEXT(0);                                                                                                 \
  }                                                                                                          \
  __attribute__((noinline)) static LISLE_CODE void mixed_Branch##Name(HANDLER_ARGS) {                        \
    Value a = reg(f, a_of(word)), b = reg(f, b_of(word));                                                    \
    f64 x, y;                                                                                                \
    if (!BOTH_COMPARABLE(a, b, x, y)) {                                                                      \
      RECORD(kSawOther);                                                                                     \
      GO_SLOW(Branch##Name);                                                                                 \
    }                                                                                                        \
    RECORD(kSawFloat);                                                                                       \
    if ((x operator_ y) == static_cast<bool>(c_of(word))) JUMP_EITHER_WAY(1, target_of(pc));                 \
    NEXT(1);                                                                                                 \
  }                                                                                                          \
  HANDLER(Name) {                                                                                            \
    Value a = reg(f, b_of(word)), b = reg(f, c_of(word));                                                    \
    bool truth;                                                                                              \
    if (LISLE_LIKELY(Value::both_int(a, b))) {                                                               \
      truth = static_cast<i64>(a.bits()) operator_ static_cast<i64>(b.bits());                               \
    } else if (LISLE_LIKELY(Value::both_tagged_double(a, b))) {                                              \
      RECORD(kSawFloat);                                                                                     \
      truth = a.tagged_double() operator_ b.tagged_double();                                                 \
    } else {                                                                                                 \
      LISLE_TAIL mixed_##Name(f, t, pc, k, word);                                                            \
    }                                                                                                        \
    reg(f, a_of(word)) = Value::from_bool(truth);                                                            \
    NEXT(0);                                                                                                 \
  }                                                                                                          \
  HANDLER(Branch##Name) {                                                                                    \
    Value a = reg(f, a_of(word)), b = reg(f, b_of(word));                                                    \
    bool truth;                                                                                              \
    if (LISLE_LIKELY(Value::both_int(a, b))) {                                                               \
      truth = static_cast<i64>(a.bits()) operator_ static_cast<i64>(b.bits());                               \
    } else if (LISLE_LIKELY(Value::both_tagged_double(a, b))) {                                              \
      RECORD(kSawFloat);                                                                                     \
      truth = a.tagged_double() operator_ b.tagged_double();                                                 \
    } else {                                                                                                 \
      LISLE_TAIL mixed_Branch##Name(f, t, pc, k, word);                                                      \
    }                                                                                                        \
    if (truth == static_cast<bool>(c_of(word))) JUMP_EITHER_WAY(1, target_of(pc));                           \
    NEXT(1);                                                                                                 \
  }

COMPARE(Lt, <)
COMPARE(Le, <=)
COMPARE(Eq, ==)
COMPARE(Ne, !=)
COMPARE(Gt, >)
COMPARE(Ge, >=)

HANDLER(Is) {
  reg(f, a_of(word)) = Value::from_bool(reg(f, b_of(word)) == reg(f, c_of(word)));
  NEXT(0);
}

HANDLER(IsNot) {
  reg(f, a_of(word)) = Value::from_bool(!(reg(f, b_of(word)) == reg(f, c_of(word))));
  NEXT(0);
}

ASKING_HANDLER(In, store, rt::contains(world(t), *f, reg(f, c_of(word)), reg(f, b_of(word))))
ASKING_HANDLER(NotIn, store_not, rt::contains(world(t), *f, reg(f, c_of(word)), reg(f, b_of(word))))
ASKING_HANDLER(BranchIn, truth_branch, rt::contains(world(t), *f, reg(f, b_of(word)), reg(f, a_of(word))))

HANDLER(BranchIs) {
  if ((reg(f, a_of(word)) == reg(f, b_of(word))) == static_cast<bool>(c_of(word)))
    JUMP_EITHER_WAY(1, target_of(pc));
  NEXT(1);
}

HANDLER(Jump) {
  JUMP(0, wide_of(word));
}

HANDLER(JumpBack) {
  if (LISLE_UNLIKELY(--t->ticks < 0)) {
    LISLE_TAIL safepoint(f, t, pc + 8 + 8 * static_cast<i64>(wide_of(word)), k, word);
  }
  JUMP(0, wide_of(word));
}

// Quick truth of the commonest values; others ask rt::truth.
#define JUMP_IF(Name, when_true)                                             \
  SLOW_PATH(Name, truth_branch, rt::truth(world(t), *f, reg(f, a_of(word)))) \
  HANDLER(Name) {                                                            \
    Value v = reg(f, a_of(word));                                            \
    bool truth;                                                              \
    if (LISLE_LIKELY(v.is_bool())) {                                         \
      truth = v.is_true();                                                   \
    } else if (v.is_int()) {                                                 \
      truth = v.bits() != 0;                                                 \
    } else if (v.is_none()) {                                                \
      truth = false;                                                         \
    } else {                                                                 \
      GO_SLOW(Name);                                                         \
    }                                                                        \
    if (truth == (when_true)) JUMP_EITHER_WAY(0, wide_of(word));             \
    NEXT(0);                                                                 \
  }

JUMP_IF(JumpIfTrue, true)
JUMP_IF(JumpIfFalse, false)

HANDLER(JumpIfNone) {
  if (reg(f, a_of(word)).is_none()) JUMP_EITHER_WAY(0, wide_of(word));
  NEXT(0);
}

HANDLER(JumpIfNotNone) {
  if (!reg(f, a_of(word)).is_none()) JUMP_EITHER_WAY(0, wide_of(word));
  NEXT(0);
}

HANDLER(Nop) {
  NEXT(0);
}

}  // namespace lisle::interp

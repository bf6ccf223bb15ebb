// Comparisons, fused compare-and-branch, and jumps.
#include "runtime/protocols/compare.h"
#include "vm/interp/handler.h"
#include "vm/interp/numbers.h"

namespace lisle::interp {

using rt::CompareOp;

// Comparing a small int with a double is exact only where the int is; the others ask.
#define BOTH_COMPARABLE(a, b, x, y)                                          \
  (both_numbers(a, b, x, y) && (!(a).is_int() || exact_double((a).as_int())) && \
   (!(b).is_int() || exact_double((b).as_int())))

#define COMPARE(Name, operator_)                                                              \
  SLOW_PATH(Name, store, rt::compare(world(t), *f, CompareOp::Name, reg(f, b_of(word)), reg(f, c_of(word)))) \
  SLOW_PATH(Branch##Name, branch, rt::compare(world(t), *f, CompareOp::Name, reg(f, a_of(word)), reg(f, b_of(word)))) \
  HANDLER(Name) {                                                                             \
    Value a = reg(f, b_of(word)), b = reg(f, c_of(word));                                     \
    f64 x, y;                                                                                 \
    if (LISLE_LIKELY(Value::both_int(a, b))) {                                                \
      reg(f, a_of(word)) =                                                                    \
          Value::from_bool(static_cast<i64>(a.bits()) operator_ static_cast<i64>(b.bits()));  \
      NEXT(0);                                                                                \
    }                                                                                         \
    if (BOTH_COMPARABLE(a, b, x, y)) {                                                        \
      reg(f, a_of(word)) = Value::from_bool(x operator_ y);                                   \
      NEXT(0);                                                                                \
    }                                                                                         \
    GO_SLOW(Name);                                                                            \
  }                                                                                           \
  HANDLER(Branch##Name) {                                                                     \
    Value a = reg(f, a_of(word)), b = reg(f, b_of(word));                                     \
    f64 x, y;                                                                                 \
    bool truth;                                                                               \
    if (LISLE_LIKELY(Value::both_int(a, b))) {                                                \
      truth = static_cast<i64>(a.bits()) operator_ static_cast<i64>(b.bits());                \
    } else if (BOTH_COMPARABLE(a, b, x, y)) {                                                 \
      truth = x operator_ y;                                                                  \
    } else {                                                                                  \
      GO_SLOW(Branch##Name);                                                                  \
    }                                                                                         \
    if (truth == static_cast<bool>(c_of(word))) {                                             \
      i64 distance = target_of(pc);                                                           \
      if (LISLE_UNLIKELY(distance < 0 && --t->ticks < 0))                                     \
        LISLE_TAIL safepoint(f, t, pc + 16 + 8 * distance, k, word);                          \
      JUMP(1, distance);                                                                      \
    }                                                                                         \
    NEXT(1);                                                                                  \
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

HANDLER(In) { SLOW(store, rt::contains(world(t), *f, reg(f, c_of(word)), reg(f, b_of(word)))); }

HANDLER(NotIn) { SLOW(store_not, rt::contains(world(t), *f, reg(f, c_of(word)), reg(f, b_of(word)))); }

HANDLER(BranchIn) { SLOW(truth_branch, rt::contains(world(t), *f, reg(f, b_of(word)), reg(f, a_of(word)))); }

HANDLER(BranchIs) {
  if ((reg(f, a_of(word)) == reg(f, b_of(word))) == static_cast<bool>(c_of(word))) JUMP(1, target_of(pc));
  NEXT(1);
}

HANDLER(Jump) { JUMP(0, wide_of(word)); }

HANDLER(JumpBack) {
  if (LISLE_UNLIKELY(--t->ticks < 0)) {
    LISLE_TAIL safepoint(f, t, pc + 8 + 8 * static_cast<i64>(wide_of(word)), k, word);
  }
  JUMP(0, wide_of(word));
}

// Quick truth of the commonest values; others ask rt::truth.
#define JUMP_IF(Name, when_true)                                   \
  SLOW_PATH(Name, truth_branch, rt::truth(world(t), *f, reg(f, a_of(word)))) \
  HANDLER(Name) {                                                  \
    Value v = reg(f, a_of(word));                                  \
    bool truth;                                                    \
    if (LISLE_LIKELY(v.is_bool())) {                               \
      truth = v.is_true();                                         \
    } else if (v.is_int()) {                                       \
      truth = v.bits() != 0;                                       \
    } else if (v.is_none()) {                                      \
      truth = false;                                               \
    } else {                                                       \
      GO_SLOW(Name);                                               \
    }                                                              \
    if (truth == (when_true)) JUMP(0, wide_of(word));              \
    NEXT(0);                                                       \
  }

JUMP_IF(JumpIfTrue, true)
JUMP_IF(JumpIfFalse, false)

HANDLER(JumpIfNone) {
  if (reg(f, a_of(word)).is_none()) JUMP(0, wide_of(word));
  NEXT(0);
}

HANDLER(JumpIfNotNone) {
  if (!reg(f, a_of(word)).is_none()) JUMP(0, wide_of(word));
  NEXT(0);
}

HANDLER(Nop) { NEXT(0); }

}  // namespace lisle::interp

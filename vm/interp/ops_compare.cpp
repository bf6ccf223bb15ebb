// Comparisons, fused compare-and-branch, and jumps.
#include "runtime/protocols/compare.h"
#include "runtime/types/str.h"
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

// The slow path of a branch, with its commonest ends at once: as SLOW_PATH.
#define SLOW_BRANCH(Name, how, words, to, sense, expression)                   \
  ASK(Name, how, expression)                                                   \
  __attribute__((noinline)) static LISLE_CODE void slow_##Name(HANDLER_ARGS) { \
    ENTER_CPP();                                                               \
    Result r = (expression);                                                   \
    if (r.value() == Value::from_bool(!(sense))) NEXT(words);                  \
    if (r.value() == Value::from_bool(sense)) JUMP_EITHER_WAY(words, to);      \
    FINISH(how, r);                                                            \
  }
#define SLOW_COMPARE_BRANCH(Name, expression) \
  SLOW_BRANCH(Name, branch, 1, target_of(pc), static_cast<bool>(c_of(word)), expression)

#define BRANCH_IMMEDIATE(Name, operator_)                                                               \
  SLOW_COMPARE_BRANCH(Branch##Name##Imm, rt::compare(world(t), *f, CompareOp::Name, reg(f, a_of(word)), \
                                                     Value::from_int(static_cast<i16>(b_of(word)))))    \
  HANDLER(Branch##Name##Imm) {                                                                          \
    Value a = reg(f, a_of(word));                                                                       \
    i64 n = static_cast<i16>(b_of(word));                                                               \
    bool truth;                                                                                         \
    if (LISLE_LIKELY(a.is_int())) {                                                                     \
      truth = static_cast<i64>(a.bits()) operator_ n * 4;                                               \
    } else if (a.is_tagged_double()) {                                                                  \
      RECORD(kSawFloat);                                                                                \
      truth = a.tagged_double() operator_ static_cast<f64>(n);                                          \
    } else {                                                                                            \
      RECORD(kSawOther);                                                                                \
      GO_SLOW(Branch##Name##Imm);                                                                       \
    }                                                                                                   \
    if (truth == static_cast<bool>(c_of(word))) JUMP_EITHER_WAY(1, target_of(pc));                      \
    NEXT(1);                                                                                            \
  }

BRANCH_IMMEDIATE(Lt, <)
BRANCH_IMMEDIATE(Le, <=)
BRANCH_IMMEDIATE(Eq, ==)
BRANCH_IMMEDIATE(Ne, !=)
BRANCH_IMMEDIATE(Gt, >)
BRANCH_IMMEDIATE(Ge, >=)

namespace {

bool compares_by_identity(Runtime& rt, Value v) {
  return rt::type_of(rt, v)->type_flags & rt::kTypeIdentity;
}

// Are `a` and `b`, of which one is an object, equal? Unbound where that is not simply seen: strings are
// compared here, and what is equal to itself alone.
Value seen_equality(Runtime& rt, Value a, Value b) {
  constexpr rt::ShapeId kStr = Runtime::shape_of(TypeId::Str);
  if (a.is_object() && b.is_object() && a.object()->shape == kStr && b.object()->shape == kStr)
    return Value::from_bool(rt::str_equal(rt::to<rt::Str>(a), rt::to<rt::Str>(b)));
  if (compares_by_identity(rt, a) && compares_by_identity(rt, b)) return Value::from_bool(a == b);
  return Value::unbound();
}

constexpr bool is_equality(CompareOp op) {
  return op == CompareOp::Eq || op == CompareOp::Ne;
}

}  // namespace

u64 equality_seen(Thread* t, u64 a, u64 b) {
  Value x = Value::from_bits(a), y = Value::from_bits(b);
  if (Value::both_int(x, y)) return Value::from_bool(x == y).bits();
  return seen_equality(world(t), x, y).bits();
}

// Ints and floats here; operands of two kinds in a function of their own, everything else is asked for.
#define COMPARE(Name, operator_)                                                                             \
  SLOW_PATH(Name, store, rt::compare(world(t), *f, CompareOp::Name, reg(f, b_of(word)), reg(f, c_of(word)))) \
  SLOW_COMPARE_BRANCH(Branch##Name,                                                                          \
                      rt::compare(world(t), *f, CompareOp::Name, reg(f, a_of(word)), reg(f, b_of(word))))    \
  __attribute__((noinline)) static LISLE_CODE void mixed_##Name(HANDLER_ARGS) {                              \
    Value a = reg(f, b_of(word)), b = reg(f, c_of(word));                                                    \
    f64 x, y;                                                                                                \
    if (is_equality(CompareOp::Name) && (a.is_object() || b.is_object())) {                                  \
      RECORD(kSawOther);                                                                                     \
      Value seen = seen_equality(world(t), a, b);                                                            \
      if (LISLE_UNLIKELY(seen.is_unbound())) GO_SLOW(Name);                                                  \
      reg(f, a_of(word)) = Value::from_bool(seen.is_true() operator_ true);                                  \
      NEXT(0);                                                                                               \
    }                                                                                                        \
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
    if (is_equality(CompareOp::Name) && (a.is_object() || b.is_object())) {                                  \
      RECORD(kSawOther);                                                                                     \
      Value seen = seen_equality(world(t), a, b);                                                            \
      if (LISLE_UNLIKELY(seen.is_unbound())) GO_SLOW(Branch##Name);                                          \
      if ((seen.is_true() operator_ true) == static_cast<bool>(c_of(word)))                                  \
        JUMP_EITHER_WAY(1, target_of(pc));                                                                   \
      NEXT(1);                                                                                               \
    }                                                                                                        \
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
SLOW_BRANCH(BranchIn, truth_branch, 1, target_of(pc), static_cast<bool>(c_of(word)),
            rt::contains(world(t), *f, reg(f, b_of(word)), reg(f, a_of(word))))
HANDLER(BranchIn) {
  GO_SLOW(BranchIn);
}

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
#define JUMP_IF(Name, when_true)                                                                            \
  SLOW_BRANCH(Name, truth_branch, 0, wide_of(word), when_true, rt::truth(world(t), *f, reg(f, a_of(word)))) \
  HANDLER(Name) {                                                                                           \
    Value v = reg(f, a_of(word));                                                                           \
    if (v == Value::from_bool(!(when_true))) NEXT(0);                                                       \
    if (v == Value::from_bool(when_true)) JUMP_EITHER_WAY(0, wide_of(word));                                \
    bool truth = false;                                                                                     \
    if (v.is_int()) {                                                                                       \
      truth = v.bits() != 0;                                                                                \
    } else if (LISLE_UNLIKELY(!v.is_none())) {                                                              \
      GO_SLOW(Name);                                                                                        \
    }                                                                                                       \
    if (truth == (when_true)) JUMP_EITHER_WAY(0, wide_of(word));                                            \
    NEXT(0);                                                                                                \
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

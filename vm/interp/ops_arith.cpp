// Operators. Small ints and self-tagged doubles are computed here; everything else is rt::binary's.
#include <cmath>

#include "runtime/protocols/arith.h"
#include "runtime/protocols/compare.h"
#include "runtime/types/float.h"
#include "runtime/types/str.h"
#include "vm/interp/compiled.h"
#include "vm/interp/numbers.h"
#include "vm/interp/window.h"

namespace lisle::interp {

using rt::BinaryOp;
using rt::UnaryOp;

#define STORE_AND_NEXT(value)     \
  do {                            \
    reg(f, a_of(word)) = (value); \
    NEXT(0);                      \
  } while (0)

// Stores a double result; the rare ones that need a heap Float take the slow way.
#define STORE_DOUBLE_AND_NEXT(d)                                         \
  do {                                                                   \
    f64 number = (d);                                                    \
    Value tagged = Value::tag_double(number);                            \
    if (LISLE_LIKELY(tagged.is_tagged_double())) STORE_AND_NEXT(tagged); \
    if (number == 0) STORE_AND_NEXT(Value::from_double(number));         \
  } while (0)

namespace {

struct Operation {
  BinaryOp op;
  bool in_place;
};
struct Operator : Operation {
  Value left, right;
};

// The operator with two registers that opcode `op` is.
Operation operation_of(Op op) {
  if (op == Op::IAdd) return {BinaryOp::Add, true};
  bool in_place = op >= Op::ISub && op <= Op::IXor;
  u32 row = in_place ? static_cast<u32>(op) - static_cast<u32>(Op::ISub) + 1
                     : static_cast<u32>(op) - static_cast<u32>(Op::Add);
  return {static_cast<BinaryOp>(row), in_place};
}

// The operator that `word` is, with its operands.
Operator operator_of(Frame* f, u64 word) {
  auto op = static_cast<Op>(op_of(word));
  Value left = reg(f, b_of(word));
  if (op == Op::AddImm || op == Op::IAddImm) {
    i64 n = static_cast<i16>(c_of(word));
    return {
        {n < 0 ? BinaryOp::Sub : BinaryOp::Add, op == Op::IAddImm}, left, Value::from_int(n < 0 ? -n : n)};
  }
  return {operation_of(op), left, reg(f, c_of(word))};
}

}  // namespace

static_assert(static_cast<u32>(Op::Xor) - static_cast<u32>(Op::Add) == static_cast<u32>(BinaryOp::Xor));
static_assert(static_cast<u32>(Op::IXor) - static_cast<u32>(Op::ISub) + 1 == static_cast<u32>(BinaryOp::Xor));
static_assert(static_cast<u32>(Op::IAdd) - static_cast<u32>(Op::Xor) == 2);
static_assert(static_cast<u32>(Op::IAddImm) - static_cast<u32>(Op::IXor) == 1);

LISLE_CODE void ask_other_operand(HANDLER_ARGS) {
  Operator o = operator_of(f, word);
  SLOW(store, rt::binary_refused(world(t), *f, o.op, o.in_place, o.left, o.right));
}

namespace {

// The method of the left operand's class that does it: unless the right operand's class, a class of the
// program itself, might have to be asked first.
rt::Function* method_of_left(Thread* t, const Operator& o) {
  const rt::Type *left = rt::type_of(world(t), o.left), *right = rt::type_of(world(t), o.right);
  if (left != right && right->is_heap) return nullptr;
  return special_function(t, o.left, rt::left_special(*left, o.op, o.in_place), 2);
}

}  // namespace

u64 operator_method(Thread* t, u64 op, u64 shape) {
  const rt::Type* type = world(t).shapes[shape]->type;
  Operation o = operation_of(static_cast<Op>(op));
  return type->special(rt::left_special(*type, o.op, o.in_place)).bits();
}

LISLE_CODE void call_operator(Frame* f, Thread* t, u64 pc, u64 ret, u64) {
  u64 k = constants_of(f);
  Operator o = operator_of(f, true_word(f, pc));
  if (auto* function = method_of_left(t, o))
    CALL_ABOVE(function, reinterpret_cast<Entry>(ret), 0, o.left, o.right);
  GO(pc);
}

// The left operand is an instance of a class of the program.
__attribute__((noinline)) static LISLE_CODE void operator_of_instance(HANDLER_ARGS) {
  Operator o = operator_of(f, word);
  RECORD(kSawProgram);
  world(t).receivers.at(pc) = {pc, o.left.object()->shape, 0};
  if (auto* function = method_of_left(t, o)) CALL_ABOVE(function, cont_binary, 0, o.left, o.right);
  SLOW(store, o.in_place ? rt::inplace(world(t), *f, o.op, o.left, o.right)
                         : rt::binary(world(t), *f, o.op, o.left, o.right));
}

// `int_part` may store and go on, and so may the float part; the rest is asked for. Operands of two kinds are
// a function of their own, which keeps the handlers short.
#define ARITH(Name, op, entry, int_part, float_part)                                      \
  SLOW_PATH(Name, store, entry(world(t), *f, op, reg(f, b_of(word)), reg(f, c_of(word)))) \
  __attribute__((noinline)) static LISLE_CODE void mixed_##Name(HANDLER_ARGS) {           \
    f64 x, y;                                                                             \
    if (LISLE_LIKELY(both_numbers(reg(f, b_of(word)), reg(f, c_of(word)), x, y))) {       \
      RECORD(kSawFloat);                                                                  \
      RECORD(kSawMixed);                                                                  \
      float_part                                                                          \
    } else {                                                                              \
      RECORD(kSawOther);                                                                  \
      if (rt::is_kind(reg(f, b_of(word)), rt::Kind::Instance))                            \
        LISLE_TAIL operator_of_instance(f, t, pc, k, word);                               \
    }                                                                                     \
    GO_SLOW(Name);                                                                        \
  }                                                                                       \
  HANDLER(Name) {                                                                         \
    Value a = reg(f, b_of(word)), b = reg(f, c_of(word));                                 \
    if (LISLE_LIKELY(Value::both_int(a, b))) {                                            \
      RECORD_IN(word, kSawInts);                                                          \
      int_part RECORD(kSawOther);                                                         \
      GO_SLOW(Name);                                                                      \
    }                                                                                     \
    if (LISLE_LIKELY(Value::both_tagged_double(a, b))) {                                  \
      f64 x = a.tagged_double(), y = b.tagged_double();                                   \
      RECORD(kSawFloat);                                                                  \
      float_part                                                                          \
    }                                                                                     \
    LISLE_TAIL mixed_##Name(f, t, pc, k, word);                                           \
  }

#define INT_ADD                                                                                            \
  i64 sum;                                                                                                 \
  if (LISLE_LIKELY(!__builtin_add_overflow(static_cast<i64>(a.bits()), static_cast<i64>(b.bits()), &sum))) \
    STORE_AND_NEXT(Value::from_bits(static_cast<u64>(sum)));
#define INT_SUB                                                                                          \
  i64 difference;                                                                                        \
  if (LISLE_LIKELY(                                                                                      \
          !__builtin_sub_overflow(static_cast<i64>(a.bits()), static_cast<i64>(b.bits()), &difference))) \
    STORE_AND_NEXT(Value::from_bits(static_cast<u64>(difference)));
#define INT_MUL                                                                                \
  i64 product;                                                                                 \
  if (LISLE_LIKELY(!__builtin_mul_overflow(static_cast<i64>(a.bits()), b.as_int(), &product))) \
    STORE_AND_NEXT(Value::from_bits(static_cast<u64>(product)));
// Rounds towards minus infinity; the one overflow (most negative by -1) does not fit and takes the slow way.
#define INT_FLOORDIV                                                                        \
  i64 n = a.as_int(), d = b.as_int();                                                       \
  if (LISLE_LIKELY(d != 0)) {                                                               \
    i64 quotient = n / d;                                                                   \
    if ((n % d != 0) && ((n ^ d) < 0)) --quotient;                                          \
    if (LISLE_LIKELY(Value::fits_int(quotient))) STORE_AND_NEXT(Value::from_int(quotient)); \
  }
#define INT_MOD                                   \
  i64 n = a.as_int(), d = b.as_int();             \
  if (LISLE_LIKELY(d != 0)) {                     \
    i64 rest = n % d;                             \
    if (rest != 0 && ((rest ^ d) < 0)) rest += d; \
    STORE_AND_NEXT(Value::from_int(rest));        \
  }
// Exact for operands that doubles hold exactly.
#define INT_TRUEDIV                                               \
  i64 n = a.as_int(), d = b.as_int();                             \
  if (LISLE_LIKELY(d != 0 && exact_double(n) && exact_double(d))) \
    STORE_DOUBLE_AND_NEXT(static_cast<f64>(n) / static_cast<f64>(d));
#define INT_LSHIFT                                                    \
  i64 n = a.as_int(), by = b.as_int();                                \
  if (LISLE_LIKELY(by >= 0 && by < 61)) {                             \
    i64 shifted = static_cast<i64>(static_cast<u64>(n) << by);        \
    if (LISLE_LIKELY(shifted >> by == n && Value::fits_int(shifted))) \
      STORE_AND_NEXT(Value::from_int(shifted));                       \
  }
#define INT_RSHIFT                     \
  i64 n = a.as_int(), by = b.as_int(); \
  if (LISLE_LIKELY(by >= 0)) STORE_AND_NEXT(Value::from_int(n >> (by < 63 ? by : 63)));
#define INT_AND STORE_AND_NEXT(Value::from_bits(a.bits() & b.bits()));
#define INT_OR STORE_AND_NEXT(Value::from_bits(a.bits() | b.bits()));
#define INT_XOR STORE_AND_NEXT(Value::from_bits(a.bits() ^ b.bits()));
#define NOTHING
#define NO_FLOAT (void)x, (void)y;

#define FLOAT_ADD STORE_DOUBLE_AND_NEXT(x + y);
#define FLOAT_SUB STORE_DOUBLE_AND_NEXT(x - y);
#define FLOAT_MUL STORE_DOUBLE_AND_NEXT(x* y);
#define FLOAT_TRUEDIV \
  if (LISLE_LIKELY(y != 0.0)) STORE_DOUBLE_AND_NEXT(x / y);

ARITH(Add, BinaryOp::Add, rt::binary, INT_ADD, FLOAT_ADD)
ARITH(Sub, BinaryOp::Sub, rt::binary, INT_SUB, FLOAT_SUB)
ARITH(Mul, BinaryOp::Mul, rt::binary, INT_MUL, FLOAT_MUL)
ARITH(MatMul, BinaryOp::MatMul, rt::binary, NOTHING, NO_FLOAT)
ARITH(TrueDiv, BinaryOp::TrueDiv, rt::binary, INT_TRUEDIV, FLOAT_TRUEDIV)
ARITH(FloorDiv, BinaryOp::FloorDiv, rt::binary, INT_FLOORDIV, NO_FLOAT)
ARITH(Mod, BinaryOp::Mod, rt::binary, INT_MOD, NO_FLOAT)
ARITH(Pow, BinaryOp::Pow, rt::binary, NOTHING, NO_FLOAT)
ARITH(LShift, BinaryOp::LShift, rt::binary, INT_LSHIFT, NO_FLOAT)
ARITH(RShift, BinaryOp::RShift, rt::binary, INT_RSHIFT, NO_FLOAT)
ARITH(And, BinaryOp::And, rt::binary, INT_AND, NO_FLOAT)
ARITH(Or, BinaryOp::Or, rt::binary, INT_OR, NO_FLOAT)
ARITH(Xor, BinaryOp::Xor, rt::binary, INT_XOR, NO_FLOAT)

ARITH(IAdd, BinaryOp::Add, rt::inplace, INT_ADD, FLOAT_ADD)
ARITH(ISub, BinaryOp::Sub, rt::inplace, INT_SUB, FLOAT_SUB)
ARITH(IMul, BinaryOp::Mul, rt::inplace, INT_MUL, FLOAT_MUL)
ARITH(IMatMul, BinaryOp::MatMul, rt::inplace, NOTHING, NO_FLOAT)
ARITH(ITrueDiv, BinaryOp::TrueDiv, rt::inplace, INT_TRUEDIV, FLOAT_TRUEDIV)
ARITH(IFloorDiv, BinaryOp::FloorDiv, rt::inplace, INT_FLOORDIV, NO_FLOAT)
ARITH(IMod, BinaryOp::Mod, rt::inplace, INT_MOD, NO_FLOAT)
ARITH(IPow, BinaryOp::Pow, rt::inplace, NOTHING, NO_FLOAT)
ARITH(ILShift, BinaryOp::LShift, rt::inplace, INT_LSHIFT, NO_FLOAT)
ARITH(IRShift, BinaryOp::RShift, rt::inplace, INT_RSHIFT, NO_FLOAT)
ARITH(IAnd, BinaryOp::And, rt::inplace, INT_AND, NO_FLOAT)
ARITH(IOr, BinaryOp::Or, rt::inplace, INT_OR, NO_FLOAT)
ARITH(IXor, BinaryOp::Xor, rt::inplace, INT_XOR, NO_FLOAT)

namespace {

Result append_text(Runtime& rt, Frame* f, Value a, Value b) {
  auto is_text = [](Value v) { return v.is_object() && v.object()->shape == Runtime::shape_of(TypeId::Str); };
  if (is_text(a) && is_text(b)) return rt::str_append(rt, rt::to<rt::Str>(a), rt::to<rt::Str>(b));
  if (is_text(a)) rt::str_settle(rt::to<rt::Str>(a));
  return rt::inplace(rt, *f, BinaryOp::Add, a, b);
}

}  // namespace

ASKING_HANDLER(AppendText, store, append_text(world(t), f, reg(f, a_of(word)), reg(f, b_of(word))))

#define ADD_IMMEDIATE(Name, entry)                                                                    \
  SLOW_PATH(Name, store,                                                                              \
            static_cast<i16>(c_of(word)) < 0 ? entry(world(t), *f, BinaryOp::Sub, reg(f, b_of(word)), \
                                                     Value::from_int(-static_cast<i16>(c_of(word))))  \
                                             : entry(world(t), *f, BinaryOp::Add, reg(f, b_of(word)), \
                                                     Value::from_int(static_cast<i16>(c_of(word)))))  \
  HANDLER(Name) {                                                                                     \
    Value a = reg(f, b_of(word));                                                                     \
    i64 n = static_cast<i16>(c_of(word));                                                             \
    if (LISLE_LIKELY(a.is_int())) {                                                                   \
      i64 sum;                                                                                        \
      if (LISLE_LIKELY(!__builtin_add_overflow(static_cast<i64>(a.bits()), n * 4, &sum)))             \
        STORE_AND_NEXT(Value::from_bits(static_cast<u64>(sum)));                                      \
    } else if (a.is_tagged_double()) {                                                                \
      RECORD(kSawFloat);                                                                              \
      STORE_DOUBLE_AND_NEXT(a.tagged_double() + static_cast<f64>(n));                                 \
    }                                                                                                 \
    RECORD(kSawOther);                                                                                \
    if (rt::is_kind(a, rt::Kind::Instance)) LISLE_TAIL operator_of_instance(f, t, pc, k, word);       \
    GO_SLOW(Name);                                                                                    \
  }

ADD_IMMEDIATE(AddImm, rt::binary)
ADD_IMMEDIATE(IAddImm, rt::inplace)

SLOW_PATH(Neg, store, rt::unary(world(t), *f, UnaryOp::Neg, reg(f, b_of(word))))
HANDLER(Neg) {
  Value a = reg(f, b_of(word));
  if (LISLE_LIKELY(a.is_int() && a.as_int() != rt::kSmallIntMin))
    STORE_AND_NEXT(Value::from_int(-a.as_int()));
  if (a.is_double()) STORE_DOUBLE_AND_NEXT(-a.as_double());
  GO_SLOW(Neg);
}

SLOW_PATH(Pos, store, rt::unary(world(t), *f, UnaryOp::Pos, reg(f, b_of(word))))
HANDLER(Pos) {
  Value a = reg(f, b_of(word));
  if (LISLE_LIKELY(a.is_int() || a.is_double())) STORE_AND_NEXT(a);
  GO_SLOW(Pos);
}

SLOW_PATH(Invert, store, rt::unary(world(t), *f, UnaryOp::Invert, reg(f, b_of(word))))
HANDLER(Invert) {
  Value a = reg(f, b_of(word));
  if (LISLE_LIKELY(a.is_int())) STORE_AND_NEXT(Value::from_int(~a.as_int()));
  GO_SLOW(Invert);
}

SLOW_PATH(Not, not, rt::truth(world(t), *f, reg(f, b_of(word))))
HANDLER(Not) {
  Value a = reg(f, b_of(word));
  if (LISLE_LIKELY(a.is_bool())) STORE_AND_NEXT(Value::from_bool(a.is_false()));
  GO_SLOW(Not);
}

}  // namespace lisle::interp

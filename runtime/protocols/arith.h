// Operators: a + b and its relatives, with reflected operands, in-place forms and NotImplemented.
#pragma once
#include "runtime/protocols/call.h"

namespace lisle::rt {

// The order is that of the rows __add__ ... __xor__ in specials.def without DivMod, which divmod() adds at
// the end.
enum class BinaryOp : u8 {
  Add,
  Sub,
  Mul,
  MatMul,
  TrueDiv,
  FloorDiv,
  Mod,
  Pow,
  LShift,
  RShift,
  And,
  Or,
  Xor,
  DivMod
};
enum class UnaryOp : u8 { Neg, Pos, Invert };

Result binary(Runtime& rt, Frame& f, BinaryOp op, Value a, Value b);
Result inplace(Runtime& rt, Frame& f, BinaryOp op, Value a, Value b);
Result unary(Runtime& rt, Frame& f, UnaryOp op, Value a);
Result power(Runtime& rt, Frame& f, Value base, Value exponent, Value modulus);  // pow() with three arguments

}  // namespace lisle::rt

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
// The method of `left` that answers `left op right` where the right operand's class cannot claim to be asked
// first.
Special left_special(const Type& left, BinaryOp op, bool in_place);
// What the operator comes to when that method has answered NotImplemented.
Result binary_refused(Runtime& rt, Frame& f, BinaryOp op, bool in_place, Value a, Value b);
Result unary(Runtime& rt, Frame& f, UnaryOp op, Value a);
Result power(Runtime& rt, Frame& f, Value base, Value exponent, Value modulus);  // pow() with three arguments

}  // namespace lisle::rt

// Quick looks at operands that are numbers without heap objects.
#pragma once
#include "runtime/object/value.h"

namespace lisle::interp {

// What the operands of an instruction were besides small ints whose result is one, for the compiler.
inline constexpr u8 kSawFloat = 1;
inline constexpr u8 kSawOther = 2;
// Operators with two operands: both were ints. Other instructions do not note that.
inline constexpr u8 kSawInts = 4;
// Operators with two operands: they were numbers, but not both floats that are words of their own.
inline constexpr u8 kSawMixed = 8;
// The operation ran code of the program; of every instruction without a cache.
inline constexpr u8 kSawProgram = 128;
// What a loop went through.
inline constexpr u8 kSawRange = 1;
inline constexpr u8 kSawList = 2;
inline constexpr u8 kSawOtherIterator = 4;
// The last operand of a loop whose items the next instruction unpacks into two registers, and nobody else
// reads.
inline constexpr u16 kUnpacksPair = 2;

// Notes it in the feedback byte of the instruction at `pc`.
#define RECORD(bit)                                               \
  do {                                                            \
    u8* feedback = reinterpret_cast<u8*>(pc) + 1;                 \
    if (LISLE_UNLIKELY(!(*feedback & (bit)))) *feedback |= (bit); \
  } while (0)

// The same where `word` is the instruction as it was read, which saves reading the byte.
#define RECORD_IN(word, bit)                                  \
  do {                                                        \
    if (LISLE_UNLIKELY(!((word)&u64{bit} << 8))) RECORD(bit); \
  } while (0)

// Ints that a double holds exactly.
[[gnu::always_inline]] inline bool exact_double(i64 n) {
  return n >= -(i64{1} << 53) && n <= i64{1} << 53;
}

[[gnu::always_inline]] inline bool quick_double(rt::Value v, f64& out) {
  if (LISLE_LIKELY(v.is_tagged_double())) {
    out = v.tagged_double();
    return true;
  }
  if (v.is_int()) {
    out = static_cast<f64>(v.as_int());
    return true;
  }
  if (v.is_double_zero()) {
    out = v.as_double();
    return true;
  }
  return false;
}

// At least one float and otherwise small ints, as doubles.
[[gnu::always_inline]] inline bool both_numbers(rt::Value a, rt::Value b, f64& x, f64& y) {
  return quick_double(a, x) && quick_double(b, y);
}

}  // namespace lisle::interp

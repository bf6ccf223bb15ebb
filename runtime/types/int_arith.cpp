// The arithmetic of ints: sums, products, quotients, shifts and bitwise operations. Small operands are
// computed in machine words; the others by GMP's mpn functions straight into the limbs of the result.
#include <algorithm>
#include <cmath>
#include <vector>

#include "runtime/types/float.h"
#include "runtime/types/int_limbs.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

mp_size_t limbs_of(const IntView& v) {
  return static_cast<mp_size_t>(v.count());
}

// |a| + |b| with the given sign.
Result add_magnitudes(Runtime& rt, const IntView& a, const IntView& b, bool negative) {
  const IntView& longer = a.count() >= b.count() ? a : b;
  const IntView& shorter = a.count() >= b.count() ? b : a;
  size_t n = longer.count();
  if (!int_has_room(rt, n + 1)) return raise_no_memory(rt);
  Int* o = new_int_object(rt, n + 1);
  o->limbs[n] = mpn_add(o->limbs, longer.limbs(), limbs_of(longer), shorter.limbs(), limbs_of(shorter));
  return finish_int(rt, o, negative);
}

// |a| - |b|, with the sign of a if |a| is the larger, else the opposite.
Result subtract_magnitudes(Runtime& rt, const IntView& a, const IntView& b, bool a_negative) {
  bool swap = a.count() != b.count() ? a.count() < b.count()
                                     : a.count() > 0 && mpn_cmp(a.limbs(), b.limbs(), limbs_of(a)) < 0;
  const IntView& larger = swap ? b : a;
  const IntView& smaller = swap ? a : b;
  if (!int_has_room(rt, larger.count())) return raise_no_memory(rt);
  Int* o = new_int_object(rt, larger.count());
  if (larger.count() > 0) {
    mpn_sub(o->limbs, larger.limbs(), limbs_of(larger), smaller.limbs(), limbs_of(smaller));
  }
  return finish_int(rt, o, a_negative != swap);
}

// a + b, or a - b when `flip`.
Result add_signed(Runtime& rt, Value a, Value b, bool flip) {
  IntView x(a), y(b);
  bool y_negative = y.negative() != flip;
  if (x.negative() == y_negative) return add_magnitudes(rt, x, y, x.negative());
  return subtract_magnitudes(rt, x, y, x.negative());
}

// Fast forms ask for machine words; heap ints never fit 62 bits unless they are bools or instances of
// subclasses.
bool both_words(Value a, Value b, i64& x, i64& y) {
  return int_to_i64(a, x) && int_to_i64(b, y);
}

}  // namespace

Result int_add(Runtime& rt, Value a, Value b) {
  i64 x = 0, y = 0, sum = 0;
  if (both_words(a, b, x, y) && !__builtin_add_overflow(x, y, &sum)) return new_int(rt, sum);
  return add_signed(rt, a, b, false);
}

Result int_sub(Runtime& rt, Value a, Value b) {
  i64 x = 0, y = 0, difference = 0;
  if (both_words(a, b, x, y) && !__builtin_sub_overflow(x, y, &difference)) return new_int(rt, difference);
  return add_signed(rt, a, b, true);
}

Result int_mul(Runtime& rt, Value a, Value b) {
  i64 x = 0, y = 0, product = 0;
  if (both_words(a, b, x, y) && !__builtin_mul_overflow(x, y, &product)) return new_int(rt, product);
  IntView u(a), v(b);
  if (u.is_zero() || v.is_zero()) return Value::from_int(0);
  size_t count = u.count() + v.count();
  if (!int_has_room(rt, count)) return raise_no_memory(rt);
  Int* o = new_int_object(rt, count);
  if (u.limbs() == v.limbs()) {
    mpn_sqr(o->limbs, u.limbs(), limbs_of(u));
  } else if (u.count() >= v.count()) {
    mpn_mul(o->limbs, u.limbs(), limbs_of(u), v.limbs(), limbs_of(v));
  } else {
    mpn_mul(o->limbs, v.limbs(), limbs_of(v), u.limbs(), limbs_of(u));
  }
  return finish_int(rt, o, u.negative() != v.negative());
}

// --- division --------------------------------------------------------------------------------------------

namespace {

// Quotient and remainder of floor division; null outputs are not made. Neither operand is small; b is not
// zero.
void divide_floor(Runtime& rt, Value a, Value b, Value* quotient, Value* remainder) {
  IntView x(a), y(b);
  bool opposite = x.negative() != y.negative();
  if (x.count() < y.count()) {
    // |a| < |b|: the quotient is 0 or -1.
    bool fix = opposite && !x.is_zero();
    if (quotient) *quotient = Value::from_int(fix ? -1 : 0);
    // Cannot fail for want of room: it is no longer than b.
    if (remainder) *remainder = fix ? add_signed(rt, a, b, false).value() : exact_int(rt, a);
    return;
  }
  Int* q = new_int_object(rt, x.count() - y.count() + 1);
  Int* r = new_int_object(rt, y.count());
  mpn_tdiv_qr(q->limbs, r->limbs, 0, x.limbs(), limbs_of(x), y.limbs(), limbs_of(y));
  Value whole = finish_int(rt, q, opposite);
  Value rest = finish_int(rt, r, x.negative());
  // Truncation goes towards zero; the floor of a negative inexact quotient is one below.
  if (opposite && !int_is_zero(rest)) {
    if (quotient) whole = int_sub(rt, whole, Value::from_int(1)).value();
    if (remainder) rest = int_add(rt, rest, b).value();
  }
  if (quotient) *quotient = whole;
  if (remainder) *remainder = rest;
}

i64 floor_quotient(i64 x, i64 y) {
  i64 q = x / y;
  return q - ((x % y != 0) && ((x < 0) != (y < 0)));
}

i64 floor_remainder(i64 x, i64 y) {
  i64 r = x % y;
  return r != 0 && ((r < 0) != (y < 0)) ? r + y : r;
}

// Machine words whose quotient does not overflow.
bool word_division(Value a, Value b, i64& x, i64& y) {
  return both_words(a, b, x, y) && !(y == -1 && x == INT64_MIN);
}

}  // namespace

Result int_floordiv(Runtime& rt, Value a, Value b) {
  if (int_is_zero(b)) return raise(rt, TypeId::ZeroDivisionError, "integer division or modulo by zero");
  i64 x = 0, y = 0;
  if (word_division(a, b, x, y)) return new_int(rt, floor_quotient(x, y));
  Value quotient;
  divide_floor(rt, a, b, &quotient, nullptr);
  return quotient;
}

Result int_mod(Runtime& rt, Value a, Value b) {
  if (int_is_zero(b)) return raise(rt, TypeId::ZeroDivisionError, "integer modulo by zero");
  i64 x = 0, y = 0;
  if (word_division(a, b, x, y)) return new_int(rt, floor_remainder(x, y));
  Value remainder;
  divide_floor(rt, a, b, nullptr, &remainder);
  return remainder;
}

Result int_divmod(Runtime& rt, Value a, Value b) {
  if (int_is_zero(b)) return raise(rt, TypeId::ZeroDivisionError, "integer division or modulo by zero");
  i64 x = 0, y = 0;
  Value quotient, remainder;
  if (word_division(a, b, x, y)) {
    quotient = new_int(rt, floor_quotient(x, y));
    remainder = new_int(rt, floor_remainder(x, y));
  } else {
    divide_floor(rt, a, b, &quotient, &remainder);
  }
  Value pair[2] = {quotient, remainder};
  return Value::from(new_tuple_from(rt, pair, 2));
}

Result int_truediv(Runtime& rt, Value a, Value b) {
  if (int_is_zero(b)) return raise(rt, TypeId::ZeroDivisionError, "division by zero");
  i64 x = 0, y = 0;
  constexpr i64 kExact = i64{1} << 53;
  if (both_words(a, b, x, y) && x >= -kExact && x <= kExact && y >= -kExact && y <= kExact) {
    return new_float(rt, static_cast<f64>(x) / static_cast<f64>(y));
  }
  MpzView numerator(a), denominator(b);
  if (numerator.sign() == 0) return new_float(rt, int_is_negative(b) ? -0.0 : 0.0);
  i64 difference = static_cast<i64>(int_bit_length(a)) - static_cast<i64>(int_bit_length(b));
  bool negative = int_is_negative(a) != int_is_negative(b);
  if (difference < -1080) return new_float(rt, negative ? -0.0 : 0.0);
  f64 magnitude = HUGE_VAL;
  if (difference <= 1025) {
    // A quotient of 66 or 67 bits, and whether anything is left over, decide the rounding.
    i64 shift = 66 - difference;
    Mpz scaled, quotient, rest;
    if (shift >= 0) {
      mpz_mul_2exp(scaled, numerator, static_cast<mp_bitcnt_t>(shift));
      mpz_tdiv_qr(quotient, rest, scaled, denominator);
    } else {
      mpz_mul_2exp(scaled, denominator, static_cast<mp_bitcnt_t>(-shift));
      mpz_tdiv_qr(quotient, rest, numerator, scaled);
    }
    auto bits = static_cast<unsigned __int128>(quotient.limb(1)) << 64 | quotient.limb(0);
    magnitude = round_scaled(bits, rest.sign() != 0, -shift);
  }
  if (std::isinf(magnitude)) {
    return raise(rt, TypeId::OverflowError, "integer division result too large for a float");
  }
  return new_float(rt, negative ? -magnitude : magnitude);
}

// --- shifts ----------------------------------------------------------------------------------------------

Result int_lshift(Runtime& rt, Value a, Value b) {
  if (int_is_negative(b)) return raise(rt, TypeId::ValueError, "negative shift count");
  if (int_is_zero(a)) return Value::from_int(0);
  i64 shift = 0;
  if (!int_to_i64(b, shift)) return raise(rt, TypeId::OverflowError, "too many digits in integer");
  i64 word = 0;
  if (shift < 62 && int_to_i64(a, word)) {
    i64 shifted = static_cast<i64>(static_cast<u64>(word) << shift);
    if (shifted >> shift == word) return new_int(rt, shifted);
  }
  IntView x(a);
  size_t whole = static_cast<size_t>(shift) / 64;
  unsigned part = static_cast<unsigned>(shift % 64);
  size_t count = x.count() + whole + 1;
  if (!int_has_room(rt, count)) return raise_no_memory(rt);
  Int* o = new_int_object(rt, count);
  if (part == 0) {
    mpn_copyi(o->limbs + whole, x.limbs(), limbs_of(x));
  } else {
    o->limbs[count - 1] = mpn_lshift(o->limbs + whole, x.limbs(), limbs_of(x), part);
  }
  return finish_int(rt, o, x.negative());
}

Result int_rshift(Runtime& rt, Value a, Value b) {
  if (int_is_negative(b)) return raise(rt, TypeId::ValueError, "negative shift count");
  i64 shift = 0, word = 0;
  bool representable = int_to_i64(b, shift);
  if (int_to_i64(a, word)) return new_int(rt, word >> (representable ? std::min<i64>(shift, 63) : 63));
  IntView x(a);
  if (!representable || static_cast<u64>(shift) >= x.bit_length()) {
    return Value::from_int(x.negative() ? -1 : 0);
  }
  size_t whole = static_cast<size_t>(shift) / 64;
  unsigned part = static_cast<unsigned>(shift % 64);
  size_t count = x.count() - whole;
  Int* o = new_int_object(rt, count + 1);  // one more: rounding down may carry
  // Bits lost below make a negative number one smaller, as its infinite two's complement would be.
  bool lost = x.negative() && mpn_scan1(x.limbs(), 0) < static_cast<mp_bitcnt_t>(shift);
  if (part == 0) {
    mpn_copyi(o->limbs, x.limbs() + whole, static_cast<mp_size_t>(count));
  } else {
    mpn_rshift(o->limbs, x.limbs() + whole, static_cast<mp_size_t>(count), part);
  }
  if (lost) mpn_add_1(o->limbs, o->limbs, static_cast<mp_size_t>(count + 1), 1);
  return finish_int(rt, o, x.negative());
}

// --- bitwise ---------------------------------------------------------------------------------------------

namespace {

enum class BitOp : u8 { kAnd, kOr, kXor };

template <BitOp op>
u64 combine(u64 a, u64 b) {
  if constexpr (op == BitOp::kAnd) return a & b;
  if constexpr (op == BitOp::kOr) return a | b;
  return a ^ b;
}

// Two's complement of unlimited length, which GMP imitates for negative operands.
template <BitOp op>
Value bitwise_negative(Runtime& rt, Value a, Value b) {
  MpzView x(a), y(b);
  Mpz result;
  if constexpr (op == BitOp::kAnd) mpz_and(result, x, y);
  if constexpr (op == BitOp::kOr) mpz_ior(result, x, y);
  if constexpr (op == BitOp::kXor) mpz_xor(result, x, y);
  return result.value(rt);
}

template <BitOp op>
Result bitwise(Runtime& rt, Value a, Value b) {
  i64 x = 0, y = 0;
  if (both_words(a, b, x, y)) {
    return new_int(rt, static_cast<i64>(combine<op>(static_cast<u64>(x), static_cast<u64>(y))));
  }
  IntView u(a), v(b);
  size_t most = std::max(u.count(), v.count()), least = std::min(u.count(), v.count());
  if (!int_has_room(rt, most + 1)) return raise_no_memory(rt);
  if (u.negative() || v.negative()) return bitwise_negative<op>(rt, a, b);
  Int* o = new_int_object(rt, op == BitOp::kAnd ? least : most);
  for (size_t i = 0; i < least; ++i) o->limbs[i] = combine<op>(u.limbs()[i], v.limbs()[i]);
  if (op != BitOp::kAnd && most > least) {
    const IntView& longer = u.count() == most ? u : v;
    mpn_copyi(o->limbs + least, longer.limbs() + least, static_cast<mp_size_t>(most - least));
  }
  return finish_int(rt, o, false);
}

}  // namespace

Result int_and(Runtime& rt, Value a, Value b) {
  return bitwise<BitOp::kAnd>(rt, a, b);
}
Result int_or(Runtime& rt, Value a, Value b) {
  return bitwise<BitOp::kOr>(rt, a, b);
}
Result int_xor(Runtime& rt, Value a, Value b) {
  return bitwise<BitOp::kXor>(rt, a, b);
}

Value int_neg(Runtime& rt, Value a) {
  i64 word = 0;
  if (int_to_i64(a, word) && word != INT64_MIN) return new_int(rt, -word);
  IntView x(a);
  return new_int_limbs(rt, x.limbs(), x.count(), !x.negative());
}

Value int_invert(Runtime& rt, Value a) {
  i64 word = 0;
  if (int_to_i64(a, word)) return new_int(rt, ~word);
  // ~x is -x - 1, that is -(x + 1).
  IntView x(a);
  Int* o = new_int_object(rt, x.count() + 1);
  if (x.negative()) {
    mpn_sub_1(o->limbs, x.limbs(), limbs_of(x), 1);
  } else {
    o->limbs[x.count()] = mpn_add_1(o->limbs, x.limbs(), limbs_of(x), 1);
  }
  return finish_int(rt, o, !x.negative());
}

}  // namespace lisle::rt

// Powers of ints, with and without a modulus.
#include <cmath>

#include "runtime/types/float.h"
#include "runtime/types/int_limbs.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

// base ** exponent while it fits a machine word.
bool word_power(i64 base, i64 exponent, i64& out) {
  i64 result = 1;
  for (;;) {
    if ((exponent & 1) && __builtin_mul_overflow(result, base, &result)) return false;
    exponent >>= 1;
    if (exponent == 0) break;
    if (__builtin_mul_overflow(base, base, &base)) return false;
  }
  out = result;
  return true;
}

}  // namespace

Result int_pow(Runtime& rt, Value a, Value b) {
  if (int_is_negative(b)) {
    f64 base = int_to_double(a), exponent = int_to_double(b);
    if (std::isinf(base) || std::isinf(exponent)) {
      return raise(rt, TypeId::OverflowError, "int too large to convert to float");
    }
    return float_power(rt, base, exponent);
  }
  i64 base = 0, exponent = 0, word = 0;
  bool small_base = int_to_i64(a, base);
  if (small_base && (base == 0 || base == 1 || base == -1)) {
    if (base == 0) return Value::from_int(int_is_zero(b));
    bool odd = int_is_zero(b) ? false : IntView(b).limbs()[0] & 1;
    return Value::from_int(base == -1 && odd ? -1 : 1);
  }
  if (!int_to_i64(b, exponent)) return raise_no_memory(rt);
  if (small_base && word_power(base, exponent, word)) return new_int(rt, word);
  u64 bits = int_bit_length(a);
  if (static_cast<u64>(exponent) > kMaxIntLimbs * 64 / bits) return raise_no_memory(rt);
  if (!int_has_room(rt, bits * static_cast<u64>(exponent) / 64 + 2)) return raise_no_memory(rt);
  MpzView view(a);
  Mpz result;
  mpz_pow_ui(result, view, static_cast<unsigned long>(exponent));
  return result.value(rt);
}

namespace {

// The usual case of modular exponentiation: everything in machine words.
u64 word_power_mod(u64 base, u64 exponent, u64 modulus) {
  auto multiply = [modulus](u64 x, u64 y) {
    return static_cast<u64>(static_cast<unsigned __int128>(x) * y % modulus);
  };
  u64 result = 1 % modulus;
  for (base %= modulus; exponent != 0; exponent >>= 1) {
    if (exponent & 1) result = multiply(result, base);
    base = multiply(base, base);
  }
  return result;
}

}  // namespace

Result int_pow_mod(Runtime& rt, Value a, Value b, Value m) {
  if (int_is_zero(m)) return raise(rt, TypeId::ValueError, "pow() 3rd argument cannot be 0");
  u64 base = 0, exponent = 0, modulus = 0;
  if (int_to_u64(a, base) && int_to_u64(b, exponent) && int_to_u64(m, modulus)) {
    return new_int_unsigned(rt, word_power_mod(base, exponent, modulus));
  }
  MpzView x(a), y(b), z(m);
  Mpz magnitude, root, result;
  mpz_abs(magnitude, z);
  mpz_mod(root, x, magnitude);
  if (y.sign() < 0) {
    if (mpz_cmp_ui(static_cast<mpz_ptr>(magnitude), 1) != 0 && !mpz_invert(root, root, magnitude)) {
      return raise(rt, TypeId::ValueError, "base is not invertible for the given modulus");
    }
    Mpz positive;
    mpz_neg(positive, y);
    mpz_powm(result, root, positive, magnitude);
  } else {
    mpz_powm(result, root, y, magnitude);
  }
  // The result has the sign of the modulus.
  if (z.sign() < 0 && result.sign() != 0) mpz_add(result, result, z);
  return result.value(rt);
}

}  // namespace lisle::rt

// The functions of the module math that count: common divisors and multiples, roots, factorials,
// combinations. Machine words first, GMP beyond.
#include <cmath>
#include <numeric>

#include "runtime/modules/math_common.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

bool all_exact(const Runtime& rt, const Tuple& items) {
  for (u64 i = 0; i < items.size; ++i) {
    if (!is_exact_int(rt, items.items[i])) return false;
  }
  return true;
}

u64 magnitude(i64 n) {
  return n < 0 ? u64{0} - static_cast<u64>(n) : static_cast<u64>(n);
}

Value gcd_of(Runtime& rt, Value a, Value b) {
  i64 x = 0, y = 0;
  if (int_to_i64(a, x) && int_to_i64(b, y)) return new_int_unsigned(rt, std::gcd(magnitude(x), magnitude(y)));
  MpzView u(a), v(b);
  Mpz result;
  mpz_gcd(result, u, v);
  return result.value(rt);
}

Result math_gcd(Runtime& rt, Frame& f) {
  const Tuple& items = *to<Tuple>(f[0]);
  if (!all_exact(rt, items)) return retry_converted_items(rt, f, Want::kIndex);
  Value result = Value::from_int(0);
  for (u64 i = 0; i < items.size; ++i) result = gcd_of(rt, result, items.items[i]);
  return result;
}

Result math_lcm(Runtime& rt, Frame& f) {
  const Tuple& items = *to<Tuple>(f[0]);
  if (!all_exact(rt, items)) return retry_converted_items(rt, f, Want::kIndex);
  Value result = Value::from_int(1);
  for (u64 i = 0; i < items.size; ++i) {
    Value item = items.items[i];
    if (int_is_zero(item)) return Value::from_int(0);
    Value factor = TRY(int_floordiv(rt, item, gcd_of(rt, result, item)));
    result = TRY(int_mul(rt, result, factor));
    if (int_is_negative(result)) result = int_neg(rt, result);
  }
  return result;
}

Result math_isqrt(Runtime& rt, Frame& f) {
  if (!is_exact_int(rt, f[0])) return retry_converted(rt, f, {Want::kIndex});
  if (int_is_negative(f[0])) return raise(rt, TypeId::ValueError, "isqrt() argument must be nonnegative");
  i64 n = 0;
  if (int_to_i64(f[0], n)) {
    // The double root is off by one at most.
    u64 root = static_cast<u64>(std::sqrt(static_cast<f64>(n)));
    while (root * root > static_cast<u64>(n)) --root;
    while ((root + 1) * (root + 1) <= static_cast<u64>(n)) ++root;
    return new_int_unsigned(rt, root);
  }
  MpzView view(f[0]);
  Mpz result;
  mpz_sqrt(result, view);
  return result.value(rt);
}

// Would `count` factors of up to `bits` bits each make an int that is too large?
bool product_is_too_large(Runtime& rt, u64 count, u64 bits) {
  f64 limbs = static_cast<f64>(count) * static_cast<f64>(bits) / 64;
  return limbs > static_cast<f64>(kMaxIntLimbs) || !int_has_room(rt, static_cast<size_t>(limbs) + 2);
}

Result factorial_of(Runtime& rt, Value n) {
  if (int_is_negative(n)) {
    return raise(rt, TypeId::ValueError, "factorial() not defined for negative values");
  }
  i64 count = 0;
  if (!int_to_i64(n, count)) {
    return raise(rt, TypeId::OverflowError, "factorial() argument should not exceed %lld",
                 static_cast<long long>(INT64_MAX));
  }
  if (product_is_too_large(rt, static_cast<u64>(count), int_bit_length(n))) return raise_no_memory(rt);
  Mpz result;
  mpz_fac_ui(result, static_cast<unsigned long>(count));
  return result.value(rt);
}

Result math_factorial(Runtime& rt, Frame& f) {
  if (!is_exact_int(rt, f[0])) return retry_converted(rt, f, {Want::kIndex});
  return factorial_of(rt, f[0]);
}

Result check_not_negative(Runtime& rt, Value n, Value k) {
  if (int_is_negative(n)) return raise(rt, TypeId::ValueError, "n must be a non-negative integer");
  if (int_is_negative(k)) return raise(rt, TypeId::ValueError, "k must be a non-negative integer");
  return Result::none();
}

Result math_comb(Runtime& rt, Frame& f) {
  if (!is_exact_int(rt, f[0]) || !is_exact_int(rt, f[1])) {
    return retry_converted(rt, f, {Want::kIndex, Want::kIndex});
  }
  TRY(check_not_negative(rt, f[0], f[1]));
  if (int_compare(f[1], f[0]) > 0) return Value::from_int(0);
  Value other = TRY(int_sub(rt, f[0], f[1]));
  Value least = int_compare(other, f[1]) < 0 ? other : f[1];
  i64 k = 0;
  if (!int_to_i64(least, k)) {
    return raise(rt, TypeId::OverflowError, "min(n - k, k) must not exceed %lld",
                 static_cast<long long>(INT64_MAX));
  }
  if (product_is_too_large(rt, static_cast<u64>(k), int_bit_length(f[0]))) return raise_no_memory(rt);
  MpzView n(f[0]);
  Mpz result;
  mpz_bin_ui(result, n, static_cast<unsigned long>(k));
  return result.value(rt);
}

// n * (n - 1) * ... of `count` factors, halved again and again so that the factors multiplied are of equal
// size.
void falling_product(mpz_ptr out, mpz_srcptr n, u64 count) {
  constexpr u64 kDirect = 16;
  if (count <= kDirect) {
    mpz_set_ui(out, 1);
    Mpz factor;
    for (u64 i = 0; i < count; ++i) {
      mpz_sub_ui(factor, n, i);
      mpz_mul(out, out, factor);
    }
    return;
  }
  u64 half = count / 2;
  Mpz lower, rest;
  falling_product(out, n, half);
  mpz_sub_ui(lower, n, half);
  falling_product(rest, lower, count - half);
  mpz_mul(out, out, rest);
}

Result math_perm(Runtime& rt, Frame& f) {
  bool all = f[1].is_unbound() || f[1].is_none();
  if (!is_exact_int(rt, f[0]) || (!all && !is_exact_int(rt, f[1]))) {
    return retry_converted(rt, f, {Want::kIndex, all ? Want::kAsIs : Want::kIndex});
  }
  if (all) return factorial_of(rt, f[0]);
  TRY(check_not_negative(rt, f[0], f[1]));
  if (int_compare(f[1], f[0]) > 0) return Value::from_int(0);
  i64 k = 0;
  if (!int_to_i64(f[1], k)) {
    return raise(rt, TypeId::OverflowError, "k must not exceed %lld", static_cast<long long>(INT64_MAX));
  }
  if (product_is_too_large(rt, static_cast<u64>(k), int_bit_length(f[0]))) return raise_no_memory(rt);
  MpzView n(f[0]);
  Mpz result;
  falling_product(result, n, static_cast<u64>(k));
  return result.value(rt);
}

const NativeSpec kFunctions[] = {
    {"gcd", math_gcd, "(*integers)", "Greatest Common Divisor."},
    {"lcm", math_lcm, "(*integers)", "Least Common Multiple."},
    {"isqrt", math_isqrt, "(n, /)", "Return the integer part of the square root of the input."},
    {"factorial", math_factorial, "(n, /)", "Find n!."},
    {"comb", math_comb, "(n, k, /)", "Number of ways to choose k items from n items without order."},
    {"perm", math_perm, "(n, k=None, /)", "Number of ways to choose k items from n items with order."},
};

}  // namespace

std::span<const NativeSpec> math_integer_functions() {
  return kFunctions;
}

}  // namespace lisle::rt

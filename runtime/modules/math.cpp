// The module math: functions of real numbers. Integer functions are in math_integer.cpp, those of many
// numbers in math_sums.cpp. Errors follow one rule: a result that is no number although the arguments are is
// a domain error, an infinite result of finite arguments a range or domain error.
#include <math.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "runtime/modules/math_common.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

constexpr f64 kInfinity = std::numeric_limits<f64>::infinity();

enum class WhenInfinite : u8 { kDomain, kRange };

template <f64 (*function)(f64), WhenInfinite when_infinite>
Result unary_function(Runtime& rt, Frame& f) {
  if (!is_plain_real(rt, f[0])) return retry_converted(rt, f, {Want::kFloat});
  f64 x = 0;
  TRY(double_of(rt, f[0], x));
  f64 y = function(x);
  if (std::isnan(y) && !std::isnan(x)) return raise_math_domain(rt);
  if (std::isinf(y) && std::isfinite(x)) {
    return when_infinite == WhenInfinite::kRange ? raise_math_range(rt) : raise_math_domain(rt);
  }
  return new_float(rt, y);
}

// The two real arguments of a function, or the Result to leave with.
#define TWO_REALS(x, y)                                          \
  if (!is_plain_real(rt, f[0]) || !is_plain_real(rt, f[1])) {    \
    return retry_converted(rt, f, {Want::kFloat, Want::kFloat}); \
  }                                                              \
  f64 x = 0, y = 0;                                              \
  TRY(double_of(rt, f[0], x));                                   \
  TRY(double_of(rt, f[1], y))

template <f64 (*function)(f64, f64)>
Result binary_function(Runtime& rt, Frame& f) {
  TWO_REALS(x, y);
  f64 z = function(x, y);
  if (std::isnan(z) && !std::isnan(x) && !std::isnan(y)) return raise_math_domain(rt);
  if (std::isinf(z) && std::isfinite(x) && std::isfinite(y)) return raise_math_range(rt);
  return new_float(rt, z);
}

Result math_pow(Runtime& rt, Frame& f) {
  TWO_REALS(x, y);
  f64 z = std::pow(x, y);
  if (std::isfinite(x) && std::isfinite(y) && !std::isfinite(z)) {
    return std::isnan(z) || x == 0 ? raise_math_domain(rt) : raise_math_range(rt);
  }
  return new_float(rt, z);
}

template <bool (*test)(f64)>
Result test_function(Runtime& rt, Frame& f) {
  if (!is_plain_real(rt, f[0])) return retry_converted(rt, f, {Want::kFloat});
  f64 x = 0;
  TRY(double_of(rt, f[0], x));
  return Result::boolean(test(x));
}
bool is_finite(f64 x) {
  return std::isfinite(x);
}
bool is_infinite(f64 x) {
  return std::isinf(x);
}
bool is_nan(f64 x) {
  return std::isnan(x);
}

f64 to_degrees(f64 x) {
  return x * (180.0 / std::numbers::pi);
}
f64 to_radians(f64 x) {
  return x * (std::numbers::pi / 180.0);
}

f64 unit_in_last_place(f64 x) {
  if (std::isnan(x)) return x;
  x = std::fabs(x);
  if (std::isinf(x)) return x;
  f64 above = std::nextafter(x, kInfinity);
  return std::isinf(above) ? x - std::nextafter(x, -kInfinity) : above - x;
}

// --- logarithms ------------------------------------------------------------------------------------------

enum class LogBase : u8 { kE, kTwo, kTen };

template <LogBase base>
f64 log_of(f64 x) {
  if constexpr (base == LogBase::kTwo) return std::log2(x);
  if constexpr (base == LogBase::kTen) return std::log10(x);
  return std::log(x);
}

// The logarithm of an int or a float; ints may be larger than any float.
template <LogBase base>
Result logarithm(Runtime& rt, Value v, f64& out) {
  if (is_float(v)) {
    f64 x = float_value(v);
    if (std::isfinite(x) ? x <= 0 : x < 0) return raise_math_domain(rt);
    out = log_of<base>(x);
    return Result::none();
  }
  if (int_is_negative(v) || int_is_zero(v)) return raise_math_domain(rt);
  f64 x = int_to_double(v);
  if (std::isfinite(x)) {
    out = log_of<base>(x);
    return Result::none();
  }
  // x = m * 2^e with m in [1/2, 1).
  u64 bits = int_bit_length(v);
  Value top = TRY(int_rshift(rt, v, new_int_unsigned(rt, bits - 1000)));
  f64 fraction = std::ldexp(int_to_double(top), -1000);
  out = log_of<base>(fraction) + log_of<base>(2.0) * static_cast<f64>(bits);
  return Result::none();
}

bool has_log(Value v) {
  return is_float(v) || is_int_like(v);
}

Result math_log(Runtime& rt, Frame& f) {
  if (!has_log(f[0]) || (!f[1].is_unbound() && !has_log(f[1]))) {
    return retry_converted(rt, f,
                           {has_log(f[0]) ? Want::kAsIs : Want::kFloat,
                            f[1].is_unbound() || has_log(f[1]) ? Want::kAsIs : Want::kFloat});
  }
  f64 numerator = 0, denominator = 0;
  TRY(logarithm<LogBase::kE>(rt, f[0], numerator));
  if (f[1].is_unbound()) return new_float(rt, numerator);
  TRY(logarithm<LogBase::kE>(rt, f[1], denominator));
  return float_truediv(rt, numerator, denominator);
}

template <LogBase base>
Result log_function(Runtime& rt, Frame& f) {
  if (!has_log(f[0])) return retry_converted(rt, f, {Want::kFloat});
  f64 y = 0;
  TRY(logarithm<base>(rt, f[0], y));
  return new_float(rt, y);
}

// --- integral values -------------------------------------------------------------------------------------

template <f64 (*function)(f64), Special special>
Result integral_function(Runtime& rt, Frame& f) {
  Value v = f[0];
  if (v.is_double() || (is_kind(v, Kind::Float) && v.object()->shape == rt.shape_of(TypeId::Float))) {
    return int_of_double(rt, function(float_value(v)));
  }
  if (has_special(rt, v, special)) return call_special(rt, f, v, special, {});
  return retry_converted(rt, f, {Want::kFloat});
}

Result math_trunc(Runtime& rt, Frame& f) {
  if (f[0].is_double()) return int_of_double(rt, f[0].as_double());
  if (has_special(rt, f[0], Special::Trunc)) return call_special(rt, f, f[0], Special::Trunc, {});
  return raise(rt, TypeId::TypeError, "type %s doesn't define __trunc__ method", type_name(rt, f[0]));
}

// --- parts -----------------------------------------------------------------------------------------------

Result math_frexp(Runtime& rt, Frame& f) {
  if (!is_plain_real(rt, f[0])) return retry_converted(rt, f, {Want::kFloat});
  f64 x = 0;
  TRY(double_of(rt, f[0], x));
  int exponent = 0;
  f64 fraction = std::isfinite(x) ? std::frexp(x, &exponent) : x;
  return pair_of(rt, new_float(rt, fraction), Value::from_int(exponent));
}

Result math_modf(Runtime& rt, Frame& f) {
  if (!is_plain_real(rt, f[0])) return retry_converted(rt, f, {Want::kFloat});
  f64 x = 0, whole = 0;
  TRY(double_of(rt, f[0], x));
  f64 fraction = std::modf(x, &whole);
  Value first = new_float(rt, fraction);
  return pair_of(rt, first, new_float(rt, whole));
}

Result math_ldexp(Runtime& rt, Frame& f) {
  if (!is_plain_real(rt, f[0])) return retry_converted(rt, f, {Want::kFloat, Want::kAsIs});
  f64 x = 0;
  TRY(double_of(rt, f[0], x));
  if (!is_int_like(f[1])) return raise(rt, TypeId::TypeError, "Expected an int as second argument to ldexp.");
  if (x == 0 || !std::isfinite(x)) return new_float(rt, x);
  i64 exponent = 0;
  constexpr i64 kFar = 4000;  // beyond the range of doubles from either end
  if (!int_to_i64(f[1], exponent)) exponent = int_is_negative(f[1]) ? -kFar : kFar;
  f64 y = std::ldexp(x, static_cast<int>(std::clamp(exponent, -kFar, kFar)));
  return std::isinf(y) ? raise_math_range(rt) : new_float(rt, y);
}

// f: a, b, rel_tol, abs_tol.
Result math_isclose(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_float(rt, f, f[0]));
      f[0] = r.value();
      AWAIT(2, to_float(rt, f, f[1]));
      f[1] = r.value();
      AWAIT(3, f[2].is_unbound() ? Result(new_float(rt, 1e-9)) : to_float(rt, f, f[2]));
      f[2] = r.value();
      AWAIT(4, f[3].is_unbound() ? Result(new_float(rt, 0.0)) : to_float(rt, f, f[3]));
      f[3] = r.value();
      f64 a = float_value(f[0]), b = float_value(f[1]), rel = float_value(f[2]), abs = float_value(f[3]);
      if (rel < 0 || abs < 0) return raise(rt, TypeId::ValueError, "tolerances must be non-negative");
      if (a == b) return Result::boolean(true);
      if (std::isinf(a) || std::isinf(b)) return Result::boolean(false);
      f64 difference = std::fabs(b - a);
      return Result::boolean(difference <= std::fabs(rel * b) || difference <= std::fabs(rel * a) ||
                             difference <= abs);
  }
  LISLE_UNREACHABLE();
}

void set_up(Runtime& rt, Module& module) {
  module_set(rt, module, "pi", new_float(rt, std::numbers::pi));
  module_set(rt, module, "e", new_float(rt, std::numbers::e));
  module_set(rt, module, "tau", new_float(rt, 2 * std::numbers::pi));
  module_set(rt, module, "inf", new_float(rt, kInfinity));
  module_set(rt, module, "nan", new_float(rt, std::numeric_limits<f64>::quiet_NaN()));
  for (std::span<const NativeSpec> functions :
       {math_integer_functions(), math_sum_functions(), math_gamma_functions()}) {
    for (const NativeSpec& function : functions) {
      Native* native = new_native(rt, function, nullptr, Value::from(module.name));
      module_set(rt, module, function.name, Value::from(native));
    }
  }
}

constexpr WhenInfinite kDomain = WhenInfinite::kDomain;
constexpr WhenInfinite kRange = WhenInfinite::kRange;

// --- the module ------------------------------------------------------------------------------------------

const NativeSpec kFunctions[] = {
    {"acos", unary_function<::acos, kDomain>, "(x, /)"},
    {"acosh", unary_function<::acosh, kDomain>, "(x, /)"},
    {"asin", unary_function<::asin, kDomain>, "(x, /)"},
    {"asinh", unary_function<::asinh, kDomain>, "(x, /)"},
    {"atan", unary_function<::atan, kDomain>, "(x, /)"},
    {"atanh", unary_function<::atanh, kDomain>, "(x, /)"},
    {"cbrt", unary_function<::cbrt, kDomain>, "(x, /)"},
    {"cos", unary_function<::cos, kDomain>, "(x, /)"},
    {"cosh", unary_function<::cosh, kRange>, "(x, /)"},
    {"degrees", unary_function<to_degrees, kRange>, "(x, /)"},
    {"erf", unary_function<::erf, kDomain>, "(x, /)"},
    {"erfc", unary_function<::erfc, kDomain>, "(x, /)"},
    {"exp", unary_function<::exp, kRange>, "(x, /)"},
    {"exp2", unary_function<::exp2, kRange>, "(x, /)"},
    {"expm1", unary_function<::expm1, kRange>, "(x, /)"},
    {"fabs", unary_function<::fabs, kDomain>, "(x, /)"},
    {"log1p", unary_function<::log1p, kDomain>, "(x, /)"},
    {"radians", unary_function<to_radians, kRange>, "(x, /)"},
    {"sin", unary_function<::sin, kDomain>, "(x, /)"},
    {"sinh", unary_function<::sinh, kRange>, "(x, /)"},
    {"sqrt", unary_function<::sqrt, kDomain>, "(x, /)"},
    {"tan", unary_function<::tan, kDomain>, "(x, /)"},
    {"tanh", unary_function<::tanh, kDomain>, "(x, /)"},
    {"ulp", unary_function<unit_in_last_place, kDomain>, "(x, /)"},
    {"atan2", binary_function<::atan2>, "(y, x, /)"},
    {"copysign", binary_function<::copysign>, "(x, y, /)"},
    {"fmod", binary_function<::fmod>, "(x, y, /)"},
    {"remainder", binary_function<::remainder>, "(x, y, /)"},
    {"nextafter", binary_function<::nextafter>, "(x, y, /)"},
    {"pow", math_pow, "(x, y, /)"},
    {"log", math_log, "(x, base=None, /)"},
    {"log2", log_function<LogBase::kTwo>, "(x, /)"},
    {"log10", log_function<LogBase::kTen>, "(x, /)"},
    {"ceil", integral_function<::ceil, Special::Ceil>, "(x, /)"},
    {"floor", integral_function<::floor, Special::Floor>, "(x, /)"},
    {"trunc", math_trunc, "(x, /)"},
    {"frexp", math_frexp, "(x, /)"},
    {"modf", math_modf, "(x, /)"},
    {"ldexp", math_ldexp, "(x, i, /)"},
    {"isfinite", test_function<is_finite>, "(x, /)"},
    {"isinf", test_function<is_infinite>, "(x, /)"},
    {"isnan", test_function<is_nan>, "(x, /)"},
    {"isclose", math_isclose, "(a, b, *, rel_tol=1e-09, abs_tol=0.0)", nullptr, 4},
};

}  // namespace

extern const ModuleSpec kMathModule;
const ModuleSpec kMathModule = {
    "math",
    "This module provides access to the mathematical functions defined by the C standard.",
    kFunctions,
    set_up,
};

}  // namespace lisle::rt

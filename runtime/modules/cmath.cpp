// The module cmath: functions of complex numbers, by the C library's, whose special values are those of C99's
// Annex G.
#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

#include "runtime/modules/math_common.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

using Number = std::complex<f64>;

bool is_plain_complex(const Runtime& rt, Value v) {
  return is_kind(v, Kind::Complex) || is_plain_real(rt, v);
}

Result number_of(Runtime& rt, Value v, Number& out) {
  if (const Complex* c = as<Complex>(v)) {
    out = {c->real, c->imag};
    return Result::none();
  }
  f64 real = 0;
  TRY(double_of(rt, v, real));
  out = {real, 0};
  return Result::none();
}

bool is_finite(Number z) {
  return std::isfinite(z.real()) && std::isfinite(z.imag());
}
bool has_infinity(Number z) {
  return std::isinf(z.real()) || std::isinf(z.imag());
}
bool has_nan(Number z) {
  return std::isnan(z.real()) || std::isnan(z.imag());
}

Value value_of(Runtime& rt, Number z) {
  return new_complex(rt, z.real(), z.imag());
}

// Where a function is not defined although C gives it a value.
using Domain = bool (*)(Number z);
bool everywhere(Number) {
  return true;
}
bool not_at_zero(Number z) {
  return z != Number(0, 0);
}
bool not_at_one(Number z) {
  return z != Number(1, 0) && z != Number(-1, 0);
}
bool not_at_i(Number z) {
  return z != Number(0, 1) && z != Number(0, -1);
}
// exp and what is made of it turns around an infinite angle, unless the length is zero or NaN.
bool finite_angle(Number z) {
  if (!std::isinf(z.imag())) return true;
  return std::isnan(z.real()) || (std::isinf(z.real()) && z.real() < 0);
}
bool finite_angle_both_ways(Number z) {
  return !std::isinf(z.imag()) || std::isnan(z.real());
}
bool finite_angle_of_finite(Number z) {
  return !std::isinf(z.imag()) || !std::isfinite(z.real());
}
bool turned_finite_angle(Number z) {
  return finite_angle_both_ways({-z.imag(), z.real()});
}
bool turned_finite_angle_of_finite(Number z) {
  return finite_angle_of_finite({-z.imag(), z.real()});
}

template <Number (*function)(const Number&), Domain is_defined>
Result complex_function(Runtime& rt, Frame& f) {
  if (!is_plain_complex(rt, f[0])) return retry_converted(rt, f, {Want::kComplex});
  Number z;
  TRY(number_of(rt, f[0], z));
  if (!is_defined(z)) return raise_math_domain(rt);
  Number w = function(z);
  if (has_infinity(w) && is_finite(z)) return raise_math_range(rt);
  return value_of(rt, w);
}

// The library's templates have no one type; these do.
Number c_acos(const Number& z) {
  return std::acos(z);
}
Number c_acosh(const Number& z) {
  return std::acosh(z);
}
Number c_asin(const Number& z) {
  return std::asin(z);
}
Number c_asinh(const Number& z) {
  return std::asinh(z);
}
Number c_atan(const Number& z) {
  return std::atan(z);
}
Number c_atanh(const Number& z) {
  return std::atanh(z);
}
Number c_cos(const Number& z) {
  return std::cos(z);
}
Number c_cosh(const Number& z) {
  return std::cosh(z);
}
Number c_exp(const Number& z) {
  return std::exp(z);
}
Number c_sin(const Number& z) {
  return std::sin(z);
}
Number c_sinh(const Number& z) {
  return std::sinh(z);
}
Number c_sqrt(const Number& z) {
  return std::sqrt(z);
}
Number c_tan(const Number& z) {
  return std::tan(z);
}
Number c_tanh(const Number& z) {
  return std::tanh(z);
}
Number c_log10(const Number& z) {
  Number natural = std::log(z);
  return {std::isfinite(natural.real()) ? std::log10(std::abs(z)) : natural.real(),
          natural.imag() / std::numbers::ln10};
}

Result cmath_log(Runtime& rt, Frame& f) {
  bool has_base = !f[1].is_unbound();
  if (!is_plain_complex(rt, f[0]) || (has_base && !is_plain_complex(rt, f[1]))) {
    return retry_converted(rt, f, {Want::kComplex, Want::kComplex});
  }
  Number z, base;
  TRY(number_of(rt, f[0], z));
  if (z == Number(0, 0)) return raise_math_domain(rt);
  Number natural = std::log(z);
  if (!has_base) return value_of(rt, natural);
  TRY(number_of(rt, f[1], base));
  if (base == Number(0, 0) || base == Number(1, 0)) return raise_math_domain(rt);
  Number divisor = std::log(base);
  return complex_divide(rt, {natural.real(), natural.imag()}, {divisor.real(), divisor.imag()});
}

// --- polar form ------------------------------------------------------------------------------------------

Result length_of(Runtime& rt, Number z, f64& out) {
  out = std::hypot(z.real(), z.imag());
  if (std::isinf(out) && is_finite(z)) return raise_math_range(rt);
  return Result::none();
}

Result cmath_phase(Runtime& rt, Frame& f) {
  if (!is_plain_complex(rt, f[0])) return retry_converted(rt, f, {Want::kComplex});
  Number z;
  TRY(number_of(rt, f[0], z));
  return new_float(rt, std::atan2(z.imag(), z.real()));
}

Result cmath_polar(Runtime& rt, Frame& f) {
  if (!is_plain_complex(rt, f[0])) return retry_converted(rt, f, {Want::kComplex});
  Number z;
  f64 length = 0;
  TRY(number_of(rt, f[0], z));
  TRY(length_of(rt, z, length));
  Value first = new_float(rt, length);
  return pair_of(rt, first, new_float(rt, std::atan2(z.imag(), z.real())));
}

Result cmath_rect(Runtime& rt, Frame& f) {
  if (!is_plain_real(rt, f[0]) || !is_plain_real(rt, f[1])) {
    return retry_converted(rt, f, {Want::kFloat, Want::kFloat});
  }
  f64 length = 0, angle = 0;
  TRY(double_of(rt, f[0], length));
  TRY(double_of(rt, f[1], angle));
  if (std::isinf(angle) && length != 0 && !std::isnan(length)) return raise_math_domain(rt);
  if (length == 0 && !std::isfinite(angle)) return new_complex(rt, 0, 0);
  // An infinite length along an axis has an exact zero beside it, which infinity times sin(0) would lose.
  if (angle == 0) return new_complex(rt, length, length * angle);
  return new_complex(rt, length * std::cos(angle), length * std::sin(angle));
}

// --- tests -----------------------------------------------------------------------------------------------

template <bool (*test)(Number)>
Result test_function(Runtime& rt, Frame& f) {
  if (!is_plain_complex(rt, f[0])) return retry_converted(rt, f, {Want::kComplex});
  Number z;
  TRY(number_of(rt, f[0], z));
  return Result::boolean(test(z));
}

Result close_numbers(Runtime& rt, Frame& f) {
  Number a, b;
  TRY(number_of(rt, f[0], a));
  TRY(number_of(rt, f[1], b));
  f64 rel = float_value(f[2]), abs = float_value(f[3]);
  if (rel < 0 || abs < 0) return raise(rt, TypeId::ValueError, "tolerances must be non-negative");
  if (a == b) return Result::boolean(true);
  if (has_infinity(a) || has_infinity(b)) return Result::boolean(false);
  f64 difference = std::abs(a - b);
  return Result::boolean(difference <= rel * std::abs(b) || difference <= rel * std::abs(a) ||
                         difference <= abs);
}

// What a parameter becomes: a complex number or a float.
Result to_number(Runtime& rt, Frame& f, Value v) {
  if (is_kind(v, Kind::Complex)) return v;
  if (is_kind(v, Kind::Str) || !has_special(rt, v, Special::Complex)) return to_float(rt, f, v);
  return call(rt, f, Value::from(rt.type(TypeId::Complex)), {v});
}

// f: a, b, rel_tol, abs_tol.
Result cmath_isclose(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_number(rt, f, f[0]));
      f[0] = r.value();
      AWAIT(2, to_number(rt, f, f[1]));
      f[1] = r.value();
      AWAIT(3, f[2].is_unbound() ? Result(new_float(rt, 1e-9)) : to_float(rt, f, f[2]));
      f[2] = r.value();
      AWAIT(4, f[3].is_unbound() ? Result(new_float(rt, 0.0)) : to_float(rt, f, f[3]));
      f[3] = r.value();
      return close_numbers(rt, f);
  }
  LISLE_UNREACHABLE();
}

void set_up(Runtime& rt, Module& module) {
  constexpr f64 kInfinity = std::numeric_limits<f64>::infinity(),
                kNan = std::numeric_limits<f64>::quiet_NaN();
  module_set(rt, module, "pi", new_float(rt, std::numbers::pi));
  module_set(rt, module, "e", new_float(rt, std::numbers::e));
  module_set(rt, module, "tau", new_float(rt, 2 * std::numbers::pi));
  module_set(rt, module, "inf", new_float(rt, kInfinity));
  module_set(rt, module, "nan", new_float(rt, kNan));
  module_set(rt, module, "infj", new_complex(rt, 0, kInfinity));
  module_set(rt, module, "nanj", new_complex(rt, 0, kNan));
}

// --- the module ------------------------------------------------------------------------------------------

const NativeSpec kFunctions[] = {
    {"acos", complex_function<c_acos, everywhere>, "(z, /)"},
    {"acosh", complex_function<c_acosh, everywhere>, "(z, /)"},
    {"asin", complex_function<c_asin, everywhere>, "(z, /)"},
    {"asinh", complex_function<c_asinh, everywhere>, "(z, /)"},
    {"atan", complex_function<c_atan, not_at_i>, "(z, /)"},
    {"atanh", complex_function<c_atanh, not_at_one>, "(z, /)"},
    {"cos", complex_function<c_cos, turned_finite_angle>, "(z, /)"},
    {"cosh", complex_function<c_cosh, finite_angle_both_ways>, "(z, /)"},
    {"exp", complex_function<c_exp, finite_angle>, "(z, /)"},
    {"log", cmath_log, "(z, base=None, /)"},
    {"log10", complex_function<c_log10, not_at_zero>, "(z, /)"},
    {"sin", complex_function<c_sin, turned_finite_angle>, "(z, /)"},
    {"sinh", complex_function<c_sinh, finite_angle_both_ways>, "(z, /)"},
    {"sqrt", complex_function<c_sqrt, everywhere>, "(z, /)"},
    {"tan", complex_function<c_tan, turned_finite_angle_of_finite>, "(z, /)"},
    {"tanh", complex_function<c_tanh, finite_angle_of_finite>, "(z, /)"},
    {"phase", cmath_phase, "(z, /)"},
    {"polar", cmath_polar, "(z, /)"},
    {"rect", cmath_rect, "(r, phi, /)"},
    {"isfinite", test_function<is_finite>, "(z, /)"},
    {"isinf", test_function<has_infinity>, "(z, /)"},
    {"isnan", test_function<has_nan>, "(z, /)"},
    {"isclose", cmath_isclose, "(a, b, *, rel_tol=1e-09, abs_tol=0.0)", nullptr, 4},
};

}  // namespace

extern const ModuleSpec kCmathModule;
const ModuleSpec kCmathModule = {
    "cmath",
    "This module provides access to mathematical functions for complex numbers.",
    kFunctions,
    set_up,
};

}  // namespace lisle::rt

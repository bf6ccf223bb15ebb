// The arithmetic of floats and their conversions. The type with its methods is in float_methods.cpp.
#include "runtime/types/float.h"

#include <cmath>

#include "runtime/support/number_text.h"
#include "runtime/types/exception.h"
#include "runtime/types/int_limbs.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"

namespace lisle::rt {

Value new_float(Runtime& rt, f64 d) {
  if (LISLE_LIKELY(Value::fits_double(d))) return Value::from_double(d);
  Float* o = rt.make<Float>(TypeId::Float);
  o->number = d;
  return Value::from(o);
}

Result double_of(Runtime& rt, Value v, f64& out) {
  if (is_float(v)) {
    out = float_value(v);
    return Result::none();
  }
  if (!is_int_like(v)) return Value::unbound();
  out = int_to_double(v);
  if (std::isinf(out)) return raise(rt, TypeId::OverflowError, "int too large to convert to float");
  return Result::none();
}

Result int_of_double(Runtime& rt, f64 d) {
  if (std::isinf(d)) return raise(rt, TypeId::OverflowError, "cannot convert float infinity to integer");
  if (std::isnan(d)) return raise(rt, TypeId::ValueError, "cannot convert float NaN to integer");
  return int_from_double(rt, d);
}

bool float_from_text(std::string_view text, f64& out) {
  auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };  // others are blanks by now
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  if (text.find('_') == std::string_view::npos) return parse_double(text, out);
  std::string plain;
  return strip_underscores(text, plain) && parse_double(plain, out);
}

// --- division --------------------------------------------------------------------------------------------

Result float_truediv(Runtime& rt, f64 a, f64 b) {
  if (b == 0) return raise(rt, TypeId::ZeroDivisionError, "float division by zero");
  return new_float(rt, a / b);
}

namespace {

// The remainder with the sign of the divisor; a zero remainder takes that sign too.
f64 floor_remainder(f64 a, f64 b) {
  f64 rest = std::fmod(a, b);
  if (rest == 0) return std::copysign(0.0, b);
  return (b < 0) != (rest < 0) ? rest + b : rest;
}

// The quotient that belongs to floor_remainder: nearest integral value, which a - rest makes almost exact.
f64 floor_quotient(f64 a, f64 b) {
  f64 rest = std::fmod(a, b);
  f64 quotient = (a - rest) / b;
  if (rest != 0 && (b < 0) != (rest < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, a / b);
  f64 whole = std::floor(quotient);
  return quotient - whole > 0.5 ? whole + 1 : whole;
}

}  // namespace

Result float_floordiv(Runtime& rt, f64 a, f64 b) {
  if (b == 0) return raise(rt, TypeId::ZeroDivisionError, "float floor division by zero");
  return new_float(rt, floor_quotient(a, b));
}

Result float_mod(Runtime& rt, f64 a, f64 b) {
  if (b == 0) return raise(rt, TypeId::ZeroDivisionError, "float modulo");
  return new_float(rt, floor_remainder(a, b));
}

Result float_divmod(Runtime& rt, f64 a, f64 b) {
  if (b == 0) return raise(rt, TypeId::ZeroDivisionError, "float divmod()");
  Value quotient = new_float(rt, floor_quotient(a, b));
  Value pair[2] = {quotient, new_float(rt, floor_remainder(a, b))};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// --- powers ----------------------------------------------------------------------------------------------

namespace {

// OverflowError(34, 'Numerical result out of range'), as the C library's error number 34 reads.
Result raise_out_of_range(Runtime& rt) {
  Exception* e = new_exception(rt, TypeId::OverflowError, Value::unbound());
  Value args[2] = {Value::from_int(34), Value::from(new_str(rt, "Numerical result out of range"))};
  e->args = new_tuple_from(rt, args, 2);
  rt.heap.wrote(e);
  return raise_value(rt, Value::from(e));
}

}  // namespace

Result float_power(Runtime& rt, f64 a, f64 b) {
  if (b == 0 || a == 1) return new_float(rt, 1.0);
  if (std::isnan(a)) return new_float(rt, a);
  if (std::isnan(b)) return new_float(rt, b);
  if (a == 0 && b < 0 && !std::isinf(b)) {
    return raise(rt, TypeId::ZeroDivisionError, "0.0 cannot be raised to a negative power");
  }
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) {
    return complex_power(rt, {a, 0}, {b, 0});
  }
  f64 result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b)) return raise_out_of_range(rt);
  return new_float(rt, result);
}

}  // namespace lisle::rt

// Exact comparison across int, float and complex, and what else the methods of these types share.
#include "runtime/types/number_compare.h"

#include <cmath>

#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

bool holds(CompareOp op, int order) {
  switch (op) {
    case CompareOp::Lt:
      return order < 0;
    case CompareOp::Le:
      return order <= 0;
    case CompareOp::Eq:
      return order == 0;
    case CompareOp::Ne:
      return order != 0;
    case CompareOp::Gt:
      return order > 0;
    case CompareOp::Ge:
      return order >= 0;
  }
  LISLE_UNREACHABLE();
}

bool holds_for_doubles(CompareOp op, f64 a, f64 b) {
  // NaN is different from everything and ordered with nothing.
  if (std::isnan(a) || std::isnan(b)) return op == CompareOp::Ne;
  return holds(op, (a > b) - (a < b));
}

bool is_real(Value v) {
  return is_int_like(v) || is_float(v);
}

bool compare_reals(CompareOp op, Value a, Value b) {
  bool a_float = is_float(a), b_float = is_float(b);
  if (a_float && b_float) return holds_for_doubles(op, float_value(a), float_value(b));
  if (!a_float && !b_float) return holds(op, int_compare(a, b));
  f64 d = float_value(a_float ? a : b);
  if (std::isnan(d)) return op == CompareOp::Ne;
  return holds(op, a_float ? -int_compare_double(b, d) : int_compare_double(a, d));
}

// Is the real number `v` equal to `d`?
bool equals_double(Value v, f64 d) {
  if (is_float(v)) return float_value(v) == d;
  return !std::isnan(d) && int_compare_double(v, d) == 0;
}

bool complex_equal(Value a, Value b) {
  if (!is_complex(a)) std::swap(a, b);
  const Complex& x = *to<Complex>(a);
  if (is_complex(b)) return x.real == to<Complex>(b)->real && x.imag == to<Complex>(b)->imag;
  return x.imag == 0 && equals_double(b, x.real);
}

}  // namespace

Result number_compare(Runtime&, CompareOp op, Value a, Value b) {
  if (is_real(a) && is_real(b)) return Result::boolean(compare_reals(op, a, b));
  bool numbers = (is_real(a) || is_complex(a)) && (is_real(b) || is_complex(b));
  if (!numbers || (op != CompareOp::Eq && op != CompareOp::Ne)) return Value::not_implemented();
  return Result::boolean(complex_equal(a, b) == (op == CompareOp::Eq));
}

template <CompareOp op>
Result compare_method(Runtime& rt, Frame& f) {
  return number_compare(rt, op, f[0], f[1]);
}
template Result compare_method<CompareOp::Lt>(Runtime&, Frame&);
template Result compare_method<CompareOp::Le>(Runtime&, Frame&);
template Result compare_method<CompareOp::Eq>(Runtime&, Frame&);
template Result compare_method<CompareOp::Ne>(Runtime&, Frame&);
template Result compare_method<CompareOp::Gt>(Runtime&, Frame&);
template Result compare_method<CompareOp::Ge>(Runtime&, Frame&);

// --- arguments -------------------------------------------------------------------------------------------

std::string repr_for_message(Value v) {
  constexpr u64 kLongest = 200;
  TextBuffer text, utf8;
  std::string_view bytes;
  if (const Str* s = as<Str>(v)) {
    append_repr(text, s);
  } else if (bytes_like(v, bytes)) {
    append_bytes_repr(text, bytes);
  }
  TextBuffer cut;
  cut.append_units(text.units(), text.width_log2(), std::min(text.length(), kLongest), text.is_ascii());
  cut.encode_utf8(utf8);
  return std::string(utf8.latin1());
}

Result require_format_spec(Runtime& rt, Value spec) {
  if (is_str(spec)) return Result::none();
  return raise(rt, TypeId::TypeError, "__format__() argument must be str, not %s", argument_type(rt, spec));
}

}  // namespace lisle::rt

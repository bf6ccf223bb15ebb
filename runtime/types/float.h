// float: most are self-tagged in the Value (see value.h); the others, and instances of subclasses, are heap
// objects.
#pragma once
#include <string_view>

#include "runtime/object/result.h"
#include "runtime/types/array.h"

namespace lisle::rt {

struct Float : Object {
  static constexpr Kind kKind = Kind::Float;
  f64 number;

  size_t byte_size() const { return sizeof(Float); }
  template <class V>
  void visit(V&&) {}
};

struct Complex : Object {
  static constexpr Kind kKind = Kind::Complex;
  f64 real, imag;

  size_t byte_size() const { return sizeof(Complex); }
  template <class V>
  void visit(V&&) {}
};

// The float `d` as a Value; allocates only outside the self-tagged range.
Value new_float(Runtime& rt, f64 d);
Value new_complex(Runtime& rt, f64 real, f64 imag);

// Is `v` a float or an instance of a subclass of float?
inline bool is_float(Value v) {
  return v.is_double() || is_kind(v, Kind::Float);
}
inline f64 float_value(Value v) {
  return v.is_double() ? v.as_double() : to<Float>(v)->number;
}

// The arithmetic of floats with the language's errors: ZeroDivisionError, and OverflowError or a complex
// result of powers.
Result float_truediv(Runtime& rt, f64 a, f64 b);
Result float_floordiv(Runtime& rt, f64 a, f64 b);
Result float_mod(Runtime& rt, f64 a, f64 b);
Result float_divmod(Runtime& rt, f64 a, f64 b);  // a Tuple
Result float_power(Runtime& rt, f64 a, f64 b);
// int(d): OverflowError for infinities, ValueError for NaN.
Result int_of_double(Runtime& rt, f64 d);
// The float value of an int, a float, or an instance of a subclass: unbound for other values, OverflowError
// for ints that are too large; the number goes to `out`.
Result double_of(Runtime& rt, Value v, f64& out);
// float(text): unbound when it is no float literal. `text` as number_ascii() makes it.
bool float_from_text(std::string_view text, f64& out);

struct ComplexNumber {
  f64 real, imag;
};
// Sum, difference, product of complex numbers are what C++ code spells out; these have rules of their own.
Result complex_divide(Runtime& rt, ComplexNumber a, ComplexNumber b);
Result complex_power(Runtime& rt, ComplexNumber a, ComplexNumber b);
inline bool is_complex(Value v) {
  return is_kind(v, Kind::Complex);
}

}  // namespace lisle::rt

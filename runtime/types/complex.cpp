// complex: arithmetic, the constructor and the methods.
#include <cmath>
#include <string>

#include "runtime/builtins/warn.h"
#include "runtime/protocols/convert_number.h"
#include "runtime/support/number_text.h"
#include "runtime/types/float.h"
#include "runtime/types/format_spec.h"
#include "runtime/types/instance.h"
#include "runtime/types/int_limbs.h"
#include "runtime/types/list.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

Value new_complex(Runtime& rt, f64 real, f64 imag) {
  Complex* o = rt.make<Complex>(TypeId::Complex);
  o->real = real;
  o->imag = imag;
  return Value::from(o);
}

namespace {

ComplexNumber self_of(Frame& f) {
  const Complex* c = as<Complex>(f[0]);
  return c ? ComplexNumber{c->real, c->imag} : ComplexNumber{};
}

// None when `v` is a number, unbound when not; OverflowError for ints that are too large.
Result complex_of(Runtime& rt, Value v, ComplexNumber& out) {
  if (const Complex* c = as<Complex>(v)) {
    out = {c->real, c->imag};
    return Result::none();
  }
  out.imag = 0;
  return double_of(rt, v, out.real);
}

// --- arithmetic ------------------------------------------------------------------------------------------

ComplexNumber product(ComplexNumber a, ComplexNumber b) {
  return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

// Smith's method: scales by the larger part of the divisor. False for division by zero.
bool quotient(ComplexNumber a, ComplexNumber b, ComplexNumber& out) {
  f64 real_size = std::fabs(b.real), imag_size = std::fabs(b.imag);
  if (real_size >= imag_size) {
    if (real_size == 0) return false;
    f64 ratio = b.imag / b.real;
    f64 denominator = b.real + b.imag * ratio;
    out = {(a.real + a.imag * ratio) / denominator, (a.imag - a.real * ratio) / denominator};
  } else if (imag_size >= real_size) {
    f64 ratio = b.real / b.imag;
    f64 denominator = b.real * ratio + b.imag;
    out = {(a.real * ratio + a.imag) / denominator, (a.imag * ratio - a.real) / denominator};
  } else {
    out = {NAN, NAN};
  }
  return true;
}

// By repeated squaring; exact where the polar form is not.
bool integral_power(ComplexNumber base, i64 exponent, ComplexNumber& out) {
  u64 n = static_cast<u64>(exponent < 0 ? -exponent : exponent);
  ComplexNumber result{1, 0};
  for (u64 mask = 1; n >= mask && mask != 0; mask <<= 1) {
    if (n & mask) result = product(result, base);
    base = product(base, base);
  }
  out = result;
  return exponent > 0 || quotient({1, 0}, result, out);
}

bool polar_power(ComplexNumber a, ComplexNumber b, ComplexNumber& out) {
  if (b.real == 0 && b.imag == 0) {
    out = {1, 0};
    return true;
  }
  if (a.real == 0 && a.imag == 0) {
    out = {0, 0};
    return b.imag == 0 && b.real >= 0;
  }
  f64 size = std::hypot(a.real, a.imag);
  f64 length = std::pow(size, b.real);
  f64 angle = std::atan2(a.imag, a.real);
  f64 phase = angle * b.real;
  if (b.imag != 0) {
    length /= std::exp(angle * b.imag);
    phase += b.imag * std::log(size);
  }
  out = {length * std::cos(phase), length * std::sin(phase)};
  return true;
}

}  // namespace

Result complex_divide(Runtime& rt, ComplexNumber a, ComplexNumber b) {
  ComplexNumber result;
  if (!quotient(a, b, result)) return raise(rt, TypeId::ZeroDivisionError, "complex division by zero");
  return new_complex(rt, result.real, result.imag);
}

Result complex_power(Runtime& rt, ComplexNumber a, ComplexNumber b) {
  constexpr f64 kLargestExact = 100;
  bool integral = b.imag == 0 && b.real == std::floor(b.real) && std::fabs(b.real) <= kLargestExact;
  ComplexNumber result;
  bool defined = integral ? integral_power(a, static_cast<i64>(b.real), result) : polar_power(a, b, result);
  if (!defined) return raise(rt, TypeId::ZeroDivisionError, "0.0 to a negative or complex power");
  if (std::isinf(result.real) || std::isinf(result.imag)) {
    return raise(rt, TypeId::OverflowError, "complex exponentiation");
  }
  return new_complex(rt, result.real, result.imag);
}

namespace {

Result plus(Runtime& rt, ComplexNumber a, ComplexNumber b) {
  return new_complex(rt, a.real + b.real, a.imag + b.imag);
}
Result minus(Runtime& rt, ComplexNumber a, ComplexNumber b) {
  return new_complex(rt, a.real - b.real, a.imag - b.imag);
}
Result times(Runtime& rt, ComplexNumber a, ComplexNumber b) {
  ComplexNumber c = product(a, b);
  return new_complex(rt, c.real, c.imag);
}

template <Result (*operation)(Runtime&, ComplexNumber, ComplexNumber), bool reflected>
Result complex_binary(Runtime& rt, Frame& f) {
  ComplexNumber a, b;
  Value known = TRY(complex_of(rt, f[0], a));
  if (known.is_unbound()) return Value::not_implemented();
  known = TRY(complex_of(rt, f[1], b));
  if (known.is_unbound()) return Value::not_implemented();
  return reflected ? operation(rt, b, a) : operation(rt, a, b);
}

template <bool reflected>
Result complex_pow(Runtime& rt, Frame& f) {
  if (!f[2].is_unbound() && !f[2].is_none()) return raise(rt, TypeId::ValueError, "complex modulo");
  return complex_binary<complex_power, reflected>(rt, f);
}

Result complex_neg(Runtime& rt, Frame& f) {
  ComplexNumber c = self_of(f);
  return new_complex(rt, -c.real, -c.imag);
}
Result complex_itself(Runtime& rt, Frame& f) {
  ComplexNumber c = self_of(f);
  return new_complex(rt, c.real, c.imag);
}
Result complex_conjugate(Runtime& rt, Frame& f) {
  ComplexNumber c = self_of(f);
  return new_complex(rt, c.real, -c.imag);
}

Result complex_abs(Runtime& rt, Frame& f) {
  ComplexNumber c = self_of(f);
  f64 size = std::hypot(c.real, c.imag);
  if (std::isinf(size) && std::isfinite(c.real) && std::isfinite(c.imag)) {
    return raise(rt, TypeId::OverflowError, "absolute value too large");
  }
  return new_float(rt, size);
}

Result complex_bool(Runtime&, Frame& f) {
  ComplexNumber c = self_of(f);
  return Result::boolean(c.real != 0 || c.imag != 0);
}

Result complex_hash(Runtime& rt, Frame& f) {
  constexpr u64 kImagFactor = 1000003;
  ComplexNumber c = self_of(f);
  i64 hash = static_cast<i64>(static_cast<u64>(double_hash(c.real)) +
                              kImagFactor * static_cast<u64>(double_hash(c.imag)));
  return new_int(rt, hash == -1 ? -2 : hash);
}

// --- text ------------------------------------------------------------------------------------------------

Result complex_repr(Runtime& rt, Frame& f) {
  ComplexNumber c = self_of(f);
  std::string imag = double_repr_bare(c.imag) + "j";
  if (c.real == 0 && !std::signbit(c.real)) return Value::from(new_str_latin1(rt, imag));
  // NaN has a sign, but does not show it.
  if (imag[0] != '-') imag.insert(0, "+");
  return Value::from(new_str_latin1(rt, "(" + double_repr_bare(c.real) + imag + ")"));
}

Result complex_format(Runtime& rt, Frame& f) {
  TRY(require_format_spec(rt, f[1]));
  if (to<Str>(f[1])->length == 0) return to_str(rt, f, f[0]);
  return format_complex(rt, f[0], *to<Str>(f[1]));
}

std::string_view strip(std::string_view text) {
  while (!text.empty() && is_space_code_point(static_cast<u8>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && is_space_code_point(static_cast<u8>(text.back()))) text.remove_suffix(1);
  return text;
}

bool is_j(std::string_view text) {
  return text == "j" || text == "J";
}

// Real, imaginary, or real and signed imaginary part, without surrounding spaces.
bool parse_parts(std::string_view text, ComplexNumber& out) {
  out = {0, 0};
  f64 first = 0;
  size_t used = parse_double_prefix(text, first);
  std::string_view rest = text.substr(used);
  if (used != 0 && rest.empty()) {
    out.real = first;
    return true;
  }
  if (used != 0 && is_j(rest)) {
    out.imag = first;
    return true;
  }
  // What is left is an imaginary part whose number may be a bare sign, or nothing at all when it is alone.
  bool has_sign = !rest.empty() && (rest[0] == '+' || rest[0] == '-');
  if (used != 0) {
    if (!has_sign) return false;
    out.real = first;
  }
  size_t imag_used = used != 0 ? parse_double_prefix(rest, out.imag) : 0;
  if (imag_used == 0) {
    out.imag = has_sign && rest[0] == '-' ? -1 : 1;
    imag_used = has_sign;
  }
  return is_j(rest.substr(imag_used));
}

bool parse_complex(std::string_view text, ComplexNumber& out) {
  std::string plain;
  if (text.find('_') != std::string_view::npos) {
    if (!strip_underscores(text, plain)) return false;
    text = plain;
  }
  text = strip(text);
  if (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
    text = strip(text.substr(1, text.size() - 2));
  }
  return !text.empty() && parse_parts(text, out);
}

// --- construction ----------------------------------------------------------------------------------------

Value complex_of_class(Runtime& rt, Value cls, f64 real, f64 imag) {
  Type* type = to<Type>(cls);
  if (type == rt.type(TypeId::Complex)) return new_complex(rt, real, imag);
  Complex* o = new_instance_of<Complex>(rt, type);
  o->real = real;
  o->imag = imag;
  return Value::from(o);
}

// complex(real, imag) of two numbers: both may be complex.
Result combine(Runtime& rt, Value cls, Value real, Value imag) {
  ComplexNumber a{0, 0}, b{0, 0};
  if (!real.is_unbound()) TRY(complex_of(rt, real, a));
  if (imag.is_unbound()) return complex_of_class(rt, cls, a.real, a.imag);
  TRY(complex_of(rt, imag, b));
  // Adding a zero would lose the sign of another zero.
  if (is_complex(imag)) a.real -= b.imag;
  if (is_complex(real)) b.real += a.imag;
  return complex_of_class(rt, cls, a.real, b.real);
}

bool is_plain_number(const Runtime& rt, Value v) {
  if (v.is_unbound() || v.is_double() || v.is_bool() || is_exact_int(rt, v)) return true;
  if (!v.is_object()) return false;
  ShapeId shape = v.object()->shape;
  return shape == rt.shape_of(TypeId::Float) || shape == rt.shape_of(TypeId::Complex);
}

// (cls, real=0, imag=0)
Result complex_new(Runtime& rt, Frame& f) {
  TRY(require_class(rt, f[0], TypeId::Complex));
  Value real = f[1], imag = f[2];
  if (is_str(real)) {
    if (!imag.is_unbound()) {
      return raise(rt, TypeId::TypeError, "complex() can't take second arg if first is a string");
    }
    ComplexNumber c;
    std::string text = number_ascii(to<Str>(real)), plain;
    bool misplaced = text.find('_') != std::string::npos && !strip_underscores(text, plain);
    if (misplaced)
      return raise(rt, TypeId::ValueError, "could not convert string to complex: %s",
                   repr_for_message(real).c_str());
    if (!parse_complex(text, c)) {
      return raise(rt, TypeId::ValueError, "complex() arg is a malformed string");
    }
    return complex_of_class(rt, f[0], c.real, c.imag);
  }
  bool exact = is_complex(real) && real.object()->shape == rt.shape_of(TypeId::Complex);
  if (exact && imag.is_unbound() && f[0] == Value::from(rt.type(TypeId::Complex))) return real;
  if (is_str(imag)) return raise(rt, TypeId::TypeError, "complex() second arg can't be a string");
  if (is_plain_number(rt, real) && is_plain_number(rt, imag)) return combine(rt, f[0], real, imag);
  if (!real.is_unbound() && !is_complex(real) && !has_special(rt, real, Special::Complex) &&
      !converts_to_float(rt, real)) {
    return raise(rt, TypeId::TypeError, "complex() first argument must be a string or a number, not '%s'",
                 type_name(rt, real));
  }
  if (!imag.is_unbound() && !is_complex(imag) && !converts_to_float(rt, imag)) {
    return raise(rt, TypeId::TypeError, "complex() second argument must be a number, not '%s'",
                 type_name(rt, imag));
  }
  return call_internal(rt, f, Internal::ComplexNew, {f[0], real, imag});
}

}  // namespace

// f: class, real, imag; numbers by their methods.
Result complex_new_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!f[1].is_unbound() && has_special(rt, f[1], Special::Complex)) {
        AWAIT(1, call_special(rt, f, f[1], Special::Complex, {}));
        if (!is_complex(r.value())) {
          return raise(rt, TypeId::TypeError, "__complex__ returned non-complex (type %s)",
                       type_name(rt, r.value()));
        }
        f[1] = r.value();
        if (f[1].object()->shape != rt.shape_of(TypeId::Complex)) {
          AWAIT(4, warn(rt, f, TypeId::DeprecationWarning,
                        std::string("__complex__ returned non-complex (type ") + type_name(rt, f[1]) +
                            ").  The ability to return an instance of a strict subclass of complex is "
                            "deprecated, and may be removed in a future version of Python."));
        }
      }
      if (!f[1].is_unbound() && !is_complex(f[1])) {
        AWAIT(2, to_float(rt, f, f[1]));
        f[1] = r.value();
      }
      if (!f[2].is_unbound() && !is_complex(f[2])) {
        AWAIT(3, to_float(rt, f, f[2]));
        f[2] = r.value();
      }
      return combine(rt, f[0], f[1], f[2]);
  }
  LISLE_UNREACHABLE();
}

namespace {

Result complex_real(Runtime& rt, Frame& f) {
  return new_float(rt, self_of(f).real);
}
Result complex_imag(Runtime& rt, Frame& f) {
  return new_float(rt, self_of(f).imag);
}

Result complex_getnewargs(Runtime& rt, Frame& f) {
  Value parts[2] = {new_float(rt, self_of(f).real), Value()};
  parts[1] = new_float(rt, self_of(f).imag);
  return Value::from(new_tuple_from(rt, parts, 2));
}

// --- the type --------------------------------------------------------------------------------------------

const NativeSpec kMethods[] = {
    {"__new__", complex_new, "(cls, real=0, imag=0)", nullptr, 0, kStatic},
    {"__repr__", complex_repr, "(self, /)"},
    {"__hash__", complex_hash, "(self, /)"},
    {"__bool__", complex_bool, "(self, /)"},
    {"__lt__", compare_method<CompareOp::Lt>, "(self, value, /)"},
    {"__le__", compare_method<CompareOp::Le>, "(self, value, /)"},
    {"__eq__", compare_method<CompareOp::Eq>, "(self, value, /)"},
    {"__ne__", compare_method<CompareOp::Ne>, "(self, value, /)"},
    {"__gt__", compare_method<CompareOp::Gt>, "(self, value, /)"},
    {"__ge__", compare_method<CompareOp::Ge>, "(self, value, /)"},
    {"__add__", complex_binary<plus, false>, "(self, value, /)"},
    {"__radd__", complex_binary<plus, true>, "(self, value, /)"},
    {"__sub__", complex_binary<minus, false>, "(self, value, /)"},
    {"__rsub__", complex_binary<minus, true>, "(self, value, /)"},
    {"__mul__", complex_binary<times, false>, "(self, value, /)"},
    {"__rmul__", complex_binary<times, true>, "(self, value, /)"},
    {"__truediv__", complex_binary<complex_divide, false>, "(self, value, /)"},
    {"__rtruediv__", complex_binary<complex_divide, true>, "(self, value, /)"},
    {"__pow__", complex_pow<false>, "(self, value, mod=None, /)"},
    {"__rpow__", complex_pow<true>, "(self, value, mod=None, /)"},
    {"__neg__", complex_neg, "(self, /)"},
    {"__pos__", complex_itself, "(self, /)"},
    {"__abs__", complex_abs, "(self, /)"},
    {"__complex__", complex_itself, "(self, /)", "Convert this value to exact type complex."},
    {"__format__", complex_format, "(self, format_spec, /)"},
    {"__getnewargs__", complex_getnewargs, "(self, /)"},
    {"conjugate", complex_conjugate, "(self, /)", "Return the complex conjugate of its argument."},
};

const GetsetSpec kGetsets[] = {
    {"real", complex_real, nullptr, "the real part of a complex number"},
    {"imag", complex_imag, nullptr, "the imaginary part of a complex number"},
};

}  // namespace

extern const TypeSpec kComplexType;
const TypeSpec kComplexType = {
    "complex",      "builtins",    "Create a complex number from a real part and an optional imaginary part.",
    TypeId::Object, Kind::Complex, 0,
    kMethods,       kGetsets,
};

}  // namespace lisle::rt

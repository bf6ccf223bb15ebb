// The type float: its constructor and methods.
#include <cmath>

#include "runtime/protocols/convert_number.h"
#include "runtime/protocols/pure.h"
#include "runtime/support/number_text.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/format_spec.h"
#include "runtime/types/instance.h"
#include "runtime/types/int_limbs.h"
#include "runtime/types/list.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

f64 self_of(Frame& f) {
  return is_float(f[0]) ? float_value(f[0]) : 0.0;
}

Value ascii_text(Runtime& rt, const std::string& text) {
  return Value::from(new_str_latin1(rt, text));
}

// --- construction ----------------------------------------------------------------------------------------

Value float_of_class(Runtime& rt, Value cls, f64 d) {
  Type* type = to<Type>(cls);
  if (type == rt.type(TypeId::Float)) return new_float(rt, d);
  Float* o = new_instance_of<Float>(rt, type);
  o->number = d;
  return Value::from(o);
}

Result float_from_string(Runtime& rt, Value cls, Value text) {
  f64 d = 0;
  std::string_view bytes;
  bool good = false;
  if (const Str* s = as<Str>(text)) {
    good = float_from_text(number_ascii(s), d);
  } else if (bytes_like(text, bytes)) {
    good = float_from_text(bytes, d);
  }
  if (good) return float_of_class(rt, cls, d);
  return raise(rt, TypeId::ValueError, "could not convert string to float: %s",
               repr_for_message(text).c_str());
}

// (cls, x=0, /)
Result float_new(Runtime& rt, Frame& f) {
  TRY(require_class(rt, f[0], TypeId::Float));
  Value x = f[1];
  if (x.is_unbound()) return float_of_class(rt, f[0], 0.0);
  if (x.is_double() || (is_kind(x, Kind::Float) && x.object()->shape == rt.shape_of(TypeId::Float))) {
    if (f[0] == Value::from(rt.type(TypeId::Float))) return x;
    return float_of_class(rt, f[0], float_value(x));
  }
  if (is_exact_int(rt, x) || x.is_bool()) {
    f64 d = 0;
    TRY(double_of(rt, x, d));
    return float_of_class(rt, f[0], d);
  }
  std::string_view bytes;
  if (is_exact_str(rt, x)) return float_from_string(rt, f[0], x);
  if (converts_to_float(rt, x)) return call_internal(rt, f, Internal::FloatNew, {f[0], x});
  if (is_str(x) || bytes_like(x, bytes)) return float_from_string(rt, f[0], x);
  return raise(rt, TypeId::TypeError, "float() argument must be a string or a real number, not '%s'",
               type_name(rt, x));
}

// float(x) of a small number.
Result float_construct(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 1) return Value::unbound();
  if (f[0].is_double()) return f[0];
  return f[0].is_int() ? new_float(rt, static_cast<f64>(f[0].as_int())) : Value::unbound();
}

}  // namespace

// f: class, object with __float__ or __index__.
Result float_new_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      // Subclasses of float may override __float__, which to_float would not ask.
      if (has_special(rt, f[1], Special::Float)) {
        AWAIT(1, call_internal(rt, f, Internal::ToFloat, {f[1]}));
        return float_of_class(rt, f[0], float_value(r.value()));
      }
      AWAIT(2, to_float(rt, f, f[1]));
      return float_of_class(rt, f[0], float_value(r.value()));
  }
  LISLE_UNREACHABLE();
}

namespace {

// What class methods return: a float, or the subclass called with it.
Result deliver(Runtime& rt, Frame& f, Value cls, f64 d) {
  if (cls == Value::from(rt.type(TypeId::Float))) return new_float(rt, d);
  return call(rt, f, cls, {new_float(rt, d)});
}

// --- arithmetic ------------------------------------------------------------------------------------------

Result plus(Runtime& rt, f64 a, f64 b) {
  return new_float(rt, a + b);
}
Result minus(Runtime& rt, f64 a, f64 b) {
  return new_float(rt, a - b);
}
Result times(Runtime& rt, f64 a, f64 b) {
  return new_float(rt, a * b);
}

template <Result (*operation)(Runtime&, f64, f64), bool reflected>
Result float_binary(Runtime& rt, Frame& f) {
  f64 a = 0, b = 0;
  Value known = TRY(double_of(rt, f[0], a));
  if (known.is_unbound()) return Value::not_implemented();
  known = TRY(double_of(rt, f[1], b));
  if (known.is_unbound()) return Value::not_implemented();
  return reflected ? operation(rt, b, a) : operation(rt, a, b);
}

template <bool reflected>
Result float_pow(Runtime& rt, Frame& f) {
  if (!f[2].is_unbound() && !f[2].is_none()) {
    return raise(rt, TypeId::TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
  }
  return float_binary<float_power, reflected>(rt, f);
}

Result float_neg(Runtime& rt, Frame& f) {
  return new_float(rt, -self_of(f));
}
Result float_pos(Runtime& rt, Frame& f) {
  return new_float(rt, self_of(f));
}
Result float_abs(Runtime& rt, Frame& f) {
  return new_float(rt, std::fabs(self_of(f)));
}
Result float_bool(Runtime&, Frame& f) {
  return Result::boolean(self_of(f) != 0);
}

Result float_hash(Runtime& rt, Frame& f) {
  f64 d = self_of(f);
  // NaNs are unequal to themselves; hashing them alike would chain them all in one place of a dict.
  return new_int(rt, std::isnan(d) ? identity_hash(f[0]) : double_hash(d));
}

// --- integral values -------------------------------------------------------------------------------------

Result float_trunc(Runtime& rt, Frame& f) {
  return int_of_double(rt, self_of(f));
}
Result float_floor(Runtime& rt, Frame& f) {
  return int_of_double(rt, std::floor(self_of(f)));
}
Result float_ceil(Runtime& rt, Frame& f) {
  return int_of_double(rt, std::ceil(self_of(f)));
}

Result float_round(Runtime& rt, Frame& f) {
  f64 d = self_of(f);
  if (f[1].is_unbound() || f[1].is_none()) {
    // rint rounds halves to even, the default of the floating-point environment.
    return int_of_double(rt, std::rint(d));
  }
  if (!is_exact_int(rt, f[1])) return retry_converted(rt, f, {Want::kAsIs, Want::kIndex});
  if (!std::isfinite(d)) return new_float(rt, d);
  i64 digits = 0;
  if (!int_to_i64(f[1], digits)) digits = int_is_negative(f[1]) ? INT64_MIN : INT64_MAX;
  f64 rounded = round_to_digits(d, digits);
  if (std::isinf(rounded)) return raise(rt, TypeId::OverflowError, "rounded value too large to represent");
  return new_float(rt, rounded);
}

Result float_is_integer(Runtime&, Frame& f) {
  f64 d = self_of(f);
  return Result::boolean(std::isfinite(d) && std::floor(d) == d);
}

Result float_ratio(Runtime& rt, Frame& f) {
  f64 d = self_of(f);
  if (std::isinf(d)) return raise(rt, TypeId::OverflowError, "cannot convert Infinity to integer ratio");
  if (std::isnan(d)) return raise(rt, TypeId::ValueError, "cannot convert NaN to integer ratio");
  int exponent = 0;
  i64 mantissa = static_cast<i64>(std::ldexp(std::frexp(d, &exponent), 53));
  exponent -= 53;
  int zeros = mantissa == 0 ? 0 : __builtin_ctzll(static_cast<u64>(mantissa));
  zeros = exponent < 0 ? std::min(zeros, -exponent) : 0;
  exponent += zeros;
  if (mantissa == 0) exponent = 0;
  Value pair[2] = {new_int(rt, mantissa >> zeros), Value::from_int(1)};
  if (exponent >= 0) {
    pair[0] = TRY(int_lshift(rt, pair[0], Value::from_int(exponent)));
  } else {
    pair[1] = TRY(int_lshift(rt, pair[1], Value::from_int(-exponent)));
  }
  return Value::from(new_tuple_from(rt, pair, 2));
}

// --- text ------------------------------------------------------------------------------------------------

Result float_repr(Runtime& rt, Frame& f) {
  return ascii_text(rt, double_repr(self_of(f)));
}
Result float_hex(Runtime& rt, Frame& f) {
  return ascii_text(rt, double_hex(self_of(f)));
}

Result float_format(Runtime& rt, Frame& f) {
  TRY(require_format_spec(rt, f[1]));
  if (to<Str>(f[1])->length == 0) return to_str(rt, f, f[0]);
  return format_float(rt, f[0], *to<Str>(f[1]));
}

Result float_fromhex(Runtime& rt, Frame& f) {
  if (!is_str(f[1])) return raise(rt, TypeId::TypeError, "bad argument type for built-in operation");
  TextBuffer scratch;
  f64 d = 0;
  switch (parse_double_hex(str_utf8(to<Str>(f[1]), scratch), d)) {
    case HexParse::kOk:
      return deliver(rt, f, f[0], d);
    case HexParse::kMalformed:
      return raise(rt, TypeId::ValueError, "invalid hexadecimal floating-point string");
    case HexParse::kTooLarge:
      return raise(rt, TypeId::OverflowError, "hexadecimal value too large to represent as a float");
  }
  LISLE_UNREACHABLE();
}

Result float_getformat(Runtime& rt, Frame& f) {
  const Str* kind = as<Str>(f[1]);
  if (!kind) {
    return raise(rt, TypeId::TypeError, "__getformat__() argument must be str, not %s",
                 argument_type(rt, f[1]));
  }
  if (str_equals(kind, "double") || str_equals(kind, "float")) return ascii_text(rt, "IEEE, little-endian");
  return raise(rt, TypeId::ValueError, "__getformat__() argument 1 must be 'double' or 'float'");
}

Result float_getnewargs(Runtime& rt, Frame& f) {
  Value number = new_float(rt, self_of(f));
  return Value::from(new_tuple_from(rt, &number, 1));
}

Result float_zero(Runtime& rt, Frame&) {
  return new_float(rt, 0.0);
}

}  // namespace

// --- the type --------------------------------------------------------------------------------------------

namespace {

const NativeSpec kMethods[] = {
    {"__new__", float_new, "(cls, x=0, /)", nullptr, 0, kStatic},
    {"__repr__", float_repr, "(self, /)"},
    {"__hash__", float_hash, "(self, /)"},
    {"__bool__", float_bool, "(self, /)"},
    {"__lt__", compare_method<CompareOp::Lt>, "(self, value, /)"},
    {"__le__", compare_method<CompareOp::Le>, "(self, value, /)"},
    {"__eq__", compare_method<CompareOp::Eq>, "(self, value, /)"},
    {"__ne__", compare_method<CompareOp::Ne>, "(self, value, /)"},
    {"__gt__", compare_method<CompareOp::Gt>, "(self, value, /)"},
    {"__ge__", compare_method<CompareOp::Ge>, "(self, value, /)"},
    {"__add__", float_binary<plus, false>, "(self, value, /)"},
    {"__radd__", float_binary<plus, true>, "(self, value, /)"},
    {"__sub__", float_binary<minus, false>, "(self, value, /)"},
    {"__rsub__", float_binary<minus, true>, "(self, value, /)"},
    {"__mul__", float_binary<times, false>, "(self, value, /)"},
    {"__rmul__", float_binary<times, true>, "(self, value, /)"},
    {"__truediv__", float_binary<float_truediv, false>, "(self, value, /)"},
    {"__rtruediv__", float_binary<float_truediv, true>, "(self, value, /)"},
    {"__floordiv__", float_binary<float_floordiv, false>, "(self, value, /)"},
    {"__rfloordiv__", float_binary<float_floordiv, true>, "(self, value, /)"},
    {"__mod__", float_binary<float_mod, false>, "(self, value, /)"},
    {"__rmod__", float_binary<float_mod, true>, "(self, value, /)"},
    {"__divmod__", float_binary<float_divmod, false>, "(self, value, /)"},
    {"__rdivmod__", float_binary<float_divmod, true>, "(self, value, /)"},
    {"__pow__", float_pow<false>, "(self, value, mod=None, /)"},
    {"__rpow__", float_pow<true>, "(self, value, mod=None, /)"},
    {"__neg__", float_neg, "(self, /)"},
    {"__pos__", float_pos, "(self, /)"},
    {"__abs__", float_abs, "(self, /)"},
    {"__int__", float_trunc, "(self, /)"},
    {"__float__", float_pos, "(self, /)"},
    {"__trunc__", float_trunc, "(self, /)", "Return the Integral closest to x between 0 and x."},
    {"__floor__", float_floor, "(self, /)", "Return the floor as an Integral."},
    {"__ceil__", float_ceil, "(self, /)", "Return the ceiling as an Integral."},
    {"__round__", float_round, "(self, ndigits=None, /)"},
    {"__format__", float_format, "(self, format_spec, /)"},
    {"__getnewargs__", float_getnewargs, "(self, /)"},
    {"__getformat__", float_getformat, "(cls, typestr, /)", nullptr, 0, kClassMethod},
    {"as_integer_ratio", float_ratio, "(self, /)",
     "Return a pair of integers whose ratio is exactly equal to the original float.\n\n>>> "
     "(0.75).as_integer_ratio()\n(3, 4)\n"},
    {"conjugate", float_pos, "(self, /)", "Return self, the complex conjugate of any float."},
    {"fromhex", float_fromhex, "(cls, string, /)",
     "Create a floating-point number from a hexadecimal string.\n\n>>> float.fromhex('0x1.8p1')\n3.0\n", 0,
     kClassMethod},
    {"hex", float_hex, "(self, /)",
     "Return a hexadecimal representation of a floating-point number.\n\n>>> "
     "(3.0).hex()\n'0x1.8000000000000p+1'\n"},
    {"is_integer", float_is_integer, "(self, /)", "Return True if the float is an integer."},
};

const GetsetSpec kGetsets[] = {
    {"real", float_pos, nullptr, "the real part of a complex number"},
    {"imag", float_zero, nullptr, "the imaginary part of a complex number"},
};

}  // namespace

extern const TypeSpec kFloatType;
const TypeSpec kFloatType = {
    "float",        "builtins",  "Convert a string or number to a floating point number, if possible.",
    TypeId::Object, Kind::Float, 0,
    kMethods,       kGetsets,    float_construct,
};

}  // namespace lisle::rt

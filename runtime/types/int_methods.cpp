// The types int and bool: constructors, operators and methods.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "runtime/protocols/convert_number.h"
#include "runtime/protocols/iterate.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/format_spec.h"
#include "runtime/types/instance.h"
#include "runtime/types/int_limbs.h"
#include "runtime/types/list.h"
#include "runtime/types/number_compare.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

Value self_of(Frame& f) {
  return is_int_like(f[0]) ? f[0] : Value::from_int(0);
}

// --- construction ----------------------------------------------------------------------------------------

// The int `v` as an instance of class `cls`, which is int or a subclass of it.
Value int_of_class(Runtime& rt, Value cls, Value v) {
  Type* type = to<Type>(cls);
  if (type == rt.type(TypeId::Int)) return v;
  IntView view(v);
  Int* o = new_instance_of<Int>(rt, type, view.count() * sizeof(u64));
  o->size = view.negative() ? -static_cast<i64>(view.count()) : static_cast<i64>(view.count());
  std::memcpy(o->limbs, view.limbs(), view.count() * sizeof(u64));
  return Value::from(o);
}

// A decimal literal without frills that fits a small int; unbound for every other text.
Value int_of_digits(const Str& s) {
  u64 at = s.length > 0 && s.data[0] == '-';
  if (!s.is_ascii() || s.length == at || s.length > 18) return Value::unbound();
  i64 number = 0;
  for (u64 i = at; i < s.length; ++i) {
    u32 digit = s.data[i] - u32{'0'};
    if (digit > 9) return Value::unbound();
    number = number * 10 + digit;
  }
  return Value::from_int(at ? -number : number);
}

// int(text, base) for a str or bytes-like object.
Result int_from_string(Runtime& rt, Value cls, Value text, int base) {
  std::string_view bytes;
  std::string ascii;
  if (const Str* s = as<Str>(text)) {
    ascii = number_ascii(s);
  } else if (bytes_like(text, bytes)) {
    ascii.assign(bytes);
    for (char& c : ascii) c = static_cast<u8>(c) < 128 ? c : '?';
  }
  Value number = TRY(int_from_text(rt, ascii, base));
  if (!number.is_unbound()) return int_of_class(rt, cls, number);
  return raise(rt, TypeId::ValueError, "invalid literal for int() with base %d: %s", base,
               repr_for_message(text).c_str());
}

Result int_with_base(Runtime& rt, Frame& f) {
  if (!is_exact_int(rt, f[2])) return retry_converted(rt, f, {Want::kAsIs, Want::kAsIs, Want::kIndex});
  if (f[1].is_unbound()) return raise(rt, TypeId::TypeError, "int() missing string argument");
  i64 base = 0;
  if (!int_to_i64(f[2], base) || base < 0 || base == 1 || base > 36) {
    return raise(rt, TypeId::ValueError, "int() base must be >= 2 and <= 36, or 0");
  }
  if (!is_str(f[1]) && !is_kind(f[1], Kind::Bytes) && !is_kind(f[1], Kind::ByteArray)) {
    return raise(rt, TypeId::TypeError, "int() can't convert non-string with explicit base");
  }
  return int_from_string(rt, f[0], f[1], static_cast<int>(base));
}

// (cls, x=0, /, base=10)
Result int_new(Runtime& rt, Frame& f) {
  TRY(require_class(rt, f[0], TypeId::Int));
  Value x = f[1];
  if (!f[2].is_unbound()) return int_with_base(rt, f);
  if (x.is_unbound()) return int_of_class(rt, f[0], Value::from_int(0));
  if (is_exact_int(rt, x)) return int_of_class(rt, f[0], x);
  if (x.is_bool()) return int_of_class(rt, f[0], Value::from_int(x.is_true()));
  if (x.is_double()) {
    Value whole = TRY(int_of_double(rt, x.as_double()));
    return int_of_class(rt, f[0], whole);
  }
  if (is_exact_str(rt, x)) return int_from_string(rt, f[0], x, 10);
  for (Special s : {Special::Int, Special::Index, Special::Trunc}) {
    if (has_special(rt, x, s)) return call_internal(rt, f, Internal::IntNew, {f[0], x});
  }
  std::string_view bytes;
  if (is_str(x) || bytes_like(x, bytes)) return int_from_string(rt, f[0], x, 10);
  return raise_not_an_int(rt, x);
}

// int(x) of what is no business of the program.
Result int_construct(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 1) return Value::unbound();
  if (f[0].is_int()) return f[0];
  if (f[0].is_double()) return int_of_double(rt, f[0].as_double());
  return is_exact_str(rt, f[0]) ? int_of_digits(*to<Str>(f[0])) : Value::unbound();
}

}  // namespace

// f: class, object that is a number by its methods.
Result int_new_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_int(rt, f, f[1]));
      return int_of_class(rt, f[0], r.value());
  }
  LISLE_UNREACHABLE();
}

namespace {

// What class methods return: an int, or the subclass called with it.
Result deliver(Runtime& rt, Frame& f, Value cls, Value number) {
  if (cls == Value::from(rt.type(TypeId::Int))) return number;
  return call(rt, f, cls, {number});
}

// --- operators -------------------------------------------------------------------------------------------

using IntOperation = Result (*)(Runtime&, Value, Value);

template <IntOperation operation, bool reflected>
Result int_binary(Runtime& rt, Frame& f) {
  if (!is_int_like(f[0]) || !is_int_like(f[1])) return Value::not_implemented();
  return reflected ? operation(rt, f[1], f[0]) : operation(rt, f[0], f[1]);
}

// A float compares itself with an int, not the other way round.
template <CompareOp op>
Result int_ordering(Runtime& rt, Frame& f) {
  if (!is_int_like(f[0]) || !is_int_like(f[1])) return Value::not_implemented();
  return number_compare(rt, op, f[0], f[1]);
}

template <bool reflected>
Result int_power(Runtime& rt, Frame& f) {
  if (!is_int_like(f[0]) || !is_int_like(f[1])) return Value::not_implemented();
  Value base = reflected ? f[1] : f[0], exponent = reflected ? f[0] : f[1];
  if (f[2].is_unbound() || f[2].is_none()) return int_pow(rt, base, exponent);
  if (!is_int_like(f[2])) return Value::not_implemented();
  return int_pow_mod(rt, base, exponent, f[2]);
}

Result int_negative(Runtime& rt, Frame& f) {
  return int_neg(rt, self_of(f));
}
Result int_itself(Runtime& rt, Frame& f) {
  return exact_int(rt, self_of(f));
}
Result int_absolute(Runtime& rt, Frame& f) {
  return int_is_negative(self_of(f)) ? int_neg(rt, self_of(f)) : exact_int(rt, self_of(f));
}
Result int_inverted(Runtime& rt, Frame& f) {
  return int_invert(rt, self_of(f));
}
Result int_truth(Runtime&, Frame& f) {
  return Result::boolean(!int_is_zero(self_of(f)));
}
Result int_hash_method(Runtime& rt, Frame& f) {
  return new_int(rt, int_hash(self_of(f)));
}

Result int_to_float(Runtime& rt, Frame& f) {
  f64 d = 0;
  TRY(double_of(rt, self_of(f), d));
  return new_float(rt, d);
}

// Rounds to a multiple of 10 ** -digits, halves to the even multiple.
Result round_to_power(Runtime& rt, Value v, i64 digits) {
  u64 places = u64{0} - static_cast<u64>(digits);
  // 10^places is more than twice |v|.
  if (places > int_bit_length(v) / 3 + 1) return Value::from_int(0);
  Value unit = TRY(int_pow(rt, Value::from_int(10), new_int_unsigned(rt, places)));
  Value quotient = TRY(int_floordiv(rt, v, unit));
  Value rest = TRY(int_mod(rt, v, unit));
  Value twice = TRY(int_lshift(rt, rest, Value::from_int(1)));
  int order = int_compare(twice, unit);
  Value low_bit = TRY(int_and(rt, quotient, Value::from_int(1)));
  if (order > 0 || (order == 0 && !int_is_zero(low_bit))) {
    quotient = TRY(int_add(rt, quotient, Value::from_int(1)));
  }
  return int_mul(rt, quotient, unit);
}

Result int_round(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return exact_int(rt, self_of(f));
  if (!is_exact_int(rt, f[1])) return retry_converted(rt, f, {Want::kAsIs, Want::kIndex});
  if (!int_is_negative(f[1])) return exact_int(rt, self_of(f));
  i64 digits = 0;
  if (!int_to_i64(f[1], digits)) return Value::from_int(0);
  return round_to_power(rt, self_of(f), digits);
}

// --- methods ---------------------------------------------------------------------------------------------

Result int_repr(Runtime& rt, Frame& f) {
  Str* text = nullptr;
  TRY(int_to_text(rt, self_of(f), 10, text));
  return Value::from(text);
}

Result int_format(Runtime& rt, Frame& f) {
  TRY(require_format_spec(rt, f[1]));
  if (to<Str>(f[1])->length == 0) return to_str(rt, f, f[0]);
  return rt::format_int(rt, f[0], *to<Str>(f[1]));
}

Result int_bits(Runtime& rt, Frame& f) {
  return new_int_unsigned(rt, int_bit_length(self_of(f)));
}

Result int_ones(Runtime& rt, Frame& f) {
  IntView view(self_of(f));
  u64 ones = view.is_zero() ? 0 : mpn_popcount(view.limbs(), static_cast<mp_size_t>(view.count()));
  return new_int_unsigned(rt, ones);
}

Result int_ratio(Runtime& rt, Frame& f) {
  Value pair[2] = {exact_int(rt, self_of(f)), Value::from_int(1)};
  return Value::from(new_tuple_from(rt, pair, 2));
}

Result int_getnewargs(Runtime& rt, Frame& f) {
  Value number = exact_int(rt, self_of(f));
  return Value::from(new_tuple_from(rt, &number, 1));
}

// The size that a program expects to see: CPython's, which counts digits of 30 bits.
Result int_sizeof(Runtime& rt, Frame& f) {
  u64 digits = std::max<u64>((int_bit_length(self_of(f)) + 29) / 30, 1);
  return new_int_unsigned(rt, 24 + 4 * digits);
}

Result int_zero(Runtime&, Frame&) {
  return Value::from_int(0);
}
Result int_one(Runtime&, Frame&) {
  return Value::from_int(1);
}

// --- bytes -----------------------------------------------------------------------------------------------

Result is_little(Runtime& rt, Value order, const char* function) {
  if (order.is_unbound()) return Result::boolean(false);
  const Str* s = as<Str>(order);
  if (!s) {
    return raise(rt, TypeId::TypeError, "%s() argument 'byteorder' must be str, not %s", function,
                 argument_type(rt, order));
  }
  if (str_equals(s, "little")) return Result::boolean(true);
  if (str_equals(s, "big")) return Result::boolean(false);
  return raise(rt, TypeId::ValueError, "byteorder must be either 'little' or 'big'");
}

// `length` bytes of two's complement, or of the magnitude when not `is_signed`.
Result write_bytes(Runtime& rt, Value v, Value length_value, bool little, bool is_signed) {
  i64 length = 0;
  if (!int_to_i64(length_value, length)) {
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C ssize_t");
  }
  if (length < 0) return raise(rt, TypeId::ValueError, "length argument must be non-negative");
  IntView view(v);
  if (view.negative() && !is_signed) {
    return raise(rt, TypeId::OverflowError, "can't convert negative int to unsigned");
  }
  // Signed values need a bit for the sign; -2^k needs no more than k bits besides it.
  u64 bits = view.bit_length();
  bool power_of_two = view.negative() && view.trailing_zeros() + 1 == bits;
  u64 needed = bits + (is_signed && bits > 0 && !power_of_two);
  // CPython makes no room for the sign of -1 in no bytes at all.
  bool nothing = length == 0 && view.negative() && bits == 1;
  if (needed > static_cast<u64>(length) * 8 && !nothing)
    return raise(rt, TypeId::OverflowError, "int too big to convert");
  TRY(require_byte_room(rt, static_cast<u64>(length)));
  Bytes* out = new_bytes_blank(rt, static_cast<u64>(length));
  u64 carry = 1;  // of the two's complement
  for (u64 i = 0; i < static_cast<u64>(length); ++i) {
    u64 limb = i / 8 < view.count() ? view.limbs()[i / 8] : 0;
    u64 byte = limb >> (i % 8 * 8) & 0xff;
    if (view.negative()) {
      byte = (~byte & 0xff) + carry;
      carry = byte >> 8;
    }
    out->data[little ? i : static_cast<u64>(length) - 1 - i] = static_cast<u8>(byte);
  }
  return Value::from(out);
}

Value read_bytes(Runtime& rt, std::string_view bytes, bool little, bool is_signed) {
  size_t n = bytes.size();
  auto byte_at = [&](size_t i) { return static_cast<u8>(bytes[little ? i : n - 1 - i]); };
  bool negative = is_signed && n > 0 && byte_at(n - 1) >= 0x80;
  std::vector<u64> limbs((n + 7) / 8);
  u32 carry = 1;
  for (size_t i = 0; i < n; ++i) {
    u32 byte = byte_at(i);
    if (negative) {
      byte = (~byte & 0xff) + carry;
      carry = byte >> 8;
      byte &= 0xff;
    }
    limbs[i / 8] |= static_cast<u64>(byte) << (i % 8 * 8);
  }
  // Only -2^(8n) carries out of the top, and it has no such encoding; -2^(8n - 1) stays in range.
  return new_int_limbs(rt, limbs.data(), limbs.size(), negative);
}

// f: self, length, byteorder, signed.
Result int_to_bytes(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[1].is_unbound()) f[1] = Value::from_int(1);
      if (f[3].is_unbound()) f[3] = Value::false_();
      AWAIT(1, to_index(rt, f, f[1]));
      f[1] = r.value();
      AWAIT(2, truth(rt, f, f[3]));
      f[3] = r.value();
      Value little = TRY(is_little(rt, f[2], "to_bytes"));
      return write_bytes(rt, self_of(f), f[1], little.is_true(), f[3].is_true());
  }
  LISLE_UNREACHABLE();
}

// The items of a list as bytes.
Result bytes_of_items(Runtime& rt, const List& list) {
  Bytes* out = new_bytes_blank(rt, list.size);
  for (u64 i = 0; i < list.size; ++i) {
    Value item = list.items->items[i];
    i64 byte = 0;
    if (!is_int_like(item)) {
      return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                   type_name(rt, item));
    }
    if (!int_to_i64(item, byte) || byte < 0 || byte > 255) {
      return raise(rt, TypeId::ValueError, "bytes must be in range(0, 256)");
    }
    out->data[i] = static_cast<u8>(byte);
  }
  return Value::from(out);
}

Result finish_from_bytes(Runtime& rt, Frame& f) {
  std::string_view bytes;
  bytes_like(f[1], bytes);
  Value little = TRY(is_little(rt, f[2], "from_bytes"));
  return deliver(rt, f, f[0], read_bytes(rt, bytes, little.is_true(), f[3].is_true()));
}

// f: class, bytes, byteorder, signed.
Result int_from_bytes(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  std::string_view bytes;
  switch (f.step()) {
    case 0:
      if (f[3].is_unbound()) f[3] = Value::false_();
      AWAIT(1, truth(rt, f, f[3]));
      f[3] = r.value();
      if (has_special(rt, f[1], Special::Bytes)) {
        AWAIT(2, call_special(rt, f, f[1], Special::Bytes, {}));
        if (!is_kind(r.value(), Kind::Bytes)) {
          return raise(rt, TypeId::TypeError, "__bytes__ returned non-bytes (type %s)",
                       type_name(rt, r.value()));
        }
        f[1] = r.value();
      } else if (!bytes_like(f[1], bytes)) {
        if (is_str(f[1]) ||
            (!has_special(rt, f[1], Special::Iter) && !has_special(rt, f[1], Special::GetItem))) {
          return raise(rt, TypeId::TypeError, "cannot convert '%s' object to bytes", type_name(rt, f[1]));
        }
        AWAIT(3, list_of(rt, f, f[1]));
        f[1] = TRY(bytes_of_items(rt, *to<List>(r.value())));
      }
      AWAIT(4, finish_from_bytes(rt, f));
      return r;
  }
  LISLE_UNREACHABLE();
}

// --- bool ------------------------------------------------------------------------------------------------

Result bool_new(Runtime& rt, Frame& f) {
  TRY(require_class(rt, f[0], TypeId::Bool));
  if (f[1].is_unbound()) return Result::boolean(false);
  return truth(rt, f, f[1]);
}

Result bool_construct(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 1) return Value::unbound();
  bool known, truth = quick_truth(rt, f[0], known);
  return known ? Result::boolean(truth) : Result(Value::unbound());
}

Result bool_repr(Runtime& rt, Frame& f) {
  return Value::from(intern(rt, f[0].is_true() ? "True" : "False"));
}

// Of two bools & | ^ make a bool; with an int they are the int's.
template <IntOperation operation>
Result bool_binary(Runtime& rt, Frame& f) {
  if (!is_int_like(f[0]) || !is_int_like(f[1])) return Value::not_implemented();
  Value bits = TRY(operation(rt, f[0], f[1]));
  return f[0].is_bool() && f[1].is_bool() ? Result::boolean(!int_is_zero(bits)) : bits;
}

}  // namespace

// --- the types -------------------------------------------------------------------------------------------

namespace {

const NativeSpec kIntMethods[] = {
    {"__new__", int_new, "(cls, x=0, /, base=10)", nullptr, 0, kStatic},
    {"__repr__", int_repr, "(self, /)"},
    {"__hash__", int_hash_method, "(self, /)"},
    {"__bool__", int_truth, "(self, /)"},
    {"__lt__", int_ordering<CompareOp::Lt>, "(self, value, /)"},
    {"__le__", int_ordering<CompareOp::Le>, "(self, value, /)"},
    {"__eq__", int_ordering<CompareOp::Eq>, "(self, value, /)"},
    {"__ne__", int_ordering<CompareOp::Ne>, "(self, value, /)"},
    {"__gt__", int_ordering<CompareOp::Gt>, "(self, value, /)"},
    {"__ge__", int_ordering<CompareOp::Ge>, "(self, value, /)"},
    {"__add__", int_binary<int_add, false>, "(self, value, /)"},
    {"__radd__", int_binary<int_add, true>, "(self, value, /)"},
    {"__sub__", int_binary<int_sub, false>, "(self, value, /)"},
    {"__rsub__", int_binary<int_sub, true>, "(self, value, /)"},
    {"__mul__", int_binary<int_mul, false>, "(self, value, /)"},
    {"__rmul__", int_binary<int_mul, true>, "(self, value, /)"},
    {"__truediv__", int_binary<int_truediv, false>, "(self, value, /)"},
    {"__rtruediv__", int_binary<int_truediv, true>, "(self, value, /)"},
    {"__floordiv__", int_binary<int_floordiv, false>, "(self, value, /)"},
    {"__rfloordiv__", int_binary<int_floordiv, true>, "(self, value, /)"},
    {"__mod__", int_binary<int_mod, false>, "(self, value, /)"},
    {"__rmod__", int_binary<int_mod, true>, "(self, value, /)"},
    {"__divmod__", int_binary<int_divmod, false>, "(self, value, /)"},
    {"__rdivmod__", int_binary<int_divmod, true>, "(self, value, /)"},
    {"__pow__", int_power<false>, "(self, value, mod=None, /)"},
    {"__rpow__", int_power<true>, "(self, value, mod=None, /)"},
    {"__lshift__", int_binary<int_lshift, false>, "(self, value, /)"},
    {"__rlshift__", int_binary<int_lshift, true>, "(self, value, /)"},
    {"__rshift__", int_binary<int_rshift, false>, "(self, value, /)"},
    {"__rrshift__", int_binary<int_rshift, true>, "(self, value, /)"},
    {"__and__", int_binary<int_and, false>, "(self, value, /)"},
    {"__rand__", int_binary<int_and, true>, "(self, value, /)"},
    {"__or__", int_binary<int_or, false>, "(self, value, /)"},
    {"__ror__", int_binary<int_or, true>, "(self, value, /)"},
    {"__xor__", int_binary<int_xor, false>, "(self, value, /)"},
    {"__rxor__", int_binary<int_xor, true>, "(self, value, /)"},
    {"__neg__", int_negative, "(self, /)"},
    {"__pos__", int_itself, "(self, /)"},
    {"__abs__", int_absolute, "(self, /)"},
    {"__invert__", int_inverted, "(self, /)"},
    {"__int__", int_itself, "(self, /)"},
    {"__index__", int_itself, "(self, /)"},
    {"__float__", int_to_float, "(self, /)"},
    {"__trunc__", int_itself, "(self, /)", "Truncating an Integral returns itself."},
    {"__floor__", int_itself, "(self, /)", "Flooring an Integral returns itself."},
    {"__ceil__", int_itself, "(self, /)", "Ceiling of an Integral returns itself."},
    {"__round__", int_round, "(self, ndigits=None, /)", "Rounding an Integral returns itself."},
    {"__format__", int_format, "(self, format_spec, /)"},
    {"__getnewargs__", int_getnewargs, "(self, /)"},
    {"__sizeof__", int_sizeof, "(self, /)", "Returns size in memory, in bytes."},
    {"as_integer_ratio", int_ratio, "(self, /)",
     "Return a pair of integers whose ratio is equal to the original int.\n\n>>> (7).as_integer_ratio()\n(7, "
     "1)\n"},
    {"bit_count", int_ones, "(self, /)",
     "Number of ones in the binary representation of the absolute value of self.\n\n>>> "
     "(-6).bit_count()\n2\n"},
    {"bit_length", int_bits, "(self, /)",
     "Number of bits necessary to represent self in binary.\n\n>>> (255).bit_length()\n8\n"},
    {"conjugate", int_itself, "(self, /)", "Returns self, the complex conjugate of any int."},
    {"to_bytes", int_to_bytes, "(self, /, length=1, byteorder='big', *, signed=False)",
     "Return an array of bytes representing an integer.", 4},
    {"from_bytes", int_from_bytes, "(cls, /, bytes, byteorder='big', *, signed=False)",
     "Return the integer represented by the given array of bytes.", 4, kClassMethod},
};

const GetsetSpec kIntGetsets[] = {
    {"real", int_itself, nullptr, "the real part of a complex number"},
    {"imag", int_zero, nullptr, "the imaginary part of a complex number"},
    {"numerator", int_itself, nullptr, "the numerator of a rational number in lowest terms"},
    {"denominator", int_one, nullptr, "the denominator of a rational number in lowest terms"},
};

const NativeSpec kBoolMethods[] = {
    {"__new__", bool_new, "(cls, x=False, /)", nullptr, 0, kStatic},
    {"__repr__", bool_repr, "(self, /)"},
    {"__and__", bool_binary<int_and>, "(self, value, /)"},
    {"__rand__", bool_binary<int_and>, "(self, value, /)"},
    {"__or__", bool_binary<int_or>, "(self, value, /)"},
    {"__ror__", bool_binary<int_or>, "(self, value, /)"},
    {"__xor__", bool_binary<int_xor>, "(self, value, /)"},
    {"__rxor__", bool_binary<int_xor>, "(self, value, /)"},
};

}  // namespace

extern const TypeSpec kIntType;
const TypeSpec kIntType = {
    "int",
    "builtins",
    "int([x]) -> integer\nint(x, base=10) -> integer\n\nBase 0 takes the base from the prefix.\n\n>>> "
    "int('0x1f', base=0)\n31\n",
    TypeId::Object,
    Kind::Int,
    0,
    kIntMethods,
    kIntGetsets,
    int_construct,
};

extern const TypeSpec kBoolType;
const TypeSpec kBoolType = {
    "bool",       "builtins", "bool(x) -> bool", TypeId::Int, Kind::Int, kTypeFinal,
    kBoolMethods, {},         bool_construct,
};

}  // namespace lisle::rt

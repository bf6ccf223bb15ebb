// int: 62 bits in the Value, beyond that sign and magnitude with the limbs inside the heap object (GMP's mpn
// works on them in place). A heap Int of exact type int is never small enough for the Value form: every int
// has one form. Instances of subclasses of int are heap Ints of any magnitude.
#pragma once
#include <string>
#include <string_view>

#include "runtime/object/result.h"
#include "runtime/types/array.h"

namespace lisle::rt {

struct Int : Object {
  static constexpr Kind kKind = Kind::Int;
  i64 size;     // count of limbs, negative for a negative number; zero for 0
  u64 limbs[];  // least significant first; the highest is not zero

  u64 limb_count() const { return static_cast<u64>(size < 0 ? -size : size); }
  size_t byte_size() const { return sizeof(Int) + limb_count() * sizeof(u64); }
  template <class V>
  void visit(V&&) {}
};

// Is `v` an int (bool included) or an instance of a subclass?
inline bool is_int_like(Value v) {
  return v.is_int() || v.is_bool() || is_kind(v, Kind::Int);
}

Value new_int(Runtime& rt, i64 n);
Value new_int_unsigned(Runtime& rt, u64 n);
// From a base 2^64 magnitude, least significant limb first; need not be normalised.
Value new_int_limbs(Runtime& rt, const u64* limbs, size_t count, bool negative);

// The int as i64 / u64 when it fits; `v` must be int-like.
bool int_to_i64(Value v, i64& out);
bool int_to_u64(Value v, u64& out);
bool int_is_negative(Value v);
bool int_is_zero(Value v);
// Nearest double, round half to even; +-infinity when out of range.
f64 int_to_double(Value v);
// The integral part of a finite double.
Value int_from_double(Runtime& rt, f64 d);
// Text of an int literal without underscores: digits in `base` (2, 8, 10 or 16), no prefix.
Value int_from_digits(Runtime& rt, const char* digits, size_t length, int base);

// Arithmetic on int-like operands; the results are exact ints. Raises ZeroDivisionError, OverflowError
// (absurd shifts) or MemoryError.
Result int_add(Runtime& rt, Value a, Value b);
Result int_sub(Runtime& rt, Value a, Value b);
Result int_mul(Runtime& rt, Value a, Value b);
Result int_floordiv(Runtime& rt, Value a, Value b);
Result int_mod(Runtime& rt, Value a, Value b);
Result int_divmod(Runtime& rt, Value a, Value b);  // a Tuple
Result int_truediv(Runtime& rt, Value a, Value b);
Result int_pow(Runtime& rt, Value a, Value b);  // a float for negative exponents
Result int_pow_mod(Runtime& rt, Value a, Value b, Value m);
Result int_lshift(Runtime& rt, Value a, Value b);
Result int_rshift(Runtime& rt, Value a, Value b);
Result int_and(Runtime& rt, Value a, Value b);
Result int_or(Runtime& rt, Value a, Value b);
Result int_xor(Runtime& rt, Value a, Value b);
Value int_neg(Runtime& rt, Value a);
Value int_invert(Runtime& rt, Value a);
int int_compare(Value a, Value b);       // <0, 0, >0
int int_compare_double(Value a, f64 b);  // exact; `b` not NaN
i64 int_hash(Value v);                   // CPython's: mod 2^61 - 1, never -1
i64 double_hash(f64 d);
u64 int_bit_length(Value v);
// Text in `base` 2..36, lower case, with '-' if negative, no prefix. Raises ValueError over
// sys.set_int_max_str_digits for base 10.
Result int_to_text(Runtime& rt, Value v, int base, struct Str*& out);
// The same text for C++ code that goes on formatting it.
Result int_to_digits(Runtime& rt, Value v, int base, std::string& out);
// What int(text, base) reads: surrounding spaces, sign, prefix, underscores; base 0 or 2..36. `text` is
// ASCII, as number_ascii() makes it. Unbound when it is no such literal; ValueError over the limit of digits.
Result int_from_text(Runtime& rt, std::string_view text, int base);
// A str as number parsers want it: digits of any script as 0-9, Unicode spaces as ' ', anything else beyond
// ASCII as '?'.
std::string number_ascii(const struct Str* text);

}  // namespace lisle::rt

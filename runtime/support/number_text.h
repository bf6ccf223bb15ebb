// Text of floating-point numbers: the shortest repr, the printf-like formats, hexadecimal, parsing and
// decimal rounding. It also knows which code points are digits and spaces to number parsers. Knows nothing of
// the language's objects.
#pragma once
#include <string>
#include <string_view>

#include "runtime/support/base.h"

namespace lisle {

// The shortest text that reads back as `d`, always with a point or an exponent: "1.0", "1e+16", "inf", "nan".
std::string double_repr(f64 d);
// As double_repr, but without the ".0" of integral numbers: the parts of a complex number.
std::string double_repr_bare(f64 d);

// `type` is one of e E f F g G %, or 'r' for the shortest text. With `alternate` a point is always there and
// 'g' keeps its trailing zeros. `point_zero` is the mode of a format with precision but without type: like
// 'g', yet with at least one digit behind the point. Infinities and NaN come out as "inf" and "nan" ("INF"
// for upper-case types).
std::string double_format(f64 d, char type, int precision, bool alternate, bool point_zero = false);

// Reads a whole text as a float literal with optional sign, or inf, infinity, nan in any case. No spaces, no
// underscores. False when it is something else.
bool parse_double(std::string_view text, f64& out);
// Reads the longest float at the start of `text`, as parse_double would; the count of characters, 0 for none.
size_t parse_double_prefix(std::string_view text, f64& out);

std::string double_hex(f64 d);
enum class HexParse : u8 { kOk, kMalformed, kTooLarge };
// float.fromhex: surrounding ASCII spaces are allowed.
HexParse parse_double_hex(std::string_view text, f64& out);

// Nearest number with `digits` decimals (negative: to tens, hundreds, ...), ties to even by the exact decimal
// value. Infinite when the result is too large. `d` must be finite.
f64 round_to_digits(f64 d, i64 digits);

// Removes the underscores of a numeral, each of which must stand between two digits (or after a base prefix
// when `after_prefix`). False if one is misplaced.
bool strip_underscores(std::string_view text, std::string& out);

// 0-9 for the decimal digits of every script, -1 for other code points.
int decimal_digit_value(u32 code_point);
bool is_space_code_point(u32 code_point);

}  // namespace lisle

// Text of floating-point numbers. The exact decimal conversions are the standard library's to_chars and
// from_chars; this file lays out their digits the way the language prints them.
#include "runtime/support/number_text.h"

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "utf8proc.h"

namespace lisle {
namespace {

// to_chars needs room for the 309 digits before the point, the precision asked for, and the exponent.
constexpr size_t kFixedRoom = 340;

std::string convert(f64 d, std::chars_format format, int precision) {
  std::string text(kFixedRoom + static_cast<size_t>(precision), '\0');
  auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), d, format, precision);
  LISLE_ASSERT(error == std::errc());
  text.resize(static_cast<size_t>(end - text.data()));
  return text;
}

void add_point(std::string& text) {
  size_t exponent = text.find('e');
  size_t mantissa_end = exponent == std::string::npos ? text.size() : exponent;
  if (text.find('.') == std::string::npos) text.insert(mantissa_end, ".");
}

void strip_trailing_zeros(std::string& text) {
  size_t exponent = text.find('e');
  size_t end = exponent == std::string::npos ? text.size() : exponent;
  if (text.find('.') >= end) return;
  size_t keep = end;
  while (text[keep - 1] == '0') --keep;
  if (text[keep - 1] == '.') --keep;
  text.erase(keep, end - keep);
}

// Decimal exponent of `d` after rounding to `digits` significant digits.
int decimal_exponent(const std::string& scientific) {
  size_t e = scientific.find('e');
  int value = 0;
  const char* first = scientific.data() + e + 1;
  if (*first == '+') ++first;
  std::from_chars(first, scientific.data() + scientific.size(), value);
  return value;
}

std::string format_general(f64 d, int precision, bool alternate, bool point_zero) {
  if (precision == 0) precision = 1;
  std::string scientific = convert(d, std::chars_format::scientific, precision - 1);
  int exponent = decimal_exponent(scientific);
  bool use_exponent = exponent < -4 || exponent >= precision - (point_zero ? 1 : 0);
  // A precision far beyond any digit would only add zeros that are stripped again.
  std::string text =
      use_exponent ? scientific : convert(d, std::chars_format::fixed, precision - 1 - exponent);
  if (alternate) {
    add_point(text);
    return text;
  }
  strip_trailing_zeros(text);
  if (point_zero && !use_exponent && text.find('.') == std::string::npos) text += ".0";
  return text;
}

std::string special_text(f64 d, bool upper) {
  if (std::isnan(d)) return upper ? "NAN" : "nan";
  std::string text = std::signbit(d) ? "-inf" : "inf";
  if (upper) {
    for (char& c : text) c = c == '-' ? c : static_cast<char>(c - 32);
  }
  return text;
}

// Digits of the shortest form without sign and point, and the place of the point: 0.d1d2d3... * 10^place.
void shortest_digits(f64 magnitude, std::string& digits, int& place) {
  char buffer[40];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, magnitude, std::chars_format::scientific);
  (void)error;
  std::string text(buffer, end);
  place = decimal_exponent(text) + 1;
  for (char c : text.substr(0, text.find('e'))) {
    if (c != '.') digits += c;
  }
}

std::string exponent_text(int exponent) {
  std::string text = exponent < 0 ? "e-" : "e+";
  int magnitude = exponent < 0 ? -exponent : exponent;
  if (magnitude < 10) text += '0';
  return text + std::to_string(magnitude);
}

}  // namespace

std::string double_repr_bare(f64 d) {
  if (!std::isfinite(d)) return special_text(d, false);
  std::string text = std::signbit(d) ? "-" : "";
  if (d == 0) return text + "0";
  std::string digits;
  int place = 0;
  shortest_digits(std::fabs(d), digits, place);
  int count = static_cast<int>(digits.size());
  if (place > 16 || place <= -4) {
    text += digits[0];
    if (count > 1) text += "." + digits.substr(1);
    return text + exponent_text(place - 1);
  }
  if (place <= 0) return text + "0." + std::string(static_cast<size_t>(-place), '0') + digits;
  if (place >= count) return text + digits + std::string(static_cast<size_t>(place - count), '0');
  return text + digits.substr(0, static_cast<size_t>(place)) + "." +
         digits.substr(static_cast<size_t>(place));
}

std::string double_repr(f64 d) {
  std::string text = double_repr_bare(d);
  if (std::isfinite(d) && text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string double_format(f64 d, char type, int precision, bool alternate, bool point_zero) {
  bool upper = type == 'E' || type == 'F' || type == 'G';
  std::string text;
  if (type == '%') d *= 100;
  if (!std::isfinite(d)) {
    text = special_text(d, upper);
    if (type == '%') text += '%';
    return text;
  }
  switch (type) {
    case 'e':
    case 'E':
      text = convert(d, std::chars_format::scientific, precision);
      if (alternate) add_point(text);
      break;
    case 'f':
    case 'F':
    case '%':
      text = convert(d, std::chars_format::fixed, precision);
      if (alternate) add_point(text);
      if (type == '%') text += '%';
      break;
    case 'g':
    case 'G':
      text = format_general(d, precision, alternate, point_zero);
      break;
    default:
      text = point_zero ? double_repr(d) : double_repr_bare(d);
      if (alternate) add_point(text);
      return text;
  }
  if (upper) {
    for (char& c : text) c = c == 'e' ? 'E' : c;
  }
  return text;
}

// --- parsing ---------------------------------------------------------------------------------------------

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool starts_with_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if ((text[i] | 0x20) != word[i]) return false;
  }
  return true;
}

size_t digits_end(std::string_view text, size_t from) {
  while (from < text.size() && is_digit(text[from])) ++from;
  return from;
}

// from_chars leaves its output alone when the value is out of range; which side it left on shows in the place
// of the first digit that is not zero.
f64 out_of_range_value(std::string_view numeral) {
  i64 place = 0;
  bool seen_point = false, seen_digit = false;
  size_t i = 0;
  for (; i < numeral.size() && (numeral[i] | 0x20) != 'e'; ++i) {
    if (numeral[i] == '.') {
      seen_point = true;
    } else if (seen_digit || numeral[i] != '0') {
      seen_digit = true;
      if (!seen_point) ++place;
    } else if (seen_point) {
      --place;
    }
  }
  i64 exponent = 0;
  if (i < numeral.size()) {
    bool negative = numeral[i + 1] == '-';
    for (++i; i < numeral.size(); ++i) {
      if (is_digit(numeral[i]) && exponent < 1000000000000) exponent = exponent * 10 + (numeral[i] - '0');
    }
    if (negative) exponent = -exponent;
  }
  return place + exponent > 0 ? std::numeric_limits<f64>::infinity() : 0.0;
}

// Length of the unsigned decimal numeral at the start of `text`, 0 when there is none.
size_t numeral_length(std::string_view text) {
  size_t end = digits_end(text, 0);
  size_t digit_count = end;
  if (end < text.size() && text[end] == '.') {
    size_t fraction_end = digits_end(text, end + 1);
    digit_count += fraction_end - end - 1;
    end = fraction_end;
  }
  if (digit_count == 0) return 0;
  if (end < text.size() && (text[end] | 0x20) == 'e') {
    size_t at = end + 1;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    size_t exponent_end = digits_end(text, at);
    if (exponent_end > at) end = exponent_end;
  }
  return end;
}

}  // namespace

size_t parse_double_prefix(std::string_view text, f64& out) {
  size_t start = 0;
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    start = 1;
  }
  std::string_view body = text.substr(start);
  f64 magnitude = 0;
  size_t length = numeral_length(body);
  if (length > 0) {
    // from_chars takes neither a leading point's missing zero nor a trailing point amiss, but it stops before
    // an exponent that numeral_length has already accepted, so the whole numeral goes in.
    auto [end, error] = std::from_chars(body.data(), body.data() + length, magnitude);
    (void)end;
    if (error == std::errc::result_out_of_range) magnitude = out_of_range_value(body.substr(0, length));
  } else if (starts_with_word(body, "infinity")) {
    magnitude = std::numeric_limits<f64>::infinity();
    length = 8;
  } else if (starts_with_word(body, "inf")) {
    magnitude = std::numeric_limits<f64>::infinity();
    length = 3;
  } else if (starts_with_word(body, "nan")) {
    magnitude = std::numeric_limits<f64>::quiet_NaN();
    length = 3;
  } else {
    return 0;
  }
  out = negative ? -magnitude : magnitude;
  return start + length;
}

bool parse_double(std::string_view text, f64& out) {
  size_t used = parse_double_prefix(text, out);
  return used != 0 && used == text.size();
}

bool strip_underscores(std::string_view text, std::string& out) {
  out.clear();
  char previous = 0;
  for (char c : text) {
    if (c == '_') {
      if (!is_digit(previous)) return false;
    } else {
      if (previous == '_' && !is_digit(c)) return false;
      out += c;
    }
    previous = c;
  }
  return previous != '_';
}

// --- hexadecimal -----------------------------------------------------------------------------------------

std::string double_hex(f64 d) {
  if (!std::isfinite(d)) return double_repr(d);
  std::string sign = std::signbit(d) ? "-" : "";
  if (d == 0) return sign + "0x0.0p+0";
  int exponent = 0;
  f64 fraction = std::frexp(std::fabs(d), &exponent);
  // Subnormal numbers keep the smallest exponent and a leading zero.
  int shift = 1 - std::max(-1021 - exponent, 0);
  fraction = std::ldexp(fraction, shift);
  exponent -= shift;
  std::string text = sign + "0x";
  constexpr const char* kDigits = "0123456789abcdef";
  int digit = static_cast<int>(fraction);
  text += kDigits[digit];
  text += '.';
  fraction -= digit;
  for (int i = 0; i < 13; ++i) {
    fraction *= 16;
    digit = static_cast<int>(fraction);
    fraction -= digit;
    text += kDigits[digit];
  }
  text += exponent < 0 ? "p-" : "p+";
  return text + std::to_string(exponent < 0 ? -exponent : exponent);
}

namespace {

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool is_ascii_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// The bits of a hexadecimal mantissa: the leading 64 of them, whether any lower bit was set, and the binary
// exponent that the digits imply.
struct HexMantissa {
  u64 bits = 0;
  bool sticky = false;
  i64 exponent = 0;
  bool any = false;

  void add(int digit, bool after_point) {
    any = true;
    if (bits >> 60) {
      sticky |= digit != 0;
      if (!after_point) exponent += 4;
      return;
    }
    bits = bits << 4 | static_cast<u64>(digit);
    if (after_point) exponent -= 4;
  }
};

// bits * 2^exponent rounded half to even, sticky standing for nonzero bits below.
HexParse assemble(const HexMantissa& m, i64 exponent, f64& out) {
  if (m.bits == 0) {
    out = 0;
    return HexParse::kOk;
  }
  int length = 64 - __builtin_clzll(m.bits);
  i64 top = exponent + length;  // the value is below 2^top
  if (top > 1025) return HexParse::kTooLarge;
  if (top < -1074) {
    out = 0;
    return HexParse::kOk;
  }
  i64 keep = std::min<i64>(53, top + 1074);  // fewer bits when the result is subnormal
  i64 drop = length - keep;
  u64 kept = m.bits;
  if (drop > 0) {
    u64 half = u64{1} << (drop - 1);
    u64 rest = drop == 64 ? m.bits : m.bits & ((half << 1) - 1);
    kept = drop == 64 ? 0 : m.bits >> drop;
    if (rest > half || (rest == half && (m.sticky || (kept & 1)))) ++kept;
    exponent += drop;
  }
  out = std::ldexp(static_cast<f64>(kept), static_cast<int>(exponent));
  return std::isinf(out) ? HexParse::kTooLarge : HexParse::kOk;
}

}  // namespace

HexParse parse_double_hex(std::string_view text, f64& out) {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
  std::string_view body = text.substr(at);
  if (!body.empty() && ((body[0] | 0x20) == 'i' || (body[0] | 0x20) == 'n')) {
    return parse_double(text, out) ? HexParse::kOk : HexParse::kMalformed;
  }
  if (body.size() >= 2 && body[0] == '0' && (body[1] | 0x20) == 'x') body.remove_prefix(2);
  HexMantissa mantissa;
  bool after_point = false;
  size_t i = 0;
  for (; i < body.size(); ++i) {
    if (body[i] == '.' && !after_point) {
      after_point = true;
      continue;
    }
    int digit = hex_value(body[i]);
    if (digit < 0) break;
    mantissa.add(digit, after_point);
  }
  if (!mantissa.any) return HexParse::kMalformed;
  i64 exponent = 0;
  if (i < body.size()) {
    if ((body[i] | 0x20) != 'p') return HexParse::kMalformed;
    ++i;
    bool down = false;
    if (i < body.size() && (body[i] == '+' || body[i] == '-')) down = body[i++] == '-';
    if (i == body.size()) return HexParse::kMalformed;
    for (; i < body.size(); ++i) {
      if (!is_digit(body[i])) return HexParse::kMalformed;
      if (exponent < i64{1} << 50) exponent = exponent * 10 + (body[i] - '0');
    }
    if (down) exponent = -exponent;
  }
  HexParse result = assemble(mantissa, exponent + mantissa.exponent, out);
  if (negative) out = -out;
  return result;
}

// --- rounding --------------------------------------------------------------------------------------------

namespace {

f64 from_decimal(std::string_view digits, i64 exponent) {
  f64 value = 0;
  parse_double(std::string(digits) + "e" + std::to_string(exponent), value);
  return value;
}

// Rounds a magnitude to a multiple of 10^places: its integral digits are exact decimal text, the fraction
// only matters as a tie breaker.
f64 round_to_tens(f64 magnitude, size_t places) {
  f64 integral = std::floor(magnitude);
  bool sticky = integral != magnitude;
  std::string digits = convert(integral, std::chars_format::fixed, 0);
  if (places > digits.size()) return 0;
  std::string head = digits.substr(0, digits.size() - places);
  std::string tail = digits.substr(digits.size() - places);
  std::string half = "5" + std::string(places - 1, '0');
  int order = tail.compare(half);
  bool odd = !head.empty() && ((head.back() - '0') & 1);
  bool up = order > 0 || (order == 0 && (sticky || odd));
  if (head.empty()) head = "0";
  if (up) {
    size_t i = head.size();
    while (i > 0 && head[i - 1] == '9') head[--i] = '0';
    if (i == 0) {
      head.insert(0, "1");
    } else {
      ++head[i - 1];
    }
  }
  return from_decimal(head, static_cast<i64>(places));
}

}  // namespace

f64 round_to_digits(f64 d, i64 digits) {
  // Beyond these bounds every double already is a multiple, or is below half a unit.
  if (digits > 323 || d == 0) return d;
  if (digits < -308) return std::copysign(0.0, d);
  if (digits < 0) return std::copysign(round_to_tens(std::fabs(d), static_cast<size_t>(-digits)), d);
  f64 rounded = 0;
  parse_double(convert(std::fabs(d), std::chars_format::fixed, static_cast<int>(digits)), rounded);
  return std::copysign(rounded, d);
}

// --- code points -----------------------------------------------------------------------------------------

int decimal_digit_value(u32 c) {
  if (c < 128) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  auto is_decimal = [](u32 p) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(p)) == UTF8PROC_CATEGORY_ND;
  };
  if (!is_decimal(c)) return -1;
  // Unicode lays decimal digits out in unbroken runs from zero to nine; several runs may touch.
  u32 first = c;
  while (is_decimal(first - 1)) --first;
  return static_cast<int>((c - first) % 10);
}

bool is_space_code_point(u32 c) {
  if (c < 128) return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

}  // namespace lisle

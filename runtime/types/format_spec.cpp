// Parsing of format specifications and the formatting of the builtin scalars by them.
//
// A formatted number is: left padding, sign, prefix, inner padding, grouped digits, point and rest, right
// padding. All number types go through NumberText, so padding and grouping are decided in one place.
#include "runtime/types/format_spec.h"

#include <string>

#include "runtime/support/number_text.h"
#include "runtime/support/text.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace lisle::rt {

namespace {

constexpr i64 kMaxPrecision = 0x7FFFFFFF;

bool is_align(u32 c) {
  return c == '<' || c == '>' || c == '^' || c == '=';
}

// Reads digits at `at`; -1 in `out` when there are none. False when the number is too large.
bool read_number(const Str& text, u64& at, i64& out) {
  u64 start = at;
  i64 n = 0;
  for (; at < text.length; ++at) {
    int digit = decimal_digit_value(text.at(at));
    if (digit < 0) break;
    if (n > (INT64_MAX - digit) / 10) return false;
    n = n * 10 + digit;
  }
  out = at == start ? -1 : n;
  return true;
}

Result unknown_format_code(Runtime& rt, u32 code, Value v) {
  if (code > 32 && code < 128) {
    return raise(rt, TypeId::ValueError, "Unknown format code '%c' for object of type '%.200s'",
                 static_cast<int>(code), type_name(rt, v));
  }
  return raise(rt, TypeId::ValueError, "Unknown format code '\\x%x' for object of type '%.200s'", code,
               type_name(rt, v));
}

Result grouping_with_type(Runtime& rt, char grouping, u32 type) {
  if (type > 32 && type < 128) {
    return raise(rt, TypeId::ValueError, "Cannot specify '%c' with '%c'.", grouping, static_cast<int>(type));
  }
  return raise(rt, TypeId::ValueError, "Cannot specify '%c' with '\\x%x'.", grouping, type);
}

Result check_grouping(Runtime& rt, const FormatSpec& spec) {
  if (spec.grouping == 0) return Result::none();
  switch (spec.type) {
    case 'd':
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'G':
    case 'F':
    case '%':
    case 0:
      return Result::none();
    case 'b':
    case 'o':
    case 'x':
    case 'X':
      if (spec.grouping == '_') return Result::none();
      break;
    default:
      break;
  }
  return grouping_with_type(rt, spec.grouping, spec.type);
}

// The pieces of a number before padding. Digits are ASCII.
struct NumberText {
  char sign = 0;
  std::string_view prefix;
  std::string_view digits;  // the integral digits, which grouping applies to
  std::string_view rest;    // point, decimals, exponent; or "inf" and "nan" as a whole
};

std::string group_digits(std::string_view digits, char separator, u64 group, i64 min_width) {
  std::string reversed;
  u64 left = digits.size();
  for (;;) {
    i64 wanted = static_cast<i64>(left) > min_width ? static_cast<i64>(left) : min_width;
    if (wanted < 1) wanted = 1;
    u64 size = static_cast<u64>(wanted) < group ? static_cast<u64>(wanted) : group;
    u64 given = left < size ? left : size;
    for (u64 i = 0; i < given; ++i) reversed += digits[--left];
    reversed.append(size - given, '0');
    min_width -= static_cast<i64>(size);
    if (left == 0 && min_width <= 0) break;
    reversed += separator;
    min_width -= 1;
  }
  return {reversed.rbegin(), reversed.rend()};
}

// The digits with separators and, when zeros fill the inner padding, with these.
std::string digits_text(const NumberText& number, const FormatSpec& spec, i64 room) {
  if (number.digits.empty()) return {};
  i64 min_width = spec.fill == '0' && spec.align == '=' ? room : 0;
  if (spec.grouping == 0) {
    i64 missing = min_width - static_cast<i64>(number.digits.size());
    return std::string(missing > 0 ? static_cast<u64>(missing) : 0, '0') + std::string(number.digits);
  }
  bool power_of_two = spec.type == 'b' || spec.type == 'o' || spec.type == 'x' || spec.type == 'X';
  return group_digits(number.digits, spec.grouping, power_of_two ? 4 : 3, min_width);
}

void append_number(TextBuffer& out, const NumberText& number, const FormatSpec& spec) {
  i64 fixed = (number.sign != 0) + static_cast<i64>(number.prefix.size() + number.rest.size());
  std::string digits = digits_text(number, spec, spec.width - fixed);
  i64 padding = spec.width - fixed - static_cast<i64>(digits.size());
  if (padding < 0) padding = 0;
  i64 left = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
  i64 inner = spec.align == '=' ? padding : 0;
  out.append_repeated(spec.fill, static_cast<u64>(left));
  if (number.sign != 0) out.append(static_cast<u32>(number.sign));
  out.append_ascii(number.prefix);
  out.append_repeated(spec.fill, static_cast<u64>(inner));
  out.append_ascii(digits);
  out.append_ascii(number.rest);
  out.append_repeated(spec.fill, static_cast<u64>(padding - left - inner));
}

char sign_char(bool negative, char sign) {
  if (negative) return '-';
  return sign == '+' || sign == ' ' ? sign : 0;
}

// Takes the sign off the text of a float and splits it into digits and rest.
NumberText split_float(std::string_view text, char sign) {
  NumberText number;
  bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  number.sign = sign_char(negative, sign);
  size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
  number.digits = text.substr(0, count);
  number.rest = text.substr(count);
  return number;
}

// Removes the sign of a text that rounds to zero.
void drop_negative_zero(std::string& text) {
  if (text.empty() || text[0] != '-') return;
  for (char c : text) {
    if (c == 'e' || c == 'E') break;
    if ((c >= '1' && c <= '9') || c == 'i' || c == 'n' || c == 'I' || c == 'N') return;
  }
  text.erase(0, 1);
}

// The text of `d` by type and precision, without padding and grouping.
std::string float_text(f64 d, const FormatSpec& spec, bool add_point_zero) {
  char type = spec.type == 0 ? 'r' : spec.type == 'n' ? 'g' : static_cast<char>(spec.type);
  int precision = static_cast<int>(spec.precision);
  bool point_zero = false;
  std::string text;
  if (type == 'r' && precision < 0) {
    text = spec.alternate   ? double_format(d, 'r', 0, true, add_point_zero)
           : add_point_zero ? double_repr(d)
                            : double_repr_bare(d);
  } else {
    if (type == 'r') {
      type = 'g';
      point_zero = add_point_zero;
    } else if (precision < 0) {
      precision = 6;
    }
    text = double_format(d, type, precision, spec.alternate, point_zero);
  }
  if (spec.no_negative_zero) drop_negative_zero(text);
  return text;
}

Result check_output_room(Runtime& rt, const FormatSpec& spec) {
  return require_text_room(rt, spec.width < 0 ? 0 : static_cast<u64>(spec.width), 2);
}

Result format_float_by(Runtime& rt, f64 d, const FormatSpec& spec) {
  if (spec.precision > kMaxPrecision) return raise(rt, TypeId::ValueError, "precision too big");
  TRY(check_output_room(rt, spec));
  TRY(require_text_room(rt, spec.precision < 0 ? 0 : static_cast<u64>(spec.precision), 1));
  std::string text = float_text(d, spec, true);
  TextBuffer out;
  append_number(out, split_float(text, spec.sign), spec);
  return finish_text(rt, out);
}

Result format_character(Runtime& rt, Value v, const FormatSpec& spec) {
  if (spec.sign != 0) {
    return raise(rt, TypeId::ValueError, "Sign not allowed with integer format specifier 'c'");
  }
  if (spec.alternate) {
    return raise(rt, TypeId::ValueError, "Alternate form (#) not allowed with integer format specifier 'c'");
  }
  i64 code;
  if (!int_to_i64(v, code)) {
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C long");
  }
  if (code < 0 || code > 0x10FFFF) return raise(rt, TypeId::OverflowError, "%%c arg not in range(0x110000)");
  TRY(check_output_room(rt, spec));
  i64 padding = spec.width > 1 ? spec.width - 1 : 0;
  i64 left = spec.align == '>' || spec.align == '=' ? padding : spec.align == '^' ? padding / 2 : 0;
  TextBuffer out;
  out.append_repeated(spec.fill, static_cast<u64>(left));
  out.append(static_cast<u32>(code));
  out.append_repeated(spec.fill, static_cast<u64>(padding - left));
  return finish_text(rt, out);
}

Result format_integer(Runtime& rt, Value v, const FormatSpec& spec) {
  if (spec.precision != -1) {
    return raise(rt, TypeId::ValueError, "Precision not allowed in integer format specifier");
  }
  if (spec.no_negative_zero) {
    return raise(rt, TypeId::ValueError,
                 "Negative zero coercion (z) not allowed in integer format specifier");
  }
  if (spec.type == 'c') return format_character(rt, v, spec);
  TRY(check_output_room(rt, spec));
  int base = 10;
  NumberText number;
  switch (spec.type) {
    case 'b':
      base = 2;
      if (spec.alternate) number.prefix = "0b";
      break;
    case 'o':
      base = 8;
      if (spec.alternate) number.prefix = "0o";
      break;
    case 'x':
    case 'X':
      base = 16;
      if (spec.alternate) number.prefix = spec.type == 'x' ? "0x" : "0X";
      break;
    default:
      break;
  }
  Str* plain = nullptr;
  TRY(int_to_text(rt, v, base, plain));
  std::string digits(plain->latin1());
  bool negative = digits[0] == '-';
  if (negative) digits.erase(0, 1);
  if (spec.type == 'X') {
    for (char& c : digits) c = c >= 'a' ? static_cast<char>(c - 32) : c;
  }
  number.sign = sign_char(negative, spec.sign);
  number.digits = digits;
  TextBuffer out;
  append_number(out, number, spec);
  return finish_text(rt, out);
}

bool is_float_type(u32 type) {
  return type == 'e' || type == 'E' || type == 'f' || type == 'F' || type == 'g' || type == 'G' ||
         type == '%';
}

}  // namespace

Result parse_format_spec(Runtime& rt, const Str& text, Value v, u32 default_type, char default_align,
                         FormatSpec& out) {
  u64 at = 0, end = text.length;
  auto peek = [&](u64 i) -> u32 { return i < end ? text.at(i) : 0; };
  bool fill_given = false, align_given = false;
  out.align = default_align;
  out.type = default_type;
  if (end >= 2 && is_align(peek(1))) {
    out.fill = peek(0);
    out.align = static_cast<char>(peek(1));
    fill_given = align_given = true;
    at = 2;
  } else if (end >= 1 && is_align(peek(0))) {
    out.align = static_cast<char>(peek(0));
    align_given = true;
    at = 1;
  }
  if (at < end && (peek(at) == '+' || peek(at) == '-' || peek(at) == ' '))
    out.sign = static_cast<char>(peek(at++));
  if (at < end && peek(at) == 'z') {
    out.no_negative_zero = true;
    ++at;
  }
  if (at < end && peek(at) == '#') {
    out.alternate = true;
    ++at;
  }
  if (!fill_given && at < end && peek(at) == '0') {
    out.fill = '0';
    if (!align_given && default_align == '>') out.align = '=';
    ++at;
  }
  if (!read_number(text, at, out.width)) {
    return raise(rt, TypeId::ValueError, "Too many decimal digits in format string");
  }
  if (at < end && (peek(at) == ',' || peek(at) == '_')) {
    out.grouping = static_cast<char>(peek(at++));
    if (at < end && peek(at) == (out.grouping == ',' ? u32{'_'} : u32{','})) {
      return raise(rt, TypeId::ValueError, "Cannot specify both ',' and '_'.");
    }
  }
  if (at < end && peek(at) == '.') {
    ++at;
    if (!read_number(text, at, out.precision)) {
      return raise(rt, TypeId::ValueError, "Too many decimal digits in format string");
    }
    if (out.precision < 0) return raise(rt, TypeId::ValueError, "Format specifier missing precision");
  }
  if (end - at > 1) {
    TextBuffer scratch;
    return raise(rt, TypeId::ValueError, "Invalid format specifier '%s' for object of type '%.200s'",
                 str_utf8(&text, scratch).data(), type_name(rt, v));
  }
  if (end - at == 1) out.type = peek(at);
  return check_grouping(rt, out);
}

Result format_str(Runtime& rt, Value v, const Str& text) {
  FormatSpec spec;
  TRY(parse_format_spec(rt, text, v, 's', '<', spec));
  if (spec.type != 's') return unknown_format_code(rt, spec.type, v);
  if (spec.sign != 0) {
    return raise(rt, TypeId::ValueError,
                 spec.sign == ' ' ? "Space not allowed in string format specifier"
                                  : "Sign not allowed in string format specifier");
  }
  if (spec.no_negative_zero) {
    return raise(rt, TypeId::ValueError, "Negative zero coercion (z) not allowed in string format specifier");
  }
  if (spec.alternate) {
    return raise(rt, TypeId::ValueError, "Alternate form (#) not allowed in string format specifier");
  }
  if (spec.align == '=') {
    return raise(rt, TypeId::ValueError, "'=' alignment not allowed in string format specifier");
  }
  Str* s = to<Str>(v);
  u64 length = s->length;
  if (spec.precision >= 0 && static_cast<u64>(spec.precision) < length)
    length = static_cast<u64>(spec.precision);
  if (spec.width <= static_cast<i64>(length)) return Value::from(str_slice(rt, s, 0, length));
  TRY(check_output_room(rt, spec));
  u64 padding = static_cast<u64>(spec.width) - length;
  u64 left = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
  TextBuffer out;
  out.append_repeated(spec.fill, left);
  append_str_slice(out, s, 0, length);
  out.append_repeated(spec.fill, padding - left);
  return finish_text(rt, out);
}

Result format_int(Runtime& rt, Value v, const Str& text) {
  FormatSpec spec;
  TRY(parse_format_spec(rt, text, v, 'd', '>', spec));
  switch (spec.type) {
    case 'b':
    case 'c':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
    case 'n':
      return format_integer(rt, v, spec);
    default:
      break;
  }
  if (!is_float_type(spec.type)) return unknown_format_code(rt, spec.type, v);
  f64 d = int_to_double(v);
  if (__builtin_isinf(d)) return raise(rt, TypeId::OverflowError, "int too large to convert to float");
  return format_float_by(rt, d, spec);
}

Result format_float(Runtime& rt, Value v, const Str& text) {
  FormatSpec spec;
  TRY(parse_format_spec(rt, text, v, 0, '>', spec));
  if (spec.type != 0 && spec.type != 'n' && !is_float_type(spec.type))
    return unknown_format_code(rt, spec.type, v);
  return format_float_by(rt, float_value(v), spec);
}

Result format_complex(Runtime& rt, Value v, const Str& text) {
  FormatSpec spec;
  TRY(parse_format_spec(rt, text, v, 0, '>', spec));
  if ((spec.type != 0 && spec.type != 'n' && !is_float_type(spec.type)) || spec.type == '%') {
    return unknown_format_code(rt, spec.type, v);
  }
  if (spec.fill == '0') {
    return raise(rt, TypeId::ValueError, "Zero padding is not allowed in complex format specifier");
  }
  if (spec.align == '=') {
    return raise(rt, TypeId::ValueError, "'=' alignment flag is not allowed in complex format specifier");
  }
  if (spec.precision > kMaxPrecision) return raise(rt, TypeId::ValueError, "precision too big");
  TRY(check_output_room(rt, spec));
  Complex* c = to<Complex>(v);
  bool skip_real = spec.type == 0 && c->real == 0.0 && !__builtin_signbit(c->real);
  bool parentheses = spec.type == 0 && !skip_real;
  FormatSpec part = spec;
  part.width = -1;
  TextBuffer body;
  if (parentheses) body.append('(');
  if (!skip_real) {
    append_number(body, split_float(float_text(c->real, spec, false), spec.sign), part);
    part.sign = '+';
  }
  append_number(body, split_float(float_text(c->imag, spec, false), part.sign), part);
  body.append('j');
  if (parentheses) body.append(')');
  i64 padding = spec.width - static_cast<i64>(body.length());
  if (padding < 0) padding = 0;
  i64 left = spec.align == '>' ? padding : spec.align == '^' ? padding / 2 : 0;
  TextBuffer out;
  out.append_repeated(spec.fill, static_cast<u64>(left));
  out.append_ascii(body.latin1());
  out.append_repeated(spec.fill, static_cast<u64>(padding - left));
  return finish_text(rt, out);
}

}  // namespace lisle::rt

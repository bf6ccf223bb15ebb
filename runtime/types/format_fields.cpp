// Parsing of str.format strings.
#include "runtime/types/format_fields.h"

#include "runtime/support/number_text.h"

namespace lisle::rt {

namespace {

// Behind the '!' of a field. The position ends up at the specification, or behind the field when there is
// none.
Result parse_conversion(Runtime& rt, const Str& format, u64& at, FormatMarkup& out, bool& finished) {
  if (at >= format.length) {
    return raise(rt, TypeId::ValueError, "end of string while looking for conversion specifier");
  }
  out.conversion = format.at(at++);
  if (at >= format.length) return raise(rt, TypeId::ValueError, "unmatched '{' in format spec");
  u32 c = format.at(at++);
  finished = c == '}';
  if (finished || c == ':') return Result::none();
  return raise(rt, TypeId::ValueError, "expected ':' after conversion specifier");
}

Result parse_spec(Runtime& rt, const Str& format, u64& at, FormatMarkup& out) {
  out.spec_start = at;
  for (u32 depth = 1; at < format.length; ++at) {
    u32 c = format.at(at);
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) {
      out.spec_end = at++;
      return Result::none();
    }
  }
  return raise(rt, TypeId::ValueError, "unmatched '{' in format spec");
}

// Behind the opening brace.
Result parse_field(Runtime& rt, const Str& format, u64& at, FormatMarkup& out) {
  out.has_field = true;
  out.name_start = at;
  u32 c = 0;
  while (at < format.length) {
    c = format.at(at++);
    if (c == '{') return raise(rt, TypeId::ValueError, "unexpected '{' in field name");
    if (c == '}' || c == ':' || c == '!') break;
    if (c != '[') continue;
    while (at < format.length && format.at(at) != ']') ++at;
  }
  if (c != '}' && c != ':' && c != '!') {
    return raise(rt, TypeId::ValueError, "expected '}' before end of string");
  }
  out.name_end = at - 1;
  bool finished = c == '}';
  if (c == '!') TRY(parse_conversion(rt, format, at, out, finished));
  if (finished) return Result::none();
  return parse_spec(rt, format, at, out);
}

}  // namespace

Result next_markup(Runtime& rt, const Str& format, u64& at, FormatMarkup& out) {
  out = {};
  if (at >= format.length) return Result::boolean(false);
  out.literal_start = at;
  u32 c = 0;
  while (at < format.length) {
    c = format.at(at++);
    if (c == '{' || c == '}') break;
  }
  out.literal_end = at;
  if (c != '{' && c != '}') return Result::boolean(true);
  bool at_end = at >= format.length;
  if (c == '}' && (at_end || format.at(at) != '}')) {
    return raise(rt, TypeId::ValueError, "Single '}' encountered in format string");
  }
  if (at_end) return raise(rt, TypeId::ValueError, "Single '{' encountered in format string");
  if (format.at(at) == c) {  // doubled: the literal keeps one
    ++at;
    return Result::boolean(true);
  }
  out.literal_end = at - 1;
  TRY(parse_field(rt, format, at, out));
  return Result::boolean(true);
}

u64 field_first_end(const Str& format, u64 start, u64 end) {
  u64 at = start;
  while (at < end && format.at(at) != '.' && format.at(at) != '[') ++at;
  return at;
}

Result field_number(Runtime& rt, const Str& format, u64 start, u64 end, i64& out) {
  out = -1;
  i64 number = 0;
  for (u64 i = start; i < end; ++i) {
    int digit = decimal_digit_value(format.at(i));
    if (digit < 0) return Result::none();
    if (number > (INT64_MAX / 4 - digit) / 10) {
      return raise(rt, TypeId::ValueError, "Too many decimal digits in format string");
    }
    number = number * 10 + digit;
  }
  if (start < end) out = number;
  return Result::none();
}

Result next_accessor(Runtime& rt, Str* format, u64& at, u64 end, bool& is_attribute, Value& key) {
  u32 opener = format->at(at);
  if (opener != '.' && opener != '[') {
    return raise(rt, TypeId::ValueError, "Only '.' or '[' may follow ']' in format field specifier");
  }
  is_attribute = opener == '.';
  u64 start = ++at;
  if (is_attribute) {
    at = field_first_end(*format, start, end);
  } else {
    while (at < end && format->at(at) != ']') ++at;
    if (at == end) return raise(rt, TypeId::ValueError, "Missing ']' in format string");
  }
  u64 stop = at;
  if (!is_attribute) ++at;
  if (start == stop) return raise(rt, TypeId::ValueError, "Empty attribute in format string");
  i64 number = -1;
  if (!is_attribute) TRY(field_number(rt, *format, start, stop, number));
  key = number >= 0 ? Value::from_int(number) : Value::from(str_slice(rt, format, start, stop));
  return Result::none();
}

}  // namespace lisle::rt

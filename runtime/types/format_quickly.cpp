// Formatting that asks nobody: numbers, texts, bools and None by the commonest directives and fields, in one
// pass without intermediate strings. Whatever else a format or an argument turns out to be, errors included,
// the quick forms give up before anything has happened, and the step machines of str_percent.cpp and
// str_format.cpp do it all.
#include "runtime/types/format_quickly.h"

#include <charconv>
#include <cstring>

#include "runtime/protocols/convert.h"
#include "runtime/support/number_text.h"
#include "runtime/support/text.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"

namespace lisle::rt {

bool append_plain(Runtime& rt, TextBuffer& text, Value v, bool quoted) {
  if (v.is_int()) {
    text.append_int(v.as_int());
  } else if (v.is_double()) {
    text.append_ascii(double_repr(v.as_double()));
  } else if (is_exact_str(rt, v)) {
    quoted ? append_repr(text, to<Str>(v)) : append_str(text, to<Str>(v));
  } else if (v.is_bool()) {
    text.append_ascii(v.is_true() ? "True" : "False");
  } else if (v.is_none()) {
    text.append_ascii("None");
  } else {
    return false;
  }
  return true;
}

namespace {

bool is_digit(u8 c) {
  return c - '0' < 10u;
}

// A run of at most three digits.
u32 read_number(const Str& format, u64& at) {
  u32 number = 0;
  for (u64 end = at + 3; at < end && at < format.length && is_digit(format.data[at]); ++at)
    number = number * 10 + (format.data[at] - u32{'0'});
  return number;
}

// What stands between '%' and the type.
struct Directive {
  bool left = false, zeros = false;
  u32 width = 0;
  i32 precision = -1;
  u8 type = 0;  // 0: none that the quick form knows
};

Directive read_directive(const Str& format, u64& at) {
  Directive d;
  for (; at < format.length; ++at) {
    if (format.data[at] == '-')
      d.left = true;
    else if (format.data[at] == '0')
      d.zeros = true;
    else
      break;
  }
  d.width = read_number(format, at);
  if (at < format.length && format.data[at] == '.') {
    ++at;
    d.precision = static_cast<i32>(read_number(format, at));
  }
  if (at < format.length) d.type = format.data[at++];
  return d;
}

void append_padded(TextBuffer& out, const Directive& d, const TextBuffer& piece) {
  u64 padding = d.width > piece.length() ? d.width - piece.length() : 0;
  if (!d.left) out.append_repeated(' ', padding);
  out.append_units(piece.units(), piece.width_log2(), piece.length(), piece.is_ascii());
  if (d.left) out.append_repeated(' ', padding);
}

// `digits` begins with its sign, if any.
void append_number(TextBuffer& out, const Directive& d, std::string_view digits) {
  u64 padding = d.width > digits.size() ? d.width - digits.size() : 0;
  bool zeros = d.zeros && !d.left;
  if (!d.left && !zeros) out.append_repeated(' ', padding);
  if (zeros && digits.starts_with('-')) {
    out.append('-');
    digits.remove_prefix(1);
  }
  if (zeros) out.append_repeated('0', padding);
  out.append_ascii(digits);
  if (d.left) out.append_repeated(' ', padding);
}

bool append_text(Runtime& rt, TextBuffer& out, const Directive& d, Value v) {
  if (d.precision >= 0) return false;
  if (d.width == 0) return append_plain(rt, out, v, d.type == 'r');
  TextBuffer piece;
  if (!append_plain(rt, piece, v, d.type == 'r')) return false;
  append_padded(out, d, piece);
  return true;
}

bool append_integer(TextBuffer& out, const Directive& d, Value v) {
  if (!v.is_int() || d.precision >= 0) return false;
  char buffer[24];
  if (d.type != 'x') {
    append_number(out, d, decimal_text(v.as_int(), buffer));
    return true;
  }
  char* end = std::to_chars(buffer, buffer + sizeof buffer, v.as_int(), 16).ptr;
  append_number(out, d, {buffer, static_cast<size_t>(end - buffer)});
  return true;
}

bool append_float(TextBuffer& out, const Directive& d, Value v) {
  if (!v.is_double() && !v.is_int()) return false;
  f64 number = v.is_int() ? static_cast<f64>(v.as_int()) : v.as_double();
  append_number(out, d,
                double_format(number, static_cast<char>(d.type), d.precision < 0 ? 6 : d.precision, false));
  return true;
}

bool append_argument(Runtime& rt, TextBuffer& out, const Directive& d, Value v) {
  switch (d.type) {
    case 's':
    case 'r':
      return append_text(rt, out, d, v);
    case 'd':
    case 'i':
    case 'x':
      return append_integer(out, d, v);
    case 'f':
    case 'g':
    case 'e':
      return append_float(out, d, v);
    default:
      return false;
  }
}

// Copies text up to the next `mark`; false at the end of the format.
bool copy_literal(TextBuffer& out, const Str& format, u64& at, u8 mark) {
  const u8* from = format.data + at;
  auto* hit = static_cast<const u8*>(std::memchr(from, mark, format.length - at));
  u64 count = hit ? static_cast<u64>(hit - from) : format.length - at;
  out.append_units(from, 0, count, true);
  at += count;
  return hit != nullptr;
}

}  // namespace

Value percent_quickly(Runtime& rt, const Str& format, Value arguments) {
  if (!format.is_ascii()) return Value::unbound();
  const Value* given = &arguments;
  u64 count = 1, taken = 0;
  if (const Tuple* tuple = as<Tuple>(arguments)) {
    given = tuple->items;
    count = tuple->size;
  }
  TextBuffer out;
  for (u64 at = 0; copy_literal(out, format, at, '%');) {
    ++at;
    if (at < format.length && format.data[at] == '%') {
      out.append('%');
      ++at;
      continue;
    }
    Directive d = read_directive(format, at);
    if (taken == count || !append_argument(rt, out, d, given[taken++])) return Value::unbound();
  }
  return taken == count ? Value::from(new_str_from(rt, out)) : Value::unbound();
}

namespace {

// A field behind its opening brace: an optional digit, !r or !s, and a specification.
struct Field {
  bool numbered = false, converted = false, quoted = false;
  u64 index = 0;
  u64 spec_start = 0, spec_end = 0;
};

bool read_field(const Str& format, u64& at, Field& field) {
  const u8* text = format.data;
  // One zero byte lies behind every text.
  if (is_digit(text[at])) {
    field.numbered = true;
    field.index = text[at++] - u64{'0'};
  }
  if (text[at] == '!') {
    field.converted = true;
    field.quoted = text[at + 1] == 'r';
    if (!field.quoted && text[at + 1] != 's') return false;
    at += 2;
  }
  if (text[at] == ':' && !field.converted) {
    field.spec_start = ++at;
    while (at < format.length && text[at] != '}' && text[at] != '{') ++at;
    field.spec_end = at;
  }
  return at < format.length && text[at++] == '}';
}

// Unbound where the step machine is wanted, None otherwise.
Result append_field(Runtime& rt, Frame& f, TextBuffer& out, const Field& field, Value v) {
  if (field.spec_start == field.spec_end)
    return append_plain(rt, out, v, field.quoted) ? Value::none() : Value::unbound();
  if (!v.is_int() && !v.is_double() && !is_exact_str(rt, v)) return Value::unbound();
  Str* spec = str_slice(rt, to<Str>(f[0]), field.spec_start, field.spec_end);
  Value text = TRY(format_value(rt, f, v, Value::from(spec)));
  append_str(out, to<Str>(text));
  return Value::none();
}

}  // namespace

Result str_format_quickly(Runtime& rt, Frame& f) {
  const Str& format = *to<Str>(f[0]);
  if (!format.is_ascii() || format.is_growing()) return Value::unbound();
  u64 count = f.window_nargs() - 1, automatic = 0;
  bool numbered = false;
  TextBuffer out;
  for (u64 at = 0; at < format.length;) {
    u64 from = at;
    while (at < format.length && format.data[at] != '{' && format.data[at] != '}') ++at;
    out.append_units(format.data + from, 0, at - from, true);
    if (at == format.length) break;
    if (format.data[at + 1] == format.data[at]) {
      out.append(format.data[at]);
      at += 2;
      continue;
    }
    Field field;
    if (format.data[at++] == '}' || !read_field(format, at, field)) return Value::unbound();
    if (!field.numbered) field.index = automatic++;
    numbered |= field.numbered;
    if ((numbered && automatic > 0) || field.index >= count) return Value::unbound();
    Value done = TRY(append_field(rt, f, out, field, f[1 + field.index]));
    if (done.is_unbound()) return done;
  }
  return finish_text(rt, out);
}

}  // namespace lisle::rt

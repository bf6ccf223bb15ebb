// Quoting and unquoting, see json_text.h. Most strings need no escape: runs without one are found and copied
// as a whole.
#include "runtime/modules/json_text.h"

#include <cstring>

#include "runtime/support/text.h"

namespace lisle::rt {

namespace {

constexpr char kHex[] = "0123456789abcdef";

// Behind the backslash; 0 when the code point has no escape of its own.
char short_escape(u32 c) {
  switch (c) {
    case '"':
    case '\\':
      return static_cast<char>(c);
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

char* put_unit(char* to, u32 unit) {
  *to++ = '\\';
  *to++ = 'u';
  for (int shift = 12; shift >= 0; shift -= 4) *to++ = kHex[unit >> shift & 15];
  return to;
}

char* put_escaped(char* to, u32 c) {
  if (const char escape = short_escape(c)) {
    *to++ = '\\';
    *to++ = escape;
    return to;
  }
  if (c < 0x10000) return put_unit(to, c);
  to = put_unit(to, 0xD800 + ((c - 0x10000) >> 10));
  return put_unit(to, 0xDC00 + ((c - 0x10000) & 0x3FF));
}
constexpr u64 kLongestEscape = 12;

template <class Unit>
bool is_plain(Unit c, JsonQuoting quoting) {
  if (c < ' ' || c == '"' || c == '\\') return false;
  return quoting == JsonQuoting::kUnicode || c < 0x7F;
}

// Everything becomes ASCII.
template <class Unit>
void append_ascii_content(TextBuffer& out, const Unit* units, u64 count) {
  char piece[512];
  for (u64 at = 0; at < count;) {
    char* to = piece;
    for (; at < count && to <= piece + sizeof piece - kLongestEscape; ++at) {
      if (LISLE_LIKELY(is_plain(units[at], JsonQuoting::kAscii)))
        *to++ = static_cast<char>(units[at]);
      else
        to = put_escaped(to, units[at]);
    }
    out.append_ascii({piece, static_cast<size_t>(to - piece)});
  }
}

// Runs that need no escape are copied as they are.
template <class Unit>
void append_wide_content(TextBuffer& out, const Unit* units, u64 count, bool ascii) {
  constexpr u32 kWidthLog2 = sizeof(Unit) / 2;
  for (u64 at = 0; at < count;) {
    u64 end = at;
    while (end < count && is_plain(units[end], JsonQuoting::kUnicode)) ++end;
    if (end > at) out.append_units(units + at, kWidthLog2, end - at, ascii);
    if (end < count) {
      char escape[kLongestEscape];
      out.append_ascii({escape, static_cast<size_t>(put_escaped(escape, units[end++]) - escape)});
    }
    at = end;
  }
}

template <class Unit>
void append_content(TextBuffer& out, const Unit* units, u64 count, bool ascii, JsonQuoting quoting) {
  if (quoting == JsonQuoting::kAscii)
    append_ascii_content(out, units, count);
  else
    append_wide_content(out, units, count, ascii);
}

// The content of an ASCII string that is shorter than this is copied while it is looked at.
constexpr u64 kShort = 64;

bool copy_plain(const u8* units, u64 count, char* to) {
  bool plain = true;
  for (u64 i = 0; i < count; ++i) {
    to[i] = static_cast<char>(units[i]);
    plain &= is_plain(units[i], JsonQuoting::kAscii);
  }
  return plain;
}

}  // namespace

void append_json_string(TextBuffer& out, const Str* s, JsonQuoting quoting) {
  if (s->is_ascii() && s->length <= kShort) {
    char text[kShort + 2];
    if (copy_plain(s->data, s->length, text + 1)) {
      text[0] = text[s->length + 1] = '"';
      return out.append_ascii({text, s->length + 2});
    }
  }
  out.append('"');
  if (s->width_log2() == 0)
    append_content(out, s->data, s->length, s->is_ascii(), quoting);
  else if (s->width_log2() == 1)
    append_content(out, s->data16(), s->length, false, quoting);
  else
    append_content(out, s->data32(), s->length, false, quoting);
  out.append('"');
}

namespace {

int hex_value(u32 c) {
  if (c - '0' < 10) return static_cast<int>(c - '0');
  c |= 32;
  return c - 'a' < 6 ? static_cast<int>(c - 'a' + 10) : -1;
}

template <class Unit>
class StringReader {
 public:
  StringReader(Runtime& rt, const Str* source, const Unit* units, u64 begin, bool strict)
      : rt_(rt), units_(units), length_(source->length), begin_(begin), strict_(strict) {}

  JsonString read() {
    u64 end = begin_;
    const bool ascii = skip_plain(end);
    if (!error_ && end < length_ && units_[end] == '"')
      return {new_text(begin_, end, ascii), end + 1, nullptr, 0};
    TextBuffer text;
    u64 start = begin_;
    while (!error_) {
      if (end >= length_) {
        fail("Unterminated string starting at", begin_ - 1);
        break;
      }
      text.append_units(units_ + start, kWidthLog2, end - start, false);
      if (units_[end] == '"') return {new_str_from(rt_, text), end + 1, nullptr, 0};
      text.append(read_escape(++end));
      start = end;
      if (!error_) skip_plain(end);
    }
    return {nullptr, 0, error_, error_at_};
  }

 private:
  static constexpr u32 kWidthLog2 = sizeof(Unit) / 2;

  void fail(const char* error, u64 at) {
    error_ = error;
    error_at_ = at;
  }

  // Eight bytes at a time, as long as they are ASCII and nothing special.
  void skip_words(u64& at) const {
    constexpr u64 kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
    const auto has_zero = [](u64 word) { return (word - kOnes) & ~word; };
    for (; at + 8 <= length_; at += 8) {
      u64 word;
      std::memcpy(&word, units_ + at, 8);
      const u64 special =
          has_zero(word ^ kOnes * '"') | has_zero(word ^ kOnes * '\\') | (word - kOnes * ' ') | word;
      if (special & kHighs) return;
    }
  }

  // Moves to the next quote or backslash, or to the end. Were all characters ASCII?
  bool skip_plain(u64& at) {
    u32 seen = 0;
    if constexpr (sizeof(Unit) == 1) skip_words(at);
    for (; at < length_; ++at) {
      const u32 c = units_[at];
      if (c == '"' || c == '\\') break;
      if (c < ' ' && strict_) {
        fail("Invalid control character at", at);
        break;
      }
      seen |= c;
    }
    return seen < 0x80;
  }

  Str* new_text(u64 from, u64 to, bool ascii) {
    if (sizeof(Unit) == 1 && ascii)
      return new_str_ascii(rt_, {reinterpret_cast<const char*>(units_ + from), to - from});
    return new_str_units(rt_, units_ + from, kWidthLog2, to - from);
  }

  // What stands behind a backslash; `at` moves behind it.
  u32 read_escape(u64& at) {
    if (at >= length_) return fail("Unterminated string starting at", begin_ - 1), 0;
    switch (units_[at++]) {
      case '"':
        return '"';
      case '\\':
        return '\\';
      case '/':
        return '/';
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        return read_code_point(at);
      default:
        return fail("Invalid \\escape", at - 2), 0;
    }
  }

  // The number of four hexadecimal digits, -1 when they are not there.
  i64 read_digits(u64 at) const {
    i64 number = 0;
    for (u64 i = at; i < at + 4; ++i) {
      const int digit = hex_value(units_[i]);
      if (digit < 0) return -1;
      number = number << 4 | digit;
    }
    return number;
  }

  // Two halves of a pair are one. The closing quote has to be there as well.
  u32 read_code_point(u64& at) {
    if (at + 4 >= length_) return fail("Invalid \\uXXXX escape", at - 1), 0;
    const i64 high = read_digits(at);
    if (high < 0) return fail("Invalid \\uXXXX escape", at - 1), 0;
    at += 4;
    const bool pair =
        high >= 0xD800 && high <= 0xDBFF && at + 6 < length_ && units_[at] == '\\' && units_[at + 1] == 'u';
    if (!pair) return static_cast<u32>(high);
    const i64 low = read_digits(at + 2);
    if (low < 0) return fail("Invalid \\uXXXX escape", at + 1), 0;
    if (low < 0xDC00 || low > 0xDFFF) return static_cast<u32>(high);
    at += 6;
    return static_cast<u32>(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
  }

  Runtime& rt_;
  const Unit* units_;
  const u64 length_, begin_;
  const bool strict_;
  const char* error_ = nullptr;
  u64 error_at_ = 0;
};

}  // namespace

JsonString read_json_string(Runtime& rt, const Str* source, u64 begin, bool strict) {
  if (source->width_log2() == 0) return StringReader<u8>(rt, source, source->data, begin, strict).read();
  if (source->width_log2() == 1) return StringReader<u16>(rt, source, source->data16(), begin, strict).read();
  return StringReader<u32>(rt, source, source->data32(), begin, strict).read();
}

}  // namespace lisle::rt

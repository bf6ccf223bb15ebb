// repr() and ascii() of text, and the repr of bytes: quotes and escapes.
#include "runtime/support/text.h"
#include "runtime/support/unicode.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

void append_hex(TextBuffer& text, u32 number, u32 digits) {
  for (u32 i = digits; i-- > 0;) text.append(static_cast<u32>(kHexDigits[(number >> (4 * i)) & 15]));
}

void append_escape(TextBuffer& text, u32 c) {
  text.append('\\');
  if (c <= 0xFF) {
    text.append('x');
    append_hex(text, c, 2);
  } else if (c <= 0xFFFF) {
    text.append('u');
    append_hex(text, c, 4);
  } else {
    text.append('U');
    append_hex(text, c, 8);
  }
}

// The escapes that repr of str and of bytes have in common; false when `c` needs none of them.
bool append_common_escape(TextBuffer& text, u32 c, char quote) {
  if (c == static_cast<u32>(quote) || c == '\\') {
    text.append('\\');
    text.append(c);
    return true;
  }
  if (c != '\n' && c != '\r' && c != '\t') return false;
  text.append('\\');
  text.append(c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
  return true;
}

char choose_quote(bool has_single, bool has_double) {
  return has_single && !has_double ? '"' : '\'';
}

void append_quoted(TextBuffer& text, const Str* s, bool ascii_only) {
  bool has_single = false, has_double = false, plain = s->is_ascii();
  for (u64 i = 0; i < s->length; ++i) {
    u32 c = s->at(i);
    has_single |= c == '\'';
    has_double |= c == '"';
    plain &= c >= 0x20 && c < 0x7F && c != '\\';
  }
  char quote = choose_quote(has_single, has_double);
  text.reserve(s->length + 2);
  text.append(static_cast<u32>(quote));
  if (plain && !(has_single && has_double)) {
    append_str(text, s);
  } else {
    for (u64 i = 0; i < s->length; ++i) {
      u32 c = s->at(i);
      if (append_common_escape(text, c, quote)) continue;
      bool shown = c < 0x7F ? c >= 0x20 : !ascii_only && char_is_printable(c);
      if (shown) {
        text.append(c);
      } else {
        append_escape(text, c);
      }
    }
  }
  text.append(static_cast<u32>(quote));
}

}  // namespace

void append_repr(TextBuffer& text, const Str* s) {
  append_quoted(text, s, false);
}

void append_ascii_repr(TextBuffer& text, const Str* s) {
  append_quoted(text, s, true);
}

void append_bytes_repr(TextBuffer& text, std::string_view bytes) {
  bool has_single = bytes.find('\'') != bytes.npos, has_double = bytes.find('"') != bytes.npos;
  char quote = choose_quote(has_single, has_double);
  text.append('b');
  text.append(static_cast<u32>(quote));
  for (char byte : bytes) {
    u32 c = static_cast<u8>(byte);
    if (append_common_escape(text, c, quote)) continue;
    if (c >= 0x20 && c < 0x7F) {
      text.append(c);
    } else {
      append_escape(text, c);
    }
  }
  text.append(static_cast<u32>(quote));
}

}  // namespace lisle::rt

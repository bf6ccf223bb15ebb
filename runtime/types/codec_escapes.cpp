// Backslash escapes as an encoding of text.
#include "runtime/types/codec_escapes.h"

#include "runtime/modules/unicodedata.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = static_cast<char>(c | 32);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The character of a one-letter escape; -1 when `c` is none.
int simple_escape(char c) {
  switch (c) {
    case '\\':
      return '\\';
    case '\'':
      return '\'';
    case '"':
      return '"';
    case 'a':
      return 7;
    case 'b':
      return 8;
    case 'f':
      return 12;
    case 'n':
      return 10;
    case 'r':
      return 13;
    case 't':
      return 9;
    case 'v':
      return 11;
    default:
      return -1;
  }
}

struct EscapeReader {
  Runtime& rt;
  std::string_view bytes;
  std::string_view errors;
  bool raw, final;
  TextBuffer& out;
  u64& at;
  bool unfinished = false;

  const char* name() const { return raw ? "rawunicodeescape" : "unicodeescape"; }

  Result fault(u64 start, u64 end, const char* reason) {
    if (!final && end >= bytes.size()) {
      unfinished = true;
      at = start;
      return Result::none();
    }
    Encoding kind = raw ? Encoding::kRawUnicodeEscape : Encoding::kUnicodeEscape;
    return handle_decode_fault(rt, bytes, errors, {name(), kind, start, end, reason}, out, at);
  }

  Result read_hex(u64 start, u32 digits, const char* truncated) {
    u64 i = start + 2;
    u32 c = 0, seen = 0;
    for (; seen < digits && i < bytes.size() && hex_value(bytes[i]) >= 0; ++i, ++seen) {
      c = c << 4 | static_cast<u32>(hex_value(bytes[i]));
    }
    if (seen < digits) return fault(start, i, truncated);
    if (c > 0x10FFFF) return fault(start, i, raw ? "\\Uxxxxxxxx out of range" : "illegal Unicode character");
    out.append(c);
    at = i;
    return Result::none();
  }

  void read_octal(u64 start) {
    u64 i = start + 1;
    u32 c = 0;
    for (u32 seen = 0; seen < 3 && i < bytes.size() && bytes[i] >= '0' && bytes[i] <= '7'; ++i, ++seen) {
      c = c * 8 + static_cast<u32>(bytes[i] - '0');
    }
    out.append(c);
    at = i;
  }

  // \N{NAME}
  Result read_name(u64 start) {
    u64 end = start + 2;
    if (end == bytes.size() || bytes[end] != '{') return fault(start, end, "malformed \\N character escape");
    u64 close = bytes.find('}', end);
    if (close == std::string_view::npos) return fault(start, bytes.size(), "malformed \\N character escape");
    if (close == end + 1) return fault(start, close, "malformed \\N character escape");
    u32 c = character_named(rt, std::string(bytes.substr(end + 1, close - end - 1)));
    if (c == 0) return fault(start, close + 1, "unknown Unicode character name");
    out.append(c);
    at = close + 1;
    return Result::none();
  }

  // At a backslash.
  Result read_escape() {
    u64 start = at;
    if (start + 1 >= bytes.size()) return fault(start, bytes.size(), "\\ at end of string");
    char c = bytes[start + 1];
    if (c == 'x') return read_hex(start, 2, "truncated \\xXX escape");
    if (c == 'u') return read_hex(start, 4, "truncated \\uXXXX escape");
    if (c == 'U') return read_hex(start, 8, "truncated \\UXXXXXXXX escape");
    if (c == 'N') return read_name(start);
    if (c >= '0' && c <= '7') {
      read_octal(start);
      return Result::none();
    }
    at = start + 2;
    if (c == '\n') return Result::none();
    int simple = simple_escape(c);
    if (simple < 0) out.append('\\');
    out.append(simple < 0 ? static_cast<u8>(c) : static_cast<u32>(simple));
    return Result::none();
  }

  // A run of backslashes in raw text: only an odd number before u or U makes an escape.
  Result read_raw_backslashes() {
    u64 end = at;
    while (end < bytes.size() && bytes[end] == '\\') ++end;
    u64 count = end - at;
    bool escape = count % 2 == 1 && end < bytes.size() && (bytes[end] == 'u' || bytes[end] == 'U');
    out.append_repeated('\\', escape ? count - 1 : count);
    at = escape ? end - 1 : end;
    if (!escape) return Result::none();
    return bytes[end] == 'u' ? read_hex(at, 4, "truncated \\uXXXX escape")
                             : read_hex(at, 8, "truncated \\UXXXXXXXX escape");
  }
};

void append_hex_escape(std::string& out, u32 c) {
  char text[12];
  int size = std::snprintf(text, sizeof text, c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x", c);
  out.append(text, static_cast<size_t>(size));
}

}  // namespace

void encode_escapes(const Str& text, bool raw, std::string& out) {
  for (u64 i = 0; i < text.length; ++i) {
    u32 c = text.at(i);
    if (raw) {
      if (c <= 0xFF) {
        out += static_cast<char>(c);
      } else {
        append_hex_escape(out, c);
      }
    } else if (c == '\\' || c == '\n' || c == '\r' || c == '\t') {
      out += '\\';
      out += c == '\\' ? '\\' : c == '\n' ? 'n' : c == '\r' ? 'r' : 't';
    } else if (c >= 0x20 && c < 0x7F) {
      out += static_cast<char>(c);
    } else {
      append_hex_escape(out, c);
    }
  }
}

Result decode_escapes(Runtime& rt, std::string_view bytes, std::string_view errors, bool raw, bool final,
                      TextBuffer& out, u64& at) {
  EscapeReader reader{rt, bytes, errors, raw, final, out, at};
  while (at < bytes.size() && !reader.unfinished) {
    if (bytes[at] != '\\') {
      out.append(static_cast<u8>(bytes[at++]));
      continue;
    }
    TRY(raw ? reader.read_raw_backslashes() : reader.read_escape());
  }
  return Result::none();
}

}  // namespace lisle::rt

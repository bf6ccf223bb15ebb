// The builtin text encodings: names, encoders, and the decoders of the UTF family, Latin-1 and ASCII. Escaped
// text is in codec_escapes.cpp, error handlers in codec_errors.cpp.
#include "runtime/types/codecs.h"

#include <string>

#include "runtime/support/utf8.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/codec_escapes.h"
#include "runtime/types/str.h"
#include "runtime/types/str_utf8.h"

namespace lisle::rt {

namespace {

// Lower case, with '-' for every separator: "UTF_8" and "utf 8" are "utf-8".
std::string normalized(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c == '_' || c == ' ') c = '-';
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
  }
  return out;
}

struct EncodingName {
  std::string_view name;
  Encoding encoding;
};

constexpr EncodingName kEncodingNames[] = {
    {"utf-8", Encoding::kUtf8},
    {"utf8", Encoding::kUtf8},
    {"u8", Encoding::kUtf8},
    {"utf", Encoding::kUtf8},
    {"cp65001", Encoding::kUtf8},
    {"utf-8-sig", Encoding::kUtf8Signature},
    {"utf8-sig", Encoding::kUtf8Signature},
    {"utf-16", Encoding::kUtf16},
    {"utf16", Encoding::kUtf16},
    {"u16", Encoding::kUtf16},
    {"utf-16-le", Encoding::kUtf16Little},
    {"utf-16le", Encoding::kUtf16Little},
    {"unicodelittleunmarked", Encoding::kUtf16Little},
    {"utf-16-be", Encoding::kUtf16Big},
    {"utf-16be", Encoding::kUtf16Big},
    {"unicodebigunmarked", Encoding::kUtf16Big},
    {"utf-32", Encoding::kUtf32},
    {"utf32", Encoding::kUtf32},
    {"u32", Encoding::kUtf32},
    {"utf-32-le", Encoding::kUtf32Little},
    {"utf-32le", Encoding::kUtf32Little},
    {"utf-32-be", Encoding::kUtf32Big},
    {"utf-32be", Encoding::kUtf32Big},
    {"latin-1", Encoding::kLatin1},
    {"latin1", Encoding::kLatin1},
    {"latin", Encoding::kLatin1},
    {"l1", Encoding::kLatin1},
    {"iso-8859-1", Encoding::kLatin1},
    {"iso8859-1", Encoding::kLatin1},
    {"iso88591", Encoding::kLatin1},
    {"8859", Encoding::kLatin1},
    {"cp819", Encoding::kLatin1},
    {"ascii", Encoding::kAscii},
    {"us-ascii", Encoding::kAscii},
    {"646", Encoding::kAscii},
    {"ansi-x3.4-1968", Encoding::kAscii},
    {"iso646-us", Encoding::kAscii},
    {"unicode-escape", Encoding::kUnicodeEscape},
    {"raw-unicode-escape", Encoding::kRawUnicodeEscape},
};

// What decoding has to do with: input, output, policy.
struct Decoder {
  Runtime& rt;
  std::string_view bytes;
  std::string_view errors;
  bool final;
  TextBuffer out;
  u64 at = 0;

  Result fault(const char* encoding, Encoding kind, u64 start, u64 end, const char* reason) {
    return handle_decode_fault(rt, bytes, errors, {encoding, kind, start, end, reason}, out, at);
  }
};

const char* utf8_reason(Utf8Fault fault) {
  switch (fault) {
    case Utf8Fault::kInvalidStart:
      return "invalid start byte";
    case Utf8Fault::kInvalidContinuation:
      return "invalid continuation byte";
    default:
      return "unexpected end of data";
  }
}

Result decode_utf8(Decoder& d) {
  while (d.at < d.bytes.size()) {
    size_t plain = ascii_prefix(d.bytes.substr(d.at));
    d.out.append_ascii(d.bytes.substr(d.at, plain));
    d.at += plain;
    if (d.at >= d.bytes.size()) break;
    Utf8Step step = decode_utf8_strict(d.bytes, d.at);
    if (step.fault == Utf8Fault::kNone) {
      d.out.append(step.code_point);
      d.at += step.length;
      continue;
    }
    if (step.fault == Utf8Fault::kUnexpectedEnd && !d.final) return Result::none();
    TRY(d.fault("utf-8", Encoding::kUtf8, d.at, d.at + step.length, utf8_reason(step.fault)));
  }
  return Result::none();
}

Result decode_single_bytes(Decoder& d, bool ascii) {
  if (!ascii) {
    d.out.append_latin1(d.bytes);
    d.at = d.bytes.size();
    return Result::none();
  }
  while (d.at < d.bytes.size()) {
    size_t plain = ascii_prefix(d.bytes.substr(d.at));
    d.out.append_ascii(d.bytes.substr(d.at, plain));
    d.at += plain;
    if (d.at >= d.bytes.size()) break;
    TRY(d.fault("ascii", Encoding::kAscii, d.at, d.at + 1, "ordinal not in range(128)"));
  }
  return Result::none();
}

u32 unit16(std::string_view bytes, u64 at, bool big) {
  u32 first = static_cast<u8>(bytes[at]), second = static_cast<u8>(bytes[at + 1]);
  return big ? first << 8 | second : second << 8 | first;
}

Result decode_utf16(Decoder& d, Encoding kind) {
  bool big = kind == Encoding::kUtf16Big;
  const char* name = big ? "utf-16-be" : "utf-16-le";
  while (d.at < d.bytes.size()) {
    u64 left = d.bytes.size() - d.at;
    if (left < 2) {
      if (!d.final) return Result::none();
      TRY(d.fault(name, kind, d.at, d.at + 1, "truncated data"));
      continue;
    }
    u32 c = unit16(d.bytes, d.at, big);
    if (c < 0xD800 || c > 0xDFFF) {
      d.out.append(c);
      d.at += 2;
      continue;
    }
    if (c >= 0xDC00) {
      TRY(d.fault(name, kind, d.at, d.at + 2, "illegal encoding"));
      continue;
    }
    if (left < 4) {
      if (!d.final) return Result::none();
      TRY(d.fault(name, kind, d.at, d.bytes.size(), "unexpected end of data"));
      continue;
    }
    u32 low = unit16(d.bytes, d.at + 2, big);
    if (low < 0xDC00 || low > 0xDFFF) {
      TRY(d.fault(name, kind, d.at, d.at + 2, "illegal UTF-16 surrogate"));
      continue;
    }
    d.out.append(0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
    d.at += 4;
  }
  return Result::none();
}

Result decode_utf32(Decoder& d, Encoding kind) {
  bool big = kind == Encoding::kUtf32Big;
  const char* name = big ? "utf-32-be" : "utf-32-le";
  while (d.at < d.bytes.size()) {
    if (d.bytes.size() - d.at < 4) {
      if (!d.final) return Result::none();
      TRY(d.fault(name, kind, d.at, d.bytes.size(), "truncated data"));
      continue;
    }
    u32 a = unit16(d.bytes, d.at, big), b = unit16(d.bytes, d.at + 2, big);
    u32 c = big ? a << 16 | b : b << 16 | a;
    if (c > 0x10FFFF) {
      TRY(d.fault(name, kind, d.at, d.at + 4, "code point not in range(0x110000)"));
    } else if (c >= 0xD800 && c <= 0xDFFF) {
      TRY(d.fault(name, kind, d.at, d.at + 4, "code point in surrogate code point range(0xd800, 0xe000)"));
    } else {
      d.out.append(c);
      d.at += 4;
    }
  }
  return Result::none();
}

// Takes a byte order mark off and decides the byte order; little-endian without one.
Encoding skip_byte_order_mark(Decoder& d, Encoding kind) {
  std::string_view b = d.bytes;
  if (kind == Encoding::kUtf8Signature) {
    if (b.starts_with("\xEF\xBB\xBF")) d.at = 3;
    return Encoding::kUtf8;
  }
  if (kind == Encoding::kUtf16) {
    bool little = b.starts_with("\xFF\xFE"), big = b.starts_with("\xFE\xFF");
    if (little || big) d.at = 2;
    return big ? Encoding::kUtf16Big : Encoding::kUtf16Little;
  }
  if (kind == Encoding::kUtf32) {
    bool little = b.starts_with(std::string_view("\xFF\xFE\0\0", 4));
    bool big = b.starts_with(std::string_view("\0\0\xFE\xFF", 4));
    if (little || big) d.at = 4;
    return big ? Encoding::kUtf32Big : Encoding::kUtf32Little;
  }
  return kind;
}

Result decode_all(Decoder& d, Encoding kind) {
  kind = skip_byte_order_mark(d, kind);
  switch (kind) {
    case Encoding::kUtf8:
      return decode_utf8(d);
    case Encoding::kUtf16Little:
    case Encoding::kUtf16Big:
      return decode_utf16(d, kind);
    case Encoding::kUtf32Little:
    case Encoding::kUtf32Big:
      return decode_utf32(d, kind);
    case Encoding::kLatin1:
      return decode_single_bytes(d, false);
    case Encoding::kAscii:
      return decode_single_bytes(d, true);
    case Encoding::kUnicodeEscape:
    case Encoding::kRawUnicodeEscape:
      return decode_escapes(d.rt, d.bytes, d.errors, kind == Encoding::kRawUnicodeEscape, d.final, d.out,
                            d.at);
    default:
      LISLE_UNREACHABLE();
  }
}

Result unknown_encoding(Runtime& rt, std::string_view name) {
  return raise(rt, TypeId::LookupError, "unknown encoding: %s", std::string(name).c_str());
}

bool is_surrogate(u32 c) {
  return c >= 0xD800 && c <= 0xDFFF;
}

Result encode_utf(Runtime& rt, Str* text, Encoding kind, const char* name, std::string_view errors,
                  std::string& out) {
  for (u64 i = 0; i < text->length;) {
    u32 c = text->at(i);
    if (!is_surrogate(c)) {
      append_utf_char(out, kind, c);
      ++i;
      continue;
    }
    u64 end = i + 1;
    while (end < text->length && is_surrogate(text->at(end))) ++end;
    TRY(handle_encode_fault(rt, text, errors, {name, kind, i, end, "surrogates not allowed"}, out, i));
  }
  return Result::none();
}

Result encode_single_bytes(Runtime& rt, Str* text, Encoding kind, std::string_view errors, std::string& out) {
  bool ascii = kind == Encoding::kAscii;
  u32 limit = ascii ? 0x7F : 0xFF;
  for (u64 i = 0; i < text->length;) {
    u32 c = text->at(i);
    if (c <= limit) {
      out += static_cast<char>(c);
      ++i;
      continue;
    }
    u64 end = i + 1;
    while (end < text->length && text->at(end) > limit) ++end;
    TRY(handle_encode_fault(rt, text, errors,
                            {ascii ? "ascii" : "latin-1", kind, i, end,
                             ascii ? "ordinal not in range(128)" : "ordinal not in range(256)"},
                            out, i));
  }
  return Result::none();
}

Result encode_all(Runtime& rt, Str* text, Encoding kind, std::string_view errors, std::string& out) {
  switch (kind) {
    case Encoding::kUtf8Signature:
      out = "\xEF\xBB\xBF";
      return encode_utf(rt, text, Encoding::kUtf8, "utf-8", errors, out);
    case Encoding::kUtf8:
      return encode_utf(rt, text, kind, "utf-8", errors, out);
    case Encoding::kUtf16:
      append_utf_char(out, Encoding::kUtf16Little, 0xFEFF);
      return encode_utf(rt, text, Encoding::kUtf16Little, "utf-16", errors, out);
    case Encoding::kUtf32:
      append_utf_char(out, Encoding::kUtf32Little, 0xFEFF);
      return encode_utf(rt, text, Encoding::kUtf32Little, "utf-32", errors, out);
    case Encoding::kUtf16Little:
      return encode_utf(rt, text, kind, "utf-16-le", errors, out);
    case Encoding::kUtf16Big:
      return encode_utf(rt, text, kind, "utf-16-be", errors, out);
    case Encoding::kUtf32Little:
      return encode_utf(rt, text, kind, "utf-32-le", errors, out);
    case Encoding::kUtf32Big:
      return encode_utf(rt, text, kind, "utf-32-be", errors, out);
    case Encoding::kLatin1:
    case Encoding::kAscii:
      return encode_single_bytes(rt, text, kind, errors, out);
    case Encoding::kUnicodeEscape:
    case Encoding::kRawUnicodeEscape:
      encode_escapes(*text, kind == Encoding::kRawUnicodeEscape, out);
      return Result::none();
    case Encoding::kUnknown:
      break;
  }
  LISLE_UNREACHABLE();
}

}  // namespace

Encoding encoding_named(std::string_view name) {
  if (name.empty()) return Encoding::kUtf8;
  std::string plain = normalized(name);
  for (const EncodingName& row : kEncodingNames) {
    if (row.name == plain) return row.encoding;
  }
  return Encoding::kUnknown;
}

bool is_builtin_encoding(std::string_view name) {
  return encoding_named(name) != Encoding::kUnknown;
}

Result encode_text(Runtime& rt, Str* text, std::string_view encoding, std::string_view errors) {
  Encoding kind = encoding_named(encoding);
  if (kind == Encoding::kUnknown) return unknown_encoding(rt, encoding);
  bool direct = kind == Encoding::kUtf8 || kind == Encoding::kAscii || kind == Encoding::kLatin1;
  if (direct && text->is_ascii()) {
    TRY(require_byte_room(rt, text->length));
    return Value::from(new_bytes(rt, text->latin1()));
  }
  TRY(require_byte_room(rt, text->length * 4));
  if (kind == Encoding::kUtf8 && !has_surrogates(text)) {
    Bytes* whole = new_bytes_uncleared(rt, str_utf8_size(text));
    str_write_utf8(text, whole->data);
    return Value::from(whole);
  }
  std::string out;
  TRY(encode_all(rt, text, kind, errors, out));
  return Value::from(new_bytes(rt, out));
}

Result decode_prefix(Runtime& rt, std::string_view bytes, std::string_view encoding, std::string_view errors,
                     bool final, u64& consumed) {
  Encoding kind = encoding_named(encoding);
  consumed = 0;
  if (kind == Encoding::kUnknown) return unknown_encoding(rt, encoding);
  TRY(require_text_room(rt, bytes.size(), 1));
  if (kind == Encoding::kUtf8 && rt.heap.has_room(bytes.size() * sizeof(u32))) {
    if (Str* whole = new_str_well_formed(rt, bytes)) {
      consumed = bytes.size();
      return Value::from(whole);
    }
  }
  Decoder decoder{rt, bytes, errors, final, {}};
  TRY(decode_all(decoder, kind));
  consumed = decoder.at;
  return finish_text(rt, decoder.out);
}

Result decode_bytes(Runtime& rt, std::string_view bytes, std::string_view encoding, std::string_view errors) {
  u64 consumed;
  return decode_prefix(rt, bytes, encoding, errors, true, consumed);
}

}  // namespace lisle::rt

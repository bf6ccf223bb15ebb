// The builtin error handlers of text encodings, and the exceptions of the strict one.
#include "runtime/types/codec_errors.h"

#include "runtime/modules/unicodedata.h"

#include "runtime/support/utf8.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

bool is_surrogate(u32 c) {
  return c >= 0xD800 && c <= 0xDFFF;
}

Result raise_unicode_error(Runtime& rt, TypeId type, const char* encoding, Value object, u64 start, u64 end,
                           const char* reason) {
  Value args[5] = {Value::from(new_str(rt, encoding)), object, Value::from_int(static_cast<i64>(start)),
                   Value::from_int(static_cast<i64>(end)), Value::from(new_str(rt, reason))};
  Exception* e = new_exception_of(rt, rt.type(type), new_tuple_from(rt, args, 5));
  TRY(init_exception(rt, *e));
  return raise_value(rt, Value::from(e));
}

Result unknown_handler(Runtime& rt, std::string_view errors) {
  return raise(rt, TypeId::LookupError, "unknown error handler name '%s'", std::string(errors).c_str());
}

Result raise_decode_error(Runtime& rt, std::string_view bytes, const DecodeFault& fault) {
  return raise_unicode_error(rt, TypeId::UnicodeDecodeError, fault.encoding,
                             Value::from(new_bytes(rt, bytes)), fault.start, fault.end, fault.reason);
}

Result raise_encode_error(Runtime& rt, Str* text, const EncodeFault& fault) {
  return raise_unicode_error(rt, TypeId::UnicodeEncodeError, fault.encoding, Value::from(text), fault.start,
                             fault.end, fault.reason);
}

// The surrogate that lies encoded at `at`, 0 when there is none; `size` is its length in bytes.
u32 encoded_surrogate(std::string_view bytes, u64 at, Encoding kind, u64& size) {
  auto byte = [&](u64 i) -> u32 { return at + i < bytes.size() ? static_cast<u8>(bytes[at + i]) : 0; };
  u32 c = 0;
  switch (kind) {
    case Encoding::kUtf8:
      size = 3;
      if (byte(0) == 0xED && (byte(1) & 0xE0) == 0xA0 && (byte(2) & 0xC0) == 0x80) {
        c = 0xD000 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
      }
      break;
    case Encoding::kUtf16Little:
      size = 2, c = byte(0) | byte(1) << 8;
      break;
    case Encoding::kUtf16Big:
      size = 2, c = byte(1) | byte(0) << 8;
      break;
    case Encoding::kUtf32Little:
      size = 4, c = byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
      break;
    case Encoding::kUtf32Big:
      size = 4, c = byte(3) | byte(2) << 8 | byte(1) << 16 | byte(0) << 24;
      break;
    default:
      return 0;
  }
  return is_surrogate(c) && at + size <= bytes.size() ? c : 0;
}

Encoding with_byte_order(Encoding kind) {
  if (kind == Encoding::kUtf16) return Encoding::kUtf16Little;
  if (kind == Encoding::kUtf32) return Encoding::kUtf32Little;
  return kind == Encoding::kUtf8Signature ? Encoding::kUtf8 : kind;
}

void append_escape(std::string& out, u32 c) {
  char text[12];
  int size = std::snprintf(text, sizeof text, c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x", c);
  out.append(text, static_cast<size_t>(size));
}

void append_reference(std::string& out, u32 c) {
  char text[16];
  int size = std::snprintf(text, sizeof text, "&#%u;", c);
  out.append(text, static_cast<size_t>(size));
}

// ASCII replacement text in the encoding at hand.
void append_encoded(std::string& out, Encoding kind, std::string_view ascii) {
  for (char c : ascii) append_utf_char(out, with_byte_order(kind), static_cast<u8>(c));
}

}  // namespace

ErrorHandler handler_named(std::string_view name) {
  struct Row {
    std::string_view name;
    ErrorHandler handler;
  };
  static constexpr Row kRows[] = {
      {"", ErrorHandler::kStrict},
      {"strict", ErrorHandler::kStrict},
      {"ignore", ErrorHandler::kIgnore},
      {"replace", ErrorHandler::kReplace},
      {"backslashreplace", ErrorHandler::kBackslashReplace},
      {"xmlcharrefreplace", ErrorHandler::kXmlCharRefReplace},
      {"namereplace", ErrorHandler::kNameReplace},
      {"surrogateescape", ErrorHandler::kSurrogateEscape},
      {"surrogatepass", ErrorHandler::kSurrogatePass},
  };
  for (const Row& row : kRows) {
    if (row.name == name) return row.handler;
  }
  return ErrorHandler::kUnknown;
}

void append_utf_char(std::string& out, Encoding encoding, u32 c) {
  auto unit16 = [&](u32 unit) {
    char low = static_cast<char>(unit), high = static_cast<char>(unit >> 8);
    out += encoding == Encoding::kUtf16Big ? high : low;
    out += encoding == Encoding::kUtf16Big ? low : high;
  };
  switch (encoding) {
    case Encoding::kUtf16Little:
    case Encoding::kUtf16Big:
      if (c > 0xFFFF) {
        unit16(0xD800 + ((c - 0x10000) >> 10));
        unit16(0xDC00 + ((c - 0x10000) & 0x3FF));
      } else {
        unit16(c);
      }
      return;
    case Encoding::kUtf32Little:
      for (u32 i = 0; i < 4; ++i) out += static_cast<char>(c >> (8 * i));
      return;
    case Encoding::kUtf32Big:
      for (u32 i = 4; i-- > 0;) out += static_cast<char>(c >> (8 * i));
      return;
    case Encoding::kUtf8: {
      char bytes[4];
      size_t size = encode_utf8_char(c, bytes);
      out.append(bytes, size);
      return;
    }
    default:
      out += static_cast<char>(c);
  }
}

Result handle_decode_fault(Runtime& rt, std::string_view bytes, std::string_view errors,
                           const DecodeFault& fault, TextBuffer& out, u64& resume) {
  resume = fault.end;
  switch (handler_named(errors)) {
    case ErrorHandler::kIgnore:
      return Result::none();
    case ErrorHandler::kReplace:
      out.append(0xFFFD);
      return Result::none();
    case ErrorHandler::kBackslashReplace: {
      std::string escaped;
      for (u64 i = fault.start; i < fault.end; ++i) append_escape(escaped, static_cast<u8>(bytes[i]));
      out.append_ascii(escaped);
      return Result::none();
    }
    case ErrorHandler::kSurrogateEscape: {
      u64 i = fault.start;
      while (i < fault.end && i < fault.start + 4 && static_cast<u8>(bytes[i]) >= 0x80) {
        out.append(0xDC00 + static_cast<u8>(bytes[i++]));
      }
      if (i == fault.start) return raise_decode_error(rt, bytes, fault);
      resume = i;
      return Result::none();
    }
    case ErrorHandler::kSurrogatePass: {
      u64 size = 0;
      u32 c = encoded_surrogate(bytes, fault.start, with_byte_order(fault.kind), size);
      if (c == 0) return raise_decode_error(rt, bytes, fault);
      out.append(c);
      resume = fault.start + size;
      return Result::none();
    }
    case ErrorHandler::kXmlCharRefReplace:
    case ErrorHandler::kNameReplace:
      return raise(rt, TypeId::TypeError, "don't know how to handle UnicodeDecodeError in error callback");
    case ErrorHandler::kUnknown:
      return unknown_handler(rt, errors);
    case ErrorHandler::kStrict:
      break;
  }
  return raise_decode_error(rt, bytes, fault);
}

Result handle_encode_fault(Runtime& rt, Str* text, std::string_view errors, const EncodeFault& fault,
                           std::string& out, u64& resume) {
  resume = fault.end;
  ErrorHandler handler = handler_named(errors);
  if (handler == ErrorHandler::kUnknown) return unknown_handler(rt, errors);
  if (handler == ErrorHandler::kStrict) return raise_encode_error(rt, text, fault);
  for (u64 i = fault.start; i < fault.end; ++i) {
    u32 c = text->at(i);
    std::string replacement;
    switch (handler) {
      case ErrorHandler::kReplace:
        replacement = "?";
        break;
      case ErrorHandler::kNameReplace: {
        std::string name = character_name(rt, c);
        if (!name.empty()) {
          replacement += "\\N{" + name + "}";
          break;
        }
      }
        [[fallthrough]];
      case ErrorHandler::kBackslashReplace:
        append_escape(replacement, c);
        break;
      case ErrorHandler::kXmlCharRefReplace:
        append_reference(replacement, c);
        break;
      case ErrorHandler::kSurrogateEscape:
        if (c < 0xDC80 || c > 0xDCFF)
          return raise_encode_error(rt, text, {fault.encoding, fault.kind, i, fault.end, fault.reason});
        out += static_cast<char>(c - 0xDC00);
        break;
      case ErrorHandler::kSurrogatePass:
        if (!is_surrogate(c) || fault.kind == Encoding::kAscii || fault.kind == Encoding::kLatin1) {
          return raise_encode_error(rt, text, fault);
        }
        append_utf_char(out, with_byte_order(fault.kind), c);
        break;
      default:
        break;
    }
    append_encoded(out, fault.kind, replacement);
  }
  return Result::none();
}

}  // namespace lisle::rt

// The module binascii: hexadecimal, base64, quoted-printable, uuencoding, and checksums.
#include <string>

#include "runtime/protocols/compare.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

constexpr char kBase64Digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Result raise_error(Runtime& rt, const char* class_name, std::string_view text) {
  Module* module = as<Module>(dict_get_str(rt, *rt.modules, intern(rt, "binascii")));
  Value cls = module == nullptr ? Value::unbound() : module_get(rt, *module, class_name);
  if (!is_type(cls)) return raise(rt, TypeId::ValueError, "%s", std::string(text).c_str());
  Value message = Value::from(new_str(rt, text));
  return raise_value(rt, Value::from(new_exception_of(rt, to<Type>(cls), new_tuple_from(rt, &message, 1))));
}

Result raise_error(Runtime& rt, std::string_view text) {
  return raise_error(rt, "Error", text);
}

// Bytes, or a str of ASCII characters only.
Result ascii_buffer(Runtime& rt, Value v, std::string_view& out) {
  if (is_str(v)) {
    if (!to<Str>(v)->is_ascii()) {
      return raise(rt, TypeId::ValueError, "string argument should contain only ASCII characters");
    }
    out = to<Str>(v)->latin1();
    return Result::none();
  }
  if (bytes_like(v, out)) return Result::none();
  return raise(rt, TypeId::TypeError, "argument should be bytes, buffer or ASCII string, not '%.100s'",
               type_name(rt, v));
}

Value bytes_value(Runtime& rt, const std::string& s) {
  return Value::from(new_bytes(rt, s));
}

bool is_set(Value v, bool otherwise) {
  if (v.is_unbound()) return otherwise;
  return v.is_true() || (v.is_int() && v.as_int() != 0);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = static_cast<char>(c | 32);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// data, sep, bytes_per_sep: the text of bytes.hex() as bytes.
Result hexlify(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      std::string_view bytes;
      TRY(require_bytes_like(rt, f[0], bytes));
      f[0] = Value::from(new_bytes(rt, bytes));
    }
      AWAIT(1, call_method(rt, f, f[0], intern(rt, "hex"), {}));
      if (f[1].is_unbound()) return Value::from(new_bytes(rt, to<Str>(r.value())->latin1()));
      if (f[2].is_unbound()) f[2] = Value::from_int(1);
      AWAIT(2, call_method(rt, f, f[0], intern(rt, "hex"), {f[1], f[2]}));
      return Value::from(new_bytes(rt, to<Str>(r.value())->latin1()));
  }
  LISLE_UNREACHABLE();
}

Result unhexlify(Runtime& rt, Frame& f) {
  std::string_view text;
  TRY(ascii_buffer(rt, f[0], text));
  if (text.size() % 2 != 0) return raise_error(rt, "Odd-length string");
  std::string out;
  for (size_t i = 0; i < text.size(); i += 2) {
    int high = hex_value(text[i]), low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return raise_error(rt, "Non-hexadecimal digit found");
    out += static_cast<char>(high * 16 + low);
  }
  return bytes_value(rt, out);
}

Result b2a_base64(Runtime& rt, Frame& f) {
  std::string_view bytes;
  TRY(require_bytes_like(rt, f[0], bytes));
  TRY(require_byte_room(rt, bytes.size() * 2));
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    size_t count = bytes.size() - i < 3 ? bytes.size() - i : 3;
    u32 group = 0;
    for (size_t j = 0; j < 3; ++j) group = group << 8 | (j < count ? static_cast<u8>(bytes[i + j]) : 0);
    for (size_t j = 0; j < 4; ++j) out += j <= count ? kBase64Digits[group >> (18 - 6 * j) & 63] : '=';
  }
  if (is_set(f[1], true)) out += '\n';
  return bytes_value(rt, out);
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// data, strict_mode.
Result a2b_base64(Runtime& rt, Frame& f) {
  std::string_view text;
  TRY(ascii_buffer(rt, f[0], text));
  bool strict = is_set(f[1], false);
  if (strict && !text.empty() && text[0] == '=') return raise_error(rt, "Leading padding not allowed");
  std::string out;
  u32 place = 0, bits = 0, padding = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '=') {
      ++padding;
      if (place >= 2 && place + padding >= 4) {
        if (strict && i + 1 < text.size()) return raise_error(rt, "Excess data after padding");
        return bytes_value(rt, out);
      }
      continue;
    }
    int value = base64_value(c);
    if (value < 0) {
      if (strict) return raise_error(rt, "Only base64 data is allowed");
      continue;
    }
    if (strict && padding > 0) return raise_error(rt, "Discontinuous padding not allowed");
    padding = 0;
    bits = bits << 6 | static_cast<u32>(value);
    if (place > 0) out += static_cast<char>(bits >> (6 - 2 * place));
    place = (place + 1) % 4;
  }
  if (place == 1) {
    return raise_error(rt, "Invalid base64-encoded string: number of data characters (" +
                               std::to_string(out.size() / 3 * 4 + 1) +
                               ") cannot be 1 more than a multiple of 4");
  }
  if (place != 0) return raise_error(rt, "Incorrect padding");
  return bytes_value(rt, out);
}

u32 crc32_of(std::string_view bytes, u32 start) {
  u32 crc = ~start;
  for (char c : bytes) {
    crc ^= static_cast<u8>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

Result start_value(Runtime& rt, Value v, u64 mask, u64& out) {
  out = 0;
  if (v.is_unbound()) return Result::none();
  i64 n;
  if (!is_int_like(v)) {
    return raise(rt, TypeId::TypeError, "'%.200s' object cannot be interpreted as an integer",
                 type_name(rt, v));
  }
  if (!int_to_i64(v, n))
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C unsigned long");
  out = static_cast<u64>(n) & mask;
  return Result::none();
}

Result crc32(Runtime& rt, Frame& f) {
  std::string_view bytes;
  u64 start;
  TRY(require_bytes_like(rt, f[0], bytes));
  TRY(start_value(rt, f[1], 0xFFFFFFFF, start));
  return Value::from_int(crc32_of(bytes, static_cast<u32>(start)));
}

// CRC-CCITT, polynomial 0x1021.
Result crc_hqx(Runtime& rt, Frame& f) {
  std::string_view bytes;
  u64 crc;
  TRY(require_bytes_like(rt, f[0], bytes));
  TRY(start_value(rt, f[1], 0xFFFF, crc));
  for (char c : bytes) {
    crc ^= static_cast<u64>(static_cast<u8>(c)) << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc << 1 ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xFFFF;
  }
  return Value::from_int(static_cast<i64>(crc));
}

Result a2b_uu(Runtime& rt, Frame& f) {
  std::string_view text;
  TRY(ascii_buffer(rt, f[0], text));
  size_t wanted = text.empty() ? 32 & 63 : static_cast<size_t>((text[0] - ' ') & 63);
  if (!text.empty()) text.remove_prefix(1);
  std::string out;
  u32 bits = 0, place = 0;
  size_t i = 0;
  for (; out.size() < wanted; ++i) {
    char c = i < text.size() ? text[i] : ' ';
    if (c == '\n' || c == '\r') c = ' ';
    if (c < ' ' || c > ' ' + 64) return raise_error(rt, "Illegal char");
    bits = bits << 6 | static_cast<u32>((c - ' ') & 63);
    if (place > 0) out += static_cast<char>(bits >> (6 - 2 * place));
    place = (place + 1) % 4;
  }
  for (; i < text.size(); ++i) {
    char c = text[i];
    if (c != ' ' && c != '`' && c != '\n' && c != '\r') return raise_error(rt, "Trailing garbage");
  }
  return bytes_value(rt, out);
}

// data, backtick.
Result b2a_uu(Runtime& rt, Frame& f) {
  std::string_view bytes;
  TRY(require_bytes_like(rt, f[0], bytes));
  if (bytes.size() > 45) return raise_error(rt, "At most 45 bytes at once");
  bool backtick = is_set(f[1], false);
  auto digit = [&](u32 value) { return value == 0 && backtick ? '`' : static_cast<char>(value + ' '); };
  std::string out(1, digit(static_cast<u32>(bytes.size())));
  for (size_t i = 0; i < bytes.size(); i += 3) {
    u32 group = 0;
    for (size_t j = 0; j < 3; ++j)
      group = group << 8 | (i + j < bytes.size() ? static_cast<u8>(bytes[i + j]) : 0);
    for (int shift = 18; shift >= 0; shift -= 6) out += digit(group >> shift & 63);
  }
  out += '\n';
  return bytes_value(rt, out);
}

// data, header.
Result a2b_qp(Runtime& rt, Frame& f) {
  std::string_view text;
  TRY(ascii_buffer(rt, f[0], text));
  bool header = is_set(f[1], false);
  std::string out;
  for (size_t i = 0; i < text.size();) {
    if (text[i] != '=') {
      out += header && text[i] == '_' ? ' ' : text[i];
      ++i;
      continue;
    }
    if (++i >= text.size()) break;
    if (text[i] == '\n' || text[i] == '\r') {  // a soft line break
      while (i < text.size() && text[i] != '\n') ++i;
      if (i < text.size()) ++i;
    } else if (text[i] == '=') {
      out += '=';
      ++i;
    } else if (i + 1 < text.size() && hex_value(text[i]) >= 0 && hex_value(text[i + 1]) >= 0) {
      out += static_cast<char>(hex_value(text[i]) * 16 + hex_value(text[i + 1]));
      i += 2;
    } else {
      out += '=';
    }
  }
  return bytes_value(rt, out);
}

struct QuotedWriter {
  bool quote_tabs, is_text, header;
  std::string out;
  size_t column = 0;

  static constexpr size_t kLineLimit = 76;

  void soft_break(size_t coming, std::string_view line_end) {
    if (column + coming >= kLineLimit) {
      out += '=';
      out += line_end;
      column = 0;
    }
  }
  bool needs_quote(std::string_view bytes, size_t i) const {
    u8 c = static_cast<u8>(bytes[i]);
    bool at_end = i + 1 == bytes.size();
    char next = at_end ? 0 : bytes[i + 1];
    if (c > 126 || c == '=' || (header && c == '_')) return true;
    if (c == '.' && column == 0 && (at_end || next == '\n' || next == '\r' || next == 0)) return true;
    if (!is_text && (c == '\r' || c == '\n')) return true;
    if ((c == '\t' || c == ' ') && at_end) return true;
    if (c < 33 && c != '\r' && c != '\n' && c != '\t' && c != ' ') return true;
    if (c < 33 && c != '\r' && c != '\n') return quote_tabs;
    return false;
  }
};

// data, quotetabs, istext, header.
Result b2a_qp(Runtime& rt, Frame& f) {
  std::string_view bytes;
  TRY(require_bytes_like(rt, f[0], bytes));
  QuotedWriter writer{is_set(f[1], false), is_set(f[2], true), is_set(f[3], false), {}};
  size_t newline = bytes.find('\n');
  std::string_view line_end =
      newline != bytes.npos && newline > 0 && bytes[newline - 1] == '\r' ? "\r\n" : "\n";
  for (size_t i = 0; i < bytes.size(); ++i) {
    char c = bytes[i];
    if (writer.needs_quote(bytes, i)) {
      writer.soft_break(3, line_end);
      writer.out += '=';
      writer.out += "0123456789ABCDEF"[static_cast<u8>(c) >> 4];
      writer.out += "0123456789ABCDEF"[static_cast<u8>(c) & 15];
      writer.column += 3;
      continue;
    }
    bool breaks = c == '\n' || (c == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n');
    if (writer.is_text && breaks) {
      // A space or tab before the end of a line would get lost on the way.
      if (!writer.out.empty() && (writer.out.back() == ' ' || writer.out.back() == '\t')) {
        char last = writer.out.back();
        writer.out.back() = '=';
        writer.out += last == ' ' ? "20" : "09";
      }
      writer.out += line_end;
      writer.column = 0;
      if (c == '\r') ++i;
      continue;
    }
    if (i + 1 < bytes.size() && bytes[i + 1] != '\n') writer.soft_break(1, line_end);
    writer.out += writer.header && c == ' ' ? '_' : c;
    ++writer.column;
  }
  return bytes_value(rt, writer.out);
}

void setup(Runtime& rt, Module& module) {
  module_set(rt, module, "Error",
             Value::from(new_native_class(rt, "binascii", "Error", rt.type(TypeId::ValueError))));
  module_set(rt, module, "Incomplete",
             Value::from(new_native_class(rt, "binascii", "Incomplete", rt.type(TypeId::Exception))));
}

constexpr NativeSpec kFunctions[] = {
    {"hexlify", hexlify, "(data, sep=None, bytes_per_sep=1)", nullptr, 3},
    {"b2a_hex", hexlify, "(data, sep=None, bytes_per_sep=1)", nullptr, 3},
    {"unhexlify", unhexlify, "(hexstr, /)"},
    {"a2b_hex", unhexlify, "(hexstr, /)"},
    {"b2a_base64", b2a_base64, "(data, /, *, newline=True)"},
    {"a2b_base64", a2b_base64, "(data, /, *, strict_mode=False)"},
    {"b2a_uu", b2a_uu, "(data, /, *, backtick=False)"},
    {"a2b_uu", a2b_uu, "(data, /)"},
    {"b2a_qp", b2a_qp, "(data, quotetabs=False, istext=True, header=False)"},
    {"a2b_qp", a2b_qp, "(data, header=False)"},
    {"crc32", crc32, "(data, crc=0, /)"},
    {"crc_hqx", crc_hqx, "(data, crc, /)"},
};

}  // namespace

extern const ModuleSpec kBinasciiModule;
const ModuleSpec kBinasciiModule = {"binascii", "Conversion between binary data and ASCII.", kFunctions,
                                    setup};

}  // namespace lisle::rt

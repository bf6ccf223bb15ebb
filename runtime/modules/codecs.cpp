// The module _codecs: the registry's functions, one encoder and decoder for each builtin encoding, and
// character maps.
#include <string>

#include "runtime/modules/codec_registry.h"
#include "runtime/modules/unicodedata.h"
#include "runtime/protocols/compare.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/codec_escapes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

Result pair(Runtime& rt, Value object, u64 count) {
  Value items[2] = {object, Value::from_int(static_cast<i64>(count))};
  return Value::from(new_tuple_from(rt, items, 2));
}

// None and an absent argument mean "strict".
Result errors_argument(Runtime& rt, Value v, std::string& out) {
  if (v.is_unbound() || v.is_none()) return Result::none();
  if (!is_str(v))
    return raise(rt, TypeId::TypeError, "errors must be str or None, not %.50s", type_name(rt, v));
  TextBuffer scratch;
  out = str_utf8(to<Str>(v), scratch);
  return Result::none();
}

Result encode_by(Runtime& rt, Frame& f, const char* encoding) {
  if (!is_str(f[0])) {
    return raise(rt, TypeId::TypeError, "encode() argument 1 must be str, not %.50s", type_name(rt, f[0]));
  }
  std::string errors;
  TRY(errors_argument(rt, f[1], errors));
  Value bytes = TRY(encode_text(rt, to<Str>(f[0]), encoding, errors));
  return pair(rt, bytes, to<Str>(f[0])->length);
}

// data, errors, final (absent: `final_default`).
Result decode_by(Runtime& rt, Frame& f, const char* encoding, bool final) {
  std::string_view bytes;
  std::string errors, own;
  if (is_str(f[0])) {  // the escape codecs take text too
    TextBuffer scratch;
    own = str_utf8(to<Str>(f[0]), scratch);
    bytes = own;
  } else {
    TRY(require_bytes_like(rt, f[0], bytes));
  }
  TRY(errors_argument(rt, f[1], errors));
  u64 consumed;
  Value text = TRY(decode_prefix(rt, bytes, encoding, errors, final, consumed));
  return pair(rt, text, consumed);
}

// `final` of incremental decoders is a flag that codecs.py passes as a bool.
bool is_final(Value v) {
  return v.is_true() || (v.is_int() && v.as_int() != 0);
}

// --- escape: bytes as they stand between the quotes of a bytes literal

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = static_cast<char>(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// \x and two digits at `at`, which moves behind them; how bad ones are taken is the error handler's business.
Result decode_hex_escape(Runtime& rt, std::string_view in, size_t& at, std::string_view errors,
                         std::string& out) {
  int high = at < in.size() ? hex_digit(in[at]) : -1, low = at + 1 < in.size() ? hex_digit(in[at + 1]) : -1;
  if (high >= 0 && low >= 0) {
    out += static_cast<char>(high << 4 | low);
    at += 2;
    return Result::none();
  }
  if (errors.empty() || errors == "strict")
    return raise(rt, TypeId::ValueError, "invalid \\x escape at position %zu", at - 2);
  if (errors == "replace")
    out += '?';
  else if (errors != "ignore")
    return raise(rt, TypeId::ValueError, "decoding error; unknown error handling code: %.400s",
                 std::string(errors).c_str());
  if (high >= 0) ++at;
  return Result::none();
}

// data, errors: (bytes, how many were read).
Result escape_decode(Runtime& rt, Frame& f) {
  std::string_view in;
  std::string errors, out, own;
  if (is_str(f[0])) {
    own = utf8_of(to<Str>(f[0]));
    in = own;
  } else {
    TRY(require_bytes_like(rt, f[0], in));
  }
  TRY(errors_argument(rt, f[1], errors));
  constexpr std::string_view kLetters = "abfnrtv\\'\"", kMeanings = "\a\b\f\n\r\t\v\\'\"";
  for (size_t at = 0; at < in.size();) {
    char c = in[at++];
    if (c != '\\') {
      out += c;
      continue;
    }
    if (at == in.size()) return raise(rt, TypeId::ValueError, "Trailing \\ in string");
    c = in[at++];
    if (size_t letter = kLetters.find(c); letter != std::string_view::npos) {
      out += kMeanings[letter];
    } else if (c >= '0' && c <= '7') {
      int code = c - '0';
      for (int digits = 1; digits < 3 && at < in.size() && in[at] >= '0' && in[at] <= '7'; ++digits)
        code = code * 8 + (in[at++] - '0');
      out += static_cast<char>(code);
    } else if (c == 'x') {
      TRY(decode_hex_escape(rt, in, at, errors, out));
    } else if (c != '\n') {
      out += '\\';
      out += c;
    }
  }
  return pair(rt, Value::from(new_bytes(rt, out)), in.size());
}

// data, errors.
Result escape_encode(Runtime& rt, Frame& f) {
  if (!is_bytes(f[0]))
    return raise(rt, TypeId::TypeError, "escape_encode() argument 1 must be bytes, not %.50s",
                 type_name(rt, f[0]));
  std::string out;
  for (char c : to<Bytes>(f[0])->view()) {
    constexpr std::string_view kEscaped = "\t\n\r\\'", kLetters = "tnr\\'";
    char text[8];
    if (size_t letter = kEscaped.find(c); letter != std::string_view::npos) {
      out += '\\';
      out += kLetters[letter];
    } else if (c >= 0x20 && c < 0x7f) {
      out += c;
    } else {
      std::snprintf(text, sizeof text, "\\x%02x", static_cast<unsigned>(static_cast<u8>(c)));
      out += text;
    }
  }
  return pair(rt, Value::from(new_bytes(rt, out)), to<Bytes>(f[0])->length);
}

// The names stand for template arguments, which cannot be strings.
constexpr const char* kNames[] = {"utf-8",   "utf-16",         "utf-16-le",         "utf-16-be",
                                  "utf-32",  "utf-32-le",      "utf-32-be",         "ascii",
                                  "latin-1", "unicode-escape", "raw-unicode-escape"};
enum Name : u32 {
  kUtf8,
  kUtf16,
  kUtf16Le,
  kUtf16Be,
  kUtf32,
  kUtf32Le,
  kUtf32Be,
  kAscii,
  kLatin1,
  kEscape,
  kRawEscape
};

// With an error handler of the program, which may be called: (result, how much was read).
Result by_own_handler(Runtime& rt, Frame& f, const char* name, bool encodes) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, handler_convert(rt, f, f[0], Value::from(intern(rt, name)), f[1], encodes));
      if (encodes) return pair(rt, r.value(), to<Str>(f[0])->length);
      std::string_view bytes;
      TRY(require_bytes_like(rt, f[0], bytes));
      return pair(rt, r.value(), bytes.size());
  }
  LISLE_UNREACHABLE();
}

// As long as nothing is wrong, the handler does not matter, and what is unfinished may wait.
Result decode_with_handlers(Runtime& rt, Frame& f, const char* name, bool final) {
  bool own = f.step() != 0 || (!is_str(f[0]) && has_own_handler(rt, f[1]));
  if (!own) return decode_by(rt, f, name, final);
  if (f.step() == 0 && !final) {
    Value errors = f[1];
    f[1] = Value::unbound();
    Result r = decode_by(rt, f, name, false);
    f[1] = errors;
    if (!r.is_raised()) return r;
    static_cast<void>(take_raised(rt));
  }
  return by_own_handler(rt, f, name, false);
}

template <Name name>
Result encode_with(Runtime& rt, Frame& f) {
  bool own = f.step() != 0 || (is_str(f[0]) && has_own_handler(rt, f[1]));
  return own ? by_own_handler(rt, f, kNames[name], true) : encode_by(rt, f, kNames[name]);
}
// Decoders with a parameter `final`, false when absent.
template <Name name>
Result decode_partly(Runtime& rt, Frame& f) {
  return decode_with_handlers(rt, f, kNames[name], is_final(f[2]));
}
// Decoders that take all, or all unless told otherwise.
template <Name name>
Result decode_fully(Runtime& rt, Frame& f) {
  return decode_with_handlers(rt, f, kNames[name], true);
}
template <Name name>
Result decode_unless(Runtime& rt, Frame& f) {
  return decode_with_handlers(rt, f, kNames[name], f[2].is_unbound() || is_final(f[2]));
}

// utf_16_ex_decode(data, errors=None, byteorder=0, final=False) and the same for 32 bits: (text, consumed,
// byteorder).
Result decode_with_order(Runtime& rt, Frame& f, bool wide) {
  std::string_view bytes;
  std::string errors;
  TRY(require_bytes_like(rt, f[0], bytes));
  TRY(errors_argument(rt, f[1], errors));
  i64 order = 0;
  if (is_int_like(f[2]) && !int_to_i64(f[2], order)) order = 0;
  u64 mark = 0;
  if (order == 0) {
    std::string_view little = wide ? std::string_view("\xFF\xFE\0\0", 4) : std::string_view("\xFF\xFE", 2);
    std::string_view big = wide ? std::string_view("\0\0\xFE\xFF", 4) : std::string_view("\xFE\xFF", 2);
    order = bytes.starts_with(little) ? -1 : bytes.starts_with(big) ? 1 : 0;
    if (order != 0) mark = little.size();
  }
  const char* name = wide ? (order > 0 ? "utf-32-be" : "utf-32-le") : (order > 0 ? "utf-16-be" : "utf-16-le");
  u64 consumed;
  Value text = TRY(decode_prefix(rt, bytes.substr(mark), name, errors, is_final(f[3]), consumed));
  Value items[3] = {text, Value::from_int(static_cast<i64>(consumed + mark)), Value::from_int(order)};
  return Value::from(new_tuple_from(rt, items, 3));
}

Result utf_16_ex_decode(Runtime& rt, Frame& f) {
  return decode_with_order(rt, f, false);
}
Result utf_32_ex_decode(Runtime& rt, Frame& f) {
  return decode_with_order(rt, f, true);
}

Result readbuffer_encode(Runtime& rt, Frame& f) {
  std::string_view bytes;
  TextBuffer scratch;
  if (is_str(f[0])) {
    bytes = str_utf8(to<Str>(f[0]), scratch);
  } else {
    TRY(require_bytes_like(rt, f[0], bytes));
  }
  return pair(rt, Value::from(new_bytes(rt, bytes)), bytes.size());
}

// --- character maps

// charmap_build(table): the dict from code points to bytes.
Result charmap_build(Runtime& rt, Frame& f) {
  if (!is_str(f[0])) {
    return raise(rt, TypeId::TypeError, "charmap_build() argument must be str, not %.50s",
                 type_name(rt, f[0]));
  }
  Str* table = to<Str>(f[0]);
  Dict* map = new_dict(rt, table->length);
  for (u64 i = 0; i < table->length; ++i) {
    if (table->at(i) == 0xFFFE) continue;
    TRY(dict_set(rt, f, *map, Value::from_int(table->at(i)), Value::from_int(static_cast<i64>(i))));
  }
  return Value::from(map);
}

// The byte or bytes for `c`; None when the map has nothing for it.
Result map_character(Runtime& rt, Frame& f, Value mapping, u32 c) {
  if (mapping.is_none() || mapping.is_unbound())
    return c <= 0xFF ? Result(Value::from_int(c)) : Result::none();
  Dict* map = as<Dict>(mapping);
  if (map == nullptr) return raise(rt, TypeId::TypeError, "character mapping must be a dict or None");
  Value found = TRY(dict_get(rt, f, *map, Value::from_int(c)));
  if (found.is_unbound() || found.is_none()) return Result::none();
  if (is_bytes(found)) return found;
  i64 byte;
  if (!is_int_like(found) || !int_to_i64(found, byte) || byte < 0 || byte > 255) {
    return raise(rt, TypeId::TypeError, "character mapping must be in range(256)");
  }
  return found;
}

Result charmap_encode(Runtime& rt, Frame& f) {
  if (!is_str(f[0])) {
    return raise(rt, TypeId::TypeError, "charmap_encode() argument 1 must be str, not %.50s",
                 type_name(rt, f[0]));
  }
  std::string errors, out;
  TRY(errors_argument(rt, f[1], errors));
  Str* text = to<Str>(f[0]);
  for (u64 i = 0; i < text->length;) {
    Value mapped = TRY(map_character(rt, f, f[2], text->at(i)));
    if (mapped.is_none()) {
      TRY(handle_encode_fault(rt, text, errors,
                              {"charmap", Encoding::kLatin1, i, i + 1, "character maps to <undefined>"}, out,
                              i));
      continue;
    }
    if (is_bytes(mapped)) {
      out += to<Bytes>(mapped)->view();
    } else {
      out += static_cast<char>(mapped.as_int());
    }
    ++i;
  }
  return pair(rt, Value::from(new_bytes(rt, out)), text->length);
}

// Appends what `mapping` says of one byte; False when it says nothing.
Result map_byte(Runtime& rt, Frame& f, Value mapping, u8 byte, TextBuffer& out) {
  if (mapping.is_none() || mapping.is_unbound()) {
    out.append(byte);
    return Result::boolean(true);
  }
  if (Str* table = as<Str>(mapping)) {
    if (byte >= table->length || table->at(byte) == 0xFFFE) return Result::boolean(false);
    out.append(table->at(byte));
    return Result::boolean(true);
  }
  Dict* map = as<Dict>(mapping);
  if (map == nullptr) return raise(rt, TypeId::TypeError, "character mapping must be a str, a dict or None");
  Value found = TRY(dict_get(rt, f, *map, Value::from_int(byte)));
  if (found.is_unbound() || found.is_none()) return Result::boolean(false);
  if (is_str(found)) {
    append_str(out, to<Str>(found));
    return Result::boolean(true);
  }
  i64 code;
  if (!is_int_like(found) || !int_to_i64(found, code) || code < 0 || code > 0x10FFFF) {
    return raise(rt, TypeId::TypeError, "character mapping must be in range(0x110000)");
  }
  if (code == 0xFFFE) return Result::boolean(false);
  out.append(static_cast<u32>(code));
  return Result::boolean(true);
}

Result charmap_decode(Runtime& rt, Frame& f) {
  std::string_view bytes;
  std::string errors;
  TRY(require_bytes_like(rt, f[0], bytes));
  TRY(errors_argument(rt, f[1], errors));
  TextBuffer out;
  for (u64 i = 0; i < bytes.size();) {
    Value known = TRY(map_byte(rt, f, f[2], static_cast<u8>(bytes[i]), out));
    if (known.is_true()) {
      ++i;
      continue;
    }
    TRY(handle_decode_fault(rt, bytes, errors,
                            {"charmap", Encoding::kLatin1, i, i + 1, "character maps to <undefined>"}, out,
                            i));
  }
  Value text = TRY(finish_text(rt, out));
  return pair(rt, text, bytes.size());
}

// --- the registry

Result codecs_register(Runtime& rt, Frame& f) {
  if (!has_special(rt, f[0], Special::Call)) return raise(rt, TypeId::TypeError, "argument must be callable");
  list_append(rt, *to<List>(codec_state(rt, "_search")), f[0]);
  return Result::none();
}

Result codecs_unregister(Runtime& rt, Frame& f) {
  List& search = *to<List>(codec_state(rt, "_search"));
  for (u64 i = 0; i < search.size; ++i) {
    if (!(search.items->items[i] == f[0])) continue;
    for (u64 j = i + 1; j < search.size; ++j) search.items->items[j - 1] = search.items->items[j];
    --search.size;
    dict_clear(rt, *to<Dict>(codec_state(rt, "_cache")));
    break;
  }
  return Result::none();
}

Result require_name(Runtime& rt, Value v, const char* function) {
  if (is_str(v)) return Result::none();
  return raise(rt, TypeId::TypeError, "%s() argument must be str, not %.50s", function, type_name(rt, v));
}

Result codecs_lookup(Runtime& rt, Frame& f) {
  TRY(require_name(rt, f[0], "lookup"));
  return call_internal(rt, f, Internal::CodecLookup, {f[0]});
}

Result convert(Runtime& rt, Frame& f, bool encodes) {
  if (f[1].is_unbound()) f[1] = Value::from(intern(rt, "utf-8"));
  TRY(require_name(rt, f[1], encodes ? "encode" : "decode"));
  if (!f[2].is_unbound()) TRY(require_name(rt, f[2], encodes ? "encode" : "decode"));
  return codec_convert(rt, f, f[0], f[1], f[2], encodes, false);
}

Result codecs_encode(Runtime& rt, Frame& f) {
  return convert(rt, f, true);
}
Result codecs_decode(Runtime& rt, Frame& f) {
  return convert(rt, f, false);
}

Result codecs_register_error(Runtime& rt, Frame& f) {
  TRY(require_name(rt, f[0], "register_error"));
  if (!has_special(rt, f[1], Special::Call)) return raise(rt, TypeId::TypeError, "handler must be callable");
  dict_set_str(rt, *to<Dict>(codec_state(rt, "_errors")), to<Str>(f[0]), f[1]);
  return Result::none();
}

Result codecs_lookup_error(Runtime& rt, Frame& f) {
  TRY(require_name(rt, f[0], "lookup_error"));
  Value handler = dict_get_str(rt, *to<Dict>(codec_state(rt, "_errors")), to<Str>(f[0]));
  if (!handler.is_unbound()) return handler;
  TextBuffer scratch;
  return raise(rt, TypeId::LookupError, "unknown error handler name '%.400s'",
               str_utf8(to<Str>(f[0]), scratch).data());
}

// --- the builtin error handlers as functions of an exception

struct Fault {
  bool encodes;
  Value object;
  i64 start, end;
};

Result fault_of(Runtime& rt, Value v, Fault& out) {
  Exception* e = as<Exception>(v);
  bool decodes = is_instance(rt, v, rt.type(TypeId::UnicodeDecodeError));
  out.encodes = is_instance(rt, v, rt.type(TypeId::UnicodeEncodeError));
  if (e == nullptr || (!decodes && !out.encodes)) {
    return raise(rt, TypeId::TypeError, "don't know how to handle %.200s in error callback",
                 type_name(rt, v));
  }
  out.object = e->extra[kUnicodeObject];
  out.start = e->extra[kUnicodeStart].is_int() ? e->extra[kUnicodeStart].as_int() : 0;
  out.end = e->extra[kUnicodeEnd].is_int() ? e->extra[kUnicodeEnd].as_int() : 0;
  i64 length = is_str(out.object)     ? static_cast<i64>(to<Str>(out.object)->length)
               : is_bytes(out.object) ? static_cast<i64>(to<Bytes>(out.object)->length)
                                      : 0;
  if (out.end > length) out.end = length;
  if (out.start < 0) out.start = 0;
  if (out.start > out.end) out.start = out.end;
  return Result::none();
}

Result strict_errors(Runtime& rt, Frame& f) {
  if (is_kind(f[0], Kind::Exception)) return raise_value(rt, f[0]);
  return raise(rt, TypeId::TypeError, "codec must pass exception instance");
}

Result ignore_errors(Runtime& rt, Frame& f) {
  Fault fault;
  TRY(fault_of(rt, f[0], fault));
  return pair(rt, Value::from(empty_str(rt)), static_cast<u64>(fault.end));
}

Result replace_errors(Runtime& rt, Frame& f) {
  Fault fault;
  TRY(fault_of(rt, f[0], fault));
  TextBuffer out;
  out.append_repeated(fault.encodes ? '?' : 0xFFFD,
                      fault.encodes ? static_cast<u64>(fault.end - fault.start) : 1);
  return pair(rt, Value::from(new_str_from(rt, out)), static_cast<u64>(fault.end));
}

Result escape_errors(Runtime& rt, Frame& f, const char* byte_form, const char* short_form,
                     const char* long_form) {
  Fault fault;
  TRY(fault_of(rt, f[0], fault));
  TextBuffer out;
  for (i64 i = fault.start; i < fault.end; ++i) {
    u32 c = is_str(fault.object) ? to<Str>(fault.object)->at(static_cast<u64>(i))
                                 : to<Bytes>(fault.object)->data[i];
    char text[16];
    int size = std::snprintf(text, sizeof text,
                             c <= 0xFF     ? byte_form
                             : c <= 0xFFFF ? short_form
                                           : long_form,
                             c);
    out.append_ascii({text, static_cast<size_t>(size)});
  }
  return pair(rt, Value::from(new_str_from(rt, out)), static_cast<u64>(fault.end));
}

Result backslashreplace_errors(Runtime& rt, Frame& f) {
  return escape_errors(rt, f, "\\x%02x", "\\u%04x", "\\U%08x");
}
Result xmlcharrefreplace_errors(Runtime& rt, Frame& f) {
  return escape_errors(rt, f, "&#%u;", "&#%u;", "&#%u;");
}

Result namereplace_errors(Runtime& rt, Frame& f) {
  Fault fault;
  TRY(fault_of(rt, f[0], fault));
  TextBuffer out;
  for (i64 i = fault.start; i < fault.end && is_str(fault.object); ++i) {
    u32 c = to<Str>(fault.object)->at(static_cast<u64>(i));
    std::string name = character_name(rt, c);
    char text[16];
    int size = std::snprintf(text, sizeof text,
                             c <= 0xFF     ? "\\x%02x"
                             : c <= 0xFFFF ? "\\u%04x"
                                           : "\\U%08x",
                             c);
    out.append_ascii(name.empty() ? std::string(text, static_cast<size_t>(size)) : "\\N{" + name + "}");
  }
  return pair(rt, Value::from(new_str_from(rt, out)), static_cast<u64>(fault.end));
}

constexpr NativeSpec kErrorHandlers[] = {
    {"strict_errors", strict_errors, "(exception, /)"},
    {"ignore_errors", ignore_errors, "(exception, /)"},
    {"replace_errors", replace_errors, "(exception, /)"},
    {"backslashreplace_errors", backslashreplace_errors, "(exception, /)"},
    {"xmlcharrefreplace_errors", xmlcharrefreplace_errors, "(exception, /)"},
    {"namereplace_errors", namereplace_errors, "(exception, /)"},
};

void setup(Runtime& rt, Module& module) {
  module_set(rt, module, "_search", Value::from(new_list(rt)));
  module_set(rt, module, "_cache", Value::from(new_dict(rt)));
  Dict* handlers = new_dict(rt);
  for (const NativeSpec& spec : kErrorHandlers) {
    std::string_view name = spec.name;
    Str* key = intern(rt, name.substr(0, name.size() - 7));  // without "_errors"
    dict_set_str(rt, *handlers, key,
                 Value::from(new_native(rt, spec, nullptr, Value::from(intern(rt, "_codecs")))));
  }
  module_set(rt, module, "_errors", Value::from(handlers));
}

constexpr NativeSpec kFunctions[] = {
    {"register", codecs_register, "(search_function, /)"},
    {"unregister", codecs_unregister, "(search_function, /)"},
    {"lookup", codecs_lookup, "(encoding, /)"},
    {"encode", codecs_encode, "(obj, encoding='utf-8', errors='strict')"},
    {"decode", codecs_decode, "(obj, encoding='utf-8', errors='strict')"},
    {"register_error", codecs_register_error, "(errors, handler, /)"},
    {"lookup_error", codecs_lookup_error, "(name, /)"},
    {"utf_8_encode", encode_with<kUtf8>, "(str, errors=None, /)", nullptr, 2},
    {"utf_8_decode", decode_partly<kUtf8>, "(data, errors=None, final=False, /)", nullptr, 3},
    {"utf_16_encode", encode_with<kUtf16>, "(str, errors=None, byteorder=0, /)", nullptr, 3},
    {"utf_16_decode", decode_partly<kUtf16>, "(data, errors=None, final=False, /)", nullptr, 3},
    {"utf_16_le_encode", encode_with<kUtf16Le>, "(str, errors=None, /)", nullptr, 2},
    {"utf_16_le_decode", decode_partly<kUtf16Le>, "(data, errors=None, final=False, /)", nullptr, 3},
    {"utf_16_be_encode", encode_with<kUtf16Be>, "(str, errors=None, /)", nullptr, 2},
    {"utf_16_be_decode", decode_partly<kUtf16Be>, "(data, errors=None, final=False, /)", nullptr, 3},
    {"utf_16_ex_decode", utf_16_ex_decode, "(data, errors=None, byteorder=0, final=False, /)"},
    {"utf_32_encode", encode_with<kUtf32>, "(str, errors=None, byteorder=0, /)", nullptr, 3},
    {"utf_32_decode", decode_partly<kUtf32>, "(data, errors=None, final=False, /)", nullptr, 3},
    {"utf_32_le_encode", encode_with<kUtf32Le>, "(str, errors=None, /)", nullptr, 2},
    {"utf_32_le_decode", decode_partly<kUtf32Le>, "(data, errors=None, final=False, /)", nullptr, 3},
    {"utf_32_be_encode", encode_with<kUtf32Be>, "(str, errors=None, /)", nullptr, 2},
    {"utf_32_be_decode", decode_partly<kUtf32Be>, "(data, errors=None, final=False, /)", nullptr, 3},
    {"utf_32_ex_decode", utf_32_ex_decode, "(data, errors=None, byteorder=0, final=False, /)"},
    {"ascii_encode", encode_with<kAscii>, "(str, errors=None, /)", nullptr, 2},
    {"ascii_decode", decode_fully<kAscii>, "(data, errors=None, /)", nullptr, 2},
    {"latin_1_encode", encode_with<kLatin1>, "(str, errors=None, /)", nullptr, 2},
    {"latin_1_decode", decode_fully<kLatin1>, "(data, errors=None, /)", nullptr, 2},
    {"escape_decode", escape_decode, "(data, errors=None, /)"},
    {"escape_encode", escape_encode, "(data, errors=None, /)"},
    {"unicode_escape_encode", encode_with<kEscape>, "(str, errors=None, /)", nullptr, 2},
    {"unicode_escape_decode", decode_unless<kEscape>, "(data, errors=None, final=True, /)", nullptr, 3},
    {"raw_unicode_escape_encode", encode_with<kRawEscape>, "(str, errors=None, /)", nullptr, 2},
    {"raw_unicode_escape_decode", decode_unless<kRawEscape>, "(data, errors=None, final=True, /)", nullptr,
     3},
    {"readbuffer_encode", readbuffer_encode, "(data, errors=None, /)"},
    {"charmap_build", charmap_build, "(map, /)"},
    {"charmap_encode", charmap_encode, "(str, errors=None, mapping=None, /)"},
    {"charmap_decode", charmap_decode, "(data, errors=None, mapping=None, /)"},
};

}  // namespace

std::span<const NativeSpec> codec_error_functions() {
  return kErrorHandlers;
}

extern const ModuleSpec kCodecsModule;
const ModuleSpec kCodecsModule = {"_codecs", "Encodings and their registry.", kFunctions, setup};

}  // namespace lisle::rt

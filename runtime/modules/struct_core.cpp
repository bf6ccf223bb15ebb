// The module _struct_core: packing and unpacking of machine values. stdlib/_struct.py makes the class Struct of it.
#include <bit>
#include <cmath>
#include <cstdarg>
#include <cstring>
#include <string>
#include <vector>

#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

struct Code {
  char letter;
  u32 size;     // bytes of one value; for 's' and 'p' of the whole text
  u64 count;    // values; 1 for 's' and 'p'
  u64 padding;  // bytes before the first one
};

struct Layout {
  std::vector<Code> codes;
  u64 size = 0;
  u64 values = 0;
  bool big = false, native = true;
};

Result raise_struct(Runtime& rt, const char* format, ...) __attribute__((format(printf, 2, 3)));
Result raise_struct(Runtime& rt, const char* format, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  Value module = dict_get_str(rt, *rt.modules, intern(rt, "_struct_core"));
  Type* type = to<Type>(module_get(rt, *to<Module>(module), "error"));
  Value argument = Value::from(new_str(rt, text));
  return raise_value(rt, Value::from(new_exception_of(rt, type, new_tuple_from(rt, &argument, 1))));
}

// Bytes of a value, 0 for an unknown letter.
u32 size_of(char letter, bool native) {
  switch (letter) {
    case 'x': case 'b': case 'B': case 'c': case '?': case 's': case 'p': return 1;
    case 'h': case 'H': case 'e': return 2;
    case 'i': case 'I': case 'f': return 4;
    case 'l': case 'L': return native ? 8 : 4;
    case 'q': case 'Q': case 'd': return 8;
    case 'n': case 'N': case 'P': return native ? 8 : 0;
    default: return 0;
  }
}

Result parse(Runtime& rt, Value format, Layout& out) {
  std::string_view text;
  TextBuffer scratch;
  if (Str* str = as<Str>(format)) {
    text = str_utf8(str, scratch);
  } else if (Bytes* bytes = as<Bytes>(format)) {
    text = bytes->view();
  } else {
    return raise(rt, TypeId::TypeError, "Struct() argument 1 must be a str or bytes object, not %s",
                 type_name(rt, format));
  }
  bool aligned = true;
  size_t at = 0;
  if (!text.empty() && strchr("@=<>!", text[0]) && text[0]) {
    aligned = out.native = text[0] == '@';
    out.big = text[0] == '>' || text[0] == '!';
    at = 1;
  }
  constexpr u64 kMaxSize = u64{1} << 62;
  while (at < text.size()) {
    if (strchr(" \t\n\r\f\v", text[at])) {
      ++at;
      continue;
    }
    u64 count = 1;
    if (text[at] >= '0' && text[at] <= '9') {
      count = 0;
      while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        count = count * 10 + static_cast<u64>(text[at++] - '0');
        if (count > kMaxSize) return raise_struct(rt, "total struct size too long");
      }
      if (at == text.size()) return raise_struct(rt, "repeat count given without format specifier");
    }
    char letter = text[at++];
    u32 size = size_of(letter, out.native);
    if (!size) return raise_struct(rt, "bad char in struct format");
    u64 padding = 0;
    if (aligned && letter != 'x' && letter != 's' && letter != 'p') padding = (size - out.size % size) % size;
    if (count > (kMaxSize - out.size - padding) / size) return raise_struct(rt, "total struct size too long");
    out.size += padding + count * size;
    if (letter == 's' || letter == 'p') {
      out.codes.push_back({letter, static_cast<u32>(count), 1, padding});
      out.values += 1;
    } else {
      out.codes.push_back({letter, size, count, padding});
      if (letter != 'x') out.values += count;
    }
  }
  return Result::none();
}

void put_bytes(const Layout& layout, u64 bits, u32 size, u8* to) {
  for (u32 i = 0; i < size; ++i) to[layout.big ? size - 1 - i : i] = static_cast<u8>(bits >> (8 * i));
}
u64 get_bytes(const Layout& layout, u32 size, const u8* from) {
  u64 bits = 0;
  for (u32 i = 0; i < size; ++i) bits |= u64{from[layout.big ? size - 1 - i : i]} << (8 * i);
  return bits;
}

bool is_signed(char letter) { return strchr("bhilqn", letter) != nullptr; }

Result out_of_range(Runtime& rt, const Layout& layout, const Code& code) {
  switch (code.letter) {
    case 'b': return raise_struct(rt, "byte format requires -128 <= number <= 127");
    case 'B': return raise_struct(rt, "ubyte format requires 0 <= number <= 255");
    case 'h': return raise_struct(rt, "short format requires -32768 <= number <= 32767");
    case 'H': return raise_struct(rt, "ushort format requires 0 <= number <= 65535");
    default: break;
  }
  if (code.size == 8 || (!layout.native && !is_signed(code.letter))) return raise_struct(rt, "argument out of range");
  return is_signed(code.letter)
             ? raise_struct(rt, "'%c' format requires -2147483648 <= number <= 2147483647", code.letter)
             : raise_struct(rt, "'%c' format requires 0 <= number <= 4294967295", code.letter);
}

Result pack_int(Runtime& rt, const Layout& layout, const Code& code, Value v, u8* to) {
  if (!is_int_like(v)) return raise_struct(rt, "required argument is not an integer");
  i64 number = 0;
  u64 bits = 0;
  bool fits = int_to_i64(v, number);
  bool fits_unsigned = int_to_u64(v, bits);
  if (code.letter == 'P' && fits) {
    put_bytes(layout, static_cast<u64>(number), 8, to);
    return Result::none();
  }
  if (is_signed(code.letter)) {
    i64 limit = code.size == 8 ? INT64_MAX : (i64{1} << (8 * code.size - 1)) - 1;
    if (!fits || number > limit || number < -limit - 1) return out_of_range(rt, layout, code);
    bits = static_cast<u64>(number);
  } else if (!fits_unsigned || (code.size < 8 && bits >> (8 * code.size))) {
    return out_of_range(rt, layout, code);
  }
  put_bytes(layout, bits, code.size, to);
  return Result::none();
}

// IEEE half precision, rounded to even; false when too large.
bool to_half(f64 d, u16& out) {
  u64 raw = std::bit_cast<u64>(d);
  u16 sign = static_cast<u16>(raw >> 48 & 0x8000);
  if (std::isnan(d)) {
    out = sign | 0x7e00;
    return true;
  }
  if (std::isinf(d)) {
    out = sign | 0x7c00;
    return true;
  }
  int exponent;
  f64 fraction = frexp(std::fabs(d), &exponent);  // in [0.5, 1)
  if (fraction == 0 || exponent < -24) {
    out = sign;
    return true;
  }
  // Normal halves have 11 bits of precision from exponent -13 on; below that the step is constant.
  int shift = exponent < -13 ? 24 : 11 - exponent;
  f64 scaled = nearbyint(ldexp(std::fabs(d), shift));
  if (exponent < -13) {
    out = sign | static_cast<u16>(scaled);
    return true;
  }
  u32 bits = static_cast<u32>(scaled);
  if (bits == 2048) {
    bits = 1024;
    ++exponent;
  }
  if (exponent > 16) return false;
  out = static_cast<u16>(sign | static_cast<u16>((exponent + 14) << 10) | (bits & 0x3ff));
  return true;
}

f64 from_half(u16 h) {
  int exponent = h >> 10 & 31;
  f64 fraction = h & 0x3ff;
  f64 d = exponent == 0    ? ldexp(fraction, -24)
          : exponent == 31 ? (fraction ? NAN : INFINITY)
                           : ldexp(fraction + 1024, exponent - 25);
  return h & 0x8000 ? -d : d;
}

Result pack_float(Runtime& rt, const Layout& layout, const Code& code, Value v, u8* to) {
  if (!is_float(v) && !is_int_like(v)) return raise_struct(rt, "required argument is not a float");
  f64 d = is_float(v) ? float_value(v) : int_to_double(v);
  if (code.letter == 'd') {
    put_bytes(layout, std::bit_cast<u64>(d), 8, to);
    return Result::none();
  }
  if (code.letter == 'f') {

    float single = static_cast<float>(d);
    if (std::isinf(single) && !std::isinf(d) && !layout.native) {
      return raise(rt, TypeId::OverflowError, "float too large to pack with f format");
    }
    put_bytes(layout, std::bit_cast<u32>(single), 4, to);
    return Result::none();
  }
  u16 half;
  if (!to_half(d, half)) return raise(rt, TypeId::OverflowError, "float too large to pack with e format");
  put_bytes(layout, half, 2, to);
  return Result::none();
}

Result pack_text(Runtime& rt, const Code& code, Value v, u8* to) {
  std::string_view bytes;
  if (is_kind(v, Kind::MemoryView) || !bytes_like(v, bytes)) {
    return raise_struct(rt, "argument for '%c' must be a bytes object", code.letter);
  }
  size_t room = code.size, from = 0;
  if (code.letter == 'p') {
    if (room == 0) return Result::none();
    room = room - 1;
    size_t length = bytes.size() < room ? bytes.size() : room;
    to[0] = static_cast<u8>(length < 255 ? length : 255);
    from = 1;
  }
  memcpy(to + from, bytes.data(), bytes.size() < room ? bytes.size() : room);
  return Result::none();
}

Result pack_one(Runtime& rt, const Layout& layout, const Code& code, Value v, u8* to) {
  switch (code.letter) {
    case 's': case 'p': return pack_text(rt, code, v, to);
    case 'c': {
      Bytes* bytes = as<Bytes>(v);
      if (!bytes || bytes->length != 1) {
        return raise_struct(rt, "char format requires a bytes object of length 1");
      }
      *to = bytes->data[0];
      return Result::none();
    }
    case '?': *to = v.is_true(); return Result::none();
    case 'e': case 'f': case 'd': return pack_float(rt, layout, code, v, to);
    default: return pack_int(rt, layout, code, v, to);
  }
}

Result pack_all(Runtime& rt, const Layout& layout, const Tuple& values, std::string& out) {
  out.assign(layout.size, '\0');
  u8* to = reinterpret_cast<u8*>(out.data());
  u64 next = 0;
  for (const Code& code : layout.codes) {
    to += code.padding;
    for (u64 i = 0; i < code.count; ++i, to += code.size) {
      if (code.letter != 'x') TRY(pack_one(rt, layout, code, values.items[next++], to));
    }
  }
  return Result::none();
}

Value unpack_one(Runtime& rt, const Layout& layout, const Code& code, const u8* from) {
  std::string_view text{reinterpret_cast<const char*>(from), code.size};
  switch (code.letter) {
    case 's': return Value::from(new_bytes(rt, text));
    case 'p': {
      if (text.empty()) return Value::from(new_bytes(rt, text));
      size_t length = from[0] < code.size - 1 ? from[0] : code.size - 1;
      return Value::from(new_bytes(rt, text.substr(1, length)));
    }
    case 'c': return Value::from(new_bytes(rt, text));
    case '?': return Value::from_bool(*from != 0);
    case 'e': return new_float(rt, from_half(static_cast<u16>(get_bytes(layout, 2, from))));
    case 'f': return new_float(rt, std::bit_cast<float>(static_cast<u32>(get_bytes(layout, 4, from))));
    case 'd': return new_float(rt, std::bit_cast<f64>(get_bytes(layout, 8, from)));
    default: break;
  }
  u64 bits = get_bytes(layout, code.size, from);
  if (!is_signed(code.letter)) return new_int_unsigned(rt, bits);
  u32 shift = 64 - 8 * code.size;
  return new_int(rt, static_cast<i64>(bits << shift) >> shift);
}

Value unpack_all(Runtime& rt, const Layout& layout, const u8* from) {
  Tuple* values = new_tuple(rt, layout.values);
  u64 next = 0;
  for (const Code& code : layout.codes) {
    from += code.padding;
    for (u64 i = 0; i < code.count; ++i, from += code.size) {
      if (code.letter == 'x') continue;
      values->items[next++] = unpack_one(rt, layout, code, from);
      rt.heap.wrote(values);
    }
  }
  return Value::from(values);
}

Result struct_calcsize(Runtime& rt, Frame& f) {
  Layout layout;
  TRY(parse(rt, f[0], layout));
  return new_int(rt, static_cast<i64>(layout.size));
}

// Letter of the code that value number `index` belongs to.
char letter_at(const Layout& layout, u64 index) {
  for (const Code& code : layout.codes) {
    if (code.letter == 'x') continue;
    if (index < code.count) return code.letter;
    index -= code.count;
  }
  return 'x';
}

// Objects of the program among the values are asked for their number first. registers: format, values, index
Result struct_pack(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Layout layout;
  std::string out;
  switch (f.step()) {
    case 0:
      TRY(parse(rt, f[0], layout));
      if (to<Tuple>(f[1])->size != layout.values) {
        return raise_struct(rt, "pack expected %llu items for packing (got %llu)",
                            static_cast<unsigned long long>(layout.values),
                            static_cast<unsigned long long>(to<Tuple>(f[1])->size));
      }
      for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(to<Tuple>(f[1])->size);
           f[2] = Value::from_int(f[2].as_int() + 1)) {
        {
          Value v = to<Tuple>(f[1])->items[f[2].as_int()];
          layout = {};
          TRY(parse(rt, f[0], layout));
          char letter = letter_at(layout, static_cast<u64>(f[2].as_int()));
          if (letter == '?') {
            f.set_step(1);
            r = truth(rt, f, v);
          } else if (strchr("efd", letter) && !is_float(v) && !is_int_like(v) && has_special(rt, v, Special::Float)) {
            f.set_step(1);
            r = to_float(rt, f, v);
          } else if (!strchr("efdcsp", letter) && !is_int_like(v) && has_special(rt, v, Special::Index)) {
            f.set_step(1);
            r = to_index(rt, f, v);
          } else {
            continue;
          }
        }
        if (!r.is_value()) return r;
        [[fallthrough]];
        case 1:
          to<Tuple>(f[1])->items[f[2].as_int()] = r.value();
          rt.heap.wrote(to<Tuple>(f[1]));
      }
      layout = {};
      TRY(parse(rt, f[0], layout));
      TRY(pack_all(rt, layout, *to<Tuple>(f[1]), out));
      return Value::from(new_bytes(rt, out));
  }
  LISLE_UNREACHABLE();
}

Result struct_unpack(Runtime& rt, Frame& f) {
  Layout layout;
  TRY(parse(rt, f[0], layout));
  std::string_view bytes;
  TRY(require_bytes_like(rt, f[1], bytes));
  if (bytes.size() != layout.size) {
    return raise_struct(rt, "unpack requires a buffer of %llu bytes", static_cast<unsigned long long>(layout.size));
  }
  return unpack_all(rt, layout, reinterpret_cast<const u8*>(bytes.data()));
}

// The place in a buffer of `room` bytes where `size` bytes are to be read or written.
Result place_in(Runtime& rt, Value given, u64 room, u64 size, const char* name, const char* verb, i64& offset) {
  offset = 0;
  if (!given.is_unbound() && (!is_int_like(given) || !int_to_i64(given, offset))) {
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer", type_name(rt, given));
  }
  auto number = [](auto n) { return static_cast<long long>(n); };
  i64 asked = offset;
  if (offset < 0) offset += static_cast<i64>(room);
  if (offset < 0) {
    return raise_struct(rt, "offset %lld out of range for %lld-byte buffer", number(asked), number(room));
  }
  if (asked < 0 && size > room - static_cast<u64>(offset)) {
    return raise_struct(rt, "not enough data to %s %lld bytes at offset %lld", verb[0] == 'u' ? "unpack" : "pack",
                        number(size), number(asked));
  }
  if (static_cast<u64>(offset) > room || size > room - static_cast<u64>(offset)) {
    return raise_struct(rt,
                        "%s requires a buffer of at least %lld bytes for %s %lld bytes at offset %lld (actual buffer "
                        "size is %lld)",
                        name, number(offset) + number(size), verb, number(size), number(offset), number(room));
  }
  return Result::none();
}

Result struct_unpack_from(Runtime& rt, Frame& f) {
  Layout layout;
  TRY(parse(rt, f[0], layout));
  std::string_view bytes;
  TRY(require_bytes_like(rt, f[1], bytes));
  i64 offset;
  TRY(place_in(rt, f[2], bytes.size(), layout.size, "unpack_from", "unpacking", offset));
  return unpack_all(rt, layout, reinterpret_cast<const u8*>(bytes.data()) + offset);
}

// Puts packed bytes into a buffer: (buffer, offset, bytes).
Result struct_store(Runtime& rt, Frame& f) {
  u8* data;
  u64 room;
  if (!writable_bytes(f[0], data, room)) {
    return raise(rt, TypeId::TypeError, "argument must be read-write bytes-like object, not %s", type_name(rt, f[0]));
  }
  Bytes& packed = *to<Bytes>(f[2]);
  i64 offset;
  TRY(place_in(rt, f[1], room, packed.length, "pack_into", "packing", offset));
  memcpy(data + offset, packed.data, packed.length);
  return Result::none();
}

constexpr NativeSpec kFunctions[] = {
    {"calcsize", struct_calcsize, "(format, /)", "Return size in bytes of the struct described by the format."},
    {"pack", struct_pack, "(format, /, *values)", "Return the values packed according to the format.", 3},
    {"unpack", struct_unpack, "(format, buffer, /)", "Return a tuple of the values in the buffer."},
    {"unpack_from", struct_unpack_from, "(format, /, buffer, offset=0)", "Return the values found at an offset."},
    {"store", struct_store, "(buffer, offset, packed, /)", "Put packed bytes into a buffer."},
};

void setup(Runtime& rt, Module& module) {
  module_set(rt, module, "error", Value::from(new_native_class(rt, "struct", "error", rt.type(TypeId::Exception))));
}

}  // namespace

extern const ModuleSpec kStructModule = {"_struct_core", "Packing and unpacking of machine values.", kFunctions, setup};

}  // namespace lisle::rt

// The module _struct: values as packed bytes. A format is read anew at each call; it is short, and nothing
// has to be cached, invalidated or saved.
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/iterator.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

// One code of a format: `count` items of `size` bytes each at `offset`. For 's' and 'p' the count is the size
// of the one item; for 'x' there is no item.
struct Field {
  char code;
  u64 count, size, offset;

  bool is_string() const { return code == 's' || code == 'p'; }
  u64 items() const { return is_string() ? 1 : code == 'x' ? 0 : count; }
};

struct Layout {
  std::vector<Field> fields;
  u64 size = 0, items = 0;
  bool big = false;
};

Value error_class(Runtime& rt) {
  Module* module = as<Module>(dict_get_str(rt, *rt.modules, intern(rt, "_struct")));
  return module == nullptr ? Value::unbound() : module_get(rt, *module, "error");
}

Result raise_error(Runtime& rt, std::string_view text) {
  Value cls = error_class(rt);
  if (!is_type(cls)) return raise(rt, TypeId::ValueError, "%s", std::string(text).c_str());
  Value message = Value::from(new_str(rt, text));
  return raise_value(rt, Value::from(new_exception_of(rt, to<Type>(cls), new_tuple_from(rt, &message, 1))));
}

// Bytes of one item; 0 for what is no code. Native sizes differ from the standard ones.
u64 code_size(char code, bool native) {
  switch (code) {
    case 'x':
    case 'c':
    case 'b':
    case 'B':
    case '?':
    case 's':
    case 'p':
      return 1;
    case 'h':
    case 'H':
    case 'e':
      return 2;
    case 'i':
    case 'I':
    case 'f':
      return 4;
    case 'l':
    case 'L':
      return native ? 8 : 4;
    case 'q':
    case 'Q':
    case 'd':
      return 8;
    case 'n':
    case 'N':
    case 'P':
      return native ? 8 : 0;
    default:
      return 0;
  }
}

Result read_layout(Runtime& rt, std::string_view format, Layout& out) {
  bool native = true, aligned = true;
  if (!format.empty() && std::string_view("@=<>!").find(format[0]) != std::string_view::npos) {
    native = aligned = format[0] == '@';
    out.big = format[0] == '>' || format[0] == '!';
    format.remove_prefix(1);
  }
  for (size_t i = 0; i < format.size();) {
    char c = format[i];
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      ++i;
      continue;
    }
    u64 count = 1;
    if (c >= '0' && c <= '9') {
      for (count = 0; i < format.size() && format[i] >= '0' && format[i] <= '9'; ++i) {
        if (count > (u64{1} << 58)) return raise_error(rt, "overflow in item count");
        count = count * 10 + static_cast<u64>(format[i] - '0');
      }
      if (i == format.size()) return raise_error(rt, "repeat count given without format specifier");
      c = format[i];
    }
    ++i;
    u64 size = code_size(c, native);
    if (size == 0) return raise_error(rt, "bad char in struct format");
    if (aligned) out.size = (out.size + size - 1) / size * size;
    Field field{c, count, size, out.size};
    if (count > (u64{1} << 60) / size || out.size > (u64{1} << 60))
      return raise_error(rt, "total struct size too long");
    out.size += count * size;
    out.items += field.items();
    if (field.items() > 0) out.fields.push_back(field);
  }
  return Result::none();
}

Result format_argument(Runtime& rt, Value v, std::string& out) {
  if (is_str(v)) {
    if (!to<Str>(v)->is_ascii()) return raise_error(rt, "bad char in struct format");
    out = to<Str>(v)->latin1();
    return Result::none();
  }
  if (is_bytes(v)) {
    out = to<Bytes>(v)->view();
    return Result::none();
  }
  return raise(rt, TypeId::TypeError, "Struct() argument 1 must be a str or bytes object, not %.200s",
               type_name(rt, v));
}

// The layout of a format, or of a Struct object.
Result layout_of(Runtime& rt, Value v, Layout& out) {
  if (v.is_object() && v.object()->kind == Kind::Instance)
    v = own_attribute(rt, v.object(), intern(rt, "format"));
  std::string format;
  TRY(format_argument(rt, v, format));
  return read_layout(rt, format, out);
}

void reverse_bytes(u8* p, u64 size) {
  for (u64 i = 0; i < size / 2; ++i) std::swap(p[i], p[size - 1 - i]);
}

// --- packing

bool is_signed_code(char code) {
  return code == 'b' || code == 'h' || code == 'i' || code == 'l' || code == 'q' || code == 'n';
}

Result range_error(Runtime& rt, const Field& field) {
  if (field.size == 8) return raise_error(rt, "int too large to convert");
  u64 bits = field.size * 8;
  i64 low = is_signed_code(field.code) ? -(i64{1} << (bits - 1)) : 0;
  i64 high = is_signed_code(field.code) ? (i64{1} << (bits - 1)) - 1 : (i64{1} << bits) - 1;
  std::string name(field.size == 1 ? (field.code == 'b' ? "byte" : "ubyte")
                                   : std::string("'") + field.code + "'");
  return raise_error(
      rt, name + " format requires " + std::to_string(low) + " <= number <= " + std::to_string(high));
}

Result pack_integer(Runtime& rt, const Field& field, Value v, u8* p) {
  if (!is_int_like(v)) return raise_error(rt, "required argument is not an integer");
  u64 bits;
  if (is_signed_code(field.code)) {
    i64 n;
    if (!int_to_i64(v, n)) return range_error(rt, field);
    i64 high = field.size == 8 ? INT64_MAX : (i64{1} << (field.size * 8 - 1)) - 1;
    if (n > high || n < -high - 1) return range_error(rt, field);
    bits = static_cast<u64>(n);
  } else {
    if (int_is_negative(v) || !int_to_u64(v, bits)) {
      return field.size == 8 ? raise_error(rt, "argument out of range") : range_error(rt, field);
    }
    if (field.size < 8 && bits >> (field.size * 8) != 0) return range_error(rt, field);
  }
  std::memcpy(p, &bits, field.size);
  return Result::none();
}

// IEEE 754 half precision, rounding half to even; false on overflow.
bool to_half(f64 d, u16& out) {
  u16 sign = std::signbit(d) ? 0x8000 : 0;
  if (std::isnan(d)) return out = sign | 0x7E00, true;
  if (std::isinf(d)) return out = sign | 0x7C00, true;
  int exponent;
  f64 fraction = std::frexp(std::fabs(d), &exponent);
  if (fraction == 0.0) return out = sign, true;
  int shift = exponent < -13 ? 24 : 11 - exponent;  // subnormal numbers have a fixed scale
  u32 scaled = static_cast<u32>(std::nearbyint(std::ldexp(std::fabs(d), shift)));
  if (exponent < -13) return out = static_cast<u16>(sign | scaled), true;
  u32 biased = static_cast<u32>(exponent + 14);
  u32 half = (biased << 10) + (scaled - 1024);
  if (half >= 0x7C00) return false;
  out = static_cast<u16>(sign | half);
  return true;
}

f64 from_half(u16 bits) {
  int exponent = bits >> 10 & 31;
  f64 fraction = bits & 1023;
  f64 magnitude = exponent == 0    ? std::ldexp(fraction, -24)
                  : exponent == 31 ? (fraction == 0 ? HUGE_VAL : std::nan(""))
                                   : std::ldexp(fraction + 1024, exponent - 25);
  return bits & 0x8000 ? -magnitude : magnitude;
}

Result pack_float(Runtime& rt, const Field& field, Value v, u8* p) {
  if (!is_float(v) && !is_int_like(v)) return raise_error(rt, "required argument is not a float");
  f64 d = is_float(v) ? float_value(v) : int_to_double(v);
  if (!is_float(v) && std::isinf(d))
    return raise(rt, TypeId::OverflowError, "int too large to convert to float");
  if (field.code == 'd') {
    std::memcpy(p, &d, 8);
  } else if (field.code == 'f') {
    auto narrow = static_cast<float>(d);
    if (std::isinf(narrow) && !std::isinf(d)) {
      return raise(rt, TypeId::OverflowError, "float too large to pack with f format");
    }
    std::memcpy(p, &narrow, 4);
  } else {
    u16 half;
    if (!to_half(d, half)) return raise(rt, TypeId::OverflowError, "float too large to pack with e format");
    std::memcpy(p, &half, 2);
  }
  return Result::none();
}

Result pack_string(Runtime& rt, const Field& field, Value v, u8* p) {
  std::string_view bytes;
  if ((!is_bytes(v) && !is_kind(v, Kind::ByteArray)) || !bytes_like(v, bytes)) {
    return raise_error(rt, std::string("argument for '") + field.code + "' must be a bytes object");
  }
  u64 room = field.count;
  if (field.code == 'p') {  // a length byte comes first
    if (room == 0) return Result::none();
    u64 size = bytes.size() < room - 1 ? bytes.size() : room - 1;
    *p++ = static_cast<u8>(size < 255 ? size : 255);
    --room;
  }
  std::memcpy(p, bytes.data(), bytes.size() < room ? bytes.size() : room);
  return Result::none();
}

Result pack_item(Runtime& rt, const Field& field, bool big, Value v, u8* p) {
  switch (field.code) {
    case 's':
    case 'p':
      return pack_string(rt, field, v, p);
    case 'c':
      if (!is_bytes(v) || to<Bytes>(v)->length != 1) {
        return raise_error(rt, "char format requires a bytes object of length 1");
      }
      *p = to<Bytes>(v)->data[0];
      return Result::none();
    case '?': {
      bool truth = v.is_true() || (is_int_like(v) && !int_is_zero(v));
      if (!is_int_like(v)) truth = !v.is_none() && !(is_float(v) && float_value(v) == 0.0);
      *p = truth;
      return Result::none();
    }
    case 'e':
    case 'f':
    case 'd':
      TRY(pack_float(rt, field, v, p));
      break;
    default:
      TRY(pack_integer(rt, field, v, p));
  }
  if (big) reverse_bytes(p, field.size);
  return Result::none();
}

Result pack_values(Runtime& rt, const Layout& layout, const Value* values, u64 count, u8* target,
                   const char* name) {
  if (count != layout.items) {
    return raise_error(rt, std::string(name) + " expected " + std::to_string(layout.items) +
                               " items for packing (got " + std::to_string(count) + ")");
  }
  for (const Field& field : layout.fields) {
    for (u64 i = 0; i < field.items(); ++i) {
      TRY(pack_item(rt, field, layout.big, *values++, target + field.offset + i * field.size));
    }
  }
  return Result::none();
}

// The code of the format that value `index` is packed by.
char code_of_item(const Layout& layout, u64 index) {
  for (const Field& field : layout.fields) {
    if (index < field.items()) return field.code;
    index -= field.items();
  }
  return 0;
}

// Must the program be asked what number or truth `v` stands for?
bool asks_program(const Runtime& rt, char code, Value v) {
  if (is_int_like(v) || is_float(v)) return false;
  switch (code) {
    case '?':
      return !v.is_none();
    case 'e':
    case 'f':
    case 'd':
      return has_special(rt, v, Special::Float) || has_special(rt, v, Special::Index);
    case 's':
    case 'p':
    case 'c':
      return false;
    default:
      return has_special(rt, v, Special::Index);
  }
}

bool asks_program(const Runtime& rt, const Layout& layout, const Tuple& values) {
  if (values.size != layout.items) return false;
  for (u64 i = 0; i < values.size; ++i)
    if (values.items[i].is_object() && asks_program(rt, code_of_item(layout, i), values.items[i]))
      return true;
  return false;
}

// Registers of struct_values_steps.
enum ValuesRegister : u32 { kFormat, kValues, kPlace };

Value& value_in(Frame& f) {
  return item_at(to<Tuple>(f[kValues]), f[kPlace]);
}

// The code for the value in turn; the layout is read anew because only registers survive a question.
Result code_in_turn(Runtime& rt, Frame& f, char& code) {
  Layout layout;
  TRY(layout_of(rt, f[kFormat], layout));
  code = code_of_item(layout, static_cast<u64>(f[kPlace].as_int()));
  return Result::none();
}

Result ask_for_plain(Runtime& rt, Frame& f) {
  char code;
  TRY(code_in_turn(rt, f, code));
  if (!asks_program(rt, code, value_in(f))) return value_in(f);
  if (code == '?') return truth(rt, f, value_in(f));
  if (code == 'e' || code == 'f' || code == 'd') return to_float(rt, f, value_in(f));
  return to_index(rt, f, value_in(f));
}

// Whatever a __float__ raises, what is told is that there is no float.
Result asking_failed(Runtime& rt, Frame& f) {
  char code;
  Value raised = take_raised(rt);
  TRY(code_in_turn(rt, f, code));
  if (code == 'e' || code == 'f' || code == 'd') return raise_error(rt, "required argument is not a float");
  return raise_value(rt, raised);
}

}  // namespace

// format (or self), tuple of values → tuple of values that can be packed without asking the program.
Result struct_values_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[kValues] = Value::from(new_tuple_from(rt, to<Tuple>(f[kValues])->items, to<Tuple>(f[kValues])->size));
      for (f[kPlace] = Value::from_int(0); f[kPlace].as_int() < static_cast<i64>(to<Tuple>(f[kValues])->size);
           f[kPlace] = Value::from_int(f[kPlace].as_int() + 1)) {
        AWAIT_CATCH(1, ask_for_plain(rt, f));
        if (r.is_raised()) return asking_failed(rt, f);
        value_in(f) = r.value();
        rt.heap.wrote(f[kValues].object());
      }
      return f[kValues];
  }
  LISLE_UNREACHABLE();
}

namespace {

// format (or self), *values.
Result struct_pack(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Layout layout;
  TRY(layout_of(rt, f[0], layout));
  switch (f.step()) {
    case 0:
      if (asks_program(rt, layout, *to<Tuple>(f[1]))) {
        AWAIT(1, call_internal(rt, f, Internal::StructValues, {f[0], f[1]}));
        f[1] = r.value();
      }
      TRY(require_byte_room(rt, layout.size));
      Bytes* result = new_bytes_blank(rt, layout.size);
      Tuple* values = to<Tuple>(f[1]);
      TRY(pack_values(rt, layout, values->items, values->size, result->data, "pack"));
      return Value::from(result);
  }
  LISLE_UNREACHABLE();
}

// Checks that layout.size bytes lie at `offset` of `size`; the offset may count from the end.
Result check_window(Runtime& rt, const Layout& layout, i64& offset, u64 size, const char* name,
                    const char* verb) {
  if (offset < 0) {
    if (offset + static_cast<i64>(layout.size) > 0) {
      return raise_error(
          rt, "not enough data to " + std::string(verb) + " " + std::to_string(layout.size) + " bytes");
    }
    if (offset + static_cast<i64>(size) < 0) {
      return raise_error(rt, "offset " + std::to_string(offset) + " out of range for " +
                                 std::to_string(size) + "-byte buffer");
    }
    offset += static_cast<i64>(size);
  }
  if (static_cast<u64>(offset) <= size && size - static_cast<u64>(offset) >= layout.size)
    return Result::none();
  return raise_error(rt, std::string(name) + " requires a buffer of at least " +
                             std::to_string(layout.size + static_cast<u64>(offset)) + " bytes for " + verb +
                             "ing " + std::to_string(layout.size) + " bytes at offset " +
                             std::to_string(offset) + " (actual buffer size is " + std::to_string(size) +
                             ")");
}

Result offset_argument(Runtime& rt, Value v, i64& out) {
  out = 0;
  if (v.is_unbound()) return Result::none();
  if (is_int_like(v) && int_to_i64(v, out)) return Result::none();
  return raise(rt, TypeId::TypeError, "'%.200s' object cannot be interpreted as an integer",
               type_name(rt, v));
}

// format (or self), buffer, offset, *values.
Result pack_plain_into(Runtime& rt, Frame& f) {
  Layout layout;
  TRY(layout_of(rt, f[0], layout));
  u8* data;
  u64 size;
  if (!writable_bytes(f[1], data, size)) {
    return raise(rt, TypeId::TypeError,
                 "pack_into() argument must be read-write bytes-like object, not %.50s", type_name(rt, f[1]));
  }
  i64 offset;
  TRY(offset_argument(rt, f[2], offset));
  TRY(check_window(rt, layout, offset, size, "pack_into", "pack"));
  std::string packed(layout.size, '\0');
  Tuple* values = to<Tuple>(f[3]);
  TRY(pack_values(rt, layout, values->items, values->size, reinterpret_cast<u8*>(packed.data()),
                  "pack_into"));
  std::memcpy(data + offset, packed.data(), packed.size());
  return Result::none();
}

Result struct_pack_into(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Layout layout;
  TRY(layout_of(rt, f[0], layout));
  switch (f.step()) {
    case 0:
      if (asks_program(rt, layout, *to<Tuple>(f[3]))) {
        AWAIT(1, call_internal(rt, f, Internal::StructValues, {f[0], f[3]}));
        f[3] = r.value();
      }
      return pack_plain_into(rt, f);
  }
  LISLE_UNREACHABLE();
}

// --- unpacking

Value unpack_integer(Runtime& rt, const Field& field, const u8* p) {
  u64 bits = 0;
  std::memcpy(&bits, p, field.size);
  if (!is_signed_code(field.code)) return new_int_unsigned(rt, bits);
  u64 unused = 64 - field.size * 8;
  return new_int(rt, static_cast<i64>(bits << unused) >> unused);
}

Value unpack_item(Runtime& rt, const Field& field, bool big, const u8* source) {
  auto* text = reinterpret_cast<const char*>(source);
  if (field.code == 's') return Value::from(new_bytes(rt, {text, field.count}));
  if (field.code == 'p') {
    u64 size = field.count == 0 ? 0 : source[0];
    if (field.count > 0 && size > field.count - 1) size = field.count - 1;
    return Value::from(new_bytes(rt, {text + (field.count > 0), size}));
  }
  u8 p[8];
  std::memcpy(p, source, field.size);
  if (big) reverse_bytes(p, field.size);
  switch (field.code) {
    case 'c':
      return Value::from(new_bytes(rt, {text, 1}));
    case '?':
      return Value::from_bool(p[0] != 0);
    case 'd': {
      f64 d;
      std::memcpy(&d, p, 8);
      return new_float(rt, d);
    }
    case 'f': {
      float d;
      std::memcpy(&d, p, 4);
      return new_float(rt, static_cast<f64>(d));
    }
    case 'e': {
      u16 half;
      std::memcpy(&half, p, 2);
      return new_float(rt, from_half(half));
    }
    default:
      return unpack_integer(rt, field, p);
  }
}

Value unpack_values(Runtime& rt, const Layout& layout, const u8* source) {
  Tuple* result = new_tuple(rt, layout.items);
  u64 index = 0;
  for (const Field& field : layout.fields) {
    for (u64 i = 0; i < field.items(); ++i) {
      result->items[index++] = unpack_item(rt, field, layout.big, source + field.offset + i * field.size);
      rt.heap.wrote(result);
    }
  }
  return Value::from(result);
}

// format (or self), buffer.
Result struct_unpack(Runtime& rt, Frame& f) {
  Layout layout;
  std::string_view bytes;
  TRY(layout_of(rt, f[0], layout));
  TRY(require_bytes_like(rt, f[1], bytes));
  if (bytes.size() != layout.size) {
    return raise_error(rt, "unpack requires a buffer of " + std::to_string(layout.size) + " bytes");
  }
  return unpack_values(rt, layout, reinterpret_cast<const u8*>(bytes.data()));
}

// format (or self), buffer, offset.
Result struct_unpack_from(Runtime& rt, Frame& f) {
  Layout layout;
  std::string_view bytes;
  TRY(layout_of(rt, f[0], layout));
  TRY(require_bytes_like(rt, f[1], bytes));
  i64 offset;
  TRY(offset_argument(rt, f[2], offset));
  TRY(check_window(rt, layout, offset, bytes.size(), "unpack_from", "unpack"));
  return unpack_values(rt, layout, reinterpret_cast<const u8*>(bytes.data()) + offset);
}

// format (or self), buffer: an iterator over the tuples.
Result struct_iter_unpack(Runtime& rt, Frame& f) {
  Layout layout;
  std::string_view bytes;
  TRY(layout_of(rt, f[0], layout));
  TRY(require_bytes_like(rt, f[1], bytes));
  if (layout.size == 0) return raise_error(rt, "cannot iteratively unpack with a struct of length 0");
  if (bytes.size() % layout.size != 0) {
    return raise_error(rt, "iterative unpacking requires a buffer of a multiple of " +
                               std::to_string(layout.size) + " bytes");
  }
  List* all = new_list(rt, bytes.size() / layout.size);
  for (u64 at = 0; at < bytes.size(); at += layout.size) {
    list_append(rt, *all, unpack_values(rt, layout, reinterpret_cast<const u8*>(bytes.data()) + at));
  }
  return Value::from(new_iterator(rt, TypeId::ListIterator, Value::from(all), Value::from_int(0)));
}

Result struct_calcsize(Runtime& rt, Frame& f) {
  Layout layout;
  TRY(layout_of(rt, f[0], layout));
  return Value::from_int(static_cast<i64>(layout.size));
}

// self, format.
Result struct_init(Runtime& rt, Frame& f) {
  std::string format;
  TRY(format_argument(rt, f[1], format));
  Layout layout;
  TRY(read_layout(rt, format, layout));
  set_own_attribute(rt, f[0].object(), intern(rt, "format"), Value::from(new_str_latin1(rt, format)));
  set_own_attribute(rt, f[0].object(), intern(rt, "size"), Value::from_int(static_cast<i64>(layout.size)));
  return Result::none();
}

Result struct_clearcache(Runtime&, Frame&) {
  return Result::none();
}

constexpr NativeSpec kFunctions[] = {
    {"calcsize", struct_calcsize, "(format, /)"},
    {"pack", struct_pack, "(format, *values)", nullptr, 2},
    {"pack_into", struct_pack_into, "(format, buffer, offset, /, *values)", nullptr, 4},
    {"unpack", struct_unpack, "(format, buffer, /)"},
    {"unpack_from", struct_unpack_from, "(format, /, buffer, offset=0)"},
    {"iter_unpack", struct_iter_unpack, "(format, buffer, /)"},
    {"_clearcache", struct_clearcache, "()"},
};

constexpr NativeSpec kStructMethods[] = {
    {"__init__", struct_init, "(self, format)"},
    {"pack", struct_pack, "(self, *values)", nullptr, 2},
    {"pack_into", struct_pack_into, "(self, buffer, offset, /, *values)", nullptr, 4},
    {"unpack", struct_unpack, "(self, buffer, /)"},
    {"unpack_from", struct_unpack_from, "(self, /, buffer, offset=0)"},
    {"iter_unpack", struct_iter_unpack, "(self, buffer, /)"},
};

void setup(Runtime& rt, Module& module) {
  module_set(rt, module, "error",
             Value::from(new_native_class(rt, "struct", "error", rt.type(TypeId::Exception))));
  Type* type = new_native_class(rt, "_struct", "Struct", rt.type(TypeId::Object));
  for (const NativeSpec& spec : kStructMethods) {
    type_set_attribute(rt, type, intern(rt, spec.name),
                       Value::from(new_native(rt, spec, type, Value::none())));
  }
  module_set(rt, module, "Struct", Value::from(type));
}

}  // namespace

std::span<const NativeSpec> struct_methods() {
  return kStructMethods;
}

extern const ModuleSpec kStructModule;
const ModuleSpec kStructModule = {"_struct", "Functions to convert between values and packed bytes.",
                                  kFunctions, setup};

}  // namespace lisle::rt

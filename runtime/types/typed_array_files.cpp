// array.array: bytes in and out, files, text, pickles.
#include <cstring>
#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/support/text.h"
#include "runtime/types/codecs.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/machine_item.h"
#include "runtime/types/module.h"
#include "runtime/types/text_arguments.h"
#include "runtime/types/typed_array.h"

namespace lisle::rt {

namespace {

constexpr u64 kFileBlock = 64 * 1024;

TypedArray& self(Frame& f) {
  return *to<TypedArray>(f[0]);
}

Result require_text_array(Runtime& rt, Frame& f, const char* name) {
  if (self(f).code == 'u') return Result::none();
  return raise(rt, TypeId::ValueError, "%s() may only be called on unicode type arrays", name);
}

void swap_item(u8* p, u64 size) {
  for (u64 i = 0; i < size / 2; ++i) std::swap(p[i], p[size - 1 - i]);
}

// The formats by which pickles name the layout of an array's items; the numbers are CPython's.
struct PickleFormat {
  u8 size;
  bool is_signed, is_big, is_float;
};
constexpr PickleFormat kFormats[] = {
    {1, false, false, false}, {1, true, false, false}, {2, false, false, false}, {2, false, true, false},
    {2, true, false, false},  {2, true, true, false},  {4, false, false, false}, {4, false, true, false},
    {4, true, false, false},  {4, true, true, false},  {8, false, false, false}, {8, false, true, false},
    {8, true, false, false},  {8, true, true, false},  {4, true, false, true},   {4, true, true, true},
    {8, true, false, true},   {8, true, true, true},
};
constexpr i64 kFormatCount = 22;  // the last four are text
constexpr i64 kFirstTextFormat = 18;
constexpr i64 kOwnTextFormat = 20;

i64 format_of(const TypedArray& array) {
  auto code = static_cast<u32>(array.code);
  if (code == 'u') return kOwnTextFormat;
  for (i64 i = 0; i < kFirstTextFormat; ++i) {
    const PickleFormat& format = kFormats[i];
    bool same_sign = format.is_signed == (is_signed_item(code) || is_float_item(code));
    if (format.size == array.item_size && same_sign && format.is_float == is_float_item(code) &&
        !format.is_big) {
      return i;
    }
  }
  LISLE_UNREACHABLE();
}

// The type code whose items are laid out as `format`, `given` when that is one of them.
u32 code_for(const PickleFormat& format, u32 given) {
  for (u32 code : {given, u32{'b'}, u32{'B'}, u32{'h'}, u32{'H'}, u32{'i'}, u32{'I'}, u32{'l'}, u32{'L'}}) {
    if (code != 'u' && machine_item_size(code) == format.size && is_signed_item(code) == format.is_signed &&
        !is_float_item(code)) {
      return code;
    }
  }
  LISLE_UNREACHABLE();
}

// Text in one of the four formats at the end of the numbering, as the code points of a text array.
Result read_text_items(Runtime& rt, TypedArray& array, i64 format, std::string_view bytes) {
  const char* encodings[] = {"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"};
  Value text = TRY(decode_bytes(rt, bytes, encodings[format - kFirstTextFormat], "strict"));
  std::string points;
  for (u64 i = 0; i < to<Str>(text)->length; ++i) {
    u32 c = to<Str>(text)->at(i);
    points.append(reinterpret_cast<char*>(&c), sizeof c);
  }
  return array_append_bytes(rt, array, points);
}

Result read_items(Runtime& rt, Type* type, u32 code, i64 format_code, std::string_view bytes) {
  if (format_code >= kFirstTextFormat) {
    TypedArray* array = new_typed_array(rt, type, 'u');
    TRY(read_text_items(rt, *array, format_code, bytes));
    return Value::from(array);
  }
  const PickleFormat& format = kFormats[format_code];
  if (format.is_float) {
    code = format.size == 4 ? 'f' : 'd';
  } else {
    code = code_for(format, code);
  }
  TypedArray* array = new_typed_array(rt, type, code);
  std::string copy(bytes);
  for (u64 i = 0; format.is_big && i + format.size <= copy.size(); i += format.size) {
    swap_item(reinterpret_cast<u8*>(copy.data()) + i, format.size);
  }
  TRY(array_append_bytes(rt, *array, copy));
  return Value::from(array);
}

Value attributes_of(Runtime& rt, Object* o) {
  return has_attribute_storage(rt, o) ? Value::from(attribute_dict(rt, o)) : Value::none();
}

}  // namespace

Result array_append_bytes(Runtime& rt, TypedArray& array, std::string_view bytes) {
  if (bytes.size() % array.item_size != 0) {
    return raise(rt, TypeId::ValueError, "bytes length not a multiple of item size");
  }
  std::string copy(bytes);  // it may be the array's own
  return replace_store_range(rt, array, array.size, array.size, copy);
}

Result array_tobytes(Runtime& rt, Frame& f) {
  TRY(require_byte_room(rt, self(f).size));
  return Value::from(new_bytes(rt, self(f).view()));
}

Result array_frombytes(Runtime& rt, Frame& f) {
  std::string_view bytes;
  TRY(require_bytes_like(rt, f[1], bytes));
  if (const TypedArray* other = as<TypedArray>(f[1]); other != nullptr && other->item_size != 1) {
    return raise(rt, TypeId::TypeError, "a bytes-like object is required");
  }
  return array_append_bytes(rt, self(f), bytes);
}

// Registers: self, file, position.
Result array_tofile(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(self(f).size);
           f[2] = Value::from_int(f[2].as_int() + static_cast<i64>(kFileBlock))) {
        AWAIT(1, call_method(rt, f, f[1], rt.names.write,
                             {Value::from(new_bytes(
                                 rt, self(f).view().substr(static_cast<u64>(f[2].as_int()), kFileBlock)))}));
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// Registers: self, file, count.
Result array_fromfile(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      i64 count;
      TRY(int_to_size(rt, f[2], count));
      if (count < 0) return raise(rt, TypeId::ValueError, "negative count");
      i64 bytes;
      if (__builtin_mul_overflow(count, static_cast<i64>(self(f).item_size), &bytes) ||
          !Value::fits_int(bytes)) {
        return raise_no_memory(rt);
      }
      AWAIT(1, call_method(rt, f, f[1], intern(rt, "read"), {Value::from_int(bytes)}));
      if (!is_bytes(r.value())) return raise(rt, TypeId::TypeError, "read() didn't return bytes");
      TRY(array_append_bytes(rt, self(f), to<Bytes>(r.value())->view()));
      if (static_cast<i64>(to<Bytes>(r.value())->length) ==
          f[2].as_int() * static_cast<i64>(self(f).item_size)) {
        return Result::none();
      }
      return raise(rt, TypeId::EOFError, "read() didn't return enough bytes");
    }
  }
  LISLE_UNREACHABLE();
}

Result array_byteswap(Runtime&, Frame& f) {
  TypedArray& array = self(f);
  for (u64 i = 0; i < array.size; i += array.item_size) {
    swap_item(array.storage->bytes + i, array.item_size);
  }
  return Result::none();
}

Result array_buffer_info(Runtime& rt, Frame& f) {
  Value info[] = {new_int(rt, static_cast<i64>(reinterpret_cast<u64>(self(f).data()))),
                  Value::from_int(static_cast<i64>(self(f).length()))};
  return Value::from(new_tuple_from(rt, info, 2));
}

Result array_tounicode(Runtime& rt, Frame& f) {
  TRY(require_text_array(rt, f, "tounicode"));
  TypedArray& array = self(f);
  for (u64 i = 0; i < array.length(); ++i) {
    u32 c;
    std::memcpy(&c, array.storage->bytes + i * sizeof c, sizeof c);
    if (c > 0x10FFFF) {
      return raise(rt, TypeId::ValueError, "character U+%x is not in range [U+0000; U+10ffff]", c);
    }
  }
  return Value::from(new_str_utf32(rt, reinterpret_cast<u32*>(array.data()), array.length()));
}

Result array_fromunicode(Runtime& rt, Frame& f) {
  if (!is_str(f[1])) {
    return raise(rt, TypeId::TypeError, "fromunicode() argument must be str, not %.50s", type_name(rt, f[1]));
  }
  TRY(require_text_array(rt, f, "fromunicode"));
  std::string points;
  for (u64 i = 0; i < to<Str>(f[1])->length; ++i) {
    u32 c = to<Str>(f[1])->at(i);
    points.append(reinterpret_cast<char*>(&c), sizeof c);
  }
  return array_append_bytes(rt, self(f), points);
}

// Old protocols get the items as a list, newer ones as bytes with a description of their layout.
Result array_reduce_ex(Runtime& rt, Frame& f) {
  TypedArray& array = self(f);
  i64 protocol;
  TRY(int_to_size(rt, f[1], protocol));
  Value type = Value::from(type_of(rt, f[0]));
  Value code = Value::from(str_from_char(rt, static_cast<u32>(array.code)));
  Value state = attributes_of(rt, &array);
  Module* module = as<Module>(dict_get_str(rt, *rt.modules, intern(rt, "array")));
  if (protocol < 3 || module == nullptr) {
    Value parts[] = {code, Value::from(array_items(rt, array))};
    Value result[] = {type, Value::from(new_tuple_from(rt, parts, 2)), state};
    return Value::from(new_tuple_from(rt, result, 3));
  }
  Value parts[] = {type, code, Value::from_int(format_of(array)), Value::from(new_bytes(rt, array.view()))};
  Value result[] = {module_get(rt, *module, "_array_reconstructor"),
                    Value::from(new_tuple_from(rt, parts, 4)), state};
  return Value::from(new_tuple_from(rt, result, 3));
}

// arraytype, typecode, mformat_code, items.
Result array_reconstruct(Runtime& rt, Frame& f) {
  if (!is_type(f[0])) {
    return raise(rt, TypeId::TypeError, "first argument must be a type object, not %.200s",
                 type_name(rt, f[0]));
  }
  Type* type = to<Type>(f[0]);
  if (!is_subtype(type, rt.type(TypeId::TypedArray))) {
    TextBuffer name;
    return raise(rt, TypeId::TypeError, "%.200s is not a subtype of array.array",
                 str_utf8(type->name, name).data());
  }
  if (!is_str(f[1]) || to<Str>(f[1])->length != 1) {
    return raise(rt, TypeId::TypeError,
                 "_array_reconstructor() argument 2 must be a unicode character, not %.50s",
                 type_name(rt, f[1]));
  }
  u32 code = to<Str>(f[1])->at(0);
  if (!is_array_code(code)) {
    return raise(rt, TypeId::ValueError, "second argument must be a valid type code");
  }
  i64 format;
  if (!is_int_like(f[2])) {
    return raise(rt, TypeId::TypeError, "'%.200s' object cannot be interpreted as an integer",
                 type_name(rt, f[2]));
  }
  if (!int_to_i64(f[2], format) || format < 0 || format >= kFormatCount) {
    return raise(rt, TypeId::ValueError, "third argument must be a valid machine format code.");
  }
  if (!is_bytes(f[3])) {
    return raise(rt, TypeId::TypeError, "fourth argument should be bytes, not %.200s", type_name(rt, f[3]));
  }
  return read_items(rt, type, code, format, to<Bytes>(f[3])->view());
}

}  // namespace lisle::rt

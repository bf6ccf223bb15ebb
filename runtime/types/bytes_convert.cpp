// bytes and bytearray: construction from anything, hexadecimal, decoding, formatting, comparison, indexing.
#include <cstring>
#include <string>

#include "runtime/modules/codec_registry.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/byte_store.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/codecs.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/percent.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

std::string_view name_text(Value v, TextBuffer& scratch) {
  return v.is_unbound() ? std::string_view() : str_utf8(to<Str>(v), scratch);
}

Result name_argument(Runtime& rt, Value v, const char* function, const char* parameter) {
  if (v.is_unbound() || is_str(v)) return Result::none();
  return raise(rt, TypeId::TypeError, "%s() argument '%s' must be str, not %.50s", function, parameter,
               argument_type(rt, v));
}

// The arguments (source, encoding, errors) of both constructors when text is involved: a Bytes; unbound when
// the source is to be looked at by its own.
Result encode_source(Runtime& rt, Frame& f, const char* function, Value source, Value encoding,
                     Value errors) {
  TRY(name_argument(rt, encoding, function, "encoding"));
  TRY(name_argument(rt, errors, function, "errors"));
  if (!encoding.is_unbound()) {
    if (!is_str(source)) return raise(rt, TypeId::TypeError, "encoding without a string argument");
    TextBuffer encoding_text, errors_text;
    if (!is_builtin_encoding(name_text(encoding, encoding_text)))
      return codec_convert(rt, f, source, encoding, errors, true, true);
    if (has_own_handler(rt, errors)) return handler_convert(rt, f, source, encoding, errors, true);
    return encode_text(rt, to<Str>(source), name_text(encoding, encoding_text),
                       name_text(errors, errors_text));
  }
  if (is_str(source)) return raise(rt, TypeId::TypeError, "string argument without an encoding");
  if (!errors.is_unbound()) return raise(rt, TypeId::TypeError, "errors without a string argument");
  if (source.is_unbound()) return Value::from(new_bytes(rt, {}));
  return Value::unbound();
}

Result bytes_of_class(Runtime& rt, Type* cls, Bytes* bytes) {
  if (cls == rt.type(TypeId::Bytes)) return Value::from(bytes);
  Bytes* b = new_instance_of<Bytes>(rt, cls, bytes->length + 1);
  b->length = bytes->length;
  std::memcpy(b->data, bytes->data, bytes->length);
  return Value::from(b);
}

// What is bytes-like, strided views included, as a Bytes; unbound for anything else.
Result copy_of_bytes_like(Runtime& rt, Value v) {
  std::string_view bytes;
  if (bytes_like(v, bytes)) {
    TRY(require_byte_room(rt, bytes.size()));
    bool exact = is_bytes(v) && v.object()->shape == rt.shape_of(TypeId::Bytes);
    return exact ? v : Value::from(new_bytes(rt, bytes));
  }
  if (MemoryView* view = as<MemoryView>(v)) return memoryview_to_bytes(rt, *view);
  return Value::unbound();
}

Result raise_bad_byte(Runtime& rt, bool for_bytearray) {
  return raise(rt, TypeId::ValueError,
               for_bytearray ? "byte must be in range(0, 256)" : "bytes must be in range(0, 256)");
}

Result append_byte(Runtime& rt, ByteArray& array, Value v, bool for_bytearray) {
  i64 n;
  if (!int_to_i64(v, n) || n < 0 || n > 255) return raise_bad_byte(rt, for_bytearray);
  TRY(resize_store(rt, array, array.size + 1));
  array.storage->bytes[array.size - 1] = static_cast<u8>(n);
  return Result::none();
}

Result zero_bytes(Runtime& rt, Value count) {
  i64 n;
  TRY(repeat_count(rt, count, n));
  if (n < 0) return raise(rt, TypeId::ValueError, "negative count");
  TRY(require_byte_room(rt, static_cast<u64>(n)));
  return Value::from(new_bytes_blank(rt, static_cast<u64>(n)));
}

int hex_digit(u32 c) {
  if (c - '0' < 10) return static_cast<int>(c - '0');
  c |= 32;
  return c - 'a' < 6 ? static_cast<int>(c - 'a' + 10) : -1;
}

Result parse_hex(Runtime& rt, Value v, std::string& out) {
  if (!is_str(v))
    return raise(rt, TypeId::TypeError, "fromhex() argument must be str, not %.50s", argument_type(rt, v));
  Str* s = to<Str>(v);
  for (u64 i = 0; i < s->length; ++i) {
    u32 c = s->at(i);
    if (c == ' ' || (c >= '\t' && c <= '\r')) continue;
    int high = hex_digit(c);
    int low = i + 1 < s->length ? hex_digit(s->at(i + 1)) : -1;
    if (high < 0 || low < 0) {
      return raise(rt, TypeId::ValueError, "non-hexadecimal number found in fromhex() arg at position %llu",
                   static_cast<unsigned long long>(high < 0 ? i : i + 1));
    }
    out += static_cast<char>(high * 16 + low);
    ++i;
  }
  return Result::none();
}

Result hex_separator(Runtime& rt, Value v, u32& out) {
  std::string_view bytes;
  if (is_str(v)) {
    if (to<Str>(v)->length != 1) return raise(rt, TypeId::ValueError, "sep must be length 1.");
    out = to<Str>(v)->at(0);
  } else if (is_bytes(v)) {
    bytes = to<Bytes>(v)->view();
    if (bytes.size() != 1) return raise(rt, TypeId::ValueError, "sep must be length 1.");
    out = static_cast<u8>(bytes[0]);
  } else {
    return has_special(rt, v, Special::Len)
               ? raise(rt, TypeId::TypeError, "sep must be str or bytes.")
               : raise(rt, TypeId::TypeError, "object of type '%.200s' has no len()", type_name(rt, v));
  }
  if (out > 0x7F) return raise(rt, TypeId::ValueError, "sep must be ASCII.");
  return Result::none();
}

// self, sep, bytes_per_sep: groups are counted from the end when the number is positive.
Result hex_finish(Runtime& rt, Frame& f) {
  u32 separator = 0;
  bool separates = !f[1].is_unbound();
  if (separates) TRY(hex_separator(rt, f[1], separator));
  i64 group = 1;
  if (!f[2].is_unbound()) TRY(int_to_size(rt, f[2], group));
  Value copy = TRY(copy_of_bytes_like(rt, f[0]));
  std::string_view bytes = to<Bytes>(copy)->view();
  TRY(require_text_room(rt, bytes.size() * 3, 0));
  std::string out;
  u64 size = static_cast<u64>(group < 0 ? -group : group);
  for (u64 i = 0; i < bytes.size(); ++i) {
    u64 place = group > 0 ? bytes.size() - i : i;
    if (separates && size != 0 && i > 0 && place % size == 0) out += static_cast<char>(separator);
    out += "0123456789abcdef"[static_cast<u8>(bytes[i]) >> 4];
    out += "0123456789abcdef"[static_cast<u8>(bytes[i]) & 15];
  }
  return Value::from(new_str_latin1(rt, out));
}

Result slice_of(Runtime& rt, Value self, Value slice) {
  std::string_view bytes = own_bytes(self);
  SliceRange range;
  TRY(slice_range(rt, slice, static_cast<i64>(bytes.size()), range));
  if (range.count <= 0) return like_self(rt, self, {});
  if (range.step == 1) {
    return like_self(rt, self, bytes.substr(static_cast<u64>(range.start), static_cast<u64>(range.count)));
  }
  std::string out;
  i64 at = range.start;
  for (i64 i = 0; i < range.count; ++i, at += range.step) out += bytes[static_cast<u64>(at)];
  return like_self(rt, self, out);
}

Result getitem_finish(Runtime& rt, Frame& f) {
  return bytes_subscript(rt, f[0], f[1]);
}

Result multiply_finish(Runtime& rt, Frame& f) {
  i64 times;
  TRY(repeat_count(rt, f[1], times));
  std::string_view bytes = own_bytes(f[0]);
  if (times <= 0 || bytes.empty()) return like_self(rt, f[0], {});
  if (times == 1) return like_self(rt, f[0], bytes);
  u64 size;
  if (__builtin_mul_overflow(bytes.size(), static_cast<u64>(times), &size) || size > (u64{1} << 62)) {
    return raise(rt, TypeId::OverflowError, "repeated bytes are too long");
  }
  TRY(require_byte_room(rt, size));
  std::string out;
  out.reserve(size);
  for (i64 i = 0; i < times; ++i) out += bytes;
  return like_self(rt, f[0], out);
}

// Compares two bytes-like objects; false when one is not.
bool compare_bytes(Value a, Value b, int& order) {
  std::string_view left, right;
  if (!bytes_like(a, left) || !bytes_like(b, right)) return false;
  order = left.compare(right);
  return true;
}

template <bool (*holds)(int)>
Result compare_with(Runtime&, Frame& f) {
  int order;
  // A bytes object knows its own kind only; the others compare themselves with what is bytes-like.
  if (is_bytes(f[0]) && !is_bytes(f[1])) return Value::not_implemented();
  if (!compare_bytes(f[0], f[1], order)) return Value::not_implemented();
  return Result::boolean(holds(order));
}

bool is_equal(int order) {
  return order == 0;
}
bool is_unequal(int order) {
  return order != 0;
}
bool is_less(int order) {
  return order < 0;
}
bool is_less_equal(int order) {
  return order <= 0;
}
bool is_greater(int order) {
  return order > 0;
}
bool is_greater_equal(int order) {
  return order >= 0;
}

}  // namespace

std::string_view own_bytes(Value self) {
  return is_bytes(self) ? to<Bytes>(self)->view() : to<ByteArray>(self)->view();
}

Result like_self(Runtime& rt, Value self, std::string_view bytes) {
  TRY(require_byte_room(rt, bytes.size()));
  if (is_kind(self, Kind::ByteArray)) return Value::from(new_bytearray(rt, bytes));
  Bytes* own = to<Bytes>(self);
  bool exact = own->shape == rt.shape_of(TypeId::Bytes);
  if (exact && bytes.size() == own->length && bytes.data() == own->view().data()) return self;
  return Value::from(new_bytes(rt, bytes));
}

Result bytes_subscript(Runtime& rt, Value self, Value key) {
  bool array = is_kind(self, Kind::ByteArray);
  if (is_kind(key, Kind::Slice)) return slice_of(rt, self, key);
  if (!is_int_like(key)) {
    return raise(rt, TypeId::TypeError, "%s indices must be integers or slices, not %.200s",
                 array ? "bytearray" : "byte", type_name(rt, key));
  }
  i64 index;
  TRY(index_to_size(rt, key, index));
  std::string_view bytes = own_bytes(self);
  if (index < 0) index += static_cast<i64>(bytes.size());
  if (index < 0 || index >= static_cast<i64>(bytes.size())) {
    return raise(rt, TypeId::IndexError, array ? "bytearray index out of range" : "index out of range");
  }
  return Value::from_int(static_cast<u8>(bytes[static_cast<u64>(index)]));
}

Result byte_value(Runtime& rt, Value v, u8& out) {
  i64 n;
  if (!int_to_i64(v, n) || n < 0 || n > 255) return raise_bad_byte(rt, true);
  out = static_cast<u8>(n);
  return Result::none();
}

// Registers: source, whether it is for a bytearray, iterator, collected bytes (a ByteArray). Yields a Bytes.
Result bytes_of_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[1].is_false() && type_of(rt, f[0])->special(Special::Bytes).is_none())
        return raise(rt, TypeId::TypeError, "'NoneType' object is not callable");
      if (f[1].is_false() && has_special(rt, f[0], Special::Bytes)) {
        AWAIT(1, call_special(rt, f, f[0], Special::Bytes, {}));
        if (is_bytes(r.value())) return r;
        return raise(rt, TypeId::TypeError, "__bytes__ returned non-bytes (type %.200s)",
                     type_name(rt, r.value()));
      }
      r = copy_of_bytes_like(rt, f[0]);
      if (!r.is_value() || !r.value().is_unbound()) return r;
      if (is_int_like(f[0]) || has_special(rt, f[0], Special::Index)) {
        AWAIT(2, to_index(rt, f, f[0]));
        return zero_bytes(rt, r.value());
      }
      if (!has_special(rt, f[0], Special::Iter) && !has_special(rt, f[0], Special::GetItem)) {
        return raise(rt, TypeId::TypeError, "cannot convert '%.200s' object to %s", type_name(rt, f[0]),
                     f[1].is_true() ? "bytearray" : "bytes");
      }
      AWAIT(3, iter(rt, f, f[0]));
      f[2] = r.value();
      f[3] = Value::from(new_bytearray(rt, {}));
      for (;;) {
        AWAIT(4, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Value::from(new_bytes(rt, to<ByteArray>(f[3])->view()));
        if (!is_int_like(r.value())) {
          AWAIT(5, to_index(rt, f, r.value()));
        }
        TRY(append_byte(rt, *to<ByteArray>(f[3]), r.value(), f[1].is_true()));
      }
  }
  LISLE_UNREACHABLE();
}

// Registers: class, source, encoding, errors.
Result bytes_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(require_class(rt, f[0], TypeId::Bytes));
      // An object with __bytes__ comes first, even when it is a str of a subclass.
      if (!f[1].is_unbound() && f[2].is_unbound() && !is_bytes(f[1]) &&
          has_special(rt, f[1], Special::Bytes)) {
        r = Value::unbound();
      } else {
        AWAIT(2, encode_source(rt, f, "bytes", f[1], f[2], f[3]));
      }
      if (r.value().is_unbound()) {
        AWAIT(1, call_internal(rt, f, Internal::BytesOf, {f[1], Value::false_()}));
      }
      return bytes_of_class(rt, to<Type>(f[0]), to<Bytes>(r.value()));
  }
  LISLE_UNREACHABLE();
}

Result bytearray_new(Runtime& rt, Frame& f) {
  TRY(require_class(rt, f[0], TypeId::ByteArray));
  return Value::from(new_instance_of<ByteArray>(rt, to<Type>(f[0])));
}

// Registers: self, source, encoding, errors.
Result bytearray_init(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(2, encode_source(rt, f, "bytearray", f[1], f[2], f[3]));
      if (r.value().is_unbound()) {
        AWAIT(1, call_internal(rt, f, Internal::BytesOf, {f[1], Value::true_()}));
      }
      Bytes* content = to<Bytes>(r.value());
      ByteArray* self = to<ByteArray>(f[0]);
      TRY(resize_store(rt, *self, content->length));
      if (content->length > 0) std::memcpy(self->storage->bytes, content->data, content->length);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// Class methods: class, text. A subclass is called with the bytes, as CPython does.
Result bytes_fromhex(Runtime& rt, Frame& f) {
  std::string bytes;
  TRY(parse_hex(rt, f[1], bytes));
  Value result = Value::from(new_bytes(rt, bytes));
  if (f[0] == Value::from(rt.type(TypeId::Bytes))) return result;
  return call(rt, f, f[0], {result});
}

Result bytearray_fromhex(Runtime& rt, Frame& f) {
  std::string bytes;
  TRY(parse_hex(rt, f[1], bytes));
  if (f[0] == Value::from(rt.type(TypeId::ByteArray))) return Value::from(new_bytearray(rt, bytes));
  return call(rt, f, f[0], {Value::from(new_bytes(rt, bytes))});
}

Result bytes_hex(Runtime& rt, Frame& f) {
  return with_count<2, hex_finish>(rt, f);
}

Result bytes_decode(Runtime& rt, Frame& f) {
  TRY(name_argument(rt, f[1], "decode", "encoding"));
  TRY(name_argument(rt, f[2], "decode", "errors"));
  TextBuffer encoding, errors;
  std::string_view name = name_text(f[1], encoding);
  if (!is_builtin_encoding(name)) return codec_convert(rt, f, f[0], f[1], f[2], false, true);
  if (has_own_handler(rt, f[2])) return handler_convert(rt, f, f[0], f[1], f[2], false);
  return decode_bytes(rt, own_bytes(f[0]), name, name_text(f[2], errors));
}

// Registers: self, arguments.
Result bytes_percent(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, percent_format(rt, f, new_str_latin1(rt, own_bytes(f[0])), f[1], true));
      return like_self(rt, f[0], to<Str>(r.value())->latin1());
  }
  LISLE_UNREACHABLE();
}

// Registers: self, format.
Result bytes_percent_reflected(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_bytes(f[1]) && !is_kind(f[1], Kind::ByteArray)) return Value::not_implemented();
      AWAIT(1, percent_format(rt, f, new_str_latin1(rt, own_bytes(f[1])), f[0], true));
      return like_self(rt, f[1], to<Str>(r.value())->latin1());
  }
  LISLE_UNREACHABLE();
}

Result bytes_add(Runtime& rt, Frame& f) {
  std::string_view left = own_bytes(f[0]), right;
  if (!bytes_like(f[1], right)) {
    return raise(rt, TypeId::TypeError, "can't concat %.100s to %.100s", type_name(rt, f[1]),
                 std::string(type_name(rt, f[0])).c_str());
  }
  TRY(require_byte_room(rt, left.size() + right.size()));
  std::string out(left);
  out += right;
  return like_self(rt, f[0], out);
}

Result bytes_multiply(Runtime& rt, Frame& f) {
  if (f.step() == 0 && !is_int_like(f[1]) && !has_special(rt, f[1], Special::Index)) {
    return raise(rt, TypeId::TypeError, "can't multiply sequence by non-int of type '%.200s'",
                 type_name(rt, f[1]));
  }
  return with_count<1, multiply_finish>(rt, f);
}

Result bytes_getitem(Runtime& rt, Frame& f) {
  return with_subscript<getitem_finish>(rt, f);
}
Result bytes_len(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(own_bytes(f[0]).size()));
}

Result bytes_eq(Runtime& rt, Frame& f) {
  return compare_with<is_equal>(rt, f);
}
Result bytes_ne(Runtime& rt, Frame& f) {
  return compare_with<is_unequal>(rt, f);
}
Result bytes_lt(Runtime& rt, Frame& f) {
  return compare_with<is_less>(rt, f);
}
Result bytes_le(Runtime& rt, Frame& f) {
  return compare_with<is_less_equal>(rt, f);
}
Result bytes_gt(Runtime& rt, Frame& f) {
  return compare_with<is_greater>(rt, f);
}
Result bytes_ge(Runtime& rt, Frame& f) {
  return compare_with<is_greater_equal>(rt, f);
}

}  // namespace lisle::rt

// The types bytearray and bytearray_iterator: what bytearray has beyond bytes is that it changes in place.
#include <cstring>
#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/byte_store.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

ByteArray* self_of(Frame& f) {
  return to<ByteArray>(f[0]);
}

// Between double quotes CPython escapes the single ones all the same, unlike those of bytes.
Result bytearray_repr(Runtime& rt, Frame& f) {
  TextBuffer text;
  TextBuffer name;
  text.append_utf8(str_utf8(type_of(rt, f[0])->name, name));
  text.append('(');
  std::string_view bytes = self_of(f)->view();
  if (bytes.find('\'') == bytes.npos || bytes.find('"') != bytes.npos) {
    append_bytes_repr(text, bytes);
  } else {
    TextBuffer plain, utf8;
    append_bytes_repr(plain, bytes);
    plain.encode_utf8(utf8);
    for (char c : utf8.latin1()) {
      if (c == '\'') text.append('\\');
      text.append(static_cast<u32>(c));
    }
  }
  text.append(')');
  return finish_text(rt, text);
}

Result bytearray_iter(Runtime& rt, Frame& f) {
  return Value::from(new_iterator(rt, TypeId::ByteArrayIterator, f[0], Value::from_int(0)));
}

Result append_finish(Runtime& rt, Frame& f) {
  u8 byte;
  TRY(byte_value(rt, f[1], byte));
  ByteArray* array = self_of(f);
  TRY(resize_store(rt, *array, array->size + 1));
  array->storage->bytes[array->size - 1] = byte;
  return Result::none();
}

Result insert_finish(Runtime& rt, Frame& f) {
  u8 byte;
  TRY(byte_value(rt, f[2], byte));
  i64 at;
  TRY(int_to_size(rt, f[1], at));
  ByteArray* array = self_of(f);
  i64 size = static_cast<i64>(array->size);
  if (at < 0) at = at + size < 0 ? 0 : at + size;
  if (at > size) at = size;
  char c = static_cast<char>(byte);
  return replace_store_range(rt, *array, static_cast<u64>(at), static_cast<u64>(at), {&c, 1});
}

// Registers: self, index, item.
Result bytearray_insert(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_index(rt, f, f[1]));
      f[1] = r.value();
      AWAIT(2, to_index(rt, f, f[2]));
      f[2] = r.value();
      return insert_finish(rt, f);
  }
  LISLE_UNREACHABLE();
}

Result pop_finish(Runtime& rt, Frame& f) {
  i64 at = -1;
  if (!f[1].is_unbound()) TRY(int_to_size(rt, f[1], at));
  ByteArray* array = self_of(f);
  if (array->size == 0) return raise(rt, TypeId::IndexError, "pop from empty bytearray");
  if (at < 0) at += static_cast<i64>(array->size);
  if (at < 0 || static_cast<u64>(at) >= array->size)
    return raise(rt, TypeId::IndexError, "pop index out of range");
  u8 byte = array->storage->bytes[at];
  TRY(replace_store_range(rt, *array, static_cast<u64>(at), static_cast<u64>(at) + 1, {}));
  return Value::from_int(byte);
}

Result remove_finish(Runtime& rt, Frame& f) {
  u8 byte;
  TRY(byte_value(rt, f[1], byte));
  size_t found = self_of(f)->view().find(static_cast<char>(byte));
  if (found == std::string_view::npos) return raise(rt, TypeId::ValueError, "value not found in bytearray");
  return replace_store_range(rt, *self_of(f), found, found + 1, {});
}

Result bytearray_append(Runtime& rt, Frame& f) {
  return with_count<1, append_finish>(rt, f);
}
Result bytearray_pop(Runtime& rt, Frame& f) {
  return with_count<1, pop_finish>(rt, f);
}
Result bytearray_remove(Runtime& rt, Frame& f) {
  return with_count<1, remove_finish>(rt, f);
}

Result extend_by(Runtime& rt, Frame& f, Value bytes) {
  std::string copy(to<Bytes>(bytes)->view());
  return replace_store_range(rt, *self_of(f), self_of(f)->size, self_of(f)->size, copy);
}

// Registers: self, iterable.
Result bytearray_extend(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!has_special(rt, f[1], Special::Iter) && !has_special(rt, f[1], Special::GetItem)) {
        return raise(rt, TypeId::TypeError, "can't extend bytearray with %.100s", type_name(rt, f[1]));
      }
      AWAIT(1, call_internal(rt, f, Internal::BytesOf, {f[1], Value::true_()}));
      return extend_by(rt, f, r.value());
  }
  LISLE_UNREACHABLE();
}

Result bytearray_iadd(Runtime& rt, Frame& f) {
  std::string_view bytes;
  if (!bytes_like(f[1], bytes)) {
    return raise(rt, TypeId::TypeError, "can't concat %.100s to bytearray", type_name(rt, f[1]));
  }
  std::string copy(bytes);
  TRY(replace_store_range(rt, *self_of(f), self_of(f)->size, self_of(f)->size, copy));
  return f[0];
}

Result imul_finish(Runtime& rt, Frame& f) {
  i64 times;
  TRY(repeat_count(rt, f[1], times));
  ByteArray* array = self_of(f);
  u64 once = array->size, total;
  if (times < 0) times = 0;
  if (__builtin_mul_overflow(once, static_cast<u64>(times), &total)) return raise_no_memory(rt);
  TRY(require_byte_room(rt, total));
  TRY(resize_store(rt, *array, total));
  for (u64 at = once; at < total; at += once)
    std::memcpy(array->storage->bytes + at, array->storage->bytes, once);
  return f[0];
}

Result bytearray_imul(Runtime& rt, Frame& f) {
  if (f.step() == 0 && !is_int_like(f[1]) && !has_special(rt, f[1], Special::Index)) {
    return raise(rt, TypeId::TypeError, "can't multiply sequence by non-int of type '%.200s'",
                 type_name(rt, f[1]));
  }
  return with_count<1, imul_finish>(rt, f);
}

Result bytearray_clear(Runtime& rt, Frame& f) {
  return resize_store(rt, *self_of(f), 0);
}
Result bytearray_copy(Runtime& rt, Frame& f) {
  return Value::from(new_bytearray(rt, self_of(f)->view()));
}

Result bytearray_reverse(Runtime&, Frame& f) {
  ByteArray* array = self_of(f);
  for (u64 i = 0, j = array->size; i + 1 < j; ++i) {
    --j;
    u8 byte = array->storage->bytes[i];
    array->storage->bytes[i] = array->storage->bytes[j];
    array->storage->bytes[j] = byte;
  }
  return Result::none();
}

Result own_index(Runtime& rt, Frame& f, u64& out) {
  if (!is_int_like(f[1])) {
    return raise(rt, TypeId::TypeError, "bytearray indices must be integers or slices, not %.200s",
                 type_name(rt, f[1]));
  }
  i64 index;
  TRY(index_to_size(rt, f[1], index));
  if (index < 0) index += static_cast<i64>(self_of(f)->size);
  if (index < 0 || static_cast<u64>(index) >= self_of(f)->size) {
    return raise(rt, TypeId::IndexError, "bytearray index out of range");
  }
  out = static_cast<u64>(index);
  return Result::none();
}

// f[2] is a byte as an int, or the bytes of a slice.
Result setitem_finish(Runtime& rt, Frame& f) {
  if (is_kind(f[1], Kind::Slice)) {
    std::string_view bytes;
    TRY(require_bytes_like(rt, f[2], bytes));
    return assign_store_slice(rt, *self_of(f), f[1], 1, bytes);
  }
  u64 index;
  TRY(own_index(rt, f, index));
  u8 byte;
  TRY(byte_value(rt, f[2], byte));
  self_of(f)->storage->bytes[index] = byte;
  return Result::none();
}

Result delitem_finish(Runtime& rt, Frame& f) {
  if (is_kind(f[1], Kind::Slice)) return delete_store_slice(rt, *self_of(f), f[1], 1);
  u64 index;
  TRY(own_index(rt, f, index));
  return replace_store_range(rt, *self_of(f), index, index + 1, {});
}

// Registers: those of with_subscript. The value is converted first, in step 7 or 8.
Result bytearray_setitem(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      if (!is_kind(f[1], Kind::Slice) && !is_int_like(f[1]) && !has_special(rt, f[1], Special::Index))
        return raise(rt, TypeId::TypeError, "bytearray indices must be integers or slices, not %.200s",
                     type_name(rt, f[1]));
      std::string_view bytes;
      bool done = is_kind(f[1], Kind::Slice) ? bytes_like(f[2], bytes) : is_int_like(f[2]);
      if (done) break;
      if (is_kind(f[1], Kind::Slice)) {
        bool iterable = has_special(rt, f[2], Special::Iter) || has_special(rt, f[2], Special::GetItem);
        if (is_str(f[2]) || !iterable) {
          return raise(rt, TypeId::TypeError,
                       "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
        }
      }
    }
      if (is_kind(f[1], Kind::Slice)) {
        AWAIT(7, call_internal(rt, f, Internal::BytesOf, {f[2], Value::true_()}));
        f[2] = r.value();
      } else {
        AWAIT(8, to_index(rt, f, f[2]));
        f[2] = r.value();
      }
      f.set_step(0);
      break;
    default:
      break;
  }
  return with_subscript<setitem_finish>(rt, f);
}

Result bytearray_delitem(Runtime& rt, Frame& f) {
  return with_subscript<delitem_finish>(rt, f);
}

Result bytearray_alloc(Runtime&, Frame& f) {
  ByteArray* array = self_of(f);
  // CPython counts a closing null byte that is not there.
  return Value::from_int(array->storage == nullptr ? 0 : static_cast<i64>(array->storage->capacity + 1));
}

// (class, (bytes,), state), or as text that is encoded again for protocols that know no bytes. f: self,
// protocol.
Result bytearray_reduce_ex(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_method(rt, f, f[0], intern(rt, "__getstate__"), {}));
      i64 protocol = 0;
      if (f[1].is_int()) protocol = f[1].as_int();
      Value args[2] = {Value::from(new_bytes(rt, self_of(f)->view())), Value::from(intern(rt, "latin-1"))};
      if (protocol < 3) args[0] = Value::from(new_str_latin1(rt, self_of(f)->view()));
      Value three[3] = {Value::from(type_of(rt, f[0])),
                        Value::from(new_tuple_from(rt, args, protocol < 3 ? 2 : 1)), r.value()};
      return Value::from(new_tuple_from(rt, three, 3));
  }
  LISLE_UNREACHABLE();
}

Result bytearray_reduce(Runtime& rt, Frame& f) {
  if (f.step() == 0) f[1] = Value::from_int(2);
  return bytearray_reduce_ex(rt, f);
}

Result bytearray_sizeof(Runtime&, Frame& f) {
  ByteArray* array = self_of(f);
  u64 storage = array->storage == nullptr ? 0 : array->storage->byte_size();
  return Value::from_int(static_cast<i64>(array->byte_size() + storage));
}

}  // namespace

Result bytearray_iterator_next(Runtime&, Frame&, Iterator& it) {
  if (!is_kind(it.source, Kind::ByteArray)) return Value::exhausted();
  ByteArray* array = to<ByteArray>(it.source);
  u64 at = static_cast<u64>(it.a.as_int());
  if (at >= array->size) return end_iterator(it);
  it.a = Value::from_int(static_cast<i64>(at + 1));
  return Value::from_int(array->storage->bytes[at]);
}

namespace {

constexpr NativeSpec kByteArrayMethods[] = {
    {"__new__", bytearray_new, "(cls, *args, **kwargs)", nullptr, 0, kStatic | kAllocates},
    {"__init__", bytearray_init, "(self, source=b'', encoding='utf-8', errors='strict')", nullptr, 4},
    {"__repr__", bytearray_repr, "(self, /)"},
    {"__str__", bytearray_repr, "(self, /)"},
    {"__hash__", nullptr, "(self, /)"},
    {"__len__", bytes_len, "(self, /)"},
    {"__getitem__", bytes_getitem, "(self, key, /)", nullptr, 6},
    {"__setitem__", bytearray_setitem, "(self, key, value, /)", nullptr, 6},
    {"__delitem__", bytearray_delitem, "(self, key, /)", nullptr, 6},
    {"__contains__", bytes_contains, "(self, key, /)"},
    {"__iter__", bytearray_iter, "(self, /)"},
    {"__add__", bytes_add, "(self, value, /)"},
    {"__mul__", bytes_multiply, "(self, value, /)", nullptr, 2},
    {"__rmul__", bytes_multiply, "(self, value, /)", nullptr, 2},
    {"__iadd__", bytearray_iadd, "(self, value, /)"},
    {"__imul__", bytearray_imul, "(self, value, /)", nullptr, 2},
    {"__mod__", bytes_percent, "(self, value, /)", nullptr, 2},
    {"__rmod__", bytes_percent_reflected, "(self, value, /)", nullptr, 2},
    {"__eq__", bytes_eq, "(self, value, /)"},
    {"__ne__", bytes_ne, "(self, value, /)"},
    {"__lt__", bytes_lt, "(self, value, /)"},
    {"__le__", bytes_le, "(self, value, /)"},
    {"__gt__", bytes_gt, "(self, value, /)"},
    {"__ge__", bytes_ge, "(self, value, /)"},
    {"__reduce__", bytearray_reduce, "(self, /)", "Return state information for pickling.", 2},
    {"__reduce_ex__", bytearray_reduce_ex, "(self, proto=0, /)", "Return state information for pickling.", 2},
    {"__alloc__", bytearray_alloc, "(self, /)"},
    {"__sizeof__", bytearray_sizeof, "(self, /)"},
    {"append", bytearray_append, "(self, item, /)", nullptr, 2},
    {"clear", bytearray_clear, "(self, /)"},
    {"copy", bytearray_copy, "(self, /)"},
    {"extend", bytearray_extend, "(self, iterable_of_ints, /)", nullptr, 2},
    {"insert", bytearray_insert, "(self, index, item, /)", nullptr, 3},
    {"pop", bytearray_pop, "(self, index=-1, /)", nullptr, 2},
    {"remove", bytearray_remove, "(self, value, /)", nullptr, 2},
    {"reverse", bytearray_reverse, "(self, /)"},
    {"capitalize", bytes_capitalize, "(self, /)"},
    {"center", bytes_center, "(self, width, fillchar=b' ', /)", nullptr, 3},
    {"count", bytes_count_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches},
    {"decode", bytes_decode, "(self, /, encoding='utf-8', errors='strict')"},
    {"endswith", bytes_endswith, "(self, suffix, start=None, end=None, /)", nullptr, 4, kSearches},
    {"expandtabs", bytes_expandtabs, "(self, /, tabsize=8)", nullptr, 2},
    {"find", bytes_find_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches},
    {"fromhex", bytearray_fromhex, "(cls, string, /)", nullptr, 0, kClassMethod},
    {"hex", bytes_hex, "(self, /, sep=None, bytes_per_sep=1)",
     "The bytes as hexadecimal digits, in groups that `sep` separates.\n\n>>> "
     "bytearray(b'ab').hex(':')\n'61:62'\n",
     3},
    {"index", bytes_index_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches},
    {"isalnum", bytes_isalnum, "(self, /)"},
    {"isalpha", bytes_isalpha, "(self, /)"},
    {"isascii", bytes_isascii, "(self, /)"},
    {"isdigit", bytes_isdigit, "(self, /)"},
    {"islower", bytes_islower, "(self, /)"},
    {"isspace", bytes_isspace, "(self, /)"},
    {"istitle", bytes_istitle, "(self, /)"},
    {"isupper", bytes_isupper, "(self, /)"},
    {"join", bytes_join, "(self, iterable, /)", nullptr, 2},
    {"ljust", bytes_ljust, "(self, width, fillchar=b' ', /)", nullptr, 3},
    {"lower", bytes_lower, "(self, /)"},
    {"lstrip", bytes_lstrip, "(self, bytes=None, /)"},
    {"maketrans", bytes_maketrans, "(frm, to, /)", nullptr, 0, kStatic},
    {"partition", bytes_partition, "(self, sep, /)"},
    {"removeprefix", bytes_removeprefix, "(self, prefix, /)"},
    {"removesuffix", bytes_removesuffix, "(self, suffix, /)"},
    {"replace", bytes_replace, "(self, old, new, count=-1, /)", nullptr, 4},
    {"rfind", bytes_rfind_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches},
    {"rindex", bytes_rindex_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches},
    {"rjust", bytes_rjust, "(self, width, fillchar=b' ', /)", nullptr, 3},
    {"rpartition", bytes_rpartition, "(self, sep, /)"},
    {"rsplit", bytes_rsplit, "(self, /, sep=None, maxsplit=-1)", nullptr, 3},
    {"rstrip", bytes_rstrip, "(self, bytes=None, /)"},
    {"split", bytes_split, "(self, /, sep=None, maxsplit=-1)", nullptr, 3},
    {"splitlines", bytes_splitlines, "(self, /, keepends=False)", nullptr, 2},
    {"startswith", bytes_startswith, "(self, prefix, start=None, end=None, /)", nullptr, 4, kSearches},
    {"strip", bytes_strip, "(self, bytes=None, /)"},
    {"swapcase", bytes_swapcase, "(self, /)"},
    {"title", bytes_title, "(self, /)"},
    {"translate", bytes_translate, "(self, table, /, delete=b'')"},
    {"upper", bytes_upper, "(self, /)"},
    {"zfill", bytes_zfill, "(self, width, /)", nullptr, 2},
};

}  // namespace

extern const TypeSpec kByteArrayType;
const TypeSpec kByteArrayType = {
    "bytearray",
    "builtins",
    "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n"
    "bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\nbytearray(int) -> bytes array of size "
    "given by the "
    "parameter initialized with null bytes\nbytearray() -> empty bytes array",
    TypeId::Object,
    Kind::ByteArray,
    0,
    kByteArrayMethods,
    {}};

extern const TypeSpec kByteArrayIteratorType;
const TypeSpec kByteArrayIteratorType = {"bytearray_iterator",
                                         "builtins",
                                         nullptr,
                                         TypeId::Object,
                                         Kind::Iterator,
                                         kTypeFinal | kTypeNoNew | kTypeHidden,
                                         kPlainIteratorMethods,
                                         {}};

}  // namespace lisle::rt

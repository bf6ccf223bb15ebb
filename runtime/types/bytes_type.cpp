// The types bytes and bytes_iterator: special methods and method table.
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

Result bytes_repr(Runtime& rt, Frame& f) {
  TextBuffer text;
  append_bytes_repr(text, to<Bytes>(f[0])->view());
  return finish_text(rt, text);
}

Result bytes_hash_method(Runtime& rt, Frame& f) {
  return new_int(rt, bytes_hash(rt, to<Bytes>(f[0])));
}
Result bytes_bytes(Runtime& rt, Frame& f) {
  if (f[0].object()->shape == rt.shape_of(TypeId::Bytes)) return f[0];
  return Value::from(new_bytes(rt, to<Bytes>(f[0])->view()));
}

Result bytes_iter(Runtime& rt, Frame& f) {
  return Value::from(new_iterator(rt, TypeId::BytesIterator, f[0], Value::from_int(0)));
}

Result bytes_getnewargs(Runtime& rt, Frame& f) {
  Value copy = Value::from(new_bytes(rt, to<Bytes>(f[0])->view()));
  return Value::from(new_tuple_from(rt, &copy, 1));
}

Result bytes_sizeof(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(to<Bytes>(f[0])->byte_size()));
}

}  // namespace

Result bytes_iterator_next(Runtime&, Frame&, Iterator& it) {
  if (!is_bytes(it.source)) return Value::exhausted();
  Bytes* b = to<Bytes>(it.source);
  u64 at = static_cast<u64>(it.a.as_int());
  if (at >= b->length) return end_iterator(it);
  it.a = Value::from_int(static_cast<i64>(at + 1));
  return Value::from_int(b->data[at]);
}

namespace {

constexpr NativeSpec kBytesMethods[] = {
    {"__new__", bytes_new, "(cls, source=b'', encoding='utf-8', errors='strict')", nullptr, 4, kStatic},
    {"__repr__", bytes_repr, "(self, /)"},
    {"__str__", bytes_repr, "(self, /)"},
    {"__hash__", bytes_hash_method, "(self, /)"},
    {"__bytes__", bytes_bytes, "(self, /)"},
    {"__len__", bytes_len, "(self, /)"},
    {"__getitem__", bytes_getitem, "(self, key, /)", nullptr, 6},
    {"__contains__", bytes_contains, "(self, key, /)"},
    {"__iter__", bytes_iter, "(self, /)"},
    {"__add__", bytes_add, "(self, value, /)"},
    {"__mul__", bytes_multiply, "(self, value, /)", nullptr, 2},
    {"__rmul__", bytes_multiply, "(self, value, /)", nullptr, 2},
    {"__mod__", bytes_percent, "(self, value, /)", nullptr, 2},
    {"__rmod__", bytes_percent_reflected, "(self, value, /)", nullptr, 2},
    {"__eq__", bytes_eq, "(self, value, /)"},
    {"__ne__", bytes_ne, "(self, value, /)"},
    {"__lt__", bytes_lt, "(self, value, /)"},
    {"__le__", bytes_le, "(self, value, /)"},
    {"__gt__", bytes_gt, "(self, value, /)"},
    {"__ge__", bytes_ge, "(self, value, /)"},
    {"__getnewargs__", bytes_getnewargs, "(self, /)"},
    {"__sizeof__", bytes_sizeof, "(self, /)"},
    {"capitalize", bytes_capitalize, "(self, /)"},
    {"center", bytes_center, "(self, width, fillchar=b' ', /)", nullptr, 3},
    {"count", bytes_count_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches},
    {"decode", bytes_decode, "(self, /, encoding='utf-8', errors='strict')"},
    {"endswith", bytes_endswith, "(self, suffix, start=None, end=None, /)", nullptr, 4, kSearches},
    {"expandtabs", bytes_expandtabs, "(self, /, tabsize=8)", nullptr, 2},
    {"find", bytes_find_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches},
    {"fromhex", bytes_fromhex, "(cls, string, /)", nullptr, 0, kClassMethod},
    {"hex", bytes_hex, "(self, /, sep=None, bytes_per_sep=1)",
     "The bytes as hexadecimal digits, in groups that `sep` separates.\n\n>>> b'ab'.hex(':')\n'61:62'\n", 3},
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

extern const TypeSpec kBytesType;
const TypeSpec kBytesType = {"bytes",
                             "builtins",
                             "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> "
                             "bytes\nbytes(bytes_or_buffer) -> immutable "
                             "copy of bytes_or_buffer\nbytes(int) -> bytes object of size given by the "
                             "parameter initialized with null "
                             "bytes\nbytes() -> empty bytes object",
                             TypeId::Object,
                             Kind::Bytes,
                             0,
                             kBytesMethods,
                             {}};

extern const TypeSpec kBytesIteratorType;
const TypeSpec kBytesIteratorType = {"bytes_iterator",
                                     "builtins",
                                     nullptr,
                                     TypeId::Object,
                                     Kind::Iterator,
                                     kTypeFinal | kTypeNoNew | kTypeHidden,
                                     kPlainIteratorMethods,
                                     {}};

}  // namespace lisle::rt

// The type str: constructor, special methods, iterator, and the table of all its methods.
#include "runtime/modules/codec_registry.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/format_quickly.h"
#include "runtime/types/format_spec.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

Result name_argument(Runtime& rt, Value v, const char* function, const char* parameter) {
  if (v.is_unbound() || is_str(v)) return Result::none();
  return raise(rt, TypeId::TypeError, "%s() argument '%s' must be str, not %.50s", function, parameter,
               argument_type(rt, v));
}

std::string_view name_text(Value v, TextBuffer& scratch) {
  return v.is_unbound() ? std::string_view() : str_utf8(to<Str>(v), scratch);
}

// str(object, encoding, errors).
Result decode_object(Runtime& rt, Frame& f, Value object, Value encoding, Value errors) {
  TRY(name_argument(rt, encoding, "str", "encoding"));
  TRY(name_argument(rt, errors, "str", "errors"));
  if (object.is_unbound()) return Value::from(empty_str(rt));
  if (is_str(object)) return raise(rt, TypeId::TypeError, "decoding str is not supported");
  std::string_view bytes;
  if (!bytes_like(object, bytes)) {
    return raise(rt, TypeId::TypeError, "decoding to str: need a bytes-like object, %.80s found",
                 type_name(rt, object));
  }
  TextBuffer encoding_text, errors_text;
  std::string_view name = name_text(encoding, encoding_text);
  if (!is_builtin_encoding(name)) return codec_convert(rt, f, object, encoding, errors, false, true);
  if (has_own_handler(rt, errors)) return handler_convert(rt, f, object, encoding, errors, false);
  return decode_bytes(rt, bytes, name, name_text(errors, errors_text));
}

// `text` as an instance of class `cls`.
Result str_of_class(Runtime& rt, Type* cls, Str* text) {
  if (cls == rt.type(TypeId::Str)) return Value::from(text);
  u64 bytes = (text->length + 1) << text->width_log2();
  Str* s = new_instance_of<Str>(rt, cls, bytes);
  s->aux = text->aux & (Str::kWidthMask | Str::kAscii);
  s->length = text->length;
  copy_units(s->data, text->width_log2(), text->data, text->width_log2(), text->length);
  return Value::from(s);
}

// Registers: class, object, encoding, errors.
Result str_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(require_class(rt, f[0], TypeId::Str));
      if (f[2].is_unbound() && f[3].is_unbound()) {
        if (f[1].is_unbound()) f[1] = Value::from(empty_str(rt));
        AWAIT(1, to_str(rt, f, f[1]));
        return str_of_class(rt, to<Type>(f[0]), to<Str>(r.value()));
      }
      AWAIT(2, decode_object(rt, f, f[1], f[2], f[3]));
      return str_of_class(rt, to<Type>(f[0]), to<Str>(r.value()));
  }
  LISLE_UNREACHABLE();
}

// str(x)
Result str_construct(Runtime& rt, Frame& f) {
  return f.window_nargs() == 1 ? to_str(rt, f, f[0]) : Result(Value::unbound());
}

Result str_repr_method(Runtime& rt, Frame& f) {
  TextBuffer text;
  append_repr(text, to<Str>(f[0]));
  return finish_text(rt, text);
}

Result str_str(Runtime& rt, Frame& f) {
  return Value::from(exact_str(rt, to<Str>(f[0])));
}
Result str_hash_method(Runtime& rt, Frame& f) {
  return new_int(rt, str_hash(rt, to<Str>(f[0])));
}
Result str_len(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(to<Str>(f[0])->length));
}

Result str_format_method(Runtime& rt, Frame& f) {
  if (!is_str(f[1])) {
    return raise(rt, TypeId::TypeError, "__format__() argument must be str, not %.50s",
                 argument_type(rt, f[1]));
  }
  if (to<Str>(f[1])->length == 0) return to_str(rt, f, f[0]);
  return format_str(rt, f[0], *to<Str>(f[1]));
}

Result str_slice_by(Runtime& rt, Str* s, Value slice) {
  SliceRange range;
  TRY(slice_range(rt, slice, static_cast<i64>(s->length), range));
  if (range.count <= 0) return Value::from(empty_str(rt));
  if (range.step == 1) {
    return Value::from(
        str_slice(rt, s, static_cast<u64>(range.start), static_cast<u64>(range.start + range.count)));
  }
  if (s->is_ascii() && range.count > 1) {
    Str* picked = new_str_blank(rt, static_cast<u64>(range.count), 0);
    picked->aux |= Str::kAscii;
    const u8* from = s->data + range.start;
    for (i64 i = 0; i < range.count; ++i, from += range.step) picked->data[i] = *from;
    return Value::from(picked);
  }
  TextBuffer text;
  text.reserve(static_cast<u64>(range.count));
  i64 at = range.start;
  for (i64 i = 0; i < range.count; ++i, at += range.step) text.append(s->at(static_cast<u64>(at)));
  return finish_text(rt, text);
}

Result getitem_finish(Runtime& rt, Frame& f) {
  return str_subscript(rt, to<Str>(f[0]), f[1]);
}

Result str_getitem(Runtime& rt, Frame& f) {
  return with_subscript<getitem_finish>(rt, f);
}

Result str_iter(Runtime& rt, Frame& f) {
  return Value::from(new_iterator(rt, TypeId::StrIterator, f[0], Value::from_int(0)));
}

Result str_add(Runtime& rt, Frame& f) {
  if (is_str(f[1])) return str_concat(rt, to<Str>(f[0]), to<Str>(f[1]));
  return raise(rt, TypeId::TypeError, "can only concatenate str (not \"%.200s\") to str",
               type_name(rt, f[1]));
}

Result multiply_finish(Runtime& rt, Frame& f) {
  i64 times;
  TRY(repeat_count(rt, f[1], times));
  return str_repeat(rt, to<Str>(f[0]), times);
}

Result str_mul(Runtime& rt, Frame& f) {
  if (f.step() == 0 && !is_int_like(f[1])) {
    if (!has_special(rt, f[1], Special::Index)) {
      return raise(rt, TypeId::TypeError, "can't multiply sequence by non-int of type '%.200s'",
                   type_name(rt, f[1]));
    }
  }
  return with_count<1, multiply_finish>(rt, f);
}

template <bool (*holds)(int)>
Result compare_with(Runtime&, Frame& f) {
  if (!is_str(f[1])) return Value::not_implemented();
  return Result::boolean(holds(str_compare(to<Str>(f[0]), to<Str>(f[1]))));
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

Result str_eq(Runtime&, Frame& f) {
  if (!is_str(f[1])) return Value::not_implemented();
  return Result::boolean(str_equal(to<Str>(f[0]), to<Str>(f[1])));
}

Result str_ne(Runtime&, Frame& f) {
  if (!is_str(f[1])) return Value::not_implemented();
  return Result::boolean(!str_equal(to<Str>(f[0]), to<Str>(f[1])));
}

Result str_encode(Runtime& rt, Frame& f) {
  TRY(name_argument(rt, f[1], "encode", "encoding"));
  TRY(name_argument(rt, f[2], "encode", "errors"));
  TextBuffer encoding, errors;
  std::string_view name = name_text(f[1], encoding);
  if (!is_builtin_encoding(name)) return codec_convert(rt, f, f[0], f[1], f[2], true, true);
  if (has_own_handler(rt, f[2])) return handler_convert(rt, f, f[0], f[1], f[2], true);
  return encode_text(rt, to<Str>(f[0]), name, name_text(f[2], errors));
}

Result str_getnewargs(Runtime& rt, Frame& f) {
  Value text = Value::from(exact_str(rt, to<Str>(f[0])));
  return Value::from(new_tuple_from(rt, &text, 1));
}

Result str_sizeof(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(to<Str>(f[0])->byte_size()));
}

Result iterator_self(Runtime&, Frame& f) {
  return f[0];
}

Result str_iterator_hint(Runtime&, Frame& f) {
  Iterator* it = to<Iterator>(f[0]);
  if (!is_str(it->source)) return Value::from_int(0);
  return Value::from_int(static_cast<i64>(to<Str>(it->source)->length) - it->a.as_int());
}

}  // namespace

Result str_subscript(Runtime& rt, Str* s, Value key) {
  if (LISLE_LIKELY(key.is_int())) return str_item(rt, s, key.as_int());
  if (is_kind(key, Kind::Slice)) return str_slice_by(rt, s, key);
  if (!is_int_like(key)) {
    return raise(rt, TypeId::TypeError, "string indices must be integers, not '%.200s'", type_name(rt, key));
  }
  i64 index;
  TRY(index_to_size(rt, key, index));
  return str_item(rt, s, index);
}

Result str_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  if (!is_str(it.source)) return Value::exhausted();
  Str* s = to<Str>(it.source);
  u64 at = static_cast<u64>(it.a.as_int());
  if (at >= s->length) return end_iterator(it);
  it.a = Value::from_int(static_cast<i64>(at + 1));
  return Value::from(str_from_char(rt, s->at(at)));
}

namespace {

constexpr NativeSpec kStrMethods[] = {
    {"__new__", str_new, "(cls, object='', encoding='utf-8', errors='strict')", nullptr, 4, kStatic},
    {"__repr__", str_repr_method, "(self, /)"},
    {"__str__", str_str, "(self, /)"},
    {"__hash__", str_hash_method, "(self, /)"},
    {"__len__", str_len, "(self, /)"},
    {"__format__", str_format_method, "(self, format_spec, /)"},
    {"__getitem__", str_getitem, "(self, key, /)", nullptr, 6},
    {"__contains__", str_contains_method, "(self, key, /)"},
    {"__iter__", str_iter, "(self, /)"},
    {"__add__", str_add, "(self, value, /)"},
    {"__mul__", str_mul, "(self, value, /)", nullptr, 2},
    {"__rmul__", str_mul, "(self, value, /)", nullptr, 2},
    {"__mod__", str_percent, "(self, value, /)"},
    {"__rmod__", str_percent_reflected, "(self, value, /)"},
    {"__eq__", str_eq, "(self, value, /)"},
    {"__ne__", str_ne, "(self, value, /)"},
    {"__lt__", compare_with<is_less>, "(self, value, /)"},
    {"__le__", compare_with<is_less_equal>, "(self, value, /)"},
    {"__gt__", compare_with<is_greater>, "(self, value, /)"},
    {"__ge__", compare_with<is_greater_equal>, "(self, value, /)"},
    {"__getnewargs__", str_getnewargs, "(self, /)"},
    {"__sizeof__", str_sizeof, "(self, /)"},
    {"encode", str_encode, "(self, /, encoding='utf-8', errors='strict')"},
    {"replace", str_replace, "(self, old, new, count=-1, /)", nullptr, 4, kLeaf, str_replace_quickly},
    {"split", str_split, "(self, /, sep=None, maxsplit=-1)", nullptr, 3, kLeaf, str_split_quickly},
    {"rsplit", str_rsplit, "(self, /, sep=None, maxsplit=-1)", nullptr, 3},
    {"join", str_join, "(self, iterable, /)", nullptr, 2, kLeaf, str_join_quickly},
    {"capitalize", str_capitalize, "(self, /)"},
    {"casefold", str_casefold, "(self, /)"},
    {"title", str_title, "(self, /)"},
    {"center", str_center, "(self, width, fillchar=' ', /)", nullptr, 3},
    {"count", str_count_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches},
    {"expandtabs", str_expandtabs, "(self, /, tabsize=8)", nullptr, 2},
    {"find", str_find_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches,
     str_find_quickly},
    {"partition", str_partition, "(self, sep, /)"},
    {"index", str_index_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches},
    {"ljust", str_ljust, "(self, width, fillchar=' ', /)", nullptr, 3},
    {"lower", str_lower, "(self, /)"},
    {"lstrip", str_lstrip, "(self, chars=None, /)"},
    {"rfind", str_rfind_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches},
    {"rindex", str_rindex_method, "(self, sub, start=None, end=None, /)", nullptr, 4, kSearches},
    {"rjust", str_rjust, "(self, width, fillchar=' ', /)", nullptr, 3},
    {"rstrip", str_rstrip, "(self, chars=None, /)"},
    {"rpartition", str_rpartition, "(self, sep, /)"},
    {"splitlines", str_splitlines, "(self, /, keepends=False)", nullptr, 2},
    {"strip", str_strip, "(self, chars=None, /)"},
    {"swapcase", str_swapcase, "(self, /)"},
    {"translate", str_translate, "(self, table, /)", nullptr, 4, kCatches},
    {"upper", str_upper, "(self, /)"},
    {"startswith", str_startswith, "(self, prefix, start=None, end=None, /)", nullptr, 4, kSearches,
     str_startswith_quickly},
    {"endswith", str_endswith, "(self, suffix, start=None, end=None, /)", nullptr, 4, kSearches,
     str_endswith_quickly},
    {"removeprefix", str_removeprefix, "(self, prefix, /)"},
    {"removesuffix", str_removesuffix, "(self, suffix, /)"},
    {"isascii", str_isascii, "(self, /)"},
    {"islower", str_islower, "(self, /)"},
    {"isupper", str_isupper, "(self, /)"},
    {"istitle", str_istitle, "(self, /)"},
    {"isspace", str_isspace, "(self, /)"},
    {"isdecimal", str_isdecimal, "(self, /)"},
    {"isdigit", str_isdigit, "(self, /)"},
    {"isnumeric", str_isnumeric, "(self, /)"},
    {"isalpha", str_isalpha, "(self, /)"},
    {"isalnum", str_isalnum, "(self, /)"},
    {"isidentifier", str_isidentifier, "(self, /)"},
    {"isprintable", str_isprintable, "(self, /)"},
    {"zfill", str_zfill, "(self, width, /)", nullptr, 2},
    {"format", str_format, "(self, /, *args, **kwargs)", nullptr, 0, kLeaf, str_format_quickly},
    {"format_map", str_format_map, "(self, mapping, /)"},
    {"maketrans", str_maketrans, "(x, y=None, z=None, /)", nullptr, 5, kStatic},
};

constexpr NativeSpec kStrIteratorMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__length_hint__", str_iterator_hint, "(self, /)"},
    {"__reduce__", iterator_reduce, "(self, /)"},
    {"__setstate__", iterator_set_state, "(self, state, /)"},
};

}  // namespace

extern const TypeSpec kStrType;
const TypeSpec kStrType = {"str",
                           "builtins",
                           "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nThe "
                           "text of an object, or text decoded "
                           "from bytes.",
                           TypeId::Object,
                           Kind::Str,
                           0,
                           kStrMethods,
                           {},
                           str_construct};

extern const TypeSpec kStrIteratorType;
const TypeSpec kStrIteratorType = {"str_iterator",
                                   "builtins",
                                   nullptr,
                                   TypeId::Object,
                                   Kind::Iterator,
                                   kTypeFinal | kTypeNoNew | kTypeHidden,
                                   kStrIteratorMethods,
                                   {}};

}  // namespace lisle::rt

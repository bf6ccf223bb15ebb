// memoryview: a window of one dimension on the bytes of a bytes or bytearray object.
#include "runtime/types/memoryview.h"

#include <cstring>
#include <string>

#include "runtime/protocols/convert.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

MemoryView* self_of(Frame& f) {
  return to<MemoryView>(f[0]);
}

// The view was not released, and the bytearray it looks at was not shortened below what it shows.
Result require_open(Runtime& rt, const MemoryView& view) {
  if (view.is_released()) {
    return raise(rt, TypeId::ValueError, "operation forbidden on released memoryview object");
  }
  std::string_view bytes;
  if (!bytes_like(view.source, bytes)) LISLE_UNREACHABLE();
  if (view.length == 0) return Result::none();
  i64 last = view.offset + static_cast<i64>(view.length - 1) * view.stride;
  i64 end = (last > view.offset ? last : view.offset) + static_cast<i64>(view.item_size);
  if (end <= static_cast<i64>(bytes.size())) return Result::none();
  return raise(rt, TypeId::BufferError, "memoryview: the underlying bytearray was re-sized");
}

u8* item_address(const MemoryView& view, u64 index) {
  std::string_view bytes;
  if (!bytes_like(view.source, bytes)) LISLE_UNREACHABLE();
  i64 at = view.offset + static_cast<i64>(index) * view.stride;
  return reinterpret_cast<u8*>(const_cast<char*>(bytes.data())) + at;
}

MemoryView* derived_view(Runtime& rt, const MemoryView& from) {
  MemoryView* view = rt.make<MemoryView>(TypeId::MemoryView);
  view->source = from.source;
  view->offset = from.offset;
  view->length = from.length;
  view->stride = from.stride;
  view->item_size = from.item_size;
  view->format = from.format;
  view->readonly = from.readonly;
  return view;
}

// Bytes of one item of a native format; 0 for what is no format.
u64 format_size(u32 format) {
  switch (format) {
    case 'b':
    case 'B':
    case 'c':
    case '?':
      return 1;
    case 'h':
    case 'H':
      return 2;
    case 'i':
    case 'I':
    case 'f':
      return 4;
    case 'l':
    case 'L':
    case 'q':
    case 'Q':
    case 'n':
    case 'N':
    case 'd':
      return 8;
    default:
      return 0;
  }
}

template <class T>
T load(const u8* p) {
  T value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

Value read_item(Runtime& rt, const MemoryView& view, u64 index) {
  const u8* p = item_address(view, index);
  switch (view.format) {
    case 'b':
      return Value::from_int(load<i8>(p));
    case 'c':
      return Value::from(new_bytes(rt, {reinterpret_cast<const char*>(p), 1}));
    case '?':
      return Value::from_bool(*p != 0);
    case 'h':
      return Value::from_int(load<i16>(p));
    case 'H':
      return Value::from_int(load<u16>(p));
    case 'i':
      return Value::from_int(load<i32>(p));
    case 'I':
      return Value::from_int(load<u32>(p));
    case 'l':
    case 'q':
    case 'n':
      return new_int(rt, load<i64>(p));
    case 'L':
    case 'Q':
    case 'N':
      return new_int_unsigned(rt, load<u64>(p));
    case 'f':
      return new_float(rt, static_cast<f64>(load<float>(p)));
    case 'd':
      return new_float(rt, load<f64>(p));
    default:
      return Value::from_int(*p);
  }
}

bool is_signed_format(u32 format) {
  return format == 'b' || format == 'h' || format == 'i' || format == 'l' || format == 'q' || format == 'n';
}

Result bad_type(Runtime& rt, const MemoryView& view) {
  return raise(rt, TypeId::TypeError, "memoryview: invalid type for format '%c'",
               static_cast<int>(view.format));
}

Result bad_value(Runtime& rt, const MemoryView& view) {
  return raise(rt, TypeId::ValueError, "memoryview: invalid value for format '%c'",
               static_cast<int>(view.format));
}

Result write_integer(Runtime& rt, const MemoryView& view, u8* p, Value v) {
  if (!is_int_like(v)) return bad_type(rt, view);
  u64 bits;
  if (is_signed_format(static_cast<u32>(view.format))) {
    i64 n;
    if (!int_to_i64(v, n)) return bad_value(rt, view);
    i64 limit = view.item_size == 8 ? INT64_MAX : (i64{1} << (8 * view.item_size - 1)) - 1;
    if (n > limit || n < -limit - 1) return bad_value(rt, view);
    bits = static_cast<u64>(n);
  } else {
    if (int_is_negative(v) || !int_to_u64(v, bits)) return bad_value(rt, view);
    if (view.item_size < 8 && bits >> (8 * view.item_size) != 0) return bad_value(rt, view);
  }
  std::memcpy(p, &bits, view.item_size);  // little-endian hosts only, as everywhere
  return Result::none();
}

Result write_item(Runtime& rt, const MemoryView& view, u64 index, Value v) {
  u8* p = item_address(view, index);
  switch (view.format) {
    case 'c':
      if (!is_bytes(v)) return bad_type(rt, view);
      if (to<Bytes>(v)->length != 1) return bad_value(rt, view);
      *p = to<Bytes>(v)->data[0];
      return Result::none();
    case '?':
      if (!v.is_bool()) return bad_type(rt, view);
      *p = v.is_true();
      return Result::none();
    case 'f':
    case 'd': {
      if (!is_float(v) && !is_int_like(v)) return bad_type(rt, view);
      f64 d = is_float(v) ? float_value(v) : int_to_double(v);
      auto narrow = static_cast<float>(d);
      std::memcpy(p, view.format == 'f' ? static_cast<const void*>(&narrow) : &d, view.item_size);
      return Result::none();
    }
    default:
      return write_integer(rt, view, p, v);
  }
}

Result item_index(Runtime& rt, const MemoryView& view, Value key, u64& out) {
  i64 index;
  TRY(index_to_size(rt, key, index));
  if (index < 0) index += static_cast<i64>(view.length);
  if (index < 0 || static_cast<u64>(index) >= view.length) {
    return raise(rt, TypeId::IndexError, "index out of bounds on dimension 1");
  }
  out = static_cast<u64>(index);
  return Result::none();
}

Result sliced(Runtime& rt, const MemoryView& view, Value slice, MemoryView*& out) {
  SliceRange range;
  TRY(slice_range(rt, slice, static_cast<i64>(view.length), range));
  out = derived_view(rt, view);
  out->offset += range.start * view.stride;
  out->stride *= range.step;
  out->length = range.count < 0 ? 0 : static_cast<u64>(range.count);
  return Result::none();
}

Result getitem_finish(Runtime& rt, Frame& f) {
  MemoryView* view = self_of(f);
  TRY(require_open(rt, *view));
  if (is_kind(f[1], Kind::Slice)) {
    MemoryView* part;
    TRY(sliced(rt, *view, f[1], part));
    return Value::from(part);
  }
  if (!is_int_like(f[1])) return raise(rt, TypeId::TypeError, "memoryview: invalid slice key");
  u64 index;
  TRY(item_index(rt, *view, f[1], index));
  return read_item(rt, *view, index);
}

Result assign_slice(Runtime& rt, const MemoryView& view, Value slice, Value source) {
  MemoryView* part;
  TRY(sliced(rt, view, slice, part));
  std::string_view bytes;
  TRY(require_bytes_like(rt, source, bytes));
  MemoryView* other = as<MemoryView>(source);
  u64 format = other == nullptr ? 'B' : other->format;
  if (bytes.size() != part->length * part->item_size || format != view.format) {
    return raise(rt, TypeId::ValueError,
                 "memoryview assignment: lvalue and rvalue have different structures");
  }
  std::string copy(bytes);  // both may look at the same storage
  for (u64 i = 0; i < part->length; ++i) {
    std::memcpy(item_address(*part, i), copy.data() + i * part->item_size, part->item_size);
  }
  return Result::none();
}

Result setitem_finish(Runtime& rt, Frame& f) {
  MemoryView* view = self_of(f);
  TRY(require_open(rt, *view));
  if (view->readonly) return raise(rt, TypeId::TypeError, "cannot modify read-only memory");
  if (is_kind(f[1], Kind::Slice)) return assign_slice(rt, *view, f[1], f[2]);
  if (!is_int_like(f[1])) return raise(rt, TypeId::TypeError, "memoryview: invalid slice key");
  u64 index;
  TRY(item_index(rt, *view, f[1], index));
  return write_item(rt, *view, index, f[2]);
}

Result memoryview_getitem(Runtime& rt, Frame& f) {
  return with_subscript<getitem_finish>(rt, f);
}
Result memoryview_setitem(Runtime& rt, Frame& f) {
  return with_subscript<setitem_finish>(rt, f);
}
Result memoryview_delitem(Runtime& rt, Frame&) {
  return raise(rt, TypeId::TypeError, "cannot delete memory");
}

Result memoryview_new(Runtime& rt, Frame& f) {
  return new_memoryview(rt, f[1]);
}

Result memoryview_len(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return Value::from_int(static_cast<i64>(self_of(f)->length));
}

Result memoryview_repr(Runtime& rt, Frame& f) {
  char text[64];
  int size = std::snprintf(text, sizeof text, "<%smemory at %p>",
                           self_of(f)->is_released() ? "released " : "", static_cast<void*>(self_of(f)));
  return Value::from(new_str_latin1(rt, {text, static_cast<size_t>(size)}));
}

Result memoryview_eq(Runtime& rt, Frame& f) {
  std::string_view other;
  MemoryView* view = self_of(f);
  if (f[0] == f[1]) return Result::boolean(true);
  if (view->is_released() || (!bytes_like(f[1], other) && !is_kind(f[1], Kind::MemoryView))) {
    return view->is_released() ? Result::boolean(false) : Result(Value::not_implemented());
  }
  MemoryView* other_view = as<MemoryView>(f[1]);
  if (other_view != nullptr) {
    if (other_view->is_released()) return Result::boolean(false);
    Value copy = TRY(memoryview_to_bytes(rt, *other_view));
    other = to<Bytes>(copy)->view();
    if (other_view->length != view->length) return Result::boolean(false);
  }
  Value own = TRY(memoryview_to_bytes(rt, *view));
  return Result::boolean(to<Bytes>(own)->view() == other);
}

Result memoryview_ne(Runtime& rt, Frame& f) {
  Value equal = TRY(memoryview_eq(rt, f));
  return equal.is_bool() ? Result::boolean(equal.is_false()) : Result(equal);
}

Result memoryview_hash(Runtime& rt, Frame& f) {
  MemoryView* view = self_of(f);
  TRY(require_open(rt, *view));
  if (!view->readonly) return raise(rt, TypeId::ValueError, "cannot hash writable memoryview object");
  Value copy = TRY(memoryview_to_bytes(rt, *view));
  return new_int(rt, bytes_hash(rt, to<Bytes>(copy)));
}

Result memoryview_tobytes(Runtime& rt, Frame& f) {
  return memoryview_to_bytes(rt, *self_of(f));
}

Result memoryview_tolist(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  List* list = new_list(rt, self_of(f)->length);
  for (u64 i = 0; i < self_of(f)->length; ++i) list_append(rt, *list, read_item(rt, *self_of(f), i));
  return Value::from(list);
}

Result memoryview_toreadonly(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  MemoryView* view = derived_view(rt, *self_of(f));
  view->readonly = 1;
  return Value::from(view);
}

Result memoryview_release(Runtime&, Frame& f) {
  self_of(f)->source = Value::none();
  return Result::none();
}

Result memoryview_enter(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return f[0];
}

Result memoryview_cast(Runtime& rt, Frame& f) {
  MemoryView* view = self_of(f);
  TRY(require_open(rt, *view));
  if (!is_str(f[1])) {
    return raise(rt, TypeId::TypeError, "cast() argument 'format' must be str, not %.50s",
                 type_name(rt, f[1]));
  }
  Str* text = to<Str>(f[1]);
  u64 at = text->length == 2 && text->at(0) == '@' ? 1 : 0;
  u64 size = text->length == at + 1 ? format_size(text->at(at)) : 0;
  if (size == 0) {
    return raise(rt, TypeId::ValueError,
                 "memoryview: destination format must be a native single character format prefixed with an "
                 "optional '@'");
  }
  if (view->stride != static_cast<i64>(view->item_size)) {
    return raise(rt, TypeId::TypeError, "memoryview: casts are restricted to C-contiguous views");
  }
  if (size != 1 && view->item_size != 1) {
    return raise(rt, TypeId::TypeError, "memoryview: cannot cast between two non-byte formats");
  }
  u64 bytes = view->length * view->item_size;
  if (bytes % size != 0)
    return raise(rt, TypeId::TypeError, "memoryview: length is not a multiple of itemsize");
  MemoryView* result = derived_view(rt, *view);
  result->item_size = size;
  result->stride = static_cast<i64>(size);
  result->format = text->at(at);
  result->length = bytes / size;
  return Value::from(result);
}

// --- computed attributes

Result one_tuple(Runtime& rt, i64 n) {
  Value v = Value::from_int(n);
  return Value::from(new_tuple_from(rt, &v, 1));
}

Result get_obj(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return self_of(f)->source;
}
Result get_nbytes(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return Value::from_int(static_cast<i64>(self_of(f)->length * self_of(f)->item_size));
}
Result get_readonly(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return Value::from_bool(self_of(f)->readonly != 0);
}
Result get_itemsize(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return Value::from_int(static_cast<i64>(self_of(f)->item_size));
}
Result get_format(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return Value::from(str_from_char(rt, static_cast<u32>(self_of(f)->format)));
}
Result get_ndim(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return Value::from_int(1);
}
Result get_shape(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return one_tuple(rt, static_cast<i64>(self_of(f)->length));
}
Result get_strides(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return one_tuple(rt, self_of(f)->stride);
}
Result get_suboffsets(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return Value::from(rt.empty_tuple);
}
Result get_contiguous(Runtime& rt, Frame& f) {
  TRY(require_open(rt, *self_of(f)));
  return Value::from_bool(self_of(f)->length <= 1 ||
                          self_of(f)->stride == static_cast<i64>(self_of(f)->item_size));
}

constexpr NativeSpec kMemoryViewMethods[] = {
    {"__new__", memoryview_new, "(cls, object)", nullptr, 0, kStatic},
    {"__repr__", memoryview_repr, "(self, /)"},
    {"__len__", memoryview_len, "(self, /)"},
    {"__getitem__", memoryview_getitem, "(self, key, /)", nullptr, 6},
    {"__setitem__", memoryview_setitem, "(self, key, value, /)", nullptr, 6},
    {"__delitem__", memoryview_delitem, "(self, key, /)"},
    {"__eq__", memoryview_eq, "(self, value, /)"},
    {"__ne__", memoryview_ne, "(self, value, /)"},
    {"__hash__", memoryview_hash, "(self, /)"},
    {"__enter__", memoryview_enter, "(self, /)"},
    {"__exit__", memoryview_release, "(self, /, *exc_info)"},
    {"cast", memoryview_cast, "(self, /, format)"},
    {"hex", bytes_hex, "(self, /, sep=None, bytes_per_sep=1)", nullptr, 3},
    {"release", memoryview_release, "(self, /)"},
    {"tobytes", memoryview_tobytes, "(self, /, order='C')"},
    {"tolist", memoryview_tolist, "(self, /)"},
    {"toreadonly", memoryview_toreadonly, "(self, /)"},
};

constexpr GetsetSpec kMemoryViewGetsets[] = {
    {"obj", get_obj},
    {"nbytes", get_nbytes},
    {"readonly", get_readonly},
    {"itemsize", get_itemsize},
    {"format", get_format},
    {"ndim", get_ndim},
    {"shape", get_shape},
    {"strides", get_strides},
    {"suboffsets", get_suboffsets},
    {"c_contiguous", get_contiguous},
    {"f_contiguous", get_contiguous},
    {"contiguous", get_contiguous},
};

}  // namespace

Result new_memoryview(Runtime& rt, Value source) {
  if (MemoryView* view = as<MemoryView>(source)) {
    TRY(require_open(rt, *view));
    return Value::from(derived_view(rt, *view));
  }
  std::string_view bytes;
  if (!bytes_like(source, bytes)) {
    return raise(rt, TypeId::TypeError, "memoryview: a bytes-like object is required, not '%.200s'",
                 type_name(rt, source));
  }
  MemoryView* view = rt.make<MemoryView>(TypeId::MemoryView);
  view->source = source;
  view->length = bytes.size();
  view->stride = 1;
  view->item_size = 1;
  view->format = 'B';
  view->readonly = is_bytes(source);
  return Value::from(view);
}

Result memoryview_to_bytes(Runtime& rt, const MemoryView& view) {
  TRY(require_open(rt, view));
  TRY(require_byte_room(rt, view.length * view.item_size));
  Bytes* result = new_bytes_blank(rt, view.length * view.item_size);
  for (u64 i = 0; i < view.length; ++i) {
    std::memcpy(result->data + i * view.item_size, item_address(view, i), view.item_size);
  }
  return Value::from(result);
}

extern const TypeSpec kMemoryViewType;
const TypeSpec kMemoryViewType = {"memoryview",
                                  "builtins",
                                  "Create a new memoryview object which references the given object.",
                                  TypeId::Object,
                                  Kind::MemoryView,
                                  kTypeFinal | kTypeSequence,
                                  kMemoryViewMethods,
                                  kMemoryViewGetsets};

}  // namespace lisle::rt

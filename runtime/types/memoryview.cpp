// memoryview: a window on the bytes of a bytes, bytearray, array.array or another such object, as items of a
// machine format. What it says of itself (shape, strides, ...) is in memoryview_members.cpp.
#include "runtime/types/memoryview.h"

#include <cstring>
#include <string>

#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/convert_number.h"
#include "runtime/protocols/pure.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/byte_store.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/machine_item.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

MemoryView* self_of(Frame& f) {
  return to<MemoryView>(f[0]);
}

u32 format_of(const MemoryView& view) {
  return static_cast<u32>(view.format);
}

// The items of text arrays have a format that nobody can read.
Result require_known_format(Runtime& rt, const MemoryView& view) {
  if (view.format != 'w') return Result::none();
  return raise(rt, TypeId::NotImplementedError, "memoryview: unsupported format w");
}

Result bad_type(Runtime& rt, const MemoryView& view) {
  return raise(rt, TypeId::TypeError, "memoryview: invalid type for format '%c'",
               static_cast<int>(view.format));
}

Result bad_value(Runtime& rt, const MemoryView& view) {
  return raise(rt, TypeId::ValueError, "memoryview: invalid value for format '%c'",
               static_cast<int>(view.format));
}

// The value that write_item() takes for `v`: asks __index__, __float__ or __bool__.
Result value_for_item(Runtime& rt, Frame& f, const MemoryView& view, Value v) {
  TRY(require_known_format(rt, view));
  if (view.format == '?') return truth(rt, f, v);
  if (view.format == 'c' || is_int_like(v)) return v;
  if (is_float_item(format_of(view))) {
    return is_float(v) || !converts_to_float(rt, v) ? Result(v) : to_float(rt, f, v);
  }
  return has_special(rt, v, Special::Index) ? to_index(rt, f, v) : Result(v);
}

Result write_item(Runtime& rt, const MemoryView& view, u64 index, Value v) {
  u8* p = view_item_address(view, index);
  u32 format = format_of(view);
  if (format == 'c') {
    if (!is_bytes(v)) return bad_type(rt, view);
    if (to<Bytes>(v)->length != 1) return bad_value(rt, view);
    *p = to<Bytes>(v)->data[0];
  } else if (format == '?') {
    *p = v.is_true();
  } else if (is_float_item(format)) {
    if (!is_float(v) && !is_int_like(v)) return bad_type(rt, view);
    store_machine_float(format, p, is_float(v) ? float_value(v) : int_to_double(v));
  } else {
    if (!is_int_like(v)) return bad_type(rt, view);
    if (store_machine_int(format, p, v) != 0) return bad_value(rt, view);
  }
  return Result::none();
}

// One index of dimension `number` (from 1), which has `count` items.
Result item_index(Runtime& rt, Value key, u64 count, u64 number, u64& out) {
  i64 index;
  TRY(index_to_size(rt, key, index));
  if (index < 0) index += static_cast<i64>(count);
  if (index < 0 || static_cast<u64>(index) >= count) {
    return raise(rt, TypeId::IndexError, "index out of bounds on dimension %llu",
                 static_cast<unsigned long long>(number));
  }
  out = static_cast<u64>(index);
  return Result::none();
}

// The place of the item that a tuple of ints names.
Result place_of_tuple(Runtime& rt, const MemoryView& view, const Tuple& key, u64& place) {
  u64 dimensions = view_dimensions(view);
  if (key.size < dimensions) return raise(rt, TypeId::NotImplementedError, "sub-views are not implemented");
  if (key.size > dimensions) {
    return raise(rt, TypeId::TypeError, "cannot index %llu-dimension view with %llu-element tuple",
                 static_cast<unsigned long long>(dimensions), static_cast<unsigned long long>(key.size));
  }
  place = 0;
  for (u64 i = 0; i < dimensions; ++i) {
    u64 index, count = view_count_of(view, i);
    TRY(item_index(rt, key.items[i], count, i + 1, index));
    place = place * count + index;
  }
  return Result::none();
}

bool consists_of(Value key, bool (*fits)(Value)) {
  const Tuple* parts = as<Tuple>(key);
  if (parts == nullptr) return false;
  for (u64 i = 0; i < parts->size; ++i) {
    if (!fits(parts->items[i])) return false;
  }
  return true;
}
bool is_slice(Value v) {
  return is_kind(v, Kind::Slice);
}

// The place of one item; raises for slices of several dimensions and for what is no key.
Result place_of(Runtime& rt, const MemoryView& view, Value key, u64& place) {
  u64 dimensions = view_dimensions(view);
  if (consists_of(key, is_int_like)) return place_of_tuple(rt, view, *to<Tuple>(key), place);
  if (dimensions == 0) return raise(rt, TypeId::TypeError, "invalid indexing of 0-dim memory");
  if (is_int_like(key) && dimensions > 1) {
    return raise(rt, TypeId::NotImplementedError, "multi-dimensional sub-views are not implemented");
  }
  if (is_int_like(key)) return item_index(rt, key, view.length, 1, place);
  if (consists_of(key, is_slice)) {
    return raise(rt, TypeId::NotImplementedError, "multi-dimensional slicing is not implemented");
  }
  return raise(rt, TypeId::TypeError, "memoryview: invalid slice key");
}

// A slice of the first dimension.
Result sliced(Runtime& rt, const MemoryView& view, Value slice, MemoryView*& out) {
  SliceRange range;
  u64 outer = view_outer_count(view);
  TRY(slice_range(rt, slice, static_cast<i64>(outer), range));
  u64 count = range.count < 0 ? 0 : static_cast<u64>(range.count);
  out = derived_view(rt, view);
  out->offset += range.start * view.stride;
  out->stride *= range.step;
  out->length = outer == 0 ? 0 : view.length / outer * count;
  if (const Tuple* shape = as<Tuple>(view.shape)) {
    Tuple* fresh = new_tuple_from(rt, shape->items, shape->size);
    fresh->items[0] = Value::from_int(static_cast<i64>(count));
    out->shape = Value::from(fresh);
    rt.heap.wrote(out);
  }
  return Result::none();
}

Result getitem_finish(Runtime& rt, Frame& f) {
  MemoryView* view = self_of(f);
  TRY(require_open_view(rt, *view));
  if (f[1].is_ellipsis() && view_dimensions(*view) == 0) return f[0];
  if (is_kind(f[1], Kind::Slice) && view_dimensions(*view) > 0) {
    MemoryView* part;
    TRY(sliced(rt, *view, f[1], part));
    return Value::from(part);
  }
  u64 place;
  TRY(place_of(rt, *view, f[1], place));
  return view_item(rt, *view, place);
}

Result assign_slice(Runtime& rt, const MemoryView& view, Value slice, Value source) {
  if (view_dimensions(view) != 1) {
    return raise(rt, TypeId::NotImplementedError,
                 "memoryview slice assignments are currently restricted to ndim = 1");
  }
  MemoryView* part;
  TRY(sliced(rt, view, slice, part));
  Value given = TRY(new_memoryview(rt, source));
  MemoryView& other = *to<MemoryView>(given);
  Value copy = TRY(memoryview_to_bytes(rt, other));  // both may look at the same storage
  release_view(other);
  if (view_dimensions(other) != 1 || other.length != part->length || other.format != view.format) {
    return raise(rt, TypeId::ValueError,
                 "memoryview assignment: lvalue and rvalue have different structures");
  }
  for (u64 i = 0; i < part->length; ++i) {
    std::memcpy(view_item_address(*part, i), to<Bytes>(copy)->data + i * part->item_size, part->item_size);
  }
  return Result::none();
}

Result setitem_finish(Runtime& rt, Frame& f) {
  MemoryView* view = self_of(f);
  TRY(require_open_view(rt, *view));
  if (is_kind(f[1], Kind::Slice) && view_dimensions(*view) > 0) return assign_slice(rt, *view, f[1], f[2]);
  u64 place = 0;
  bool whole = f[1].is_ellipsis() && view_dimensions(*view) == 0;
  if (!whole) TRY(place_of(rt, *view, f[1], place));
  return write_item(rt, *view, place, f[2]);
}

Result memoryview_getitem(Runtime& rt, Frame& f) {
  return with_subscript<getitem_finish>(rt, f);
}

// Registers: those of with_subscript. The value of an item is converted first, in step 7.
Result memoryview_setitem(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(require_open_view(rt, *self_of(f)));
      if (self_of(f)->readonly) return raise(rt, TypeId::TypeError, "cannot modify read-only memory");
      if (is_kind(f[1], Kind::Slice)) break;
      AWAIT(7, value_for_item(rt, f, *self_of(f), f[2]));
      f[2] = r.value();
      break;
    default:
      break;
  }
  return with_subscript<setitem_finish>(rt, f);
}
Result memoryview_delitem(Runtime& rt, Frame&) {
  return raise(rt, TypeId::TypeError, "cannot delete memory");
}

Result memoryview_new(Runtime& rt, Frame& f) {
  return new_memoryview(rt, f[1]);
}

Result memoryview_repr(Runtime& rt, Frame& f) {
  char text[64];
  int size = std::snprintf(text, sizeof text, "<%smemory at %p>",
                           self_of(f)->is_released() ? "released " : "", static_cast<void*>(self_of(f)));
  return Value::from(new_str_latin1(rt, {text, static_cast<size_t>(size)}));
}

bool same_shape(const MemoryView& a, const MemoryView& b) {
  u64 dimensions = view_dimensions(a);
  if (dimensions != view_dimensions(b)) return false;
  for (u64 i = 0; i < dimensions; ++i) {
    if (view_count_of(a, i) != view_count_of(b, i)) return false;
  }
  return true;
}

// Items are equal as numbers, so a NaN equals nothing and formats may differ.
bool same_items(Runtime& rt, const MemoryView& a, const MemoryView& b) {
  bool bitwise = a.format == b.format && !is_float_item(format_of(a)) && a.format != '?';
  for (u64 i = 0; i < a.length; ++i) {
    if (bitwise) {
      if (std::memcmp(view_item_address(a, i), view_item_address(b, i), a.item_size) != 0) return false;
      continue;
    }
    Value left = load_machine_item(rt, format_of(a), view_item_address(a, i));
    Value right = load_machine_item(rt, format_of(b), view_item_address(b, i));
    bool equal = false;
    if (is_float(left) && is_float(right)) {
      equal = float_value(left) == float_value(right);
    } else if (!pure_equal(rt, left, right, equal)) {
      equal = false;
    }
    if (!equal) return false;
  }
  return true;
}

Result memoryview_eq(Runtime& rt, Frame& f) {
  MemoryView* view = self_of(f);
  std::string_view bytes;
  if (f[0] == f[1]) return Result::boolean(true);
  MemoryView* other = as<MemoryView>(f[1]);
  if (view->is_released() || (other != nullptr && other->is_released())) return Result::boolean(false);
  if (other == nullptr) {
    if (!bytes_like(f[1], bytes)) return Value::not_implemented();
    other = to<MemoryView>(TRY(new_memoryview(rt, f[1])));
  }
  TRY(require_open_view(rt, *view));
  TRY(require_open_view(rt, *other));
  bool readable = view->format != 'w' && other->format != 'w';
  bool equal = same_shape(*view, *other) && readable && same_items(rt, *view, *other);
  if (f[1] != Value::from(other)) release_view(*other);
  return Result::boolean(equal);
}

Result memoryview_ne(Runtime& rt, Frame& f) {
  Value equal = TRY(memoryview_eq(rt, f));
  return equal.is_bool() ? Result::boolean(equal.is_false()) : Result(equal);
}

Result memoryview_len(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return Value::from_int(static_cast<i64>(view_outer_count(*self_of(f))));
}

Result memoryview_release(Runtime&, Frame& f) {
  release_view(*self_of(f));
  return Result::none();
}

Result memoryview_enter(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return f[0];
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
    {"cast", memoryview_cast, "(self, /, format, shape=())", "Cast a memoryview to a new format or shape."},
    {"hex", bytes_hex, "(self, /, sep=None, bytes_per_sep=1)",
     "Return the data in the buffer as a str of hexadecimal numbers.\n\n>>> "
     "memoryview(b'ab').hex(':')\n'61:62'\n",
     3},
    {"release", memoryview_release, "(self, /)",
     "Release the underlying buffer exposed by the memoryview object."},
    {"tobytes", memoryview_tobytes, "(self, /, order='C')",
     "Return the data in the buffer as a byte string."},
    {"tolist", memoryview_tolist, "(self, /)", "Return the data in the buffer as a list of elements."},
    {"toreadonly", memoryview_toreadonly, "(self, /)", "Return a readonly version of the memoryview."},
};

}  // namespace

// Where item `index` lies, counting all dimensions in C order.
u8* view_item_address(const MemoryView& view, u64 index) {
  std::string_view bytes;
  if (!bytes_like(view.source, bytes)) LISLE_UNREACHABLE();
  i64 at = static_cast<i64>(index) * view.stride;
  if (is_kind(view.shape, Kind::Tuple)) {
    u64 inner = view.length / view_outer_count(view);
    at = static_cast<i64>(index / inner) * view.stride + static_cast<i64>(index % inner * view.item_size);
  }
  return reinterpret_cast<u8*>(const_cast<char*>(bytes.data())) + view.offset + at;
}

MemoryView* derived_view(Runtime& rt, const MemoryView& from) {
  MemoryView* view = rt.make<MemoryView>(TypeId::MemoryView);
  view->source = from.source;
  view->shape = from.shape;
  view->offset = from.offset;
  view->length = from.length;
  view->stride = from.stride;
  view->item_size = from.item_size;
  view->format = from.format;
  view->prefixed = from.prefixed;
  view->readonly = from.readonly;
  if (ByteStore* store = as_byte_store(from.source)) view_opened(*store);
  return view;
}

Result view_item(Runtime& rt, const MemoryView& view, u64 index) {
  TRY(require_known_format(rt, view));
  return load_machine_item(rt, format_of(view), view_item_address(view, index));
}

void release_view(MemoryView& view) {
  if (ByteStore* store = as_byte_store(view.source)) view_released(*store);
  view.source = Value::none();
}

u64 view_dimensions(const MemoryView& view) {
  const Tuple* shape = as<Tuple>(view.shape);
  return shape == nullptr ? 1 : shape->size;
}

u64 view_count_of(const MemoryView& view, u64 dimension) {
  const Tuple* shape = as<Tuple>(view.shape);
  return shape == nullptr ? view.length : static_cast<u64>(shape->items[dimension].as_int());
}

i64 view_stride_of(const MemoryView& view, u64 dimension) {
  if (dimension == 0) return view.stride;
  u64 stride = view.item_size;
  for (u64 i = view_dimensions(view); --i > dimension;) stride *= view_count_of(view, i);
  return static_cast<i64>(stride);
}

Result require_open_view(Runtime& rt, const MemoryView& view) {
  if (view.is_released()) {
    return raise(rt, TypeId::ValueError, "operation forbidden on released memoryview object");
  }
  std::string_view bytes;
  if (!bytes_like(view.source, bytes)) LISLE_UNREACHABLE();
  u64 outer = view_outer_count(view);
  if (view.length == 0 || outer == 0) return Result::none();
  i64 last = view.offset + static_cast<i64>(outer - 1) * view.stride;
  i64 end =
      (last > view.offset ? last : view.offset) + static_cast<i64>(view.length / outer * view.item_size);
  if (end <= static_cast<i64>(bytes.size())) return Result::none();
  return raise(rt, TypeId::BufferError, "memoryview: the underlying object was re-sized");
}

Result new_memoryview(Runtime& rt, Value source) {
  if (MemoryView* view = as<MemoryView>(source)) {
    TRY(require_open_view(rt, *view));
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
  if (TypedArray* array = as<TypedArray>(source)) {
    view->length = array->length();
    view->item_size = array->item_size;
    view->stride = static_cast<i64>(array->item_size);
    view->format = array->code == 'u' ? 'w' : array->code;
  }
  if (ByteStore* store = as_byte_store(source)) view_opened(*store);
  return Value::from(view);
}

Result memoryview_to_bytes(Runtime& rt, const MemoryView& view) {
  TRY(require_open_view(rt, view));
  TRY(require_byte_room(rt, view.length * view.item_size));
  Bytes* result = new_bytes_blank(rt, view.length * view.item_size);
  for (u64 i = 0; i < view.length; ++i) {
    std::memcpy(result->data + i * view.item_size, view_item_address(view, i), view.item_size);
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

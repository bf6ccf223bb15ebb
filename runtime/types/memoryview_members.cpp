// memoryview: casts, conversions and what a view says of itself.
#include <cstring>
#include <string>
#include <vector>

#include "runtime/protocols/convert.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/machine_item.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

constexpr u64 kMaxDimensions = 64;

MemoryView* self_of(Frame& f) {
  return to<MemoryView>(f[0]);
}

// --- cast

struct Format {
  u32 code = 0;
  bool prefixed = false;
};

Result format_argument(Runtime& rt, Value v, Format& out) {
  if (!is_str(v)) {
    return raise(rt, TypeId::TypeError, "cast() argument 'format' must be str, not %.50s", type_name(rt, v));
  }
  Str* text = to<Str>(v);
  out.prefixed = text->length == 2 && text->at(0) == '@';
  u64 at = out.prefixed ? 1 : 0;
  out.code = text->length == at + 1 ? text->at(at) : 0;
  if (out.code != 'u' && machine_item_size(out.code) != 0) return Result::none();
  return raise(rt, TypeId::ValueError,
               "memoryview: destination format must be a native single character format prefixed with an "
               "optional '@'");
}

// The shape as a Tuple of positive ints, and the product of its items.
Result shape_argument(Runtime& rt, Value v, Tuple*& shape, u64& product) {
  const List* list = as<List>(v);
  const Tuple* tuple = as<Tuple>(v);
  if (list == nullptr && tuple == nullptr) {
    return raise(rt, TypeId::TypeError, "shape must be a list or a tuple");
  }
  u64 size = list != nullptr ? list->size : tuple->size;
  if (size > kMaxDimensions) {
    return raise(rt, TypeId::ValueError, "memoryview: number of dimensions must not exceed %llu",
                 static_cast<unsigned long long>(kMaxDimensions));
  }
  shape = new_tuple(rt, size);
  product = 1;
  for (u64 i = 0; i < size; ++i) {
    Value part = list != nullptr ? list->items->items[i] : tuple->items[i];
    i64 count;
    if (!is_int_like(part)) {
      return raise(rt, TypeId::TypeError, "memoryview.cast(): elements of shape must be integers");
    }
    if (!int_to_i64(part, count) || count <= 0) {
      return raise(rt, TypeId::ValueError, "memoryview.cast(): elements of shape must be integers > 0");
    }
    if (__builtin_mul_overflow(product, static_cast<u64>(count), &product)) {
      return raise(rt, TypeId::ValueError, "memoryview.cast(): product(shape) > SSIZE_MAX");
    }
    shape->items[i] = Value::from_int(count);
  }
  return Result::none();
}

Result check_cast(Runtime& rt, const MemoryView& view, bool reshapes) {
  if (view.has_gaps(view_outer_count(view))) {
    return raise(rt, TypeId::TypeError, "memoryview: casts are restricted to C-contiguous views");
  }
  if ((reshapes || view_dimensions(view) != 1) && view.length == 0) {
    return raise(rt, TypeId::TypeError, "memoryview: cannot cast view with zeros in shape or strides");
  }
  return Result::none();
}

Result take_shape(Runtime& rt, MemoryView& result, Value given, u64 bytes) {
  Tuple* shape;
  u64 product;
  TRY(shape_argument(rt, given, shape, product));
  if (shape->size != 1 && view_dimensions(result) != 1) {
    return raise(rt, TypeId::TypeError, "memoryview: cast must be 1D -> ND or ND -> 1D");
  }
  u64 wanted;
  if (__builtin_mul_overflow(product, result.item_size, &wanted) || wanted != bytes) {
    return raise(rt, TypeId::TypeError, "memoryview: product(shape) * itemsize != buffer size");
  }
  result.length = product;
  result.shape = shape->size == 1 ? Value() : Value::from(shape);
  rt.heap.wrote(&result);
  result.stride = static_cast<i64>(result.item_size);
  for (u64 i = 1; i < shape->size; ++i) result.stride *= shape->items[i].as_int();
  return Result::none();
}

// --- conversions

// Items [from, from + count) of the dimensions from `dimension` on, as nested lists.
Result nested_list(Runtime& rt, const MemoryView& view, u64 dimension, u64 from, u64 count) {
  if (dimension == view_dimensions(view)) return view_item(rt, view, from);
  u64 parts = view_count_of(view, dimension), each = parts == 0 ? 0 : count / parts;
  List* list = new_list(rt, parts);
  for (u64 i = 0; i < parts; ++i) {
    list_append(rt, *list, TRY(nested_list(rt, view, dimension + 1, from + i * each, each)));
  }
  return Value::from(list);
}

// The items in Fortran order: the first index runs fastest.
Result fortran_bytes(Runtime& rt, const MemoryView& view) {
  u64 dimensions = view_dimensions(view), size = view.item_size;
  Bytes* result = new_bytes_blank(rt, view.length * size);
  for (u64 i = 0; i < view.length; ++i) {
    u64 rest = i, place = 0, step = 1;
    for (u64 d = dimensions; d-- > 0;) {  // where item i of C order belongs
      u64 index = rest % view_count_of(view, d);
      rest /= view_count_of(view, d);
      step = 1;
      for (u64 before = 0; before < d; ++before) step *= view_count_of(view, before);
      place += index * step;
    }
    std::memcpy(result->data + place * size, view_item_address(view, i), size);
  }
  return Value::from(result);
}

// --- computed attributes

template <class T>
Value number(T n) {
  return Value::from_int(static_cast<i64>(n));
}

// Are the items without gaps when the first (`fortran`) or the last index runs fastest?
bool is_contiguous(const MemoryView& view, bool fortran) {
  i64 expected = static_cast<i64>(view.item_size);
  u64 dimensions = view_dimensions(view);
  if (view.length == 0) return true;
  for (u64 i = 0; i < dimensions; ++i) {
    u64 d = fortran ? i : dimensions - 1 - i;
    if (view_count_of(view, d) > 1 && view_stride_of(view, d) != expected) return false;
    expected *= static_cast<i64>(view_count_of(view, d));
  }
  return true;
}

Result get_obj(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return self_of(f)->source;
}
Result get_nbytes(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return number(self_of(f)->length * self_of(f)->item_size);
}
Result get_readonly(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return Value::from_bool(self_of(f)->readonly != 0);
}
Result get_itemsize(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return number(self_of(f)->item_size);
}
Result get_format(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  char text[2] = {'@', static_cast<char>(self_of(f)->format)};
  bool prefixed = self_of(f)->prefixed != 0;
  return Value::from(
      new_str_latin1(rt, prefixed ? std::string_view(text, 2) : std::string_view(text + 1, 1)));
}
Result get_ndim(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return number(view_dimensions(*self_of(f)));
}

Result get_shape(Runtime& rt, Frame& f) {
  const MemoryView& view = *self_of(f);
  TRY(require_open_view(rt, view));
  Tuple* shape = new_tuple(rt, view_dimensions(view));
  for (u64 i = 0; i < shape->size; ++i) shape->items[i] = number(view_count_of(view, i));
  return Value::from(shape);
}
Result get_strides(Runtime& rt, Frame& f) {
  const MemoryView& view = *self_of(f);
  TRY(require_open_view(rt, view));
  Tuple* strides = new_tuple(rt, view_dimensions(view));
  for (u64 i = 0; i < strides->size; ++i) strides->items[i] = number(view_stride_of(view, i));
  return Value::from(strides);
}
Result get_suboffsets(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return Value::from(rt.empty_tuple);
}
Result get_c_contiguous(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return Value::from_bool(is_contiguous(*self_of(f), false));
}
Result get_f_contiguous(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return Value::from_bool(is_contiguous(*self_of(f), true));
}
Result get_contiguous(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return Value::from_bool(is_contiguous(*self_of(f), false) || is_contiguous(*self_of(f), true));
}

constexpr GetsetSpec kGetsets[] = {
    {"obj", get_obj, nullptr, "The underlying object of the memoryview."},
    {"nbytes", get_nbytes, nullptr,
     "The amount of space in bytes that the array would use in a contiguous "
     "representation."},
    {"readonly", get_readonly, nullptr, "A bool indicating whether the memory is read only."},
    {"itemsize", get_itemsize, nullptr, "The size in bytes of each element of the memoryview."},
    {"format", get_format, nullptr, "A string containing the format (in struct module style)."},
    {"ndim", get_ndim, nullptr, "How many dimensions of a multi-dimensional array the memory represents."},
    {"shape", get_shape, nullptr, "A tuple of ndim integers giving the shape of the memory."},
    {"strides", get_strides, nullptr,
     "A tuple of ndim integers giving the size in bytes to access each element."},
    {"suboffsets", get_suboffsets, nullptr, "A tuple of integers used internally for PIL-style arrays."},
    {"c_contiguous", get_c_contiguous, nullptr, "A bool indicating whether the memory is C contiguous."},
    {"f_contiguous", get_f_contiguous, nullptr,
     "A bool indicating whether the memory is Fortran contiguous."},
    {"contiguous", get_contiguous, nullptr, "A bool indicating whether the memory is contiguous."},
};

}  // namespace

// self, format, shape.
Result memoryview_cast(Runtime& rt, Frame& f) {
  MemoryView* view = self_of(f);
  TRY(require_open_view(rt, *view));
  Format format;
  TRY(format_argument(rt, f[1], format));
  bool reshapes = !f[2].is_unbound();
  TRY(check_cast(rt, *view, reshapes));
  u64 size = machine_item_size(format.code), bytes = view->length * view->item_size;
  if (size != 1 && view->item_size != 1) {
    return raise(rt, TypeId::TypeError, "memoryview: cannot cast between two non-byte formats");
  }
  if (bytes % size != 0) {
    return raise(rt, TypeId::TypeError, "memoryview: length is not a multiple of itemsize");
  }
  MemoryView* result = derived_view(rt, *view);
  result->item_size = size;
  result->format = format.code;
  result->prefixed = format.prefixed;
  if (reshapes) {
    TRY(take_shape(rt, *result, f[2], bytes));
    return Value::from(result);
  }
  result->shape = Value();
  result->stride = static_cast<i64>(size);
  result->length = bytes / size;
  return Value::from(result);
}

// self, order.
Result memoryview_tobytes(Runtime& rt, Frame& f) {
  const MemoryView& view = *self_of(f);
  TRY(require_open_view(rt, view));
  if (f[1].is_unbound() || f[1].is_none()) return memoryview_to_bytes(rt, view);
  u32 order = is_str(f[1]) && to<Str>(f[1])->length == 1 ? to<Str>(f[1])->at(0) : 0;
  if (order == 'C' || order == 'A') return memoryview_to_bytes(rt, view);
  if (order != 'F') return raise(rt, TypeId::ValueError, "order must be 'C', 'F' or 'A'");
  return fortran_bytes(rt, view);
}

Result memoryview_tolist(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  return nested_list(rt, *self_of(f), 0, 0, self_of(f)->length);
}

Result memoryview_toreadonly(Runtime& rt, Frame& f) {
  TRY(require_open_view(rt, *self_of(f)));
  MemoryView* view = derived_view(rt, *self_of(f));
  view->readonly = 1;
  return Value::from(view);
}

Result memoryview_hash(Runtime& rt, Frame& f) {
  MemoryView* view = self_of(f);
  if (view->hash) return new_int(rt, static_cast<i64>(view->hash));
  TRY(require_open_view(rt, *view));
  if (!view->readonly) return raise(rt, TypeId::ValueError, "cannot hash writable memoryview object");
  if (view->format != 'B' && view->format != 'b' && view->format != 'c') {
    return raise(rt, TypeId::ValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  }
  Value copy = TRY(memoryview_to_bytes(rt, *view));
  i64 hash = bytes_hash(rt, to<Bytes>(copy));
  view->hash = static_cast<u64>(hash);
  return new_int(rt, hash);
}

const std::span<const GetsetSpec> kMemoryViewGetsets = kGetsets;

}  // namespace lisle::rt

// array.array: a mutable sequence whose items are machine numbers (or code points) side by side. What moves
// bytes in and out of it is in typed_array_files.cpp.
//
//   TypedArrayIterator   source: the array; a: index of the next item
#include "runtime/types/typed_array.h"

#include <cstring>
#include <string>

#include "runtime/protocols/convert.h"
#include "runtime/protocols/convert_number.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/float.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/machine_item.h"
#include "runtime/types/module.h"
#include "runtime/types/sequence_compare.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

constexpr const char* kCodes = "bBuhHiIlLqQfd";
constexpr i64 kNoStop = i64{1} << 60;

TypedArray& self(Frame& f) {
  return *to<TypedArray>(f[0]);
}
u32 code_of(const TypedArray& array) {
  return static_cast<u32>(array.code);
}
u8* address(TypedArray& array, u64 index) {
  return array.storage->bytes + index * array.item_size;
}

// --- items

// The int, float or str that stands for `v` in an array; asks __index__ or __float__.
Result item_value(Runtime& rt, Frame& f, u32 code, Value v) {
  if (code == 'u') {
    if (is_str(v) && to<Str>(v)->length == 1) return v;
    return raise(rt, TypeId::TypeError, "array item must be unicode character");
  }
  if (is_float_item(code)) {
    if (is_float(v)) return v;
    if (converts_to_float(rt, v)) return to_float(rt, f, v);
    return raise(rt, TypeId::TypeError, "must be real number, not %.50s", type_name(rt, v));
  }
  return is_int_like(v) ? Result(v) : to_index(rt, f, v);
}

Result out_of_range(Runtime& rt, u32 code, Value v, int side) {
  i64 n;
  u64 wide;
  auto overflow = [&](const char* text) { return raise(rt, TypeId::OverflowError, "%s", text); };
  if (code == 'q') return overflow("int too big to convert");
  if (code == 'Q')
    return overflow(side < 0 ? "can't convert negative int to unsigned" : "int too big to convert");
  if (code == 'I' || code == 'L') {
    if (side < 0) return overflow("can't convert negative value to unsigned int");
    if (!int_to_u64(v, wide)) return overflow("Python int too large to convert to C unsigned long");
    return overflow("unsigned int is greater than maximum");
  }
  if (!int_to_i64(v, n)) return overflow("Python int too large to convert to C long");
  const char* name = code == 'B' ? "unsigned byte integer" : "signed integer";
  if (code == 'b' || code == 'h') name = "signed short integer";
  if (code == 'b' && n >= INT16_MIN && n <= INT16_MAX) name = "signed char";
  if (code == 'H' && n >= INT32_MIN && n <= INT32_MAX) name = "unsigned short";
  return raise(rt, TypeId::OverflowError, "%s is %s", name,
               side < 0 ? "less than minimum" : "greater than maximum");
}

// Stores what item_value() made of a value.
Result store_item(Runtime& rt, u32 code, u8* p, Value v) {
  if (code == 'u') {
    u32 c = to<Str>(v)->at(0);
    std::memcpy(p, &c, sizeof c);
  } else if (is_float_item(code)) {
    store_machine_float(code, p, float_value(v));
  } else if (int side = store_machine_int(code, p, v); side != 0) {
    return out_of_range(rt, code, v, side);
  }
  return Result::none();
}

Result insert_item(Runtime& rt, TypedArray& array, u64 index, Value v) {
  u8 cell[8];
  TRY(store_item(rt, code_of(array), cell, v));
  u64 at = index * array.item_size;
  return replace_store_range(rt, array, at, at, {reinterpret_cast<char*>(cell), array.item_size});
}

Result find_place(Runtime& rt, const TypedArray& array, Value key, const char* text, u64& place) {
  i64 index;
  TRY(index_to_size(rt, key, index));
  if (index < 0) index += static_cast<i64>(array.length());
  if (index < 0 || static_cast<u64>(index) >= array.length())
    return raise(rt, TypeId::IndexError, "%s", text);
  place = static_cast<u64>(index);
  return Result::none();
}

TypedArray* plain_array(Runtime& rt, const TypedArray& like) {
  return new_typed_array(rt, rt.type(TypeId::TypedArray), code_of(like));
}

Result copy_of(Runtime& rt, const TypedArray& array, std::string_view bytes) {
  TypedArray* copy = plain_array(rt, array);
  TRY(replace_store_range(rt, *copy, 0, 0, bytes));
  return Value::from(copy);
}

// --- making

Result check_arguments(Runtime& rt, const Tuple& args, u32& code) {
  if (args.size == 0 || args.size > 2) {
    return raise(rt, TypeId::TypeError, "array() takes at %s argument%s (%d given)",
                 args.size == 0 ? "least 1" : "most 2", args.size == 0 ? "" : "s",
                 static_cast<int>(args.size));
  }
  if (!is_str(args.items[0]) || to<Str>(args.items[0])->length != 1) {
    return raise(rt, TypeId::TypeError, "array() argument 1 must be a unicode character, not %s",
                 type_name(rt, args.items[0]));
  }
  code = to<Str>(args.items[0])->at(0);
  Value source = args.size == 2 ? args.items[1] : Value::unbound();
  TypedArray* other = as<TypedArray>(source);
  if (code != 'u' && (is_str(source) || (other != nullptr && other->code == 'u'))) {
    return raise(rt, TypeId::TypeError, "cannot use a %s to initialize an array with typecode '%c'",
                 is_str(source) ? "str" : "unicode array", static_cast<int>(code));
  }
  if (is_array_code(code)) return Result::none();
  return raise(rt, TypeId::ValueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
}

// Registers: class, args, kwargs, the array.
Result array_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      TRY(require_class(rt, f[0], TypeId::TypedArray));
      if (f[0] == Value::from(rt.type(TypeId::TypedArray)) && to<Dict>(f[2])->used > 0) {
        return raise(rt, TypeId::TypeError, "array.array() takes no keyword arguments");
      }
      u32 code;
      TRY(check_arguments(rt, *to<Tuple>(f[1]), code));
      f[3] = Value::from(new_typed_array(rt, to<Type>(f[0]), code));
      if (to<Tuple>(f[1])->size == 1) return f[3];
      Value source = to<Tuple>(f[1])->items[1];
      if (is_bytes(source) || is_kind(source, Kind::ByteArray)) {
        std::string_view bytes;
        TRY(require_bytes_like(rt, source, bytes));
        TRY(array_append_bytes(rt, *to<TypedArray>(f[3]), bytes));
        return f[3];
      }
    }
      AWAIT(1, call_internal(rt, f, Internal::ArrayExtend, {f[3], to<Tuple>(f[1])->items[1]}));
      return f[3];
  }
  LISLE_UNREACHABLE();
}

Result array_init(Runtime&, Frame&) {
  return Result::none();
}

// --- growing and shrinking

// Registers: self, item.
Result array_append(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, item_value(rt, f, code_of(self(f)), f[1]));
      return insert_item(rt, self(f), self(f).length(), r.value());
  }
  LISLE_UNREACHABLE();
}

Result array_extend(Runtime& rt, Frame& f) {
  if (const TypedArray* other = as<TypedArray>(f[1]); other != nullptr && other->code != self(f).code) {
    return raise(rt, TypeId::TypeError, "can only extend with array of same kind");
  }
  return call_internal(rt, f, Internal::ArrayExtend, {f[0], f[1]});
}

// Registers: self, index, item.
Result array_insert(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_index(rt, f, f[1]));
      f[1] = r.value();
      AWAIT(2, item_value(rt, f, code_of(self(f)), f[2]));
      f[2] = r.value();
      i64 index, size = static_cast<i64>(self(f).length());
      TRY(int_to_size(rt, f[1], index));
      if (index < 0) index = index + size < 0 ? 0 : index + size;
      return insert_item(rt, self(f), static_cast<u64>(index > size ? size : index), f[2]);
  }
  LISLE_UNREACHABLE();
}

Result remove_at(Runtime& rt, TypedArray& array, u64 place) {
  return replace_store_range(rt, array, place * array.item_size, (place + 1) * array.item_size, {});
}

Result pop_finish(Runtime& rt, Frame& f) {
  if (self(f).size == 0) return raise(rt, TypeId::IndexError, "pop from empty array");
  u64 place;
  Value index = f[1].is_unbound() ? Value::from_int(-1) : f[1];
  TRY(find_place(rt, self(f), index, "pop index out of range", place));
  Value item = array_item(rt, self(f), place);
  TRY(remove_at(rt, self(f), place));
  return item;
}
Result array_pop(Runtime& rt, Frame& f) {
  return with_count<1, pop_finish>(rt, f);
}

// Items are taken over when all of them were good. Registers: self, list, an array of its items.
Result array_fromlist(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_kind(f[1], Kind::List)) return raise(rt, TypeId::TypeError, "arg must be list");
      f[2] = Value::from(plain_array(rt, self(f)));
      AWAIT(1, call_internal(rt, f, Internal::ArrayExtend, {f[2], f[1]}));
      return array_append_bytes(rt, self(f), to<TypedArray>(f[2])->view());
  }
  LISLE_UNREACHABLE();
}

// --- searching

Result find(Runtime& rt, Frame& f, i64 start, i64 stop) {
  return sequence_find(rt, f, Value::from(array_items(rt, self(f))), f[1], start, stop);
}

i64 search_bound(const TypedArray& array, Value v, i64 missing) {
  i64 n = bound_value(v, missing), size = static_cast<i64>(array.length());
  return n < 0 ? (n + size < 0 ? 0 : n + size) : n;
}

// Registers: self, item, start, stop.
Result array_index(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, slice_bound(rt, f, f[2]));
      f[2] = r.value();
      AWAIT(2, slice_bound(rt, f, f[3]));
      f[3] = r.value();
      AWAIT(3, find(rt, f, search_bound(self(f), f[2], 0), search_bound(self(f), f[3], kNoStop)));
      if (r.value().as_int() >= 0) return r;
      return raise(rt, TypeId::ValueError, "array.index(x): x not in array");
  }
  LISLE_UNREACHABLE();
}

// Registers: self, item.
Result array_remove(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, find(rt, f, 0, kNoStop));
      if (r.value().as_int() < 0) return raise(rt, TypeId::ValueError, "array.remove(x): x not in array");
      if (static_cast<u64>(r.value().as_int()) >= self(f).length()) return Result::none();
      return remove_at(rt, self(f), static_cast<u64>(r.value().as_int()));
  }
  LISLE_UNREACHABLE();
}

Result array_count(Runtime& rt, Frame& f) {
  return sequence_count(rt, f, Value::from(array_items(rt, self(f))), f[1]);
}
Result array_contains(Runtime& rt, Frame& f) {
  return sequence_contains(rt, f, Value::from(array_items(rt, self(f))), f[1]);
}

// --- items and slices

Result slice_of(Runtime& rt, TypedArray& array, Value slice) {
  SliceRange range;
  TRY(slice_range(rt, slice, static_cast<i64>(array.length()), range));
  u64 unit = array.item_size;
  if (range.count <= 0) return copy_of(rt, array, {});
  if (range.step == 1) {
    return copy_of(
        rt, array,
        array.view().substr(static_cast<u64>(range.start) * unit, static_cast<u64>(range.count) * unit));
  }
  std::string bytes;
  for (i64 i = 0, at = range.start; i < range.count; ++i, at += range.step) {
    bytes += array.view().substr(static_cast<u64>(at) * unit, unit);
  }
  return copy_of(rt, array, bytes);
}

Result wrong_index(Runtime& rt) {
  return raise(rt, TypeId::TypeError, "array indices must be integers");
}

Result getitem_finish(Runtime& rt, Frame& f) {
  if (is_kind(f[1], Kind::Slice)) return slice_of(rt, self(f), f[1]);
  if (!is_int_like(f[1])) return wrong_index(rt);
  u64 place;
  TRY(find_place(rt, self(f), f[1], "array index out of range", place));
  return array_item(rt, self(f), place);
}
Result array_getitem(Runtime& rt, Frame& f) {
  return with_subscript<getitem_finish>(rt, f);
}

Result assign_slice(Runtime& rt, TypedArray& array, Value slice, Value source) {
  TypedArray* other = as<TypedArray>(source);
  if (other == nullptr) {
    return raise(rt, TypeId::TypeError, "can only assign array (not \"%.200s\") to array slice",
                 type_name(rt, source));
  }
  if (other->code != array.code) {
    return raise(rt, TypeId::TypeError, "bad argument type for built-in operation");
  }
  return assign_store_slice(rt, array, slice, array.item_size, other->view());
}

Result setitem_finish(Runtime& rt, Frame& f) {
  if (is_kind(f[1], Kind::Slice)) return assign_slice(rt, self(f), f[1], f[2]);
  if (!is_int_like(f[1])) return wrong_index(rt);
  u64 place;
  TRY(find_place(rt, self(f), f[1], "array assignment index out of range", place));
  return store_item(rt, code_of(self(f)), address(self(f), place), f[2]);
}

// Registers: those of with_subscript. An item is converted first, in step 7.
Result array_setitem(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_kind(f[1], Kind::Slice)) break;
      AWAIT(7, item_value(rt, f, code_of(self(f)), f[2]));
      f[2] = r.value();
      break;
    default:
      break;
  }
  return with_subscript<setitem_finish>(rt, f);
}

Result delitem_finish(Runtime& rt, Frame& f) {
  if (is_kind(f[1], Kind::Slice)) return delete_store_slice(rt, self(f), f[1], self(f).item_size);
  if (!is_int_like(f[1])) return wrong_index(rt);
  u64 place;
  TRY(find_place(rt, self(f), f[1], "array assignment index out of range", place));
  return remove_at(rt, self(f), place);
}
Result array_delitem(Runtime& rt, Frame& f) {
  return with_subscript<delitem_finish>(rt, f);
}

// --- operators

Result array_add(Runtime& rt, Frame& f) {
  TypedArray* other = as<TypedArray>(f[1]);
  if (other == nullptr) {
    return raise(rt, TypeId::TypeError, "can only append array (not \"%.200s\") to array",
                 type_name(rt, f[1]));
  }
  if (other->code != self(f).code) {
    return raise(rt, TypeId::TypeError, "bad argument type for built-in operation");
  }
  TRY(require_byte_room(rt, self(f).size + other->size));
  std::string bytes(self(f).view());
  bytes += other->view();
  return copy_of(rt, self(f), bytes);
}

// Registers: self, other.
Result array_iadd(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_kind(f[1], Kind::TypedArray)) {
        return raise(rt, TypeId::TypeError, "can only extend array with array (not \"%.200s\")",
                     type_name(rt, f[1]));
      }
      AWAIT(1, array_extend(rt, f));
      return f[0];
  }
  LISLE_UNREACHABLE();
}

// The bytes of `array` as often as the int `times` says.
Result repeated(Runtime& rt, const TypedArray& array, Value times, std::string& out) {
  i64 n;
  TRY(repeat_count(rt, times, n));
  u64 total;
  if (n <= 0) return Result::none();
  if (__builtin_mul_overflow(static_cast<u64>(n), array.size, &total)) return raise_no_memory(rt);
  TRY(require_byte_room(rt, total));
  out.reserve(total);
  for (; out.size() < total;) out += array.view();
  return Result::none();
}

Result multiply_finish(Runtime& rt, Frame& f) {
  std::string bytes;
  TRY(repeated(rt, self(f), f[1], bytes));
  return copy_of(rt, self(f), bytes);
}
Result imultiply_finish(Runtime& rt, Frame& f) {
  std::string bytes;
  TRY(repeated(rt, self(f), f[1], bytes));
  TRY(replace_store_range(rt, self(f), 0, self(f).size, bytes));
  return f[0];
}

template <NativeFn finish>
Result with_factor(Runtime& rt, Frame& f) {
  if (f.step() == 0 && !is_int_like(f[1]) && !has_special(rt, f[1], Special::Index)) {
    return raise(rt, TypeId::TypeError, "can't multiply sequence by non-int of type '%.200s'",
                 type_name(rt, f[1]));
  }
  return with_count<1, finish>(rt, f);
}

template <CompareOp op>
Result array_compare(Runtime& rt, Frame& f) {
  TypedArray* other = as<TypedArray>(f[1]);
  if (other == nullptr) return Value::not_implemented();
  bool whole = other->code == self(f).code && !is_float_item(code_of(*other));
  if (whole && (op == CompareOp::Eq || op == CompareOp::Ne)) {
    return Result::boolean((self(f).view() == other->view()) == (op == CompareOp::Eq));
  }
  return compare_sequences(rt, f, op, Value::from(array_items(rt, self(f))),
                           Value::from(array_items(rt, *other)));
}

Result content_repr(Runtime& rt, Frame& f) {
  if (self(f).code != 'u') return to_repr(rt, f, Value::from(array_items(rt, self(f))));
  Value text = TRY(array_tounicode(rt, f));
  return to_repr(rt, f, text);
}

// Registers: self, the repr of the content.
Result array_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (self(f).size > 0) {
        AWAIT(1, content_repr(rt, f));
      } else {
        r = Result::none();
      }
      TextBuffer out;
      append_str(out, type_of(rt, f[0])->name);
      out.append_ascii("('");
      out.append(code_of(self(f)));
      out.append('\'');
      if (is_str(r.value())) {
        out.append_ascii(", ");
        append_str(out, to<Str>(r.value()));
      }
      out.append(')');
      return finish_text(rt, out);
  }
  LISLE_UNREACHABLE();
}

Result array_len(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(self(f).length()));
}
Result array_iter(Runtime& rt, Frame& f) {
  return Value::from(new_iterator(rt, TypeId::TypedArrayIterator, f[0], Value::from_int(0)));
}
Result array_tolist(Runtime& rt, Frame& f) {
  return Value::from(array_items(rt, self(f)));
}
Result array_copy(Runtime& rt, Frame& f) {
  return copy_of(rt, self(f), self(f).view());
}
Result array_sizeof(Runtime&, Frame& f) {
  u64 storage = self(f).storage == nullptr ? 0 : self(f).storage->byte_size();
  return Value::from_int(static_cast<i64>(self(f).byte_size() + storage));
}

Result array_reverse(Runtime&, Frame& f) {
  TypedArray& array = self(f);
  u8 cell[8];
  for (u64 i = 0, j = array.length(); i + 1 < j; ++i) {
    std::memcpy(cell, address(array, i), array.item_size);
    std::memcpy(address(array, i), address(array, --j), array.item_size);
    std::memcpy(address(array, j), cell, array.item_size);
  }
  return Result::none();
}

Result get_typecode(Runtime& rt, Frame& f) {
  return Value::from(str_from_char(rt, code_of(self(f))));
}
Result get_itemsize(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(self(f).item_size));
}

}  // namespace

TypedArray* new_typed_array(Runtime& rt, Type* type, u32 code) {
  TypedArray* array = new_instance_of<TypedArray>(rt, type);
  array->code = code;
  array->item_size = machine_item_size(code);
  return array;
}

bool is_array_code(u32 code) {
  return code < 128 && code != 0 && std::strchr(kCodes, static_cast<int>(code)) != nullptr;
}

List* array_items(Runtime& rt, const TypedArray& array) {
  List* list = new_list(rt, array.length());
  for (u64 i = 0; i < array.length(); ++i) list_append(rt, *list, array_item(rt, array, i));
  return list;
}

Value array_item(Runtime& rt, const TypedArray& array, u64 index) {
  return load_machine_item(rt, code_of(array), array.storage->bytes + index * array.item_size);
}

Value array_get_quickly(Runtime& rt, const TypedArray& array, Value key) {
  i64 index = key.as_int(), size = static_cast<i64>(array.length());
  if (index < 0) index += size;
  if (index < 0 || index >= size) return Value::unbound();
  return array_item(rt, array, static_cast<u64>(index));
}

bool array_set_quickly(TypedArray& array, Value key, Value v) {
  i64 index = key.as_int(), size = static_cast<i64>(array.length());
  if (index < 0) index += size;
  if (index < 0 || index >= size || array.code == 'u') return false;
  u8* p = address(array, static_cast<u64>(index));
  if (!is_float_item(code_of(array))) return v.is_int() && store_machine_int(code_of(array), p, v) == 0;
  if (v.is_double()) store_machine_float(code_of(array), p, v.as_double());
  return v.is_double();
}

// array, iterable → None. f[2] the iterator.
Result array_extend_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (TypedArray* other = as<TypedArray>(f[1]); other != nullptr && other->code == self(f).code) {
        std::string copy(other->view());
        return array_append_bytes(rt, self(f), copy);
      }
      AWAIT(1, iter(rt, f, f[1]));
      f[2] = r.value();
      for (;;) {
        AWAIT(2, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::none();
        AWAIT(3, item_value(rt, f, code_of(self(f)), r.value()));
        TRY(insert_item(rt, self(f), self(f).length(), r.value()));
      }
  }
  LISLE_UNREACHABLE();
}

Result typed_array_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  const TypedArray* array = as<TypedArray>(it.source);
  if (array == nullptr) return Value::exhausted();
  u64 index = static_cast<u64>(it.a.as_int());
  if (index >= array->length()) return end_iterator(it);
  it.a = Value::from_int(static_cast<i64>(index) + 1);
  return array_item(rt, *array, index);
}

namespace {

constexpr NativeSpec kMethods[] = {
    {"__new__", array_new, "(cls, /, *args, **kwargs)", nullptr, 4, kStatic},
    {"__init__", array_init, "(self, /, *args, **kwargs)"},
    {"__repr__", array_repr, "(self, /)", nullptr, 2},
    {"__len__", array_len, "(self, /)"},
    {"__iter__", array_iter, "(self, /)"},
    {"__contains__", array_contains, "(self, key, /)"},
    {"__getitem__", array_getitem, "(self, key, /)", nullptr, 6},
    {"__setitem__", array_setitem, "(self, key, value, /)", nullptr, 6},
    {"__delitem__", array_delitem, "(self, key, /)", nullptr, 6},
    {"__add__", array_add, "(self, value, /)"},
    {"__iadd__", array_iadd, "(self, value, /)", nullptr, 2},
    {"__mul__", with_factor<multiply_finish>, "(self, value, /)", nullptr, 2},
    {"__rmul__", with_factor<multiply_finish>, "(self, value, /)", nullptr, 2},
    {"__imul__", with_factor<imultiply_finish>, "(self, value, /)", nullptr, 2},
    {"__eq__", array_compare<CompareOp::Eq>, "(self, value, /)"},
    {"__ne__", array_compare<CompareOp::Ne>, "(self, value, /)"},
    {"__lt__", array_compare<CompareOp::Lt>, "(self, value, /)"},
    {"__le__", array_compare<CompareOp::Le>, "(self, value, /)"},
    {"__gt__", array_compare<CompareOp::Gt>, "(self, value, /)"},
    {"__ge__", array_compare<CompareOp::Ge>, "(self, value, /)"},
    {"__hash__", nullptr, "(self, /)"},
    {"__copy__", array_copy, "(self, /)", "Return a copy of the array."},
    {"__deepcopy__", array_copy, "(self, unused, /)", "Return a copy of the array."},
    {"__reduce_ex__", array_reduce_ex, "(self, value, /)", "Return state information for pickling."},
    {"__sizeof__", array_sizeof, "(self, /)", "Size of the array in memory, in bytes."},
    {"append", array_append, "(self, v, /)", "Append new value v to the end of the array.", 2},
    {"buffer_info", array_buffer_info, "(self, /)",
     "Return a tuple (address, length) giving the current memory address and the length in items."},
    {"byteswap", array_byteswap, "(self, /)", "Byteswap all items of the array."},
    {"count", array_count, "(self, v, /)", "Return number of occurrences of v in the array."},
    {"extend", array_extend, "(self, bb, /)", "Append items to the end of the array."},
    {"frombytes", array_frombytes, "(self, buffer, /)",
     "Appends items from the string, interpreting it as an array of machine values."},
    {"fromfile", array_fromfile, "(self, f, n, /)",
     "Read n objects from the file object f and append them to the end of the array.", 3},
    {"fromlist", array_fromlist, "(self, list, /)", "Append items to array from list.", 3},
    {"fromunicode", array_fromunicode, "(self, ustr, /)",
     "Extends this array with data from the unicode string ustr."},
    {"index", array_index, "(self, v, start=0, stop=9223372036854775807, /)",
     "Return index of first occurrence of v in the array.", 4},
    {"insert", array_insert, "(self, i, v, /)", "Insert a new item v into the array before position i.", 3},
    {"pop", array_pop, "(self, i=-1, /)", "Return the i-th element and delete it from the array.", 2},
    {"remove", array_remove, "(self, v, /)", "Remove the first occurrence of v in the array.", 2},
    {"reverse", array_reverse, "(self, /)", "Reverse the order of the items in the array."},
    {"tobytes", array_tobytes, "(self, /)",
     "Convert the array to an array of machine values and return the bytes representation."},
    {"tofile", array_tofile, "(self, f, /)", "Write all items (as machine values) to the file object f.", 3},
    {"tolist", array_tolist, "(self, /)", "Convert array to an ordinary list with the same items."},
    {"tounicode", array_tounicode, "(self, /)", "Extends this array with data from the unicode string ustr."},
};
constexpr GetsetSpec kGetsets[] = {
    {"typecode", get_typecode, nullptr, "the typecode character used to create the array"},
    {"itemsize", get_itemsize, nullptr, "the size, in bytes, of one array item"},
};

constexpr NativeSpec kFunctions[] = {
    {"_array_reconstructor", array_reconstruct, "(arraytype, typecode, mformat_code, items, /)",
     "Internal. Used for pickling support."},
};

constexpr NativeSpec kIteratorMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__reduce__", iterator_reduce, "(self, /)"},
    {"__setstate__", iterator_set_state, "(self, state, /)"},
};

void set_up(Runtime& rt, Module& module) {
  Value type = Value::from(rt.type(TypeId::TypedArray));
  module_set(rt, module, "array", type);
  module_set(rt, module, "ArrayType", type);
  module_set(rt, module, "typecodes", Value::from(new_str(rt, kCodes)));
}

}  // namespace

extern const TypeSpec kTypedArrayType{
    "array",        "array",          "An array of machine values: see the library reference.",
    TypeId::Object, Kind::TypedArray, kTypeHidden | kTypeSequence,
    kMethods,       kGetsets};
extern const TypeSpec kTypedArrayIteratorType{
    "arrayiterator",  "array", nullptr, TypeId::Object, Kind::Iterator, kTypeFinal | kTypeNoNew | kTypeHidden,
    kIteratorMethods, {}};

extern const ModuleSpec kArrayModule;
const ModuleSpec kArrayModule = {"array", "Arrays of machine values of one type.", kFunctions, set_up};

}  // namespace lisle::rt

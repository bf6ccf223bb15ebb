// obj[key] and len(): builtin containers at once, everything else through its class.
#include "runtime/protocols/subscript.h"

#include "runtime/protocols/convert.h"
#include "runtime/support/text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict_items.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/list_items.h"
#include "runtime/types/range.h"
#include "runtime/types/set.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/typed_array.h"

namespace lisle::rt {

namespace {

bool is_exactly(const Runtime& rt, Value v, TypeId id) {
  return v.object()->shape == rt.shape_of(id);
}

bool is_plain_key(Value key) {
  return key.is_int() || (is_kind(key, Kind::Slice) && slice_is_plain(key));
}

// C[key] for a class whose metaclass has no __getitem__.
Result subscript_class(Runtime& rt, Frame& f, Value type, Value key) {
  if (type == Value::from(rt.type(TypeId::Type))) return new_generic_alias(rt, type, key);
  Value method = to<Type>(type)->special(Special::ClassGetItem);
  if (method.is_unbound() || method.is_none()) {
    TextBuffer buffer;
    return raise(rt, TypeId::TypeError, "type '%s' is not subscriptable",
                 str_utf8(to<Type>(type)->name, buffer).data());
  }
  return call_method(rt, f, type, rt.special_name(Special::ClassGetItem), {key});
}

// Does len() of `v` mean what its builtin layout says?
bool has_native_length(const Runtime& rt, Value v, TypeId id) {
  return is_exactly(rt, v, id) || type_of(rt, v)->special(Special::Len) == rt.type(id)->special(Special::Len);
}

Value int_of_size(u64 size) {
  return Value::from_int(static_cast<i64>(size));
}

// An index after all its conversions, applied to the builtin layout whatever the class overrides.
Result get_by_layout(Runtime& rt, Frame& f, Value obj, Value key) {
  switch (obj.object()->kind) {
    case Kind::List:
      return list_get_item(rt, f, *to<List>(obj), key);
    case Kind::Tuple:
      return tuple_get_item(rt, f, *to<Tuple>(obj), key);
    case Kind::Range:
      return range_get_item(rt, f, *to<Range>(obj), key);
    case Kind::Str:
      return str_subscript(rt, to<Str>(obj), key);
    case Kind::Bytes:
      return bytes_subscript(rt, obj, key);
    case Kind::ByteArray:
      return bytes_subscript(rt, obj, key);
    default:
      LISLE_UNREACHABLE();
  }
}

// Builtin sequences and sets, and every class of the program.
bool is_sequence(const Runtime& rt, Value v) {
  if (!v.is_object()) return false;
  switch (v.object()->kind) {
    case Kind::Tuple:
    case Kind::Str:
    case Kind::Bytes:
    case Kind::Range:
    case Kind::Set:
    case Kind::DictView:
    case Kind::MappingProxy:
      return true;
    default:
      return type_of(rt, v)->is_heap;
  }
}

}  // namespace

Result get_item(Runtime& rt, Frame& f, Value obj, Value key) {
  if (obj.is_object()) {
    switch (obj.object()->kind) {
      case Kind::List:
        if (is_exactly(rt, obj, TypeId::List)) return list_get_item(rt, f, *to<List>(obj), key);
        break;
      case Kind::Tuple:
        if (is_exactly(rt, obj, TypeId::Tuple)) return tuple_get_item(rt, f, *to<Tuple>(obj), key);
        break;
      case Kind::Dict:
        if (is_exactly(rt, obj, TypeId::Dict) ||
            type_of(rt, obj)->special(Special::GetItem) == rt.type(TypeId::Dict)->special(Special::GetItem)) {
          return dict_get_item(rt, f, *to<Dict>(obj), key);
        }
        break;
      case Kind::Str:
        if (is_exactly(rt, obj, TypeId::Str) && is_plain_key(key))
          return str_subscript(rt, to<Str>(obj), key);
        break;
      case Kind::Bytes:
        if (is_exactly(rt, obj, TypeId::Bytes) && is_plain_key(key)) return bytes_subscript(rt, obj, key);
        break;
      case Kind::TypedArray:
        if (is_exactly(rt, obj, TypeId::TypedArray) && key.is_int()) {
          Value item = array_get_quickly(rt, *to<TypedArray>(obj), key);
          if (!item.is_unbound()) return item;
        }
        break;
      case Kind::Type:
        if (!has_special(rt, obj, Special::GetItem)) return subscript_class(rt, f, obj, key);
        break;
      default:
        break;
    }
  }
  if (has_special(rt, obj, Special::GetItem)) return call_special(rt, f, obj, Special::GetItem, {key});
  return raise(rt, TypeId::TypeError, "'%s' object is not subscriptable", type_name(rt, obj));
}

Result set_item(Runtime& rt, Frame& f, Value obj, Value key, Value v) {
  if (obj.is_object()) {
    if (obj.object()->kind == Kind::List && is_exactly(rt, obj, TypeId::List)) {
      return list_set_item(rt, f, *to<List>(obj), key, v);
    }
    if (obj.object()->kind == Kind::Dict && is_exactly(rt, obj, TypeId::Dict)) {
      return dict_set(rt, f, *to<Dict>(obj), key, v);
    }
    if (obj.object()->kind == Kind::TypedArray && is_exactly(rt, obj, TypeId::TypedArray) && key.is_int() &&
        array_set_quickly(*to<TypedArray>(obj), key, v)) {
      return Result::none();
    }
  }
  if (has_special(rt, obj, Special::SetItem)) return call_special(rt, f, obj, Special::SetItem, {key, v});
  return raise(rt, TypeId::TypeError, "'%s' object does not support item assignment", type_name(rt, obj));
}

Result delete_item(Runtime& rt, Frame& f, Value obj, Value key) {
  if (obj.is_object()) {
    if (obj.object()->kind == Kind::List && is_exactly(rt, obj, TypeId::List)) {
      return list_delete_item(rt, f, *to<List>(obj), key);
    }
    if (obj.object()->kind == Kind::Dict && is_exactly(rt, obj, TypeId::Dict)) {
      return dict_delete_item(rt, f, *to<Dict>(obj), key);
    }
  }
  if (has_special(rt, obj, Special::DelItem)) return call_special(rt, f, obj, Special::DelItem, {key});
  // Sequences say it in other words when they are asked with an index.
  bool indexed = is_sequence(rt, obj) && has_special(rt, key, Special::Index);
  return raise(rt, TypeId::TypeError, "'%s' object %s support item deletion", type_name(rt, obj),
               indexed ? "doesn't" : "does not");
}

// obj, key → item.
Result index_then_get_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, plain_key(rt, f, f[1]));
      AWAIT(2, get_by_layout(rt, f, f[0], r.value()));
      return r;
  }
  LISLE_UNREACHABLE();
}

// list, key, value → None.
Result index_then_set_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, plain_key(rt, f, f[1]));
      return list_set_item(rt, f, *to<List>(f[0]), r.value(), f[2]);
  }
  LISLE_UNREACHABLE();
}

// list, key → None.
Result index_then_delete_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, plain_key(rt, f, f[1]));
      return list_delete_item(rt, f, *to<List>(f[0]), r.value());
  }
  LISLE_UNREACHABLE();
}

// --- slices
// --------------------------------------------------------------------------------------------------------------

bool slice_is_plain(Value slice) {
  const Slice& s = *to<Slice>(slice);
  auto plain = [](Value v) { return v.is_none() || is_int_like(v); };
  return plain(s.start) && plain(s.stop) && plain(s.step);
}

Result plain_key(Runtime& rt, Frame& f, Value key) {
  if (!is_kind(key, Kind::Slice)) return to_index(rt, f, key);
  if (slice_is_plain(key)) return key;
  return call_internal(rt, f, Internal::PlainSlice, {key});
}

namespace {

Result slice_part(Runtime& rt, Frame& f, Value part) {
  if (part.is_none() || is_int_like(part)) return part;
  if (has_special(rt, part, Special::Index)) return to_index(rt, f, part);
  return raise(rt, TypeId::TypeError, "slice indices must be integers or None or have an __index__ method");
}

// A bound as i64, or `absent` for None; ints beyond the machine word are as good as its limits.
i64 clipped(Value v, i64 absent) {
  if (LISLE_LIKELY(v.is_int())) return v.as_int();
  if (v.is_none()) return absent;
  i64 n;
  if (int_to_i64(v, n)) return n;
  return int_is_negative(v) ? INT64_MIN : INT64_MAX;
}

// A bound relative to the end of the sequence, limited to [low, high].
i64 bounded(i64 n, i64 length, i64 low, i64 high) {
  if (n < 0) n = n < -length ? low : n + length;
  return n < low ? low : n > high ? high : n;
}

}  // namespace

// slice → slice of ints and None. f[1..3] its parts.
Result plain_slice_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      // The order in which slice.indices() of the language asks: step, start, stop.
      AWAIT(1, slice_part(rt, f, to<Slice>(f[0])->step));
      f[3] = r.value();
      AWAIT(2, slice_part(rt, f, to<Slice>(f[0])->start));
      f[1] = r.value();
      AWAIT(3, slice_part(rt, f, to<Slice>(f[0])->stop));
      return Value::from(new_slice(rt, f[1], r.value(), f[3]));
  }
  LISLE_UNREACHABLE();
}

Result slice_range(Runtime& rt, Value slice, i64 length, SliceRange& out) {
  const Slice& s = *to<Slice>(slice);
  out.step = clipped(s.step, 1);
  if (out.step == 0) return raise(rt, TypeId::ValueError, "slice step cannot be zero");
  if (out.step < -INT64_MAX) out.step = -INT64_MAX;
  bool up = out.step > 0;
  i64 low = up ? 0 : -1, high = up ? length : length - 1;
  out.start = s.start.is_none() ? (up ? low : high) : bounded(clipped(s.start, 0), length, low, high);
  out.stop = s.stop.is_none() ? (up ? high : low) : bounded(clipped(s.stop, 0), length, low, high);
  i64 span = up ? out.stop - out.start : out.start - out.stop, stride = up ? out.step : -out.step;
  if (stride != 1)
    span = span > 0 ? (span - 1) / stride + 1 : 0;  // a division takes longer than all the rest
  out.count = span > 0 ? span : 0;
  return Result::none();
}

// --- length
// --------------------------------------------------------------------------------------------------------------

Result length(Runtime& rt, Frame& f, Value obj) {
  if (obj.is_object()) {
    switch (obj.object()->kind) {
      case Kind::List:
        if (has_native_length(rt, obj, TypeId::List)) return int_of_size(to<List>(obj)->size);
        break;
      case Kind::Tuple:
        if (has_native_length(rt, obj, TypeId::Tuple)) return int_of_size(to<Tuple>(obj)->size);
        break;
      case Kind::Dict:
        if (has_native_length(rt, obj, TypeId::Dict)) return int_of_size(to<Dict>(obj)->used);
        break;
      case Kind::Str:
        if (has_native_length(rt, obj, TypeId::Str)) return int_of_size(to<Str>(obj)->length);
        break;
      case Kind::Set:
        if (is_exact_set(rt, obj)) return int_of_size(to<Set>(obj)->used);
        break;
      default:
        break;
    }
  }
  Value method = type_of(rt, obj)->special(Special::Len);
  if (method.is_unbound() || method.is_none()) {
    return raise(rt, TypeId::TypeError, "object of type '%s' has no len()", type_name(rt, obj));
  }
  // Builtin types answer with a fitting int; everybody else's answer is examined.
  if (is_kind(method, Kind::Native)) return call_special(rt, f, obj, Special::Len, {});
  return call_internal(rt, f, Internal::Length, {obj});
}

// obj → a non-negative int.
Result length_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_special(rt, f, f[0], Special::Len, {}));
      AWAIT(2, to_index(rt, f, r.value()));
      if (int_is_negative(r.value())) return raise(rt, TypeId::ValueError, "__len__() should return >= 0");
      i64 n;
      if (!int_to_i64(r.value(), n)) {
        return raise(rt, TypeId::OverflowError, "cannot fit 'int' into an index-sized integer");
      }
      return r;
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

// slice objects.
#include "runtime/types/slice.h"

#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace lisle::rt {

Slice* new_slice(Runtime& rt, Value start, Value stop, Value step) {
  Slice* slice = rt.make<Slice>(TypeId::Slice);
  slice->start = start;
  slice->stop = stop;
  slice->step = step;
  return slice;
}

namespace {

// type, start, stop, step: one argument is the stop, as with range.
Result slice_new(Runtime& rt, Frame& f) {
  if (f[2].is_unbound()) return Value::from(new_slice(rt, Value::none(), f[1], Value::none()));
  return Value::from(new_slice(rt, f[1], f[2], f[3].is_unbound() ? Value::none() : f[3]));
}

Result get_start(Runtime&, Frame& f) {
  return to<Slice>(f[0])->start;
}
Result get_stop(Runtime&, Frame& f) {
  return to<Slice>(f[0])->stop;
}
Result get_step(Runtime&, Frame& f) {
  return to<Slice>(f[0])->step;
}

// One bound for slice_indices: None gives `absent`; else counted from the end and clipped to [low, high].
Value bound(Runtime& rt, Value v, Value absent, Value length, Value low, Value high) {
  if (v.is_none()) return absent;
  if (int_is_negative(v)) {
    v = int_add(rt, v, length).value();
    return int_compare(v, low) < 0 ? low : v;
  }
  return int_compare(v, high) > 0 ? high : v;
}

// self, length → (start, stop, step), with ints of any size. f[2] length, f[3] the slice of ints.
Result slice_indices(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_index(rt, f, f[1]));
      f[2] = r.value();
      if (int_is_negative(f[2])) return raise(rt, TypeId::ValueError, "length should not be negative");
      AWAIT(2, plain_key(rt, f, f[0]));
      const Slice& s = *to<Slice>(r.value());
      Value step = s.step.is_none() ? Value::from_int(1) : s.step;
      if (int_is_zero(step)) return raise(rt, TypeId::ValueError, "slice step cannot be zero");
      bool down = int_is_negative(step);
      Value low = Value::from_int(down ? -1 : 0);
      Value high = down ? TRY(int_sub(rt, f[2], Value::from_int(1))) : f[2];
      Tuple* result = new_tuple(rt, 3);
      result->items[0] = bound(rt, s.start, down ? high : low, f[2], low, high);
      result->items[1] = bound(rt, s.stop, down ? low : high, f[2], low, high);
      result->items[2] = step;
      rt.heap.wrote(result);
      return Value::from(result);
  }
  LISLE_UNREACHABLE();
}

Tuple* parts_of(Runtime& rt, const Slice& s) {
  Value parts[] = {s.start, s.stop, s.step};
  return new_tuple_from(rt, parts, 3);
}

Result compare_parts(Runtime& rt, Frame& f, CompareOp op) {
  if (!is_kind(f[1], Kind::Slice)) return Value::not_implemented();
  return compare(rt, f, op, Value::from(parts_of(rt, *to<Slice>(f[0]))),
                 Value::from(parts_of(rt, *to<Slice>(f[1]))));
}
Result slice_eq(Runtime& rt, Frame& f) {
  return compare_parts(rt, f, CompareOp::Eq);
}
Result slice_ne(Runtime& rt, Frame& f) {
  return compare_parts(rt, f, CompareOp::Ne);
}
Result slice_lt(Runtime& rt, Frame& f) {
  return compare_parts(rt, f, CompareOp::Lt);
}
Result slice_le(Runtime& rt, Frame& f) {
  return compare_parts(rt, f, CompareOp::Le);
}
Result slice_gt(Runtime& rt, Frame& f) {
  return compare_parts(rt, f, CompareOp::Gt);
}
Result slice_ge(Runtime& rt, Frame& f) {
  return compare_parts(rt, f, CompareOp::Ge);
}

// self → text. f[1], f[2] the first two texts.
Result slice_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_repr(rt, f, to<Slice>(f[0])->start));
      f[1] = r.value();
      AWAIT(2, to_repr(rt, f, to<Slice>(f[0])->stop));
      f[2] = r.value();
      AWAIT(3, to_repr(rt, f, to<Slice>(f[0])->step));
      TextBuffer text;
      text.append_ascii("slice(");
      append_str(text, to<Str>(f[1]));
      text.append_ascii(", ");
      append_str(text, to<Str>(f[2]));
      text.append_ascii(", ");
      append_str(text, to<Str>(r.value()));
      text.append(')');
      return finish_text(rt, text);
  }
  LISLE_UNREACHABLE();
}

Result slice_reduce(Runtime& rt, Frame& f) {
  Value result[] = {Value::from(rt.type(TypeId::Slice)), Value::from(parts_of(rt, *to<Slice>(f[0])))};
  return Value::from(new_tuple_from(rt, result, 2));
}

constexpr NativeSpec kMethods[] = {
    {"__new__", slice_new, "(cls, start, stop=None, step=None, /)", nullptr, 0, kStatic},
    {"indices", slice_indices, "(self, length, /)",
     "Return (start, stop, step) as they apply to a sequence of the given length.", 4},
    {"__eq__", slice_eq, "(self, other, /)"},
    {"__ne__", slice_ne, "(self, other, /)"},
    {"__lt__", slice_lt, "(self, other, /)"},
    {"__le__", slice_le, "(self, other, /)"},
    {"__gt__", slice_gt, "(self, other, /)"},
    {"__ge__", slice_ge, "(self, other, /)"},
    {"__hash__", nullptr, nullptr},
    {"__repr__", slice_repr, "(self, /)", nullptr, 3},
    {"__reduce__", slice_reduce, "(self, /)"},
};
constexpr GetsetSpec kGetsets[] = {{"start", get_start}, {"stop", get_stop}, {"step", get_step}};

}  // namespace

extern const TypeSpec kSliceType{
    "slice",
    "builtins",
    "The items from start up to stop, step apart, as [start:stop:step] spells them.",
    TypeId::Object,
    Kind::Slice,
    kTypeFinal,
    kMethods,
    kGetsets};

}  // namespace lisle::rt

// range: arithmetic progressions of ints of any size, and their iterators.
//
//   RangeIterator      a: next value, b: values left, source: step; all small ints
//   LongRangeIterator  source: the Range; a: index of the next value
#include "runtime/types/range.h"

#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/pure.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/slice.h"

namespace lisle::rt {

namespace {

constexpr Value kZero = Value::from_int(0);
constexpr Value kOne = Value::from_int(1);

// Sums, differences and products that cannot fail: the operands are ints and memory is granted.
Value add(Runtime& rt, Value a, Value b) {
  return int_add(rt, a, b).value();
}
Value sub(Runtime& rt, Value a, Value b) {
  return int_sub(rt, a, b).value();
}
Value mul(Runtime& rt, Value a, Value b) {
  return int_mul(rt, a, b).value();
}

// How many small ints lie between two others, whose difference fits a word.
i64 small_count(i64 start, i64 stop, i64 step) {
  i64 width = step > 0 ? stop - start : start - stop;
  if (width <= 0) return 0;
  i64 stride = step > 0 ? step : -step;
  return stride == 1 ? width : (width - 1) / stride + 1;
}

Value count_of(Runtime& rt, Value start, Value stop, Value step) {
  if (LISLE_LIKELY(Value::both_int(start, stop) && step.is_int()))
    return new_int(rt, small_count(start.as_int(), stop.as_int(), step.as_int()));
  bool down = int_is_negative(step);
  Value low = down ? stop : start, high = down ? start : stop;
  if (int_compare(low, high) >= 0) return kZero;
  Value width = sub(rt, sub(rt, high, low), kOne);
  return add(rt, int_floordiv(rt, width, down ? int_neg(rt, step) : step).value(), kOne);
}

Value item_at(Runtime& rt, const Range& range, Value index) {
  return add(rt, range.start, mul(rt, index, range.step));
}

Range* range_with(Runtime& rt, Value start, Value stop, Value step) {
  Value length = count_of(rt, start, stop, step);
  Range* range = rt.make<Range>(TypeId::Range);
  range->start = start;
  range->stop = stop;
  range->step = step;
  range->length = length;
  return range;
}

Value iterator_over(Runtime& rt, Value start, Value step, Value length, const Range* range) {
  // Both the last value and the one after it stay small ints, so that the step needs no overflow check.
  if (start.is_int() && step.is_int() && length.is_int()) {
    i64 reach;
    if (!__builtin_mul_overflow(step.as_int(), length.as_int(), &reach) &&
        !__builtin_add_overflow(reach, start.as_int(), &reach) && Value::fits_int(reach)) {
      return Value::from(new_iterator(rt, TypeId::RangeIterator, step, start, length));
    }
  }
  if (!range) range = range_with(rt, start, add(rt, start, mul(rt, step, length)), step);
  return Value::from(new_iterator(rt, TypeId::LongRangeIterator, Value::from(range)));
}

}  // namespace

Result new_range(Runtime& rt, Value start, Value stop, Value step) {
  if (int_is_zero(step)) return raise(rt, TypeId::ValueError, "range() arg 3 must not be zero");
  return Value::from(range_with(rt, start, stop, step));
}

Value range_iterator(Runtime& rt, const Range& range) {
  return iterator_over(rt, range.start, range.step, range.length, &range);
}

Result range_iterator_next(Runtime&, Frame&, Iterator& it) {
  i64 left = it.b.as_int();
  if (left == 0) return Value::exhausted();
  Value item = it.a;
  it.a = Value::from_int(item.as_int() + it.source.as_int());
  it.b = Value::from_int(left - 1);
  return item;
}

Result long_range_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  const Range* range = as<Range>(it.source);
  if (!range) return Value::exhausted();
  if (int_compare(it.a, range->length) >= 0) return end_iterator(it);
  Value item = item_at(rt, *range, it.a);
  it.a = add(rt, it.a, kOne);
  rt.heap.wrote(&it);
  return item;
}

// --- subscription
// --------------------------------------------------------------------------------------------------------

namespace {

Value clip(Runtime& rt, Value v, Value absent, Value length, Value low, Value high) {
  if (v.is_none()) return absent;
  if (int_is_negative(v)) {
    v = add(rt, v, length);
    return int_compare(v, low) < 0 ? low : v;
  }
  return int_compare(v, high) > 0 ? high : v;
}

Result range_slice(Runtime& rt, const Range& range, const Slice& s) {
  Value step = s.step.is_none() ? kOne : s.step;
  if (int_is_zero(step)) return raise(rt, TypeId::ValueError, "slice step cannot be zero");
  bool down = int_is_negative(step);
  Value low = down ? Value::from_int(-1) : kZero;
  Value high = down ? sub(rt, range.length, kOne) : range.length;
  Value start = clip(rt, s.start, down ? high : low, range.length, low, high);
  Value stop = clip(rt, s.stop, down ? low : high, range.length, low, high);
  return new_range(rt, item_at(rt, range, start), item_at(rt, range, stop), mul(rt, step, range.step));
}

bool is_plain_int(const Runtime& rt, Value v) {
  return v.is_int() || v.is_bool() ||
         (is_kind(v, Kind::Int) && v.object()->shape == rt.shape_of(TypeId::Int));
}

// bool and subclasses of int become plain ints, so that every member of a Range is one; others stay the very
// object that was given.
Value plain_int(Runtime& rt, Value v) {
  return is_plain_int(rt, v) && !v.is_bool() ? v : add(rt, v, kZero);
}

}  // namespace

Result range_get_item(Runtime& rt, Frame& f, Range& range, Value key) {
  if (is_int_like(key)) {
    Value index = int_is_negative(key) ? add(rt, key, range.length) : key;
    if (int_is_negative(index) || int_compare(index, range.length) >= 0) {
      return raise(rt, TypeId::IndexError, "range object index out of range");
    }
    return item_at(rt, range, index);
  }
  if (is_kind(key, Kind::Slice)) {
    if (slice_is_plain(key)) return range_slice(rt, range, *to<Slice>(key));
  } else if (!has_special(rt, key, Special::Index)) {
    return raise(rt, TypeId::TypeError, "range indices must be integers or slices, not %s",
                 type_name(rt, key));
  }
  return call_internal(rt, f, Internal::IndexThenGet, {Value::from(&range), key});
}

// --- methods
// -------------------------------------------------------------------------------------------------------------

namespace {

// type, start, stop, step: one argument is the stop. f[4] start, f[5] stop as ints.
Result range_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_index(rt, f, f[1]));
      f[4] = plain_int(rt, r.value());
      if (f[2].is_unbound()) return new_range(rt, kZero, f[4], kOne);
      AWAIT(2, to_index(rt, f, f[2]));
      f[5] = plain_int(rt, r.value());
      if (f[3].is_unbound()) return new_range(rt, f[4], f[5], kOne);
      AWAIT(3, to_index(rt, f, f[3]));
      return new_range(rt, f[4], f[5], plain_int(rt, r.value()));
  }
  LISLE_UNREACHABLE();
}

// range() of small ints, in place.
Result range_construct(Runtime& rt, Frame& f) {
  const u32 count = f.window_nargs();
  if (count == 0 || count > 3) return Value::unbound();
  for (u32 i = 0; i < count; ++i)
    if (!f[i].is_int()) return Value::unbound();
  if (count == 1) return new_range(rt, kZero, f[0], kOne);
  return new_range(rt, f[0], f[1], count == 3 ? f[2] : kOne);
}

Result range_iter(Runtime& rt, Frame& f) {
  return range_iterator(rt, *to<Range>(f[0]));
}

Result range_reversed(Runtime& rt, Frame& f) {
  const Range& range = *to<Range>(f[0]);
  Value start = item_at(rt, range, sub(rt, range.length, kOne));
  return iterator_over(rt, start, int_neg(rt, range.step), range.length, nullptr);
}

Result range_len(Runtime& rt, Frame& f) {
  Value length = to<Range>(f[0])->length;
  i64 n;
  if (!int_to_i64(length, n))
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C ssize_t");
  return length;
}

Result range_bool(Runtime&, Frame& f) {
  return Result::boolean(!int_is_zero(to<Range>(f[0])->length));
}

Result range_getitem(Runtime& rt, Frame& f) {
  return range_get_item(rt, f, *to<Range>(f[0]), f[1]);
}

// The index of an int in the range; None when it is not a member.
Value index_in(Runtime& rt, const Range& range, Value v) {
  Value offset = sub(rt, v, range.start);
  Value index = int_floordiv(rt, offset, range.step).value();
  if (int_is_negative(index) || int_compare(index, range.length) >= 0) return Value::none();
  return int_compare(mul(rt, index, range.step), offset) == 0 ? index : Value::none();
}

// self, value. Anything but an exact int is compared with every item. f[2] iterator.
Result range_contains(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_plain_int(rt, f[1])) return Result::boolean(!index_in(rt, *to<Range>(f[0]), f[1]).is_none());
      f[2] = range_iterator(rt, *to<Range>(f[0]));
      for (;;) {
        r = advance(rt, f, *to<Iterator>(f[2]));
        if (r.value().is_exhausted()) return Result::boolean(false);
        AWAIT(1, equal(rt, f, r.value(), f[1]));
        if (r.value().is_true()) return r;
      }
  }
  LISLE_UNREACHABLE();
}

// self, value. f[2] iterator, f[3] index.
Result range_index(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_plain_int(rt, f[1])) {
        f[3] = index_in(rt, *to<Range>(f[0]), f[1]);
        if (!f[3].is_none()) return f[3];
        AWAIT(1, to_repr(rt, f, f[1]));
        TextBuffer buffer;
        return raise(rt, TypeId::ValueError, "%s is not in range",
                     str_utf8(to<Str>(r.value()), buffer).data());
      }
      f[2] = range_iterator(rt, *to<Range>(f[0]));
      f[3] = kZero;
      for (;;) {
        r = advance(rt, f, *to<Iterator>(f[2]));
        if (r.value().is_exhausted()) {
          return raise(rt, TypeId::ValueError, "sequence.index(x): x not in sequence");
        }
        AWAIT(2, equal(rt, f, r.value(), f[1]));
        if (r.value().is_true()) return f[3];
        f[3] = Value::from_int(f[3].as_int() + 1);
      }
  }
  LISLE_UNREACHABLE();
}

// self, value. f[2] iterator, f[3] count.
Result range_count(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_plain_int(rt, f[1])) {
        return Value::from_int(index_in(rt, *to<Range>(f[0]), f[1]).is_none() ? 0 : 1);
      }
      f[2] = range_iterator(rt, *to<Range>(f[0]));
      f[3] = kZero;
      for (;;) {
        r = advance(rt, f, *to<Iterator>(f[2]));
        if (r.value().is_exhausted()) return f[3];
        AWAIT(1, equal(rt, f, r.value(), f[1]));
        if (r.value().is_true()) f[3] = Value::from_int(f[3].as_int() + 1);
      }
  }
  LISLE_UNREACHABLE();
}

bool same_items(const Range& a, const Range& b) {
  if (int_compare(a.length, b.length) != 0) return false;
  if (int_is_zero(a.length)) return true;
  if (int_compare(a.start, b.start) != 0) return false;
  return a.length == kOne || int_compare(a.step, b.step) == 0;
}

Result range_eq(Runtime&, Frame& f) {
  const Range* other = as<Range>(f[1]);
  return other ? Result::boolean(same_items(*to<Range>(f[0]), *other)) : Result(Value::not_implemented());
}

Result range_ne(Runtime&, Frame& f) {
  const Range* other = as<Range>(f[1]);
  return other ? Result::boolean(!same_items(*to<Range>(f[0]), *other)) : Result(Value::not_implemented());
}

// Equal ranges have equal hashes: that of (length, start, step) with None for what does not matter.
Result range_hash(Runtime& rt, Frame& f) {
  const Range& range = *to<Range>(f[0]);
  bool empty = int_is_zero(range.length), single = range.length == kOne;
  i64 none_hash = 0;
  if (!pure_hash(rt, Value::none(), none_hash)) none_hash = 0;
  TupleHash state;
  state.add(int_hash(range.length));
  state.add(empty ? none_hash : int_hash(range.start));
  state.add(empty || single ? none_hash : int_hash(range.step));
  return new_int(rt, state.finish(3));
}

Result range_repr(Runtime& rt, Frame& f) {
  const Range& range = *to<Range>(f[0]);
  TextBuffer text;
  text.append_ascii("range(");
  Str* part;
  TRY(int_to_text(rt, range.start, 10, part));
  append_str(text, part);
  text.append_ascii(", ");
  TRY(int_to_text(rt, range.stop, 10, part));
  append_str(text, part);
  if (range.step != kOne) {
    text.append_ascii(", ");
    TRY(int_to_text(rt, range.step, 10, part));
    append_str(text, part);
  }
  text.append(')');
  return finish_text(rt, text);
}

Result range_reduce(Runtime& rt, Frame& f) {
  const Range& range = *to<Range>(f[0]);
  Value arguments[] = {range.start, range.stop, range.step};
  Value result[] = {Value::from(rt.type(TypeId::Range)), Value::from(new_tuple_from(rt, arguments, 3))};
  return Value::from(new_tuple_from(rt, result, 2));
}

Result get_start(Runtime&, Frame& f) {
  return to<Range>(f[0])->start;
}
Result get_stop(Runtime&, Frame& f) {
  return to<Range>(f[0])->stop;
}
Result get_step(Runtime&, Frame& f) {
  return to<Range>(f[0])->step;
}

Result range_iterator_length_hint(Runtime&, Frame& f) {
  return to<Iterator>(f[0])->b;
}

Result long_range_iterator_length_hint(Runtime& rt, Frame& f) {
  const Iterator& it = *to<Iterator>(f[0]);
  const Range* range = as<Range>(it.source);
  return range ? sub(rt, range->length, it.a) : kZero;
}

constexpr NativeSpec kMethods[] = {
    {"__new__", range_new, "(cls, start, stop=None, step=1, /)", nullptr, 6, kStatic},
    {"__iter__", range_iter, "(self, /)"},
    {"__reversed__", range_reversed, "(self, /)"},
    {"__len__", range_len, "(self, /)"},
    {"__bool__", range_bool, "(self, /)"},
    {"__getitem__", range_getitem, "(self, key, /)"},
    {"__contains__", range_contains, "(self, value, /)", nullptr, 3},
    {"__eq__", range_eq, "(self, other, /)"},
    {"__ne__", range_ne, "(self, other, /)"},
    {"__hash__", range_hash, "(self, /)"},
    {"__repr__", range_repr, "(self, /)"},
    {"__reduce__", range_reduce, "(self, /)"},
    {"count", range_count, "(self, value, /)", "Return how often the value occurs.", 4},
    {"index", range_index, "(self, value, /)", "Return the index of the value; ValueError if it is absent.",
     4},
};
constexpr GetsetSpec kGetsets[] = {{"start", get_start}, {"stop", get_stop}, {"step", get_step}};

constexpr NativeSpec kIteratorMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__length_hint__", range_iterator_length_hint, "(self, /)"},
    {"__reduce__", iterator_reduce, "(self, /)"},
};
constexpr NativeSpec kLongIteratorMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__length_hint__", long_range_iterator_length_hint, "(self, /)"},
    {"__reduce__", iterator_reduce, "(self, /)"},
    {"__setstate__", iterator_set_state, "(self, state, /)"},
};
constexpr u32 kIteratorFlags = kTypeFinal | kTypeNoNew | kTypeHidden;

}  // namespace

extern const TypeSpec kRangeType{"range",        "builtins",  "The ints from start up to stop, step apart.",
                                 TypeId::Object, Kind::Range, kTypeFinal | kTypeSequence,
                                 kMethods,       kGetsets,    range_construct};
extern const TypeSpec kRangeIteratorType{"range_iterator", "builtins",     nullptr,          TypeId::Object,
                                         Kind::Iterator,   kIteratorFlags, kIteratorMethods, {}};
extern const TypeSpec kLongRangeIteratorType{
    "longrange_iterator", "builtins",           nullptr, TypeId::Object, Kind::Iterator,
    kIteratorFlags,       kLongIteratorMethods, {}};

}  // namespace lisle::rt

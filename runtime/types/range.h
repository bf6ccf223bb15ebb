// range: start, stop and step as ints of any size. `length` is kept because everything asks for it.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

struct Range : Object {
  static constexpr Kind kKind = Kind::Range;
  Value start, stop, step, length;  // exact ints

  size_t byte_size() const { return sizeof(Range); }
  template <class V>
  void visit(V&& v) {
    v(start);
    v(stop);
    v(step);
    v(length);
  }
};

Result new_range(Runtime& rt, Value start, Value stop, Value step);  // exact ints; ValueError for step 0
// An iterator over the range. RangeIterator when everything fits a machine word: Iterator::a is the next
// value, Iterator::b the count of values left, Iterator::source the step, all small ints, and a + step never
// leaves the small ints while values are left. Otherwise LongRangeIterator: source is the Range, a the index
// of the next value.
Value range_iterator(Runtime& rt, const Range& range);

Result range_get_item(Runtime& rt, Frame& f, Range& range, Value key);

}  // namespace lisle::rt

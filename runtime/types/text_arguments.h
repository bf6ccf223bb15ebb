// Arguments that methods of str, bytes and bytearray take alike: slice bounds, counts, single characters.
#pragma once
#include "runtime/protocols/convert.h"
#include "runtime/types/slice.h"
#include "runtime/types/str_search.h"

namespace lisle::rt {

// A bound as in s.find(x, bound): an int, None or unbound pass; others are asked for __index__.
Result slice_bound(Runtime& rt, Frame& f, Value v);
// The bound as a machine word, cut off at its ends; `missing` for None and unbound.
i64 bound_value(Value v, i64 missing);
// A sequence's [start, end) from converted bounds, which may count from the end. False when nothing can be
// found there, not even the empty text, because start lies behind end.
bool resolve_bounds(u64 length, Value start, Value end, u64& from, u64& to);
// An int as a machine word; OverflowError when it does not fit. `v` is an int.
Result int_to_size(Runtime& rt, Value v, i64& out);

// A native method (self, x, start, end) whose bounds may have to be asked for: `finish` runs with ints in
// f[2], f[3].
template <NativeFn finish>
Result with_bounds(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, slice_bound(rt, f, f[2]));
      f[2] = r.value();
      AWAIT(2, slice_bound(rt, f, f[3]));
      f[3] = r.value();
      return finish(rt, f);
  }
  LISLE_UNREACHABLE();
}

// A native method whose parameter `index` is a count: `finish` runs with an int (or unbound) there.
template <u32 index, NativeFn finish>
Result with_count(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!f[index].is_int() && !f[index].is_unbound()) {
        AWAIT(1, to_index(rt, f, f[index]));
        f[index] = r.value();
      }
      return finish(rt, f);
  }
  LISLE_UNREACHABLE();
}

// A native (self, key, value) for obj[key] and its relatives, with six registers: `finish` runs with an int
// or a Slice of ints and Nones in f[1]; anything else there is a key of the wrong type.
template <NativeFn finish>
Result with_subscript(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[1].is_int()) return finish(rt, f);
      if (is_kind(f[1], Kind::Slice)) {
        AWAIT(1, slice_bound(rt, f, to<Slice>(f[1])->start));
        f[3] = r.value();
        AWAIT(2, slice_bound(rt, f, to<Slice>(f[1])->stop));
        f[4] = r.value();
        AWAIT(3, slice_bound(rt, f, to<Slice>(f[1])->step));
        f[5] = r.value();
        f[1] = Value::from(new_slice(rt, f[3], f[4], f[5]));
      } else if (has_special(rt, f[1], Special::Index)) {
        AWAIT(4, to_index(rt, f, f[1]));
        f[1] = r.value();
      }
      return finish(rt, f);
  }
  LISLE_UNREACHABLE();
}

// The class argument of a __new__: a class that is `base` or derives from it.
Result require_class(Runtime& rt, Value cls, TypeId base);
// The index in f[1] as a machine word: IndexError when it is a large int.
Result index_to_size(Runtime& rt, Value v, i64& out);
// How often `v` (an int) repeats a sequence, as a machine word; OverflowError beyond.
Result repeat_count(Runtime& rt, Value v, i64& out);

}  // namespace lisle::rt

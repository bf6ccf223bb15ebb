// obj[key], slices and len().
#pragma once
#include "runtime/protocols/call.h"

namespace lisle::rt {

Result get_item(Runtime& rt, Frame& f, Value obj, Value key);
Result set_item(Runtime& rt, Frame& f, Value obj, Value key, Value v);  // None
Result delete_item(Runtime& rt, Frame& f, Value obj, Value key);
Result length(Runtime& rt, Frame& f, Value obj);  // a non-negative int
// An index or slice without anything that has to be asked for: an int through __index__, or a Slice of ints
// and None.
Result plain_key(Runtime& rt, Frame& f, Value key);
// Does a Slice consist of ints and None already?
bool slice_is_plain(Value slice);
// Slice bounds for a sequence of `length`: start, stop, step as in slice.indices(); `count` is the number of
// items. May ask __index__ of the bounds only through index() beforehand: here they are ints or None.
struct SliceRange {
  i64 start, stop, step, count;
};
Result slice_range(Runtime& rt, Value slice, i64 length,
                   SliceRange& out);  // ValueError for step 0; None on success

}  // namespace lisle::rt

// Comparison of lists and tuples, item by item.
#pragma once
#include "runtime/protocols/compare.h"

namespace lisle::rt {

// `a op b` for two lists or two tuples. Items that no program code can compare are decided at once.
Result compare_sequences(Runtime& rt, Frame& f, CompareOp op, Value a, Value b);

// Is `item` in a list or tuple? A bool.
Result sequence_contains(Runtime& rt, Frame& f, Value sequence, Value item);
// Index of the first item of [start, stop) that equals `item`, -1 when there is none.
Result sequence_find(Runtime& rt, Frame& f, Value sequence, Value item, i64 start, i64 stop);
// The same for the whole sequence; false when the program must be asked.
bool sequence_find_pure(Runtime& rt, Value sequence, Value item, i64& index);
// How many items equal `item`.
Result sequence_count(Runtime& rt, Frame& f, Value sequence, Value item);

}  // namespace lisle::rt

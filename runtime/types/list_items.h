// Item and slice access of lists and tuples, for the subscript protocol and for their methods.
#pragma once
#include "runtime/protocols/subscript.h"
#include "runtime/types/list.h"

namespace lisle::rt {

Result list_get_item(Runtime& rt, Frame& f, List& list, Value key);
Result list_set_item(Runtime& rt, Frame& f, List& list, Value key, Value v);
Result list_delete_item(Runtime& rt, Frame& f, List& list, Value key);
Result tuple_get_item(Runtime& rt, Frame& f, Tuple& tuple, Value key);

// A new list with items [start, end) of `list`; the bounds are clipped.
List* list_copy_range(Runtime& rt, const List& list, i64 start, i64 end);
// Replaces items [start, end) by `count` others. `items` must not lie in the list's own storage.
void list_replace_range(Runtime& rt, List& list, u64 start, u64 end, const Value* items, u64 count);

// a + b, and list * count for an int; MemoryError, and OverflowError for counts beyond all sizes.
Result list_concat(Runtime& rt, const List& a, const List& b);
Result list_repeat(Runtime& rt, const List& list, Value count);

}  // namespace lisle::rt

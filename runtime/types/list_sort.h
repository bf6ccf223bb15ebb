// Sorting: list.sort() and sorted().
#pragma once
#include "runtime/runtime.h"
#include "runtime/types/list.h"

namespace lisle::rt {

inline constexpr u16 kListSortRegisters = 7;

// A step machine that catches, for the type table and Internal::ListSort: list, key, reverse (both may be
// unbound) → None. The list is empty while the program is asked.
Result list_sort(Runtime& rt, Frame& f);
// Sorts in ascending order where the program has no say; false, and nothing has happened, where it has, and
// for long lists, which take so long that others should run meanwhile.
bool list_sort_pure(Runtime& rt, List& list);

}  // namespace lisle::rt

// The state of native iterators whose position no program can give: those of itertools. By value they are an
// iterator that has ended and a tuple that fills it.
#pragma once
#include <vector>

#include "runtime/types/iterator.h"
#include "runtime/types/list.h"

namespace lisle::rt {

// In Object::aux of an iterator that was made to be filled and was not yet: no other may be.
inline constexpr u16 kIteratorUnfilled = 0x8000;

// Is an iterator of this type, no subclass of it, written this way?
bool has_iterator_state(TypeId id);
Tuple* iterator_state(Runtime& rt, const Iterator& it);
// An iterator without items.
Iterator* new_ended_iterator(Runtime& rt, TypeId id);
// Fills it from what iterator_state() gave. False when the state does not fit the type: whatever is accepted
// can be advanced.
bool fill_iterator(Runtime& rt, Iterator& it, const std::vector<Value>& state);

// Do the words of an iterator fit its type, where its step relies on more than on their kinds?
bool is_whole_iterator(const Iterator& it);

}  // namespace lisle::rt

// Items at places that a suspended function keeps in its registers, and other numbers that stand for
// something. Those of an image or a pickle may say anything; one that has no meaning is what an object of
// another kind is to to<T>.
#pragma once
#include "runtime/types/list.h"

namespace lisle::rt {

inline u64 place_in(u64 size, i64 index) {
  if (LISLE_UNLIKELY(static_cast<u64>(index) >= size)) wrong_kind();
  return static_cast<u64>(index);
}

inline Value& item_at(Tuple* tuple, i64 index) {
  return tuple->items[place_in(tuple->size, index)];
}
inline Value& item_at(List* list, i64 index) {
  return list->items->items[place_in(list->size, index)];
}
inline Value& item_at(Array* array, i64 index) {
  return array->items[place_in(array->capacity, index)];
}

// Throughout `start` to `end`.
inline Value* items_at(Array* array, i64 start, i64 end) {
  if (LISLE_UNLIKELY(start < 0 || start > end || static_cast<u64>(end) > array->capacity)) wrong_kind();
  return array->items + start;
}

// One of an enumeration of which that is the last.
template <class T>
T one_of(Value number, T last) {
  return static_cast<T>(place_in(static_cast<u64>(last) + 1, number.as_int()));
}

template <class Sequence>
Value& item_at(Sequence* sequence, Value index) {
  return item_at(sequence, index.as_int());
}

}  // namespace lisle::rt

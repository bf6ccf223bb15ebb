// The list's storage. Methods are in list_methods.cpp, sorting in list_sort.cpp, item access in
// list_items.cpp.
//
// Invariant: size <= items->capacity, or size is zero and there is no storage. Slots from size on hold stale
// or zero values that nobody reads.
#include "runtime/types/list.h"

#include <cstring>

#include "runtime/runtime.h"

namespace lisle::rt {

List* new_list(Runtime& rt, u64 capacity) {
  List* list = rt.make<List>(TypeId::List);
  if (capacity > 0) {
    list->items = new_array(rt, capacity);
    rt.heap.wrote(list);
  }
  return list;
}

List* new_list_from(Runtime& rt, const Value* items, u64 count) {
  List* list = new_list(rt, count);
  if (count > 0) {
    std::memcpy(list->items->items, items, count * sizeof(Value));
    rt.heap.wrote(list->items);
  }
  list->size = count;
  return list;
}

void list_resize_storage(Runtime& rt, List& list, u64 capacity) {
  if (capacity == 0) {
    list.items = nullptr;
    return;
  }
  const size_t bytes = sizeof(Array) + capacity * sizeof(Value);
  if (list.items && capacity > list.items->capacity && rt.heap.grow_in_place(list.items, bytes, true)) {
    list.items->capacity = capacity;
    return;
  }
  Array* items = new_array(rt, capacity);
  if (list.size > 0) {
    std::memcpy(items->items, list.items->items, list.size * sizeof(Value));
    rt.heap.wrote(items);
  }
  list.items = items;
  rt.heap.wrote(&list);
}

void list_append(Runtime& rt, List& list, Value v) {
  u64 size = list.size;
  if (LISLE_UNLIKELY(!list.items || size == list.items->capacity)) {
    list_resize_storage(rt, list, size + size / 2 + 4);
  }
  list.items->items[size] = v;
  list.size = size + 1;
  rt.heap.wrote(list.items);
}

}  // namespace lisle::rt

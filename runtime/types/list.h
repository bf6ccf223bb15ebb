// list and tuple.
#pragma once
#include "runtime/types/array.h"

namespace lisle::rt {

struct List : Object {
  static constexpr Kind kKind = Kind::List;
  u64 size;
  Array* items;  // capacity >= size; null only when the capacity is zero

  size_t byte_size() const { return sizeof(List); }
  template <class V>
  void visit(V&& v) {
    v(items);
  }
};

struct Tuple : Object {
  static constexpr Kind kKind = Kind::Tuple;
  u64 size;
  Value items[];

  size_t byte_size() const { return sizeof(Tuple) + size * sizeof(Value); }
  template <class V>
  void visit(V&& v) {
    for (u64 i = 0; i < size; ++i) v(items[i]);
  }
};

List* new_list(Runtime& rt, u64 capacity = 0);  // empty
List* new_list_from(Runtime& rt, const Value* items, u64 count);
void list_append(Runtime& rt, List& list, Value v);
void list_resize_storage(Runtime& rt, List& list, u64 capacity);    // keeps size <= capacity
Tuple* new_tuple(Runtime& rt, u64 size);                            // filled with int 0: fill it in at once
Tuple* new_tuple_from(Runtime& rt, const Value* items, u64 count);  // the empty tuple is one object

}  // namespace lisle::rt

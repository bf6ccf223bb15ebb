// The storage of tuples. Methods are in tuple_methods.cpp.
#include <cstring>

#include "runtime/runtime.h"
#include "runtime/types/list.h"

namespace lisle::rt {

Tuple* new_tuple(Runtime& rt, u64 size) {
  if (size == 0 && rt.empty_tuple) return rt.empty_tuple;
  Tuple* tuple = rt.heap.allocate<Tuple>(rt.shape_of(TypeId::Tuple), size * sizeof(Value));
  tuple->size = size;
  return tuple;
}

Tuple* new_tuple_from(Runtime& rt, const Value* items, u64 count) {
  Tuple* tuple = new_tuple(rt, count);
  if (count > 0) {
    std::memcpy(tuple->items, items, count * sizeof(Value));
    rt.heap.wrote(tuple);
  }
  return tuple;
}

}  // namespace lisle::rt

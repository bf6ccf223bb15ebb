// Storage blocks. They have no class: shape 0 belongs to objects that no program ever sees.
#include "runtime/types/array.h"

#include "runtime/runtime.h"

namespace lisle::rt {

Array* new_array(Runtime& rt, u64 capacity) {
  Array* array = rt.heap.allocate<Array>(0, capacity * sizeof(Value));
  array->capacity = capacity;
  return array;
}

Raw* new_raw(Runtime& rt, u64 bytes) {
  Raw* raw = rt.heap.allocate<Raw>(0, bytes);
  raw->capacity = bytes;
  return raw;
}

}  // namespace lisle::rt

// Changing the size of a bytearray or an array.array. A store that somebody looks at through a memoryview
// keeps its size: BufferError says so. `unit` is the size of an item in bytes; positions are in bytes.
#pragma once
#include "runtime/types/bytes.h"

namespace lisle::rt {

// Makes the store `size` bytes long; new bytes are zero.
Result resize_store(Runtime& rt, ByteStore& store, u64 size);
// Replaces bytes [from, to) by `fresh`, which does not lie in the store itself.
Result replace_store_range(Runtime& rt, ByteStore& store, u64 from, u64 to, std::string_view fresh);
// store[slice] = fresh, and del store[slice]. `slice` is a Slice of ints and Nones.
Result assign_store_slice(Runtime& rt, ByteStore& store, Value slice, u64 unit, std::string_view fresh);
Result delete_store_slice(Runtime& rt, ByteStore& store, Value slice, u64 unit);

// Views announce themselves to the store they look at, and say when they are released.
void view_opened(ByteStore& store);
void view_released(ByteStore& store);

}  // namespace lisle::rt

// memoryview: what other files ask of it. The layout is in bytes.h.
#pragma once
#include "runtime/types/bytes.h"

namespace lisle::rt {

// The bytes of all items one after the other, as a Bytes; ValueError when the view was released.
Result memoryview_to_bytes(Runtime& rt, const MemoryView& view);
// A view of a bytes-like object; TypeError for others.
Result new_memoryview(Runtime& rt, Value source);

}  // namespace lisle::rt

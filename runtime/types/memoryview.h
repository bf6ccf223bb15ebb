// memoryview: what its two files share and what other files ask of it. The layout is in bytes.h.
#pragma once
#include <span>

#include "runtime/object/native.h"
#include "runtime/types/bytes.h"

namespace lisle::rt {

// The bytes of all items one after the other, as a Bytes; ValueError when the view was released.
Result memoryview_to_bytes(Runtime& rt, const MemoryView& view);
// A view of a bytes-like object; TypeError for others.
Result new_memoryview(Runtime& rt, Value source);
// Another view like `from`, which the caller then changes.
MemoryView* derived_view(Runtime& rt, const MemoryView& from);
void release_view(MemoryView& view);

// The view was not released, and what it looks at was not shortened below what it shows.
Result require_open_view(Runtime& rt, const MemoryView& view);

// Dimensions are counted from 0.
u64 view_dimensions(const MemoryView& view);
u64 view_count_of(const MemoryView& view, u64 dimension);   // items
i64 view_stride_of(const MemoryView& view, u64 dimension);  // bytes
// Item `index`, counting all dimensions in C order: where it lies, and its value.
u8* view_item_address(const MemoryView& view, u64 index);
Result view_item(Runtime& rt, const MemoryView& view, u64 index);

// runtime/types/memoryview_members.cpp
Result memoryview_cast(Runtime& rt, Frame& f);
Result memoryview_tobytes(Runtime& rt, Frame& f);
Result memoryview_tolist(Runtime& rt, Frame& f);
Result memoryview_toreadonly(Runtime& rt, Frame& f);
Result memoryview_hash(Runtime& rt, Frame& f);
extern const std::span<const GetsetSpec> kMemoryViewGetsets;

}  // namespace lisle::rt

// array.array: what its two files share. The layout is in bytes.h.
#pragma once
#include "runtime/types/byte_store.h"

namespace lisle::rt {

struct List;
struct Type;

// An empty array of class `type` for a type code that exists.
TypedArray* new_typed_array(Runtime& rt, Type* type, u32 code);
bool is_array_code(u32 code);
// Appends the items that `bytes` spell; ValueError unless they are whole.
Result array_append_bytes(Runtime& rt, TypedArray& array, std::string_view bytes);
// The items as a list.
List* array_items(Runtime& rt, const TypedArray& array);
// self[index], which is within bounds.
Value array_item(Runtime& rt, const TypedArray& array, u64 index);

// array[key] and array[key] = v for an int key within bounds and, when storing, a number that fits and needs
// no conversion; unbound (false) leaves everything else to the methods.
Value array_get_quickly(Runtime& rt, const TypedArray& array, Value key);
bool array_set_quickly(TypedArray& array, Value key, Value v);

// runtime/types/typed_array_files.cpp
Result array_tobytes(Runtime& rt, Frame& f);
Result array_frombytes(Runtime& rt, Frame& f);
Result array_tofile(Runtime& rt, Frame& f);
Result array_fromfile(Runtime& rt, Frame& f);
Result array_byteswap(Runtime& rt, Frame& f);
Result array_buffer_info(Runtime& rt, Frame& f);
Result array_tounicode(Runtime& rt, Frame& f);
Result array_fromunicode(Runtime& rt, Frame& f);
Result array_reduce_ex(Runtime& rt, Frame& f);
Result array_reconstruct(Runtime& rt, Frame& f);

}  // namespace lisle::rt

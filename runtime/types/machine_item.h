// One item of a native format of the struct module ('b', 'i', 'd', ...) in memory: what memoryview and
// array.array are made of. Sizes and byte order are those of the machine; 'u' is a code point of four bytes.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// Bytes of one item; 0 for what is no format.
u64 machine_item_size(u32 code);
inline bool is_signed_item(u32 code) {
  return code == 'b' || code == 'h' || code == 'i' || code == 'l' || code == 'q' || code == 'n';
}
inline bool is_float_item(u32 code) {
  return code == 'f' || code == 'd';
}
Value load_machine_item(Runtime& rt, u32 code, const u8* p);

// Stores an int. What does not fit is left out: -1 when it is too small, 1 when it is too large, 0 when done.
int store_machine_int(u32 code, u8* p, Value v);
void store_machine_float(u32 code, u8* p, f64 d);

}  // namespace lisle::rt

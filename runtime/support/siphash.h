// SipHash-1-3, the keyed hash of text and bytes.
#pragma once
#include "runtime/support/base.h"

namespace lisle::rt {

// The 64-bit SipHash-1-3 of `size` bytes under the 128-bit key (k0, k1).
u64 siphash13(u64 k0, u64 k1, const void* bytes, size_t size);
// The hash of a str or bytes object as the language shows it: 0 for the empty one, never -1.
i64 text_hash(u64 k0, u64 k1, const void* bytes, size_t size);

}  // namespace lisle::rt

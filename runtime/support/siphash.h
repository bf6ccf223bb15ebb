// SipHash-1-3, the keyed hash of text and bytes.
#pragma once
#include "runtime/support/base.h"

namespace lisle::rt {

// The 64-bit SipHash-1-3 of `size` bytes under the 128-bit key (k0, k1).
u64 siphash13(u64 k0, u64 k1, const void* bytes, size_t size);
// What keeps the places of texts in hash tables secret.
struct HashKey {
  u64 k0 = 0, k1 = 0;
};
// The key that the number `seed` stands for; the same one that CPython makes of it. Zero is the key of zeros.
HashKey key_of_seed(u32 seed);

// The hash of a str or bytes object as the language shows it: 0 for the empty one, never -1.
i64 text_hash(const HashKey& key, const void* bytes, size_t size);

}  // namespace lisle::rt

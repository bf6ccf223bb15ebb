// SipHash with one compression and three finalisation rounds (Aumasson and Bernstein, 2012).
#include "runtime/support/siphash.h"

#include <bit>
#include <cstring>

namespace lisle::rt {

namespace {

struct SipState {
  u64 v0, v1, v2, v3;

  void round() {
    v0 += v1;
    v1 = std::rotl(v1, 13) ^ v0;
    v0 = std::rotl(v0, 32);
    v2 += v3;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v2 = std::rotl(v2, 32);
  }
  void absorb(u64 word) {
    v3 ^= word;
    round();
    v0 ^= word;
  }
};

}  // namespace

u64 siphash13(u64 k0, u64 k1, const void* bytes, size_t size) {
  SipState s{k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d, k0 ^ 0x6c7967656e657261,
             k1 ^ 0x7465646279746573};
  auto* p = static_cast<const char*>(bytes);
  size_t left = size;
  for (; left >= 8; left -= 8, p += 8) {
    u64 word;
    std::memcpy(&word, p, 8);
    s.absorb(word);
  }
  u64 last = 0;
  std::memcpy(&last, p, left);
  s.absorb(last | static_cast<u64>(size) << 56);
  s.v2 ^= 0xff;
  s.round();
  s.round();
  s.round();
  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

HashKey key_of_seed(u32 seed) {
  if (seed == 0) return {};
  u8 bytes[sizeof(HashKey)];
  for (u8& byte : bytes) {
    // The linear congruential generator of old C libraries, whose middle bits are the good ones.
    seed = seed * 214013 + 2531011;
    byte = static_cast<u8>(seed >> 16);
  }
  HashKey key;
  std::memcpy(&key, bytes, sizeof key);
  return key;
}

i64 text_hash(const HashKey& key, const void* bytes, size_t size) {
  if (size == 0) return 0;
  i64 h = static_cast<i64>(siphash13(key.k0, key.k1, bytes, size));
  return h == -1 ? -2 : h;
}

}  // namespace lisle::rt

// Message digests: MD5, SHA-1, SHA-2, SHA-3 and BLAKE2. The state is plain memory that may be copied.
//
// Sources of the algorithms: RFC 1321, FIPS 180-4, FIPS 202, RFC 7693.
#pragma once
#include "runtime/support/base.h"

namespace lisle::rt {

enum class DigestKind : u8 {
  kMd5,
  kSha1,
  kSha224,
  kSha256,
  kSha384,
  kSha512,
  kSha3_224,
  kSha3_256,
  kSha3_384,
  kSha3_512,
  kShake128,
  kShake256,
  kBlake2b,
  kBlake2s,
};

struct Digest {
  DigestKind kind;
  u8 last_node;     // BLAKE2: the last node of its level
  u16 digest_size;  // bytes; 0 for the functions of any length
  u16 block_size;   // bytes
  u16 filled;       // of `buffer`
  u64 length;       // bytes taken in so far
  union {
    u32 words[8];
    u64 longs[8];
    u64 lanes[25];
  };
  u8 buffer[168];
};

void digest_start(Digest& d, DigestKind kind);
void digest_update(Digest& d, const u8* bytes, u64 count);
// Writes `size` bytes, digest_size unless the length is free. The state is used up.
void digest_finish(Digest& d, u8* out, u64 size);

// The parameters of BLAKE2, see RFC 7693 and the specification of BLAKE2.
struct Blake2Parameters {
  u8 digest_size, key_size, fanout, depth;
  u32 leaf_size;
  u64 node_offset;
  u8 node_depth, inner_size;
  u8 salt[16], person[16];  // the first eight bytes of each for BLAKE2s
};
void blake2_start(Digest& d, DigestKind kind, const Blake2Parameters& parameters);

}  // namespace lisle::rt

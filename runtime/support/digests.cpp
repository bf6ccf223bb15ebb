#include "runtime/support/digests.h"

#include <bit>
#include <cstring>

namespace lisle::rt {

namespace {

// The fractional parts of the cube roots of the first 80 primes; SHA-256 uses the upper halves of the
// first 64.
constexpr u64 kCubeRoots[80] = {
    0x428A2F98D728AE22, 0x7137449123EF65CD, 0xB5C0FBCFEC4D3B2F, 0xE9B5DBA58189DBBC, 0x3956C25BF348B538,
    0x59F111F1B605D019, 0x923F82A4AF194F9B, 0xAB1C5ED5DA6D8118, 0xD807AA98A3030242, 0x12835B0145706FBE,
    0x243185BE4EE4B28C, 0x550C7DC3D5FFB4E2, 0x72BE5D74F27B896F, 0x80DEB1FE3B1696B1, 0x9BDC06A725C71235,
    0xC19BF174CF692694, 0xE49B69C19EF14AD2, 0xEFBE4786384F25E3, 0x0FC19DC68B8CD5B5, 0x240CA1CC77AC9C65,
    0x2DE92C6F592B0275, 0x4A7484AA6EA6E483, 0x5CB0A9DCBD41FBD4, 0x76F988DA831153B5, 0x983E5152EE66DFAB,
    0xA831C66D2DB43210, 0xB00327C898FB213F, 0xBF597FC7BEEF0EE4, 0xC6E00BF33DA88FC2, 0xD5A79147930AA725,
    0x06CA6351E003826F, 0x142929670A0E6E70, 0x27B70A8546D22FFC, 0x2E1B21385C26C926, 0x4D2C6DFC5AC42AED,
    0x53380D139D95B3DF, 0x650A73548BAF63DE, 0x766A0ABB3C77B2A8, 0x81C2C92E47EDAEE6, 0x92722C851482353B,
    0xA2BFE8A14CF10364, 0xA81A664BBC423001, 0xC24B8B70D0F89791, 0xC76C51A30654BE30, 0xD192E819D6EF5218,
    0xD69906245565A910, 0xF40E35855771202A, 0x106AA07032BBD1B8, 0x19A4C116B8D2D0C8, 0x1E376C085141AB53,
    0x2748774CDF8EEB99, 0x34B0BCB5E19B48A8, 0x391C0CB3C5C95A63, 0x4ED8AA4AE3418ACB, 0x5B9CCA4F7763E373,
    0x682E6FF3D6B2B8A3, 0x748F82EE5DEFB2FC, 0x78A5636F43172F60, 0x84C87814A1F0AB72, 0x8CC702081A6439EC,
    0x90BEFFFA23631E28, 0xA4506CEBDE82BDE9, 0xBEF9A3F7B2C67915, 0xC67178F2E372532B, 0xCA273ECEEA26619C,
    0xD186B8C721C0C207, 0xEADA7DD6CDE0EB1E, 0xF57D4F7FEE6ED178, 0x06F067AA72176FBA, 0x0A637DC5A2C898A6,
    0x113F9804BEF90DAE, 0x1B710B35131C471B, 0x28DB77F523047D84, 0x32CAAB7B40C72493, 0x3C9EBE0A15C9BEBC,
    0x431D67C49C100D4C, 0x4CC5D4BECB3E42B6, 0x597F299CFC657E2A, 0x5FCB6FAB3AD6FAEC, 0x6C44198C4A475817,
};
// The fractional parts of the square roots of the first 16 primes.
constexpr u64 kSquareRoots[16] = {
    0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
    0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    0xCBBB9D5DC1059ED8, 0x629A292A367CD507, 0x9159015A3070DD17, 0x152FECD8F70E5939,
    0x67332667FFC00B31, 0x8EB44A8768581511, 0xDB0C2E0D64F98FA7, 0x47B5481DBEFA4FA4,
};
// The integer parts of 2^32 * |sin(i + 1)|.
constexpr u32 kSines[64] = {
    0xD76AA478, 0xE8C7B756, 0x242070DB, 0xC1BDCEEE, 0xF57C0FAF, 0x4787C62A, 0xA8304613, 0xFD469501,
    0x698098D8, 0x8B44F7AF, 0xFFFF5BB1, 0x895CD7BE, 0x6B901122, 0xFD987193, 0xA679438E, 0x49B40821,
    0xF61E2562, 0xC040B340, 0x265E5A51, 0xE9B6C7AA, 0xD62F105D, 0x02441453, 0xD8A1E681, 0xE7D3FBC8,
    0x21E1CDE6, 0xC33707D6, 0xF4D50D87, 0x455A14ED, 0xA9E3E905, 0xFCEFA3F8, 0x676F02D9, 0x8D2A4C8A,
    0xFFFA3942, 0x8771F681, 0x6D9D6122, 0xFDE5380C, 0xA4BEEA44, 0x4BDECFA9, 0xF6BB4B60, 0xBEBFBC70,
    0x289B7EC6, 0xEAA127FA, 0xD4EF3085, 0x04881D05, 0xD9D4D039, 0xE6DB99E5, 0x1FA27CF8, 0xC4AC5665,
    0xF4292244, 0x432AFF97, 0xAB9423A7, 0xFC93A039, 0x655B59C3, 0x8F0CCC92, 0xFFEFF47D, 0x85845DD1,
    0x6FA87E4F, 0xFE2CE6E0, 0xA3014314, 0x4E0811A1, 0xF7537E82, 0xBD3AF235, 0x2AD7D2BB, 0xEB86D391,
};

u32 load32_big(const u8* p) {
  u32 n;
  std::memcpy(&n, p, sizeof n);
  return __builtin_bswap32(n);
}
u64 load64_big(const u8* p) {
  u64 n;
  std::memcpy(&n, p, sizeof n);
  return __builtin_bswap64(n);
}
u32 load32(const u8* p) {
  u32 n;
  std::memcpy(&n, p, sizeof n);
  return n;
}
u64 load64(const u8* p) {
  u64 n;
  std::memcpy(&n, p, sizeof n);
  return n;
}

// --- MD5, SHA-1, SHA-2: one block each

void md5_block(u32* h, const u8* p) {
  constexpr int kShifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  u32 a = h[0], b = h[1], c = h[2], d = h[3];
  for (u32 i = 0; i < 64; ++i) {
    u32 f, g;
    if (i < 16) {
      f = (b & c) | (~b & d);
      g = i;
    } else if (i < 32) {
      f = (d & b) | (~d & c);
      g = (5 * i + 1) & 15;
    } else if (i < 48) {
      f = b ^ c ^ d;
      g = (3 * i + 5) & 15;
    } else {
      f = c ^ (b | ~d);
      g = (7 * i) & 15;
    }
    u32 sum = a + f + kSines[i] + load32(p + 4 * g);
    a = d;
    d = c;
    c = b;
    b += std::rotl(sum, kShifts[i >> 4][i & 3]);
  }
  h[0] += a;
  h[1] += b;
  h[2] += c;
  h[3] += d;
}

void sha1_block(u32* h, const u8* p) {
  u32 w[80];
  for (u32 i = 0; i < 16; ++i) w[i] = load32_big(p + 4 * i);
  for (u32 i = 16; i < 80; ++i) w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  u32 a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
  for (u32 i = 0; i < 80; ++i) {
    u32 f = i < 20 ? (b & c) | (~b & d) : i >= 40 && i < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
    u32 k = i < 20 ? 0x5A827999 : i < 40 ? 0x6ED9EBA1 : i < 60 ? 0x8F1BBCDC : 0xCA62C1D6;
    u32 next = std::rotl(a, 5) + f + e + k + w[i];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  h[0] += a;
  h[1] += b;
  h[2] += c;
  h[3] += d;
  h[4] += e;
}

// SHA-2 in both word sizes: the rotations are those of FIPS 180-4, sections 4.1.2 and 4.1.3.
template <class Word>
struct Sha2;
template <>
struct Sha2<u32> {
  static constexpr u32 kRounds = 64;
  static constexpr int kBig0[] = {2, 13, 22}, kBig1[] = {6, 11, 25}, kSmall0[] = {7, 18, 3},
                       kSmall1[] = {17, 19, 10};
  static u32 constant(u32 i) { return static_cast<u32>(kCubeRoots[i] >> 32); }
  static u32 load(const u8* p) { return load32_big(p); }
};
template <>
struct Sha2<u64> {
  static constexpr u32 kRounds = 80;
  static constexpr int kBig0[] = {28, 34, 39}, kBig1[] = {14, 18, 41}, kSmall0[] = {1, 8, 7},
                       kSmall1[] = {19, 61, 6};
  static u64 constant(u32 i) { return kCubeRoots[i]; }
  static u64 load(const u8* p) { return load64_big(p); }
};

template <class Word>
void sha2_block(Word* h, const u8* p) {
  using Rules = Sha2<Word>;
  auto big = [](Word x, const int* r) {
    return std::rotr(x, r[0]) ^ std::rotr(x, r[1]) ^ std::rotr(x, r[2]);
  };
  auto small = [](Word x, const int* r) { return std::rotr(x, r[0]) ^ std::rotr(x, r[1]) ^ (x >> r[2]); };
  Word w[80], v[8];
  for (u32 i = 0; i < 16; ++i) w[i] = Rules::load(p + sizeof(Word) * i);
  for (u32 i = 16; i < Rules::kRounds; ++i) {
    w[i] = small(w[i - 2], Rules::kSmall1) + w[i - 7] + small(w[i - 15], Rules::kSmall0) + w[i - 16];
  }
  std::memcpy(v, h, sizeof v);
  for (u32 i = 0; i < Rules::kRounds; ++i) {
    Word choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
    Word majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
    Word first = v[7] + big(v[4], Rules::kBig1) + choice + Rules::constant(i) + w[i];
    Word second = big(v[0], Rules::kBig0) + majority;
    for (u32 j = 7; j > 0; --j) v[j] = v[j - 1];
    v[4] += first;
    v[0] = first + second;
  }
  for (u32 i = 0; i < 8; ++i) h[i] += v[i];
}

// --- SHA-3

void keccak(u64* lanes) {
  constexpr int kRotations[24] = {1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
                                  27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44};
  constexpr u8 kPlaces[24] = {10, 7,  11, 17, 18, 3, 5,  16, 8,  21, 24, 4,
                              15, 23, 19, 13, 12, 2, 20, 14, 22, 9,  6,  1};
  u8 shifted = 1;  // the linear feedback shift register of FIPS 202, algorithm 5
  for (u32 round = 0; round < 24; ++round) {
    u64 column[5];
    for (u32 i = 0; i < 5; ++i)
      column[i] = lanes[i] ^ lanes[i + 5] ^ lanes[i + 10] ^ lanes[i + 15] ^ lanes[i + 20];
    for (u32 i = 0; i < 5; ++i) {
      u64 mixed = column[(i + 4) % 5] ^ std::rotl(column[(i + 1) % 5], 1);
      for (u32 j = 0; j < 25; j += 5) lanes[i + j] ^= mixed;
    }
    u64 moving = lanes[1];
    for (u32 i = 0; i < 24; ++i) {
      u64 next = lanes[kPlaces[i]];
      lanes[kPlaces[i]] = std::rotl(moving, kRotations[i]);
      moving = next;
    }
    for (u32 j = 0; j < 25; j += 5) {
      u64 row[5];
      std::memcpy(row, lanes + j, sizeof row);
      for (u32 i = 0; i < 5; ++i) lanes[j + i] = row[i] ^ (~row[(i + 1) % 5] & row[(i + 2) % 5]);
    }
    for (u32 bit = 0; bit < 7; ++bit) {
      if (shifted & 1) lanes[0] ^= u64{1} << ((1u << bit) - 1);
      shifted = static_cast<u8>(shifted & 0x80 ? shifted << 1 ^ 0x71 : shifted << 1);
    }
  }
}

void absorb(Digest& d, const u8* p) {
  for (u32 i = 0; i < d.block_size / 8u; ++i) d.lanes[i] ^= load64(p + 8 * i);
  keccak(d.lanes);
}

void squeeze(Digest& d, u8* out, u64 size) {
  u8 suffix = d.kind == DigestKind::kShake128 || d.kind == DigestKind::kShake256 ? 0x1F : 0x06;
  std::memset(d.buffer + d.filled, 0, d.block_size - d.filled);
  d.buffer[d.filled] ^= suffix;
  d.buffer[d.block_size - 1] ^= 0x80;
  absorb(d, d.buffer);
  for (u64 done = 0; done < size;) {
    u64 part = size - done < d.block_size ? size - done : d.block_size;
    std::memcpy(out + done, d.lanes, part);
    done += part;
    if (done < size) keccak(d.lanes);
  }
}

// --- BLAKE2

constexpr u8 kSigma[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

template <class Word>
void blake2_block(Word* h, const u8* p, u64 length, bool last, bool last_node) {
  constexpr bool kWide = sizeof(Word) == 8;
  constexpr int kTurns[4] = {kWide ? 32 : 16, kWide ? 24 : 12, kWide ? 16 : 8, kWide ? 63 : 7};
  Word m[16], v[16];
  std::memcpy(m, p, sizeof m);
  std::memcpy(v, h, 8 * sizeof(Word));
  for (u32 i = 0; i < 8; ++i) v[i + 8] = static_cast<Word>(kSquareRoots[i] >> (kWide ? 0 : 32));
  v[12] ^= static_cast<Word>(length);
  if (!kWide) v[13] ^= static_cast<Word>(length >> 32);
  if (last) v[14] = ~v[14];
  if (last && last_node) v[15] = ~v[15];
  auto mix = [&](u32 a, u32 b, u32 c, u32 d, Word x, Word y) {
    v[a] += v[b] + x;
    v[d] = std::rotr(v[d] ^ v[a], kTurns[0]);
    v[c] += v[d];
    v[b] = std::rotr(v[b] ^ v[c], kTurns[1]);
    v[a] += v[b] + y;
    v[d] = std::rotr(v[d] ^ v[a], kTurns[2]);
    v[c] += v[d];
    v[b] = std::rotr(v[b] ^ v[c], kTurns[3]);
  };
  for (u32 round = 0; round < (kWide ? 12 : 10); ++round) {
    const u8* s = kSigma[round % 10];
    for (u32 i = 0; i < 4; ++i) mix(i, i + 4, i + 8, i + 12, m[s[2 * i]], m[s[2 * i + 1]]);
    for (u32 i = 0; i < 4; ++i) {
      mix(i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12, m[s[2 * i + 8]], m[s[2 * i + 9]]);
    }
  }
  for (u32 i = 0; i < 8; ++i) h[i] ^= v[i] ^ v[i + 8];
}

bool is_blake2(DigestKind kind) {
  return kind == DigestKind::kBlake2b || kind == DigestKind::kBlake2s;
}
bool is_sha3(DigestKind kind) {
  return kind >= DigestKind::kSha3_224 && kind <= DigestKind::kShake256;
}

void process_block(Digest& d, const u8* p, bool last) {
  switch (d.kind) {
    case DigestKind::kMd5:
      return md5_block(d.words, p);
    case DigestKind::kSha1:
      return sha1_block(d.words, p);
    case DigestKind::kSha224:
    case DigestKind::kSha256:
      return sha2_block<u32>(d.words, p);
    case DigestKind::kSha384:
    case DigestKind::kSha512:
      return sha2_block<u64>(d.longs, p);
    case DigestKind::kBlake2b:
      return blake2_block<u64>(d.longs, p, d.length, last, d.last_node != 0);
    case DigestKind::kBlake2s:
      return blake2_block<u32>(d.words, p, d.length, last, d.last_node != 0);
    default:
      return absorb(d, p);
  }
}

// The padding of MD5, SHA-1 and SHA-2: a one bit, zeros, the length in bits.
void finish_classic(Digest& d, u8* out, u64 size) {
  u64 bits = d.length * 8;
  u32 tail = d.block_size == 128 ? 16 : 8;
  u8 one = 0x80, zero = 0;
  digest_update(d, &one, 1);
  while (d.filled != d.block_size - tail) digest_update(d, &zero, 1);
  std::memset(d.buffer + d.filled, 0, tail);
  u64 written = d.kind == DigestKind::kMd5 ? bits : __builtin_bswap64(bits);
  std::memcpy(d.buffer + d.block_size - 8, &written, sizeof written);
  process_block(d, d.buffer, true);
  for (u32 i = 0; i < 8; ++i) {
    if (d.block_size == 128) {
      d.longs[i] = __builtin_bswap64(d.longs[i]);
    } else if (d.kind != DigestKind::kMd5) {
      d.words[i] = __builtin_bswap32(d.words[i]);
    }
  }
  std::memcpy(out, d.words, size);
}

struct Sizes {
  u16 digest, block;
};
constexpr Sizes kSizes[] = {{16, 64},  {20, 64},  {28, 64}, {32, 64}, {48, 128}, {64, 128}, {28, 144},
                            {32, 136}, {48, 104}, {64, 72}, {0, 168}, {0, 136},  {64, 128}, {32, 64}};

}  // namespace

void digest_start(Digest& d, DigestKind kind) {
  std::memset(&d, 0, sizeof d);
  d.kind = kind;
  d.digest_size = kSizes[static_cast<u8>(kind)].digest;
  d.block_size = kSizes[static_cast<u8>(kind)].block;
  constexpr u32 kFirst[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  for (u32 i = 0; i < 8; ++i) {
    switch (kind) {
      case DigestKind::kMd5:
      case DigestKind::kSha1:
        if (i < (kind == DigestKind::kMd5 ? 4 : 5)) d.words[i] = kFirst[i];
        break;
      case DigestKind::kSha224:
        d.words[i] = static_cast<u32>(kSquareRoots[i + 8]);
        break;
      case DigestKind::kSha256:
        d.words[i] = static_cast<u32>(kSquareRoots[i] >> 32);
        break;
      case DigestKind::kSha384:
        d.longs[i] = kSquareRoots[i + 8];
        break;
      case DigestKind::kSha512:
        d.longs[i] = kSquareRoots[i];
        break;
      default:
        break;
    }
  }
}

void blake2_start(Digest& d, DigestKind kind, const Blake2Parameters& parameters) {
  digest_start(d, kind);
  bool wide = kind == DigestKind::kBlake2b;
  d.digest_size = parameters.digest_size;
  u8 block[64] = {parameters.digest_size, parameters.key_size, parameters.fanout, parameters.depth};
  std::memcpy(block + 4, &parameters.leaf_size, 4);
  std::memcpy(block + 8, &parameters.node_offset, wide ? 8 : 6);
  block[wide ? 16 : 14] = parameters.node_depth;
  block[wide ? 17 : 15] = parameters.inner_size;
  std::memcpy(block + (wide ? 32 : 16), parameters.salt, wide ? 16 : 8);
  std::memcpy(block + (wide ? 48 : 24), parameters.person, wide ? 16 : 8);
  for (u32 i = 0; i < 8; ++i) {
    if (wide) {
      d.longs[i] = kSquareRoots[i] ^ load64(block + 8 * i);
    } else {
      d.words[i] = static_cast<u32>(kSquareRoots[i] >> 32) ^ load32(block + 4 * i);
    }
  }
}

void digest_update(Digest& d, const u8* bytes, u64 count) {
  while (count > 0) {
    // BLAKE2 has to know its last block, so a full buffer waits for more.
    if (d.filled == d.block_size) {
      process_block(d, d.buffer, false);
      d.filled = 0;
    }
    u64 part = count < static_cast<u64>(d.block_size - d.filled) ? count : d.block_size - d.filled;
    std::memcpy(d.buffer + d.filled, bytes, part);
    d.filled = static_cast<u16>(d.filled + part);
    d.length += part;
    bytes += part;
    count -= part;
    if (d.filled == d.block_size && !is_blake2(d.kind)) {
      process_block(d, d.buffer, false);
      d.filled = 0;
    }
  }
}

void digest_finish(Digest& d, u8* out, u64 size) {
  if (is_sha3(d.kind)) return squeeze(d, out, size);
  if (!is_blake2(d.kind)) return finish_classic(d, out, size);
  std::memset(d.buffer + d.filled, 0, d.block_size - d.filled);
  process_block(d, d.buffer, true);
  std::memcpy(out, d.words, size);
}

}  // namespace lisle::rt

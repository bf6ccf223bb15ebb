// The file format of images, see docs/images.md. Everything is little-endian and in host layout: an image is
// mapped, not parsed. No address of code and no address outside the two heap ranges is in it.
//
//   page 0       ImageHeader
//   kWorld       what of the Runtime lies outside the heap (world.h), the tables that names go by,
//                descriptions of open files
//   kTasklets    the addresses of all tasklets
//   kMarks ...   the heap: mark bits, line marks, one byte a block, the blocks in use, the large objects
//   kChecksums   one XXH3-64 for each megabyte of what lies between the header and this section
//
// Sections start at page boundaries, because most of them are mapped. In a packed image each of those
// megabytes is a zstd frame, whose sum it has; behind the section kChecksums are the sizes of the frames, a
// word each. Places of sections are those in the image as it was before it was packed.
#pragma once
#include <array>

#include "runtime/image/signing.h"
#include "runtime/support/base.h"

namespace lisle::rt {

inline constexpr std::array<char, 8> kImageMagic = {'L', 'I', 'S', 'L', 'E', 'I', 'M', 'G'};
inline constexpr u32 kImageVersion = 3;
inline constexpr u64 kImagePage = 4096;
inline constexpr u64 kChunkBytes = u64{1} << 20;

enum class Section : u8 { kWorld, kTasklets, kMarks, kLines, kBlocks, kSmall, kLarge, kChecksums, kCount };
inline constexpr size_t kSectionCount = static_cast<size_t>(Section::kCount);

struct SectionPlace {
  u64 offset;
  u64 bytes;
};

struct ImageHeader {
  std::array<char, 8> magic;
  u32 version;
  u32 header_bytes;
  u64 schema;      // hash of the layouts of all kinds and of the opcode table
  u64 saved_at;    // nanoseconds since the epoch
  u64 generation;  // counts the saves under one name
  u64 file_bytes;
  std::array<SectionPlace, kSectionCount> sections;
  u64 checksums_hash;  // of the section kChecksums
  u64 plain_bytes;     // of the file as it was before it was packed
  u64 sizes_hash;      // of the sizes of packed megabytes
  u32 is_packed;
  u32 is_signed;
  Digest digest;  // of the file behind the page of the header, if it is signed
  PublicKey signer;
  u64 header_hash;      // of all that precedes it in the header
  Signature signature;  // likewise

  u64 chunks() const {
    return (place(Section::kChecksums).offset - kImagePage + kChunkBytes - 1) / kChunkBytes;
  }
  SectionPlace& place(Section s) { return sections[static_cast<size_t>(s)]; }
  const SectionPlace& place(Section s) const { return sections[static_cast<size_t>(s)]; }
};
static_assert(sizeof(ImageHeader) <= kImagePage);

}  // namespace lisle::rt

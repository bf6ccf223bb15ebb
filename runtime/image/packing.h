// Chunks of images, made small by zstd. A build without zstd knows neither to pack nor to unpack, and says
// so.
#pragma once
#include <string>
#include <string_view>

#include "runtime/support/base.h"

namespace lisle::rt {

inline constexpr int kBestPacking = 19;  // levels are zstd's, from 1

// Empty, or why this build cannot pack, as a sentence.
std::string packing_refusal();

// How large a chunk of that size may become.
u64 most_packed_bytes(u64 count);

class Packer {
 public:
  explicit Packer(int level);
  ~Packer();
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;

  // The packed bytes, good until the next call; empty when there was no memory.
  std::string_view pack(std::string_view chunk);

 private:
  [[maybe_unused]] void* context_ = nullptr;
  [[maybe_unused]] int level_;
  std::string packed_;
};

class Unpacker {
 public:
  Unpacker();
  ~Unpacker();
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  // Writes `count` bytes; false if `packed` does not hold exactly as many.
  bool unpack(std::string_view packed, char* to, size_t count);

 private:
  [[maybe_unused]] void* context_ = nullptr;
};

}  // namespace lisle::rt

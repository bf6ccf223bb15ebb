// The file an image is written to: bytes in order, checksummed by chunk, with the first failure remembered.
#pragma once
#include <string>
#include <vector>

#include "runtime/host.h"
#include "runtime/image/image_format.h"

namespace lisle::rt {

class ImageSink {
 public:
  explicit ImageSink(Host& host);
  ~ImageSink();
  ImageSink(const ImageSink&) = delete;
  ImageSink& operator=(const ImageSink&) = delete;

  // Opens a new file; bytes go behind the place of the header.
  void open(const std::string& path);
  void put(const void* bytes, size_t count);
  void put_zeros(size_t count);
  // Goes on at the next page, where a section begins.
  u64 align();
  u64 at() const { return at_; }
  // Writes the checksums of all that was put and then the header, which is completed by that, and makes the
  // file durable.
  void finish(ImageHeader& header);

  // A negative error number, or 0 while all is well.
  int failed() const { return failed_; }

 private:
  void write_out(const void* bytes, size_t count);
  void note(i64 outcome) {
    if (outcome < 0 && !failed_) failed_ = static_cast<int>(outcome);
  }

  Host& host_;
  int fd_ = -1;
  int failed_ = 0;
  u64 at_ = 0;
  u64 chunk_fill_ = 0;
  void* hash_;  // state of the checksum of the chunk being written
  std::vector<u64> checksums_;
};

// The checksum of images.
u64 image_hash(const void* bytes, size_t count);

}  // namespace lisle::rt

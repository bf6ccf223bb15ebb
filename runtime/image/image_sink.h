// The file an image is written to: bytes in order, checksummed by chunk, packed and signed if that is wanted,
// with the first failure remembered.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/host.h"
#include "runtime/image/image_format.h"
#include "runtime/image/packing.h"
#include "runtime/image/signing.h"

namespace lisle::rt {

// What goes wrong with the files of a save, for tests: the operation with the number `at`, counted from 1,
// fails with `error`; where that is 0 it writes less than it was asked to.
struct SaveFaults {
  u64 at = 0;  // 0: nothing goes wrong
  int error = 0;
  u64 done = 0;
};

// The operations on files that saving is made of, each of which may fail.
class SaveDisk {
 public:
  SaveDisk(Host& host, SaveFaults* faults) : host_(host), faults_(faults) {}

  int open(const std::string& path, int flags);
  i64 write(int fd, const void* bytes, size_t count);
  i64 seek(int fd, u64 offset);
  int sync(int fd);
  int reserve(int fd, u64 bytes);
  void start_sync(int fd, u64 offset, u64 bytes) { host_.start_sync(fd, offset, bytes); }
  int close(int fd);
  int rename(const std::string& from, const std::string& to);
  int link(const std::string& from, const std::string& to);
  int unlink(const std::string& path);

 private:
  bool hit();

  Host& host_;
  SaveFaults* faults_;  // null: none
};

// What is done to the bytes of an image on their way to the disk.
struct Wrapping {
  int level = 0;  // of packing; 0: they are written as they are
  std::optional<SecretKey> key;
};

class ImageSink {
 public:
  ImageSink(SaveDisk& disk, const Wrapping& wrapping);
  ~ImageSink();
  ImageSink(const ImageSink&) = delete;
  ImageSink& operator=(const ImageSink&) = delete;

  // Opens a new file of about so many bytes; those that are put go behind the place of the header.
  void open(const std::string& path, u64 expected);
  void put(const void* bytes, size_t count);
  void put_zeros(size_t count);
  // Goes on at the next page, where a section begins.
  u64 align();
  u64 at() const { return at_; }  // counts as if nothing were packed
  // Writes the checksums of all that was put and then the header, which is completed by that, and makes the
  // file durable.
  void finish(ImageHeader& header);

  // A negative error number, or 0 while all is well.
  int failed() const { return failed_; }

 private:
  void end_chunk();
  void store(const void* bytes, size_t count);
  void write_out(const void* bytes, size_t count);
  void note(i64 outcome) {
    if (outcome < 0 && !failed_) failed_ = static_cast<int>(outcome);
  }

  SaveDisk& disk_;
  int fd_ = -1;
  int failed_ = 0;
  u64 at_ = 0;
  u64 stored_ = 0;  // end of the file
  u64 chunk_fill_ = 0;
  u64 synced_ = 0;  // up to where the disk was told to begin
  void* hash_;      // state of the checksum of the chunk being written
  std::vector<u64> checksums_;
  std::unique_ptr<Packer> packer_;  // null: chunks are written as they come
  std::string chunk_;               // what is gathered to be packed
  std::vector<u64> sizes_;          // of packed chunks
  std::optional<SecretKey> key_;
  Digester digester_;
};

// The checksum of images.
u64 image_hash(const void* bytes, size_t count);

}  // namespace lisle::rt

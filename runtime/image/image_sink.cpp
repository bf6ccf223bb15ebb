// See image_sink.h.
#include "runtime/image/image_sink.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace lisle::rt {

u64 image_hash(const void* bytes, size_t count) {
  return XXH3_64bits(bytes, count);
}

namespace {

XXH3_state_t* state(void* hash) {
  return static_cast<XXH3_state_t*>(hash);
}

}  // namespace

bool SaveDisk::hit() {
  return faults_ && ++faults_->done == faults_->at;
}

int SaveDisk::open(const std::string& path, int flags) {
  constexpr u32 kMode = 0666;
  return hit() && faults_->error ? -faults_->error : host_.open(path.c_str(), flags, kMode);
}
i64 SaveDisk::write(int fd, const void* bytes, size_t count) {
  if (!hit()) return host_.write(fd, bytes, count);
  return faults_->error ? -faults_->error : host_.write(fd, bytes, (count + 1) / 2);
}
i64 SaveDisk::seek(int fd, u64 offset) {
  return hit() && faults_->error ? -faults_->error : host_.seek(fd, static_cast<i64>(offset), SEEK_SET);
}
int SaveDisk::sync(int fd) {
  return hit() && faults_->error ? -faults_->error : host_.sync(fd);
}
int SaveDisk::reserve(int fd, u64 bytes) {
  return hit() && faults_->error ? -faults_->error : host_.reserve(fd, bytes);
}
int SaveDisk::close(int fd) {
  const int closed = host_.close(fd);
  return hit() && faults_->error ? -faults_->error : closed;
}
int SaveDisk::rename(const std::string& from, const std::string& to) {
  return hit() && faults_->error ? -faults_->error : host_.rename(from.c_str(), to.c_str());
}
int SaveDisk::link(const std::string& from, const std::string& to) {
  return hit() && faults_->error ? -faults_->error : host_.link(from.c_str(), to.c_str());
}
int SaveDisk::unlink(const std::string& path) {
  return hit() && faults_->error ? -faults_->error : host_.unlink(path.c_str());
}

ImageSink::ImageSink(SaveDisk& disk) : disk_(disk), hash_(XXH3_createState()) {
  XXH3_64bits_reset(state(hash_));
}

ImageSink::~ImageSink() {
  if (fd_ >= 0) disk_.close(fd_);
  XXH3_freeState(state(hash_));
}

void ImageSink::open(const std::string& path, u64 expected) {
  fd_ = disk_.open(path, O_WRONLY | O_CREAT | O_TRUNC);
  note(fd_);
  if (fd_ >= 0) note(disk_.reserve(fd_, expected));
  if (fd_ >= 0) note(disk_.seek(fd_, kImagePage));
  at_ = kImagePage;
}

void ImageSink::write_out(const void* bytes, size_t count) {
  const char* from = static_cast<const char*>(bytes);
  while (count > 0 && !failed_) {
    const i64 put = disk_.write(fd_, from, count);
    if (put == -EINTR) continue;
    if (put == 0) note(-ENOSPC);
    note(put);
    if (failed_) return;
    from += put;
    count -= static_cast<size_t>(put);
  }
}

// Each chunk is written while what its checksum has read is still in the cache, and every few of them the
// disk is told to begin: who leaves all of it to the end waits for all of it.
void ImageSink::put(const void* bytes, size_t count) {
  constexpr u64 kSyncBytes = u64{8} << 20;
  const char* from = static_cast<const char*>(bytes);
  for (size_t left = count; left > 0;) {
    const size_t piece = std::min<size_t>(left, kChunkBytes - chunk_fill_);
    XXH3_64bits_update(state(hash_), from, piece);
    write_out(from, piece);
    at_ += piece;
    chunk_fill_ += piece;
    from += piece;
    left -= piece;
    if (chunk_fill_ < kChunkBytes) continue;
    checksums_.push_back(XXH3_64bits_digest(state(hash_)));
    XXH3_64bits_reset(state(hash_));
    chunk_fill_ = 0;
    if (failed_ || at_ - synced_ < kSyncBytes) continue;
    disk_.start_sync(fd_, synced_, at_ - synced_);
    synced_ = at_;
  }
}

void ImageSink::put_zeros(size_t count) {
  static constexpr char kZeros[kImagePage] = {};
  for (size_t piece; count > 0; count -= piece) {
    piece = std::min<size_t>(count, sizeof kZeros);
    put(kZeros, piece);
  }
}

u64 ImageSink::align() {
  put_zeros(static_cast<size_t>((kImagePage - at_ % kImagePage) % kImagePage));
  return at_;
}

void ImageSink::finish(ImageHeader& header) {
  if (chunk_fill_ > 0) checksums_.push_back(XXH3_64bits_digest(state(hash_)));
  const size_t bytes = checksums_.size() * sizeof(u64);
  header.place(Section::kChecksums) = {at_, bytes};
  header.checksums_hash = image_hash(checksums_.data(), bytes);
  header.file_bytes = at_ + bytes;
  header.header_hash = image_hash(&header, offsetof(ImageHeader, header_hash));
  write_out(checksums_.data(), bytes);
  // The header last: a file whose header is right was written to its end.
  if (!failed_) note(disk_.seek(fd_, 0));
  char page[kImagePage] = {};
  std::copy_n(reinterpret_cast<const char*>(&header), sizeof header, page);
  write_out(page, sizeof page);
  if (!failed_) note(disk_.sync(fd_));
  const int closed = disk_.close(fd_);
  fd_ = -1;
  note(closed);
}

}  // namespace lisle::rt

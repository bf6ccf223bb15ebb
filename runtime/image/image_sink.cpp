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

ImageSink::ImageSink(SaveDisk& disk, const Wrapping& wrapping)
    : disk_(disk), hash_(XXH3_createState()), key_(wrapping.key) {
  XXH3_64bits_reset(state(hash_));
  if (wrapping.level > 0) packer_ = std::make_unique<Packer>(wrapping.level);
}

ImageSink::~ImageSink() {
  if (fd_ >= 0) disk_.close(fd_);
  XXH3_freeState(state(hash_));
}

void ImageSink::open(const std::string& path, u64 expected) {
  fd_ = disk_.open(path, O_WRONLY | O_CREAT | O_TRUNC);
  note(fd_);
  if (fd_ >= 0 && !packer_) note(disk_.reserve(fd_, expected));
  if (fd_ >= 0) note(disk_.seek(fd_, kImagePage));
  at_ = stored_ = kImagePage;
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
  const char* from = static_cast<const char*>(bytes);
  for (size_t left = count; left > 0;) {
    const size_t piece = std::min<size_t>(left, kChunkBytes - chunk_fill_);
    if (packer_) {
      chunk_.append(from, piece);
    } else {
      XXH3_64bits_update(state(hash_), from, piece);
      store(from, piece);
    }
    at_ += piece;
    chunk_fill_ += piece;
    from += piece;
    left -= piece;
    if (chunk_fill_ == kChunkBytes) end_chunk();
  }
}

void ImageSink::end_chunk() {
  constexpr u64 kSyncBytes = u64{8} << 20;
  chunk_fill_ = 0;
  if (packer_) {
    const std::string_view packed = packer_->pack(chunk_);
    if (packed.empty()) note(-ENOMEM);
    XXH3_64bits_update(state(hash_), packed.data(), packed.size());
    store(packed.data(), packed.size());
    sizes_.push_back(packed.size());
    chunk_.clear();
  }
  checksums_.push_back(XXH3_64bits_digest(state(hash_)));
  XXH3_64bits_reset(state(hash_));
  if (failed_ || stored_ - synced_ < kSyncBytes) return;
  disk_.start_sync(fd_, synced_, stored_ - synced_);
  synced_ = stored_;
}

void ImageSink::store(const void* bytes, size_t count) {
  if (key_) digester_.add(bytes, count);
  write_out(bytes, count);
  stored_ += count;
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
  if (chunk_fill_ > 0) end_chunk();
  const size_t bytes = checksums_.size() * sizeof(u64);
  header.place(Section::kChecksums) = {at_, bytes};
  header.checksums_hash = image_hash(checksums_.data(), bytes);
  header.plain_bytes = at_ + bytes;
  store(checksums_.data(), bytes);
  if (packer_) {
    header.is_packed = 1;
    header.sizes_hash = image_hash(sizes_.data(), bytes);
    store(sizes_.data(), bytes);
  }
  header.file_bytes = stored_;
  if (key_) {
    header.is_signed = 1;
    header.digest = digester_.digest();
    header.signer = public_key(*key_);
  }
  header.header_hash = image_hash(&header, offsetof(ImageHeader, header_hash));
  const std::string_view said(reinterpret_cast<const char*>(&header), offsetof(ImageHeader, signature));
  if (key_) header.signature = sign(*key_, said);
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

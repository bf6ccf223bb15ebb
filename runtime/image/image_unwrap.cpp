// See image_reader.h: images that are signed or packed. Both are copied to a file in memory, which nobody
// else can change afterwards, and it is the copy that is read and mapped from then on. The signature is
// compared before a single byte is unpacked.
#include <algorithm>
#include <cerrno>
#include <cstring>

#include "runtime/image/image_reader.h"
#include "runtime/image/image_sink.h"

namespace lisle::rt {

// Goes on with a copy in memory instead of the file. A negative error number if that cannot be.
int ImageFile::begin_copy(u64 bytes) {
  // A small file may claim to unpack to anything.
  if (bytes > host_.physical_memory()) return -ENOMEM;
  return host_.memory_file("lisle-image");
}

int ImageFile::append(int copy, const char* bytes, size_t count) {
  while (count > 0) {
    const i64 put = host_.write(copy, bytes, count);
    if (put == -EINTR) continue;
    if (put <= 0) return put ? static_cast<int>(put) : -ENOSPC;
    bytes += put;
    count -= static_cast<size_t>(put);
  }
  return 0;
}

void ImageFile::go_on_with(int copy) {
  host_.close(fd_);
  fd_ = host_.image_descriptor = move_aside(host_, copy);
}

std::string ImageFile::check_signer(const ImageTrust& trust) const {
  if (!header_.is_signed) return trust.keys.empty() ? "" : "'" + path_ + "' is not signed";
  const bool known = std::find(trust.keys.begin(), trust.keys.end(), header_.signer) != trust.keys.end();
  if (!trust.keys.empty() && !known)
    return "'" + path_ + "' is signed by " + hexadecimal(header_.signer) + ", which is not trusted";
  if (const std::string refusal = signing_refusal(); !refusal.empty())
    return "the signature of '" + path_ + "' cannot be compared: " + refusal;
  const std::string_view said(reinterpret_cast<const char*>(&header_), offsetof(ImageHeader, signature));
  return is_signed_by(header_.signer, header_.signature, said) ? "" : damaged("its signature");
}

std::string ImageFile::take_signed(const ImageTrust& trust) {
  std::string wrong = check_signer(trust);
  if (!wrong.empty() || !header_.is_signed) return wrong;
  const int copy = begin_copy(header_.file_bytes);
  if (copy < 0) return cannot_copy(copy);
  Digester digester;
  std::string piece(kImagePage, '\0');
  int failed = append(copy, piece.data(), piece.size());  // the place of the header, which was read already
  for (u64 at = kImagePage; at < header_.file_bytes && !failed; at += piece.size()) {
    piece.resize(std::min(kChunkBytes, header_.file_bytes - at));
    if (!read_at(at, piece.data(), piece.size())) failed = -EIO;
    digester.add(piece.data(), piece.size());
    if (!failed) failed = append(copy, piece.data(), piece.size());
  }
  go_on_with(copy);
  if (failed) return cannot_copy(failed);
  return digester.digest() == header_.digest ? "" : damaged("it is not what was signed");
}

std::string ImageFile::unpack(Sums sums) {
  if (const std::string refusal = packing_refusal(); !refusal.empty())
    return "'" + path_ + "' is packed, and " + refusal;
  // The file has room for both tables before there is memory for them.
  const u64 count = header_.chunks(), table = header_.place(Section::kChecksums).bytes;
  if (table / sizeof(u64) != count || table % sizeof(u64) || header_.file_bytes < kImagePage ||
      table > (header_.file_bytes - kImagePage) / 2)
    return damaged("its sections");
  std::vector<u64> sizes(count), expected(count);
  if (!read_at(header_.file_bytes - table, sizes.data(), table) ||
      !read_at(header_.file_bytes - 2 * table, expected.data(), table))
    return damaged("its checksums");
  if (sums == Sums::kCompared && (image_hash(sizes.data(), table) != header_.sizes_hash ||
                                  image_hash(expected.data(), table) != header_.checksums_hash))
    return damaged("its checksums");
  const int copy = begin_copy(header_.plain_bytes);
  if (copy < 0) return cannot_copy(copy);
  std::string wrong = unpack_chunks(copy, sizes, expected, sums);
  const int failed = wrong.empty() ? append(copy, reinterpret_cast<const char*>(expected.data()), table) : 0;
  go_on_with(copy);
  are_compared_ = sums == Sums::kCompared;
  return failed ? cannot_copy(failed) : wrong;
}

std::string ImageFile::unpack_chunks(int copy, const std::vector<u64>& sizes,
                                     const std::vector<u64>& expected, Sums sums) {
  Unpacker unpacker;
  std::string packed, chunk(kImagePage, '\0');
  if (const int failed = append(copy, chunk.data(), chunk.size())) return cannot_copy(failed);
  const u64 end = header_.file_bytes - 2 * sizes.size() * sizeof(u64);
  const u64 plain_end = header_.place(Section::kChecksums).offset;
  u64 at = kImagePage, plain_at = kImagePage;
  for (size_t i = 0; i < sizes.size(); ++i) {
    const std::string place = "the bytes from " + std::to_string(at) + " on";
    chunk.resize(std::min(kChunkBytes, plain_end - plain_at));
    if (sizes[i] > most_packed_bytes(kChunkBytes) || sizes[i] > end - at) return damaged(place);
    packed.resize(sizes[i]);
    if (!read_at(at, packed.data(), packed.size())) return damaged(place);
    const bool same = sums == Sums::kIgnored || image_hash(packed.data(), packed.size()) == expected[i];
    if (!same || !unpacker.unpack(packed, chunk.data(), chunk.size())) return damaged(place);
    if (const int failed = append(copy, chunk.data(), chunk.size())) return cannot_copy(failed);
    at += sizes[i];
    plain_at += chunk.size();
  }
  return at == end ? "" : damaged("its length");
}

}  // namespace lisle::rt

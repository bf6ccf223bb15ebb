// See packing.h. The only file that knows zstd.
#include "runtime/image/packing.h"

#ifdef LISLE_HAS_ZSTD
#include <zstd.h>
#endif

namespace lisle::rt {

#ifdef LISLE_HAS_ZSTD

namespace {

ZSTD_CCtx* packing(void* context) {
  return static_cast<ZSTD_CCtx*>(context);
}
ZSTD_DCtx* unpacking(void* context) {
  return static_cast<ZSTD_DCtx*>(context);
}

}  // namespace

std::string packing_refusal() {
  return "";
}
u64 most_packed_bytes(u64 count) {
  return ZSTD_compressBound(count);
}

Packer::Packer(int level) : context_(ZSTD_createCCtx()), level_(level) {}
Packer::~Packer() {
  ZSTD_freeCCtx(packing(context_));
}
std::string_view Packer::pack(std::string_view chunk) {
  packed_.resize(most_packed_bytes(chunk.size()));
  if (!context_) return {};
  const size_t size = ZSTD_compressCCtx(packing(context_), packed_.data(), packed_.size(), chunk.data(),
                                        chunk.size(), level_);
  return ZSTD_isError(size) ? std::string_view() : std::string_view(packed_).substr(0, size);
}

Unpacker::Unpacker() : context_(ZSTD_createDCtx()) {}
Unpacker::~Unpacker() {
  ZSTD_freeDCtx(unpacking(context_));
}
bool Unpacker::unpack(std::string_view packed, char* to, size_t count) {
  if (!context_) return false;
  return ZSTD_decompressDCtx(unpacking(context_), to, count, packed.data(), packed.size()) == count;
}

#else

std::string packing_refusal() {
  return "this Lisle was built without zstd";
}
u64 most_packed_bytes(u64 count) {
  return count;
}
Packer::Packer(int level) : level_(level) {}
Packer::~Packer() = default;
std::string_view Packer::pack(std::string_view) {
  return {};
}
Unpacker::Unpacker() = default;
Unpacker::~Unpacker() = default;
bool Unpacker::unpack(std::string_view, char*, size_t) {
  return false;
}

#endif

}  // namespace lisle::rt

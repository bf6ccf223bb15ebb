// See heap_image.h.
#include "runtime/heap/heap_image.h"

#include <algorithm>
#include <cstring>

namespace lisle::rt {

void HeapImage::settle() {
  heap_.collect(Heap::Scope::kFull);
  for (size_t b = 0; b < space_.blocks_.size(); ++b) {
    if (!space_.blocks_[b].in_use) continue;
    const u8* lines = space_.lines_ + b * kLinesPerBlock;
    for (size_t line = 0; line < kLinesPerBlock; ++line)
      if (!lines[line]) std::memset(space_.block_base(b) + line * kLineBytes, 0, kLineBytes);
  }
}

HeapNumbers HeapImage::numbers() const {
  return {reinterpret_cast<u64>(space_.range_.base),
          reinterpret_cast<u64>(large_.range_.base),
          space_.blocks_.size(),
          heap_.live_bytes_,
          heap_.full_threshold_,
          heap_.collections_};
}

std::span<const u64> HeapImage::marks() const {
  return {space_.marks_, space_.used_bytes() / kGranuleBytes / 64};
}

std::span<const u8> HeapImage::lines() const {
  return {space_.lines_, space_.used_bytes() / kLineBytes};
}

std::vector<LargeRun> HeapImage::runs() const {
  large_.sort();
  std::vector<LargeRun> result;
  for (const LargeSpace::Run& run : large_.runs_)
    result.push_back({reinterpret_cast<u64>(run.start), run.bytes});
  return result;
}

bool HeapImage::fits(const HeapNumbers& numbers, std::span<const LargeRun> runs) const {
  if (numbers.blocks > space_.range_.bytes / kBlockBytes) return false;
  u64 from = reinterpret_cast<u64>(large_.range_.base);
  const u64 end = from + large_.range_.bytes;
  for (const LargeRun& run : runs) {
    if (run.address < from || run.address % kPageBytes || run.bytes % kPageBytes || run.bytes == 0)
      return false;
    if (run.bytes > end - run.address || run.address > end) return false;
    from = run.address + run.bytes;
  }
  return true;
}

void HeapImage::adopt(const HeapNumbers& numbers, std::span<const u8> in_use,
                      std::span<const LargeRun> runs) {
  space_.blocks_.resize(numbers.blocks);
  for (size_t b = numbers.blocks; b-- > 0;) {
    space_.blocks_[b] = {0, in_use[b] != 0};
    if (!in_use[b]) space_.free_.push_back(static_cast<u32>(b));
  }
  space_.scan_end_ = numbers.blocks;
  char* from = large_.range_.base;
  for (const LargeRun& run : runs) {
    char* start = reinterpret_cast<char*>(run.address);
    if (start > from) large_.free_.push_back({from, static_cast<size_t>(start - from), 0});
    large_.runs_.push_back({start, run.bytes, true});
    large_.bytes_ += run.bytes;
    from = start + run.bytes;
  }
  large_.top_ = from;
  heap_.live_bytes_ = numbers.live_bytes;
  heap_.budget_ = kFirstBudget + numbers.live_bytes / 4;
  heap_.full_threshold_ = numbers.full_threshold;
  heap_.collections_ = numbers.collections;
}

bool HeapImage::owns(const Object& o, size_t bytes) const {
  const char* start = reinterpret_cast<const char*>(&o);
  if (bytes < sizeof(Object) || bytes > kMaxObjectBytes + kPageBytes) return false;
  if (large_.contains(start)) {
    const LargeSpace::Run* run = large_.find(start);
    return run && run->start == start && bytes <= run->bytes && (o.gc & kGcLarge);
  }
  const size_t offset = static_cast<size_t>(start - space_.range_.base);
  const size_t block = offset / kBlockBytes;
  if ((o.gc & kGcLarge) || !space_.blocks_[block].in_use || offset % kBlockBytes + bytes > kBlockBytes)
    return false;
  for (size_t line = offset / kLineBytes; line <= (offset + bytes - 1) / kLineBytes; ++line)
    if (!space_.lines_[line]) return false;
  for (size_t at = kGranuleBytes; at < bytes; at += kGranuleBytes)
    if (space_.test_mark(start + at)) return false;
  return true;
}

bool HeapImage::is_object(u64 address) {
  const char* p = reinterpret_cast<const char*>(address);
  if (address % kGranuleBytes) return false;
  if (space_.contains(p)) return space_.test_mark(p);
  if (!large_.contains(p)) return false;
  const LargeSpace::Run* run = large_.find(p);
  return run && run->start == p;
}

}  // namespace lisle::rt

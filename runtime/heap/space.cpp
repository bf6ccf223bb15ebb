// Address ranges, blocks and holes. See space.h.
#include "runtime/heap/space.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace lisle::rt {

namespace {

// Heaps start here, a slot of this size apart, so that an image mapped by another process finds its addresses
// free.
constexpr u64 kFixedPlace = 0x100000000000;
constexpr u64 kSlotBytes = u64{1} << 40;
constexpr u32 kSlots = 16;
constexpr u8 kPoison = 0xDB;

constexpr size_t kSmallReserve = size_t{1} << 37;
constexpr size_t kLargeReserve = size_t{1} << 38;
constexpr size_t kLeastReserve = size_t{1} << 28;
// A heap that has grown large is given its pages a run of blocks at a time: a page that faults costs several
// times what clearing it does.
constexpr size_t kPopulateFrom = 512;
constexpr size_t kPopulateBlocks = 16;

char* map_at(u64 address, size_t bytes) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (address ? MAP_FIXED_NOREPLACE : 0);
  void* p = mmap(reinterpret_cast<void*>(address), bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
  return p == MAP_FAILED ? nullptr : static_cast<char*>(p);
}

}  // namespace

Reservation::Reservation(size_t wanted, size_t least, u32 slot_hint) {
  for (size_t size = wanted; size >= least; size /= 2) {
    for (u32 slot = 0; slot < kSlots && slot_hint; ++slot) {
      u64 place = kFixedPlace + slot * kSlotBytes + (slot_hint - 1) * (kSlotBytes / 4);
      base = map_at(place, size);
      if (base) break;
    }
    // Everything taken (or no preference): anywhere, with room to align to a block.
    if (!base) {
      char* p = map_at(0, size + kBlockBytes);
      if (p) {
        char* aligned =
            reinterpret_cast<char*>((reinterpret_cast<u64>(p) + kBlockBytes - 1) & ~(kBlockBytes - 1));
        if (aligned != p) munmap(p, static_cast<size_t>(aligned - p));
        munmap(aligned + size, static_cast<size_t>(p + kBlockBytes - aligned));
        base = aligned;
      }
    }
    if (base) {
      bytes = size;
      return;
    }
  }
  std::fputs("lisle: cannot reserve memory for the heap\n", stderr);
  std::abort();
}

Reservation::Reservation(char* place, size_t wanted, size_t least) {
  for (size_t size = wanted; size >= least && !base; size /= 2) {
    base = map_at(reinterpret_cast<u64>(place), size);
    bytes = size;
  }
}

Reservation::~Reservation() {
  if (base) munmap(base, bytes);
}

Space::Space()
    : range_(kSmallReserve, kLeastReserve, 1),
      marks_range_(range_.bytes / kGranuleBytes / 8, range_.bytes / kGranuleBytes / 8, 0),
      lines_range_(range_.bytes / kLineBytes, range_.bytes / kLineBytes, 0),
      marks_(reinterpret_cast<u64*>(marks_range_.base)),
      lines_(reinterpret_cast<u8*>(lines_range_.base)) {}

Space::Space(char* place)
    : range_(place, kSmallReserve, kLeastReserve),
      marks_range_(range_.bytes / kGranuleBytes / 8, range_.bytes / kGranuleBytes / 8, 0),
      lines_range_(range_.bytes / kLineBytes, range_.bytes / kLineBytes, 0),
      marks_(reinterpret_cast<u64*>(marks_range_.base)),
      lines_(reinterpret_cast<u8*>(lines_range_.base)) {}

void Space::clear_marks() {
  std::memset(marks_, 0, used_bytes() / kGranuleBytes / 8);
  std::memset(lines_, 0, used_bytes() / kLineBytes);
}

size_t Space::marked_line_bytes() const {
  size_t count = 0;
  for (size_t line = 0; line < used_bytes() / kLineBytes; ++line) count += lines_[line];
  return count * kLineBytes;
}

bool Space::add_block(size_t& block) {
  if (!free_.empty()) {
    block = free_.back();
    free_.pop_back();
  } else {
    if (used_bytes() + kBlockBytes > range_.bytes) return false;
    block = blocks_.size();
    blocks_.push_back({0, false, true});
    if (block >= kPopulateFrom && block % kPopulateBlocks == 0)
      madvise(block_base(block), kPopulateBlocks * kBlockBytes, MADV_POPULATE_WRITE);
  }
  blocks_[block].consumed = 0;
  blocks_[block].in_use = true;
  return true;
}

bool Space::next_hole(char*& cursor, char*& limit) {
  for (;;) {
    if (has_current_) {
      Block& block = blocks_[current_];
      const u8* lines = lines_ + current_ * kLinesPerBlock;
      size_t start = block.consumed;
      while (start < kLinesPerBlock && lines[start]) ++start;
      size_t end = start;
      while (end < kLinesPerBlock && !lines[end]) ++end;
      block.consumed = static_cast<u16>(end);
      if (start < kLinesPerBlock) {
        cursor = block_base(current_) + start * kLineBytes;
        limit = block_base(current_) + end * kLineBytes;
        if (!block.pristine) std::memset(cursor, 0, static_cast<size_t>(limit - cursor));
        block.pristine = false;
        return true;
      }
    }
    has_current_ = true;
    while (scan_ < scan_end_ && !(blocks_[scan_].in_use && blocks_[scan_].consumed == 0)) ++scan_;
    if (scan_ < scan_end_) {
      current_ = scan_++;
    } else if (!add_block(current_)) {
      has_current_ = false;
      return false;
    }
  }
}

bool Space::fresh_block(char*& cursor, char*& limit) {
  size_t block;
  if (!add_block(block)) return false;
  current_ = block;
  has_current_ = true;
  blocks_[block].consumed = kLinesPerBlock;
  cursor = block_base(block);
  limit = cursor + kBlockBytes;
  if (!blocks_[block].pristine) std::memset(cursor, 0, kBlockBytes);
  blocks_[block].pristine = false;
  return true;
}

void Space::restart(bool poison) {
  free_.clear();
  for (size_t b = blocks_.size(); b-- > 0;) {
    const u8* lines = lines_ + b * kLinesPerBlock;
    bool any = std::memchr(lines, 1, kLinesPerBlock) != nullptr;
    blocks_[b].consumed = 0;
    blocks_[b].in_use = any;
    if (!any) free_.push_back(static_cast<u32>(b));
    if (!poison) continue;
    blocks_[b].pristine = false;
    for (size_t line = 0; line < kLinesPerBlock; ++line)
      if (!lines[line]) std::memset(block_base(b) + line * kLineBytes, kPoison, kLineBytes);
  }
  has_current_ = false;
  scan_ = 0;
  scan_end_ = blocks_.size();
}

void Space::give_back(size_t kept) {
  // The free list ends with the lowest blocks, which are used first: the highest go.
  size_t count = free_.size() - std::min(free_.size(), kept / kBlockBytes);
  for (size_t i = 0; i < count;) {
    size_t last = free_[i], first = last;
    bool used = false;
    do {
      first = free_[i];
      used |= !blocks_[first].pristine;
      blocks_[first].pristine = true;
    } while (++i < count && free_[i] + 1 == first);
    if (used) madvise(block_base(first), (last - first + 1) * kBlockBytes, MADV_DONTNEED);
  }
}

Space::Found Space::find(const char* p) const {
  size_t offset = static_cast<size_t>(p - range_.base);
  size_t block = offset / kBlockBytes;
  if (!blocks_[block].in_use) return {nullptr, false, nullptr};
  const u8* lines = lines_ + block * kLinesPerBlock;
  size_t line = offset % kBlockBytes / kLineBytes;
  if (!lines[line]) {
    if (line >= blocks_[block].consumed) return {nullptr, false, nullptr};
    size_t start = line, end = line;
    while (start > 0 && !lines[start - 1]) --start;
    while (end < kLinesPerBlock && !lines[end]) ++end;
    return {block_base(block) + start * kLineBytes, true, block_base(block) + end * kLineBytes};
  }
  size_t g = offset / kGranuleBytes;
  size_t lowest = block * (kBlockBytes / kGranuleBytes);
  for (;;) {
    if (marks_[g / 64] >> (g % 64) & 1) return {range_.base + g * kGranuleBytes, false, nullptr};
    if (g == lowest) return {nullptr, false, nullptr};
    --g;
  }
}

LargeSpace::LargeSpace() : range_(kLargeReserve, kLeastReserve, 2), top_(range_.base) {}

LargeSpace::LargeSpace(char* place) : range_(place, kLargeReserve, kLeastReserve), top_(range_.base) {}

namespace {

// Many pages at once are faulted in by the system's large pages, where it has them: that takes a fifth of the
// time. A smaller run would hold memory that it does not use.
void ask_for_large_pages(char* start, size_t bytes) {
  constexpr size_t kHugePage = size_t{2} << 20, kLeast = 2 * kHugePage;
  if (bytes < kLeast) return;
  const u64 first = (reinterpret_cast<u64>(start) + kHugePage - 1) & ~(kHugePage - 1);
  const u64 end = reinterpret_cast<u64>(start + bytes) & ~(kHugePage - 1);
  if (first < end) madvise(reinterpret_cast<char*>(first), end - first, MADV_HUGEPAGE);
}

size_t whole_pages(size_t bytes) {
  return (bytes + kPageBytes - 1) & ~(kPageBytes - 1);
}

}  // namespace

// The first `bytes` of a gap are in use from now on.
void LargeSpace::take_from(size_t gap, size_t bytes, Content content) {
  Gap& from = free_[gap];
  const size_t used = std::min(bytes, from.used);
  if (content == Content::kZeros) std::memset(from.start, 0, used);
  from.start += bytes;
  from.bytes -= bytes;
  from.used -= used;
  bytes_ += bytes;
  if (from.bytes > 0) return;
  free_.erase(free_.begin() + static_cast<std::ptrdiff_t>(gap));
}

// Pages that nobody has used, and those of a gap before them. Null when there are not enough.
char* LargeSpace::take_from_top(size_t bytes, Content content) {
  const bool gap_before = !free_.empty() && free_.back().start + free_.back().bytes == top_;
  char* start = gap_before ? free_.back().start : top_;
  if (static_cast<size_t>(range_.base + range_.bytes - start) < bytes) return nullptr;
  if (gap_before) {
    bytes_ += bytes - free_.back().bytes;
    take_from(free_.size() - 1, free_.back().bytes, content);
  } else {
    bytes_ += bytes;
  }
  ask_for_large_pages(top_, static_cast<size_t>(start + bytes - top_));
  top_ = start + bytes;
  return start;
}

char* LargeSpace::allocate(size_t bytes, Content content) {
  bytes = whole_pages(bytes);
  char* start = nullptr;
  for (size_t i = 0; i < free_.size() && !start; ++i) {
    if (free_[i].bytes < bytes) continue;
    start = free_[i].start;
    take_from(i, bytes, content);
  }
  if (!start) start = take_from_top(bytes, content);
  if (!start) return nullptr;
  runs_.push_back({start, bytes, false});
  sorted_ = false;
  return start;
}

// What grows or shrinks was made lately, as a rule.
LargeSpace::Run& LargeSpace::run_at(char* start) {
  constexpr size_t kLately = 8;
  for (size_t i = runs_.size(); i-- > 0 && runs_.size() - i <= kLately;)
    if (runs_[i].start == start) return runs_[i];
  sort();
  return *find(start);
}

bool LargeSpace::extend(char* start, size_t bytes, Content content) {
  Run& run = run_at(start);
  bytes = whole_pages(bytes);
  if (bytes <= run.bytes) return true;
  const size_t more = bytes - run.bytes;
  char* end = run.start + run.bytes;
  const auto gap = std::lower_bound(free_.begin(), free_.end(), Gap{end, 0, 0});
  const bool gap_behind = gap != free_.end() && gap->start == end;
  if (gap_behind && gap->bytes >= more) {
    take_from(static_cast<size_t>(gap - free_.begin()), more, content);
  } else {
    const bool at_top = gap_behind ? gap->start + gap->bytes == top_ : end == top_;
    if (!at_top || !take_from_top(more, content)) return false;
  }
  run.bytes = bytes;
  return true;
}

size_t LargeSpace::truncate(char* start, size_t bytes) {
  Run& run = run_at(start);
  bytes = whole_pages(bytes);
  const size_t freed = run.bytes - bytes;
  if (freed == 0) return 0;
  run.bytes = bytes;
  const Gap gap{start + bytes, freed, freed};
  free_.insert(std::upper_bound(free_.begin(), free_.end(), gap), gap);
  join_gaps();
  bytes_ -= freed;
  return freed;
}

bool LargeSpace::fits(size_t bytes) const {
  bytes = whole_pages(bytes);
  if (static_cast<size_t>(range_.base + range_.bytes - top_) >= bytes) return true;
  return std::any_of(free_.begin(), free_.end(), [&](const Gap& gap) { return gap.bytes >= bytes; });
}

void LargeSpace::sort() {
  if (sorted_) return;
  std::sort(runs_.begin(), runs_.end(), [](const Run& a, const Run& b) { return a.start < b.start; });
  sorted_ = true;
}

LargeSpace::Run* LargeSpace::find(const void* p) {
  auto it = std::upper_bound(runs_.begin(), runs_.end(), static_cast<const char*>(p),
                             [](const char* address, const Run& run) { return address < run.start; });
  if (it == runs_.begin()) return nullptr;
  --it;
  return static_cast<const char*>(p) < it->start + it->bytes ? &*it : nullptr;
}

void LargeSpace::clear_marks() {
  for (Run& run : runs_) run.marked = false;
}

void LargeSpace::sweep(bool poison) {
  size_t live = 0;
  for (Run& run : runs_) {
    if (run.marked) {
      runs_[live++] = run;
      continue;
    }
    bytes_ -= run.bytes;
    free_.push_back({run.start, run.bytes, run.bytes});
    if (poison) std::memset(run.start, kPoison, run.bytes);
  }
  runs_.resize(live);
  std::sort(free_.begin(), free_.end());
  join_gaps();
}

void LargeSpace::give_back(size_t kept) {
  // The lowest gaps are filled first: they keep their pages.
  for (Gap& gap : free_) {
    const size_t keeps = std::min(gap.used, kept / kPageBytes * kPageBytes);
    if (keeps < gap.used) madvise(gap.start + keeps, gap.used - keeps, MADV_DONTNEED);
    gap.used = keeps;
    kept -= keeps;
  }
  join_gaps();
}

void LargeSpace::join_gaps() {
  size_t out = 0;
  for (const Gap& gap : free_) {
    Gap* last = out > 0 ? &free_[out - 1] : nullptr;
    if (last && last->start + last->bytes == gap.start) {
      if (gap.used > 0) last->used = last->bytes + gap.used;
      last->bytes += gap.bytes;
    } else {
      free_[out++] = gap;
    }
  }
  free_.resize(out);
  if (free_.empty() || free_.back().start + free_.back().bytes != top_) return;
  // Beyond the end all pages are as the system delivers them.
  Gap& last = free_.back();
  top_ = last.start + last.used;
  last.bytes = last.used;
  if (last.used == 0) free_.pop_back();
}

}  // namespace lisle::rt

// See image_reader.h. Nothing of the file is believed before it was compared with the size of the file and
// with the tables of this build.
#include "runtime/image/image_reader.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "runtime/hooks.h"
#include "runtime/image/frames.h"
#include "runtime/image/heap_check.h"
#include "runtime/image/image_sink.h"
#include "runtime/image/native_names.h"
#include "runtime/tasks/scheduler.h"

namespace lisle::rt {

ImageFile::~ImageFile() {
  if (fd_ < 0) return;
  if (host_.image_descriptor == fd_) host_.image_descriptor = -1;
  host_.close(fd_);
}

std::string ImageFile::cannot_map(int error) const {
  return "cannot map the image '" + path_ + "': " + strerror(-error);
}

std::string ImageFile::cannot_copy(int error) const {
  return "cannot copy the image '" + path_ + "' to memory: " + strerror(-error);
}

bool ImageFile::read_at(u64 offset, void* bytes, size_t count) {
  if (host_.seek(fd_, static_cast<i64>(offset), SEEK_SET) < 0) return false;
  char* to = static_cast<char*>(bytes);
  while (count > 0) {
    const i64 got = host_.read(fd_, to, count);
    if (got <= 0) return false;
    to += got;
    count -= static_cast<size_t>(got);
  }
  return true;
}

std::string ImageFile::open(const std::string& path, Sums sums, const ImageTrust& trust) {
  path_ = path;
  fd_ = host_.open(path.c_str(), O_RDONLY, 0);
  if (fd_ < 0) return "cannot open the image '" + path + "': " + strerror(-fd_);
  fd_ = host_.image_descriptor = move_aside(host_, fd_);
  std::string wrong = read_header(sums);
  if (wrong.empty() && (trust.compares_signature || !trust.keys.empty())) wrong = take_signed(trust);
  if (wrong.empty() && header_.is_packed) wrong = unpack(sums);
  return wrong.empty() ? read_preface() : wrong;
}

std::string ImageFile::read_header(Sums sums) {
  char page[kImagePage];
  if (!read_at(0, page, sizeof page)) return "'" + path_ + "' is not an image of Lisle";
  std::memcpy(&header_, page, sizeof header_);
  if (header_.magic != kImageMagic) return "'" + path_ + "' is not an image of Lisle";
  if (header_.version != kImageVersion)
    return "'" + path_ + "' is an image of version " + std::to_string(header_.version) +
           ", this Lisle reads version " + std::to_string(kImageVersion);
  const bool same = header_.header_hash == image_hash(&header_, offsetof(ImageHeader, header_hash));
  if (!same && sums == Sums::kCompared) return damaged("its header");
  struct ::stat info;
  if (host_.stat_descriptor(fd_, info) < 0 || static_cast<u64>(info.st_size) != header_.file_bytes)
    return damaged("its length");
  if (!header_.is_packed && header_.plain_bytes != header_.file_bytes) return damaged("its length");
  u64 end = kImagePage;
  for (const SectionPlace& place : header_.sections) {
    const bool after = place.offset >= end && place.offset <= header_.plain_bytes;
    if (!after || place.bytes > header_.plain_bytes - place.offset) return damaged("its sections");
    end = place.offset + place.bytes;
  }
  return "";
}

// Mapped rather than read: a page that nobody looks at costs nothing.
int ImageFile::map_section(Section which, std::unique_ptr<Reservation>& pages) {
  const SectionPlace& place = header_.place(which);
  const size_t bytes = (place.bytes + kImagePage - 1) / kImagePage * kImagePage;
  if (place.offset % kImagePage) return -EINVAL;
  pages = std::make_unique<Reservation>(bytes + kImagePage, bytes + kImagePage, 0);
  return place.bytes ? host_.map(fd_, static_cast<i64>(place.offset), pages->base, place.bytes) : 0;
}

std::string ImageFile::read_preface() {
  const int failed = map_section(Section::kWorld, world_pages_);
  if (failed) return cannot_map(failed);
  world_ = {world_pages_->base, header_.place(Section::kWorld).bytes};
  ImageIn in(world_);
  preface_.describe(in);
  world_start_ = world_.size() - in.left();
  return in.good() ? "" : damaged("its preface");
}

bool ImageFile::is_large() const {
  constexpr u64 kLargeBytes = u64{8} << 20;
  return header_.plain_bytes > kLargeBytes;
}

std::string ImageFile::check_sums(Extent extent, const std::atomic<bool>* stops) {
  if (are_compared_) return "";
  const SectionPlace& place = header_.place(Section::kChecksums);
  std::vector<u64> expected(place.bytes / sizeof(u64));
  if (!read_at(place.offset, expected.data(), place.bytes)) return damaged("its checksums");
  if (image_hash(expected.data(), place.bytes) != header_.checksums_hash) return damaged("its checksums");
  auto touches = [](const SectionPlace& section, u64 from, u64 to) {
    return section.offset < to && from < section.offset + section.bytes;
  };
  std::string chunk;
  size_t index = 0;
  for (u64 at = kImagePage; at < place.offset; at += kChunkBytes, ++index) {
    if (stops && *stops) return "";
    const u64 size = std::min(kChunkBytes, place.offset - at);
    const bool wanted = extent == Extent::kAll || touches(header_.place(Section::kWorld), at, at + size) ||
                        touches(header_.place(Section::kBlocks), at, at + size);
    if (!wanted) continue;
    chunk.resize(size);
    if (!read_at(at, chunk.data(), size) || index >= expected.size() ||
        image_hash(chunk.data(), size) != expected[index])
      return damaged("the bytes from " + std::to_string(at) + " on");
  }
  return index == expected.size() ? "" : damaged("its checksums");
}

std::string ImageFile::map_heap(HeapImage& heap) {
  std::vector<LargeRun> runs;
  for (size_t i = 0; i + 1 < preface_.runs.size(); i += 2)
    runs.push_back({preface_.runs[i], preface_.runs[i + 1]});
  if (!heap.fits(preface_.heap, runs)) return damaged("the places of its pages");
  const u64 blocks = preface_.heap.blocks;
  const SectionPlace& used = header_.place(Section::kBlocks);
  const SectionPlace& small = header_.place(Section::kSmall);
  const SectionPlace& large = header_.place(Section::kLarge);
  const SectionPlace& marks = header_.place(Section::kMarks);
  const SectionPlace& lines = header_.place(Section::kLines);
  if (used.bytes != blocks || marks.bytes != blocks * kBlockBytes / kGranuleBytes / 8 ||
      lines.bytes != blocks * kLinesPerBlock)
    return damaged("the sizes of its sections");
  std::vector<u8> in_use(blocks);
  if (!read_at(used.offset, in_use.data(), blocks)) return damaged("its table of blocks");
  int failed = host_.map(fd_, static_cast<i64>(marks.offset), heap.marks_place(), marks.bytes);
  if (!failed) failed = host_.map(fd_, static_cast<i64>(lines.offset), heap.lines_place(), lines.bytes);
  u64 at = small.offset;
  for (size_t b = 0; b < blocks && !failed;) {
    size_t end = b;
    while (end < blocks && in_use[end]) ++end;
    const u64 bytes = (end - b) * kBlockBytes;
    if (bytes > small.offset + small.bytes - at) return damaged("its blocks");
    if (bytes) failed = host_.map(fd_, static_cast<i64>(at), heap.block_place(b), bytes);
    at += bytes;
    b = end + 1;
  }
  at = large.offset;
  for (size_t i = 0; i < runs.size() && !failed;) {
    // Neighbours are mapped by one call.
    const u64 start = runs[i].address;
    u64 bytes = 0;
    for (; i < runs.size() && runs[i].address == start + bytes; ++i) bytes += runs[i].bytes;
    if (bytes > large.offset + large.bytes - at) return damaged("its large objects");
    failed = host_.map(fd_, static_cast<i64>(at), reinterpret_cast<void*>(start), bytes);
    at += bytes;
  }
  if (failed) return cannot_map(failed);
  heap.adopt(preface_.heap, in_use, runs);
  return "";
}

std::string ImageFile::restore_natives(Runtime& rt) {
  const NativeNames names;
  const size_t count = preface_.natives.size();
  const bool same_build =
      preface_.native_fingerprint == names.fingerprint() && preface_.native_numbers.size() == count;
  rt.natives.reserve(count + 256);
  for (size_t i = 0; i < count; ++i) {
    const std::string& name = preface_.natives[i];
    const NativeNames::Found found =
        same_build ? names.at(preface_.native_numbers[i], name) : names.find(name);
    if (!found.spec || !found.spec->signature)
      return "'" + path_ + "' needs the native function '" + name + "', which this Lisle has not";
    register_native(rt, *found.spec, found.owner);
    if (found.accessor) rt.natives.back().fn = found.accessor;
  }
  return "";
}

std::string ImageFile::map_tasklets(Runtime& rt) {
  const SectionPlace& place = header_.place(Section::kTasklets);
  if (place.bytes % sizeof(u64)) return damaged("its list of tasklets");
  std::unique_ptr<Reservation> pages;
  const int failed = map_section(Section::kTasklets, pages);
  if (failed) return cannot_map(failed);
  rt.scheduler->tasklets.adopt(std::move(pages), place.bytes / sizeof(u64));
  return "";
}

std::string ImageFile::load_into(Runtime& rt, std::vector<std::string>& warnings, bool opens, bool checks) {
  if (header_.schema != image_schema(rt))
    return "'" + path_ + "' was saved by a Lisle whose objects have other layouts";
  HeapImage heap(rt.heap);
  std::string wrong = map_heap(heap);
  if (wrong.empty()) wrong = restore_natives(rt);
  if (wrong.empty()) wrong = map_tasklets(rt);
  if (!wrong.empty()) return wrong;
  ImageIn in(world_.substr(world_start_));
  in.check_pointers(heap);
  if (!checks) in.trust_lists();
  std::vector<Code*> codes;
  read_world(in, rt, codes);
  const Scheduler& scheduler = *rt.scheduler;
  const bool whole = in.good() && !scheduler.rings.empty() && scheduler.rings.front() &&
                     scheduler.main_ring().main && rt.thread.current && rt.thread.current->top &&
                     rt.thread.current->segment;
  if (!whole) return damaged("its world");
  if (checks) {
    const std::string found = check_heap(rt, heap, preface_.continuations);
    if (!found.empty()) return damaged(found);
  }
  if (!restore_frames(rt, heap, preface_.continuations, codes)) return damaged("its frames");
  rt.thread.limit = rt.thread.current->segment->end;
  rt.thread.distrusts = true;
  // What was worked out about code is worked out again.
  rt.scheduler->places = nullptr;
  rt.scheduler->places_used = 0;
  if (!opens) return "";
  restore_descriptors(*rt.host, preface_.descriptors, warnings);
  if (host_.change_directory(preface_.directory.c_str()) < 0)
    warnings.push_back("the working directory '" + preface_.directory + "' is gone");
  // Time goes on where it stood: what slept for ten more seconds still does.
  rt.host->monotonic_offset += preface_.monotonic - rt.host->now_ns(Clock::kMonotonic);
  rt.heap.paused = false;
  load_ticks(rt);
  return "";
}

}  // namespace lisle::rt

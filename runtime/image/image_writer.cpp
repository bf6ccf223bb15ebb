// See image_writer.h. The order is the point: the heap is settled first, frames lose their addresses only
// while pages are copied, and the new file takes the place of the old one last.
#include "runtime/image/image_writer.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/image/frames.h"
#include "runtime/image/image_sink.h"
#include "runtime/image/native_names.h"
#include "runtime/image/world.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/file.h"

namespace lisle::rt {

namespace {

std::string folder_of(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string failure(const std::string& what, int error) {
  return "cannot " + what + ": " + strerror(-error);
}

WorldPreface preface_of(Runtime& rt, HeapImage& heap, std::string& refusal) {
  WorldPreface preface;
  preface.heap = heap.numbers();
  for (const LargeRun& run : heap.runs()) {
    preface.runs.push_back(run.address);
    preface.runs.push_back(run.bytes);
  }
  const NativeNames names;
  for (const NativeEntry& entry : rt.natives) {
    std::string name = names.name_of(entry);
    if (name.empty())
      refusal = std::string("the native function ") + entry.spec->name + "() belongs to the host";
    preface.natives.push_back(std::move(name));
    preface.native_numbers.push_back(names.number_of(entry));
  }
  preface.native_fingerprint = names.fingerprint();
  preface.continuations = continuation_names(rt);
  rt.host->current_directory(preface.directory);
  preface.descriptors = saved_descriptors(*rt.host);
  preface.monotonic = rt.host->now_ns(Clock::kMonotonic);
  return preface;
}

class Writer {
 public:
  Writer(SaveDisk& disk, const Wrapping& wrapping, HeapImage& heap, std::span<Tasklet* const> tasklets,
         ImageHeader& header)
      : heap_(heap), tasklets_(tasklets), header_(header), sink_(disk, wrapping) {}

  ImageSink& sink() { return sink_; }

  void section(Section which, auto&& write) {
    const u64 start = sink_.align();
    write();
    header_.place(which) = {start, sink_.at() - start};
  }
  void bytes(Section which, const void* from, size_t count) {
    section(which, [&] { sink_.put(from, count); });
  }
  // How large the file will be, give or take the rest of a page for each section.
  u64 expected(const std::string& world) const {
    const HeapNumbers numbers = heap_.numbers();
    u64 sum = kImagePage * (1 + kSectionCount) + world.size() + tasklets_.size_bytes() +
              heap_.marks().size_bytes() + heap_.lines().size_bytes() + numbers.blocks;
    for (size_t b = 0; b < numbers.blocks; ++b) sum += heap_.block_in_use(b) ? kBlockBytes : 0;
    for (const LargeRun& run : heap_.runs()) sum += run.bytes;
    return sum + sum / kChunkBytes * sizeof(u64);
  }
  void pages(const std::string& world) {
    bytes(Section::kWorld, world.data(), world.size());
    bytes(Section::kTasklets, tasklets_.data(), tasklets_.size_bytes());
    bytes(Section::kMarks, heap_.marks().data(), heap_.marks().size_bytes());
    bytes(Section::kLines, heap_.lines().data(), heap_.lines().size_bytes());
    const size_t blocks = heap_.numbers().blocks;
    std::string in_use(blocks, '\0');
    for (size_t b = 0; b < blocks; ++b) in_use[b] = heap_.block_in_use(b);
    bytes(Section::kBlocks, in_use.data(), in_use.size());
    section(Section::kSmall, [&] {
      for (size_t b = 0; b < blocks;) {
        size_t end = b;
        while (end < blocks && heap_.block_in_use(end)) ++end;
        if (end > b) sink_.put(heap_.block(b), (end - b) * kBlockBytes);
        b = end + 1;
      }
    });
    section(Section::kLarge, [&] {
      for (const LargeRun& run : heap_.runs())
        sink_.put(reinterpret_cast<const void*>(run.address), run.bytes);
    });
  }

 private:
  HeapImage& heap_;
  std::span<Tasklet* const> tasklets_;
  ImageHeader& header_;
  ImageSink sink_;
};

// What a save that was killed left beside the image.
void remove_leftovers(Host& host, const std::string& prefix) {
  const std::string folder = folder_of(prefix);
  const std::string name = prefix.substr(prefix.rfind('/') + 1);
  std::vector<DirectoryEntry> entries;
  if (host.list_directory(folder.c_str(), entries) < 0) return;
  for (const DirectoryEntry& entry : entries) {
    if (!entry.name.starts_with(name)) continue;
    const i64 process = std::atoll(entry.name.c_str() + name.size());
    if (process > 0 && process != host.process_id() && host.kill(process, 0) != -ESRCH) continue;
    host.unlink((folder + "/" + entry.name).c_str());
  }
}

// The image that is there becomes the first of the older ones. It keeps its own name meanwhile, so that there
// is one under that name at any moment. Only what would lose an older one is an error: there may be none yet.
int rotate(SaveDisk& disk, const std::string& path, u32 generations) {
  auto failed = [](int outcome) { return outcome < 0 && outcome != -ENOENT; };
  for (u32 n = generations; n > 1; --n) {
    const std::string older = path + "." + std::to_string(n), newer = path + "." + std::to_string(n - 1);
    if (const int moved = disk.rename(newer, older); failed(moved)) return moved;
  }
  if (generations == 0) return 0;
  const std::string first = path + ".1";
  if (const int gone = disk.unlink(first); failed(gone)) return gone;
  const int linked = disk.link(path, first);
  return failed(linked) ? linked : 0;
}

int sync_folder(SaveDisk& disk, const std::string& folder) {
  const int fd = disk.open(folder, O_RDONLY | O_DIRECTORY);
  if (fd < 0) return fd;
  const int synced = disk.sync(fd), closed = disk.close(fd);
  return synced < 0 ? synced : closed;
}

}  // namespace

std::string save_image(Runtime& rt, const SaveOptions& options) {
  Host& host = *rt.host;
  if (rt.scheduler->nesting > 0) return "cannot save an image while the host waits for a call";
  flush_writers(rt);
  flush_standard_streams(rt);
  HeapImage heap(rt.heap);
  heap.settle();
  std::string refusal;
  settle_ticks(rt);
  ImageOut world;
  WorldPreface preface = preface_of(rt, heap, refusal);

  ImageHeader header{};
  header.magic = kImageMagic;
  header.version = kImageVersion;
  header.header_bytes = sizeof header;
  header.schema = image_schema(rt);
  header.saved_at = static_cast<u64>(host.now_ns(Clock::kWall));
  const std::string prefix = options.path + ".part-";
  const std::string aside = prefix + std::to_string(host.process_id());
  SaveDisk disk(host, options.faults);
  if (options.faults) options.faults->done = 0;
  int failed = 0;
  {
    const FramesWithoutAddresses frames(rt, heap);
    if (!frames.refusal().empty()) refusal = frames.refusal();
    if (!refusal.empty()) return "cannot save an image: " + refusal;
    std::vector<Code*> codes = frames.codes();
    preface.describe(world);
    write_world(world, rt, codes);
    remove_leftovers(host, prefix);
    Writer writer(disk, options.wrapping, heap, rt.scheduler->tasklets.all(), header);
    writer.sink().open(aside, writer.expected(world.bytes));
    if (!writer.sink().failed()) writer.pages(world.bytes);
    if (!writer.sink().failed()) writer.sink().finish(header);
    failed = writer.sink().failed();
  }
  if (!failed) {
    failed = rotate(disk, options.path, options.generations);
    if (!failed) failed = disk.rename(aside, options.path);
  }
  if (failed) {
    host.unlink(aside.c_str());
    return failure("write the image '" + options.path + "'", failed);
  }
  const int synced = sync_folder(disk, folder_of(options.path));
  return synced < 0 ? failure("make the image '" + options.path + "' durable", synced) : "";
}

}  // namespace lisle::rt

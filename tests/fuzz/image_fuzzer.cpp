// Any image is refused with a sentence or goes on to an end of whatever kind, never with a crash. An input is
// the number of an image and a list of changes to its words; the sums are made right again after them, so
// that nothing but the structure of the heap can tell. What is changed is seldom chosen blindly: words of
// suspended frames and generators, the tables before the heap, and words that say anything at all.
//
// Each image is resumed in a process of its own, which may run out of time or memory as programs do; what it
// covers counts here, because the counters are shared. LISLE_FUZZ_IMAGES names a folder of images, written by
// make_image.py. An input that goes wrong ends the search, or, if LISLE_FUZZ_COLLECTS names a folder, is put
// there.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "lisle/image.h"
#include "runtime/heap/kinds.h"
#include "runtime/image/frames.h"
#include "runtime/image/image_reader.h"
#include "runtime/image/image_sink.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/generator.h"
#include "vm/machine.h"

namespace {

using namespace lisle;
using namespace lisle::rt;

constexpr size_t kMostChanges = 6;

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "image_fuzzer: %s\n", why.c_str());
  std::exit(2);
}

// What a change does to a word.
enum class How : u8 { kSet, kFlip, kAdd, kCopy, kSmallInt, kImmediate, kOtherObject, kHalf, kCount };

struct Change {
  u8 where;  // one of the lists of places
  u8 how;
  u16 place_high;
  u32 place_low;
  u64 operand;
};

// One image, with places of words in it that are worth a change.
class Victim {
 public:
  explicit Victim(const std::string& path) : path_(path) {
    std::ifstream file(path, std::ios::binary);
    bytes_.resize(std::filesystem::file_size(path));
    file.read(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
    std::memcpy(&header_, bytes_.data(), sizeof header_);
    original_header_ = header_;
    find_blocks();
    find_frames();
    find_words();
  }

  size_t size() const { return bytes_.size(); }
  const char* data() const { return bytes_.data(); }

  void apply(const Change& change) {
    const std::vector<u32>& list = lists_[change.where % std::size(lists_)];
    if (list.empty()) return;
    const u64 at = list[(change.place_low ^ u64{change.place_high} << 32) % list.size()];
    u64 word = word_at(at);
    undo_.push_back({at, word});
    switch (static_cast<How>(change.how % static_cast<u8>(How::kCount))) {
      case How::kSet:
        word = change.operand;
        break;
      case How::kFlip:
        word ^= u64{1} << change.operand % 64;
        break;
      case How::kAdd:
        word += static_cast<u64>(static_cast<i64>(static_cast<i8>(change.operand)) * 8);
        break;
      case How::kCopy:
        word = word_at(list[change.operand % list.size()]);
        break;
      case How::kSmallInt:
        word = rt::Value::from_int(static_cast<i64>(change.operand % 64) - 8).bits();
        break;
      case How::kImmediate:
        word = change.operand % 16 << 2 | 3;
        break;
      case How::kOtherObject:
        word = objects_[change.operand % objects_.size()] + 1;
        break;
      default:
        word = (word & ~u64{0xffffffff}) | (change.operand & 0xffffffff);
        break;
    }
    std::memcpy(bytes_.data() + at, &word, sizeof word);
    static const bool tells = std::getenv("LISLE_FUZZ_TELLS") != nullptr;
    if (tells) tell(at, undo_.back().second, word);
  }

  // Makes the sums right again.
  void repair() {
    std::memcpy(&header_, bytes_.data(), sizeof header_);
    const SectionPlace sums = original_header_.place(Section::kChecksums);
    std::vector<u64> chunks;
    for (u64 at = kImagePage; at < sums.offset; at += kChunkBytes)
      chunks.push_back(image_hash(bytes_.data() + at, std::min(kChunkBytes, sums.offset - at)));
    std::memcpy(bytes_.data() + sums.offset, chunks.data(), chunks.size() * sizeof(u64));
    header_.checksums_hash = image_hash(chunks.data(), chunks.size() * sizeof(u64));
    header_.header_hash = image_hash(&header_, offsetof(ImageHeader, header_hash));
    std::memcpy(bytes_.data(), &header_, sizeof header_);
  }

  void restore() {
    for (; !undo_.empty(); undo_.pop_back())
      std::memcpy(bytes_.data() + undo_.back().first, &undo_.back().second, sizeof(u64));
    std::memcpy(bytes_.data(), &original_header_, sizeof original_header_);
  }

 private:
  u64 word_at(u64 at) const {
    u64 word;
    std::memcpy(&word, bytes_.data() + at, sizeof word);
    return word;
  }

  // Says what was changed: a word of the object that lies there, if it is a small one.
  void tell(u64 at, u64 before, u64 after) const {
    std::fprintf(stderr, "%llx: %llx -> %llx", at, before, after);
    u64 nearest = 0, place = 0;
    for (const u64 object : objects_) {
      const u64 here = place_of(reinterpret_cast<const void*>(object));
      if (here && here <= at && here > place) place = here, nearest = object;
    }
    if (place && at >= header_.place(Section::kSmall).offset)
      std::fprintf(stderr, ", word %llu of the %s at %llx", (at - place) / sizeof(u64),
                   kind_info(reinterpret_cast<const Object*>(bytes_.data() + place)->kind).name, nearest);
    for (size_t i = 0; i < kSectionCount; ++i) {
      const SectionPlace& section = header_.sections[i];
      if (at >= section.offset && at < section.offset + section.bytes)
        std::fprintf(stderr, ", section %zu at %llx", i, at - section.offset);
    }
    std::fprintf(stderr, "\n");
  }

  // Where in the file each block is.
  void find_blocks() {
    const SectionPlace& used = header_.place(Section::kBlocks);
    u64 at = header_.place(Section::kSmall).offset;
    for (u64 i = 0; i < used.bytes; ++i) {
      block_places_.push_back(bytes_[used.offset + i] ? at : 0);
      if (bytes_[used.offset + i]) at += kBlockBytes;
    }
  }
  // The place in the file of an address of small objects; 0: elsewhere.
  u64 place_of(const void* address) const {
    const u64 from_base = reinterpret_cast<u64>(address) - small_base_;
    if (from_base / kBlockBytes >= block_places_.size()) return 0;
    const u64 block = block_places_[from_base / kBlockBytes];
    return block ? block + from_base % kBlockBytes : 0;
  }
  void add(std::vector<u32>& list, const void* from, u64 words) {
    for (u64 i = 0, at = place_of(from); at && i < words; ++i)
      list.push_back(static_cast<u32>(at + i * sizeof(u64)));
  }

  void find_frames() {
    std::string error;
    std::vector<std::string> warnings;
    lisle::vm::MachineConfig config;
    auto machine = lisle::vm::Machine::load(config, path_, error, warnings, lisle::vm::Loading::kToLook);
    if (!machine) give_up(error);
    HeapImage heap(machine->runtime().heap);
    small_base_ = heap.numbers().small_base;
    heap.each_object([&](Object& o) {
      objects_.push_back(reinterpret_cast<u64>(&o));
      add(headers_, &o, 2);
      if (o.kind == Kind::Tasklet) {
        auto& t = static_cast<Tasklet&>(o);
        add(fields_, &o, sizeof(Tasklet) / sizeof(u64));
        if (t.top) each_frame(t, [&](Frame& f) { add_frame(f); });
      } else if (o.kind == Kind::Generator || o.kind == Kind::Iterator) {
        add(fields_, &o, object_bytes(&o) / sizeof(u64));
      }
    });
  }
  void add_frame(Frame& f) {
    add(frames_, &f, kHeaderWords);
    if (auto* native = as<rt::Native>(f.fn))
      add(registers_, f.r, std::max<u64>(f.window_nargs(), native->aux));
    if (auto* function = as<rt::Function>(f.fn)) add(frames_, f.r, function->code->register_count);
  }

  void find_words() {
    const u64 heap = header_.place(Section::kSmall).offset;
    const u64 end = header_.place(Section::kChecksums).offset;
    for (u64 at = heap; at < end; at += sizeof(u64))
      if (word_at(at)) words_.push_back(static_cast<u32>(at));
    for (u64 at = 0; at < heap; at += sizeof(u64))
      if (word_at(at)) tables_.push_back(static_cast<u32>(at));
  }

  std::string path_, bytes_;
  ImageHeader header_{}, original_header_{};
  u64 small_base_ = 0;
  std::vector<u64> block_places_, objects_;
  std::vector<std::pair<u64, u64>> undo_;
  std::vector<u32> lists_[6];
  std::vector<u32>&registers_ = lists_[0], &frames_ = lists_[1], &fields_ = lists_[2], &headers_ = lists_[3],
  &words_ = lists_[4], &tables_ = lists_[5];
};

// libFuzzer's counters, one a branch. Those that fill whole pages are shared with the processes forked off.
// Their bounds are asked of the linker past the compiler, which names them in every instrumented file: a
// declaration of ours makes it choose other names there, and then no counter of the program is known to
// libFuzzer.
void share_counters() {
  u64 from, to;
  asm("movabs $__start___sancov_cntrs, %0" : "=r"(from));
  asm("movabs $__stop___sancov_cntrs, %0" : "=r"(to));
  const u64 start = (from + kImagePage - 1) / kImagePage * kImagePage;
  const u64 end = to / kImagePage * kImagePage;
  if (start >= end) return;
  void* at = mmap(reinterpret_cast<void*>(start), end - start, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  if (at == MAP_FAILED) give_up("cannot share the counters");
}

std::vector<Victim*>& victims() {
  static std::vector<Victim*> all;
  if (!all.empty()) return all;
  const char* folder = std::getenv("LISLE_FUZZ_IMAGES");
  if (!folder) give_up("LISLE_FUZZ_IMAGES names no folder");
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) all.push_back(new Victim(path));
  if (all.empty()) give_up("no images");
  share_counters();
  // A resumed program may ask for input.
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, 0);
  return all;
}

void resume(const Victim& victim) {
  static const int fd = memfd_create("image", 0);
  if (ftruncate(fd, 0) || pwrite(fd, victim.data(), victim.size(), 0) != static_cast<i64>(victim.size()))
    give_up("cannot write the image");
  lisle::Settings settings;
  settings.max_memory = size_t{256} << 20;
  settings.write_cache = false;
  lisle::LoadedImage loaded = lisle::load_image("/proc/self/fd/" + std::to_string(fd), settings);
  if (loaded.vm) lisle::run_image(*loaded.vm);
}

// Is the status one with which an image may end: a program's own end, a refusal, or no time left?
bool is_harmless(int status) {
  constexpr int kRefused = 3;
  if (WIFEXITED(status)) return WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == kRefused;
  return WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGXCPU;
}

bool is_harmless_apart(const Victim& victim) {
  constexpr rlim_t kMostSeconds = 20;
  const pid_t child = fork();
  if (child == 0) {
    const rlimit limit{kMostSeconds, kMostSeconds};
    setrlimit(RLIMIT_CPU, &limit);
    resume(victim);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return is_harmless(status);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::vector<Victim*>& all = victims();
  if (size < 1 + sizeof(Change)) return 0;
  Victim& victim = *all[data[0] % all.size()];
  const size_t count = std::min((size - 1) / sizeof(Change), kMostChanges);
  for (size_t i = 0; i < count; ++i) {
    Change change;
    std::memcpy(&change, data + 1 + i * sizeof change, sizeof change);
    victim.apply(change);
  }
  victim.repair();
  const bool harmless = is_harmless_apart(victim);
  victim.restore();
  if (harmless) return 0;
  std::fprintf(stderr, "image_fuzzer: image %d went wrong\n", data[0] % static_cast<int>(all.size()));
  static const char* folder = std::getenv("LISLE_FUZZ_COLLECTS");
  if (!folder) std::abort();
  static int found = 0;
  std::ofstream(std::string(folder) + "/found-" + std::to_string(++found), std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  return 0;
}

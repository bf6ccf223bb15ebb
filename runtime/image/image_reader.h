// Taking up a saved program. Opening verifies the file; loading maps it and gives it what images do not hold:
// the addresses of native functions and of continuations, and open files.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "runtime/heap/space.h"
#include "runtime/host.h"
#include "runtime/image/image_format.h"
#include "runtime/image/world.h"

namespace lisle::rt {

// Whose images are taken up.
struct ImageTrust {
  std::vector<PublicKey> keys;      // of these signers alone, unless there is none
  bool compares_signature = false;  // without keys: whoever signed it, it has to be what was signed
};

class ImageFile {
 public:
  // `host` must outlive the file.
  explicit ImageFile(Host& host) : host_(host) {}
  ~ImageFile();
  ImageFile(const ImageFile&) = delete;
  ImageFile& operator=(const ImageFile&) = delete;

  // Each yields an empty text, or a sentence that says what is wrong.
  enum class Sums : bool { kCompared, kIgnored };  // ignored by tests of what remains
  // And reads what precedes the heap.
  std::string open(const std::string& path, Sums sums = Sums::kCompared, const ImageTrust& trust = {});
  // Compares the checksums: all of them, or those of what loading reads itself. Ends early when `stops`
  // becomes true.
  enum class Extent { kAll, kTables };
  std::string check_sums(Extent extent, const std::atomic<bool>* stops = nullptr);
  // Is the file so large that its program should not wait until all of it was read?
  bool is_large() const;
  // Fills a Runtime that was made at space_place() and large_place(), whose hooks are installed. Afterwards
  // its current tasklet is where save_image() left it. What could not be opened again is told in `warnings`.
  // `opens`: files are opened again, and the working directory is gone to.
  // `checks`: the heap is believed only after check_heap() has looked at it.
  std::string load_into(Runtime& rt, std::vector<std::string>& warnings, bool opens, bool checks);

  char* space_place() const { return reinterpret_cast<char*>(preface_.heap.small_base); }
  char* large_place() const { return reinterpret_cast<char*>(preface_.heap.large_base); }
  const ImageHeader& header() const { return header_; }
  const WorldPreface& preface() const { return preface_; }

 private:
  std::string read_header(Sums sums);
  std::string check_signer(const ImageTrust& trust) const;
  std::string take_signed(const ImageTrust& trust);
  std::string unpack(Sums sums);
  std::string unpack_chunks(int copy, const std::vector<u64>& sizes, const std::vector<u64>& expected,
                            Sums sums);
  int begin_copy(u64 bytes);
  int append(int copy, const char* bytes, size_t count);
  void go_on_with(int copy);
  std::string cannot_copy(int error) const;
  std::string read_preface();
  std::string map_heap(HeapImage& heap);
  std::string restore_natives(Runtime& rt);
  std::string map_tasklets(Runtime& rt);
  int map_section(Section which, std::unique_ptr<Reservation>& pages);
  bool read_at(u64 offset, void* bytes, size_t count);
  std::string cannot_map(int error) const;
  std::string damaged(const std::string& what) const { return "'" + path_ + "' is damaged: " + what; }

  Host& host_;
  std::string path_;
  int fd_ = -1;
  bool are_compared_ = false;  // the sums, all of them
  ImageHeader header_{};
  WorldPreface preface_;
  std::unique_ptr<Reservation> world_pages_;
  std::string_view world_;  // bytes of the section
  size_t world_start_ = 0;  // where in them the preface ends
};

}  // namespace lisle::rt

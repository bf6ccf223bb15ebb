// Where the memory of a heap comes from: two reserved address ranges, one cut into blocks for small objects,
// one that hands out page runs for large ones. Knows addresses, lines and mark bits, but not what an object
// is.
#pragma once
#include <vector>

#include "runtime/heap/heap.h"

namespace lisle::rt {

inline constexpr size_t kPageBytes = 4096;
inline constexpr size_t kLinesPerBlock = kBlockBytes / kLineBytes;

// A reserved range of zero pages, given back at destruction.
class Reservation {
 public:
  // Tries `wanted` bytes near the fixed place of heaps, halving down to `least` where the system refuses.
  Reservation(size_t wanted, size_t least, u32 slot_hint);
  // Exactly there; `base` is null when the addresses are taken.
  Reservation(char* place, size_t wanted, size_t least);
  ~Reservation();
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;

  char* base = nullptr;
  size_t bytes = 0;
};

struct Block {
  u16 consumed;           // lines below this were handed to the allocator since the last collection
  bool in_use;            // holds or may hold objects
  bool pristine = false;  // never used, or given back since: the system delivers zeros
};

class Space {
 public:
  Space();
  // At the place of a saved heap; good() tells whether it was free.
  explicit Space(char* place);
  bool good() const { return range_.base != nullptr; }

  bool contains(const void* p) const {
    return static_cast<size_t>(static_cast<const char*>(p) - range_.base) < used_bytes();
  }
  size_t used_bytes() const { return blocks_.size() * kBlockBytes; }

  // --- marks: one bit a granule, one byte a line
  // -------------------------------------------------------------------
  size_t granule(const void* p) const {
    return static_cast<size_t>(static_cast<const char*>(p) - range_.base) / kGranuleBytes;
  }
  bool test_mark(const void* p) const {
    size_t g = granule(p);
    return marks_[g / 64] >> (g % 64) & 1;
  }
  // Marks the object at `p`; false if it was marked already.
  bool set_mark(const void* p) {
    size_t g = granule(p);
    u64 bit = u64{1} << (g % 64);
    if (marks_[g / 64] & bit) return false;
    marks_[g / 64] |= bit;
    return true;
  }
  void mark_lines(const void* p, size_t bytes) {
    size_t offset = static_cast<size_t>(static_cast<const char*>(p) - range_.base);
    for (size_t line = offset / kLineBytes; line <= (offset + bytes - 1) / kLineBytes; ++line)
      lines_[line] = 1;
  }
  void clear_marks();
  // Bytes in marked lines.
  size_t marked_line_bytes() const;

  // --- holes
  // -------------------------------------------------------------------------------------------------------
  // Advances to the next run of free lines and zeroes it; false when the range is exhausted.
  bool next_hole(char*& cursor, char*& limit);
  // A block that is wholly free, for objects that did not find a hole large enough.
  bool fresh_block(char*& cursor, char*& limit);
  // After marking: forgets which holes were consumed, empties blocks without live lines. `poison` fills free
  // lines.
  void restart(bool poison);
  // Gives free blocks back to the system, but for `kept` bytes of them. To be called after restart().
  void give_back(size_t kept);

  // The marked object that may contain address `p` of this space, or the start of the fresh hole to walk
  // from.
  struct Found {
    char* start;  // null: nothing can live there
    bool fresh;   // walk objects from `start`; else `start` is the nearest marked object below
    char* end;    // end of the fresh hole
  };
  Found find(const char* p) const;

 private:
  friend class HeapImage;

  char* block_base(size_t block) const { return range_.base + block * kBlockBytes; }
  bool add_block(size_t& block);

  Reservation range_;
  Reservation marks_range_;
  Reservation lines_range_;
  u64* marks_;
  u8* lines_;
  std::vector<Block> blocks_;
  std::vector<u32> free_;  // blocks without objects
  size_t current_ = 0;     // block being filled
  bool has_current_ = false;
  size_t scan_ = 0;      // next block to look at for holes
  size_t scan_end_ = 0;  // blocks below this existed at the last collection
};

class LargeSpace {
 public:
  LargeSpace();
  explicit LargeSpace(char* place);
  bool good() const { return range_.base != nullptr; }

  // Pages, zeroed or with whatever an earlier run left in them; null when the range is exhausted.
  enum class Content : u8 { kZeros, kAnything };
  char* allocate(size_t bytes, Content content);
  // The run that begins at `start` has `bytes` in all from now on, if nobody has those behind it. Pages that
  // are added are zeroed if asked for.
  bool extend(char* start, size_t bytes, Content content);
  // Keeps the first `bytes` of the run that begins at `start`, and the page they end in. Returns what that
  // frees.
  size_t truncate(char* start, size_t bytes);
  bool fits(size_t bytes) const;
  bool contains(const void* p) const {
    return static_cast<size_t>(static_cast<const char*>(p) - range_.base) < range_.bytes;
  }
  struct Run {
    char* start;
    size_t bytes;
    bool marked;
  };
  // The object whose pages contain `p`; null if none. Valid after sort().
  Run* find(const void* p);
  void sort();
  void clear_marks();
  void sweep(bool poison);  // frees unmarked runs
  // Gives free pages back to the system, but for `kept` bytes of them: a page that has to be asked for again
  // costs several times what clearing it does.
  void give_back(size_t kept);
  size_t bytes() const { return bytes_; }

 private:
  friend class HeapImage;

  // Free pages between runs.
  struct Gap {
    char* start;
    size_t bytes;
    size_t used;  // so many at its start may hold anything; the others are as the system delivers them
    bool operator<(const Gap& other) const { return start < other.start; }
  };
  Run& run_at(char* start);
  void take_from(size_t gap, size_t bytes, Content content);
  char* take_from_top(size_t bytes, Content content);
  void join_gaps();

  Reservation range_;
  char* top_;
  size_t bytes_ = 0;
  std::vector<Run> runs_;
  std::vector<Gap> free_;  // sorted, and no two of them touch
  bool sorted_ = true;
};

}  // namespace lisle::rt

// A heap as an image stores it and takes it up again: its pages as they are, with the marks that say where
// objects start. Knows addresses, not files: the image reader maps the pages, and the image writer copies
// them.
#pragma once
#include <span>

#include "runtime/heap/kind_table.h"
#include "runtime/heap/space.h"

namespace lisle::rt {

// The numbers that go with the pages.
struct HeapNumbers {
  u64 small_base = 0;  // address of the first block
  u64 large_base = 0;  // address of the first page of large objects
  u64 blocks = 0;
  u64 live_bytes = 0;
  u64 full_threshold = 0;
  u64 collections = 0;
};

// One large object.
struct LargeRun {
  u64 address;
  u64 bytes;
};

class HeapImage {
 public:
  explicit HeapImage(Heap& heap) : heap_(heap), space_(*heap.space_), large_(*heap.large_) {}

  // --- saving. Collects everything unreachable and clears what lies between the living, so that an image
  // holds no
  // --- stale word; the heap is in the state right after a full collection then.
  void settle();
  HeapNumbers numbers() const;
  std::span<const u64> marks() const;
  std::span<const u8> lines() const;
  bool block_in_use(size_t block) const { return space_.blocks_[block].in_use; }
  const char* block(size_t block) const { return space_.block_base(block); }
  std::vector<LargeRun> runs() const;

  std::vector<Object*>& finalizable() { return heap_.finalizable_; }
  std::vector<Object*>& weak_references() { return heap_.weak_references_; }

  // Every object of the heap, which must be settled.
  template <class F>
  void each_object(F&& visit) {
    const std::span<const u64> words = marks();
    for (size_t i = 0; i < words.size(); ++i) {
      for (u64 rest = words[i]; rest; rest &= rest - 1) {
        const size_t granule = i * 64 + static_cast<size_t>(std::countr_zero(rest));
        visit(*reinterpret_cast<Object*>(space_.range_.base + granule * kGranuleBytes));
      }
    }
    for (LargeSpace::Run& run : large_.runs_) visit(*reinterpret_cast<Object*>(run.start));
  }

  // --- loading into a heap without objects. The places where the pages are to be mapped.
  char* marks_place() { return reinterpret_cast<char*>(space_.marks_); }
  char* lines_place() { return reinterpret_cast<char*>(space_.lines_); }
  char* block_place(size_t block) { return space_.block_base(block); }
  // Do that many blocks, and these runs, fit what is reserved, in order and without overlap?
  bool fits(const HeapNumbers& numbers, std::span<const LargeRun> runs) const;
  // Takes the pages for its own; `in_use` says of each block whether it holds objects.
  void adopt(const HeapNumbers& numbers, std::span<const u8> in_use, std::span<const LargeRun> runs);
  // Are the `bytes` of a loaded object its own: does it end before the next one begins, in a block or run
  // that is in use, and are its lines marked?
  bool owns(const Object& o, size_t bytes) const;
  // Is there the start of an object at this address?
  bool is_object(u64 address);
  // Is it a value that a program could have: an object of this heap, or one of those that need none?
  bool holds(Value v) {
    constexpr u64 kMostImmediate = 0x3f;
    return v.is_object() ? is_object(v.bits() - 1) : !v.is_immediate() || v.bits() <= kMostImmediate;
  }

 private:
  Heap& heap_;
  Space& space_;
  LargeSpace& large_;
};

}  // namespace lisle::rt

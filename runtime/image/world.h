// What of a Runtime lies outside its heap and belongs to the program: the roots, the shapes, which native
// function has which number, the scheduler. Everything else of a Runtime is the process's and is made anew.
#pragma once
#include <string>
#include <vector>

#include "runtime/image/archive.h"
#include "runtime/image/descriptors.h"
#include "runtime/runtime.h"
#include "runtime/types/function.h"

namespace lisle::rt {

// The part that must be known before the heap can be mapped.
struct WorldPreface {
  HeapNumbers heap;
  std::vector<u64> runs;             // of large objects: address, bytes, address, ...
  std::vector<std::string> natives;  // names, see native_names.h; in the order of Runtime::natives
  std::vector<u64> native_numbers;   // the same as numbers, good where the fingerprint is this build's
  u64 native_fingerprint = 0;
  std::vector<std::string>
      continuations;      // a frame's `ret` is the number of one of these, plus one, shifted left
  std::string directory;  // the working directory
  i64 monotonic = 0;      // the clock by which timers go
  std::vector<SavedDescriptor> descriptors;

  template <class A>
  void describe(A& a) {
    for (u64* number : {&heap.small_base, &heap.large_base, &heap.blocks, &heap.live_bytes,
                        &heap.full_threshold, &heap.collections})
      a(*number);
    a.list(runs);
    a.list(natives);
    a.list(native_numbers);
    a(native_fingerprint);
    a.list(continuations);
    a(directory);
    a(monotonic);
    u64 count = descriptors.size();
    a(count);
    for (u64 i = 0; i < count; ++i) {
      if constexpr (A::kReads) {
        if (!a.good()) return;
        descriptors.emplace_back();
      }
      descriptors[i].describe(a);
    }
  }
};

// Everything that refers to objects; `codes` is all code there is: its entries are addresses.
void write_world(ImageOut& out, Runtime& rt, std::vector<Code*>& codes);
void read_world(ImageIn& in, Runtime& rt, std::vector<Code*>& codes);

// The layouts of all kinds as text; two builds with the same one can map each other's images.
std::string schema_text();
// A hash of that and of the opcode table.
u64 image_schema(const Runtime& rt);

}  // namespace lisle::rt

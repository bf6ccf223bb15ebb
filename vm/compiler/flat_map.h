// A hash table from 64-bit keys (addresses, numbers) to 32-bit values, for the compiler's hot paths: one
// vector, no deletion. The key ~0 is not allowed.
#pragma once
#include <vector>

#include "runtime/support/base.h"

namespace lisle::compiler {

class FlatMap {
 public:
  static constexpr u32 kAbsent = ~0u;

  u32 find(u64 key) const {
    if (slots_.empty()) return kAbsent;
    for (size_t at = place(key);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].key == key) return slots_[at].value;
      if (slots_[at].key == kEmpty) return kAbsent;
    }
  }

  void insert(u64 key, u32 value) {
    if ((count_ + 1) * 3 > slots_.size() * 2) grow();
    size_t at = place(key);
    while (slots_[at].key != kEmpty && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    count_ += slots_[at].key == kEmpty;
    slots_[at] = {key, value};
  }

 private:
  static constexpr u64 kEmpty = ~u64{0};
  struct Slot {
    u64 key = kEmpty;
    u32 value = 0;
  };

  size_t place(u64 key) const { return (key * 0x9e3779b97f4a7c15 >> 32) & (slots_.size() - 1); }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? 16 : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.key == kEmpty) continue;
      size_t at = place(slot.key);
      while (slots_[at].key != kEmpty) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }

  std::vector<Slot> slots_;
  size_t count_ = 0;
};

}  // namespace lisle::compiler

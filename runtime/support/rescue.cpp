// See rescue.h. The mark says where it lies, so that a copy of it, or a word that happens to be equal, is
// none.
#include "runtime/support/rescue.h"

namespace lisle {

namespace {

constexpr u64 kMark = 0x9d5a1e6c7b3f2084;
constexpr u64 kOtherMark = 0x41c8e07f5d92b36a;

}  // namespace

Rescue::Rescue(const bool* wanted) : wanted_(wanted) {
  const u64 place = reinterpret_cast<u64>(this);
  marks_[0] = kMark ^ place;
  marks_[1] = kOtherMark + place;
}

Rescue::~Rescue() {
  volatile u64* marks = marks_;  // else nobody would seem to read them
  marks[0] = 0;
  marks[1] = 0;
}

__attribute__((no_sanitize("address", "undefined"))) bool Rescue::is_marked() const {
  const u64 place = reinterpret_cast<u64>(this);
  return marks_[0] == (kMark ^ place) && marks_[1] == kOtherMark + place;
}

__attribute__((no_sanitize("address", "undefined"))) Rescue* Rescue::nearest() {
  const char* end = native_stack_end();
  char* at = static_cast<char*>(__builtin_frame_address(0));
  for (; at + sizeof(Rescue) <= end; at += sizeof(u64)) {
    auto* candidate = reinterpret_cast<Rescue*>(at);
    if (candidate->is_marked()) return *candidate->wanted_ ? candidate : nullptr;
  }
  return nullptr;
}

void Rescue::leave() {
  __builtin_longjmp(environment, 1);
}

}  // namespace lisle

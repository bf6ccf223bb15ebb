// Which named locals may have a value at an instruction. Frames are not cleared when they are entered, so the
// register of a local that nothing on the way has written holds what an earlier call left.
#pragma once
#include <vector>

#include "runtime/types/function.h"

namespace lisle::bc {

class AssignedLocals {
 public:
  explicit AssignedLocals(const rt::Code& code);

  bool may_have_value(u32 at, u32 local) const { return sets_[at * words_ + local / 64] >> (local % 64) & 1; }

 private:
  bool flow_on(u32 at);
  bool join(u32 at, const std::vector<u64>& more);

  const rt::Code& code_;
  size_t words_;           // of a set
  std::vector<u64> sets_;  // one for each word of code; only those of instructions are used
};

}  // namespace lisle::bc

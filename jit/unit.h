// A code object as the compiler sees it: decoded instructions, basic blocks, which registers an instruction
// reads and writes, and which are live where. Knows nothing of LLVM.
#pragma once
#include <functional>
#include <vector>

#include "runtime/types/function.h"
#include "vm/bytecode/op_info.h"

namespace lisle::jit {

using bc::Op;

// The word of its code that a position names; the bits above it name the piece (see program.h).
inline constexpr u32 kPlaceBits = 16, kPlaceMask = (1u << kPlaceBits) - 1;

struct Decoded {
  Op op;
  u8 feedback;
  u16 a, b, c;
  i32 wide;
  u32 at;      // position of its word
  u32 next;    // of the instruction behind it
  u32 target;  // of the jump; meaningful when it jumps
  u64 word;

  const bc::OpInfo& info() const { return bc::info(op); }
  bool jumps() const { return info().has('J'); }
  bool ends() const { return info().has('X'); }
  i16 signed_b() const { return static_cast<i16>(b); }
  i16 signed_c() const { return static_cast<i16>(c); }
};

using RegisterSet = std::vector<bool>;

class Unit {
 public:
  explicit Unit(const rt::Code& code);

  const rt::Code& code() const { return code_; }
  u32 registers() const { return code_.register_count; }
  Decoded decode(u32 at) const;
  const u64* cache(u32 at) const { return code_.instructions + at + 1; }
  u64 address(u32 at) const { return reinterpret_cast<u64>(code_.instructions + at); }
  // Does a jump lead to `at`, or is it the start or behind a branch?
  bool starts_block(u32 at) const { return leader_[at]; }
  // The registers that some path from `at` on reads before it writes them. Named locals can be looked at from
  // outside (locals(), tracebacks) and are live everywhere: ask is_live().
  const RegisterSet& live_at(u32 at) const {
    if (live_.empty()) find_live();
    return live_[at];
  }
  bool is_live(u32 at, u32 r) const { return r < code_.local_count || live_at(at)[r]; }
  // In how many loops the instruction lies, that is, between their headers and their ways back.
  u32 loop_depth(u32 at) const { return loops_[at]; }
  // Rows of this function's exception table cover `at`?
  bool is_covered(u32 at) const;

 private:
  void find_blocks();
  void find_live() const;
  void step_back(const Decoded& i, RegisterSet& live) const;

  const rt::Code& code_;
  std::vector<bool> leader_;
  std::vector<u8> loops_;
  std::vector<u32> starts_;                // of all instructions, ascending
  mutable std::vector<RegisterSet> live_;  // found when somebody asks
};

// Calls the functions with each register that the instruction reads, and with each it writes. A call also
// ends the life of every register from two below its window on.
void each_read(const rt::Code& code, const Decoded& i, const std::function<void(u32)>& read);
void each_write(const rt::Code& code, const Decoded& i, const std::function<void(u32)>& write);
// The window of a call, or the number of registers.
u32 clobbered_from(const rt::Code& code, const Decoded& i);

}  // namespace lisle::jit

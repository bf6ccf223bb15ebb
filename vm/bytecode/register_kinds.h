// What registers hold where instructions believe it without looking: cells, the lists of comprehensions,
// exceptions in flight. Code that was made elsewhere, and frames of it, are held to that before they run.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/runtime.h"
#include "vm/bytecode/instruction.h"

namespace lisle::bc {

// The kinds that a register may hold, as a set.
enum RegisterKind : u8 {
  kAnything = 1,
  kCell = 2,
  kCellTuple = 4,  // the closure of a function to be
  kFilledList = 8,
  kCaught = 16,   // an exception
  kHandled = 32,  // what PushHandled has left: an exception, None, or unbound in code that owns its frame
};
using RegisterKindSet = u8;

// Is `v` of one of these kinds, in a frame of such code?
bool fits_kinds(const rt::Code& code, rt::Value v, RegisterKindSet kinds);

// How many registers are still the frame's own while the instruction at word `at` calls: the callee's frame
// may lie over those above.
u64 registers_kept(const rt::Code& code, u64 at);

class RegisterKinds {
 public:
  // `code` has passed verify().
  explicit RegisterKinds(const rt::Code& code);

  // Does every instruction find what it relies on? Else the reason.
  bool sound(std::string& why);
  // What each register holds before the instruction at word `at`.
  std::vector<RegisterKindSet> before(u32 at) const;

 private:
  using State = std::vector<RegisterKindSet>;

  Instruction instruction(u32 at) const;
  u32 behind(u32 at) const;
  void find_blocks();
  // Follows the block at `start`; those that learn something new become due.
  void follow(u32 start);
  bool join(u32 at, const State& more);
  void join_handler(u32 at, const State& state);
  void call(const Instruction& i, State& state) const;
  void apply(const Instruction& i, State& state) const;
  bool fits(const Instruction& i, const State& state) const;

  const rt::Code& code_;
  bool too_large_ = false;
  std::vector<u32> starts_;                  // of blocks, in order
  std::unordered_map<u32, State> at_start_;  // of each block that is reached
  std::vector<u32> due_;
};

}  // namespace lisle::bc

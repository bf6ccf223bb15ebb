// Which registers of suspended code still matter: those that some path reads before it writes them. Pickles
// and images save these and no others, so that what temporaries have left behind neither grows them nor keeps
// anything from being saved.
#pragma once
#include <vector>

#include "runtime/types/function.h"

namespace lisle::bc {

// Live registers for one verified code object, as sets of bits. Named locals count as live everywhere: the
// program can ask for them.
class Liveness {
 public:
  explicit Liveness(const rt::Code& code);

  // Registers whose value matters when the instruction at word `at` is about to be executed...
  std::vector<u32> before(u32 at) const;
  // ... and when it has done everything but store its result.
  std::vector<u32> after(u32 at) const;

 private:
  using Set = std::vector<u64>;
  struct Effect;

  void effect(u32 at, Set& in) const;
  void flow(u32 at, Set& out) const;
  void join_handler(u32 at, Set& set) const;
  std::vector<u32> members(const Set& set) const;
  Set set_at(u32 at) const;

  const rt::Code& code_;
  size_t words_;             // of a set
  std::vector<u64> before_;  // one set for each word of code; only those of instructions are used
};

}  // namespace lisle::bc

// Where a machine goes on when one of its invariants breaks that rests on what came from outside: the
// registers of a suspended native function are believed, and those of an image or a pickle may have been made
// wrong. A Rescue is a mark on the C++ stack of who drives the machine, and is found there, so that code
// which knows nothing of any machine can get to it.
//
// C++ frames in between are dropped without their destructors: what they allocated is lost, which a broken
// image may cost.
#pragma once
#include "runtime/support/base.h"

namespace lisle {

class Rescue {
 public:
  // Is of use only while `*wanted`.
  explicit Rescue(const bool* wanted);
  ~Rescue();
  Rescue(const Rescue&) = delete;
  Rescue& operator=(const Rescue&) = delete;

  // The nearest one up the stack; null when there is none that is wanted.
  static Rescue* nearest();
  // Goes on where __builtin_setjmp(environment) was.
  [[noreturn]] void leave();

  void* environment[5]{};

 private:
  bool is_marked() const;

  const bool* wanted_;
  u64 marks_[2];
};

}  // namespace lisle

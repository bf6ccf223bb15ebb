// The end of a process whose own invariant broke.
#include "runtime/support/base.h"

#include <cstdio>
#include <cstdlib>

namespace lisle {

void invariant_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "lisle: internal invariant broken: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace lisle

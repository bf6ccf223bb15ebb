// The parts of the merge sort that both of its forms share: the length of a run that is worth merging, and
// the choice of the next two runs to merge (so that lengths stay balanced and the pending runs few).
#pragma once
#include "runtime/support/base.h"

namespace lisle::rt {

// Between 32 and 64, such that n divided by it is a power of two or a little less; n itself when n < 64.
inline i64 shortest_run(i64 n) {
  i64 odd = 0;
  while (n >= 64) {
    odd |= n & 1;
    n >>= 1;
  }
  return n + odd;
}

// Given the starts of `count` adjacent pending runs and the end of the last: the index of the run to be
// merged with its successor, or -1. `last` demands that a single run be left at the end.
template <class StartOf>
inline i64 run_to_merge(i64 count, i64 end, bool last, StartOf start_of) {
  if (count < 2) return -1;
  auto length = [&](i64 i) { return (i + 1 < count ? start_of(i + 1) : end) - start_of(i); };
  i64 n = count - 2;
  bool crowded = (n > 0 && length(n - 1) <= length(n) + length(n + 1)) ||
                 (n > 1 && length(n - 2) <= length(n - 1) + length(n));
  if (crowded || last) return n > 0 && length(n - 1) < length(n + 1) ? n - 1 : n;
  return length(n) <= length(n + 1) ? n : -1;
}

}  // namespace lisle::rt

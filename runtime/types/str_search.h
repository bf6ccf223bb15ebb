// Searching runs of code units of mixed widths: the one implementation behind find, count, replace, split,
// `in` and their relatives of str, bytes and bytearray.
#pragma once
#include "runtime/support/base.h"

namespace lisle::rt {

// A borrowed run of code units.
struct Units {
  const void* data;
  u32 width_log2;
  u64 length;

  u32 at(u64 i) const {
    if (width_log2 == 0) return static_cast<const u8*>(data)[i];
    if (width_log2 == 1) return static_cast<const u16*>(data)[i];
    return static_cast<const u32*>(data)[i];
  }
  Units slice(u64 start, u64 end) const {
    return {static_cast<const u8*>(data) + (start << width_log2), width_log2, end - start};
  }
};

// Index of the first (last) occurrence, -1 when there is none. An empty needle is found at the start (the
// end).
i64 find_units(const Units& text, const Units& needle);
i64 rfind_units(const Units& text, const Units& needle);
// Occurrences that do not overlap, at most `limit`; an empty needle is not allowed.
u64 count_units(const Units& text, const Units& needle, u64 limit);
bool equal_units(const Units& a, const Units& b);

}  // namespace lisle::rt

// Tables of Unicode facts behind unicode.h; nobody else includes this.
#pragma once
#include "runtime/support/base.h"

namespace lisle::rt {

struct CodeRange {
  u32 first, last;
};
struct CaseMapping {
  u32 from;
  u32 to[3];  // ends at a zero
};

enum class CodeTable : u8 {
  kDigits,
  kNumeric,
  kLower,
  kUpper,
  kIdStart,
  kNoIdStart,
  kIdContinue,
  kNoIdContinue,
};
bool in_table(CodeTable table, u32 c);

// Three code points, the last ones zero; null when the simple mapping applies.
const u32* long_upper_case(u32 c);
const u32* long_title_case(u32 c);

}  // namespace lisle::rt

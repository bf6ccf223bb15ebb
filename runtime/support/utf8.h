// UTF-8: one code point at a time, strict as Unicode demands or lenient as messages and file names need.
// Surrogates take three bytes (WTF-8) wherever a caller allows them. Knows nothing of Str.
#pragma once
#include <string_view>

#include "runtime/support/base.h"

namespace lisle::rt {

// Writes 1..4 bytes; surrogates are written in three. Returns how many.
size_t encode_utf8_char(u32 code_point, char* out);
inline size_t utf8_char_size(u32 code_point) {
  return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

// The code point at `position`, which moves behind it. Surrogates are accepted. A byte that begins no
// well-formed sequence is taken as the surrogate 0xDC00 + byte (what the error handler surrogateescape makes
// of it).
u32 decode_lenient(std::string_view text, size_t& position);

// How a strict decoder ended at one sequence.
enum class Utf8Fault : u8 { kNone, kInvalidStart, kInvalidContinuation, kUnexpectedEnd };

struct Utf8Step {
  u32 code_point;  // when there is no fault
  u8 length;       // bytes of the sequence, or of the maximal ill-formed part to skip
  Utf8Fault fault;
};
// One strict step at `position` < text.size(): surrogates, overlong forms and values above 0x10FFFF are
// faults.
Utf8Step decode_utf8_strict(std::string_view text, size_t position);

// Length of the leading run of bytes below 0x80.
size_t ascii_prefix(std::string_view text);

}  // namespace lisle::rt

// UTF-8 decoding and encoding. Fault lengths follow Unicode's "maximal subpart" practice, as CPython reports
// them.
#include "runtime/support/utf8.h"

#include <cstring>

namespace lisle::rt {

namespace {

bool is_continuation(std::string_view text, size_t i) {
  return i < text.size() && (static_cast<u8>(text[i]) & 0xC0) == 0x80;
}

u32 bits_of(std::string_view text, size_t i) {
  return static_cast<u8>(text[i]) & 0x3F;
}

Utf8Step fault(Utf8Fault kind, size_t length) {
  return {0, static_cast<u8>(length), kind};
}

// The fault at byte `i`, the first of a sequence that is missing or wrong, `seen` bytes after the start.
Utf8Step continuation_fault(std::string_view text, size_t i, size_t seen) {
  return fault(i >= text.size() ? Utf8Fault::kUnexpectedEnd : Utf8Fault::kInvalidContinuation, seen);
}

}  // namespace

size_t encode_utf8_char(u32 c, char* out) {
  if (c < 0x80) {
    out[0] = static_cast<char>(c);
    return 1;
  }
  if (c < 0x800) {
    out[0] = static_cast<char>(0xC0 | (c >> 6));
    out[1] = static_cast<char>(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = static_cast<char>(0xE0 | (c >> 12));
    out[1] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out[2] = static_cast<char>(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | (c >> 18));
  out[1] = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
  out[2] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  out[3] = static_cast<char>(0x80 | (c & 0x3F));
  return 4;
}

u32 decode_lenient(std::string_view text, size_t& position) {
  u8 first = static_cast<u8>(text[position]);
  Utf8Step step = decode_utf8_strict(text, position);
  if (step.fault == Utf8Fault::kNone) {
    position += step.length;
    return step.code_point;
  }
  if (first == 0xED && is_continuation(text, position + 1) && is_continuation(text, position + 2)) {
    u32 c = 0xD000 | (bits_of(text, position + 1) << 6) | bits_of(text, position + 2);
    position += 3;
    return c;
  }
  ++position;
  return 0xDC00 + first;
}

Utf8Step decode_utf8_strict(std::string_view text, size_t i) {
  u8 first = static_cast<u8>(text[i]);
  if (first < 0x80) return {first, 1, Utf8Fault::kNone};
  if (first < 0xC2 || first > 0xF4) return fault(Utf8Fault::kInvalidStart, 1);
  if (!is_continuation(text, i + 1)) return continuation_fault(text, i + 1, 1);
  if (first < 0xE0) return {(u32{first} & 0x1F) << 6 | bits_of(text, i + 1), 2, Utf8Fault::kNone};
  u8 second = static_cast<u8>(text[i + 1]);
  if (first < 0xF0) {
    bool overlong = first == 0xE0 && second < 0xA0;
    bool surrogate = first == 0xED && second >= 0xA0;
    if (overlong || surrogate) return fault(Utf8Fault::kInvalidContinuation, 1);
    if (!is_continuation(text, i + 2)) return continuation_fault(text, i + 2, 2);
    return {(u32{first} & 0x0F) << 12 | bits_of(text, i + 1) << 6 | bits_of(text, i + 2), 3,
            Utf8Fault::kNone};
  }
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90)) {
    return fault(Utf8Fault::kInvalidContinuation, 1);
  }
  if (!is_continuation(text, i + 2)) return continuation_fault(text, i + 2, 2);
  if (!is_continuation(text, i + 3)) return continuation_fault(text, i + 3, 3);
  u32 c =
      (u32{first} & 7) << 18 | bits_of(text, i + 1) << 12 | bits_of(text, i + 2) << 6 | bits_of(text, i + 3);
  return {c, 4, Utf8Fault::kNone};
}

size_t ascii_prefix(std::string_view text) {
  constexpr u64 kHighs = 0x8080808080808080;
  size_t i = 0;
  for (; i + 32 <= text.size(); i += 32) {
    u64 words[4];
    std::memcpy(words, text.data() + i, 32);
    if ((words[0] | words[1] | words[2] | words[3]) & kHighs) break;
  }
  for (; i + 8 <= text.size(); i += 8) {
    u64 word;
    std::memcpy(&word, text.data() + i, 8);
    if (word & kHighs) break;
  }
  while (i < text.size() && static_cast<u8>(text[i]) < 0x80) ++i;
  return i;
}

}  // namespace lisle::rt

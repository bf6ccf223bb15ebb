// TextBuffer: a growable sequence of code points, kept in the narrowest unit width (1, 2 or 4 bytes) that
// fits what was appended so far. Messages, formatted text and the results of string methods are built in it
// and then copied into a Str once. Short content lies in the buffer itself, the memory for more comes from
// malloc and is freed by the destructor; it never outlives one native step.
//
// Invariant: `width_log2() == 0` as long as no code point above 0xFF was appended, and so on; `is_ascii()` is
// exact.
#pragma once
#include <cstring>
#include <string_view>

#include "runtime/support/base.h"

namespace lisle::rt {

struct TextBuffer {
 public:
  TextBuffer() = default;
  ~TextBuffer() {
    if (LISLE_UNLIKELY(bytes_ != own_)) release();
  }
  TextBuffer(const TextBuffer&) = delete;
  TextBuffer& operator=(const TextBuffer&) = delete;

  u64 length() const { return length_; }
  u32 width_log2() const { return width_log2_; }
  bool is_ascii() const { return !seen_beyond_ascii_; }
  const void* units() const { return bytes_; }
  u32 at(u64 i) const;
  // The content as bytes; only for buffers that stayed one byte wide.
  std::string_view latin1() const { return {reinterpret_cast<const char*>(bytes_), length_}; }

  void clear() {
    length_ = 0;
    width_log2_ = 0;
    seen_beyond_ascii_ = false;
  }
  // Makes room for `count` more code points of the current width.
  void reserve(u64 count) {
    if (LISLE_UNLIKELY(((length_ + count) << width_log2_) > capacity_)) grow(count);
  }

  void append(u32 code_point) {
    if (LISLE_LIKELY(code_point < 0x80 && width_log2_ == 0)) {
      reserve(1);
      bytes_[length_++] = static_cast<u8>(code_point);
      return;
    }
    append_wide(code_point);
  }
  void append_ascii(std::string_view text);
  void append_latin1(std::string_view bytes);
  void append_utf8(std::string_view text);  // ill-formed bytes as str.h's new_str takes them
  // `count` units of 1 << width bytes; `ascii` promises that none is above 0x7F.
  void append_units(const void* units, u32 width_log2, u64 count, bool ascii);
  void append_repeated(u32 code_point, u64 count);
  void append_int(i64 number);
  // Encodes the content as UTF-8 (surrogates in three bytes) into `out`, which ends up one byte wide.
  void encode_utf8(TextBuffer& out) const;

 private:
  void grow(u64 count);
  void widen(u32 width_log2);
  void append_wide(u32 code_point);
  void release();
  void take(u8* bytes, u64 capacity);

  static constexpr u64 kOwnBytes = 128;
  u8* bytes_ = own_;
  u64 length_ = 0;
  u64 capacity_ = kOwnBytes;  // bytes
  u32 width_log2_ = 0;
  bool seen_beyond_ascii_ = false;
  alignas(4) u8 own_[kOwnBytes];
};

// The decimal digits of a number, in the caller's memory.
inline std::string_view decimal_text(i64 number, char (&buffer)[24]) {
  char *end = buffer + sizeof buffer, *at = end;
  u64 rest = number < 0 ? 0 - static_cast<u64>(number) : static_cast<u64>(number);
  do {
    *--at = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (number < 0) *--at = '-';
  return {at, static_cast<size_t>(end - at)};
}

// Copies `count` units of 1 << from_log2 bytes to units of 1 << to_log2 bytes. Narrowing is the caller's
// promise.
void copy_units(void* to, u32 to_log2, const void* from, u32 from_log2, u64 count);
// The largest code point of a run of units (exact only up to its width class: 0x7F, 0xFF, 0xFFFF or
// 0x10FFFF).
u32 units_maximum(const void* units, u32 width_log2, u64 count);
inline u32 width_for(u32 maximum) {
  return maximum <= 0xFF ? 0 : maximum <= 0xFFFF ? 1 : 2;
}
inline u32 unit_at(const void* units, u32 width_log2, u64 i) {
  if (width_log2 == 0) return static_cast<const u8*>(units)[i];
  if (width_log2 == 1) return static_cast<const u16*>(units)[i];
  return static_cast<const u32*>(units)[i];
}

}  // namespace lisle::rt

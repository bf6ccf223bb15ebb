// The growable text buffer and the copying of code units between widths.
#include "runtime/support/text.h"

#include <cstdlib>

#include "runtime/support/utf8.h"

namespace lisle::rt {

namespace {

template <class To, class From>
void copy_as(void* to, const void* from, u64 count) {
  auto* target = static_cast<To*>(to);
  auto* source = static_cast<const From*>(from);
  for (u64 i = 0; i < count; ++i) target[i] = static_cast<To>(source[i]);
}

template <class To>
void copy_to(void* to, const void* from, u32 from_log2, u64 count) {
  if (from_log2 == 0) return copy_as<To, u8>(to, from, count);
  if (from_log2 == 1) return copy_as<To, u16>(to, from, count);
  copy_as<To, u32>(to, from, count);
}

template <class Unit>
u32 or_of_units(const void* units, u64 count) {
  auto* source = static_cast<const Unit*>(units);
  u32 bits = 0;
  for (u64 i = 0; i < count; ++i) bits |= source[i];
  return bits;
}

}  // namespace

void copy_units(void* to, u32 to_log2, const void* from, u32 from_log2, u64 count) {
  if (count == 0) return;
  if (to_log2 == from_log2) {
    std::memcpy(to, from, count << to_log2);
    return;
  }
  if (to_log2 == 0) return copy_to<u8>(to, from, from_log2, count);
  if (to_log2 == 1) return copy_to<u16>(to, from, from_log2, count);
  copy_to<u32>(to, from, from_log2, count);
}

u32 units_maximum(const void* units, u32 width_log2, u64 count) {
  // The union of all bits has the same width class as the maximum, and needs no comparison per unit.
  u32 bits = width_log2 == 0   ? or_of_units<u8>(units, count)
             : width_log2 == 1 ? or_of_units<u16>(units, count)
                               : or_of_units<u32>(units, count);
  return bits <= 0x7F ? 0x7F : bits <= 0xFF ? 0xFF : bits <= 0xFFFF ? 0xFFFF : 0x10FFFF;
}

void TextBuffer::release() {
  std::free(bytes_);
}

// Goes on in other memory, which holds the content already.
void TextBuffer::take(u8* bytes, u64 capacity) {
  if (bytes_ != own_) std::free(bytes_);
  bytes_ = bytes;
  capacity_ = capacity;
}

u32 TextBuffer::at(u64 i) const {
  return unit_at(bytes_, width_log2_, i);
}

void TextBuffer::grow(u64 count) {
  u64 needed = (length_ + count) << width_log2_;
  u64 capacity = capacity_ + capacity_ / 2;
  if (capacity < needed) capacity = needed;
  bool own = bytes_ == own_;
  auto* bytes = static_cast<u8*>(own ? std::malloc(capacity) : std::realloc(bytes_, capacity));
  if (bytes == nullptr) LISLE_UNREACHABLE();
  if (own) std::memcpy(bytes, own_, length_ << width_log2_);
  bytes_ = bytes;
  capacity_ = capacity;
}

void TextBuffer::widen(u32 width_log2) {
  if (width_log2 <= width_log2_) return;
  u64 capacity = (length_ + 16) << width_log2;
  auto* bytes = static_cast<u8*>(std::malloc(capacity));
  if (bytes == nullptr) LISLE_UNREACHABLE();
  copy_units(bytes, width_log2, bytes_, width_log2_, length_);
  take(bytes, capacity);
  width_log2_ = width_log2;
}

void TextBuffer::append_wide(u32 code_point) {
  widen(width_for(code_point));
  if (code_point > 0x7F) seen_beyond_ascii_ = true;
  reserve(1);
  copy_units(bytes_ + (length_ << width_log2_), width_log2_, &code_point, 2, 1);
  ++length_;
}

void TextBuffer::append_ascii(std::string_view text) {
  append_units(text.data(), 0, text.size(), true);
}

void TextBuffer::append_latin1(std::string_view bytes) {
  append_units(bytes.data(), 0, bytes.size(), false);
}

void TextBuffer::append_utf8(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    size_t start = i;
    while (i < text.size() && static_cast<u8>(text[i]) < 0x80) ++i;
    if (i > start) append_ascii(text.substr(start, i - start));
    if (i < text.size()) append(decode_lenient(text, i));
  }
}

void TextBuffer::append_units(const void* units, u32 width_log2, u64 count, bool ascii) {
  if (count == 0) return;
  if (!ascii) {
    u32 maximum = units_maximum(units, width_log2, count);
    widen(width_for(maximum));
    if (maximum > 0x7F) seen_beyond_ascii_ = true;
  }
  reserve(count);
  copy_units(bytes_ + (length_ << width_log2_), width_log2_, units, width_log2, count);
  length_ += count;
}

void TextBuffer::append_repeated(u32 code_point, u64 count) {
  if (count == 0) return;
  widen(width_for(code_point));
  if (code_point > 0x7F) seen_beyond_ascii_ = true;
  reserve(count);
  if (width_log2_ == 0) {
    std::memset(bytes_ + length_, static_cast<int>(code_point), count);
    length_ += count;
    return;
  }
  for (u64 i = 0; i < count; ++i) append_wide(code_point);
}

void TextBuffer::append_int(i64 number) {
  char digits[24];
  append_ascii(decimal_text(number, digits));
}

void TextBuffer::encode_utf8(TextBuffer& out) const {
  if (is_ascii()) return out.append_ascii(latin1());
  for (u64 i = 0; i < length_; ++i) {
    char bytes[4];
    size_t count = encode_utf8_char(at(i), bytes);
    out.append_latin1({bytes, count});
  }
}

}  // namespace lisle::rt

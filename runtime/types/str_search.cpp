// One-byte text is searched with memchr for the needle's first byte as long as that finds few others; then
// memmem of the C library, which is linear in the worst case (two-way) but slow to start, takes over. Wider
// text uses a first-and-last filter for short needles and the Knuth-Morris-Pratt table for long ones, which
// keeps the worst case linear too.
#include "runtime/types/str_search.h"

#include <cstring>
#include <memory>
#include <new>

#include "runtime/support/text.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

constexpr u64 kLongNeedle = 16;

template <class Unit>
i64 find_one(const Unit* text, u64 length, Unit c) {
  if constexpr (sizeof(Unit) == 1) {
    auto* hit = static_cast<const Unit*>(length == 0 ? nullptr : std::memchr(text, c, length));
    return hit == nullptr ? -1 : hit - text;
  }
  for (u64 i = 0; i < length; ++i) {
    if (text[i] == c) return static_cast<i64>(i);
  }
  return -1;
}

template <class Unit>
i64 find_long(const Unit* text, u64 length, const Unit* needle, u64 size) {
  // Memory for the table may be missing only for needles of absurd size; the plain search below answers then.
  std::unique_ptr<u64[]> border(new (std::nothrow) u64[size]);
  if (!border) return -2;
  border[0] = 0;
  for (u64 i = 1, k = 0; i < size; ++i) {
    while (k > 0 && needle[i] != needle[k]) k = border[k - 1];
    if (needle[i] == needle[k]) ++k;
    border[i] = k;
  }
  for (u64 i = 0, k = 0; i < length; ++i) {
    while (k > 0 && text[i] != needle[k]) k = border[k - 1];
    if (text[i] == needle[k]) ++k;
    if (k == size) return static_cast<i64>(i + 1 - size);
  }
  return -1;
}

// How many places with the first byte are looked at before memmem is asked.
constexpr int kFalseStarts = 16;

i64 find_bytes(const u8* text, u64 length, const u8* needle, u64 size) {
  const u8 *at = text, *last = text + (length - size);
  for (int starts = 0; starts < kFalseStarts; ++starts) {
    at = static_cast<const u8*>(std::memchr(at, needle[0], static_cast<size_t>(last - at) + 1));
    if (at == nullptr) return -1;
    if (at[1] == needle[1] && std::memcmp(at, needle, size) == 0) return at - text;
    if (at++ == last) return -1;
  }
  auto* hit = static_cast<const u8*>(memmem(at, static_cast<size_t>(text + length - at), needle, size));
  return hit == nullptr ? -1 : hit - text;
}

template <class Unit>
i64 find_same_width(const Unit* text, u64 length, const Unit* needle, u64 size) {
  if (size == 1) return find_one(text, length, needle[0]);
  if constexpr (sizeof(Unit) == 1) return find_bytes(text, length, needle, size);
  if (size >= kLongNeedle) {
    i64 found = find_long(text, length, needle, size);
    if (found != -2) return found;
  }
  Unit first = needle[0], last = needle[size - 1];
  for (u64 i = 0; i + size <= length; ++i) {
    if (text[i] != first || text[i + size - 1] != last) continue;
    if (std::memcmp(text + i, needle, size * sizeof(Unit)) == 0) return static_cast<i64>(i);
  }
  return -1;
}

template <class Unit>
i64 rfind_same_width(const Unit* text, u64 length, const Unit* needle, u64 size) {
  Unit first = needle[0], last = needle[size - 1];
  for (u64 i = length - size + 1; i-- > 0;) {
    if (text[i] != first || text[i + size - 1] != last) continue;
    if (std::memcmp(text + i, needle, size * sizeof(Unit)) == 0) return static_cast<i64>(i);
  }
  return -1;
}

// The needle in the width of the text; false when it has units that the text cannot hold.
class Widened {
 public:
  Widened(const Units& text, const Units& needle) : units_(needle) {
    if (needle.width_log2 == text.width_log2) return;
    if (needle.width_log2 > text.width_log2 &&
        width_for(units_maximum(needle.data, needle.width_log2, needle.length)) > text.width_log2) {
      fits_ = false;
      return;
    }
    u64 bytes = needle.length << text.width_log2;
    void* target = small_;
    if (bytes > sizeof small_) {
      large_.reset(new (std::nothrow) u8[bytes]);
      if (!large_) LISLE_UNREACHABLE();
      target = large_.get();
    }
    copy_units(target, text.width_log2, needle.data, needle.width_log2, needle.length);
    units_ = {target, text.width_log2, needle.length};
  }
  bool fits() const { return fits_; }
  const void* data() const { return units_.data; }

 private:
  Units units_;
  bool fits_ = true;
  alignas(4) u8 small_[256];
  std::unique_ptr<u8[]> large_;
};

// By reference: a copy of a Units that was only just put together waits for its parts to reach memory.
i64 find_widened(const Units& text, const void* needle, u64 size) {
  if (text.width_log2 == 0) {
    return find_same_width(static_cast<const u8*>(text.data), text.length, static_cast<const u8*>(needle),
                           size);
  }
  if (text.width_log2 == 1) {
    return find_same_width(static_cast<const u16*>(text.data), text.length, static_cast<const u16*>(needle),
                           size);
  }
  return find_same_width(static_cast<const u32*>(text.data), text.length, static_cast<const u32*>(needle),
                         size);
}

}  // namespace

i64 find_units(const Units& text, const Units& needle) {
  if (needle.length == 0) return 0;
  if (needle.length > text.length) return -1;
  if (LISLE_LIKELY(needle.width_log2 == text.width_log2))
    return find_widened(text, needle.data, needle.length);
  Widened wide(text, needle);
  return wide.fits() ? find_widened(text, wide.data(), needle.length) : -1;
}

i64 rfind_units(const Units& text, const Units& needle) {
  if (needle.length == 0) return static_cast<i64>(text.length);
  if (needle.length > text.length) return -1;
  Widened wide(text, needle);
  if (!wide.fits()) return -1;
  u64 n = text.length, m = needle.length;
  if (text.width_log2 == 0) {
    return rfind_same_width(static_cast<const u8*>(text.data), n, static_cast<const u8*>(wide.data()), m);
  }
  if (text.width_log2 == 1) {
    return rfind_same_width(static_cast<const u16*>(text.data), n, static_cast<const u16*>(wide.data()), m);
  }
  return rfind_same_width(static_cast<const u32*>(text.data), n, static_cast<const u32*>(wide.data()), m);
}

u64 count_units(const Units& text, const Units& needle, u64 limit) {
  if (needle.length > text.length || limit == 0) return 0;
  Widened wide(text, needle);
  if (!wide.fits()) return 0;
  u64 count = 0, at = 0;
  while (count < limit && at + needle.length <= text.length) {
    i64 found = find_widened(text.slice(at, text.length), wide.data(), needle.length);
    if (found < 0) break;
    ++count;
    at += static_cast<u64>(found) + needle.length;
  }
  return count;
}

bool equal_units(const Units& a, const Units& b) {
  if (a.length != b.length) return false;
  if (a.width_log2 == b.width_log2) {
    return a.length == 0 || std::memcmp(a.data, b.data, a.length << a.width_log2) == 0;
  }
  for (u64 i = 0; i < a.length; ++i) {
    if (a.at(i) != b.at(i)) return false;
  }
  return true;
}

i64 str_find(const Str* s, const Str* needle, u64 start, u64 end) {
  Units text = Units{s->data, s->width_log2(), s->length}.slice(start, end);
  i64 found = find_units(text, {needle->data, needle->width_log2(), needle->length});
  return found < 0 ? -1 : found + static_cast<i64>(start);
}

i64 str_rfind(const Str* s, const Str* needle, u64 start, u64 end) {
  Units text = Units{s->data, s->width_log2(), s->length}.slice(start, end);
  i64 found = rfind_units(text, {needle->data, needle->width_log2(), needle->length});
  return found < 0 ? -1 : found + static_cast<i64>(start);
}

bool str_contains(const Str* s, const Str* needle) {
  return str_find(s, needle, 0, s->length) >= 0;
}

}  // namespace lisle::rt

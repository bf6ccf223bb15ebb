// Text from and to UTF-8.
//
// Reading looks at the bytes twice: how many characters there are and how wide the widest is can be told
// without understanding them, many bytes at a time; then each is checked and put where it belongs. Writing
// takes characters of 16 bits without branches, because mixed text is hard to predict.
#include "runtime/types/str_utf8.h"

#include <algorithm>
#include <cstring>

#include "runtime/support/text.h"
#include "runtime/support/utf8.h"
#include "runtime/types/str.h"

namespace lisle::rt {

// --- reading

namespace {

struct Utf8Shape {
  u64 count;   // of characters, if the bytes are well-formed
  u8 maximum;  // of the bytes
};

Utf8Shape shape_of(std::string_view utf8) {
  u64 count = 0;
  u8 maximum = 0;
  for (const char c : utf8) {
    count += static_cast<signed char>(c) >= -64;  // no continuation
    maximum = std::max(maximum, static_cast<u8>(c));
  }
  return {count, maximum};
}

u32 width_of(Utf8Shape shape) {
  constexpr u8 kFirstBeyondLatin1 = 0xC4, kFirstOfFour = 0xF0;
  return shape.maximum < kFirstBeyondLatin1 ? 0 : shape.maximum < kFirstOfFour ? 1 : 2;
}

// Puts the characters to `to`, for which they are narrow enough; false when the bytes are ill-formed. There
// are as many as shape_of() says, because each sequence that is accepted begins with a byte it counts.
template <class Unit>
bool read_utf8(std::string_view utf8, Unit* to) {
  const u8* at = reinterpret_cast<const u8*>(utf8.data());
  const u8* const end = at + utf8.size();
  while (at < end) {
    const u32 c = *at;
    if (c < 0x80) {
      *to++ = static_cast<Unit>(c);
      ++at;
      continue;
    }
    if (c < 0xE0 && end - at >= 2 && c >= 0xC2 && (at[1] & 0xC0) == 0x80) {
      *to++ = static_cast<Unit>((c & 0x1F) << 6 | (at[1] & 0x3F));
      at += 2;
      continue;
    }
    const size_t position = static_cast<size_t>(at - reinterpret_cast<const u8*>(utf8.data()));
    const Utf8Step step = decode_utf8_strict(utf8, position);
    if (step.fault != Utf8Fault::kNone) return false;
    *to++ = static_cast<Unit>(step.code_point);
    at += step.length;
  }
  return true;
}

}  // namespace

Str* new_str_well_formed(Runtime& rt, std::string_view utf8) {
  // Most text is ASCII, which is told eight times as fast.
  if (ascii_prefix(utf8) == utf8.size()) return new_str_ascii(rt, utf8);
  const Utf8Shape shape = shape_of(utf8);
  // Nothing but continuations.
  if (shape.count == 0) return nullptr;
  Str* s = new_str_blank(rt, shape.count, width_of(shape));
  const bool well_formed = s->width_log2() == 0   ? read_utf8(utf8, s->data)
                           : s->width_log2() == 1 ? read_utf8(utf8, reinterpret_cast<u16*>(s->data))
                                                  : read_utf8(utf8, reinterpret_cast<u32*>(s->data));
  if (!well_formed) return nullptr;
  return shape.count == 1 ? str_from_char(rt, s->at(0)) : s;
}

Str* new_str(Runtime& rt, std::string_view utf8) {
  if (Str* s = new_str_well_formed(rt, utf8)) return s;
  TextBuffer text;
  text.append_utf8(utf8);
  return new_str_from(rt, text);
}

// --- writing

namespace {

template <class Unit>
u64 utf8_size(const Unit* units, u64 count) {
  u64 size = count;
  for (u64 i = 0; i < count; ++i) {
    size += units[i] >= 0x80;
    if constexpr (sizeof(Unit) > 1) size += units[i] >= 0x800;
    if constexpr (sizeof(Unit) > 2) size += units[i] >= 0x10000;
  }
  return size;
}

// One character of up to 16 bits; four bytes are written.
u8* write_narrow(u32 c, u8* to) {
  const u32 tail = 0x80 | (c & 0x3F);
  const u32 two = 0xC0 | c >> 6 | tail << 8;
  const u32 three = 0xE0 | c >> 12 | (0x80 | (c >> 6 & 0x3F)) << 8 | tail << 16;
  const u32 code = c < 0x80 ? c : c < 0x800 ? two : three;
  std::memcpy(to, &code, sizeof code);
  return to + 1 + (c >= 0x80) + (c >= 0x800);
}

// Four units at a time; each needs one byte or more, so that what is written beyond one is written again.
// Returns how many it has done.
template <class Unit>
u64 write_by_four(const Unit* units, u64 count, u8*& to) {
  u64 i = 0;
  for (; i + 7 <= count; i += 4) {
    const u32 a = units[i], b = units[i + 1], c = units[i + 2], d = units[i + 3];
    if ((a | b | c | d) < 0x80) {
      const u32 four = a | b << 8 | c << 16 | d << 24;
      std::memcpy(to, &four, sizeof four);
      to += 4;
      continue;
    }
    to = write_narrow(a, to);
    to = write_narrow(b, to);
    to = write_narrow(c, to);
    to = write_narrow(d, to);
  }
  return i;
}

template <class Unit>
u8* write_utf8(const Unit* units, u64 count, u8* to) {
  u64 i = 0;
  if constexpr (sizeof(Unit) <= 2) i = write_by_four(units, count, to);
  for (; i < count; ++i) {
    const u32 c = units[i];
    if (c < 0x80) {
      *to++ = static_cast<u8>(c);
    } else if (c < 0x800) {
      *to++ = static_cast<u8>(0xC0 | c >> 6);
      *to++ = static_cast<u8>(0x80 | (c & 0x3F));
    } else {
      to += encode_utf8_char(c, reinterpret_cast<char*>(to));
    }
  }
  return to;
}

// Units start .. start + count of `s`.
u8* write_units(const Str* s, u64 start, u64 count, u8* to) {
  if (s->width_log2() == 0) return write_utf8(s->data + start, count, to);
  return s->width_log2() == 1 ? write_utf8(s->data16() + start, count, to)
                              : write_utf8(s->data32() + start, count, to);
}

template <class Unit>
bool any_surrogate(const Unit* units, u64 count) {
  bool any = false;
  for (u64 i = 0; i < count; ++i) any |= units[i] >= 0xD800 && units[i] <= 0xDFFF;
  return any;
}

}  // namespace

bool has_surrogates(const Str* s) {
  if (s->width_log2() == 0) return false;
  return s->width_log2() == 1 ? any_surrogate(s->data16(), s->length) : any_surrogate(s->data32(), s->length);
}

u64 str_utf8_size(const Str* s) {
  if (s->is_ascii()) return s->length;
  if (s->width_log2() == 0) return utf8_size(s->data, s->length);
  return s->width_log2() == 1 ? utf8_size(s->data16(), s->length) : utf8_size(s->data32(), s->length);
}

u8* str_write_utf8(const Str* s, u8* to) {
  return write_units(s, 0, s->length, to);
}

std::string_view str_utf8(const Str* s, TextBuffer& scratch) {
  if (s->is_ascii()) return s->latin1();
  constexpr u64 kPiece = 64;
  scratch.clear();
  scratch.reserve(str_utf8_size(s) + 1);
  for (u64 i = 0; i < s->length; i += kPiece) {
    u8 bytes[kPiece * 4];
    const u8* end = write_units(s, i, std::min(kPiece, s->length - i), bytes);
    scratch.append_latin1({reinterpret_cast<const char*>(bytes), static_cast<size_t>(end - bytes)});
  }
  u64 length = scratch.length();
  scratch.append(0);
  return scratch.latin1().substr(0, length);
}

}  // namespace lisle::rt

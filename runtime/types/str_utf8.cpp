// Text from and to UTF-8.
//
// Reading looks at the bytes twice: how many characters there are and how wide the widest is can be told
// without understanding them, many bytes at a time; then they are checked, many at a time as well, and put
// where they belong. Writing works out the bytes of many characters without branches, because mixed text is
// hard to predict.
#include "runtime/types/str_utf8.h"

#include <algorithm>
#include <bit>
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

// Counts in bytes as long as they cannot overflow: the machine adds many bytes at once.
Utf8Shape shape_of(std::string_view utf8) {
  constexpr size_t kLanes = 32, kMostRounds = 255;
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  u64 count = 0;
  u8 maximum = 0;
  while (static_cast<size_t>(end - at) >= kLanes) {
    const size_t rounds = std::min(static_cast<size_t>(end - at) / kLanes, kMostRounds);
    u8 counts[kLanes]{}, maxima[kLanes]{};
    for (size_t round = 0; round < rounds; ++round, at += kLanes) {
      for (size_t lane = 0; lane < kLanes; ++lane) {
        counts[lane] += static_cast<signed char>(at[lane]) >= -64;  // no continuation
        maxima[lane] = std::max(maxima[lane], static_cast<u8>(at[lane]));
      }
    }
    for (size_t lane = 0; lane < kLanes; ++lane) {
      count += counts[lane];
      maximum = std::max(maximum, maxima[lane]);
    }
  }
  for (; at < end; ++at) {
    count += static_cast<signed char>(*at) >= -64;
    maximum = std::max(maximum, static_cast<u8>(*at));
  }
  return {count, maximum};
}

u32 width_of(Utf8Shape shape) {
  constexpr u8 kFirstBeyondLatin1 = 0xC4, kFirstOfFour = 0xF0;
  return shape.maximum < kFirstBeyondLatin1 ? 0 : shape.maximum < kFirstOfFour ? 1 : 2;
}

// --- sixty-four bytes at a time
//
// Which bytes begin a sequence, and of what length, is told for all of them by comparisons whose results are
// bits of a word. So is whether the continuations are where they have to be; what remains is to put together
// the characters, whose places are known, without a branch that depends on the text.

constexpr u64 kBlockBytes = 64;
using ByteLanes = u8 __attribute__((ext_vector_type(16)));
using BitLanes = bool __attribute__((ext_vector_type(16)));

// The bits of the bytes that are not below `least`.
u64 bits_from(const u8* at, u8 least) {
  u64 bits = 0;
  for (u64 i = 0; i < kBlockBytes; i += 16) {
    ByteLanes lanes;
    std::memcpy(&lanes, at + i, sizeof lanes);
    const BitLanes chosen = __builtin_convertvector(lanes >= ByteLanes(least), BitLanes);
    bits |= u64{__builtin_bit_cast(u16, chosen)} << i;
  }
  return bits;
}

struct Utf8Block {
  u64 starts;  // bytes that begin a sequence
  u64 leads;   // those of them that begin one of several bytes
  u64 spill;   // bytes behind the block that continue its last sequence
  bool fits;   // every lead has its continuations, and nothing else is there
};

// `spill` is what the block before left. The longest sequences of the text have `most` bytes.
template <u64 most>
Utf8Block look_at_block(const u8* at, u64 spill) {
  const u64 high = bits_from(at, 0x80);
  if (LISLE_LIKELY(high == 0)) return {~u64{0}, 0, 0, spill == 0};
  const u64 from_c0 = bits_from(at, 0xC0), leads = bits_from(at, 0xC2);
  const u64 three = most >= 3 ? bits_from(at, 0xE0) : 0, four = most >= 4 ? bits_from(at, 0xF0) : 0;
  const u64 wanted = spill | leads << 1 | three << 2 | four << 3;
  bool fits = (high & ~from_c0) == wanted && from_c0 == leads;
  if constexpr (most >= 4) fits = fits && bits_from(at, 0xF5) == 0;
  return {~wanted, leads, leads >> 63 | three >> 62 | four >> 61, fits};
}

// The character at `at`; `wrong` gets a bit where fewer bytes could hold it, or where it is none.
template <u64 most>
u32 character_at(const u8* at, u32& wrong) {
  const u32 c = at[0], two = (c & 0x1F) << 6 | (at[1] & 0x3F);
  if constexpr (most == 2) return c < 0x80 ? c : two;
  const u32 three = (c & 0x0F) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3F);
  const u32 short_one = c < 0x80 ? c : two;
  wrong |= (c >= 0xE0) & ((three < 0x800) | ((three & 0xF800) == 0xD800)) & (c < 0xF0);
  if constexpr (most == 3) return c < 0xE0 ? short_one : three;
  const u32 four = (c & 7) << 18 | (at[1] & 0x3Fu) << 12 | (at[2] & 0x3Fu) << 6 | (at[3] & 0x3F);
  wrong |= (c >= 0xF0) & ((four < 0x10000) | (four > 0x10FFFF));
  return c < 0xE0 ? short_one : c < 0xF0 ? three : four;
}

using UnitLanes = u16 __attribute__((ext_vector_type(8)));

UnitLanes units_of(const u8* at) {
  using Bytes = u8 __attribute__((ext_vector_type(8)));
  Bytes bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return __builtin_convertvector(bytes, UnitLanes);
}

// What character_at() says of each byte of a block, as if a sequence of up to three bytes began there.
template <u64 most>
void characters_of(const u8* at, u16 (&units)[kBlockBytes], u32& wrong) {
  UnitLanes faults = 0;
  for (u64 i = 0; i < kBlockBytes; i += 8) {
    const UnitLanes c = units_of(at + i), second = units_of(at + i + 1) & 0x3F;
    const UnitLanes two = (c & 0x1F) << 6 | second;
    UnitLanes unit = (c & 0x80) == 0 ? c : two;
    if constexpr (most == 3) {
      const UnitLanes three = c << 12 | second << 6 | (units_of(at + i + 2) & 0x3F), high = three & 0xF800;
      const auto is_three = (c & 0xE0) == 0xE0;
      faults |= is_three & (high == 0 | high == 0xD800) ? UnitLanes(1) : UnitLanes(0);
      unit = is_three ? three : unit;
    }
    std::memcpy(units + i, &unit, sizeof unit);
  }
  wrong |= __builtin_reduce_or(faults);
}

// The characters of a block with many leads. Up to three more units are written.
template <u64 most, class Unit>
Unit* read_densely(const u8* at, u64 starts, Unit* to, u32& wrong) {
  Unit* const end = to + std::popcount(starts);
  u16 units[kBlockBytes];
  if constexpr (most <= 3) characters_of<most>(at, units, wrong);
  while (to < end) {
    // Four at a time, because how many there are is hard to predict.
    for (int k = 0; k < 4; ++k, starts &= starts - 1) {
      const int place = std::countr_zero(starts | u64{1} << 63);
      if constexpr (most <= 3)
        *to++ = static_cast<Unit>(units[place]);
      else
        *to++ = static_cast<Unit>(character_at<most>(at + place, wrong));
    }
  }
  return end;
}

template <class Unit>
void widen(const u8* from, u64 count, Unit* to) {
  for (u64 i = 0; i < count; ++i) to[i] = from[i];
}

// `count` plain characters; up to 31 more units may be written.
template <class Unit>
void widen_run(const u8* from, u64 count, Unit* to) {
  constexpr u64 kPiece = 32;
  for (u64 i = 0; i < count; i += kPiece)
    for (u64 k = 0; k < kPiece; ++k) to[i + k] = from[i + k];
}

// The characters of a block with few leads, whose plain runs are copied; the first `from` bytes belong to the
// block before.
template <u64 most, class Unit>
Unit* read_runs(const u8* at, u64 from, u64 leads, Unit* to, u32& wrong) {
  for (; leads; leads &= leads - 1) {
    const u64 lead = static_cast<u64>(std::countr_zero(leads));
    widen_run(at + from, lead - from, to);
    to += lead - from;
    *to++ = static_cast<Unit>(character_at<most>(at + lead, wrong));
    from = lead + 2;
    if constexpr (most >= 3) from += at[lead] >= 0xE0;
    if constexpr (most >= 4) from += at[lead] >= 0xF0;
  }
  if (from >= kBlockBytes) return to;
  widen_run(at + from, kBlockBytes - from, to);
  return to + (kBlockBytes - from);
}

// Reads whole blocks as long as enough is behind them to read and to write beyond their end. False when they
// are ill-formed. `at` and `to` move.
template <u64 most, class Unit>
bool read_blocks(const u8*& at, const u8* end, Unit*& to, const Unit* to_end) {
  constexpr u64 kBehind = 32, kFewLeads = 8;
  u64 spill = 0;
  u32 wrong = 0;
  auto has_room = [&] {
    constexpr std::ptrdiff_t kRoom = kBlockBytes + kBehind;
    return end - at >= kRoom && to_end - to >= kRoom;
  };
  for (; has_room(); at += kBlockBytes) {
    const Utf8Block block = look_at_block<most>(at, spill);
    if (LISLE_UNLIKELY(!block.fits)) return false;
    if (block.leads == 0 && spill == 0) {
      widen(at, kBlockBytes, to);
      to += kBlockBytes;
    } else if (std::popcount(block.leads) <= static_cast<int>(kFewLeads)) {
      to = read_runs<most>(at, static_cast<u64>(std::popcount(spill)), block.leads, to, wrong);
    } else {
      to = read_densely<most>(at, block.starts, to, wrong);
    }
    spill = block.spill;
  }
  for (; spill; spill >>= 1)
    if (at == end || (*at++ & 0xC0) != 0x80) return false;
  return wrong == 0;
}

// Puts the characters to `to`, for which they are narrow enough; false when the bytes are ill-formed. There
// are `count`, as shape_of() says, because each sequence that is accepted begins with a byte it counts.
template <u64 most, class Unit>
bool read_utf8(std::string_view utf8, Unit* to, u64 count) {
  const u8* at = reinterpret_cast<const u8*>(utf8.data());
  const u8* const end = at + utf8.size();
  if (!read_blocks<most>(at, end, to, to + count)) return false;
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

bool read_into(Str* s, std::string_view utf8, Utf8Shape shape) {
  constexpr u8 kFirstOfThree = 0xE0;
  if (s->width_log2() == 0) return read_utf8<2>(utf8, s->data, s->length);
  if (s->width_log2() == 2) return read_utf8<4>(utf8, reinterpret_cast<u32*>(s->data), s->length);
  auto* units = reinterpret_cast<u16*>(s->data);
  return shape.maximum < kFirstOfThree ? read_utf8<2>(utf8, units, s->length)
                                       : read_utf8<3>(utf8, units, s->length);
}

}  // namespace

Str* new_str_well_formed(Runtime& rt, std::string_view utf8) {
  // Most text is ASCII, which is told eight times as fast.
  if (ascii_prefix(utf8) == utf8.size()) return new_str_ascii(rt, utf8);
  const Utf8Shape shape = shape_of(utf8);
  // Nothing but continuations.
  if (shape.count == 0) return nullptr;
  Str* s = new_str_blank(rt, shape.count, width_of(shape));
  if (!read_into(s, utf8, shape)) {
    // A word of a stack may still hold it, and an image with it: large ones began with what was there before.
    std::memset(s->data, 0, s->length << s->width_log2());
    return nullptr;
  }
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
  constexpr u64 kMost = u64{1} << 14;  // what 16 bits can count: the machine adds many of those at once
  u64 size = 0;
  for (u64 at = 0; at < count; at += kMost) {
    const u64 end = std::min(count, at + kMost);
    u16 more = 0;
    for (u64 i = at; i < end; ++i) {
      more += units[i] >= 0x80;
      if constexpr (sizeof(Unit) > 1) more += units[i] >= 0x800;
      if constexpr (sizeof(Unit) > 2) more += units[i] >= 0x10000;
    }
    size += end - at + more;
  }
  return size;
}

// The bytes of a character of at most `most` of them, the first one lowest, and their count.
template <u64 most>
u32 utf8_code(u32 c) {
  const u32 tail = 0x80 | (c & 0x3F), two = 0xC0 | c >> 6 | tail << 8;
  u32 code = c < 0x80 ? c : two;
  if constexpr (most >= 3) {
    const u32 middle = 0x80 | (c >> 6 & 0x3F), three = 0xE0 | c >> 12 | middle << 8 | tail << 16;
    code = c < 0x800 ? code : three;
    if constexpr (most >= 4) {
      const u32 four = 0xF0 | c >> 18 | (0x80 | (c >> 12 & 0x3F)) << 8 | middle << 16 | tail << 24;
      code = c < 0x10000 ? code : four;
    }
  }
  return code;
}
template <u64 most>
u32 utf8_code_size(u32 c) {
  return 1 + (c >= 0x80) + (most >= 3 && c >= 0x800) + (most >= 4 && c >= 0x10000);
}

// The bytes of characters are worked out side by side, and then put one behind the other; what is written
// beyond one is written again.
constexpr u64 kUnits = 32;
template <u64 most, class Unit>
u8* write_block(const Unit* units, u8* to) {
  using Code = std::conditional_t<most == 2, u16, u32>;
  Code codes[kUnits], sizes[kUnits];
  for (u64 i = 0; i < kUnits; ++i) {
    codes[i] = static_cast<Code>(utf8_code<most>(units[i]));
    sizes[i] = static_cast<Code>(utf8_code_size<most>(units[i]));
  }
  for (u64 i = 0; i < kUnits; ++i) {
    std::memcpy(to, &codes[i], sizeof(Code));
    to += sizes[i];
  }
  return to;
}

// Behind a block at least as many characters follow as bytes may be written beyond it.
template <class Unit>
u8* write_utf8(const Unit* units, u64 count, u8* to) {
  constexpr u64 kBehind = 3;
  u64 at = 0;
  for (; at + kUnits + kBehind <= count; at += kUnits) {
    u32 all = 0;
    for (u64 i = 0; i < kUnits; ++i) all |= units[at + i];
    if (all < 0x80) {
      for (u64 i = 0; i < kUnits; ++i) to[i] = static_cast<u8>(units[at + i]);
      to += kUnits;
    } else if (sizeof(Unit) == 1 || all < 0x800) {
      to = write_block<2>(units + at, to);
    } else if (sizeof(Unit) == 2 || all < 0x10000) {
      to = write_block<3>(units + at, to);
    } else {
      to = write_block<4>(units + at, to);
    }
  }
  for (; at < count; ++at) to += encode_utf8_char(units[at], reinterpret_cast<char*>(to));
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

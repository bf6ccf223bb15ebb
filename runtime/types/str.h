// str: a sequence of code points in 1, 2 or 4 bytes a unit, the narrowest that fits all of them. Immutable,
// but for one that still grows: it is in a variable to which a loop appends, nowhere else, and has room to
// spare.
#pragma once
#include <string_view>

#include "runtime/object/result.h"
#include "runtime/types/array.h"

namespace lisle::rt {

struct Str : Object {
  static constexpr Kind kKind = Kind::Str;
  // Object::aux: bits 0-1 the unit width's logarithm, bit 2 all code points < 128, bit 3 interned; the high
  // byte is zero, or the logarithm of the bytes of data that a growing string has
  static constexpr u16 kWidthMask = 3, kAscii = 4, kInterned = 8;
  static constexpr u32 kCapacityShift = 8;
  u64 hash;    // 0: not computed yet
  u64 length;  // code points
  u8 data[];   // length << width_log2 bytes, then one zero unit

  u32 width_log2() const { return aux & kWidthMask; }
  bool is_ascii() const { return aux & kAscii; }
  bool is_interned() const { return aux & kInterned; }
  const u16* data16() const { return reinterpret_cast<const u16*>(data); }
  const u32* data32() const { return reinterpret_cast<const u32*>(data); }
  u16* data16() { return reinterpret_cast<u16*>(data); }
  u32* data32() { return reinterpret_cast<u32*>(data); }
  u32 at(u64 i) const { return width_log2() == 0 ? data[i] : width_log2() == 1 ? data16()[i] : data32()[i]; }
  // The bytes of an ASCII (or Latin-1) string.
  std::string_view latin1() const { return {reinterpret_cast<const char*>(data), length}; }

  bool is_growing() const { return aux >> kCapacityShift; }
  size_t data_bytes() const {
    return is_growing() ? size_t{1} << (aux >> kCapacityShift) : (length + 1) << width_log2();
  }
  size_t byte_size() const { return sizeof(Str) + data_bytes(); }
  template <class V>
  void visit(V&&) {}
};

inline bool is_str(Value v) {
  return is_kind(v, Kind::Str);
}

// From UTF-8; ill-formed bytes (and surrogates, encoded in three bytes) become the code points they spell.
Str* new_str(Runtime& rt, std::string_view utf8);
Str* new_str_latin1(Runtime& rt, std::string_view bytes);
Str* new_str_ascii(Runtime& rt, std::string_view bytes);  // the caller's promise
Str* new_str_utf32(Runtime& rt, const u32* points, size_t count);
// Uninitialised text of a given width (0, 1, 2) and length; the caller fills in narrowest-form data at once
// and sets kAscii if it applies.
Str* new_str_blank(Runtime& rt, u64 length, u32 width_log2);
Str* str_from_char(Runtime& rt, u32 code_point);  // cached for Latin-1
Str* intern(Runtime& rt, Str* s);
Str* intern(Runtime& rt, std::string_view utf8);

i64 str_hash(Runtime& rt, Str* s);  // SipHash-1-3 with the Runtime's key; cached in the string
bool str_equal(const Str* a, const Str* b);
bool str_equals(const Str* a, std::string_view ascii);
int str_compare(const Str* a, const Str* b);  // by code point
Result str_concat(Runtime& rt, Str* a, Str* b);
// a + b where the variable that holds `a` gets the sum and nobody else has `a` while it grows: the sum may be
// `a` itself, grown in place, so that building a text piece by piece takes time proportional to its length.
Result str_append(Runtime& rt, Str* a, Str* b);
// A growing string becomes one like all others; to be called before anybody else gets it.
void str_settle(Str* s);
Str* str_slice(Runtime& rt, Str* s, u64 start, u64 end);  // start <= end <= length

// UTF-8 with surrogates in three bytes, for messages and output. Ends in a NUL byte that is not counted;
// lives as long as `s` and `scratch`.
std::string_view str_utf8(const Str* s, struct TextBuffer& scratch);
// The same into memory of the caller, without the NUL byte: how many bytes, and where they end.
u64 str_utf8_size(const Str* s);
u8* str_write_utf8(const Str* s, u8* to);

// --- building
// --------------------------------------------------------------------------------------------------------
void append_str(struct TextBuffer& text, const Str* s);
void append_str_slice(struct TextBuffer& text, const Str* s, u64 start, u64 end);
// The content of a text buffer as a str; the Result form raises MemoryError when there is no room.
Str* new_str_from(Runtime& rt, const struct TextBuffer& text);
Result finish_text(Runtime& rt, const struct TextBuffer& text);
// Narrows `count` units of any width to the form a Str has.
Str* new_str_units(Runtime& rt, const void* units, u32 width_log2, u64 count);
// Raises MemoryError unless `count` units (plus header) can be allocated; None otherwise.
Result require_text_room(Runtime& rt, u64 count, u32 width_log2);
Result raise_no_memory(Runtime& rt);

Str* empty_str(Runtime& rt);
// Is `v` of class str itself (not of a subclass)?
bool is_exact_str(const Runtime& rt, Value v);
// `s` itself when it is exact, else a copy of class str.
Str* exact_str(Runtime& rt, Str* s);

// --- operations shared with other files
// ------------------------------------------------------------------------------ The character at `index`,
// which may count from the end; IndexError beyond.
Result str_item(Runtime& rt, Str* s, i64 index);
// s[key] for an int or a slice of ints and Nones; TypeError for other keys.
Result str_subscript(Runtime& rt, Str* s, Value key);
Result str_repeat(Runtime& rt, Str* s, i64 times);
// Index of the first `needle` in s[start:end], -1 when absent; start <= end <= length.
i64 str_find(const Str* s, const Str* needle, u64 start, u64 end);
i64 str_rfind(const Str* s, const Str* needle, u64 start, u64 end);
bool str_contains(const Str* s, const Str* needle);
// The text of repr(): with quotes and escapes.
void append_repr(struct TextBuffer& text, const Str* s);
// The same with everything beyond ASCII escaped.
void append_ascii_repr(struct TextBuffer& text, const Str* s);

}  // namespace lisle::rt

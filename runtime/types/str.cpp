// str: creation, interning, hashing, comparison, concatenation, repetition and slicing. The methods are in
// str_methods*.cpp, searching in str_search.cpp.
//
// Invariant kept here: a Str always has the narrowest width that fits its code points, and kAscii is set
// exactly when all of them are below 128. Equality of two strings can therefore compare widths first and
// bytes afterwards.
#include "runtime/types/str.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "runtime/runtime.h"
#include "runtime/support/siphash.h"
#include "runtime/support/text.h"
#include "runtime/support/utf8.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"

namespace lisle::rt {

namespace {

// Below this size nobody asks the heap whether there is room: its reserve covers it.
constexpr u64 kUncheckedBytes = u64{1} << 20;
constexpr u64 kMaxTextBytes = u64{1} << 46;

Str* new_ascii_or_latin1(Runtime& rt, const void* bytes, u64 count, bool ascii) {
  if (count <= 1) return count == 0 ? empty_str(rt) : str_from_char(rt, *static_cast<const u8*>(bytes));
  Str* s = new_str_blank(rt, count, 0);
  std::memcpy(s->data, bytes, count);
  if (ascii) s->aux |= Str::kAscii;
  return s;
}

template <class A, class B>
int compare_units(const A* a, const B* b, u64 count) {
  for (u64 i = 0; i < count; ++i) {
    if (a[i] != b[i]) return u32{a[i]} < u32{b[i]} ? -1 : 1;
  }
  return 0;
}

template <class A>
int compare_with(const A* a, const Str* b, u64 count) {
  if (b->width_log2() == 0) return compare_units(a, b->data, count);
  if (b->width_log2() == 1) return compare_units(a, b->data16(), count);
  return compare_units(a, b->data32(), count);
}

}  // namespace

Str* empty_str(Runtime& rt) {
  if (LISLE_LIKELY(rt.names.empty != nullptr)) return rt.names.empty;
  Str* s = new_str_blank(rt, 0, 0);  // only before the names exist
  s->aux |= Str::kAscii;
  return s;
}

Str* new_str_blank(Runtime& rt, u64 length, u32 width_log2) {
  Str* s = rt.make_uncleared<Str>(TypeId::Str, (length + 1) << width_log2);
  s->aux = static_cast<u16>(width_log2);
  s->length = length;
  std::memset(s->data + (length << width_log2), 0, size_t{1} << width_log2);
  return s;
}

Str* new_str_latin1(Runtime& rt, std::string_view bytes) {
  return new_ascii_or_latin1(rt, bytes.data(), bytes.size(), ascii_prefix(bytes) == bytes.size());
}

Str* new_str_ascii(Runtime& rt, std::string_view bytes) {
  return new_ascii_or_latin1(rt, bytes.data(), bytes.size(), true);
}

Str* new_str_utf32(Runtime& rt, const u32* points, size_t count) {
  return new_str_units(rt, points, 2, count);
}

Str* new_str_units(Runtime& rt, const void* units, u32 width_log2, u64 count) {
  if (count == 0) return empty_str(rt);
  if (count == 1) return str_from_char(rt, unit_at(units, width_log2, 0));
  u32 maximum = units_maximum(units, width_log2, count);
  Str* s = new_str_blank(rt, count, width_for(maximum));
  if (maximum <= 0x7F) s->aux |= Str::kAscii;
  copy_units(s->data, s->width_log2(), units, width_log2, count);
  return s;
}

Str* new_str_from(Runtime& rt, const TextBuffer& text) {
  if (text.length() <= 1) return new_str_units(rt, text.units(), text.width_log2(), text.length());
  // A buffer that was cleared or cut may be wider than its content needs.
  if (text.width_log2() > 0) return new_str_units(rt, text.units(), text.width_log2(), text.length());
  return new_ascii_or_latin1(rt, text.units(), text.length(), text.is_ascii());
}

Result finish_text(Runtime& rt, const TextBuffer& text) {
  TRY(require_text_room(rt, text.length(), text.width_log2()));
  return Value::from(new_str_from(rt, text));
}

Result raise_no_memory(Runtime& rt) {
  return raise_value(rt, Value::from(new_exception(rt, TypeId::MemoryError, Value::unbound())));
}

Result require_text_room(Runtime& rt, u64 count, u32 width_log2) {
  if (LISLE_LIKELY(count < kUncheckedBytes)) return Result::none();
  if (count > kMaxTextBytes || !rt.heap.has_room((count << width_log2) + sizeof(Str) + 16)) {
    return raise_no_memory(rt);
  }
  return Result::none();
}

Str* str_from_char(Runtime& rt, u32 c) {
  if (c > 0xFF) {
    Str* s = new_str_blank(rt, 1, width_for(c));
    copy_units(s->data, s->width_log2(), &c, 2, 1);
    return s;
  }
  Str* s = rt.latin1_chars[c];
  if (LISLE_LIKELY(s != nullptr)) return s;
  s = new_str_blank(rt, 1, 0);
  s->data[0] = static_cast<u8>(c);
  if (c < 0x80) s->aux |= Str::kAscii;
  rt.latin1_chars[c] = s;
  return s;
}

bool is_exact_str(const Runtime& rt, Value v) {
  return is_str(v) && v.object()->shape == rt.shape_of(TypeId::Str);
}

Str* exact_str(Runtime& rt, Str* s) {
  if (is_exact_str(rt, Value::from(s))) return s;
  return new_str_units(rt, s->data, s->width_log2(), s->length);
}

Str* intern(Runtime& rt, Str* s) {
  if (s->is_interned()) return s;
  s = exact_str(rt, s);
  Value known = dict_get_str(rt, *rt.interned, s);
  if (!known.is_unbound()) return to<Str>(known);
  s->aux |= Str::kInterned;
  dict_set_str(rt, *rt.interned, s, Value::from(s));
  return s;
}

Str* intern(Runtime& rt, std::string_view utf8) {
  return intern(rt, new_str(rt, utf8));
}

i64 str_hash(Runtime& rt, Str* s) {
  if (LISLE_UNLIKELY(s->hash == 0)) {
    s->hash = static_cast<u64>(text_hash(rt.hash_key, s->data, s->length << s->width_log2()));
  }
  return static_cast<i64>(s->hash);
}

bool str_equal(const Str* a, const Str* b) {
  if (a == b) return true;
  if (a->length != b->length || a->width_log2() != b->width_log2()) return false;
  return std::memcmp(a->data, b->data, a->length << a->width_log2()) == 0;
}

bool str_equals(const Str* a, std::string_view ascii) {
  return a->is_ascii() && a->length == ascii.size() && std::memcmp(a->data, ascii.data(), ascii.size()) == 0;
}

int str_compare(const Str* a, const Str* b) {
  if (a == b) return 0;
  u64 count = a->length < b->length ? a->length : b->length;
  int order;
  if (a->width_log2() == 0 && b->width_log2() == 0) {
    order = std::memcmp(a->data, b->data, count);
  } else if (a->width_log2() == 0) {
    order = compare_with(a->data, b, count);
  } else if (a->width_log2() == 1) {
    order = compare_with(a->data16(), b, count);
  } else {
    order = compare_with(a->data32(), b, count);
  }
  if (order != 0) return order;
  return a->length < b->length ? -1 : a->length > b->length;
}

Result str_concat(Runtime& rt, Str* a, Str* b) {
  if (a->length == 0 && is_exact_str(rt, Value::from(b))) return Value::from(b);
  if (b->length == 0 && is_exact_str(rt, Value::from(a))) return Value::from(a);
  u32 width = a->width_log2() > b->width_log2() ? a->width_log2() : b->width_log2();
  u64 length = a->length + b->length;
  if (length == 0) return Value::from(empty_str(rt));
  TRY(require_text_room(rt, length, width));
  Str* s = new_str_blank(rt, length, width);
  s->aux |= a->aux & b->aux & Str::kAscii;
  copy_units(s->data, width, a->data, a->width_log2(), a->length);
  copy_units(s->data + (a->length << width), width, b->data, b->width_log2(), b->length);
  return Value::from(s);
}

namespace {

// Shorter sums are not worth the room.
constexpr u64 kFirstGrowing = 64;

bool has_room_for(const Str* s, u64 length, u32 width) {
  return s->is_growing() && width == s->width_log2() && (length + 1) << width <= s->data_bytes();
}

// A copy of `s` with at least as much room again for `length` units of `width`; null when memory is short.
Str* new_growing(Runtime& rt, const Str* s, u64 length, u32 width) {
  size_t bytes = std::bit_ceil((length + 1) << width) * 2;
  if (!rt.heap.has_room(bytes)) return nullptr;
  Str* grown = rt.make_uncleared<Str>(TypeId::Str, bytes);
  grown->aux = static_cast<u16>(width | (s->aux & Str::kAscii) |
                                static_cast<u32>(std::countr_zero(bytes)) << Str::kCapacityShift);
  copy_units(grown->data, width, s->data, s->width_log2(), s->length);
  grown->length = s->length;
  return grown;
}

}  // namespace

Result str_append(Runtime& rt, Str* a, Str* b) {
  u64 length = a->length + b->length;
  u32 width = std::max(a->width_log2(), b->width_log2());
  if (!has_room_for(a, length, width)) {
    if (length < kFirstGrowing) return str_concat(rt, a, b);
    TRY(require_text_room(rt, length, width));
    Str* grown = new_growing(rt, a, length, width);
    if (!grown) return str_concat(rt, a, b);
    a = grown;
  }
  copy_units(a->data + (a->length << width), width, b->data, b->width_log2(), b->length);
  a->length = length;
  a->hash = 0;
  if (!b->is_ascii()) a->aux &= static_cast<u16>(~Str::kAscii);
  std::memset(a->data + (length << width), 0, size_t{1} << width);
  return Value::from(a);
}

void str_settle(Str* s) {
  if (!s->is_growing()) return;
  auto granules = [](size_t bytes) { return (bytes + kGranuleBytes - 1) & ~(kGranuleBytes - 1); };
  size_t had = granules(s->byte_size());
  s->aux &= (1 << Str::kCapacityShift) - 1;
  size_t has = granules(s->byte_size());
  if (s->gc & kGcLarge || had == has) return;
  // Walks through the heap go from object to object: what was to spare becomes a dead one.
  auto* rest = reinterpret_cast<Raw*>(reinterpret_cast<char*>(s) + has);
  rest->shape = 0;
  rest->gc = 0;
  rest->kind = Kind::Raw;
  rest->aux = 0;
  rest->capacity = had - has - sizeof(Raw);
}

Str* str_slice(Runtime& rt, Str* s, u64 start, u64 end) {
  if (start == 0 && end == s->length && is_exact_str(rt, Value::from(s))) return s;
  u64 count = end - start;
  if (count <= 1 || !s->is_ascii()) {
    return new_str_units(rt, s->data + (start << s->width_log2()), s->width_log2(), count);
  }
  return new_ascii_or_latin1(rt, s->data + start, count, true);
}

Result str_item(Runtime& rt, Str* s, i64 index) {
  if (index < 0) index += static_cast<i64>(s->length);
  if (index < 0 || static_cast<u64>(index) >= s->length) {
    return raise(rt, TypeId::IndexError, "string index out of range");
  }
  return Value::from(str_from_char(rt, s->at(static_cast<u64>(index))));
}

Result str_repeat(Runtime& rt, Str* s, i64 times) {
  if (times <= 0 || s->length == 0) return Value::from(empty_str(rt));
  if (times == 1) return Value::from(exact_str(rt, s));
  u64 length;
  if (__builtin_mul_overflow(s->length, static_cast<u64>(times), &length) || length > kMaxTextBytes) {
    if (length > (u64{1} << 62) || s->length > (u64{1} << 62) / static_cast<u64>(times)) {
      return raise(rt, TypeId::OverflowError, "repeated string is too long");
    }
    return raise_no_memory(rt);
  }
  u32 width = s->width_log2();
  TRY(require_text_room(rt, length, width));
  Str* result = new_str_blank(rt, length, width);
  result->aux |= s->aux & Str::kAscii;
  u64 unit = s->length << width, total = length << width;
  if (unit == 1) {
    std::memset(result->data, s->data[0], total);
    return Value::from(result);
  }
  std::memcpy(result->data, s->data, unit);
  // Doubles what is there, so that short strings are not copied one by one.
  for (u64 done = unit; done < total;) {
    u64 count = done < total - done ? done : total - done;
    std::memcpy(result->data + done, result->data, count);
    done += count;
  }
  return Value::from(result);
}

void append_str(TextBuffer& text, const Str* s) {
  text.append_units(s->data, s->width_log2(), s->length, s->is_ascii());
}

void append_str_slice(TextBuffer& text, const Str* s, u64 start, u64 end) {
  text.append_units(s->data + (start << s->width_log2()), s->width_log2(), end - start, s->is_ascii());
}

}  // namespace lisle::rt

// bytes and bytearray: ASCII case, padding, replacing, translating, joining.
#include <string>

#include "runtime/protocols/compare.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/list.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_alpha(char c) {
  return is_lower(c) || is_upper(c);
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alnum(char c) {
  return is_alpha(c) || is_digit(c);
}
bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c | 32) : c;
}
char to_upper(char c) {
  return is_lower(c) ? static_cast<char>(c & ~32) : c;
}

template <char (*map)(char)>
Result map_bytes(Runtime& rt, Frame& f) {
  std::string out(own_bytes(f[0]));
  for (char& c : out) c = map(c);
  return like_self(rt, f[0], out);
}

template <bool (*is_class)(char)>
Result all_of_class(Frame& f) {
  std::string_view bytes = own_bytes(f[0]);
  for (char c : bytes) {
    if (!is_class(c)) return Result::boolean(false);
  }
  return Result::boolean(!bytes.empty());
}

Result all_of_case(Frame& f, bool (*wanted)(char), bool (*other)(char)) {
  bool cased = false;
  for (char c : own_bytes(f[0])) {
    if (other(c)) return Result::boolean(false);
    cased |= wanted(c);
  }
  return Result::boolean(cased);
}

char swap_case(char c) {
  return is_upper(c) ? to_lower(c) : to_upper(c);
}

enum class Side : u8 { kLeft, kRight, kBoth };

Result justify(Runtime& rt, Frame& f, Side text_side, const char* name) {
  char fill = ' ';
  if (!f[2].is_unbound()) {
    std::string_view given;
    bool of_bytes = is_bytes(f[2]) || is_kind(f[2], Kind::ByteArray);
    if (!of_bytes || !bytes_like(f[2], given) || given.size() != 1) {
      return raise(rt, TypeId::TypeError, "%s() argument 2 must be a byte string of length 1, not %.50s",
                   name, argument_type(rt, f[2]));
    }
    fill = given[0];
  }
  i64 width;
  TRY(int_to_size(rt, f[1], width));
  std::string_view bytes = own_bytes(f[0]);
  if (width <= static_cast<i64>(bytes.size())) return like_self(rt, f[0], bytes);
  TRY(require_byte_room(rt, static_cast<u64>(width)));
  u64 padding = static_cast<u64>(width) - bytes.size();
  u64 left = text_side == Side::kLeft ? 0 : padding;
  if (text_side == Side::kBoth) left = padding / 2 + (padding & static_cast<u64>(width) & 1);
  std::string out(left, fill);
  out += bytes;
  out.append(padding - left, fill);
  return like_self(rt, f[0], out);
}

Result center_finish(Runtime& rt, Frame& f) {
  return justify(rt, f, Side::kBoth, "center");
}
Result ljust_finish(Runtime& rt, Frame& f) {
  return justify(rt, f, Side::kLeft, "ljust");
}
Result rjust_finish(Runtime& rt, Frame& f) {
  return justify(rt, f, Side::kRight, "rjust");
}

Result zfill_finish(Runtime& rt, Frame& f) {
  i64 width;
  TRY(int_to_size(rt, f[1], width));
  std::string_view bytes = own_bytes(f[0]);
  if (width <= static_cast<i64>(bytes.size())) return like_self(rt, f[0], bytes);
  TRY(require_byte_room(rt, static_cast<u64>(width)));
  std::string out;
  if (!bytes.empty() && (bytes[0] == '+' || bytes[0] == '-')) {
    out += bytes[0];
    bytes.remove_prefix(1);
  }
  out.append(static_cast<u64>(width) - out.size() - bytes.size(), '0');
  out += bytes;
  return like_self(rt, f[0], out);
}

Result expandtabs_finish(Runtime& rt, Frame& f) {
  i64 size = 8;
  if (!f[1].is_unbound()) TRY(int_to_size(rt, f[1], size));
  std::string out;
  u64 column = 0;
  for (char c : own_bytes(f[0])) {
    if (c == '\t') {
      if (size <= 0) continue;
      u64 count = static_cast<u64>(size) - column % static_cast<u64>(size);
      TRY(require_byte_room(rt, out.size() + count));
      out.append(count, ' ');
      column += count;
      continue;
    }
    column = c == '\n' || c == '\r' ? 0 : column + 1;
    out += c;
  }
  return like_self(rt, f[0], out);
}

Result replace_bytes(Runtime& rt, Frame& f, std::string_view old, std::string_view fresh, u64 limit) {
  std::string_view bytes = own_bytes(f[0]);
  u64 most = old.empty() ? bytes.size() + 1
                         : count_units({bytes.data(), 0, bytes.size()}, {old.data(), 0, old.size()}, limit);
  if (most > limit) most = limit;
  u64 added;
  if (__builtin_mul_overflow(most, fresh.size(), &added)) {
    return raise(rt, TypeId::OverflowError, "replace bytes is too long");
  }
  TRY(require_byte_room(rt, bytes.size() + added));
  std::string out;
  u64 start = 0;
  for (u64 i = 0; i < most; ++i) {
    if (old.empty()) {
      out += fresh;
      if (i < bytes.size()) out += bytes[i];
      start = i + 1 < bytes.size() ? i + 1 : bytes.size();
      continue;
    }
    size_t found = bytes.find(old, start);
    out += bytes.substr(start, found - start);
    out += fresh;
    start = found + old.size();
  }
  out += bytes.substr(start);
  return like_self(rt, f[0], out);
}

Result replace_finish(Runtime& rt, Frame& f) {
  std::string_view old, fresh;
  TRY(require_bytes_like(rt, f[1], old));
  TRY(require_bytes_like(rt, f[2], fresh));
  i64 count = -1;
  if (!f[3].is_unbound()) TRY(int_to_size(rt, f[3], count));
  return replace_bytes(rt, f, old, fresh, count < 0 ? UINT64_MAX : static_cast<u64>(count));
}

Result join_items(Runtime& rt, Frame& f) {
  std::string_view separator = own_bytes(f[0]), item;
  List* list = as<List>(f[1]);
  u64 count = list != nullptr ? list->size : to<Tuple>(f[1])->size;
  Value* items = list == nullptr          ? to<Tuple>(f[1])->items
                 : list->items == nullptr ? nullptr
                                          : list->items->items;
  u64 length = 0;
  for (u64 i = 0; i < count; ++i) {
    if (!bytes_like(items[i], item)) {
      return raise(rt, TypeId::TypeError, "sequence item %llu: expected a bytes-like object, %.80s found",
                   static_cast<unsigned long long>(i), type_name(rt, items[i]));
    }
    length += item.size();
  }
  u64 gaps = 0;
  if (count > 0 && __builtin_mul_overflow(separator.size(), count - 1, &gaps)) {
    return raise(rt, TypeId::OverflowError, "join() result is too long");
  }
  TRY(require_byte_room(rt, length + gaps));
  std::string out;
  out.reserve(length + gaps);
  for (u64 i = 0; i < count; ++i) {
    if (i > 0) out += separator;
    if (bytes_like(items[i], item)) out += item;
  }
  if (count == 1 && is_bytes(items[0]) && is_bytes(f[0]))
    return like_self(rt, items[0], to<Bytes>(items[0])->view());
  return like_self(rt, f[0], out);
}

}  // namespace

Result bytes_lower(Runtime& rt, Frame& f) {
  return map_bytes<to_lower>(rt, f);
}
Result bytes_upper(Runtime& rt, Frame& f) {
  return map_bytes<to_upper>(rt, f);
}
Result bytes_swapcase(Runtime& rt, Frame& f) {
  return map_bytes<swap_case>(rt, f);
}

Result bytes_title(Runtime& rt, Frame& f) {
  std::string out(own_bytes(f[0]));
  bool in_word = false;
  for (char& c : out) {
    c = in_word ? to_lower(c) : to_upper(c);
    in_word = is_alpha(c);
  }
  return like_self(rt, f[0], out);
}

Result bytes_capitalize(Runtime& rt, Frame& f) {
  std::string out(own_bytes(f[0]));
  for (char& c : out) c = to_lower(c);
  if (!out.empty()) out[0] = to_upper(out[0]);
  return like_self(rt, f[0], out);
}

Result bytes_isalpha(Runtime&, Frame& f) {
  return all_of_class<is_alpha>(f);
}
Result bytes_isalnum(Runtime&, Frame& f) {
  return all_of_class<is_alnum>(f);
}
Result bytes_isdigit(Runtime&, Frame& f) {
  return all_of_class<is_digit>(f);
}
Result bytes_isspace(Runtime&, Frame& f) {
  return all_of_class<is_space>(f);
}
Result bytes_islower(Runtime&, Frame& f) {
  return all_of_case(f, is_lower, is_upper);
}
Result bytes_isupper(Runtime&, Frame& f) {
  return all_of_case(f, is_upper, is_lower);
}

Result bytes_isascii(Runtime&, Frame& f) {
  for (char c : own_bytes(f[0])) {
    if (static_cast<u8>(c) > 0x7F) return Result::boolean(false);
  }
  return Result::boolean(true);
}

Result bytes_istitle(Runtime&, Frame& f) {
  bool cased = false, in_word = false;
  for (char c : own_bytes(f[0])) {
    if (is_upper(c) && in_word) return Result::boolean(false);
    if (is_lower(c) && !in_word) return Result::boolean(false);
    in_word = is_alpha(c);
    cased |= in_word;
  }
  return Result::boolean(cased);
}

Result bytes_center(Runtime& rt, Frame& f) {
  return with_count<1, center_finish>(rt, f);
}
Result bytes_ljust(Runtime& rt, Frame& f) {
  return with_count<1, ljust_finish>(rt, f);
}
Result bytes_rjust(Runtime& rt, Frame& f) {
  return with_count<1, rjust_finish>(rt, f);
}
Result bytes_zfill(Runtime& rt, Frame& f) {
  return with_count<1, zfill_finish>(rt, f);
}
Result bytes_expandtabs(Runtime& rt, Frame& f) {
  return with_count<1, expandtabs_finish>(rt, f);
}
Result bytes_replace(Runtime& rt, Frame& f) {
  return with_count<3, replace_finish>(rt, f);
}

// self, table, delete.
Result bytes_translate(Runtime& rt, Frame& f) {
  std::string_view table, deleted;
  bool mapped = !f[1].is_none();
  if (mapped) TRY(require_bytes_like(rt, f[1], table));
  if (mapped && table.size() != 256) {
    return raise(rt, TypeId::ValueError, "translation table must be 256 characters long");
  }
  if (!f[2].is_unbound()) TRY(require_bytes_like(rt, f[2], deleted));
  std::string out;
  for (char c : own_bytes(f[0])) {
    if (deleted.find(c) == deleted.npos) out += mapped ? table[static_cast<u8>(c)] : c;
  }
  return like_self(rt, f[0], out);
}

Result bytes_maketrans(Runtime& rt, Frame& f) {
  std::string_view from, to_;
  TRY(require_bytes_like(rt, f[0], from));
  TRY(require_bytes_like(rt, f[1], to_));
  if (from.size() != to_.size())
    return raise(rt, TypeId::ValueError, "maketrans arguments must have same length");
  char table[256];
  for (u32 i = 0; i < 256; ++i) table[i] = static_cast<char>(i);
  for (u64 i = 0; i < from.size(); ++i) table[static_cast<u8>(from[i])] = to_[i];
  return Value::from(new_bytes(rt, {table, 256}));
}

// Registers: self, iterable (from step 1 on a list or tuple).
Result bytes_join(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_kind(f[1], Kind::List) && !is_kind(f[1], Kind::Tuple)) {
        if (!has_special(rt, f[1], Special::Iter) && !has_special(rt, f[1], Special::GetItem)) {
          return raise(rt, TypeId::TypeError, "can only join an iterable");
        }
        AWAIT(1, list_of(rt, f, f[1]));
        f[1] = r.value();
      }
      return join_items(rt, f);
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

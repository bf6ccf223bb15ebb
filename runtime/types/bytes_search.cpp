// bytes and bytearray: looking for bytes in bytes, and taking them apart.
#include "runtime/protocols/compare.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

Units units_of(std::string_view bytes) {
  return {bytes.data(), 0, bytes.size()};
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// A needle: bytes-like, or one byte as an int (kept in `single`).
Result needle_of(Runtime& rt, Value v, char& single, std::string_view& out) {
  if (is_int_like(v)) {
    u8 byte;
    TRY(byte_value(rt, v, byte));
    single = static_cast<char>(byte);
    out = {&single, 1};
    return Result::none();
  }
  if (bytes_like(v, out)) return Result::none();
  return raise(rt, TypeId::TypeError, "argument should be integer or bytes-like object, not '%.200s'",
               type_name(rt, v));
}

Result find_between(Runtime& rt, Frame& f, i64 (*search)(const Units&, const Units&), i64& found) {
  char single;
  std::string_view needle;
  TRY(needle_of(rt, f[1], single, needle));
  std::string_view bytes = own_bytes(f[0]);
  u64 from, to_;
  found = -1;
  if (!resolve_bounds(bytes.size(), f[2], f[3], from, to_)) return Result::none();
  found = search(units_of(bytes.substr(from, to_ - from)), units_of(needle));
  if (found >= 0) found += static_cast<i64>(from);
  return Result::none();
}

template <i64 (*search)(const Units&, const Units&)>
Result find_finish(Runtime& rt, Frame& f) {
  i64 found;
  TRY(find_between(rt, f, search, found));
  return Value::from_int(found);
}

template <i64 (*search)(const Units&, const Units&)>
Result index_finish(Runtime& rt, Frame& f) {
  i64 found;
  TRY(find_between(rt, f, search, found));
  if (found < 0) return raise(rt, TypeId::ValueError, "subsection not found");
  return Value::from_int(found);
}

Result count_finish(Runtime& rt, Frame& f) {
  char single;
  std::string_view needle, bytes = own_bytes(f[0]);
  TRY(needle_of(rt, f[1], single, needle));
  u64 from, to_;
  if (!resolve_bounds(bytes.size(), f[2], f[3], from, to_)) return Value::from_int(0);
  if (needle.empty()) return Value::from_int(static_cast<i64>(to_ - from + 1));
  return Value::from_int(
      static_cast<i64>(count_units(units_of(bytes.substr(from, to_ - from)), units_of(needle), UINT64_MAX)));
}

bool matches(std::string_view text, std::string_view affix, bool at_end) {
  return at_end ? text.ends_with(affix) : text.starts_with(affix);
}

Result affix_finish(Runtime& rt, Frame& f, bool at_end) {
  std::string_view bytes = own_bytes(f[0]), affix;
  u64 from = 0, to_ = 0;
  bool possible = resolve_bounds(bytes.size(), f[2], f[3], from, to_);
  std::string_view text = bytes.substr(from, to_ - from);
  Tuple* choices = as<Tuple>(f[1]);
  if (choices == nullptr) {
    if (!bytes_like(f[1], affix)) {
      return raise(rt, TypeId::TypeError, "%s first arg must be bytes or a tuple of bytes, not %.100s",
                   at_end ? "endswith" : "startswith", type_name(rt, f[1]));
    }
    return Result::boolean(possible && matches(text, affix, at_end));
  }
  for (u64 i = 0; i < choices->size; ++i) {
    TRY(require_bytes_like(rt, choices->items[i], affix));
    if (possible && matches(text, affix, at_end)) return Result::boolean(true);
  }
  return Result::boolean(false);
}

Result startswith_finish(Runtime& rt, Frame& f) {
  return affix_finish(rt, f, false);
}
Result endswith_finish(Runtime& rt, Frame& f) {
  return affix_finish(rt, f, true);
}

Result partition_at(Runtime& rt, Frame& f, bool from_end) {
  std::string_view separator, bytes = own_bytes(f[0]);
  TRY(require_bytes_like(rt, f[1], separator));
  if (separator.empty()) return raise(rt, TypeId::ValueError, "empty separator");
  size_t found = from_end ? bytes.rfind(separator) : bytes.find(separator);
  std::string_view parts[3];
  if (found == bytes.npos) {
    parts[from_end ? 2 : 0] = bytes;
  } else {
    parts[0] = bytes.substr(0, found);
    parts[1] = separator;
    parts[2] = bytes.substr(found + separator.size());
  }
  Tuple* result = new_tuple(rt, 3);
  for (u32 i = 0; i < 3; ++i) {
    // The separator of bytes is the very object that was given.
    bool given = i == 1 && found != bytes.npos && is_bytes(f[0]);
    result->items[i] = given ? f[1] : TRY(like_self(rt, f[0], parts[i]));
    rt.heap.wrote(result);
  }
  return Value::from(result);
}

void reverse_items(List& list) {
  for (u64 i = 0, j = list.size; i + 1 < j; ++i) {
    --j;
    Value v = list.items->items[i];
    list.items->items[i] = list.items->items[j];
    list.items->items[j] = v;
  }
}

Result add_part(Runtime& rt, Frame& f, List& out, u64 from, u64 to_) {
  list_append(rt, out, TRY(like_self(rt, f[0], own_bytes(f[0]).substr(from, to_ - from))));
  return Result::none();
}

Result split_spaces(Runtime& rt, Frame& f, u64 limit, List& out) {
  std::string_view bytes = own_bytes(f[0]);
  u64 i = 0, n = bytes.size();
  for (;;) {
    while (i < n && is_space(bytes[i])) ++i;
    if (i == n) return Result::none();
    u64 start = i;
    if (limit-- == 0) return add_part(rt, f, out, start, n);
    while (i < n && !is_space(bytes[i])) ++i;
    TRY(add_part(rt, f, out, start, i));
  }
}

Result rsplit_spaces(Runtime& rt, Frame& f, u64 limit, List& out) {
  std::string_view bytes = own_bytes(f[0]);
  u64 i = bytes.size();
  for (;;) {
    while (i > 0 && is_space(bytes[i - 1])) --i;
    if (i == 0) return Result::none();
    u64 end = i;
    if (limit-- == 0) return add_part(rt, f, out, 0, end);
    while (i > 0 && !is_space(bytes[i - 1])) --i;
    TRY(add_part(rt, f, out, i, end));
  }
}

Result split_by(Runtime& rt, Frame& f, std::string_view separator, u64 limit, List& out) {
  std::string_view bytes = own_bytes(f[0]);
  u64 start = 0;
  while (limit-- > 0) {
    size_t found = bytes.find(separator, start);
    if (found == bytes.npos) break;
    TRY(add_part(rt, f, out, start, found));
    start = found + separator.size();
  }
  return add_part(rt, f, out, start, bytes.size());
}

Result rsplit_by(Runtime& rt, Frame& f, std::string_view separator, u64 limit, List& out) {
  std::string_view bytes = own_bytes(f[0]);
  u64 end = bytes.size();
  while (limit-- > 0 && end >= separator.size()) {
    size_t found = bytes.substr(0, end).rfind(separator);
    if (found == bytes.npos) break;
    TRY(add_part(rt, f, out, found + separator.size(), end));
    end = found;
  }
  return add_part(rt, f, out, 0, end);
}

Result split_checked(Runtime& rt, Frame& f, bool from_end) {
  i64 count = -1;
  if (!f[2].is_unbound()) TRY(int_to_size(rt, f[2], count));
  u64 limit = count < 0 ? UINT64_MAX : static_cast<u64>(count);
  List* out = new_list(rt);
  if (f[1].is_unbound() || f[1].is_none()) {
    TRY(from_end ? rsplit_spaces(rt, f, limit, *out) : split_spaces(rt, f, limit, *out));
  } else {
    std::string_view separator;
    TRY(require_bytes_like(rt, f[1], separator));
    if (separator.empty()) return raise(rt, TypeId::ValueError, "empty separator");
    TRY(from_end ? rsplit_by(rt, f, separator, limit, *out) : split_by(rt, f, separator, limit, *out));
  }
  if (from_end) reverse_items(*out);
  return Value::from(out);
}

Result split_finish(Runtime& rt, Frame& f) {
  return split_checked(rt, f, false);
}
Result rsplit_finish(Runtime& rt, Frame& f) {
  return split_checked(rt, f, true);
}

Result strip_ends(Runtime& rt, Frame& f, bool left, bool right) {
  std::string_view bytes = own_bytes(f[0]), chars;
  bool spaces = f[1].is_unbound() || f[1].is_none();
  if (!spaces) TRY(require_bytes_like(rt, f[1], chars));
  auto stripped = [&](char c) { return spaces ? is_space(c) : chars.find(c) != chars.npos; };
  while (left && !bytes.empty() && stripped(bytes.front())) bytes.remove_prefix(1);
  while (right && !bytes.empty() && stripped(bytes.back())) bytes.remove_suffix(1);
  return like_self(rt, f[0], bytes);
}

}  // namespace

Result bytes_find_method(Runtime& rt, Frame& f) {
  return with_bounds<find_finish<find_units>>(rt, f);
}
Result bytes_rfind_method(Runtime& rt, Frame& f) {
  return with_bounds<find_finish<rfind_units>>(rt, f);
}
Result bytes_index_method(Runtime& rt, Frame& f) {
  return with_bounds<index_finish<find_units>>(rt, f);
}
Result bytes_rindex_method(Runtime& rt, Frame& f) {
  return with_bounds<index_finish<rfind_units>>(rt, f);
}
Result bytes_count_method(Runtime& rt, Frame& f) {
  return with_bounds<count_finish>(rt, f);
}
Result bytes_startswith(Runtime& rt, Frame& f) {
  return with_bounds<startswith_finish>(rt, f);
}
Result bytes_endswith(Runtime& rt, Frame& f) {
  return with_bounds<endswith_finish>(rt, f);
}
Result bytes_partition(Runtime& rt, Frame& f) {
  return partition_at(rt, f, false);
}
Result bytes_rpartition(Runtime& rt, Frame& f) {
  return partition_at(rt, f, true);
}
Result bytes_split(Runtime& rt, Frame& f) {
  return with_count<2, split_finish>(rt, f);
}
Result bytes_rsplit(Runtime& rt, Frame& f) {
  return with_count<2, rsplit_finish>(rt, f);
}
Result bytes_strip(Runtime& rt, Frame& f) {
  return strip_ends(rt, f, true, true);
}
Result bytes_lstrip(Runtime& rt, Frame& f) {
  return strip_ends(rt, f, true, false);
}
Result bytes_rstrip(Runtime& rt, Frame& f) {
  return strip_ends(rt, f, false, true);
}

Result bytes_contains(Runtime& rt, Frame& f) {
  char single;
  std::string_view needle;
  if (is_int_like(f[1])) {
    TRY(needle_of(rt, f[1], single, needle));
  } else {
    TRY(require_bytes_like(rt, f[1], needle));
  }
  return Result::boolean(find_units(units_of(own_bytes(f[0])), units_of(needle)) >= 0);
}

Result bytes_removeprefix(Runtime& rt, Frame& f) {
  std::string_view bytes = own_bytes(f[0]), prefix;
  TRY(require_bytes_like(rt, f[1], prefix));
  if (bytes.starts_with(prefix)) bytes.remove_prefix(prefix.size());
  return like_self(rt, f[0], bytes);
}

Result bytes_removesuffix(Runtime& rt, Frame& f) {
  std::string_view bytes = own_bytes(f[0]), suffix;
  TRY(require_bytes_like(rt, f[1], suffix));
  if (bytes.ends_with(suffix)) bytes.remove_suffix(suffix.size());
  return like_self(rt, f[0], bytes);
}

// Registers: self, keepends.
Result bytes_splitlines(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[1].is_unbound()) f[1] = Value::from_int(0);
      AWAIT(1, to_index(rt, f, f[1]));
      f[1] = r.value();
  }
  bool keep = !(f[1] == Value::from_int(0));
  std::string_view bytes = own_bytes(f[0]);
  List* out = new_list(rt);
  for (u64 i = 0; i < bytes.size();) {
    u64 start = i;
    while (i < bytes.size() && bytes[i] != '\n' && bytes[i] != '\r') ++i;
    u64 end = i;
    if (i < bytes.size()) i += bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n' ? 2 : 1;
    TRY(add_part(rt, f, *out, start, keep ? i : end));
  }
  return Value::from(out);
}

}  // namespace lisle::rt

// str methods that take text apart and put it together: split, splitlines, strip, join.
#include "runtime/protocols/compare.h"
#include "runtime/protocols/iterate.h"
#include "runtime/support/text.h"
#include "runtime/support/unicode.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

void append_piece(Runtime& rt, List& list, Str* s, u64 from, u64 to_) {
  list_append(rt, list, Value::from(str_slice(rt, s, from, to_)));
}

void reverse_items(List& list) {
  for (u64 i = 0, j = list.size; i + 1 < j; ++i) {
    --j;
    Value v = list.items->items[i];
    list.items->items[i] = list.items->items[j];
    list.items->items[j] = v;
  }
}

void split_spaces(Runtime& rt, Str* s, u64 limit, List& out) {
  u64 i = 0, n = s->length;
  for (;;) {
    while (i < n && char_is_space(s->at(i))) ++i;
    if (i == n) return;
    if (limit-- == 0) {
      while (n > i && char_is_space(s->at(n - 1))) --n;
      return append_piece(rt, out, s, i, s->length);
    }
    u64 start = i;
    while (i < n && !char_is_space(s->at(i))) ++i;
    append_piece(rt, out, s, start, i);
  }
}

void rsplit_spaces(Runtime& rt, Str* s, u64 limit, List& out) {
  u64 i = s->length;
  for (;;) {
    while (i > 0 && char_is_space(s->at(i - 1))) --i;
    if (i == 0) break;
    if (limit-- == 0) {
      append_piece(rt, out, s, 0, i);
      break;
    }
    u64 end = i;
    while (i > 0 && !char_is_space(s->at(i - 1))) --i;
    append_piece(rt, out, s, i, end);
  }
  reverse_items(out);
}

void split_text(Runtime& rt, Str* s, Str* separator, u64 limit, List& out) {
  u64 start = 0;
  while (limit-- > 0) {
    i64 found = str_find(s, separator, start, s->length);
    if (found < 0) break;
    append_piece(rt, out, s, start, static_cast<u64>(found));
    start = static_cast<u64>(found) + separator->length;
  }
  append_piece(rt, out, s, start, s->length);
}

void rsplit_text(Runtime& rt, Str* s, Str* separator, u64 limit, List& out) {
  u64 end = s->length;
  while (limit-- > 0) {
    i64 found = str_rfind(s, separator, 0, end);
    if (found < 0) break;
    append_piece(rt, out, s, static_cast<u64>(found) + separator->length, end);
    end = static_cast<u64>(found);
  }
  append_piece(rt, out, s, 0, end);
  reverse_items(out);
}

Result split_checked(Runtime& rt, Frame& f, bool from_end) {
  i64 count = -1;
  if (!f[2].is_unbound()) TRY(int_to_size(rt, f[2], count));
  u64 limit = count < 0 ? UINT64_MAX : static_cast<u64>(count);
  Str* s = to<Str>(f[0]);
  List* out = new_list(rt);
  if (f[1].is_unbound() || f[1].is_none()) {
    from_end ? rsplit_spaces(rt, s, limit, *out) : split_spaces(rt, s, limit, *out);
    return Value::from(out);
  }
  if (!is_str(f[1])) {
    return raise(rt, TypeId::TypeError, "must be str or None, not %.100s", type_name(rt, f[1]));
  }
  Str* separator = to<Str>(f[1]);
  if (separator->length == 0) return raise(rt, TypeId::ValueError, "empty separator");
  from_end ? rsplit_text(rt, s, separator, limit, *out) : split_text(rt, s, separator, limit, *out);
  return Value::from(out);
}

Result split_finish(Runtime& rt, Frame& f) {
  return split_checked(rt, f, false);
}
Result rsplit_finish(Runtime& rt, Frame& f) {
  return split_checked(rt, f, true);
}

Result strip_ends(Runtime& rt, Frame& f, const char* name, bool left, bool right) {
  Str* s = to<Str>(f[0]);
  const Str* chars = nullptr;
  if (!f[1].is_unbound() && !f[1].is_none()) {
    if (!is_str(f[1])) return raise(rt, TypeId::TypeError, "%s arg must be None or str", name);
    chars = to<Str>(f[1]);
  }
  auto stripped = [&](u32 c) {
    if (chars == nullptr) return char_is_space(c);
    for (u64 i = 0; i < chars->length; ++i) {
      if (chars->at(i) == c) return true;
    }
    return false;
  };
  u64 start = 0, end = s->length;
  while (left && start < end && stripped(s->at(start))) ++start;
  while (right && end > start && stripped(s->at(end - 1))) --end;
  return Value::from(str_slice(rt, s, start, end));
}

// The items of a list or tuple that join works on.
Value* joined_items(Value sequence, u64& count) {
  if (List* list = as<List>(sequence)) {
    count = list->size;
    return list->items == nullptr ? nullptr : list->items->items;
  }
  Tuple* tuple = to<Tuple>(sequence);
  count = tuple->size;
  return tuple->items;
}

Result join_items(Runtime& rt, Str* separator, Value sequence) {
  u64 count;
  Value* items = joined_items(sequence, count);
  if (count == 0) return Value::from(empty_str(rt));
  u64 length = 0;
  u32 width = count > 1 ? separator->width_log2() : 0;
  u16 ascii = count > 1 ? separator->aux & Str::kAscii : Str::kAscii;
  for (u64 i = 0; i < count; ++i) {
    if (!is_str(items[i])) {
      return raise(rt, TypeId::TypeError, "sequence item %llu: expected str instance, %.80s found",
                   static_cast<unsigned long long>(i), type_name(rt, items[i]));
    }
    Str* item = to<Str>(items[i]);
    length += item->length;
    if (item->width_log2() > width) width = item->width_log2();
    ascii &= item->aux;
    // Room is asked for only after the sum: a sum of object sizes cannot overflow, a product with them might.
  }
  if (count == 1) return Value::from(exact_str(rt, to<Str>(items[0])));
  u64 gaps;
  if (__builtin_mul_overflow(separator->length, count - 1, &gaps) || gaps > (u64{1} << 60)) {
    return raise(rt, TypeId::OverflowError, "join() result is too long for a Python string");
  }
  length += gaps;
  if (length == 0) return Value::from(empty_str(rt));
  TRY(require_text_room(rt, length, width));
  Str* result = new_str_blank(rt, length, width);
  result->aux |= ascii;
  u8* at = result->data;
  for (u64 i = 0; i < count; ++i) {
    if (i > 0 && separator->length > 0) {
      copy_units(at, width, separator->data, separator->width_log2(), separator->length);
      at += separator->length << width;
    }
    Str* item = to<Str>(items[i]);
    copy_units(at, width, item->data, item->width_log2(), item->length);
    at += item->length << width;
  }
  return Value::from(result);
}

}  // namespace

Result str_split(Runtime& rt, Frame& f) {
  return with_count<2, split_finish>(rt, f);
}
// split() and split(separator)
Result str_split_quickly(Runtime& rt, Frame& f) {
  bool spaces = f.window_nargs() == 1;
  if (!spaces && (f.window_nargs() != 2 || !is_str(f[1]) || to<Str>(f[1])->length == 0))
    return Value::unbound();
  List* out = new_list(rt, 4);
  if (spaces)
    split_spaces(rt, to<Str>(f[0]), UINT64_MAX, *out);
  else
    split_text(rt, to<Str>(f[0]), to<Str>(f[1]), UINT64_MAX, *out);
  return Value::from(out);
}
Result str_rsplit(Runtime& rt, Frame& f) {
  return with_count<2, rsplit_finish>(rt, f);
}

// Registers: self, keepends.
Result str_splitlines(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[1].is_unbound()) f[1] = Value::from_int(0);
      AWAIT(1, to_index(rt, f, f[1]));
      f[1] = r.value();
  }
  bool keep = !(f[1] == Value::from_int(0));
  Str* s = to<Str>(f[0]);
  List* out = new_list(rt);
  for (u64 i = 0; i < s->length;) {
    u64 start = i;
    while (i < s->length && !char_is_line_break(s->at(i))) ++i;
    u64 end = i;
    if (i < s->length) {
      i += s->at(i) == '\r' && i + 1 < s->length && s->at(i + 1) == '\n' ? 2 : 1;
    }
    append_piece(rt, *out, s, start, keep ? i : end);
  }
  return Value::from(out);
}

Result str_strip(Runtime& rt, Frame& f) {
  return strip_ends(rt, f, "strip", true, true);
}
Result str_lstrip(Runtime& rt, Frame& f) {
  return strip_ends(rt, f, "lstrip", true, false);
}
Result str_rstrip(Runtime& rt, Frame& f) {
  return strip_ends(rt, f, "rstrip", false, true);
}

// join(list or tuple)
Result str_join_quickly(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 2 || (!is_kind(f[1], Kind::List) && !is_kind(f[1], Kind::Tuple)))
    return Value::unbound();
  return join_items(rt, to<Str>(f[0]), f[1]);
}

// Registers: self, iterable (from step 1 on a list or tuple).
Result str_join(Runtime& rt, Frame& f) {
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
      return join_items(rt, to<Str>(f[0]), f[1]);
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

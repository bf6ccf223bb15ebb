// str methods that pad, replace and translate.
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

Units units_of(const Str* s) {
  return {s->data, s->width_log2(), s->length};
}

enum class Side : u8 { kLeft, kRight, kBoth };

Result padded(Runtime& rt, Str* s, u64 left, u64 right, u32 fill) {
  TRY(require_text_room(rt, s->length + left + right, 2));
  TextBuffer text;
  text.reserve(s->length + left + right);
  text.append_repeated(fill, left);
  append_str(text, s);
  text.append_repeated(fill, right);
  return finish_text(rt, text);
}

Result justify(Runtime& rt, Frame& f, Side text_side) {
  u32 fill = ' ';
  if (!f[2].is_unbound()) {
    if (!is_str(f[2])) {
      return raise(rt, TypeId::TypeError, "The fill character must be a unicode character, not %.100s",
                   type_name(rt, f[2]));
    }
    if (to<Str>(f[2])->length != 1) {
      return raise(rt, TypeId::TypeError, "The fill character must be exactly one character long");
    }
    fill = to<Str>(f[2])->at(0);
  }
  i64 width;
  TRY(int_to_size(rt, f[1], width));
  Str* s = to<Str>(f[0]);
  if (width <= static_cast<i64>(s->length)) return Value::from(exact_str(rt, s));
  u64 padding = static_cast<u64>(width) - s->length;
  u64 left = text_side == Side::kLeft ? 0 : padding;
  // An odd space goes to the left when the width is odd too, to the right otherwise.
  if (text_side == Side::kBoth) left = padding / 2 + (padding & static_cast<u64>(width) & 1);
  return padded(rt, s, left, padding - left, fill);
}

Result center_finish(Runtime& rt, Frame& f) {
  return justify(rt, f, Side::kBoth);
}
Result ljust_finish(Runtime& rt, Frame& f) {
  return justify(rt, f, Side::kLeft);
}
Result rjust_finish(Runtime& rt, Frame& f) {
  return justify(rt, f, Side::kRight);
}

Result zfill_finish(Runtime& rt, Frame& f) {
  i64 width;
  TRY(int_to_size(rt, f[1], width));
  Str* s = to<Str>(f[0]);
  if (width <= static_cast<i64>(s->length)) return Value::from(exact_str(rt, s));
  TRY(require_text_room(rt, static_cast<u64>(width), 2));
  TextBuffer text;
  u64 start = 0;
  if (s->length > 0 && (s->at(0) == '+' || s->at(0) == '-')) {
    text.append(s->at(0));
    start = 1;
  }
  text.append_repeated('0', static_cast<u64>(width) - s->length);
  append_str_slice(text, s, start, s->length);
  return finish_text(rt, text);
}

Result expandtabs_finish(Runtime& rt, Frame& f) {
  i64 size = 8;
  if (!f[1].is_unbound()) TRY(int_to_size(rt, f[1], size));
  if (size > INT32_MAX) return raise(rt, TypeId::OverflowError, "Python int too large to convert to C int");
  Str* s = to<Str>(f[0]);
  TextBuffer text;
  u64 column = 0;
  for (u64 i = 0; i < s->length; ++i) {
    u32 c = s->at(i);
    if (c == '\t') {
      if (size <= 0) continue;
      u64 count = static_cast<u64>(size) - column % static_cast<u64>(size);
      TRY(require_text_room(rt, text.length() + count, 2));
      text.append_repeated(' ', count);
      column += count;
      continue;
    }
    column = c == '\n' || c == '\r' ? 0 : column + 1;
    text.append(c);
  }
  return finish_text(rt, text);
}

Result replace_between_all(Runtime& rt, Str* s, Str* fresh, u64 limit) {
  u64 count = s->length + 1 < limit ? s->length + 1 : limit;
  u64 added;
  if (__builtin_mul_overflow(count, fresh->length, &added)) {
    return raise(rt, TypeId::OverflowError, "replace string is too long");
  }
  TRY(require_text_room(rt, s->length + added, 2));
  TextBuffer text;
  for (u64 i = 0; i < s->length; ++i) {
    if (i < count) append_str(text, fresh);
    text.append(s->at(i));
  }
  if (count > s->length) append_str(text, fresh);
  return finish_text(rt, text);
}

Result replace_text(Runtime& rt, Str* s, Str* old, Str* fresh, u64 limit) {
  if (limit == 0) return Value::from(exact_str(rt, s));
  if (old->length == 0) return replace_between_all(rt, s, fresh, limit);
  i64 found = str_find(s, old, 0, s->length);
  if (found < 0) return Value::from(exact_str(rt, s));
  u64 count = fresh->length > old->length ? count_units(units_of(s), units_of(old), limit) : 0, growth;
  if (__builtin_mul_overflow(count, fresh->length, &growth)) {
    return raise(rt, TypeId::OverflowError, "replace string is too long");
  }
  TRY(require_text_room(rt, s->length + growth, 2));
  TextBuffer text;
  text.reserve(s->length + growth);
  u64 start = 0;
  while (limit-- > 0 && found >= 0) {
    append_str_slice(text, s, start, static_cast<u64>(found));
    append_str(text, fresh);
    start = static_cast<u64>(found) + old->length;
    found = str_find(s, old, start, s->length);
  }
  append_str_slice(text, s, start, s->length);
  return finish_text(rt, text);
}

Result require_argument_str(Runtime& rt, Value v, const char* name, int position) {
  if (is_str(v)) return Result::none();
  return raise(rt, TypeId::TypeError, "%s() argument %d must be str, not %.50s", name, position,
               argument_type(rt, v));
}

Result replace_finish(Runtime& rt, Frame& f) {
  TRY(require_argument_str(rt, f[1], "replace", 1));
  TRY(require_argument_str(rt, f[2], "replace", 2));
  i64 count = -1;
  if (!f[3].is_unbound()) TRY(int_to_size(rt, f[3], count));
  return replace_text(rt, to<Str>(f[0]), to<Str>(f[1]), to<Str>(f[2]),
                      count < 0 ? UINT64_MAX : static_cast<u64>(count));
}

// Adds to `pieces` what a translation table says of one character.
Result append_translation(Runtime& rt, List& pieces, Value mapped) {
  if (mapped.is_none()) return Result::none();
  if (is_str(mapped)) {
    list_append(rt, pieces, mapped);
    return Result::none();
  }
  if (!is_int_like(mapped)) {
    return raise(rt, TypeId::TypeError, "character mapping must return integer, None or str");
  }
  i64 code;
  if (!int_to_i64(mapped, code) || code < 0 || code > 0x10FFFF) {
    return raise(rt, TypeId::ValueError, "character mapping must be in range(0x110000)");
  }
  list_append(rt, pieces, Value::from(str_from_char(rt, static_cast<u32>(code))));
  return Result::none();
}

Result concatenate(Runtime& rt, List& pieces) {
  TextBuffer text;
  for (u64 i = 0; i < pieces.size; ++i) append_str(text, to<Str>(pieces.items->items[i]));
  return finish_text(rt, text);
}

// The pairs of maketrans(x, y, z), where x and y have equal length.
Result maketrans_pairs(Runtime& rt, Frame& f, Dict& table) {
  if (!is_str(f[0])) {
    return raise(rt, TypeId::TypeError,
                 "first maketrans argument must be a string if there is a second argument");
  }
  TRY(require_argument_str(rt, f[1], "maketrans", 2));
  if (!f[2].is_unbound()) TRY(require_argument_str(rt, f[2], "maketrans", 3));
  Str* from = to<Str>(f[0]);
  Str* to_ = to<Str>(f[1]);
  if (from->length != to_->length) {
    return raise(rt, TypeId::ValueError, "the first two maketrans arguments must have equal length");
  }
  // Small ints as keys of a new dict never ask the program.
  for (u64 i = 0; i < from->length; ++i)
    TRY(dict_set(rt, f, table, Value::from_int(from->at(i)), Value::from_int(to_->at(i))));
  if (f[2].is_unbound()) return Result::none();
  Str* deleted = to<Str>(f[2]);
  for (u64 i = 0; i < deleted->length; ++i)
    TRY(dict_set(rt, f, table, Value::from_int(deleted->at(i)), Value::none()));
  return Result::none();
}

Result maketrans_key(Runtime& rt, Value key) {
  if (is_int_like(key)) return key;
  if (!is_str(key)) {
    return raise(rt, TypeId::TypeError, "keys in translate table must be strings or integers");
  }
  if (to<Str>(key)->length != 1) {
    return raise(rt, TypeId::ValueError, "string keys in translate table must be of length 1");
  }
  return Value::from_int(to<Str>(key)->at(0));
}

}  // namespace

Result str_center(Runtime& rt, Frame& f) {
  return with_count<1, center_finish>(rt, f);
}
Result str_ljust(Runtime& rt, Frame& f) {
  return with_count<1, ljust_finish>(rt, f);
}
Result str_rjust(Runtime& rt, Frame& f) {
  return with_count<1, rjust_finish>(rt, f);
}
Result str_zfill(Runtime& rt, Frame& f) {
  return with_count<1, zfill_finish>(rt, f);
}
Result str_expandtabs(Runtime& rt, Frame& f) {
  return with_count<1, expandtabs_finish>(rt, f);
}
// replace(text, text)
Result str_replace_quickly(Runtime& rt, Frame& f) {
  if (f.window_nargs() != 3 || !is_str(f[1]) || !is_str(f[2])) return Value::unbound();
  return replace_text(rt, to<Str>(f[0]), to<Str>(f[1]), to<Str>(f[2]), UINT64_MAX);
}
Result str_replace(Runtime& rt, Frame& f) {
  return with_count<3, replace_finish>(rt, f);
}

// Registers: self, table, pieces, index. A LookupError of the table means that the character stays.
Result str_translate(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = Value::from(new_list(rt));
      f[3] = Value::from_int(0);
      while (static_cast<u64>(f[3].as_int()) < to<Str>(f[0])->length) {
        AWAIT_CATCH(
            1, get_item(rt, f, f[1], Value::from_int(to<Str>(f[0])->at(static_cast<u64>(f[3].as_int())))));
        if (r.is_raised()) {
          if (!raised_is(rt, TypeId::LookupError)) return r;
          take_raised(rt);
          r = Value::from_int(to<Str>(f[0])->at(static_cast<u64>(f[3].as_int())));
        }
        TRY(append_translation(rt, *to<List>(f[2]), r.value()));
        f[3] = Value::from_int(f[3].as_int() + 1);
      }
      return concatenate(rt, *to<List>(f[2]));
  }
  LISLE_UNREACHABLE();
}

// Registers: x, y, z, table, position. Keys of a given dict may be of the program's int classes and ask it.
Result str_maketrans(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[3] = Value::from(new_dict(rt));
      if (!f[1].is_unbound()) {
        TRY(maketrans_pairs(rt, f, *to<Dict>(f[3])));
        return f[3];
      }
      if (!is_kind(f[0], Kind::Dict)) {
        return raise(rt, TypeId::TypeError, "if you give only one argument to maketrans it must be a dict");
      }
      f[4] = Value::from_int(0);
      for (;;) {
        {
          u64 position = static_cast<u64>(f[4].as_int());
          Value key, value;
          if (!dict_next(*to<Dict>(f[0]), position, key, value)) return f[3];
          f[4] = Value::from_int(static_cast<i64>(position));
          f.set_step(1);
          Value code = TRY(maketrans_key(rt, key));
          r = dict_set(rt, f, *to<Dict>(f[3]), code, value);
          if (!r.is_value()) return r;
        }
        [[fallthrough]];
        case 1:;
      }
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

// str methods about letter case and the classes of characters.
#include "runtime/runtime.h"
#include "runtime/support/text.h"
#include "runtime/support/unicode.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"

namespace lisle::rt {

namespace {

using MapCase = u32 (*)(u32 c, u32 out[3]);

void append_mapped(TextBuffer& text, u32 c, MapCase map) {
  u32 mapped[3];
  u32 count = map(c, mapped);
  for (u32 i = 0; i < count; ++i) text.append(mapped[i]);
}

// A capital sigma at the end of a word becomes a final one: a cased letter stands before it and none behind
// it, case- ignorable marks not counted.
bool is_final_sigma(const Str* s, u64 at) {
  u64 i = at;
  while (i > 0 && char_is_case_ignorable(s->at(i - 1))) --i;
  if (i == 0 || !char_is_cased(s->at(i - 1))) return false;
  for (i = at + 1; i < s->length && char_is_case_ignorable(s->at(i));) ++i;
  return i == s->length || !char_is_cased(s->at(i));
}

void append_lower(TextBuffer& text, const Str* s, u64 i) {
  u32 c = s->at(i);
  if (c == 0x3A3) return text.append(is_final_sigma(s, i) ? 0x3C2 : 0x3C3);
  append_mapped(text, c, char_to_lower);
}

u8 ascii_lower(u8 c) {
  return c - 'A' < 26u ? c | 32 : c;
}
u8 ascii_upper(u8 c) {
  return c - 'a' < 26u ? c & ~32 : c;
}

Result map_ascii(Runtime& rt, Str* s, u8 (*map)(u8)) {
  TRY(require_text_room(rt, s->length, 0));
  if (s->length == 0) return Value::from(empty_str(rt));
  Str* result = new_str_blank(rt, s->length, 0);
  result->aux |= Str::kAscii;
  for (u64 i = 0; i < s->length; ++i) result->data[i] = map(s->data[i]);
  return Value::from(result);
}

template <bool (*is_class)(u32)>
Result all_of_class(Runtime& rt, Frame& f) {
  Str* s = to<Str>(f[0]);
  for (u64 i = 0; i < s->length; ++i) {
    if (!is_class(s->at(i))) return Result::boolean(false);
  }
  return Result::boolean(s->length > 0);
}

// All cased characters are of one case, and there is one.
Result all_of_case(const Str* s, bool (*wanted)(u32), bool (*other)(u32)) {
  bool cased = false;
  for (u64 i = 0; i < s->length; ++i) {
    u32 c = s->at(i);
    if (other(c) || char_is_title(c)) return Result::boolean(false);
    if (!cased && wanted(c)) cased = true;
  }
  return Result::boolean(cased);
}

}  // namespace

Result str_lower(Runtime& rt, Frame& f) {
  Str* s = to<Str>(f[0]);
  if (s->is_ascii()) return map_ascii(rt, s, ascii_lower);
  TextBuffer text;
  for (u64 i = 0; i < s->length; ++i) append_lower(text, s, i);
  return finish_text(rt, text);
}

Result str_upper(Runtime& rt, Frame& f) {
  Str* s = to<Str>(f[0]);
  if (s->is_ascii()) return map_ascii(rt, s, ascii_upper);
  TextBuffer text;
  for (u64 i = 0; i < s->length; ++i) append_mapped(text, s->at(i), char_to_upper);
  return finish_text(rt, text);
}

Result str_casefold(Runtime& rt, Frame& f) {
  Str* s = to<Str>(f[0]);
  if (s->is_ascii()) return map_ascii(rt, s, ascii_lower);
  TextBuffer text;
  for (u64 i = 0; i < s->length; ++i) append_mapped(text, s->at(i), char_fold);
  return finish_text(rt, text);
}

Result str_title(Runtime& rt, Frame& f) {
  Str* s = to<Str>(f[0]);
  TextBuffer text;
  bool in_word = false;
  for (u64 i = 0; i < s->length; ++i) {
    if (in_word) {
      append_lower(text, s, i);
    } else {
      append_mapped(text, s->at(i), char_to_title);
    }
    in_word = char_is_cased(s->at(i));
  }
  return finish_text(rt, text);
}

Result str_capitalize(Runtime& rt, Frame& f) {
  Str* s = to<Str>(f[0]);
  TextBuffer text;
  if (s->length > 0) append_mapped(text, s->at(0), char_to_title);
  for (u64 i = 1; i < s->length; ++i) append_lower(text, s, i);
  return finish_text(rt, text);
}

Result str_swapcase(Runtime& rt, Frame& f) {
  Str* s = to<Str>(f[0]);
  TextBuffer text;
  for (u64 i = 0; i < s->length; ++i) {
    u32 c = s->at(i);
    if (char_is_upper(c)) {
      append_lower(text, s, i);
    } else if (char_is_lower(c)) {
      append_mapped(text, c, char_to_upper);
    } else {
      text.append(c);
    }
  }
  return finish_text(rt, text);
}

Result str_isalpha(Runtime& rt, Frame& f) {
  return all_of_class<char_is_alpha>(rt, f);
}
Result str_isalnum(Runtime& rt, Frame& f) {
  return all_of_class<char_is_alnum>(rt, f);
}
Result str_isdecimal(Runtime& rt, Frame& f) {
  return all_of_class<char_is_decimal>(rt, f);
}
Result str_isdigit(Runtime& rt, Frame& f) {
  return all_of_class<char_is_digit>(rt, f);
}
Result str_isnumeric(Runtime& rt, Frame& f) {
  return all_of_class<char_is_numeric>(rt, f);
}
Result str_isspace(Runtime& rt, Frame& f) {
  return all_of_class<char_is_space>(rt, f);
}
Result str_isascii(Runtime&, Frame& f) {
  return Result::boolean(to<Str>(f[0])->is_ascii());
}

Result str_isprintable(Runtime&, Frame& f) {
  Str* s = to<Str>(f[0]);
  for (u64 i = 0; i < s->length; ++i) {
    if (!char_is_printable(s->at(i))) return Result::boolean(false);
  }
  return Result::boolean(true);
}

Result str_isidentifier(Runtime&, Frame& f) {
  Str* s = to<Str>(f[0]);
  if (s->length == 0 || !char_is_identifier_start(s->at(0))) return Result::boolean(false);
  for (u64 i = 1; i < s->length; ++i) {
    if (!char_is_identifier_continue(s->at(i))) return Result::boolean(false);
  }
  return Result::boolean(true);
}

Result str_islower(Runtime&, Frame& f) {
  return all_of_case(to<Str>(f[0]), char_is_lower, char_is_upper);
}
Result str_isupper(Runtime&, Frame& f) {
  return all_of_case(to<Str>(f[0]), char_is_upper, char_is_lower);
}

Result str_istitle(Runtime&, Frame& f) {
  Str* s = to<Str>(f[0]);
  bool cased = false, in_word = false;
  for (u64 i = 0; i < s->length; ++i) {
    u32 c = s->at(i);
    if (char_is_upper(c) || char_is_title(c)) {
      if (in_word) return Result::boolean(false);
      in_word = cased = true;
    } else if (char_is_lower(c)) {
      if (!in_word) return Result::boolean(false);
      in_word = cased = true;
    } else {
      in_word = false;
    }
  }
  return Result::boolean(cased);
}

}  // namespace lisle::rt

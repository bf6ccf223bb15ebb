// What Unicode says of a code point: its category, its cases, its normal forms. Data from utf8proc and, where
// that library is silent, from unicode_tables.cpp. The questions are the ones that str's methods and repr()
// ask.
#pragma once
#include "runtime/support/base.h"

namespace lisle::rt {

struct TextBuffer;

bool char_is_alpha(u32 c);
bool char_is_decimal(u32 c);
bool char_is_digit(u32 c);
bool char_is_numeric(u32 c);
bool char_is_space(u32 c);
bool char_is_lower(u32 c);
bool char_is_upper(u32 c);
bool char_is_title(u32 c);  // category Lt
bool char_is_printable(u32 c);
bool char_is_identifier_start(u32 c);
bool char_is_identifier_continue(u32 c);
// Line ends as str.splitlines sees them.
bool char_is_line_break(u32 c);
// Has a case; does not stop a word when looking for a final sigma.
bool char_is_cased(u32 c);
bool char_is_case_ignorable(u32 c);
inline bool char_is_alnum(u32 c) {
  return char_is_alpha(c) || char_is_numeric(c);
}

// 0..9 for decimal digits of any script, else -1.
int char_decimal_value(u32 c);
// Two letters, as "Lu".
const char* char_category(u32 c);
// Columns of a terminal: 0, 1 or 2.
int char_width(u32 c);

// Full mappings: write up to three code points, return how many. The final sigma is the caller's affair.
u32 char_to_lower(u32 c, u32 out[3]);
u32 char_to_upper(u32 c, u32 out[3]);
u32 char_to_title(u32 c, u32 out[3]);
u32 char_fold(u32 c, u32 out[3]);

enum class NormalForm : u8 { kC, kD, kKC, kKD };
// Appends the normal form of `count` code points. False when memory is exhausted.
bool normalize(const u32* points, u64 count, NormalForm form, TextBuffer& out);

}  // namespace lisle::rt

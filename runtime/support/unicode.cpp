// Questions to the Unicode database.
#include "runtime/support/unicode.h"

#include <utf8proc.h>

#include <cstdlib>

#include "runtime/support/text.h"
#include "runtime/support/unicode_tables.h"

namespace lisle::rt {

namespace {

utf8proc_category_t category(u32 c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool is_letter(utf8proc_category_t k) {
  return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

u32 copy_mapping(const u32* mapping, u32 out[3]) {
  u32 count = 0;
  while (count < 3 && mapping[count] != 0) {
    out[count] = mapping[count];
    ++count;
  }
  return count;
}

u32 single(utf8proc_int32_t c, u32 out[3]) {
  out[0] = static_cast<u32>(c);
  return 1;
}

}  // namespace

bool char_is_alpha(u32 c) {
  if (c < 0x80) return (c | 32) - 'a' < 26;
  return is_letter(category(c));
}

bool char_is_decimal(u32 c) {
  if (c < 0x80) return c - '0' < 10;
  return category(c) == UTF8PROC_CATEGORY_ND;
}

bool char_is_digit(u32 c) {
  return char_is_decimal(c) || (c >= 0x80 && in_table(CodeTable::kDigits, c));
}

bool char_is_numeric(u32 c) {
  if (c < 0x80) return c - '0' < 10;
  auto k = category(c);
  if (k == UTF8PROC_CATEGORY_ND || k == UTF8PROC_CATEGORY_NL || k == UTF8PROC_CATEGORY_NO) return true;
  return in_table(CodeTable::kNumeric, c);
}

bool char_is_space(u32 c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool char_is_lower(u32 c) {
  if (c < 0x80) return c - 'a' < 26;
  return category(c) == UTF8PROC_CATEGORY_LL || in_table(CodeTable::kLower, c);
}

bool char_is_upper(u32 c) {
  if (c < 0x80) return c - 'A' < 26;
  return category(c) == UTF8PROC_CATEGORY_LU || in_table(CodeTable::kUpper, c);
}

bool char_is_title(u32 c) {
  return c >= 0x80 && category(c) == UTF8PROC_CATEGORY_LT;
}

bool char_is_printable(u32 c) {
  if (c < 0x7F) return c >= 0x20;
  switch (category(c)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    default:
      return true;
  }
}

bool char_is_identifier_start(u32 c) {
  if (c < 0x80) return (c | 32) - 'a' < 26 || c == '_';
  auto k = category(c);
  if (is_letter(k) || k == UTF8PROC_CATEGORY_NL) return !in_table(CodeTable::kNoIdStart, c);
  return in_table(CodeTable::kIdStart, c);
}

bool char_is_identifier_continue(u32 c) {
  if (c < 0x80) return (c | 32) - 'a' < 26 || c == '_' || c - '0' < 10;
  auto k = category(c);
  bool usual = is_letter(k) || k == UTF8PROC_CATEGORY_NL || k == UTF8PROC_CATEGORY_MN ||
               k == UTF8PROC_CATEGORY_MC || k == UTF8PROC_CATEGORY_ND || k == UTF8PROC_CATEGORY_PC;
  return usual ? !in_table(CodeTable::kNoIdContinue, c) : in_table(CodeTable::kIdContinue, c);
}

bool char_is_line_break(u32 c) {
  return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool char_is_cased(u32 c) {
  return char_is_lower(c) || char_is_upper(c) || char_is_title(c);
}

bool char_is_case_ignorable(u32 c) {
  switch (category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
      return true;
    default:
      break;
  }
  // Word_Break MidLetter, MidNumLet and Single_Quote.
  return c == 0x27 || c == 0x2E || c == 0x3A || c == 0xB7 || c == 0x387 || c == 0x55F || c == 0x5F4 ||
         c == 0x2018 || c == 0x2019 || c == 0x2024 || c == 0x2027 || c == 0xFE13 || c == 0xFE52 ||
         c == 0xFE55 || c == 0xFF07 || c == 0xFF0E || c == 0xFF1A;
}

int char_decimal_value(u32 c) {
  if (c < 0x80) return c - '0' < 10 ? static_cast<int>(c - '0') : -1;
  if (category(c) != UTF8PROC_CATEGORY_ND) return -1;
  // The mathematical digits are five runs of ten without a gap; every other run stands alone.
  if (c >= 0x1D7CE && c <= 0x1D7FF) return static_cast<int>((c - 0x1D7CE) % 10);
  int value = 0;
  while (value < 9 && category(c - 1) == UTF8PROC_CATEGORY_ND) {
    --c;
    ++value;
  }
  return value;
}

const char* char_category(u32 c) {
  return utf8proc_category_string(static_cast<utf8proc_int32_t>(c));
}

int char_width(u32 c) {
  return utf8proc_charwidth(static_cast<utf8proc_int32_t>(c));
}

u32 char_to_lower(u32 c, u32 out[3]) {
  if (c == 0x130) {  // the only lower case of two code points: i with a dot above
    out[0] = 'i';
    out[1] = 0x307;
    return 2;
  }
  return single(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)), out);
}

u32 char_to_upper(u32 c, u32 out[3]) {
  if (const u32* mapping = long_upper_case(c)) return copy_mapping(mapping, out);
  return single(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)), out);
}

u32 char_to_title(u32 c, u32 out[3]) {
  if (const u32* mapping = long_title_case(c)) return copy_mapping(mapping, out);
  return single(utf8proc_totitle(static_cast<utf8proc_int32_t>(c)), out);
}

u32 char_fold(u32 c, u32 out[3]) {
  if (c < 0x80) {
    out[0] = c - 'A' < 26 ? c + 32 : c;
    return 1;
  }
  utf8proc_int32_t folded[8];
  auto count =
      utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), folded, 8, UTF8PROC_CASEFOLD, nullptr);
  if (count < 1 || count > 3) return single(static_cast<utf8proc_int32_t>(c), out);
  for (utf8proc_ssize_t i = 0; i < count; ++i) out[i] = static_cast<u32>(folded[i]);
  return static_cast<u32>(count);
}

bool normalize(const u32* points, u64 count, NormalForm form, TextBuffer& out) {
  int options = UTF8PROC_STABLE;
  bool compose = form == NormalForm::kC || form == NormalForm::kKC;
  if (form == NormalForm::kKC || form == NormalForm::kKD) options |= UTF8PROC_COMPAT;
  auto decompose_option = static_cast<utf8proc_option_t>(options | UTF8PROC_DECOMPOSE);
  auto* buffer = static_cast<utf8proc_int32_t*>(std::malloc((count * 18 + 8) * sizeof(utf8proc_int32_t)));
  if (buffer == nullptr) return false;
  u64 length = 0;
  for (u64 i = 0; i < count; ++i) {
    auto c = static_cast<utf8proc_int32_t>(points[i]);
    auto added = utf8proc_decompose_char(c, buffer + length, 18, decompose_option, nullptr);
    if (added < 1) {
      buffer[length] = c;
      added = 1;
    }
    length += static_cast<u64>(added);
  }
  // Canonical ordering: combining marks between starters are sorted by class, stably.
  for (u64 i = 1; i < length; ++i) {
    auto mark = buffer[i];
    auto rank = utf8proc_get_property(mark)->combining_class;
    if (rank == 0) continue;
    u64 j = i;
    while (j > 0 && utf8proc_get_property(buffer[j - 1])->combining_class > rank) {
      buffer[j] = buffer[j - 1];
      --j;
    }
    buffer[j] = mark;
  }
  if (compose) {
    auto composed = utf8proc_normalize_utf32(buffer, static_cast<utf8proc_ssize_t>(length),
                                             static_cast<utf8proc_option_t>(options | UTF8PROC_COMPOSE));
    if (composed >= 0) length = static_cast<u64>(composed);
  }
  for (u64 i = 0; i < length; ++i) out.append(static_cast<u32>(buffer[i]));
  std::free(buffer);
  return true;
}

}  // namespace lisle::rt

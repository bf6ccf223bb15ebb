// The syntax of str.format strings: literal text, replacement fields, field names. Shared by str.format and
// _string.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// One run of literal text and the replacement field behind it, as positions in the format string.
struct FormatMarkup {
  u64 literal_start, literal_end;
  bool has_field;
  u64 name_start, name_end;
  u32 conversion;  // 0: none
  u64 spec_start, spec_end;
};
// Reads the next piece at `at`; true in the Result while there was one, False at the end of the text.
Result next_markup(Runtime& rt, const Str& format, u64& at, FormatMarkup& out);

// The end of the first part of a field name: before '.' or '['.
u64 field_first_end(const Str& format, u64 start, u64 end);
// One ".name" or "[key]" at `at` < end. `key` becomes a Str, or an int for a numeric index.
Result next_accessor(Runtime& rt, Str* format, u64& at, u64 end, bool& is_attribute, Value& key);
// The number that format[start:end] is, -1 when it is none.
Result field_number(Runtime& rt, const Str& format, u64 start, u64 end, i64& out);

}  // namespace lisle::rt

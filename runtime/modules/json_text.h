// The strings of JSON: how text is put between quotes, and how what stands between them is read.
#pragma once
#include "runtime/types/str.h"

namespace lisle::rt {

struct TextBuffer;

// With the quotes. kAscii escapes everything beyond ASCII.
enum class JsonQuoting : u8 { kUnicode, kAscii };
void append_json_string(TextBuffer& out, const Str* s, JsonQuoting quoting);

// What read_json_string() found: the text, and where the source goes on behind its quote; or what is wrong,
// and where.
struct JsonString {
  Str* text;
  u64 end;
  const char* error;  // null: nothing
  u64 error_at;
};
// Reads the string whose first character behind the quote is at `begin`, which is at most the source's
// length. Control characters are errors when it is `strict`.
JsonString read_json_string(Runtime& rt, const Str* source, u64 begin, bool strict);

}  // namespace lisle::rt

// The encodings unicode_escape and raw_unicode_escape: text with backslash escapes in ASCII or Latin-1 bytes.
#pragma once
#include <string>
#include <string_view>

#include "runtime/runtime.h"
#include "runtime/support/text.h"

namespace lisle::rt {

void encode_escapes(const Str& text, bool raw, std::string& out);
// Decodes from `at` on, which ends up behind the last byte used; raises by the error handler.
Result decode_escapes(Runtime& rt, std::string_view bytes, std::string_view errors, bool raw, bool final,
                      TextBuffer& out, u64& at);

}  // namespace lisle::rt

// Encodings that are not builtin: looked up through the search functions of codecs.register().
#pragma once
#include <string_view>

#include "runtime/protocols/call.h"

namespace lisle::rt {

// Encodes or decodes `object` by the encoding called `name` (a Str); `errors` is a Str or unbound. With
// `text_only`, only conversions between str and bytes are accepted.
Result codec_convert(Runtime& rt, Frame& f, Value object, Value name, Value errors, bool encodes,
                     bool text_only);

// Did the program register an error handler of that name (a Str, or unbound)?
bool has_own_handler(Runtime& rt, Value errors);
// Encodes or decodes by a builtin encoding (a Str, or unbound for utf-8) with such a handler.
Result handler_convert(Runtime& rt, Frame& f, Value object, Value encoding, Value errors, bool encodes);

// The registry's part `name` ("_search" List, "_cache" Dict, "_errors" Dict); unbound while _codecs was not
// imported.
Value codec_state(Runtime& rt, std::string_view name);

}  // namespace lisle::rt

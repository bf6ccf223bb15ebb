// Text to bytes and back: the builtin encodings and error handlers, for str.encode, bytes.decode, str(),
// files and the _codecs module.
#pragma once
#include <string_view>

#include "runtime/runtime.h"

namespace lisle::rt {

struct Bytes;

// Encoding and error handler by name as the program gives them; an empty name means utf-8, strict.
// LookupError for unknown names. The results are a Bytes and a Str.
Result encode_text(Runtime& rt, Str* text, std::string_view encoding, std::string_view errors);
Result decode_bytes(Runtime& rt, std::string_view bytes, std::string_view encoding, std::string_view errors);
// Decodes a prefix: bytes of an unfinished sequence at the end are left alone unless `final`. `consumed` says
// how many were used. For incremental decoders.
Result decode_prefix(Runtime& rt, std::string_view bytes, std::string_view encoding, std::string_view errors,
                     bool final, u64& consumed);
// Is `name` one of the encodings implemented here?
bool is_builtin_encoding(std::string_view name);

}  // namespace lisle::rt

// What encoders and decoders do about input they cannot convert: the builtin error handlers.
#pragma once
#include <string>
#include <string_view>

#include "runtime/runtime.h"
#include "runtime/support/text.h"

namespace lisle::rt {

enum class Encoding : u8 {
  kUtf8,
  kUtf8Signature,
  kUtf16,
  kUtf16Little,
  kUtf16Big,
  kUtf32,
  kUtf32Little,
  kUtf32Big,
  kLatin1,
  kAscii,
  kUnicodeEscape,
  kRawUnicodeEscape,
  kUnknown,
};

enum class ErrorHandler : u8 {
  kStrict,
  kIgnore,
  kReplace,
  kBackslashReplace,
  kXmlCharRefReplace,
  kNameReplace,
  kSurrogateEscape,
  kSurrogatePass,
  kUnknown,
};

Encoding encoding_named(std::string_view name);
ErrorHandler handler_named(std::string_view name);
// Encodes one code point, surrogates included, in a UTF encoding with known byte order.
void append_utf_char(std::string& out, Encoding encoding, u32 c);

// A fault found while decoding `bytes`.
struct DecodeFault {
  const char* encoding;  // as messages name it
  Encoding kind;
  u64 start, end;
  const char* reason;
};
// Treats the fault: appends what replaces it and sets `resume` to the byte to go on with, or raises.
Result handle_decode_fault(Runtime& rt, std::string_view bytes, std::string_view errors,
                           const DecodeFault& fault, TextBuffer& out, u64& resume);

// Characters [start, end) of `text` that cannot be encoded.
struct EncodeFault {
  const char* encoding;
  Encoding kind;
  u64 start, end;
  const char* reason;
};
// Treats the fault: appends encoded replacements, or raises.
Result handle_encode_fault(Runtime& rt, Str* text, std::string_view errors, const EncodeFault& fault,
                           std::string& out, u64& resume);

}  // namespace lisle::rt

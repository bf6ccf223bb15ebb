// Which text is left to the module _pyio because the native streams cannot convert it.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// Is it one of the encodings that text streams know themselves (but for those of codecs.h)?
bool is_file_encoding(const Str& name);
// Must text in that encoding, with that error handler (strings, else unbound or None), be left to _pyio?
bool is_foreign_text(Runtime& rt, Value encoding, Value errors);
// Is it an open native stream of bytes?
bool is_native_binary(Value v);
// Steps of __init__ of a class that the program derived from a native stream class, over something that
// native streams cannot use: the object becomes one of _pyio. f: the object, and `count` - 1 arguments.
Result adopt_foreign(Runtime& rt, Frame& f, u32 count);

}  // namespace lisle::rt

// Which text is left to the module _pyio because the native streams cannot convert it.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// Is it one of the encodings that text streams know themselves (but for those of codecs.h)?
bool is_file_encoding(const Str& name);
// Must text in that encoding, with that error handler (strings, else unbound or None), be left to _pyio?
bool is_foreign_text(Runtime& rt, Value encoding, Value errors);

}  // namespace lisle::rt

// File names: what the program gives as a path, and the bytes the system wants.
#pragma once
#include <string>

#include "runtime/protocols/call.h"

namespace lisle::rt {

// os.fspath(v): a Str or Bytes; asks __fspath__.
Result path_of(Runtime& rt, Frame& f, Value v);
// The bytes of a file name: UTF-8, with escaped bytes (surrogates U+DC80...U+DCFF) turned back. Raises
// ValueError for a null byte, UnicodeEncodeError for other surrogates.
Result os_path_bytes(Runtime& rt, Value path, std::string& out);
// A file name from the system as text; bytes that are not UTF-8 become surrogates.
Str* os_path_text(Runtime& rt, std::string_view bytes);

}  // namespace lisle::rt

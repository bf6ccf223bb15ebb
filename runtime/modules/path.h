// File names: what the program gives as a path, and the bytes the system wants.
#pragma once
#include <string>

#include "runtime/protocols/call.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"

namespace lisle::rt {

// os.fspath(v): a Str or Bytes; asks __fspath__.
Result path_of(Runtime& rt, Frame& f, Value v);
// The bytes of a file name: UTF-8, with escaped bytes (surrogates U+DC80...U+DCFF) turned back. Raises
// ValueError for a null byte, UnicodeEncodeError for other surrogates.
Result os_path_bytes(Runtime& rt, Value path, std::string& out);
// A file name from the system as text; bytes that are not UTF-8 become surrogates.
Str* os_path_text(Runtime& rt, std::string_view bytes);

// Replaces a path object in f[0] by its name, then goes on with the leaf.
template <NativeFn leaf>
Result one_path(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_int_like(f[0]) || f[0].is_unbound() || f[0].is_none()) return leaf(rt, f);
      AWAIT(1, path_of(rt, f, f[0]));
      f[0] = r.value();
      return leaf(rt, f);
  }
  LISLE_UNREACHABLE();
}

// None, or OSError with the path's name.
inline Result done(Runtime& rt, i64 outcome, Value path) {
  return outcome < 0 ? raise_os_error(rt, static_cast<int>(-outcome), path) : Result::none();
}

}  // namespace lisle::rt

// printf-like formatting, `format % arguments`, for str and bytes.
#pragma once
#include "runtime/protocols/call.h"

namespace lisle::rt {

// Enters the step machine: yields a Str. For bytes, `format` is the Latin-1 text of the bytes and so is the
// result.
Result percent_format(Runtime& rt, Frame& f, Str* format, Value arguments, bool for_bytes);

}  // namespace lisle::rt

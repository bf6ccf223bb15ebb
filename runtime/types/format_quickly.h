// The quick forms of `format % arguments` and of str.format: see format_quickly.cpp.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// Unbound where the step machine has to do it.
Value percent_quickly(Runtime& rt, const Str& format, Value arguments);
Result str_format_quickly(Runtime& rt, Frame& f);

// Appends str(v), or repr(v) if `quoted`, of a number, a text, a bool or None; false for everything else,
// which may have to be asked.
bool append_plain(Runtime& rt, struct TextBuffer& text, Value v, bool quoted);

}  // namespace lisle::rt

// Warnings that natives give: the module warnings decides what becomes of them.
#pragma once
#include <string>

#include "runtime/protocols/call.h"

namespace lisle::rt {

// warnings.warn(text, category), as from the statement that runs. None, or raised when the program's filters
// make an error of it.
Result warn(Runtime& rt, Frame& f, TypeId category, const std::string& text);

// What the compiler had to say of the source that it compiled last, as a list for the internal WarnOfSource;
// None when it had nothing to say.
Value take_source_warnings(Runtime& rt);

// Tells the program what the compiler had to say of the source in `filename` that became `code`, which is the
// result. SyntaxError where a filter makes an error of it.
Result warn_of_source(Runtime& rt, Frame& f, Value code, Str* filename);

}  // namespace lisle::rt

// Warnings that natives give: the module warnings decides what becomes of them.
#pragma once
#include <string>

#include "runtime/protocols/call.h"

namespace lisle::rt {

// warnings.warn(text, category), as from the statement that runs. None, or raised when the program's filters
// make an error of it.
Result warn(Runtime& rt, Frame& f, TypeId category, const std::string& text);

}  // namespace lisle::rt

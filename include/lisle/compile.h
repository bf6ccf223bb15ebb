// Looking at the stages between source text and bytecode.
#pragma once
#include <string>
#include <string_view>

#include "lisle/vm.h"

namespace lisle {

// The text of a stage: "tokens", "tree", "ast", "scopes" or "bytecode". False with a message when the stage
// is unknown or the source is wrong.
bool dump(Vm& vm, std::string_view stage, std::string_view source, const std::string& filename,
          std::string& text);

// Compiles a file without running it; prints the error to sys.stderr and returns false when it is wrong.
bool check_file(Vm& vm, const std::string& path);

// "Lisle 0.1.0 (Python 3.11.7)".
const char* version();

}  // namespace lisle

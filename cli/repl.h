// The interactive prompt.
#pragma once
#include "lisle/vm.h"

namespace lisle::cli {

// Reads, runs and prints until the end of input or SystemExit; yields the exit status.
int run_console(Vm& vm, bool quiet);

}  // namespace lisle::cli

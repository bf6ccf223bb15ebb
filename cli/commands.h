// What `lisle` does once the command line is understood. Each returns the exit status.
#pragma once
#include "options.h"

namespace lisle::cli {

int run_command(const Options& options);

}  // namespace lisle::cli

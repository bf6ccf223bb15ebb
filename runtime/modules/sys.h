// The module sys: the part that the host configures.
#pragma once
#include <string>
#include <vector>

#include "runtime/runtime.h"

namespace lisle::rt {

struct SysConfig {
  std::vector<std::string> argv;         // sys.argv
  std::vector<std::string> path;         // sys.path
  std::vector<std::string> warnoptions;  // -W
  std::vector<std::string> xoptions;     // -X
  std::vector<std::string> orig_argv;    // sys.orig_argv
  std::string executable;                // absolute path, may be empty
  int optimize = 0;
  bool inspect = false, interactive = false, quiet = false, unbuffered = false, isolated = false,
       safe_path = false;
  bool dont_write_bytecode = false, ignore_environment = false, no_user_site = false, no_site = false;
  bool dev_mode = false;
  int verbose = 0, debug = 0, bytes_warning = 0;
};

// Takes up what sys says of a world that came out of an image.
void restore_sys(Runtime& rt);

// Puts what the command line and the environment decide into sys. May be called again.
void configure_sys(Runtime& rt, const SysConfig& config);

}  // namespace lisle::rt

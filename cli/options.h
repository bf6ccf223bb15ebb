// The command line of `lisle`: what is to be run, and how.
#pragma once
#include <string>
#include <vector>

#include "lisle/image.h"

namespace lisle::cli {

enum class Action {
  kFile,
  kCommand,
  kModule,
  kStdin,
  kConsole,
  kVersion,
  kHelp,
  kDump,
  kCheck,
  kResume,
  kImage,
  kUsageError
};

struct Options {
  Action action = Action::kConsole;
  std::string target;              // file, command text or module name
  std::string stage;               // of --dump
  std::vector<std::string> files;  // of --check
  std::vector<std::string> words;  // of `lisle image`
  std::string save_on, image;      // --save-on WHEN IMAGE
  SaveSettings saving;
  uint64_t explore = 0;  // not 0: run with that many seeds
  std::string message;   // help text or what is wrong with the command line
  Settings settings;
};

// argv as main() got it. The plain form `lisle FILE ARGUMENTS` is read without building a parser, which would
// cost a third of the time of a one-line script.
Options parse_options(int argc, char** argv);

}  // namespace lisle::cli

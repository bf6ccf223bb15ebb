// What an interactive prompt needs of a Vm.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "lisle/vm.h"

namespace lisle {

class Console {
 public:
  // Gives exit, quit and help the texts that a prompt shows.
  explicit Console(Vm& vm);

  enum class Outcome { kDone, kIncomplete, kExit };
  // Runs one statement or block that was typed. `more` says that another line may still be added.
  // kIncomplete: the text needs more lines. kExit: the program left with SystemExit; its status is in
  // `status`. Tracebacks are printed.
  Outcome enter(std::string_view text, bool more, int& status);

  // Names and attributes that begin with the word at the end of `line`; `start` is where that word begins.
  std::vector<std::string> complete(std::string_view line, size_t& start);

  // Lets waiting tasklets run for a moment. False when none is runnable.
  bool run_tasklets();

  // Has the user asked for an interrupt since the last statement ended? Answers once.
  bool take_interrupt();

  std::string prompt(bool continued);  // sys.ps1 or sys.ps2

 private:
  Vm& vm_;
};

}  // namespace lisle

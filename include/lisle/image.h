// Images: a running program in a file. A program saves itself with lisle.image.save(path); here is how a
// process takes one up.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "lisle/vm.h"

namespace lisle {

struct LoadedImage {
  std::unique_ptr<Vm> vm;             // null: it could not be loaded
  std::string error;                  // why not, a sentence
  std::vector<std::string> warnings;  // files that could not be opened again, and the like
};

// Loads an image into a Vm of its own. Of the settings those count that concern the process: memory limit,
// signals, cache. `arguments` replace those of the saved program, all but its name, unless they are empty.
LoadedImage load_image(const std::string& path, const Settings& settings);

// Goes on with the program of a loaded image, once. The exit status, as that of Vm::run_file().
int run_image(Vm& vm);

}  // namespace lisle

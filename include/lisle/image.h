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
// signals, cache, trusted keys. `arguments` replace those of the saved program, all but its name, unless they
// are empty.
LoadedImage load_image(const std::string& path, const Settings& settings);

// How images are written that a program does not save itself.
struct SaveSettings {
  int compress = 0;  // from 1, quick, to 19, small; 0: not at all
  std::string key;   // a file with the secret key to sign with; empty: they are not signed
};

// Lets the program be saved without its doing: `when` names SIGTERM (which ends it then), SIGUSR1 and
// every=SECONDS, with commas between. Empty, or what is wrong with it. To be called before anything runs.
std::string save_when(Vm& vm, const std::string& when, const std::string& image,
                      const SaveSettings& settings = {});

// What `lisle image WORDS` tells, to be shown to the user; runs nothing of any image. The exit status.
int image_tool(const std::vector<std::string>& words, const Settings& settings, std::string& text);

// Goes on with the program of a loaded image, once. The exit status, as that of Vm::run_file().
int run_image(Vm& vm);

}  // namespace lisle

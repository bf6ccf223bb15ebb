// Saving a running program: everything reachable goes to a file that another process resumes.
#pragma once
#include <string>

#include "runtime/image/image_sink.h"
#include "runtime/runtime.h"

namespace lisle::rt {

struct SaveOptions {
  std::string path;
  u32 generations = 1;  // how many older images stay beside the new one, as path.1, path.2 ...
  SaveFaults* faults = nullptr;
  Wrapping wrapping;
};

// Saves the program in the state that its current tasklet, which must have been saved as suspended, goes on
// from. Replaces the file at once or not at all: nobody ever sees half an image, also after a crash of the
// machine. Empty, or why it could not be done, as a sentence; then the files that were there are untouched.
std::string save_image(Runtime& rt, const SaveOptions& options);

}  // namespace lisle::rt

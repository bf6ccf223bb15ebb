// Is what a file delivered a heap? An image whose sums are right may still have been made wrong, so nothing
// of it is believed here: every object has a kind and a class that fit, ends before the next one begins, and
// refers to objects of the kinds that its fields are for; counts fit the storage they count; code passes the
// verifier; suspended frames lie in the memory of their tasklet and wait where their code can wait.
//
// It does not know what native functions keep in their registers, nor what native modules keep in raw memory.
#pragma once
#include <string>
#include <vector>

#include "runtime/heap/heap_image.h"

namespace lisle::rt {

// Empty, or a few words that say what is wrong. To be asked of a loaded world before any address of code was
// given back: `continuations` is the image's table of their names.
std::string check_heap(Runtime& rt, HeapImage& heap, const std::vector<std::string>& continuations);

}  // namespace lisle::rt

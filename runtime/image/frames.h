// The one thing in suspended frames that no image may hold: `ret`, the address of a continuation. In an image
// it is a number that a table of names gives a meaning.
#pragma once
#include <string>
#include <vector>

#include "runtime/heap/heap_image.h"
#include "runtime/tasks/tasklet.h"

namespace lisle::rt {

// Calls visit(Frame&) for each frame of a suspended tasklet, from the top down, the pseudo frames of segments
// and the frames of running generators included. The visitor may change `ret`.
template <class F>
void each_frame(Tasklet& t, F&& visit) {
  for (Frame* f = t.top; f;) {
    Frame* below = f->prev;
    visit(*f);
    f = below;
  }
}

// While it lives, no frame of the heap holds an address of code: every `ret` is a number.
class FramesWithoutAddresses {
 public:
  FramesWithoutAddresses(Runtime& rt, HeapImage& heap);
  ~FramesWithoutAddresses();
  FramesWithoutAddresses(const FramesWithoutAddresses&) = delete;
  FramesWithoutAddresses& operator=(const FramesWithoutAddresses&) = delete;

  // Empty, or why some frame cannot be saved.
  const std::string& refusal() const { return refusal_; }

 private:
  Runtime& rt_;
  std::vector<Tasklet*> tasklets_;
  std::string refusal_;
};

// The names that the numbers stand for.
std::vector<std::string> continuation_names(const Runtime& rt);
// Gives the frames of a loaded heap their addresses back; `names` is the table of the image. False when a
// number has no meaning, or a chain of frames is broken.
bool restore_frames(Runtime& rt, HeapImage& heap, const std::vector<std::string>& names);

}  // namespace lisle::rt

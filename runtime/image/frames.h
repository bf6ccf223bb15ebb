// What no image may hold: addresses of code. In suspended frames that is `ret`, a continuation, which is a
// number in an image that a table of names gives a meaning; in code objects it is `entry`, which is null
// there.
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

// While it lives, nothing in the heap holds an address of code: every `ret` is a number, every `entry` null.
// Frames of compiled code go on in the interpreter from then on. Afterwards the frames of the other tasklets
// keep their numbers until they go on, as in a process that resumes; so the next save need not look at those
// that still wait.
class FramesWithoutAddresses {
 public:
  FramesWithoutAddresses(Runtime& rt, HeapImage& heap);
  ~FramesWithoutAddresses();
  FramesWithoutAddresses(const FramesWithoutAddresses&) = delete;
  FramesWithoutAddresses& operator=(const FramesWithoutAddresses&) = delete;

  // Empty, or what was met that cannot be saved: frames of the host, the state of a library outside of the
  // heap.
  const std::string& refusal() const { return refusal_; }
  // All code of the heap.
  const std::vector<Code*>& codes() const { return codes_; }

 private:
  Runtime& rt_;
  std::vector<Code*> codes_;
  std::vector<Entry> entries_;  // of each of them
  std::string refusal_;
};

// Tasklet flag: the `ret` of each of its frames is still a number of this build. They get their addresses
// when the tasklet goes on, so that taking up an image costs the same whether it holds ten tasklets or a
// million.
inline constexpr u32 kTaskletStored = 1 << 21;
void settle_frames(Runtime& rt, Tasklet& t);

// The names that the numbers stand for.
std::vector<std::string> continuation_names(const Runtime& rt);
// Gives the frames of a loaded heap their addresses back, and code its entry; `names` is the table of the
// image. Where that is the table of this build, only the current tasklet's frames are looked at. False when a
// number has no meaning.
bool restore_frames(Runtime& rt, HeapImage& heap, const std::vector<std::string>& names,
                    const std::vector<Code*>& codes);

}  // namespace lisle::rt

// Can the suspended frames of a heap go on? See heap_check.h. Everything they refer to was found sound.
#pragma once
#include <string>
#include <unordered_set>
#include <vector>

#include "runtime/heap/heap_image.h"
#include "runtime/object/frame.h"

namespace lisle::rt {

struct Tasklet;
struct Generator;
struct Segment;
struct FrameObject;

class StackCheck {
 public:
  StackCheck(Runtime& rt, HeapImage& heap, const std::vector<std::string>& continuations);

  bool sound(Object& o);
  // Is the activation one of those that sound() has met? To be asked when it has met all.
  bool shows(const FrameObject& o) const;

 private:
  static constexpr size_t kUnknown = ~size_t{0};

  bool tasklet(Tasklet& t);
  bool segments(Tasklet& t);
  bool frames(Tasklet& t);
  // Does the frame lie where frames of `t` may, with room for what is above its header?
  bool lies_in(const Tasklet& t, const Frame* f, size_t words) const;
  bool watched(Tasklet& t);
  // What of a segment belongs to the frames above one: all from `from` on. The nearest of them delivers its
  // value by the continuation `delivers`.
  struct Above {
    const Frame* callee = nullptr;  // null: there is none, or it is a generator's
    size_t delivers = kUnknown;
    const char* from = nullptr;
  };
  bool waits(Tasklet& t, Frame& f, size_t delivers);
  // Does `f` end before that? Then it is the next one.
  bool stacked(const Segment& segment, Frame& f, Above& above) const;
  bool window(Tasklet& t);
  bool generator(Generator& g);
  // The continuation of this build that the number in `ret` stands for; kUnknown when there is none.
  size_t continuation(const Frame& f) const;
  bool words(const Value* first, const Value* end) const;

  Runtime& rt_;
  HeapImage& heap_;
  std::vector<size_t> known_;  // numbers of the image to rows of this build's table
  size_t pops_ = kUnknown, ends_ = kUnknown, exits_ = kUnknown, stores_ = kUnknown, resumes_ = kUnknown,
         constructs_ = kUnknown;
  std::unordered_set<const Segment*> segments_;
  std::unordered_set<const Frame*> frames_;
};

}  // namespace lisle::rt

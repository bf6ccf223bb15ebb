// Are the tasklets of a heap where they say they are: in the ring of their thread, in the queue of what they
// wait for, among the timers? See heap_check.h. What they refer to was found to be of the right kinds.
#pragma once
#include <string>
#include <unordered_map>

#include "runtime/heap/heap_image.h"

namespace lisle::rt {

struct Channel;
struct Lock;
struct Ring;
struct Scheduler;
struct SelectCase;
struct Tasklet;

class TaskCheck {
 public:
  TaskCheck(Runtime& rt, HeapImage& heap);

  // Empty, or what is wrong. To be asked once.
  std::string found();

 private:
  bool listed();
  bool threads();
  bool ring(Ring& ring);
  bool goes_on(const Tasklet* t) const;
  bool timers();
  bool queue(Object& owner, Tasklet* first, Tasklet* last, i64& count);
  bool channel(Channel& channel);
  bool lock(Lock& lock);
  bool tasklet(Tasklet& t);
  bool stands_for_one(const SelectCase& one) const;
  bool waits(Tasklet& t);
  bool select(Object& what, Tasklet& t);
  bool is_queued(Tasklet& t, const Object* where) const;

  Runtime& rt_;
  HeapImage& heap_;
  Scheduler& scheduler_;
  std::unordered_map<const Tasklet*, const void*>
      places_;  // the ring, channel or lock that each was found in
};

}  // namespace lisle::rt

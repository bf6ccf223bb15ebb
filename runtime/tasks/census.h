// Who is there: every tasklet, in what state, at what line; and who was collected before it came to its end.
#pragma once
#include <string>
#include <vector>

#include "runtime/tasks/scheduler.h"

namespace lisle::rt {

enum class TaskState : u8 {
  kRunning,
  kRunnable,
  kReceiving,
  kSending,
  kSelecting,
  kSleeping,
  kLocked,    // waits for a lock
  kWatching,  // waits in run()
  kPaused,
  kEnded,
};
const char* task_state_name(TaskState state);
TaskState task_state(Runtime& rt, const Tasklet& t);

// Where a tasklet stands: its innermost function of the language, or the one it will begin with.
struct TaskPlace {
  const Code* code;  // null when it runs no code of the language
  u32 line;
};
TaskPlace task_place(Runtime& rt, const Tasklet& t);
std::string task_place_text(const TaskPlace& place);

// Holds collections off: a report may name tasklets that nobody else can reach.
class ReportScope {
 public:
  explicit ReportScope(Runtime& rt) : rt_(rt), before_(rt.heap.paused) { rt.heap.paused = true; }
  ~ReportScope() { rt_.heap.paused = before_; }
  ReportScope(const ReportScope&) = delete;
  ReportScope& operator=(const ReportScope&) = delete;

 private:
  Runtime& rt_;
  bool before_;
};

// Tasklets that are in one state at one place.
struct TaskGroup {
  TaskState state;
  TaskPlace place;
  u64 count;
  Tasklet* example;
};
// All that have not ended, the largest groups first. To be used within a ReportScope.
std::vector<TaskGroup> take_census(Runtime& rt);

// RuntimeError with kDeadlockText, whose notes say who waits where.
Result raise_deadlock(Runtime& rt, const char* text);

// The collector has found out who is alive; `full` when old objects were looked at as well.
void forget_collected_tasklets(Runtime& rt, bool full);

}  // namespace lisle::rt

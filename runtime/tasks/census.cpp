// See census.h.
#include "runtime/tasks/census.h"

#include <algorithm>
#include <unordered_map>

#include "runtime/builtins/tables.h"
#include "runtime/protocols/attribute.h"
#include "runtime/tasks/lock.h"
#include "runtime/tasks/timers.h"
#include "runtime/types/exception.h"
#include "runtime/types/list.h"

namespace lisle::rt {

const char* task_state_name(TaskState state) {
  constexpr const char* kNames[] = {"running",  "runnable", "receiving", "sending", "selecting",
                                    "sleeping", "locked",   "watching",  "paused",  "ended"};
  return kNames[static_cast<size_t>(state)];
}

TaskState task_state(Runtime& rt, const Tasklet& t) {
  if (rt.thread.current == &t) return TaskState::kRunning;
  if (!t.top || !ring_of(rt, t)) return TaskState::kEnded;
  if (Object* awaited = awaited_by(t)) {
    if (awaited->kind == Kind::Lock) return TaskState::kLocked;
    if (awaited->kind == Kind::Select) return TaskState::kSelecting;
    return t.task_flags & kTaskletSending ? TaskState::kSending : TaskState::kReceiving;
  }
  if (t.waits_on) return TaskState::kSleeping;
  if (t.next) return TaskState::kRunnable;
  return t.task_flags & kTaskletWatches ? TaskState::kWatching : TaskState::kPaused;
}

TaskPlace task_place(Runtime& rt, const Tasklet& t) {
  bool running = rt.thread.current == &t;
  if (!running && !(t.task_flags & kTaskletStarted)) {
    auto* function = t.top ? as<Function>(t.top->fn) : nullptr;
    return function ? TaskPlace{function->code, code_position(*function->code, 0).line} : TaskPlace{};
  }
  Frame* f = language_frame(running ? rt.thread.frame : t.top);
  if (!f) return {};
  const Code& code = *to<Function>(f->fn)->code;
  u64 instruction = (f->pc - reinterpret_cast<u64>(code.instructions)) / sizeof(u64);
  return {&code, code_position(code, instruction).line};
}

std::string task_place_text(const TaskPlace& place) {
  if (!place.code) return "no place";
  return utf8_of(place.code->filename) + ":" + std::to_string(place.line) + " in " +
         utf8_of(place.code->qualname);
}

std::vector<TaskGroup> take_census(Runtime& rt) {
  std::vector<TaskGroup> groups;
  std::unordered_map<u64, size_t> known;
  for (Tasklet* t : rt.scheduler->tasklets.all()) {
    TaskState state = task_state(rt, *t);
    if (state == TaskState::kEnded) continue;
    TaskPlace place = task_place(rt, *t);
    u64 key = (reinterpret_cast<u64>(place.code) << 24) + (u64{place.line} << 4) + static_cast<u64>(state);
    auto [found, is_new] = known.emplace(key, groups.size());
    if (is_new) groups.push_back({state, place, 0, t});
    ++groups[found->second].count;
  }
  std::sort(groups.begin(), groups.end(),
            [](const TaskGroup& a, const TaskGroup& b) { return a.count > b.count; });
  return groups;
}

namespace {

constexpr size_t kMostNotes = 20;

// "3 tasklets receiving at FILE:LINE in f on <channel at 0x...>"
std::string group_text(const TaskGroup& group) {
  std::string text = group.count == 1 ? "1 tasklet " : std::to_string(group.count) + " tasklets ";
  text += std::string(task_state_name(group.state)) + " at " + task_place_text(group.place);
  Object* awaited = awaited_by(*group.example);
  if (!awaited) return text;
  char address[40];
  snprintf(address, sizeof address, " at 0x%lx", reinterpret_cast<u64>(awaited));
  if (awaited->kind == Kind::Channel) text += std::string(", on the channel") + address;
  if (awaited->kind == Kind::Lock) {
    text += std::string(", for the lock") + address;
    Tasklet* owner = static_cast<Lock*>(awaited)->owner;
    if (owner == group.example) text += " that it has itself";
  }
  return text;
}

}  // namespace

Result raise_deadlock(Runtime& rt, const char* text) {
  (void)raise(rt, TypeId::RuntimeError, "%s", text);
  Value error = take_raised(rt);
  ReportScope scope(rt);
  List* notes = new_list(rt);
  for (const TaskGroup& group : take_census(rt)) {
    if (group.state == TaskState::kRunnable) continue;
    if (notes->size == kMostNotes) break;
    list_append(rt, *notes, Value::from(new_str(rt, group_text(group))));
  }
  set_own_attribute(rt, error.object(), rt.names.notes, Value::from(notes));
  return raise_value(rt, error);
}

void forget_collected_tasklets(Runtime& rt, bool full) {
  Scheduler& s = *rt.scheduler;
  s.tasklets.forget_unmarked(
      full, [&](Tasklet* t) { return rt.heap.is_marked(t); },
      [&](Tasklet& t) {
        if (!s.report_lost || task_state(rt, t) == TaskState::kEnded) return;
        s.lost.push_back(std::string(task_state_name(task_state(rt, t))) + " at " +
                         task_place_text(task_place(rt, t)));
      });
}

}  // namespace lisle::rt

// Tasklets that are not where they say must be found, whatever else of a heap is sound.
#include "runtime/image/task_check.h"

#include <doctest/doctest.h>

#include "lisle/vm.h"
#include "runtime/image/frames.h"
#include "runtime/tasks/scheduler.h"
#include "vm/state.h"

namespace lisle::rt {

namespace {

constexpr const char* kProgram = R"py(
import stackless
channel = stackless.channel()
waiting = [stackless.tasklet(channel.receive)() for _ in range(3)]
stackless.run()
runnable = stackless.tasklet(print)()
)py";

struct Sleepers {
  Sleepers() : vm(quiet()), rt(Access::state(vm).runtime()), heap(rt.heap) {
    vm.run_text(kProgram, "<sleepers>");
    heap.settle();
  }
  static Settings quiet() {
    Settings settings;
    settings.no_site = settings.ignore_environment = true;
    settings.write_cache = false;
    return settings;
  }
  std::string found() {
    const FramesWithoutAddresses stored(rt, heap);
    return TaskCheck(rt, heap).found();
  }
  template <class T>
  T& object(const char* name) {
    return *to<T>(Access::get(vm.global(name)));
  }

  Vm vm;
  Runtime& rt;
  HeapImage heap;
};

}  // namespace

TEST_CASE("tasklets that a program left are where they say") {
  Sleepers program;
  CHECK(program.found() == "");
}

TEST_CASE("a channel with fewer waiting than it says") {
  Sleepers program;
  program.object<Channel>("channel").balance = -4;
  CHECK(program.found() == "a queue of tasklets");
}

TEST_CASE("a queue that leads back to itself") {
  Sleepers program;
  Channel& channel = program.object<Channel>("channel");
  channel.last->next = channel.first;
  CHECK(program.found() == "a queue of tasklets");
  channel.last->next = nullptr;
}

TEST_CASE("a tasklet of a thread that does not exist") {
  Sleepers program;
  program.object<Tasklet>("runnable").ring = 7;
  CHECK(program.found() == "its threads");
}

TEST_CASE("a tasklet that says it is blocked but runs") {
  Sleepers program;
  Tasklet& t = program.object<Tasklet>("runnable");
  t.waits_on = &program.object<Channel>("channel");
  CHECK(program.found() == "its threads");
  t.waits_on = nullptr;
}

TEST_CASE("an exception to be raised that is none") {
  Sleepers program;
  program.object<Channel>("channel").first->task_flags |= kTaskletRaise;
  CHECK(program.found() == "a tasklet");
}

}  // namespace lisle::rt

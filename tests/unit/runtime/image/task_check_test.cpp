// Tasklets that are not where they say must be found, whatever else of a heap is sound.
#include "runtime/image/task_check.h"

#include <doctest/doctest.h>

#include "lisle/vm.h"
#include "runtime/image/frames.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/select.h"
#include "vm/state.h"

namespace lisle::rt {

namespace {

constexpr const char* kProgram = R"py(
import lisle
import stackless
channel = stackless.channel()
waiting = [stackless.tasklet(channel.receive)() for _ in range(3)]
stackless.run()
chosen = stackless.channel()
selecting = stackless.tasklet(lisle.select)([chosen])
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

TEST_CASE("a list of tasklets with something else in it") {
  Sleepers program;
  std::vector<Tasklet*>& all = program.rt.scheduler->tasklets.all();
  const u64 inside = reinterpret_cast<u64>(all.back()) + 1;
  for (const u64 other : {reinterpret_cast<u64>(&program.object<Channel>("channel")), inside, u64{0}}) {
    all.push_back(reinterpret_cast<Tasklet*>(other));
    CHECK(program.found() == "its list of tasklets");
    all.pop_back();
  }
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

TEST_CASE("a tasklet in the middle of a queue that waits for nothing") {
  Sleepers program;
  Tasklet& t = *program.object<Channel>("channel").first->next;
  t.waits_on = nullptr;
  CHECK(program.found() == "a tasklet");
  t.waits_on = &program.object<Channel>("channel");
}

TEST_CASE("the case of a select that stands alone in a queue and waits for nothing") {
  Sleepers program;
  Tasklet& one = *program.object<Channel>("chosen").first;
  CHECK(one.kind == Kind::SelectCase);
  one.waits_on = nullptr;
  CHECK(program.found() == "a tasklet");
  one.waits_on = &program.object<Channel>("chosen");
}

TEST_CASE("a case that its select does not know") {
  Sleepers program;
  auto& one = static_cast<SelectCase&>(*program.object<Channel>("chosen").first);
  SelectCase*& known = one.select->cases[0];
  known = nullptr;
  CHECK(program.found() == "a tasklet");
  known = &one;
}

TEST_CASE("a case of a tasklet that does not wait in the select") {
  Sleepers program;
  auto& one = static_cast<SelectCase&>(*program.object<Channel>("chosen").first);
  Tasklet* selecting = one.select->tasklet;
  one.select->tasklet = program.object<Channel>("channel").first;
  CHECK(program.found() == "a tasklet");
  one.select->tasklet = selecting;
}

TEST_CASE("an exception to be raised that is none") {
  Sleepers program;
  program.object<Channel>("channel").first->task_flags |= kTaskletRaise;
  CHECK(program.found() == "a tasklet");
}

}  // namespace lisle::rt

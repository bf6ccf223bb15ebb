// Frames that could not go on must be found, whatever else of a heap is sound.
#include "runtime/image/stack_check.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "lisle/vm.h"
#include "runtime/hooks.h"
#include "runtime/image/frames.h"
#include "runtime/protocols/stack.h"
#include "runtime/types/generator.h"
#include "vm/state.h"

namespace lisle::rt {

namespace {

// A function that waits, above one of the program's, above a native one, above two of the program's; and one
// that waits in a generator.
constexpr const char* kProgram = R"py(
import stackless
channel = stackless.channel()
class Key:
    def __init__(self, item):
        self.item = channel.receive()
    def __lt__(self, other):
        return False
def work():
    return sorted([1, 2], key=lambda item: Key(item))
def items():
    yield channel.receive()
def walk():
    for item in items():
        pass
stacked = stackless.tasklet(lambda: work())()
generating = stackless.tasklet(walk)()
stackless.run()
)py";

struct Waiting {
  Waiting() : vm(quiet()), rt(Access::state(vm).runtime()), heap(rt.heap) {
    vm.run_text(kProgram, "<waiting>");
    heap.settle();
  }
  static Settings quiet() {
    Settings settings;
    settings.no_site = settings.ignore_environment = true;
    settings.write_cache = false;
    return settings;
  }
  Tasklet& tasklet(const char* name) { return *to<Tasklet>(Access::get(vm.global(name))); }
  // The frame that lies so many below the top one.
  Frame& frame(const char* name, int below) {
    Frame* f = tasklet(name).top;
    while (below-- > 0) f = f->prev;
    return *f;
  }
  // While all is as in an image: `change` is undone by what it returns.
  template <class Change>
  bool sound(const char* name, Change change) {
    const FramesWithoutAddresses stored(rt, heap);
    auto undo = change();
    const bool good = StackCheck(rt, heap, continuation_names(rt)).sound(tasklet(name));
    undo();
    return good;
  }
  template <class T>
  bool sound_with(const char* name, T& field, T value) {
    return sound(name, [&] {
      const T before = std::exchange(field, value);
      return [&field, before] { field = before; };
    });
  }
  // What stands in an image for the continuation of that name.
  Entry number_of(std::string_view name) {
    const std::vector<std::string> names = continuation_names(rt);
    const auto at = static_cast<u64>(std::find(names.begin(), names.end(), name) - names.begin());
    return reinterpret_cast<Entry>((at + 1) << 2);
  }

  Vm vm;
  Runtime& rt;
  HeapImage heap;
};

Frame* moved(Frame* f, i64 words) {
  return reinterpret_cast<Frame*>(reinterpret_cast<Value*>(f) + words);
}

}  // namespace

TEST_CASE("frames that a program left can go on") {
  Waiting program;
  auto nothing = [] { return [] {}; };
  CHECK(program.sound("stacked", nothing));
  CHECK(program.sound("generating", nothing));
}

TEST_CASE("a value that goes to another kind of frame than it was made for") {
  Waiting program;
  // From the top: receive(), __init__, the lambda, sorted(), ...
  REQUIRE(is_kind(program.frame("stacked", 3).fn, Kind::Native));
  for (const char* name : {"store", "again", "discard", "construct", "tasklet_end"})
    CHECK_FALSE(program.sound_with("stacked", program.frame("stacked", 2).ret, program.number_of(name)));
  for (const char* name : {"native_resume", "segment_pop", "host_exit"})
    CHECK_FALSE(program.sound_with("stacked", program.frame("stacked", 0).ret, program.number_of(name)));
}

TEST_CASE("a frame that lies over one below it") {
  Waiting program;
  Frame& callee = program.frame("stacked", 1);
  for (const i64 words : {-1, 1, 8})
    CHECK_FALSE(program.sound_with("stacked", callee.prev, moved(callee.prev, words)));
  CHECK_FALSE(program.sound_with("stacked", callee.prev, &callee));
  CHECK_FALSE(program.sound_with("stacked", callee.prev, program.tasklet("stacked").top));
}

TEST_CASE("the instance that is being made is nothing") {
  Waiting program;
  Value& instance = reinterpret_cast<Value*>(&program.frame("stacked", 1))[-1];
  REQUIRE(is_kind(instance, Kind::Instance));
  CHECK_FALSE(program.sound_with("stacked", instance, Value::from_bits(9)));
}

TEST_CASE("a generator whose callees would lie elsewhere") {
  Waiting program;
  Generator& g = *program.tasklet("generating").generators;
  CHECK_FALSE(program.sound_with<char*>("generating", g.callee_base, nullptr));
  CHECK_FALSE(program.sound_with("generating", g.callee_base, g.callee_base + 1));
  CHECK_FALSE(program.sound_with("generating", g.callee_base, g.callee_base - 64));
  CHECK_FALSE(program.sound_with("generating", g.callee_base, g.callee_base + (1 << 20)));
}

}  // namespace lisle::rt

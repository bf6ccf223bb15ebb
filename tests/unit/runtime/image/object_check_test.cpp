// Objects that contradict themselves must be found, whatever else of a heap is sound.
#include "runtime/image/object_check.h"

#include <doctest/doctest.h>

#include "lisle/vm.h"
#include "runtime/heap/heap_image.h"
#include "runtime/runtime.h"
#include "vm/state.h"

namespace lisle::rt {

namespace {

struct Objects {
  explicit Objects(const char* text) : vm(quiet()), rt(Access::state(vm).runtime()), heap(rt.heap) {
    vm.run_text(text, "<objects>");
    heap.settle();
  }
  static Settings quiet() {
    Settings settings;
    settings.no_site = settings.ignore_environment = true;
    settings.write_cache = false;
    return settings;
  }
  template <class T>
  T& object(const char* name) {
    return *to<T>(Access::get(vm.global(name)));
  }
  template <class T>
  bool is_sound(T& o) {
    return ObjectCheck(rt, heap).sound(o);
  }

  Vm vm;
  Runtime& rt;
  HeapImage heap;
};

}  // namespace

TEST_CASE("iterators whose position is no number") {
  Objects program(
      "walked = [iter(range(9)), iter([1, 2]), reversed([1, 2]), iter((1, 2)), iter('ab'), iter(b'ab'),\n"
      "          iter(bytearray(b'ab')), iter({1: 2}), iter({1, 2}), iter({1: 2}.items()), iter(range(1 << "
      "70))]\n"
      "for iterator in walked: next(iterator)\n");
  List& walked = program.object<List>("walked");
  for (u64 i = 0; i < walked.size; ++i) {
    Iterator& it = *to<Iterator>(walked.items->items[i]);
    CHECK(program.is_sound(it));
    const Value place = it.a;
    it.a = Value::true_();
    CHECK_FALSE(program.is_sound(it));
    it.a = Value::from(&walked);
    CHECK_FALSE(program.is_sound(it));
    it.a = place;
  }
}

TEST_CASE("a range whose step or count is no number") {
  Objects program("walked = iter(range(9))\n");
  Iterator& it = program.object<Iterator>("walked");
  for (Value* field : {&it.source, &it.b}) {
    const Value kept = *field;
    *field = Value::from(&it);
    CHECK_FALSE(program.is_sound(it));
    *field = kept;
  }
  CHECK(program.is_sound(it));
}

TEST_CASE("an iterator of a type that has no next step") {
  Objects program("walked = iter(range(9))\n");
  Iterator& it = program.object<Iterator>("walked");
  const u64 kept = it.type_id;
  it.type_id = static_cast<u64>(TypeId::Object);
  CHECK_FALSE(program.is_sound(it));
  it.type_id = kept;
}

}  // namespace lisle::rt

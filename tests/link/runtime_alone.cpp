// The runtime links and works without bytecode, interpreter, compiler or
// grammar: two worlds are made, hold objects, collect and end.
#include <cstdio>
#include <memory>

#include "runtime/runtime.h"
#include "runtime/types/list.h"

using namespace lisle::rt;

int main() {
  auto first = std::make_unique<Runtime>();
  auto second = std::make_unique<Runtime>();
  List* kept = new_list(*first);
  for (int i = 0; i < 1000; ++i) {
    list_append(*first, *kept, Value::from(new_list_from(*first, nullptr, 0)));
    new_list(*second, 100);
  }
  first->handles.push_back(Value::from(kept));
  first->heap.collect(Heap::Scope::kFull);
  second->heap.collect(Heap::Scope::kFull);
  if (kept->size != 1000) {
    std::printf("a list of 1000 items has %llu\n", static_cast<unsigned long long>(kept->size));
    return 1;
  }
  return 0;
}

// Memory for outside libraries whose state belongs to a capsule: it comes from the heap and is kept by the
// capsule, so that a dropped capsule needs no finalizer. Nothing in the heap moves.
#pragma once
#include "runtime/types/array.h"
#include "runtime/types/capsule.h"
#include "runtime/types/list.h"

namespace lisle::rt {

// What the library is given as its allocator's argument; lies in the capsule's own memory. The capsule's
// values[0] is the List of what the library has been given and not freed.
struct LibraryMemory {
  Runtime* rt;
  Capsule* owner;

  void bind(Runtime& runtime, Capsule* capsule) {
    rt = &runtime;
    owner = capsule;
    capsule->values[0] = Value::from(new_list(runtime));
    runtime.heap.wrote(capsule);
    capsule->aux = Capsule::kForeign;
  }

  void* take(u64 bytes) {
    Raw* raw = new_raw(*rt, bytes ? bytes : 1);
    list_append(*rt, *to<List>(owner->values[0]), Value::from(raw));
    return raw->bytes;
  }

  void give_back(void* p) {
    List& kept = *to<List>(owner->values[0]);
    for (u64 i = 0; i < kept.size; ++i) {
      if (to<Raw>(kept.items->items[i])->bytes != p) continue;
      kept.items->items[i] = kept.items->items[kept.size - 1];
      --kept.size;
      rt->heap.wrote(kept.items);
      return;
    }
  }
};

}  // namespace lisle::rt

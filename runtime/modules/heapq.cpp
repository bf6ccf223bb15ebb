// The module _heapq: priority queues in lists. Numbers and strings are compared at once; for everything else
// the sift goes on as a step machine (HeapSift) that asks the program.
#include <utility>

#include "runtime/protocols/compare.h"
#include "runtime/protocols/pure.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// How far a sift has come. First the item at `at` goes down to a leaf, always changing places with the
// smaller child; then it goes up again, not above `start`, as long as it is smaller than its parent.
struct Sift {
  u64 start, at;
  bool down;  // in the first part
  bool max;   // the largest item is at the top
};

bool in_heap(const List& heap, u64 at) {
  return at < heap.size;
}

// The two places to be compared next, smaller first if `first < second`; false when the sift is over.
bool next_question(const List& heap, Sift& s, u64& first, u64& second) {
  while (s.down && in_heap(heap, s.at)) {
    u64 child = 2 * s.at + 1;
    if (child + 1 < heap.size) {
      first = child;
      second = child + 1;
      return true;
    }
    if (in_heap(heap, child)) {
      std::swap(heap.items->items[child], heap.items->items[s.at]);
      s.at = child;
    }
    s.down = false;
  }
  if (s.at <= s.start || !in_heap(heap, s.at)) return false;
  first = s.at;
  second = (s.at - 1) / 2;
  return true;
}

// Takes the answer; false when the sift is over.
bool answer(List& heap, Sift& s, u64 first, u64 second, bool less) {
  Value* items = heap.items->items;
  if (s.down) {
    u64 child = less ? first : second;
    std::swap(items[child], items[s.at]);
    s.at = child;
    return true;
  }
  if (!less) return false;
  std::swap(items[first], items[second]);
  s.at = second;
  return true;
}

// Goes on until the program has to be asked: true when the sift is over.
bool sift_while_pure(Runtime& rt, List& heap, Sift& s) {
  u64 first, second;
  while (next_question(heap, s, first, second)) {
    Value a = heap.items->items[first], b = heap.items->items[second];
    if (s.max) std::swap(a, b);
    bool less;
    if (!pure_less(rt, a, b, less)) return false;
    if (!answer(heap, s, first, second, less)) break;
  }
  rt.heap.wrote(heap.items);
  return true;
}

Value pack(const Sift& s) {
  return Value::from_int(static_cast<i64>(s.at << 2 | u64{s.down} << 1 | u64{s.max}));
}
Sift unpack(Value start, Value state) {
  auto bits = static_cast<u64>(state.as_int());
  return {static_cast<u64>(start.as_int()), bits >> 2, (bits & 2) != 0, (bits & 1) != 0};
}

Result sift(Runtime& rt, Frame& f, Value heap, Sift s) {
  if (sift_while_pure(rt, *to<List>(heap), s)) return Result::none();
  rt.heap.wrote(to<List>(heap)->items);
  return call_internal(rt, f, Internal::HeapSift,
                       {heap, Value::from_int(static_cast<i64>(s.start)), pack(s)});
}

// `argument` names the parameter in the message, with the function.
Result require_heap(Runtime& rt, Value v, const char* argument) {
  if (is_kind(v, Kind::List)) return Result::none();
  return raise(rt, TypeId::TypeError, "%s must be list, not %.50s", argument, type_name(rt, v));
}

Value take_last(List& heap) {
  return std::exchange(heap.items->items[--heap.size], Value());
}

// Registers: heap, item.
Result heap_push(Runtime& rt, Frame& f) {
  TRY(require_heap(rt, f[0], "heappush() argument 1"));
  List& heap = *to<List>(f[0]);
  list_append(rt, heap, f[1]);
  return sift(rt, f, f[0], {0, heap.size - 1, false, false});
}

// Registers: heap, the item that is taken.
template <bool max>
Result heap_pop(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      TRY(require_heap(rt, f[0], "heappop() argument"));
      List& heap = *to<List>(f[0]);
      if (heap.size == 0) return raise(rt, TypeId::IndexError, "index out of range");
      f[1] = take_last(heap);
      if (heap.size == 0) return f[1];
      std::swap(f[1], heap.items->items[0]);
      rt.heap.wrote(heap.items);
    }
      AWAIT(1, sift(rt, f, f[0], {0, 0, true, max}));
      return f[1];
  }
  LISLE_UNREACHABLE();
}

// Registers: heap, item, which becomes the one that is taken.
template <bool max>
Result heap_replace(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      TRY(require_heap(rt, f[0], "heapreplace() argument 1"));
      List& heap = *to<List>(f[0]);
      if (heap.size == 0) return raise(rt, TypeId::IndexError, "index out of range");
      std::swap(f[1], heap.items->items[0]);
      rt.heap.wrote(heap.items);
    }
      AWAIT(1, sift(rt, f, f[0], {0, 0, true, max}));
      return f[1];
  }
  LISLE_UNREACHABLE();
}

// Registers: heap, item, which becomes the one that is taken.
Result heap_push_pop(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(require_heap(rt, f[0], "heappushpop() argument 1"));
      if (to<List>(f[0])->size == 0) return f[1];
      AWAIT(1, compare(rt, f, CompareOp::Lt, to<List>(f[0])->items->items[0], f[1]));
      AWAIT(2, truth(rt, f, r.value()));
      if (r.value().is_false()) return f[1];
      if (to<List>(f[0])->size == 0) return raise(rt, TypeId::IndexError, "index out of range");
      std::swap(f[1], to<List>(f[0])->items->items[0]);
      rt.heap.wrote(to<List>(f[0])->items);
      AWAIT(3, sift(rt, f, f[0], {0, 0, true, false}));
      return f[1];
  }
  LISLE_UNREACHABLE();
}

// Registers: heap, the place to sift next.
template <bool max>
Result heapify(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(require_heap(rt, f[0], "heapify() argument"));
      for (f[1] = Value::from_int(static_cast<i64>(to<List>(f[0])->size / 2)); f[1].as_int() > 0;) {
        f[1] = Value::from_int(f[1].as_int() - 1);
        AWAIT(1, sift(rt, f, f[0],
                      {static_cast<u64>(f[1].as_int()), static_cast<u64>(f[1].as_int()), true, max}));
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// What the program is asked: f[0] heap, f[1] start, f[2] state as pack() made it.
Result ask(Runtime& rt, Frame& f) {
  Sift s = unpack(f[1], f[2]);
  u64 first, second;
  if (!next_question(*to<List>(f[0]), s, first, second)) wrong_kind();
  Value a = to<List>(f[0])->items->items[first], b = to<List>(f[0])->items->items[second];
  return s.max ? compare(rt, f, CompareOp::Lt, b, a) : compare(rt, f, CompareOp::Lt, a, b);
}

}  // namespace

// heap, start, state → None. f[3] the heap's size, which must not change meanwhile.
Result heap_sift_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[3] = Value::from_int(static_cast<i64>(to<List>(f[0])->size));
      for (;;) {
        AWAIT(1, ask(rt, f));
        AWAIT(2, truth(rt, f, r.value()));
        List& heap = *to<List>(f[0]);
        if (static_cast<i64>(heap.size) != f[3].as_int()) {
          return raise(rt, TypeId::RuntimeError, "list changed size during iteration");
        }
        Sift s = unpack(f[1], f[2]);
        u64 first, second;
        if (!next_question(heap, s, first, second)) wrong_kind();
        bool goes_on = answer(heap, s, first, second, r.value().is_true());
        rt.heap.wrote(heap.items);
        if (!goes_on || sift_while_pure(rt, heap, s)) return Result::none();
        f[2] = pack(s);
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

constexpr NativeSpec kFunctions[] = {
    {"heappush", heap_push, "(heap, item, /)", "Push item onto heap, maintaining the heap invariant."},
    {"heappop", heap_pop<false>, "(heap, /)",
     "Pop the smallest item off the heap, maintaining the heap invariant.", 2},
    {"heapreplace", heap_replace<false>, "(heap, item, /)",
     "Pop and return the current smallest value, and add the new item.", 2},
    {"heappushpop", heap_push_pop, "(heap, item, /)",
     "Push item on the heap, then pop and return the smallest item from the heap.", 2},
    {"heapify", heapify<false>, "(heap, /)", "Transform list into a heap, in-place, in O(len(heap)) time.",
     2},
    {"_heappop_max", heap_pop<true>, "(heap, /)", "Maxheap variant of heappop.", 2},
    {"_heapreplace_max", heap_replace<true>, "(heap, item, /)", "Maxheap variant of heapreplace.", 2},
    {"_heapify_max", heapify<true>, "(heap, /)", "Maxheap variant of heapify.", 2},
};

}  // namespace

extern const ModuleSpec kHeapqModule;
const ModuleSpec kHeapqModule = {"_heapq", "Heap queue algorithm (a.k.a. priority queue).", kFunctions,
                                 nullptr};

}  // namespace lisle::rt

// One collection: finds roots, marks what they reach, and decides about weak references and finalizers.
#pragma once
#include "runtime/heap/kind_table.h"
#include "runtime/heap/space.h"

namespace lisle::rt {

struct Tasklet;

class Collector {
 public:
  Collector(Heap& heap, Runtime& rt, Heap::Scope scope)
      : heap_(heap), rt_(rt), full_(scope == Heap::Scope::kFull) {}
  void run();

  // Visitor interface of the kinds: each pointer field is shown once.
  void operator()(Value& v) {
    if (v.is_object()) mark(v.object());
  }
  template <class T>
  void operator()(T*& o) {
    if (o) mark(o);
  }
  // A frame's memory: words that are Values or look like ints.
  void words(Value* first, Value* end) {
    for (Value* v = first; v < end; ++v) (*this)(*v);
  }
  // An object that is visited by its owner, who alone refers to it.
  template <class T>
  void owned(T* o) {
    if (reach(o)) keep(o, o->byte_size());
  }
  Runtime& runtime() { return rt_; }
  // The frames of a tasklet lie elsewhere; they are visited when they have come into the cache.
  void frames_later(Tasklet* t);

  // The part of scanning that is alike for all kinds; `bytes` is what byte_size() says.
  void keep(Object* o, size_t bytes) {
    o->gc |= kGcOldUnlogged;
    if (LISLE_UNLIKELY(o->gc & kGcTrailing)) {
      Value* word = trailing_word(o, bytes);
      (*this)(*word);
      bytes = static_cast<size_t>(reinterpret_cast<char*>(word + 1) - reinterpret_cast<char*>(o));
    }
    if (LISLE_LIKELY(!(o->gc & kGcLarge))) heap_.space_->mark_lines(o, bytes);
  }

 private:
  bool reach(Object* o);
  void mark(Object* o) {
    if (reach(o)) stack_.push_back(o);
  }
  void drain();
  void visit_frames();
  void roots();
  void shapes();
  void shapes_of_the_due();
  void forget_shapes();
  void shape_of(const Object* o);
  void remembered();
  void scan_native_stack();
  void consider(u64 word);
  Object* object_at(u64 address);
  void weak_references();
  void finalizers();
  bool is_marked(const Object* o) const { return heap_.is_marked(o); }

  Heap& heap_;
  Runtime& rt_;
  const bool full_;
  std::vector<Object*> stack_;

  // Tasklets whose frames are still to be visited, the oldest first. Each scanned object adds one at most.
  static constexpr size_t kFramesWait = 4;
  Tasklet* frames_[kFramesWait + 1];
  size_t frames_first_ = 0;
  size_t frames_count_ = 0;
};

}  // namespace lisle::rt

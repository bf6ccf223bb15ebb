// One collection: finds roots, marks what they reach, and decides about weak references and finalizers.
#pragma once
#include "runtime/heap/kind_table.h"
#include "runtime/heap/space.h"

namespace lisle::rt {

class Collector {
 public:
  Collector(Heap& heap, Runtime& rt) : heap_(heap), rt_(rt) {}
  void run(Heap::Scope scope);

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
  Runtime& runtime() { return rt_; }

 private:
  void mark(Object* o);
  void drain();
  void roots();
  void remembered();
  void scan_native_stack();
  void consider(u64 word);
  Object* object_at(u64 address);
  void weak_references();
  void finalizers();
  bool is_marked(const Object* o) const { return heap_.is_marked(o); }

  Heap& heap_;
  Runtime& rt_;
  std::vector<Object*> stack_;
};

}  // namespace lisle::rt

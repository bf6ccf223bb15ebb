// Every native iterator is one kind: a step function chosen by its type, and three state words. That makes
// iterators saveable by construction and lets the interpreter drive all of them through rt::next.
#pragma once
#include "runtime/object/native.h"

namespace lisle::rt {

struct Iterator : Object {
  static constexpr Kind kKind = Kind::Iterator;
  u64 type_id;   // TypeId: which builtin type, hence which step function
  Value source;  // what is iterated; None or unbound once exhausted
  Value a, b;    // position and helpers

  size_t byte_size() const { return sizeof(Iterator); }
  template <class V>
  void visit(V&& v) {
    v(source);
    v(a);
    v(b);
  }
};

// Advances an iterator: its next item, Value::exhausted() at the end, raised, or pending. `f` is the
// requesting frame. A step that must do something after a pending operation cannot be written as a leaf here:
// it enters a native step machine (call_native) that finishes the step.
using NextFn = Result (*)(Runtime& rt, Frame& f, Iterator& it);

Iterator* new_iterator(Runtime& rt, TypeId type, Value source, Value a = Value(), Value b = Value());

// The step function of each iterator type: rows ITERATOR(TypeIdName, function) in types/iterators.def.
NextFn next_function(TypeId type);

}  // namespace lisle::rt

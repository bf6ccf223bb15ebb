// Weak references. The collector clears `target` when only weak references are left, and reports those with a
// callback.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

struct WeakRef : Object {
  static constexpr Kind kKind = Kind::WeakRef;
  // Object::aux: this is a proxy (weakref.proxy), callable ones included.
  static constexpr u16 kProxy = 1;
  Value target;    // not visited: the collector sets it to None when the object dies
  Value callback;  // None when absent
  i64 hash;        // of the target, once asked for
  bool has_hash;

  size_t byte_size() const { return sizeof(WeakRef); }
  template <class V>
  void visit(V&& v) {
    v(callback);
  }
};

WeakRef* new_weakref(Runtime& rt, Value target, Value callback = Value::none());
// Can instances of this class be referred to weakly?
bool supports_weakref(Runtime& rt, Value v);
// The objects that refer to `target` weakly.
List* weakrefs_to(Runtime& rt, Value target);

}  // namespace lisle::rt

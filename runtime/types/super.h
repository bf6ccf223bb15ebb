// super objects.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

struct Super : Object {
  static constexpr Kind kKind = Kind::Super;
  Type* type;      // the search starts behind it
  Value obj;       // None for an unbound super
  Type* obj_type;  // whose MRO is searched; null for an unbound super

  size_t byte_size() const { return sizeof(Super); }
  template <class V>
  void visit(V&& v) {
    v(type);
    v(obj);
    v(obj_type);
  }
};

// What the classes behind `self.type` in the MRO of the bound object say, unbound when they say nothing.
Value super_lookup(Runtime& rt, const Super& self, Str* name);
// super(type, obj) for the frame that asks: both unbound for the form without arguments. Never pending.
Result make_super(Runtime& rt, Frame& f, Value type, Value obj);

}  // namespace lisle::rt

// list[int] and int | str.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// Both types.GenericAlias and types.UnionType; the class tells which. A union has no origin.
struct GenericAlias : Object {
  static constexpr Kind kKind = Kind::GenericAlias;
  static constexpr u16 kUnpacked = 1;  // Object::aux: *tuple[int, str]
  Value origin;
  Tuple* args;
  Value parameters;  // a Tuple once asked for, else unbound

  size_t byte_size() const { return sizeof(GenericAlias); }
  template <class V>
  void visit(V&& v) {
    v(origin);
    v(args);
    v(parameters);
  }
};

// origin[args]; `args` is one argument unless it is a Tuple.
Result new_generic_alias(Runtime& rt, Value origin, Value args);
// a | b for classes, aliases and None; NotImplemented when either cannot be part of a union.
Result union_of(Runtime& rt, Value a, Value b);
bool is_union(const Runtime& rt, Value v);
// Attributes that belong to the alias itself; all others are those of its origin.
bool alias_owns(Runtime& rt, const Str* name);

}  // namespace lisle::rt

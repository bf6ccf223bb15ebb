// The objects that decide what attribute access yields: properties, static and class methods, native getters
// and setters, members of __slots__.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

struct Property : Object {
  static constexpr Kind kKind = Kind::Property;
  Value getter;  // None when absent, like the others
  Value setter;
  Value deleter;
  Value doc;
  Value name;  // from __set_name__; unbound before

  size_t byte_size() const { return sizeof(Property); }
  template <class V>
  void visit(V&& v) {
    v(getter);
    v(setter);
    v(deleter);
    v(doc);
    v(name);
  }
};

// staticmethod and classmethod; the class tells which.
struct Wrapper : Object {
  static constexpr Kind kKind = Kind::Wrapper;
  Value callable;
  Value attributes;  // __dict__, see protocols/attribute.h
  bool is_class_method() const { return aux & 1; }

  size_t byte_size() const { return sizeof(Wrapper); }
  template <class V>
  void visit(V&& v) {
    v(callable);
    v(attributes);
  }
};

// A native attribute: computed by row `row` of the TypeSpec of builtin type `type_id`; when `type_id` is
// kMember, slot `row` of instances of `owner` (a member of __slots__); when it is kInstance, row `row` of
// kInstanceAttributes.
struct Getset : Object {
  static constexpr Kind kKind = Kind::Getset;
  static constexpr u32 kMember = 0xffff;
  static constexpr u32 kInstance = 0xfffe;
  u32 type_id;
  u32 row;
  Type* owner;
  Str* name;
  Native* getter;  // made when first used, like `setter`
  Native* setter;
  bool is_member() const { return type_id == kMember; }

  size_t byte_size() const { return sizeof(Getset); }
  template <class V>
  void visit(V&& v) {
    v(owner);
    v(name);
    v(getter);
    v(setter);
  }
};

Getset* new_getset(Runtime& rt, TypeId type, u32 row, Type* owner);
// __dict__ (row 0) or __weakref__ (row 1) of the instances of a class of the program.
extern const GetsetSpec kInstanceAttributes[2];
Getset* new_instance_attribute(Runtime& rt, Type* owner, u32 row);
Getset* new_member(Runtime& rt, Type* owner, Str* name, u32 slot);
// The row by which getters or setters are registered as native functions; its function is null.
const NativeSpec& accessor_spec(bool setter);
// The table row behind a computed attribute.
const GetsetSpec& getset_spec(const Getset& getset);
// Reads and writes through a descriptor; `obj` is known to be an instance of its owner. Unbound deletes.
Result getset_get(Runtime& rt, Frame& f, Getset& getset, Value obj);
Result getset_set(Runtime& rt, Frame& f, Getset& getset, Value obj, Value v);

// The setter of attributes that CPython keeps in plain members, for the sake of its error text.
Result readonly_member(Runtime& rt, Frame& f);

Wrapper* new_static_method(Runtime& rt, Value callable);
Wrapper* new_class_method(Runtime& rt, Value callable);
// The builtin method bound to `self`: a copy of `method`, which stands in a type's table.
Native* bind_native(Runtime& rt, const Native& method, Value self);

// The specification of each builtin type and exception class.
const TypeSpec& type_spec(TypeId id);
// Null for classes of the program.
inline const TypeSpec* builtin_spec(const Type& type) {
  return type.builtin_id ? &type_spec(static_cast<TypeId>(type.builtin_id - 1)) : nullptr;
}

}  // namespace lisle::rt

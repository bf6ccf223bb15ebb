// Capsule: the layout of objects that native modules make of their own: some memory that only the module
// reads (a compressor's tables, the state of a hash), and a few values. Their classes are made by
// new_native_class() with rt.type(TypeId::Capsule) as base, so that each has methods of its own.
#pragma once
#include <span>
#include <string_view>

#include "runtime/types/instance.h"

namespace lisle::rt {

struct Capsule : Object {
  static constexpr Kind kKind = Kind::Capsule;
  static constexpr u32 kValues = 6;
  // Object::aux: its memory holds what only this process can read, such as addresses inside a library.
  static constexpr u16 kForeign = 1;
  Raw* memory;  // null when there is none
  Value values[kValues];

  template <class T>
  T& state() {
    if (LISLE_UNLIKELY(!memory || memory->capacity < sizeof(T))) wrong_kind();
    return *reinterpret_cast<T*>(memory->bytes);
  }

  size_t byte_size() const { return sizeof(Capsule); }
  template <class V>
  void visit(V&& v) {
    v(memory);
    for (Value& value : values) v(value);
  }
};

// A capsule of class `type` with `bytes` of zeroed memory. All values are None.
Capsule* new_capsule(Runtime& rt, Type* type, u64 bytes);

// A final class of capsules, "module.name", with the given methods; the module gets it as attribute _name.
// It can be called only when `__new__` is among the methods.
struct Module;
Type* new_capsule_class(Runtime& rt, Module& module, const char* module_name, const char* name,
                        std::span<const NativeSpec> methods);
// The class that a native module made at its start, null when the module was removed.
Type* module_class(Runtime& rt, const char* module, const char* name);
// Raises an instance of an exception class that a native module made, with one message.
Result raise_module_error(Runtime& rt, const char* module, const char* name, std::string_view message);

}  // namespace lisle::rt

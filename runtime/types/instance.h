// Making instances of classes, builtin layouts and subclasses of them alike.
//
// Instances of a builtin layout whose class has a __dict__ or __slots__ members need a place for these.
// Layouts with a Value field named `attributes` have it; for all others one more word is allocated behind the
// object and the header bit kGcTrailing says so. attribute_storage() finds the word in either place.
#pragma once
#include <concepts>

#include "runtime/protocols/attribute.h"
#include "runtime/runtime.h"

namespace lisle::rt {

template <class T>
concept HasAttributesField = requires(T t) {
  { t.attributes } -> std::same_as<Value&>;
};

// An object whose class defines __del__ announces itself to the heap.
inline void mark_for_class(Runtime& rt, Object* o, const Type& type) {
  if (LISLE_LIKELY(type.special(Special::Del).is_unbound())) return;
  o->gc |= kGcFinalizer;
  rt.heap.add_finalizable(o);
}

// A zeroed T with `extra` bytes behind it, as a plain instance of `type`, whose layout must be T's. The
// caller fills in the fields that byte_size() depends on before it allocates again.
template <class T>
T* new_instance_of(Runtime& rt, Type* type, size_t extra = 0) {
  LISLE_ASSERT(type->instance_kind == T::kKind);
  bool trailing = false;
  if constexpr (!HasAttributesField<T>) trailing = type->is_heap && (type->has_dict || type->slot_total);
  // The trailing word is aligned: strings and bytes end anywhere.
  if (LISLE_UNLIKELY(trailing)) extra = ((sizeof(T) + extra + 7) & ~size_t{7}) + sizeof(Value) - sizeof(T);
  T* o = rt.heap.allocate<T>(type->instance_shape->id, extra);
  if (LISLE_UNLIKELY(trailing)) o->gc |= kGcTrailing;
  mark_for_class(rt, o, *type);
  return o;
}

// An instance of a class of the program with the layout of `object`; its __slots__ members are unset.
inline Instance* new_instance(Runtime& rt, Type* type) {
  LISLE_ASSERT(type->instance_kind == Kind::Instance);
  u32 slots = type->instance_shape->inline_slots;
  Instance* o = rt.heap.allocate<Instance>(type->instance_shape->id, slots * sizeof(Value));
  o->aux = static_cast<u16>(slots);
  for (u32 i = 0; i < type->slot_total; ++i) o->slots[i] = Value::unbound();
  mark_for_class(rt, o, *type);
  return o;
}

}  // namespace lisle::rt

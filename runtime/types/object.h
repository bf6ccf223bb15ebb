// Methods of object that have files of their own.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// __reduce__() and __reduce_ex__(protocol): self, protocol or state, and two of state.
Result object_reduce(Runtime& rt, Frame& f);
Result object_reduce_ex(Runtime& rt, Frame& f);
Result object_getstate(Runtime& rt, Frame& f);
// A private name of a class: __name becomes _Class__name, as the compiler does it in the class body.
Str* mangle(Runtime& rt, Str* class_name, Str* name);
// The __slots__ members of instances of `type` as pairs of name and slot, in the order in which their values
// are pickled; null when there are none.
List* slot_members(Runtime& rt, Type* type);
// Their values by name; null when none is set.
Dict* slot_state(Runtime& rt, Object* o, const List& members);

}  // namespace lisle::rt

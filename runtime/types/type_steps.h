// Step machines of classes that tables and other files name.
#pragma once
#include "runtime/runtime.h"

namespace lisle::rt {

// type.__new__: registers are metatype, args, keywords and four of state.
Result type_new_steps(Runtime& rt, Frame& f);
// Can a class be called that? Not with null characters or lone surrogates in it.
Result check_class_name(Runtime& rt, Str* name);
// May `mro`, which a metaclass made, be the method resolution order of `type`?
Result check_mro(Runtime& rt, const Type& type, const Tuple& mro);
// type.__call__: class, args, keywords, instance.
Result type_call_steps(Runtime& rt, Frame& f);

}  // namespace lisle::rt

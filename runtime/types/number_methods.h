// What the native methods of the number types share. Private to the files that implement them.
#pragma once
#include <string>

#include "runtime/protocols/compare.h"
#include "runtime/runtime.h"

namespace lisle::rt {

// repr() of a str or bytes for a message, cut to 200 characters as CPython cuts it.
std::string repr_for_message(Value v);
// The argument of __format__: TypeError unless it is a str. None when the result is str() of the value.
Result require_format_spec(Runtime& rt, Value spec);

// __eq__, __lt__ and the others of a number type: number_compare with the arguments of a method.
template <CompareOp op>
Result compare_method(Runtime& rt, Frame& f);

}  // namespace lisle::rt

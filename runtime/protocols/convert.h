// Conversions that may ask the program: text, numbers, format.
#pragma once
#include "runtime/protocols/call.h"

namespace lisle::rt {

Result to_str(Runtime& rt, Frame& f, Value v);                    // str(v): a Str
Result to_repr(Runtime& rt, Frame& f, Value v);                   // a Str
Result to_ascii(Runtime& rt, Frame& f, Value v);                  // ascii(v)
Result format_value(Runtime& rt, Frame& f, Value v, Value spec);  // spec: a Str
Result to_index(Runtime& rt, Frame& f, Value v);                  // operator.index: an int
Result to_int(Runtime& rt, Frame& f, Value v);                    // int(v) of a number
Result to_float(Runtime& rt, Frame& f, Value v);                  // float(v) of a number: a float

}  // namespace lisle::rt

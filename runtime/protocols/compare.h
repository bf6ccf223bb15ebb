// Comparison, identity-or-equality, truth and hashing.
#pragma once
#include "runtime/protocols/call.h"

namespace lisle::rt {

enum class CompareOp : u8 { Lt, Le, Eq, Ne, Gt, Ge };

// Asks the method of `v` for a comparison with `other`; NotImplemented also where it cannot be had because a
// property or other descriptor raised, as in CPython.
Result ask(Runtime& rt, Frame& f, CompareOp op, Value v, Value other);
Result compare(Runtime& rt, Frame& f, CompareOp op, Value a,
               Value b);                                // any value, as the program's method says
Result equal(Runtime& rt, Frame& f, Value a, Value b);  // a bool; identical objects are equal
Result truth(Runtime& rt, Frame& f, Value v);           // a bool
Result hash(Runtime& rt, Frame& f, Value v);            // an int
Result contains(Runtime& rt, Frame& f, Value container, Value item);  // a bool
// Truth of a value that no program code can influence; false in `known` when the program must be asked.
bool quick_truth(Runtime& rt, Value v, bool& known);
// Equality and hash of values that no program code can influence (exact builtin scalars and str, tuples not);
// false when the program may have to be asked.
bool quick_equal(Runtime& rt, Value a, Value b, bool& result);
bool quick_hash(Runtime& rt, Value v, i64& result);

}  // namespace lisle::rt

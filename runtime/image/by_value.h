// What CPython refuses and Lisle pickles by value: functions, code, cells, classes of functions, generators,
// tasklets, and all the other kinds that a suspended program consists of.
//
// Each is written as a call of a function of the module _revive that makes it empty, and a state that fills
// it; in between it is in the memo, so that it may refer to itself.
#pragma once
#include "runtime/image/pickler.h"

namespace lisle::rt {

// Can the object be found as module.name without asking the program?
bool is_plain_global(Runtime& rt, Value v);

// Writes `v`, or raises TypeError: "cannot pickle 'X' object".
// What a frame would miss of an exception that is written as CPython does it: context, cause, traceback. To
// be pushed before the exception is written.
void push_exception_links(Runtime& rt, Pickler& p, Exception& e);
// Writes an instance that has a __new__ of its program, without having that called; false: it does not.
bool save_made_instance(Runtime& rt, Pickler& p, Value v);
Step save_by_value(Runtime& rt, Pickler& p, Value v);
// Does save_by_value() know objects like `v` better than their __reduce_ex__?
bool goes_by_value(Runtime& rt, Value v);

}  // namespace lisle::rt

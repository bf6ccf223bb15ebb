// Decides whether a code object can be run: the interpreter trusts what passes here and checks nothing again.
#pragma once
#include <string>

#include "runtime/runtime.h"

namespace lisle::bc {

// False and the reason in `why` when anything is out of range: operands, windows, jumps, constants' types,
// tables, or when control can run off the end. Nested code objects are verified as well. Safe on arbitrary
// contents of the tables.
bool verify(const rt::Code& code, std::string& why);

// For code that has passed verify() and was made elsewhere: holds it to what it relies on in its registers
// (register_kinds.h), and empties its inline caches, which are believed.
bool distrust(rt::Code& code, std::string& why);
// The same with all nested code.
bool distrust_nested(rt::Code& code, std::string& why);

}  // namespace lisle::bc

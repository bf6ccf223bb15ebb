// What a code object shows of itself to the program, and how the program makes others of it.
#pragma once
#include <string>

#include "runtime/types/function.h"

namespace lisle::rt {

// Parameters and locals; cells that are not parameters are listed apart, as CPython does.
Tuple* code_variables(Runtime& rt, const Code& code);

// Functions begin with their docstring or None. Behind the constants that instructions name by number stand
// those that lie in instructions: small ints, None and the bools.
Tuple* code_consts(Runtime& rt, const Code& code);

// CPython's numbers for what inspect looks at.
i64 code_flags(const Code& code);

// What co_linetable and co_exceptiontable hold: places of words and ranges of handlers in CPython's formats,
// where a word counts for two bytes.
std::string code_line_table(const Code& code);
std::string code_exception_table(const Code& code);

// code.replace(**kwargs), and the constructor: a code object of which something is replaced.
Result code_replace(Runtime& rt, Frame& f);
Result code_construct(Runtime& rt, Frame& f);

}  // namespace lisle::rt

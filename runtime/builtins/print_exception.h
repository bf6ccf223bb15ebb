// Printing of exceptions that nobody caught, as CPython 3.11 prints them.
#pragma once
#include <string>

#include "runtime/protocols/call.h"

namespace lisle::rt {

// The whole text: chained exceptions, tracebacks, notes, groups. A Str.
Result format_exception(Runtime& rt, Frame& f, Value exception);
// Writes it to sys.stderr. None.
Result print_exception(Runtime& rt, Frame& f, Value exception);
// An exception that has nowhere to go: from __del__, from a callback of a weak reference; `object` is whose
// fault it is, or None.
Result print_unraisable(Runtime& rt, Frame& f, Value exception, Value object);

// --- traceback_text.cpp: what needs no program
// ------------------------------------------------------------------------- The entries of a traceback, one
// or more lines each, every line after `margin`.
std::string traceback_text(Runtime& rt, Value traceback, const std::string& margin);
// How many entries are shown, as sys.tracebacklimit says; the innermost ones. Zero: there is no traceback.
u64 traceback_limit(Runtime& rt);
// File, line, source and carets of a SyntaxError.
std::string syntax_error_text(Runtime& rt, Value exception, const std::string& margin);
// ". Did you mean: 'x'?" for a misspelt name or attribute, else empty.
std::string suggestion_text(Runtime& rt, Value exception);
// "module.Class" as the last line of a traceback names a class.
std::string exception_class_name(Runtime& rt, Value exception);

}  // namespace lisle::rt

// From source text to code: parser and compiler behind the runtime's hooks, with the bytecode cache in front.
#pragma once
#include <string>
#include <string_view>

#include "grammar/parse.h"
#include "runtime/hooks.h"
#include "runtime/runtime.h"
#include "vm/compiler/compile.h"

namespace lisle::vm {

// Plugs the compiler and the embedded library into a Runtime.
void install_hooks(rt::Runtime& rt, bool write_cache, int optimize);

// Compiles; when `incomplete` is given it says whether more input could make the source correct.
rt::Result compile_source(rt::Runtime& rt, std::string_view source, rt::Str* filename, rt::CompileMode mode,
                          int optimize, bool* incomplete = nullptr, u32 flags = 0);

// SyntaxError and its relatives with all their attributes.
rt::Result raise_syntax_error(rt::Runtime& rt, const grammar::SyntaxError& error, rt::Str* filename);
// The same for what the compiler found; columns are turned into characters of the line.
rt::Result raise_compile_error(rt::Runtime& rt, const compiler::SyntaxErrorInfo& error,
                               std::string_view source, rt::Str* filename);

}  // namespace lisle::vm

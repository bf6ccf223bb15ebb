// The tables of builtin functions, by the file that implements them; modules/builtins.cpp makes one module of
// them.
#pragma once
#include <span>

#include "runtime/runtime.h"

namespace lisle::rt {

std::span<const NativeSpec> function_builtins();     // functions.cpp
std::span<const NativeSpec> interactive_builtins();  // interactive.cpp
std::span<const NativeSpec> print_builtins();        // print.cpp
std::span<const NativeSpec> scope_builtins();        // scope.cpp
std::span<const NativeSpec> import_builtins();       // modules/import.cpp
std::span<const NativeSpec> class_builtins();        // build_class.cpp
std::span<const NativeSpec> open_builtins();         // modules/io.cpp

// The namespace that a frame of the language sees as locals(): the dict of a module or class body itself, for
// a function what f_locals of its frame object is.
Result frame_locals(Runtime& rt, Frame& frame);
// The nearest frame of the language at or below `f`; null when the host called.
Frame* language_frame(Frame* f);

}  // namespace lisle::rt

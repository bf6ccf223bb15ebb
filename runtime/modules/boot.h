// The native modules: listed in modules.def, made when they are first imported; builtins and sys at boot.
#pragma once
#include <string_view>

#include "runtime/runtime.h"

namespace lisle::rt {

struct Module;

// Makes builtins, sys and sys.modules. The types exist already.
void boot_modules(Runtime& rt);

// The spec of a native module, null when there is none of that name.
const ModuleSpec* find_native_module(std::string_view name);
// All of them.
std::vector<const ModuleSpec*> native_modules();
// Creates a native module and enters it into sys.modules.
Module* load_native_module(Runtime& rt, const ModuleSpec& spec);
// sys.builtin_module_names.
Value native_module_names(Runtime& rt);

}  // namespace lisle::rt

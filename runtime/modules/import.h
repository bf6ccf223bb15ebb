// Importing: sys.modules, packages, the search along sys.path, and what the import statements need.
//
// The operations are step machines (protocols/internals.def: ImportName, ImportLoad, ImportBody,
// ImportFromList, ImportFrom, ImportStar): a module's body is a frame like any other, so a tasklet may switch
// inside of it.
#pragma once
#include <string>
#include <string_view>

#include "runtime/runtime.h"
#include "runtime/types/module.h"

namespace lisle::rt {

// sys.implementation.cache_tag, which the names of files in __pycache__ contain.
inline constexpr std::string_view kCacheTag = "lisle-311";

// Where importlib would keep the compiled form of a source: beside it, or below sys.pycache_prefix. The
// native import system keeps its own elsewhere, so that the name is for those who ask and for py_compile.
std::string place_in_pycache(Runtime& rt, const std::string& file);

// A new module with the attributes that importing sets, entered in sys.modules. `file` is empty for modules
// that have none; `search_path` is the list of a package's folders, or null.
Module* new_source_module(Runtime& rt, Str* name, std::string_view file, List* search_path);

// The function whose call executes the body of a module; its one argument is the module's dict.
Result module_body(Runtime& rt, Module& module, std::string_view source, Str* filename);

// The module `name` of the machine itself or of the library inside the executable, entered in sys.modules;
// unbound when there is none. `body` is the function that executes it, unbound when it is ready.
Result import_own_module(Runtime& rt, Str* name, Value& body);

// Is the module's body still running, as its __spec__ tells?
bool is_initializing(Runtime& rt, Value module);

// What importlib gave to the native import system when it was imported (sys._import_machinery), so that
// modules get its specs and loaders, and that it can be asked when the program has finders of its own; null
// before.
enum MachineryPart : u8 { kSpecClass, kSourceLoader, kBuiltinImporter, kFindAndLoad };
const Tuple* import_machinery(Runtime& rt);

// Raises ModuleNotFoundError or ImportError with the attributes `name` and `path`.
Result raise_import_error(Runtime& rt, TypeId type, std::string_view message, Value name, Value path);

}  // namespace lisle::rt

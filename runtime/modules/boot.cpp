// The list of native modules and their making.
#include "runtime/modules/boot.h"

#include "runtime/types/dict.h"
#include "runtime/types/file.h"
#include "runtime/types/module.h"

namespace lisle::rt {

#define MODULE(name, spec) extern const ModuleSpec spec;
#include "runtime/modules/modules.def"
#undef MODULE

namespace {

struct Row {
  std::string_view name;
  const ModuleSpec* spec;
};

constexpr Row kRows[] = {
#define MODULE(name, spec) {name, &spec},
#include "runtime/modules/modules.def"
#undef MODULE
};

}  // namespace

const ModuleSpec* find_native_module(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) return row.spec;
  }
  return nullptr;
}

Module* load_native_module(Runtime& rt, const ModuleSpec& spec) {
  Str* name = intern(rt, spec.name);
  Value known = dict_get_str(rt, *rt.modules, name);
  if (Module* module = as<Module>(known)) return module;
  Module* module = new_native_module(rt, spec);
  dict_set_str(rt, *rt.modules, name, Value::from(module));
  return module;
}

Value native_module_names(Runtime& rt) {
  // Programs look here for what CPython has in C; some of that is written in the language and travels in the
  // executable.
  constexpr std::string_view kEmbedded[] = {"_abc",   "_collections", "_sre", "_thread",     "_signal",
                                            "atexit", "posix",        "_io",  "_contextvars"};
  Tuple* names = new_tuple(rt, std::size(kRows) + std::size(kEmbedded));
  u64 next = 0;
  auto add = [&](std::string_view name) {
    names->items[next++] = Value::from(intern(rt, name));
    rt.heap.wrote(names);
  };
  for (const Row& row : kRows) add(row.name);
  for (std::string_view name : kEmbedded) add(name);
  return Value::from(names);
}

void boot_modules(Runtime& rt) {
  rt.modules = new_dict(rt);
  rt.builtins = load_native_module(rt, kBuiltinsModule);
  rt.sys = load_native_module(rt, kSysModule);
}

}  // namespace lisle::rt

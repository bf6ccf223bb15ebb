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
  Tuple* names = new_tuple(rt, std::size(kRows));
  for (size_t i = 0; i < std::size(kRows); ++i) {
    names->items[i] = Value::from(intern(rt, kRows[i].name));
    rt.heap.wrote(names);
  }
  return Value::from(names);
}

void boot_modules(Runtime& rt) {
  rt.modules = new_dict(rt);
  rt.builtins = load_native_module(rt, kBuiltinsModule);
  rt.sys = load_native_module(rt, kSysModule);
}

}  // namespace lisle::rt

// The list of native modules and their making.
#include "runtime/modules/boot.h"

#include "runtime/hooks.h"
#include "runtime/types/dict.h"
#include "runtime/types/file.h"
#include "runtime/types/list.h"
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

std::vector<const ModuleSpec*> native_modules() {
  std::vector<const ModuleSpec*> specs;
  for (const Row& row : kRows) specs.push_back(row.spec);
  return specs;
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
  List* names = new_list(rt);
  for (const Row& row : kRows) list_append(rt, *names, Value::from(intern(rt, row.name)));
  // Programs look here for what CPython has in C; some of that is written in the language and travels in the
  // executable.
  for (unsigned i = 0; rt.hooks && rt.hooks->embedded_name; ++i) {
    const char* name = rt.hooks->embedded_name(i);
    if (!name) break;
    list_append(rt, *names, Value::from(intern(rt, name)));
  }
  return Value::from(new_tuple_from(rt, names->items->items, names->size));
}

void boot_modules(Runtime& rt) {
  rt.modules = new_dict(rt);
  rt.builtins = load_native_module(rt, kBuiltinsModule);
  rt.sys = load_native_module(rt, kSysModule);
}

}  // namespace lisle::rt

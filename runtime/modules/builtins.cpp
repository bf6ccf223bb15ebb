// The module builtins: every table of builtin functions, every type and exception that is not hidden, the
// constants.
#include "runtime/builtins/iteration.h"
#include "runtime/builtins/tables.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

void add_functions(Runtime& rt, Module& module, std::span<const NativeSpec> table) {
  Value name = Value::from(intern(rt, "builtins"));
  for (const NativeSpec& spec : table) {
    module_set(rt, module, spec.name, Value::from(new_native(rt, spec, nullptr, name)));
  }
}

void setup(Runtime& rt, Module& module) {
  add_functions(rt, module, function_builtins());
  add_functions(rt, module, interactive_builtins());
  add_functions(rt, module, print_builtins());
  add_functions(rt, module, scope_builtins());
  add_functions(rt, module, import_builtins());
  add_functions(rt, module, open_builtins());
  add_functions(rt, module, kIterationBuiltins);
  add_functions(rt, module, class_builtins());
  for (Type* type : rt.types) {
    if (type && !(type->type_flags & kTypeHidden))
      dict_set_str(rt, *module.dict, type->name, Value::from(type));
  }
  module_set(rt, module, "IOError", Value::from(rt.type(TypeId::OSError)));
  module_set(rt, module, "EnvironmentError", Value::from(rt.type(TypeId::OSError)));
  module_set(rt, module, "None", Value::none());
  module_set(rt, module, "True", Value::true_());
  module_set(rt, module, "False", Value::false_());
  module_set(rt, module, "Ellipsis", Value::ellipsis());
  module_set(rt, module, "NotImplemented", Value::not_implemented());
  module_set(rt, module, "__debug__", Value::true_());
}

}  // namespace

std::span<const NativeSpec> iteration_builtins() {
  return kIterationBuiltins;
}

extern const ModuleSpec kBuiltinsModule = {
    "builtins", "Built-in functions, types, exceptions, and other objects.", {}, setup};

}  // namespace lisle::rt

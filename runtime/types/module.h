// Modules: a name and a dict.
#pragma once
#include "runtime/object/native.h"
#include "runtime/types/dict.h"

namespace lisle::rt {

struct Module : Object {
  static constexpr Kind kKind = Kind::Module;
  Value attributes;  // __slots__ members of subclasses; everything else is in `dict`
  Dict* dict;        // null until __init__ of a subclass instance has run
  Str* name;         // as given at creation; __name__ in the dict is what the program sees

  size_t byte_size() const { return sizeof(Module); }
  template <class V>
  void visit(V&& v) {
    v(attributes);
    v(dict);
    v(name);
  }
};

// A module with __name__, __doc__ (None), __package__, __loader__ and __spec__ set.
Module* new_module(Runtime& rt, Str* name);
// A module with the functions of `spec`; `setup` has run. Not entered in sys.modules.
Module* new_native_module(Runtime& rt, const ModuleSpec& spec);
Value module_get(Runtime& rt, Module& module, std::string_view name);  // unbound when absent
void module_set(Runtime& rt, Module& module, std::string_view name, Value v);

}  // namespace lisle::rt

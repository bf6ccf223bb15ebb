#include "runtime/types/capsule.h"

#include <string>

#include "runtime/types/exception.h"
#include "runtime/types/module.h"

namespace lisle::rt {

Capsule* new_capsule(Runtime& rt, Type* type, u64 bytes) {
  Raw* memory = bytes == 0 ? nullptr : new_raw(rt, bytes);
  Capsule* capsule = new_instance_of<Capsule>(rt, type);
  capsule->memory = memory;
  for (Value& value : capsule->values) value = Value::none();
  return capsule;
}

Type* new_capsule_class(Runtime& rt, Module& module, const char* module_name, const char* name,
                        std::span<const NativeSpec> methods) {
  Type* type = new_native_class(rt, module_name, name, rt.type(TypeId::Capsule));
  bool makes_new = false;
  for (const NativeSpec& spec : methods) {
    makes_new |= (spec.flags & kStatic) != 0;
    Value method = Value::from(new_native(rt, spec, type, Value::none()));
    type_set_attribute(rt, type, intern(rt, spec.name), method);
  }
  type->type_flags |= kTypeFinal | (makes_new ? 0u : kTypeNoNew);
  module_set(rt, module, std::string("_") + name, Value::from(type));
  return type;
}

Type* module_class(Runtime& rt, const char* module, const char* name) {
  Module* found = as<Module>(dict_get_str(rt, *rt.modules, intern(rt, module)));
  Value type = found == nullptr ? Value::unbound() : module_get(rt, *found, name);
  return is_type(type) ? to<Type>(type) : nullptr;
}

Result raise_module_error(Runtime& rt, const char* module, const char* name, std::string_view message) {
  Type* type = module_class(rt, module, name);
  if (type == nullptr) return raise(rt, TypeId::RuntimeError, "%s", std::string(message).c_str());
  Value text = Value::from(new_str(rt, message));
  return raise_value(rt, Value::from(new_exception_of(rt, type, new_tuple_from(rt, &text, 1))));
}

extern const TypeSpec kCapsuleType{"capsule",
                                   "builtins",
                                   "What native modules keep to themselves.",
                                   TypeId::Object,
                                   Kind::Capsule,
                                   kTypeNoNew | kTypeHidden,
                                   {},
                                   {}};

}  // namespace lisle::rt

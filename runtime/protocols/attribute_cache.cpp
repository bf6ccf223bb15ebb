// What inline caches may remember: the meaning of an attribute access for all objects of one shape. Nothing
// here calls the program; at most a shape is made that the access itself would have made.
#include "runtime/protocols/attribute.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/instance.h"
#include "runtime/types/module.h"
#include "runtime/types/super.h"

namespace lisle::rt {

namespace {

using Lookup = AttributeLookup;

// Only slots of instances can be reached by their numbers; other layouts take the general path.
Lookup own_slot(const Shape& shape, const Object* o, u32 slot, u32 version) {
  Lookup out;
  if (o->kind != Kind::Instance) return out;
  bool is_inline = slot < shape.inline_slots;
  out.kind = is_inline ? Lookup::kOwnSlot : Lookup::kOwnOverflow;
  out.slot = is_inline ? slot : slot - shape.inline_slots;
  out.version = version;
  return out;
}

bool binds_receiver(Runtime& rt, Value v) {
  if (is_kind(v, Kind::Function)) return true;
  auto* native = as<Native>(v);
  return native && native->owner && native->self.is_unbound() &&
         !(rt.natives[native->native_id].flags & (kStatic | kClassMethod | kNoBind));
}

// The value itself when reading it through instances or classes needs no work; unbound otherwise.
Value unbound_value(Runtime& rt, Value v) {
  if (auto* native = as<Native>(v)) {
    bool plain = !native->owner || !native->self.is_unbound() ||
                 rt.natives[native->native_id].flags & (kStatic | kNoBind);
    return plain ? v : Value::unbound();
  }
  if (is_kind(v, Kind::Wrapper) && type_of(rt, v) == rt.type(TypeId::StaticMethod))
    return to<Wrapper>(v)->callable;
  return type_of(rt, v)->special(Special::Get).is_unbound() ? v : Value::unbound();
}

// The function that a class method binds to the class; unbound for everything else.
Value class_method_function(Runtime& rt, Value v) {
  if (auto* native = as<Native>(v)) {
    bool binds = rt.natives[native->native_id].flags & kClassMethod && native->self.is_unbound();
    return binds ? v : Value::unbound();
  }
  if (!is_kind(v, Kind::Wrapper) || type_of(rt, v) != rt.type(TypeId::ClassMethod)) return Value::unbound();
  Value callable = to<Wrapper>(v)->callable;
  return is_kind(callable, Kind::Function) ? callable : Value::unbound();
}

Lookup classify_class(Runtime& rt, Type* cls, Str* name) {
  Type* meta = type_of(rt, Value::from(cls));
  Lookup out;
  if (!type_lookup(rt, meta, name).is_unbound()) return out;
  Value v = type_lookup(rt, cls, name);
  if (v.is_unbound()) return out;
  out.version = type_version(rt, *cls);
  out.value = class_method_function(rt, v);
  if (!out.value.is_unbound()) {
    out.kind = Lookup::kTypeMethod;
    return out;
  }
  bool plain_method = is_kind(v, Kind::Function) || binds_receiver(rt, v);
  out.value = plain_method ? v : unbound_value(rt, v);
  if (!out.value.is_unbound()) out.kind = Lookup::kTypeValue;
  return out;
}

Lookup classify_super(Runtime& rt, Super& self, Str* name) {
  Lookup out;
  if (!self.obj_type || self.obj == Value::from(self.obj_type) || name == rt.names.class_) return out;
  out.value = super_lookup(rt, self, name);
  if (!binds_receiver(rt, out.value)) return out;
  out.kind = Lookup::kSuperMethod;
  out.version = type_version(rt, *self.obj_type);
  out.slot = type_version(rt, *self.type);
  return out;
}

Lookup classify_module(Runtime& rt, Module& module, Str* name) {
  Lookup out;
  if (!module.dict) return out;
  Value of_class = type_lookup(rt, type_of(rt, Value::from(&module)), name);
  if (!of_class.is_unbound() && is_data_descriptor(rt, of_class)) return out;
  i64 entry = dict_find_str(rt, *module.dict, name);
  if (entry < 0) return out;
  out.kind = Lookup::kModuleEntry;
  out.slot = static_cast<u32>(entry);
  out.version = dict_version(rt, *module.dict);
  return out;
}

Lookup classify_descriptor(Runtime& rt, Type* type, const Shape& shape, Object* o, Value v) {
  Lookup out;
  out.version = type_version(rt, *type);
  if (auto* getset = as<Getset>(v); getset && getset->is_member())
    return own_slot(shape, o, getset->row, out.version);
  if (type_of(rt, v) == rt.type(TypeId::Property)) {
    out.kind = Lookup::kProperty;
    out.value = v;
  }
  return out;
}

}  // namespace

AttributeLookup classify_get(Runtime& rt, Value obj, Str* name) {
  Lookup out;
  Type* type = type_of(rt, obj);
  if (!(type->type_flags & kTypePlainGet)) return out;
  Object* o = obj.is_object() ? obj.object() : nullptr;
  if (o && o->kind == Kind::Type) return classify_class(rt, to<Type>(obj), name);
  if (o && o->kind == Kind::Module) return classify_module(rt, *to<Module>(obj), name);
  if (o && o->kind == Kind::Super) return classify_super(rt, *to<Super>(obj), name);
  if (o && (o->kind == Kind::BoundMethod || o->kind == Kind::GenericAlias || o->kind == Kind::WeakRef))
    return out;
  Value attribute = type_lookup(rt, type, name);
  bool has_own = o && has_attribute_storage(rt, o);
  if (!attribute.is_unbound() && is_data_descriptor(rt, attribute))
    return o ? classify_descriptor(rt, type, *rt.shapes[o->shape], o, attribute) : out;
  if (has_own) {
    Shape& shape = *rt.shapes[o->shape];
    if (o->kind == Kind::Function || shape.is_dict_mode()) return out;
    i32 slot = shape_find(rt, shape, name);
    if (slot >= 0) return own_slot(shape, o, static_cast<u32>(slot), type_version(rt, *type));
  }
  if (attribute.is_unbound()) return out;
  out.version = type_version(rt, *type);
  out.value = class_method_function(rt, attribute);
  if (!out.value.is_unbound()) {
    out.kind = Lookup::kClassMethod;
    return out;
  }
  bool method = binds_receiver(rt, attribute);
  out.value = method ? attribute : unbound_value(rt, attribute);
  if (out.value.is_unbound()) return out;
  out.kind = method ? Lookup::kMethod : Lookup::kClassValue;
  return out;
}

AttributeLookup classify_set(Runtime& rt, Value obj, Str* name) {
  Lookup out;
  Type* type = type_of(rt, obj);
  if (!(type->type_flags & kTypePlainSet) || !obj.is_object()) return out;
  Object* o = obj.object();
  if (o->kind == Kind::Type || o->kind == Kind::Module || o->kind == Kind::Function ||
      o->kind == Kind::WeakRef)
    return out;
  Shape& shape = *rt.shapes[o->shape];
  Value attribute = type_lookup(rt, type, name);
  if (!attribute.is_unbound() && is_data_descriptor(rt, attribute)) {
    Lookup found = classify_descriptor(rt, type, shape, o, attribute);
    return found.kind == Lookup::kProperty ? out : found;
  }
  if (!has_attribute_storage(rt, o) || shape.is_dict_mode()) return out;
  u32 version = type_version(rt, *type);
  i32 slot = shape_find(rt, shape, name);
  if (slot >= 0) return own_slot(shape, o, static_cast<u32>(slot), version);
  Shape* next = shape_with(rt, shape, name);
  if (next->is_dict_mode() || o->kind != Kind::Instance || next->slot_count > shape.inline_slots) return out;
  out.kind = Lookup::kAddSlot;
  out.slot = next->slot_count - 1;
  out.version = version;
  out.new_shape = next;
  return out;
}

}  // namespace lisle::rt

// Reading attributes: precedence of data descriptors, own attributes and class attributes, binding, and the
// hooks
// __getattribute__ and __getattr__. Writing is in attribute_set.cpp, inline cache questions in
// attribute_cache.cpp.
//
// The functions called find_... yield unbound for "not there", so that nobody has to make an exception to
// learn it.
#include "runtime/protocols/attribute.h"

#include "runtime/modules/import.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/instance.h"
#include "runtime/types/module.h"
#include "runtime/types/super.h"
#include "runtime/types/weakref.h"

namespace lisle::rt {

namespace {

bool is_exact(const Runtime& rt, Value v, TypeId id) {
  return type_of(rt, v) == rt.type(id);
}

Result call_getter(Runtime& rt, Frame& f, Property& property, Value obj) {
  if (!property.getter.is_none()) return call(rt, f, property.getter, {obj});
  const char* owner = str_chars(rt, type_of(rt, obj)->qualname);
  if (!is_str(property.name))
    return raise(rt, TypeId::AttributeError, "property of '%s' object has no getter", owner);
  return raise(rt, TypeId::AttributeError, "property '%s' of '%s' object has no getter",
               str_chars(rt, to<Str>(property.name)), owner);
}

// A class method bound to `cls`.
Result bind_class_method(Runtime& rt, Frame& f, Value callable, Value cls) {
  if (is_kind(callable, Kind::Function) || is_kind(callable, Kind::BoundMethod))
    return Value::from(new_bound_method(rt, callable, cls));
  if (has_special(rt, callable, Special::Get)) return bind_descriptor(rt, f, callable, cls, to<Type>(cls));
  return Value::from(new_bound_method(rt, callable, cls));
}

// Would reading `v`, an attribute of a class, through an instance ask the program?
bool binding_asks(Runtime& rt, Value v) {
  if (!v.is_object()) return false;
  switch (v.object()->kind) {
    case Kind::Function:
    case Kind::Native:
    case Kind::BoundMethod:
    case Kind::Int:
    case Kind::Str:
    case Kind::Tuple:
      return false;
    default:
      return !type_of(rt, v)->special(Special::Get).is_unbound();
  }
}

// What cls.name yields for `v` found along the class's own MRO: v.__get__(None, cls).
Result bind_class_attribute(Runtime& rt, Frame& f, Value v, Type* cls) {
  if (!v.is_object()) return v;
  switch (v.object()->kind) {
    case Kind::Function:
    case Kind::BoundMethod:
    case Kind::Str:
      return v;
    case Kind::Native: {
      const Native& native = *to<Native>(v);
      bool class_method = rt.natives[native.native_id].flags & kClassMethod;
      return class_method && native.self.is_unbound() ? Value::from(bind_native(rt, native, Value::from(cls)))
                                                      : v;
    }
    case Kind::Getset:
      return v;
    case Kind::Property:
      if (is_exact(rt, v, TypeId::Property)) return v;
      break;
    case Kind::Wrapper:
      if (is_exact(rt, v, TypeId::StaticMethod)) return to<Wrapper>(v)->callable;
      if (is_exact(rt, v, TypeId::ClassMethod))
        return bind_class_method(rt, f, to<Wrapper>(v)->callable, Value::from(cls));
      break;
    default:
      break;
  }
  if (!has_special(rt, v, Special::Get)) return v;
  return call_special(rt, f, v, Special::Get, {Value::none(), Value::from(cls)});
}

// Does `v`, found on a class, come before what the object itself has? One that can only be set does not.
bool rules_reading(Runtime& rt, Value v) {
  return is_data_descriptor(rt, v) &&
         (v.object()->kind != Kind::Instance || has_special(rt, v, Special::Get));
}

Result find_in_instance(Runtime& rt, Frame& f, Value obj, Type* type, Str* name) {
  Value attribute = type_lookup(rt, type, name);
  bool found = !attribute.is_unbound();
  if (found && rules_reading(rt, attribute)) return bind_descriptor(rt, f, attribute, obj, type);
  if (obj.is_object()) {
    Value own = own_attribute(rt, obj.object(), name);
    if (!own.is_unbound()) return own;
  }
  return found ? bind_descriptor(rt, f, attribute, obj, type) : Result(attribute);
}

Result find_in_class(Runtime& rt, Frame& f, Type* cls, Type* meta, Str* name) {
  Value of_meta = type_lookup(rt, meta, name);
  if (!of_meta.is_unbound() && rules_reading(rt, of_meta))
    return bind_descriptor(rt, f, of_meta, Value::from(cls), meta);
  Value attribute = type_lookup(rt, cls, name);
  if (!attribute.is_unbound()) return bind_class_attribute(rt, f, attribute, cls);
  if (of_meta.is_unbound()) return of_meta;
  return bind_descriptor(rt, f, of_meta, Value::from(cls), meta);
}

Result find_in_module(Runtime& rt, Frame& f, Value obj, Type* type, Str* name) {
  Result r = find_in_instance(rt, f, obj, type, name);
  Module& module = *to<Module>(obj);
  if (!r.is_value() || !r.value().is_unbound() || !module.dict) return r;
  Value hook = dict_get_str(rt, *module.dict, rt.special_name(Special::GetAttr));
  return hook.is_unbound() ? r : call(rt, f, hook, {Value::from(name)});
}

Result find_in_super(Runtime& rt, Frame& f, Value obj, Type* type, Str* name) {
  Super& self = *to<Super>(obj);
  if (!self.obj_type || name == rt.names.class_) return find_in_instance(rt, f, obj, type, name);
  Value v = super_lookup(rt, self, name);
  if (v.is_unbound()) return find_in_instance(rt, f, obj, type, name);
  if (self.obj == Value::from(self.obj_type)) return bind_class_attribute(rt, f, v, self.obj_type);
  return bind_descriptor(rt, f, v, self.obj, self.obj_type);
}

Result find_in_alias(Runtime& rt, Frame& f, Value obj, Type* type, Str* name) {
  GenericAlias& alias = *to<GenericAlias>(obj);
  if (is_union(rt, obj) || alias_owns(rt, name)) return find_in_instance(rt, f, obj, type, name);
  return get_attr(rt, f, alias.origin, name);
}

// object.__getattribute__ and its relatives of other layouts; unbound when there is no such attribute.
Result find_plain(Runtime& rt, Frame& f, Value obj, Type* type, Str* name) {
  if (!obj.is_object()) return find_in_instance(rt, f, obj, type, name);
  switch (obj.object()->kind) {
    case Kind::Type:
      return find_in_class(rt, f, to<Type>(obj), type, name);
    case Kind::Module:
      return find_in_module(rt, f, obj, type, name);
    case Kind::Super:
      return find_in_super(rt, f, obj, type, name);
    case Kind::GenericAlias:
      return find_in_alias(rt, f, obj, type, name);
    case Kind::BoundMethod: {
      Result r = find_in_instance(rt, f, obj, type, name);
      if (!r.is_value() || !r.value().is_unbound()) return r;
      return get_attr(rt, f, to<BoundMethod>(obj)->function, name);
    }
    case Kind::WeakRef:
      if (obj.object()->aux & WeakRef::kProxy) {
        Value target = to<WeakRef>(obj)->target;
        if (!target.is_none()) return get_attr(rt, f, target, name);
        return raise(rt, TypeId::ReferenceError, "weakly-referenced object no longer exists");
      }
      return find_in_instance(rt, f, obj, type, name);
    default:
      return find_in_instance(rt, f, obj, type, name);
  }
}

Result raise_unless_found(Runtime& rt, Value obj, Str* name, Result r) {
  if (r.is_value() && r.value().is_unbound()) return raise_attribute_error(rt, obj, name);
  return r;
}

// Can the answer come without asking the program for the value, so that a missing attribute is known at once?
bool answers_at_once(Runtime& rt, Value obj, Type* type, Str* name) {
  if (!(type->type_flags & kTypePlainGet)) return false;
  if (!obj.is_object()) return true;
  switch (obj.object()->kind) {
    case Kind::Type: {
      Value of_meta = type_lookup(rt, type, name);
      if (!of_meta.is_unbound() && binding_asks(rt, of_meta)) return false;
      return !binding_asks(rt, type_lookup(rt, to<Type>(obj), name));
    }
    case Kind::Module:
      return !to<Module>(obj)->dict || !binding_asks(rt, type_lookup(rt, type, name));
    case Kind::Super:
    case Kind::GenericAlias:
    case Kind::WeakRef:
    case Kind::BoundMethod:
      return false;
    default: {
      Value v = type_lookup(rt, type, name);
      return v.is_unbound() || !binding_asks(rt, v);
    }
  }
}

// Without the __getattr__ hook.
Result get_unhooked(Runtime& rt, Frame& f, Value obj, Type* type, Str* name) {
  if (LISLE_LIKELY(type->type_flags & kTypePlainGet)) return find_plain(rt, f, obj, type, name);
  return call_special(rt, f, obj, Special::GetAttribute, {Value::from(name)});
}

}  // namespace

bool is_data_descriptor(Runtime& rt, Value v) {
  if (!v.is_object()) return false;
  switch (v.object()->kind) {
    case Kind::Function:
    case Kind::Native:
    case Kind::Wrapper:
    case Kind::Str:
    case Kind::Tuple:
      return false;
    case Kind::Getset:
    case Kind::Property:
      return true;
    default: {
      const Type* type = type_of(rt, v);
      return !type->special(Special::Set).is_unbound() || !type->special(Special::Delete).is_unbound();
    }
  }
}

Result bind_descriptor(Runtime& rt, Frame& f, Value v, Value obj, Type* type) {
  if (!v.is_object()) return v;
  switch (v.object()->kind) {
    case Kind::Function:
      return Value::from(new_bound_method(rt, v, obj));
    case Kind::Native: {
      const Native& native = *to<Native>(v);
      u16 flags = rt.natives[native.native_id].flags;
      if (!native.owner || !native.self.is_unbound() || flags & (kStatic | kNoBind)) return v;
      return Value::from(bind_native(rt, native, flags & kClassMethod ? Value::from(type) : obj));
    }
    case Kind::Getset:
      return getset_get(rt, f, *to<Getset>(v), obj);
    case Kind::Property:
      if (is_exact(rt, v, TypeId::Property)) return call_getter(rt, f, *to<Property>(v), obj);
      break;
    case Kind::Wrapper:
      if (is_exact(rt, v, TypeId::StaticMethod)) return to<Wrapper>(v)->callable;
      if (is_exact(rt, v, TypeId::ClassMethod))
        return bind_class_method(rt, f, to<Wrapper>(v)->callable, Value::from(type));
      break;
    case Kind::Int:
    case Kind::Str:
    case Kind::BoundMethod:
      return v;
    default:
      break;
  }
  if (!has_special(rt, v, Special::Get)) return v;
  return call_special(rt, f, v, Special::Get, {obj, Value::from(type)});
}

Result raise_attribute_error(Runtime& rt, Value obj, Str* name) {
  Result r = Result::raised();
  if (is_type(obj)) {
    r = raise(rt, TypeId::AttributeError, "type object '%s' has no attribute '%s'",
              str_chars(rt, to<Type>(obj)->name), str_chars(rt, name));
  } else if (auto* module = as<Module>(obj)) {
    Value shown = module->dict ? dict_get_str(rt, *module->dict, rt.names.name) : Value::unbound();
    r = is_str(shown)
            ? raise(rt, TypeId::AttributeError,
                    is_initializing(rt, obj)
                        ? "partially initialized module '%s' has no attribute '%s' (most likely due to a "
                          "circular import)"
                        : "module '%s' has no attribute '%s'",
                    str_chars(rt, to<Str>(shown)), str_chars(rt, name))
            : raise(rt, TypeId::AttributeError, "module has no attribute '%s'", str_chars(rt, name));
  } else {
    r = raise(rt, TypeId::AttributeError, "'%s' object has no attribute '%s'", type_name(rt, obj),
              str_chars(rt, name));
  }
  Exception& e = *to<Exception>(rt.thread.raised);
  e.extra[kErrorName] = Value::from(name);
  e.extra[kErrorObject] = obj;
  return r;
}

Result generic_get_attr(Runtime& rt, Frame& f, Value obj, Str* name) {
  return raise_unless_found(rt, obj, name, find_plain(rt, f, obj, type_of(rt, obj), name));
}

Result get_attr(Runtime& rt, Frame& f, Value obj, Str* name) {
  Type* type = type_of(rt, obj);
  Value hook = type->special(Special::GetAttr);
  if (LISLE_LIKELY(hook.is_unbound()))
    return raise_unless_found(rt, obj, name, get_unhooked(rt, f, obj, type, name));
  if (!answers_at_once(rt, obj, type, name))
    return call_internal(rt, f, Internal::GetAttribute, {obj, Value::from(name)});
  Result r = find_plain(rt, f, obj, type, name);
  if (r.is_raised() && raised_is(rt, TypeId::AttributeError)) {
    take_raised(rt);
  } else if (!r.is_value() || !r.value().is_unbound()) {
    return r;
  }
  return call_special(rt, f, obj, Special::GetAttr, {Value::from(name)});
}

Result get_attr_or_unbound(Runtime& rt, Frame& f, Value obj, Str* name) {
  Type* type = type_of(rt, obj);
  bool hooked = !type->special(Special::GetAttr).is_unbound();
  if (auto* module = as<Module>(obj))
    hooked = hooked || (module->dict &&
                        !dict_get_str(rt, *module->dict, rt.special_name(Special::GetAttr)).is_unbound());
  if (!answers_at_once(rt, obj, type, name))
    return call_internal(rt, f, Internal::GetAttributeOrUnbound, {obj, Value::from(name)});
  if (hooked) {
    // The hook is asked only for what is not there.
    if (!is_kind(obj, Kind::Module)) {
      Result r = find_plain(rt, f, obj, type, name);
      if (r.is_value() && !r.value().is_unbound()) return r;
      if (r.is_raised()) take_raised(rt);
    }
    return call_internal(rt, f, Internal::GetAttributeOrUnbound, {obj, Value::from(name)});
  }
  Result r = find_plain(rt, f, obj, type, name);
  if (!r.is_raised() || !raised_is(rt, TypeId::AttributeError)) return r;
  take_raised(rt);
  return Value::unbound();
}

// --- step machines
// ------------------------------------------------------------------------------------------------------

// The attribute of a class that has __getattr__, where finding it may ask the program. f: object, name.
Result get_attribute_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, raise_unless_found(rt, f[0], to<Str>(f[1]),
                                        get_unhooked(rt, f, f[0], type_of(rt, f[0]), to<Str>(f[1]))));
      if (!r.is_raised() || !raised_is(rt, TypeId::AttributeError)) return r;
      if (!has_special(rt, f[0], Special::GetAttr)) return r;
      take_raised(rt);
      f.set_step(2);
      return call_special(rt, f, f[0], Special::GetAttr, {f[1]});
    case 2:
      return r;
  }
  LISLE_UNREACHABLE();
}

// f: object, name.
Result get_attribute_or_unbound_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, get_attr(rt, f, f[0], to<Str>(f[1])));
      if (!r.is_raised() || !raised_is(rt, TypeId::AttributeError)) return r;
      take_raised(rt);
      return Value::unbound();
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

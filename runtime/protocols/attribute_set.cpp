// Writing and deleting attributes.
#include "runtime/protocols/attribute.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/instance.h"
#include "runtime/types/module.h"
#include "runtime/types/weakref.h"

namespace lisle::rt {

namespace {

Result call_setter(Runtime& rt, Frame& f, Property& property, Value obj, Value v) {
  bool deletes = v.is_unbound();
  Value function = deletes ? property.deleter : property.setter;
  if (!function.is_none()) return deletes ? call(rt, f, function, {obj}) : call(rt, f, function, {obj, v});
  const char* owner = str_chars(rt, type_of(rt, obj)->qualname);
  const char* what = deletes ? "deleter" : "setter";
  if (!is_str(property.name))
    return raise(rt, TypeId::AttributeError, "property of '%s' object has no %s", owner, what);
  return raise(rt, TypeId::AttributeError, "property '%s' of '%s' object has no %s",
               str_chars(rt, to<Str>(property.name)), owner, what);
}

Result set_through_descriptor(Runtime& rt, Frame& f, Value descriptor, Value obj, Value v) {
  if (auto* getset = as<Getset>(descriptor)) return getset_set(rt, f, *getset, obj, v);
  if (type_of(rt, descriptor) == rt.type(TypeId::Property))
    return call_setter(rt, f, *to<Property>(descriptor), obj, v);
  Special wanted = v.is_unbound() ? Special::Delete : Special::Set;
  if (!has_special(rt, descriptor, wanted))
    return raise(rt, TypeId::AttributeError, "%s", v.is_unbound() ? "__delete__" : "__set__");
  if (v.is_unbound()) return call_special(rt, f, descriptor, wanted, {obj});
  return call_special(rt, f, descriptor, wanted, {obj, v});
}

Result set_in_class(Runtime& rt, Frame& f, Type* cls, Str* name, Value v) {
  if (!cls->is_heap)
    return raise(rt, TypeId::TypeError, "cannot set '%s' attribute of immutable type '%s'",
                 str_chars(rt, name), str_chars(rt, cls->name));
  Value of_meta = type_lookup(rt, type_of(rt, Value::from(cls)), name);
  if (!of_meta.is_unbound() && is_data_descriptor(rt, of_meta))
    return set_through_descriptor(rt, f, of_meta, Value::from(cls), v);
  if (v.is_unbound() && dict_get_str(rt, *cls->dict, name).is_unbound())
    return raise_attribute_error(rt, Value::from(cls), name);
  type_set_attribute(rt, cls, name, v);
  return Result::none();
}

}  // namespace

Result generic_set_attr(Runtime& rt, Frame& f, Value obj, Str* name, Value v) {
  if (auto* cls = as<Type>(obj)) return set_in_class(rt, f, cls, name, v);
  if (is_kind(obj, Kind::WeakRef) && obj.object()->aux & WeakRef::kProxy) {
    Value target = to<WeakRef>(obj)->target;
    if (!target.is_none()) return set_attr(rt, f, target, name, v);
    return raise(rt, TypeId::ReferenceError, "weakly-referenced object no longer exists");
  }
  Value attribute = type_lookup(rt, type_of(rt, obj), name);
  if (!attribute.is_unbound() && is_data_descriptor(rt, attribute))
    return set_through_descriptor(rt, f, attribute, obj, v);
  if (obj.is_object() && has_attribute_storage(rt, obj.object())) {
    if (!v.is_unbound()) {
      set_own_attribute(rt, obj.object(), name, v);
    } else if (!delete_own_attribute(rt, obj.object(), name)) {
      return raise_attribute_error(rt, obj, name);
    }
    return Result::none();
  }
  if (attribute.is_unbound()) return raise_attribute_error(rt, obj, name);
  return raise(rt, TypeId::AttributeError, "'%s' object attribute '%s' is read-only", type_name(rt, obj),
               str_chars(rt, name));
}

Result set_attr(Runtime& rt, Frame& f, Value obj, Str* name, Value v) {
  Type* type = type_of(rt, obj);
  if (LISLE_LIKELY(type->type_flags & kTypePlainSet)) return generic_set_attr(rt, f, obj, name, v);
  if (v.is_unbound()) return call_special(rt, f, obj, Special::DelAttr, {Value::from(name)});
  return call_special(rt, f, obj, Special::SetAttr, {Value::from(name), v});
}

}  // namespace lisle::rt

// The type `type`: attributes and methods of classes.
#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict_view.h"
#include "runtime/types/exception.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/module.h"
#include "runtime/types/set.h"
#include "runtime/types/type_steps.h"

namespace lisle::rt {

namespace {

Type& self_of(Frame& f) {
  return *to<Type>(f[0]);
}

Result text(Runtime& rt, const std::string& s) {
  return Value::from(new_str(rt, s));
}

Result check_mutable(Runtime& rt, const Type& type, const char* name) {
  if (type.is_heap) return Result::none();
  return raise(rt, TypeId::TypeError, "cannot set '%s' attribute of immutable type '%s'", name,
               str_chars(rt, type.name));
}

Result check_settable(Runtime& rt, Frame& f, const char* name) {
  TRY(check_mutable(rt, self_of(f), name));
  if (!f[1].is_unbound()) return Result::none();
  return raise(rt, TypeId::TypeError, "cannot delete '%s' attribute of immutable type '%s'", name,
               str_chars(rt, self_of(f).name));
}

Result get_name(Runtime&, Frame& f) {
  return Value::from(self_of(f).name);
}

Result set_name(Runtime& rt, Frame& f) {
  TRY(check_settable(rt, f, "__name__"));
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "can only assign string to %s.__name__, not '%s'",
                 str_chars(rt, self_of(f).name), type_name(rt, f[1]));
  TRY(check_class_name(rt, to<Str>(f[1])));
  self_of(f).name = to<Str>(f[1]);
  rt.heap.wrote(&self_of(f));
  return Result::none();
}

Result get_qualname(Runtime&, Frame& f) {
  return Value::from(self_of(f).qualname);
}

Result set_qualname(Runtime& rt, Frame& f) {
  TRY(check_settable(rt, f, "__qualname__"));
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "can only assign string to %s.__qualname__, not '%s'",
                 str_chars(rt, self_of(f).name), type_name(rt, f[1]));
  self_of(f).qualname = to<Str>(f[1]);
  rt.heap.wrote(&self_of(f));
  return Result::none();
}

Value module_of(Runtime& rt, Type& type) {
  // In the tables of builtin types these names may be descriptors for instances.
  if (const TypeSpec* spec = builtin_spec(type)) return Value::from(intern(rt, spec->module));
  Value v = dict_get_str(rt, *type.dict, rt.names.module);
  if (!v.is_unbound()) return v;
  return Value::from(intern(rt, "builtins"));
}

Result get_module(Runtime& rt, Frame& f) {
  return module_of(rt, self_of(f));
}

Result set_module(Runtime& rt, Frame& f) {
  TRY(check_settable(rt, f, "__module__"));
  type_set_attribute(rt, &self_of(f), rt.names.module, f[1]);
  return Result::none();
}

Result get_doc(Runtime& rt, Frame& f) {
  if (const TypeSpec* spec = builtin_spec(self_of(f)))
    return spec->doc ? Value::from(new_str(rt, spec->doc)) : Value::none();
  Value v = dict_get_str(rt, *self_of(f).dict, rt.names.doc);
  if (v.is_unbound()) return Result::none();
  if (!has_special(rt, v, Special::Get)) return v;
  return call_special(rt, f, v, Special::Get, {Value::none(), f[0]});
}

Result set_doc(Runtime& rt, Frame& f) {
  TRY(check_settable(rt, f, "__doc__"));
  type_set_attribute(rt, &self_of(f), rt.names.doc, f[1]);
  return Result::none();
}

Result get_dict(Runtime& rt, Frame& f) {
  return Value::from(new_mapping_proxy(rt, Value::from(self_of(f).dict)));
}

Result get_mro(Runtime&, Frame& f) {
  return Value::from(self_of(f).mro);
}
Result get_bases(Runtime&, Frame& f) {
  return Value::from(self_of(f).bases);
}

Result get_base(Runtime& rt, Frame& f) {
  const Type& type = self_of(f);
  if (type.bases->size == 0) return Result::none();
  // The base whose layout is extended, the first one as a rule.
  for (u64 i = 0; i < type.bases->size; ++i) {
    Type* base = to<Type>(type.bases->items[i]);
    if (base->layout_base == type.layout_base && base != rt.type(TypeId::Object)) return Value::from(base);
  }
  return type.bases->items[0];
}

Result set_bases(Runtime& rt, Frame& f) {
  TRY(check_settable(rt, f, "__bases__"));
  const Tuple* bases = as<Tuple>(f[1]);
  const char* name = str_chars(rt, self_of(f).name);
  if (!bases)
    return raise(rt, TypeId::TypeError, "can only assign tuple to %s.__bases__, not %s", name,
                 type_name(rt, f[1]));
  if (bases->size == 0)
    return raise(rt, TypeId::TypeError, "can only assign non-empty tuple to %s.__bases__, not ()", name);
  return call_internal(rt, f, Internal::SetBases, {f[0], f[1]});
}

Result get_abstract_methods(Runtime& rt, Frame& f) {
  Value v = Value::unbound();
  if (&self_of(f) != rt.type(TypeId::Type)) v = dict_get_str(rt, *self_of(f).dict, rt.names.abstract_methods);
  return v.is_unbound() ? raise_with(rt, TypeId::AttributeError, Value::from(rt.names.abstract_methods)) : v;
}

Result set_abstract_methods(Runtime& rt, Frame& f) {
  Type& type = self_of(f);
  if (f[1].is_unbound()) {
    if (dict_get_str(rt, *type.dict, rt.names.abstract_methods).is_unbound())
      return raise_with(rt, TypeId::AttributeError, Value::from(rt.names.abstract_methods));
    type.type_flags &= ~static_cast<u32>(kTypeAbstract);
  } else {
    // The set is a frozenset as a rule; emptiness is what counts, and only containers of builtin layout
    // occur.
    bool known;
    bool any = is_kind(f[1], Kind::Set) ? to<Set>(f[1])->used != 0 : quick_truth(rt, f[1], known);
    type.type_flags =
        any ? type.type_flags | kTypeAbstract : type.type_flags & ~static_cast<u32>(kTypeAbstract);
  }
  type_set_attribute(rt, &type, rt.names.abstract_methods, f[1]);
  return Result::none();
}

Result get_annotations(Runtime& rt, Frame& f) {
  Type& type = self_of(f);
  if (!type.is_heap) return raise_attribute_error(rt, f[0], rt.names.annotations);
  Value v = dict_get_str(rt, *type.dict, rt.names.annotations);
  if (!v.is_unbound()) return v;
  Dict* d = new_dict(rt);
  type_set_attribute(rt, &type, rt.names.annotations, Value::from(d));
  return Value::from(d);
}

Result set_annotations(Runtime& rt, Frame& f) {
  TRY(check_mutable(rt, self_of(f), "__annotations__"));
  if (f[1].is_unbound() && dict_get_str(rt, *self_of(f).dict, rt.names.annotations).is_unbound())
    return raise_with(rt, TypeId::AttributeError, Value::from(rt.names.annotations));
  type_set_attribute(rt, &self_of(f), rt.names.annotations, f[1]);
  return Result::none();
}

Result get_text_signature(Runtime&, Frame&) {
  return Result::none();
}
Result get_basicsize(Runtime&, Frame&) {
  return Value::from_int(16);
}
Result get_itemsize(Runtime&, Frame& f) {
  switch (self_of(f).instance_kind) {
    case Kind::Tuple:
      return Value::from_int(sizeof(Value));
    case Kind::Int:
      return Value::from_int(sizeof(u64));
    case Kind::Bytes:
      return Value::from_int(1);
    default:
      return Value::from_int(0);
  }
}
Result get_flags(Runtime&, Frame& f) {
  // Py_TPFLAGS_HEAPTYPE, _BASETYPE and _IS_ABSTRACT, which library code tests.
  const Type& type = self_of(f);
  i64 flags = type.is_heap ? 1 << 9 : 0;
  if (!(type.type_flags & kTypeFinal)) flags |= 1 << 10;
  if (type.type_flags & kTypeAbstract) flags |= 1 << 20;
  return Value::from_int(flags);
}

Result get_abc_flags(Runtime&, Frame& f) {
  return Value::from_int(to_abc_flags(pattern_flags(self_of(f))));
}
// What registering with an abstract class of collections.abc does. Builtin classes say it themselves.
Result set_abc_flags(Runtime& rt, Frame& f) {
  Type& type = self_of(f);
  if (!f[1].is_int()) return raise(rt, TypeId::TypeError, "__abc_tpflags__ must be an integer");
  if (type.is_heap && !pattern_flags(type)) type.type_flags |= from_abc_flags(f[1].as_int());
  return Result::none();
}

Result type_repr(Runtime& rt, Frame& f) {
  return text(rt, class_text(rt, self_of(f)));
}

Result type_mro(Runtime& rt, Frame& f) {
  Tuple* mro = to<Tuple>(TRY(compute_mro(rt, &self_of(f), self_of(f).bases)));
  return Value::from(new_list_from(rt, mro->items, mro->size));
}

Result type_subclasses(Runtime& rt, Frame& f) {
  return Value::from(live_subclasses(rt, self_of(f)));
}

Result type_instancecheck(Runtime& rt, Frame& f) {
  return call_internal(rt, f, Internal::AbstractInstance, {f[1], f[0]});
}

Result type_subclasscheck(Runtime& rt, Frame& f) {
  return call_internal(rt, f, Internal::AbstractSubclass, {f[1], f[0]});
}

Result type_call(Runtime& rt, Frame& f) {
  return call_internal(rt, f, Internal::TypeCall, {f[0], f[1], f[2]});
}

Result type_init(Runtime& rt, Frame& f) {
  u64 count = to<Tuple>(f[1])->size;
  if (count == 1 && to<Dict>(f[2])->used)
    return raise(rt, TypeId::TypeError, "type.__init__() takes no keyword arguments");
  if (count != 1 && count != 3) return raise(rt, TypeId::TypeError, "type.__init__() takes 1 or 3 arguments");
  return Result::none();
}

Result type_prepare(Runtime& rt, Frame&) {
  return Value::from(new_dict(rt));
}

Result type_getattribute(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "attribute name must be string, not '%s'", type_name(rt, f[1]));
  return generic_get_attr(rt, f, f[0], to<Str>(f[1]));
}

Result type_setattr(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "attribute name must be string, not '%s'", type_name(rt, f[1]));
  return generic_set_attr(rt, f, f[0], intern(rt, to<Str>(f[1])), f[2]);
}

Result type_delattr(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "attribute name must be string, not '%s'", type_name(rt, f[1]));
  return generic_set_attr(rt, f, f[0], intern(rt, to<Str>(f[1])), Value::unbound());
}

Result type_dir(Runtime& rt, Frame& f) {
  Dict* names = new_dict(rt);
  const Tuple* mro = self_of(f).mro;
  for (u64 i = mro->size; i-- > 0;) {
    u64 position = 0;
    Value key, value;
    while (dict_next(*to<Type>(mro->items[i])->dict, position, key, value))
      if (is_str(key)) dict_set_str(rt, *names, to<Str>(key), Value::none());
  }
  List* out = new_list(rt, names->used);
  u64 position = 0;
  Value key, value;
  while (dict_next(*names, position, key, value)) list_append(rt, *out, key);
  return Value::from(out);
}

// int | None.
Result type_or(Runtime& rt, Frame& f) {
  return union_of(rt, f[0], f[1]);
}
Result type_ror(Runtime& rt, Frame& f) {
  return union_of(rt, f[1], f[0]);
}

Result type_sizeof(Runtime&, Frame&) {
  return Value::from_int(sizeof(Type));
}

constexpr NativeSpec kMethods[] = {
    {"__new__", type_new_steps, "(cls, *args, **kwargs)", nullptr, 7, kStatic},
    {"__init__", type_init, "(self, /, *args, **kwargs)"},
    {"__call__", type_call, "(self, /, *args, **kwargs)", "Call self as a function."},
    {"__repr__", type_repr, "(self, /)"},
    {"__getattribute__", type_getattribute, "(self, name, /)"},
    {"__setattr__", type_setattr, "(self, name, value, /)"},
    {"__delattr__", type_delattr, "(self, name, /)"},
    {"mro", type_mro, "(self, /)", "Return a type's method resolution order."},
    {"__subclasses__", type_subclasses, "(self, /)", "Return a list of immediate subclasses."},
    {"__prepare__", type_prepare, "(cls, /, *args, **kwargs)", nullptr, 0, kClassMethod},
    {"__instancecheck__", type_instancecheck, "(self, instance, /)"},
    {"__subclasscheck__", type_subclasscheck, "(self, subclass, /)"},
    {"__dir__", type_dir, "(self, /)"},
    {"__or__", type_or, "(self, value, /)"},
    {"__ror__", type_ror, "(self, value, /)"},
    {"__sizeof__", type_sizeof, "(self, /)"},
};

constexpr GetsetSpec kAttributes[] = {
    {"__name__", get_name, set_name},
    {"__qualname__", get_qualname, set_qualname},
    {"__module__", get_module, set_module},
    {"__doc__", get_doc, set_doc},
    {"__dict__", get_dict},
    {"__mro__", get_mro, readonly_member},
    {"__bases__", get_bases, set_bases},
    {"__base__", get_base, readonly_member},
    {"__abstractmethods__", get_abstract_methods, set_abstract_methods},
    {"__annotations__", get_annotations, set_annotations},
    {"__text_signature__", get_text_signature},
    {"__basicsize__", get_basicsize, readonly_member},
    {"__itemsize__", get_itemsize, readonly_member},
    {"__flags__", get_flags, readonly_member},
    {"__abc_tpflags__", get_abc_flags, set_abc_flags},
    {"__weakrefoffset__", [](Runtime&, Frame&) -> Result { return Value::from_int(0); }},
    {"__dictoffset__",
     [](Runtime&, Frame& f) -> Result { return Value::from_int(self_of(f).has_dict ? 16 : 0); }},
};

}  // namespace

u32 pattern_flags(const Type& type) {
  constexpr u32 kEither = kTypeSequence | kTypeMapping;
  for (u64 i = 0; type.mro && i < type.mro->size; ++i)
    if (u32 flags = to<Type>(type.mro->items[i])->type_flags & kEither) return flags;
  return 0;
}

constexpr i64 kAbcSequence = 1 << 5, kAbcMapping = 1 << 6;
i64 to_abc_flags(u32 flags) {
  return (flags & kTypeSequence ? kAbcSequence : 0) | (flags & kTypeMapping ? kAbcMapping : 0);
}
u32 from_abc_flags(i64 bits) {
  return (bits & kAbcSequence ? kTypeSequence : 0u) | (bits & kAbcMapping ? kTypeMapping : 0u);
}

std::string class_text(Runtime& rt, Type& type) {
  Value module = module_of(rt, type);
  if (is_str(module) && !str_equals(to<Str>(module), "builtins"))
    return "<class '" + utf8_of(to<Str>(module)) + "." + utf8_of(type.qualname) + "'>";
  return "<class '" + utf8_of(type.name) + "'>";
}

extern const TypeSpec kTypeType;
const TypeSpec kTypeType{"type",
                         "builtins",
                         "type(object) -> the object's type\n"
                         "type(name, bases, dict, **kwds) -> a new type",
                         TypeId::Object,
                         Kind::Type,
                         0,
                         kMethods,
                         kAttributes};

}  // namespace lisle::rt

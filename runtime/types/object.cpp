// The type `object`: what every class inherits. Copying and pickling (__reduce_ex__) is in object_reduce.cpp.
#include "runtime/types/object.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "runtime/heap/kind_table.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/pure.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/set.h"
#include "runtime/types/weakref.h"

namespace lisle::rt {

namespace {

bool has_excess(Frame& f, u32 args, u32 keywords) {
  return to<Tuple>(f[args])->size != 0 || to<Dict>(f[keywords])->used != 0;
}

bool inherits(const Runtime& rt, const Type* type, Special s) {
  return type->special(s) == rt.type(TypeId::Object)->special(s);
}

Result raise_abstract(Runtime& rt, Type* type) {
  std::vector<std::string> names;
  Value set = dict_get_str(rt, *type->dict, rt.names.abstract_methods);
  if (auto* s = as<Set>(set)) {
    u64 position = 0;
    Value key;
    i64 hash;
    while (set_next(*s, position, key, hash))
      if (is_str(key)) names.push_back(utf8_of(to<Str>(key)));
  }
  std::sort(names.begin(), names.end());
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return raise(rt, TypeId::TypeError, "Can't instantiate abstract class %s with abstract method%s %s",
               str_chars(rt, type->name), names.size() > 1 ? "s" : "", list.c_str());
}

Result object_new(Runtime& rt, Frame& f) {
  if (!is_type(f[0]))
    return raise(rt, TypeId::TypeError, "object.__new__(X): X is not a type object (%s)",
                 type_name(rt, f[0]));
  Type* type = to<Type>(f[0]);
  if (has_excess(f, 1, 2)) {
    if (!inherits(rt, type, Special::New))
      return raise(rt, TypeId::TypeError,
                   "object.__new__() takes exactly one argument (the type to instantiate)");
    if (inherits(rt, type, Special::Init))
      return raise(rt, TypeId::TypeError, "%s() takes no arguments", str_chars(rt, type->name));
  }
  if (type->type_flags & kTypeAbstract) return raise_abstract(rt, type);
  if (type->instance_kind != Kind::Instance) {
    const char* name = str_chars(rt, type->name);
    const Type* builtin = type;
    while (builtin->is_heap) builtin = to<Type>(builtin->bases->items[0]);
    return raise(rt, TypeId::TypeError, "object.__new__(%s) is not safe, use %s.__new__()", name,
                 str_chars(rt, builtin->name));
  }
  return Value::from(new_instance(rt, type));
}

Result object_init(Runtime& rt, Frame& f) {
  if (!has_excess(f, 1, 2)) return Result::none();
  const Type* type = type_of(rt, f[0]);
  if (!inherits(rt, type, Special::Init))
    return raise(rt, TypeId::TypeError,
                 "object.__init__() takes exactly one argument (the instance to initialize)");
  if (inherits(rt, type, Special::New))
    return raise(rt, TypeId::TypeError,
                 "%s.__init__() takes exactly one argument (the instance to initialize)",
                 str_chars(rt, type->name));
  return Result::none();
}

Result object_repr(Runtime& rt, Frame& f) {
  Type* type = type_of(rt, f[0]);
  char address[32];
  std::snprintf(address, sizeof address, " object at 0x%llx>",
                static_cast<unsigned long long>(f[0].bits() & ~u64{3}));
  Value module = dict_get_str(rt, *type->dict, rt.names.module);
  std::string name = utf8_of(type->is_heap ? type->qualname : type->name);
  if (is_str(module) && !str_equals(to<Str>(module), "builtins"))
    name = utf8_of(to<Str>(module)) + "." + name;
  return Value::from(new_str(rt, "<" + name + address));
}

Result object_str(Runtime& rt, Frame& f) {
  return to_repr(rt, f, f[0]);
}

Result object_format(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "__format__() argument must be str, not %s", argument_type(rt, f[1]));
  if (to<Str>(f[1])->length)
    return raise(rt, TypeId::TypeError, "unsupported format string passed to %s.__format__",
                 type_name(rt, f[0]));
  return to_str(rt, f, f[0]);
}

Result object_eq(Runtime&, Frame& f) {
  return f[0] == f[1] ? Result::boolean(true) : Result(Value::not_implemented());
}

// The opposite of what __eq__ says.
Result object_ne(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, ask(rt, f, CompareOp::Eq, f[0], f[1]));
      if (r.value().is_not_implemented()) return r;
      AWAIT(2, truth(rt, f, r.value()));
      return Result::boolean(!r.value().is_true());
  }
  LISLE_UNREACHABLE();
}

Result object_unordered(Runtime&, Frame&) {
  return Value::not_implemented();
}
Result object_hash(Runtime& rt, Frame& f) {
  return new_int(rt, identity_hash(f[0]));
}

Result object_getattribute(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "attribute name must be string, not '%s'", type_name(rt, f[1]));
  return generic_get_attr(rt, f, f[0], to<Str>(f[1]));
}

Result object_setattr(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "attribute name must be string, not '%s'", type_name(rt, f[1]));
  if (is_type(f[0]))
    return raise(rt, TypeId::TypeError, "can't apply this __setattr__ to %s object", type_name(rt, f[0]));
  return generic_set_attr(rt, f, f[0], intern(rt, to<Str>(f[1])), f[2]);
}

Result object_delattr(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "attribute name must be string, not '%s'", type_name(rt, f[1]));
  return generic_set_attr(rt, f, f[0], intern(rt, to<Str>(f[1])), Value::unbound());
}

void add_keys(Runtime& rt, Dict* names, Dict* from) {
  u64 position = 0;
  Value key, value;
  while (dict_next(*from, position, key, value))
    if (is_str(key)) dict_set_str(rt, *names, to<Str>(key), Value::none());
}

// Own attributes, then those of the classes; dir() sorts them. f: object, names.
Result object_dir(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, get_attr_or_unbound(rt, f, f[0], rt.names.dict));
      f[1] = Value::from(new_dict(rt));
      if (auto* own = as<Dict>(r.value())) add_keys(rt, to<Dict>(f[1]), own);
      AWAIT(2, get_attr_or_unbound(rt, f, f[0], rt.names.class_));
      {
        Type* type = is_type(r.value()) ? to<Type>(r.value()) : type_of(rt, f[0]);
        for (u64 i = type->mro->size; i-- > 0;)
          add_keys(rt, to<Dict>(f[1]), to<Type>(type->mro->items[i])->dict);
        List* out = new_list(rt);
        u64 position = 0;
        Value key, value;
        while (dict_next(*to<Dict>(f[1]), position, key, value)) list_append(rt, *out, key);
        return Value::from(out);
      }
  }
  LISLE_UNREACHABLE();
}

Result object_sizeof(Runtime&, Frame& f) {
  if (!f[0].is_object()) return Value::from_int(8);
  return Value::from_int(static_cast<i64>(object_bytes(f[0].object())));
}

Result object_init_subclass(Runtime& rt, Frame& f) {
  if (to<Dict>(f[1])->used == 0) return Result::none();
  return raise(rt, TypeId::TypeError, "%s.__init_subclass__() takes no keyword arguments",
               is_type(f[0]) ? str_chars(rt, to<Type>(f[0])->name) : "object");
}

Result object_subclasshook(Runtime&, Frame&) {
  return Value::not_implemented();
}

Result get_class(Runtime& rt, Frame& f) {
  return Value::from(type_of(rt, f[0]));
}

// Gives an object another class whose instances look alike in memory.
Result set_class(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return raise(rt, TypeId::TypeError, "can't delete __class__ attribute");
  if (!is_type(f[1]))
    return raise(rt, TypeId::TypeError, "__class__ must be set to a class, not '%s' object",
                 type_name(rt, f[1]));
  Type *now = type_of(rt, f[0]), *then = to<Type>(f[1]);
  bool modules = is_kind(f[0], Kind::Module) && then->instance_kind == Kind::Module;
  if (!modules && (!now->is_heap || !then->is_heap))
    return raise(rt, TypeId::TypeError,
                 "__class__ assignment only supported for mutable types or ModuleType subclasses");
  if (!modules && !same_layout(now, then))
    return raise(rt, TypeId::TypeError, "__class__ assignment: '%s' object layout differs from '%s'",
                 str_chars(rt, then->name), str_chars(rt, now->name));
  Object* o = f[0].object();
  if (modules) {
    o->shape = then->instance_shape->id;
  } else if (now != then && now->has_dict) {
    // A dict carries the attributes over; the slots of the new class start from there.
    attribute_dict(rt, o);
    o->shape = dict_mode_shape(rt, *then)->id;
  } else {
    o->shape = then->instance_shape->id;
  }
  return Result::none();
}

Result get_instance_dict(Runtime& rt, Frame& f) {
  return Value::from(attribute_dict(rt, f[0].object()));
}

Result set_instance_dict(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) {
    set_attribute_dict(rt, f[0].object(), new_dict(rt));
    return Result::none();
  }
  Dict* d = as<Dict>(f[1]);
  if (!d)
    return raise(rt, TypeId::TypeError, "__dict__ must be set to a dictionary, not a '%s'",
                 type_name(rt, f[1]));
  set_attribute_dict(rt, f[0].object(), d);
  return Result::none();
}

Result get_instance_weakref(Runtime& rt, Frame& f) {
  List* list = weakrefs_to(rt, f[0]);
  return list->size ? list->items->items[0] : Value::none();
}

constexpr NativeSpec kMethods[] = {
    {"__new__", object_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", object_init, "(self, /, *args, **kwargs)"},
    {"__repr__", object_repr, "(self, /)"},
    {"__str__", object_str, "(self, /)"},
    {"__format__", object_format, "(self, format_spec, /)"},
    {"__eq__", object_eq, "(self, value, /)"},
    {"__ne__", object_ne, "(self, value, /)", nullptr, 2},
    {"__lt__", object_unordered, "(self, value, /)"},
    {"__le__", object_unordered, "(self, value, /)"},
    {"__gt__", object_unordered, "(self, value, /)"},
    {"__ge__", object_unordered, "(self, value, /)"},
    {"__hash__", object_hash, "(self, /)"},
    {"__getattribute__", object_getattribute, "(self, name, /)"},
    {"__setattr__", object_setattr, "(self, name, value, /)"},
    {"__delattr__", object_delattr, "(self, name, /)"},
    {"__dir__", object_dir, "(self, /)", nullptr, 2},
    {"__sizeof__", object_sizeof, "(self, /)"},
    {"__reduce__", object_reduce, "(self, /)", nullptr, 4},
    {"__reduce_ex__", object_reduce_ex, "(self, protocol, /)", nullptr, 4},
    {"__getstate__", object_getstate, "(self, /)"},
    {"__init_subclass__", object_init_subclass, "(cls, /, **kwargs)", nullptr, 0, kClassMethod},
    {"__subclasshook__", object_subclasshook, "(cls, /, *args)", nullptr, 0, kClassMethod},
};

constexpr GetsetSpec kAttributes[] = {
    {"__class__", get_class, set_class, "the object's class"},
};

}  // namespace

constexpr GetsetSpec kInstanceAttributes[2] = {
    {"__dict__", get_instance_dict, set_instance_dict, "dictionary for instance variables"},
    {"__weakref__", get_instance_weakref, nullptr, "list of weak references to the object"},
};

extern const TypeSpec kObjectType;
const TypeSpec kObjectType{
    "object",
    "builtins",
    "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a "
    "new featureless\ninstance that has no instance attributes and cannot be given any.\n",
    TypeId::Object,
    Kind::Instance,
    kTypeNoDict,
    kMethods,
    kAttributes};

}  // namespace lisle::rt

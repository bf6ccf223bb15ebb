// property, staticmethod and classmethod.
#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/instance.h"
#include "runtime/types/require_place.h"

namespace lisle::rt {

namespace {

Value or_none(Value v) {
  return v.is_unbound() ? Value::none() : v;
}

Value doc_of(Value function) {
  auto* f = as<Function>(function);
  return f ? f->doc : Value::none();
}

// --- property
// -----------------------------------------------------------------------------------------------------------

Property& property_of(Frame& f) {
  return *to<Property>(f[0]);
}

Result property_new(Runtime& rt, Frame& f) {
  Property* p = new_instance_of<Property>(rt, to<Type>(f[0]));
  p->getter = p->setter = p->deleter = p->doc = Value::none();
  p->name = Value::unbound();
  return Value::from(p);
}

// The getter's docstring serves where none is given. Instances of subclasses keep it as an attribute of their
// own: in the property itself the class's would hide it.
Result property_init(Runtime& rt, Frame& f) {
  Property& p = property_of(f);
  p.getter = or_none(f[1]);
  p.setter = or_none(f[2]);
  p.deleter = or_none(f[3]);
  p.doc = or_none(f[4]);
  rt.heap.wrote(&p);
  Value doc = doc_of(p.getter);
  if (!p.doc.is_none() || doc.is_none()) return Result::none();
  if (type_of(rt, f[0]) != rt.type(TypeId::Property)) return set_attr(rt, f, f[0], rt.names.doc, doc);
  p.doc = doc;
  return Result::none();
}

// A copy with one function replaced; subclasses are asked to make it.
Result property_copy(Runtime& rt, Frame& f, Value getter, Value setter, Value deleter) {
  Property& p = property_of(f);
  Value doc = p.doc == doc_of(p.getter) && !(getter == p.getter) ? Value::none() : p.doc;
  Type* type = type_of(rt, f[0]);
  if (type != rt.type(TypeId::Property))
    return call(rt, f, Value::from(type), {getter, setter, deleter, doc});
  Property* copy = rt.make<Property>(TypeId::Property);
  copy->getter = getter;
  copy->setter = setter;
  copy->deleter = deleter;
  copy->doc = doc.is_none() ? doc_of(getter) : doc;
  copy->name = p.name;
  return Value::from(copy);
}

// None leaves a function as it is.
Value given_or(Value given, Value present) {
  return given.is_none() ? present : given;
}

Result property_getter(Runtime& rt, Frame& f) {
  return property_copy(rt, f, given_or(f[1], property_of(f).getter), property_of(f).setter,
                       property_of(f).deleter);
}
Result property_setter(Runtime& rt, Frame& f) {
  return property_copy(rt, f, property_of(f).getter, given_or(f[1], property_of(f).setter),
                       property_of(f).deleter);
}
Result property_deleter(Runtime& rt, Frame& f) {
  return property_copy(rt, f, property_of(f).getter, property_of(f).setter,
                       given_or(f[1], property_of(f).deleter));
}

Result raise_missing(Runtime& rt, Frame& f, const char* what) {
  const char* owner = str_chars(rt, type_of(rt, f[1])->qualname);
  Value name = property_of(f).name;
  if (!is_str(name))
    return raise(rt, TypeId::AttributeError, "property of '%s' object has no %s", owner, what);
  return raise(rt, TypeId::AttributeError, "property '%s' of '%s' object has no %s",
               str_chars(rt, to<Str>(name)), owner, what);
}

Result property_get(Runtime& rt, Frame& f) {
  TRY(require_place(rt, f));
  if (f[1].is_none()) return f[0];
  if (property_of(f).getter.is_none()) return raise_missing(rt, f, "getter");
  return call(rt, f, property_of(f).getter, {f[1]});
}

Result property_set(Runtime& rt, Frame& f) {
  if (property_of(f).setter.is_none()) return raise_missing(rt, f, "setter");
  return call(rt, f, property_of(f).setter, {f[1], f[2]});
}

Result property_delete(Runtime& rt, Frame& f) {
  if (property_of(f).deleter.is_none()) return raise_missing(rt, f, "deleter");
  return call(rt, f, property_of(f).deleter, {f[1]});
}

Result property_set_name(Runtime& rt, Frame& f) {
  const Tuple& args = *to<Tuple>(f[1]);
  if (args.size != 2)
    return raise(rt, TypeId::TypeError, "__set_name__() takes 2 positional arguments but %llu were given",
                 static_cast<unsigned long long>(args.size));
  property_of(f).name = args.items[1];
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_getter(Runtime&, Frame& f) {
  return property_of(f).getter;
}
Result get_setter(Runtime&, Frame& f) {
  return property_of(f).setter;
}
Result get_deleter(Runtime&, Frame& f) {
  return property_of(f).deleter;
}
Result get_doc(Runtime&, Frame& f) {
  return property_of(f).doc;
}

Result set_doc(Runtime& rt, Frame& f) {
  property_of(f).doc = or_none(f[1]);
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result property_is_abstract(Runtime& rt, Frame& f) {
  const Property& p = property_of(f);
  return call_internal(rt, f, Internal::AnyAbstract, {p.getter, p.setter, p.deleter});
}

// --- staticmethod and classmethod
// -----------------------------------------------------------------------------------------

Wrapper& wrapper_of(Frame& f) {
  return *to<Wrapper>(f[0]);
}

Wrapper* new_wrapper(Runtime& rt, Type* type, Value callable, bool class_method) {
  Wrapper* w = new_instance_of<Wrapper>(rt, type);
  w->callable = callable;
  w->aux = class_method ? 1 : 0;
  return w;
}

Result static_new(Runtime& rt, Frame& f) {
  return Value::from(new_wrapper(rt, to<Type>(f[0]), Value::none(), false));
}
Result class_new(Runtime& rt, Frame& f) {
  return Value::from(new_wrapper(rt, to<Type>(f[0]), Value::none(), true));
}

// Takes the callable over, with the attributes that functools.wraps would copy. f: self, callable; position.
Result wrapper_init(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  constexpr const char* kCopied[] = {"__module__", "__name__", "__qualname__", "__doc__", "__annotations__"};
  switch (f.step()) {
    case 0:
      wrapper_of(f).callable = f[1];
      rt.heap.wrote(f[0].object());
      for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(std::size(kCopied));
           f[2] = Value::from_int(f[2].as_int() + 1)) {
        AWAIT(1, get_attr_or_unbound(rt, f, f[1], intern(rt, kCopied[f[2].as_int()])));
        if (!r.value().is_unbound())
          set_own_attribute(rt, &wrapper_of(f), intern(rt, kCopied[f[2].as_int()]), r.value());
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result static_get(Runtime& rt, Frame& f) {
  TRY(require_place(rt, f));
  return wrapper_of(f).callable;
}

Result class_get(Runtime& rt, Frame& f) {
  TRY(require_place(rt, f));
  Type* type = is_type(f[2]) ? to<Type>(f[2]) : type_of(rt, f[1]);
  Value callable = wrapper_of(f).callable;
  if (is_kind(callable, Kind::Function) || !has_special(rt, callable, Special::Get))
    return Value::from(new_bound_method(rt, callable, Value::from(type)));
  return bind_descriptor(rt, f, callable, Value::from(type), type);
}

Result static_call(Runtime& rt, Frame& f) {
  return call_spread(rt, f, wrapper_of(f).callable, to<Tuple>(f[1]), to<Dict>(f[2]));
}

// f: self; shows what it wraps.
Result wrapper_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_repr(rt, f, wrapper_of(f).callable));
      return Value::from(
          new_str(rt, std::string(wrapper_of(f).is_class_method() ? "<classmethod(" : "<staticmethod(") +
                          utf8_of(to<Str>(r.value())) + ")>"));
  }
  LISLE_UNREACHABLE();
}

Result get_function(Runtime&, Frame& f) {
  return wrapper_of(f).callable;
}
Result get_dict(Runtime& rt, Frame& f) {
  return Value::from(attribute_dict(rt, f[0].object()));
}

Result wrapper_is_abstract(Runtime& rt, Frame& f) {
  return call_internal(rt, f, Internal::AnyAbstract, {wrapper_of(f).callable, Value::none(), Value::none()});
}

}  // namespace

Result require_place(Runtime& rt, Frame& f) {
  bool is_given = !f[1].is_none() || !(f[2].is_none() || f[2].is_unbound());
  return is_given ? Result::none() : raise(rt, TypeId::TypeError, "__get__(None, None) is invalid");
}

// Has one of three functions a true __isabstractmethod__? f: functions, position.
Result any_abstract_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (f[3] = Value::from_int(0); f[3].as_int() < 3; f[3] = Value::from_int(f[3].as_int() + 1)) {
        if (f[static_cast<size_t>(f[3].as_int())].is_none()) continue;
        AWAIT(1, get_attr_or_unbound(rt, f, f[static_cast<size_t>(f[3].as_int())], rt.names.abstract));
        if (r.value().is_unbound()) continue;
        AWAIT(2, truth(rt, f, r.value()));
        if (r.value().is_true()) return r;
      }
      return Result::boolean(false);
  }
  LISLE_UNREACHABLE();
}

Wrapper* new_static_method(Runtime& rt, Value callable) {
  return new_wrapper(rt, rt.type(TypeId::StaticMethod), callable, false);
}
Wrapper* new_class_method(Runtime& rt, Value callable) {
  return new_wrapper(rt, rt.type(TypeId::ClassMethod), callable, true);
}

namespace {

constexpr NativeSpec kPropertyMethods[] = {
    {"__new__", property_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", property_init, "(self, /, fget=None, fset=None, fdel=None, doc=None)"},
    {"__get__", property_get, "(self, instance, owner=None, /)"},
    {"__set__", property_set, "(self, instance, value, /)"},
    {"__delete__", property_delete, "(self, instance, /)"},
    {"__set_name__", property_set_name, "(self, /, *args)"},
    {"getter", property_getter, "(self, fget, /)",
     "Descriptor to obtain a copy of the property with a different getter."},
    {"setter", property_setter, "(self, fset, /)",
     "Descriptor to obtain a copy of the property with a different setter."},
    {"deleter", property_deleter, "(self, fdel, /)",
     "Descriptor to obtain a copy of the property with a different deleter."},
};

constexpr GetsetSpec kPropertyAttributes[] = {
    {"fget", get_getter, readonly_member},          {"fset", get_setter, readonly_member},
    {"fdel", get_deleter, readonly_member},         {"__doc__", get_doc, set_doc},
    {"__isabstractmethod__", property_is_abstract},
};

constexpr NativeSpec kStaticMethods[] = {
    {"__new__", static_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", wrapper_init, "(self, function, /)", nullptr, 3},
    {"__get__", static_get, "(self, instance, owner=None, /)"},
    {"__call__", static_call, "(self, /, *args, **kwargs)"},
    {"__repr__", wrapper_repr, "(self, /)", nullptr, 1},
};

constexpr NativeSpec kClassMethods[] = {
    {"__new__", class_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", wrapper_init, "(self, function, /)", nullptr, 3},
    {"__get__", class_get, "(self, instance, owner=None, /)"},
    {"__repr__", wrapper_repr, "(self, /)", nullptr, 1},
};

constexpr GetsetSpec kWrapperAttributes[] = {
    {"__func__", get_function, readonly_member},
    {"__wrapped__", get_function, readonly_member},
    {"__dict__", get_dict},
    {"__isabstractmethod__", wrapper_is_abstract},
};

}  // namespace

extern const TypeSpec kPropertyType, kStaticMethodType, kClassMethodType;
const TypeSpec kPropertyType{"property",     "builtins", "Property attribute.", TypeId::Object,
                             Kind::Property, 0,          kPropertyMethods,      kPropertyAttributes};
const TypeSpec kStaticMethodType{"staticmethod", "builtins",        "staticmethod(function) -> method",
                                 TypeId::Object, Kind::Wrapper,     0,
                                 kStaticMethods, kWrapperAttributes};
const TypeSpec kClassMethodType{"classmethod",  "builtins",        "classmethod(function) -> method",
                                TypeId::Object, Kind::Wrapper,     0,
                                kClassMethods,  kWrapperAttributes};

}  // namespace lisle::rt

// Native attribute descriptors: computed attributes of builtin types and members of __slots__.
#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/types/descriptors.h"

namespace lisle::rt {

namespace {

constexpr NativeSpec kGetterShape{"__get__", nullptr, "(self, /)"};
constexpr NativeSpec kSetterShape{"__set__", nullptr, "(self, value, /)"};

// Getters and setters run as native functions like any other; the function object is made at the first use.
Native* accessor(Runtime& rt, Getset& getset, const NativeSpec& shape, NativeFn fn, Native*& place) {
  if (place) return place;
  Native* native = new_native(rt, shape, nullptr, Value::none());
  rt.natives[native->native_id].fn = fn;
  native->name = getset.name;
  place = native;
  rt.heap.wrote(&getset);
  return native;
}

}  // namespace

const NativeSpec& accessor_spec(bool setter) {
  return setter ? kSetterShape : kGetterShape;
}

Getset* new_getset(Runtime& rt, TypeId type, u32 row, Type* owner) {
  Str* name = intern(rt, type_spec(type).getsets[row].name);
  Getset* getset = rt.make<Getset>(TypeId::GetsetDescriptor);
  getset->type_id = static_cast<u32>(type);
  getset->row = row;
  getset->owner = owner;
  getset->name = name;
  return getset;
}

Getset* new_member(Runtime& rt, Type* owner, Str* name, u32 slot) {
  Getset* getset = rt.make<Getset>(TypeId::GetsetDescriptor);
  getset->type_id = Getset::kMember;
  getset->row = slot;
  getset->owner = owner;
  getset->name = name;
  return getset;
}

Getset* new_instance_attribute(Runtime& rt, Type* owner, u32 row) {
  Getset* getset = new_member(rt, owner, intern(rt, kInstanceAttributes[row].name), row);
  getset->type_id = Getset::kInstance;
  return getset;
}

const GetsetSpec& getset_spec(const Getset& getset) {
  if (getset.type_id == Getset::kInstance) return kInstanceAttributes[getset.row];
  return type_spec(static_cast<TypeId>(getset.type_id)).getsets[getset.row];
}

Result getset_get(Runtime& rt, Frame& f, Getset& getset, Value obj) {
  if (getset.is_member()) {
    Value v = member_slot(rt, obj.object(), getset.row);
    return v.is_unbound() ? raise_attribute_error(rt, obj, getset.name) : v;
  }
  Native* getter = accessor(rt, getset, kGetterShape, getset_spec(getset).get, getset.getter);
  return call(rt, f, Value::from(getter), {obj});
}

Result getset_set(Runtime& rt, Frame& f, Getset& getset, Value obj, Value v) {
  if (getset.is_member()) {
    if (v.is_unbound() && member_slot(rt, obj.object(), getset.row).is_unbound())
      return raise_with(rt, TypeId::AttributeError, Value::from(getset.name));
    set_member_slot(rt, obj.object(), getset.row, v);
    return Result::none();
  }
  NativeFn set = getset_spec(getset).set;
  if (!set)
    return raise(rt, TypeId::AttributeError, "attribute '%s' of '%s' objects is not writable",
                 str_chars(rt, getset.name), str_chars(rt, getset.owner->name));
  Native* setter = accessor(rt, getset, kSetterShape, set, getset.setter);
  return call(rt, f, Value::from(setter), {obj, v});
}

Result readonly_member(Runtime& rt, Frame&) {
  return raise(rt, TypeId::AttributeError, "readonly attribute");
}

namespace {

Getset& self_of(Frame& f) {
  return *to<Getset>(f[0]);
}

Result check_receiver(Runtime& rt, const Getset& getset, Value obj) {
  if (is_instance(rt, obj, getset.owner)) return Result::none();
  return raise(rt, TypeId::TypeError, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object",
               str_chars(rt, getset.name), str_chars(rt, getset.owner->name), type_name(rt, obj));
}

Result getset_dunder_get(Runtime& rt, Frame& f) {
  if (f[1].is_none() && !(is_type(f[2]) && to<Type>(f[2]) == rt.type(TypeId::NoneType))) return f[0];
  TRY(check_receiver(rt, self_of(f), f[1]));
  return getset_get(rt, f, self_of(f), f[1]);
}

Result getset_dunder_set(Runtime& rt, Frame& f) {
  TRY(check_receiver(rt, self_of(f), f[1]));
  return getset_set(rt, f, self_of(f), f[1], f[2]);
}

Result getset_dunder_delete(Runtime& rt, Frame& f) {
  TRY(check_receiver(rt, self_of(f), f[1]));
  return getset_set(rt, f, self_of(f), f[1], Value::unbound());
}

Result getset_repr(Runtime& rt, Frame& f) {
  const Getset& g = self_of(f);
  std::string kind = g.is_member() ? "<member '" : "<attribute '";
  return Value::from(new_str(rt, kind + utf8_of(g.name) + "' of '" + utf8_of(g.owner->name) + "' objects>"));
}

Result getset_name(Runtime&, Frame& f) {
  return Value::from(self_of(f).name);
}
Result getset_objclass(Runtime&, Frame& f) {
  return Value::from(self_of(f).owner);
}

Result getset_qualname(Runtime& rt, Frame& f) {
  const Getset& g = self_of(f);
  return Value::from(new_str(rt, utf8_of(g.owner->qualname) + "." + utf8_of(g.name)));
}

Result getset_doc(Runtime& rt, Frame& f) {
  const Getset& g = self_of(f);
  const char* doc = g.is_member() ? nullptr : getset_spec(g).doc;
  return doc ? Value::from(new_str(rt, doc)) : Value::none();
}

constexpr NativeSpec kMethods[] = {
    {"__get__", getset_dunder_get, "(self, instance, owner=None, /)"},
    {"__set__", getset_dunder_set, "(self, instance, value, /)"},
    {"__delete__", getset_dunder_delete, "(self, instance, /)"},
    {"__repr__", getset_repr, "(self, /)"},
};

constexpr GetsetSpec kAttributes[] = {
    {"__name__", getset_name},
    {"__qualname__", getset_qualname},
    {"__objclass__", getset_objclass},
    {"__doc__", getset_doc},
};

}  // namespace

extern const TypeSpec kGetsetDescriptorType;
const TypeSpec kGetsetDescriptorType{"getset_descriptor",
                                     "builtins",
                                     nullptr,
                                     TypeId::Object,
                                     Kind::Getset,
                                     kTypeFinal | kTypeNoNew | kTypeHidden,
                                     kMethods,
                                     kAttributes};

}  // namespace lisle::rt

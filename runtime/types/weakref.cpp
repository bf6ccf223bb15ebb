// weakref.ref and the native half of the module weakref.
//
// References to one object are found through a table that the Runtime does not keep: the collector knows all
// weak references, so asking for those of one object walks them. Programs rarely do.
#include "runtime/types/weakref.h"

#include <cstdio>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/weak_proxy.h"

namespace lisle::rt {

namespace {

WeakRef& self_of(Frame& f) {
  return *to<WeakRef>(f[0]);
}

WeakRef* make_reference(Runtime& rt, Type* type, Value target, Value callback, u16 flags) {
  WeakRef* w = new_instance_of<WeakRef>(rt, type);
  w->target = target;
  w->callback = callback;
  w->aux = flags;
  rt.heap.add_weak(w);
  if (target.is_object()) target.object()->gc |= kGcWeakly;
  return w;
}

Result check_target(Runtime& rt, Value target) {
  if (supports_weakref(rt, target)) return Result::none();
  return raise(rt, TypeId::TypeError, "cannot create weak reference to '%s' object", type_name(rt, target));
}

// A plain reference without callback is shared, as programs expect `ref(a) is ref(a)`.
WeakRef* find_plain(Runtime& rt, Value target, u16 flags) {
  if (!target.is_object() || !(target.object()->gc & kGcWeakly)) return nullptr;
  WeakRef* found = nullptr;
  rt.heap.each_weak([&](Object* o) {
    auto* w = static_cast<WeakRef*>(o);
    bool plain = w->target == target && w->callback.is_none() && w->aux == flags;
    if (plain && (flags || type_of(rt, Value::from(w)) == rt.type(TypeId::WeakRef))) found = w;
  });
  return found;
}

Result ref_new(Runtime& rt, Frame& f) {
  Type* type = to<Type>(f[0]);
  TRY(check_target(rt, f[1]));
  Value callback = f[2].is_unbound() ? Value::none() : f[2];
  if (type == rt.type(TypeId::WeakRef) && to<Dict>(f[4])->used)
    return raise(rt, TypeId::TypeError, "ref() takes no keyword arguments");
  if (callback.is_none() && type == rt.type(TypeId::WeakRef))
    if (WeakRef* shared = find_plain(rt, f[1], 0)) return Value::from(shared);
  return Value::from(make_reference(rt, type, f[1], callback, 0));
}

Result ref_init(Runtime& rt, Frame& f) {
  u64 given = to<Tuple>(f[1])->size;
  if (given >= 1 && given <= 2) return Result::none();
  return raise(rt, TypeId::TypeError, "__init__ expected at %s argument%s, got %llu",
               given == 0 ? "least 1" : "most 2", given == 0 ? "" : "s",
               static_cast<unsigned long long>(given));
}

Result ref_call(Runtime&, Frame& f) {
  return self_of(f).target;
}

std::string start_of_repr(Value reference) {
  char text[64];
  std::snprintf(text, sizeof text, "<weakref at 0x%llx; ",
                static_cast<unsigned long long>(reference.bits() - 1));
  return text;
}

// f: self, its target.
std::string repr_with_target(Runtime& rt, Frame& f) {
  char at[32];
  std::snprintf(at, sizeof at, "' at 0x%llx", static_cast<unsigned long long>(f[1].bits() - 1));
  return start_of_repr(f[0]) + "to '" + type_name(rt, f[1]) + at;
}

// The __name__ that the class of `target` gives to its instances, as functions and classes have it; None
// when it gives none.
Result name_of(Runtime& rt, Frame& f, Value target) {
  Type* type = type_of(rt, target);
  Value name = type_lookup(rt, type, rt.names.name);
  return name.is_unbound() ? Value::none() : bind_descriptor(rt, f, name, target, type);
}

// f: self, its target.
Result ref_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[1] = self_of(f).target;
      if (f[1].is_none()) return Value::from(new_str(rt, start_of_repr(f[0]) + "dead>"));
      AWAIT(1, name_of(rt, f, f[1]));
      if (!is_str(r.value())) return Value::from(new_str(rt, repr_with_target(rt, f) + ">"));
      return Value::from(new_str(rt, repr_with_target(rt, f) + " (" + utf8_of(to<Str>(r.value())) + ")>"));
  }
  LISLE_UNREACHABLE();
}

// The hash of the target, remembered for when it is gone. f: self.
Result ref_hash(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (self_of(f).has_hash) return new_int(rt, self_of(f).hash);
      if (self_of(f).target.is_none()) return raise(rt, TypeId::TypeError, "weak object has gone away");
      AWAIT(1, hash(rt, f, self_of(f).target));
      static_cast<void>(int_to_i64(r.value(), self_of(f).hash));
      self_of(f).has_hash = true;
      return r;
  }
  LISLE_UNREACHABLE();
}

Result ref_compare(Runtime& rt, Frame& f, CompareOp op) {
  auto* other = as<WeakRef>(f[1]);
  if (!other) return Value::not_implemented();
  const WeakRef& self = self_of(f);
  if (self.target.is_none() || other->target.is_none())
    return Result::boolean((f[0] == f[1]) == (op == CompareOp::Eq));
  return compare(rt, f, op, self.target, other->target);
}

Result ref_eq(Runtime& rt, Frame& f) {
  return ref_compare(rt, f, CompareOp::Eq);
}
Result ref_ne(Runtime& rt, Frame& f) {
  return ref_compare(rt, f, CompareOp::Ne);
}

Result get_callback(Runtime&, Frame& f) {
  return self_of(f).callback;
}

// --- the module _weakref
// --------------------------------------------------------------------------------------------------

Result weakref_count(Runtime& rt, Frame& f) {
  return Value::from_int(static_cast<i64>(weakrefs_to(rt, f[0])->size));
}
Result weakref_list(Runtime& rt, Frame& f) {
  return Value::from(weakrefs_to(rt, f[0]));
}

Result weakref_proxy(Runtime& rt, Frame& f) {
  TRY(check_target(rt, f[0]));
  Value callback = f[1].is_unbound() ? Value::none() : f[1];
  bool callable = has_special(rt, f[0], Special::Call);
  Value type = module_get(rt, *to<Module>(dict_get_str(rt, *rt.modules, intern(rt, "_weakref"))),
                          callable ? "CallableProxyType" : "ProxyType");
  if (callback.is_none())
    if (WeakRef* shared = find_plain(rt, f[0], WeakRef::kProxy)) return Value::from(shared);
  return Value::from(make_reference(rt, to<Type>(type), f[0], callback, WeakRef::kProxy));
}

// Removes `key` when its value is a dead reference: what WeakValueDictionary does in its callbacks.
Result remove_dead(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, dict_get(rt, f, *to<Dict>(f[0]), f[1]));
      if (auto* w = as<WeakRef>(r.value()); !w || !w->target.is_none()) return Result::none();
      AWAIT(2, dict_delete(rt, f, *to<Dict>(f[0]), f[1]));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

void setup(Runtime& rt, Module& module) {
  Value reference = Value::from(rt.type(TypeId::WeakRef));
  module_set(rt, module, "ref", reference);
  module_set(rt, module, "ReferenceType", reference);
  module_set(rt, module, "ProxyType", Value::from(new_proxy_class(rt, "ProxyType", false)));
  module_set(rt, module, "CallableProxyType", Value::from(new_proxy_class(rt, "CallableProxyType", true)));
}

constexpr NativeSpec kFunctions[] = {
    {"getweakrefcount", weakref_count, "(object, /)", "Return the number of weak references to 'object'."},
    {"getweakrefs", weakref_list, "(object, /)",
     "Return a list of all weak reference objects pointing to 'object'."},
    {"proxy", weakref_proxy, "(object, callback=None, /)",
     "Create a proxy object that weakly references 'object'."},
    {"_remove_dead_weakref", remove_dead, "(dct, key, /)",
     "Atomically remove key from dict if it points to a dead weakref.", 2},
};

constexpr NativeSpec kMethods[] = {
    {"__new__", ref_new, "(cls, object, callback=None, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", ref_init, "(self, /, *args, **kwargs)"},
    {"__call__", ref_call, "(self, /)"},
    {"__repr__", ref_repr, "(self, /)", nullptr, 1},
    {"__hash__", ref_hash, "(self, /)", nullptr, 1},
    {"__eq__", ref_eq, "(self, value, /)"},
    {"__ne__", ref_ne, "(self, value, /)"},
};

constexpr GetsetSpec kAttributes[] = {{"__callback__", get_callback}};

}  // namespace

WeakRef* new_weakref(Runtime& rt, Value target, Value callback) {
  return make_reference(rt, rt.type(TypeId::WeakRef), target, callback, 0);
}

bool supports_weakref(Runtime& rt, Value v) {
  if (!v.is_object()) return false;
  switch (v.object()->kind) {
    case Kind::Function:
    case Kind::Type:
    case Kind::Set:
    case Kind::BoundMethod:
    case Kind::Native:
    case Kind::Generator:
    case Kind::Module:
    case Kind::Code:
    case Kind::Tasklet:
    case Kind::Channel:
    case Kind::Lock:
    case Kind::File:
    case Kind::MemoryView:
    case Kind::TypedArray:
    case Kind::GenericAlias:
      return true;
    default:
      return type_of(rt, v)->has_weakref;
  }
}

List* weakrefs_to(Runtime& rt, Value target) {
  List* out = new_list(rt);
  if (!target.is_object() || !(target.object()->gc & kGcWeakly)) return out;
  // Those that are shared come first.
  for (bool shared : {true, false}) {
    rt.heap.each_weak([&](Object* o) {
      auto* w = static_cast<WeakRef*>(o);
      bool plain =
          w->callback.is_none() && !w->aux && type_of(rt, Value::from(w)) == rt.type(TypeId::WeakRef);
      if (w->target == target && plain == shared) list_append(rt, *out, Value::from(o));
    });
  }
  return out;
}

extern const TypeSpec kWeakRefType;
const TypeSpec kWeakRefType{"ReferenceType", "weakref",   nullptr,  TypeId::Object,
                            Kind::WeakRef,   kTypeHidden, kMethods, kAttributes};

extern const ModuleSpec kWeakrefModule;
const ModuleSpec kWeakrefModule{"_weakref", "Weak-reference support module.", kFunctions, setup};

}  // namespace lisle::rt

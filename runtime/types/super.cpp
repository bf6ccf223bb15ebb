// The type `super`. Looking attributes up through it is in protocols/attribute.cpp.
#include "runtime/types/super.h"

#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/instance.h"
#include "runtime/types/require_place.h"

namespace lisle::rt {

namespace {

Super& self_of(Frame& f) {
  return *to<Super>(f[0]);
}

// The class whose MRO is searched for `obj`; obj may be an instance or a subclass of `type`.
Result check_object(Runtime& rt, Type* type, Value obj) {
  if (is_type(obj) && is_subtype(to<Type>(obj), type)) return obj;
  Type* of = type_of(rt, obj);
  if (is_subtype(of, type)) return Value::from(of);
  return raise(rt, TypeId::TypeError, "super(type, obj): obj must be an instance or subtype of type");
}

// The frame of the function that wrote super(): the nearest frame of the language.
Frame* calling_frame(Frame& f) {
  for (Frame* frame = &f; frame; frame = frame->prev)
    if (is_kind(frame->fn, Kind::Function)) return frame;
  return nullptr;
}

// Is it a variable that inner functions share, and that therefore stands in a cell?
bool is_shared(const Code& code, Value name) {
  for (u64 i = 0; code.cell_names && i < code.cell_names->size; ++i)
    if (code.cell_names->items[i] == name) return true;
  return false;
}

// super() without arguments: the class from the cell __class__, the object from the first parameter.
Result find_arguments(Runtime& rt, Frame& f, Value& type, Value& obj) {
  Frame* caller = calling_frame(f);
  if (!caller) return raise(rt, TypeId::RuntimeError, "super(): no current frame");
  const Function& function = *to<Function>(caller->fn);
  const Code& code = *function.code;
  if (code.arg_count == 0 && !(code.flags & kCodeVarArgs))
    return raise(rt, TypeId::RuntimeError, "super(): no arguments");
  obj = caller->r[0];
  if (code.arg_count == 0) {
    obj = Value::unbound();
  } else if (auto* cell = as<Cell>(obj); cell && is_shared(code, code.locals->items[0])) {
    obj = cell->content;
  }
  if (obj.is_unbound()) return raise(rt, TypeId::RuntimeError, "super(): arg[0] deleted");
  for (u64 i = 0; i < code.free_names->size; ++i) {
    if (!(code.free_names->items[i] == Value::from(rt.names.class_))) continue;
    type = to<Cell>(function.closure->items[i])->content;
    if (type.is_unbound()) return raise(rt, TypeId::RuntimeError, "super(): empty __class__ cell");
    if (!is_type(type))
      return raise(rt, TypeId::RuntimeError, "super(): __class__ is not a type (%s)", type_name(rt, type));
    return Result::none();
  }
  return raise(rt, TypeId::RuntimeError, "super(): __class__ cell not found");
}

Result super_new(Runtime& rt, Frame& f) {
  Super* s = new_instance_of<Super>(rt, to<Type>(f[0]));
  s->obj = Value::none();
  s->type = rt.type(TypeId::Object);
  return Value::from(s);
}

// Fills in what super(type, obj) says; `f` is the frame that asks.
Result bind_super(Runtime& rt, Frame& f, Super& self, Value type, Value obj) {
  if (type.is_unbound()) {
    TRY(find_arguments(rt, f, type, obj));
  } else if (!is_type(type)) {
    return raise(rt, TypeId::TypeError, "super() argument 1 must be a type, not %s", type_name(rt, type));
  }
  self.type = to<Type>(type);
  self.obj = Value::none();
  self.obj_type = nullptr;
  if (!obj.is_unbound() && !obj.is_none()) {
    self.obj_type = to<Type>(TRY(check_object(rt, self.type, obj)));
    self.obj = obj;
  }
  rt.heap.wrote(&self);
  return Value::from(&self);
}

// Not an instance by its own class, but possibly by what it says in __class__, as proxies do.
bool may_be_proxy(Runtime& rt, Value type, Value obj) {
  if (!is_type(type) || obj.is_unbound() || obj.is_none() || is_subtype(type_of(rt, obj), to<Type>(type)))
    return false;
  return !is_type(obj) || !is_subtype(to<Type>(obj), to<Type>(type));
}

// f: self, class, object.
Result super_init(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (may_be_proxy(rt, f[1], f[2])) {
        AWAIT(1, get_attr_or_unbound(rt, f, f[2], rt.names.class_));
        if (is_type(r.value()) && is_subtype(to<Type>(r.value()), to<Type>(f[1]))) {
          self_of(f).type = to<Type>(f[1]);
          self_of(f).obj_type = to<Type>(r.value());
          self_of(f).obj = f[2];
          rt.heap.wrote(f[0].object());
          return Result::none();
        }
      }
      TRY(bind_super(rt, f, self_of(f), f[1], f[2]));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result super_get(Runtime& rt, Frame& f) {
  TRY(require_place(rt, f));
  Super& self = self_of(f);
  if (f[1].is_none() || self.obj_type) return f[0];
  if (type_of(rt, f[0]) != rt.type(TypeId::Super))
    return call(rt, f, Value::from(type_of(rt, f[0])), {Value::from(self.type), f[1]});
  Type* of = to<Type>(TRY(check_object(rt, self.type, f[1])));
  Super* bound = rt.make<Super>(TypeId::Super);
  bound->type = self.type;
  bound->obj = f[1];
  bound->obj_type = of;
  return Value::from(bound);
}

Result super_repr(Runtime& rt, Frame& f) {
  const Super& self = self_of(f);
  std::string text = "<super: <class '" + utf8_of(self.type->name) + "'>, ";
  text += self.obj_type ? "<" + utf8_of(self.obj_type->name) + " object>>" : "NULL>";
  return Value::from(new_str(rt, text));
}

Result super_getattribute(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "attribute name must be string, not '%s'", type_name(rt, f[1]));
  return generic_get_attr(rt, f, f[0], intern(rt, to<Str>(f[1])));
}

Result get_this_class(Runtime&, Frame& f) {
  return Value::from(self_of(f).type);
}
Result get_self(Runtime&, Frame& f) {
  return self_of(f).obj;
}
Result get_self_class(Runtime&, Frame& f) {
  return self_of(f).obj_type ? Value::from(self_of(f).obj_type) : Value::none();
}

constexpr NativeSpec kMethods[] = {
    {"__new__", super_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", super_init, "(self, type=None, obj=None, /)", nullptr, 3},
    {"__get__", super_get, "(self, instance, owner=None, /)"},
    {"__repr__", super_repr, "(self, /)"},
    {"__getattribute__", super_getattribute, "(self, name, /)"},
};

constexpr GetsetSpec kAttributes[] = {
    {"__thisclass__", get_this_class, readonly_member, "the class invoking super()"},
    {"__self__", get_self, readonly_member, "the instance invoking super(); may be None"},
    {"__self_class__", get_self_class, readonly_member,
     "the type of the instance invoking super(); may be None"},
};

}  // namespace

Value super_lookup(Runtime& rt, const Super& self, Str* name) {
  const Tuple* mro = self.obj_type->mro;
  u64 i = 0;
  while (i < mro->size && mro->items[i].object() != self.type) ++i;
  for (++i; i < mro->size; ++i) {
    Value v = dict_get_str(rt, *to<Type>(mro->items[i])->dict, name);
    if (!v.is_unbound()) return v;
  }
  return Value::unbound();
}

Result make_super(Runtime& rt, Frame& f, Value type, Value obj) {
  if (LISLE_UNLIKELY(may_be_proxy(rt, type, obj))) {
    Value args[2] = {type, obj};
    return call_internal(
        rt, f, Internal::TypeCall,
        {Value::from(rt.type(TypeId::Super)), Value::from(new_tuple_from(rt, args, 2)), Value::none()});
  }
  return bind_super(rt, f, *new_instance_of<Super>(rt, rt.type(TypeId::Super)), type, obj);
}

extern const TypeSpec kSuperType;
const TypeSpec kSuperType{
    "super",        "builtins",  "super() -> same as super(__class__, <first argument>)",
    TypeId::Object, Kind::Super, 0,
    kMethods,       kAttributes};

}  // namespace lisle::rt

// types.GenericAlias (list[int]) and types.UnionType (int | str).
#include "runtime/types/generic_alias.h"

#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/pure.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/instance.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

GenericAlias& self_of(Frame& f) {
  return *to<GenericAlias>(f[0]);
}

Tuple* as_arguments(Runtime& rt, Value args) {
  if (auto* tuple = as<Tuple>(args)) return tuple;
  return new_tuple_from(rt, &args, 1);
}

GenericAlias* make(Runtime& rt, TypeId type, Value origin, Tuple* args) {
  auto* alias = rt.make<GenericAlias>(type);
  alias->origin = origin;
  alias->args = args;
  alias->parameters = Value::unbound();
  return alias;
}

// A type variable as typing makes them: its class is called TypeVar and lives in typing.
bool is_type_variable(Runtime& rt, Value v) {
  const Type* type = type_of(rt, v);
  if (!type->is_heap) return false;
  bool named = str_equals(type->name, "TypeVar") || str_equals(type->name, "ParamSpec") ||
               str_equals(type->name, "TypeVarTuple");
  Value module = dict_get_str(rt, *type->dict, rt.names.module);
  return named && is_str(module) && str_equals(to<Str>(module), "typing");
}

bool contains_item(const List& list, Value v) {
  for (u64 i = 0; i < list.size; ++i)
    if (list.items->items[i] == v) return true;
  return false;
}

void collect_parameters(Runtime& rt, const Tuple& args, List& out) {
  for (u64 i = 0; i < args.size; ++i) {
    Value v = args.items[i];
    if (is_type_variable(rt, v)) {
      if (!contains_item(out, v)) list_append(rt, out, v);
      continue;
    }
    Value inner = Value::unbound();
    if (auto* alias = as<GenericAlias>(v)) {
      collect_parameters(rt, *alias->args, out);
    } else if (v.is_object() && !is_type(v) && has_attribute_storage(rt, v.object())) {
      inner = own_attribute(rt, v.object(), intern(rt, "__parameters__"));
    }
    if (auto* tuple = as<Tuple>(inner))
      for (u64 j = 0; j < tuple->size; ++j)
        if (!contains_item(out, tuple->items[j])) list_append(rt, out, tuple->items[j]);
  }
}

Tuple* parameters_of(Runtime& rt, GenericAlias& alias) {
  if (auto* known = as<Tuple>(alias.parameters)) return known;
  List* list = new_list(rt);
  collect_parameters(rt, *alias.args, *list);
  Tuple* out = new_tuple_from(rt, list->size ? list->items->items : nullptr, list->size);
  alias.parameters = Value::from(out);
  rt.heap.wrote(&alias);
  return out;
}

Value substitute(Runtime& rt, Value v, const Tuple& parameters, const Tuple& values);

Tuple* substitute_all(Runtime& rt, const Tuple& args, const Tuple& parameters, const Tuple& values) {
  Tuple* out = new_tuple(rt, args.size);
  for (u64 i = 0; i < args.size; ++i) {
    out->items[i] = args.items[i];
    out->items[i] = substitute(rt, args.items[i], parameters, values);
    rt.heap.wrote(out);
  }
  return out;
}

Value substitute(Runtime& rt, Value v, const Tuple& parameters, const Tuple& values) {
  for (u64 i = 0; i < parameters.size; ++i)
    if (parameters.items[i] == v) return values.items[i];
  auto* alias = as<GenericAlias>(v);
  if (!alias) return v;
  Tuple* args = substitute_all(rt, *alias->args, parameters, values);
  TypeId id = is_union(rt, v) ? TypeId::UnionType : TypeId::GenericAlias;
  return Value::from(make(rt, id, alias->origin, args));
}

Result alias_new(Runtime& rt, Frame& f) {
  return Value::from(make(rt, TypeId::GenericAlias, f[1], as_arguments(rt, f[2])));
}

// list[T][int].
Result alias_getitem(Runtime& rt, Frame& f) {
  GenericAlias& self = self_of(f);
  Tuple* parameters = parameters_of(rt, self);
  Tuple* values = as_arguments(rt, f[1]);
  if (parameters->size == 0 || parameters->size != values->size) {
    std::string name =
        is_type(self.origin) ? utf8_of(to<Type>(self.origin)->name) : type_name(rt, self.origin);
    if (parameters->size == 0) return raise(rt, TypeId::TypeError, "%s is not a generic class", name.c_str());
    return raise(rt, TypeId::TypeError, "Too %s arguments for %s; actual %llu, expected %llu",
                 values->size > parameters->size ? "many" : "few", name.c_str(),
                 static_cast<unsigned long long>(values->size),
                 static_cast<unsigned long long>(parameters->size));
  }
  return substitute(rt, f[0], *parameters, *values);
}

// What repr() shows for a part: classes by their names, everything else by its repr.
Result part_name(Runtime& rt, Frame& f, Value v) {
  if (v.is_ellipsis()) return Value::from(intern(rt, "..."));
  auto* type = as<Type>(v);
  if (!type) return to_repr(rt, f, v);
  if (type == rt.type(TypeId::NoneType)) return Value::from(intern(rt, "None"));
  Value module = dict_get_str(rt, *type->dict, rt.names.module);
  std::string name = utf8_of(type->qualname);
  if (is_str(module) && !str_equals(to<Str>(module), "builtins"))
    name = utf8_of(to<Str>(module)) + "." + name;
  return Value::from(new_str(rt, name));
}

// f: self, text so far, position.
Result alias_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, part_name(rt, f, self_of(f).origin));
      f[1] = TRY(str_concat(rt, to<Str>(r.value()), new_str(rt, "[")));
      if (self_of(f).args->size == 0) f[1] = TRY(str_concat(rt, to<Str>(f[1]), new_str(rt, "()")));
      for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(self_of(f).args->size);
           f[2] = Value::from_int(f[2].as_int() + 1)) {
        if (f[2].as_int()) f[1] = TRY(str_concat(rt, to<Str>(f[1]), new_str(rt, ", ")));
        AWAIT(2, part_name(rt, f, self_of(f).args->items[f[2].as_int()]));
        f[1] = TRY(str_concat(rt, to<Str>(f[1]), to<Str>(r.value())));
      }
      return str_concat(rt, to<Str>(f[1]), new_str(rt, "]"));
  }
  LISLE_UNREACHABLE();
}

Result alias_eq(Runtime& rt, Frame& f) {
  auto* other = as<GenericAlias>(f[1]);
  if (!other || is_union(rt, f[1])) return Value::not_implemented();
  const GenericAlias& self = self_of(f);
  if (!(self.origin == other->origin) || self.aux != other->aux) return Result::boolean(false);
  return equal(rt, f, Value::from(self.args), Value::from(other->args));
}

Result alias_hash(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, hash(rt, f, Value::from(self_of(f).args)));
      return Value::from_int(
          ((r.value().is_int() ? r.value().as_int() : 0) ^ identity_hash(self_of(f).origin)) >> 2);
  }
  LISLE_UNREACHABLE();
}

// list[int]() makes a list; instances that can have attributes learn where they come from. f: self, args,
// keywords.
Result alias_call(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_spread(rt, f, self_of(f).origin, to<Tuple>(f[1]), to<Dict>(f[2])));
      if (r.value().is_object() && !is_type(r.value()) && r.value().object()->kind == Kind::Instance &&
          has_attribute_storage(rt, r.value().object()))
        set_own_attribute(rt, r.value().object(), intern(rt, "__orig_class__"), f[0]);
      return r;
  }
  LISLE_UNREACHABLE();
}

Result alias_mro_entries(Runtime& rt, Frame& f) {
  Value origin = self_of(f).origin;
  return Value::from(new_tuple_from(rt, &origin, 1));
}

Result alias_instancecheck(Runtime& rt, Frame&) {
  return raise(rt, TypeId::TypeError, "isinstance() argument 2 cannot be a parameterized generic");
}
Result alias_subclasscheck(Runtime& rt, Frame&) {
  return raise(rt, TypeId::TypeError, "issubclass() argument 2 cannot be a parameterized generic");
}

Result alias_iter(Runtime& rt, Frame& f) {
  GenericAlias* unpacked = make(rt, TypeId::GenericAlias, self_of(f).origin, self_of(f).args);
  unpacked->aux = GenericAlias::kUnpacked;
  Value item = Value::from(unpacked);
  return iter(rt, f, Value::from(new_tuple_from(rt, &item, 1)));
}

Result alias_getattribute(Runtime& rt, Frame& f) {
  if (!is_str(f[1]))
    return raise(rt, TypeId::TypeError, "attribute name must be string, not '%s'", type_name(rt, f[1]));
  return generic_get_attr(rt, f, f[0], intern(rt, to<Str>(f[1])));
}

Result alias_reduce(Runtime& rt, Frame& f) {
  Value arguments[2] = {self_of(f).origin, Value::from(self_of(f).args)};
  Value pair[2] = {Value::from(rt.type(TypeId::GenericAlias)), Value::from(new_tuple_from(rt, arguments, 2))};
  return Value::from(new_tuple_from(rt, pair, 2));
}

Result get_origin(Runtime&, Frame& f) {
  return self_of(f).origin;
}
Result get_args(Runtime&, Frame& f) {
  return Value::from(self_of(f).args);
}
Result get_parameters(Runtime& rt, Frame& f) {
  return Value::from(parameters_of(rt, self_of(f)));
}
Result get_unpacked(Runtime&, Frame& f) {
  return Result::boolean(f[0].object()->aux & GenericAlias::kUnpacked);
}

// --- unions
// --------------------------------------------------------------------------------------------------------------

bool can_be_united(Runtime& rt, Value v) {
  return v.is_none() || is_type(v) || is_kind(v, Kind::GenericAlias) || is_type_variable(rt, v);
}

void add_member(Runtime& rt, List& out, Value v) {
  if (is_union(rt, v)) {
    const Tuple& args = *to<GenericAlias>(v)->args;
    for (u64 i = 0; i < args.size; ++i) add_member(rt, out, args.items[i]);
    return;
  }
  if (v.is_none()) v = Value::from(rt.type(TypeId::NoneType));
  for (u64 i = 0; i < out.size; ++i) {
    Value known = out.items->items[i];
    bool same = false;
    if (known == v) return;
    auto *a = as<GenericAlias>(known), *b = as<GenericAlias>(v);
    if (a && b && a->origin == b->origin &&
        pure_equal(rt, Value::from(a->args), Value::from(b->args), same) && same)
      return;
  }
  list_append(rt, out, v);
}

Result union_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[1] = Value::from(rt.names.empty);
      for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(self_of(f).args->size);
           f[2] = Value::from_int(f[2].as_int() + 1)) {
        if (f[2].as_int()) f[1] = TRY(str_concat(rt, to<Str>(f[1]), new_str(rt, " | ")));
        AWAIT(1, part_name(rt, f, self_of(f).args->items[f[2].as_int()]));
        f[1] = TRY(str_concat(rt, to<Str>(f[1]), to<Str>(r.value())));
      }
      return f[1];
  }
  LISLE_UNREACHABLE();
}

bool has_member(Runtime& rt, const Tuple& args, Value v) {
  for (u64 i = 0; i < args.size; ++i) {
    bool same = args.items[i] == v;
    auto *a = as<GenericAlias>(args.items[i]), *b = as<GenericAlias>(v);
    if (!same && a && b && a->origin == b->origin)
      static_cast<void>(pure_equal(rt, Value::from(a->args), Value::from(b->args), same));
    if (same) return true;
  }
  return false;
}

Result union_eq(Runtime& rt, Frame& f) {
  if (!is_union(rt, f[1])) return Value::not_implemented();
  const Tuple &a = *self_of(f).args, &b = *to<GenericAlias>(f[1])->args;
  if (a.size != b.size) return Result::boolean(false);
  for (u64 i = 0; i < a.size; ++i)
    if (!has_member(rt, b, a.items[i])) return Result::boolean(false);
  return Result::boolean(true);
}

Value origin_of(Value v) {
  return is_kind(v, Kind::GenericAlias) ? to<GenericAlias>(v)->origin : v;
}

Result union_hash(Runtime&, Frame& f) {
  // The order of the members does not count.
  u64 h = 0;
  const Tuple& args = *self_of(f).args;
  for (u64 i = 0; i < args.size; ++i)
    h += static_cast<u64>(identity_hash(origin_of(args.items[i]))) * 0x9E3779B97F4A7C15u;
  return Value::from_int(static_cast<i64>(h >> 4));
}

Result union_or(Runtime& rt, Frame& f) {
  return union_of(rt, f[0], f[1]);
}
Result union_ror(Runtime& rt, Frame& f) {
  return union_of(rt, f[1], f[0]);
}

Result union_instancecheck(Runtime& rt, Frame& f) {
  return check_instance(rt, f, f[1], Value::from(self_of(f).args));
}
Result union_subclasscheck(Runtime& rt, Frame& f) {
  return check_subclass(rt, f, f[1], Value::from(self_of(f).args));
}

Result union_getitem(Runtime& rt, Frame& f) {
  GenericAlias& self = self_of(f);
  Tuple* parameters = parameters_of(rt, self);
  Tuple* values = as_arguments(rt, f[1]);
  if (parameters->size == 0 || parameters->size != values->size)
    return raise(rt, TypeId::TypeError, "There are no type variables left in %s", "union");
  Tuple* args = substitute_all(rt, *self.args, *parameters, *values);
  Value out = args->items[0];
  for (u64 i = 1; i < args->size; ++i) out = TRY(union_of(rt, out, args->items[i]));
  return out;
}

constexpr NativeSpec kAliasMethods[] = {
    {"__new__", alias_new, "(cls, origin, args, /)", nullptr, 0, kStatic},
    {"__repr__", alias_repr, "(self, /)", nullptr, 3},
    {"__getitem__", alias_getitem, "(self, key, /)"},
    {"__eq__", alias_eq, "(self, value, /)"},
    {"__hash__", alias_hash, "(self, /)", nullptr, 1},
    {"__call__", alias_call, "(self, /, *args, **kwargs)", nullptr, 3},
    {"__mro_entries__", alias_mro_entries, "(self, bases, /)"},
    {"__instancecheck__", alias_instancecheck, "(self, instance, /)"},
    {"__subclasscheck__", alias_subclasscheck, "(self, subclass, /)"},
    {"__iter__", alias_iter, "(self, /)"},
    {"__getattribute__", alias_getattribute, "(self, name, /)"},
    {"__reduce__", alias_reduce, "(self, /)"},
    {"__or__", union_or, "(self, value, /)"},
    {"__ror__", union_ror, "(self, value, /)"},
};

constexpr GetsetSpec kAliasAttributes[] = {
    {"__origin__", get_origin},
    {"__args__", get_args},
    {"__parameters__", get_parameters},
    {"__unpacked__", get_unpacked},
};

constexpr NativeSpec kUnionMethods[] = {
    {"__repr__", union_repr, "(self, /)", nullptr, 3},
    {"__eq__", union_eq, "(self, value, /)"},
    {"__hash__", union_hash, "(self, /)"},
    {"__or__", union_or, "(self, value, /)"},
    {"__ror__", union_ror, "(self, value, /)"},
    {"__getitem__", union_getitem, "(self, key, /)"},
    {"__instancecheck__", union_instancecheck, "(self, instance, /)"},
    {"__subclasscheck__", union_subclasscheck, "(self, subclass, /)"},
};

constexpr GetsetSpec kUnionAttributes[] = {
    {"__args__", get_args},
    {"__parameters__", get_parameters},
};

}  // namespace

Result new_generic_alias(Runtime& rt, Value origin, Value args) {
  return Value::from(make(rt, TypeId::GenericAlias, origin, as_arguments(rt, args)));
}

Result union_of(Runtime& rt, Value a, Value b) {
  if (!can_be_united(rt, a) || !can_be_united(rt, b)) return Value::not_implemented();
  List* members = new_list(rt);
  add_member(rt, *members, a);
  add_member(rt, *members, b);
  if (members->size == 1) return members->items->items[0];
  Tuple* args = new_tuple_from(rt, members->items->items, members->size);
  return Value::from(make(rt, TypeId::UnionType, Value::none(), args));
}

bool is_union(const Runtime& rt, Value v) {
  return is_kind(v, Kind::GenericAlias) && type_of(rt, v) == rt.type(TypeId::UnionType);
}

bool alias_owns(Runtime& rt, const Str* name) {
  static_cast<void>(rt);
  for (const char* own :
       {"__origin__", "__args__", "__parameters__", "__unpacked__", "__mro_entries__", "__reduce_ex__",
        "__reduce__", "__copy__", "__deepcopy__", "__typing_unpacked_tuple_args__", "__class__"})
    if (str_equals(name, own)) return true;
  return false;
}

extern const TypeSpec kGenericAliasType, kUnionTypeType;
const TypeSpec kGenericAliasType{"GenericAlias",
                                 "types",
                                 "Represent a PEP 585 generic type",
                                 TypeId::Object,
                                 Kind::GenericAlias,
                                 kTypeHidden,
                                 kAliasMethods,
                                 kAliasAttributes};
const TypeSpec kUnionTypeType{"UnionType",
                              "types",
                              "Represent a PEP 604 union type",
                              TypeId::Object,
                              Kind::GenericAlias,
                              kTypeHidden | kTypeFinal | kTypeNoNew,
                              kUnionMethods,
                              kUnionAttributes};

}  // namespace lisle::rt

// types.GenericAlias (list[int]) and types.UnionType (int | str).
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/set.h"

#include <string>

#include "runtime/protocols/arith.h"
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

// What an alias answers itself; every other attribute is its origin's.
constexpr const char* kOwnNames[] = {
    "__origin__",    "__args__",   "__parameters__", "__unpacked__", "__mro_entries__",
    "__reduce_ex__", "__reduce__", "__copy__",       "__deepcopy__", "__typing_unpacked_tuple_args__",
    "__class__"};

Value next_place(Value place) {
  return Value::from_int(place.as_int() + 1);
}

// The pieces of substitute_parameters_steps; `f` is its frame.
Result check_count(Runtime& rt, Frame& f) {
  u64 wanted = parameters_of(rt, self_of(f))->size, given = to<Tuple>(f[2])->size;
  if (wanted > 0 && wanted == given) return Result::none();
  return call_internal(rt, f, Internal::WrongParameterCount, {f[0], f[2]});
}

Value value_of(Runtime& rt, Frame& f, Value parameter) {
  const Tuple& parameters = *parameters_of(rt, self_of(f));
  for (u64 i = 0; i < parameters.size; ++i)
    if (parameters.items[i] == parameter) return to<Tuple>(f[2])->items[i];
  return parameter;
}

// What an argument's own parameters become, or None when it has none.
Value values_for(Runtime& rt, Frame& f, Value inner) {
  auto* own = as<Tuple>(inner);
  if (!own || own->size == 0) return Value::none();
  List* out = new_list(rt);
  for (u64 i = 0; i < own->size; ++i) {
    Value v = value_of(rt, f, own->items[i]);
    // A variable tuple stands for as many as there are.
    auto* many = as<Tuple>(v);
    bool spreads = many && str_equals(type_of(rt, own->items[i])->name, "TypeVarTuple");
    if (!spreads) list_append(rt, *out, v);
    for (u64 k = 0; spreads && k < many->size; ++k) list_append(rt, *out, many->items[k]);
  }
  return Value::from(new_tuple_from(rt, out->size ? out->items->items : nullptr, out->size));
}

// The third argument, of copies and pickles, makes it *origin[args].
Result alias_new(Runtime& rt, Frame& f) {
  GenericAlias* alias = make(rt, TypeId::GenericAlias, f[1], as_arguments(rt, f[2]));
  if (f[3].is_true()) alias->aux = GenericAlias::kUnpacked;
  return Value::from(alias);
}

// list[T][int]. f: self, key.
Result alias_getitem(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::SubstituteParameters, {f[0], f[1]}));
      return Value::from(make(rt, TypeId::GenericAlias, self_of(f).origin, to<Tuple>(r.value())));
  }
  LISLE_UNREACHABLE();
}

// What repr() shows for a part: classes by their names, everything else by its repr.
Result part_name(Runtime& rt, Frame& f, Value v) {
  if (v.is_ellipsis()) return Value::from(intern(rt, "..."));
  if (v == Value::from(rt.type(TypeId::NoneType))) return Value::from(intern(rt, "None"));
  Value module = Value::none();
  std::string name;
  if (auto* type = as<Type>(v)) {
    module = dict_get_str(rt, *type->dict, rt.names.module);
    name = utf8_of(type->qualname);
  } else if (auto* function = as<Function>(v)) {
    module = function->module;
    name = utf8_of(function->qualname);
  } else if (auto* native = as<Native>(v); native && !native->owner) {
    module = native->module;
    name = utf8_of(native->name);
  }
  if (name.empty() || (module.is_none() && !is_type(v))) return to_repr(rt, f, v);
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
      if (self_of(f).aux & GenericAlias::kUnpacked)
        r = TRY(str_concat(rt, new_str(rt, "*"), to<Str>(r.value())));
      f[1] = TRY(str_concat(rt, to<Str>(r.value()), new_str(rt, "[")));
      if (self_of(f).args->size == 0) f[1] = TRY(str_concat(rt, to<Str>(f[1]), new_str(rt, "()")));
      for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(self_of(f).args->size);
           f[2] = Value::from_int(f[2].as_int() + 1)) {
        if (f[2].as_int()) f[1] = TRY(str_concat(rt, to<Str>(f[1]), new_str(rt, ", ")));
        AWAIT(2, part_name(rt, f, item_at(self_of(f).args, f[2])));
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
  const GenericAlias& self = self_of(f);
  bool unpacked = self.aux & GenericAlias::kUnpacked;
  Value arguments[3] = {self.origin, Value::from(self.args), Value::true_()};
  Value pair[2] = {Value::from(rt.type(TypeId::GenericAlias)),
                   Value::from(new_tuple_from(rt, arguments, unpacked ? 3 : 2))};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// The names of the origin's attributes and of our own. f: self, list of names.
Result alias_dir(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call(rt, f, module_get(rt, *rt.builtins, "dir"), {self_of(f).origin}));
      f[1] = r.value();
      if (auto* names = as<List>(f[1]))
        for (const char* own : kOwnNames)
          if (Value name = Value::from(intern(rt, own)); !contains_item(*names, name))
            list_append(rt, *names, name);
      return f[1];
  }
  LISLE_UNREACHABLE();
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
        AWAIT(1, part_name(rt, f, item_at(self_of(f).args, f[2])));
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

// The order of the members does not count.
Result union_hash(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, set_of(rt, f, TypeId::FrozenSet, Value::from(self_of(f).args)));
      return new_int(rt, frozenset_hash(*to<Set>(r.value())));
  }
  LISLE_UNREACHABLE();
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

// (list[T] | int)[str]. f: self, key; members, position, the union so far.
Result union_getitem(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::SubstituteParameters, {f[0], f[1]}));
      f[2] = r.value();
      f[4] = to<Tuple>(f[2])->items[0];
      for (f[3] = Value::from_int(1); f[3].as_int() < static_cast<i64>(to<Tuple>(f[2])->size);
           f[3] = Value::from_int(f[3].as_int() + 1)) {
        AWAIT(2, binary(rt, f, BinaryOp::Or, f[4], item_at(to<Tuple>(f[2]), f[3])));
        f[4] = r.value();
      }
      return f[4];
  }
  LISLE_UNREACHABLE();
}

constexpr NativeSpec kAliasMethods[] = {
    {"__new__", alias_new, "(cls, origin, args, unpacked=False, /)", nullptr, 0, kStatic},
    {"__repr__", alias_repr, "(self, /)", nullptr, 3},
    {"__getitem__", alias_getitem, "(self, key, /)", nullptr, 2},
    {"__dir__", alias_dir, "(self, /)", nullptr, 2},
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
    {"__hash__", union_hash, "(self, /)", nullptr, 1},
    {"__or__", union_or, "(self, value, /)"},
    {"__ror__", union_ror, "(self, value, /)"},
    {"__getitem__", union_getitem, "(self, key, /)", nullptr, 5},
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
  for (const char* own : kOwnNames)
    if (str_equals(name, own)) return true;
  return false;
}

// The arguments of an alias with its type variables replaced, a tuple. f: alias, key; values for the
// variables, arguments so far (a list), position, the argument, what it answered, its own parameters.
Result substitute_parameters_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = Value::from(as_arguments(rt, f[1]));
      for (f[4] = Value::from_int(0); f[4].as_int() < static_cast<i64>(parameters_of(rt, self_of(f))->size);
           f[4] = next_place(f[4])) {
        f[5] = item_at(parameters_of(rt, self_of(f)), f[4]);
        AWAIT(1, get_attr_or_unbound(rt, f, f[5], intern(rt, "__typing_prepare_subst__")));
        if (r.value().is_unbound()) continue;
        f[6] = r.value();
        AWAIT(2, call(rt, f, f[6], {f[0], f[2]}));
        f[2] = Value::from(as_arguments(rt, r.value()));
      }
      AWAIT(3, check_count(rt, f));
      f[3] = Value::from(new_list(rt));
      for (f[4] = Value::from_int(0); f[4].as_int() < static_cast<i64>(self_of(f).args->size);
           f[4] = next_place(f[4])) {
        f[5] = item_at(self_of(f).args, f[4]);
        if (is_type(f[5])) {
          list_append(rt, *to<List>(f[3]), f[5]);
          continue;
        }
        AWAIT(4, get_attr_or_unbound(rt, f, f[5], intern(rt, "__typing_is_unpacked_typevartuple__")));
        f[8] = Value::from_bool(r.value().is_true());
        AWAIT(5, get_attr_or_unbound(rt, f, f[5], intern(rt, "__typing_subst__")));
        if (!r.value().is_unbound()) {
          f[6] = r.value();
          AWAIT(6, call(rt, f, f[6], {value_of(rt, f, f[5])}));
        } else {
          AWAIT(7, get_attr_or_unbound(rt, f, f[5], intern(rt, "__parameters__")));
          f[7] = values_for(rt, f, r.value());
          r = f[5];
          if (!f[7].is_none()) {
            AWAIT(8, get_item(rt, f, f[5], f[7]));
          }
        }
        if (f[8].is_true() && is_kind(r.value(), Kind::Tuple)) {
          const Tuple& more = *to<Tuple>(r.value());
          for (u64 i = 0; i < more.size; ++i) list_append(rt, *to<List>(f[3]), more.items[i]);
        } else {
          list_append(rt, *to<List>(f[3]), r.value());
        }
      }
      {
        const List& out = *to<List>(f[3]);
        return Value::from(new_tuple_from(rt, out.size ? out.items->items : nullptr, out.size));
      }
  }
  LISLE_UNREACHABLE();
}

// "Too few arguments for list[T]". f: as substitute_parameters_steps.
Result wrong_count_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_repr(rt, f, f[0]));
      u64 wanted = parameters_of(rt, self_of(f))->size, given = to<Tuple>(f[1])->size;
      std::string name = utf8_of(to<Str>(r.value()));
      if (wanted == 0) return raise(rt, TypeId::TypeError, "%s is not a generic class", name.c_str());
      return raise(rt, TypeId::TypeError, "Too %s arguments for %s; actual %llu, expected %llu",
                   given > wanted ? "many" : "few", name.c_str(), static_cast<unsigned long long>(given),
                   static_cast<unsigned long long>(wanted));
  }
  LISLE_UNREACHABLE();
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

// How plain objects are copied and pickled: object.__reduce_ex__ and __getstate__.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/instance.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/object.h"

namespace lisle::rt {

namespace {

void add_member(Runtime& rt, List& members, Value v) {
  auto* member = as<Getset>(v);
  if (!member || !member->is_member()) return;
  list_append(rt, members, Value::from(member->name));
  list_append(rt, members, Value::from_int(member->row));
}

// What `type` itself adds, as its __slots__ name it. Where that is not to be seen any more, the order is that
// of the names.
void add_members(Runtime& rt, List& members, Type* type) {
  const Value names = dict_get_str(rt, *type->dict, rt.names.slots);
  if (names.is_unbound()) return;
  const auto* tuple = as<Tuple>(names);
  const auto* list = as<List>(names);
  if (tuple || list) {
    const u64 count = tuple ? tuple->size : list->size;
    for (u64 i = 0; i < count; ++i) {
      const Value name = tuple ? tuple->items[i] : list->items->items[i];
      if (!is_str(name)) continue;
      add_member(rt, members, dict_get_str(rt, *type->dict, mangle(rt, type->name, to<Str>(name))));
    }
    return;
  }
  u64 position = 0;
  Value key, value;
  while (dict_next(*type->dict, position, key, value)) add_member(rt, members, value);
}

Value import_function(Runtime& rt) {
  return module_get(rt, *rt.builtins, "__import__");
}

Value tuple_with(Runtime& rt, Value first, Tuple* rest) {
  Tuple* out = new_tuple(rt, rest->size + 1);
  out->items[0] = first;
  for (u64 i = 0; i < rest->size; ++i) out->items[i + 1] = rest->items[i];
  return Value::from(out);
}

// Has the class of `v` a __getstate__ of its own?
bool tells_state(Runtime& rt, Value v) {
  Str* name = intern(rt, "__getstate__");
  Value own = type_lookup(rt, type_of(rt, v), name);
  return !(own == type_lookup(rt, rt.type(TypeId::Object), name));
}

// What the class of f[0] has as `name`, bound to it; unbound when it has nothing. Instances have no say.
Result special_attribute(Runtime& rt, Frame& f, const char* name) {
  Type* type = type_of(rt, f[0]);
  Value found = type_lookup(rt, type, intern(rt, name));
  return found.is_unbound() ? Result(found) : bind_descriptor(rt, f, found, f[0], type);
}

// What __getnewargs_ex__ answers: positional and named arguments.
Result check_newargs_ex(Runtime& rt, Value answer) {
  Tuple* pair = as<Tuple>(answer);
  if (!pair)
    return raise(rt, TypeId::TypeError, "__getnewargs_ex__ should return a tuple, not '%s'",
                 type_name(rt, answer));
  if (pair->size != 2)
    return raise(rt, TypeId::ValueError, "__getnewargs_ex__ should return a tuple of length 2, not %llu",
                 static_cast<unsigned long long>(pair->size));
  if (!is_kind(pair->items[0], Kind::Tuple))
    return raise(rt, TypeId::TypeError,
                 "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%s'",
                 type_name(rt, pair->items[0]));
  if (!is_kind(pair->items[1], Kind::Dict))
    return raise(rt, TypeId::TypeError,
                 "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%s'",
                 type_name(rt, pair->items[1]));
  return Result::none();
}

}  // namespace

List* slot_members(Runtime& rt, Type* type) {
  if (type->slot_total == 0) return nullptr;
  List* members = new_list(rt, type->slot_total * 2);
  for (u64 i = 0; i < type->mro->size; ++i) add_members(rt, *members, to<Type>(type->mro->items[i]));
  return members;
}

Dict* slot_state(Runtime& rt, Object* o, const List& members) {
  Dict* state = nullptr;
  for (u64 i = 0; i < members.size; i += 2) {
    const Value v = member_slot(rt, o, static_cast<u32>(members.items->items[i + 1].as_int()));
    if (v.is_unbound()) continue;
    if (!state) state = new_dict(rt, members.size / 2);
    dict_set_str(rt, *state, to<Str>(members.items->items[i]), v);
  }
  return state;
}

Result object_getstate(Runtime& rt, Frame& f) {
  if (!f[0].is_object()) return Result::none();
  Object* o = f[0].object();
  Type* type = type_of(rt, f[0]);
  Value state = Value::none();
  if (o->kind != Kind::Type && o->kind != Kind::Module && has_attribute_storage(rt, o)) {
    Dict* d = attribute_dict(rt, o);
    if (d->used) state = Value::from(d);
  }
  const List* members = slot_members(rt, type);
  Dict* slots = members ? slot_state(rt, o, *members) : nullptr;
  if (!slots) return state;
  Value pair[2] = {state, Value::from(slots)};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// What protocols 2 and later do: copyreg.__newobj__(cls, *args), state, list items, dict items.
// f: object, arguments then state, unused, result so far.
Result object_reduce_newobj_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, special_attribute(rt, f, "__getnewargs_ex__"));
      if (!r.value().is_unbound()) {
        AWAIT(2, call(rt, f, r.value(), {}));
        TRY(check_newargs_ex(rt, r.value()));
        f[1] = r.value();
      } else {
        AWAIT(3, special_attribute(rt, f, "__getnewargs__"));
        f[1] = Value::from(rt.empty_tuple);
        if (!r.value().is_unbound()) {
          AWAIT(4, call(rt, f, r.value(), {}));
          if (!is_kind(r.value(), Kind::Tuple))
            return raise(rt, TypeId::TypeError, "__getnewargs__ should return a tuple, not '%s'",
                         type_name(rt, r.value()));
          f[1] = r.value();
        } else if (f[0].is_object()) {
          Kind kind = f[0].object()->kind;
          bool copies = kind == Kind::Instance || kind == Kind::Exception || kind == Kind::List ||
                        kind == Kind::Dict || kind == Kind::Set || type_of(rt, f[0])->is_heap ||
                        tells_state(rt, f[0]);
          if (!copies) return raise(rt, TypeId::TypeError, "cannot pickle '%s' object", type_name(rt, f[0]));
        }
        Value pair[2] = {f[1], Value::none()};
        f[1] = Value::from(new_tuple_from(rt, pair, 2));
      }
      f[2] = Value();
      AWAIT(5, call(rt, f, import_function(rt), {Value::from(intern(rt, "copyreg"))}));
      {
        Tuple* parts = to<Tuple>(f[1]);
        Value cls = Value::from(type_of(rt, f[0]));
        auto* keywords = as<Dict>(parts->items[1]);
        Module& copyreg = *to<Module>(r.value());
        Value pair[5] = {Value(), Value(), Value::none(), Value::none(), Value::none()};
        if (keywords && keywords->used) {
          Value three[3] = {cls, parts->items[0], parts->items[1]};
          pair[0] = module_get(rt, copyreg, "__newobj_ex__");
          pair[1] = Value::from(new_tuple_from(rt, three, 3));
        } else {
          pair[0] = module_get(rt, copyreg, "__newobj__");
          pair[1] = tuple_with(rt, cls, to<Tuple>(parts->items[0]));
        }
        f[3] = Value::from(new_tuple_from(rt, pair, 5));
      }
      AWAIT(6, call_method(rt, f, f[0], intern(rt, "__getstate__"), {}));
      to<Tuple>(f[3])->items[2] = r.value();
      rt.heap.wrote(f[3].object());
      if (is_kind(f[0], Kind::List)) {
        AWAIT(7, iter(rt, f, f[0]));
        to<Tuple>(f[3])->items[3] = r.value();
        rt.heap.wrote(f[3].object());
      }
      if (is_kind(f[0], Kind::Dict)) {
        AWAIT(8, call_method(rt, f, f[0], rt.names.items, {}));
        AWAIT(9, iter(rt, f, r.value()));
        to<Tuple>(f[3])->items[4] = r.value();
        rt.heap.wrote(f[3].object());
      }
      return f[3];
  }
  LISLE_UNREACHABLE();
}

// Protocols 0 and 1 are copyreg's business. f: object, protocol.
Result object_reduce(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call(rt, f, import_function(rt), {Value::from(intern(rt, "copyreg"))}));
      f.set_step(2);
      return call(rt, f, module_get(rt, *to<Module>(r.value()), "_reduce_ex"), {f[0], Value::from_int(0)});
    case 2:
      return r;
  }
  LISLE_UNREACHABLE();
}

Result object_reduce_ex(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      Value own = type_lookup(rt, type_of(rt, f[0]), rt.names.reduce);
      Value plain = dict_get_str(rt, *rt.type(TypeId::Object)->dict, rt.names.reduce);
      if (!(own == plain)) {
        f.set_step(3);
        return call_method(rt, f, f[0], rt.names.reduce, {});
      }
      if (f[1].is_int() && f[1].as_int() >= 2) {
        f.set_step(3);
        return call_internal(rt, f, Internal::ReduceNewObject, {f[0]});
      }
    }
      AWAIT(1, call(rt, f, import_function(rt), {Value::from(intern(rt, "copyreg"))}));
      f.set_step(3);
      return call(rt, f, module_get(rt, *to<Module>(r.value()), "_reduce_ex"), {f[0], f[1]});
    case 3:
      return r;
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

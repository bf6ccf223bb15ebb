// Opcodes that make and fill objects: globals, REDUCE, NEWOBJ, BUILD, and items for containers. Exact builtin
// containers and plain instances are filled here; everything that may call the program is asked for.
#include "runtime/image/revive.h"
#include "runtime/image/unpickler.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/internals.h"
#include "runtime/protocols/pure.h"
#include "runtime/support/number_text.h"
#include "runtime/types/bytes.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/float.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/set.h"

namespace lisle::rt {

namespace {

bool is_exact(Runtime& rt, Value v, TypeId type) {
  return v.is_object() && v.object()->shape == rt.shape_of(type);
}

// The items from `at` on as a list; they leave the stack.
Value taken_items(Runtime& rt, Unpickler& u, u64 at) {
  Value list = Value::from(new_list_from(rt, u.stack->items + at, u.stack_size - at));
  cut_stack(u, at);
  return list;
}

// --- items for containers; `at` is where the items begin, below it lies the container

Step append_items(Runtime& rt, Unpickler& u, u64 at) {
  Value target = item_at(u, at - 1);
  if (!is_exact(rt, target, TypeId::List)) {
    if (at == u.stack_size) return Step::kGoOn;
    return ask_helper(u, rt, Then::kDrop, "_append_items", {target, taken_items(rt, u, at)});
  }
  List& list = *to<List>(target);
  u64 count = u.stack_size - at;
  if (list.size == 0 && count > 4) list_resize_storage(rt, list, count);
  for (u64 i = 0; i < count; ++i) list_append(rt, list, item_at(u, at + i));
  cut_stack(u, at);
  return Step::kGoOn;
}

Step set_items(Runtime& rt, Unpickler& u, u64 at) {
  Value target = item_at(u, at - 1);
  if ((u.stack_size - at) % 2) return refuse(rt, "odd number of items for SETITEMS");
  if (is_exact(rt, target, TypeId::Dict)) {
    while (at < u.stack_size && dict_set_pure(rt, *to<Dict>(target), item_at(u, at), item_at(u, at + 1))) {
      at += 2;
    }
  }
  u64 first = static_cast<u64>(at);
  if (first == u.stack_size) return Step::kGoOn;
  return ask_helper(u, rt, Then::kDrop, "_set_items", {target, taken_items(rt, u, first)});
}

// Adds keys whose hash is no business of the program; where the first other one stands.
u64 add_pure(Runtime& rt, Unpickler& u, Set& set, u64 at) {
  for (; at < u.stack_size; ++at) {
    Value key = item_at(u, at);
    i64 hash;
    u64 slot;
    if (!pure_hash(rt, key, hash)) break;
    SetProbe found = set_probe(rt, set, key, hash, slot);
    if (found == SetProbe::kAsk) break;
    if (found == SetProbe::kAbsent) set_insert_new(rt, set, key, hash);
  }
  return at;
}

Step add_items(Runtime& rt, Unpickler& u, u64 at) {
  Value target = item_at(u, at - 1);
  u64 first = is_exact(rt, target, TypeId::Set) ? add_pure(rt, u, *to<Set>(target), at) : at;
  if (first == u.stack_size) {
    cut_stack(u, at);
    return Step::kGoOn;
  }
  Value rest = taken_items(rt, u, first);
  cut_stack(u, at);
  return ask_helper(u, rt, Then::kDrop, "_add_items", {target, rest});
}

Step make_frozenset(Runtime& rt, Unpickler& u) {
  u64 at;
  if (!pop_mark(rt, u, at)) return Step::kRaised;
  Set* set = new_set(rt, TypeId::FrozenSet);
  if (!u.stack || add_pure(rt, u, *set, at) == u.stack_size) {
    if (u.stack) cut_stack(u, at);
    push(rt, u, Value::from(set));
    return Step::kGoOn;
  }
  Value items = taken_items(rt, u, at);
  return ask_call(u, rt, Then::kPush, Value::from(rt.type(TypeId::FrozenSet)), {items});
}

Step make_dict(Runtime& rt, Unpickler& u) {
  u64 at;
  if (!pop_mark(rt, u, at)) return Step::kRaised;
  if ((u.stack_size - at) % 2) return refuse(rt, "odd number of items for DICT");
  Value dict = Value::from(new_dict(rt));
  u64 next = at;
  while (next < u.stack_size && dict_set_pure(rt, *to<Dict>(dict), item_at(u, next), item_at(u, next + 1)))
    next += 2;
  if (next == u.stack_size) {
    if (u.stack) cut_stack(u, at);
    push(rt, u, dict);
    return Step::kGoOn;
  }
  Value rest = taken_items(rt, u, next);
  cut_stack(u, at);
  push(rt, u, dict);
  return ask_helper(u, rt, Then::kDrop, "_set_items", {dict, rest});
}

// --- objects

Step new_object(Runtime& rt, Unpickler& u, Value cls, Value args) {
  if (!is_kind(args, Kind::Tuple)) {
    (void)raise_pickle_error(rt, "UnpicklingError", "NEWOBJ expected an arg tuple, got %s",
                             type_name(rt, args));
    return Step::kRaised;
  }
  if (!is_type(cls)) {
    (void)raise_pickle_error(rt, "UnpicklingError", "NEWOBJ class argument must be a type, not %s",
                             type_name(rt, cls));
    return Step::kRaised;
  }
  Type* type = to<Type>(cls);
  Value made_by = type->special(Special::New);
  bool plain = made_by == rt.type(TypeId::Object)->special(Special::New) && to<Tuple>(args)->size == 0 &&
               type->instance_kind == Kind::Instance && !(type->type_flags & kTypeAbstract) && type->is_heap;
  if (plain) {
    push(rt, u, Value::from(new_instance(rt, type)));
    return Step::kGoOn;
  }
  return ask_helper(u, rt, Then::kPush, "_new_object", {cls, args});
}

// Does BUILD do no more than set attributes?
bool builds_plainly(Runtime& rt, Value v) {
  if (!is_kind(v, Kind::Instance)) return false;
  Type* type = type_of(rt, v);
  Str* set_state = intern(rt, "__setstate__");
  return type->special(Special::GetAttr).is_unbound() &&
         type->special(Special::GetAttribute) == rt.type(TypeId::Object)->special(Special::GetAttribute) &&
         type_lookup(rt, type, set_state).is_unbound() &&
         own_attribute(rt, v.object(), set_state).is_unbound();
}

// False: that is not all of it, for the program or an error; doing it again does no harm.
bool set_attributes(Runtime& rt, Value target, Value attributes) {
  if (attributes.is_none()) return true;
  if (!is_exact(rt, attributes, TypeId::Dict) || !type_of(rt, target)->has_dict) return false;
  u64 at = 0;
  Value key, value;
  while (dict_next(*to<Dict>(attributes), at, key, value)) {
    if (!is_exact_str(rt, key)) return false;
    set_own_attribute(rt, target.object(), intern(rt, to<Str>(key)), value);
  }
  return true;
}

// The same for values of __slots__ members, which are set as setattr() does it.
bool set_slots(Runtime& rt, Value target, Value slots) {
  if (!is_exact(rt, slots, TypeId::Dict)) return false;
  Type* type = type_of(rt, target);
  if (!(type->special(Special::SetAttr) == rt.type(TypeId::Object)->special(Special::SetAttr))) return false;
  u64 at = 0;
  Value key, value;
  while (dict_next(*to<Dict>(slots), at, key, value)) {
    if (!is_exact_str(rt, key)) return false;
    const auto* member = as<Getset>(type_lookup(rt, type, intern(rt, to<Str>(key))));
    if (!member || !member->is_member()) return false;
    set_member_slot(rt, target.object(), member->row, value);
  }
  return true;
}

Step build(Runtime& rt, Unpickler& u) {
  if (!has_items(rt, u, 2)) return Step::kRaised;
  Value state = top_item(u);
  cut_stack(u, u.stack_size - 1);
  Value target = top_item(u);
  if (is_revived(rt, target, state))
    return fill_revived(rt, target, *to<Tuple>(state)).is_raised() ? Step::kRaised : Step::kGoOn;
  if (builds_plainly(rt, target)) {
    const auto* pair = as<Tuple>(state);
    const bool with_slots = pair && pair->size == 2;
    if (set_attributes(rt, target, with_slots ? pair->items[0] : state) &&
        (!with_slots || set_slots(rt, target, pair->items[1])))
      return Step::kGoOn;
  }
  return ask_helper(u, rt, Then::kDrop, "_set_state", {target, state});
}

Step persistent(Runtime& rt, Unpickler& u, Value id) {
  if (u.persistent_load.is_unbound())
    return refuse(rt,
                  "A load persistent id instruction was encountered,\n"
                  "but no persistent_load function was specified.");
  return ask_call(u, rt, Then::kPush, u.persistent_load, {id});
}

Step next_buffer(Runtime& rt, Unpickler& u) {
  if (u.buffers.is_none())
    return refuse(rt, "pickle stream refers to out-of-band data but no *buffers* argument was given");
  u.then = Then::kBuffer;
  u.ask_kind = kAskNext;
  u.ask_callable = u.buffers;
  rt.heap.wrote(&u);
  return Step::kAsk;
}

// Frames of natives are pickled with the step machines they run, which trust their arguments.
bool is_step_machine(Runtime& rt, Value callable) {
  auto* native = as<Native>(callable);
  return native && is_internal(rt, *native);
}

// obj: the class and its arguments are above the mark.
Step old_instance(Runtime& rt, Unpickler& u) {
  u64 at;
  if (!pop_mark(rt, u, at)) return Step::kRaised;
  if (u.stack_size == at) return refuse(rt, "unpickling stack underflow");
  Value args = Value::from(new_tuple_from(rt, u.stack->items + at + 1, u.stack_size - at - 1));
  Value cls = item_at(u, at);
  cut_stack(u, at);
  if (is_step_machine(rt, cls)) return refuse(rt, "a step machine cannot be called");
  return ask_helper(u, rt, Then::kPush, "_instantiate", {cls, args});
}

// An item of a module as the module keeps it; unbound when the import system or getattr() has to help.
Value known_global(Runtime& rt, Unpickler& u, Value module, Value name) {
  if (u.protocol < 3 && u.fix_imports) return Value::unbound();
  auto* m = as<Module>(dict_get_str(rt, *rt.modules, to<Str>(module)));
  return m && m->dict ? dict_get_str(rt, *m->dict, to<Str>(name)) : Value::unbound();
}

}  // namespace

Step load_global(Runtime& rt, Unpickler& u, Value module, Value name) {
  if (!u.find_class.is_unbound()) return ask_call(u, rt, Then::kPush, u.find_class, {module, name});
  Value found = known_global(rt, u, module, name);
  if (!found.is_unbound()) {
    push(rt, u, found);
    return Step::kGoOn;
  }
  i64 how = static_cast<i64>(u.protocol) | (u.fix_imports ? 8 : 0);
  return ask_helper(u, rt, Then::kPush, "_find_class", {module, name, Value::from_int(how)});
}

Step load_line(Runtime& rt, Unpickler& u, PickleOp op, std::string_view text) {
  Value line = Value::from(new_bytes(rt, text));
  switch (op) {
    case kGlobal: {
      size_t end = text.find('\n');
      Value module = Value::from(new_str(rt, text.substr(0, end)));
      return load_global(rt, u, module, Value::from(new_str(rt, text.substr(end + 1))));
    }
    case kInst: {
      u64 at;
      if (!pop_mark(rt, u, at)) return Step::kRaised;
      Value args =
          Value::from(new_tuple_from(rt, u.stack ? u.stack->items + at : nullptr, u.stack_size - at));
      if (u.stack) cut_stack(u, at);
      return ask_helper(u, rt, Then::kPush, "_load_instance", {Value::from(&u), line, args});
    }
    case kPersId:
      if (!u.persistent_load.is_unbound())
        return ask_helper(u, rt, Then::kPush, "_load_persistent", {u.persistent_load, line});
      return persistent(rt, u, line);
    case kStringText:
      return ask_helper(u, rt, Then::kPush, "_load_string", {line, encoding_of(rt, u), errors_of(rt, u)});
    case kUnicodeText:
      return ask_helper(
          u, rt, Then::kPush, "_decode",
          {line, Value::from(intern(rt, "raw-unicode-escape")), Value::from(intern(rt, "strict"))});
    case kFloatText: {
      f64 d;
      if (!parse_double(text, d)) {
        (void)raise(rt, TypeId::ValueError, "could not convert string to float: '%.200s\n'",
                    std::string(text).c_str());
        return Step::kRaised;
      }
      push(rt, u, new_float(rt, d));
      return Step::kGoOn;
    }
    default:
      if (op == kIntText && (text == "00" || text == "01")) {
        push(rt, u, Value::from_bool(text == "01"));
        return Step::kGoOn;
      }
      return ask_helper(u, rt, Then::kPush, "_load_int", {line, Value::from_bool(op == kLongText)});
  }
}

Step load_object(Runtime& rt, Unpickler& u, PickleOp op) {
  u64 at;
  switch (op) {
    case kEmptySet:
      push(rt, u, Value::from(new_set(rt, TypeId::Set)));
      return Step::kGoOn;
    case kFrozenSet:
      return make_frozenset(rt, u);
    case kDictOp:
      return make_dict(rt, u);
    case kAppend:
      return has_items(rt, u, 2) ? append_items(rt, u, u.stack_size - 1) : Step::kRaised;
    case kSetItem: {
      if (!has_items(rt, u, 3)) return Step::kRaised;
      at = u.stack_size - 2;
      Step step = set_items(rt, u, at);
      if (u.stack_size > at) cut_stack(u, at);
      return step;
    }
    case kAppends:
    case kSetItems:
    case kAddItems: {
      if (!pop_mark(rt, u, at)) return Step::kRaised;
      if (!has_items(rt, u, u.stack_size - at + 1)) return Step::kRaised;
      if (op == kAppends) return append_items(rt, u, at);
      if (op == kAddItems) return add_items(rt, u, at);
      Step step = set_items(rt, u, at);
      if (u.stack_size > at) cut_stack(u, at);
      return step;
    }
    case kBuild:
      return build(rt, u);
    case kReduce: {
      if (!has_items(rt, u, 2)) return Step::kRaised;
      Value args = top_item(u), callable = item_at(u, u.stack_size - 2);
      cut_stack(u, u.stack_size - 2);
      if (is_step_machine(rt, callable)) return refuse(rt, "a step machine cannot be called");
      if (is_kind(args, Kind::Tuple)) return ask_spread(u, rt, Then::kPush, callable, args);
      (void)raise(rt, TypeId::TypeError, "argument list must be a tuple");
      return Step::kRaised;
    }
    case kNewObj: {
      if (!has_items(rt, u, 2)) return Step::kRaised;
      Value args = top_item(u), cls = item_at(u, u.stack_size - 2);
      cut_stack(u, u.stack_size - 2);
      return new_object(rt, u, cls, args);
    }
    case kNewObjEx: {
      if (!has_items(rt, u, 3)) return Step::kRaised;
      Value keywords = top_item(u), args = item_at(u, u.stack_size - 2), cls = item_at(u, u.stack_size - 3);
      cut_stack(u, u.stack_size - 3);
      return ask_helper(u, rt, Then::kPush, "_new_object_ex", {cls, args, keywords});
    }
    case kStackGlobal: {
      if (!has_items(rt, u, 2)) return Step::kRaised;
      Value name = top_item(u), module = item_at(u, u.stack_size - 2);
      if (!is_exact_str(rt, name) || !is_exact_str(rt, module))
        return refuse(rt, "STACK_GLOBAL requires str");
      cut_stack(u, u.stack_size - 2);
      return load_global(rt, u, module, name);
    }
    case kObj:
      return old_instance(rt, u);
    case kBinPersId: {
      if (!u.persistent_load.is_unbound() && !has_items(rt, u, 1)) return Step::kRaised;
      Value id = u.stack_size ? top_item(u) : Value::none();
      if (u.persistent_load.is_unbound()) return persistent(rt, u, id);
      cut_stack(u, u.stack_size - 1);
      return persistent(rt, u, id);
    }
    case kNextBuffer:
      return next_buffer(rt, u);
    case kReadOnlyBuffer:
      if (!has_items(rt, u, 1)) return Step::kRaised;
      return ask_helper(u, rt, Then::kReplaceTop, "_read_only", {top_item(u)});
    default:
      return refuse(rt, "an opcode of no protocol");
  }
}

}  // namespace lisle::rt

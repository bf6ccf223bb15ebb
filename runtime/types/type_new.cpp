// Making classes without asking the program: bases, layout, __slots__, namespace. What asks the program
// (__set_name__,
// __init_subclass__, __mro_entries__, metaclasses) is in type_steps.cpp and builtins/build_class.cpp.
#include <algorithm>
#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/support/unicode.h"
#include "runtime/types/codecs.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/instance.h"
#include "runtime/types/object.h"
#include "runtime/types/type_steps.h"

namespace lisle::rt {

namespace {

// Attributes that fit into an instance itself unless its constructor names more.
constexpr u32 kUsualSlots = 4;
constexpr u32 kMostSlots = 12;

bool derives_layout(const Type* derived, const Type* base) {
  for (const Type* t = derived;; t = to<Type>(t->bases->items[0])->layout_base) {
    if (t == base) return true;
    if (t->bases->size == 0) return false;
  }
}

// The base whose layout the others' layouts are part of.
Result best_base(Runtime& rt, Tuple* bases) {
  Type* best = nullptr;
  for (u64 i = 0; i < bases->size; ++i) {
    if (!is_type(bases->items[i])) return raise(rt, TypeId::TypeError, "bases must be types");
    Type* base = to<Type>(bases->items[i]);
    if (base->type_flags & kTypeFinal)
      return raise(rt, TypeId::TypeError, "type '%s' is not an acceptable base type",
                   str_chars(rt, base->name));
    if (!best ||
        (derives_layout(base->layout_base, best->layout_base) && base->layout_base != best->layout_base)) {
      best = base;
    } else if (!derives_layout(best->layout_base, base->layout_base)) {
      return raise(rt, TypeId::TypeError, "multiple bases have instance lay-out conflict");
    }
  }
  return Value::from(best);
}

bool is_identifier(const Str* s) {
  if (s->length == 0 || !char_is_identifier_start(s->at(0))) return false;
  for (u64 i = 1; i < s->length; ++i)
    if (!char_is_identifier_continue(s->at(i))) return false;
  return true;
}

struct SlotPlan {
  std::vector<Str*> members;
  bool wants_dict = false;
  bool wants_weakref = false;
};

Result plan_slots(Runtime& rt, const Type& base, bool base_has_dict, bool base_has_weakref, Str* class_name,
                  Dict* ns, Tuple* slots, SlotPlan& plan) {
  Kind kind = base.instance_kind;
  bool variable = kind == Kind::Int || kind == Kind::Tuple || kind == Kind::Bytes || kind == Kind::Type;
  if (slots->size && variable)
    return raise(rt, TypeId::TypeError, "nonempty __slots__ not supported for subtype of '%s'",
                 str_chars(rt, base.name));
  for (u64 i = 0; i < slots->size; ++i) {
    if (!is_str(slots->items[i]))
      return raise(rt, TypeId::TypeError, "__slots__ items must be strings, not '%s'",
                   type_name(rt, slots->items[i]));
    Str* name = intern(rt, to<Str>(slots->items[i]));
    if (!is_identifier(name)) return raise(rt, TypeId::TypeError, "__slots__ must be identifiers");
    if (name == rt.names.dict) {
      if (base_has_dict || plan.wants_dict)
        return raise(rt, TypeId::TypeError, "__dict__ slot disallowed: we already got one");
      plan.wants_dict = true;
    } else if (name == rt.names.weakref) {
      if (base_has_weakref || plan.wants_weakref)
        return raise(rt, TypeId::TypeError,
                     "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
      plan.wants_weakref = true;
    } else {
      Str* mangled = mangle(rt, class_name, name);
      bool allowed = name == rt.names.qualname || name == rt.names.classcell;
      if (!allowed && !dict_get_str(rt, *ns, mangled).is_unbound())
        return raise(rt, TypeId::ValueError, "'%s' in __slots__ conflicts with class variable",
                     str_chars(rt, mangled));
      plan.members.push_back(mangled);
    }
  }
  std::sort(plan.members.begin(), plan.members.end(), [](Str* a, Str* b) { return str_compare(a, b) < 0; });
  return Result::none();
}

// How many attributes instances should have room for: the names that the constructor mentions are an upper
// bound.
u32 inline_slots_for(const Type& type, Dict* ns, Runtime& rt) {
  u32 wanted = type.has_dict ? kUsualSlots : 0;
  if (type.has_dict) {
    if (auto* init = as<Function>(dict_get_str(rt, *ns, rt.special_name(Special::Init))))
      wanted = std::clamp<u32>(static_cast<u32>(init->code->names->size), kUsualSlots, kMostSlots);
    for (u64 i = 0; i < type.bases->size; ++i) {
      const Type* base = to<Type>(type.bases->items[i]);
      if (base->instance_kind != Kind::Instance || !base->is_heap) continue;
      u32 inherited = base->instance_shape->inline_slots - base->slot_total;
      wanted = std::min(std::max(wanted, inherited + (wanted > kUsualSlots ? 2 : 0)), 2 * kMostSlots);
    }
  }
  return type.slot_total + wanted;
}

// Methods that are static or class methods without being marked.
void wrap_implicit(Runtime& rt, Dict* ns) {
  auto wrap = [&](Str* name, bool class_method) {
    Value v = dict_get_str(rt, *ns, name);
    if (!is_kind(v, Kind::Function)) return;
    Wrapper* wrapper = class_method ? new_class_method(rt, v) : new_static_method(rt, v);
    dict_set_str(rt, *ns, name, Value::from(wrapper));
  };
  wrap(rt.special_name(Special::New), false);
  wrap(rt.special_name(Special::InitSubclass), true);
  wrap(rt.special_name(Special::ClassGetItem), true);
}

Result take_qualname(Runtime& rt, Type* type, Dict* ns) {
  Value v = dict_get_str(rt, *ns, rt.names.qualname);
  if (v.is_unbound()) return Result::none();
  if (!is_str(v))
    return raise(rt, TypeId::TypeError, "type __qualname__ must be a str, not %s", type_name(rt, v));
  type->qualname = to<Str>(v);
  dict_delete_str(rt, *ns, rt.names.qualname);
  return Result::none();
}

// How the abstract containers of collections.abc say which patterns their subclasses match.
void take_abc_flags(Runtime& rt, Type* type, Dict* ns) {
  Str* name = intern(rt, "__abc_tpflags__");
  Value bits = dict_get_str(rt, *ns, name);
  if (!bits.is_int()) return;
  type->type_flags |= from_abc_flags(bits.as_int());
  dict_delete_str(rt, *ns, name);
}

Result fill_class_cell(Runtime& rt, Type* type, Dict* ns) {
  Value v = dict_get_str(rt, *ns, rt.names.classcell);
  if (v.is_unbound()) return Result::none();
  Cell* cell = as<Cell>(v);
  if (!cell)
    return raise(rt, TypeId::TypeError, "__classcell__ must be a nonlocal cell, not <class '%s'>",
                 type_name(rt, v));
  cell->content = Value::from(type);
  rt.heap.wrote(cell);
  dict_delete_str(rt, *ns, rt.names.classcell);
  return Result::none();
}

void add_descriptors(Runtime& rt, Type* type, const Type& base, const SlotPlan& plan, bool adds_dict,
                     bool adds_weakref) {
  u32 slot = base.slot_total;
  for (Str* name : plan.members)
    dict_set_str(rt, *type->dict, name, Value::from(new_member(rt, type, name, slot++)));
  auto add = [&](Str* name, u32 row) {
    if (!dict_get_str(rt, *type->dict, name).is_unbound()) return;
    dict_set_str(rt, *type->dict, name, Value::from(new_instance_attribute(rt, type, row)));
  };
  if (adds_dict) add(rt.names.dict, 0);
  if (adds_weakref) add(rt.names.weakref, 1);
}

}  // namespace

Result winning_metatype(Runtime& rt, Type* start, Tuple* bases) {
  Type* winner = start;
  for (u64 i = 0; i < bases->size; ++i) {
    Type* candidate = type_of(rt, bases->items[i]);
    if (is_subtype(winner, candidate)) continue;
    if (is_subtype(candidate, winner)) {
      winner = candidate;
      continue;
    }
    return raise(
        rt, TypeId::TypeError,
        "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
        "metaclasses of all its bases");
  }
  return Value::from(winner);
}

Result check_mro(Runtime& rt, const Type& type, const Tuple& mro) {
  for (u64 i = 0; i < mro.size; ++i) {
    if (!is_type(mro.items[i]))
      return raise(rt, TypeId::TypeError, "mro() returned a non-class ('%.500s')",
                   type_name(rt, mro.items[i]));
    const Type* base = to<Type>(mro.items[i]);
    if (!derives_layout(type.layout_base, base->layout_base))
      return raise(rt, TypeId::TypeError, "mro() returned base with unsuitable layout ('%.500s')",
                   str_chars(rt, base->name));
  }
  return Result::none();
}

Result check_class_name(Runtime& rt, Str* name) {
  TRY(encode_text(rt, name, "utf-8", "strict"));
  for (u64 i = 0; i < name->length; ++i)
    if (name->at(i) == 0) return raise(rt, TypeId::ValueError, "type name must not contain null characters");
  return Result::none();
}

Str* mangle(Runtime& rt, Str* class_name, Str* name) {
  std::string text = utf8_of(name), owner = utf8_of(class_name);
  if (!text.starts_with("__") || text.ends_with("__") || text.find('.') != std::string::npos) return name;
  owner.erase(0, owner.find_first_not_of('_'));
  if (owner.empty()) return name;
  return intern(rt, "_" + owner + text);
}

Result new_class(Runtime& rt, Type* metatype, Str* name, Tuple* bases, Dict* ns, Tuple* slots) {
  if (bases->size == 0) {
    Value object = Value::from(rt.type(TypeId::Object));
    bases = new_tuple_from(rt, &object, 1);
  }
  Type& base = *to<Type>(TRY(best_base(rt, bases)));
  bool had_dict = false, had_weakref = false;
  for (u64 i = 0; i < bases->size; ++i) {
    had_dict = had_dict || to<Type>(bases->items[i])->has_dict;
    had_weakref = had_weakref || to<Type>(bases->items[i])->has_weakref;
  }
  SlotPlan plan;
  if (slots) {
    TRY(plan_slots(rt, base, base.has_dict, base.has_weakref, name, ns, slots, plan));
  } else {
    plan.wants_dict = !base.has_dict;
    plan.wants_weakref = !base.has_weakref;
  }
  Type* type = new_instance_of<Type>(rt, metatype);
  type->name = type->qualname = name;
  type->bases = bases;
  type->is_heap = 1;
  type->instance_kind = base.instance_kind;
  type->has_dict = had_dict || plan.wants_dict;
  type->has_weakref = had_weakref || plan.wants_weakref;
  type->slot_total = base.slot_total + static_cast<u32>(plan.members.size());
  type->layout_base = plan.members.empty() ? base.layout_base : type;
  for (Value& s : type->specials) s = Value::unbound();
  // Each of these allocates, and a collection in it makes the class old: every store has to be told.
  type->dict = dict_copy(rt, *ns);
  rt.heap.wrote(type);
  type->mro = to<Tuple>(TRY(compute_mro(rt, type, bases)));
  rt.heap.wrote(type);
  TRY(take_qualname(rt, type, type->dict));
  take_abc_flags(rt, type, type->dict);
  wrap_implicit(rt, type->dict);
  if (dict_get_str(rt, *type->dict, rt.names.doc).is_unbound())
    dict_set_str(rt, *type->dict, rt.names.doc, Value::none());
  TRY(fill_class_cell(rt, type, type->dict));
  add_descriptors(rt, type, base, plan, plan.wants_dict, plan.wants_weakref);
  Str* hash = rt.special_name(Special::Hash);
  if (!dict_get_str(rt, *type->dict, rt.special_name(Special::Eq)).is_unbound() &&
      dict_get_str(rt, *type->dict, hash).is_unbound())
    dict_set_str(rt, *type->dict, hash, Value::none());
  u32 inline_slots = type->instance_kind == Kind::Instance ? inline_slots_for(*type, type->dict, rt) : 0;
  type->instance_shape = new_root_shape(rt, *type, inline_slots);
  rt.heap.wrote(type);
  type_refresh(rt, type);
  for (u64 i = 0; i < bases->size; ++i) add_subclass(rt, *to<Type>(bases->items[i]), *type);
  rt.heap.wrote(type);
  return Value::from(type);
}

Type* new_native_class(Runtime& rt, const char* module, const char* name, Type* base) {
  Value parent = Value::from(base);
  Dict* ns = new_dict(rt);
  dict_set_str(rt, *ns, rt.names.module, Value::from(intern(rt, module)));
  Result r =
      new_class(rt, rt.type(TypeId::Type), intern(rt, name), new_tuple_from(rt, &parent, 1), ns, nullptr);
  return to<Type>(r.value());
}

}  // namespace lisle::rt

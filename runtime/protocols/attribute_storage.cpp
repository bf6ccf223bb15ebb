// Where objects keep their own attributes. Instances in shape mode have slots; in dict mode, and for modules
// and functions always, there is a Dict. Layouts without slots keep everything in the storage word that
// attribute_storage() finds: int 0 (nothing yet), an Array indexed by slot, or a Dict.
//
// __slots__ members are slots that come first and have no names in the shape. In dict mode an object of a
// builtin layout that has such members keeps an Array of them whose last item is the Dict.
#include "runtime/heap/kind_table.h"
#include "runtime/protocols/attribute.h"
#include "runtime/tasks/tasklet.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"
#include "runtime/types/file.h"
#include "runtime/types/instance.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

Shape& shape_of(Runtime& rt, const Object* o) {
  return *rt.shapes[o->shape];
}

// Slots beyond those in the object itself; null when none was written yet.
Array* overflow_of(Value storage) {
  return as<Array>(storage);
}

Array* grow_overflow(Runtime& rt, Object* o, u32 index) {
  Value* storage = attribute_storage(o);
  Array* old = overflow_of(*storage);
  u64 capacity = old ? old->capacity : 0;
  if (index < capacity) return old;
  Array* larger = new_array(rt, capacity ? capacity * 2 : (index < 4 ? 4 : index + 4));
  for (u64 i = 0; i < larger->capacity; ++i)
    larger->items[i] = i < capacity ? old->items[i] : Value::unbound();
  *attribute_storage(o) = Value::from(larger);
  rt.heap.wrote(o);
  return larger;
}

Dict*& function_dict(Object* o) {
  return static_cast<Function*>(o)->attributes;
}

// The dict of an object that keeps its attributes in one now; null when it does not.
Dict* current_dict(Runtime& rt, Object* o) {
  if (o->kind == Kind::Module) return static_cast<Module*>(o)->dict;
  if (o->kind == Kind::Function) return function_dict(o);
  Shape& shape = shape_of(rt, o);
  if (!shape.is_dict_mode()) return nullptr;
  Value storage = *attribute_storage(o);
  if (Array* array = overflow_of(storage)) storage = array->items[shape.slot_count];
  return as<Dict>(storage);
}

void store_dict(Runtime& rt, Object* o, Dict* d) {
  Shape& shape = shape_of(rt, o);
  Value* storage = attribute_storage(o);
  if (shape.slot_count && o->kind != Kind::Instance) {
    Array* array = overflow_of(*storage);
    if (!array || array->capacity <= shape.slot_count) array = grow_overflow(rt, o, shape.slot_count);
    array->items[shape.slot_count] = Value::from(d);
    rt.heap.wrote(array);
    return;
  }
  *storage = Value::from(d);
  rt.heap.wrote(o);
}

// Fills `d` with the named attributes of an object in shape mode, oldest first.
void fill_dict(Runtime& rt, Object* o, Shape& shape, Dict* d) {
  std::vector<Shape*> chain;
  for (Shape* s = &shape; s->last_name; s = s->parent) chain.push_back(s);
  for (size_t i = chain.size(); i-- > 0;) {
    Value v = member_slot(rt, o, chain[i]->slot_count - 1);
    if (!v.is_unbound()) dict_set_str(rt, *d, chain[i]->last_name, v);
  }
}

// Takes the object to dict mode with `d` as its attributes.
void enter_dict_mode(Runtime& rt, Object* o, Dict* d) {
  Type* type = shape_of(rt, o).type;
  Shape* target = dict_mode_shape(rt, *type);
  if (!(type->slot_total && o->kind != Kind::Instance)) *attribute_storage(o) = Value();
  o->shape = target->id;
  store_dict(rt, o, d);
}

}  // namespace

Value* attribute_storage(Object* o) {
  switch (o->kind) {
    case Kind::Instance:
      return &static_cast<Instance*>(o)->overflow;
    case Kind::Exception:
      return &static_cast<Exception*>(o)->attributes;
    case Kind::Type:
      return &static_cast<Type*>(o)->attributes;
    case Kind::Module:
      return &static_cast<Module*>(o)->attributes;
    case Kind::Wrapper:
      return &static_cast<Wrapper*>(o)->attributes;
    case Kind::File:
      return &static_cast<File*>(o)->attributes;
    default:
      return o->gc & kGcTrailing ? trailing_word(o, kind_info(o->kind).byte_size(o)) : nullptr;
  }
}

Value member_slot(Runtime& rt, Object* o, u32 slot) {
  u32 inline_slots = 0;
  if (o->kind == Kind::Instance) {
    auto* instance = static_cast<Instance*>(o);
    inline_slots = instance->aux;
    if (slot < inline_slots) return instance->slots[slot];
  }
  static_cast<void>(rt);
  Value* storage = attribute_storage(o);
  Array* array = storage ? overflow_of(*storage) : nullptr;
  if (!array || slot - inline_slots >= array->capacity) return Value::unbound();
  return array->items[slot - inline_slots];
}

void set_member_slot(Runtime& rt, Object* o, u32 slot, Value v) {
  u32 inline_slots = 0;
  if (o->kind == Kind::Instance) {
    auto* instance = static_cast<Instance*>(o);
    inline_slots = instance->aux;
    if (slot < inline_slots) {
      instance->slots[slot] = v;
      rt.heap.wrote(o);
      return;
    }
  }
  Array* array = grow_overflow(rt, o, slot - inline_slots);
  array->items[slot - inline_slots] = v;
  rt.heap.wrote(array);
}

bool has_attribute_storage(Runtime& rt, Object* o) {
  if (o->kind == Kind::Function || o->kind == Kind::Module) return true;
  return o->kind != Kind::Type && shape_of(rt, o).type->has_dict;
}

Value own_attribute(Runtime& rt, Object* o, Str* name) {
  if (!has_attribute_storage(rt, o)) return Value::unbound();
  if (o->kind == Kind::Module || o->kind == Kind::Function || shape_of(rt, o).is_dict_mode()) {
    Dict* d = current_dict(rt, o);
    return d ? dict_get_str(rt, *d, name) : Value::unbound();
  }
  // Shapes know names by identity.
  i32 slot = shape_find(rt, shape_of(rt, o), intern(rt, name));
  return slot < 0 ? Value::unbound() : member_slot(rt, o, static_cast<u32>(slot));
}

void set_own_attribute(Runtime& rt, Object* o, Str* name, Value v) {
  if (o->kind == Kind::Function || o->kind == Kind::Module || shape_of(rt, o).is_dict_mode()) {
    dict_set_str(rt, *attribute_dict(rt, o), name, v);
    return;
  }
  name = intern(rt, name);
  i32 slot = shape_find(rt, shape_of(rt, o), name);
  if (slot >= 0) {
    set_member_slot(rt, o, static_cast<u32>(slot), v);
    return;
  }
  Shape* next = shape_with(rt, shape_of(rt, o), name);
  if (next->is_dict_mode()) {
    dict_set_str(rt, *attribute_dict(rt, o), name, v);
    return;
  }
  set_member_slot(rt, o, next->slot_count - 1, v);
  o->shape = next->id;
}

bool delete_own_attribute(Runtime& rt, Object* o, Str* name) {
  if (own_attribute(rt, o, name).is_unbound()) return false;
  if (o->kind != Kind::Function && o->kind != Kind::Module && !shape_of(rt, o).is_dict_mode()) {
    // The attribute added last goes without leaving shape mode.
    Shape& shape = shape_of(rt, o);
    if (shape.last_name == intern(rt, name)) {
      set_member_slot(rt, o, shape.slot_count - 1, Value::unbound());
      o->shape = shape.parent->id;
      return true;
    }
  }
  return dict_delete_str(rt, *attribute_dict(rt, o), name);
}

Dict* attribute_dict(Runtime& rt, Object* o) {
  if (o->kind == Kind::Function) {
    if (!function_dict(o)) {
      Dict* d = new_dict(rt);
      function_dict(o) = d;
      rt.heap.wrote(o);
    }
    return function_dict(o);
  }
  if (Dict* d = current_dict(rt, o)) return d;
  Dict* d = new_dict(rt);
  Shape& shape = shape_of(rt, o);
  fill_dict(rt, o, shape, d);
  enter_dict_mode(rt, o, d);
  return d;
}

void set_attribute_dict(Runtime& rt, Object* o, Dict* d) {
  if (o->kind == Kind::Function) {
    function_dict(o) = d;
    rt.heap.wrote(o);
  } else if (o->kind == Kind::Module) {
    static_cast<Module*>(o)->dict = d;
    rt.heap.wrote(o);
  } else if (shape_of(rt, o).is_dict_mode()) {
    store_dict(rt, o, d);
  } else {
    enter_dict_mode(rt, o, d);
  }
}

}  // namespace lisle::rt

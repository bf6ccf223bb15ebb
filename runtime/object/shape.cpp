// Shapes: creation, lookup of names, transitions. A shape never changes once made, apart from its transitions
// and its lookup table, so a shape id alone tells an inline cache where an attribute lies.
#include "runtime/object/shape.h"

#include "runtime/runtime.h"

namespace lisle::rt {

namespace {

// Objects with more attributes than this keep them in a dict; a class with more different successors of one
// shape than this is used like a dict as well.
constexpr u32 kMaxAttributes = 128;
constexpr u32 kMaxTransitions = 64;
// Shapes longer than this get a hash table when searched; shorter ones are searched along their parents.
constexpr u32 kLinearAttributes = 6;

// One row of Shape::table. The names are kept alive by the chain of parents.
struct TableRow {
  u64 name;
  u64 slot;
};

Shape* new_shape(Runtime& rt, Type& type, u32 slot_count, u32 inline_slots, u32 flags) {
  Shape* shape = rt.heap.allocate<Shape>(0);
  shape->slot_count = slot_count;
  shape->inline_slots = inline_slots;
  shape->flags = flags;
  shape->type = &type;
  shape->id = static_cast<ShapeId>(rt.shapes.size());
  rt.shapes.push_back(shape);
  return shape;
}

u64 row_of(const Str* name, u64 mask) {
  u64 bits = reinterpret_cast<u64>(name) >> 4;
  return (bits * 0x9E3779B97F4A7C15u >> 40) & mask;
}

void make_table(Runtime& rt, Shape& shape) {
  u64 capacity = std::bit_ceil<u64>(shape.slot_count * 2);
  Raw* table = new_raw(rt, capacity * sizeof(TableRow));
  auto* rows = reinterpret_cast<TableRow*>(table->bytes);
  for (Shape* s = &shape; s->last_name; s = s->parent) {
    u64 i = row_of(s->last_name, capacity - 1);
    while (rows[i].name) i = (i + 1) & (capacity - 1);
    rows[i] = {reinterpret_cast<u64>(s->last_name), s->slot_count - 1};
  }
  shape.table = table;
  rt.heap.wrote(&shape);
}

Shape* find_transition(const Shape& shape, const Str* name, u64& count) {
  count = 0;
  if (!shape.transitions) return nullptr;
  for (u64 i = 0; i + 1 < shape.transitions->capacity; i += 2, ++count) {
    Value key = shape.transitions->items[i];
    if (!key.is_object()) return nullptr;
    if (key.object() == name) return to<Shape>(shape.transitions->items[i + 1]);
  }
  return nullptr;
}

void add_transition(Runtime& rt, Shape& shape, Str* name, Shape* next, u64 count) {
  u64 capacity = shape.transitions ? shape.transitions->capacity : 0;
  if (count * 2 + 2 > capacity) {
    Array* larger = new_array(rt, capacity ? capacity * 2 : 2);
    for (u64 i = 0; i < capacity; ++i) larger->items[i] = shape.transitions->items[i];
    shape.transitions = larger;
    rt.heap.wrote(&shape);
  }
  shape.transitions->items[count * 2] = Value::from(name);
  shape.transitions->items[count * 2 + 1] = Value::from(next);
  rt.heap.wrote(shape.transitions);
}

}  // namespace

i32 shape_find(Runtime& rt, Shape& shape, Str* name) {
  if (shape.is_dict_mode()) return -1;
  if (shape.slot_count <= kLinearAttributes) {
    for (const Shape* s = &shape; s->last_name; s = s->parent)
      if (s->last_name == name) return static_cast<i32>(s->slot_count - 1);
    return -1;
  }
  if (!shape.table) make_table(rt, shape);
  u64 mask = shape.table->capacity / sizeof(TableRow) - 1;
  auto* rows = reinterpret_cast<const TableRow*>(shape.table->bytes);
  for (u64 i = row_of(name, mask); rows[i].name; i = (i + 1) & mask)
    if (rows[i].name == reinterpret_cast<u64>(name)) return static_cast<i32>(rows[i].slot);
  return -1;
}

Shape* shape_with(Runtime& rt, Shape& shape, Str* name) {
  LISLE_ASSERT(!shape.is_dict_mode());
  u64 count;
  if (Shape* next = find_transition(shape, name, count)) return next;
  if (shape.slot_count >= kMaxAttributes || count >= kMaxTransitions) return dict_mode_shape(rt, *shape.type);
  Shape* next = new_shape(rt, *shape.type, shape.slot_count + 1, shape.inline_slots, 0);
  next->parent = &shape;
  next->last_name = name;
  add_transition(rt, shape, name, next, count);
  return next;
}

Shape* new_root_shape(Runtime& rt, Type& type, u32 inline_slots) {
  return new_shape(rt, type, type.slot_total, inline_slots, 0);
}

Shape* dict_mode_shape(Runtime& rt, Type& type) {
  if (!type.dict_shape) {
    u32 inline_slots = type.instance_shape->inline_slots;
    type.dict_shape = new_shape(rt, type, type.slot_total, inline_slots, Shape::kDictMode);
    rt.heap.wrote(&type);
  }
  return type.dict_shape;
}

}  // namespace lisle::rt

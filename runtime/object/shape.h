// Shapes: which class an object has and which slot holds which attribute. Objects of one class that got the
// same attributes in the same order share a shape. Every builtin type has one shape for its plain instances;
// instances of the program's classes start at their class's root shape and walk transitions as attributes are
// added.
#pragma once
#include "runtime/object/result.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"

namespace lisle::rt {

struct Type;

struct Shape : Object {
  static constexpr Kind kKind = Kind::Shape;
  ShapeId id;        // index in Runtime::shapes
  u32 slot_count;    // attributes described
  u32 inline_slots;  // slots that lie in the object itself; later ones are in the overflow array
  u32 flags;
  Type* type;
  Shape* parent;       // without the last attribute; null for a root
  Str* last_name;      // the attribute this shape adds
  Array* transitions;  // pairs (name, Shape) of the shapes with one more attribute; null when none
  Raw* table;          // hash index name → slot, made when the shape is first searched and large

  // The object keeps its attributes in a dict, because somebody asked for __dict__, deleted an attribute or
  // has too many of them. __slots__ members stay where they are: they are the first slots of every shape of a
  // class, without names here (their member descriptors know their slots), so an attribute of the same name
  // can exist beside one.
  static constexpr u32 kDictMode = 1;
  bool is_dict_mode() const { return flags & kDictMode; }

  size_t byte_size() const { return sizeof(Shape); }
  template <class V>
  void visit(V&& v) {
    v(type);
    v(parent);
    v(last_name);
    v(transitions);
    v(table);
  }
};

// Slot of `name` (an interned string), or -1.
i32 shape_find(Runtime& rt, Shape& shape, Str* name);
// The shape with `name` added; may be the class's dict-mode shape when there are too many attributes.
Shape* shape_with(Runtime& rt, Shape& shape, Str* name);
Shape* new_root_shape(Runtime& rt, Type& type, u32 inline_slots);
Shape* dict_mode_shape(Runtime& rt, Type& type);

}  // namespace lisle::rt

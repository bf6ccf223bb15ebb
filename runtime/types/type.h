// Classes, and instances of the program's classes.
#pragma once
#include <string>

#include "runtime/object/native.h"
#include "runtime/object/shape.h"
#include "runtime/types/dict.h"

namespace lisle::rt {

enum class Special : u8 {
#define SPECIAL(Name, text) Name,
#include "runtime/object/specials.def"
#undef SPECIAL
  kCount
};
inline constexpr size_t kSpecialCount = static_cast<size_t>(Special::kCount);

// Type::type_flags besides TypeFlags.
enum : u32 {
  kTypeAbstract = 1 << 16,     // __abstractmethods__ is not empty
  kTypePlainGet = 1 << 17,     // __getattribute__ is native: attribute reading follows the layout's rules
  kTypePlainSet = 1 << 18,     // __setattr__ and __delattr__ are native
  kTypeIdentity = 1 << 19,     // __eq__ and __ne__ are object's
  kTypeTellsItself = 1 << 23,  // instances say in __class__ what their class is; proxies do not
  // What calling the class comes down to where its metaclass has no __call__ of its own; none of them: ask.
  kTypeMakesInstance = 1 << 20,  // object's __new__, and __init__ is object's or a function of the program
  kTypeMakesNatively = 1 << 21,  // a native __new__ and object's __init__, which has nothing to do then
  kTypeAllocates = 1 << 22,      // a native __new__ marked kAllocates; __init__ does the rest
  kTypeHowMade = kTypeMakesInstance | kTypeMakesNatively | kTypeAllocates,
};

struct Type : Object {
  static constexpr Kind kKind = Kind::Type;
  Value attributes;  // attribute storage of instances of metaclasses: see attribute_storage()
  Str* name;         // __name__
  Str* qualname;
  Tuple* bases;
  Tuple* mro;         // starts with the class itself
  Dict* dict;         // the class's own attributes
  Type* layout_base;  // the base whose instance layout this class extends ("solid" base)
  Shape* instance_shape;
  Shape* dict_shape;  // dict-mode shape of instances; null until needed
  List* subclasses;   // weak in spirit: list of WeakRef
  u32 version;        // changes when an attribute of the class or of a base changes; 0: not assigned
  u32 type_flags;     // TypeFlags and the ones below
  Kind instance_kind;
  u8 has_dict;  // instances have a __dict__
  u8 has_weakref;
  u8 is_heap;                     // made by a class statement or type(): may be changed by the program
  u32 builtin_id;                 // TypeId plus one; 0 for classes of the program
  u32 slot_total;                 // __slots__ members of this class and its bases
  Value specials[kSpecialCount];  // unbound where neither the class nor a base defines it; None where set to
                                  // None

  Value special(Special s) const { return specials[static_cast<size_t>(s)]; }

  size_t byte_size() const { return sizeof(Type); }
  template <class V>
  void visit(V&& v) {
    v(attributes);
    v(name);
    v(qualname);
    v(bases);
    v(mro);
    v(dict);
    v(layout_base);
    v(instance_shape);
    v(dict_shape);
    v(subclasses);
    for (Value& s : specials) v(s);
  }
};

// An instance of a class of the program whose layout is that of `object`. The first `inline_slots` attributes
// of its shape lie in `slots`, the others in `overflow` (an Array; in dict mode the Dict). __slots__ members
// are attributes like others: they are the first ones of the class's root shape and hold unbound while unset.
struct Instance : Object {
  static constexpr Kind kKind = Kind::Instance;
  Value overflow;  // int 0, an Array, or the Dict of dict mode
  Value slots[];   // Object::aux of them

  size_t byte_size() const { return sizeof(Instance) + aux * sizeof(Value); }
  template <class V>
  void visit(V&& v) {
    v(overflow);
    for (u32 i = 0; i < aux; ++i) v(slots[i]);
  }
};

// The class of any value. Never null. Defined in runtime.h.
inline Type* type_of(const Runtime& rt, Value v);
bool derives_from(const Type* type, const Type* base);  // by MRO, itself not counted
inline bool is_subtype(const Type* type, const Type* base) {
  return type == base || derives_from(type, base);
}
// isinstance without __instancecheck__.
bool is_instance(const Runtime& rt, Value v, const Type* base);
// Finds `name` (interned) along the MRO; unbound when absent. No descriptors.
Value type_lookup(Runtime& rt, Type* type, Str* name);
// Sets a class attribute and refreshes specials and versions of the class and its subclasses. Unbound
// deletes.
void type_set_attribute(Runtime& rt, Type* type, Str* name, Value v);
inline bool is_type(Value v) {
  return is_kind(v, Kind::Type);
}
// Which of kTypeHowMade says all about calling the class; 0 when type.__call__ has to be asked.
u32 how_made(const Runtime& rt, const Type& type);

// --- making classes: types/type_new.cpp, types/mro.cpp
// ------------------------------------------------------- The class `name` with namespace `ns` (copied), as
// type.__new__ makes it but without asking the program: no
// __set_name__, no __init_subclass__. `slots` is the normalised __slots__ (a Tuple) or null. Raises
// TypeError.
Result new_class(Runtime& rt, Type* metatype, Str* name, Tuple* bases, Dict* ns, Tuple* slots);
// A class made by C++ for native modules: plain metaclass, __module__ set.
Type* new_native_class(Runtime& rt, const char* module, const char* name, Type* base);
// The most derived metaclass of `start` and the classes in `bases`; TypeError for a metaclass conflict.
Result winning_metatype(Runtime& rt, Type* start, Tuple* bases);
// C3 linearisation: a Tuple that starts with `type`.
Result compute_mro(Runtime& rt, Type* type, Tuple* bases);
// Entries of `base` in the list of subclasses, weak ones.
void add_subclass(Runtime& rt, Type& base, Type& sub);
void remove_subclass(Runtime& rt, Type& base, Type& sub);
List* live_subclasses(Runtime& rt, Type& type);
// What type.__repr__ says: "<class 'module.name'>".
std::string class_text(Runtime& rt, Type& type);
// kTypeSequence or kTypeMapping when instances match such patterns, else 0.
u32 pattern_flags(const Type& type);
// The same as the bits that collections.abc knows them by (a class's __abc_tpflags__), and back.
i64 to_abc_flags(u32 flags);
u32 from_abc_flags(i64 bits);
// The version of a class for inline caches, never zero; assigns one if there is none.
u32 type_version(Runtime& rt, Type& type);
// Recomputes specials and versions of `type` and everything below it.
void type_refresh(Runtime& rt, Type* type);
// Would instances of `a` fit where `b` is expected, slot by slot (for __class__ and __bases__ assignment)?
bool same_layout(const Type* a, const Type* b);

// --- asking about classes: types/type_check.cpp
// -------------------------------------------------------------- isinstance() and issubclass(), hooks, tuples
// and unions included: a bool.
// isinstance() where the program has no say; false: check_instance() has to ask.
bool is_instance_at_once(const Runtime& rt, Value obj, Value cls, bool& answer);
Result check_instance(Runtime& rt, Frame& f, Value obj, Value cls);
Result check_subclass(Runtime& rt, Frame& f, Value derived, Value cls);

}  // namespace lisle::rt

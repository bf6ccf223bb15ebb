// Attributes: obj.name and its relatives.
#pragma once
#include "runtime/protocols/call.h"

namespace lisle::rt {

Result get_attr(Runtime& rt, Frame& f, Value obj, Str* name);
Result get_attr_or_unbound(Runtime& rt, Frame& f, Value obj, Str* name);  // AttributeError becomes unbound
Result set_attr(Runtime& rt, Frame& f, Value obj, Str* name, Value v);    // unbound deletes
// object.__getattribute__ and object.__setattr__: no __getattr__, no overrides.
Result generic_get_attr(Runtime& rt, Frame& f, Value obj, Str* name);
Result generic_set_attr(Runtime& rt, Frame& f, Value obj, Str* name, Value v);

// --- attribute storage of instances
// ----------------------------------------------------------------------------------- Own attribute of an
// object that has storage (an Instance, or an instance of a subclass of a builtin type): unbound when absent.
// Pure: no descriptors.
Value own_attribute(Runtime& rt, Object* obj, Str* name);
void set_own_attribute(Runtime& rt, Object* obj, Str* name, Value v);
bool delete_own_attribute(Runtime& rt, Object* obj, Str* name);
// Has it a __dict__ at all?
bool has_attribute_storage(Runtime& rt, Object* obj);
// The live dict behind __dict__; turns the object to dict mode.
Dict* attribute_dict(Runtime& rt, Object* obj);
void set_attribute_dict(Runtime& rt, Object* obj, Dict* d);
// Where instances of builtin layouts keep their attributes: the address of a Value that is int 0, an Array or
// a Dict.
Value* attribute_storage(Object* obj);
// Slot `slot` of the object's shape, wherever it lies; unbound when it was never set.
Value member_slot(Runtime& rt, Object* obj, u32 slot);
void set_member_slot(Runtime& rt, Object* obj, u32 slot, Value v);

// --- inline caches
// ----------------------------------------------------------------------------------------------------- What
// an access to `name` means for every object with the shape of `obj`, while the version of its class stays
// the same (both functions are pure: no side effects, nothing is called).
struct AttributeLookup {
  enum Kind : u8 {
    kOther,        // not cacheable: take the general path
    kOwnSlot,      // inline slot `slot`; the general path when the slot holds unbound
    kOwnOverflow,  // index `slot` of the Array in attribute_storage(); likewise
    kClassValue,   // `value`, an attribute of the class that needs no binding; objects of this shape have no
                   // own one
    kMethod,       // `value`, a function or native of the class that binds the receiver; no own one either
    kProperty,     // `value`, a Property of the class: reading calls its getter with the receiver
    kAddSlot,      // set only: a new attribute at inline slot `slot`; the object's shape becomes `new_shape`
    kModuleEntry,  // obj is a module: entry `slot` of its dict; valid while that dict's version is `version`
    kTypeValue,   // obj is a class: `value`, found along its MRO, needs no binding; valid for this very class
                  // while its version is `version` and nothing changes that its metaclass defines
    kTypeMethod,  // the same for `value`, a class method: a function or native that binds obj
    kClassMethod,  // `value`, a class method of the class: a function or native that binds the class; no own
                   // one
    kSuperMethod,  // obj is a super object: `value` binds its instance; valid while obj's class is of
                   // `version` and the class the search starts behind of version `slot`
  };
  Kind kind = kOther;
  u32 slot = 0;
  u32 version = 0;  // of the object's class, unless the kind says otherwise
  Value value;
  Shape* new_shape = nullptr;
};
AttributeLookup classify_get(Runtime& rt, Value obj, Str* name);
AttributeLookup classify_set(Runtime& rt, Value obj, Str* name);

// "'X' object has no attribute 'y'" (or the texts for classes and modules), with name and obj set.
Result raise_attribute_error(Runtime& rt, Value obj, Str* name);
// Does `v`, an attribute of a class, take precedence over attributes of instances?
bool is_data_descriptor(Runtime& rt, Value v);

// Binds a class attribute found by type_lookup to an instance: what obj.name yields. `v` is the attribute.
Result bind_descriptor(Runtime& rt, Frame& f, Value v, Value obj, Type* type);

}  // namespace lisle::rt

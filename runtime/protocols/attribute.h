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

// --- attribute storage of instances -----------------------------------------------------------------------------------
// Own attribute of an object that has storage (an Instance, or an instance of a subclass of a builtin type): unbound
// when absent. Pure: no descriptors.
Value own_attribute(Runtime& rt, Object* obj, Str* name);
void set_own_attribute(Runtime& rt, Object* obj, Str* name, Value v);
bool delete_own_attribute(Runtime& rt, Object* obj, Str* name);
// Has it a __dict__ at all?
bool has_attribute_storage(Runtime& rt, Object* obj);
// The live dict behind __dict__; turns the object to dict mode.
Dict* attribute_dict(Runtime& rt, Object* obj);
void set_attribute_dict(Runtime& rt, Object* obj, Dict* d);
// Where instances of builtin layouts keep their attributes: the address of a Value that is int 0, an Array or a Dict.
Value* attribute_storage(Object* obj);

// Binds a class attribute found by type_lookup to an instance: what obj.name yields. `v` is the attribute.
Result bind_descriptor(Runtime& rt, Frame& f, Value v, Value obj, Type* type);

}  // namespace lisle::rt

// Inline caches of attribute accesses. The instruction's feedback byte says what the two trailing words mean:
//
//   kOwnSlot      [shape | epoch << 32] [byte offset in the object]
//   kOwnOverflow  [shape | epoch << 32] [index in the overflow array]
//   kMethod       [shape | epoch << 32] [function that binds the receiver]
//   kProperty     [shape | epoch << 32] [property]
//   kClassValue   [shape | type version << 32] [value]
//   kModule       [dict version | entry << 32] [unused]
//   kTypeValue    [epoch | type version << 32] [value]
//   kTypeMethod   [epoch | type version << 32] [function that binds the class]    GetMethod only
//   kClassMethod  [shape | epoch << 32] [function that binds the object's class]  GetMethod only
//   kSuperMethod  [version of the super object's type | version of its obj_type << 32]
//                 [function that binds the super object's obj]                    GetMethod only
//   kAddSlot      [shape | epoch << 32] [byte offset | new shape << 32]
//
// The epoch changes whenever a class attribute that could matter to the first four changes; plain data
// attributes (counters) do not, which is why they are guarded by the version of their own class. Values in
// caches are reachable through the class as long as the guard holds, so the collector does not look here.
//
// What the kinds with [shape | epoch] said goes into Runtime::attribute_reads or attribute_writes as well,
// from where accesses that see several shapes take it back into their own words.
#pragma once
#include "runtime/protocols/attribute.h"
#include "runtime/types/instance.h"
#include "vm/interp/handler.h"

namespace lisle::interp {

enum CacheKind : u8 {
  kEmpty,
  kOwnSlot,
  kOwnOverflow,
  kMethod,
  kProperty,
  kClassValue,
  kModule,
  kTypeValue,
  kAddSlot,
  kTypeMethod,
  kClassMethod,
  kSuperMethod,
};

inline u8& cache_kind(u64 pc) {
  return reinterpret_cast<u8*>(pc)[1];
}

inline u64 shape_key(Thread* t, rt::Object* o) {
  return o->shape | t->class_epoch;
}

// The first word of what is known of class `o`; its version is part of it.
inline u64 type_key(Thread* t, rt::Object* o) {
  return t->class_epoch >> 32 | static_cast<u64>(static_cast<rt::Type*>(o)->version) << 32;
}

// Where the cached kinds of an object's own attributes lie.
inline Value& slot_at(rt::Object* o, u64 offset) {
  return *reinterpret_cast<Value*>(reinterpret_cast<char*>(o) + offset);
}

inline Value& overflow_at(rt::Object* o, u64 index) {
  return static_cast<rt::Array*>(static_cast<rt::Instance*>(o)->overflow.object())->items[index];
}

// Takes from the runtime's cache of accesses what this access meant for objects like `o` before, so that an
// access that sees several shapes does not ask the protocols again and again. The guard holds then.
bool recall_get(Thread* t, u64 pc, rt::Object* o, rt::Str* name);
bool recall_set(Thread* t, u64 pc, rt::Object* o, rt::Str* name);

// Fills the cache of the access at `pc` for objects like `obj`.
void fill_get_cache(Runtime& rt, u64 pc, Value obj, rt::Str* name);
void fill_set_cache(Runtime& rt, u64 pc, Value obj, rt::Str* name);

}  // namespace lisle::interp

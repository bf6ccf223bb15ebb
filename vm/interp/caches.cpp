// See caches.h.
#include "vm/interp/caches.h"

#include "runtime/types/module.h"

namespace lisle::interp {

using Lookup = rt::AttributeLookup;

namespace {

void set_cache(u64 pc, CacheKind kind, u64 first, u64 second) {
  cache_kind(pc) = kind;
  at(pc)[1] = first;
  at(pc)[2] = second;
}

u64 offset_of_slot(u32 slot) {
  return sizeof(rt::Instance) + slot * sizeof(Value);
}

u64 versioned(u64 low, u32 version) {
  return low | static_cast<u64>(version) << 32;
}

}  // namespace

void fill_get_cache(Runtime& rt, u64 pc, Value obj, rt::Str* name) {
  if (!obj.is_object()) return;
  Lookup found = rt::classify_get(rt, obj, name);
  rt::Object* o = obj.object();
  u64 key = shape_key(&rt.thread, o);
  switch (found.kind) {
    case Lookup::kOwnSlot:
      return set_cache(pc, kOwnSlot, key, offset_of_slot(found.slot));
    case Lookup::kOwnOverflow:
      return set_cache(pc, kOwnOverflow, key, found.slot);
    case Lookup::kMethod:
      return set_cache(pc, kMethod, key, found.value.bits());
    case Lookup::kProperty:
      return set_cache(pc, kProperty, key, found.value.bits());
    case Lookup::kClassValue:
      return set_cache(pc, kClassValue, versioned(o->shape, found.version), found.value.bits());
    case Lookup::kModuleEntry:
      return set_cache(pc, kModule, versioned(found.version, found.slot), 0);
    case Lookup::kTypeValue:
      return set_cache(pc, kTypeValue, versioned(0, found.version), found.value.bits());
    default:
      return;
  }
}

void fill_set_cache(Runtime& rt, u64 pc, Value obj, rt::Str* name) {
  if (!obj.is_object()) return;
  Lookup found = rt::classify_set(rt, obj, name);
  u64 key = shape_key(&rt.thread, obj.object());
  switch (found.kind) {
    case Lookup::kOwnSlot:
      return set_cache(pc, kOwnSlot, key, offset_of_slot(found.slot));
    case Lookup::kOwnOverflow:
      // Other layouts keep the array elsewhere.
      if (obj.object()->kind != rt::Kind::Instance) return;
      return set_cache(pc, kOwnOverflow, key, found.slot);
    case Lookup::kAddSlot:
      return set_cache(pc, kAddSlot, key, versioned(offset_of_slot(found.slot), found.new_shape->id));
    default:
      return;
  }
}

}  // namespace lisle::interp

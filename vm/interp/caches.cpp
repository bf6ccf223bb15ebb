// See caches.h.
#include "vm/interp/caches.h"

#include "runtime/types/instance.h"
#include "runtime/types/module.h"
#include "vm/interp/compiled.h"

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

// Keeps what the cache at `pc` holds, before it is replaced.
void keep_replaced(rt::ReplacedCaches& caches, u64 pc) {
  u64 kind = cache_kind(pc), guard = at(pc)[1];
  if (kind != kOwnSlot && kind != kMethod && kind != kAddSlot) return;
  rt::ReplacedCaches::Row& row = caches.at(pc);
  if (row.pc != pc) row = {.pc = pc};
  u32 n = 0;
  while (n < row.count && static_cast<u32>(row.guards[n]) != static_cast<u32>(guard)) ++n;
  if (n == rt::ReplacedCaches::kShapes) return;
  row.kinds[n] = static_cast<u8>(kind);
  row.guards[n] = guard;
  row.seconds[n] = at(pc)[2];
  row.count = std::max(row.count, n + 1);
}

// Fills the cache for all objects that `guard` admits, and remembers it for other accesses to `name`.
void set_shared_cache(Runtime& rt, rt::AccessCache& shared, u64 pc, CacheKind kind, u64 guard, rt::Str* name,
                      u64 second) {
  keep_replaced(rt.replaced_caches, pc);
  set_cache(pc, kind, guard, second);
  shared.at(guard, name) = {guard, name, second, kind};
}

bool recall(rt::AccessCache& from, Thread* t, u64 pc, rt::Object* o, rt::Str* name) {
  u64 guard = shape_key(t, o);
  const rt::AccessCache::Entry& entry = from.at(guard, name);
  if (entry.guard != guard || entry.name != name || entry.kind == kEmpty) return false;
  keep_replaced(world(t).replaced_caches, pc);
  set_cache(pc, static_cast<CacheKind>(entry.kind), guard, entry.second);
  return true;
}

}  // namespace

u64 attribute_seen(Thread* t, u64 object, rt::Str* name) {
  Value v = Value::from_bits(object);
  if (!v.is_object()) return Value::unbound().bits();
  rt::Object* o = v.object();
  u64 guard = shape_key(t, o);
  const rt::AccessCache::Entry& entry = world(t).attribute_reads.at(guard, name);
  if (entry.guard != guard || entry.name != name) return Value::unbound().bits();
  if (entry.kind == kOwnSlot) return slot_at(o, entry.second).bits();
  bool overflows = entry.kind == kOwnOverflow && o->kind == rt::Kind::Instance;
  return (overflows ? overflow_at(o, entry.second) : Value::unbound()).bits();
}

u64 is_instance_seen(Thread* t, u64 object, rt::Type* type) {
  bool answer, known = rt::is_instance_at_once(world(t), Value::from_bits(object), Value::from(type), answer);
  return (known ? Value::from_bool(answer) : Value::unbound()).bits();
}

u64 method_seen(Thread* t, u64 object, rt::Str* name) {
  Value v = Value::from_bits(object);
  if (!v.is_object()) return Value::unbound().bits();
  u64 guard = shape_key(t, v.object());
  const rt::AccessCache::Entry& entry = world(t).attribute_reads.at(guard, name);
  bool known = entry.guard == guard && entry.name == name && entry.kind == kMethod;
  return known ? entry.second : Value::unbound().bits();
}

bool recall_get(Thread* t, u64 pc, rt::Object* o, rt::Str* name) {
  return recall(world(t).attribute_reads, t, pc, o, name);
}

bool recall_set(Thread* t, u64 pc, rt::Object* o, rt::Str* name) {
  return recall(world(t).attribute_writes, t, pc, o, name);
}

void fill_get_cache(Runtime& rt, u64 pc, Value obj, rt::Str* name) {
  if (!obj.is_object()) return;
  Lookup found = rt::classify_get(rt, obj, name);
  rt::Object* o = obj.object();
  u64 key = shape_key(&rt.thread, o);
  switch (found.kind) {
    case Lookup::kOwnSlot:
      return set_shared_cache(rt, rt.attribute_reads, pc, kOwnSlot, key, name, offset_of_slot(found.slot));
    case Lookup::kOwnOverflow:
      return set_shared_cache(rt, rt.attribute_reads, pc, kOwnOverflow, key, name, found.slot);
    case Lookup::kMethod:
      return set_shared_cache(rt, rt.attribute_reads, pc, kMethod, key, name, found.value.bits());
    case Lookup::kProperty:
      return set_shared_cache(rt, rt.attribute_reads, pc, kProperty, key, name, found.value.bits());
    case Lookup::kClassValue:
      return set_cache(pc, kClassValue, versioned(o->shape, found.version), found.value.bits());
    case Lookup::kModuleEntry:
      return set_cache(pc, kModule, versioned(found.version, found.slot), 0);
    case Lookup::kTypeValue:
      return set_cache(pc, kTypeValue, type_key(&rt.thread, o), found.value.bits());
    case Lookup::kTypeMethod:
      return set_cache(pc, kTypeMethod, type_key(&rt.thread, o), found.value.bits());
    case Lookup::kClassMethod:
      return set_shared_cache(rt, rt.attribute_reads, pc, kClassMethod, key, name, found.value.bits());
    case Lookup::kSuperMethod:
      return set_cache(pc, kSuperMethod, versioned(found.slot, found.version), found.value.bits());
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
      return set_shared_cache(rt, rt.attribute_writes, pc, kOwnSlot, key, name, offset_of_slot(found.slot));
    case Lookup::kOwnOverflow:
      // Other layouts keep the array elsewhere.
      if (obj.object()->kind != rt::Kind::Instance) return;
      return set_shared_cache(rt, rt.attribute_writes, pc, kOwnOverflow, key, name, found.slot);
    case Lookup::kAddSlot:
      return set_shared_cache(rt, rt.attribute_writes, pc, kAddSlot, key, name,
                              versioned(offset_of_slot(found.slot), found.new_shape->id));
    default:
      return;
  }
}

}  // namespace lisle::interp

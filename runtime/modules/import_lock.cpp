// See import_lock.h. The locks stand in sys._import_locks by the names of the modules whose bodies run now.
#include "runtime/modules/import_lock.h"

#include "runtime/types/dict.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

constexpr const char* kLocks = "_import_locks";

Lock* lock_of(Runtime& rt, Str* name) {
  Dict* locks = as<Dict>(module_get(rt, *rt.sys, kLocks));
  return locks ? as<Lock>(dict_get_str(rt, *locks, name)) : nullptr;
}

}  // namespace

void hold_import(Runtime& rt, Str* name) {
  Value locks = module_get(rt, *rt.sys, kLocks);
  if (!is_kind(locks, Kind::Dict)) {
    locks = Value::from(new_dict(rt));
    module_set(rt, *rt.sys, kLocks, locks);
  }
  Lock* lock = rt.make<Lock>(TypeId::Lock);
  lock->owner = rt.thread.current;
  lock->count = 1;
  dict_set_str(rt, *to<Dict>(locks), name, Value::from(lock));
}

void release_import(Runtime& rt, Str* name) {
  Lock* lock = lock_of(rt, name);
  if (!lock) return;
  dict_delete_str(rt, *to<Dict>(module_get(rt, *rt.sys, kLocks)), name);
  lock_free(rt, *lock);
}

Lock* foreign_import(Runtime& rt, Str* name) {
  const Scheduler& s = *rt.scheduler;
  if (LISLE_LIKELY(s.ring_count == 1)) return nullptr;
  Lock* lock = lock_of(rt, name);
  const Lock* held = lock;
  // Locks of the program can be waited for in circles that this thread has no part in.
  for (u32 steps = 0; held && steps < s.ring_count; ++steps) {
    Tasklet* owner = held->owner;
    if (!owner || owner->ring == s.ring->index || !ring_of(rt, *owner)) return nullptr;
    Object* awaited = awaited_by(*owner);
    held = awaited && awaited->kind == Kind::Lock ? static_cast<const Lock*>(awaited) : nullptr;
  }
  return lock;
}

}  // namespace lisle::rt

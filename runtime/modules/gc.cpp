// The module gc: the collector's switches. There are no reference counts, so what CPython frees at once is
// freed here by the next collection; collect() is prompt.
#include "runtime/hooks.h"
#include "runtime/protocols/call.h"
#include "runtime/runtime.h"
#include "runtime/tasks/tasklet.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {
namespace {

Value state(Runtime& rt) {
  Value module = dict_get_str(rt, *rt.modules, intern(rt, "gc"));
  return is_kind(module, Kind::Module) ? module : Value::none();
}

void set_enabled(Runtime& rt, bool on) {
  if (Module* module = as<Module>(state(rt))) module_set(rt, *module, "_enabled", Value::from_bool(on));
}

// The native stack is scanned too: what finished functions left where the collector's own frames will lie
// must not keep anything alive.
__attribute__((noinline)) void scrub_native_stack() {
  volatile char stale[8192];
  for (volatile char& c : stale) c = 0;
}

// Prompt: the finalizers have run when it returns. f: generation.
Result gc_collect(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      i64 generation = 2;
      if (!f[0].is_unbound() && (!is_int_like(f[0]) || !int_to_i64(f[0], generation))) {
        return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                     type_name(rt, f[0]));
      }
      if (generation < 0 || generation > 2) return raise(rt, TypeId::ValueError, "invalid generation");
      // What earlier calls left above the frames keeps nothing alive.
      rt.thread.window_end = nullptr;
      if (rt.hooks && rt.hooks->clear_dead_registers) rt.hooks->clear_dead_registers(rt);
      scrub_native_stack();
      rt.heap.collect(generation == 2 ? Heap::Scope::kFull : Heap::Scope::kMinor);
    }
      if (!rt.heap.due.empty() && !(rt.thread.current->task_flags & kTaskletFinalizes)) {
        rt.thread.current->task_flags |= kTaskletFinalizes;
        AWAIT(1, call_internal(rt, f, Internal::RunFinalizers, {}));
      }
      return Value::from_int(0);
  }
  LISLE_UNREACHABLE();
}

// Automatic collection is part of allocation here and cannot be turned off; the switch is remembered for
// isenabled().
Result gc_enable(Runtime& rt, Frame&) {
  set_enabled(rt, true);
  return Result::none();
}
Result gc_disable(Runtime& rt, Frame&) {
  set_enabled(rt, false);
  return Result::none();
}
Result gc_isenabled(Runtime& rt, Frame&) {
  Module* module = as<Module>(state(rt));
  return module ? module_get(rt, *module, "_enabled") : Value::true_();
}

Value three(Runtime& rt, i64 a, i64 b, i64 c) {
  Value items[3] = {Value::from_int(a), Value::from_int(b), Value::from_int(c)};
  return Value::from(new_tuple_from(rt, items, 3));
}
Result gc_get_count(Runtime& rt, Frame&) {
  return three(rt, 0, 0, static_cast<i64>(rt.heap.collections()));
}
Result gc_get_threshold(Runtime& rt, Frame&) {
  return three(rt, 700, 10, 10);
}
Result gc_none(Runtime&, Frame&) {
  return Result::none();
}
Result gc_zero(Runtime&, Frame&) {
  return Value::from_int(0);
}
// An object whose class has __del__ carries a mark until that was called.
Result gc_is_finalized(Runtime& rt, Frame& f) {
  bool has_del = f[0].is_object() && !type_of(rt, f[0])->special(Special::Del).is_unbound();
  return Result::boolean(has_del && !(f[0].object()->gc & kGcFinalizer));
}
Result gc_is_tracked(Runtime&, Frame& f) {
  return Result::boolean(f[0].is_object());
}
Result gc_empty_list(Runtime& rt, Frame&) {
  return Value::from(new_list(rt));
}

constexpr NativeSpec kFunctions[] = {
    {"collect", gc_collect, "(generation=2)", "Run the collector. Returns 0.", 1},
    {"enable", gc_enable, "()", "Enable automatic collection."},
    {"disable", gc_disable, "()", "Remembered only: collection is part of allocation."},
    {"isenabled", gc_isenabled, "()", "Returns what enable() and disable() said last."},
    {"get_count", gc_get_count, "()", "Returns (0, 0, collections so far)."},
    {"get_threshold", gc_get_threshold, "()", "Returns CPython's defaults."},
    {"set_threshold", gc_none, "(threshold0, threshold1=0, threshold2=0, /)",
     "Accepted; the heap decides itself."},
    {"get_debug", gc_zero, "()", "Returns 0."},
    {"set_debug", gc_none, "(flags, /)", "Accepted and ignored."},
    {"freeze", gc_none, "()", "Accepted; survivors are old anyway."},
    {"unfreeze", gc_none, "()", "Accepted."},
    {"get_freeze_count", gc_zero, "()", "Returns 0."},
    {"is_finalized", gc_is_finalized, "(obj, /)", "Returns whether the value's __del__ was called."},
    {"is_tracked", gc_is_tracked, "(obj, /)", "Returns whether the value lies in the heap."},
    {"get_objects", gc_empty_list, "(generation=None)", "Returns an empty list: objects are not enumerated."},
    {"get_referrers", gc_empty_list, "(*objs)", "Returns an empty list: referrers are not known."},
};

void setup(Runtime& rt, Module& module) {
  module_set(rt, module, "_enabled", Value::true_());
  module_set(rt, module, "garbage", Value::from(new_list(rt)));
  module_set(rt, module, "callbacks", Value::from(new_list(rt)));
  module_set(rt, module, "DEBUG_STATS", Value::from_int(1));
  module_set(rt, module, "DEBUG_COLLECTABLE", Value::from_int(2));
  module_set(rt, module, "DEBUG_UNCOLLECTABLE", Value::from_int(4));
  module_set(rt, module, "DEBUG_SAVEALL", Value::from_int(32));
  module_set(rt, module, "DEBUG_LEAK", Value::from_int(38));
}

}  // namespace

extern const ModuleSpec kGcModule = {"gc", "Access to the garbage collector.", kFunctions, setup};

}  // namespace lisle::rt

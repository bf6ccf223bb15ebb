// The module gc: the collector's switches. There are no reference counts, so what CPython frees at once is
// freed here by the next collection; collect() is prompt.
#include "runtime/builtins/print_exception.h"
#include "runtime/hooks.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/call.h"
#include "runtime/runtime.h"
#include "runtime/tasks/tasklet.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/set.h"

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

Value stats_of(Runtime& rt) {
  Module* module = as<Module>(state(rt));
  return module ? module_get(rt, *module, "_stats") : Value::none();
}

// One more collection of that generation by the program.
void count_collection(Runtime& rt, i64 generation) {
  List* stats = as<List>(stats_of(rt));
  Dict* row = stats && stats->size == 3 ? as<Dict>(stats->items->items[generation]) : nullptr;
  if (!row) return;
  Str* name = intern(rt, "collections");
  Value before = dict_get_str(rt, *row, name);
  dict_set_str(rt, *row, name, Value::from_int(before.is_int() ? before.as_int() + 1 : 1));
}

// What gc.callbacks are given beside the phase. Nobody counts what a collection frees.
Value collection_info(Runtime& rt, Value generation) {
  Dict* info = new_dict(rt);
  dict_set_str(rt, *info, intern(rt, "generation"), generation);
  dict_set_str(rt, *info, intern(rt, "collected"), Value::from_int(0));
  dict_set_str(rt, *info, intern(rt, "uncollectable"), Value::from_int(0));
  return Value::from(info);
}

// The callback of that place in gc.callbacks; unbound behind the last one.
Value callback_at(Runtime& rt, i64 place) {
  Module* module = as<Module>(state(rt));
  List* callbacks = module ? as<List>(module_get(rt, *module, "callbacks")) : nullptr;
  return callbacks && place < static_cast<i64>(callbacks->size) ? callbacks->items->items[place]
                                                                : Value::unbound();
}

Result generation_argument(Runtime& rt, Value v, i64& out) {
  out = 2;
  if (!v.is_unbound() && (!is_int_like(v) || !int_to_i64(v, out)))
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer", type_name(rt, v));
  if (out < 0 || out > 2) return raise(rt, TypeId::ValueError, "invalid generation");
  return Result::none();
}

// Prompt: the finalizers have run when it returns. Callbacks may raise, which is told and forgotten.
// f: generation, place in gc.callbacks, what was raised.
__attribute__((noinline)) Result collect_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      i64 generation;
      TRY(generation_argument(rt, f[0], generation));
      f[0] = Value::from_int(generation);
    }
      for (f[1] = Value::from_int(0); !callback_at(rt, f[1].as_int()).is_unbound();
           f[1] = Value::from_int(f[1].as_int() + 1)) {
        AWAIT_CATCH(2, call(rt, f, callback_at(rt, f[1].as_int()),
                            {Value::from(intern(rt, "start")), collection_info(rt, f[0])}));
        if (r.is_raised()) {
          f[2] = take_raised(rt);
          AWAIT_CATCH(3, print_unraisable(rt, f, f[2], Value::none()));
          if (r.is_raised()) static_cast<void>(take_raised(rt));
        }
      }
      f[1] = f[2] = Value::none();
      // What earlier calls left above the frames keeps nothing alive.
      rt.thread.window_end = nullptr;
      rt.thread.resumed = Value::none();
      if (rt.hooks && rt.hooks->clear_dead_registers) rt.hooks->clear_dead_registers(rt);
      scrub_native_stack();
      rt.heap.collect(f[0].as_int() == 2 ? Heap::Scope::kFull : Heap::Scope::kMinor);
      count_collection(rt, f[0].as_int());
      if (!rt.heap.due.empty() && !(rt.thread.current->task_flags & kTaskletFinalizes)) {
        rt.thread.current->task_flags |= kTaskletFinalizes;
        AWAIT_CATCH(1, call_internal(rt, f, Internal::RunFinalizers, {}));
        if (r.is_raised()) return r;
      }
      for (f[1] = Value::from_int(0); !callback_at(rt, f[1].as_int()).is_unbound();
           f[1] = Value::from_int(f[1].as_int() + 1)) {
        AWAIT_CATCH(4, call(rt, f, callback_at(rt, f[1].as_int()),
                            {Value::from(intern(rt, "stop")), collection_info(rt, f[0])}));
        if (r.is_raised()) {
          f[2] = take_raised(rt);
          AWAIT_CATCH(5, print_unraisable(rt, f, f[2], Value::none()));
          if (r.is_raised()) static_cast<void>(take_raised(rt));
        }
      }
      return Value::from_int(0);
  }
  LISLE_UNREACHABLE();
}

// Neither may words of finished functions lie in unused places of the frame of collect_steps() itself.
Result gc_collect(Runtime& rt, Frame& f) {
  scrub_native_stack();
  return collect_steps(rt, f);
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
// Can other objects be reached through it? Of plain containers, empty tuples and dicts of plain things cannot
// lead anywhere.
bool leads_on(Runtime& rt, Value v) {
  if (!v.is_object()) return false;
  if (type_of(rt, v)->is_heap) return true;
  switch (v.object()->kind) {
    case Kind::Float:
    case Kind::Int:
    case Kind::Complex:
    case Kind::Str:
    case Kind::Bytes:
    case Kind::ByteArray:
    case Kind::Range:
      return false;
    case Kind::Tuple:
      return to<Tuple>(v)->size > 0;
    default:
      return true;
  }
}

Result gc_is_tracked(Runtime& rt, Frame& f) {
  Dict* d = as<Dict>(f[0]);
  if (!d || type_of(rt, f[0])->is_heap) return Result::boolean(leads_on(rt, f[0]));
  u64 position = 0;
  Value key, value;
  while (dict_next(*d, position, key, value))
    if (leads_on(rt, key) || leads_on(rt, value)) return Result::boolean(true);
  return Result::boolean(false);
}

// What an object holds, as the collector sees it; the inside of containers stands for their storage.
struct ReferentList {
  Runtime& rt;
  List& out;

  void add(Value v) { list_append(rt, out, v); }
  void operator()(Value v) {
    if (!v.is_object()) return;
    if (auto* storage = as<Array>(v)) {
      storage->visit(*this);
    } else if (!is_kind(v, Kind::Raw) && !is_kind(v, Kind::Shape)) {
      add(v);
    }
  }
  template <class T>
  void operator()(T* object) {
    if (object) (*this)(Value::from(object));
  }
};

void add_referents(Runtime& rt, Value v, List& out) {
  ReferentList list{rt, out};
  if (auto* tuple = as<Tuple>(v)) {
    for (u64 i = 0; i < tuple->size; ++i) list.add(tuple->items[i]);
  } else if (auto* items = as<List>(v)) {
    for (u64 i = 0; i < items->size; ++i) list.add(items->items->items[i]);
  } else if (auto* dict = as<Dict>(v)) {
    u64 position = 0;
    Value key, value;
    while (dict_next(*dict, position, key, value)) list.add(key), list.add(value);
  } else if (auto* set = as<Set>(v)) {
    u64 position = 0;
    Value key;
    i64 hash;
    while (set_next(*set, position, key, hash)) list.add(key);
  } else if (v.is_object() && has_attribute_storage(rt, v.object())) {
    list.add(Value::from(attribute_dict(rt, v.object())));
    list.add(Value::from(type_of(rt, v)));
  } else if (auto* function = as<Function>(v)) {
    function->visit(list);
  } else if (auto* method = as<BoundMethod>(v)) {
    method->visit(list);
  } else if (auto* cell = as<Cell>(v)) {
    cell->visit(list);
  }
}

// f: any number of objects.
Result gc_get_referents(Runtime& rt, Frame& f) {
  List* out = new_list(rt);
  const Tuple* objects = to<Tuple>(f[0]);
  for (u64 i = 0; i < objects->size; ++i) add_referents(rt, objects->items[i], *out);
  return Value::from(out);
}

Result gc_get_objects(Runtime& rt, Frame& f) {
  i64 generation;
  if (!f[0].is_none()) TRY(generation_argument(rt, f[0], generation));
  return Value::from(new_list(rt));
}

Result gc_get_stats(Runtime& rt, Frame&) {
  List* copy = new_list(rt);
  List* stats = as<List>(stats_of(rt));
  for (u64 i = 0; stats && i < stats->size; ++i) {
    Dict* row = as<Dict>(stats->items->items[i]);
    if (row) list_append(rt, *copy, Value::from(dict_copy(rt, *row)));
  }
  return Value::from(copy);
}

Result gc_empty_list(Runtime& rt, Frame&) {
  return Value::from(new_list(rt));
}

constexpr NativeSpec kFunctions[] = {
    {"collect", gc_collect, "(generation=2)", "Run the collector. Returns 0.", 3, kCatches},
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
    {"get_objects", gc_get_objects, "(generation=None)",
     "Returns an empty list: objects are not enumerated."},
    {"get_referents", gc_get_referents, "(*objs)", "Returns what the objects refer to directly."},
    {"get_stats", gc_get_stats, "()", "Returns how often each generation was collected on request."},
    {"get_referrers", gc_empty_list, "(*objs)", "Returns an empty list: referrers are not known."},
};

void setup(Runtime& rt, Module& module) {
  module_set(rt, module, "_enabled", Value::true_());
  List* stats = new_list(rt);
  for (int generation = 0; generation < 3; ++generation) {
    Dict* row = new_dict(rt);
    for (const char* name : {"collections", "collected", "uncollectable"})
      dict_set_str(rt, *row, intern(rt, name), Value::from_int(0));
    list_append(rt, *stats, Value::from(row));
  }
  module_set(rt, module, "_stats", Value::from(stats));
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

// Global names, and the names of class bodies, modules and exec, whose namespace is in r[0].
#include "runtime/protocols/subscript.h"
#include "runtime/types/dict.h"
#include "vm/interp/compiled.h"
#include "vm/interp/errors.h"
#include "vm/interp/handler.h"

namespace lisle::interp {

namespace {

inline rt::Str* name_at(Frame* f, u32 index) {
  return static_cast<rt::Str*>(function_of(f)->code->names->items[index].object());
}

// Cache words: [globals version | entry << 32] [builtins version | entry << 32]. An entry of kInBuiltins in
// the first says that the name is not in the globals.
constexpr u32 kInBuiltins = 0xffffffff;

// The cached value, or unbound.
inline Value cached_global(Frame* f, u64 pc) {
  rt::Function* function = function_of(f);
  rt::Dict* globals = function->globals;
  u64 first = at(pc)[1];
  if (LISLE_UNLIKELY(globals->version != static_cast<u32>(first) || first == 0)) return Value::unbound();
  u32 entry = static_cast<u32>(first >> 32);
  if (LISLE_LIKELY(entry != kInBuiltins)) return globals->value_at(entry);
  u64 second = at(pc)[2];
  rt::Dict* builtins = function->builtins;
  if (LISLE_UNLIKELY(builtins->version != static_cast<u32>(second))) return Value::unbound();
  return builtins->value_at(second >> 32);
}

// Looks the name up in globals and builtins and fills the cache; unbound when there is none.
Value find_global(Runtime& rt, Frame* f, u64 pc, rt::Str* name) {
  rt::Function* function = function_of(f);
  rt::Dict& globals = *function->globals;
  i64 entry = rt::dict_find_str(rt, globals, name);
  if (entry >= 0) {
    at(pc)[1] = rt::dict_version(rt, globals) | static_cast<u64>(entry) << 32;
    return globals.value_at(static_cast<u64>(entry));
  }
  rt::Dict& builtins = *function->builtins;
  entry = rt::dict_find_str(rt, builtins, name);
  if (entry < 0) return Value::unbound();
  at(pc)[1] = rt::dict_version(rt, globals) | static_cast<u64>(kInBuiltins) << 32;
  at(pc)[2] = rt::dict_version(rt, builtins) | static_cast<u64>(entry) << 32;
  return builtins.value_at(static_cast<u64>(entry));
}

bool is_plain_dict(Runtime& rt, Value v) {
  return v.is_object() && v.object()->shape == rt.shape_of(TypeId::Dict);
}

// Asks a namespace that is no plain dict: it may make up what it lacks. Nothing of it is cached.
Result ask_namespace(Runtime& rt, Frame* f, Value space, rt::Str* name) {
  return rt::call_internal(rt, *f, rt::Internal::LoadName,
                           {space, Value::from(name), Value::from(function_of(f))});
}

Result load_global(Runtime& rt, Frame* f, u64 pc, rt::Str* name) {
  Value globals = Value::from(function_of(f)->globals);
  if (LISLE_UNLIKELY(!is_plain_dict(rt, globals))) return ask_namespace(rt, f, globals, name);
  Value v = find_global(rt, f, pc, name);
  return v.is_unbound() ? undefined_name(rt, name) : Result(v);
}

Result load_name(Runtime& rt, Frame* f, u64 pc, rt::Str* name) {
  Value space = reg(f, 0);
  if (space == Value::from(function_of(f)->globals)) return load_global(rt, f, pc, name);
  if (!is_plain_dict(rt, space)) return ask_namespace(rt, f, space, name);
  Value v = rt::dict_get_str(rt, *rt::to<rt::Dict>(space), name);
  return v.is_unbound() ? load_global(rt, f, pc, name) : Result(v);
}

}  // namespace

u32 renew_global(Thread* t, Frame* f) {
  Value globals = Value::from(function_of(f)->globals);
  rt::Str* name = name_at(f, b_of(true_word(f, f->pc)));
  return is_plain_dict(world(t), globals) && !find_global(world(t), f, f->pc, name).is_unbound();
}

SLOW_PATH(LoadGlobal, store, load_global(world(t), f, pc, name_at(f, b_of(word))))
HANDLER(LoadGlobal) {
  Value v = cached_global(f, pc);
  if (LISLE_LIKELY(!v.is_unbound())) {
    reg(f, a_of(word)) = v;
    NEXT(2);
  }
  GO_SLOW(LoadGlobal);
}

namespace {

Result store_global(Runtime& rt, rt::Dict& globals, u64 pc, rt::Str* name, Value v) {
  rt::dict_set_str(rt, globals, name, v);
  i64 entry = rt::dict_find_str(rt, globals, name);
  at(pc)[1] = rt::dict_version(rt, globals) | static_cast<u64>(entry) << 32;
  return Result::none();
}

Result store_name(Runtime& rt, Frame* f, u64 pc, rt::Str* name, Value v) {
  Value space = reg(f, 0);
  if (!is_plain_dict(rt, space)) return rt::set_item(rt, *f, space, Value::from(name), v);
  auto* dict = rt::to<rt::Dict>(space);
  if (dict == function_of(f)->globals) return store_global(rt, *dict, pc, name, v);
  rt::dict_set_str(rt, *dict, name, v);
  return Result::none();
}

}  // namespace

SLOW_PATH(StoreGlobal, discard,
          store_global(world(t), *function_of(f)->globals, pc, name_at(f, b_of(word)), reg(f, a_of(word))))
HANDLER(StoreGlobal) {
  rt::Dict* globals = function_of(f)->globals;
  u64 cache = at(pc)[1];
  if (LISLE_LIKELY(cache != 0 && globals->version == static_cast<u32>(cache))) {
    globals->value_at(cache >> 32) = reg(f, a_of(word));
    world(t).heap.wrote(globals->entries);
    NEXT(1);
  }
  GO_SLOW(StoreGlobal);
}

HANDLER(DeleteGlobal) {
  ENTER_CPP();
  rt::Str* name = name_at(f, a_of(word));
  if (rt::dict_delete_str(world(t), *function_of(f)->globals, name)) NEXT(0);
  FINISH(discard, undefined_name(world(t), name));
}

SLOW_PATH(LoadName, store, load_name(world(t), f, pc, name_at(f, b_of(word))))
HANDLER(LoadName) {
  if (LISLE_LIKELY(reg(f, 0) == Value::from(function_of(f)->globals))) {
    Value v = cached_global(f, pc);
    if (LISLE_LIKELY(!v.is_unbound())) {
      reg(f, a_of(word)) = v;
      NEXT(2);
    }
  }
  GO_SLOW(LoadName);
}

SLOW_PATH(StoreName, discard, store_name(world(t), f, pc, name_at(f, b_of(word)), reg(f, a_of(word))))
HANDLER(StoreName) {
  rt::Dict* globals = function_of(f)->globals;
  u64 cache = at(pc)[1];
  Value space = reg(f, 0);
  if (LISLE_LIKELY(space == Value::from(globals) && cache != 0 &&
                   globals->version == static_cast<u32>(cache))) {
    globals->value_at(cache >> 32) = reg(f, a_of(word));
    world(t).heap.wrote(globals->entries);
    NEXT(1);
  }
  GO_SLOW(StoreName);
}

HANDLER(DeleteName) {
  ENTER_CPP();
  Runtime& rt = world(t);
  Value space = reg(f, 0);
  rt::Str* name = name_at(f, a_of(word));
  if (!is_plain_dict(rt, space))
    FINISH(discard, rt::call_internal(rt, *f, rt::Internal::DeleteName, {space, Value::from(name)}));
  if (rt::dict_delete_str(rt, *rt::to<rt::Dict>(space), name)) NEXT(0);
  FINISH(discard, undefined_name(rt, name));
}

HANDLER(LoadClassFree) {
  ENTER_CPP();
  Runtime& rt = world(t);
  u32 index = b_of(word);
  rt::Str* name = static_cast<rt::Str*>(function_of(f)->code->free_names->items[index].object());
  Value space = reg(f, 0);
  Value cell = Value::from(static_cast<rt::Cell*>(function_of(f)->closure->items[index].object()));
  if (!is_plain_dict(rt, space))
    FINISH(store, rt::call_internal(rt, *f, rt::Internal::LoadClassFree, {space, Value::from(name), cell}));
  Value v = rt::dict_get_str(rt, *rt::to<rt::Dict>(space), name);
  if (v.is_unbound()) v = rt::to<rt::Cell>(cell)->content;
  if (v.is_unbound()) FINISH(store, unbound_free(rt, f, index));
  reg(f, a_of(word)) = v;
  NEXT(0);
}

ASKING_HANDLER(SetupAnnotations, discard,
               rt::call_internal(world(t), *f, rt::Internal::SetupAnnotations, {reg(f, 0)}))

}  // namespace lisle::interp

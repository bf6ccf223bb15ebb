// Subscripts. Lists by small ints are read and written here.
#include "runtime/protocols/subscript.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/list.h"
#include "runtime/types/slice.h"
#include "vm/interp/compiled.h"
#include "vm/interp/numbers.h"
#include "vm/interp/window.h"

namespace lisle::interp {

namespace {

// The place of item `key` in an exact list or tuple of `size`, or beyond it.
inline u64 place_of(Value key, u64 size) {
  i64 index = key.as_int();
  return static_cast<u64>(index < 0 ? index + static_cast<i64>(size) : index);
}

// What compiled code asks for, which has looked at lists only: the subscript where it simply lies there.
Result item_of(Runtime& rt, Frame& f, Value obj, Value key) {
  if (auto* tuple = rt::as<rt::Tuple>(obj);
      tuple && tuple->shape == rt.shape_of(TypeId::Tuple) && key.is_int()) {
    u64 place = place_of(key, tuple->size);
    if (place < tuple->size) return tuple->items[place];
  } else if (auto* dict = rt::as<rt::Dict>(obj); dict && dict->shape == rt.shape_of(TypeId::Dict)) {
    Value found;
    if (rt::dict_get_pure(rt, *dict, key, found) && !found.is_unbound()) return found;
  }
  return rt::get_item(rt, f, obj, key);
}

// The same for what is stored.
Result store_item(Runtime& rt, Frame& f, Value obj, Value key, Value value) {
  auto* dict = rt::as<rt::Dict>(obj);
  if (dict && dict->shape == rt.shape_of(TypeId::Dict) && rt::dict_set_pure(rt, *dict, key, value))
    return Result::none();
  return rt::set_item(rt, f, obj, key, value);
}

}  // namespace

// Tells the compiler what is subscripted at `pc`.
static inline void note_container(Thread* t, u64 pc, rt::Object* o) {
  u32 code = o->kind == rt::Kind::TypedArray ? static_cast<u32>(static_cast<rt::TypedArray*>(o)->code) : 0;
  world(t).receivers.at(pc) = {pc, o->shape, code};
}

SLOW_PATH(GetItem, store, item_of(world(t), *f, reg(f, b_of(word)), reg(f, c_of(word))))

// Instances of the program's classes.
__attribute__((noinline)) static LISLE_CODE void instance_GetItem(HANDLER_ARGS) {
  Value obj = reg(f, b_of(word)), key = reg(f, c_of(word));
  RECORD(kSawProgram);
  if (auto* function = special_function(t, obj, rt::Special::GetItem, 2))
    CALL_ABOVE(function, cont_store, 0, obj, key);
  GO_SLOW(GetItem);
}

LISLE_CODE void call_get_item(Frame* f, Thread* t, u64 pc, u64 ret, u64) {
  u64 k = constants_of(f), word = *at(pc);
  Value obj = reg(f, b_of(word)), key = reg(f, c_of(word));
  if (auto* function = special_function(t, obj, rt::Special::GetItem, 2))
    CALL_ABOVE(function, reinterpret_cast<Entry>(ret), 0, obj, key);
  GO(pc);
}

// Dicts whose key the program does not compare; a key that is not there is the slow path's.
__attribute__((noinline)) static LISLE_CODE void dict_GetItem(HANDLER_ARGS) {
  Value found;
  auto* dict = static_cast<rt::Dict*>(reg(f, b_of(word)).object());
  if (LISLE_LIKELY(rt::dict_get_pure(world(t), *dict, reg(f, c_of(word)), found) && !found.is_unbound())) {
    reg(f, a_of(word)) = found;
    NEXT(0);
  }
  GO_SLOW(GetItem);
}

// Everything but a list's item at a place.
__attribute__((noinline)) static LISLE_CODE void other_GetItem(HANDLER_ARGS) {
  Value obj = reg(f, b_of(word)), key = reg(f, c_of(word));
  RECORD(kSawOther);
  if (LISLE_UNLIKELY(!obj.is_object())) GO_SLOW(GetItem);
  rt::Object* o = obj.object();
  note_container(t, pc, o);
  if (o->shape == Runtime::shape_of(TypeId::Dict)) LISLE_TAIL dict_GetItem(f, t, pc, k, word);
  if (o->kind == rt::Kind::Instance) LISLE_TAIL instance_GetItem(f, t, pc, k, word);
  if (o->shape == Runtime::shape_of(TypeId::Tuple) && key.is_int()) {
    auto* tuple = static_cast<rt::Tuple*>(o);
    u64 place = place_of(key, tuple->size);
    if (LISLE_LIKELY(place < tuple->size)) {
      reg(f, a_of(word)) = tuple->items[place];
      NEXT(0);
    }
  }
  GO_SLOW(GetItem);
}

HANDLER(GetItem) {
  Value obj = reg(f, b_of(word)), key = reg(f, c_of(word));
  if (LISLE_LIKELY(obj.is_object() && obj.object()->shape == Runtime::shape_of(TypeId::List) &&
                   key.is_int())) {
    auto* list = static_cast<rt::List*>(obj.object());
    u64 place = place_of(key, list->size);
    if (LISLE_LIKELY(place < list->size)) {
      reg(f, a_of(word)) = list->items->items[place];
      NEXT(0);
    }
  }
  LISLE_TAIL other_GetItem(f, t, pc, k, word);
}

SLOW_PATH(SetItem, discard,
          store_item(world(t), *f, reg(f, a_of(word)), reg(f, b_of(word)), reg(f, c_of(word))))

__attribute__((noinline)) static LISLE_CODE void other_SetItem(HANDLER_ARGS) {
  Value obj = reg(f, a_of(word)), key = reg(f, b_of(word)), v = reg(f, c_of(word));
  RECORD(kSawOther);
  if (obj.is_object()) note_container(t, pc, obj.object());
  if (obj.is_object() && obj.object()->shape == Runtime::shape_of(TypeId::Dict)) {
    ENTER_CPP();
    if (LISLE_LIKELY(rt::dict_set_pure(world(t), *static_cast<rt::Dict*>(obj.object()), key, v))) NEXT(0);
  }
  if (auto* function = special_function(t, obj, rt::Special::SetItem, 3)) {
    RECORD(kSawProgram);
    CALL_ABOVE(function, cont_discard, 0, obj, key, v);
  }
  GO_SLOW(SetItem);
}

LISLE_CODE void call_set_item(Frame* f, Thread* t, u64 pc, u64 ret, u64) {
  u64 k = constants_of(f), word = *at(pc);
  Value obj = reg(f, a_of(word)), key = reg(f, b_of(word)), v = reg(f, c_of(word));
  if (auto* function = special_function(t, obj, rt::Special::SetItem, 3))
    CALL_ABOVE(function, reinterpret_cast<Entry>(ret), 0, obj, key, v);
  GO(pc);
}

HANDLER(SetItem) {
  Value obj = reg(f, a_of(word)), key = reg(f, b_of(word));
  if (LISLE_LIKELY(obj.is_object() && key.is_int())) {
    rt::Object* o = obj.object();
    if (LISLE_LIKELY(o->shape == world(t).shape_of(TypeId::List))) {
      auto* list = static_cast<rt::List*>(o);
      u64 place = place_of(key, list->size);
      if (LISLE_LIKELY(place < list->size)) {
        // A store that has to be remembered takes the slow way.
        if (LISLE_LIKELY(!(list->items->gc & rt::kGcOldUnlogged))) {
          list->items->items[place] = reg(f, c_of(word));
          NEXT(0);
        }
      }
    }
  }
  LISLE_TAIL other_SetItem(f, t, pc, k, word);
}

ASKING_HANDLER(DelItem, discard, rt::delete_item(world(t), *f, reg(f, a_of(word)), reg(f, b_of(word))))

ASKING_HANDLER(BuildSlice, store,
               Value::from(rt::new_slice(world(t), reg(f, b_of(word)), reg(f, b_of(word) + 1),
                                         reg(f, b_of(word) + 2))))

ASKING_HANDLER(GetLen, store, rt::length(world(t), *f, reg(f, b_of(word))))

}  // namespace lisle::interp

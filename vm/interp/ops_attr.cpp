// Attributes through inline caches; misses ask the protocols and fill the cache.
#include "runtime/protocols/attribute.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/module.h"
#include "runtime/types/super.h"
#include "vm/interp/caches.h"

namespace lisle::interp {

namespace {

inline rt::Str* name_at(Frame* f, u32 index) {
  return static_cast<rt::Str*>(function_of(f)->code->names->items[index].object());
}

// The value of an access whose cache holds and that needs no call; unbound otherwise.
Value cached_value(Thread* t, u64 pc, rt::Object* o) {
  u64 first = at(pc)[1];
  Value second = Value::from_bits(at(pc)[2]);
  switch (cache_kind(pc)) {
    case kOwnSlot:
      if (first != shape_key(t, o)) break;
      return slot_at(o, at(pc)[2]);
    case kOwnOverflow:
      if (first != shape_key(t, o) || o->kind != rt::Kind::Instance) break;
      return overflow_at(o, at(pc)[2]);
    case kClassValue:
      if (static_cast<u32>(first) != o->shape) break;
      if (world(t).shapes[o->shape]->type->version != first >> 32) break;
      return second;
    case kModule: {
      if (o->kind != rt::Kind::Module) break;
      rt::Dict* dict = static_cast<rt::Module*>(o)->dict;
      if (dict->version != static_cast<u32>(first)) break;
      return dict->value_at(first >> 32);
    }
    case kTypeValue:
      if (o->kind != rt::Kind::Type || first != type_key(t, o)) break;
      return second;
    default:
      break;
  }
  return Value::unbound();
}

// The cache at `pc` has the kind and holds for `o`.
inline bool is_cached(Thread* t, u64 pc, rt::Object* o, CacheKind kind) {
  return cache_kind(pc) == kind && at(pc)[1] == shape_key(t, o);
}

Result read_attribute(Thread* t, Frame* f, u64 pc, Value obj, rt::Str* name) {
  Runtime& rt = world(t);
  if (obj.is_object() && is_cached(t, pc, obj.object(), kProperty)) {
    auto* property = static_cast<rt::Property*>(Value::from_bits(at(pc)[2]).object());
    return rt::call(rt, *f, property->getter, {obj});
  }
  fill_get_cache(rt, pc, obj, name);
  return rt::get_attr(rt, *f, obj, name);
}

// The same for who has not looked at the cache.
Result find_attribute(Thread* t, Frame* f, u64 pc, Value obj, rt::Str* name) {
  if (obj.is_object()) {
    rt::Object* o = obj.object();
    Value v = cached_value(t, pc, o);
    if (v.is_unbound() && recall_get(t, pc, o, name)) v = cached_value(t, pc, o);
    if (!v.is_unbound()) return v;
  }
  return read_attribute(t, f, pc, obj, name);
}

}  // namespace

ASK(GetAttr, store, find_attribute(t, f, pc, reg(f, b_of(word)), name_at(f, c_of(word))))
__attribute__((noinline)) static LISLE_CODE void slow_GetAttr(HANDLER_ARGS) {
  Value obj = reg(f, b_of(word));
  if (LISLE_LIKELY(obj.is_object())) {
    rt::Object* o = obj.object();
    Value v = cached_value(t, pc, o);
    if (v.is_unbound() && recall_get(t, pc, o, name_at(f, c_of(word)))) v = cached_value(t, pc, o);
    if (!v.is_unbound()) {
      reg(f, a_of(word)) = v;
      NEXT(2);
    }
  }
  SLOW(store, read_attribute(t, f, pc, obj, name_at(f, c_of(word))));
}

HANDLER(GetAttr) {
  Value obj = reg(f, b_of(word));
  if (LISLE_LIKELY(obj.is_object())) {
    rt::Object* o = obj.object();
    if (LISLE_LIKELY(cache_kind(pc) == kOwnSlot && at(pc)[1] == shape_key(t, o))) {
      Value v = slot_at(o, at(pc)[2]);
      if (LISLE_LIKELY(!v.is_unbound())) {
        reg(f, a_of(word)) = v;
        NEXT(2);
      }
    }
  }
  GO_SLOW(GetAttr);
}

namespace {

// The rarer stores: with a barrier, into the overflow array, or unknown to the cache.
bool write_cached(Thread* t, u64 pc, rt::Object* o, Value v) {
  if (at(pc)[1] != shape_key(t, o)) return false;
  rt::Object* written = o;
  switch (cache_kind(pc)) {
    case kOwnSlot:
      slot_at(o, at(pc)[2]) = v;
      break;
    case kAddSlot:
      slot_at(o, static_cast<u32>(at(pc)[2])) = v;
      o->shape = static_cast<u32>(at(pc)[2] >> 32);
      break;
    case kOwnOverflow:
      overflow_at(o, at(pc)[2]) = v;
      written = static_cast<rt::Instance*>(o)->overflow.object();
      break;
    default:
      return false;
  }
  world(t).heap.wrote(written);
  return true;
}

Result write_attribute(Thread* t, Frame* f, u64 pc, Value obj, rt::Str* name, Value v) {
  Runtime& rt = world(t);
  if (obj.is_object()) {
    rt::Object* o = obj.object();
    if (write_cached(t, pc, o, v)) return Result::none();
    if (recall_set(t, pc, o, name) && write_cached(t, pc, o, v)) return Result::none();
  }
  fill_set_cache(rt, pc, obj, name);
  return rt::set_attr(rt, *f, obj, name, v);
}

}  // namespace

SLOW_PATH(SetAttr, discard,
          write_attribute(t, f, pc, reg(f, a_of(word)), name_at(f, c_of(word)), reg(f, b_of(word))))
HANDLER(SetAttr) {
  Value obj = reg(f, a_of(word));
  if (LISLE_LIKELY(obj.is_object())) {
    rt::Object* o = obj.object();
    if (LISLE_LIKELY(at(pc)[1] == shape_key(t, o) && !(o->gc & rt::kGcOldUnlogged))) {
      if (LISLE_LIKELY(cache_kind(pc) == kOwnSlot)) {
        slot_at(o, at(pc)[2]) = reg(f, b_of(word));
        NEXT(2);
      }
      if (LISLE_LIKELY(cache_kind(pc) == kAddSlot)) {
        slot_at(o, static_cast<u32>(at(pc)[2])) = reg(f, b_of(word));
        o->shape = static_cast<u32>(at(pc)[2] >> 32);
        NEXT(2);
      }
    }
  }
  GO_SLOW(SetAttr);
}

ASKING_HANDLER(DelAttr, discard,
               rt::set_attr(world(t), *f, reg(f, a_of(word)), name_at(f, c_of(word)), Value::unbound()))

namespace {

// What the function in the cache binds when the access is one of the kinds that bind; unbound otherwise.
Value cached_receiver(Thread* t, u64 pc, Value obj) {
  rt::Object* o = obj.object();
  u64 first = at(pc)[1];
  switch (cache_kind(pc)) {
    case kMethod:
      if (first == shape_key(t, o)) return obj;
      break;
    case kTypeMethod:
      if (o->kind == rt::Kind::Type && first == type_key(t, o)) return obj;
      break;
    case kClassMethod:
      if (first == shape_key(t, o)) return Value::from(world(t).shapes[o->shape]->type);
      break;
    case kSuperMethod: {
      if (o->shape != Runtime::shape_of(TypeId::Super)) break;
      auto* super = static_cast<rt::Super*>(o);
      if (!super->obj_type || super->obj == Value::from(super->obj_type)) break;
      if (first == (super->type->version | static_cast<u64>(super->obj_type->version) << 32))
        return super->obj;
      break;
    }
    default:
      break;
  }
  return Value::unbound();
}

// Fills in the window when the cache says what to call; false when it does not.
bool prepare_cached(Thread* t, Frame* f, u64 pc, u32 window, Value obj) {
  Value receiver = cached_receiver(t, pc, obj);
  if (!receiver.is_unbound()) {
    reg(f, window + 2) = Value::from_bits(at(pc)[2]);
    reg(f, window + 5) = receiver;
    return true;
  }
  Value v = cached_value(t, pc, obj.object());
  if (v.is_unbound()) return false;
  reg(f, window + 2) = Value::unbound();
  reg(f, window + 3) = v;
  reg(f, window + 5) = Value();
  return true;
}

// Prepares window `window` for a call of obj.name (unbound), unless that is not known without asking the
// program: then what is asked for is the callable.
Result find_method(Thread* t, Frame* f, u64 pc, u32 window, Value obj, rt::Str* name) {
  if (obj.is_object()) {
    if (prepare_cached(t, f, pc, window, obj)) return Value::unbound();
    if (recall_get(t, pc, obj.object(), name) && prepare_cached(t, f, pc, window, obj))
      return Value::unbound();
  }
  fill_get_cache(world(t), pc, obj, name);
  if (obj.is_object() && prepare_cached(t, f, pc, window, obj)) return Value::unbound();
  return rt::get_attr(world(t), *f, obj, name);
}

}  // namespace

ASK(GetMethod, method, find_method(t, f, pc, a_of(word), reg(f, b_of(word)), name_at(f, c_of(word))))
__attribute__((noinline)) static LISLE_CODE void slow_GetMethod(HANDLER_ARGS) {
  Value obj = reg(f, b_of(word));
  rt::Str* name = name_at(f, c_of(word));
  if (LISLE_LIKELY(obj.is_object())) {
    if (prepare_cached(t, f, pc, a_of(word), obj)) NEXT(2);
    if (recall_get(t, pc, obj.object(), name) && prepare_cached(t, f, pc, a_of(word), obj)) NEXT(2);
  }
  ENTER_CPP();
  fill_get_cache(world(t), pc, obj, name);
  if (obj.is_object() && prepare_cached(t, f, pc, a_of(word), obj)) NEXT(2);
  FINISH(method, rt::get_attr(world(t), *f, obj, name));
}

// Functions of modules, which bind nothing.
__attribute__((noinline)) static LISLE_CODE void module_GetMethod(HANDLER_ARGS) {
  rt::Object* o = reg(f, b_of(word)).object();
  u64 first = at(pc)[1];
  if (LISLE_LIKELY(o->kind == rt::Kind::Module)) {
    const rt::Dict* dict = static_cast<rt::Module*>(o)->dict;
    if (LISLE_LIKELY(dict->version == static_cast<u32>(first))) {
      Value v = dict->value_at(first >> 32);
      if (LISLE_LIKELY(!v.is_unbound())) {
        u32 window = a_of(word);
        reg(f, window + 2) = Value::unbound();
        reg(f, window + 3) = v;
        reg(f, window + 5) = Value();
        NEXT(2);
      }
    }
  }
  GO_SLOW(GetMethod);
}

HANDLER(GetMethod) {
  Value obj = reg(f, b_of(word));
  if (LISLE_LIKELY(obj.is_object())) {
    CacheKind kind = static_cast<CacheKind>(cache_kind(pc));
    if (LISLE_LIKELY(kind == kMethod && at(pc)[1] == shape_key(t, obj.object()))) {
      u32 window = a_of(word);
      reg(f, window + 2) = Value::from_bits(at(pc)[2]);
      reg(f, window + 5) = obj;
      NEXT(2);
    }
    if (kind == kModule) LISLE_TAIL module_GetMethod(f, t, pc, k, word);
  }
  GO_SLOW(GetMethod);
}

namespace {

// Functions of the program are bound at once, everything else by the rules of descriptors.
Result bind_special(Thread* t, Frame* f, Value obj, rt::Special s) {
  Runtime& rt = world(t);
  Value found = rt::type_of(rt, obj)->special(s);
  if (rt::is_kind(found, rt::Kind::Function)) return Value::from(rt::new_bound_method(rt, found, obj));
  return rt::call_internal(rt, *f, rt::Internal::BindSpecial, {obj, Value::from_int(static_cast<i64>(s))});
}

}  // namespace

ASKING_HANDLER(BindSpecial, store,
               bind_special(t, f, reg(f, b_of(word)), static_cast<rt::Special>(c_of(word))))

}  // namespace lisle::interp

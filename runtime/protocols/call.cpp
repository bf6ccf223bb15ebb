// Preparing calls. Leaf natives run at once; everything else is left to the machine as a window to enter.
#include "runtime/protocols/call.h"

#include <algorithm>
#include <vector>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/bind.h"
#include "runtime/protocols/stack.h"

namespace lisle::rt {

namespace {

// A handful of values: a loop is done before memmove has found out how few they are.
[[gnu::always_inline]] inline void copy_few(const Value* from, u32 count, Value* to) {
#pragma clang loop vectorize(disable) unroll(disable)
  for (u32 i = 0; i < count; ++i) to[i] = from[i];
}

// Calls a leaf in a window above `f`. `self` is inserted before the arguments unless unbound.
Result call_leaf(Runtime& rt, Frame& f, const Native& native, Value self, const Value* args, u32 nargs,
                 Tuple* names) {
  const NativeEntry& entry = rt.natives[native.native_id];
  u32 bound = self.is_unbound() ? 0 : 1;
  u32 keywords = names ? static_cast<u32>(names->size) : 0;
  u32 total = nargs + bound;
  Frame* w = prepare_window(rt, f, std::max<u32>(total + keywords, entry.param_count));
  if (!w) return Result::raised();
  if (bound) w->r[0] = self;
  copy_few(args, nargs + keywords, w->r + bound);
  w->fn = Value::from(&native);
  w->prev = &f;
  w->set_window(total, Value());
  Frame* in_charge = rt.thread.frame;
  rt.thread.frame = w;
  Result r = Result::none();
  if (keywords == 0 && binds_quickly(entry, total))
    fill_missing(entry, *w, total);
  else
    r = bind_native(rt, *w, native, total, names);
  if (!r.is_raised() && !receiver_fits(rt, entry, native, w->r[0]))
    r = raise_wrong_receiver(rt, native, w->r[0]);
  if (!r.is_raised()) r = entry.fn(rt, *w);
  rt.thread.frame = in_charge;
  if (!r.is_pending()) drop_unlinked_segment(rt.thread);
  return r;
}

// The native that a call of `callable` enters, with the object that becomes its first argument (or unbound);
// null when it is none.
const Native* native_called(Runtime& rt, Value callable, Value& self) {
  if (auto* native = as<Native>(callable)) {
    self = native->self;
    return native;
  }
  if (!is_kind(callable, Kind::Capsule)) return nullptr;
  self = callable;
  return as<Native>(type_of(rt, callable)->special(Special::Call));
}

// Calls a native by its quick form; unbound where that gives up.
Result call_quickly(Runtime& rt, Frame& f, const Native& native, Value self, const Value* args, u32 nargs) {
  const NativeEntry& entry = rt.natives[native.native_id];
  const u32 bound = self.is_unbound() ? 0 : 1;
  Frame* w = prepare_window(rt, f, nargs + bound);
  if (!w) return Result::raised();
  if (bound) w->r[0] = self;
  copy_few(args, nargs, w->r + bound);
  w->fn = Value::from(&native);
  w->prev = &f;
  w->set_window(nargs + bound, Value());
  if (nargs + bound == 0 || !receiver_fits(rt, entry, native, w->r[0])) return Value::unbound();
  Frame* in_charge = rt.thread.frame;
  rt.thread.frame = w;
  const Result r = entry.quick(rt, *w);
  rt.thread.frame = in_charge;
  if (!r.is_pending()) drop_unlinked_segment(rt.thread);
  return r;
}

// Prepares the call of a function of the program with a receiver.
Result call_with_receiver(Runtime& rt, Frame& f, Value function, Value obj, const Value* args, u32 count) {
  Frame* w = prepare_window(rt, f, count + 1);
  if (!w) return Result::raised();
  w->fn = function;
  w->r[0] = obj;
  copy_few(args, count, w->r + 1);
  w->set_window(count + 1, Value());
  rt.thread.enter = w;
  return Result::pending();
}

// A class attribute bound to `obj` may be a function (the receiver goes first) or anything with __get__.
Result call_found(Runtime& rt, Frame& f, Value found, Value obj, const Value* args, u32 count) {
  if (is_kind(found, Kind::Function)) return call_with_receiver(rt, f, found, obj, args, count);
  if (auto* native = as<Native>(found)) {
    const NativeEntry& entry = rt.natives[native->native_id];
    bool plain = !(entry.flags & (kStatic | kClassMethod | kNoBind)) && native->self.is_unbound();
    if (plain && runs_at_once(entry)) return call_leaf(rt, f, *native, obj, args, count, nullptr);
  }
  std::vector<Value> all;
  Value few[8];
  Value* with_self = few;
  if (count + 1 > 8) {
    all.resize(count + 1);
    with_self = all.data();
  }
  copy_few(args, count, with_self + 1);
  with_self[0] = obj;
  bool takes_self = false;
  if (auto* native = as<Native>(found)) {
    u16 flags = rt.natives[native->native_id].flags;
    takes_self = !(flags & (kStatic | kClassMethod | kNoBind)) && native->self.is_unbound();
  }
  if (takes_self) return call_span(rt, f, found, with_self, count + 1);
  Value saved = found;
  Result bound = bind_descriptor(rt, f, saved, obj, type_of(rt, obj));
  if (bound.is_value()) return call_span(rt, f, bound.value(), args, count);
  if (bound.is_raised()) return bound;
  // The binding itself asks the program (a __get__ written in it): a step machine awaits it and then calls.
  Tuple* rest = new_tuple_from(rt, args, count);
  return call_internal(rt, f, Internal::BindAndCall, {found, obj, Value::from(rest)});
}

}  // namespace

bool runs_at_once(const NativeEntry& entry) {
  return entry.registers == 0 && !(entry.flags & kSwitches);
}

Result call_keywords(Runtime& rt, Frame& f, Value callable, const Value* args, u32 positional, Tuple* names) {
  if (names && names->size == 0) names = nullptr;
  if (auto* native = as<Native>(callable)) {
    if (runs_at_once(rt.natives[native->native_id]))
      return call_leaf(rt, f, *native, native->self, args, positional, names);
  }
  Value self = Value::unbound();
  const Native* native = names ? nullptr : native_called(rt, callable, self);
  if (native && rt.natives[native->native_id].quick) {
    const Result r = call_quickly(rt, f, *native, self, args, positional);
    if (!r.is_value() || !r.value().is_unbound()) return r;
  }
  u32 keywords = names ? static_cast<u32>(names->size) : 0;
  Frame* w = prepare_window(rt, f, positional + keywords);
  if (!w) return Result::raised();
  copy_few(args, positional + keywords, w->r);
  w->fn = callable;
  w->set_window(positional, names ? Value::from(names) : Value());
  rt.thread.enter = w;
  return Result::pending();
}

Result call_span(Runtime& rt, Frame& f, Value callable, const Value* args, u32 count) {
  return call_keywords(rt, f, callable, args, count, nullptr);
}

Result call(Runtime& rt, Frame& f, Value callable, std::initializer_list<Value> args) {
  return call_keywords(rt, f, callable, args.begin(), static_cast<u32>(args.size()), nullptr);
}

Result call_spread(Runtime& rt, Frame& f, Value callable, Tuple* args, Dict* kwargs) {
  if (!kwargs || kwargs->used == 0)
    return call_keywords(rt, f, callable, args->items, static_cast<u32>(args->size), nullptr);
  Tuple* names = new_tuple(rt, kwargs->used);
  u64 total = args->size + kwargs->used;
  Value few[8];
  std::vector<Value> many;
  Value* all = few;
  if (total > 8) {
    many.resize(total);
    all = many.data();
  }
  copy_few(args->items, static_cast<u32>(args->size), all);
  u64 position = 0, i = 0;
  Value key, value;
  while (dict_next(*kwargs, position, key, value)) {
    if (!is_str(key)) return raise(rt, TypeId::TypeError, "keywords must be strings");
    names->items[i] = key;
    all[args->size + i++] = value;
  }
  rt.heap.wrote(names);
  return call_keywords(rt, f, callable, all, static_cast<u32>(args->size), names);
}

Result call_method(Runtime& rt, Frame& f, Value obj, Str* name, std::initializer_list<Value> args) {
  Type* type = type_of(rt, obj);
  bool plain =
      !is_type(obj) && type->special(Special::GetAttr).is_unbound() &&
      type->special(Special::GetAttribute) == rt.type(TypeId::Object)->special(Special::GetAttribute);
  if (plain && !(obj.is_object() && has_attribute_storage(rt, obj.object()) &&
                 !own_attribute(rt, obj.object(), name).is_unbound())) {
    Value found = type_lookup(rt, type, name);
    if (is_kind(found, Kind::Function) || is_kind(found, Kind::Native))
      return call_found(rt, f, found, obj, args.begin(), static_cast<u32>(args.size()));
  }
  Tuple* rest = new_tuple_from(rt, args.begin(), args.size());
  return call_internal(rt, f, Internal::CallMethod, {obj, Value::from(name), Value::from(rest)});
}

Result call_special(Runtime& rt, Frame& f, Value obj, Special s, std::initializer_list<Value> args) {
  Value found = type_of(rt, obj)->special(s);
  return call_found(rt, f, found, obj, args.begin(), static_cast<u32>(args.size()));
}

bool special_is_native(const Runtime& rt, Value obj, Special s, NativeFn fn) {
  auto* native = as<Native>(type_of(rt, obj)->special(s));
  return native && rt.natives[native->native_id].fn == fn;
}

Result call_internal(Runtime& rt, Frame& f, Internal which, std::initializer_list<Value> args) {
  Native* native = rt.internals[static_cast<size_t>(which)];
  Frame* w = prepare_window(rt, f, native->aux);
  if (!w) return Result::raised();
  copy_few(args.begin(), static_cast<u32>(args.size()), w->r);
  for (u32 i = static_cast<u32>(args.size()); i < native->aux; ++i) w->r[i] = Value();
  w->fn = Value::from(native);
  w->set_window(static_cast<u32>(args.size()), Value());
  rt.thread.enter = w;
  return Result::pending();
}

// --- step machines
// ------------------------------------------------------------------------------------------------------

// f: found, receiver, tuple of arguments.
Result bind_and_call(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, bind_descriptor(rt, f, f[0], f[1], type_of(rt, f[1])));
      f[0] = r.value();
      AWAIT(2, call_span(rt, f, f[0], to<Tuple>(f[2])->items, static_cast<u32>(to<Tuple>(f[2])->size)));
      return r;
  }
  LISLE_UNREACHABLE();
}

// f: an object whose class has a __call__ that is no function, tuple of arguments, dict or None.
Result call_special_spread(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, bind_descriptor(rt, f, type_of(rt, f[0])->special(Special::Call), f[0], type_of(rt, f[0])));
      f[0] = r.value();
      AWAIT(2, call_spread(rt, f, f[0], to<Tuple>(f[1]), as<Dict>(f[2])));
      return r;
  }
  LISLE_UNREACHABLE();
}

// f: receiver, name, tuple of arguments.
Result call_method_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, get_attr(rt, f, f[0], to<Str>(f[1])));
      f[0] = r.value();
      AWAIT(2, call_span(rt, f, f[0], to<Tuple>(f[2])->items, static_cast<u32>(to<Tuple>(f[2])->size)));
      return r;
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

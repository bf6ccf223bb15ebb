// Filling what the functions of _revive have made. Each kind checks its state before it changes anything.
#include <vector>

#include "runtime/hooks.h"
#include "runtime/image/iterator_state.h"
#include "runtime/image/pickler.h"
#include "runtime/image/revive.h"
#include "runtime/image/task_state.h"
#include "runtime/protocols/attribute.h"
#include "runtime/tasks/lock.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/set.h"

namespace lisle::rt {

namespace {

Result damaged(Runtime& rt, Value v) {
  return damaged_state(rt, v);
}

bool number_in(Value v, i64 low, i64 high) {
  return v.is_int() && v.as_int() >= low && v.as_int() <= high;
}

bool is_none_or(Value v, Kind kind) {
  return v.is_none() || is_kind(v, kind);
}

// name, qualname, module, doc, defaults, kwdefaults, closure, annotations, attributes.
Result fill_function(Runtime& rt, Function& f, const std::vector<Value>& s) {
  u64 free_count = f.code->free_names->size;
  bool good = s.size() == 9 && is_str(s[0]) && is_str(s[1]) && is_none_or(s[4], Kind::Tuple) &&
              is_none_or(s[5], Kind::Dict) && is_none_or(s[6], Kind::Tuple) && is_none_or(s[8], Kind::Dict) &&
              (s[7].is_unbound() || is_kind(s[7], Kind::Dict) || is_kind(s[7], Kind::Tuple));
  auto* closure = good ? as<Tuple>(s[6]) : nullptr;
  good = good && (closure ? closure->size : 0) == free_count;
  for (u64 i = 0; good && i < free_count; ++i) good = is_kind(closure->items[i], Kind::Cell);
  // Annotations not yet made into a dict come in pairs of a name and a value.
  auto* annotations = good ? as<Tuple>(s[7]) : nullptr;
  for (u64 i = 0; annotations && i < annotations->size; i += 2)
    good = good && annotations->size % 2 == 0 && is_str(annotations->items[i]);
  if (!good) return damaged(rt, Value::from(&f));
  f.name = to<Str>(s[0]);
  f.qualname = to<Str>(s[1]);
  f.module = s[2];
  f.doc = s[3];
  f.defaults = as<Tuple>(s[4]);
  f.kwdefaults = as<Dict>(s[5]);
  f.closure = closure;
  f.annotations = s[7];
  f.attributes = as<Dict>(s[8]);
  rt.heap.wrote(&f);
  return Result::none();
}

// A dict of attributes.
Result fill_class(Runtime& rt, Type& type, const std::vector<Value>& s) {
  auto* dict = s.size() == 1 && type.is_heap ? as<Dict>(s[0]) : nullptr;
  if (!dict) return damaged(rt, Value::from(&type));
  u64 at = 0;
  Value key, value;
  while (dict_next(*dict, at, key, value)) {
    if (!is_str(key)) return damaged(rt, Value::from(&type));
    Str* name = intern(rt, to<Str>(key));
    if (name == rt.names.abstract_methods && is_kind(value, Kind::Set) && to<Set>(value)->used)
      type.type_flags |= kTypeAbstract;
    type_set_attribute(rt, &type, name, value);
  }
  return Result::none();
}

// The globals of a module made anew: what it holds is copied, because its own dict is known to nobody else.
Result fill_module(Runtime& rt, Module& module, const std::vector<Value>& s) {
  auto* dict = s.size() == 1 ? as<Dict>(s[0]) : nullptr;
  if (!dict) return damaged(rt, Value::from(&module));
  module.dict = dict;
  rt.heap.wrote(&module);
  return Result::none();
}

// flags, name, qualname, handled, handled by the resumer, delegate, frame.
Result fill_generator(Runtime& rt, Generator& g, const std::vector<Value>& s) {
  constexpr u64 kFixed = 6;
  bool good = s.size() >= kFixed && number_in(s[0], 0, (i64{1} << 32) - 1) && is_str(s[1]) && is_str(s[2]) &&
              is_handled_exception(s[3]) && is_handled_exception(s[4]) && g.state == GeneratorState::kClosed;
  u64 flags = good ? static_cast<u64>(s[0].as_int()) : 0;
  if (!good || (flags & 0xff) > static_cast<u64>(GeneratorState::kClosed))
    return damaged(rt, Value::from(&g));
  auto state = static_cast<GeneratorState>(flags & 0xff);
  if (state != GeneratorState::kClosed) {
    g.state = state;
    if (rt.hooks->restore_generator(rt, g, s.data() + kFixed, s.size() - kFixed).is_raised()) {
      g.state = GeneratorState::kClosed;
      return Result::raised();
    }
  }
  g.name = to<Str>(s[1]);
  g.qualname = to<Str>(s[2]);
  g.handled = s[3];
  g.outer_handled = s[4];
  g.yielded_from = s[5];
  g.yielded_item = flags >> 8 & 1;
  g.handles = flags >> 16 & 1;
  g.async_flags = flags >> 24 & 7;
  rt.heap.wrote(&g);
  return Result::none();
}

// next, frame.
Result fill_traceback(Runtime& rt, Traceback& t, const std::vector<Value>& s) {
  bool good = s.size() == 2 && is_none_or(s[0], Kind::Traceback) &&
              (s[1].is_unbound() || is_kind(s[1], Kind::FrameObject));
  // A chain in a circle would be walked for ever.
  for (auto* link = good ? as<Traceback>(s[0]) : nullptr; link; link = as<Traceback>(link->next))
    if (link == &t) good = false, link->next = Value::none();
  if (!good) return damaged(rt, Value::from(&t));
  t.next = s[0];
  t.frame = s[1];
  rt.heap.wrote(&t);
  return Result::none();
}

// caller, locals.
Result fill_frame(Runtime& rt, FrameObject& o, const std::vector<Value>& s) {
  bool good = s.size() == 2 && is_none_or(s[0], Kind::FrameObject) && !s[1].is_exhausted();
  if (!good) return damaged(rt, Value::from(&o));
  o.back = s[0];
  o.locals = s[1];
  rt.heap.wrote(&o);
  return Result::none();
}

Result fill_cell(Runtime& rt, Cell& cell, const std::vector<Value>& s) {
  if (s.size() != 1 || s[0].is_exhausted()) return damaged(rt, Value::from(&cell));
  cell.content = s[0];
  rt.heap.wrote(&cell);
  return Result::none();
}

// The frames of a tasklet, which are looked at when a tasklet is given them.
Result fill_frames(Runtime& rt, Value v, Tuple& state) {
  Value* frames = as_frames_of_tasklet(rt, v);
  *frames = Value::from(&state);
  rt.heap.wrote(v.object());
  return Result::none();
}

Result fill_array(Runtime& rt, Array& array, const std::vector<Value>& s) {
  if (s.size() != array.capacity) return damaged(rt, Value::from(&array));
  std::copy(s.begin(), s.end(), array.items);
  rt.heap.wrote(&array);
  return Result::none();
}

}  // namespace

Result damaged_state(Runtime& rt, Value v) {
  return raise_pickle_error(rt, "UnpicklingError", "bad state of '%s' object in pickle", type_name(rt, v));
}

bool is_handled_exception(Value v) {
  return v.is_none() || v.is_unbound() || v == Value() || is_kind(v, Kind::Exception);
}

static bool sets_state_as(Runtime& rt, Value v, TypeId base) {
  Str* name = intern(rt, "__setstate__");
  return type_lookup(rt, type_of(rt, v), name) == type_lookup(rt, rt.type(base), name);
}

std::vector<Value> without_marks(Runtime& rt, const Tuple& state) {
  std::vector<Value> s(state.items, state.items + state.size);
  Value unbound = Value::from(rt.internals[static_cast<size_t>(kUnboundMark)]);
  Value exhausted = Value::from(rt.internals[static_cast<size_t>(kExhaustedMark)]);
  for (Value& item : s) {
    if (item == unbound) item = Value::unbound();
    if (item == exhausted) item = Value::exhausted();
  }
  return s;
}

bool is_revived(Runtime& rt, Value v, Value state) {
  if (!is_kind(state, Kind::Tuple) || !v.is_object()) return false;
  switch (v.object()->kind) {
    case Kind::Array:
    case Kind::Function:
    case Kind::Cell:
    case Kind::Generator:
    case Kind::Traceback:
    case Kind::FrameObject:
      return true;
    case Kind::Lock:
      return true;
    case Kind::Iterator:
      return v.object()->aux == kIteratorUnfilled;
    case Kind::Type:
    case Kind::Module:
      return to<Tuple>(state)->size == 1;
    case Kind::Capsule:
      return as_frames_of_tasklet(rt, v) != nullptr;
    // A subclass that says itself how it is filled is asked.
    case Kind::Tasklet:
      return sets_state_as(rt, v, TypeId::Tasklet);
    case Kind::Channel:
      return sets_state_as(rt, v, TypeId::Channel);
    default:
      return false;
  }
}

Result fill_revived(Runtime& rt, Value v, Tuple& state) {
  // The tuple keeps everything alive meanwhile.
  const std::vector<Value> s = without_marks(rt, state);
  switch (v.object()->kind) {
    case Kind::Capsule:
      return fill_frames(rt, v, state);
    case Kind::Array:
      return fill_array(rt, *to<Array>(v), s);
    case Kind::Function:
      return fill_function(rt, *to<Function>(v), s);
    case Kind::Cell:
      return fill_cell(rt, *to<Cell>(v), s);
    case Kind::Generator:
      return fill_generator(rt, *to<Generator>(v), s);
    case Kind::Traceback:
      return fill_traceback(rt, *to<Traceback>(v), s);
    case Kind::FrameObject:
      return fill_frame(rt, *to<FrameObject>(v), s);
    case Kind::Lock:
      return fill_lock(rt, *to<Lock>(v), s);
    case Kind::Iterator:
      return fill_iterator(rt, *to<Iterator>(v), s) ? Result::none() : damaged(rt, v);
    case Kind::Type:
      return fill_class(rt, *to<Type>(v), s);
    case Kind::Module:
      return fill_module(rt, *to<Module>(v), s);
    case Kind::Tasklet:
      return fill_tasklet(rt, *to<Tasklet>(v), s);
    default:
      return fill_channel(rt, *to<Channel>(v), s);
  }
}

}  // namespace lisle::rt

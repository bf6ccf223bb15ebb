// The module _revive: functions that pickles name to make what by_value.cpp takes apart. See revive.h for the
// other half, filling.
#include "runtime/image/revive.h"

#include <algorithm>

#include "runtime/hooks.h"
#include "runtime/image/iterator_state.h"
#include "runtime/image/native_names.h"
#include "runtime/image/pickler.h"
#include "runtime/modules/boot.h"
#include "runtime/protocols/call.h"
#include "runtime/tasks/bomb.h"
#include "runtime/tasks/lock.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/bytes.h"
#include "runtime/types/capsule.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict_view.h"
#include "runtime/types/exception.h"
#include "runtime/types/file.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/weakref.h"

namespace lisle::rt {

namespace {

Result damaged(Runtime& rt, const char* what) {
  return raise_pickle_error(rt, "UnpicklingError", "bad %s in pickle", what);
}

bool number_in(Value v, i64 low, i64 high) {
  return v.is_int() && v.as_int() >= low && v.as_int() <= high;
}

// --- code and functions

// bytes.
Result make_code(Runtime& rt, Frame& f) {
  std::string why;
  Code* code =
      is_bytes(f[0]) && rt.hooks->read_code ? rt.hooks->read_code(rt, to<Bytes>(f[0])->view(), why) : nullptr;
  if (code) return Value::from(code);
  return raise_pickle_error(rt, "UnpicklingError", "the pickled code cannot be used: %s", why.c_str());
}

// code, globals. The closure is empty cells until the state brings the true ones.
Result make_function(Runtime& rt, Frame& f) {
  auto* code = as<Code>(f[0]);
  auto* globals = as<Dict>(f[1]);
  if (!code || !globals) return damaged(rt, "function");
  Function* function = new_function(rt, code, globals);
  if (u64 count = code->free_names->size) {
    function->closure = new_tuple(rt, count);
    for (u64 i = 0; i < count; ++i) {
      function->closure->items[i] = Value::from(new_cell(rt, Value::unbound()));
      rt.heap.wrote(function->closure);
    }
    rt.heap.wrote(function);
  }
  return Value::from(function);
}

// capacity.
Result make_array(Runtime& rt, Frame& f) {
  constexpr i64 kMost = i64{1} << 32;
  if (!number_in(f[0], 0, kMost)) return damaged(rt, "array");
  u64 count = static_cast<u64>(f[0].as_int());
  if (!rt.heap.has_room(count * sizeof(Value))) return raise_with(rt, TypeId::MemoryError, Value::unbound());
  return Value::from(new_array(rt, count));
}

// bytes.
Result make_raw(Runtime& rt, Frame& f) {
  if (!is_bytes(f[0])) return damaged(rt, "raw memory");
  std::string_view bytes = to<Bytes>(f[0])->view();
  Raw* raw = new_raw(rt, bytes.size());
  std::copy(bytes.begin(), bytes.end(), raw->bytes);
  return Value::from(raw);
}

Result make_cell(Runtime& rt, Frame&) {
  return Value::from(new_cell(rt, Value::unbound()));
}

// function, self.
Result make_method(Runtime& rt, Frame& f) {
  return Value::from(new_bound_method(rt, f[0], f[1]));
}

// function, fingerprint.
Result check(Runtime& rt, Frame& f) {
  constexpr i64 kSmall = (i64{1} << 61) - 1;
  auto* function = as<Function>(f[0]);
  if (!function || !f[1].is_int()) return damaged(rt, "fingerprint");
  if ((static_cast<i64>(rt.hooks->fingerprint(*function->code)) & kSmall) == f[1].as_int())
    return Result::none();
  return raise_pickle_error(rt, "UnpicklingError", "%s has changed since frames of it were pickled",
                            str_chars(rt, function->qualname));
}

// --- modules and classes

// name.
Result find_module(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_str(f[0])) return damaged(rt, "module");
      AWAIT(1, call(rt, f, module_get(rt, *rt.builtins, "__import__"), {f[0]}));
      r = dict_get_str(rt, *rt.modules, to<Str>(f[0]));
      return r.value().is_unbound() ? damaged(rt, "module") : r;
  }
  LISLE_UNREACHABLE();
}

// name: the globals of that module.
Result find_namespace(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_str(f[0])) return damaged(rt, "module");
      AWAIT(1, call(rt, f, module_get(rt, *rt.builtins, "__import__"), {f[0]}));
      if (auto* module = as<Module>(dict_get_str(rt, *rt.modules, to<Str>(f[0]))); module && module->dict)
        return Value::from(module->dict);
      return damaged(rt, "module");
  }
  LISLE_UNREACHABLE();
}

// name.
Result make_module(Runtime& rt, Frame& f) {
  return is_str(f[0]) ? Result(Value::from(new_module(rt, to<Str>(f[0])))) : damaged(rt, "module");
}

// metaclass, name, bases, qualname, module or unbound, names of members or None.
Result make_class(Runtime& rt, Frame& f) {
  auto* bases = as<Tuple>(f[2]);
  auto* members = as<Tuple>(f[5]);
  bool good = is_type(f[0]) && is_subtype(to<Type>(f[0]), rt.type(TypeId::Type)) && is_str(f[1]) && bases &&
              is_str(f[3]) && (members || f[5].is_none());
  for (u64 i = 0; good && i < bases->size; ++i) good = is_type(bases->items[i]);
  for (u64 i = 0; good && members && i < members->size; ++i) good = is_str(members->items[i]);
  if (!good || bases->size == 0) return damaged(rt, "class");
  Dict* space = new_dict(rt);
  if (is_str(f[4])) dict_set_str(rt, *space, rt.names.module, f[4]);
  dict_set_str(rt, *space, rt.names.qualname, f[3]);
  if (members) dict_set_str(rt, *space, rt.names.slots, f[5]);
  return new_class(rt, to<Type>(f[0]), to<Str>(f[1]), bases, space, members);
}

// name, of a class that no module shows.
Result find_builtin_class(Runtime& rt, Frame& f) {
  for (Type* type : rt.types)
    if (is_str(f[0]) && str_equal(to<Str>(f[0]), type->name)) return Value::from(type);
  return damaged(rt, "class");
}

// --- what runs

TypeId generator_type(const Code& code) {
  if (code.flags & kCodeCoroutine) return TypeId::Coroutine;
  return code.flags & kCodeAsyncGenerator ? TypeId::AsyncGenerator : TypeId::Generator;
}

// function.
Result make_generator(Runtime& rt, Frame& f) {
  auto* function = as<Function>(f[0]);
  if (!function || !(function->code->flags & kCodeOwnsFrame)) return damaged(rt, "generator");
  u32 words = kHeaderWords + function->code->register_count;
  auto* g = rt.make<Generator>(generator_type(*function->code), words * sizeof(Value));
  g->words = words;
  g->name = function->name;
  g->qualname = function->qualname;
  g->handled = Value::unbound();
  g->yielded_from = g->origin = Value::none();
  g->state = GeneratorState::kClosed;
  g->frame()->fn = f[0];
  g->frame()->pc = reinterpret_cast<u64>(function->code->instructions);
  return Value::from(g);
}

// class, generator, argument, mode, state.
Result make_async_step(Runtime& rt, Frame& f) {
  bool wraps = f[0] == Value::from(rt.type(TypeId::CoroutineWrapper));
  bool good = (wraps || f[0] == Value::from(rt.type(TypeId::AsyncStep))) && is_kind(f[1], Kind::Generator) &&
              number_in(f[3], 0, 2) && number_in(f[4], 0, 2);
  if (!good) return damaged(rt, "awaitable");
  auto* step = rt.make<AsyncStep>(wraps ? TypeId::CoroutineWrapper : TypeId::AsyncStep);
  step->generator = to<Generator>(f[1]);
  step->argument = f[2];
  step->mode = static_cast<u64>(f[3].as_int());
  step->state = static_cast<u64>(f[4].as_int());
  return Value::from(step);
}

// class. Until it is filled it is a tasklet that ends as soon as it runs.
Result make_tasklet(Runtime& rt, Frame& f) {
  if (!is_type(f[0]) || !is_subtype(to<Type>(f[0]), rt.type(TypeId::Tasklet))) return damaged(rt, "tasklet");
  Tasklet* t = new_tasklet(rt, to<Type>(f[0]), Value::none());
  TRY(rt.hooks->restore_frames(rt, *t, nullptr, 0));
  t->task_flags |= kTaskletUnfilled;
  return Value::from(t);
}

// The frames of a tasklet, not given to any.
Result make_frames(Runtime& rt, Frame&) {
  auto* frames = rt.make<Capsule>(TypeId::TaskletFrames);
  for (Value& value : frames->values) value = Value::none();
  frames->values[0] = Value::from(rt.empty_tuple);
  return Value::from(frames);
}

// class.
Result make_channel(Runtime& rt, Frame& f) {
  if (!is_type(f[0]) || !is_subtype(to<Type>(f[0]), rt.type(TypeId::Channel))) return damaged(rt, "channel");
  auto* c = new_instance_of<Channel>(rt, to<Type>(f[0]));
  c->preference = -1;
  return Value::from(c);
}

bool is_place(const Function* function, Value index) {
  return function && number_in(index, 0, static_cast<i64>(function->code->instruction_count) - 1);
}

// function, instruction.
Result make_traceback(Runtime& rt, Frame& f) {
  if (!is_place(as<Function>(f[0]), f[1])) return damaged(rt, "traceback");
  auto* t = rt.make<Traceback>(TypeId::Traceback);
  t->next = Value::none();
  t->function = f[0];
  t->instruction = static_cast<u64>(f[1].as_int());
  t->frame = Value::unbound();
  return Value::from(t);
}

// function, instruction.
Result make_frame(Runtime& rt, Frame& f) {
  if (!is_place(as<Function>(f[0]), f[1])) return damaged(rt, "frame");
  return Value::from(new_frame_object(rt, f[0], static_cast<u64>(f[1].as_int())));
}

// --- views, iterators, and other small things

// class, dict or None, entries before the position, size at the start, items left.
Result make_dict_iterator(Runtime& rt, Frame& f) {
  constexpr i64 kMost = static_cast<i64>(kPackedMask);
  bool good = (is_kind(f[1], Kind::Dict) || f[1].is_none()) && number_in(f[2], -1, kMost) &&
              number_in(f[3], 0, kMost) && number_in(f[4], 0, kMost);
  for (u32 id = static_cast<u32>(TypeId::DictKeyIterator);
       good && id <= static_cast<u32>(TypeId::DictReverseItemIterator); ++id) {
    auto type = static_cast<TypeId>(id);
    if (!(f[0] == Value::from(rt.type(type)))) continue;
    bool forward = type <= TypeId::DictItemIterator;
    if (forward && f[2].as_int() < 0) break;
    return Value::from(new_iterator(
        rt, type, f[1], f[2], pack_size(static_cast<u64>(f[3].as_int()), static_cast<u64>(f[4].as_int()))));
  }
  return damaged(rt, "iterator");
}

// class.
Result make_iterator(Runtime& rt, Frame& f) {
  for (u32 id = 0; id < kTypeCount; ++id)
    if (f[0] == Value::from(rt.types[id]) && has_iterator_state(static_cast<TypeId>(id)))
      return Value::from(new_ended_iterator(rt, static_cast<TypeId>(id)));
  return damaged(rt, "iterator");
}

// recursive.
Result make_lock(Runtime& rt, Frame& f) {
  if (!f[0].is_bool()) return damaged(rt, "lock");
  auto* lock = rt.make<Lock>(f[0].is_true() ? TypeId::RLock : TypeId::Lock);
  lock->recursive = f[0].is_true();
  return Value::from(lock);
}

// class, dict.
Result make_dict_view(Runtime& rt, Frame& f) {
  for (TypeId type : {TypeId::DictKeys, TypeId::DictValues, TypeId::DictItems})
    if (f[0] == Value::from(rt.type(type)) && is_kind(f[1], Kind::Dict))
      return Value::from(new_dict_view(rt, type, to<Dict>(f[1])));
  return damaged(rt, "view");
}

// mapping.
Result make_mapping_proxy(Runtime& rt, Frame& f) {
  if (!has_special(rt, f[0], Special::GetItem)) return damaged(rt, "mapping");
  return Value::from(new_mapping_proxy(rt, f[0]));
}

// target, None when it is dead; callback.
Result make_weak_reference(Runtime& rt, Frame& f) {
  if (!f[0].is_none()) {
    if (!supports_weakref(rt, f[0])) return damaged(rt, "weak reference");
    return Value::from(new_weakref(rt, f[0], f[1].is_unbound() ? Value::none() : f[1]));
  }
  auto* dead = rt.make<WeakRef>(TypeId::WeakRef);
  dead->target = dead->callback = Value::none();
  return Value::from(dead);
}

// exception or None.
Result make_bomb(Runtime& rt, Frame& f) {
  if (!f[0].is_none() && !is_kind(f[0], Kind::Exception)) return damaged(rt, "bomb");
  return Value::from(new_bomb(rt, f[0]));
}

// bool or None.
Result make_atomic(Runtime& rt, Frame& f) {
  if (!f[0].is_none() && !f[0].is_bool()) return damaged(rt, "atomic");
  auto* atomic = rt.make<Atomic>(TypeId::Atomic);
  atomic->before = f[0];
  return Value::from(atomic);
}

// name. Whoever gets hold of a step machine may call it with whatever arguments.
Result find_internal(Runtime& rt, Frame& f) {
  rt.thread.distrusts = true;
  for (Native* native : rt.internals)
    if (native && f[0] == Value::from(native->name)) return Value::from(native);
  for (Native* native : rt.internals)
    if (native && is_str(f[0]) && str_equal(to<Str>(f[0]), native->name)) return Value::from(native);
  return damaged(rt, "step machine");
}

// name as native_names.h has it, module: a function that its module does not show any more. Those of types
// and step machines are not for programs to call.
Result find_native(Runtime& rt, Frame& f) {
  const std::string name = is_str(f[0]) ? utf8_of(to<Str>(f[0])) : "";
  const bool shown = name.starts_with("module ") || name.find("_builtins ") != std::string::npos ||
                     name.find("_functions ") != std::string::npos;
  const NativeNames names;
  const NativeNames::Found found = shown ? names.find(name) : NativeNames::Found{};
  if (!found.spec || found.owner || found.accessor || !is_str(f[1])) return damaged(rt, "builtin function");
  return Value::from(new_native(rt, *found.spec, nullptr, f[1]));
}

// name.
Result find_stream(Runtime& rt, Frame& f) {
  for (const char* name : kStandardStreams) {
    if (!is_str(f[0]) || !str_equals(to<Str>(f[0]), name)) continue;
    Value stream = module_get(rt, *rt.sys, name);
    return stream.is_unbound() ? Result::none() : stream;
  }
  return damaged(rt, "stream");
}

// class, name, mode, encoding.
Result make_closed_file(Runtime& rt, Frame& f) {
  for (TypeId id : {TypeId::FileIO, TypeId::BufferedReader, TypeId::BufferedWriter, TypeId::BufferedRandom,
                    TypeId::TextIOWrapper}) {
    if (!(f[0] == Value::from(rt.type(id)))) continue;
    const u32 text = id == TypeId::TextIOWrapper ? File::kText : 0;
    File* file = new_file(rt, id, -1, File::kClosed | File::kOpen | text, f[1], f[2]);
    if (text) TRY(file_set_text(rt, *file, f[3], Value::none(), Value::none()));
    return Value::from(file);
  }
  return damaged(rt, "file");
}

// exception, context, cause, whether the context is not shown, traceback.
Result link_exception(Runtime& rt, Frame& f) {
  auto* e = as<Exception>(f[0]);
  auto fits = [](Value v, Kind kind) { return v.is_none() || is_kind(v, kind); };
  if (!e || !fits(f[1], Kind::Exception) || !fits(f[2], Kind::Exception) || !f[3].is_bool() ||
      !fits(f[4], Kind::Traceback))
    return damaged(rt, "exception");
  e->context = f[1];
  e->cause = f[2];
  e->aux = static_cast<u16>((e->aux & ~1u) | (f[3].is_true() ? 1u : 0u));
  e->traceback = f[4];
  rt.heap.wrote(e);
  return Result::none();
}

// class: an instance as object.__new__() makes it.
Result make_instance(Runtime& rt, Frame& f) {
  auto* type = is_type(f[0]) ? to<Type>(f[0]) : nullptr;
  if (!type || !type->is_heap || type->instance_kind != Kind::Instance) return damaged(rt, "instance");
  return Value::from(new_instance(rt, type));
}

constexpr NativeSpec kFunctions[] = {
    {"array", make_array, "(capacity, /)"},
    {"async_step", make_async_step, "(cls, generator, argument, mode, state, /)"},
    {"atomic", make_atomic, "(before, /)"},
    {"bomb", make_bomb, "(exception, /)"},
    {"builtin_class", find_builtin_class, "(name, /)"},
    {"cell", make_cell, "()"},
    {"channel", make_channel, "(cls, /)"},
    {"check", check, "(function, fingerprint, /)"},
    {"class_", make_class, "(metaclass, name, bases, qualname, module, members, /)"},
    {"closed_file", make_closed_file, "(cls, name, mode, encoding, /)"},
    {"code", make_code, "(data, /)"},
    {"dict_iterator", make_dict_iterator, "(cls, dict, position, size, left, /)"},
    {"dict_view", make_dict_view, "(cls, dict, /)"},
    {"frame", make_frame, "(function, instruction, /)"},
    {"frames", make_frames, "()"},
    {"function", make_function, "(code, globals, /)"},
    {"generator", make_generator, "(function, /)"},
    {"internal", find_internal, "(name, /)"},
    {"instance", make_instance, "(cls, /)"},
    {"iterator", make_iterator, "(cls, /)"},
    {"link_exception", link_exception, "(exception, context, cause, suppressed, traceback, /)"},
    {"lock", make_lock, "(recursive, /)"},
    {"mapping_proxy", make_mapping_proxy, "(mapping, /)"},
    {"method", make_method, "(function, self, /)"},
    {"module", find_module, "(name, /)", nullptr, 1},
    {"namespace", find_namespace, "(name, /)", nullptr, 1},
    {"native", find_native, "(name, module, /)"},
    {"new_module", make_module, "(name, /)"},
    {"raw", make_raw, "(data, /)"},
    {"stream", find_stream, "(name, /)"},
    {"tasklet", make_tasklet, "(cls, /)"},
    {"traceback", make_traceback, "(function, instruction, /)"},
    {"weak_reference", make_weak_reference, "(target, callback=None, /)"},
};

void set_up(Runtime& rt, Module& module) {
  auto mark = [&](const char* name, Internal which) {
    module_set(rt, module, name, Value::from(rt.internals[static_cast<size_t>(which)]));
  };
  mark("unbound", kUnboundMark);
  mark("exhausted", kExhaustedMark);
}

}  // namespace

Value revive_maker(Runtime& rt, const char* name) {
  return module_get(rt, *load_native_module(rt, kReviveModule), name);
}

Value* as_frames_of_tasklet(Runtime& rt, Value v) {
  bool fits = is_kind(v, Kind::Capsule) && type_of(rt, v) == rt.type(TypeId::TaskletFrames);
  return fits ? &to<Capsule>(v)->values[0] : nullptr;
}

const ModuleSpec kReviveModule = {"_revive", "Makes what pickles hold by value.", kFunctions, set_up};

}  // namespace lisle::rt

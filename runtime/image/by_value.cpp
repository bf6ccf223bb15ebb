// See by_value.h. describe() says for each kind how it is made and filled; everything else here is writing
// that down.
#include "runtime/image/by_value.h"

#include "runtime/hooks.h"
#include "runtime/image/iterator_state.h"
#include "runtime/image/native_names.h"
#include "runtime/image/revive.h"
#include "runtime/image/task_state.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/internals.h"
#include "runtime/tasks/bomb.h"
#include "runtime/tasks/lock.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/bytes.h"
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
#include "runtime/types/super.h"
#include "runtime/types/weakref.h"

namespace lisle::rt {

namespace {

// A call that makes the object, and what fills it.
struct Description {
  Value maker = Value::unbound();
  Tuple* args = nullptr;
  Value state = Value::unbound();
};

Tuple* tuple_of(Runtime& rt, std::initializer_list<Value> items) {
  return new_tuple_from(rt, items.begin(), items.size());
}
Value state_of(Runtime& rt, std::initializer_list<Value> items) {
  return Value::from(tuple_of(rt, items));
}
Value state_of(Runtime& rt, const List& items) {
  return Value::from(new_tuple_from(rt, items.items ? items.items->items : nullptr, items.size));
}
template <class T>
Value or_none(T* o) {
  return o ? Value::from(o) : Value::none();
}
Value number(u64 n) {
  return Value::from_int(static_cast<i64>(n));
}

Result refuse(Runtime& rt, Value v) {
  return raise(rt, TypeId::TypeError, "cannot pickle '%s' object", type_name(rt, v));
}

void describe_function(Runtime& rt, Function& f, Description& d) {
  d.maker = revive_maker(rt, "function");
  d.args = tuple_of(rt, {Value::from(f.code), Value::from(f.globals)});
  d.state = state_of(rt, {Value::from(f.name), Value::from(f.qualname), f.module, f.doc, or_none(f.defaults),
                          or_none(f.kwdefaults), or_none(f.closure), f.annotations, or_none(f.attributes)});
}

Result describe_code(Runtime& rt, Code& code, Description& d) {
  if (!rt.hooks->write_code) return refuse(rt, Value::from(&code));
  d.maker = revive_maker(rt, "code");
  d.args = tuple_of(rt, {Value::from(new_bytes(rt, rt.hooks->write_code(code)))});
  return Result::none();
}

// Attributes that a class has by itself as soon as it is made.
bool comes_with_class(Runtime& rt, Value name, Value v) {
  if (name == Value::from(rt.names.module) || name == Value::from(rt.names.qualname)) return true;
  return is_kind(v, Kind::Getset) &&
         (to<Getset>(v)->is_member() || to<Getset>(v)->type_id == Getset::kInstance);
}

void describe_class(Runtime& rt, Type& type, Description& d) {
  if (!type.is_heap) {
    d.maker = revive_maker(rt, "builtin_class");
    d.args = tuple_of(rt, {Value::from(type.name)});
    return;
  }
  Dict* rest = new_dict(rt);
  u64 at = 0;
  Value key, value, slots = Value::none();
  while (dict_next(*type.dict, at, key, value)) {
    if (key == Value::from(rt.names.slots)) slots = value;
    if (!comes_with_class(rt, key, value)) dict_set_str(rt, *rest, to<Str>(key), value);
  }
  // Members by their names, which are not those of __slots__ where these are private.
  List* members = new_list(rt);
  for (at = 0; !slots.is_none() && dict_next(*type.dict, at, key, value);) {
    if (is_kind(value, Kind::Getset)) list_append(rt, *members, key);
  }
  d.maker = revive_maker(rt, "class_");
  d.args = tuple_of(
      rt, {Value::from(type_of(rt, Value::from(&type))), Value::from(type.name), Value::from(type.bases),
           Value::from(type.qualname), dict_get_str(rt, *type.dict, rt.names.module),
           slots.is_none() ? slots : state_of(rt, *members)});
  d.state = state_of(rt, {Value::from(rest)});
}

Result describe_module(Runtime& rt, Module& module, Description& d) {
  Value name = module.dict ? dict_get_str(rt, *module.dict, rt.names.name) : Value::unbound();
  if (!is_str(name)) return refuse(rt, Value::from(&module));
  d.args = tuple_of(rt, {name});
  d.maker = revive_maker(rt, "module");
  if (dict_get_str(rt, *rt.modules, to<Str>(name)) == Value::from(&module)) return Result::none();
  d.maker = revive_maker(rt, "new_module");
  d.state = state_of(rt, {Value::from(module.dict)});
  return Result::none();
}

// --- what runs

Result describe_generator(Runtime& rt, Generator& g, Description& d) {
  for (Generator* running = rt.thread.current->generators; running; running = running->outer)
    if (running == &g)
      return raise(rt, TypeId::TypeError, "cannot pickle '%s' object: it is running",
                   type_name(rt, Value::from(&g)));
  d.maker = revive_maker(rt, "generator");
  d.args = tuple_of(rt, {g.frame()->fn});
  List* state = new_list(rt, 16);
  u64 flags =
      static_cast<u64>(g.state) | u64{g.yielded_item} << 8 | u64{g.handles} << 16 | u64{g.async_flags} << 24;
  for (Value v : {number(flags), Value::from(g.name), Value::from(g.qualname), g.handled, g.outer_handled,
                  g.yielded_from})
    list_append(rt, *state, v);
  if (g.state != GeneratorState::kClosed) TRY(rt.hooks->capture_generator(rt, g, *state));
  d.state = state_of(rt, *state);
  return Result::none();
}

Result describe_tasklet(Runtime& rt, Tasklet& t, Description& d) {
  d.maker = revive_maker(rt, "tasklet");
  d.args = tuple_of(rt, {Value::from(type_of(rt, Value::from(&t)))});
  List* state = new_list(rt, 32);
  TRY(append_tasklet_state(rt, t, *state));
  d.state = state_of(rt, *state);
  return Result::none();
}

void describe_channel(Runtime& rt, Channel& c, Description& d) {
  d.maker = revive_maker(rt, "channel");
  d.args = tuple_of(rt, {Value::from(type_of(rt, Value::from(&c)))});
  List* state = new_list(rt, 8);
  append_channel_state(rt, c, *state);
  d.state = state_of(rt, *state);
}

void describe_lock(Runtime& rt, Lock& lock, Description& d) {
  d.maker = revive_maker(rt, "lock");
  d.args = tuple_of(rt, {Value::from_bool(lock.recursive)});
  List* state = new_list(rt, 8);
  append_lock_state(rt, lock, *state);
  d.state = state_of(rt, *state);
}

void describe_traceback(Runtime& rt, Traceback& t, Description& d) {
  d.maker = revive_maker(rt, "traceback");
  d.args = tuple_of(rt, {t.function, number(t.instruction)});
  // Frames that only the machine knows would drag everything along that they hold.
  auto* frame = as<FrameObject>(t.frame);
  d.state = state_of(rt, {t.next, frame && frame->is_asked ? t.frame : Value::unbound()});
}

void describe_frame(Runtime& rt, FrameObject& o, Description& d) {
  d.maker = revive_maker(rt, "frame");
  d.args = tuple_of(rt, {o.function, number(instruction_of(o))});
  bool is_function = to<Function>(o.function)->code->flags & kCodeOptimized;
  d.state =
      state_of(rt, {o.back.is_unbound() ? Value::none() : o.back, is_function ? Value::unbound() : o.locals});
}

// Dict iterators keep their dict. Deleted entries are gone in the copy, so the position counts live ones.
void describe_dict_iterator(Runtime& rt, Iterator& it, Description& d) {
  i64 position = it.a.as_int();
  if (auto* dict = as<Dict>(it.source)) {
    bool forward = is_forward_dict_iterator(it);
    i64 end = std::min(forward ? position : position + 1, static_cast<i64>(dict->filled)), live = 0;
    for (i64 i = 0; i < end; ++i) live += !dict->key_at(static_cast<u64>(i)).is_unbound();
    position = forward ? live : live - 1;
  }
  d.maker = revive_maker(rt, "dict_iterator");
  d.args = tuple_of(rt, {Value::from(type_of(rt, Value::from(&it))), it.source, Value::from_int(position),
                         number(packed_size(it.b)), number(packed_left(it.b))});
}

// The name by which sys has a stream; null when it has not.
Str* stream_name(Runtime& rt, const File& file) {
  for (const char* name : kStandardStreams)
    if (module_get(rt, *rt.sys, name) == Value::from(&file)) return intern(rt, name);
  return nullptr;
}

Result describe_file(Runtime& rt, File& file, Description& d) {
  if (Str* name = stream_name(rt, file)) {
    d.maker = revive_maker(rt, "stream");
    d.args = tuple_of(rt, {Value::from(name)});
    return Result::none();
  }
  if (!file.is_closed() || !file.has(File::kOpen)) return refuse(rt, Value::from(&file));
  d.maker = revive_maker(rt, "closed_file");
  d.args = tuple_of(rt, {Value::from(type_of(rt, Value::from(&file))), file.name, file.mode, file.encoding});
  return Result::none();
}

// A function of a native module whose name there stands for something else now.
bool is_displaced(Runtime& rt, Value v) {
  const Native& native = *to<Native>(v);
  if (native.owner || !native.self.is_unbound() || !is_str(native.module)) return false;
  return !dict_get_str(rt, *rt.modules, to<Str>(native.module)).is_unbound() && !is_plain_global(rt, v);
}

void describe_native(Runtime& rt, Native& native, Description& d) {
  const bool internal = is_internal(rt, native);
  d.maker = revive_maker(rt, internal ? "internal" : "native");
  if (internal) {
    d.args = tuple_of(rt, {Value::from(native.name)});
    return;
  }
  const NativeNames names;
  const std::string name = names.name_of(rt.natives[native.native_id]);
  d.args = tuple_of(rt, {Value::from(new_str(rt, name)), native.module});
}

bool is_dict_iterator(const Iterator& it) {
  auto id = static_cast<TypeId>(it.type_id);
  return id >= TypeId::DictKeyIterator && id <= TypeId::DictReverseItemIterator;
}

bool goes_by_state(Runtime& rt, const Iterator& it) {
  auto id = static_cast<TypeId>(it.type_id);
  return has_iterator_state(id) && it.shape == rt.shape_of(id);
}

void describe_iterator(Runtime& rt, Iterator& it, Description& d) {
  if (is_dict_iterator(it)) return describe_dict_iterator(rt, it, d);
  d.maker = revive_maker(rt, "iterator");
  d.args = tuple_of(rt, {Value::from(type_of(rt, Value::from(&it)))});
  d.state = Value::from(iterator_state(rt, it));
}

// Small kinds: a maker and what it is given.
bool describe_small(Runtime& rt, Value v, Description& d) {
  auto says = [&](const char* name, std::initializer_list<Value> args) {
    d.maker = revive_maker(rt, name);
    d.args = tuple_of(rt, args);
    return true;
  };
  switch (v.object()->kind) {
    case Kind::Capsule: {
      auto* frames = as_frames_of_tasklet(rt, v);
      if (!frames) return false;
      d.state = *frames;
      return says("frames", {});
    }
    case Kind::Cell:
      d.state = state_of(rt, {to<Cell>(v)->content});
      return says("cell", {});
    // Step machines keep these in their registers.
    case Kind::Array: {
      auto* array = to<Array>(v);
      d.state = Value::from(new_tuple_from(rt, array->items, array->capacity));
      return says("array", {number(array->capacity)});
    }
    case Kind::Raw: {
      auto* raw = to<Raw>(v);
      std::string_view bytes{reinterpret_cast<const char*>(raw->bytes), raw->capacity};
      return says("raw", {Value::from(new_bytes(rt, bytes))});
    }
    case Kind::BoundMethod:
      return says("method", {to<BoundMethod>(v)->function, to<BoundMethod>(v)->self});
    case Kind::AsyncStep: {
      auto* step = to<AsyncStep>(v);
      return says("async_step", {Value::from(type_of(rt, v)), Value::from(step->generator), step->argument,
                                 number(step->mode), number(step->state)});
    }
    case Kind::DictView:
      return says("dict_view", {Value::from(type_of(rt, v)), Value::from(to<DictView>(v)->dict)});
    case Kind::MappingProxy:
      return says("mapping_proxy", {to<MappingProxy>(v)->mapping});
    case Kind::WeakRef:
      if (!to<WeakRef>(v)->callback.is_none())
        return says("weak_reference", {to<WeakRef>(v)->target, to<WeakRef>(v)->callback});
      return says("weak_reference", {to<WeakRef>(v)->target});
    case Kind::Bomb:
      return says("bomb", {to<Bomb>(v)->exception});
    case Kind::Atomic:
      return says("atomic", {to<Atomic>(v)->before});
    case Kind::Property: {
      auto* p = to<Property>(v);
      d.maker = Value::from(type_of(rt, v));
      d.args = tuple_of(rt, {p->getter, p->setter, p->deleter, p->doc});
      return true;
    }
    case Kind::Wrapper:
      d.maker = Value::from(type_of(rt, v));
      d.args = tuple_of(rt, {to<Wrapper>(v)->callable});
      return true;
    case Kind::Super: {
      auto* s = to<Super>(v);
      d.maker = Value::from(type_of(rt, v));
      d.args =
          s->obj_type ? tuple_of(rt, {Value::from(s->type), s->obj}) : tuple_of(rt, {Value::from(s->type)});
      return true;
    }
    case Kind::Getset:
      d.maker = module_get(rt, *rt.builtins, "getattr");
      d.args = tuple_of(rt, {Value::from(to<Getset>(v)->owner), Value::from(to<Getset>(v)->name)});
      return true;
    default:
      return false;
  }
}

Result describe(Runtime& rt, Value v, Description& d) {
  switch (v.object()->kind) {
    case Kind::Function:
      describe_function(rt, *to<Function>(v), d);
      return Result::none();
    case Kind::Code:
      return describe_code(rt, *to<Code>(v), d);
    case Kind::Type:
      describe_class(rt, *to<Type>(v), d);
      return Result::none();
    case Kind::Module:
      return describe_module(rt, *to<Module>(v), d);
    case Kind::Generator:
      return describe_generator(rt, *to<Generator>(v), d);
    case Kind::Tasklet:
      return describe_tasklet(rt, *to<Tasklet>(v), d);
    case Kind::Channel:
      describe_channel(rt, *to<Channel>(v), d);
      return Result::none();
    case Kind::Traceback:
      describe_traceback(rt, *to<Traceback>(v), d);
      return Result::none();
    case Kind::FrameObject:
      describe_frame(rt, *to<FrameObject>(v), d);
      return Result::none();
    case Kind::Iterator:
      describe_iterator(rt, *to<Iterator>(v), d);
      return Result::none();
    case Kind::Lock:
      describe_lock(rt, *to<Lock>(v), d);
      return Result::none();
    case Kind::File:
      return describe_file(rt, *to<File>(v), d);
    case Kind::Native:
      describe_native(rt, *to<Native>(v), d);
      return Result::none();
    default:
      return describe_small(rt, v, d) ? Result::none() : refuse(rt, v);
  }
}

// --- writing

void push_opcode(Runtime& rt, Pickler& p, PickleOp op) {
  push_job(rt, p, JobKind::kOpcode, Value(), Value::from_int(op));
}

// A call whose arguments nobody else knows.
void push_call(Runtime& rt, Pickler& p, Value callable, Tuple* args) {
  push_opcode(rt, p, kReduce);
  push_job(rt, p, JobKind::kQuietItems, Value::from(args));
  push_job(rt, p, JobKind::kSave, callable);
}

// Globals that are a module's are found by its name in the process that reads them.
void push_namespace(Runtime& rt, Pickler& p, Dict* globals) {
  Value known = Value::from(globals);
  if (memo_find(p, known) >= 0) return;
  Value name = dict_get_str(rt, *globals, rt.names.name);
  if (!is_str(name)) return;
  auto* module = as<Module>(dict_get_str(rt, *rt.modules, to<Str>(name)));
  if (!module || module->dict != globals) return;
  push_opcode(rt, p, kPop);
  push_job(rt, p, JobKind::kPut, known);
  push_call(rt, p, revive_maker(rt, "namespace"), tuple_of(rt, {name}));
}

// Frames of a function that is found by name fit only the code they were running: the pickle has it compared
// before anything else is made.
void push_check(Runtime& rt, Pickler& p, Value v) {
  auto* function = as<Function>(v);
  if (!function || !mark_checked(rt, p, function->code->body) || !is_plain_global(rt, v)) return;
  constexpr u64 kSmall = (u64{1} << 61) - 1;
  push_opcode(rt, p, kPop);
  push_call(rt, p, revive_maker(rt, "check"),
            tuple_of(rt, {v, number(rt.hooks->fingerprint(*function->code) & kSmall)}));
}

void push_checks(Runtime& rt, Pickler& p, Value state) {
  auto* items = as<Tuple>(state);
  for (u64 i = 0; items && i < items->size; ++i) push_check(rt, p, items->items[i]);
}

Step save_sentinel(Runtime& rt, Pickler& p, Value v) {
  i64 number = memo_find(p, v);
  if (number >= 0) return put_get(rt, p, number), Step::kGoOn;
  push_job(rt, p, JobKind::kPut, v);
  push_opcode(rt, p, kStackGlobal);
  push_job(rt, p, JobKind::kSave, Value::from(intern(rt, v.is_unbound() ? "unbound" : "exhausted")));
  push_job(rt, p, JobKind::kSave, Value::from(intern(rt, kReviveModule.name)));
  (void)revive_maker(rt, "unbound");
  return Step::kGoOn;
}

}  // namespace

bool is_forward_dict_iterator(const Iterator& it) {
  auto id = static_cast<TypeId>(it.type_id);
  return id >= TypeId::DictKeyIterator && id <= TypeId::DictItemIterator;
}

Step save_by_value(Runtime& rt, Pickler& p, Value v) {
  if (!v.is_object()) return save_sentinel(rt, p, v);
  if (p.protocol < 4) {
    (void)raise(rt, TypeId::TypeError, "cannot pickle '%s' object with protocol %u", type_name(rt, v),
                p.protocol);
    return Step::kRaised;
  }
  Description d;
  if (describe(rt, v, d).is_raised()) return Step::kRaised;
  Kind kind = v.is_object() ? v.object()->kind : Kind::Free;
  p.holds_frames |= kind == Kind::Tasklet || kind == Kind::Generator || kind == Kind::FrameObject;
  u64 jobs = p.job_count;
  if (!d.state.is_unbound()) {
    push_opcode(rt, p, kBuild);
    push_job(rt, p, JobKind::kQuietItems, d.state, Value(), v);
  }
  push_job(rt, p, JobKind::kPutReduced, v, Value::from_int(static_cast<i64>(p.job_count - jobs)));
  push_call(rt, p, d.maker, d.args);
  if (kind == Kind::Function) push_namespace(rt, p, to<Function>(v)->globals);
  if (kind == Kind::Tasklet) push_checks(rt, p, d.state);
  if (kind == Kind::Generator) push_checks(rt, p, Value::from(d.args));
  return Step::kGoOn;
}

void push_exception_links(Runtime& rt, Pickler& p, Exception& e) {
  if (!p.holds_frames || (e.context.is_none() && e.cause.is_none() && e.traceback.is_none())) return;
  push_opcode(rt, p, kPop);
  push_call(rt, p, revive_maker(rt, "link_exception"),
            tuple_of(rt, {Value::from(&e), e.context, e.cause, Value::from_bool(e.suppress_context()),
                          e.traceback}));
}

bool save_made_instance(Runtime& rt, Pickler& p, Value v) {
  Type* type = type_of(rt, v);
  Str* special = intern(rt, "__new__");
  Value made_by = type_lookup(rt, type, special);
  if (!p.holds_frames || made_by == type_lookup(rt, rt.type(TypeId::Object), special)) return false;
  push_call(rt, p, revive_maker(rt, "instance"), tuple_of(rt, {Value::from(type)}));
  return true;
}

// A subclass that says itself how it is reduced is asked.
static bool reduces_as(Runtime& rt, Value v, TypeId base) {
  Type* type = type_of(rt, v);
  for (Str* name : {rt.names.reduce_ex, rt.names.reduce})
    if (!(type_lookup(rt, type, name) == type_lookup(rt, rt.type(base), name))) return false;
  return true;
}

// Would getattr(self, name) give the method again?
static bool is_found_by_name(Runtime& rt, const BoundMethod& m) {
  auto* function = as<Function>(m.function);
  if (!function) return true;
  Type* type = is_type(m.self) ? to<Type>(m.self) : type_of(rt, m.self);
  Value found = type_lookup(rt, type, function->name);
  if (auto* wrapper = as<Wrapper>(found)) found = wrapper->callable;
  return found == m.function;
}

bool goes_by_value(Runtime& rt, Value v) {
  if (!v.is_object() || !rt.hooks->capture_frames) return false;
  switch (v.object()->kind) {
    case Kind::Array:
    case Kind::Raw:
    case Kind::Cell:
    case Kind::Code:
    case Kind::Generator:
    case Kind::AsyncStep:
    case Kind::FrameObject:
    case Kind::Traceback:
    case Kind::DictView:
    case Kind::MappingProxy:
    case Kind::Super:
    case Kind::Bomb:
    case Kind::Atomic:
      return true;
    case Kind::Capsule:
      return as_frames_of_tasklet(rt, v) != nullptr;
    case Kind::Module:
      return reduces_as(rt, v, TypeId::Module);
    case Kind::Tasklet:
      return reduces_as(rt, v, TypeId::Tasklet);
    case Kind::Channel:
      return reduces_as(rt, v, TypeId::Channel);
    case Kind::Property:
      return type_of(rt, v) == rt.type(TypeId::Property);
    case Kind::Wrapper:
      return !type_of(rt, v)->is_heap;
    case Kind::Getset:
      return to<Getset>(v)->is_member();
    case Kind::WeakRef:
      return type_of(rt, v) == rt.type(TypeId::WeakRef) && !(v.object()->aux & WeakRef::kProxy);
    case Kind::Iterator:
      return is_dict_iterator(*to<Iterator>(v)) || goes_by_state(rt, *to<Iterator>(v));
    case Kind::Lock:
      return !type_of(rt, v)->is_heap;
    case Kind::BoundMethod:
      return !is_found_by_name(rt, *to<BoundMethod>(v));
    case Kind::File:
      return stream_name(rt, *to<File>(v)) || (!type_of(rt, v)->is_heap && !to<File>(v)->has(File::kMemory));
    case Kind::Native:
      return is_internal(rt, *to<Native>(v)) || is_displaced(rt, v);
    default:
      return false;
  }
}

}  // namespace lisle::rt

// pickle.Unpickler, load() and loads(): how the loop over opcodes is driven. See unpickler.h.
#include "runtime/image/unpickler.h"

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/iterate.h"
#include "runtime/tasks/pause.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

Unpickler& self_of(Frame& f) {
  return *to<Unpickler>(f[0]);
}

Result set_up(Runtime& rt, Unpickler& u, Value fix_imports, Value encoding, Value errors) {
  bool known = true;
  for (Value text : {encoding, errors}) {
    if (!text.is_unbound() && !is_str(text))
      return raise(rt, TypeId::TypeError, "Unpickler() argument '%s' must be str, not %s",
                   text == encoding ? "encoding" : "errors", argument_type(rt, text));
  }
  u.fix_imports = fix_imports.is_unbound() || quick_truth(rt, fix_imports, known);
  u.encoding = encoding;
  u.errors = errors;
  u.read = u.readline = u.peek = u.persistent_load = u.find_class = Value::unbound();
  u.buffers = Value::none();
  u.position = u.peeked_from = u.memo_size = 0;
  u.memo = nullptr;
  u.busy = u.begun = false;
  u.initialised = true;
  rt.heap.wrote(&u);
  return Result::none();
}

void begin(Unpickler& u) {
  u.stack_size = u.mark_count = 0;
  u.protocol = 0;
  u.finished = false;
  u.busy = true;
}

Step take_answer(Runtime& rt, Unpickler& u, Value answer) {
  switch (u.then) {
    case Then::kPush:
      push(rt, u, answer);
      return Step::kGoOn;
    case Then::kReplaceTop:
      if (u.stack_size == 0) return refuse(rt, "unpickling stack underflow");
      top_item(u) = answer;
      rt.heap.wrote(u.stack);
      return Step::kGoOn;
    case Then::kBuffer:
      if (answer.is_exhausted()) return refuse(rt, "not enough out-of-band buffers");
      push(rt, u, answer);
      return Step::kGoOn;
    case Then::kSkipped:
    case Then::kRead:
    case Then::kReadLine:
    case Then::kPeeked:
      return take_input(rt, u, answer);
    default:
      return Step::kGoOn;
  }
}

Result ask(Runtime& rt, Frame& f, Unpickler& u) {
  switch (u.ask_kind) {
    case kAskNext:
      return next(rt, f, u.ask_callable);
    case kAskSpread:
      return call_spread(rt, f, u.ask_callable, to<Tuple>(u.ask_args[0]), nullptr);
    default:
      return call_span(rt, f, u.ask_callable, u.ask_args, u.ask_count);
  }
}

// The value of one pickle. `step` is how the last one ended.
Result finish(Unpickler& u, Step step) {
  u.busy = false;
  clear_stack(u);
  if (step == Step::kRaised) return Result::raised();
  Value result = u.result;
  u.result = Value();
  return result;
}

}  // namespace

// Reads one object. f: unpickler.
Result unpickler_run_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Unpickler& u = self_of(f);
  switch (f.step()) {
    case 0:
      if (!u.begun) {
        if (u.busy) return raise(rt, TypeId::RuntimeError, "the unpickler is reading already");
        begin(u);
        u.ended = load_some(rt, u);
      }
      u.begun = false;
      for (;;) {
        while (u.ended == Step::kPause) {
          AWAIT_CATCH(2, pause(rt, f));
          u.ended = r.is_raised() ? Step::kRaised : load_some(rt, u);
        }
        while (u.ended == Step::kAsk) {
          AWAIT_CATCH(1, ask(rt, f, u));
          if (r.is_raised() && u.then == Then::kPeeked && raised_is(rt, TypeId::NotImplementedError)) {
            (void)take_raised(rt);
            u.peek = Value::unbound();
            r = Result::none();
          }
          u.ended = r.is_raised() ? Step::kRaised : take_answer(rt, u, r.value());
        }
        if (u.ended == Step::kRaised || u.finished) return finish(u, u.ended);
        u.ended = load_some(rt, u);
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

Result unpickler_new(Runtime& rt, Frame& f) {
  return Value::from(new_instance_of<Unpickler>(rt, to<Type>(f[0])));
}

constexpr const char* kFileMethods[] = {"read", "readline", "peek"};

// Looks the methods of `file` up. f: unpickler, file; which comes next.
Result open_file_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (f[2] = Value::from_int(0); f[2].as_int() < 3; f[2] = Value::from_int(f[2].as_int() + 1)) {
        AWAIT(1, get_attr_or_unbound(rt, f, f[1], intern(rt, kFileMethods[f[2].as_int()])));
        (&self_of(f).read)[f[2].as_int()] = r.value();
        rt.heap.wrote(f[0].object());
      }
      if (self_of(f).read.is_unbound() || self_of(f).readline.is_unbound())
        return raise(rt, TypeId::TypeError, "file must have 'read', 'readinto' and 'readline' attributes");
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

}  // namespace

Result unpickler_open_steps(Runtime& rt, Frame& f) {
  return open_file_steps(rt, f);
}

namespace {

// self, file, fix_imports, encoding, errors, buffers.
Result unpickler_init(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(set_up(rt, self_of(f), f[2], f[3], f[4]));
      self_of(f).input = Value::from(new_bytes(rt, ""));
      rt.heap.wrote(f[0].object());
      AWAIT(1, call_internal(rt, f, Internal::UnpicklerOpen, {f[0], f[1]}));
      if (f[5].is_unbound() || f[5].is_none()) return Result::none();
      AWAIT(2, iter(rt, f, f[5]));
      self_of(f).buffers = r.value();
      rt.heap.wrote(f[0].object());
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// self.
Result unpickler_load(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!self_of(f).initialised)
        return raise_pickle_error(rt, "UnpicklingError",
                                  "Unpickler.__init__() was not called by %s.__init__()",
                                  type_name(rt, f[0]));
      if (!(type_of(rt, f[0]) == rt.type(TypeId::Unpickler))) {
        AWAIT(1, get_attr_or_unbound(rt, f, f[0], intern(rt, "persistent_load")));
        self_of(f).persistent_load = r.value();
        AWAIT(2, get_attr_or_unbound(rt, f, f[0], intern(rt, "find_class")));
        self_of(f).find_class = r.value();
        rt.heap.wrote(f[0].object());
      }
      AWAIT(3, call_internal(rt, f, Internal::UnpicklerRun, {f[0]}));
      return r;
  }
  LISLE_UNREACHABLE();
}

// self, module, name.
Result unpickler_find_class(Runtime& rt, Frame& f) {
  Value helper = pickle_helper(rt, "_find_class");
  if (helper.is_unbound()) return Result::raised();
  const Unpickler& u = self_of(f);
  i64 how = static_cast<i64>(u.protocol) | (u.fix_imports ? 8 : 0);
  return call(rt, f, helper, {f[1], f[2], Value::from_int(how)});
}

// The bytes to read, copied where they could change.
Result input_bytes(Runtime& rt, Value v) {
  if (is_bytes(v)) return v;
  std::string_view bytes;
  TRY(require_bytes_like(rt, v, bytes));
  return Value::from(new_bytes(rt, bytes));
}

// Most data are plain and not large: they need no step machine.
bool loads_at_once(Runtime& rt, Unpickler& u) {
  begin(u);
  u.ended = load_some(rt, u);
  u.begun = u.ended == Step::kAsk || u.ended == Step::kPause;
  return !u.begun;
}

// data, fix_imports, encoding, errors, buffers; the unpickler.
Result loads(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[5] = Value::from(rt.make<Unpickler>(TypeId::Unpickler));
      TRY(set_up(rt, *to<Unpickler>(f[5]), f[1], f[2], f[3]));
      to<Unpickler>(f[5])->input = TRY(input_bytes(rt, f[0]));
      rt.heap.wrote(f[5].object());
      if (!f[4].is_unbound() && !f[4].is_none()) {
        AWAIT(1, iter(rt, f, f[4]));
        to<Unpickler>(f[5])->buffers = r.value();
        rt.heap.wrote(f[5].object());
      }
      if (loads_at_once(rt, *to<Unpickler>(f[5])))
        return finish(*to<Unpickler>(f[5]), to<Unpickler>(f[5])->ended);
      AWAIT(2, call_internal(rt, f, Internal::UnpicklerRun, {f[5]}));
      return r;
  }
  LISLE_UNREACHABLE();
}

// file, fix_imports, encoding, errors, buffers; the unpickler.
Result load(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[5] = Value::from(rt.make<Unpickler>(TypeId::Unpickler));
      TRY(set_up(rt, *to<Unpickler>(f[5]), f[1], f[2], f[3]));
      to<Unpickler>(f[5])->input = Value::from(new_bytes(rt, ""));
      rt.heap.wrote(f[5].object());
      AWAIT(1, call_internal(rt, f, Internal::UnpicklerOpen, {f[5], f[0]}));
      if (!f[4].is_unbound() && !f[4].is_none()) {
        AWAIT(2, iter(rt, f, f[4]));
        to<Unpickler>(f[5])->buffers = r.value();
        rt.heap.wrote(f[5].object());
      }
      AWAIT(3, call_internal(rt, f, Internal::UnpicklerRun, {f[5]}));
      return r;
  }
  LISLE_UNREACHABLE();
}

// --- attributes

Result get_persistent_load(Runtime& rt, Frame& f) {
  Value v = self_of(f).initialised ? self_of(f).persistent_load : Value::unbound();
  return v.is_unbound() ? raise(rt, TypeId::AttributeError, "persistent_load") : Result(v);
}
Result set_persistent_load(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return raise(rt, TypeId::TypeError, "attribute deletion is not supported");
  if (!is_kind(f[1], Kind::Function) && !has_special(rt, f[1], Special::Call))
    return raise(rt, TypeId::TypeError, "persistent_load must be a callable taking one argument");
  self_of(f).persistent_load = f[1];
  rt.heap.wrote(f[0].object());
  return Result::none();
}

// {number: object}, a copy.
Result get_memo(Runtime& rt, Frame& f) {
  Dict* out = new_dict(rt);
  Array* memo = self_of(f).memo;
  for (u64 i = 0; memo && i < memo->capacity; ++i) {
    if (memo->items[i].is_unbound()) continue;
    TRY(dict_set(rt, f, *out, Value::from_int(static_cast<i64>(i)), memo->items[i]));
  }
  return Value::from(out);
}
Result set_memo(Runtime& rt, Frame& f) {
  auto* memo = as<Dict>(f[1]);
  if (!memo)
    return raise(rt, TypeId::TypeError,
                 "'memo' attribute must be an UnpicklerMemoProxy object or dict, not %s",
                 f[1].is_unbound() ? "NULL" : type_name(rt, f[1]));
  Unpickler& u = self_of(f);
  u.memo = nullptr;
  u.memo_size = 0;
  u64 at = 0;
  Value key, value;
  while (dict_next(*memo, at, key, value)) {
    if (!key.is_int() || key.as_int() >= (i64{1} << 32))
      return raise(rt, TypeId::TypeError, "memo key must be integers");
    if (key.as_int() < 0) return raise(rt, TypeId::ValueError, "memo key must be positive integers.");
    memo_put(rt, u, static_cast<u64>(key.as_int()), value);
  }
  return Result::none();
}

constexpr NativeSpec kMethods[] = {
    {"__new__", unpickler_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", unpickler_init,
     "(self, file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", nullptr, 6},
    {"load", unpickler_load, "(self, /)", "Load a pickle.", 1},
    {"find_class", unpickler_find_class, "(self, module_name, global_name, /)",
     "Return an object from a specified module."},
};
constexpr GetsetSpec kGetsets[] = {
    {"persistent_load", get_persistent_load, set_persistent_load},
    {"memo", get_memo, set_memo},
};

constexpr NativeSpec kFunctions[] = {
    {"loads", loads, "(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
     "Read and return an object from the given pickle data.", 6},
    {"load", load, "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
     "Read and return an object from the pickle data stored in a file.", 6},
};

}  // namespace

std::span<const NativeSpec> pickle_load_functions() {
  return kFunctions;
}

extern const TypeSpec kUnpicklerType{
    "Unpickler",    "_pickle",       "Takes a binary file for reading a pickle data stream.",
    TypeId::Object, Kind::Unpickler, kTypeHidden,
    kMethods,       kGetsets};

}  // namespace lisle::rt

// pickle.Pickler, dump() and dumps(): how the jobs are driven. See pickler.h.
#include "runtime/image/pickler.h"

#include <cstring>

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

// Others get a turn when so much was written.
constexpr u64 kPieceBytes = 64 * 1024;

Pickler& self_of(Frame& f) {
  return *to<Pickler>(f[0]);
}

void forget_late(Pickler& p) {
  p.late = nullptr;
  p.late_count = p.late_bytes = 0;
}

Value taken_output(Runtime& rt, Pickler& p) {
  if (p.late_count > 0) {
    const Value whole = Value::from(output_with_late(rt, p));
    forget_late(p);
    p.output_size = p.easy_until = 0;
    return whole;
  }
  const std::string_view written = p.output ? p.output->view().substr(0, p.output_size) : "";
  const bool takes_buffer = p.output && (p.output->gc & kGcLarge);
  p.easy_until = 0;
  if (!takes_buffer) {
    p.output_size = 0;
    return Value::from(new_bytes(rt, written));
  }
  Bytes* taken = p.output;
  p.output = nullptr;
  taken->length = p.output_size;
  taken->data[p.output_size] = 0;
  rt.heap.shrink_in_place(taken, taken->byte_size());
  p.output_size = 0;
  return Value::from(taken);
}

// The first `count` bytes of the output, which leave it. A frame that begins behind them stays open.
Value taken_start(Runtime& rt, Pickler& p, u64 count) {
  Value bytes = Value::from(new_bytes(rt, p.output->view().substr(0, count)));
  p.output_size -= count;
  std::memmove(p.output->data, p.output->data + count, p.output_size);
  if (p.frame_start != Pickler::kNoFrame) p.frame_start -= count;
  p.easy_until = 0;
  return bytes;
}

// The file gets what is before a large payload, the payload, or a frame that is full.
Step flush(Runtime& rt, Pickler& p) {
  push_job(rt, p, JobKind::kIgnore);
  const u64 head = p.split;
  if (head) {
    p.split = 0;
    p.payload_end -= head;
    return ask_call(p, rt, p.write, {taken_start(rt, p, head)});
  }
  p.flush_due = false;
  if (const u64 payload = p.payload_end) {
    p.payload_end = 0;
    return ask_call(p, rt, p.write, {taken_start(rt, p, payload)});
  }
  close_frame(p);
  return ask_call(p, rt, p.write, {taken_output(rt, p)});
}

// `protocol` as given: None is the default, a negative number the highest.
Result read_protocol(Runtime& rt, Value given, u32& out) {
  i64 protocol = kDefaultProtocol;
  if (!given.is_unbound() && !given.is_none()) {
    if (!is_int_like(given))
      return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                   type_name(rt, given));
    if (!int_to_i64(given, protocol)) protocol = kHighestProtocol + 1;
    if (protocol < 0) protocol = kHighestProtocol;
  }
  if (protocol > kHighestProtocol)
    return raise(rt, TypeId::ValueError, "pickle protocol must be <= %d", kHighestProtocol);
  out = static_cast<u32>(protocol);
  return Result::none();
}

// Values of options: absent ones have their default.
bool option_is_true(Runtime& rt, Value v, bool fallback) {
  bool known = true;
  return v.is_unbound() ? fallback : quick_truth(rt, v, known);
}

Result set_up(Runtime& rt, Pickler& p, Value protocol, Value fix_imports, Value buffer_callback) {
  TRY(read_protocol(rt, protocol, p.protocol));
  p.write = p.persistent_id = p.reducer_override = p.dispatch_table = p.plain_class = Value::unbound();
  p.buffer_callback = buffer_callback.is_unbound() ? Value::none() : buffer_callback;
  if (!p.buffer_callback.is_none() && p.protocol < 5)
    return raise(rt, TypeId::ValueError, "buffer_callback needs protocol >= 5");
  p.binary = p.protocol > 0;
  p.fix_imports = option_is_true(rt, fix_imports, true) && p.protocol < 3;
  p.fast = p.framing = p.flush_due = p.pause_due = false;
  p.frame_start = Pickler::kNoFrame;
  p.output_size = p.job_count = p.split = p.payload_end = p.easy_until = 0;
  p.initialised = true;
  memo_clear(p);
  rt.heap.wrote(&p);
  return Result::none();
}

Result require_initialised(Runtime& rt, Pickler& p) {
  if (p.initialised) return Result::none();
  const char* name = type_name(rt, Value::from(&p));
  return raise_pickle_error(rt, "PicklingError", "Pickler.__init__() was not called by %s.__init__()", name);
}

void begin(Runtime& rt, Pickler& p, Value v) {
  forget_late(p);
  p.output_size = p.split = p.payload_end = p.easy_until = 0;
  p.framing = p.pause_due = false;
  p.frame_start = Pickler::kNoFrame;
  if (p.protocol >= 2) {
    u8 header[2] = {kProto, static_cast<u8>(p.protocol)};
    put_bytes(rt, p, header, 2);
  }
  p.framing = p.protocol >= 4;
  push_job(rt, p, JobKind::kSave, v);
}

void end(Runtime& rt, Pickler& p) {
  put_op(rt, p, kStop);
  close_frame(p);
  p.framing = false;
}

// An exception leaves the dump: what it still had to do is dropped.
void abandon(Runtime& rt, Pickler& p, u64 base) {
  tell_path(rt, p, base);
  while (p.job_count > base) pop_job(p);
  p.framing = p.flush_due = p.pause_due = false;
  p.frame_start = Pickler::kNoFrame;
  p.split = p.payload_end = 0;
}

Result ask(Runtime& rt, Frame& f, Pickler& p) {
  switch (p.ask_kind) {
    case kAskAttribute:
      return get_attr_or_unbound(rt, f, p.ask_callable, to<Str>(p.ask_args[0]));
    case kAskNext:
      return next(rt, f, p.ask_callable);
    default:
      return call_span(rt, f, p.ask_callable, p.ask_args, p.ask_count);
  }
}

Step advance_top(Runtime& rt, Pickler& p) {
  Job job = top_job(p);
  switch (static_cast<JobKind>(job.kind.as_int())) {
    case JobKind::kSave:
      pop_job(p);
      return save(rt, p, job.a, true);
    case JobKind::kSavePlain:
      pop_job(p);
      return save(rt, p, job.a, false);
    case JobKind::kOpcode:
      pop_job(p);
      put_op(rt, p, static_cast<PickleOp>(job.b.as_int()));
      return Step::kGoOn;
    case JobKind::kPut:
      pop_job(p);
      put_memo(rt, p, job.a);
      return Step::kGoOn;
    case JobKind::kIgnore:
      pop_job(p);
      return Step::kGoOn;
    case JobKind::kListItems:
    case JobKind::kDictItems:
    case JobKind::kSetItems:
    case JobKind::kTupleItems:
    case JobKind::kQuietItems:
      return advance_items(rt, p);
    case JobKind::kPutReduced:
    case JobKind::kIterate:
    case JobKind::kCallableName:
    case JobKind::kClassAnswer:
    case JobKind::kPartialAnswer:
      return advance_reduction(rt, p);
    default:
      return advance_other(rt, p);
  }
}

}  // namespace

Step advance(Runtime& rt, Pickler& p, u64 base) {
  p.pause_at = p.output_size + kPieceBytes;
  p.easy_until = 0;
  p.pause_due = false;
  while (p.job_count > base) {
    if (p.pause_due) return Step::kPause;
    Step step = p.flush_due ? flush(rt, p) : advance_top(rt, p);
    if (step != Step::kGoOn) return step;
  }
  return Step::kGoOn;
}

// Writes one object, or (unbound) goes on with the only dump of a pickler that `ended` in a question. f:
// pickler, object; the count of jobs found.
Result pickler_run_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Pickler& p = self_of(f);
  switch (f.step()) {
    case 0:
      f[2] = Value::from_int(0);
      if (!f[1].is_unbound()) {
        f[2] = Value::from_int(static_cast<i64>(p.job_count));
        begin(rt, p, f[1]);
        p.ended = advance(rt, p, p.job_count - 1);
      }
      while (p.ended != Step::kGoOn) {
        if (p.ended == Step::kRaised) {
          abandon(rt, p, static_cast<u64>(f[2].as_int()));
          return Result::raised();
        }
        if (p.ended == Step::kPause) {
          AWAIT_CATCH(2, pause(rt, f));
        } else {
          AWAIT_CATCH(1, ask(rt, f, p));
          p.answer = r.value();
          rt.heap.wrote(&p);
        }
        p.ended = r.is_raised() ? Step::kRaised : advance(rt, p, static_cast<u64>(f[2].as_int()));
      }
      end(rt, p);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

namespace {

Result pickler_new(Runtime& rt, Frame& f) {
  return Value::from(new_instance_of<Pickler>(rt, to<Type>(f[0])));
}

// self, file, protocol, fix_imports, buffer_callback.
Result pickler_init(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(set_up(rt, self_of(f), f[2], f[3], f[4]));
      AWAIT(1, get_attr_or_unbound(rt, f, f[1], rt.names.write));
      if (r.value().is_unbound()) return raise(rt, TypeId::TypeError, "file must have a 'write' attribute");
      self_of(f).write = r.value();
      rt.heap.wrote(f[0].object());
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// What subclasses and instances say instead of the builtin class.
constexpr const char* kHooks[] = {"persistent_id", "reducer_override", "dispatch_table"};

void set_hook(Runtime& rt, Pickler& p, i64 which, Value v) {
  (which == 0 ? p.persistent_id : which == 1 ? p.reducer_override : p.dispatch_table) = v;
  rt.heap.wrote(&p);
}

// self, object; which hook is looked for.
Result pickler_dump(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(require_initialised(rt, self_of(f)));
      f[2] = Value::from_int(type_of(rt, f[0]) == rt.type(TypeId::Pickler) ? 3 : 0);
      for (; f[2].as_int() < 3; f[2] = Value::from_int(f[2].as_int() + 1)) {
        AWAIT(1, get_attr_or_unbound(rt, f, f[0], intern(rt, kHooks[f[2].as_int()])));
        set_hook(rt, self_of(f), f[2].as_int(), r.value());
      }
      AWAIT(2, call_internal(rt, f, Internal::PicklerRun, {f[0], f[1]}));
      AWAIT(3, call(rt, f, self_of(f).write, {taken_output(rt, self_of(f))}));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result pickler_clear_memo(Runtime&, Frame& f) {
  memo_clear(self_of(f));
  return Result::none();
}

// --- dump(), dumps(): object, [file,] protocol, fix_imports, buffer_callback; the pickler

// Most data are plain and not large: they need no step machine.
Step dumps_at_once(Runtime& rt, Pickler& p, Value v) {
  begin(rt, p, v);
  p.ended = advance(rt, p, 0);
  if (p.ended == Step::kGoOn) end(rt, p);
  if (p.ended == Step::kRaised) abandon(rt, p, 0);
  return p.ended;
}

Result dumps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[4] = Value::from(rt.make<Pickler>(TypeId::Pickler));
      TRY(set_up(rt, *to<Pickler>(f[4]), f[1], f[2], f[3]));
      switch (dumps_at_once(rt, *to<Pickler>(f[4]), f[0])) {
        case Step::kGoOn:
          return taken_output(rt, *to<Pickler>(f[4]));
        case Step::kRaised:
          return Result::raised();
        default:
          break;
      }
      AWAIT(1, call_internal(rt, f, Internal::PicklerRun, {f[4], Value::unbound()}));
      return taken_output(rt, *to<Pickler>(f[4]));
  }
  LISLE_UNREACHABLE();
}

Result dump(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[5] = Value::from(rt.make<Pickler>(TypeId::Pickler));
      TRY(set_up(rt, *to<Pickler>(f[5]), f[2], f[3], f[4]));
      AWAIT(1, get_attr_or_unbound(rt, f, f[1], rt.names.write));
      if (r.value().is_unbound()) return raise(rt, TypeId::TypeError, "file must have a 'write' attribute");
      to<Pickler>(f[5])->write = r.value();
      rt.heap.wrote(f[5].object());
      AWAIT(2, call_internal(rt, f, Internal::PicklerRun, {f[5], f[0]}));
      AWAIT(3, call(rt, f, to<Pickler>(f[5])->write, {taken_output(rt, *to<Pickler>(f[5]))}));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// --- attributes

Result get_hook(Runtime& rt, Value v, const char* name) {
  if (!v.is_unbound()) return v;
  return raise(rt, TypeId::AttributeError, "%s", name);
}
Result get_persistent_id(Runtime& rt, Frame& f) {
  return get_hook(rt, self_of(f).initialised ? self_of(f).persistent_id : Value::unbound(), "persistent_id");
}
Result set_persistent_id(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return raise(rt, TypeId::TypeError, "attribute deletion is not supported");
  if (!is_kind(f[1], Kind::Function) && !has_special(rt, f[1], Special::Call))
    return raise(rt, TypeId::TypeError, "persistent_id must be a callable taking one argument");
  set_hook(rt, self_of(f), 0, f[1]);
  return Result::none();
}
Result get_dispatch_table(Runtime& rt, Frame& f) {
  return get_hook(rt, self_of(f).initialised ? self_of(f).dispatch_table : Value::unbound(),
                  "dispatch_table");
}
Result set_dispatch_table(Runtime& rt, Frame& f) {
  set_hook(rt, self_of(f), 2, f[1]);
  return Result::none();
}
Result get_bin(Runtime&, Frame& f) {
  return Value::from_int(self_of(f).binary);
}
Result get_fast(Runtime&, Frame& f) {
  return Value::from_int(self_of(f).fast);
}
Result set_fast(Runtime& rt, Frame& f) {
  i64 n;
  if (!is_int_like(f[1]) || !int_to_i64(f[1], n))
    return raise(rt, TypeId::TypeError, "an integer is required");
  self_of(f).fast = n != 0;
  return Result::none();
}

// {id: (number, object)}, a copy.
Result get_memo(Runtime& rt, Frame& f) {
  Dict* out = new_dict(rt);
  const NumberTable& memo = self_of(f).memo;
  for (u64 i = 0; i < memo.count; ++i) {
    const Value object = memo.objects->items[i];
    Value pair[2] = {memo.numbers ? memo.numbers->items[i] : Value::from_int(static_cast<i64>(i)), object};
    Value id = Value::from_int(static_cast<i64>(object.bits() >> 1));
    TRY(dict_set(rt, f, *out, id, Value::from(new_tuple_from(rt, pair, 2))));
  }
  return Value::from(out);
}
Result set_memo(Runtime& rt, Frame& f) {
  auto* memo = as<Dict>(f[1]);
  if (!memo)
    return raise(rt, TypeId::TypeError, "'memo' attribute must be a PicklerMemoProxy object or dict, not %s",
                 f[1].is_unbound() ? "NULL" : type_name(rt, f[1]));
  Pickler& p = self_of(f);
  memo_clear(p);
  u64 at = 0;
  Value key, value;
  while (dict_next(*memo, at, key, value)) {
    auto* pair = as<Tuple>(value);
    if (!pair || pair->size != 2 || !pair->items[0].is_int())
      return raise(rt, TypeId::TypeError, "'memo' values must be 2-item tuples");
    memo_insert(rt, p, pair->items[1], static_cast<u64>(pair->items[0].as_int()));
  }
  return Result::none();
}

constexpr NativeSpec kMethods[] = {
    {"__new__", pickler_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__init__", pickler_init, "(self, file, protocol=None, fix_imports=True, buffer_callback=None)", nullptr,
     5},
    {"dump", pickler_dump, "(self, obj, /)",
     "Write a pickled representation of the given object to the open file.", 3},
    {"clear_memo", pickler_clear_memo, "(self, /)", "Clears the pickler's \"memo\"."},
};
constexpr GetsetSpec kGetsets[] = {
    {"persistent_id", get_persistent_id, set_persistent_id},
    {"dispatch_table", get_dispatch_table, set_dispatch_table},
    {"memo", get_memo, set_memo},
    {"bin", get_bin},
    {"fast", get_fast, set_fast},
};

}  // namespace

constexpr NativeSpec kDumpFunctions[] = {
    {"dumps", dumps, "(obj, protocol=None, *, fix_imports=True, buffer_callback=None)",
     "Return the pickled representation of the object as a bytes object.", 5},
    {"dump", dump, "(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)",
     "Write a pickled representation of obj to the open file object file.", 6},
};
std::span<const NativeSpec> pickle_dump_functions() {
  return kDumpFunctions;
}

extern const TypeSpec kPicklerType{
    "Pickler",      "_pickle",     "Takes a binary file for writing a pickle data stream.",
    TypeId::Object, Kind::Pickler, kTypeHidden,
    kMethods,       kGetsets};

}  // namespace lisle::rt

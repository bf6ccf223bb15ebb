// See trace.h.
#include "vm/interp/trace.h"

#include <algorithm>
#include <span>

#include "runtime/tasks/tasklet.h"
#include "runtime/tasks/tracing.h"
#include "runtime/types/array.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/generator.h"
#include "vm/bytecode/op_info.h"
#include "vm/interp/window.h"

namespace lisle::interp {

namespace {

u64 index_of(const rt::Code& code, u64 pc) {
  return (pc - reinterpret_cast<u64>(code.instructions)) / sizeof(u64);
}

bool is_return(Op op) {
  return op == Op::Return || op == Op::ReturnGenerator || op == Op::Yield || op == Op::YieldDelegate;
}

// What an instruction that is_return() hands out.
Value returned_by(Frame* f, u64 word) {
  Op op = static_cast<Op>(op_of(word));
  return reg(f, op == Op::Yield || op == Op::YieldDelegate ? b_of(word) : a_of(word));
}

// What f_lineno says while the call is told of: the line of the function, or of the yield it goes on behind.
u32 line_of_call(Frame* f, u64 at) {
  const rt::Code& code = *function_of(f)->code;
  if (at > 0 && code.flags & rt::kCodeOwnsFrame) return rt::code_position(code, at - 1).line;
  bool is_module =
      !(code.flags & (rt::kCodeOptimized | rt::kCodeNested)) && rt::str_equals(code.name, "<module>");
  return is_module ? 0 : code.first_line;
}

// The rows of the line table that start at word `at`, all but the last of which are marks; without any, the
// one that covers it.
std::span<const bc::PositionRow> rows_at(const rt::Code& code, u64 at) {
  auto* rows = reinterpret_cast<const bc::PositionRow*>(code.line_table->bytes);
  const auto* end = rows + code.line_table->capacity / sizeof(bc::PositionRow);
  const auto* after = std::upper_bound(
      rows, end, at, [](u64 place, const bc::PositionRow& row) { return place < row.start; });
  if (after == rows) return {};
  const auto* first = after - 1;
  while (first > rows && first->start == at && first[-1].start == at) --first;
  return {first, after};
}

// Looks at the lines of the instruction at `at`, marks first. Each that is news is an event; `more`: there is
// another one to look at afterwards.
u32 events_of_line(rt::FrameObject& o, const rt::Code& code, u64 at, Op op, bool& more) {
  std::span<const bc::PositionRow> rows = rows_at(code, at);
  bool backwards = o.marks == 0 && o.last != rt::FrameObject::kNone && op != Op::Send &&
                   (at < o.last || (at == o.last && op == Op::JumpBack));
  more = false;
  while (o.marks + 1 < rows.size()) {
    u32 line = rows[o.marks++].line;
    bool is_news = line != o.last_line || backwards;
    backwards = false;
    if (!is_news || !o.traces_lines) continue;
    o.last = at;
    o.last_line = o.line = line;
    more = true;
    return rt::kEventLine;
  }
  o.marks = 0;
  u32 line = rows.empty() ? 0 : rows.back().line;
  bool is_news = line != 0 && (line != o.last_line || backwards);
  if (line != 0) o.last_line = line;
  if (line != 0 || o.last != rt::FrameObject::kNone) o.last = at;
  return (is_news && o.traces_lines ? rt::kEventLine : 0) | (o.traces_opcodes ? rt::kEventOpcode : 0);
}

bool is_traced(const rt::Details& d, const rt::FrameObject* o) {
  return o && !d.trace.is_none() && !o->trace.is_none();
}

// The callable of a call instruction when it is a native that a profile function is told of; else unbound.
Value called_native(Frame* f, u64 word, Frame*& window, u32& nargs) {
  Op op = static_cast<Op>(op_of(word));
  u32 at = b_of(word);
  nargs = c_of(word) & ~u32{bc::kOwnsFrameCount};
  if (op == Op::CallMethod || op == Op::CallMethodKw) {
    if (window_at(f, at)->fn.is_unbound())
      ++at;
    else
      ++nargs;
  } else if (op != Op::Call && op != Op::CallKw && op != Op::CallSpread) {
    return Value::unbound();
  }
  window = window_at(f, at);
  return rt::is_kind(window->fn, rt::Kind::Native) ? window->fn : Value::unbound();
}

// Turns the call of a native into one that is told of. False when the instruction calls none.
bool prepare_profiled(Thread* t, Frame* f, u64 word) {
  Frame* w = nullptr;
  u32 nargs = 0;
  Value callable = called_native(f, word, w, nargs);
  if (callable.is_unbound()) return false;
  Runtime& rt = world(t);
  Op op = static_cast<Op>(op_of(word));
  if (op == Op::CallSpread)
    return rt::prepare_profiled_call(rt, *f, callable, rt::to<rt::Tuple>(w->r[0]), w->r[1]).is_pending();
  rt::Tuple* args = rt::new_tuple_from(rt, w->r, nargs);
  Value keywords = Value::none();
  if (op == Op::CallKw || op == Op::CallMethodKw) {
    rt::Code* code = function_of(f)->code;
    auto* names = rt::to<rt::Tuple>(code->constants[at(f->pc)[1]]);
    rt::Dict* dict = rt::new_dict(rt);
    for (u64 i = 0; i < names->size; ++i)
      rt::dict_set_str(rt, *dict, rt::to<rt::Str>(names->items[i]), w->r[nargs + i]);
    keywords = Value::from(dict);
  }
  return rt::prepare_profiled_call(rt, *f, callable, args, keywords).is_pending();
}

bool tell(Thread* t, Frame* f, rt::FrameObject& o, u32 events, Value argument) {
  return rt::prepare_events(world(t), *f, o, events, argument);
}

}  // namespace

void trace_code(Runtime& rt, rt::Code& code) {
  if (code.opcodes) return;
  rt::Raw* opcodes = rt::new_raw(rt, code.instruction_count);
  for (u64 at = 0; at < code.instruction_count;) {
    u64& word = code.instructions[at];
    u32 words = kTrailingWords[op_of(word)];
    opcodes->bytes[at] = static_cast<u8>(op_of(word));
    word = (word & ~u64{0xff}) | (static_cast<u64>(Op::Traced) + words);
    at += 1 + words;
  }
  code.opcodes = opcodes;
  // Calls come here and not into what the code may have been compiled to.
  code.entry = kDispatch[op_of(code.instructions[0])];
  rt.heap.wrote(&code);
}

void untrace_code(Runtime& rt, rt::Code& code) {
  if (!code.opcodes) return;
  for (u64 at = 0; at < code.instruction_count; at += 1 + kTrailingWords[op_of(code.instructions[at])])
    code.instructions[at] = code.word(at);
  code.opcodes = nullptr;
  code.entry = rt.thread.first_entry;
  rt.heap.wrote(&code);
}

bool admit(Thread* t, u32 depth, rt::Code* code) {
  Runtime& rt = world(t);
  if (LISLE_UNLIKELY(depth > rt.recursion_limit)) {
    (void)rt::raise(rt, TypeId::RecursionError, "maximum recursion depth exceeded");
    return false;
  }
  if (rt.tracers && code) trace_code(rt, *code);
  return true;
}

u32 events_of_raise(Thread* t, Frame* f) {
  rt::Details* d = rt::active_tracing(*t);
  if (LISLE_LIKELY(!d)) return 0;
  u32 events = 0;
  if (!(f->info & Frame::kSeen)) events |= rt::kEventCall;
  f->info |= Frame::kSeen;
  if (!d->trace.is_none()) events |= rt::kEventException;
  return events;
}

u32 events_of_leave(Thread* t, Frame* f) {
  rt::Details* d = rt::active_tracing(*t);
  if (LISLE_LIKELY(!d)) return 0;
  bool traced = is_traced(*d, rt::known_frame_object(world(t), *f, *t->current));
  return traced || !d->profile.is_none() ? rt::kEventReturn : 0;
}

bool tell_in_flight(Thread* t, Frame* f, u32 events) {
  Runtime& rt = world(t);
  Value exception = t->raised;
  rt::FrameObject* o = rt::frame_object(rt, *f, *t->current);
  if (tell(t, f, *o, events | rt::kEventsInFlight, Value::none())) return true;
  t->raised = exception;
  return false;
}

bool tell_of_end(Thread* t, Frame* f) {
  Value returned = t->stop_value;
  Value iterator = reg(f, b_of(true_word(f, f->pc)));
  if (returned.is_none() || !rt::active_tracing(*t) || !rt::is_kind(iterator, rt::Kind::Generator))
    return false;
  Runtime& rt = world(t);
  rt::FrameObject* o = rt::known_frame_object(rt, *f, *t->current);
  if (!is_traced(*rt::active_tracing(*t), o)) return false;
  t->stop_value = Value::none();
  rt::Exception* stop = rt::new_exception(rt, TypeId::StopIteration, returned);
  return tell(t, f, *o, rt::kEventException, Value::from(stop));
}

#define GO_TRULY(word) LISLE_TAIL kDispatch[(word)&0xff](f, t, pc, k, word)

// The call has been told of, or need not be; so has the line. What is left is that the function returns, or
// that a native is called.
LISLE_CODE static void execute(HANDLER_ARGS) {
  rt::Details* d = rt::active_tracing(*t);
  if (!d) GO_TRULY(word);
  ENTER_CPP();
  Runtime& rt = world(t);
  if (is_return(static_cast<Op>(op_of(word)))) {
    rt::FrameObject* o = rt::known_frame_object(rt, *f, *t->current);
    if (is_traced(*d, o) || !d->profile.is_none()) {
      o = rt::frame_object(rt, *f, *t->current);
      if (!tell(t, f, *o, rt::kEventReturn, returned_by(f, word))) LISLE_TAIL unwind(f, t, 0, 0, 0);
      LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(cont_traced_end), 0, 0);
    }
  } else if (!d->profile.is_none() && prepare_profiled(t, f, word)) {
    LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(cont_store), 0, 0);
  }
  GO_TRULY(word);
}

// Somebody traces the running tasklet.
__attribute__((noinline)) static LISLE_CODE void look(HANDLER_ARGS) {
  ENTER_CPP();
  Runtime& rt = world(t);
  rt::Details* d = rt::active_tracing(*t);
  rt::Code& code = *function_of(f)->code;
  u64 index = index_of(code, pc);
  if (!(f->info & Frame::kSeen)) {
    f->info |= Frame::kSeen;
    rt::FrameObject* o = rt::frame_object(rt, *f, *t->current);
    o->line = line_of_call(f, index);
    if (!tell(t, f, *o, rt::kEventCall, Value::none())) LISLE_TAIL unwind(f, t, 0, 0, 0);
    LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(cont_again), 0, 0);
  }
  rt::FrameObject* o = rt::known_frame_object(rt, *f, *t->current);
  if (is_traced(*d, o)) {
    bool more;
    if (u32 events = events_of_line(*o, code, index, static_cast<Op>(op_of(word)), more)) {
      if (!tell(t, f, *o, events, Value::none())) LISLE_TAIL unwind(f, t, 0, 0, 0);
      LISLE_TAIL start_pending(f, t, reinterpret_cast<u64>(more ? cont_again : cont_traced), 0, 0);
    }
  }
  LISLE_TAIL execute(f, t, pc, k, word);
}

LISLE_CODE void go_on_traced(Frame* f, Thread* t, u64 returned, u64, u64) {
  u64 pc = f->pc;
  u64 k = constants_of(f);
  u64 word = true_word(f, pc);
  if (returned) GO_TRULY(word);
  LISLE_TAIL execute(f, t, pc, k, word);
}

HANDLER(Traced) {
  rt::Code* code = function_of(f)->code;
  Runtime& rt = world(t);
  u64 true_one = code->word(index_of(*code, pc));
  if (LISLE_UNLIKELY(!rt.tracers)) {
    untrace_code(rt, *code);
  } else if (rt::active_tracing(*t)) {
    LISLE_TAIL look(f, t, pc, k, true_one);
  }
  (void)word;
  GO_TRULY(true_one);
}
HANDLER(Traced1) {
  LISLE_TAIL op_Traced(f, t, pc, k, word);
}
HANDLER(Traced2) {
  LISLE_TAIL op_Traced(f, t, pc, k, word);
}

}  // namespace lisle::interp

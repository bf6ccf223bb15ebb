#include "runtime/types/frame_object.h"

#include <algorithm>

#include "runtime/builtins/tables.h"
#include "runtime/hooks.h"
#include "runtime/image/frames.h"
#include "runtime/protocols/call.h"
#include "runtime/support/text.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/tracing.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"

namespace lisle::rt {
namespace {

FrameObject& self(Frame& f) {
  return *to<FrameObject>(f[0]);
}
Function& function_of(const FrameObject& o) {
  return *to<Function>(o.function);
}

u64 index_of(const Frame& frame) {
  const Code& code = *to<Function>(frame.fn)->code;
  return (frame.pc - reinterpret_cast<u64>(code.instructions)) / sizeof(u64);
}

bool owns_frame(const Frame& frame) {
  return to<Function>(frame.fn)->code->flags & kCodeOwnsFrame;
}

void take_down(FrameObject& o, Frame& frame) {
  o.instruction = index_of(frame);
  std::copy(frame.r, frame.r + o.count, o.values);
}

// Out of the list of its tasklet.
void unlink(Runtime& rt, FrameObject& o) {
  Details& details = *o.tasklet->details;
  if (details.watched == &o) {
    details.watched = o.below;
    rt.heap.wrote(&details);
  } else {
    for (FrameObject* at = details.watched; at; at = at->below) {
      if (at->below != &o) continue;
      at->below = o.below;
      rt.heap.wrote(at);
    }
  }
  o.tasklet = nullptr;
  o.below = nullptr;
}

// Objects are asked for from the inside to the outside as a rule, so the place is near the end that was asked
// for last; frames that end are the first of the list.
void watch(Runtime& rt, FrameObject& o, Tasklet& owner) {
  Details& details = details_of(rt, owner);
  o.tasklet = &owner;
  o.ret = o.frame->ret;
  o.frame->ret = rt.thread.watched;
  FrameObject** place = &details.watched;
  Object* holder = &details;
  while (*place && (*place)->frame->depth() > o.frame->depth()) {
    holder = *place;
    place = &(*place)->below;
  }
  o.below = *place;
  *place = &o;
  rt.heap.wrote(holder);
}

FrameObject* make_object(Runtime& rt, Value function, u32 count) {
  FrameObject* o = rt.make<FrameObject>(TypeId::FrameObject, count * sizeof(Value));
  o->function = function;
  o->back = o->locals = Value::unbound();
  o->trace = Value::none();
  o->last = FrameObject::kNone;
  o->line = FrameObject::kNoLine;
  o->traces_lines = 1;
  o->count = count;
  return o;
}

u32 variables_of(const Code& code) {
  return code.flags & kCodeOptimized ? code.local_count : 0;
}

// Where the caller's frame is, when the activation is on a stack.
Frame* frame_below(const FrameObject& o) {
  Frame* frame = activation(o);
  bool linked = frame && (!o.generator || o.generator->state == GeneratorState::kRunning);
  return linked ? language_frame(frame->prev) : nullptr;
}

FrameObject* caller_object(Runtime& rt, const FrameObject& o) {
  Frame* below = frame_below(o);
  return below ? frame_object(rt, *below, o.tasklet ? *o.tasklet : *rt.thread.current) : nullptr;
}

// --- attributes

Result get_code(Runtime&, Frame& f) {
  return Value::from(function_of(self(f)).code);
}
Result get_globals(Runtime&, Frame& f) {
  return Value::from(function_of(self(f)).globals);
}
Result get_builtins(Runtime&, Frame& f) {
  return Value::from(function_of(self(f)).builtins);
}

Result get_locals(Runtime& rt, Frame& f) {
  FrameObject& o = self(f);
  if (!(function_of(o).code->flags & kCodeOptimized) && !o.locals.is_unbound()) return o.locals;
  return Value::from(refresh_locals(rt, o));
}

Result get_line(Runtime&, Frame& f) {
  FrameObject& o = self(f);
  u32 line = line_of(o);
  return line || o.line == 0 ? Value::from_int(line) : Value::none();
}

// In code units of two bytes, as tb_lasti.
Result get_lasti(Runtime&, Frame& f) {
  const FrameObject& o = self(f);
  if (o.generator && o.generator->state == GeneratorState::kCreated) return Value::from_int(-1);
  return Value::from_int(static_cast<i64>(instruction_of(o) * 2));
}

Result get_back(Runtime& rt, Frame& f) {
  FrameObject& o = self(f);
  if (activation(o)) {
    FrameObject* caller = caller_object(rt, o);
    if (!caller) return Result::none();
    caller->is_asked = 1;
    return Value::from(caller);
  }
  return o.back.is_unbound() ? Value::none() : o.back;
}

Result get_trace(Runtime&, Frame& f) {
  return self(f).trace;
}
Result set_trace(Runtime& rt, Frame& f) {
  FrameObject& o = self(f);
  o.trace = f[1].is_unbound() ? Value::none() : f[1];
  // Lines before this one are not news.
  if (!o.trace.is_none() && o.last == FrameObject::kNone && activation(o)) {
    o.last = instruction_of(o);
    o.last_line = line_of(o);
  }
  rt.heap.wrote(&o);
  return Result::none();
}

Result set_switch(Runtime& rt, Frame& f, u8& field) {
  if (!f[1].is_bool()) return raise(rt, TypeId::TypeError, "attribute value type must be bool");
  field = f[1].is_true();
  return Result::none();
}
Result get_traces_lines(Runtime&, Frame& f) {
  return Result::boolean(self(f).traces_lines);
}
Result set_traces_lines(Runtime& rt, Frame& f) {
  return set_switch(rt, f, self(f).traces_lines);
}
Result get_traces_opcodes(Runtime&, Frame& f) {
  return Result::boolean(self(f).traces_opcodes);
}
Result set_traces_opcodes(Runtime& rt, Frame& f) {
  return set_switch(rt, f, self(f).traces_opcodes);
}

Result clear(Runtime& rt, Frame& f) {
  FrameObject& o = self(f);
  bool runs = activation(o) && (!o.generator || o.generator->state == GeneratorState::kRunning);
  if (runs) return raise(rt, TypeId::RuntimeError, "cannot clear an executing frame");
  if (o.generator && o.generator->state != GeneratorState::kClosed)
    return call_method(rt, f, Value::from(o.generator), rt.names.close, {});
  std::fill_n(o.values, o.count, Value::unbound());
  if (function_of(o).code->flags & kCodeOptimized) o.locals = Value::unbound();
  return Result::none();
}

Result repr(Runtime& rt, Frame& f) {
  FrameObject& o = self(f);
  Code& code = *function_of(o).code;
  char address[64];
  snprintf(address, sizeof address, "<frame at %p, file '", static_cast<void*>(&o));
  TextBuffer out;
  out.append_ascii(address);
  append_str(out, code.filename);
  out.append_ascii("', line ");
  out.append_int(line_of(o));
  out.append_ascii(", code ");
  append_str(out, code.name);
  out.append('>');
  return Value::from(new_str_from(rt, out));
}

constexpr NativeSpec kMethods[] = {
    {"clear", clear, "(self, /)", "Forget the variables, unless the frame is running."},
    {"__repr__", repr, "(self, /)"},
};
constexpr GetsetSpec kGetsets[] = {
    {"f_code", get_code, readonly_member},
    {"f_globals", get_globals, readonly_member},
    {"f_builtins", get_builtins, readonly_member},
    {"f_locals", get_locals},
    {"f_lineno", get_line, set_frame_line},
    {"f_lasti", get_lasti},
    {"f_back", get_back},
    {"f_trace", get_trace, set_trace},
    {"f_trace_lines", get_traces_lines, set_traces_lines},
    {"f_trace_opcodes", get_traces_opcodes, set_traces_opcodes},
};

}  // namespace

Frame* activation(const FrameObject& o) {
  if (!o.generator) return o.frame;
  return o.generator->state == GeneratorState::kClosed ? nullptr : o.generator->frame();
}

u64 instruction_of(const FrameObject& o) {
  Frame* frame = activation(o);
  return frame ? index_of(*frame) : o.instruction;
}

u32 line_of(const FrameObject& o) {
  if (o.line != FrameObject::kNoLine) return o.line;
  // What belongs to no line is on the one that was executed before, if anybody knows it.
  const Code& code = *function_of(o).code;
  if (o.last_line && !has_line(code, instruction_of(o))) return o.last_line;
  return code_position(code, instruction_of(o)).line;
}

Tuple* places_of_callers(Runtime& rt, Frame* at, u64 most) {
  List* places = new_list(rt);
  for (at = language_frame(at); at && places->size < most; at = language_frame(at->prev)) {
    const Code& code = *to<Function>(at->fn)->code;
    Value place[3] = {Value::from(code.filename), Value::from_int(code_position(code, index_of(*at)).line),
                      Value::from(code.name)};
    list_append(rt, *places, Value::from(new_tuple_from(rt, place, 3)));
  }
  return new_tuple_from(rt, places->size ? places->items->items : nullptr, places->size);
}

FrameObject* new_frame_object(Runtime& rt, Value function, u64 instruction) {
  FrameObject* o = make_object(rt, function, 0);
  o->instruction = instruction;
  o->back = Value::none();
  return o;
}

FrameObject* generator_frame_object(Runtime& rt, Generator& g) {
  if (!g.frame_object) {
    FrameObject* o = make_object(rt, g.frame()->fn, to<Function>(g.frame()->fn)->code->local_count);
    o->generator = &g;
    g.frame_object = o;
    rt.heap.wrote(&g);
  }
  return g.frame_object;
}

FrameObject* known_frame_object(Runtime& rt, Frame& frame, Tasklet& owner) {
  if (owns_frame(frame)) return generator_of(frame)->frame_object;
  settle_frames(rt, owner);
  if (frame.ret != rt.thread.watched) return nullptr;
  FrameObject* o = owner.details->watched;
  while (o && o->frame != &frame) o = o->below;
  return o;
}

FrameObject* frame_object(Runtime& rt, Frame& frame, Tasklet& owner) {
  if (owns_frame(frame)) return generator_frame_object(rt, *generator_of(frame));
  if (FrameObject* known = known_frame_object(rt, frame, owner)) return known;
  const Code& code = *to<Function>(frame.fn)->code;
  FrameObject* o = make_object(rt, frame.fn, variables_of(code));
  if (!(code.flags & kCodeOptimized)) o->locals = frame[0];
  o->frame = &frame;
  watch(rt, *o, owner);
  return o;
}

void frame_ends(Runtime& rt, Frame& f) {
  if (LISLE_LIKELY(f.ret != rt.thread.watched)) return;
  FrameObject& o = *known_frame_object(rt, f, *rt.thread.current);
  if (o.is_asked) {
    FrameObject* caller = caller_object(rt, o);
    if (caller) caller->is_asked = 1;
    o.back = caller ? Value::from(caller) : Value::none();
  } else if (Frame* below = frame_below(o)) {
    FrameObject* caller = known_frame_object(rt, *below, *rt.thread.current);
    if (caller) o.back = Value::from(caller);
  }
  take_down(o, f);
  f.ret = o.ret;
  o.ret = nullptr;
  o.frame = nullptr;
  unlink(rt, o);
  rt.heap.wrote(&o);
}

void generator_frame_ends(Generator& g) {
  if (LISLE_LIKELY(!g.frame_object)) return;
  take_down(*g.frame_object, *g.frame());
}

// --- variables

namespace {

// Calls visit(name, register or cell) for each variable that has a value or may get one.
template <class F>
void each_variable(Runtime& rt, FrameObject& o, F&& visit) {
  const Function& function = function_of(o);
  const Code& code = *function.code;
  Frame* frame = activation(o);
  Value* registers = frame ? frame->r : o.values;
  u32 count = frame ? code.local_count : o.count;
  std::vector<bool> assigned(count, true);
  if (rt.hooks && rt.hooks->assigned_locals) assigned = rt.hooks->assigned_locals(code, instruction_of(o));
  for (u32 i = 0; i < count; ++i) {
    Str* name = to<Str>(code.locals->items[i]);
    if (name->latin1().starts_with('.')) continue;
    // A variable that inner functions share stands in a cell once the prologue has made it.
    Cell* cell = assigned[i] ? as<Cell>(registers[i]) : nullptr;
    const Value* cells = code.cell_names->items;
    bool shared = cell && std::find(cells, cells + code.cell_names->size, Value::from(name)) !=
                              cells + code.cell_names->size;
    visit(*name, registers[i], shared ? cell : nullptr, assigned[i]);
  }
  for (u64 i = 0; function.closure && i < function.closure->size; ++i) {
    auto* cell = to<Cell>(function.closure->items[i]);
    visit(*to<Str>(code.free_names->items[i]), cell->content, cell, true);
  }
}

}  // namespace

Dict* refresh_locals(Runtime& rt, FrameObject& o) {
  auto* dict = as<Dict>(o.locals);
  if (!dict) {
    dict = new_dict(rt);
    o.locals = Value::from(dict);
    rt.heap.wrote(&o);
  }
  each_variable(rt, o, [&](Str& name, Value& variable, Cell* cell, bool assigned) {
    Value v = !assigned ? Value::unbound() : cell ? cell->content : variable;
    if (Str* text = as<Str>(v)) str_settle(text);
    if (!v.is_unbound())
      dict_set_str(rt, *dict, &name, v);
    else if (!dict_get_str(rt, *dict, &name).is_unbound())
      dict_delete_str(rt, *dict, &name);
  });
  return dict;
}

void store_locals(Runtime& rt, FrameObject& o) {
  auto* dict = as<Dict>(o.locals);
  if (!dict || !activation(o) || !(function_of(o).code->flags & kCodeOptimized)) return;
  each_variable(rt, o, [&](Str& name, Value& variable, Cell* cell, bool assigned) {
    Value v = dict_get_str(rt, *dict, &name);
    // The code may rely on having given a variable its value, so none loses it here.
    if (v.is_unbound()) return;
    if (cell) {
      cell->content = v;
      rt.heap.wrote(cell);
    } else if (assigned) {
      variable = v;
    }
  });
  if (o.generator) rt.heap.wrote(o.generator);
}

// --- frames that move

void unwatch_frames(Tasklet& t) {
  for (FrameObject* o = t.details ? t.details->watched : nullptr; o; o = o->below) {
    o->frame->ret = o->ret;
    o->ret = nullptr;
  }
}

void watch_frames(Tasklet& t, Entry watched) {
  for (FrameObject* o = t.details ? t.details->watched : nullptr; o; o = o->below) {
    o->ret = o->frame->ret;
    o->frame->ret = watched;
  }
}

TrueContinuations::TrueContinuations(Runtime& rt, Tasklet& t) : rt_(rt), tasklet_(t) {
  settle_frames(rt, t);
  unwatch_frames(t);
}
TrueContinuations::~TrueContinuations() {
  watch_frames(tasklet_, rt_.thread.watched);
}

FramesMove::FramesMove(Runtime& rt, Tasklet& t) : rt_(rt), tasklet_(t) {
  settle_frames(rt, t);
  for (Frame* f = language_frame(t.top); f; f = language_frame(f->prev)) {
    FrameObject* object = owns_frame(*f) ? nullptr : known_frame_object(rt, *f, t);
    marks_.push_back({object, (f->info & Frame::kSeen) != 0});
  }
  unwatch_frames(t);
}

FramesMove::~FramesMove() {
  size_t i = 0;
  for (Frame* f = language_frame(tasklet_.top); f && i < marks_.size(); f = language_frame(f->prev), ++i) {
    if (marks_[i].object) marks_[i].object->frame = f;
    if (marks_[i].is_seen) f->info |= Frame::kSeen;
  }
  watch_frames(tasklet_, rt_.thread.watched);
}

extern const TypeSpec kFrameObjectType = {
    "frame",  "builtins", nullptr, TypeId::Object, Kind::FrameObject, kTypeFinal | kTypeNoNew | kTypeHidden,
    kMethods, kGetsets};

}  // namespace lisle::rt

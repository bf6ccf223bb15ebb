#include "runtime/types/frame_object.h"

#include "runtime/builtins/tables.h"
#include "runtime/support/text.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"

namespace lisle::rt {
namespace {

FrameObject& self(Frame& f) {
  return *to<FrameObject>(f[0]);
}
Function& function_of(FrameObject& o) {
  return *to<Function>(o.function);
}

// The activation, when it is on the stack of the running tasklet; null otherwise.
Frame* live_frame(Runtime& rt, FrameObject& o) {
  for (Frame* at = language_frame(rt.thread.frame); at; at = language_frame(at->prev)) {
    if (reinterpret_cast<u64>(at) == o.frame && at->fn == o.function) return at;
  }
  return nullptr;
}

u64 instruction_of(Frame& frame) {
  const Code& code = *to<Function>(frame.fn)->code;
  return (frame.pc - reinterpret_cast<u64>(code.instructions)) / sizeof(u64);
}

Result frame_get_code(Runtime&, Frame& f) {
  return Value::from(function_of(self(f)).code);
}
Result frame_get_globals(Runtime&, Frame& f) {
  return Value::from(function_of(self(f)).globals);
}
Result frame_get_builtins(Runtime&, Frame& f) {
  return Value::from(function_of(self(f)).builtins);
}
Result frame_get_trace(Runtime&, Frame&) {
  return Result::none();
}

Result frame_get_locals(Runtime& rt, Frame& f) {
  FrameObject& o = self(f);
  if (!o.locals.is_unbound()) return o.locals;
  if (Frame* frame = live_frame(rt, o)) return frame_locals(rt, *frame);
  return Value::from(new_dict(rt));
}

Result frame_get_line(Runtime& rt, Frame& f) {
  FrameObject& o = self(f);
  if (Frame* frame = live_frame(rt, o)) o.instruction = instruction_of(*frame);
  u32 line = code_position(*function_of(o).code, o.instruction).line;
  return line ? Value::from_int(line) : Value::none();
}

Result frame_get_lasti(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(self(f).instruction));
}

Result frame_get_back(Runtime& rt, Frame& f) {
  FrameObject& o = self(f);
  if (!o.back.is_unbound()) return o.back;
  Frame* frame = live_frame(rt, o);
  Frame* below = frame ? language_frame(frame->prev) : nullptr;
  o.back = below ? TRY(frame_object(rt, *below)) : Value::none();
  rt.heap.wrote(&o);
  return o.back;
}

Result frame_clear(Runtime&, Frame&) {
  return Result::none();
}

Result frame_repr(Runtime& rt, Frame& f) {
  FrameObject& o = self(f);
  Code& code = *function_of(o).code;
  char address[64];
  snprintf(address, sizeof address, "<frame at %p, file '", static_cast<void*>(&o));
  TextBuffer out;
  out.append_ascii(address);
  append_str(out, code.filename);
  out.append_ascii("', line ");
  out.append_int(code_position(code, o.instruction).line);
  out.append_ascii(", code ");
  append_str(out, code.name);
  out.append('>');
  return Value::from(new_str_from(rt, out));
}

constexpr NativeSpec kMethods[] = {
    {"clear", frame_clear, "(self)", "Variables of an activation go with it; nothing is kept."},
    {"__repr__", frame_repr, "(self)"},
};
constexpr GetsetSpec kGetsets[] = {
    {"f_code", frame_get_code},     {"f_globals", frame_get_globals}, {"f_builtins", frame_get_builtins},
    {"f_locals", frame_get_locals}, {"f_lineno", frame_get_line},     {"f_lasti", frame_get_lasti},
    {"f_back", frame_get_back},     {"f_trace", frame_get_trace},
};

}  // namespace

FrameObject* new_frame_object(Runtime& rt, Value function, u64 instruction) {
  FrameObject* o = rt.make<FrameObject>(TypeId::FrameObject);
  o->function = function;
  o->instruction = instruction;
  o->back = Value::none();
  o->locals = Value::unbound();
  return o;
}

Result frame_object(Runtime& rt, Frame& frame) {
  FrameObject* o = new_frame_object(rt, frame.fn, instruction_of(frame));
  o->back = Value::unbound();
  o->frame = reinterpret_cast<u64>(&frame);
  if (!(to<Function>(frame.fn)->code->flags & kCodeOptimized)) o->locals = frame[0];
  return Value::from(o);
}

extern const TypeSpec kFrameObjectType = {
    "frame",  "builtins", nullptr, TypeId::Object, Kind::FrameObject, kTypeFinal | kTypeNoNew | kTypeHidden,
    kMethods, kGetsets};

}  // namespace lisle::rt

// Traceback entries as objects.
#include "runtime/protocols/attribute.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame_object.h"
#include "runtime/types/int.h"

namespace lisle::rt {

namespace {

Traceback& self_of(Frame& f) {
  return *to<Traceback>(f[0]);
}

// TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno); the line follows from the instruction here.
Result traceback_new(Runtime& rt, Frame& f) {
  if (!f[1].is_none() && !is_kind(f[1], Kind::Traceback))
    return raise(rt, TypeId::TypeError, "expected traceback object or None, got '%s'", type_name(rt, f[1]));
  auto* frame = as<FrameObject>(f[2]);
  if (!frame)
    return raise(rt, TypeId::TypeError, "TracebackType() argument 'tb_frame' must be frame, not %s",
                 type_name(rt, f[2]));
  for (int i : {3, 4}) {
    if (!is_int_like(f[i]))
      return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                   type_name(rt, f[i]));
  }
  Traceback* t = rt.make<Traceback>(TypeId::Traceback);
  t->next = f[1];
  t->function = frame->function;
  t->instruction =
      f[3].is_int() && f[3].as_int() >= 0 ? static_cast<u64>(f[3].as_int()) / 2 : frame->instruction;
  t->frame = f[2];
  return Value::from(t);
}

Result get_next(Runtime&, Frame& f) {
  return self_of(f).next;
}

Result set_next(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return raise(rt, TypeId::TypeError, "can't delete tb_next attribute");
  if (!f[1].is_none() && !is_kind(f[1], Kind::Traceback))
    return raise(rt, TypeId::TypeError, "expected traceback object, got '%s'", type_name(rt, f[1]));
  for (Value at = f[1]; is_kind(at, Kind::Traceback); at = to<Traceback>(at)->next)
    if (at == f[0]) return raise(rt, TypeId::ValueError, "traceback loop detected");
  self_of(f).next = f[1];
  rt.heap.wrote(f[0].object());
  return Result::none();
}

Result get_frame(Runtime& rt, Frame& f) {
  Traceback& t = self_of(f);
  if (!is_kind(t.frame, Kind::FrameObject)) {
    t.frame = Value::from(new_frame_object(rt, t.function, t.instruction));
    rt.heap.wrote(&t);
  }
  to<FrameObject>(t.frame)->is_asked = 1;
  return t.frame;
}

Result get_lineno(Runtime&, Frame& f) {
  const Traceback& t = self_of(f);
  return Value::from_int(code_position(*to<Function>(t.function)->code, t.instruction).line);
}

// Code units of two bytes, so that co_positions() can be indexed by half of it.
Result get_lasti(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(self_of(f).instruction * 2));
}

Result traceback_dir(Runtime& rt, Frame&) {
  List* out = new_list(rt);
  for (const char* name : {"tb_frame", "tb_lasti", "tb_lineno", "tb_next"})
    list_append(rt, *out, Value::from(intern(rt, name)));
  return Value::from(out);
}

constexpr NativeSpec kMethods[] = {
    {"__new__", traceback_new, "(cls, tb_next, tb_frame, tb_lasti, tb_lineno)", nullptr, 0, kStatic},
    {"__dir__", traceback_dir, "(self, /)"},
};

constexpr GetsetSpec kAttributes[] = {
    {"tb_next", get_next, set_next},
    {"tb_frame", get_frame},
    {"tb_lineno", get_lineno},
    {"tb_lasti", get_lasti},
};

}  // namespace

extern const TypeSpec kTracebackType;
const TypeSpec kTracebackType{"traceback",    "builtins",      "Create a new traceback object.",
                              TypeId::Object, Kind::Traceback, kTypeFinal | kTypeHidden,
                              kMethods,       kAttributes};

}  // namespace lisle::rt

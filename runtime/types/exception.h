// Exception instances and tracebacks.
#pragma once
#include "runtime/types/function.h"

namespace lisle::rt {

struct Exception : Object {
  static constexpr Kind kKind = Kind::Exception;
  Value attributes;       // attribute storage of instances: see protocols/attribute.h
  Tuple* args;
  Value traceback;        // Traceback or None
  Value context;          // exception or None
  Value cause;            // exception or None
  Value extra[6];         // members of particular classes: StopIteration.value; OSError.errno, strerror, filename,
                          // filename2; SyntaxError.msg, filename, lineno, offset, text, ...; ImportError.msg, name, path
  bool suppress_context() const { return aux & 1; }

  size_t byte_size() const { return sizeof(Exception); }
  template <class V>
  void visit(V&& v) {
    v(attributes);
    v(args);
    v(traceback);
    v(context);
    v(cause);
    for (Value& e : extra) v(e);
  }
};

struct Traceback : Object {
  static constexpr Kind kKind = Kind::Traceback;
  Value next;       // Traceback nearer to the raise, or None
  Value function;   // whose code was running
  u64 instruction;  // index in its instructions
  Value frame;      // FrameObject if one was made, else unbound

  size_t byte_size() const { return sizeof(Traceback); }
  template <class V>
  void visit(V&& v) {
    v(next);
    v(function);
    v(frame);
  }
};

Exception* new_exception(Runtime& rt, TypeId type, Value argument);  // unbound: no arguments
// The text that print_exception shows; never calls the program: custom __str__ is asked for by the caller (stdlib/core).
struct SourcePosition {
  u32 line, column, end_line, end_column;  // columns in bytes from 0; line 0: unknown
};
SourcePosition code_position(const Code& code, u64 instruction);

}  // namespace lisle::rt

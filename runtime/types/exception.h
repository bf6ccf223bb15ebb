// Exception instances and tracebacks.
#pragma once
#include <string>

#include "runtime/types/function.h"

namespace lisle::rt {

struct Exception : Object {
  static constexpr Kind kKind = Kind::Exception;
  Value attributes;  // attribute storage of instances: see protocols/attribute.h
  Tuple* args;
  Value traceback;  // Traceback or None
  Value context;    // exception or None
  Value cause;      // exception or None
  Value extra[7];   // members of particular classes, None while unset: see ExtraIndex
  // Object::aux: the context is suppressed; the program has set it to None.
  static constexpr u16 kContextSuppressed = 1, kContextSettled = 2;
  bool suppress_context() const { return aux & kContextSuppressed; }

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
// Members of particular classes: indexes of Exception::extra.
enum ExtraIndex : u8 {
  kStopValue = 0,
  kExitCode = 0,
  kErrno = 0,
  kStrerror = 1,
  kFilename = 2,
  kFilename2 = 3,
  kCharactersWritten = 4,
  kSyntaxMsg = 0,
  kSyntaxFilename = 1,
  kSyntaxLine = 2,
  kSyntaxOffset = 3,
  kSyntaxText = 4,
  kSyntaxEndLine = 5,
  kSyntaxEndOffset = 6,
  kImportMsg = 0,
  kImportName = 1,
  kImportPath = 2,
  kErrorName = 0,
  kErrorObject = 1,  // AttributeError, NameError
  kUnicodeEncoding = 0,
  kUnicodeObject = 1,
  kUnicodeStart = 2,
  kUnicodeEnd = 3,
  kUnicodeReason = 4,
  kGroupMessage = 0,
  kGroupExceptions = 1,
};
// Does a function belong to a module of ours that stands for one of CPython's native ones? Tracebacks know
// nothing of its calls.
bool leaves_no_trace(Value function);
// Puts an entry for `instruction` of `function` (see Traceback) in front of the exception's traceback.
void add_traceback(Runtime& rt, Exception& e, Value function, u64 instruction, Value frame);
// An exception of class `type`, a subclass of BaseException, with the given args; __init__ is not called.
Exception* new_exception_of(Runtime& rt, Type* type, Tuple* args);
// What BaseException.__new__ makes of the arguments of a call of `type`; __init__ is not called.
Result allocate_exception(Runtime& rt, Type* type, Tuple* args);
// Raises TypeError: `type` was called for an exception and gave something whose class `found` names.
Result raise_not_exception(Runtime& rt, Value type, const std::string& found);
// Fills the members that the constructor derives from args: what __init__ of the builtin classes does.
Result init_exception(Runtime& rt, Exception& e);

// The builtin class that decides which members an exception has: OSError, SyntaxError, ...; BaseException for
// none.
TypeId exception_family(const Type* type);

struct SourcePosition {
  u32 line, column, end_line, end_column;  // columns in bytes from 0; line 0: unknown
};
SourcePosition code_position(const Code& code, u64 instruction);
// False for what belongs to no line: its position is that of what stands before.
bool has_line(const Code& code, u64 instruction);

}  // namespace lisle::rt

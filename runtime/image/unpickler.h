// pickle.Unpickler: reads Python's pickle format.
//
// The machine of the format, a stack with marks and a memo, lies on the heap. load_some() executes opcodes
// until the program has to be asked; `then` says what becomes of the answer. An opcode whose operands are not
// all there yet is begun again when more input has come, so that files are read exactly as far as the pickle
// goes.
#pragma once
#include "runtime/image/pickle_ops.h"
#include "runtime/image/pickler.h"
#include "runtime/types/str.h"

namespace lisle::rt {

// What becomes of the answer to a question.
enum class Then : u32 {
  kPush,
  kReplaceTop,
  kDrop,
  kBuffer,   // the next out-of-band buffer
  kSkipped,  // input that was only peeked at has been taken from the file
  kRead,     // more input
  kReadLine,
  kPeeked,    // input that is not yet taken from the file
  kFinished,  // after the last opcode
};

struct Unpickler : Object {
  static constexpr Kind kKind = Kind::Unpickler;
  Value read, readline, peek;         // methods of the file; unbound for loads()
  Value persistent_load, find_class;  // unbound: none, the builtin one
  Value buffers;                      // iterator or None
  Value encoding, errors;             // unbound: "ASCII", "strict"
  Value input;                        // Bytes
  Value ask_callable, ask_args[3];
  Value result;
  Array* stack;  // what lies beyond stack_size was there before
  Array* marks;  // stack sizes as ints
  Array* memo;   // unbound where there is nothing
  u64 position;  // in the input
  u64 peeked_from;
  u64 stack_size, mark_count, memo_size;
  u64 wanted;  // bytes that the opcode in hand needs in all; 0: a line
  u32 ask_kind, ask_count;
  Then then;
  u32 protocol;
  Step ended;  // how load_some() ended
  bool fix_imports, busy, initialised, finished;
  bool begun;  // loads() has begun, the step machine goes on

  size_t byte_size() const { return sizeof(Unpickler); }
  template <class V>
  void visit(V&& v) {
    for (Value* field = &read; field <= &result; ++field) v(*field);
    v(stack);
    v(marks);
    v(memo);
  }
};

inline constexpr u32 kAskSpread = 3;  // a call with the arguments of the tuple ask_args[0]

// --- stack, marks, memo: unpickler_stack.cpp. What takes may raise.
void push(Runtime& rt, Unpickler& u, Value v);
bool has_items(Runtime& rt, Unpickler& u, u64 count);  // above the last mark; raises otherwise
bool pop_mark(Runtime& rt, Unpickler& u, u64& at);     // where the items above it begin
void push_mark(Runtime& rt, Unpickler& u);
void pop_one(Runtime& rt, Unpickler& u);  // an item or a mark; has_items() is not asked before
inline Value& item_at(Unpickler& u, u64 at) {
  return u.stack->items[at];
}
inline Value& top_item(Unpickler& u) {
  return u.stack->items[u.stack_size - 1];
}
// Forgets the items from `at` on.
inline void cut_stack(Unpickler& u, u64 at) {
  u.stack_size = at;
}
// No item is held any more.
void clear_stack(Unpickler& u);
void memo_put(Runtime& rt, Unpickler& u, u64 number, Value v);
Value memo_get(const Unpickler& u, u64 number);  // unbound when absent

Step ask_call(Unpickler& u, Runtime& rt, Then then, Value callable, std::initializer_list<Value> args);
Step ask_helper(Unpickler& u, Runtime& rt, Then then, const char* name, std::initializer_list<Value> args);
Step ask_spread(Unpickler& u, Runtime& rt, Then then, Value callable, Value args);
Step refuse(Runtime& rt, const char* text);

// How strs of Python 2 are read.
inline Value encoding_of(Runtime& rt, const Unpickler& u) {
  return u.encoding.is_unbound() ? Value::from(intern(rt, "ASCII")) : u.encoding;
}
inline Value errors_of(Runtime& rt, const Unpickler& u) {
  return u.errors.is_unbound() ? Value::from(intern(rt, "strict")) : u.errors;
}

// --- input: unpickler_input.cpp
// Asks the file for what is missing; raises when there is none.
Step want_bytes(Runtime& rt, Unpickler& u, u64 bytes);
Step want_line(Runtime& rt, Unpickler& u);
// Gives back what was only peeked at.
Step settle_input(Runtime& rt, Unpickler& u, Then then);
Step take_input(Runtime& rt, Unpickler& u, Value answer);

// --- opcodes that make and fill objects: unpickler_objects.cpp
Step load_object(Runtime& rt, Unpickler& u, PickleOp op);
Step load_global(Runtime& rt, Unpickler& u, Value module, Value name);
// Opcodes of protocol 0 whose operand is the line `text`.
Step load_line(Runtime& rt, Unpickler& u, PickleOp op, std::string_view text);

// The opcodes of plain data, up to `stop` or the first one that it leaves to load_some(). The stack is there.
void load_plain(Runtime& rt, Unpickler& u, u64 stop);

// Executes opcodes until the end, a question, an exception, or until others have to get a turn.
Step load_some(Runtime& rt, Unpickler& u);

}  // namespace lisle::rt

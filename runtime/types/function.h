// Everything callable that is not a class: functions of the language with their code, native functions, bound
// methods, and the cells that closures share.
#pragma once
#include <memory>

#include "runtime/object/native.h"
#include "runtime/types/dict.h"
#include "runtime/types/list.h"

namespace lisle::rt {

struct Type;

enum CodeFlags : u32 {
  kCodeVarArgs = 1,
  kCodeVarKeywords = 2,
  kCodeGenerator = 4,
  kCodeCoroutine = 8,
  kCodeAsyncGenerator = 16,
  kCodeIterableCoroutine = 32,
  kCodeNested = 64,
  kCodeOptimized = 128,                // locals are registers; class bodies and modules keep them in a dict
  kCodeFutureAnnotations = 0x1000000,  // it came under from __future__ import annotations
  kCodeOwnsFrame = kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator,
};

struct Code : Object {
  static constexpr Kind kKind = Kind::Code;
  u32 flags;
  u32 arg_count;  // positional parameters, positional-only ones included
  u32 posonly_count;
  u32 kwonly_count;
  // arg_count when a call with exactly that many positional arguments needs no further binding, else a count
  // that no call has.
  u32 simple_args;
  u32 register_count;  // parameters, locals, temporaries
  u32 local_count;     // named locals: the first registers
  u32 first_line;
  u64 instruction_count;
  u64 frame_bytes;    // header, registers and the slack that native callees may use unchecked
  u64* instructions;  // inside `body`: what pc points into
  Value* constants;   // inside `consts`
  Raw* body;          // the instructions, caches included (bc::Instruction is one word)
  Tuple* consts;
  Tuple* names;          // attribute and global names, interned
  Tuple* locals;         // names of the first local_count registers; parameters come first
  Tuple* cell_names;     // names of closure cells this code makes
  Tuple* free_names;     // names of the closure cells it is given
  Raw* exception_table;  // bc::ExceptionRange rows
  Raw* line_table;       // bc::PositionRow rows
  Str* name;
  Str* qualname;
  Str* filename;
  Value doc;
  // --- how it runs in this process; nothing here belongs to an image or a cache
  Entry entry;    // executes the first instruction: its handler, or what it was compiled to
  u32 heat;       // sampled safepoints that found it running, until it is compiled
  u32 native_id;  // what the compiler knows it by; 0: nothing
  Raw* opcodes;   // while it is traced: the true opcode of each word, which Traced stands for; else null

  // The instruction at word `at`, whether it is traced or not.
  u64 word(u64 at) const {
    u64 word = instructions[at];
    return opcodes ? (word & ~u64{0xff}) | static_cast<u8>(opcodes->bytes[at]) : word;
  }

  size_t byte_size() const { return sizeof(Code); }
  template <class V>
  void visit(V&& v) {
    v(body);
    v(consts);
    v(names);
    v(locals);
    v(cell_names);
    v(free_names);
    v(exception_table);
    v(line_table);
    v(name);
    v(qualname);
    v(filename);
    v(doc);
    v(opcodes);
  }
};

struct Function : Object {
  static constexpr Kind kKind = Kind::Function;
  Code* code;
  Dict* globals;
  Dict* builtins;
  Tuple* closure;    // of Cells; null when the code has no free names
  Tuple* defaults;   // null or the values of the last positional parameters
  Dict* kwdefaults;  // null or the defaults of keyword-only parameters
  Str* name;
  Str* qualname;
  Value module;
  Value doc;
  Value annotations;  // a Dict, a Tuple of alternating names and values not yet made into one, or unbound
  Dict* attributes;   // __dict__, null until asked for

  size_t byte_size() const { return sizeof(Function); }
  template <class V>
  void visit(V&& v) {
    v(code);
    v(globals);
    v(builtins);
    v(closure);
    v(defaults);
    v(kwdefaults);
    v(name);
    v(qualname);
    v(module);
    v(doc);
    v(annotations);
    v(attributes);
  }
};

// A native function as a value. `native_id` indexes Runtime::natives, where its address and signature stand.
// Object::aux: how many registers its frames have (parameters and state).
struct Native : Object {
  static constexpr Kind kKind = Kind::Native;
  u32 native_id;
  Type* owner;  // the class in whose table it stands, null for module functions
  Value self;   // what a bound builtin method carries, else unbound
  Str* name;
  Value module;  // module name or None

  size_t byte_size() const { return sizeof(Native); }
  template <class V>
  void visit(V&& v) {
    v(owner);
    v(self);
    v(name);
    v(module);
  }
};

struct BoundMethod : Object {
  static constexpr Kind kKind = Kind::BoundMethod;
  Value function;
  Value self;

  size_t byte_size() const { return sizeof(BoundMethod); }
  template <class V>
  void visit(V&& v) {
    v(function);
    v(self);
  }
};

struct Cell : Object {
  static constexpr Kind kKind = Kind::Cell;
  Value content;  // unbound while empty

  size_t byte_size() const { return sizeof(Cell); }
  template <class V>
  void visit(V&& v) {
    v(content);
  }
};

// What the C++ side knows of a native function; in Runtime::natives by native_id.
struct alignas(64) NativeEntry {
  NativeFn fn;
  NativeFn quick;   // NativeSpec::quick
  u16 min_args;     // positional arguments it may be given without binding by keyword or default ...
  u16 max_args;     // ... up to here; 0xffff when only full binding will do
  u16 param_count;  // f[0 .. param_count) are parameters after binding
  u16 registers;    // total registers of a step machine; 0 for a leaf
  u16 flags;        // NativeFlags
  Intrinsic intrinsic;
  bool in_place;  // a leaf without intrinsic or quick form that never switches and needs no full binding
  const NativeSpec* spec;
  const TypeSpec* owner;
  std::shared_ptr<const struct NativeSignature> signature;  // parsed when full binding is first needed
};

// Registers `spec` and makes its function object. `owner` is null for module functions.
Native* new_native(Runtime& rt, const NativeSpec& spec, Type* owner, Value module);
// The entry alone, for code that has its own function objects; returns the native_id.
u32 register_native(Runtime& rt, const NativeSpec& spec, const TypeSpec* owner);
BoundMethod* new_bound_method(Runtime& rt, Value function, Value self);
Function* new_function(Runtime& rt, Code* code, Dict* globals);
// Empty, and not executed yet: the caller fills it in.
Code* new_code(Runtime& rt);
Cell* new_cell(Runtime& rt, Value content);

}  // namespace lisle::rt

// What the runtime asks of layers above it. vm/ installs the functions; a Runtime without a compiler has null
// ones, and the builtins that need them raise.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/object/frame.h"
#include "runtime/types/function.h"

namespace lisle::rt {

struct Code;
struct Runtime;
struct Str;
struct ImagePolicy;
struct Code;
struct Tasklet;
struct Generator;
struct List;
struct Dict;

enum class CompileMode : u8 { kExec, kEval, kSingle };

// A continuation of the machine, for who must say which one a frame returns to without its address.
struct ContinuationRow {
  const char* name;
  Entry entry;
};

// What the compiler has to say of a source that it accepts.
struct CompileWarning {
  std::string text;
  i32 line, column, end_line, end_column;  // lines and columns from 1
  std::string source_line;
  bool is_deprecation;  // DeprecationWarning, else SyntaxWarning
};

// An instruction for a reader: where it stands, in words, and where it may go to, or -1.
struct InstructionText {
  u64 at;
  u8 opcode;
  std::string_view name;
  std::string operands, meaning;  // the latter in plain words: a name, a constant
  i64 target;
};

// What compile() may be asked for besides; the bits are CPython's.
enum CompileFlags : u32 {
  kCompileBarry = 0x400000,  // from __future__ import barry_as_FLUFL
  kCompileAnnotations = kCodeFutureAnnotations,
  kCompileNoDedent = 0x200,     // the end of the text does not end the blocks of a single statement
  kCompileText = 0x800,         // the source is characters: what it says of an encoding means nothing
  kCompileAwait = 0x2000,       // await and its relatives are allowed outside of functions
  kCompileIncomplete = 0x4000,  // say so where more input could make the source correct
};

struct Hooks {
  Hooks();
  virtual ~Hooks();
  // The object of the embedding API that owns this Runtime; natives made by the host find it here.
  void* embedder = nullptr;
  // Compiles source bytes to a Code object, or raises SyntaxError. `optimize` is 0, 1 (no asserts) or 2 (no
  // docstrings); `flags` are of CompileFlags.
  Result (*compile)(Runtime& rt, std::string_view source, Str* filename, CompileMode mode, int optimize,
                    u32 flags) = nullptr;
  // Of the source that was compiled last; whoever asked for it tells the program.
  std::vector<CompileWarning> warnings;
  bool caches_warned = true;  // may compile_cached() keep code of which there are some?
  // Syntax trees as objects: `classes` is the namespace of the module _ast. The tree of a source text; and
  // the code of a tree.
  Result (*parse_tree)(Runtime& rt, std::string_view source, Str* filename, CompileMode mode, u32 flags,
                       Dict& classes) = nullptr;
  Result (*compile_tree)(Runtime& rt, Value tree, Str* filename, CompileMode mode, int optimize, u32 flags,
                         Dict& classes) = nullptr;
  // The same for whole modules, through the bytecode cache on disk.
  Result (*compile_cached)(Runtime& rt, std::string_view source, Str* filename) = nullptr;
  // Code objects as bytes, for pickles and images; reading verifies them. Null, with the reason, for bytes
  // that are no code of this machine.
  std::string (*write_code)(const Code& code) = nullptr;
  Code* (*read_code)(Runtime& rt, std::string_view bytes, std::string& why) = nullptr;
  std::vector<InstructionText> (*instructions)(const Code& code) = nullptr;
  // Small ints, None and bools that lie in instructions, in the order of the first one of each kind.
  void (*inline_constants)(const Code& code, std::vector<Value>& out) = nullptr;
  // Equal for code that a suspended frame cannot tell apart: all but names of files and places in them.
  u64 (*fingerprint)(const Code& code) = nullptr;
  // Suspended frames as values, see vm/interp/frame_image.h.
  Result (*capture_frames)(Runtime& rt, Tasklet& t, List& out) = nullptr;
  Result (*restore_frames)(Runtime& rt, Tasklet& t, const Value* items, u64 count) = nullptr;
  Result (*capture_generator)(Runtime& rt, Generator& g, List& out) = nullptr;
  Result (*restore_generator)(Runtime& rt, Generator& g, const Value* items, u64 count) = nullptr;
  // Rebuilds the frames of a suspended tasklet from what is captured of them.
  void (*renew_frames)(Runtime& rt, Tasklet& t) = nullptr;
  // Machine code for frame `f` from the instruction at `pc` on; null when there is none (yet). Asked at
  // safepoints, which makes it the sampler of what is worth compiling. Null without a compiler.
  Entry (*compiled_at)(Runtime& rt, Frame& f, u64 pc) = nullptr;
  // Compiled code has met something it was not made for, and is left.
  void (*assumption_failed)(Runtime& rt, Frame& f, u64 unit) = nullptr;
  bool compile_at_first_call = false;
  // Makes the frame below `f` go on in the interpreter, should compiled code wait there for the value of `f`.
  // `callee` is `f`, or what lies above it where `f` is the pseudo frame of a segment.
  void (*leave_compiled)(Frame& f, Frame& callee) = nullptr;
  std::shared_ptr<void> compiler;           // what these work with
  void (*finished)(Runtime& rt) = nullptr;  // the program has ended: statistics
  // Source of a library module that travels inside the executable; false when there is none of that name.
  bool (*embedded_module)(std::string_view name, std::string_view& source, bool& is_package) = nullptr;
  // A Code object as bytes for this very machine, and back: null when the bytes are not of that kind.
  std::string (*code_to_bytes)(const Code& code) = nullptr;
  Code* (*code_from_bytes)(Runtime& rt, std::string_view bytes) = nullptr;
  // Can this code be run? False and the reason when it cannot; safe on arbitrary contents of its tables.
  bool (*verify_code)(const Code& code, std::string& why) = nullptr;
  // May a frame of `code` wait at word `at` for a value that the continuation of that row delivers? And is
  // that where a suspended generator waits?
  bool (*may_wait)(const Code& code, u64 at, size_t continuation) = nullptr;
  bool (*may_yield)(const Code& code, u64 at) = nullptr;
  // How many registers are the frame's own while it waits there: its callee may lie over the others.
  u64 (*registers_kept)(const Code& code, u64 at) = nullptr;
  // Makes code that was made elsewhere harmless: it relies on nothing that its registers need not hold, and
  // has no inline caches. False and the reason when it cannot be run. It has passed verify_code; nested code
  // is not looked at.
  bool (*distrust_code)(Code& code, std::string& why) = nullptr;
  // Do the registers of a frame of `code` hold what is relied on when the continuation of that row delivers a
  // value at word `at`?
  bool (*registers_fit)(const Code& code, u64 at, size_t continuation, const Value* registers) = nullptr;
  // The names of these modules by number; null behind the last.
  const char* (*embedded_name)(unsigned number) = nullptr;
  // Has each instruction of a code object looked at by who traces from now on, see vm/interp/trace.h.
  void (*trace_code)(Runtime& rt, Code& code) = nullptr;
  void (*untrace_code)(Runtime& rt, Code& code) = nullptr;
  // Which of the first local_count registers may have a value at word `at`: frames are not cleared.
  std::vector<bool> (*assigned_locals)(const Code& code, u64 at) = nullptr;
  // When to save without being asked; null: never.
  std::unique_ptr<ImagePolicy> images;
  // Every continuation of the machine; the order means nothing.
  std::span<const ContinuationRow> continuations;
  // Tells machines apart whose bytecode differs.
  u64 opcode_hash = 0;
  // Forgets temporaries of the running tasklet's frames that nobody reads again, so that a collection that
  // the program asks for finds what it has dropped.
  void (*clear_dead_registers)(Runtime& rt) = nullptr;
};

}  // namespace lisle::rt

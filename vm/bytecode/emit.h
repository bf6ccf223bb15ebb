// The Emitter collects the instructions and tables of one code object and makes the heap object at the end.
//
// Invariant: an instruction is appended only while the emitter is live, that is, while control can reach the
// place. An unconditional jump ends liveness; binding a label that something jumps to brings it back.
// Unreachable code therefore never gets into a code object, and whoever generates code need not care.
//
// Values handed to the emitter are kept alive by the Anchor, since its vectors are invisible to the
// collector.
#pragma once
#include <span>
#include <vector>

#include "runtime/runtime.h"
#include "vm/bytecode/op_info.h"

namespace lisle::bc {

// Keeps the objects alive that C++ containers refer to. Must itself lie on the C++ stack.
class Anchor {
 public:
  explicit Anchor(rt::Runtime& rt) : rt_(rt), kept_(rt::new_list(rt)) {}
  Anchor(const Anchor&) = delete;
  Anchor& operator=(const Anchor&) = delete;

  rt::Value keep(rt::Value v) {
    if (v.is_object()) rt::list_append(rt_, *kept_, v);
    return v;
  }
  template <class T>
  T* keep(T* object) {
    keep(rt::Value::from(object));
    return object;
  }

 private:
  rt::Runtime& rt_;
  rt::List* kept_;
};

// A place to jump to, made by Emitter::label().
struct Label {
  u32 id = ~0u;
};

// What a code object holds besides what the emitter collected.
struct CodeFacts {
  u32 flags = 0;
  u32 arg_count = 0, posonly_count = 0, kwonly_count = 0;
  u32 register_count = 0, local_count = 0, first_line = 0;
  std::span<rt::Str*const> locals, cell_names, free_names;
  rt::Str* name = nullptr;
  rt::Str* qualname = nullptr;
  rt::Str* filename = nullptr;
  rt::Value doc = rt::Value::none();
};

class Emitter {
 public:
  Emitter(rt::Runtime& rt, Anchor& anchor) : rt_(rt), anchor_(anchor) {}

  bool live() const { return live_; }
  // Word index of the next instruction.
  u32 here() const { return static_cast<u32>(words_.size()); }
  // Where the instructions that follow stand in the source.
  void position(u32 line, u32 end_line, u32 column, u32 end_column);
  // They belong to no line: whoever traces finds them on the line that was executed before.
  void no_position() { position(0, 0, 0, 0); }
  // A line that does nothing stands here, which whoever traces shall see: `pass`, `try:`.
  void mark_line();
  const PositionRow& current_position() const { return position_; }
  void set_position(const PositionRow& row) { position_ = row; }

  // Appends an instruction and its trailing words, zeroed; returns its word index (meaningless when not
  // live).
  u32 emit(Op op, u32 a = 0, u32 b = 0, u32 c = 0);
  u32 emit_wide(Op op, u32 a, i32 wide);
  // Writes the first trailing word of the instruction emitted last.
  void set_trailing(u64 word);

  Label label();
  // A jump whose distance is in operands b and c, or (branch) in the first trailing word.
  void jump(Op op, u32 a, Label target);
  void branch(Op op, u32 a, u32 b, u32 c, Label target);
  void bind(Label label);
  // Binds without regard to jumps: an exception handler that covers something.
  void bind_handler(Label label);
  bool is_used(Label label) const { return labels_[label.id].used; }

  // Index in the constant table; equal constants of one type share a place.
  u32 constant(rt::Value v);
  u32 name(rt::Str* interned);

  // While [start, end) runs, exceptions go to `handler`, into register `exception`. Ranges of greater depth
  // are inner.
  void range(u32 start, u32 end, Label handler, u32 exception, u32 depth);

  // Instructions to be executed first of all, known only at the end.
  void prologue(Op op, u32 a, u32 b = 0, u32 c = 0);

  rt::Code* finish(const CodeFacts& facts);

 private:
  struct LabelState {
    u32 address = ~0u;
    bool used = false;
  };
  struct Patch {
    u32 at;
    u32 label;
    bool trailing;
  };
  struct PendingRange {
    u32 start, end, label, exception, depth;
  };
  void append(Instruction instruction);
  void separate_marks();
  void patch_jumps();
  void insert_prologue();

  rt::Runtime& rt_;
  Anchor& anchor_;
  bool live_ = true;
  u32 last_ = 0;
  std::vector<u64> words_;
  std::vector<u64> prologue_;
  std::vector<LabelState> labels_;
  std::vector<Patch> patches_;
  std::vector<PendingRange> ranges_;
  std::vector<PositionRow> positions_;
  PositionRow position_{};
  std::vector<rt::Value> constants_;
  std::vector<u32> constant_slots_;  // open addressing over constants_, entries are index + 1
  std::vector<rt::Str*> names_;
  std::vector<u32> name_slots_;
};

// Fills in the parts of `code` that follow from others: instructions, constants, frame_bytes, simple_args.
void complete(rt::Code& code);

}  // namespace lisle::bc

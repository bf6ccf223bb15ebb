// From bytecode to LLVM IR, one region at a time.
//
// A region is what runs between two suspensions: it begins at the function's start, at a loop's header, or
// where a callee's value arrives, and each of its paths ends by a tail call: into a callee, to the frame's
// continuation, or to the interpreter. Inside a region the registers of the frame are SSA values with the
// kinds that are known of them; a register's place in the frame is written again before anybody may look at
// it.
//
// Blocks are translated in reverse postorder. What a loop's header takes for granted is guessed from the ways
// into the loop; if the way back brings something else, the guess is corrected and the region translated
// again.
#pragma once
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>

#include <map>
#include <set>

#include "jit/layout.h"
#include "jit/program.h"
#include "vm/interp/caches.h"
#include "vm/interp/compiled.h"
#include "vm/interp/numbers.h"

namespace lisle::jit {

// What is known of a register's value. All but kFloat are kept as the bits of the Value; a kFloat is a
// double.
enum class Known : u8 { kAny, kInt, kFloat, kBool, kList, kRangeIterator };

struct Slot {
  llvm::Value* value = nullptr;  // null: it is in the frame
  Known known = Known::kAny;
  bool dirty = false;  // the frame has an older value
};

// Registers, then two places for each loop over a range: the position of its iterator and the items left.
// Then, last, the count of ticks.
using State = std::vector<Slot>;

class Translator {
 public:
  // New resumptions get numbers from `first_resumption` on.
  Translator(rt::Runtime& rt, const Program& program, const interp::MachineTable& machine, u64 id,
             u32 first_resumption, llvm::Module& module);

  // Translates the region and, as far as `limit` allows, all that continue it. The functions' names are
  // name_of() their regions.
  void translate(Region first, size_t limit);
  // From now on code is left for the interpreter at about each eighth instruction: for tests.
  void leave_at_will() { leaves_at_will_ = true; }
  static std::string name_of(Region region);
  u64 emitted() const { return emitted_; }  // instructions
  const std::vector<Region>& translated() const { return translated_; }
  const std::vector<ResumedRegion>& resumptions() const { return resumptions_; }
  // Objects whose addresses stand in the code.
  const std::vector<rt::Value>& constants() const { return constants_; }

 private:
  struct Edge {
    llvm::BasicBlock* from;
    State state;
  };
  struct Block {
    u32 at = 0;
    bool header = false;
    bool emitted = false;
    std::set<u32> body;  // of a header: the blocks of its loop, by start
    RegisterSet exposed;
    std::vector<Edge> edges;
    llvm::BasicBlock* start = nullptr;
    State entry;
    std::vector<llvm::PHINode*> phis;
  };
  using Bits = llvm::Value*;
  // Why code is left for the interpreter before an instruction.
  enum class Leave : u8 { kInterpret, kFailed, kSafepoint };
  struct Exit {
    llvm::BasicBlock* block;
    Leave leave;
    u32 at;
    State state;
  };
  // What one register gets when code is left.
  struct WrittenBack {
    u32 slot;
    Known known;
    llvm::Value* value;
    llvm::Value* iterator;  // whose place it is; null: it lies in the frame
    auto operator<=>(const WrittenBack&) const = default;
  };
  // Where an exit leads: the address of the instruction and what of the machine goes on there.
  struct Destination {
    llvm::Value *pc, *entry;
  };
  struct ExitPath;
  struct ExitTree;

  // --- translate.cpp: regions, blocks, states
  bool emit_region(Region region);
  void find_blocks(const std::vector<u32>& starts);
  std::vector<u32> successors(u32 block) const;
  bool ends_region(const Decoded& i) const;
  void find_loop(Block& header, const std::vector<u32>& order);
  void enter_block(Block& block);
  Slot joined(Block& block, u32 s);
  void emit_block(Block& block);
  void jump_to(u32 at);
  void close_loop(Block& header);
  bool trusted(u32 at) const { return program_.trusted(at); }
  void force(u32 at, u32 s, Known known, bool dirty);
  bool slot_lives(u32 at, u32 s) const;
  bool exposed(const Block& header, u32 s) const;
  void emit(const Decoded& i);
  void emit_ask(const Decoded& i);
  void take(const Decoded& i, interp::Finish finish, llvm::Value* answer);

  // --- exits.cpp: where code is left
  void emit_exits();
  std::vector<WrittenBack> written_back(const Exit& exit) const;
  Destination destination(const Exit& exit);
  void emit_written(const WrittenBack& what, u32 at, Bits pc);
  void emit_leave(const ExitTree& tree, Destination to);
  void emit_path(const ExitTree& tree, ExitPath* path, Destination to, std::vector<ExitPath*>& pending);

  // --- ir.cpp: small pieces of IR
  llvm::BasicBlock* new_block(const char* name);
  void at_end(llvm::BasicBlock* block) { b_.SetInsertPoint(block); }
  Bits bits(u64 value) { return b_.getInt64(value); }
  llvm::Value* pointer(const void* address);
  llvm::Value* field(llvm::Value* object, i64 offset) {
    return b_.CreateConstGEP1_64(b_.getInt8Ty(), object, static_cast<u64>(offset));
  }
  Bits load(llvm::Value* object, i64 offset, const char* what, llvm::Type* type = nullptr);
  llvm::Value* load_pointer(llvm::Value* object, i64 offset, const char* what);
  void store(llvm::Value* value, llvm::Value* object, i64 offset, const char* what);
  template <class T>
  T* tagged(T* access, const char* what);
  llvm::LoadInst* invariant(llvm::Value* load);
  Bits value_of(llvm::Value* object);
  llvm::Value* allocate(u64 bytes, rt::ShapeId shape, rt::Kind kind, llvm::BasicBlock* otherwise);
  llvm::Value* object_of(Bits value);  // the pointer in a Value that is known to be one
  void likely(llvm::Value* condition, llvm::BasicBlock* yes, llvm::BasicBlock* no);
  void guard(llvm::Value* condition);                                    // or leave before the instruction
  void branch_off(llvm::Value* condition, llvm::BasicBlock* otherwise);  // goes on where it holds
  llvm::Value* has_tag(Bits value, u64 tag);
  Bits from_condition(llvm::Value* condition);
  Bits tagged_word(llvm::Value* number);
  Bits box(llvm::Value* number);
  Bits box_rarely(llvm::Value* number, u32 at, Bits pc);
  llvm::Value* is_young(llvm::Value* object);
  llvm::Value* unbox(Bits value);  // of a tagged double
  template <class R, class... P>
  llvm::CallInst* call(R (*function)(P...), std::initializer_list<llvm::Value*> arguments);
  void leave(llvm::Value* target, llvm::Value* frame, Bits a0 = nullptr, Bits a1 = nullptr,
             Bits a2 = nullptr);
  void leave_for(interp::Entry entry, u32 at, Bits a0 = nullptr, Bits a1 = nullptr, Bits a2 = nullptr);
  llvm::Value* frame_at(u32 at);
  llvm::Value* outermost(llvm::Value* frame, u32 at);
  void finish_frames(u32 at, bool certainly = false);
  void check_frames(u32 at, interp::Finish finish);
  llvm::Value* function_at(u32 at);
  Bits constant(rt::Value v);  // and keeps it alive

  // --- state.cpp: registers
  Bits read(u32 r);   // as a Value's bits
  Slot& slot(u32 r);  // loaded
  Bits boxed(const Slot& s) { return s.known == Known::kFloat ? box(s.value) : s.value; }
  void write(u32 r, llvm::Value* value, Known known = Known::kAny);
  void drop_places(u32 r);
  void store_place(State& state, u32 s);
  void forget(u32 r);  // it is in the frame, written by somebody else
  Bits ticks();        // what is left of the tick count
  u32 ticks_slot() const { return static_cast<u32>(state_.size()) - 1; }
  void forget_places();
  Bits read_int(u32 r);  // leaves unless it is an int
  // Whether an int is taken where a float is wanted; kExact: if the float is as large; kTagged: no float that
  // is an object, either.
  enum class Ints : u8 { kRefused, kTaken, kExact, kTagged };
  llvm::Value* read_double(u32 r, Ints ints);
  llvm::Value* number_of(Bits value, Ints ints);
  llvm::Value* double_of_int(Bits value, Ints ints);
  llvm::Value* double_or(const Slot& s, llvm::BasicBlock* otherwise);
  void lower_floats_or_ask(const Decoded& i, const Slot& x, const Slot& y);
  llvm::Value* convert(State& state, u32 s, Known known);
  Bits load_place(State& state, u32 s);
  void write_back(State& state, u32 s);
  void flush(State& state, u32 at);
  void leave_before(u32 at);  // the interpreter goes on with that instruction
  llvm::BasicBlock* failed();
  llvm::BasicBlock* leave_later(Leave leave, u32 at, const State& state);
  llvm::BasicBlock* raised_block();
  llvm::BasicBlock* pending_block(interp::Finish finish, u32 at);
  void set_exit(u32 at, const State& state);
  u32 iterator_of(u32 s) const { return iterators_[(s - program_.registers()) / 2]; }
  int place_of_iterator(u32 r) const;
  Bits ask(const Decoded& i);
  void leave_unless_value(Bits result, interp::Finish finish, u32 at);
  // Two ways to the same result: at the ends of both blocks stand the states; goes on with what they share.
  struct Way {
    llvm::BasicBlock* end;
    State state;
  };
  void join(std::vector<Way> ways);
  Way here() { return {b_.GetInsertBlock(), state_}; }
  void ask_instead(llvm::BasicBlock* slow, const State& before, const Decoded& i, std::vector<Way>& ways);

  // --- lower_*.cpp: families
  void lower_binary(const Decoded& i);
  void lower_add_immediate(const Decoded& i);
  void lower_unary(const Decoded& i);
  bool lower_numbers(const Decoded& i, const Slot& x, const Slot& y);
  void lower_ints_or_ask(const Decoded& i, Bits x, Bits y);
  llvm::Value* int_operation(Op op, Bits x, Bits y, llvm::BasicBlock* otherwise, Known& known);
  llvm::Value* int_division(Op op, Bits x, Bits y, llvm::BasicBlock* otherwise);
  llvm::Value* float_operation(Op op, llvm::Value* x, llvm::Value* y);
  void lower_compare(const Decoded& i);
  void lower_compare_branch(const Decoded& i);
  llvm::Value* compare(const Decoded& i, Op as, const Slot* x, const Slot* y, u32 rx, u32 ry);
  void lower_is(const Decoded& i);
  void lower_truth_branch(const Decoded& i);
  llvm::Value* is_text(Bits value, const rt::Str& text, llvm::BasicBlock* otherwise);
  llvm::Value* seen_equality(const Decoded& i, Bits x, Bits y, llvm::BasicBlock* otherwise);
  llvm::Value* truth(const Decoded& i, u32 r);
  llvm::Value* truth_of_answer(Bits answer, u32 at);
  void lower_not(const Decoded& i);
  void branch(const Decoded& i, llvm::Value* jumps);
  void branch_if(const Decoded& i, llvm::Value* holds);
  void tick(u32 target);
  void lower_load_constant(const Decoded& i);
  void lower_check_local(const Decoded& i);
  void lower_cells(const Decoded& i);
  void lower_store_cell(const Decoded& i);
  llvm::Value* free_cell(u32 at, u32 index);
  void store_register(u32 r, llvm::Value* object, llvm::Value* place, i64 offset, const char* what);
  void store_value(llvm::Value* value, llvm::Value* object, llvm::Value* place, i64 offset, const char* what);
  void lower_load_global(const Decoded& i);
  void lower_name(const Decoded& i);
  llvm::Value* cached_entry(const Decoded& i, u32 word, llvm::Value* dict, llvm::BasicBlock* otherwise);
  llvm::Value* entry_value(llvm::Value* dict, llvm::Value* entry, llvm::Value*& entries);
  void lower_get_attr(const Decoded& i);
  Bits word_by_shape(Bits value, const std::vector<SeenShape>& seen, llvm::BasicBlock* otherwise);
  void set_own_attr(const Decoded& i, Bits value);
  void lower_own_attr(const Decoded& i, Bits object);
  void lower_own_method(const Decoded& i, const Slot& object);
  llvm::Value* class_of(llvm::Value* object);
  bool are_instances(u64 key) const;
  llvm::Value* overflow_of(llvm::Value* instance);
  rt::Str* name_of(const Decoded& i);
  void lower_set_attr(const Decoded& i);
  void lower_get_method(const Decoded& i);
  rt::Type* class_with(Bits value, u64 key);
  Bits word_of_class(const Decoded& i, Bits value);
  llvm::Value* module_value(Bits value, u64 key);
  llvm::Value* object_with(Bits value, u64 key, llvm::BasicBlock* otherwise);
  struct ItemFormat;
  static ItemFormat format_of(u32 code);
  llvm::Value* typed_item(u32 at, u32 array, u32 key, ItemFormat& format);
  bool get_typed_item(const Decoded& i);
  bool set_typed_item(const Decoded& i);
  bool get_tuple_item(const Decoded& i);
  llvm::Value* tuple_of(Bits value, llvm::BasicBlock* otherwise);
  void lower_build_tuple(const Decoded& i);
  void lower_unpack(const Decoded& i);
  void lower_get_item(const Decoded& i);
  void lower_set_item(const Decoded& i);
  llvm::Value* place_in(Bits key, Bits size, llvm::BasicBlock* otherwise);
  llvm::Value* list_of(u32 r, llvm::BasicBlock* otherwise);
  void lower_get_iter(const Decoded& i);
  void lower_for_iter(const Decoded& i);
  void lower_send(const Decoded& i);
  void lower_for_pair(const Decoded& i);
  void lower_for_range(const Decoded& i);
  void lower_for_list(const Decoded& i);
  void lower_list_append(const Decoded& i);
  void append_quickly(llvm::Value* list, Bits value, llvm::BasicBlock* otherwise);
  void lower_call(const Decoded& i);
  void call_function(const Decoded& i, u32 window, const Callee& callee, Bits instance = nullptr);
  void construct(const Decoded& i, const Callee& callee);
  bool call_known_native(const Decoded& i, const Callee& callee);
  void call_len(const Decoded& i, const Callee& callee);
  void call_abs(const Decoded& i, const Callee& callee);
  void call_sqrt(const Decoded& i, const Callee& callee);
  void call_float(const Decoded& i, const Callee& callee);
  void call_isinstance(const Decoded& i, const Callee& callee);
  Bits is_instance(const Slot& object, rt::Type& type);
  i64 constant_int(u32 r);
  llvm::Value* items_between(llvm::Value* start, llvm::Value* stop, i64 step);
  bool call_range(const Decoded& i, const Callee& callee);
  void call_append(const Decoded& i, const Callee& callee);
  void call_leaf_instead(llvm::BasicBlock* slow, const State& before, const Decoded& i, const Callee& callee,
                         std::vector<Way>& ways, Known known = Known::kAny);
  Bits new_instance(const Decoded& i, const Callee& callee);
  Bits allocate_instance(rt::Type& type, llvm::BasicBlock* otherwise);
  void start_code(const Decoded& i, llvm::Value* w, llvm::Value* depth, llvm::Value* code, Bits pc, Bits k);
  void call_some_function(const Decoded& i);
  llvm::Value* is_called(const Decoded& i, const Callee& callee);
  void call_one_of(const Decoded& i, const Callee& callee);
  void call_leaf(const Decoded& i, const Callee& callee);
  void call_intrinsic(const Decoded& i, const Callee& callee);
  void call_generally(const Decoded& i);
  void lower_return(const Decoded& i);
  llvm::Function* function_start();
  llvm::Function* region_of(Region region);
  llvm::Function* continuation(u32 at) { return region_of({at, true}); }
  void lower_yield(const Decoded& i);
  void inline_call(const Decoded& i, const Callee& callee);
  void inline_special(const Decoded& i, const Callee& callee);
  void guard_right_operand(const Decoded& i, u32 shape);
  std::vector<Slot> bound_arguments(const Callee& callee, Bits instance);
  void enter_inlined(const Decoded& i, const Callee& callee, Bits instance);
  llvm::Value* check_room(u32 at, u32 window, Bits frame_bytes, llvm::BasicBlock* otherwise);
  void return_inlined(const Decoded& i, const Decoded& call);
  interp::Finish finish_of(const Decoded& i) const;
  llvm::Value* interpreted(interp::Finish finish);
  llvm::Value* continuation_of_special(const Decoded& i);
  bool call_special(const Decoded& i, interp::Entry start, u32 receiver, rt::Kind kind);

  rt::Runtime& rt_;
  const Program& program_;
  const interp::MachineTable& machine_;
  u64 id_;
  llvm::Module& module_;
  llvm::IRBuilder<> b_;
  llvm::MDBuilder md_;
  llvm::FunctionType* code_type_;

  std::vector<Region> wanted_, translated_;
  size_t limit_ = 0;
  u64 emitted_ = 0, emitted_in_region_ = 0;
  bool leaves_at_will_ = false;
  std::vector<rt::Value> constants_;
  u32 next_resumption_;
  std::vector<ResumedRegion> resumptions_;
  std::vector<u32> iterators_;  // registers that loops over ranges go through

  // Of the region being translated:
  std::map<std::pair<u32, u32>, Slot> forced_;  // (header, slot): what the way back needs
  bool is_new_ = false;                         // the region begins where the function does
  bool again_ = false;
  bool over_ = false;  // the current block has ended
  llvm::Function* into_ = nullptr;
  llvm::Value* f_ = nullptr;
  llvm::Value* t_ = nullptr;
  std::map<u32, Block> blocks_;
  std::vector<u32> order_;
  std::vector<Exit> exits_;
  State state_;
  u32 exit_at_ = 0;
  State exit_state_;
  llvm::BasicBlock* exit_block_ = nullptr;
  // Where a Result that is no value leads; -1: raised. By piece.
  std::map<std::pair<u32, int>, llvm::BasicBlock*> ends_;
  u32 at_ = 0;  // the current instruction
};

template <class R, class... P>
llvm::CallInst* Translator::call(R (*function)(P...), std::initializer_list<llvm::Value*> arguments) {
  auto type_of = [&]<class T>(T*) -> llvm::Type* {
    if constexpr (std::is_void_v<T>)
      return b_.getVoidTy();
    else if constexpr (std::is_pointer_v<T>)
      return b_.getPtrTy();
    else if constexpr (std::is_same_v<T, f64>)
      return b_.getDoubleTy();
    else
      return b_.getIntNTy(sizeof(T) * 8);
  };
  auto* type = llvm::FunctionType::get(type_of(static_cast<R*>(nullptr)),
                                       {type_of(static_cast<P*>(nullptr))...}, false);
  llvm::CallInst* made = b_.CreateCall(type, pointer(reinterpret_cast<const void*>(function)), arguments);
  made->setDoesNotThrow();
  return made;
}

}  // namespace lisle::jit

// Registers: where their values are, of which kind, and how they get back into the frame.
#include "jit/translate.h"

namespace lisle::jit {

namespace {

constexpr const char* kFrameMemory = "frame";

i64 register_offset(u32 r) {
  return kFrameRegisters + 8 * static_cast<i64>(r);
}

}  // namespace

int Translator::place_of_iterator(u32 r) const {
  for (size_t k = 0; k < iterators_.size(); ++k)
    if (iterators_[k] == r) return static_cast<int>(program_.registers() + 2 * k);
  return -1;
}

Slot& Translator::slot(u32 r) {
  Slot& s = state_[r];
  if (!s.value) s.value = load_place(state_, r);
  return s;
}

llvm::Value* Translator::read(u32 r) {
  return boxed(slot(r));
}

void Translator::write(u32 r, llvm::Value* value, Known known) {
  drop_places(r);
  state_[r] = {value, known, true};
}

void Translator::forget(u32 r) {
  drop_places(r);
  state_[r] = Slot{};
}

// Register `r` will not lead to its iterator any more, which somebody else may hold.
void Translator::drop_places(u32 r) {
  int place = place_of_iterator(r);
  if (place < 0) return;
  for (u32 s : {static_cast<u32>(place), static_cast<u32>(place) + 1}) {
    if (state_[s].dirty) store_place(state_, s);
    state_[s] = Slot{};
  }
}

llvm::Value* Translator::ticks() {
  Slot& s = state_[ticks_slot()];
  if (!s.value) s = {load_place(state_, ticks_slot()), Known::kInt, false};
  return s.value;
}

// Somebody else may have moved the iterators, and counted ticks.
void Translator::forget_places() {
  for (u32 s = program_.registers(); s < state_.size(); ++s) state_[s] = Slot{};
}

void Translator::store_place(State& state, u32 s) {
  if (s == ticks_slot()) {
    store(state[s].value, t_, kThreadTicks, "ticks");
    state[s].dirty = false;
    return;
  }
  bool position = (s - program_.registers()) % 2 == 0;
  // Where ways met of which only some had the iterator at hand, it is in the frame.
  u32 r = iterator_of(s);
  llvm::Value* iterator = object_of(state[r].value ? state[r].value : load_place(state, r));
  store(state[s].value, iterator, position ? kIteratorA : kIteratorB, "iterator");
  state[s].dirty = false;
}

// The value of a slot that is in memory: of a register in the frame, of a loop's place in the iterator.
llvm::Value* Translator::load_place(State& state, u32 s) {
  if (s < program_.registers()) return load(f_, register_offset(s), kFrameMemory);
  if (s == ticks_slot()) return load(t_, kThreadTicks, "ticks");
  u32 r = iterator_of(s);
  llvm::Value* iterator = object_of(convert(state, r, Known::kRangeIterator));
  bool position = (s - program_.registers()) % 2 == 0;
  return load(iterator, position ? kIteratorA : kIteratorB, "iterator");
}

llvm::Value* Translator::read_int(u32 r) {
  Slot& s = slot(r);
  if (s.known == Known::kInt) return s.value;
  guard(s.known == Known::kAny ? has_tag(s.value, 0) : b_.getFalse());
  if (s.known == Known::kAny) s.known = Known::kInt;
  return s.known == Known::kInt ? s.value : bits(0);
}

// The double of a Value; leaves when it is no number, or an int that is not to be taken for one.
llvm::Value* Translator::number_of(Bits value, Ints ints) {
  if (ints == Ints::kTagged) {
    guard(has_tag(value, kTagDouble));
    return unbox(value);
  }
  llvm::BasicBlock *quick = new_block("double"), *rare = new_block("other"), *done = new_block("number");
  likely(has_tag(value, kTagDouble), quick, rare);
  at_end(quick);
  std::vector<std::pair<llvm::Value*, llvm::BasicBlock*>> ways{{unbox(value), quick}};
  b_.CreateBr(done);
  at_end(rare);
  if (ints == Ints::kRefused) {
    guard(b_.CreateNot(has_tag(value, 0)));
  } else {
    llvm::BasicBlock *whole = new_block("int"), *none = new_block("no_int");
    b_.CreateCondBr(has_tag(value, 0), whole, none);
    at_end(whole);
    llvm::Value* converted = double_of_int(value, ints);
    ways.emplace_back(converted, b_.GetInsertBlock());
    b_.CreateBr(done);
    at_end(none);
  }
  llvm::CallInst* number = call(machine_.is_number, {value});
  number->setOnlyReadsMemory();
  guard(b_.CreateICmpNE(number, b_.getInt32(0)));
  llvm::CallInst* asked = call(machine_.as_double, {value});
  asked->setOnlyReadsMemory();
  ways.emplace_back(asked, b_.GetInsertBlock());
  b_.CreateBr(done);
  at_end(done);
  llvm::PHINode* result = b_.CreatePHI(b_.getDoubleTy(), 3);
  for (auto& [number_there, from] : ways) result->addIncoming(number_there, from);
  return result;
}

// The double of an int; leaves when it is to be exact and is not.
llvm::Value* Translator::double_of_int(Bits value, Ints ints) {
  llvm::Value* n = b_.CreateAShr(value, 2);
  if (ints == Ints::kExact)
    guard(b_.CreateICmpULE(b_.CreateAdd(n, bits(kExactDouble)), bits(2 * kExactDouble)));
  return b_.CreateSIToFP(n, b_.getDoubleTy());
}

llvm::Value* Translator::read_double(u32 r, Ints ints) {
  Slot& s = slot(r);
  switch (s.known) {
    case Known::kFloat:
      return s.value;
    case Known::kInt:
      return double_of_int(s.value, ints);
    default:
      return number_of(s.value, ints);
  }
}

// The double of an int or of a float that is a word; goes `otherwise` where it is neither.
llvm::Value* Translator::double_or(const Slot& s, llvm::BasicBlock* otherwise) {
  if (s.known == Known::kFloat) return s.value;
  if (s.known == Known::kInt) return double_of_int(s.value, Ints::kTaken);
  llvm::BasicBlock *quick = new_block("double"), *rare = new_block("other"), *done = new_block("number");
  b_.CreateCondBr(has_tag(s.value, kTagDouble), quick, rare);
  at_end(quick);
  llvm::Value* tagged = unbox(s.value);
  b_.CreateBr(done);
  at_end(rare);
  branch_off(has_tag(s.value, 0), otherwise);
  llvm::Value* converted = double_of_int(s.value, Ints::kTaken);
  llvm::BasicBlock* rare_end = b_.GetInsertBlock();
  b_.CreateBr(done);
  at_end(done);
  llvm::PHINode* result = b_.CreatePHI(b_.getDoubleTy(), 2);
  result->addIncoming(tagged, quick);
  result->addIncoming(converted, rare_end);
  return result;
}

// The value of slot `s` as the kind `known`; leaves at the exit when it is something else.
llvm::Value* Translator::convert(State& state, u32 s, Known known) {
  Slot& from = state[s];
  if (!from.value) {
    from.value = load_place(state, s);
    if (s >= program_.registers()) from.known = Known::kInt;
  }
  if (from.known == known) return from.value;
  if (known == Known::kAny) return boxed(from);
  if (from.known == Known::kFloat) {
    guard(b_.getFalse());
    return llvm::PoisonValue::get(b_.getInt64Ty());
  }
  switch (known) {
    case Known::kInt:
      guard(has_tag(from.value, 0));
      return from.value;
    case Known::kFloat:
      return number_of(from.value, Ints::kRefused);
    case Known::kBool:
      guard(b_.CreateOr(b_.CreateICmpEQ(from.value, bits(kTrue)), b_.CreateICmpEQ(from.value, bits(kFalse))));
      return from.value;
    case Known::kList: {
      guard(has_tag(from.value, kTagObject));
      llvm::Value* shape = load(object_of(from.value), kShape, "shape", b_.getInt32Ty());
      guard(b_.CreateICmpEQ(shape, b_.getInt32(rt_.shape_of(rt::TypeId::List))));
      return from.value;
    }
    case Known::kRangeIterator: {
      guard(has_tag(from.value, kTagObject));
      llvm::Value* object = object_of(from.value);
      llvm::Value* kind = load(object, kKind, "kind", b_.getInt8Ty());
      guard(b_.CreateICmpEQ(kind, b_.getInt8(static_cast<u8>(rt::Kind::Iterator))));
      llvm::Value* type = load(object, kIteratorType, "iterator type");
      guard(b_.CreateICmpEQ(type, bits(static_cast<u64>(rt::TypeId::RangeIterator))));
      from.known = known;
      return from.value;
    }
    default:
      LISLE_UNREACHABLE();
  }
}

void Translator::write_back(State& state, u32 s) {
  if (s >= program_.registers()) return store_place(state, s);
  store(boxed(state[s]), f_, register_offset(s), kFrameMemory);
  state[s].dirty = false;
}

// Writes back what the frame does not have yet and what somebody may still ask for at `at`.
void Translator::flush(State& state, u32 at) {
  for (u32 s = 0; s < state.size(); ++s) {
    if (!state[s].dirty) continue;
    if (s >= program_.registers() || slot_lives(at, s)) write_back(state, s);
    state[s].dirty = false;
  }
  finish_frames(at);
}

void Translator::leave_before(u32 at) {
  b_.CreateBr(leave_later(Leave::kInterpret, at, state_));
  over_ = true;
}

void Translator::set_exit(u32 at, const State& state) {
  exit_at_ = at;
  exit_state_ = state;
  exit_block_ = nullptr;
}

llvm::BasicBlock* Translator::failed() {
  if (!exit_block_) exit_block_ = leave_later(Leave::kFailed, exit_at_, exit_state_);
  return exit_block_;
}

// A block that leaves for the interpreter; what it does is written when the region is done.
llvm::BasicBlock* Translator::leave_later(Leave leave, u32 at, const State& state) {
  exits_.push_back({new_block("leave"), leave, at, state});
  return exits_.back().block;
}

void Translator::leave_unless_value(Bits result, interp::Finish finish, u32 at) {
  llvm::BasicBlock *good = new_block("value"), *bad = new_block("no_value");
  llvm::Value* raised = b_.CreateICmpEQ(result, bits(kRaised));
  likely(b_.CreateNot(b_.CreateOr(raised, b_.CreateICmpEQ(result, bits(kPending)))), good, bad);
  at_end(bad);
  b_.CreateCondBr(raised, raised_block(), pending_block(finish, at));
  at_end(good);
}

// The ends of operations that did not yield a value need nothing of the region's state: there is one of each.
llvm::BasicBlock* Translator::raised_block() {
  llvm::BasicBlock*& block = ends_[{at_ >> kPlaceBits, -1}];
  if (block) return block;
  llvm::IRBuilder<>::InsertPointGuard keep(b_);
  bool over = over_;
  at_end(block = new_block("raised"));
  leave_for(machine_.unwind, at_);
  over_ = over;
  return block;
}

llvm::BasicBlock* Translator::pending_block(interp::Finish finish, u32 at) {
  llvm::IRBuilder<>::InsertPointGuard keep(b_);
  bool over = over_;
  Decoded i = program_.decode(at);
  bool whole =
      machine_.asked[static_cast<u8>(i.op)].finish && finish == *machine_.asked[static_cast<u8>(i.op)].finish;
  if (llvm::Value* then = whole ? continuation_of_special(i) : nullptr) {
    llvm::BasicBlock* goes_on = new_block("pending");
    at_end(goes_on);
    leave_for(machine_.start_pending, at_, b_.CreatePtrToInt(then, b_.getInt64Ty()));
    over_ = over;
    return goes_on;
  }
  llvm::BasicBlock*& block = ends_[{at_ >> kPlaceBits, static_cast<int>(finish)}];
  if (block) return block;
  at_end(block = new_block("pending"));
  leave_for(machine_.start_pending, at_, b_.CreatePtrToInt(interpreted(finish), b_.getInt64Ty()));
  over_ = over;
  return block;
}

// The operation of the instruction, done by the machine: its value.
llvm::Value* Translator::ask(const Decoded& i) {
  const interp::Asked& asked = machine_.asked[static_cast<u8>(i.op)];
  flush(state_, i.at);
  forget_places();
  Bits result = call(asked.ask, {frame_at(i.at), t_, bits(program_.address(i.at)),
                                 bits(program_.constants(i.at)), bits(i.word)});
  leave_unless_value(result, *asked.finish, i.at);
  return result;
}

// Goes on where several ways meet. A value that only some of them have in registers is loaded on the others.
void Translator::join(std::vector<Way> ways) {
  if (ways.empty()) {
    over_ = true;
    return;
  }
  over_ = false;
  State state(state_.size());
  std::vector<std::vector<llvm::Value*>> values(state.size());
  for (u32 s = 0; s < state.size(); ++s) {
    bool dirty = false, in_frame = false, same = true, known = true;
    for (Way& way : ways) {
      dirty |= way.state[s].dirty;
      in_frame |= !way.state[s].value;
      same &= way.state[s].value == ways[0].state[s].value;
      known &= way.state[s].known == ways[0].state[s].known;
    }
    if (!dirty && in_frame) continue;
    known |= s >= program_.registers();
    state[s] = {ways[0].state[s].value, known ? ways[0].state[s].known : Known::kAny, dirty};
    if (s >= program_.registers()) state[s].known = Known::kInt;
    if (same && known) continue;
    state[s].value = nullptr;
    for (Way& way : ways) {
      at_end(way.end);
      values[s].push_back(convert(way.state, s, state[s].known));
      way.end = b_.GetInsertBlock();
    }
  }
  llvm::BasicBlock* meet = new_block("meet");
  at_end(meet);
  for (u32 s = 0; s < state.size(); ++s) {
    if (values[s].empty()) continue;
    llvm::Type* type =
        state[s].known == Known::kFloat ? b_.getDoubleTy() : static_cast<llvm::Type*>(b_.getInt64Ty());
    llvm::PHINode* phi = b_.CreatePHI(type, static_cast<unsigned>(ways.size()));
    for (size_t w = 0; w < ways.size(); ++w) phi->addIncoming(values[s][w], ways[w].end);
    state[s].value = phi;
  }
  for (Way& way : ways) {
    at_end(way.end);
    b_.CreateBr(meet);
  }
  at_end(meet);
  state_ = state;
}

// At block `slow` the instruction is asked for, from the state `before`; its value becomes one more way.
void Translator::ask_instead(llvm::BasicBlock* slow, const State& before, const Decoded& i,
                             std::vector<Way>& ways) {
  if (slow->hasNPredecessors(0)) {
    slow->eraseFromParent();
    return;
  }
  at_end(slow);
  state_ = before;
  emit_ask(i);
  if (!over_) ways.push_back(here());
  over_ = false;
}

}  // namespace lisle::jit

// Regions and blocks; see translate.h.
#include "jit/translate.h"

#include <algorithm>

namespace lisle::jit {

namespace {

constexpr int kMaxAttempts = 2000;
constexpr size_t kMaxBlocks = 250;
// Instructions in all regions of a module; what goes beyond is left to the interpreter.
constexpr u64 kMostEmitted = 700;

}  // namespace

Translator::Translator(rt::Runtime& rt, const Program& program, const interp::MachineTable& machine, u64 id,
                       u32 first_resumption, llvm::Module& module)
    : rt_(rt),
      program_(program),
      machine_(machine),
      id_(id),
      module_(module),
      b_(module.getContext()),
      md_(module.getContext()),
      next_resumption_(first_resumption) {
  llvm::Type *word = b_.getInt64Ty(), *address = b_.getPtrTy();
  code_type_ = llvm::FunctionType::get(b_.getVoidTy(), {address, address, word, word, word}, false);
  for (int piece = 0; piece < program.piece_count(); ++piece) {
    u32 count = static_cast<u32>(program.piece_by_number(piece).code().instruction_count);
    for (u32 at = program.start_of(piece), end = at + count; at < end;) {
      Decoded i = program.decode(at);
      if (i.op == Op::ForIter && i.feedback == interp::kSawRange && trusted(at) && place_of_iterator(i.b) < 0)
        iterators_.push_back(i.b);
      at = i.next;
    }
  }
}

std::string Translator::name_of(Region region) {
  return (region.returning ? "after_" : "from_") + std::to_string(region.at);
}

void Translator::translate(Region first, size_t limit) {
  limit_ = limit;
  wanted_ = {first};
  for (size_t n = 0; n < wanted_.size(); ++n) {
    Region region = wanted_[n];
    forced_.clear();
    int attempt = 0;
    while (!emit_region(region)) {
      // Each attempt moves some guess towards "any value", so that they come to an end.
      if (++attempt == kMaxAttempts) LISLE_UNREACHABLE();
    }
    translated_.push_back(region);
    emitted_ += emitted_in_region_;
  }
}

// The function of a region that continues this one; null when there are enough of them.
llvm::Function* Translator::region_of(Region region) {
  if (std::find(wanted_.begin(), wanted_.end(), region) == wanted_.end()) {
    if (wanted_.size() >= limit_ || emitted_ > kMostEmitted) return nullptr;
    wanted_.push_back(region);
  }
  auto found = module_.getOrInsertFunction(name_of(region), code_type_);
  auto* function = llvm::cast<llvm::Function>(found.getCallee());
  function->setCallingConv(llvm::CallingConv::PreserveNone);
  function->setVisibility(llvm::GlobalValue::HiddenVisibility);
  function->setDSOLocal(true);
  return function;
}

// The function that begins where a call of this unit does, if this module has it.
llvm::Function* Translator::function_start() {
  return wanted_[0] == Region{0, false} ? module_.getFunction(name_of(wanted_[0])) : nullptr;
}

bool Translator::emit_region(Region region) {
  auto found = module_.getOrInsertFunction(name_of(region), code_type_);
  into_ = llvm::cast<llvm::Function>(found.getCallee());
  into_->deleteBody();
  into_->setCallingConv(llvm::CallingConv::PreserveNone);
  into_->setDoesNotThrow();
  into_->setAlignment(llvm::Align(64));
  into_->setVisibility(llvm::GlobalValue::HiddenVisibility);
  into_->setDSOLocal(true);
  into_->addFnAttr("frame-pointer", "none");
  // What the machine reads before the entry: seven words of padding and the description.
  llvm::Constant* padding = llvm::ConstantAggregateZero::get(llvm::ArrayType::get(b_.getInt64Ty(), 7));
  interp::Finish finish = region.returning ? finish_of(program_.decode(region.at)) : interp::Finish::as_store;
  llvm::Constant* info =
      b_.getInt64(reinterpret_cast<u64>(machine_.compiled_infos + static_cast<u32>(finish)));
  into_->setPrefixData(llvm::ConstantStruct::getAnon({padding, info}));
  into_->getArg(0)->setName("f");
  into_->getArg(1)->setName("t");

  again_ = over_ = false;
  is_new_ = region == Region{0, false};
  emitted_in_region_ = 0;
  blocks_.clear();
  exits_.clear();
  ends_.clear();
  t_ = into_->getArg(1);
  state_.assign(program_.registers() + 2 * iterators_.size() + 1, Slot{});
  at_end(new_block("entry"));
  if (region.returning) {
    Decoded i = program_.decode(region.at);
    f_ = outermost(load_pointer(into_->getArg(0), kFramePrev, "header"), region.at);
    find_blocks(i.jumps() ? std::vector<u32>{i.next, i.target} : std::vector<u32>{i.next});
    at_ = region.at;
    check_frames(region.at, finish);
    set_exit(i.next, state_);
    take(i, finish, into_->getArg(2));
    if (!over_) jump_to(i.next);
  } else {
    f_ = into_->getArg(0);
    find_blocks({region.at});
    jump_to(region.at);
  }
  for (u32 at : order_) {
    Block& block = blocks_[at];
    if (block.edges.empty()) continue;
    enter_block(block);
    emit_block(block);
    if (again_) return false;
  }
  emit_exits();
  return true;
}

// Does every path end at this instruction?
bool Translator::ends_region(const Decoded& i) const {
  switch (i.op) {
    case Op::Jump:
    case Op::JumpBack:
      return false;
    case Op::Call:
    case Op::CallMethod:
    case Op::CallKw:
    case Op::CallMethodKw: {
      const Callee* callee = program_.callee(i.at);
      bool makes_only = callee->type && !callee->function;
      return !callee->leaf && callee->piece < 0 && !makes_only;
    }
    case Op::Yield:
    case Op::YieldDelegate:
      return true;
    case Op::Return:
      return !program_.return_goes_to(i.at);
    default:
      return i.ends();
  }
}

// The blocks that follow the one that starts at `block`.
std::vector<u32> Translator::successors(u32 block) const {
  for (u32 at = block;;) {
    Decoded i = program_.decode(at);
    if (ends_region(i) || program_.unreached(i)) return {};
    if (i.op == Op::Return) return {program_.return_goes_to(i.at)->next};
    if (const Callee* callee = program_.callee(i.at); callee && callee->piece >= 0)
      return {program_.start_of(callee->piece)};
    // See lower_for_pair.
    if (i.op == Op::ForIter && i.c == interp::kUnpacksPair)
      return {i.next, program_.decode(i.next).next, i.target};
    if (i.jumps()) return i.ends() ? std::vector<u32>{i.target} : std::vector<u32>{i.next, i.target};
    if (program_.starts_block(i.next)) return {i.next};
    at = i.next;
  }
}

// The blocks that can be reached from `starts`, in reverse postorder, and which of them are headers of loops.
void Translator::find_blocks(const std::vector<u32>& starts) {
  order_.clear();
  std::set<u32> seen;
  struct Visit {
    u32 at;
    std::vector<u32> next;
  };
  for (u32 start : starts) {
    if (!seen.insert(start).second) continue;
    std::vector<Visit> stack{{start, successors(start)}};
    while (!stack.empty()) {
      Visit& top = stack.back();
      if (top.next.empty() || seen.size() > kMaxBlocks) {
        order_.push_back(top.at);
        stack.pop_back();
        continue;
      }
      u32 to = top.next.back();
      top.next.pop_back();
      if (seen.insert(to).second) stack.push_back({to, successors(to)});
    }
  }
  std::reverse(order_.begin(), order_.end());
  std::map<u32, size_t> rank;
  for (size_t n = 0; n < order_.size(); ++n) rank[order_[n]] = n;
  for (u32 at : order_) blocks_[at].at = at;
  for (u32 at : order_) {
    for (u32 to : successors(at))
      if (rank[to] <= rank[at]) blocks_[to].header = true;
  }
  for (auto& [at, block] : blocks_)
    if (block.header) find_loop(block, order_);
}

// The loop of `header`: what reaches its ways back without passing it.
void Translator::find_loop(Block& header, const std::vector<u32>& order) {
  std::map<u32, std::vector<u32>> before;
  std::vector<u32> pending;
  bool behind = false;
  for (u32 at : order) {
    behind |= at == header.at;
    for (u32 to : successors(at)) {
      before[to].push_back(at);
      if (to == header.at && behind) pending.push_back(at);
    }
  }
  header.body = {header.at};
  while (!pending.empty()) {
    u32 at = pending.back();
    pending.pop_back();
    if (!header.body.insert(at).second) continue;
    for (u32 from : before[at]) pending.push_back(from);
  }
  std::map<u32, std::vector<u32>> next;
  for (u32 at : header.body) next[at] = successors(at);
  header.exposed = program_.exposed_in(header.at, header.body, next);
}

bool Translator::slot_lives(u32 at, u32 s) const {
  if (s + 1 == state_.size()) return true;
  return program_.is_live(at, s < program_.registers() ? s : iterator_of(s));
}

bool Translator::exposed(const Block& header, u32 s) const {
  if (s + 1 == state_.size()) return true;
  return header.exposed[s < program_.registers() ? s : iterator_of(s)];
}

void Translator::force(u32 at, u32 s, Known known, bool dirty) {
  auto [found, fresh] = forced_.try_emplace({at, s}, Slot{nullptr, known, dirty});
  if (!fresh) {
    if (found->second.known != known) found->second.known = Known::kAny;
    found->second.dirty |= dirty;
  }
  again_ = true;
}

// What slot `s` is at the start of the block, going by the ways in and by what was forced.
Slot Translator::joined(Block& block, u32 s) {
  Slot first = block.edges[0].state[s];
  bool dirty = false, in_frame = false, same = true, known = true;
  for (Edge& edge : block.edges) {
    Slot& slot = edge.state[s];
    dirty |= slot.dirty;
    in_frame |= !slot.value;
    same &= slot.value == first.value;
    known &= slot.known == first.known;
  }
  Slot result{first.value, known && !in_frame ? first.known : Known::kAny, dirty};
  if (s >= program_.registers()) result.known = Known::kInt;
  auto forced = forced_.find({block.at, s});
  if (forced != forced_.end()) {
    if (s < program_.registers()) result.known = forced->second.known;
    result.dirty |= forced->second.dirty;
  } else if (in_frame && !dirty) {
    return Slot{};
  }
  bool phi = block.header || !same || in_frame || result.known != first.known;
  if (phi) result.value = nullptr;
  return result;
}

void Translator::enter_block(Block& block) {
  u32 count = static_cast<u32>(state_.size());
  block.phis.assign(count, nullptr);
  block.entry.assign(count, Slot{});
  if (block.edges.size() == 1 && !block.header) {
    at_end(block.edges[0].from);
    state_ = block.edges[0].state;
    block.emitted = true;
    return;
  }
  std::vector<bool> needs_phi(count);
  for (u32 s = 0; s < count; ++s) {
    if (!slot_lives(block.at, s)) continue;
    bool anywhere = forced_.count({block.at, s});
    for (Edge& edge : block.edges) anywhere |= edge.state[s].value != nullptr;
    if (!anywhere) continue;
    block.entry[s] = joined(block, s);
    bool in_frame =
        !block.entry[s].value && block.entry[s].known == Known::kAny && !block.entry[s].dirty &&
        !forced_.count({block.at, s}) &&
        std::any_of(block.edges.begin(), block.edges.end(), [&](Edge& edge) { return !edge.state[s].value; });
    needs_phi[s] = !block.entry[s].value && !in_frame;
  }
  llvm::BasicBlock* start = block.start = new_block(block.header ? "loop" : "block");
  at_end(start);
  for (u32 s = 0; s < count; ++s) {
    if (!needs_phi[s]) continue;
    bool number = block.entry[s].known == Known::kFloat;
    block.phis[s] = b_.CreatePHI(number ? b_.getDoubleTy() : static_cast<llvm::Type*>(b_.getInt64Ty()), 2);
    block.entry[s].value = block.phis[s];
  }
  for (Edge& edge : block.edges) {
    at_end(edge.from);
    set_exit(block.at, edge.state);
    std::vector<llvm::Value*> values(count);
    for (u32 s = program_.registers(); s < count; ++s)
      if (edge.state[s].dirty && !slot_lives(block.at, s)) store_place(edge.state, s);
    for (u32 s = 0; s < count; ++s)
      if (block.phis[s]) values[s] = convert(edge.state, s, block.entry[s].known);
    llvm::BasicBlock* end = b_.GetInsertBlock();
    b_.CreateBr(start);
    for (u32 s = 0; s < count; ++s)
      if (block.phis[s]) block.phis[s]->addIncoming(values[s], end);
  }
  at_end(start);
  state_ = block.entry;
  block.emitted = true;
}

// The way back to the header of a loop: what it brings must be what the header was made for.
void Translator::close_loop(Block& header) {
  u32 count = static_cast<u32>(state_.size());
  for (u32 s = 0; s < count; ++s) {
    if (!slot_lives(header.at, s)) continue;
    Slot &at_header = header.entry[s], &now = state_[s];
    bool used = exposed(header, s);
    if (!header.phis[s]) {
      if (now.dirty)
        force(header.at, s, used && trusted(header.at) ? now.known : Known::kAny, true);
      else if (now.value && used && now.known != Known::kAny && trusted(header.at))
        force(header.at, s, now.known, false);
      continue;
    }
    if (now.dirty && !at_header.dirty) force(header.at, s, at_header.known, true);
    if (!now.value || now.known == at_header.known) continue;
    if (at_header.known != Known::kAny)
      force(header.at, s, Known::kAny, now.dirty);
    else if (used && trusted(header.at) && !forced_.count({header.at, s}))
      force(header.at, s, now.known, now.dirty);
  }
  if (again_) {
    b_.CreateUnreachable();
    return;
  }
  for (u32 s = program_.registers(); s < count; ++s)
    if (state_[s].dirty && !slot_lives(header.at, s)) store_place(state_, s);
  set_exit(header.at, state_);
  std::vector<llvm::Value*> values(count);
  for (u32 s = 0; s < count; ++s)
    if (header.phis[s]) values[s] = convert(state_, s, header.entry[s].known);
  llvm::BasicBlock* end = b_.GetInsertBlock();
  b_.CreateBr(header.start);
  for (u32 s = 0; s < count; ++s)
    if (header.phis[s]) header.phis[s]->addIncoming(values[s], end);
}

// Ends the current block by going on at `at`.
void Translator::jump_to(u32 at) {
  auto found = blocks_.find(at);
  if (found == blocks_.end()) {
    // Beyond the size limit.
    leave_before(at);
    return;
  }
  if (found->second.emitted)
    close_loop(found->second);
  else
    found->second.edges.push_back({b_.GetInsertBlock(), state_});
  over_ = true;
}

void Translator::emit_block(Block& block) {
  over_ = false;
  for (u32 at = block.at;;) {
    Decoded i = program_.decode(at);
    ++emitted_in_region_;
    at_ = at;
    set_exit(at, state_);
    if (program_.unreached(i)) {
      b_.CreateBr(failed());
      return;
    }
    if (leaves_at_will_) {
      // The count of ticks is as good as a die, and the same in each run.
      llvm::Value* die = b_.CreateAnd(ticks(), bits(7));
      guard(b_.CreateICmpNE(die, bits(at & 7)));
    }
    emit(i);
    if (over_ || again_) return;
    if (program_.starts_block(i.next)) return jump_to(i.next);
    at = i.next;
  }
}

// --- opcodes
// ------------------------------------------------------------------------------------------------------

void Translator::emit(const Decoded& i) {
  const Callee* special = program_.callee(i.at);
  if (special && special->special && special->piece >= 0) return inline_special(i, *special);
  switch (i.op) {
    case Op::LoadConst:
    case Op::LoadInt:
    case Op::LoadImmediate:
      return lower_load_constant(i);
    case Op::Move: {
      Slot s = slot(i.b);
      return write(i.a, s.value, s.known);
    }
    case Op::CheckLocal:
      return lower_check_local(i);
    case Op::LoadCell:
    case Op::LoadFree:
    case Op::FreeCell:
      return lower_cells(i);
    case Op::StoreCell:
    case Op::StoreFree:
      return lower_store_cell(i);
    case Op::LoadGlobal:
      return lower_load_global(i);
    case Op::StoreGlobal:
    case Op::LoadName:
    case Op::StoreName:
      return lower_name(i);
    case Op::GetAttr:
      return lower_get_attr(i);
    case Op::SetAttr:
      return lower_set_attr(i);
    case Op::GetMethod:
      return lower_get_method(i);
    case Op::BuildTuple:
      return lower_build_tuple(i);
    case Op::UnpackSequence:
      return lower_unpack(i);
    case Op::GetItem:
      return lower_get_item(i);
    case Op::SetItem:
      return lower_set_item(i);
    case Op::Add:
    case Op::Sub:
    case Op::Mul:
    case Op::TrueDiv:
    case Op::FloorDiv:
    case Op::Mod:
    case Op::LShift:
    case Op::RShift:
    case Op::And:
    case Op::Or:
    case Op::Xor:
    case Op::IAdd:
    case Op::ISub:
    case Op::IMul:
    case Op::ITrueDiv:
    case Op::IFloorDiv:
    case Op::IMod:
    case Op::ILShift:
    case Op::IRShift:
    case Op::IAnd:
    case Op::IOr:
    case Op::IXor:
      return lower_binary(i);
    case Op::AddImm:
    case Op::IAddImm:
      return lower_add_immediate(i);
    case Op::Neg:
    case Op::Invert:
      return lower_unary(i);
    case Op::Not:
      return lower_not(i);
    case Op::Lt:
    case Op::Le:
    case Op::Eq:
    case Op::Ne:
    case Op::Gt:
    case Op::Ge:
      return lower_compare(i);
    case Op::BranchLt:
    case Op::BranchLe:
    case Op::BranchEq:
    case Op::BranchNe:
    case Op::BranchGt:
    case Op::BranchGe:
    case Op::BranchLtImm:
    case Op::BranchLeImm:
    case Op::BranchEqImm:
    case Op::BranchNeImm:
    case Op::BranchGtImm:
    case Op::BranchGeImm:
      return lower_compare_branch(i);
    case Op::Is:
    case Op::IsNot:
    case Op::BranchIs:
      return lower_is(i);
    case Op::Jump:
      return jump_to(i.target);
    case Op::JumpBack:
      tick(i.target);
      return jump_to(i.target);
    case Op::JumpIfTrue:
    case Op::JumpIfFalse:
    case Op::JumpIfNone:
    case Op::JumpIfNotNone:
      return lower_truth_branch(i);
    case Op::GetIter:
      return lower_get_iter(i);
    case Op::ForIter:
      return lower_for_iter(i);
    case Op::Send:
      return lower_send(i);
    case Op::ListAppend:
      return lower_list_append(i);
    case Op::Call:
    case Op::CallMethod:
    case Op::CallKw:
    case Op::CallMethodKw:
      return lower_call(i);
    case Op::Return:
    case Op::ReturnGenerator:
      return lower_return(i);
    case Op::Yield:
    case Op::YieldDelegate:
      return lower_yield(i);
    case Op::Nop:
      return;
    default:
      return emit_ask(i);
  }
}

// The operation is done by the machine, in place; an opcode that has no plain function is left to the
// interpreter, and so is what follows it.
void Translator::emit_ask(const Decoded& i) {
  if (!machine_.asked[static_cast<u8>(i.op)].ask) return leave_before(i.at);
  Bits answer = ask(i);
  program_.each_write(i, [&](u32 r) { forget(r); });
  take(i, *machine_.asked[static_cast<u8>(i.op)].finish, answer);
}

// What becomes of the value of the instruction.
void Translator::take(const Decoded& i, interp::Finish finish, Bits answer) {
  switch (finish) {
    case interp::Finish::as_binary: {
      llvm::BasicBlock* refused = new_block("refused");
      branch_off(b_.CreateICmpNE(answer, bits(kNotImplemented)), refused);
      llvm::BasicBlock* good = b_.GetInsertBlock();
      at_end(refused);
      State before = state_;
      flush(state_, i.at);
      leave_for(machine_.ask_other_operand, i.at, bits(program_.address(i.at)),
                bits(program_.constants(i.at)), bits(i.word));
      over_ = false;
      at_end(good);
      state_ = before;
      return write(i.a, answer);
    }
    case interp::Finish::as_store:
      return write(i.a, answer);
    case interp::Finish::as_store_not:
    case interp::Finish::as_not:
      return write(i.a, from_condition(b_.CreateICmpNE(answer, bits(kTrue))), Known::kBool);
    case interp::Finish::as_discard:
    case interp::Finish::as_unpack:
      return;
    case interp::Finish::as_branch:
      return branch_if(i, truth_of_answer(answer, i.at));
    case interp::Finish::as_truth_branch:
      return branch_if(i, b_.CreateICmpEQ(answer, bits(kTrue)));
    case interp::Finish::as_method: {
      // Unbound: the machine has prepared the window itself.
      llvm::BasicBlock *found = new_block("callable"), *ready = new_block("prepared");
      b_.CreateCondBr(b_.CreateICmpEQ(answer, bits(kUnbound)), ready, found);
      at_end(found);
      store(bits(kUnbound), f_, kFrameRegisters + 8 * (i.a + 2), "frame");
      store(answer, f_, kFrameRegisters + 8 * (i.a + 3), "frame");
      store(bits(0), f_, kFrameRegisters + 8 * (i.a + 5), "frame");
      b_.CreateBr(ready);
      return at_end(ready);
    }
    case interp::Finish::as_for_iter: {
      llvm::BasicBlock *end = new_block("exhausted"), *item = new_block("item");
      b_.CreateCondBr(b_.CreateICmpEQ(answer, bits(kExhausted)), end, item);
      at_end(end);
      State before = state_;
      jump_to(i.target);
      over_ = false;
      at_end(item);
      state_ = before;
      return write(i.a, answer);
    }
    case interp::Finish::as_send: {
      llvm::BasicBlock *end = new_block("returned"), *item = new_block("item");
      b_.CreateCondBr(b_.CreateICmpEQ(answer, bits(kExhausted)), end, item);
      State before = state_;
      at_end(end);
      Bits returned = load(t_, kThreadStopValue, "stop value");
      store(bits(kNone), t_, kThreadStopValue, "stop value");
      write(i.a, returned);
      jump_to(i.target);
      over_ = false;
      at_end(item);
      state_ = before;
      return write(i.a, answer);
    }
    case interp::Finish::as_group_match:
      LISLE_UNREACHABLE();
  }
}

}  // namespace lisle::jit

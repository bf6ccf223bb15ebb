// Comparisons, truth, branches and safepoints of loops.
#include "jit/translate.h"

namespace lisle::jit {

namespace {

// The comparison that an opcode of any of its three forms makes.
Op comparison(Op op) {
  switch (op) {
    case Op::Lt:
    case Op::BranchLt:
    case Op::BranchLtImm:
      return Op::Lt;
    case Op::Le:
    case Op::BranchLe:
    case Op::BranchLeImm:
      return Op::Le;
    case Op::Eq:
    case Op::BranchEq:
    case Op::BranchEqImm:
      return Op::Eq;
    case Op::Ne:
    case Op::BranchNe:
    case Op::BranchNeImm:
      return Op::Ne;
    case Op::Gt:
    case Op::BranchGt:
    case Op::BranchGtImm:
      return Op::Gt;
    default:
      return Op::Ge;
  }
}

bool has_immediate(Op op) {
  return op >= Op::BranchLtImm && op <= Op::BranchGeImm;
}

llvm::CmpInst::Predicate int_predicate(Op op) {
  switch (op) {
    case Op::Lt:
      return llvm::CmpInst::ICMP_SLT;
    case Op::Le:
      return llvm::CmpInst::ICMP_SLE;
    case Op::Eq:
      return llvm::CmpInst::ICMP_EQ;
    case Op::Ne:
      return llvm::CmpInst::ICMP_NE;
    case Op::Gt:
      return llvm::CmpInst::ICMP_SGT;
    default:
      return llvm::CmpInst::ICMP_SGE;
  }
}

llvm::CmpInst::Predicate float_predicate(Op op) {
  switch (op) {
    case Op::Lt:
      return llvm::CmpInst::FCMP_OLT;
    case Op::Le:
      return llvm::CmpInst::FCMP_OLE;
    case Op::Eq:
      return llvm::CmpInst::FCMP_OEQ;
    case Op::Ne:
      return llvm::CmpInst::FCMP_UNE;
    case Op::Gt:
      return llvm::CmpInst::FCMP_OGT;
    default:
      return llvm::CmpInst::FCMP_OGE;
  }
}

}  // namespace

// The comparison of two registers (`ry` may be an immediate: then `y` is null) where numbers are expected;
// null where the machine has to be asked.
llvm::Value* Translator::compare(const Decoded& i, Op as, const Slot* x, const Slot* y, u32 rx, u32 ry) {
  i64 immediate = i.signed_b();
  u8 saw = trusted(i.at) ? i.feedback : u8{interp::kSawOther};
  Known kx = x->known, ky = y ? y->known : Known::kInt;
  auto possible = [](Known k) { return k == Known::kAny || k == Known::kInt || k == Known::kFloat; };
  if (!possible(kx) || !possible(ky)) return nullptr;
  bool both_ints = kx == Known::kInt && ky == Known::kInt;
  bool any_float = kx == Known::kFloat || ky == Known::kFloat;
  bool certain = kx != Known::kAny && ky != Known::kAny;
  if (!certain && saw & interp::kSawOther) return nullptr;
  if (both_ints || (!any_float && !(saw & interp::kSawFloat))) {
    Bits left = read_int(rx), right = y ? read_int(ry) : bits(static_cast<u64>(immediate * 4));
    return b_.CreateICmp(int_predicate(as), left, right);
  }
  // An int is compared with a float exactly; only those that doubles hold may be converted.
  llvm::Value* left = read_double(rx, Ints::kExact);
  llvm::Value* right = y ? read_double(ry, Ints::kExact)
                         : llvm::ConstantFP::get(b_.getDoubleTy(), static_cast<f64>(immediate));
  return b_.CreateFCmp(float_predicate(as), left, right);
}

namespace {

// The constant that a value is, if it is an ASCII string that fits into a register together with its zero.
const rt::Str* short_text(llvm::Value* value) {
  auto* known = llvm::dyn_cast<llvm::ConstantInt>(value);
  auto* text = known ? rt::as<rt::Str>(rt::Value::from_bits(known->getZExtValue())) : nullptr;
  return text && text->is_ascii() && text->length > 0 && text->length < 8 ? text : nullptr;
}

}  // namespace

// Is a value the text? Goes `otherwise` when it is no plain string.
llvm::Value* Translator::is_text(Bits value, const rt::Str& text, llvm::BasicBlock* otherwise) {
  constexpr u32 kPlain = rt::Runtime::shape_of(rt::TypeId::Str);
  branch_off(has_tag(value, kTagObject), otherwise);
  llvm::Value* object = object_of(value);
  branch_off(b_.CreateICmpEQ(load(object, kShape, "shape", b_.getInt32Ty()), b_.getInt32(kPlain)), otherwise);
  u64 mask = (u64{1} << (8 * text.length)) - 1, expected = 0;
  std::memcpy(&expected, text.data, text.length);
  // Wide units of the same bytes would be another text.
  Bits width = b_.CreateAnd(load(object, kAux, "text", b_.getInt16Ty()), b_.getInt16(rt::Str::kWidthMask));
  Bits narrow = b_.CreateICmpEQ(width, b_.getInt16(0));
  Bits as_long = b_.CreateICmpEQ(load(object, kStrLength, "text"), bits(text.length));
  Bits same = b_.CreateICmpEQ(b_.CreateAnd(load(object, kStrData, "text"), bits(mask)), bits(expected));
  return b_.CreateAnd(b_.CreateAnd(as_long, narrow), same);
}

// Whether two values are as the operator wants them; goes `otherwise` where that is not simply seen.
llvm::Value* Translator::seen_equality(const Decoded& i, Bits x, Bits y, llvm::BasicBlock* otherwise) {
  bool wanted = comparison(i.op) == Op::Eq;
  const rt::Str *left = short_text(x), *right = short_text(y);
  if (left || right) {
    llvm::Value* same = is_text(left ? y : x, left ? *left : *right, otherwise);
    return wanted ? same : b_.CreateNot(same);
  }
  // None equals what it is, beside all that has no other idea of equality.
  llvm::BasicBlock *none = new_block("none"), *object = new_block("object"), *asked = new_block("asked"),
                   *done = new_block("seen");
  b_.CreateCondBr(b_.CreateOr(b_.CreateICmpEQ(x, bits(kNone)), b_.CreateICmpEQ(y, bits(kNone))), none, asked);
  at_end(none);
  Bits other = b_.CreateXor(b_.CreateXor(x, y), bits(kNone));
  Bits is_none = b_.CreateICmpEQ(other, bits(kNone));
  b_.CreateCondBr(has_tag(other, kTagObject), object, done);
  at_end(object);
  llvm::Value* type = class_of(object_of(other));
  Bits flags = b_.CreateAnd(load(type, kTypeFlags, "type", b_.getInt32Ty()), b_.getInt32(rt::kTypeIdentity));
  b_.CreateCondBr(b_.CreateICmpNE(flags, b_.getInt32(0)), done, otherwise);
  at_end(asked);
  llvm::CallInst* equal = call(machine_.equality_seen, {t_, x, y});
  equal->setOnlyReadsMemory();
  branch_off(b_.CreateICmpNE(equal, bits(kUnbound)), otherwise);
  Bits seen = b_.CreateICmpEQ(equal, bits(kTrue));
  llvm::BasicBlock* asked_end = b_.GetInsertBlock();
  b_.CreateBr(done);
  at_end(done);
  llvm::PHINode* same = b_.CreatePHI(b_.getInt1Ty(), 3);
  same->addIncoming(is_none, none);
  same->addIncoming(b_.getFalse(), object);
  same->addIncoming(seen, asked_end);
  return wanted ? static_cast<llvm::Value*>(same) : b_.CreateNot(same);
}

void Translator::lower_compare(const Decoded& i) {
  Slot x = slot(i.b), y = slot(i.c);
  llvm::Value* holds = compare(i, comparison(i.op), &x, &y, i.b, i.c);
  if (holds) return write(i.a, from_condition(holds), Known::kBool);
  bool equality = i.op == Op::Eq || i.op == Op::Ne;
  if (!equality || x.known == Known::kFloat || y.known == Known::kFloat) return emit_ask(i);
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  holds = seen_equality(i, x.value, y.value, slow);
  write(i.a, from_condition(holds), Known::kBool);
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

void Translator::lower_compare_branch(const Decoded& i) {
  Slot x = slot(i.a), y;
  bool immediate = has_immediate(i.op);
  if (!immediate) y = slot(i.b);
  llvm::Value* holds = compare(i, comparison(i.op), &x, immediate ? nullptr : &y, i.a, i.b);
  if (holds) return branch_if(i, holds);
  bool ints = x.known != Known::kFloat && (immediate || y.known != Known::kFloat);
  if (!ints) return emit_ask(i);
  // Ints are compared here, the rest is asked for.
  State before = state_;
  llvm::BasicBlock *slow = new_block("slow"), *test = new_block("test");
  Bits other = immediate ? bits(static_cast<u64>(i64{i.signed_b()} * 4)) : y.value;
  llvm::BasicBlock* quick = new_block("ints");
  b_.CreateCondBr(has_tag(immediate ? x.value : b_.CreateOr(x.value, other), 0), quick, slow);
  at_end(quick);
  llvm::Value* quick_holds = b_.CreateICmp(int_predicate(comparison(i.op)), x.value, other);
  b_.CreateBr(test);
  at_end(slow);
  llvm::Value* seen_holds = nullptr;
  llvm::BasicBlock* seen_end = nullptr;
  bool equality = comparison(i.op) == Op::Eq || comparison(i.op) == Op::Ne;
  if (equality && !immediate) {
    llvm::BasicBlock* unseen = new_block("unseen");
    seen_holds = seen_equality(i, x.value, y.value, unseen);
    seen_end = b_.GetInsertBlock();
    b_.CreateBr(test);
    at_end(unseen);
  }
  Bits answer = ask(i);
  llvm::Value* slow_holds = truth_of_answer(answer, i.at);
  llvm::BasicBlock* slow_end = b_.GetInsertBlock();
  b_.CreateBr(test);
  at_end(test);
  llvm::PHINode* either = b_.CreatePHI(b_.getInt1Ty(), 3);
  either->addIncoming(quick_holds, quick);
  either->addIncoming(slow_holds, slow_end);
  if (seen_end) either->addIncoming(seen_holds, seen_end);
  // What was written back on one way only counts as not written back.
  state_ = before;
  branch_if(i, either);
}

// The truth of what an operator answered, which may be any object.
llvm::Value* Translator::truth_of_answer(Bits answer, u32 at) {
  llvm::BasicBlock *asks = new_block("truth"), *done = new_block("known"), *here = b_.GetInsertBlock();
  llvm::Value* yes = b_.CreateICmpEQ(answer, bits(kTrue));
  likely(b_.CreateOr(yes, b_.CreateICmpEQ(answer, bits(kFalse))), done, asks);
  at_end(asks);
  Bits truth = call(machine_.truth_now, {frame_at(at), t_, answer, bits(program_.address(at))});
  leave_unless_value(truth, interp::Finish::as_truth_branch, at);
  llvm::Value* asked = b_.CreateICmpEQ(truth, bits(kTrue));
  llvm::BasicBlock* asks_end = b_.GetInsertBlock();
  b_.CreateBr(done);
  at_end(done);
  llvm::PHINode* result = b_.CreatePHI(b_.getInt1Ty(), 2);
  result->addIncoming(yes, here);
  result->addIncoming(asked, asks_end);
  return result;
}

// The same for a condition that jumps when it is as the instruction wants it.
void Translator::branch_if(const Decoded& i, llvm::Value* holds) {
  bool sense = i.op == Op::JumpIfTrue || (i.op != Op::JumpIfFalse && i.c);
  branch(i, sense ? holds : b_.CreateNot(holds));
}

// Ends the block: to the target if `jumps`, else behind the instruction.
void Translator::branch(const Decoded& i, llvm::Value* jumps) {
  llvm::BasicBlock *taken = new_block("taken"), *next = new_block("next");
  b_.CreateCondBr(jumps, taken, next);
  State before = state_;
  at_end(taken);
  if (i.target <= i.at) tick(i.target);
  jump_to(i.target);
  over_ = false;
  at_end(next);
  state_ = before;
  set_exit(i.next, state_);
  jump_to(i.next);
}

// One safepoint, before the instruction at `at`: of a loop, or of a function that is inlined.
void Translator::tick(u32 at) {
  llvm::Value* left = b_.CreateSub(ticks(), bits(1));
  state_[ticks_slot()] = {left, Known::kInt, true};
  llvm::BasicBlock *due = new_block("due"), *goes_on = new_block("goes_on");
  llvm::BasicBlock* here = b_.GetInsertBlock();
  likely(b_.CreateICmpSGE(left, bits(0)), goes_on, due);
  at_end(due);
  llvm::CallInst* more = call(machine_.more_ticks, {t_, left});
  more->setOnlyAccessesInaccessibleMemory();
  b_.CreateCondBr(b_.CreateICmpSGE(more, bits(0)), goes_on, leave_later(Leave::kSafepoint, at, state_));
  at_end(goes_on);
  llvm::PHINode* now = b_.CreatePHI(b_.getInt64Ty(), 2);
  now->addIncoming(left, here);
  now->addIncoming(more, due);
  state_[ticks_slot()].value = now;
}

void Translator::lower_is(const Decoded& i) {
  u32 rx = i.op == Op::BranchIs ? i.a : i.b, ry = i.op == Op::BranchIs ? i.b : i.c;
  Slot x = slot(rx), y = slot(ry);
  // A float that is boxed again may be another object.
  if (x.known == Known::kFloat || y.known == Known::kFloat) return leave_before(i.at);
  llvm::Value* same = b_.CreateICmpEQ(x.value, y.value);
  if (i.op == Op::BranchIs) return branch_if(i, same);
  write(i.a, from_condition(i.op == Op::Is ? same : b_.CreateNot(same)), Known::kBool);
}

// The truth of a register, as far as it can be told here; null where the machine has to be asked.
llvm::Value* Translator::truth(const Decoded& i, u32 r) {
  Slot& s = slot(r);
  switch (s.known) {
    case Known::kBool:
      return b_.CreateICmpEQ(s.value, bits(kTrue));
    case Known::kInt:
      return b_.CreateICmpNE(s.value, bits(0));
    case Known::kFloat:
      return b_.CreateFCmpUNE(s.value, llvm::ConstantFP::get(b_.getDoubleTy(), 0));
    case Known::kList:
      return b_.CreateICmpNE(load(object_of(s.value), kListSize, "list"), bits(0));
    default:
      return nullptr;
  }
}

void Translator::lower_truth_branch(const Decoded& i) {
  Slot s = slot(i.a);
  if (i.op == Op::JumpIfNone || i.op == Op::JumpIfNotNone) {
    llvm::Value* none = s.known == Known::kAny ? b_.CreateICmpEQ(s.value, bits(kNone)) : b_.getFalse();
    return branch(i, i.op == Op::JumpIfNone ? none : b_.CreateNot(none));
  }
  if (llvm::Value* known = truth(i, i.a)) return branch_if(i, known);
  // True, False and None are told here.
  State before = state_;
  llvm::BasicBlock *slow = new_block("slow"), *test = new_block("test"), *here = b_.GetInsertBlock();
  llvm::Value* yes = b_.CreateICmpEQ(s.value, bits(kTrue));
  llvm::Value* no =
      b_.CreateOr(b_.CreateICmpEQ(s.value, bits(kFalse)), b_.CreateICmpEQ(s.value, bits(kNone)));
  b_.CreateCondBr(b_.CreateOr(yes, no), test, slow);
  at_end(slow);
  Bits answer = ask(i);
  llvm::Value* asked = b_.CreateICmpEQ(answer, bits(kTrue));
  llvm::BasicBlock* slow_end = b_.GetInsertBlock();
  b_.CreateBr(test);
  at_end(test);
  llvm::PHINode* either = b_.CreatePHI(b_.getInt1Ty(), 2);
  either->addIncoming(yes, here);
  either->addIncoming(asked, slow_end);
  state_ = before;
  branch_if(i, either);
}

void Translator::lower_not(const Decoded& i) {
  if (llvm::Value* known = truth(i, i.b))
    return write(i.a, from_condition(b_.CreateNot(known)), Known::kBool);
  // Bools and None are told here.
  Bits value = slot(i.b).value;
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  llvm::Value* yes = b_.CreateICmpEQ(value, bits(kTrue));
  llvm::Value* no = b_.CreateOr(b_.CreateICmpEQ(value, bits(kFalse)), b_.CreateICmpEQ(value, bits(kNone)));
  b_.CreateCondBr(b_.CreateOr(yes, no), new_block("known"), slow);
  at_end(&into_->back());
  write(i.a, from_condition(no), Known::kBool);
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

}  // namespace lisle::jit

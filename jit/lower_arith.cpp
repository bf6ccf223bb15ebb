// Operators. Ints stay tagged words, floats are doubles; what the interpreter saw at the instruction says
// which of them is expected.
#include "jit/translate.h"

namespace lisle::jit {

namespace {

// Operators with assignment are the same on numbers.
Op plain(Op op) {
  switch (op) {
    case Op::IAdd:
      return Op::Add;
    case Op::ISub:
      return Op::Sub;
    case Op::IMul:
      return Op::Mul;
    case Op::ITrueDiv:
      return Op::TrueDiv;
    case Op::IFloorDiv:
      return Op::FloorDiv;
    case Op::IMod:
      return Op::Mod;
    case Op::ILShift:
      return Op::LShift;
    case Op::IRShift:
      return Op::RShift;
    case Op::IAnd:
      return Op::And;
    case Op::IOr:
      return Op::Or;
    case Op::IXor:
      return Op::Xor;
    default:
      return op;
  }
}

bool works_on_floats(Op op) {
  return op == Op::Add || op == Op::Sub || op == Op::Mul || op == Op::TrueDiv;
}

bool is_number(const Slot& s) {
  return s.known == Known::kInt || s.known == Known::kFloat;
}

}  // namespace

// Quotient and rest round towards minus infinity.
llvm::Value* Translator::int_division(Op op, Bits x, Bits y, llvm::BasicBlock* otherwise) {
  llvm::Value *n = b_.CreateAShr(x, 2), *d = b_.CreateAShr(y, 2);
  branch_off(b_.CreateICmpNE(d, bits(0)), otherwise);
  llvm::Value *quotient = b_.CreateSDiv(n, d), *rest = b_.CreateSub(n, b_.CreateMul(quotient, d));
  llvm::Value* adjust =
      b_.CreateAnd(b_.CreateICmpNE(rest, bits(0)), b_.CreateICmpSLT(b_.CreateXor(rest, d), bits(0)));
  if (op == Op::Mod) return b_.CreateShl(b_.CreateSelect(adjust, b_.CreateAdd(rest, d), rest), 2);
  quotient = b_.CreateSub(quotient, b_.CreateZExt(adjust, b_.getInt64Ty()));
  llvm::Value* word = b_.CreateShl(quotient, 2);
  branch_off(b_.CreateICmpEQ(b_.CreateAShr(word, 2), quotient), otherwise);
  return word;
}

// The result for two ints, as `known`; goes `otherwise` where it is no small one.
llvm::Value* Translator::int_operation(Op op, Bits x, Bits y, llvm::BasicBlock* otherwise, Known& known) {
  known = Known::kInt;
  auto checked = [&](llvm::Intrinsic::ID id, Bits left, Bits right) {
    llvm::Value* both = b_.CreateBinaryIntrinsic(id, left, right);
    branch_off(b_.CreateNot(b_.CreateExtractValue(both, 1)), otherwise);
    return b_.CreateExtractValue(both, 0);
  };
  switch (op) {
    case Op::Add:
      return checked(llvm::Intrinsic::sadd_with_overflow, x, y);
    case Op::Sub:
      return checked(llvm::Intrinsic::ssub_with_overflow, x, y);
    case Op::Mul:
      return checked(llvm::Intrinsic::smul_with_overflow, x, b_.CreateAShr(y, 2));
    case Op::FloorDiv:
    case Op::Mod:
      return int_division(op, x, y, otherwise);
    case Op::TrueDiv: {
      known = Known::kFloat;
      llvm::Value *n = b_.CreateAShr(x, 2), *d = b_.CreateAShr(y, 2);
      auto exact = [&](llvm::Value* v) {
        return b_.CreateICmpULE(b_.CreateAdd(v, bits(kExactDouble)), bits(2 * kExactDouble));
      };
      branch_off(b_.CreateAnd(b_.CreateICmpNE(d, bits(0)), b_.CreateAnd(exact(n), exact(d))), otherwise);
      return b_.CreateFDiv(b_.CreateSIToFP(n, b_.getDoubleTy()), b_.CreateSIToFP(d, b_.getDoubleTy()));
    }
    case Op::LShift: {
      llvm::Value* by = b_.CreateAShr(y, 2);
      branch_off(b_.CreateICmpULT(by, bits(61)), otherwise);
      llvm::Value* shifted = b_.CreateShl(x, by);
      branch_off(b_.CreateICmpEQ(b_.CreateAShr(shifted, by), x), otherwise);
      return shifted;
    }
    case Op::RShift: {
      llvm::Value* by = b_.CreateAShr(y, 2);
      branch_off(b_.CreateICmpSGE(by, bits(0)), otherwise);
      llvm::Value* most = b_.CreateSelect(b_.CreateICmpULT(by, bits(63)), by, bits(63));
      return b_.CreateAnd(b_.CreateAShr(x, most), bits(~kTagMask));
    }
    case Op::And:
      return b_.CreateAnd(x, y);
    case Op::Or:
      return b_.CreateOr(x, y);
    case Op::Xor:
      return b_.CreateXor(x, y);
    default:
      LISLE_UNREACHABLE();
  }
}

llvm::Value* Translator::float_operation(Op op, llvm::Value* x, llvm::Value* y) {
  switch (op) {
    case Op::Add:
      return b_.CreateFAdd(x, y);
    case Op::Sub:
      return b_.CreateFSub(x, y);
    case Op::Mul:
      return b_.CreateFMul(x, y);
    default:
      guard(b_.CreateFCmpUNE(y, llvm::ConstantFP::get(b_.getDoubleTy(), 0)));
      return b_.CreateFDiv(x, y);
  }
}

// Operands that are known, or expected, to be numbers. False when something else is to be expected.
bool Translator::lower_numbers(const Decoded& i, const Slot& x, const Slot& y) {
  Op op = plain(i.op);
  bool any_float = x.known == Known::kFloat || y.known == Known::kFloat;
  bool certain = is_number(x) && is_number(y);
  u8 saw = trusted(i.at) ? i.feedback : u8{interp::kSawOther};
  auto possible = [](const Slot& s) { return is_number(s) || s.known == Known::kAny; };
  if (!possible(x) || !possible(y)) return false;
  if (!certain && saw & interp::kSawOther) return false;
  if (any_float || saw & interp::kSawFloat) {
    bool ints = x.known == Known::kInt && y.known == Known::kInt;
    if (!ints) {
      if (!works_on_floats(op)) return false;
      bool mixed = x.known == Known::kAny && y.known == Known::kAny;
      if (mixed && saw & interp::kSawInts) return false;
      bool tagged = saw & interp::kSawFloat && !(saw & (interp::kSawMixed | interp::kSawInts));
      if (mixed && !tagged) guard(b_.CreateNot(has_tag(b_.CreateOr(x.value, y.value), 0)));
      auto taken = [&](const Slot& other) {
        if (tagged) return Ints::kTagged;
        return mixed || other.known == Known::kFloat ? Ints::kTaken : Ints::kRefused;
      };
      Ints left_ints = taken(y), right_ints = taken(x);
      llvm::Value* left = read_double(i.b, left_ints);
      llvm::Value* right = read_double(i.c, right_ints);
      write(i.a, float_operation(op, left, right), Known::kFloat);
      return true;
    }
  }
  // An int result that overflowed before will do so again.
  if (saw & interp::kSawOther) return false;
  Known known;
  Bits left = read_int(i.b), right = read_int(i.c);
  llvm::Value* result = int_operation(op, left, right, failed(), known);
  write(i.a, result, known);
  return true;
}

// Small ints are computed here; everything else is asked for.
void Translator::lower_ints_or_ask(const Decoded& i, Bits x, Bits y) {
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  branch_off(has_tag(b_.CreateOr(x, y), 0), slow);
  Known known;
  llvm::Value* result = int_operation(plain(i.op), x, y, slow, known);
  write(i.a, result, known);
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

// Ints and floats are computed here, in whichever company; everything else is asked for.
void Translator::lower_floats_or_ask(const Decoded& i, const Slot& x, const Slot& y) {
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  std::vector<Way> ways;
  Op op = plain(i.op);
  if (x.known != Known::kFloat && y.known != Known::kFloat) {
    llvm::BasicBlock* floats = new_block("floats");
    branch_off(has_tag(b_.CreateOr(x.value, y.value), 0), floats);
    Known known;
    llvm::Value* result = int_operation(op, x.value, y.value, slow, known);
    write(i.a, result, known);
    ways.push_back(here());
    at_end(floats);
    state_ = before;
  }
  llvm::Value *left = double_or(x, slow), *right = double_or(y, slow);
  if (op == Op::TrueDiv)
    branch_off(b_.CreateFCmpUNE(right, llvm::ConstantFP::get(b_.getDoubleTy(), 0)), slow);
  write(i.a, float_operation(op, left, right), Known::kFloat);
  ways.push_back(here());
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

void Translator::lower_binary(const Decoded& i) {
  if (call_special(i, machine_.call_operator, i.b, rt::Kind::Instance)) return;
  Slot x = slot(i.b), y = slot(i.c);
  x = slot(i.b);
  if (lower_numbers(i, x, y)) return;
  auto number = [](const Slot& s) { return s.known == Known::kAny || is_number(s); };
  bool saw_float = i.feedback & interp::kSawFloat || x.known == Known::kFloat || y.known == Known::kFloat;
  if (saw_float && works_on_floats(plain(i.op)) && number(x) && number(y))
    return lower_floats_or_ask(i, x, y);
  auto boxed_kind = [](const Slot& s) { return s.known == Known::kAny || s.known == Known::kInt; };
  if (boxed_kind(x) && boxed_kind(y)) return lower_ints_or_ask(i, x.value, y.value);
  emit_ask(i);
}

void Translator::lower_add_immediate(const Decoded& i) {
  Slot x = slot(i.b);
  i64 n = i.signed_c();
  u8 saw = trusted(i.at) ? i.feedback : u8{interp::kSawOther};
  if (x.known == Known::kFloat || (x.known == Known::kAny && saw == interp::kSawFloat)) {
    llvm::Value* sum = b_.CreateFAdd(read_double(i.b, trusted(i.at) ? Ints::kTagged : Ints::kRefused),
                                     llvm::ConstantFP::get(b_.getDoubleTy(), static_cast<f64>(n)));
    return write(i.a, sum, Known::kFloat);
  }
  bool expected = !(saw & interp::kSawOther);
  if (x.known != Known::kInt && x.known != Known::kAny) return emit_ask(i);
  State before = state_;
  llvm::BasicBlock* slow = expected ? failed() : new_block("slow");
  Bits value = x.value;
  if (expected)
    value = read_int(i.b);
  else if (x.known != Known::kInt)
    branch_off(has_tag(value, 0), slow);
  Known known;
  llvm::Value* sum = int_operation(Op::Add, value, bits(static_cast<u64>(n * 4)), slow, known);
  write(i.a, sum, known);
  if (expected) return;
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

void Translator::lower_unary(const Decoded& i) {
  Slot x = slot(i.b);
  if (i.op == Op::Neg && x.known == Known::kFloat) return write(i.a, b_.CreateFNeg(x.value), Known::kFloat);
  if (x.known != Known::kInt && x.known != Known::kAny) return emit_ask(i);
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  if (x.known != Known::kInt) branch_off(has_tag(x.value, 0), slow);
  Known known = Known::kInt;
  llvm::Value* result = i.op == Op::Neg ? int_operation(Op::Sub, bits(0), x.value, slow, known)
                                        : b_.CreateXor(x.value, bits(~kTagMask));
  write(i.a, result, known);
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

}  // namespace lisle::jit

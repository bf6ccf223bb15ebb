// Natives that compiled code knows by heart: for the operands that are usual it does what they do.
#include "jit/translate.h"
#include "runtime/types/str.h"

namespace lisle::jit {

bool Translator::call_known_native(const Decoded& i, const Callee& callee) {
  if (callee.value == rt::Value::from(rt_.type(rt::TypeId::Float)) && callee.nargs == 1)
    return call_float(i, callee), true;
  auto* native = rt::as<rt::Native>(callee.value);
  if (!native) return false;
  const rt::NativeEntry& entry = rt_.natives[native->native_id];
  std::string_view name = entry.spec->name, owner = entry.owner ? entry.owner->name : "";
  if (name == "len" && owner.empty() && callee.nargs == 1) return call_len(i, callee), true;
  if (name == "abs" && owner.empty() && callee.nargs == 1) return call_abs(i, callee), true;
  if (name == "isinstance" && owner.empty() && callee.nargs == 2 && rt::is_type(callee.second))
    return call_isinstance(i, callee), true;
  auto* module = rt::as<rt::Str>(native->module);
  bool of_math = owner.empty() && module && module->latin1() == "math";
  if (name == "sqrt" && of_math && callee.nargs == 1) return call_sqrt(i, callee), true;
  if (name == "append" && owner == "list" && callee.nargs == 2) return call_append(i, callee), true;
  return false;
}

// At block `slow` the native is called, from the state `before`; its value, of which so much is known in any
// case, becomes one more way.
void Translator::call_leaf_instead(llvm::BasicBlock* slow, const State& before, const Decoded& i,
                                   const Callee& callee, std::vector<Way>& ways, Known known) {
  at_end(slow);
  state_ = before;
  call_leaf(i, callee);
  if (known == Known::kFloat) write(i.a, number_of(read(i.a), Ints::kRefused), known);
  if (known == Known::kBool) write(i.a, read(i.a), known);
  ways.push_back(here());
}

void Translator::call_len(const Decoded& i, const Callee& callee) {
  guard(b_.CreateICmpEQ(read(callee.window + 2u), constant(callee.value)));
  Slot of = slot(callee.window + rt::kHeaderWords);
  if (of.known != Known::kAny && of.known != Known::kList) return call_leaf(i, callee);
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  llvm::Value* list = list_of(callee.window + rt::kHeaderWords, slow);
  Bits size = b_.CreateShl(load(list, kListSize, "list"), 2);
  program_.each_write(i, [&](u32 r) { forget(r); });
  write(i.a, size, Known::kInt);
  if (of.known == Known::kList) {
    slow->eraseFromParent();
    return;
  }
  std::vector<Way> ways{here()};
  call_leaf_instead(slow, before, i, callee, ways);
  join(std::move(ways));
}

void Translator::call_abs(const Decoded& i, const Callee& callee) {
  guard(b_.CreateICmpEQ(read(callee.window + 2u), constant(callee.value)));
  Slot of = slot(callee.window + rt::kHeaderWords);
  if (of.known == Known::kFloat) {
    program_.each_write(i, [&](u32 r) { forget(r); });
    return write(i.a, b_.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, of.value), Known::kFloat);
  }
  if (of.known != Known::kAny && of.known != Known::kInt) return call_leaf(i, callee);
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  if (of.known != Known::kInt) branch_off(has_tag(of.value, 0), slow);
  Known known;
  llvm::Value* negated = int_operation(Op::Sub, bits(0), of.value, slow, known);
  llvm::Value* result = b_.CreateSelect(b_.CreateICmpSLT(of.value, bits(0)), negated, of.value);
  program_.each_write(i, [&](u32 r) { forget(r); });
  write(i.a, result, known);
  std::vector<Way> ways{here()};
  call_leaf_instead(slow, before, i, callee, ways);
  join(std::move(ways));
}

// Negative numbers, and what is none, are the interpreter's to judge.
void Translator::call_sqrt(const Decoded& i, const Callee& callee) {
  guard(b_.CreateICmpEQ(read(callee.window + 2u), constant(callee.value)));
  u32 argument = callee.window + rt::kHeaderWords;
  Slot of = slot(argument);
  if (of.known != Known::kAny && of.known != Known::kFloat && of.known != Known::kInt)
    return call_leaf(i, callee);
  llvm::Value* number = read_double(argument, Ints::kTaken);
  guard(b_.CreateFCmpOGE(number, llvm::ConstantFP::get(b_.getDoubleTy(), 0)));
  program_.each_write(i, [&](u32 r) { forget(r); });
  write(i.a, b_.CreateUnaryIntrinsic(llvm::Intrinsic::sqrt, number), Known::kFloat);
}

// What is no number is converted by the class, whose answer is a float in any case.
void Translator::call_float(const Decoded& i, const Callee& callee) {
  guard(b_.CreateICmpEQ(read(callee.window + 2u), constant(callee.value)));
  Slot of = slot(callee.window + rt::kHeaderWords);
  if (of.known != Known::kAny && of.known != Known::kFloat && of.known != Known::kInt)
    return call_leaf(i, callee);
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  llvm::Value* number = double_or(of, slow);
  program_.each_write(i, [&](u32 r) { forget(r); });
  write(i.a, number, Known::kFloat);
  if (of.known != Known::kAny) {
    slow->eraseFromParent();
    return;
  }
  std::vector<Way> ways{here()};
  call_leaf_instead(slow, before, i, callee, ways, Known::kFloat);
  join(std::move(ways));
}

// Is `object` an instance of the class, as far as nobody has to be asked: a bool or unbound.
Translator::Bits Translator::is_instance(const Slot& object, rt::Type& type) {
  auto told_of = [&](u64 like) { return bits(machine_.is_instance_seen(&rt_.thread, like, &type)); };
  if (object.known == Known::kInt) return told_of(rt::Value::from_int(0).bits());
  if (object.known == Known::kFloat) return told_of(kTagDouble);
  llvm::BasicBlock *quick = new_block("object"), *other = new_block("other"), *done = new_block("told");
  b_.CreateCondBr(has_tag(object.value, kTagObject), quick, other);
  at_end(quick);
  b_.CreateCondBr(b_.CreateICmpEQ(class_of(object_of(object.value)), pointer(&type)), done, other);
  at_end(other);
  llvm::CallInst* told = call(machine_.is_instance_seen, {t_, object.value, pointer(&type)});
  told->setOnlyReadsMemory();
  b_.CreateBr(done);
  at_end(done);
  llvm::PHINode* answer = b_.CreatePHI(b_.getInt64Ty(), 2);
  answer->addIncoming(bits(kTrue), quick);
  answer->addIncoming(told, other);
  return answer;
}

void Translator::call_isinstance(const Decoded& i, const Callee& callee) {
  u32 argument = callee.window + rt::kHeaderWords;
  guard(b_.CreateICmpEQ(read(callee.window + 2u), constant(callee.value)));
  guard(b_.CreateICmpEQ(read(argument + 1), constant(callee.second)));
  Slot object = slot(argument);
  State before = state_;
  Bits answer = is_instance(object, *rt::to<rt::Type>(callee.second));
  if (answer == bits(kUnbound)) return call_leaf(i, callee);
  bool certain = llvm::isa<llvm::Constant>(answer);
  llvm::BasicBlock* slow = certain ? nullptr : new_block("slow");
  if (!certain) branch_off(b_.CreateICmpNE(answer, bits(kUnbound)), slow);
  program_.each_write(i, [&](u32 r) { forget(r); });
  write(i.a, answer, Known::kBool);
  if (certain) return;
  std::vector<Way> ways{here()};
  call_leaf_instead(slow, before, i, callee, ways, Known::kBool);
  join(std::move(ways));
}

void Translator::call_append(const Decoded& i, const Callee& callee) {
  u32 self = callee.window + rt::kHeaderWords;
  guard(b_.CreateICmpEQ(read(callee.window + 2u), constant(callee.value)));
  Slot list = slot(self);
  if (list.known != Known::kAny && list.known != Known::kList) return call_leaf(i, callee);
  Bits item = read(self + 1);
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  append_quickly(list_of(self, slow), item, slow);
  program_.each_write(i, [&](u32 r) { forget(r); });
  write(i.a, bits(kNone));
  std::vector<Way> ways{here()};
  call_leaf_instead(slow, before, i, callee, ways);
  join(std::move(ways));
}

}  // namespace lisle::jit

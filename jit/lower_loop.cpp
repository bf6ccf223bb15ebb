// Loops over ranges and lists. The position in a range lives in registers of the loop and is written to the
// iterator only where somebody may look; other iterators are asked.
#include "jit/translate.h"

namespace lisle::jit {

void Translator::lower_for_iter(const Decoded& i) {
  Slot s = slot(i.b);
  if (trusted(i.at) && i.feedback == interp::kSawRange &&
      (s.known == Known::kAny || s.known == Known::kRangeIterator))
    return lower_for_range(i);
  if (trusted(i.at) && i.feedback == interp::kSawList && s.known == Known::kAny) return lower_for_list(i);
  emit_ask(i);
}

void Translator::lower_for_range(const Decoded& i) {
  u32 place = static_cast<u32>(place_of_iterator(i.b));
  state_[i.b].value = convert(state_, i.b, Known::kRangeIterator);
  state_[i.b].known = Known::kRangeIterator;
  llvm::Value* position = convert(state_, place, Known::kInt);
  llvm::Value* left = convert(state_, place + 1, Known::kInt);
  llvm::BasicBlock *more = new_block("more"), *end = new_block("end");
  b_.CreateCondBr(b_.CreateICmpSGT(left, bits(0)), more, end);
  State before = state_;
  at_end(end);
  jump_to(i.target);
  over_ = false;
  at_end(more);
  state_ = before;
  llvm::Value* step = load(object_of(state_[i.b].value), kIteratorSource, "iterator step");
  u32 item = i.a;
  state_[place] = {b_.CreateAdd(position, step), Known::kInt, true};
  state_[place + 1] = {b_.CreateSub(left, bits(4)), Known::kInt, true};
  write(item, position, Known::kInt);
}

void Translator::lower_for_list(const Decoded& i) {
  Bits value = read(i.b);
  guard(has_tag(value, kTagObject));
  llvm::Value* iterator = object_of(value);
  llvm::Value* kind = load(iterator, kKind, "kind", b_.getInt8Ty());
  guard(b_.CreateICmpEQ(kind, b_.getInt8(static_cast<u8>(rt::Kind::Iterator))));
  llvm::Value* type = load(iterator, kIteratorType, "iterator type");
  guard(b_.CreateICmpEQ(type, bits(static_cast<u64>(rt::TypeId::ListIterator))));
  Bits source = load(iterator, kIteratorSource, "iterator");
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  // The end of the list is the machine's: it lets go of the list.
  branch_off(has_tag(source, kTagObject), slow);
  llvm::Value* list = object_of(source);
  Bits at = load(iterator, kIteratorA, "iterator");
  llvm::Value* index = b_.CreateAShr(at, 2);
  branch_off(b_.CreateICmpULT(index, load(list, kListSize, "list")), slow);
  store(b_.CreateAdd(at, bits(4)), iterator, kIteratorA, "iterator");
  llvm::Value* items = load_pointer(list, kListItems, "list");
  write(i.a, load(b_.CreateGEP(b_.getInt64Ty(), field(items, kArrayItems), index), 0, "item"));
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

}  // namespace lisle::jit

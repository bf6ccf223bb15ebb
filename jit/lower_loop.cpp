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
  bool drives = i.feedback & interp::kSawProgram;
  if (drives && call_special(i, machine_.call_generator, i.b, rt::Kind::Generator)) return;
  if (i.c == interp::kUnpacksPair) return lower_for_pair(i);
  emit_ask(i);
}

// Of `yield from` and `await`.
void Translator::lower_send(const Decoded& i) {
  if (!call_special(i, machine_.call_generator, i.b, rt::Kind::Generator)) emit_ask(i);
}

// The next instruction unpacks the item: where that would be a pair of things that simply lie there, it goes
// to their registers without having been made.
void Translator::lower_for_pair(const Decoded& i) {
  Decoded unpack = program_.decode(i.next);
  Bits iterator = read(i.b);
  flush(state_, i.at);
  forget_places();
  llvm::Value* stored =
      call(machine_.store_pair, {frame_at(i.at), t_, iterator, bits(program_.address(i.at))});
  llvm::BasicBlock *pair = new_block("pair"), *other = new_block("other");
  b_.CreateCondBr(b_.CreateICmpNE(stored, b_.getInt32(0)), pair, other);
  State before = state_;
  at_end(pair);
  forget(unpack.a);
  forget(unpack.a + 1u);
  jump_to(unpack.next);
  over_ = false;
  at_end(other);
  state_ = before;
  emit_ask(i);
}

// The int that register `r` is known to hold; 0 where that is none, or another each time.
i64 Translator::constant_int(u32 r) {
  auto* known = llvm::dyn_cast_or_null<llvm::ConstantInt>(state_[r].value);
  if (!known || state_[r].known == Known::kFloat) return 0;
  rt::Value v = rt::Value::from_bits(known->getZExtValue());
  return v.is_int() ? v.as_int() : 0;
}

// How many items a range has, as an int of the program's; leaves where its ends are too far apart.
llvm::Value* Translator::items_between(llvm::Value* start, llvm::Value* stop, i64 step) {
  llvm::Value* distance = b_.CreateBinaryIntrinsic(llvm::Intrinsic::ssub_with_overflow,
                                                   step > 0 ? stop : start, step > 0 ? start : stop);
  guard(b_.CreateNot(b_.CreateExtractValue(distance, 1)));
  llvm::Value* count =
      b_.CreateBinaryIntrinsic(llvm::Intrinsic::smax, b_.CreateExtractValue(distance, 0), bits(0));
  const u64 width = step > 0 ? static_cast<u64>(step) : 0 - static_cast<u64>(step);
  if (width == 1) return count;
  llvm::Value* rounded_up = b_.CreateAdd(b_.CreateLShr(count, 2), bits(width - 1));
  return b_.CreateShl(b_.CreateUDiv(rounded_up, bits(width)), 2);
}

// A call of range() whose value only the next instruction gets, to iterate over it: the iterator is made at
// once. Should the interpreter go on between the two, it finds that an iterator's iterator is itself.
bool Translator::call_range(const Decoded& i, const Callee& callee) {
  if (i.op != Op::Call || callee.value.bits() != rt::Value::from(rt_.type(rt::TypeId::Range)).bits())
    return false;
  if (callee.nargs < 1 || callee.nargs > 3 || program_.starts_block(i.next)) return false;
  Decoded next = program_.decode(i.next);
  if (next.op != Op::GetIter || next.a != i.a || next.b != i.a) return false;
  u32 first = callee.window + rt::kHeaderWords;
  i64 step = callee.nargs == 3 ? constant_int(first + 2) : 1;
  if (step == 0) return false;
  guard(b_.CreateICmpEQ(read(callee.window + 2u), constant(callee.value)));
  llvm::Value* start = callee.nargs > 1 ? read_int(first) : bits(0);
  llvm::Value* stop = read_int(callee.nargs > 1 ? first + 1 : first);
  llvm::Value* count = items_between(start, stop, step);
  // A collection walks the frames, see box_rarely().
  finish_frames(i.at, true);
  llvm::CallInst* iterator =
      call(machine_.make_range_iterator, {frame_at(i.at), t_, start, bits(rt::Value::from_int(step).bits()),
                                          count, bits(program_.address(i.at))});
  iterator->setOnlyAccessesInaccessibleMemory();
  program_.each_write(i, [&](u32 r) { forget(r); });
  write(i.a, iterator, Known::kRangeIterator);
  if (int place = place_of_iterator(i.a); place >= 0) {
    state_[static_cast<u32>(place)] = {start, Known::kInt, false};
    state_[static_cast<u32>(place) + 1] = {count, Known::kInt, false};
  }
  return true;
}

// The iterator that call_range() has made is there already.
void Translator::lower_get_iter(const Decoded& i) {
  if (slot(i.b).known != Known::kRangeIterator || i.a != i.b) emit_ask(i);
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

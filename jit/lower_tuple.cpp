// Tuples: made in place, unpacked, and read by small ints.
#include "jit/translate.h"

namespace lisle::jit {

namespace {

// Larger ones are seldom made of what lies in registers.
constexpr u32 kMostItems = 8;

}  // namespace

// The tuple that `value` is; goes `otherwise` when it is none, or of a class of its own.
llvm::Value* Translator::tuple_of(Bits value, llvm::BasicBlock* otherwise) {
  branch_off(has_tag(value, kTagObject), otherwise);
  llvm::Value* object = object_of(value);
  llvm::Value* shape = load(object, kShape, "shape", b_.getInt32Ty());
  branch_off(b_.CreateICmpEQ(shape, b_.getInt32(rt_.shape_of(rt::TypeId::Tuple))), otherwise);
  return object;
}

void Translator::lower_build_tuple(const Decoded& i) {
  u32 count = i.c;
  if (count == 0 || count > kMostItems) return emit_ask(i);
  std::vector<Bits> items;
  for (u32 k = 0; k < count; ++k) items.push_back(read(i.b + k));
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  llvm::Value* tuple = allocate(sizeof(rt::Tuple) + count * sizeof(rt::Value),
                                rt_.shape_of(rt::TypeId::Tuple), rt::Kind::Tuple, slow);
  store(bits(count), tuple, kTupleSize, "tuple size");
  for (u32 k = 0; k < count; ++k) store(items[k], tuple, kTupleItems + 8 * i64{k}, "tuple");
  write(i.a, value_of(tuple));
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

// Tuples as long as is wanted are taken apart here.
void Translator::lower_unpack(const Decoded& i) {
  Slot sequence = slot(i.b);
  u32 count = i.c;
  if (sequence.known != Known::kAny || count == 0 || count > kMostItems) return emit_ask(i);
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  llvm::Value* tuple = tuple_of(sequence.value, slow);
  branch_off(b_.CreateICmpEQ(load(tuple, kTupleSize, "tuple size"), bits(count)), slow);
  for (u32 k = 0; k < count; ++k) write(i.a + k, load(tuple, kTupleItems + 8 * i64{k}, "tuple"));
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

bool Translator::get_tuple_item(const Decoded& i) {
  bool expected = trusted(i.at) && program_.receiver(i.at).shape == rt_.shape_of(rt::TypeId::Tuple);
  Slot sequence = slot(i.b), key = slot(i.c);
  bool int_possible = key.known == Known::kAny || key.known == Known::kInt;
  if (!expected || sequence.known != Known::kAny || !int_possible) return false;
  llvm::Value* tuple = tuple_of(sequence.value, failed());
  Bits position = read_int(i.c);
  llvm::Value* place = place_in(position, load(tuple, kTupleSize, "tuple size"), failed());
  write(i.a, load(b_.CreateGEP(b_.getInt64Ty(), field(tuple, kTupleItems), place), 0, "tuple"));
  return true;
}

}  // namespace lisle::jit

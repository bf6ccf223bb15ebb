// Items of lists and of array.array by small ints, and appending to lists; other subscripts are asked for.
#include "jit/translate.h"

namespace lisle::jit {

// The list in register `r`; elsewhere when it holds something else. The register is known to hold one then.
llvm::Value* Translator::list_of(u32 r, llvm::BasicBlock* otherwise) {
  Slot& s = slot(r);
  if (s.known == Known::kList) return object_of(s.value);
  branch_off(has_tag(s.value, kTagObject), otherwise);
  llvm::Value* object = object_of(s.value);
  llvm::Value* shape = load(object, kShape, "shape", b_.getInt32Ty());
  branch_off(b_.CreateICmpEQ(shape, b_.getInt32(rt_.shape_of(rt::TypeId::List))), otherwise);
  state_[r].known = Known::kList;
  return object;
}

// Where item `key` (an int's bits) lies in a sequence of `size`.
llvm::Value* Translator::place_in(Bits key, Bits size, llvm::BasicBlock* otherwise) {
  llvm::Value* index = b_.CreateAShr(key, 2);
  llvm::Value* place = b_.CreateSelect(b_.CreateICmpSLT(index, bits(0)), b_.CreateAdd(index, size), index);
  branch_off(b_.CreateICmpULT(place, size), otherwise);
  return place;
}

// What an array.array of a type code holds, as far as its items are read and written in place.
struct Translator::ItemFormat {
  u32 bits = 0;
  bool number = false;  // a double
  bool is_signed = false;
};

Translator::ItemFormat Translator::format_of(u32 code) {
  switch (code) {
    case 'd':
      return {64, true, true};
    case 'b':
      return {8, false, true};
    case 'B':
      return {8, false, false};
    case 'h':
      return {16, false, true};
    case 'H':
      return {16, false, false};
    case 'i':
      return {32, false, true};
    case 'I':
      return {32, false, false};
    case 'q':
    case 'l':
      return {64, false, true};
    default:
      return {};
  }
}

// Where the item of the array.array in register `array` lies that register `key` names; null where the array
// is none whose items are known here.
llvm::Value* Translator::typed_item(u32 at, u32 array, u32 key, ItemFormat& format) {
  rt::Receiver seen = program_.receiver(at);
  bool known_here = trusted(at) && seen.shape == rt_.shape_of(rt::TypeId::TypedArray);
  format = known_here ? format_of(seen.code) : ItemFormat{};
  Slot s = slot(array), index = slot(key);
  bool possible = index.known == Known::kAny || index.known == Known::kInt;
  if (format.bits == 0 || s.known != Known::kAny || !possible) return nullptr;
  guard(has_tag(s.value, kTagObject));
  llvm::Value* object = object_of(s.value);
  guard(b_.CreateICmpEQ(load(object, kShape, "shape", b_.getInt32Ty()), b_.getInt32(seen.shape)));
  guard(b_.CreateICmpEQ(load(object, kTypedArrayCode, "array code"), bits(seen.code)));
  Bits position = read_int(key);
  u32 shift = format.bits == 64 ? 3 : format.bits == 32 ? 2 : format.bits == 16 ? 1 : 0;
  Bits length = b_.CreateLShr(load(object, kStoreSize, "array size"), shift);
  llvm::Value* place = place_in(position, length, failed());
  llvm::Value* storage = load_pointer(object, kStoreStorage, "array storage");
  return b_.CreateGEP(b_.getIntNTy(format.bits), field(storage, kRawBytes), place);
}

bool Translator::get_typed_item(const Decoded& i) {
  ItemFormat format;
  llvm::Value* at = typed_item(i.at, i.b, i.c, format);
  if (!at) return false;
  if (format.number) {
    write(i.a, load(at, 0, "array item", b_.getDoubleTy()), Known::kFloat);
    return true;
  }
  llvm::Value* item = load(at, 0, "array item", b_.getIntNTy(format.bits));
  item = format.is_signed ? b_.CreateSExt(item, b_.getInt64Ty()) : b_.CreateZExt(item, b_.getInt64Ty());
  llvm::Value* word = b_.CreateShl(item, 2);
  if (format.bits == 64) guard(b_.CreateICmpEQ(b_.CreateAShr(word, 2), item));
  write(i.a, word, Known::kInt);
  return true;
}

bool Translator::set_typed_item(const Decoded& i) {
  Slot value = slot(i.c);
  if (value.known != Known::kAny && value.known != Known::kInt && value.known != Known::kFloat) return false;
  ItemFormat format = format_of(program_.receiver(i.at).code);
  if (!format.number && value.known == Known::kFloat) return false;
  llvm::Value* at = typed_item(i.at, i.a, i.b, format);
  if (!at) return false;
  if (format.number) {
    store(read_double(i.c, Ints::kTaken), at, 0, "array item");
    return true;
  }
  llvm::Value* number = b_.CreateAShr(read_int(i.c), 2);
  llvm::Value* item = b_.CreateTrunc(number, b_.getIntNTy(format.bits));
  llvm::Value* back =
      format.is_signed ? b_.CreateSExt(item, b_.getInt64Ty()) : b_.CreateZExt(item, b_.getInt64Ty());
  guard(b_.CreateICmpEQ(back, number));
  store(item, at, 0, "array item");
  return true;
}

// What was expected before and did not hold is done the general way.
void Translator::lower_get_item(const Decoded& i) {
  if (call_special(i, machine_.call_get_item, i.b, rt::Kind::Instance)) return;
  if (get_typed_item(i) || get_tuple_item(i)) return;
  Slot list = slot(i.b), key = slot(i.c);
  bool list_possible = list.known == Known::kAny || list.known == Known::kList;
  bool int_possible = key.known == Known::kAny || key.known == Known::kInt;
  if (!list_possible || !int_possible) return emit_ask(i);
  bool expected = trusted(i.at) && !(i.feedback & interp::kSawOther);
  State before = state_;
  llvm::BasicBlock* slow = expected ? failed() : new_block("slow");
  llvm::Value* object = list_of(i.b, slow);
  if (key.known != Known::kInt) branch_off(has_tag(key.value, 0), slow);
  state_[i.c].known = Known::kInt;
  llvm::Value* place = place_in(key.value, load(object, kListSize, "list"), slow);
  llvm::Value* items = load_pointer(object, kListItems, "list");
  llvm::Value* at = b_.CreateGEP(b_.getInt64Ty(), field(items, kArrayItems), place);
  write(i.a, load(at, 0, "item"));
  if (expected) return;
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

void Translator::lower_set_item(const Decoded& i) {
  if (call_special(i, machine_.call_set_item, i.a, rt::Kind::Instance)) return;
  if (set_typed_item(i)) return;
  Slot list = slot(i.a), key = slot(i.b);
  bool list_possible = list.known == Known::kAny || list.known == Known::kList;
  bool int_possible = key.known == Known::kAny || key.known == Known::kInt;
  if (!list_possible || !int_possible) return emit_ask(i);
  bool expected = trusted(i.at) && !(i.feedback & interp::kSawOther);
  State before = state_;
  llvm::BasicBlock* slow = expected ? failed() : new_block("slow");
  llvm::Value* object = list_of(i.a, slow);
  if (key.known != Known::kInt) branch_off(has_tag(key.value, 0), slow);
  state_[i.b].known = Known::kInt;
  llvm::Value* place = place_in(key.value, load(object, kListSize, "list"), slow);
  llvm::Value* items = load_pointer(object, kListItems, "list");
  store_register(i.c, items, b_.CreateGEP(b_.getInt64Ty(), field(items, kArrayItems), place), 0, "item");
  if (expected) return;
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

// Appends where the list has room that may be written without being remembered.
void Translator::append_quickly(llvm::Value* list, Bits value, llvm::BasicBlock* otherwise) {
  llvm::Value* items = load_pointer(list, kListItems, "list");
  branch_off(b_.CreateICmpNE(items, llvm::ConstantPointerNull::get(b_.getPtrTy())), otherwise);
  llvm::Value* size = load(list, kListSize, "list");
  branch_off(b_.CreateICmpULT(size, load(items, kArrayCapacity, "array")), otherwise);
  branch_off(is_young(items), otherwise);
  store(value, b_.CreateGEP(b_.getInt64Ty(), field(items, kArrayItems), size), 0, "item");
  store(b_.CreateAdd(size, bits(1)), list, kListSize, "list");
}

// The step of a list comprehension.
void Translator::lower_list_append(const Decoded& i) {
  Bits value = read(i.b);
  llvm::Value* list = object_of(read(i.a));
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  append_quickly(list, value, slow);
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

}  // namespace lisle::jit

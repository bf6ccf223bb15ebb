// Attributes whose place the inline cache knows; others are asked for.
#include "jit/translate.h"
#include "runtime/types/type.h"

namespace lisle::jit {

using interp::CacheKind;

// The object of `value` when its shape, and the epoch of classes, are those of a cache's key.
llvm::Value* Translator::object_with(Bits value, u64 key, llvm::BasicBlock* otherwise) {
  branch_off(has_tag(value, kTagObject), otherwise);
  llvm::Value* object = object_of(value);
  llvm::Value* shape = load(object, kShape, "shape", b_.getInt32Ty());
  branch_off(b_.CreateICmpEQ(shape, b_.getInt32(static_cast<u32>(key))), otherwise);
  llvm::Value* epoch = load(t_, kThreadEpoch, "epoch", b_.getInt32Ty());
  branch_off(b_.CreateICmpEQ(epoch, b_.getInt32(static_cast<u32>(key >> 32))), otherwise);
  return object;
}

llvm::Value* Translator::class_of(llvm::Value* object) {
  llvm::Value* shape = load(object, kShape, "shape", b_.getInt32Ty());
  llvm::Value* shapes = load_pointer(t_, kShapes, "shapes");
  llvm::Value* place = b_.CreateGEP(b_.getPtrTy(), shapes, shape);
  return load_pointer(load_pointer(place, 0, "shapes"), kShapeType, "shapes");
}

// Do objects with this key keep what has no room in them in an array of their own?
bool Translator::are_instances(u64 key) const {
  return program_.holds(key) && rt_.shapes[static_cast<u32>(key)]->type->instance_kind == rt::Kind::Instance;
}

llvm::Value* Translator::overflow_of(llvm::Value* instance) {
  return object_of(load(instance, kInstanceOverflow, "overflow"));
}

void Translator::lower_get_attr(const Decoded& i) {
  Slot s = slot(i.b);
  if (s.known != Known::kAny) return emit_ask(i);
  bool own = i.feedback == interp::kOwnSlot || i.feedback == interp::kOwnOverflow;
  if (own && !trusted(i.at)) return lower_own_attr(i, s.value);
  if (!trusted(i.at)) return emit_ask(i);
  u64 first = program_.cache(i.at)[0], second = program_.cache(i.at)[1];
  switch (i.feedback) {
    case interp::kOwnSlot: {
      llvm::Value* object = object_with(s.value, first, failed());
      Bits value = load(object, static_cast<i64>(second), "slot");
      guard(b_.CreateICmpNE(value, bits(kUnbound)));
      return write(i.a, value);
    }
    case interp::kOwnOverflow: {
      if (!are_instances(first)) break;
      llvm::Value* array = overflow_of(object_with(s.value, first, failed()));
      Bits value = load(array, kArrayItems + 8 * static_cast<i64>(second), "overflow item");
      guard(b_.CreateICmpNE(value, bits(kUnbound)));
      return write(i.a, value);
    }
    case interp::kTypeValue:
      return write(i.a, word_of_class(i, s.value));
    case interp::kClassValue:
      if (!class_with(s.value, first)) break;
      return write(i.a, constant(rt::Value::from_bits(second)));
    case interp::kModule:
      if (llvm::Value* value = module_value(s.value, first)) return write(i.a, value);
      break;
    default:
      break;
  }
  emit_ask(i);
}

// What the cache held for the shape of `value`, which is one of those; goes `otherwise` when it is not.
Translator::Bits Translator::word_by_shape(Bits value, const std::vector<SeenShape>& seen,
                                           llvm::BasicBlock* otherwise) {
  branch_off(has_tag(value, kTagObject), otherwise);
  llvm::Value* epoch = load(t_, kThreadEpoch, "epoch", b_.getInt32Ty());
  branch_off(b_.CreateICmpEQ(epoch, b_.getInt32(static_cast<u32>(seen[0].key >> 32))), otherwise);
  llvm::Value* shape = load(object_of(value), kShape, "shape", b_.getInt32Ty());
  llvm::Value* any = b_.getFalse();
  Bits word = nullptr;
  for (const SeenShape& s : seen) {
    llvm::Value* is_it = b_.CreateICmpEQ(shape, b_.getInt32(s.shape()));
    Bits its_word = s.kind == interp::kMethod ? constant(rt::Value::from_bits(s.second)) : bits(s.second);
    any = b_.CreateOr(any, is_it);
    word = word && word != its_word ? b_.CreateSelect(is_it, its_word, word) : its_word;
  }
  branch_off(any, otherwise);
  return word;
}

// An attribute of objects of several shapes.
void Translator::lower_own_attr(const Decoded& i, Bits object) {
  State before = state_;
  llvm::BasicBlock *slow = new_block("slow"), *unseen = new_block("unseen"), *done = new_block("done");
  std::vector<SeenShape> seen = program_.seen(i.at, interp::kOwnSlot);
  Bits quick = nullptr;
  llvm::BasicBlock* quick_end = nullptr;
  if (!seen.empty()) {
    Bits offset = word_by_shape(object, seen, unseen);
    quick = load(b_.CreateGEP(b_.getInt8Ty(), object_of(object), offset), 0, "slot");
    branch_off(b_.CreateICmpNE(quick, bits(kUnbound)), slow);
    quick_end = b_.GetInsertBlock();
    b_.CreateBr(done);
  } else {
    b_.CreateBr(unseen);
  }
  at_end(unseen);
  llvm::CallInst* found = call(machine_.attribute_seen, {t_, object, pointer(name_of(i))});
  found->setOnlyReadsMemory();
  branch_off(b_.CreateICmpNE(found, bits(kUnbound)), slow);
  llvm::BasicBlock* found_end = b_.GetInsertBlock();
  b_.CreateBr(done);
  at_end(done);
  llvm::PHINode* value = b_.CreatePHI(b_.getInt64Ty(), 2);
  if (quick) value->addIncoming(quick, quick_end);
  value->addIncoming(found, found_end);
  write(i.a, value);
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

// A method of objects of several shapes.
void Translator::lower_own_method(const Decoded& i, const Slot& object) {
  State before = state_;
  llvm::BasicBlock *slow = new_block("slow"), *unseen = new_block("unseen"), *done = new_block("done");
  std::vector<SeenShape> seen = program_.seen(i.at, interp::kMethod);
  Bits quick = nullptr;
  llvm::BasicBlock* quick_end = nullptr;
  if (!seen.empty()) {
    quick = word_by_shape(object.value, seen, unseen);
    quick_end = b_.GetInsertBlock();
    b_.CreateBr(done);
  } else {
    b_.CreateBr(unseen);
  }
  at_end(unseen);
  llvm::CallInst* found = call(machine_.method_seen, {t_, object.value, pointer(name_of(i))});
  found->setOnlyReadsMemory();
  branch_off(b_.CreateICmpNE(found, bits(kUnbound)), slow);
  llvm::BasicBlock* found_end = b_.GetInsertBlock();
  b_.CreateBr(done);
  at_end(done);
  llvm::PHINode* function = b_.CreatePHI(b_.getInt64Ty(), 2);
  if (quick) function->addIncoming(quick, quick_end);
  function->addIncoming(found, found_end);
  write(i.a + 2u, function);
  write(i.a + 5u, object.value, object.known);
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

// The name that the instruction has in its third operand.
rt::Str* Translator::name_of(const Decoded& i) {
  rt::Code& code = *program_.piece(i.at).function->code;
  constant(rt::Value::from(&code));
  return static_cast<rt::Str*>(code.names->items[i.c].object());
}

// What the cache says of the class `value`; leaves unless it is that class. Nothing tells whether what the
// cache names still exists before that is asked, so that code looks into the cache itself.
Translator::Bits Translator::word_of_class(const Decoded& i, Bits value) {
  guard(has_tag(value, kTagObject));
  llvm::Value* object = object_of(value);
  llvm::Value* kind = load(object, kKind, "kind", b_.getInt8Ty());
  guard(b_.CreateICmpEQ(kind, b_.getInt8(static_cast<u8>(rt::Kind::Type))));
  Bits version = b_.CreateZExt(load(object, kTypeVersion, "type", b_.getInt32Ty()), b_.getInt64Ty());
  Bits epoch = b_.CreateZExt(load(t_, kThreadEpoch, "epoch", b_.getInt32Ty()), b_.getInt64Ty());
  constant(rt::Value::from(program_.piece(i.at).function->code));
  llvm::Value* words = pointer(program_.cache(i.at));
  guard(b_.CreateICmpEQ(load(words, 0, "cache"), b_.CreateOr(epoch, b_.CreateShl(version, 32))));
  return load(words, 8, "cache");
}

// Leaves unless `value` is an object of the shape in a cache's key, and its class has the version in the key.
// Null when no class has it.
rt::Type* Translator::class_with(Bits value, u64 key) {
  u32 version = static_cast<u32>(key >> 32);
  if (static_cast<u32>(key) >= rt_.shapes.size()) return nullptr;
  rt::Type* type = rt_.shapes[static_cast<u32>(key)]->type;
  if (!type || type->version != version) return nullptr;
  guard(has_tag(value, kTagObject));
  llvm::Value* shape = load(object_of(value), kShape, "shape", b_.getInt32Ty());
  guard(b_.CreateICmpEQ(shape, b_.getInt32(static_cast<u32>(key))));
  constant(rt::Value::from(type));
  llvm::Value* now = load(pointer(type), kTypeVersion, "type", b_.getInt32Ty());
  guard(b_.CreateICmpEQ(now, b_.getInt32(version)));
  return type;
}

// The entry of a module's dict that a cache's key names.
llvm::Value* Translator::module_value(Bits value, u64 key) {
  guard(has_tag(value, kTagObject));
  llvm::Value* object = object_of(value);
  llvm::Value* kind = load(object, kKind, "kind", b_.getInt8Ty());
  guard(b_.CreateICmpEQ(kind, b_.getInt8(static_cast<u8>(rt::Kind::Module))));
  llvm::Value* dict = load_pointer(object, kModuleDict, "module");
  llvm::Value* now = load(dict, kDictVersion, "dict", b_.getInt32Ty());
  guard(b_.CreateICmpEQ(now, b_.getInt32(static_cast<u32>(key))));
  llvm::Value* entries = load_pointer(dict, kDictEntries, "dict");
  i64 word = static_cast<i64>((key >> 32) * rt::Dict::kEntryWords + 2);
  return load(entries, kArrayItems + 8 * word, "entry");
}

void Translator::lower_set_attr(const Decoded& i) {
  Slot s = slot(i.a);
  bool adds = i.feedback == interp::kAddSlot;
  bool known = i.feedback == interp::kOwnSlot || adds;
  if (i.feedback == interp::kOwnSlot && s.known == Known::kAny && !trusted(i.at))
    return set_own_attr(i, s.value);
  u64 first = program_.cache(i.at)[0], second = program_.cache(i.at)[1];
  known |= i.feedback == interp::kOwnOverflow && are_instances(first);
  if (!known || s.known != Known::kAny || !trusted(i.at)) return emit_ask(i);
  llvm::Value* object = object_with(s.value, first, failed());
  if (i.feedback == interp::kOwnOverflow) {
    llvm::Value* array = overflow_of(object);
    return store_register(i.b, array, array, kArrayItems + 8 * static_cast<i64>(second), "overflow item");
  }
  store_register(i.b, object, object, static_cast<i64>(static_cast<u32>(second)), "slot");
  if (adds) store(b_.getInt32(static_cast<u32>(second >> 32)), object, kShape, "shape");
}

// The same with objects of several shapes.
void Translator::set_own_attr(const Decoded& i, Bits value) {
  std::vector<SeenShape> seen = program_.seen(i.at, interp::kOwnSlot);
  if (seen.empty()) return emit_ask(i);
  Bits stored = read(i.b);
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  Bits word = word_by_shape(value, seen, slow);
  llvm::Value* object = object_of(value);
  Bits offset = b_.CreateAnd(word, bits(0xffffffff));
  store_value(stored, object, b_.CreateGEP(b_.getInt8Ty(), object, offset), 0, "slot");
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

void Translator::lower_get_method(const Decoded& i) {
  Slot s = slot(i.b);
  if (s.known == Known::kAny && !trusted(i.at) && i.feedback == interp::kMethod)
    return lower_own_method(i, s);
  if (s.known == Known::kFloat || !trusted(i.at)) return emit_ask(i);
  u64 first = program_.cache(i.at)[0], second = program_.cache(i.at)[1];
  if (i.feedback == interp::kMethod) {
    if (!program_.holds(first)) return emit_ask(i);
    object_with(s.value, first, failed());
    write(i.a + 2u, constant(rt::Value::from_bits(second)));
    return write(i.a + 5u, s.value, s.known);
  }
  if (i.feedback == interp::kTypeMethod && s.known == Known::kAny) {
    write(i.a + 2u, word_of_class(i, s.value));
    return write(i.a + 5u, s.value);
  }
  if (i.feedback == interp::kClassMethod && s.known == Known::kAny && program_.holds(first)) {
    object_with(s.value, first, failed());
    write(i.a + 2u, constant(rt::Value::from_bits(second)));
    return write(i.a + 5u, constant(rt::Value::from(rt_.shapes[static_cast<u32>(first)]->type)));
  }
  llvm::Value* found = nullptr;
  if (i.feedback == interp::kModule)
    found = module_value(s.value, first);
  else if (i.feedback == interp::kOwnSlot && s.known == Known::kAny) {
    found = load(object_with(s.value, first, failed()), static_cast<i64>(second), "slot");
    guard(b_.CreateICmpNE(found, bits(kUnbound)));
  } else if (i.feedback == interp::kClassValue && s.known == Known::kAny && class_with(s.value, first))
    found = constant(rt::Value::from_bits(second));
  else if (i.feedback == interp::kTypeValue && s.known == Known::kAny)
    found = word_of_class(i, s.value);
  if (!found) return emit_ask(i);
  write(i.a + 2u, bits(kUnbound));
  write(i.a + 3u, found);
  write(i.a + 5u, bits(0), Known::kInt);
}

}  // namespace lisle::jit

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

void Translator::lower_get_attr(const Decoded& i) {
  Slot s = slot(i.b);
  if (s.known != Known::kAny) return emit_ask(i);
  bool own = i.feedback == interp::kOwnSlot || i.feedback == interp::kOwnOverflow;
  if (own && (!trusted(i.at) || i.feedback == interp::kOwnOverflow)) return lower_own_attr(i, s.value);
  if (!trusted(i.at)) return emit_ask(i);
  u64 first = program_.cache(i.at)[0], second = program_.cache(i.at)[1];
  switch (i.feedback) {
    case interp::kOwnSlot: {
      llvm::Value* object = object_with(s.value, first, failed());
      Bits value = load(object, static_cast<i64>(second), "slot");
      guard(b_.CreateICmpNE(value, bits(kUnbound)));
      return write(i.a, value);
    }
    case interp::kClassValue:
    case interp::kTypeValue: {
      bool of_type = i.feedback == interp::kTypeValue;
      rt::Type* type = class_with(s.value, first, of_type);
      if (!type) break;
      return write(i.a, constant(rt::Value::from_bits(second)));
    }
    case interp::kModule:
      if (llvm::Value* value = module_value(s.value, first)) return write(i.a, value);
      break;
    default:
      break;
  }
  emit_ask(i);
}

// An attribute of objects of several shapes.
void Translator::lower_own_attr(const Decoded& i, Bits object) {
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  llvm::CallInst* value = call(machine_.attribute_seen, {t_, object, pointer(name_of(i))});
  value->setOnlyReadsMemory();
  branch_off(b_.CreateICmpNE(value, bits(kUnbound)), slow);
  write(i.a, value);
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

// A method of objects of several shapes.
void Translator::lower_own_method(const Decoded& i, const Slot& object) {
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  llvm::CallInst* function = call(machine_.method_seen, {t_, object.value, pointer(name_of(i))});
  function->setOnlyReadsMemory();
  branch_off(b_.CreateICmpNE(function, bits(kUnbound)), slow);
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

// Leaves unless `value` is an object of the shape in a cache's key, or (`of_type`) a class, and the class has
// the version in the key. Null when no class has it.
rt::Type* Translator::class_with(Bits value, u64 key, bool of_type) {
  u32 version = static_cast<u32>(key >> 32);
  rt::Type* type = of_type ? nullptr : rt_.shapes[static_cast<u32>(key)]->type;
  if (of_type || !type || type->version != version) return nullptr;
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
  if (!known || s.known != Known::kAny || !trusted(i.at)) return emit_ask(i);
  Bits value = read(i.b);
  llvm::Value* object = object_with(s.value, program_.cache(i.at)[0], failed());
  u64 second = program_.cache(i.at)[1];
  store_value(value, object, object, static_cast<i64>(static_cast<u32>(second)), "slot");
  if (adds) store(b_.getInt32(static_cast<u32>(second >> 32)), object, kShape, "shape");
}

void Translator::lower_get_method(const Decoded& i) {
  Slot s = slot(i.b);
  if (s.known == Known::kAny && !trusted(i.at) && i.feedback == interp::kMethod)
    return lower_own_method(i, s);
  if (s.known == Known::kFloat || !trusted(i.at)) return emit_ask(i);
  u64 first = program_.cache(i.at)[0], second = program_.cache(i.at)[1];
  if (i.feedback == interp::kMethod) {
    object_with(s.value, first, failed());
    write(i.a + 2u, constant(rt::Value::from_bits(second)));
    return write(i.a + 5u, s.value, s.known);
  }
  llvm::Value* found = nullptr;
  if (i.feedback == interp::kModule)
    found = module_value(s.value, first);
  else if (i.feedback == interp::kOwnSlot && s.known == Known::kAny) {
    found = load(object_with(s.value, first, failed()), static_cast<i64>(second), "slot");
    guard(b_.CreateICmpNE(found, bits(kUnbound)));
  } else if (i.feedback == interp::kClassValue && class_with(s.value, first, false))
    found = constant(rt::Value::from_bits(second));
  if (!found) return emit_ask(i);
  write(i.a + 2u, bits(kUnbound));
  write(i.a + 3u, found);
  write(i.a + 5u, bits(0), Known::kInt);
}

}  // namespace lisle::jit

// Small pieces of IR: memory, guards, doubles, calls and tail calls.
#include "jit/translate.h"

namespace lisle::jit {

llvm::BasicBlock* Translator::new_block(const char* name) {
  return llvm::BasicBlock::Create(b_.getContext(), name, into_);
}

llvm::Value* Translator::pointer(const void* address) {
  return llvm::ConstantExpr::getIntToPtr(b_.getInt64(reinterpret_cast<u64>(address)), b_.getPtrTy());
}

// Parts of memory that never overlap have types of their own, so that a store to a list's items does not
// make anybody load its size again.
template <class T>
T* Translator::tagged(T* access, const char* what) {
  llvm::MDNode* root = md_.createTBAARoot("lisle");
  llvm::MDNode* type = md_.createTBAAScalarTypeNode(what, root);
  access->setMetadata(llvm::LLVMContext::MD_tbaa, md_.createTBAAStructTagNode(type, type, 0));
  return access;
}

llvm::Value* Translator::load(llvm::Value* object, i64 offset, const char* what, llvm::Type* type) {
  return tagged(b_.CreateAlignedLoad(type ? type : b_.getInt64Ty(), field(object, offset), llvm::Align(1)),
                what);
}

llvm::Value* Translator::load_pointer(llvm::Value* object, i64 offset, const char* what) {
  return load(object, offset, what, b_.getPtrTy());
}

void Translator::store(llvm::Value* value, llvm::Value* object, i64 offset, const char* what) {
  tagged(b_.CreateAlignedStore(value, field(object, offset), llvm::Align(1)), what);
}

// May `object` be written without being remembered? A collection inside a call that compiled code need not
// know to touch memory (box_double) changes the answer: it is looked up each time.
llvm::Value* Translator::is_young(llvm::Value* object) {
  llvm::Value* gc = load(object, kGcBits, "gc", b_.getInt8Ty());
  llvm::cast<llvm::LoadInst>(gc)->setVolatile(true);
  return b_.CreateICmpEQ(b_.CreateAnd(gc, rt::kGcOldUnlogged), b_.getInt8(0));
}

// Stores a Value into a heap object, which is remembered if it is an old one.
void Translator::store_value(llvm::Value* value, llvm::Value* object, llvm::Value* place, i64 offset,
                             const char* what) {
  llvm::BasicBlock *old = new_block("old"), *young = new_block("young");
  likely(is_young(object), young, old);
  at_end(old);
  call(machine_.remember, {t_, object})->setOnlyAccessesInaccessibleMemory();
  b_.CreateBr(young);
  at_end(young);
  store(value, place, offset, what);
}

// The same for the value of a register, which is an object seldom or never where its kind is known.
void Translator::store_register(u32 r, llvm::Value* object, llvm::Value* place, i64 offset,
                                const char* what) {
  Slot s = slot(r);
  if (s.known == Known::kInt || s.known == Known::kBool) return store(boxed(s), place, offset, what);
  if (s.known != Known::kFloat) return store_value(read(r), object, place, offset, what);
  llvm::Value* word = tagged_word(s.value);
  llvm::BasicBlock *quick = new_block("tagged"), *rare = new_block("box"), *done = new_block("stored");
  likely(has_tag(word, kTagDouble), quick, rare);
  at_end(rare);
  store_value(box_rarely(s.value, exit_at_, bits(program_.address(exit_at_))), object, place, offset, what);
  b_.CreateBr(done);
  at_end(quick);
  store(word, place, offset, what);
  b_.CreateBr(done);
  at_end(done);
}

llvm::LoadInst* Translator::invariant(llvm::Value* load) {
  auto* instruction = llvm::cast<llvm::LoadInst>(load);
  instruction->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(b_.getContext(), {}));
  return instruction;
}

llvm::Value* Translator::object_of(Bits value) {
  return b_.CreateIntToPtr(b_.CreateSub(value, bits(kTagObject)), b_.getPtrTy());
}

Translator::Bits Translator::value_of(llvm::Value* object) {
  return b_.CreateAdd(b_.CreatePtrToInt(object, b_.getInt64Ty()), bits(kTagObject));
}

// An object from the hole that the heap is filling, which is zeroed; goes `otherwise` at its end.
llvm::Value* Translator::allocate(u64 bytes, rt::ShapeId shape, rt::Kind kind, llvm::BasicBlock* otherwise) {
  bytes = (bytes + rt::kGranuleBytes - 1) & ~(rt::kGranuleBytes - 1);
  // Calls that LLVM takes for harmless allocate as well: the ends of the hole are read each time.
  llvm::LoadInst* cursor = b_.CreateLoad(b_.getInt64Ty(), field(t_, kHeapCursor), true);
  llvm::LoadInst* limit = b_.CreateLoad(b_.getInt64Ty(), field(t_, kHeapLimit), true);
  llvm::Value* end = b_.CreateAdd(cursor, bits(bytes));
  branch_off(b_.CreateICmpULE(end, limit), otherwise);
  b_.CreateStore(end, field(t_, kHeapCursor), true);
  llvm::Value* object = b_.CreateIntToPtr(cursor, b_.getPtrTy());
  store(b_.getInt32(shape), object, kShape, "shape");
  store(b_.getInt8(static_cast<u8>(kind)), object, kKind, "kind");
  return object;
}

void Translator::likely(llvm::Value* condition, llvm::BasicBlock* yes, llvm::BasicBlock* no) {
  b_.CreateCondBr(condition, yes, no, md_.createBranchWeights(4000, 1));
}

void Translator::branch_off(llvm::Value* condition, llvm::BasicBlock* otherwise) {
  if (auto* known = llvm::dyn_cast<llvm::ConstantInt>(condition); known && known->isOne()) return;
  llvm::BasicBlock* good = new_block("ok");
  likely(condition, good, otherwise);
  at_end(good);
}

void Translator::guard(llvm::Value* condition) {
  if (auto* known = llvm::dyn_cast<llvm::ConstantInt>(condition); known && known->isOne()) return;
  branch_off(condition, failed());
}

llvm::Value* Translator::has_tag(Bits value, u64 tag) {
  return b_.CreateICmpEQ(b_.CreateAnd(value, bits(kTagMask)), bits(tag));
}

llvm::Value* Translator::from_condition(llvm::Value* condition) {
  return b_.CreateSelect(condition, bits(kTrue), bits(kFalse));
}

// The same for places that are seldom reached, at the instruction with address `pc` in the piece of `at`.
llvm::Value* Translator::box_rarely(llvm::Value* number, u32 at, Bits pc) {
  // A collection walks the frames: those of inlined calls have to be there.
  finish_frames(at, true);
  llvm::CallInst* made = call(machine_.box_double, {frame_at(at), t_, number, pc});
  made->setOnlyAccessesInaccessibleMemory();
  return made;
}

// The word that stands for a double; one of another tag where none does.
Translator::Bits Translator::tagged_word(llvm::Value* number) {
  llvm::Value* raw = b_.CreateAdd(b_.CreateBitCast(number, b_.getInt64Ty()), bits(kDoubleBias));
  return b_.CreateIntrinsic(llvm::Intrinsic::fshl, {b_.getInt64Ty()}, {raw, raw, bits(3)});
}

llvm::Value* Translator::box(llvm::Value* number) {
  if (auto* known = llvm::dyn_cast<llvm::ConstantFP>(number)) {
    f64 d = known->getValueAPF().convertToDouble();
    if (rt::Value::fits_double(d)) return bits(rt::Value::from_double(d).bits());
  }
  llvm::Value* word = tagged_word(number);
  llvm::BasicBlock *rare = new_block("box"), *done = new_block("boxed"), *here = b_.GetInsertBlock();
  likely(has_tag(word, kTagDouble), done, rare);
  at_end(rare);
  llvm::Value* made = box_rarely(number, exit_at_, bits(program_.address(exit_at_)));
  b_.CreateBr(done);
  at_end(done);
  llvm::PHINode* result = b_.CreatePHI(b_.getInt64Ty(), 2);
  result->addIncoming(word, here);
  result->addIncoming(made, rare);
  return result;
}

llvm::Value* Translator::unbox(Bits value) {
  llvm::Value* raw = b_.CreateIntrinsic(llvm::Intrinsic::fshr, {b_.getInt64Ty()}, {value, value, bits(3)});
  return b_.CreateBitCast(b_.CreateSub(raw, bits(kDoubleBias)), b_.getDoubleTy());
}

void Translator::leave(llvm::Value* target, llvm::Value* frame, Bits a0, Bits a1, Bits a2) {
  llvm::Value* none = llvm::PoisonValue::get(b_.getInt64Ty());
  llvm::CallInst* jump =
      b_.CreateCall(code_type_, target, {frame, t_, a0 ? a0 : none, a1 ? a1 : none, a2 ? a2 : none});
  jump->setCallingConv(llvm::CallingConv::PreserveNone);
  jump->setTailCallKind(llvm::CallInst::TCK_MustTail);
  b_.CreateRetVoid();
  over_ = true;
}

// To the machine, with the frame of the piece that `at` lies in.
void Translator::leave_for(interp::Entry entry, u32 at, Bits a0, Bits a1, Bits a2) {
  leave(pointer(reinterpret_cast<const void*>(entry)), frame_at(at), a0, a1, a2);
}

// The frame of the piece that `at` lies in.
llvm::Value* Translator::frame_at(u32 at) {
  u32 base = program_.piece(at).base;
  if (base == 0) return f_;
  return field(f_, kFrameRegisters + 8 * static_cast<i64>(base - rt::kHeaderWords));
}

// The outermost frame, given that of the piece that `at` lies in.
llvm::Value* Translator::outermost(llvm::Value* frame, u32 at) {
  u32 base = program_.piece(at).base;
  if (base == 0) return frame;
  return field(frame, -(kFrameRegisters + 8 * static_cast<i64>(base - rt::kHeaderWords)));
}

// Writes what a call would have written of the frames that were inlined around `at`. `certainly`: even where
// nothing that LLVM knows of reads it.
void Translator::finish_frames(u32 at, bool certainly) {
  i64 depth = 0;
  for (u32 p = at; program_.piece(p).caller >= 0; p = program_.piece(p).call) ++depth;
  if (depth == 0) return;
  llvm::Value* info = b_.CreateAnd(invariant(load(f_, kFrameInfo, "header")), bits(~u64{0xffffffff}));
  auto put = [&](llvm::Value* value, llvm::Value* frame, i64 offset) {
    tagged(b_.CreateAlignedStore(value, field(frame, offset), llvm::Align(1), certainly), "header");
  };
  for (u32 p = at; depth > 0; --depth) {
    const Program::Piece& piece = program_.piece(p);
    llvm::Value* frame = frame_at(p);
    p = piece.call;
    interp::Finish finish = finish_of(program_.decode(p));
    interp::Entry then =
        piece.constructs ? machine_.cont_construct : machine_.finishers[static_cast<u8>(finish)];
    put(pointer(reinterpret_cast<const void*>(then)), frame, kFrameRet);
    put(frame_at(p), frame, kFramePrev);
    put(constant(rt::Value::from(piece.function)), frame, kFrameFunction);
    put(b_.CreateAdd(info, bits(static_cast<u64>(depth) << 32)), frame, kFrameInfo);
    put(bits(program_.address(p)), frame_at(p), kFramePc);
  }
}

// Behind a call, when inlined frames may have got an object: then they end as the interpreter ends them.
void Translator::check_frames(u32 at, interp::Finish finish) {
  for (u32 p = at; program_.piece(p).caller >= 0; p = program_.piece(p).call) {
    llvm::BasicBlock *watched = new_block("watched"), *unknown = new_block("unknown");
    llvm::Value* then = load_pointer(frame_at(p), kFrameRet, "header");
    likely(b_.CreateICmpNE(then, pointer(reinterpret_cast<const void*>(machine_.cont_watched))), unknown,
           watched);
    at_end(watched);
    leave(pointer(reinterpret_cast<const void*>(machine_.finishers[static_cast<u8>(finish)])),
          into_->getArg(0), into_->getArg(2));
    over_ = false;
    at_end(unknown);
  }
}

// The function that runs at `at`.
llvm::Value* Translator::function_at(u32 at) {
  const Program::Piece& piece = program_.piece(at);
  if (piece.caller < 0) return object_of(invariant(load(f_, kFrameFunction, "header")));
  constant(rt::Value::from(piece.function));
  return pointer(piece.function);
}

llvm::Value* Translator::constant(rt::Value v) {
  if (v.is_object()) constants_.push_back(v);
  return bits(v.bits());
}

}  // namespace lisle::jit

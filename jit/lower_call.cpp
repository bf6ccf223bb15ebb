// Calls and returns. A function that is expected is started in place, its frame being the window; a leaf of
// the machine is called like any C++ function; every other callable is the machine's to start.
#include "jit/translate.h"

#include <algorithm>

namespace lisle::jit {

void Translator::lower_call(const Decoded& i) {
  const Callee* known = program_.callee(i.at);
  Callee callee = known ? *known : Callee{};
  if (callee.type) return construct(i, callee);
  if (callee.piece >= 0) return inline_call(i, callee);
  if (callee.intrinsic != rt::Intrinsic::kNone) return call_intrinsic(i, callee);
  if (callee.leaf)
    return call_known_native(i, callee) || call_range(i, callee) ? void() : call_leaf(i, callee);
  if (!callee.others.empty()) return call_one_of(i, callee);
  if (!callee.function) return call_some_function(i);
  llvm::BasicBlock* other = new_block("other");
  branch_off(is_called(i, callee), other);
  State before = state_;
  call_function(i, callee.window, callee);
  at_end(other);
  state_ = before;
  over_ = false;
  call_some_function(i);
}

// Does the call find the callable that was expected, where that was expected?
llvm::Value* Translator::is_called(const Decoded& i, const Callee& callee) {
  llvm::Value* same = b_.CreateICmpEQ(read(callee.window + 2u), constant(callee.value));
  if (callee.window == i.b) return same;
  return b_.CreateAnd(same, b_.CreateICmpEQ(read(i.b + 2u), bits(kUnbound)));
}

// Calls what receivers of several shapes have as the method.
void Translator::call_one_of(const Decoded& i, const Callee& callee) {
  Bits callable = read(i.b + 2u);
  for (const Callee& one : callee.others) {
    llvm::BasicBlock* other = new_block("other");
    branch_off(b_.CreateICmpEQ(callable, constant(one.value)), other);
    State before = state_;
    call_function(i, i.b, one);
    over_ = false;
    at_end(other);
    state_ = before;
  }
  call_generally(i);
}

void Translator::call_leaf(const Decoded& i, const Callee& callee) {
  if (!callee.value.is_unbound()) guard(is_called(i, callee));
  flush(state_, i.at);
  forget_places();
  llvm::Value* window = field(f_, kFrameRegisters + 8 * callee.window);
  Bits result = call(machine_.leaf_result, {frame_at(i.at), t_, b_.CreatePtrToInt(window, b_.getInt64Ty()),
                                            bits(callee.nargs), bits(program_.address(i.at))});
  guard(b_.CreateICmpNE(result, bits(interp::kNotLeaf)));
  leave_unless_value(result, interp::Finish::as_store, i.at);
  program_.each_write(i, [&](u32 r) { forget(r); });
  write(i.a, result);
}

// What becomes of the value of an instruction that waits for code of the program.
interp::Finish Translator::finish_of(const Decoded& i) const {
  if (interp::is_operator(i.op)) return interp::Finish::as_binary;
  const interp::Asked& asked = machine_.asked[static_cast<u8>(i.op)];
  return asked.ask ? *asked.finish : interp::Finish::as_store;
}

llvm::Value* Translator::interpreted(interp::Finish finish) {
  return pointer(reinterpret_cast<const void*>(machine_.finishers[static_cast<u8>(finish)]));
}

// The region behind an instruction that is known to run code of the program; null for others, and where the
// interpreter goes on.
llvm::Value* Translator::continuation_of_special(const Decoded& i) {
  if (!program_.runs_program(i)) return nullptr;
  switch (finish_of(i)) {
    case interp::Finish::as_unpack:
    case interp::Finish::as_group_match:
      return nullptr;
    default:
      return continuation(i.at);
  }
}

// The instruction is done by a method of the program's, of an object of `kind` in register `receiver`: the
// machine starts it. False where it has to be asked for all the same: where the object may be another, and
// where nothing was done.
bool Translator::call_special(const Decoded& i, interp::Entry start, u32 receiver, rt::Kind kind) {
  Slot s = slot(receiver);
  llvm::Value* then = s.known == Known::kAny ? continuation_of_special(i) : nullptr;
  if (!then) return false;
  bool certain = trusted(i.at);
  llvm::BasicBlock* other = certain ? failed() : new_block("other");
  branch_off(has_tag(s.value, kTagObject), other);
  llvm::Value* of_object = load(object_of(s.value), kKind, "kind", b_.getInt8Ty());
  branch_off(b_.CreateICmpEQ(of_object, b_.getInt8(static_cast<u8>(kind))), other);
  State before = state_;
  flush(state_, i.at);
  leave_for(start, i.at, bits(program_.address(i.at)), b_.CreatePtrToInt(then, b_.getInt64Ty()));
  if (certain) return true;
  over_ = false;
  at_end(other);
  state_ = before;
  return false;
}

// The callee's code in place of the call. Its frame is made when somebody may look at it.
void Translator::inline_call(const Decoded& i, const Callee& callee) {
  const rt::Code& code = *callee.function->code;
  guard(is_called(i, callee));
  llvm::BasicBlock* general = new_block("no_room");
  check_room(i.at, callee.window, bits(code.frame_bytes), general);
  State before = state_;
  llvm::BasicBlock* quick = b_.GetInsertBlock();
  at_end(general);
  leave_before(i.at);
  over_ = false;
  at_end(quick);
  state_ = before;
  enter_inlined(i, callee, nullptr);
}

// An operator gives way to the method of a right operand whose class is another one of the program: leaves
// unless that is a builtin value without an object, or of the left one's shape.
void Translator::guard_right_operand(const Decoded& i, u32 shape) {
  Slot right = slot(i.c);
  if (right.known != Known::kAny) return;
  llvm::BasicBlock *object = new_block("object"), *good = new_block("operand");
  b_.CreateCondBr(has_tag(right.value, kTagObject), object, good);
  at_end(object);
  guard(b_.CreateICmpEQ(load(object_of(right.value), kShape, "shape", b_.getInt32Ty()), b_.getInt32(shape)));
  b_.CreateBr(good);
  at_end(good);
}

// The method that does the operation, in place of it; its frame lies above the caller's.
void Translator::inline_special(const Decoded& i, const Callee& callee) {
  u32 receiver = i.op == Op::SetItem ? i.a : i.b;
  Slot object = slot(receiver);
  if (object.known != Known::kAny) return leave_before(i.at);
  object_with(object.value, callee.key, failed());
  if (interp::is_operator(i.op)) guard_right_operand(i, static_cast<u32>(callee.key));
  llvm::BasicBlock* general = new_block("no_room");
  check_room(i.at, callee.window, bits(callee.function->code->frame_bytes), general);
  State before = state_;
  llvm::BasicBlock* quick = b_.GetInsertBlock();
  at_end(general);
  leave_before(i.at);
  over_ = false;
  at_end(quick);
  state_ = before;
  std::vector<u32> operands{receiver};
  if (callee.nargs > 1) operands.push_back(i.op == Op::SetItem ? i.b : i.c);
  if (callee.nargs > 2) operands.push_back(i.c);
  std::vector<Slot> arguments;
  for (u32 r : operands) arguments.push_back(slot(r));
  u32 base = callee.window + rt::kHeaderWords;
  for (u32 k = 0; k < callee.nargs; ++k) write(base + k, arguments[k].value, arguments[k].known);
  enter_inlined(i, callee, nullptr);
}

// The values of the callee's parameters, where the arguments are not in their places. Leaves if its defaults
// have been replaced.
std::vector<Slot> Translator::bound_arguments(const Callee& callee, Bits instance) {
  std::vector<Slot> values;
  rt::Tuple* defaults = callee.function->defaults;
  bool checked = false;
  for (u32 p = 0; p < callee.places.size(); ++p) {
    int place = callee.places[p];
    if (place == Callee::kInstance) {
      values.push_back({instance, Known::kAny, true});
    } else if (place == Callee::kDefault) {
      if (!checked) {
        constant(rt::Value::from(callee.function));
        constant(rt::Value::from(defaults));
        llvm::Value* now = load_pointer(pointer(callee.function), kFunctionDefaults, "function");
        guard(b_.CreateICmpEQ(now, pointer(defaults)));
        checked = true;
      }
      rt::Value v = defaults->items[p + defaults->size - callee.nargs];
      values.push_back({constant(v), v.is_int() ? Known::kInt : Known::kAny, true});
    } else {
      values.push_back(slot(callee.window + rt::kHeaderWords + static_cast<u32>(place)));
    }
  }
  return values;
}

// The callable is the one that was expected; `instance` is the first argument of an __init__.
void Translator::enter_inlined(const Decoded& i, const Callee& callee, Bits instance) {
  u32 first = program_.start_of(callee.piece), base = callee.window + rt::kHeaderWords;
  std::vector<Slot> values = bound_arguments(callee, instance);
  for (u32 p = 0; p < values.size(); ++p) write(base + p, values[p].value, values[p].known);
  for (u32 r = callee.window - rt::kWindowPad; r < program_.registers(); ++r)
    if (r < base || r >= base + callee.nargs) forget(r);
  if (instance) write(program_.piece(first).instance(), instance);
  at_ = first;
  set_exit(first, state_);
  tick(first);
  jump_to(first);
}

// The value goes to whom the call was inlined for.
void Translator::return_inlined(const Decoded& i, const Decoded& call) {
  Slot value = slot(i.a);
  const Program::Piece& piece = program_.piece(i.at);
  u32 base = piece.base;
  if (piece.constructs) {
    guard(value.known == Known::kAny ? b_.CreateICmpEQ(value.value, bits(kNone)) : b_.getFalse());
    value = slot(piece.instance());
  }
  for (u32 r = base - rt::kHeaderWords - rt::kWindowPad; r < program_.registers(); ++r) forget(r);
  interp::Finish finish = finish_of(call);
  if (finish == interp::Finish::as_binary && value.known == Known::kAny)
    take(call, finish, value.value);
  else if (finish != interp::Finish::as_discard)
    write(call.a, value.value, value.known);
  jump_to(call.next);
}

// Goes `otherwise` unless the segment has room for the callee's frame and the program may go as deep.
llvm::Value* Translator::check_room(u32 at, u32 window, Bits frame_bytes, llvm::BasicBlock* otherwise) {
  u32 depth = 1;
  for (u32 p = at; program_.piece(p).caller >= 0; p = program_.piece(p).call) ++depth;
  llvm::Value* frame = field(f_, kFrameRegisters + 8 * static_cast<i64>(window));
  llvm::Value* end = b_.CreateAdd(b_.CreatePtrToInt(frame, b_.getInt64Ty()), frame_bytes);
  branch_off(b_.CreateICmpULE(end, load(t_, kThreadLimit, "limit")), otherwise);
  llvm::Value* own = invariant(load(f_, kFrameDepth, "header", b_.getInt32Ty()));
  llvm::Value* deeper = b_.CreateAdd(own, b_.getInt32(depth));
  llvm::Value* limit = load(t_, kThreadDepthLimit, "limit", b_.getInt32Ty());
  branch_off(b_.CreateICmpULE(deeper, limit), otherwise);
  return b_.CreateShl(b_.CreateZExt(deeper, b_.getInt64Ty()), 32);
}

llvm::Value* Translator::new_instance(const Decoded& i, const Callee& callee) {
  guard(is_called(i, callee));
  llvm::Value* version = load(pointer(callee.type), kTypeVersion, "type", b_.getInt32Ty());
  guard(b_.CreateICmpEQ(version, b_.getInt32(callee.type_version)));
  llvm::BasicBlock *full = new_block("full"), *done = new_block("made");
  llvm::Value* quick = allocate_instance(*callee.type, full);
  llvm::BasicBlock* quick_end = b_.GetInsertBlock();
  b_.CreateBr(done);
  at_end(full);
  // A collection walks the frames, see box_rarely().
  finish_frames(i.at, true);
  llvm::CallInst* made =
      call(machine_.make_instance, {frame_at(i.at), t_, pointer(callee.type), bits(program_.address(i.at))});
  made->setOnlyAccessesInaccessibleMemory();
  b_.CreateBr(done);
  at_end(done);
  llvm::PHINode* instance = b_.CreatePHI(b_.getInt64Ty(), 2);
  instance->addIncoming(quick, quick_end);
  instance->addIncoming(made, full);
  return instance;
}

// A new instance; goes `otherwise` where the machine has to make it.
llvm::Value* Translator::allocate_instance(rt::Type& type, llvm::BasicBlock* otherwise) {
  u64 slots = type.instance_shape->inline_slots;
  bool announces = !type.special(rt::Special::Del).is_unbound();
  if (announces) branch_off(b_.getFalse(), otherwise);
  llvm::Value* object = allocate(sizeof(rt::Instance) + slots * sizeof(rt::Value), type.instance_shape->id,
                                 rt::Kind::Instance, otherwise);
  store(b_.getInt16(static_cast<u16>(slots)), object, kAux, "aux");
  for (u32 slot = 0; slot < type.slot_total; ++slot)
    store(bits(kUnbound), object, kInstanceSlots + 8 * i64{slot}, "slot");
  return value_of(object);
}

// Calls a class that makes plain instances.
void Translator::construct(const Decoded& i, const Callee& callee) {
  if (!callee.function) {
    Bits instance = new_instance(i, callee);
    program_.each_write(i, [&](u32 r) { forget(r); });
    return write(i.a, instance);
  }
  if (callee.piece < 0) {
    if (!continuation(i.at)) return leave_before(i.at);
    return call_function(i, callee.window, callee, new_instance(i, callee));
  }
  const rt::Code& code = *callee.function->code;
  llvm::BasicBlock* general = new_block("no_room");
  check_room(i.at, callee.window, bits(code.frame_bytes), general);
  llvm::BasicBlock* quick = b_.GetInsertBlock();
  State before = state_;
  at_end(general);
  leave_before(i.at);
  over_ = false;
  at_end(quick);
  state_ = before;
  enter_inlined(i, callee, new_instance(i, callee));
}

// Starts the callee's function, as the interpreter's call does; with `instance` it is the __init__ of a
// class.
void Translator::call_function(const Decoded& i, u32 window, const Callee& callee, Bits instance) {
  llvm::Value* then = continuation(i.at);
  if (!then) return leave_before(i.at);
  const rt::Code& code = *callee.function->code;
  std::vector<llvm::Value*> arguments;
  for (const Slot& argument : bound_arguments(callee, instance)) arguments.push_back(boxed(argument));
  State before = state_;
  llvm::Value* ticks_left = b_.CreateSub(ticks(), bits(1));
  llvm::BasicBlock* general = new_block("general");
  llvm::Value* depth = check_room(i.at, window, bits(code.frame_bytes), general);
  llvm::BasicBlock* quick = b_.GetInsertBlock();
  at_end(general);
  flush(state_, i.at);
  leave_for(machine_.compiled_call, i.at, bits(program_.address(i.at)),
            b_.CreatePtrToInt(then, b_.getInt64Ty()));
  at_end(quick);
  state_ = before;
  state_[ticks_slot()] = {ticks_left, Known::kInt, true};
  flush(state_, i.at);
  llvm::Value* w = field(f_, kFrameRegisters + 8 * window);
  auto put = [&](llvm::Value* value, i64 word) { store(value, w, 8 * word, "frame"); };
  for (u32 k = 0; k < arguments.size(); ++k) put(arguments[k], rt::kHeaderWords + k);
  if (instance) {
    put(then, -2);
    put(instance, -1);
    put(constant(rt::Value::from(callee.function)), 2);
    then = pointer(reinterpret_cast<const void*>(machine_.cont_construct_compiled));
  }
  store(then, w, kFrameRet, "header");
  constant(rt::Value::from(callee.function->code));
  start_code(i, w, depth, pointer(callee.function->code), bits(reinterpret_cast<u64>(code.instructions)),
             bits(reinterpret_cast<u64>(code.constants)));
  state_ = before;
}

// Starts code in the frame at `w`, whose registers and continuation are in place.
void Translator::start_code(const Decoded& i, llvm::Value* w, llvm::Value* depth, llvm::Value* code, Bits pc,
                            Bits k) {
  llvm::Value* f = frame_at(i.at);
  store(bits(program_.address(i.at)), f, kFramePc, "header");
  store(f, w, kFramePrev, "header");
  store(depth, w, kFrameInfo, "header");
  llvm::BasicBlock *due = new_block("due"), *start = new_block("start");
  likely(b_.CreateICmpSGE(ticks(), bits(0)), start, due);
  at_end(due);
  leave(pointer(reinterpret_cast<const void*>(machine_.safepoint)), w, pc, k);
  at_end(start);
  llvm::Value* entry = load_pointer(code, kCodeEntry, "entry");
  if (llvm::Function* self = code == pointer(&program_.root().code()) ? function_start() : nullptr) {
    // Until there is newer code the function can be jumped to, which is quicker than through a pointer.
    llvm::BasicBlock *direct = new_block("itself"), *newer = new_block("newer");
    likely(b_.CreateICmpEQ(entry, self), direct, newer);
    at_end(direct);
    leave(self, w);
    at_end(newer);
  }
  leave(entry, w, pc, k, load(b_.CreateIntToPtr(pc, b_.getPtrTy()), 0, "word"));
}

// Calls a function of the program that is another one each time, as closures are; everything else is the
// machine's to start.
void Translator::call_some_function(const Decoded& i) {
  bool method = i.op == Op::CallMethod;
  bool owns_frame = program_.piece(i.at).code().flags & rt::kCodeOwnsFrame;
  llvm::Value* then = continuation(i.at);
  if (!then || owns_frame || (!method && i.op != Op::Call)) return call_generally(i);
  auto* binds = method ? llvm::dyn_cast<llvm::ConstantInt>(read(i.b + 2u)) : nullptr;
  bool plain = binds && binds->getZExtValue() == kUnbound;
  // A method that binds its receiver has it as the first argument.
  u32 window = i.b + u32{plain}, nargs = i.c + u32{method && !plain};
  llvm::BasicBlock* general = new_block("general");
  Bits callable = read(window + 2u);
  branch_off(has_tag(callable, kTagObject), general);
  llvm::Value* function = object_of(callable);
  llvm::Value* kind = load(function, kKind, "kind", b_.getInt8Ty());
  branch_off(b_.CreateICmpEQ(kind, b_.getInt8(static_cast<u8>(rt::Kind::Function))), general);
  llvm::Value* code = load_pointer(function, kFunctionCode, "function");
  Bits takes = load(code, kCodeSimpleArgs, "code", b_.getInt32Ty());
  branch_off(b_.CreateICmpEQ(takes, b_.getInt32(nargs)), general);
  llvm::Value* depth = check_room(i.at, window, load(code, kCodeFrameBytes, "code"), general);
  State before = state_;
  state_[ticks_slot()] = {b_.CreateSub(ticks(), bits(1)), Known::kInt, true};
  flush(state_, i.at);
  llvm::Value* w = field(f_, kFrameRegisters + 8 * static_cast<i64>(window));
  store(then, w, kFrameRet, "header");
  start_code(i, w, depth, code, load(code, kCodeInstructions, "code"), load(code, kCodeConstants, "code"));
  at_end(general);
  state_ = before;
  over_ = false;
  call_generally(i);
}

// Sending, receiving and giving way: the machine switches tasklets and comes back behind the call.
void Translator::call_intrinsic(const Decoded& i, const Callee& callee) {
  llvm::Value* then = continuation(i.at);
  if (!then) return leave_before(i.at);
  guard(is_called(i, callee));
  flush(state_, i.at);
  store(bits(program_.address(i.at)), frame_at(i.at), kFramePc, "header");
  llvm::Value* window = field(f_, kFrameRegisters + 8 * callee.window);
  leave_for(machine_.intrinsics[static_cast<size_t>(callee.intrinsic)], i.at,
            b_.CreatePtrToInt(window, b_.getInt64Ty()), bits(callee.nargs),
            b_.CreatePtrToInt(then, b_.getInt64Ty()));
}

void Translator::call_generally(const Decoded& i) {
  llvm::Value* then = continuation(i.at);
  if (!then) return leave_before(i.at);
  flush(state_, i.at);
  leave_for(machine_.compiled_call, i.at, bits(program_.address(i.at)),
            b_.CreatePtrToInt(then, b_.getInt64Ty()));
}

void Translator::lower_return(const Decoded& i) {
  if (const Decoded* call = program_.return_goes_to(i.at)) return return_inlined(i, *call);
  Bits value = read(i.a);
  if (i.op == Op::ReturnGenerator) {
    flush(state_, i.at);
    store(bits(program_.address(i.at)), f_, kFramePc, "header");
    return leave_for(machine_.generator_ends, i.at, value);
  }
  for (u32 s = program_.registers(); s < state_.size(); ++s)
    if (state_[s].dirty) store_place(state_, s);
  llvm::Value* then = load_pointer(f_, kFrameRet, "header");
  if (!is_new_) {
    // A frame object keeps the variables. Nobody could ask for one since the call began otherwise.
    llvm::BasicBlock *watched = new_block("watched"), *unknown = new_block("unknown");
    llvm::Value* entry = pointer(reinterpret_cast<const void*>(machine_.cont_watched));
    likely(b_.CreateICmpNE(then, entry), unknown, watched);
    at_end(watched);
    State before = state_;
    flush(state_, i.at);
    store(bits(program_.address(i.at)), f_, kFramePc, "header");
    leave(entry, f_, value);
    state_ = before;
    over_ = false;
    at_end(unknown);
  }
  leave(then, f_, value);
}

// The generator waits; whoever resumes it finds the region behind by its number.
void Translator::lower_yield(const Decoded& i) {
  Region behind{i.next, false};
  if (!region_of(behind)) return leave_before(i.at);
  u64 pc = program_.address(i.at);
  auto known = std::find_if(resumptions_.begin(), resumptions_.end(), [&](auto& r) { return r.pc == pc; });
  if (known == resumptions_.end())
    known = resumptions_.insert(known, ResumedRegion{next_resumption_++, pc, behind});
  flush(state_, i.at);
  leave_for(i.op == Op::Yield ? machine_.yield_item : machine_.yield_delegated, i.at, bits(pc),
            bits(u64{known->number + 1} << 2));
}

}  // namespace lisle::jit

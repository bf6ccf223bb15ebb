// Calls and returns. A function that is expected is started in place, its frame being the window; a leaf of
// the machine is called like any C++ function; every other callable is the machine's to start.
#include "jit/translate.h"
#include "runtime/protocols/bind.h"

namespace lisle::jit {

// Goes by the last instruction before the call that wrote its callable, and what the caches saw there.
Callee Translator::expected_callee(const Decoded& call) const {
  Callee callee;
  callee.window = call.b;
  callee.nargs = call.c + (call.op == Op::CallMethod);
  u32 wanted = call.b + 2u;
  std::map<u32, rt::Value> globals;  // what registers hold that were last written by LoadGlobal
  for (u32 at = 0; at < call.at;) {
    Decoded i = unit_.decode(at);
    bool method = i.op == Op::GetMethod && i.a == call.b;
    rt::Value receiver = method && globals.count(i.b) ? globals[i.b] : rt::Value::unbound();
    each_write(unit_.code(), i, [&](u32 r) {
      if (r == wanted) callee.value = rt::Value::unbound(), callee.leaf = false;
      globals.erase(r);
    });
    if (i.op == Op::LoadGlobal) globals[i.a] = expected_global(at);
    if (i.op == Op::LoadGlobal && i.a == wanted) {
      callee.value = expected_global(at);
    } else if (method && i.feedback == interp::kMethod) {
      callee.value = rt::Value::from_bits(unit_.cache(at)[1]);
    }
    // What a module holds is likely to be a leaf of the machine; such a window lies one register higher.
    if (method) callee.leaf = i.feedback == interp::kModule && trusted(at);
    if (callee.leaf && method) callee.value = expected_of_module(receiver, unit_.cache(at)[0]);
    at = i.next;
  }
  if (!trusted(call.at)) return callee.leaf = false, callee;
  if (callee.leaf) {
    ++callee.window, --callee.nargs;
    if (!rt::is_kind(callee.value, rt::Kind::Native)) callee.value = rt::Value::unbound();
    if (callee.value.is_unbound()) return callee;
  }
  if (auto* function = rt::as<rt::Function>(callee.value);
      function && function->code->simple_args == callee.nargs)
    callee.function = function;
  auto* native = rt::as<rt::Native>(callee.value);
  if (!native || !native->self.is_unbound()) return callee;
  const rt::NativeEntry& entry = rt_.natives[native->native_id];
  callee.intrinsic = entry.intrinsic;
  callee.leaf =
      entry.registers == 0 && !(entry.flags & rt::kSwitches) && rt::binds_quickly(entry, callee.nargs);
  return callee;
}

// What the name of a GetMethod with cache key `key` leads to when `module` is its receiver.
rt::Value Translator::expected_of_module(rt::Value module, u64 key) const {
  auto* in = rt::as<rt::Module>(module);
  if (!in || in->dict->version != static_cast<u32>(key)) return rt::Value::unbound();
  return in->dict->value_at(key >> 32);
}

void Translator::lower_call(const Decoded& i) {
  auto found = callees_.find(i.at);
  Callee callee = found == callees_.end() ? Callee{} : found->second;
  if (callee.intrinsic != rt::Intrinsic::kNone) return call_intrinsic(i, callee);
  if (callee.leaf) return call_leaf(i, callee);
  if (!callee.function) return call_generally(i);
  Bits callable = read(i.b + 2u);
  llvm::BasicBlock* other = new_block("other");
  branch_off(b_.CreateICmpEQ(callable, constant(callee.value)), other);
  State before = state_;
  call_function(i, i.b, *callee.function);
  at_end(other);
  state_ = before;
  call_generally(i);
}

void Translator::call_leaf(const Decoded& i, const Callee& callee) {
  if (!callee.value.is_unbound()) guard(b_.CreateICmpEQ(read(callee.window + 2u), constant(callee.value)));
  flush(state_, i.at);
  for (u32 s = unit_.registers(); s < state_.size(); ++s) state_[s] = Slot{};
  llvm::Value* window = field(f_, kFrameRegisters + 8 * callee.window);
  Bits result = call(machine_.leaf_result, {f_, t_, b_.CreatePtrToInt(window, b_.getInt64Ty()),
                                            bits(callee.nargs), bits(unit_.address(i.at))});
  guard(b_.CreateICmpNE(result, bits(interp::kNotLeaf)));
  leave_unless_value(result, interp::Finish::as_store, i.at);
  each_write(unit_.code(), i, [&](u32 r) { forget(r); });
  write(i.a, result);
}

// Starts `callee`, known to be the callable, as the interpreter's call does.
void Translator::call_function(const Decoded& i, u32 window, rt::Function& callee) {
  llvm::Function* then = continuation(i.at);
  if (!then) return leave_before(i.at);
  const rt::Code& code = *callee.code;
  State before = state_;
  flush(state_, i.at);
  llvm::Value* w = field(f_, kFrameRegisters + 8 * window);
  llvm::BasicBlock* general = new_block("general");
  llvm::Value* end = b_.CreatePtrToInt(field(w, static_cast<i64>(code.frame_bytes)), b_.getInt64Ty());
  branch_off(b_.CreateICmpULE(end, load(t_, kThreadLimit, "limit")), general);
  llvm::Value* info = load(f_, kFrameInfo, "header");
  llvm::Value* depth = b_.CreateAdd(b_.CreateAnd(info, bits(~u64{0xffffffff})), bits(u64{1} << 32));
  llvm::Value* limit = b_.CreateZExt(load(t_, kThreadDepthLimit, "limit", b_.getInt32Ty()), b_.getInt64Ty());
  branch_off(b_.CreateICmpULE(b_.CreateLShr(depth, 32), limit), general);
  store(bits(unit_.address(i.at)), f_, kFramePc, "header");
  store(then, w, kFrameRet, "header");
  store(f_, w, kFramePrev, "header");
  store(depth, w, kFrameInfo, "header");
  llvm::Value* ticks = b_.CreateSub(load(t_, kThreadTicks, "ticks"), bits(1));
  store(ticks, t_, kThreadTicks, "ticks");
  llvm::BasicBlock *due = new_block("due"), *start = new_block("start");
  likely(b_.CreateICmpSGE(ticks, bits(0)), start, due);
  Bits pc = bits(reinterpret_cast<u64>(code.instructions)), k = bits(reinterpret_cast<u64>(code.constants));
  at_end(due);
  leave(pointer(reinterpret_cast<const void*>(machine_.safepoint)), w, pc, k);
  at_end(start);
  if (llvm::Function* self = &code == &unit_.code() ? function_start() : nullptr) {
    leave(self, w);
  } else {
    constant(rt::Value::from(callee.code));
    llvm::Value* entry = load_pointer(pointer(callee.code), kCodeEntry, "entry");
    leave(entry, w, pc, k, load(pointer(code.instructions), 0, "word"));
  }
  at_end(general);
  leave_for(machine_.compiled_call, bits(unit_.address(i.at)), b_.CreatePtrToInt(then, b_.getInt64Ty()));
  state_ = before;
}

// Sending, receiving and giving way: the machine switches tasklets and comes back behind the call.
void Translator::call_intrinsic(const Decoded& i, const Callee& callee) {
  llvm::Function* then = continuation(i.at);
  if (!then) return leave_before(i.at);
  guard(b_.CreateICmpEQ(read(callee.window + 2u), constant(callee.value)));
  flush(state_, i.at);
  store(bits(unit_.address(i.at)), f_, kFramePc, "header");
  llvm::Value* window = field(f_, kFrameRegisters + 8 * callee.window);
  leave_for(machine_.intrinsics[static_cast<size_t>(callee.intrinsic)],
            b_.CreatePtrToInt(window, b_.getInt64Ty()), bits(callee.nargs),
            b_.CreatePtrToInt(then, b_.getInt64Ty()));
}

void Translator::call_generally(const Decoded& i) {
  llvm::Function* then = continuation(i.at);
  if (!then) return leave_before(i.at);
  flush(state_, i.at);
  leave_for(machine_.compiled_call, bits(unit_.address(i.at)), b_.CreatePtrToInt(then, b_.getInt64Ty()));
}

void Translator::lower_return(const Decoded& i) {
  Bits value = read(i.a);
  for (u32 s = unit_.registers(); s < state_.size(); ++s)
    if (state_[s].dirty) store_place(state_, s);
  leave(load_pointer(f_, kFrameRet, "header"), f_, value);
}

}  // namespace lisle::jit

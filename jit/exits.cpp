// Where compiled code is left for the interpreter. Almost every instruction has such an exit and hardly any
// is ever taken, so that most of what LLVM gets would be exits: those that write back the same registers
// share the code for it, and what they write are arguments to it.
#include "jit/translate.h"

#include <algorithm>

namespace lisle::jit {

namespace {

bool same_for_all(const std::vector<llvm::Value*>& values) {
  return std::all_of(values.begin(), values.end(), [&](llvm::Value* v) { return v == values[0]; });
}

}  // namespace

Translator::ExitKey Translator::key_of(const Exit& exit) const {
  ExitKey key{exit.leave, exit.at >> kPlaceBits, {}};
  for (u32 s = 0; s < exit.state.size(); ++s) {
    const Slot& slot = exit.state[s];
    bool place = s >= program_.registers() && s != ticks_slot();
    if (slot.dirty && !place && slot_lives(exit.at, s)) key.dirty.emplace_back(s, slot.known);
  }
  return key;
}

void Translator::emit_exits() {
  std::map<ExitKey, std::vector<const Exit*>> alike;
  for (Exit& exit : exits_) {
    at_end(exit.block);
    // The places of loops are written where their iterators are at hand.
    for (u32 s = program_.registers(); s < ticks_slot(); ++s)
      if (exit.state[s].dirty) store_place(exit.state, s);
    alike[key_of(exit)].push_back(&exit);
  }
  for (auto& [key, exits] : alike) emit_exit(key, exits);
}

void Translator::emit_exit(const ExitKey& key, const std::vector<const Exit*>& exits) {
  u32 at = exits[0]->at;
  llvm::BasicBlock* block = exits[0]->block;
  if (exits.size() > 1) {
    block = new_block("exit");
    for (const Exit* exit : exits) {
      at_end(exit->block);
      b_.CreateBr(block);
    }
  }
  at_end(block);
  auto merged = [&](llvm::Type* type, auto&& value_of) -> llvm::Value* {
    std::vector<llvm::Value*> values;
    for (const Exit* exit : exits) values.push_back(value_of(*exit));
    if (same_for_all(values)) return values[0];
    llvm::PHINode* phi = b_.CreatePHI(type, static_cast<unsigned>(exits.size()));
    for (size_t n = 0; n < exits.size(); ++n) phi->addIncoming(values[n], exits[n]->block);
    return phi;
  };
  Bits pc = merged(b_.getInt64Ty(), [&](const Exit& exit) { return bits(program_.address(exit.at)); });
  State state(exits[0]->state.size());
  for (auto& [s, known] : key.dirty) {
    llvm::Type* type = known == Known::kFloat ? b_.getDoubleTy() : static_cast<llvm::Type*>(b_.getInt64Ty());
    u32 slot = s;
    state[s] = {merged(type, [&](const Exit& exit) { return exit.state[slot].value; }), known, true};
  }
  for (auto& [s, known] : key.dirty)
    if (known == Known::kFloat) state[s] = {box_rarely(state[s].value, at, pc), Known::kAny, true};
  flush(state, at);
  switch (key.leave) {
    case Leave::kInterpret:
      return leave_for(machine_.interpret, at, pc);
    case Leave::kFailed:
      return leave_for(machine_.assumption_failed, at, pc, bits(id_));
    case Leave::kSafepoint:
      return leave_for(machine_.safepoint, at, pc, bits(program_.constants(at)));
  }
}

}  // namespace lisle::jit

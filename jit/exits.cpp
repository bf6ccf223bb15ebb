// Where compiled code is left for the interpreter. Almost every instruction has such an exit and hardly any
// is ever taken, so that most of what LLVM gets would be exits. What they write back differs little from one
// to the next: the values that most of them write are written last, by code they share, as in a tree whose
// root is the jump to the machine.
#include "jit/translate.h"

#include <algorithm>

namespace lisle::jit {

// What is written once all that is further from the root has been.
struct Translator::ExitPath {
  ExitPath* parent;
  WrittenBack what;                   // of all but the root
  u32 ways_in = 0;                    // exits and other paths that lead here
  llvm::BasicBlock* block = nullptr;  // if several do
  llvm::PHINode *pc = nullptr, *entry = nullptr;
};

// Of the exits of one piece.
struct Translator::ExitTree {
  u32 at = 0;  // one of the exits, which says which frames there are
  std::vector<const Exit*> exits;
  std::map<WrittenBack, u32> written;  // by how many exits
  std::map<std::pair<ExitPath*, WrittenBack>, std::unique_ptr<ExitPath>> paths;
  ExitPath root{};

  ExitPath* path_of(std::vector<WrittenBack> all) {
    std::sort(all.begin(), all.end(), [&](const WrittenBack& a, const WrittenBack& b) {
      u32 often = written.at(a), less = written.at(b);
      return often != less ? often > less : a.slot < b.slot;
    });
    ExitPath* path = &root;
    for (const WrittenBack& what : all) {
      std::unique_ptr<ExitPath>& next = paths[{path, what}];
      if (!next) {
        next = std::make_unique<ExitPath>(ExitPath{path, what});
        ++path->ways_in;
      }
      path = next.get();
    }
    ++path->ways_in;
    return path;
  }
};

std::vector<Translator::WrittenBack> Translator::written_back(const Exit& exit) const {
  std::vector<WrittenBack> all;
  for (u32 s = 0; s < exit.state.size(); ++s) {
    const Slot& slot = exit.state[s];
    if (!slot.dirty) continue;
    bool place = s >= program_.registers() && s != ticks_slot();
    // What nobody asks for any more is not written, but for the places of loops.
    if (place || slot_lives(exit.at, s))
      all.push_back({s, slot.known, slot.value, place ? exit.state[iterator_of(s)].value : nullptr});
  }
  return all;
}

void Translator::emit_exits() {
  std::map<u32, ExitTree> trees;  // by piece
  for (const Exit& exit : exits_) {
    ExitTree& tree = trees[exit.at >> kPlaceBits];
    tree.at = exit.at;
    tree.exits.push_back(&exit);
    for (const WrittenBack& what : written_back(exit)) ++tree.written[what];
  }
  for (auto& [piece, tree] : trees) {
    std::vector<ExitPath*> paths, pending;
    for (const Exit* exit : tree.exits) paths.push_back(tree.path_of(written_back(*exit)));
    for (size_t n = 0; n < paths.size(); ++n) {
      at_end(tree.exits[n]->block);
      emit_path(tree, paths[n], destination(*tree.exits[n]), pending);
    }
    while (!pending.empty()) {
      ExitPath* path = pending.back();
      pending.pop_back();
      at_end(path->block);
      Destination to{path->pc, path->entry};
      if (path->parent) {
        emit_written(path->what, tree.at, to.pc);
        emit_path(tree, path->parent, to, pending);
      } else {
        emit_leave(tree, to);
      }
    }
  }
}

Translator::Destination Translator::destination(const Exit& exit) {
  interp::Entry entry = exit.leave == Leave::kFailed      ? machine_.assumption_failed
                        : exit.leave == Leave::kSafepoint ? machine_.safepoint
                                                          : machine_.interpret;
  return {bits(program_.address(exit.at)), pointer(reinterpret_cast<const void*>(entry))};
}

void Translator::emit_written(const WrittenBack& what, u32 at, Bits pc) {
  State one(state_.size());
  bool boxes = what.known == Known::kFloat;
  one[what.slot].value = boxes ? box_rarely(what.value, at, pc) : what.value;
  if (what.iterator) one[iterator_of(what.slot)].value = what.iterator;
  write_back(one, what.slot);
}

// Goes from the current block to the machine, by the blocks of others where they go the same way.
void Translator::emit_path(const ExitTree& tree, ExitPath* path, Destination to,
                           std::vector<ExitPath*>& pending) {
  for (; path->ways_in == 1; path = path->parent) {
    if (!path->parent) return emit_leave(tree, to);
    emit_written(path->what, tree.at, to.pc);
  }
  if (!path->block) {
    path->block = new_block("exit");
    path->pc = llvm::PHINode::Create(b_.getInt64Ty(), path->ways_in, "", path->block);
    path->entry = llvm::PHINode::Create(b_.getPtrTy(), path->ways_in, "", path->block);
    pending.push_back(path);
  }
  path->pc->addIncoming(to.pc, b_.GetInsertBlock());
  path->entry->addIncoming(to.entry, b_.GetInsertBlock());
  b_.CreateBr(path->block);
}

void Translator::emit_leave(const ExitTree& tree, Destination to) {
  finish_frames(tree.at);
  leave(to.entry, frame_at(tree.at), to.pc, bits(program_.constants(tree.at)), bits(id_));
}

}  // namespace lisle::jit

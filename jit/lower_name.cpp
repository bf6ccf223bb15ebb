// Names of modules, and global names that lie elsewhere now and then: the place is what the interpreter's
// cache says when the code runs. What is where it was when the code was compiled is loaded by
// lower_load_global.
#include "jit/translate.h"

namespace lisle::jit {

namespace {

// The cache words, see ops_name.cpp: [globals version | entry << 32] [builtins version | entry << 32].
constexpr u32 kInBuiltins = 0xffffffff;
constexpr i64 kCacheOffset = 8;

}  // namespace

// Checks that word `word` of the cache is right about `dict`; the number of the entry.
llvm::Value* Translator::cached_entry(const Decoded& i, u32 word, llvm::Value* dict,
                                      llvm::BasicBlock* otherwise) {
  llvm::Value* instruction = pointer(reinterpret_cast<const void*>(program_.address(i.at)));
  llvm::Value* cached = load(instruction, kCacheOffset + 8 * word, "cache");
  branch_off(b_.CreateICmpNE(cached, bits(0)), otherwise);
  llvm::Value* version = load(dict, kDictVersion, "dict", b_.getInt32Ty());
  branch_off(b_.CreateICmpEQ(b_.CreateTrunc(cached, b_.getInt32Ty()), version), otherwise);
  return b_.CreateLShr(cached, 32);
}

// Where `entry` of `dict` has its value; `entries` is the array it lies in.
llvm::Value* Translator::entry_value(llvm::Value* dict, llvm::Value* entry, llvm::Value*& entries) {
  entries = load_pointer(dict, kDictEntries, "dict");
  llvm::Value* word = b_.CreateAdd(b_.CreateMul(entry, bits(rt::Dict::kEntryWords)), bits(2));
  return b_.CreateGEP(b_.getInt64Ty(), field(entries, kArrayItems), word);
}

void Translator::lower_name(const Decoded& i) {
  bool stores = i.op == Op::StoreName || i.op == Op::StoreGlobal;
  bool in_namespace = i.op == Op::LoadName || i.op == Op::StoreName;
  bool in_builtins = !stores && program_.cache(i.at)[0] >> 32 == kInBuiltins;
  Bits value = stores ? read(i.a) : nullptr, space = in_namespace ? read(0) : nullptr;
  State before = state_;
  llvm::BasicBlock* slow = new_block("slow");
  llvm::Value* function = function_at(i.at);
  llvm::Value* dict = invariant(load_pointer(function, kFunctionGlobals, "function"));
  if (space) {
    Bits globals = b_.CreateAdd(b_.CreatePtrToInt(dict, b_.getInt64Ty()), bits(kTagObject));
    branch_off(b_.CreateICmpEQ(space, globals), slow);
  }
  llvm::Value* entry = cached_entry(i, 0, dict, slow);
  if (!stores) {
    llvm::Value* builtin = b_.CreateICmpEQ(entry, bits(kInBuiltins));
    branch_off(in_builtins ? builtin : b_.CreateNot(builtin), slow);
  }
  if (in_builtins) {
    dict = invariant(load_pointer(function, kFunctionBuiltins, "function"));
    entry = cached_entry(i, 1, dict, slow);
  }
  llvm::Value* entries;
  llvm::Value* place = entry_value(dict, entry, entries);
  if (stores)
    store_value(value, entries, place, 0, "entry");
  else
    write(i.a, load(place, 0, "entry"));
  std::vector<Way> ways{here()};
  ask_instead(slow, before, i, ways);
  join(std::move(ways));
}

}  // namespace lisle::jit

// Constants, locals, closure cells and global names.
#include "jit/translate.h"

namespace lisle::jit {

void Translator::lower_load_constant(const Decoded& i) {
  rt::Value v = i.op == Op::LoadConst ? program_.piece(i.at).code().constants[i.wide]
                : i.op == Op::LoadInt ? rt::Value::from_int(i.wide)
                                      : rt::Value::from_bits(i.b);
  if (v.is_double()) return write(i.a, llvm::ConstantFP::get(b_.getDoubleTy(), v.as_double()), Known::kFloat);
  write(i.a, bits(v.bits()), v.is_int() ? Known::kInt : v.is_bool() ? Known::kBool : Known::kAny);
}

void Translator::lower_check_local(const Decoded& i) {
  Slot& s = slot(i.a);
  if (s.known != Known::kAny) return;
  llvm::BasicBlock* slow = new_block("unbound");
  llvm::BasicBlock* good = new_block("bound");
  likely(b_.CreateICmpNE(s.value, bits(kUnbound)), good, slow);
  State before = state_;
  at_end(slow);
  leave_before(i.at);
  over_ = false;
  at_end(good);
  state_ = before;
}

// The closure of the running function, which never changes.
llvm::Value* Translator::free_cell(u32 at, u32 index) {
  llvm::Value* function = function_at(at);
  llvm::Value* closure = invariant(load_pointer(function, kFunctionClosure, "function"));
  return invariant(load(closure, kTupleItems + 8 * index, "closure"));
}

// An empty cell is the interpreter's to complain about.
void Translator::lower_cells(const Decoded& i) {
  Bits cell = i.op == Op::LoadCell ? read(i.b) : free_cell(i.at, i.b);
  if (i.op == Op::FreeCell) return write(i.a, cell);
  Bits content = load(object_of(cell), kCellContent, "cell");
  llvm::BasicBlock *empty = new_block("empty"), *good = new_block("full");
  likely(b_.CreateICmpNE(content, bits(kUnbound)), good, empty);
  State before = state_;
  at_end(empty);
  leave_before(i.at);
  over_ = false;
  at_end(good);
  state_ = before;
  write(i.a, content);
}

void Translator::lower_store_cell(const Decoded& i) {
  Bits value = read(i.op == Op::StoreCell ? i.b : i.a);
  llvm::Value* cell = object_of(i.op == Op::StoreCell ? read(i.a) : free_cell(i.at, i.b));
  store_value(value, cell, cell, kCellContent, "cell");
}

namespace {

// The cache words of LoadGlobal, see ops_name.cpp: [globals version | entry << 32] [builtins version |
// entry].
constexpr u32 kInBuiltins = 0xffffffff;

}  // namespace

// While the dict has the version that the cache saw, the value lies where it lay.
void Translator::lower_load_global(const Decoded& i) {
  if (program_.expected_global(i.at).is_unbound() || !trusted(i.at)) return lower_name(i);
  u64 first = program_.cache(i.at)[0], second = program_.cache(i.at)[1];
  const Program::Piece& piece = program_.piece(i.at);
  rt::Dict* dict = piece.function->globals;
  constant(rt::Value::from(dict));
  if (piece.caller < 0) {
    llvm::Value* globals = invariant(load_pointer(function_at(i.at), kFunctionGlobals, "function"));
    guard(b_.CreateICmpEQ(globals, pointer(dict)));
  }
  auto check = [&](rt::Dict* in, u32 version) {
    llvm::Value* now = load(pointer(in), kDictVersion, "dict", b_.getInt32Ty());
    guard(b_.CreateICmpEQ(now, b_.getInt32(version)));
  };
  check(dict, static_cast<u32>(first));
  u64 entry = first >> 32;
  if (entry == kInBuiltins) {
    dict = piece.function->builtins;
    constant(rt::Value::from(dict));
    check(dict, static_cast<u32>(second));
    entry = second >> 32;
  }
  constant(rt::Value::from(dict->entries));
  write(i.a, load(pointer(&dict->value_at(entry)), 0, "entry"));
}

}  // namespace lisle::jit

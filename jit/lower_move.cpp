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

// While the dicts have the versions that are known, the value lies where it lay.
void Translator::lower_load_global(const Decoded& i) {
  if (program_.expected_global(i.at).is_unbound() || !trusted(i.at)) return lower_name(i);
  const Program::Piece& piece = program_.piece(i.at);
  rt::Dict *globals = piece.function->globals, *builtins = piece.function->builtins;
  const NamePlace& place = program_.name_place(i.at);
  constant(rt::Value::from(globals));
  if (piece.caller < 0) {
    llvm::Value* own = invariant(load_pointer(function_at(i.at), kFunctionGlobals, "function"));
    guard(b_.CreateICmpEQ(own, pointer(globals)));
  }
  auto check = [&](rt::Dict* in, const u32* version) {
    llvm::Value* now = load(pointer(in), kDictVersion, "dict", b_.getInt32Ty());
    guard(b_.CreateICmpEQ(now, load(pointer(version), 0, "name place", b_.getInt32Ty())));
  };
  check(globals, &place.globals_version);
  if (place.builtins_version) {
    constant(rt::Value::from(builtins));
    check(builtins, &place.builtins_version);
  }
  write(i.a, load(load_pointer(pointer(&place.value), 0, "name place"), 0, "entry"));
}

}  // namespace lisle::jit

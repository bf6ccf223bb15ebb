// Reading, binding and deleting names, wherever they live.
#include "vm/compiler/generator.h"

namespace lisle::compiler {

Place Generator::place(NameId name) {
  u32 index = u_->place_of.find(name);
  return index == FlatMap::kAbsent ? Place{} : u_->places[index];
}

Reg Generator::local_register(NameId name) {
  Place p = place(name);
  return p.kind == Place::Local ? p.index : kNoReg;
}

void Generator::forbid_debug(NameId name, const ast::Position& at, const char* what) {
  if (name == debug_) fail(at, std::string("cannot ") + what + " __debug__");
}

Reg Generator::bound_local(Reg local) {
  if (!u_->bound.test(local)) {
    emit(Op::CheckLocal, local);
    u_->initialised.set(local);
    u_->bound.set(local);
  }
  return local;
}

Reg Generator::load_name(NameId name, Reg hint) {
  Place p = place(name);
  if (p.kind == Place::Local) {
    Reg local = bound_local(p.index);
    if (p.grows) emit(Op::Settle, local);
    return local;
  }
  Reg d = result(hint);
  switch (p.kind) {
    case Place::Cell:
      emit(Op::LoadCell, d, p.index, p.cell_index);
      break;
    case Place::Free:
      emit(Op::LoadFree, d, p.index);
      break;
    case Place::ClassFree:
      emit(Op::LoadClassFree, d, p.index);
      break;
    case Place::Global:
      emit(Op::LoadGlobal, d, name_index(name));
      break;
    default:
      emit(Op::LoadName, d, name_index(name));
      break;
  }
  return d;
}

void Generator::store_name(NameId name, Reg value) {
  Place p = place(name);
  switch (p.kind) {
    case Place::Local:
      move(p.index, value);
      u_->bound.set(p.index);
      return;
    case Place::Cell:
      emit(Op::StoreCell, p.index, value);
      return;
    case Place::Free:
    case Place::ClassFree:
      emit(Op::StoreFree, value, p.index);
      return;
    case Place::Global:
      emit(Op::StoreGlobal, value, name_index(name));
      return;
    case Place::Name:
      emit(Op::StoreName, value, name_index(name));
      return;
  }
}

void Generator::delete_name(NameId name) {
  Place p = place(name);
  switch (p.kind) {
    case Place::Local:
      emit(Op::DeleteLocal, p.index);
      u_->initialised.set(p.index);
      u_->bound.reset(p.index);
      return;
    case Place::Cell:
      emit(Op::DeleteCell, p.index, p.cell_index);
      return;
    case Place::Free:
    case Place::ClassFree:
      emit(Op::DeleteFree, p.index);
      return;
    case Place::Global:
      emit(Op::DeleteGlobal, name_index(name));
      return;
    case Place::Name:
      emit(Op::DeleteName, name_index(name));
      return;
  }
}

}  // namespace lisle::compiler

// Assignment in all its forms: plain, unpacking, augmented, annotated; and del.
#include <algorithm>

#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

namespace {

Op in_place_op(Operator op) {
  switch (op) {
    case Operator::Add:
      return Op::IAdd;
    case Operator::Sub:
      return Op::ISub;
    case Operator::Mult:
      return Op::IMul;
    case Operator::MatMult:
      return Op::IMatMul;
    case Operator::Div:
      return Op::ITrueDiv;
    case Operator::Mod:
      return Op::IMod;
    case Operator::Pow:
      return Op::IPow;
    case Operator::LShift:
      return Op::ILShift;
    case Operator::RShift:
      return Op::IRShift;
    case Operator::BitOr:
      return Op::IOr;
    case Operator::BitXor:
      return Op::IXor;
    case Operator::BitAnd:
      return Op::IAnd;
    case Operator::FloorDiv:
      return Op::IFloorDiv;
  }
  __builtin_unreachable();
}

const Sequence<Expr*>* elements_of(const Expr* e) {
  if (auto* t = ast::as<Tuple>(e)) return &t->elts;
  if (auto* l = ast::as<List>(e)) return &l->elts;
  return nullptr;
}

bool has_star(const Sequence<Expr*>& elements) {
  return std::any_of(elements.begin(), elements.end(), [](Expr* e) { return e->kind == ast::Kind::Starred; });
}

}  // namespace

void Generator::assign(const Assign* s) {
  Reg mark = u_->top;
  if (s->targets.size == 1) {
    if (auto* name = ast::as<Name>(s->targets[0])) {
      NameId id = mangled(name->id);
      Reg local = local_register(id);
      forbid_debug(id, *name);
      if (local != kNoReg) {
        expr_to(s->value, local);
        u_->bound.set(local);
        return;
      }
    } else if (assign_elementwise(s->targets[0], s->value)) {
      return;
    }
  }
  Reg value = expr(s->value);
  bool names_only =
      std::all_of(s->targets.begin(), s->targets.end(), [](Expr* t) { return t->kind == ast::Kind::Name; });
  if (u_->is_local(value) && s->targets.size > 1 && !names_only) {
    // An earlier target may rebind the variable that later ones are still to get.
    Reg copy = alloc();
    move(copy, value);
    value = copy;
  }
  for (Expr* t : s->targets) assign_to(t, value);
  u_->top = mark;
}

// `a, b = x, y` without a tuple in between. All values are evaluated first, then stored from left to right.
bool Generator::assign_elementwise(const Expr* target, const Expr* value) {
  constexpr u32 kMost = 16;
  const Sequence<Expr*>* targets = elements_of(target);
  auto* tuple = ast::as<Tuple>(value);
  if (!targets || !tuple || targets->size != tuple->elts.size || targets->size == 0 || targets->size > kMost)
    return false;
  if (has_star(*targets) || has_star(tuple->elts)) return false;
  std::vector<Reg> values;
  Reg mark = u_->top;
  for (u32 i = 0; i < targets->size; ++i) {
    Reg r = expr(tuple->elts[i]);
    bool others = targets->size > 1;
    if (u_->is_local(r) && others) {
      // Needed as it is now, unless no target before its own can bind it.
      bool safe = !u_->scope->has_walrus;
      for (u32 k = 0; k < i; ++k) {
        auto* name = ast::as<Name>((*targets)[k]);
        bool member =
            (*targets)[k]->kind == ast::Kind::Attribute || (*targets)[k]->kind == ast::Kind::Subscript;
        safe &= member || (name && local_register(mangled(name->id)) != r);
      }
      if (!safe) {
        Reg copy = alloc();
        move(copy, r);
        r = copy;
      }
    }
    values.push_back(r);
  }
  for (u32 i = 0; i < targets->size; ++i) assign_to((*targets)[i], values[i]);
  u_->top = mark;
  return true;
}

void Generator::unpack(const Expr* target, Seq<Expr*> elements, Reg value) {
  Reg mark = u_->top;
  u32 star = elements.size;
  for (u32 i = 0; i < elements.size; ++i) {
    if (elements[i]->kind != ast::Kind::Starred) continue;
    if (star != elements.size) fail(*target, "multiple starred expressions in assignment");
    star = i;
  }
  Reg base = alloc(std::max(elements.size, 1u));
  position(*target);
  if (star == elements.size) {
    if (elements.size > 0xffff) fail(*target, "too many expressions in unpacking assignment");
    emit(Op::UnpackSequence, base, value, elements.size);
  } else {
    u32 after = elements.size - star - 1;
    if (star > 0xff || after > 0xff) fail(*target, "too many expressions in star-unpacking assignment");
    emit(Op::UnpackEx, base, value, star | after << 8);
  }
  for (u32 i = 0; i < elements.size; ++i) {
    auto* starred = ast::as<Starred>(elements[i]);
    assign_to(starred ? starred->value : elements[i], base + i);
  }
  u_->top = mark;
}

u32 Generator::pair_hint(const Expr* target) {
  const Sequence<Expr*>* elements = elements_of(target);
  return elements && elements->size == 2 && !has_star(*elements) ? 2 : 0;
}

void Generator::assign_to(const Expr* target, Reg value) {
  Reg mark = u_->top;
  switch (target->kind) {
    case ast::Kind::Name: {
      NameId id = mangled(static_cast<const Name*>(target)->id);
      forbid_debug(id, *target);
      position(*target);
      return store_name(id, value);
    }
    case ast::Kind::Attribute: {
      auto* a = static_cast<const Attribute*>(target);
      NameId id = mangled(a->attr);
      forbid_debug(id, *target);
      Reg object = expr(a->value);
      position(*target);
      emit(Op::SetAttr, object, value, name_index(id));
      break;
    }
    case ast::Kind::Subscript: {
      auto* s = static_cast<const Subscript*>(target);
      Reg container = protect(expr(s->value), s->slice);
      Reg index = expr(s->slice);
      position(*target);
      emit(Op::SetItem, container, index, value);
      break;
    }
    case ast::Kind::Tuple:
    case ast::Kind::List:
      unpack(target, *elements_of(target), value);
      break;
    case ast::Kind::Starred:
      fail(*target, "starred assignment target must be in a list or tuple");
    default:
      fail(*target, "cannot assign to expression");
  }
  u_->top = mark;
}

void Generator::augmented(const AugAssign* s) {
  Reg mark = u_->top;
  Op op = in_place_op(s->op);
  switch (s->target->kind) {
    case ast::Kind::Name: {
      NameId id = mangled(static_cast<const Name*>(s->target)->id);
      forbid_debug(id, *s->target);
      position(*s->target);
      if (Place p = place(id); p.kind == Place::Local && p.grows && op == Op::IAdd) {
        Reg text = bound_local(p.index);
        Reg piece = expr(s->value);
        position(*s);
        emit(Op::AppendText, text, piece);
        break;
      }
      Reg old = protect(load_name(id, kNoReg), s->value);
      Reg local = local_register(id);
      if (auto small = addend(s->op, s->value)) {
        u_->top = mark;
        Reg d = local != kNoReg ? local : alloc();
        position(*s);
        emit(Op::IAddImm, d, old, *small);
        if (local == kNoReg) store_name(id, d);
        break;
      }
      Reg operand = expr(s->value);
      u_->top = mark;
      Reg d = local != kNoReg ? local : alloc();
      position(*s);
      emit(op, d, old, operand);
      if (local == kNoReg) store_name(id, d);
      break;
    }
    case ast::Kind::Attribute: {
      auto* a = static_cast<const Attribute*>(s->target);
      NameId id = mangled(a->attr);
      Reg object = protect(expr(a->value), s->value);
      Reg old = alloc();
      position(*a);
      emit(Op::GetAttr, old, object, name_index(id));
      Reg operand = expr(s->value);
      position(*s);
      emit(op, old, old, operand);
      position(*a);
      emit(Op::SetAttr, object, old, name_index(id));
      break;
    }
    case ast::Kind::Subscript: {
      auto* t = static_cast<const Subscript*>(s->target);
      Reg container = protect(protect(expr(t->value), t->slice), s->value);
      Reg index = protect(expr(t->slice), s->value);
      Reg old = alloc();
      position(*t);
      emit(Op::GetItem, old, container, index);
      Reg operand = expr(s->value);
      position(*s);
      emit(op, old, old, operand);
      position(*t);
      emit(Op::SetItem, container, index, old);
      break;
    }
    default:
      fail(*s->target, "illegal expression for augmented assignment");
  }
  u_->top = mark;
}

void Generator::annotated(const AnnAssign* s) {
  bool keeps = u_->scope->kind == ScopeKind::Module || u_->scope->kind == ScopeKind::Class;
  Reg mark = u_->top;
  if (s->value) {
    Reg value = expr(s->value);
    assign_to(s->target, value);
    u_->top = mark;
  }
  if (auto* name = ast::as<Name>(s->target)) {
    NameId id = mangled(name->id);
    forbid_debug(id, *name);
    if (s->simple && keeps) {
      Reg value = alloc();
      annotation(s->annotation, value);
      position(*s);
      Reg all = load_name(names_.id("__annotations__"), kNoReg);
      Reg key = load_constant(rt::Value::from(names_.str(id)), kNoReg);
      emit(Op::SetItem, all, key, value);
      u_->top = mark;
      return;
    }
  } else if (auto* a = ast::as<Attribute>(s->target)) {
    forbid_debug(mangled(a->attr), *a);
    if (!s->value) discard(a->value);
  } else if (auto* t = ast::as<Subscript>(s->target); t && !s->value) {
    discard(t->value);
    discard(t->slice);
  }
  // Annotations of other targets are evaluated only where they could have been kept.
  if (!s->simple && keeps && !future_annotations_) discard(s->annotation);
}

void Generator::delete_(const Expr* target) {
  Reg mark = u_->top;
  position(*target);
  switch (target->kind) {
    case ast::Kind::Name: {
      NameId id = mangled(static_cast<const Name*>(target)->id);
      forbid_debug(id, *target, "delete");
      return delete_name(id);
    }
    case ast::Kind::Attribute: {
      auto* a = static_cast<const Attribute*>(target);
      Reg object = expr(a->value);
      position(*target);
      emit(Op::DelAttr, object, 0, name_index(mangled(a->attr)));
      break;
    }
    case ast::Kind::Subscript: {
      auto* s = static_cast<const Subscript*>(target);
      Reg container = protect(expr(s->value), s->slice);
      Reg index = expr(s->slice);
      position(*target);
      emit(Op::DelItem, container, index);
      break;
    }
    case ast::Kind::Tuple:
    case ast::Kind::List:
      for (Expr* e : *elements_of(target)) delete_(e);
      break;
    default:
      fail(*target, "cannot delete expression");
  }
  u_->top = mark;
}

}  // namespace lisle::compiler

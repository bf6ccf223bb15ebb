// Truth as control flow: comparisons, and conditions that jump without ever making a bool.
#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

namespace {

Op value_op(CmpOperator op) {
  switch (op) {
    case CmpOperator::Eq:
      return Op::Eq;
    case CmpOperator::NotEq:
      return Op::Ne;
    case CmpOperator::Lt:
      return Op::Lt;
    case CmpOperator::LtE:
      return Op::Le;
    case CmpOperator::Gt:
      return Op::Gt;
    case CmpOperator::GtE:
      return Op::Ge;
    case CmpOperator::Is:
      return Op::Is;
    case CmpOperator::IsNot:
      return Op::IsNot;
    case CmpOperator::In:
      return Op::In;
    case CmpOperator::NotIn:
      return Op::NotIn;
  }
  __builtin_unreachable();
}

bool is_none_literal(const Expr* e) {
  auto* c = ast::as<Constant>(e);
  return c && c->value.kind == ConstantValue::Kind::None;
}

// The comparison of a register with a small int literal; nothing for other operators.
std::optional<Op> immediate_branch(CmpOperator op) {
  switch (op) {
    case CmpOperator::Eq:
      return Op::BranchEqImm;
    case CmpOperator::NotEq:
      return Op::BranchNeImm;
    case CmpOperator::Lt:
      return Op::BranchLtImm;
    case CmpOperator::LtE:
      return Op::BranchLeImm;
    case CmpOperator::Gt:
      return Op::BranchGtImm;
    case CmpOperator::GtE:
      return Op::BranchGeImm;
    default:
      return {};
  }
}

bool is_identity(CmpOperator op) {
  return op == CmpOperator::Is || op == CmpOperator::IsNot;
}

}  // namespace

// The last operand; a display behind `in` that holds constants only is made at compile time, as what it is
// not: nobody else may see it.
Reg Generator::comparator(CmpOperator op, const Expr* e, Reg hint) {
  if (op == CmpOperator::In || op == CmpOperator::NotIn) {
    if (auto* l = ast::as<List>(e)) {
      if (auto folded = fold_tuple(l->elts)) return load_constant(*folded, hint);
    }
    if (auto* s = ast::as<Set>(e)) {
      if (auto folded = frozenset(s->elts)) return load_constant(*folded, hint);
    }
  }
  return expr(e, hint);
}

Reg Generator::compare(const Compare* e, Reg hint) {
  look_at_compare(e);
  Reg mark = u_->top;
  if (e->ops.size == 1) {
    Reg left = protect(expr(e->left), e->comparators[0]);
    Reg right = comparator(e->ops[0], e->comparators[0], kNoReg);
    u_->top = mark;
    Reg d = result(hint);
    position(*e);
    emit(value_op(e->ops[0]), d, left, right);
    return d;
  }
  Target end = target();
  Reg d = work(hint);
  Reg held = u_->top;
  Reg left = protect(expr(e->left), e->comparators[0]);
  for (u32 i = 0; i < e->ops.size; ++i) {
    bool last = i + 1 == e->ops.size;
    Reg right = last ? comparator(e->ops[i], e->comparators[i], kNoReg) : expr(e->comparators[i]);
    if (!last) right = protect(right, e->comparators[i + 1]);
    position(*e);
    emit(value_op(e->ops[i]), d, left, right);
    if (last) break;
    jump_if_false(d, end);
    left = right;
  }
  bind(end);
  u_->top = std::max(held, d == hint ? held : d + 1);
  return d;
}

void Generator::branch_compare(CmpOperator op, Reg left, Reg right, bool sense, Target& to) {
  switch (op) {
    case CmpOperator::Eq:
      return branch(Op::BranchEq, left, right, sense, to);
    case CmpOperator::NotEq:
      return branch(Op::BranchNe, left, right, sense, to);
    case CmpOperator::Lt:
      return branch(Op::BranchLt, left, right, sense, to);
    case CmpOperator::LtE:
      return branch(Op::BranchLe, left, right, sense, to);
    case CmpOperator::Gt:
      return branch(Op::BranchGt, left, right, sense, to);
    case CmpOperator::GtE:
      return branch(Op::BranchGe, left, right, sense, to);
    case CmpOperator::Is:
      return branch(Op::BranchIs, left, right, sense, to);
    case CmpOperator::IsNot:
      return branch(Op::BranchIs, left, right, !sense, to);
    case CmpOperator::In:
      return branch(Op::BranchIn, left, right, sense, to);
    case CmpOperator::NotIn:
      return branch(Op::BranchIn, left, right, !sense, to);
  }
}

void Generator::jump_if_compare(const Compare* e, bool sense, Target& to) {
  look_at_compare(e);
  Reg mark = u_->top;
  Target skip = target();
  if (e->ops.size == 1 && is_identity(e->ops[0]) && is_none_literal(e->comparators[0])) {
    Reg left = expr(e->left);
    position(*e);
    bool jump_on_none = (e->ops[0] == CmpOperator::Is) == sense;
    conditional(jump_on_none ? Op::JumpIfNone : Op::JumpIfNotNone, left, to);
    u_->top = mark;
    return;
  }
  if (e->ops.size == 1) {
    auto small = small_literal(e->comparators[0]);
    auto op = immediate_branch(e->ops[0]);
    if (small && op) {
      Reg left = expr(e->left);
      position(*e);
      branch(*op, left, static_cast<u16>(*small), sense, to);
      u_->top = mark;
      return;
    }
  }
  Reg left = protect(expr(e->left), e->comparators[0]);
  for (u32 i = 0; i < e->ops.size; ++i) {
    bool last = i + 1 == e->ops.size;
    Reg right = last ? comparator(e->ops[i], e->comparators[i], kNoReg) : expr(e->comparators[i]);
    if (!last) right = protect(right, e->comparators[i + 1]);
    position(*e);
    if (last)
      branch_compare(e->ops[i], left, right, sense, to);
    else
      branch_compare(e->ops[i], left, right, false, sense ? skip : to);
    left = right;
  }
  bind(skip);
  u_->top = mark;
}

void Generator::jump_if(const Expr* e, bool sense, Target& to) {
  if (auto known = truth(e)) {
    mark_line(*e);
    if (*known == sense) jump(to);
    return;
  }
  if (auto* u = ast::as<UnaryOp>(e); u && u->op == UnaryOperator::Not) return jump_if(u->operand, !sense, to);
  if (auto* b = ast::as<BoolOp>(e)) {
    bool leaves_on = b->op == BoolOperator::Or;
    Target skip = target();
    for (u32 i = 0; i + 1 < b->values.size; ++i)
      jump_if(b->values[i], leaves_on, leaves_on == sense ? to : skip);
    jump_if(b->values.back(), sense, to);
    return bind(skip);
  }
  if (auto* i = ast::as<IfExp>(e)) {
    Target otherwise = target(), end = target();
    jump_if(i->test, false, otherwise);
    jump_if(i->body, sense, to);
    jump(end);
    bind(otherwise);
    jump_if(i->orelse, sense, to);
    return bind(end);
  }
  if (auto* c = ast::as<Compare>(e)) return jump_if_compare(c, sense, to);
  Reg mark = u_->top;
  Reg r = expr(e);
  position(*e);
  conditional(sense ? Op::JumpIfTrue : Op::JumpIfFalse, r, to);
  u_->top = mark;
}

}  // namespace lisle::compiler

// Expressions: the dispatch over node kinds, operators, f-strings, and the suspending expressions.
#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;
using ExprKind = ast::Kind;

namespace {

constexpr u32 kMaxRecursion = 4000;

Op binary_op(Operator op) {
  switch (op) {
    case Operator::Add:
      return Op::Add;
    case Operator::Sub:
      return Op::Sub;
    case Operator::Mult:
      return Op::Mul;
    case Operator::MatMult:
      return Op::MatMul;
    case Operator::Div:
      return Op::TrueDiv;
    case Operator::Mod:
      return Op::Mod;
    case Operator::Pow:
      return Op::Pow;
    case Operator::LShift:
      return Op::LShift;
    case Operator::RShift:
      return Op::RShift;
    case Operator::BitOr:
      return Op::Or;
    case Operator::BitXor:
      return Op::Xor;
    case Operator::BitAnd:
      return Op::And;
    case Operator::FloorDiv:
      return Op::FloorDiv;
  }
  __builtin_unreachable();
}

// The literal of `x + 3` or `x - 3` in AddImm's form, where a negative operand means subtraction of its
// absolute.
std::optional<u16> immediate(const BinOp* e) {
  return addend(e->op, e->right);
}

}  // namespace

std::optional<i16> small_literal(const Expr* e) {
  auto* c = ast::as<Constant>(e);
  if (!c || c->value.kind != ConstantValue::Kind::Int || !c->value.is_small) return {};
  if (c->value.small < 0 || c->value.small > 0x7fff) return {};
  return static_cast<i16>(c->value.small);
}

std::optional<u16> addend(Operator op, const Expr* right) {
  auto n = small_literal(right);
  if (!n) return {};
  if (op == Operator::Add) return static_cast<u16>(*n);
  if (op == Operator::Sub && *n > 0) return static_cast<u16>(-*n);
  return {};
}

void Generator::move(Reg destination, Reg source) {
  if (destination != source) emit(Op::Move, destination, source);
}

void Generator::expr_to(const Expr* e, Reg destination) {
  Reg mark = u_->top;
  Reg r = expr(e, destination);
  move(destination, r);
  u_->top = mark;
}

void Generator::discard(const Expr* e) {
  Reg mark = u_->top;
  expr(e);
  u_->top = mark;
}

Reg Generator::protect(Reg r, const Expr* next) {
  if (!u_->is_local(r) || !u_->scope->has_walrus || !next) return r;
  if (next->kind == ExprKind::Name || next->kind == ExprKind::Constant) return r;
  Reg copy = alloc();
  move(copy, r);
  return copy;
}

Reg Generator::load_constant(rt::Value v, Reg hint) {
  Reg d = result(hint);
  if (v.is_immediate() && !v.is_double()) {
    emit(Op::LoadImmediate, d, static_cast<u32>(v.bits()));
  } else if (v.is_int() && v.as_int() == static_cast<i32>(v.as_int())) {
    u_->emit.emit_wide(Op::LoadInt, d, static_cast<i32>(v.as_int()));
  } else if (live()) {
    u_->emit.emit_wide(Op::LoadConst, d, static_cast<i32>(constant(v)));
  }
  return d;
}

Reg Generator::expr(const Expr* e, Reg hint) {
  struct Depth {
    u32& depth;
    ~Depth() { --depth; }
  } depth{depth_};
  if (++depth_ > kMaxRecursion) throw CompileError{"too many nested expressions", *e, true};
  position(*e);
  switch (e->kind) {
    case ExprKind::Constant:
      return load_constant(constant_value(static_cast<const Constant*>(e)->value), hint);
    case ExprKind::Name: {
      NameId raw = names_.id(static_cast<const Name*>(e)->id);
      if (raw == debug_) return load_constant(rt::Value::from_bool(options_.optimize == 0), hint);
      return load_name(names_.mangle(u_->scope->owner, raw), hint);
    }
    case ExprKind::BinOp:
      return binary(static_cast<const BinOp*>(e), hint);
    case ExprKind::UnaryOp:
      return unary(static_cast<const UnaryOp*>(e), hint);
    case ExprKind::BoolOp:
      return bool_op(static_cast<const BoolOp*>(e), hint);
    case ExprKind::Compare:
      return compare(static_cast<const Compare*>(e), hint);
    case ExprKind::IfExp:
      return if_expr(static_cast<const IfExp*>(e), hint);
    case ExprKind::NamedExpr:
      return named_expr(static_cast<const NamedExpr*>(e), hint);
    case ExprKind::Lambda:
      return lambda(static_cast<const Lambda*>(e), hint);
    case ExprKind::ListComp:
    case ExprKind::SetComp:
    case ExprKind::DictComp:
    case ExprKind::GeneratorExp:
      return comprehension(e, hint);
    case ExprKind::Await:
      return await(static_cast<const Await*>(e), hint);
    case ExprKind::Yield:
      return yield_(static_cast<const Yield*>(e), hint);
    case ExprKind::YieldFrom:
      return yield_from(static_cast<const YieldFrom*>(e), hint);
    case ExprKind::Call:
    case ExprKind::Attribute:
    case ExprKind::Subscript:
      return primary(e, hint);
    case ExprKind::JoinedStr:
      return joined_string(static_cast<const JoinedStr*>(e), hint);
    case ExprKind::FormattedValue:
      return formatted_value(static_cast<const FormattedValue*>(e), hint);
    case ExprKind::List:
      return list(static_cast<const List*>(e)->elts, *e, hint);
    case ExprKind::Tuple:
      return tuple(static_cast<const Tuple*>(e)->elts, *e, hint);
    case ExprKind::Set:
      return set(static_cast<const Set*>(e), hint);
    case ExprKind::Dict:
      return dict(static_cast<const Dict*>(e), hint);
    case ExprKind::Slice:
      return slice(static_cast<const Slice*>(e), hint);
    case ExprKind::Starred:
      fail(*e, "can't use starred expression here");
    default:
      break;
  }
  fail(*e, "unexpected expression");
}

Reg Generator::named_expr(const NamedExpr* e, Reg hint) {
  NameId name = mangled(static_cast<const Name*>(e->target)->id);
  Reg local = local_register(name);
  if (local != kNoReg) {
    expr_to(e->value, local);
    u_->bound.set(local);
    return local;
  }
  Reg r = expr(e->value, hint);
  position(*e->target);
  store_name(name, r);
  return r;
}

Reg Generator::if_expr(const IfExp* e, Reg hint) {
  Target otherwise = target(), end = target();
  Reg d = result(hint);
  jump_if(e->test, false, otherwise);
  expr_to(e->body, d);
  jump(end);
  bind(otherwise);
  expr_to(e->orelse, d);
  bind(end);
  return d;
}

Reg Generator::bool_op(const BoolOp* e, Reg hint) {
  Target end = target();
  Reg d = work(hint);
  Op leave = e->op == BoolOperator::And ? Op::JumpIfFalse : Op::JumpIfTrue;
  for (u32 i = 0; i < e->values.size; ++i) {
    expr_to(e->values[i], d);
    if (i + 1 < e->values.size) {
      position(*e);
      conditional(leave, d, end);
    }
  }
  bind(end);
  return d;
}

Reg Generator::unary(const UnaryOp* e, Reg hint) {
  if (auto folded = fold(e)) return load_constant(*folded, hint);
  Reg mark = u_->top;
  Reg r = expr(e->operand);
  u_->top = mark;
  Reg d = result(hint);
  position(*e);
  switch (e->op) {
    case UnaryOperator::Not:
      emit(Op::Not, d, r);
      break;
    case UnaryOperator::USub:
      emit(Op::Neg, d, r);
      break;
    case UnaryOperator::UAdd:
      emit(Op::Pos, d, r);
      break;
    case UnaryOperator::Invert:
      emit(Op::Invert, d, r);
      break;
  }
  return d;
}

// Walks the chain of left operands with a loop: source may add thousands of terms. What can be computed now
// is.
Reg Generator::binary(const BinOp* e, Reg hint) {
  size_t chain_base = chain_.size();
  const Expr* first = e;
  while (auto* b = ast::as<BinOp>(first)) {
    chain_.push_back(b);
    first = b->left;
  }
  Reg mark = u_->top;
  std::optional<rt::Value> known = fold(first);
  Reg left = kNoReg;
  if (!known) left = expr(first);
  while (chain_.size() > chain_base) {
    auto* b = static_cast<const BinOp*>(chain_.back());
    chain_.pop_back();
    bool last = chain_.size() == chain_base;
    if (known) {
      if (auto right = fold(b->right)) {
        if (auto value = fold_binary(b->op, *known, *right)) {
          known = value;
          continue;
        }
      }
      left = load_constant(*known, kNoReg);
      known.reset();
    }
    if (auto small = immediate(b)) {
      u_->top = mark;
      Reg d = last ? result(hint) : alloc();
      position(*b);
      emit(Op::AddImm, d, left, *small);
      left = d;
      continue;
    }
    left = protect(left, b->right);
    Reg right = expr(b->right);
    u_->top = mark;
    Reg d = last ? result(hint) : alloc();
    position(*b);
    emit(binary_op(b->op), d, left, right);
    left = d;
  }
  return known ? load_constant(*known, hint) : left;
}

// --- f-strings
// -------------------------------------------------------------------------------------------------------

Reg Generator::formatted_value(const FormattedValue* e, Reg hint) {
  Reg mark = u_->top;
  Reg r = expr(e->value);
  if (e->conversion > 0) {
    Reg converted = alloc();
    position(*e);
    emit(Op::Convert, converted, r, static_cast<u32>(e->conversion));
    r = converted;
  }
  Reg spec = bc::kNoRegister;
  if (e->format_spec) {
    r = protect(r, e->format_spec);
    spec = expr(e->format_spec);
  }
  u_->top = mark;
  Reg d = result(hint);
  position(*e);
  emit(Op::Format, d, r, spec);
  return d;
}

Reg Generator::joined_string(const JoinedStr* e, Reg hint) {
  constexpr u32 kMost = 64;
  if (e->values.size == 0) return load_constant(string(""), hint);
  if (e->values.size == 1) return expr(e->values[0], hint);
  Reg mark = u_->top;
  Reg base = alloc();
  u32 count = 0;
  for (Expr* part : e->values) {
    if (count == kMost) {
      position(*e);
      emit(Op::BuildString, base, base, count);
      count = 1;
    }
    u_->top = base + count;
    expr_to(part, alloc());
    ++count;
  }
  u_->top = mark;
  Reg d = result(hint);
  position(*e);
  emit(Op::BuildString, d, base, count);
  return d;
}

Reg Generator::slice(const Slice* e, Reg hint) {
  Reg mark = u_->top;
  Reg base = alloc(3);
  const Expr* parts[] = {e->lower, e->upper, e->step};
  for (u32 i = 0; i < 3; ++i) {
    if (parts[i])
      expr_to(parts[i], base + i);
    else
      load_constant(rt::Value::none(), base + i);
  }
  u_->top = mark;
  Reg d = result(hint);
  position(*e);
  emit(Op::BuildSlice, d, base);
  return d;
}

// --- suspending expressions
// ------------------------------------------------------------------------------------------

bool Generator::in_async_function() const {
  return u_->scope->is_async_def && u_->scope->kind == ScopeKind::Function;
}

bool Generator::may_await() const {
  return in_async_function() || u_->scope->kind == ScopeKind::Comprehension ||
         (options_.top_level_await && u_->scope->kind == ScopeKind::Module);
}

Reg Generator::yield_(const Yield* e, Reg hint) {
  if (!u_->scope->is_function_like()) fail(*e, "'yield' outside function");
  Reg mark = u_->top;
  Reg r = e->value ? expr(e->value) : load_constant(rt::Value::none(), kNoReg);
  u_->top = mark;
  Reg d = result(hint);
  position(*e);
  emit(Op::Yield, d, r);
  return d;
}

Reg Generator::delegate(Reg iterator, Reg hint) {
  Reg mark = u_->top;
  Reg held = alloc();
  move(held, iterator);
  Reg sent = alloc();
  Reg received = alloc();
  Target again = target(), done = target();
  load_constant(rt::Value::none(), sent);
  bind_loop(again);
  branch(Op::Send, received, held, sent, done);
  emit(Op::YieldDelegate, sent, received, held);
  jump_back(again);
  bind(done);
  u_->top = mark;
  Reg d = result(hint);
  move(d, received);
  return d;
}

Reg Generator::yield_from(const YieldFrom* e, Reg hint) {
  if (!u_->scope->is_function_like()) fail(*e, "'yield' outside function");
  if (in_async_function()) fail(*e, "'yield from' inside async function");
  Reg mark = u_->top;
  Reg r = expr(e->value);
  u_->top = mark;
  Reg iterator = alloc();
  position(*e);
  emit(Op::GetYieldFromIter, iterator, r);
  u_->top = mark;
  return delegate(iterator, hint);
}

Reg Generator::await_value(Reg r, u32 what, Reg hint) {
  Reg mark = u_->top;
  Reg iterator = alloc();
  emit(Op::GetAwaitable, iterator, r, what);
  u_->top = mark;
  return delegate(iterator, hint);
}

Reg Generator::await(const Await* e, Reg hint) {
  if (!u_->scope->is_function_like() && !may_await()) fail(*e, "'await' outside function");
  if (!may_await()) fail(*e, "'await' outside async function");
  Reg mark = u_->top;
  Reg r = expr(e->value);
  u_->top = mark;
  position(*e);
  return await_value(r, 0, hint);
}

}  // namespace lisle::compiler

// Displays: list, tuple, set and dict, with stars. Long ones are filled piece by piece, so that no register
// run gets long.
#include <algorithm>

#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

namespace {

constexpr u32 kLongestRun = 48;

bool has_star(Sequence<Expr*> elements) {
  return std::any_of(elements.begin(), elements.end(), [](Expr* e) { return e->kind == ast::Kind::Starred; });
}

}  // namespace

void Generator::extend_list(Reg list, Seq<Expr*> elements, const ast::Position& whole, Reg callee) {
  Reg mark = u_->top;
  for (Expr* e : elements) {
    auto* star = ast::as<Starred>(e);
    Reg r = expr(star ? star->value : e);
    position(whole);
    if (star)
      emit(Op::ListExtend, list, r, callee);
    else
      emit(Op::ListAppend, list, r);
    u_->top = mark;
  }
}

Reg Generator::list(Seq<Expr*> elements, const ast::Position& whole, Reg hint) {
  Reg mark = u_->top;
  if (elements.size > 2) {
    if (auto folded = fold_tuple(elements)) {
      Reg d = work(hint);
      Reg items = load_constant(*folded, kNoReg);
      emit(Op::BuildList, d, d, 0);
      emit(Op::ListExtend, d, items, bc::kNoRegister);
      u_->top = std::max(mark, d == hint ? mark : d + 1);
      return d;
    }
  }
  if (elements.size > kLongestRun || has_star(elements)) {
    Reg d = work(hint);
    emit(Op::BuildList, d, d, 0);
    extend_list(d, elements, whole);
    return d;
  }
  Reg base = u_->top;
  for (Expr* e : elements) expr_to(e, alloc());
  u_->top = mark;
  Reg d = result(hint);
  emit(Op::BuildList, d, elements.size ? base : d, elements.size);
  return d;
}

Reg Generator::tuple(Seq<Expr*> elements, const ast::Position& whole, Reg hint) {
  if (auto folded = fold_tuple(elements)) return load_constant(*folded, hint);
  Reg mark = u_->top;
  if (elements.size > kLongestRun || has_star(elements)) {
    Reg d = work(hint);
    emit(Op::BuildList, d, d, 0);
    extend_list(d, elements, whole);
    emit(Op::ListToTuple, d, d);
    return d;
  }
  Reg base = u_->top;
  for (Expr* e : elements) expr_to(e, alloc());
  u_->top = mark;
  Reg d = result(hint);
  emit(Op::BuildTuple, d, base, elements.size);
  return d;
}

Reg Generator::set(const Set* e, Reg hint) {
  Reg mark = u_->top;
  if (e->elts.size > 2) {
    // The order of a set tells how it was made; CPython makes those of constants in this way.
    if (auto folded = frozenset(e->elts)) {
      Reg d = work(hint);
      Reg items = load_constant(*folded, kNoReg);
      position(*e);
      emit(Op::BuildSet, d, d, 0);
      emit(Op::SetUpdate, d, items);
      u_->top = std::max(mark, d == hint ? mark : d + 1);
      return d;
    }
  }
  if (e->elts.size > kLongestRun || has_star(e->elts)) {
    Reg d = work(hint);
    emit(Op::BuildSet, d, d, 0);
    Reg inner = u_->top;
    for (Expr* element : e->elts) {
      auto* star = ast::as<Starred>(element);
      Reg r = expr(star ? star->value : element);
      position(*e);
      emit(star ? Op::SetUpdate : Op::SetAdd, d, r);
      u_->top = inner;
    }
    return d;
  }
  Reg base = u_->top;
  for (Expr* element : e->elts) expr_to(element, alloc());
  u_->top = mark;
  Reg d = result(hint);
  position(*e);
  emit(Op::BuildSet, d, base, e->elts.size);
  return d;
}

Reg Generator::dict(const Dict* e, Reg hint) {
  Reg mark = u_->top;
  bool unpacks = std::any_of(e->keys.begin(), e->keys.end(), [](Expr* key) { return key == nullptr; });
  if (!unpacks && e->keys.size * 2 <= kLongestRun) {
    Reg base = u_->top;
    for (u32 i = 0; i < e->keys.size; ++i) {
      expr_to(e->keys[i], alloc());
      expr_to(e->values[i], alloc());
    }
    u_->top = mark;
    Reg d = result(hint);
    position(*e);
    emit(Op::BuildDict, d, e->keys.size ? base : d, e->keys.size);
    return d;
  }
  Reg d = work(hint);
  emit(Op::BuildDict, d, d, 0);
  Reg inner = u_->top;
  for (u32 i = 0; i < e->keys.size; ++i) {
    if (e->keys[i]) {
      Reg key = protect(expr(e->keys[i]), e->values[i]);
      Reg value = expr(e->values[i]);
      position(*e);
      emit(Op::DictPut, d, key, value);
    } else {
      Reg other = expr(e->values[i]);
      position(*e);
      emit(Op::DictUpdate, d, other);
    }
    u_->top = inner;
  }
  return d;
}

}  // namespace lisle::compiler

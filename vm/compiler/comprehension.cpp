// Comprehensions and generator expressions: functions of one parameter, the outermost iterator.
#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

namespace {

Sequence<Comprehension*> generators_of(const Expr* e) {
  switch (e->kind) {
    case ast::Kind::ListComp:
      return static_cast<const ListComp*>(e)->generators;
    case ast::Kind::SetComp:
      return static_cast<const SetComp*>(e)->generators;
    case ast::Kind::DictComp:
      return static_cast<const DictComp*>(e)->generators;
    default:
      return static_cast<const GeneratorExp*>(e)->generators;
  }
}

std::string_view name_of(const Expr* e) {
  switch (e->kind) {
    case ast::Kind::ListComp:
      return "<listcomp>";
    case ast::Kind::SetComp:
      return "<setcomp>";
    case ast::Kind::DictComp:
      return "<dictcomp>";
    default:
      return "<genexpr>";
  }
}

}  // namespace

Reg Generator::comprehension(const Expr* e, Reg hint) {
  constexpr u32 kClosure = 8;
  Seq<Comprehension*> generators = generators_of(e);
  Scope& scope = *scopes_.of(e);
  bool awaits = scope.is_coroutine && e->kind != ast::Kind::GeneratorExp;
  if (awaits && !may_await()) fail(*e, "asynchronous comprehension outside of an asynchronous function");
  Reg mark = u_->top;
  Reg window = open_window();
  Reg base = u_->top;
  u32 flags = closure_part(scope) ? kClosure : 0;
  rt::Code* code = comprehension_code(e, generators);
  position(*e);
  make_function(window + 2, base, flags, code);
  u_->top = base;
  Reg argument = alloc();
  const Expr* iterable = generators[0]->iter;
  Reg r = generators[0]->is_async ? expr(iterable) : comparator(CmpOperator::In, iterable, argument);
  position(*e);
  emit(generators[0]->is_async ? Op::GetAIter : Op::GetIter, argument, r);
  u_->top = mark;
  if (awaits) {
    call_window(mark, window, 1);
    return await_value(mark, 0, hint);
  }
  Reg d = result(hint);
  call_window(d, window, 1);
  return d;
}

rt::Code* Generator::comprehension_code(const Expr* e, Seq<Comprehension*> generators) {
  Unit unit(rt_, anchor_, u_, scopes_.of(e));
  unit.qualname = qualified_name(names_.id(name_of(e)));
  begin_unit(unit, static_cast<u32>(e->line));
  position(*e);
  Reg collection = kNoReg;
  if (e->kind != ast::Kind::GeneratorExp) {
    collection = alloc();
    Op build = e->kind == ast::Kind::ListComp  ? Op::BuildList
               : e->kind == ast::Kind::SetComp ? Op::BuildSet
                                               : Op::BuildDict;
    emit(build, collection, collection, 0);
  }
  comprehension_loop(e, generators, 0, collection);
  position(*e);
  emit_return(collection == kNoReg ? load_constant(rt::Value::none(), kNoReg) : collection);
  return end_unit(name_of(e), nullptr);
}

void Generator::comprehension_loop(const Expr* e, Seq<Comprehension*> generators, u32 index, Reg collection) {
  if (index == generators.size) return comprehension_element(e, collection);
  Comprehension* g = generators[index];
  Reg mark = u_->top;
  Reg iterator = 0;
  if (index > 0) {
    iterator = alloc();
    Reg r = g->is_async ? expr(g->iter) : comparator(CmpOperator::In, g->iter, iterator);
    position(*e);
    emit(g->is_async ? Op::GetAIter : Op::GetIter, iterator, r);
    u_->top = iterator + 1;
  }
  Target again = target(), skip = target(), end = target();
  bind_loop(again);
  Reg inner = u_->top;
  if (g->is_async) {
    Reg item = async_next(iterator, end, *e);
    assign_to(g->target, item);
  } else {
    auto* name = ast::as<Name>(g->target);
    Reg local = name ? local_register(mangled(name->id)) : kNoReg;
    Reg item = local != kNoReg ? local : alloc();
    position(*e);
    branch(Op::ForIter, item, iterator, local != kNoReg ? 0 : pair_hint(g->target), end);
    if (local != kNoReg)
      u_->bound.set(local);
    else
      assign_to(g->target, item);
  }
  u_->top = inner;
  for (Expr* test : g->ifs) jump_if(test, false, skip);
  comprehension_loop(e, generators, index + 1, collection);
  bind(skip);
  position(*e);
  jump_back(again);
  bind(end);
  u_->top = mark;
}

void Generator::comprehension_element(const Expr* e, Reg collection) {
  Reg mark = u_->top;
  switch (e->kind) {
    case ast::Kind::ListComp: {
      auto* c = static_cast<const ListComp*>(e);
      Reg r = expr(c->elt);
      position(*c->elt);
      emit(Op::ListAppend, collection, r);
      break;
    }
    case ast::Kind::SetComp: {
      auto* c = static_cast<const SetComp*>(e);
      Reg r = expr(c->elt);
      position(*c->elt);
      emit(Op::SetAdd, collection, r);
      break;
    }
    case ast::Kind::DictComp: {
      auto* c = static_cast<const DictComp*>(e);
      Reg key = protect(expr(c->key), c->value);
      Reg value = expr(c->value);
      position(*c->key);
      emit(Op::DictPut, collection, key, value);
      break;
    }
    default: {
      auto* c = static_cast<const GeneratorExp*>(e);
      Reg r = expr(c->elt);
      position(*c->elt);
      emit(Op::Yield, alloc(), r);
      break;
    }
  }
  u_->top = mark;
}

}  // namespace lisle::compiler

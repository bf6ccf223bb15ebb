// Statements: the dispatch, and the simple ones.
#include <algorithm>

#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;
using StmtKind = ast::Kind;

void Generator::body(Seq<Stmt*> statements) {
  for (Stmt* s : statements) stmt(s);
}

void Generator::stmt(const Stmt* s) {
  position(*s);
  switch (s->kind) {
    case StmtKind::FunctionDef:
      return function_def(static_cast<const FunctionDef*>(s));
    case StmtKind::AsyncFunctionDef:
      return function_def(static_cast<const AsyncFunctionDef*>(s));
    case StmtKind::ClassDef:
      return class_def(static_cast<const ClassDef*>(s));
    case StmtKind::Return:
      return return_(static_cast<const Return*>(s));
    case StmtKind::Delete:
      for (Expr* target : static_cast<const Delete*>(s)->targets) delete_(target);
      return;
    case StmtKind::Assign:
      return assign(static_cast<const Assign*>(s));
    case StmtKind::AugAssign:
      return augmented(static_cast<const AugAssign*>(s));
    case StmtKind::AnnAssign:
      return annotated(static_cast<const AnnAssign*>(s));
    case StmtKind::For:
      return for_(static_cast<const For*>(s));
    case StmtKind::AsyncFor:
      return async_for(static_cast<const AsyncFor*>(s));
    case StmtKind::While:
      return while_(static_cast<const While*>(s));
    case StmtKind::If:
      return if_(static_cast<const If*>(s));
    case StmtKind::With: {
      auto* w = static_cast<const With*>(s);
      return with(w->items, 0, w->body, false, s);
    }
    case StmtKind::AsyncWith: {
      auto* w = static_cast<const AsyncWith*>(s);
      if (!may_await()) fail(*s, "'async with' outside async function");
      return with(w->items, 0, w->body, true, s);
    }
    case StmtKind::Match:
      return match(static_cast<const Match*>(s));
    case StmtKind::Raise:
      return raise(static_cast<const Raise*>(s));
    case StmtKind::Try:
      return try_(static_cast<const Try*>(s));
    case StmtKind::TryStar:
      return try_star(static_cast<const TryStar*>(s));
    case StmtKind::Assert:
      return assert_(static_cast<const Assert*>(s));
    case StmtKind::Import:
      return import(static_cast<const Import*>(s));
    case StmtKind::ImportFrom:
      return import_from(static_cast<const ImportFrom*>(s));
    case StmtKind::ExprStmt:
      return expression_statement(static_cast<const ExprStmt*>(s));
    case StmtKind::Break:
      return break_(s);
    case StmtKind::Continue:
      return continue_(s);
    case StmtKind::Pass:
      return mark_line(*s);
    default:
      return;  // global, nonlocal
  }
}

void Generator::expression_statement(const ExprStmt* s) {
  Reg mark = u_->top;
  if (options_.mode == Mode::Single && !u_->outer) {
    Reg r = expr(s->value);
    position(*s);
    emit(Op::PrintExpr, r);
  } else if (s->value->kind != StmtKind::Constant) {
    expr(s->value);
  } else {
    mark_line(*s);
  }
  u_->top = mark;
}

void Generator::if_(const If* s) {
  Target end = target();
  for (;;) {
    Target otherwise = target();
    jump_if(s->test, false, otherwise);
    body(s->body);
    const If* next = s->orelse.size == 1 ? ast::as<If>(s->orelse[0]) : nullptr;
    if (!s->orelse.empty()) jump(end);
    bind(otherwise);
    if (!next) break;
    s = next;
    position(*s);
  }
  body(s->orelse);
  bind(end);
}

namespace {

// The comparison that a condition looks at last, null when it has none outside of other expressions: what an
// assert statement raises has its place, as in CPython.
const Expr* last_comparison(const Expr* e) {
  if (ast::as<Compare>(e)) return e;
  if (auto* u = ast::as<UnaryOp>(e))
    return u->op == UnaryOperator::Not ? last_comparison(u->operand) : nullptr;
  if (auto* i = ast::as<IfExp>(e)) {
    for (const Expr* part : {i->orelse, i->body, i->test}) {
      if (const Expr* found = last_comparison(part)) return found;
    }
  }
  if (auto* b = ast::as<BoolOp>(e)) {
    for (u32 i = b->values.size; i-- > 0;) {
      if (const Expr* found = last_comparison(b->values[i])) return found;
    }
  }
  return nullptr;
}

}  // namespace

void Generator::assert_(const Assert* s) {
  if (auto* tuple = ast::as<Tuple>(s->test); tuple && tuple->elts.size > 0)
    warn(*s, "assertion is always true, perhaps remove parentheses?");
  if (options_.optimize > 0) return;
  Target end = target();
  jump_if(s->test, true, end);
  Reg mark = u_->top;
  Reg window = open_window();
  const Expr* compared = last_comparison(s->test);
  const ast::Position& place = compared ? static_cast<const ast::Position&>(*compared) : *s;
  position(place);
  if (s->msg) {
    emit(Op::LoadAssertionError, window + 2);
    expr_to(s->msg, alloc());
    position(place);
    call_window(mark, window, 1);
  } else {
    emit(Op::LoadAssertionError, mark);
  }
  emit(Op::Raise, mark);
  u_->top = mark;
  bind(end);
}

void Generator::raise(const Raise* s) {
  Reg mark = u_->top;
  if (!s->exc) {
    emit(Op::Raise, bc::kNoRegister);
  } else {
    Reg exception = protect(expr(s->exc), s->cause);
    Reg cause = s->cause ? expr(s->cause) : kNoReg;
    position(*s);
    if (s->cause)
      emit(Op::RaiseFrom, exception, cause);
    else
      emit(Op::Raise, exception);
  }
  u_->top = mark;
  u_->bound = BoundSet::full();
}

// The end of a body: whatever was executed last gives it its line.
void Generator::implicit_return() {
  if (!live()) return;
  NoLine no_line(u_->emit);
  emit_return(load_constant(rt::Value::none(), kNoReg));
}

void Generator::emit_return(Reg value) {
  emit(u_->flags & rt::kCodeOwnsFrame ? Op::ReturnGenerator : Op::Return, value);
  u_->bound = BoundSet::full();
}

void Generator::return_expression(const Expr* e, const ast::Position& at) {
  Reg mark = u_->top;
  Reg value = expr(e);
  position(at);
  emit_return(value);
  u_->top = mark;
}

void Generator::return_(const Return* s) {
  if (!u_->scope->is_function_like()) fail(*s, "'return' outside function");
  if (s->value && (u_->flags & rt::kCodeAsyncGenerator)) fail(*s, "'return' with value in async generator");
  for (const Block& block : u_->blocks) {
    if (block.kind == Block::StarHandled) {
      fail(*s, "'break', 'continue' and 'return' cannot appear in an except* block");
    }
  }
  if (auto* choice = ast::as<IfExp>(s->value); choice && u_->blocks.empty()) {
    // Each branch returns itself.
    Target otherwise = target();
    jump_if(choice->test, false, otherwise);
    return_expression(choice->body, *s);
    bind(otherwise);
    return return_expression(choice->orelse, *s);
  }
  Reg mark = u_->top;
  bool known = !s->value || s->value->kind == StmtKind::Constant;
  Reg value = known ? kNoReg : expr(s->value);
  if (!known && u_->is_local(value) && !u_->blocks.empty()) {
    // What is left on the way out may still rebind the variable.
    Reg copy = alloc();
    move(copy, value);
    value = copy;
  }
  BoundSet before = u_->bound;
  bool was_live = live();
  mark_line(*s);
  std::vector<Block> left = leave_blocks(0);
  // What follows the code of finally and with blocks is on their line.
  bool is_plain = std::all_of(left.begin(), left.end(), [](const Block& b) { return b.kind == Block::Loop; });
  if (is_plain)
    position(*s);
  else
    u_->emit.no_position();
  if (known)
    value = load_constant(s->value ? constant_value(ast::as<Constant>(s->value)->value) : rt::Value::none(),
                          kNoReg);
  emit_return(value);
  reenter_blocks(left);
  u_->bound = was_live ? BoundSet::full() : before;
  u_->top = mark;
}

// --- imports
// ---------------------------------------------------------------------------------------------------------

void Generator::import(const Import* s) {
  for (Alias* alias : s->names) {
    Reg mark = u_->top;
    Reg base = alloc(2);
    load_constant(rt::Value::from_int(0), base);
    load_constant(rt::Value::none(), base + 1);
    Reg module = base;
    emit(Op::ImportName, module, base, name_index(names_.id(alias->name)));
    size_t dot = alias->name.find('.');
    if (alias->asname.data()) {
      // `import a.b.c as d` binds the submodule itself.
      while (dot != std::string_view::npos) {
        size_t next = alias->name.find('.', dot + 1);
        std::string part(alias->name.substr(dot + 1, next == std::string_view::npos ? next : next - dot - 1));
        emit(Op::ImportFrom, module, module, name_index(names_.id(part)));
        dot = next;
      }
      store_name(mangled(alias->asname), module);
    } else {
      std::string first(alias->name.substr(0, dot));
      store_name(names_.mangle(u_->scope->owner, names_.id(first)), module);
    }
    u_->top = mark;
  }
}

void Generator::import_from(const ImportFrom* s) {
  if (s->module == "__future__" && s->level == 0 && s->line > last_future_line_) {
    fail(*s, "from __future__ imports must occur at the beginning of the file");
  }
  Reg mark = u_->top;
  std::vector<rt::Value> list;
  for (Alias* alias : s->names) list.push_back(rt::Value::from(names_.str(names_.id(alias->name))));
  rt::Value names = anchor_.keep(rt::Value::from(rt::new_tuple_from(rt_, list.data(), list.size())));
  Reg base = alloc(2);
  load_constant(rt::Value::from_int(s->level), base);
  load_constant(names, base + 1);
  std::string_view module = s->module.data() ? s->module : std::string_view("");
  emit(Op::ImportName, base, base, name_index(names_.id(module)));
  for (Alias* alias : s->names) {
    if (alias->name == "*") {
      emit(Op::ImportStar, base);
      continue;
    }
    NameId id = mangled(alias->asname.data() ? alias->asname : alias->name);
    Reg local = local_register(id);
    Reg d = local != kNoReg ? local : base + 1;
    emit(Op::ImportFrom, d, base, name_index(names_.id(alias->name)));
    store_name(id, d);
  }
  u_->top = mark;
}

}  // namespace lisle::compiler

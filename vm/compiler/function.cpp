// Functions and lambdas: what is evaluated where they are defined (decorators, defaults, annotations,
// closure), and their bodies.
#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

namespace {

// The parts that MakeFunction takes, in the order of their registers.
constexpr u32 kDefaults = 1, kKeywordDefaults = 2, kAnnotations = 4, kClosure = 8;

}  // namespace

std::string Generator::qualified_name(NameId name) {
  std::string own = names_.copy(name);
  if (!u_ || u_->scope->kind == ScopeKind::Module) return own;
  Symbol* symbol = u_->scope->find(names_.mangle(u_->scope->owner, name));
  if (symbol && symbol->meaning == Meaning::GlobalExplicit) return own;
  return u_->qualname + (u_->scope->is_function_like() ? ".<locals>." : ".") + own;
}

rt::Value Generator::docstring(Seq<Stmt*> statements) {
  if (options_.optimize >= 2 || statements.empty()) return rt::Value::none();
  auto* first = ast::as<ExprStmt>(statements[0]);
  auto* text = first ? ast::as<Constant>(first->value) : nullptr;
  if (!text || text->value.kind != ConstantValue::Kind::Str) return rt::Value::none();
  return constant_value(text->value);
}

// --- decorators
// ------------------------------------------------------------------------------------------------------

// Each decorator opens the window of its call; the next one's, and at last the function, lie in its
// argument's place.
void Generator::decorators(Seq<Expr*> list, std::vector<Reg>& windows) {
  for (Expr* e : list) {
    Reg window = open_window();
    expr_to(e, window + 2);
    windows.push_back(window);
  }
}

// The argument of the innermost call is in place; the result ends up in the register below the outermost
// window.
void Generator::apply_decorators(Seq<Expr*> list, const std::vector<Reg>& windows) {
  for (size_t i = windows.size(); i-- > 0;) {
    Reg d = i == 0 ? windows[0] - rt::kWindowPad : windows[i - 1] + rt::kHeaderWords;
    position(*list[static_cast<u32>(i)]);
    call_window(d, windows[i], 1);
  }
}

// --- parts
// -----------------------------------------------------------------------------------------------------------

u32 Generator::default_parts(const Arguments* args) {
  u32 flags = 0;
  if (!args->defaults.empty()) {
    Reg r = alloc();
    move(r, tuple(args->defaults, *args, r));
    u_->top = r + 1;
    flags |= kDefaults;
  }
  Reg mark = u_->top;
  Reg d = alloc();
  Reg first = u_->top;
  u32 count = 0;
  for (u32 i = 0; i < args->kw_defaults.size; ++i) {
    if (!args->kw_defaults[i]) continue;
    load_constant(rt::Value::from(names_.str(mangled(args->kwonlyargs[i]->arg))), alloc());
    expr_to(args->kw_defaults[i], alloc());
    ++count;
  }
  if (count == 0) {
    u_->top = mark;
    return flags;
  }
  emit(Op::BuildDict, d, first, count);
  u_->top = d + 1;
  return flags | kKeywordDefaults;
}

void Generator::annotation(const Expr* e, Reg destination) {
  if (future_annotations_) {
    load_constant(string(unparse(rt_, e)), destination);
  } else if (auto* star = ast::as<Starred>(e)) {
    // `*args: *Types` means the only item of what unpacking yields.
    Reg mark = u_->top;
    Reg value = expr(star->value);
    emit(Op::UnpackSequence, destination, value, 1);
    u_->top = mark;
  } else {
    expr_to(e, destination);
  }
}

bool Generator::annotation_parts(const Arguments* args, const Expr* returns) {
  Reg d = alloc();
  Reg first = u_->top;
  u32 count = 0;
  auto add = [&](std::string_view name, const Expr* e) {
    if (!e) return;
    load_constant(rt::Value::from(names_.str(mangled(name))), alloc());
    annotation(e, alloc());
    ++count;
  };
  auto add_all = [&](Seq<Arg*> list) {
    for (Arg* arg : list) add(arg->arg, arg->annotation);
  };
  add_all(args->args);
  add_all(args->posonlyargs);
  if (args->vararg) add(args->vararg->arg, args->vararg->annotation);
  add_all(args->kwonlyargs);
  if (args->kwarg) add(args->kwarg->arg, args->kwarg->annotation);
  add("return", returns);
  if (count) emit(Op::BuildTuple, d, first, count * 2);
  u_->top = count ? d + 1 : d;
  return count != 0;
}

bool Generator::closure_part(Scope& scope) {
  std::vector<NameId> frees = free_names_of(scope);
  if (frees.empty()) return false;
  Reg d = alloc();
  Reg first = u_->top;
  for (NameId name : frees) {
    Reg r = alloc();
    Place p = place(name);
    if (u_->class_cell != kNoReg && name == class_name_) {
      emit(Op::Move, r, u_->class_cell);
    } else if (p.kind == Place::Cell) {
      emit(Op::Move, r, p.index);
    } else {
      u32 index = 0;
      while (index + 1 < u_->frees.size() && u_->frees[index] != name) ++index;
      emit(Op::FreeCell, r, index);
    }
  }
  emit(Op::BuildTuple, d, first, static_cast<u32>(frees.size()));
  u_->top = d + 1;
  return true;
}

u32 Generator::function_parts(const Arguments* args, const Expr* returns, bool annotates, Scope& scope) {
  u32 flags = default_parts(args);
  if (annotates && annotation_parts(args, returns)) flags |= kAnnotations;
  if (closure_part(scope)) flags |= kClosure;
  return flags;
}

void Generator::make_function(Reg destination, Reg base, u32 flags, rt::Code* code) {
  if (!live()) return;
  u32 index = constant(rt::Value::from(code));
  emit(Op::MakeFunction, destination, flags ? base : destination, flags);
  u_->emit.set_trailing(index);
}

// --- definitions
// -----------------------------------------------------------------------------------------------------

template <class Def>
void Generator::function_def(const Def* def) {
  forbid_debug(mangled(def->name), *def);
  Reg mark = u_->top;
  std::vector<Reg> windows;
  decorators(def->decorator_list, windows);
  NameId name = mangled(def->name);
  Reg local = windows.empty() ? local_register(name) : kNoReg;
  Reg d = local != kNoReg ? local : alloc();
  Reg base = u_->top;
  position(*def);
  Scope& scope = *scopes_.of(def);
  u32 flags = function_parts(def->args, def->returns, true, scope);

  bool decorated = !def->decorator_list.empty();
  Unit unit(rt_, anchor_, u_, &scope);
  unit.qualname = qualified_name(names_.id(def->name));
  unit.doc = docstring(def->body);
  begin_unit(unit, static_cast<u32>(decorated ? def->decorator_list[0]->line : def->line));
  body(def->body);
  implicit_return();
  rt::Code* code = end_unit(def->name, def->args);

  position(*def);
  make_function(d, base, flags, code);
  apply_decorators(def->decorator_list, windows);
  position(*def);
  store_name(name, windows.empty() ? d : mark);
  u_->top = mark;
}

template void Generator::function_def(const FunctionDef*);
template void Generator::function_def(const AsyncFunctionDef*);

Reg Generator::lambda(const Lambda* e, Reg hint) {
  Reg mark = u_->top;
  Scope& scope = *scopes_.of(e);
  Reg base = u_->top;
  u32 flags = function_parts(e->args, nullptr, false, scope);
  Unit unit(rt_, anchor_, u_, &scope);
  unit.qualname = qualified_name(names_.id("<lambda>"));
  begin_unit(unit, static_cast<u32>(e->line));
  Reg r = expr(e->body);
  position(*e->body);
  // The value of a generator lambda's body is what its StopIteration carries.
  emit_return(r);
  rt::Code* code = end_unit("<lambda>", e->args);
  u_->top = mark;
  Reg d = result(hint);
  position(*e);
  make_function(d, base, flags, code);
  return d;
}

// --- classes
// ---------------------------------------------------------------------------------------------------------

void Generator::class_def(const ClassDef* def) {
  NameId name = mangled(def->name);
  forbid_debug(name, *def);
  Reg mark = u_->top;
  std::vector<Reg> windows;
  decorators(def->decorator_list, windows);
  Reg d = alloc();
  Scope& scope = *scopes_.of(def);
  Reg window = open_window();
  position(*def);
  emit(Op::LoadBuildClass, window + 2);
  Reg function = alloc(), own_name = alloc();
  Reg base = u_->top;
  u32 flags = closure_part(scope) ? kClosure : 0;
  make_function(function, base, flags, class_body(def));
  load_constant(rt::Value::from(names_.str(names_.id(def->name))), own_name);
  check_keywords(def->keywords, *def);
  if (plain_arguments(def->bases, def->keywords)) {
    call_arguments(window, 2, def->bases, def->keywords, false, d, *def);
  } else {
    spread_call(window, def->bases, 2, def->keywords, d, *def);
  }
  apply_decorators(def->decorator_list, windows);
  position(*def);
  store_name(name, windows.empty() ? d : mark);
  u_->top = mark;
}

void Generator::setup_annotations() {
  if (u_->scope->annotates) emit(Op::SetupAnnotations);
}

rt::Code* Generator::class_body(const ClassDef* def) {
  bool decorated = !def->decorator_list.empty();
  Unit unit(rt_, anchor_, u_, scopes_.of(def));
  unit.qualname = qualified_name(names_.id(def->name));
  begin_unit(unit, static_cast<u32>(decorated ? def->decorator_list[0]->line : def->line));
  position(*def);
  Reg mark = u_->top;
  store_name(names_.id("__module__"), load_name(names_.id("__name__"), kNoReg));
  u_->top = mark;
  store_name(names_.id("__qualname__"), load_constant(string(unit.qualname), kNoReg));
  u_->top = mark;
  setup_annotations();
  rt::Value doc = docstring(def->body);
  if (!doc.is_none()) store_name(names_.id("__doc__"), load_constant(doc, kNoReg));
  u_->top = mark;
  body(def->body);
  unit.emit.no_position();
  if (unit.class_cell != kNoReg) {
    store_name(names_.id("__classcell__"), unit.class_cell);
    emit(Op::Return, unit.class_cell);
  } else if (live()) {
    emit(Op::Return, load_constant(rt::Value::none(), kNoReg));
  }
  rt::Code* code = end_unit(def->name, nullptr);
  position(*def);
  return code;
}

}  // namespace lisle::compiler

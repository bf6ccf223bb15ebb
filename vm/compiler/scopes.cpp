// The walk that makes the scopes and records how each name occurs in them. Knows which statements bind names;
// does not yet know what a name refers to.
#include "vm/compiler/scopes.h"

#include <array>

namespace lisle::compiler {

using namespace ast;

[[noreturn]] void fail(const Position& at, std::string message) {
  throw CompileError{std::move(message), at};
}

Symbol* Scope::find(NameId name) {
  if (symbols.size() <= kLinear) {
    for (Symbol& symbol : symbols) {
      if (symbol.name == name) return &symbol;
    }
    return nullptr;
  }
  u32 index = index_.find(name);
  return index == FlatMap::kAbsent ? nullptr : &symbols[index];
}

Symbol& Scope::at(NameId name) {
  if (Symbol* known = find(name)) return *known;
  symbols.push_back({name});
  if (symbols.size() == kLinear + 1) {
    for (u32 i = 0; i < symbols.size(); ++i) index_.insert(symbols[i].name, i);
  } else if (symbols.size() > kLinear) {
    index_.insert(name, static_cast<u32>(symbols.size() - 1));
  }
  return symbols.back();
}

Scope* Scopes::add(ScopeKind kind, const Node* node, Scope* parent, NameId name) {
  auto scope = std::make_unique<Scope>();
  scope->kind = kind;
  scope->node = node;
  scope->parent = parent;
  scope->name = name;
  scope->owner = parent ? parent->owner : kNoName;
  scope->nested = parent && (parent->nested || parent->is_function_like());
  if (parent) parent->children.push_back(scope.get());
  by_node_.insert(reinterpret_cast<u64>(node), static_cast<u32>(all_.size()));
  all_.push_back(std::move(scope));
  return all_.back().get();
}

namespace {

class ScopeBuilder {
 public:
  ScopeBuilder(Scopes& scopes, NameTable& names, bool future_annotations)
      : scopes_(scopes), names_(names), future_annotations_(future_annotations) {
    static constexpr std::string_view kShowing[] = {"locals", "vars", "dir", "eval", "exec", "_getframe"};
    for (std::string_view name : kShowing) names_that_show_locals_.push_back(names_.id(name));
    super_ = names_.id("super");
    class_name_ = names_.id("__class__");
    debug_ = names_.id("__debug__");
  }

  void root(const Node* node) {
    scope_ = scopes_.add(ScopeKind::Module, node, nullptr, names_.id("top"));
    if (auto* module = ast::as<Module>(node)) body(module->body);
    if (auto* interactive = ast::as<Interactive>(node)) body(interactive->body);
    if (auto* expression = ast::as<Expression>(node)) expr(expression->body);
  }

 private:
  // --- names
  // ---------------------------------------------------------------------------------------------------------
  NameId mangled(Identifier text) { return names_.mangle(scope_->owner, names_.id(text)); }

  void forbid_debug(NameId name, const Position& at) {
    if (name == debug_) fail(at, "cannot assign to __debug__");
  }

  Symbol& mark(NameId name, u16 flags) {
    Symbol& symbol = scope_->at(name);
    symbol.flags |= flags;
    return symbol;
  }

  // Remembers how a variable is assigned, when it is a plain one.
  void note(const Expr* target, u16 flags) {
    if (auto* name = ast::as<Name>(target)) mark(mangled(name->id), flags);
  }

  static bool is_text(const Expr* value) {
    auto* constant = ast::as<Constant>(value);
    return constant ? constant->value.kind == ConstantValue::Kind::Str : ast::as<JoinedStr>(value) != nullptr;
  }

  void bind(Identifier text, const Position& at, u16 flags = kBoundHere) {
    NameId name = mangled(text);
    forbid_debug(name, at);
    if (scope_->in_target) {
      Symbol& symbol = scope_->at(name);
      if (symbol.flags & kWalrusTarget) {
        fail(at, "comprehension inner loop cannot rebind assignment expression target '" + names_.copy(name) +
                     "'");
      }
      flags |= kIterationVariable;
    }
    mark(name, flags);
  }

  void use(Identifier text) {
    NameId raw = names_.id(text);
    NameId name = names_.mangle(scope_->owner, raw);
    mark(name, kUsed);
    if (raw == super_ && scope_->is_function_like()) mark(class_name_, kUsed);
    for (NameId shows : names_that_show_locals_) scope_->shows_locals |= raw == shows;
  }

  void parameter(const Arg* arg) {
    NameId name = mangled(arg->arg);
    forbid_debug(name, *scope_->node);
    if (scope_->at(name).flags & kParameter) {
      fail(*arg, "duplicate argument '" + names_.copy(name) + "' in function definition");
    }
    mark(name, kParameter);
    scope_->parameters.push_back(name);
  }

  // --- scopes
  // --------------------------------------------------------------------------------------------------------
  void enter(ScopeKind kind, const Node* node, NameId name) {
    bool in_iterable = scope_ && scope_->in_iterable;
    scope_ = scopes_.add(kind, node, scope_, name);
    scope_->in_iterable = in_iterable;
  }
  void leave() { scope_ = scope_->parent; }

  void parameters(const Arguments* args) {
    for (Arg* arg : args->posonlyargs) parameter(arg);
    for (Arg* arg : args->args) parameter(arg);
    for (Arg* arg : args->kwonlyargs) parameter(arg);
    if (args->vararg) parameter(args->vararg);
    if (args->kwarg) parameter(args->kwarg);
  }

  void defaults(const Arguments* args) {
    for (Expr* e : args->defaults) expr(e);
    for (Expr* e : args->kw_defaults) expr(e);
  }

  // Annotations belong to the enclosing scope; those that become text may hold nothing that would change it.
  void annotation(const Expr* e) {
    if (!e) return;
    if (future_annotations_)
      check_annotation(e);
    else
      expr(e);
  }

  void check_annotation(const Expr* e) {
    const char* what = nullptr;
    switch (e->kind) {
      case ast::Kind::NamedExpr:
        what = "named expression";
        break;
      case ast::Kind::Yield:
      case ast::Kind::YieldFrom:
        what = "yield expression";
        break;
      case ast::Kind::Await:
        what = "await expression";
        break;
      default:
        break;
    }
    if (what) fail(*e, "'" + std::string(what) + "' can not be used within an annotation");
    if (e->kind == ast::Kind::Lambda || is_comprehension(e->kind)) return;
    for_each_child(const_cast<Expr*>(e), [&](Node* child) {
      if (is_expression(child->kind)) check_annotation(static_cast<Expr*>(child));
    });
  }

  static bool is_comprehension(ast::Kind kind) {
    return kind == ast::Kind::ListComp || kind == ast::Kind::SetComp || kind == ast::Kind::DictComp ||
           kind == ast::Kind::GeneratorExp;
  }
  static bool is_expression(ast::Kind kind) { return kind >= ast::Kind::BoolOp && kind <= ast::Kind::Slice; }

  void annotations(const Arguments* args, const Expr* returns) {
    for (Arg* arg : args->posonlyargs) annotation(arg->annotation);
    for (Arg* arg : args->args) annotation(arg->annotation);
    if (args->vararg) annotation(args->vararg->annotation);
    for (Arg* arg : args->kwonlyargs) annotation(arg->annotation);
    if (args->kwarg) annotation(args->kwarg->annotation);
    annotation(returns);
  }

  template <class Def>
  void function(const Def* def, bool is_async) {
    bind(def->name, *def);
    defaults(def->args);
    annotations(def->args, def->returns);
    for (Expr* e : def->decorator_list) expr(e);
    enter(ScopeKind::Function, def, names_.id(def->name));
    scope_->is_coroutine = scope_->is_async_def = is_async;
    parameters(def->args);
    body(def->body);
    leave();
  }

  void class_(const ClassDef* def) {
    bind(def->name, *def);
    for (Expr* e : def->bases) expr(e);
    for (Keyword* k : def->keywords) expr(k->value);
    for (Expr* e : def->decorator_list) expr(e);
    enter(ScopeKind::Class, def, names_.id(def->name));
    scope_->owner = names_.id(def->name);
    body(def->body);
    leave();
  }

  void lambda(const Lambda* e) {
    defaults(e->args);
    enter(ScopeKind::Lambda, e, names_.id("lambda"));
    parameters(e->args);
    expr(e->body);
    leave();
  }

  void comprehension(const Expr* e, Sequence<Comprehension*> generators, const Expr* first,
                     const Expr* second) {
    static constexpr const char* kNames[] = {"listcomp", "setcomp", "dictcomp", "genexpr"};
    u32 which = static_cast<u32>(e->kind) - static_cast<u32>(ast::Kind::ListComp);
    // The outermost iterable is evaluated where the comprehension stands.
    bool was = scope_->in_iterable;
    scope_->in_iterable = true;
    expr(generators[0]->iter);
    scope_->in_iterable = was;
    enter(ScopeKind::Comprehension, e, names_.id(kNames[which]));
    scope_->comprehension = e->kind;
    scope_->parameters.push_back(names_.id(".0"));
    mark(names_.id(".0"), kParameter);
    for (u32 i = 0; i < generators.size; ++i) {
      Comprehension* g = generators[i];
      if (g->is_async) scope_->is_coroutine = true;
      if (i > 0) {
        scope_->in_iterable = true;
        expr(g->iter);
        scope_->in_iterable = was;
      }
      scope_->in_target = true;
      expr(g->target);
      scope_->in_target = false;
      for (Expr* test : g->ifs) expr(test);
    }
    if (e->kind == ast::Kind::DictComp) {
      expr(first);
      expr(second);
    } else {
      expr(first);
    }
    scope_->is_generator = e->kind == ast::Kind::GeneratorExp;
    bool coroutine = scope_->is_coroutine && e->kind != ast::Kind::GeneratorExp;
    leave();
    if (coroutine) scope_->is_coroutine = true;
  }

  // A walrus inside comprehensions binds in the function (or module) around them.
  void walrus_in_comprehension(const NamedExpr* e, NameId name) {
    for (Scope* s = scope_; s; s = s->parent) {
      if (s->kind == ScopeKind::Comprehension) {
        Symbol& symbol = s->at(name);
        if (symbol.flags & kIterationVariable) {
          fail(*e->target, "assignment expression cannot rebind comprehension iteration variable '" +
                               names_.copy(name) + "'");
        }
        symbol.flags |= kWalrusTarget;
        continue;
      }
      if (s->kind == ScopeKind::Class) {
        fail(*e->target, "assignment expression within a comprehension cannot be used in a class body");
      }
      bool to_global = s->kind == ScopeKind::Module || (s->at(name).flags & kGlobalDecl);
      for (Scope* inner = scope_; inner != s; inner = inner->parent) {
        // Comprehensions further in hand the name on.
        inner->at(name).flags |= to_global ? kGlobalDecl : kNonlocalDecl;
        inner->declarations.push_back({name, *e->target});
        if (to_global && s->kind == ScopeKind::Module) continue;
      }
      s->at(name).flags |= kBoundHere;
      s->has_walrus = true;
      return;
    }
  }

  void walrus(const NamedExpr* e) {
    if (scope_->in_iterable) {
      fail(*e, "assignment expression cannot be used in a comprehension iterable expression");
    }
    auto* target = ast::as<Name>(e->target);
    NameId name = mangled(target->id);
    forbid_debug(name, *target);
    if (scope_->kind == ScopeKind::Comprehension) {
      walrus_in_comprehension(e, name);
      expr(e->value);
      return;
    }
    expr(e->value);
    scope_->has_walrus = true;
    mark(name, kBoundHere);
  }

  void yield_(const Expr* e, const Expr* value) {
    if (value) expr(value);
    scope_->is_generator = true;
    if (scope_->kind == ScopeKind::Comprehension) {
      static constexpr const char* kWhere[] = {"list comprehension", "set comprehension",
                                               "dict comprehension", "generator expression"};
      u32 which = static_cast<u32>(scope_->comprehension) - static_cast<u32>(ast::Kind::ListComp);
      fail(*e, std::string("'yield' inside ") + kWhere[which]);
    }
  }

  // --- expressions
  // ---------------------------------------------------------------------------------------------------
  void all(Sequence<Expr*> list) {
    for (Expr* e : list) expr(e);
  }

  // Chains may be longer than the C++ stack is deep: they are gathered first and visited from their far end.
  void chain(const Expr* e) {
    size_t base = chain_.size();
    for (;;) {
      chain_.push_back(e);
      if (auto* b = ast::as<BinOp>(e))
        e = b->left;
      else if (auto* a = ast::as<Attribute>(e))
        e = a->value;
      else if (auto* s = ast::as<Subscript>(e))
        e = s->value;
      else if (auto* c = ast::as<Call>(e))
        e = c->func;
      else
        break;
    }
    chain_.pop_back();
    expr(e);
    while (chain_.size() > base) {
      const Expr* link = chain_.back();
      chain_.pop_back();
      if (auto* b = ast::as<BinOp>(link)) expr(b->right);
      if (auto* s = ast::as<Subscript>(link)) expr(s->slice);
      if (auto* c = ast::as<Call>(link)) {
        all(c->args);
        for (Keyword* k : c->keywords) expr(k->value);
      }
      if (auto* a = ast::as<Attribute>(link)) {
        NameId name = names_.id(a->attr);
        for (NameId shows : names_that_show_locals_) scope_->shows_locals |= name == shows;
      }
    }
  }

  void expr(const Expr* e) {
    if (!e) return;
    switch (e->kind) {
      case ast::Kind::Constant:
        return;
      case ast::Kind::Name: {
        auto* name = static_cast<const Name*>(e);
        if (name->ctx == ExprContext::Load) return use(name->id);
        // What may not be deleted is refused where the code is made.
        if (name->ctx == ExprContext::Del)
          mark(mangled(name->id), kBoundHere | kDeleted);
        else
          bind(name->id, *e);
        return;
      }
      case ast::Kind::BinOp:
      case ast::Kind::Attribute:
      case ast::Kind::Subscript:
      case ast::Kind::Call:
        return chain(e);
      case ast::Kind::NamedExpr:
        return walrus(static_cast<const NamedExpr*>(e));
      case ast::Kind::Lambda:
        return lambda(static_cast<const Lambda*>(e));
      case ast::Kind::ListComp: {
        auto* c = static_cast<const ListComp*>(e);
        return comprehension(e, c->generators, c->elt, nullptr);
      }
      case ast::Kind::SetComp: {
        auto* c = static_cast<const SetComp*>(e);
        return comprehension(e, c->generators, c->elt, nullptr);
      }
      case ast::Kind::GeneratorExp: {
        auto* c = static_cast<const GeneratorExp*>(e);
        return comprehension(e, c->generators, c->elt, nullptr);
      }
      case ast::Kind::DictComp: {
        auto* c = static_cast<const DictComp*>(e);
        return comprehension(e, c->generators, c->key, c->value);
      }
      case ast::Kind::Yield:
        return yield_(e, static_cast<const Yield*>(e)->value);
      case ast::Kind::YieldFrom:
        return yield_(e, static_cast<const YieldFrom*>(e)->value);
      case ast::Kind::Await:
        expr(static_cast<const Await*>(e)->value);
        scope_->is_coroutine = true;
        return;
      default:
        for_each_child(const_cast<Expr*>(e), [&](Node* child) { expr(static_cast<Expr*>(child)); });
    }
  }

  // --- statements
  // ----------------------------------------------------------------------------------------------------
  void body(Sequence<Stmt*> list) {
    for (Stmt* s : list) stmt(s);
  }

  template <class S>
  void declaration(const S* s, const char* word, u16 flag) {
    for (Identifier text : s->names) {
      NameId name = mangled(text);
      u16 seen = scope_->at(name).flags;
      std::string quoted = "'" + names_.copy(name) + "'";
      if (seen & kParameter) fail(*s, "name " + quoted + " is parameter and " + word);
      if (seen & kUsed) fail(*s, "name " + quoted + " is used prior to " + word + " declaration");
      if (seen & kAnnotated) fail(*s, "annotated name " + quoted + " can't be " + word);
      if (seen & kBoundHere) fail(*s, "name " + quoted + " is assigned to before " + word + " declaration");
      if (flag == kNonlocalDecl && scope_->kind == ScopeKind::Module) {
        fail(*s, "nonlocal declaration not allowed at module level");
      }
      mark(name, flag);
      // What any function calls global is so for the module itself: with other locals than globals it is
      // there that the module stores it.
      if (flag == kGlobalDecl) scopes_.top()->at(name).flags |= kGlobalDecl;
      scope_->declarations.push_back({name, *s});
    }
  }

  void annotated_assignment(const AnnAssign* s) {
    scope_->annotates = true;
    auto* name = ast::as<Name>(s->target);
    if (name) {
      NameId id = mangled(name->id);
      forbid_debug(id, *name);
      u16 seen = scope_->at(id).flags;
      if ((seen & (kGlobalDecl | kNonlocalDecl)) && scope_->kind != ScopeKind::Module && s->simple) {
        fail(*s, "annotated name '" + names_.copy(id) + "' can't be " +
                     ((seen & kGlobalDecl) ? "global" : "nonlocal"));
      }
      if (s->simple)
        mark(id, kAnnotated | kBoundHere);
      else if (s->value)
        mark(id, kBoundHere);
    } else {
      expr(s->target);
    }
    annotation(s->annotation);
    expr(s->value);
  }

  void import(Sequence<Alias*> aliases, const Stmt* s) {
    for (Alias* alias : aliases) {
      std::string_view name = alias->asname.data() ? alias->asname : alias->name;
      if (name == "*") {
        if (scope_->kind != ScopeKind::Module) fail(*alias, "import * only allowed at module level");
        continue;
      }
      size_t dot = alias->asname.data() ? std::string_view::npos : name.find('.');
      if (dot == std::string_view::npos)
        bind(name, *s, kBoundHere | kImported);
      else
        bind(first_part(name.substr(0, dot)), *s, kBoundHere | kImported);
    }
  }
  // The text of a name before its first dot begins at the address of the whole, which the name table must not
  // confuse.
  std::string_view first_part(std::string_view text) { return names_.text(names_.id(std::string(text))); }

  void handlers(Sequence<ExceptHandler*> list) {
    for (ExceptHandler* h : list) {
      expr(h->type);
      if (h->name.data()) bind(h->name, *h, kBoundHere | kDeleted);
      body(h->body);
    }
  }

  template <class S>
  void try_(const S* s) {
    body(s->body);
    handlers(s->handlers);
    body(s->orelse);
    body(s->finalbody);
  }

  void pattern(const Pattern* p) {
    if (auto* star = ast::as<MatchStar>(p); star && star->name.data()) mark(mangled(star->name), kBoundHere);
    if (auto* as_ = ast::as<MatchAs>(p); as_ && as_->name.data()) mark(mangled(as_->name), kBoundHere);
    if (auto* map = ast::as<MatchMapping>(p); map && map->rest.data()) mark(mangled(map->rest), kBoundHere);
    for_each_child(const_cast<Pattern*>(p), [&](Node* child) {
      if (is_expression(child->kind))
        expr(static_cast<Expr*>(child));
      else
        pattern(static_cast<Pattern*>(child));
    });
  }

  void if_(const If* s) {
    for (;;) {
      expr(s->test);
      body(s->body);
      const If* next = s->orelse.size == 1 ? ast::as<If>(s->orelse[0]) : nullptr;
      if (!next) return body(s->orelse);
      s = next;
    }
  }

  template <class S>
  void for_(const S* s) {
    expr(s->target);
    expr(s->iter);
    body(s->body);
    body(s->orelse);
  }

  void with(Sequence<WithItem*> items, Sequence<Stmt*> statements) {
    for (WithItem* item : items) {
      expr(item->context_expr);
      expr(item->optional_vars);
    }
    body(statements);
  }

  void stmt(const Stmt* s) {
    switch (s->kind) {
      case ast::Kind::FunctionDef:
        return function(static_cast<const FunctionDef*>(s), false);
      case ast::Kind::AsyncFunctionDef:
        return function(static_cast<const AsyncFunctionDef*>(s), true);
      case ast::Kind::ClassDef:
        return class_(static_cast<const ClassDef*>(s));
      case ast::Kind::Return: {
        auto* r = static_cast<const Return*>(s);
        if (r->value && scope_->return_value_at.line == 0) scope_->return_value_at = *s;
        return expr(r->value);
      }
      case ast::Kind::Delete:
        return all(static_cast<const Delete*>(s)->targets);
      case ast::Kind::Assign: {
        auto* a = static_cast<const Assign*>(s);
        all(a->targets);
        if (is_text(a->value))
          for (const Expr* target : a->targets) note(target, kStartsAsText);
        return expr(a->value);
      }
      case ast::Kind::AugAssign: {
        auto* a = static_cast<const AugAssign*>(s);
        expr(a->target);
        if (a->op == ast::Operator::Add) note(a->target, kAppendedTo);
        return expr(a->value);
      }
      case ast::Kind::AnnAssign:
        return annotated_assignment(static_cast<const AnnAssign*>(s));
      case ast::Kind::For:
        return for_(static_cast<const For*>(s));
      case ast::Kind::AsyncFor:
        return for_(static_cast<const AsyncFor*>(s));
      case ast::Kind::While: {
        auto* w = static_cast<const While*>(s);
        expr(w->test);
        body(w->body);
        return body(w->orelse);
      }
      case ast::Kind::If:
        return if_(static_cast<const If*>(s));
      case ast::Kind::With: {
        auto* w = static_cast<const With*>(s);
        return with(w->items, w->body);
      }
      case ast::Kind::AsyncWith: {
        auto* w = static_cast<const AsyncWith*>(s);
        return with(w->items, w->body);
      }
      case ast::Kind::Match: {
        auto* m = static_cast<const Match*>(s);
        expr(m->subject);
        for (MatchCase* c : m->cases) {
          pattern(c->pattern);
          expr(c->guard);
          body(c->body);
        }
        return;
      }
      case ast::Kind::Raise: {
        auto* r = static_cast<const Raise*>(s);
        expr(r->exc);
        return expr(r->cause);
      }
      case ast::Kind::Try:
        return try_(static_cast<const Try*>(s));
      case ast::Kind::TryStar:
        return try_(static_cast<const TryStar*>(s));
      case ast::Kind::Assert: {
        auto* a = static_cast<const Assert*>(s);
        expr(a->test);
        return expr(a->msg);
      }
      case ast::Kind::Import:
        return import(static_cast<const Import*>(s)->names, s);
      case ast::Kind::ImportFrom:
        return import(static_cast<const ImportFrom*>(s)->names, s);
      case ast::Kind::Global:
        return declaration(static_cast<const Global*>(s), "global", kGlobalDecl);
      case ast::Kind::Nonlocal:
        return declaration(static_cast<const Nonlocal*>(s), "nonlocal", kNonlocalDecl);
      case ast::Kind::ExprStmt:
        return expr(static_cast<const ExprStmt*>(s)->value);
      default:
        return;
    }
  }

  Scopes& scopes_;
  NameTable& names_;
  bool future_annotations_;
  Scope* scope_ = nullptr;
  std::vector<NameId> names_that_show_locals_;
  NameId super_, class_name_, debug_;
  std::vector<const Expr*> chain_;
};

}  // namespace

void build_scopes(Scopes& scopes, NameTable& names, const Node* root, bool future_annotations) {
  ScopeBuilder(scopes, names, future_annotations).root(root);
}

}  // namespace lisle::compiler

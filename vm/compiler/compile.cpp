// The entry: future statements, the passes in order, and the one place where compile errors are caught.
#include "vm/compiler/compile.h"

#include <algorithm>

#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

namespace {

struct Futures {
  bool annotations = false;
  int last_line = 0;  // future statements end here
};

void read_feature(const ImportFrom* s, std::string_view feature, Futures& futures) {
  static constexpr std::string_view kFeatures[] = {
      "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
      "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};
  // Where exactly is not said.
  Position at{s->line, 0, s->line, -1};
  if (feature == "braces") fail(at, "not a chance");
  if (std::find(std::begin(kFeatures), std::end(kFeatures), feature) == std::end(kFeatures)) {
    fail(at, "future feature " + std::string(feature) + " is not defined");
  }
  if (feature == "annotations") futures.annotations = true;
}

Futures read_futures(const Node* root, bool inherited) {
  Futures futures{inherited, 0};
  Sequence<Stmt*> body;
  if (auto* module = ast::as<Module>(root)) body = module->body;
  if (auto* interactive = ast::as<Interactive>(root)) body = interactive->body;
  bool first = true;
  for (Stmt* s : body) {
    auto* text = ast::as<ExprStmt>(s);
    auto* constant = text ? ast::as<Constant>(text->value) : nullptr;
    if (first && constant && constant->value.kind == ConstantValue::Kind::Str) {
      first = false;
      continue;
    }
    first = false;
    auto* import = ast::as<ImportFrom>(s);
    if (!import || import->module != "__future__" || import->level != 0) break;
    for (Alias* alias : import->names) read_feature(import, alias->name, futures);
    futures.last_line = import->line;
  }
  return futures;
}

// Runs `work` and turns what it throws into `error`.
template <class Work>
bool guarded(SyntaxErrorInfo& error, Work work) {
  try {
    work();
    return true;
  } catch (const CompileError& e) {
    error.message = e.message;
    error.line = e.position.line;
    error.column = e.position.col;
    error.end_line = e.position.end_line;
    error.end_column = e.position.end_col;
    error.out_of_bounds = e.out_of_bounds;
    return false;
  }
}

}  // namespace

rt::Code* Generator::module(const Node* root) {
  Scope* scope = scopes_.top();
  Unit unit(rt_, anchor_, nullptr, scope);
  unit.qualname = "<module>";
  begin_unit(unit, 1);
  Seq<Stmt*> statements;
  if (auto* m = ast::as<Module>(root)) statements = m->body;
  if (auto* i = ast::as<Interactive>(root)) statements = i->body;
  if (auto* e = ast::as<Expression>(root)) {
    Reg r = expr(e->body);
    position(*e->body);
    emit_return(r);
    return end_unit("<module>", nullptr);
  }
  setup_annotations();
  rt::Value doc = options_.mode == Mode::Module ? docstring(statements) : rt::Value::none();
  Reg mark = u_->top;
  if (!doc.is_none()) {
    position(*statements[0]);
    store_name(names_.id("__doc__"), load_constant(doc, kNoReg));
    u_->top = mark;
  }
  body(statements);
  implicit_return();
  return end_unit("<module>", nullptr);
}

rt::Code* compile(rt::Runtime& rt, const Node* root, const Options& options, SyntaxErrorInfo& error,
                  std::vector<Warning>& warnings) {
  bc::Anchor anchor(rt);
  rt::Code* code = nullptr;
  guarded(error, [&] {
    NameTable names(rt, anchor);
    Scopes scopes;
    Futures futures = read_futures(root, options.future_annotations);
    build_scopes(scopes, names, root, futures.annotations);
    resolve_scopes(scopes, names);
    Generator generator(rt, anchor, names, scopes, options, futures.annotations, futures.last_line);
    code = generator.module(root);
    warnings = generator.warnings();
  });
  return code;
}

std::string dump_scopes(rt::Runtime& rt, const Node* root, const Options& options, SyntaxErrorInfo& error) {
  bc::Anchor anchor(rt);
  std::string text;
  guarded(error, [&] {
    NameTable names(rt, anchor);
    Scopes scopes;
    Futures futures = read_futures(root, options.future_annotations);
    build_scopes(scopes, names, root, futures.annotations);
    resolve_scopes(scopes, names);
    text = scopes_text(scopes, names);
  });
  return text;
}

}  // namespace lisle::compiler

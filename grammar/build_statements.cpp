// Owns: statements but for definitions and `match`.
#include "grammar/build_definitions.h"

namespace lisle::grammar {
namespace {

bool bare_yield(Rule* value) {
  return rule(value->children[0])->getRuleIndex() == Tok::RuleYieldExpression;
}

bool is_simple(Rule* statement) {
  return rule(statement->children[0])->getRuleIndex() == Tok::RuleSimpleLine;
}

}  // namespace

ast::Node* Builder::build(Rule* root, Mode mode) {
  if (mode == Mode::Eval) {
    auto* result = arena_.make<ast::Expression>();
    Rule* row = rule(root->children[0]);
    for (TreeNode* child : row->children) {
      if (is_leaf(child) && leaf(child).type == Tok::STAR) fail(leaf(child).at, "invalid syntax");
    }
    result->body = tests(row);
    return result;
  }
  Stmts body;
  Rule* before = nullptr;
  for (Walk walk(root); !walk.done();) {
    if (!walk.at_rule()) break;
    if (mode == Mode::Single && before) fail_second(before, rule(walk.node()));
    before = rule(walk.node());
    statement(walk.rule(), body);
  }
  if (mode == Mode::Single) {
    if (before && !is_simple(before) && source_.newline_added) check_ended(before);
    auto* result = arena_.make<ast::Interactive>();
    result->body = arena_.copy(body);
    return result;
  }
  auto* result = arena_.make<ast::Module>();
  result->body = arena_.copy(body);
  return result;
}

// One statement typed at a prompt is a line of simple ones, or a compound one.
void Builder::fail_second(Rule* before, Rule* second) {
  if (!is_simple(before)) fail(first_token(second).at, "invalid syntax");
  SyntaxError error = make_error(source_, last_token(before).at,
                                 "multiple statements found while compiling a single statement");
  error.end_col = error.col;
  throw Failure{error};
}

// A compound statement at a prompt ends with a line end of its own: the next line could belong to it. Where
// it ends inside of a block, the end of the text may stand for that.
void Builder::check_ended(Rule* statement) {
  const std::string_view line = source_.line(last_token(statement).at.line);
  const bool in_block = !line.empty() && (line[0] == ' ' || line[0] == '\t');
  if (in_block && options_.implies_dedent) return;
  SyntaxError error =
      make_error(source_, {static_cast<int>(source_.line_starts.size()) - 1, 0, 0, 0}, "invalid syntax");
  error.end_line = error.line;
  error.col = error.end_col = 0;
  error.incomplete = true;
  throw Failure{error};
}

void Builder::statement(Rule* node, Stmts& out) {
  Rule* inner = rule(node->children[0]);
  switch (inner->getRuleIndex()) {
    case Tok::RuleSimpleLine:
      return simple_line(inner, out);
    case Tok::RuleIfStatement:
      return out.push_back(if_statement(inner));
    case Tok::RuleWhileStatement:
      return out.push_back(while_statement(inner));
    case Tok::RuleForStatement:
      return out.push_back(for_statement<ast::For>(inner, first_token(inner)));
    case Tok::RuleTryStatement:
      return out.push_back(try_statement(inner));
    case Tok::RuleWithStatement:
      return out.push_back(with_statement<ast::With>(inner, first_token(inner)));
    case Tok::RuleFunction:
      return out.push_back(function<ast::FunctionDef>(inner, first_token(inner), {}));
    case Tok::RuleClassDefinition:
      return out.push_back(class_definition(inner, {}));
    case Tok::RuleDecorated:
      return out.push_back(decorated(inner));
    case Tok::RuleAsyncStatement:
      return out.push_back(async_statement(inner));
    default:
      return out.push_back(match_statement(inner));
  }
}

void Builder::simple_line(Rule* node, Stmts& out) {
  for (Walk walk(node); !walk.done();) {
    if (walk.at_rule()) {
      out.push_back(simple_statement(walk.rule()));
    } else {
      walk.skip();
    }
  }
}

ast::Sequence<ast::Stmt*> Builder::block(Rule* node) {
  Nested nested(*this, first_token(node));
  Stmts body;
  if (!is_leaf(node->children[0])) {
    simple_line(rule(node->children[0]), body);
    return arena_.copy(body);
  }
  for (Walk walk(node); !walk.done();) {
    if (walk.at_rule()) {
      statement(walk.rule(), body);
    } else {
      walk.skip();
    }
  }
  return arena_.copy(body);
}

ast::Stmt* Builder::simple_statement(Rule* node) {
  if (!is_leaf(node->children[0])) {
    Rule* inner = rule(node->children[0]);
    switch (inner->getRuleIndex()) {
      case Tok::RuleAssignment:
        return assignment(inner);
      case Tok::RuleImportModules:
        return import_modules(inner);
      default:
        return import_names(inner);
    }
  }
  switch (leaf(node->children[0]).type) {
    case Tok::PASS:
      return make<ast::Pass>(span(node));
    case Tok::BREAK:
      return make<ast::Break>(span(node));
    case Tok::CONTINUE:
      return make<ast::Continue>(span(node));
    case Tok::RETURN:
      return return_statement(node);
    case Tok::RAISE:
      return raise_statement(node);
    case Tok::DEL:
      return delete_statement(node);
    case Tok::ASSERT:
      return assert_statement(node);
    case Tok::GLOBAL:
      return scope_statement<ast::Global>(node);
    default:
      return scope_statement<ast::Nonlocal>(node);
  }
}

ast::Stmt* Builder::assignment(Rule* node) {
  Walk walk(node);
  Rule* first = walk.rule();
  if (walk.done()) {
    auto* result = make<ast::ExprStmt>(span(node));
    result->value = value(first);
    return result;
  }
  if (walk.peek() == Tok::COLON) return annotated_assignment(first, walk, node);
  if (walk.peek() != Tok::ASSIGN) return augmented_assignment(first, walk, node);
  Exprs values = {value(first)};
  while (walk.accept(Tok::ASSIGN)) values.push_back(value(walk.rule()));
  ast::Expr* assigned = values.back();
  values.pop_back();
  for (std::size_t i = 0; i < values.size(); ++i) {
    ast::Expr* target = values[i];
    if (bare_yield(rule(node->children[2 * i]))) {
      fail(*target, "assignment to yield expression not possible");
    }
    // The suggestion is made for a lone comparison-like `a = b` only.
    make_target(target, {Target::Assign, values.size() == 1});
  }
  auto* result = make<ast::Assign>(span(node));
  result->targets = arena_.copy(values);
  result->value = assigned;
  return result;
}

ast::Stmt* Builder::annotated_assignment(Rule* first, Walk& rest, Rule* node) {
  ast::Expr* target = value(first);
  switch (target->kind) {
    case ast::Kind::Name:
    case ast::Kind::Attribute:
    case ast::Kind::Subscript:
      break;
    case ast::Kind::List:
      fail(*target, "only single target (not list) can be annotated");
    case ast::Kind::Tuple:
      fail(*target, "only single target (not tuple) can be annotated");
    default:
      fail(*target, "illegal target for annotation");
  }
  make_target(target, {Target::Assign, false});
  auto* result = make<ast::AnnAssign>(span(node));
  result->target = target;
  rest.skip();
  result->annotation = test(rest.rule());
  if (rest.accept(Tok::ASSIGN)) result->value = value(rest.rule());
  result->simple = target->kind == ast::Kind::Name && first_token(first).type == Tok::NAME;
  return result;
}

ast::Stmt* Builder::augmented_assignment(Rule* first, Walk& rest, Rule* node) {
  static constexpr ast::Operator kOperators[] = {
      ast::Operator::Add,    ast::Operator::Sub,      ast::Operator::Mult,   ast::Operator::Pow,
      ast::Operator::Div,    ast::Operator::FloorDiv, ast::Operator::Mod,    ast::Operator::MatMult,
      ast::Operator::LShift, ast::Operator::RShift,   ast::Operator::BitAnd, ast::Operator::BitOr,
      ast::Operator::BitXor,
  };
  static_assert(Tok::CARET_ASSIGN - Tok::PLUS_ASSIGN + 1 == sizeof kOperators / sizeof kOperators[0]);
  ast::Expr* target = value(first);
  if (target->kind != ast::Kind::Name && target->kind != ast::Kind::Attribute &&
      target->kind != ast::Kind::Subscript) {
    fail(*target,
         "'" + std::string(expression_name(target)) + "' is an illegal expression for augmented assignment");
  }
  make_target(target, {Target::Assign, false});
  auto* result = make<ast::AugAssign>(span(node));
  result->target = target;
  result->op = kOperators[rest.token().type - Tok::PLUS_ASSIGN];
  result->value = value(rest.rule());
  return result;
}

ast::Stmt* Builder::return_statement(Rule* node) {
  auto* result = make<ast::Return>(span(node));
  if (node->children.size() > 1) result->value = tests(rule(node->children[1]));
  return result;
}

ast::Stmt* Builder::raise_statement(Rule* node) {
  auto* result = make<ast::Raise>(span(node));
  if (node->children.size() > 1) result->exc = test(rule(node->children[1]));
  if (node->children.size() > 3) result->cause = test(rule(node->children[3]));
  return result;
}

ast::Stmt* Builder::delete_statement(Rule* node) {
  Rule* row = rule(node->children[1]);
  auto* result = make<ast::Delete>(span(node));
  Exprs values;
  for (Walk walk(row); !walk.done();) {
    if (walk.peek() == Tok::STAR) {
      values.push_back(starred(walk));
    } else if (walk.at_rule()) {
      values.push_back(test(walk.rule()));
    } else {
      walk.skip();
      continue;
    }
    make_target(values.back(), {Target::Delete, false});
  }
  result->targets = arena_.copy(values);
  return result;
}

ast::Stmt* Builder::assert_statement(Rule* node) {
  auto* result = make<ast::Assert>(span(node));
  result->test = test(rule(node->children[1]));
  if (node->children.size() > 2) result->msg = test(rule(node->children[3]));
  return result;
}

template <class T>
ast::Stmt* Builder::scope_statement(Rule* node) {
  std::vector<ast::Identifier> names;
  for (Walk walk(node); !walk.done();) {
    Token& token = walk.token();
    if (token.type == Tok::NAME) names.push_back(identifier(token));
  }
  auto* result = make<T>(span(node));
  result->names = arena_.copy(names);
  return result;
}

ast::Identifier Builder::dotted_name(Rule* node) {
  std::string text;
  for (Walk walk(node); !walk.done();) {
    Token& token = walk.token();
    text += token.type == Tok::DOT ? std::string_view(".") : identifier(token);
  }
  return arena_.intern(text);
}

ast::Stmt* Builder::import_modules(Rule* node) {
  std::vector<ast::Alias*> names;
  Walk walk(node);
  while (!walk.done()) {
    walk.skip();
    Rule* path = walk.rule();
    auto* alias = make<ast::Alias>(span(path));
    alias->name = dotted_name(path);
    if (walk.accept(Tok::AS)) {
      Token& name = walk.token();
      alias->asname = identifier(name);
      static_cast<ast::Position&>(*alias) = span(*alias, name.at);
    }
    names.push_back(alias);
  }
  auto* result = make<ast::Import>(span(node));
  result->names = arena_.copy(names);
  return result;
}

ast::Alias* Builder::imported_name(Rule* node) {
  auto* alias = make<ast::Alias>(span(node));
  alias->name = identifier(leaf(node->children[0]));
  if (node->children.size() > 1) alias->asname = identifier(leaf(node->children[2]));
  return alias;
}

ast::Stmt* Builder::import_names(Rule* node) {
  auto* result = make<ast::ImportFrom>(span(node));
  std::vector<ast::Alias*> names;
  Walk walk(node);
  walk.skip();
  while (!walk.done()) {
    if (walk.at_rule()) {
      Rule* inner = walk.rule();
      if (inner->getRuleIndex() == Tok::RuleDottedName) {
        result->module = dotted_name(inner);
      } else {
        names.push_back(imported_name(inner));
      }
      continue;
    }
    Token& token = walk.token();
    if (token.type == Tok::DOT) result->level += 1;
    if (token.type == Tok::ELLIPSIS) result->level += 3;
    if (token.type == Tok::STAR) {
      auto* alias = make<ast::Alias>(token.at);
      alias->name = arena_.intern("*");
      names.push_back(alias);
    }
  }
  result->names = arena_.copy(names);
  return result;
}

// A chain of elif is a chain of nested If nodes; it is built from its end, without recursion.
ast::Stmt* Builder::if_statement(Rule* node) {
  std::vector<ast::If*> chain;
  ast::Sequence<ast::Stmt*> otherwise;
  for (Walk walk(node); !walk.done();) {
    Token& keyword = walk.token();
    if (keyword.type == Tok::ELSE) {
      walk.skip();
      otherwise = block(walk.rule());
      break;
    }
    auto* part = make<ast::If>(keyword.at);
    part->test = condition(walk.rule());
    walk.skip();
    part->body = block(walk.rule());
    chain.push_back(part);
  }
  ast::Position end = otherwise.empty() ? *chain.back()->body.back() : *otherwise.back();
  for (std::size_t i = chain.size(); i-- > 0;) {
    chain[i]->orelse = otherwise;
    static_cast<ast::Position&>(*chain[i]) = span(*chain[i], end);
    ast::Stmt* inner = chain[i];
    otherwise = arena_.copy(&inner, 1);
  }
  return chain[0];
}

ast::Stmt* Builder::while_statement(Rule* node) {
  auto* result = make<ast::While>(first_token(node).at);
  result->test = condition(rule(node->children[1]));
  result->body = block(rule(node->children[3]));
  if (node->children.size() > 4) result->orelse = block(rule(node->children[6]));
  const ast::Stmt* last = result->orelse.empty() ? result->body.back() : result->orelse.back();
  static_cast<ast::Position&>(*result) = span(*result, *last);
  return result;
}

template <class T>
ast::Stmt* Builder::for_statement(Rule* node, const Token& start) {
  auto* result = make<T>(start.at);
  result->target = targets(rule(node->children[1]));
  make_target(result->target, {Target::For, false});
  result->iter = tests(rule(node->children[3]));
  result->body = block(rule(node->children[5]));
  if (node->children.size() > 6) result->orelse = block(rule(node->children[8]));
  const ast::Stmt* last = result->orelse.empty() ? result->body.back() : result->orelse.back();
  static_cast<ast::Position&>(*result) = span(*result, *last);
  return result;
}

ast::Stmt* Builder::try_statement(Rule* node) {
  auto* result = make<ast::Try>(first_token(node).at);
  std::vector<ast::ExceptHandler*> handlers;
  bool groups = false;
  ast::Position end;
  for (Walk walk(node); !walk.done();) {
    if (walk.at_rule()) {
      Rule* clause = walk.rule();
      bool group = false;
      handlers.push_back(except_clause(clause, group));
      if (handlers.size() > 1 && group != groups) {
        fail(first_token(clause).at, "cannot have both 'except' and 'except*' on the same 'try'");
      }
      groups = group;
      end = *handlers.back();
      continue;
    }
    std::size_t keyword = walk.token().type;
    walk.skip();
    ast::Sequence<ast::Stmt*> body = block(walk.rule());
    (keyword == Tok::TRY ? result->body : keyword == Tok::ELSE ? result->orelse : result->finalbody) = body;
    end = *body.back();
  }
  result->handlers = arena_.copy(handlers);
  static_cast<ast::Position&>(*result) = span(*result, end);
  if (!groups) return result;
  auto* star = make<ast::TryStar>(*result);
  star->body = result->body;
  star->handlers = result->handlers;
  star->orelse = result->orelse;
  star->finalbody = result->finalbody;
  return star;
}

ast::ExceptHandler* Builder::except_clause(Rule* node, bool& group) {
  Walk walk(node);
  auto* result = make<ast::ExceptHandler>(walk.token().at);
  group = walk.accept(Tok::STAR);
  if (walk.at_rule()) {
    result->type = test(walk.rule());
    if (walk.accept(Tok::AS)) result->name = identifier(walk.token());
  } else if (group) {
    fail(walk.token().at, "expected one or more exception types");
  }
  walk.skip();
  result->body = block(walk.rule());
  static_cast<ast::Position&>(*result) = span(*result, *result->body.back());
  return result;
}

template <class T>
ast::Stmt* Builder::with_statement(Rule* node, const Token& start) {
  auto* result = make<T>(start.at);
  std::vector<ast::WithItem*> items;
  Walk walk(node);
  walk.skip();
  with_items(walk, items);
  result->items = arena_.copy(items);
  result->body = block(walk.rule());
  static_cast<ast::Position&>(*result) = span(*result, *result->body.back());
  return result;
}

void Builder::with_items(Walk& walk, std::vector<ast::WithItem*>& items) {
  Rule* first = rule(walk.node());
  bool single = true;
  for (Walk ahead = walk; !ahead.done(); ahead.skip()) single &= ahead.peek() != Tok::COMMA;
  if (single && parenthesized_with_items(first, items)) {
    walk.skip();
    walk.skip();
    return;
  }
  do {
    Rule* item = walk.rule();
    auto* part = make<ast::WithItem>(span(item));
    part->context_expr = test(rule(item->children[0]));
    if (item->children.size() > 1) {
      part->optional_vars = target(rule(item->children[2]));
      make_target(part->optional_vars, {Target::Assign, false});
    }
    items.push_back(part);
  } while (walk.token().type == Tok::COMMA);
}

// `with (a as b, c):`. The parentheses belong to the statement only if nothing but plain items stands in
// them.
bool Builder::parenthesized_with_items(Rule* item, std::vector<ast::WithItem*>& items) {
  Rule* node = item;
  for (std::size_t expected : {Tok::RuleTest, Tok::RuleOperation, Tok::RuleOperand}) {
    if (node->children.size() != 1 || is_leaf(node->children[0])) return false;
    node = rule(node->children[0]);
    if (node->getRuleIndex() != expected) return false;
  }
  bool group = node->children.size() == 3 && is_leaf(node->children[0]) &&
               leaf(node->children[0]).type == Tok::LPAREN && !is_leaf(node->children[1]) &&
               rule(node->children[1])->getRuleIndex() == Tok::RuleElements;
  if (!group) return false;
  Rule* row = rule(node->children[1]);
  for (Walk walk(row); !walk.done(); walk.skip()) {
    if (!walk.at_rule()) continue;
    Rule* element = rule(walk.node());
    if (element->getRuleIndex() != Tok::RuleElement || is_leaf(element->children[0])) return false;
    if (element->children.size() > 1 && leaf(element->children[1]).type != Tok::AS) return false;
  }
  for (Walk walk(row); !walk.done();) {
    if (!walk.at_rule()) {
      walk.skip();
      continue;
    }
    Rule* element = walk.rule();
    auto* part = make<ast::WithItem>(span(element));
    part->context_expr = test(rule(element->children[0]));
    if (element->children.size() > 1) {
      part->optional_vars = target(rule(element->children[2]));
      make_target(part->optional_vars, {Target::Assign, false});
    }
    items.push_back(part);
  }
  return true;
}

ast::Stmt* Builder::async_statement(Rule* node) {
  const Token& start = first_token(node);
  Rule* inner = rule(node->children[1]);
  switch (inner->getRuleIndex()) {
    case Tok::RuleFunction:
      return function<ast::AsyncFunctionDef>(inner, start, {});
    case Tok::RuleWithStatement:
      return with_statement<ast::AsyncWith>(inner, start);
    default:
      return for_statement<ast::AsyncFor>(inner, start);
  }
}

}  // namespace lisle::grammar

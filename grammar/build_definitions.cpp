// Owns: functions, classes, lambdas, decorators, and the order of parameters.
#include "grammar/build_definitions.h"

namespace lisle::grammar {

ast::Stmt* Builder::class_definition(Rule* node, ast::Sequence<ast::Expr*> decorators) {
  Walk walk(node);
  auto* result = make<ast::ClassDef>(walk.token().at);
  result->name = identifier(walk.token());
  result->decorator_list = decorators;
  if (walk.peek() == Tok::LPAREN) {
    Token& open = walk.token();
    Rule* inner = walk.at_rule() ? walk.rule() : nullptr;
    Token& close = walk.token();
    Exprs bases;
    std::vector<ast::Keyword*> keywords;
    if (inner) arguments(inner, open, close, bases, keywords);
    if (bases.size() == 1 && bases[0]->kind == ast::Kind::GeneratorExp && bases[0]->col == open.at.col &&
        bases[0]->line == open.at.line) {
      Rule* generator = rule(rule(inner->children[0])->children.back());
      fail(first_token(generator).at, "invalid syntax");
    }
    result->bases = arena_.copy(bases);
    result->keywords = arena_.copy(keywords);
  }
  walk.skip();
  result->body = block(walk.rule());
  static_cast<ast::Position&>(*result) = span(*result, *result->body.back());
  return result;
}

ast::Stmt* Builder::decorated(Rule* node) {
  Exprs decorators;
  Walk walk(node);
  while (walk.accept(Tok::AT)) {
    decorators.push_back(condition(walk.rule()));
    walk.skip();
  }
  ast::Sequence<ast::Expr*> list = arena_.copy(decorators);
  if (walk.peek() == Tok::ASYNC) {
    Token& start = walk.token();
    return function<ast::AsyncFunctionDef>(walk.rule(), start, list);
  }
  Rule* inner = walk.rule();
  if (inner->getRuleIndex() == Tok::RuleClassDefinition) return class_definition(inner, list);
  return function<ast::FunctionDef>(inner, first_token(inner), list);
}

ast::Expr* Builder::lambda(Rule* node) {
  Walk walk(node);
  auto* result = make<ast::Lambda>(span(node));
  walk.skip();
  result->args = walk.at_rule() ? parameters(walk.rule()) : arena_.make<ast::Arguments>();
  walk.skip();
  result->body = test(walk.rule());
  return result;
}

ast::Arg* Builder::parameter(Token& name, Walk& walk) {
  auto* result = make<ast::Arg>(name.at);
  result->arg = identifier(name);
  if (walk.accept(Tok::COLON)) {
    if (walk.peek() == Tok::STAR) {
      result->annotation = starred(walk);
    } else {
      result->annotation = test(walk.rule());
    }
    static_cast<ast::Position&>(*result) = span(*result, walk.previous().at);
  }
  return result;
}

// The order in which parameters may come: plain ones, then those with defaults, `/` once among them, `*`,
// keyword-only ones, `**`.
ast::Arguments* Builder::parameters(Rule* node) {
  auto* result = make<ast::Arguments>(span(node));
  std::vector<ast::Arg*> plain;
  std::vector<ast::Arg*> keyword_only;
  Exprs defaults;
  Exprs keyword_defaults;
  Token* star = nullptr;
  bool slash = false;
  bool bare = false;
  for (Walk walk(node); !walk.done();) {
    if (!walk.at_rule()) {
      walk.skip();
      continue;
    }
    Rule* item = walk.rule();
    Walk parts(item);
    Token& first = parts.token();
    if (result->kwarg) fail(first.at, "arguments cannot follow var-keyword argument");
    switch (first.type) {
      case Tok::SLASH:
        if (slash) fail(first.at, "/ may appear only once");
        if (star) fail(first.at, "/ must be ahead of *");
        if (plain.empty())
          fail(first.at, walk.done() ? "invalid syntax" : "at least one argument must precede /");
        slash = true;
        result->posonlyargs = arena_.copy(plain);
        plain.clear();
        break;
      case Tok::STAR:
        if (star) fail(first.at, "* argument may appear only once");
        star = &first;
        bare = parts.done();
        if (!bare) {
          Token& name = parts.token();
          result->vararg = parameter(name, parts);
        }
        break;
      case Tok::DOUBLE_STAR: {
        if (bare && keyword_only.empty()) fail(star->at, "named arguments must follow bare *");
        Token& name = parts.token();
        result->kwarg = parameter(name, parts);
        break;
      }
      default: {
        ast::Arg* arg = parameter(first, parts);
        ast::Expr* fallback = parts.accept(Tok::ASSIGN) ? test(parts.rule()) : nullptr;
        if (star) {
          keyword_only.push_back(arg);
          keyword_defaults.push_back(fallback);
          break;
        }
        if (!fallback && !defaults.empty()) fail(first.at, "non-default argument follows default argument");
        plain.push_back(arg);
        if (fallback) defaults.push_back(fallback);
      }
    }
  }
  if (bare && keyword_only.empty() && !result->kwarg) {
    bool lambda = node->getRuleIndex() == Tok::RuleLambdaParameters;
    fail(lambda ? star[1].at : star->at, "named arguments must follow bare *");
  }
  result->args = arena_.copy(plain);
  result->defaults = arena_.copy(defaults);
  result->kwonlyargs = arena_.copy(keyword_only);
  result->kw_defaults = arena_.copy(keyword_defaults);
  return result;
}

}  // namespace lisle::grammar

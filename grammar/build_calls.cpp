// Owns: calls: which arguments may follow which.
#include "grammar/builder.h"

namespace lisle::grammar {

ast::Expr* Builder::call(Walk& walk, ast::Expr* func, const ast::Position& start) {
  Token& open = walk.token();
  Nested nested(*this, open);
  Rule* inner = walk.at_rule() ? walk.rule() : nullptr;
  Token& close = walk.token();
  Exprs args;
  std::vector<ast::Keyword*> keywords;
  if (inner) arguments(inner, open, close, args, keywords);
  auto* result = make<ast::Call>(span(start, close.at));
  result->func = func;
  result->args = arena_.copy(args);
  result->keywords = arena_.copy(keywords);
  return result;
}

void Builder::arguments(Rule* node, const Token& open, const Token& close, Exprs& args,
                        std::vector<ast::Keyword*>& keywords) {
  bool unpacked = false;
  for (Walk walk(node); !walk.done();) {
    if (!walk.at_rule()) {
      walk.skip();
      continue;
    }
    Rule* item = walk.rule();
    Walk parts(item);
    if (parts.peek() == Tok::DOUBLE_STAR) {
      parts.skip();
      auto* keyword = make<ast::Keyword>(span(item));
      keyword->value = test(parts.rule());
      keywords.push_back(keyword);
      unpacked = true;
      continue;
    }
    if (parts.peek() == Tok::STAR) {
      // The place is that of the arguments before.
      if (unpacked)
        fail(span(first_token(node).at, *keywords.back()),
             "iterable argument unpacking follows keyword argument unpacking");
      args.push_back(starred(parts));
      continue;
    }
    Rule* first = parts.rule();
    if (parts.peek() == Tok::ASSIGN) {
      keywords.push_back(keyword_argument(first, parts, item));
      continue;
    }
    ast::Expr* value = parts.accept(Tok::WALRUS) ? walrus(first, parts.rule()) : test(first);
    if (!parts.done()) {
      bool alone = node->children.size() == 1;
      auto* generator = make<ast::GeneratorExp>(alone ? span(open.at, close.at) : span(item));
      generator->elt = value;
      generator->generators = comprehension(parts.rule());
      if (!alone) fail(*generator, "Generator expression must be parenthesized");
      value = generator;
    }
    if (!keywords.empty()) {
      fail(close.at, unpacked ? "positional argument follows keyword argument unpacking"
                              : "positional argument follows keyword argument");
    }
    args.push_back(value);
  }
}

ast::Keyword* Builder::keyword_argument(Rule* name, Walk& walk, Rule* node) {
  Token& assign = walk.token();
  Token* token = sole_name(name);
  if (!token) {
    Token& first = first_token(name);
    bool constant = name->start == name->stop &&
                    (first.type == Tok::TRUE || first.type == Tok::FALSE || first.type == Tok::NONE);
    if (constant) fail(span(first.at, assign.at), "cannot assign to " + std::string(first.view()));
    fail(span(first.at, assign.at), "expression cannot contain assignment, perhaps you meant \"==\"?");
  }
  auto* keyword = make<ast::Keyword>(span(node));
  keyword->arg = identifier(*token);
  keyword->value = test(walk.rule());
  return keyword;
}

}  // namespace lisle::grammar

// Owns: the builder's function definition, which statements with and without `async` and decorators share.
#pragma once

#include "grammar/builder.h"

namespace lisle::grammar {

template <class T>
ast::Stmt* Builder::function(Rule* node, const Token& start, ast::Sequence<ast::Expr*> decorators) {
  Walk walk(node);
  walk.skip();
  auto* result = make<T>(start.at);
  result->name = identifier(walk.token());
  result->decorator_list = decorators;
  walk.skip();
  result->args = walk.at_rule() ? parameters(walk.rule()) : arena_.make<ast::Arguments>();
  walk.skip();
  if (walk.accept(Tok::ARROW)) result->returns = test(walk.rule());
  walk.skip();
  result->body = block(walk.rule());
  static_cast<ast::Position&>(*result) = span(*result, *result->body.back());
  return result;
}

}  // namespace lisle::grammar

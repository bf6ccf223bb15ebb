// Owns: atoms and what is hung behind them: names, displays, comprehensions, attributes, subscripts. Chains
// of trailers are built in a loop.
#include "grammar/builder.h"
#include "grammar/names.h"

namespace lisle::grammar {

ast::Identifier Builder::identifier(Token& name) {
  std::string_view text = name.view();
  return arena_.intern(is_ascii(text) ? text : std::string_view(normalised_name(text)));
}

ast::Expr* Builder::primary(Rule* operand, std::size_t child) {
  Walk walk(operand);
  for (std::size_t i = 0; i < child; ++i) walk.skip();
  const ast::Position& start = first_token_of(walk.node()).at;
  ast::Expr* result = atom(walk);
  while (!walk.done()) result = trailer(walk, result, start);
  return result;
}

ast::Expr* Builder::atom(Walk& walk) {
  if (walk.at_rule()) return strings(walk.rule());
  Token& token = walk.token();
  switch (token.type) {
    case Tok::NAME: {
      auto* name = make<ast::Name>(token.at);
      name->id = identifier(token);
      return name;
    }
    case Tok::NUMBER:
      return number(token);
    case Tok::LPAREN:
      return parenthesized(walk, token);
    case Tok::LBRACKET:
      return bracketed(walk, token);
    case Tok::LBRACE:
      return braced(walk, token);
    default:
      return singleton(token);
  }
}

ast::Expr* Builder::trailer(Walk& walk, ast::Expr* value, const ast::Position& start) {
  switch (walk.peek()) {
    case Tok::DOT: {
      walk.skip();
      Token& name = walk.token();
      auto* result = make<ast::Attribute>(span(start, name.at));
      result->value = value;
      result->attr = identifier(name);
      return result;
    }
    case Tok::LPAREN:
      return call(walk, value, start);
    default: {
      walk.skip();
      ast::Expr* index = subscripts(walk.rule());
      auto* result = make<ast::Subscript>(span(start, walk.token().at));
      result->value = value;
      result->slice = index;
      return result;
    }
  }
}

ast::Expr* Builder::subscripts(Rule* node) {
  Exprs values;
  bool comma = false;
  for (Walk walk(node); !walk.done();) {
    if (walk.at_rule()) {
      values.push_back(subscript(walk.rule()));
    } else {
      comma = true;
      walk.skip();
    }
  }
  if (!comma && values[0]->kind != ast::Kind::Starred) return values[0];
  auto* tuple = make<ast::Tuple>(span(node));
  tuple->elts = arena_.copy(values);
  return tuple;
}

ast::Expr* Builder::subscript(Rule* node) {
  Walk walk(node);
  if (walk.peek() == Tok::STAR) {
    return starred(walk);
  }
  Rule* first = walk.rule();
  if (first->getRuleIndex() == Tok::RuleSlice) {
    Walk parts(first);
    return slice(parts, nullptr, node);
  }
  ast::Expr* value = test(first);
  if (walk.done()) return value;
  if (walk.accept(Tok::WALRUS)) return walrus(first, walk.rule());
  Walk parts(walk.rule());
  return slice(parts, value, node);
}

ast::Expr* Builder::slice(Walk& walk, ast::Expr* lower, Rule* node) {
  auto* result = make<ast::Slice>(span(node));
  result->lower = lower;
  walk.skip();
  if (walk.at_rule()) result->upper = test(walk.rule());
  if (walk.accept(Tok::COLON) && walk.at_rule()) result->step = test(walk.rule());
  return result;
}

ast::Expr* Builder::parenthesized(Walk& walk, Token& open) {
  Nested nested(*this, open);
  if (walk.peek() == Tok::RPAREN) return make<ast::Tuple>(span(open.at, walk.token().at));
  Rule* inner = walk.rule();
  ast::Position whole = span(open.at, walk.token().at);
  if (inner->getRuleIndex() == Tok::RuleYieldExpression) return yield_expression(inner);
  Row row = elements(inner);
  if (row.comprehension) {
    auto* result = make<ast::GeneratorExp>(whole);
    result->elt = row.values[0];
    result->generators = row.generators;
    return result;
  }
  if (!row.comma) {
    if (row.values[0]->kind == ast::Kind::Starred) fail(*row.values[0], "cannot use starred expression here");
    return row.values[0];
  }
  auto* tuple = make<ast::Tuple>(whole);
  tuple->elts = arena_.copy(row.values);
  return tuple;
}

ast::Expr* Builder::bracketed(Walk& walk, Token& open) {
  Nested nested(*this, open);
  if (walk.peek() == Tok::RBRACKET) return make<ast::List>(span(open.at, walk.token().at));
  Row row = elements(walk.rule());
  ast::Position whole = span(open.at, walk.token().at);
  if (row.comprehension) {
    auto* result = make<ast::ListComp>(whole);
    result->elt = row.values[0];
    result->generators = row.generators;
    return result;
  }
  auto* list = make<ast::List>(whole);
  list->elts = arena_.copy(row.values);
  return list;
}

Builder::Row Builder::elements(Rule* node) {
  Row row;
  Walk walk(node);
  row.values.reserve(node->children.size() / 2 + 1);
  while (!walk.done()) {
    if (!walk.at_rule()) {
      row.comma = true;
      walk.skip();
    } else if (rule(walk.node())->getRuleIndex() == Tok::RuleComprehension) {
      row.comprehension = true;
      if (row.values[0]->kind == ast::Kind::Starred)
        fail(*row.values[0], "iterable unpacking cannot be used in comprehension");
      row.generators = comprehension(walk.rule());
    } else {
      row.values.push_back(element(walk.rule()));
    }
  }
  return row;
}

ast::Expr* Builder::element(Rule* node) {
  Walk walk(node);
  if (walk.peek() == Tok::STAR) {
    return starred(walk);
  }
  Rule* first = walk.rule();
  if (walk.accept(Tok::WALRUS)) {
    ast::Expr* named = walrus(first, walk.rule());
    if (walk.peek() == Tok::AS) fail(walk.token().at, "invalid syntax");
    return named;
  }
  ast::Expr* value = test(first);
  if (walk.peek() == Tok::AS) fail(walk.token().at, "invalid syntax");
  return value;
}

ast::Expr* Builder::braced(Walk& walk, Token& open) {
  Nested nested(*this, open);
  if (walk.peek() == Tok::RBRACE) return make<ast::Dict>(span(open.at, walk.token().at));
  Rule* inner = walk.rule();
  return entries(inner, open, walk.token());
}

// A dictionary or a set: the first entry tells, and all others must be of its kind.
ast::Expr* Builder::entries(Rule* node, const Token& open, const Token& close) {
  Exprs keys;
  Exprs values;
  ast::Sequence<ast::Comprehension*> generators;
  bool is_dict = false;
  for (Walk walk(node); !walk.done();) {
    if (!walk.at_rule()) {
      walk.skip();
      continue;
    }
    if (rule(walk.node())->getRuleIndex() == Tok::RuleComprehension) {
      if (is_dict && !keys[0])
        fail(first_token(rule(node->children[0])).at, "dict unpacking cannot be used in dict comprehension");
      if (values[0]->kind == ast::Kind::Starred)
        fail(*values[0], "iterable unpacking cannot be used in comprehension");
      generators = comprehension(walk.rule());
      continue;
    }
    Rule* item = walk.rule();
    Walk entry(item);
    bool first = values.empty();
    bool pair = item->children.size() == 3 && is_leaf(item->children[1]) &&
                leaf(item->children[1]).type == Tok::COLON;
    bool unpacked = entry.peek() == Tok::DOUBLE_STAR;
    if (first) is_dict = pair || unpacked;
    if (is_dict != (pair || unpacked)) {
      if (is_dict && entry.peek() == Tok::STAR) fail(entry.token().at, "invalid syntax");
      if (is_dict) fail(last_token(item).at, "':' expected after dictionary key");
      fail(pair ? leaf(item->children[1]).at : first_token(item).at, "invalid syntax");
    }
    if (unpacked) {
      entry.skip();
      keys.push_back(nullptr);
      values.push_back(operation(entry.rule()));
    } else if (pair) {
      keys.push_back(test(entry.rule()));
      entry.skip();
      values.push_back(test(entry.rule()));
    } else if (entry.peek() == Tok::STAR) {
      values.push_back(starred(entry));
    } else {
      Rule* left = entry.rule();
      values.push_back(entry.accept(Tok::WALRUS) ? walrus(left, entry.rule()) : test(left));
    }
  }
  ast::Position whole = span(open.at, close.at);
  if (!generators.empty() && is_dict) {
    auto* result = make<ast::DictComp>(whole);
    result->key = keys[0];
    result->value = values[0];
    result->generators = generators;
    return result;
  }
  if (!generators.empty()) {
    auto* result = make<ast::SetComp>(whole);
    result->elt = values[0];
    result->generators = generators;
    return result;
  }
  if (is_dict) {
    auto* result = make<ast::Dict>(whole);
    result->keys = arena_.copy(keys);
    result->values = arena_.copy(values);
    return result;
  }
  auto* result = make<ast::Set>(whole);
  result->elts = arena_.copy(values);
  return result;
}

ast::Sequence<ast::Comprehension*> Builder::comprehension(Rule* node) {
  std::vector<ast::Comprehension*> generators;
  for (Walk walk(node); !walk.done();) {
    auto* part = make<ast::Comprehension>(leaf(walk.node()).at);
    part->is_async = walk.accept(Tok::ASYNC);
    walk.skip();
    part->target = targets(walk.rule());
    make_target(part->target, {Target::For, false});
    walk.skip();
    part->iter = operation(walk.rule());
    Exprs conditions;
    while (walk.accept(Tok::IF)) conditions.push_back(operation(walk.rule()));
    part->ifs = arena_.copy(conditions);
    generators.push_back(part);
  }
  return arena_.copy(generators);
}

ast::Expr* Builder::targets(Rule* node) {
  if (node->children.size() == 1) return target(rule(node->children[0]));
  Exprs values;
  for (Walk walk(node); !walk.done();) {
    if (walk.at_rule()) {
      values.push_back(target(walk.rule()));
    } else {
      walk.skip();
    }
  }
  auto* tuple = make<ast::Tuple>(span(node));
  tuple->elts = arena_.copy(values);
  return tuple;
}

ast::Expr* Builder::target(Rule* node) {
  Walk walk(node);
  if (walk.peek() != Tok::STAR) return operation(walk.rule());
  return starred(walk);
}

}  // namespace lisle::grammar

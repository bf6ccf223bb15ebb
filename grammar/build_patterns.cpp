// Owns: the match statement and its patterns.
#include "grammar/builder.h"

namespace lisle::grammar {
namespace {

bool is_wildcard(std::string_view name) {
  return name == "_";
}

}  // namespace

ast::Stmt* Builder::match_statement(Rule* node) {
  auto* result = make<ast::Match>(first_token(node).at);
  Walk walk(node);
  walk.skip();
  result->subject = subject(walk.rule());
  std::vector<ast::MatchCase*> cases;
  while (!walk.done()) {
    if (walk.at_rule()) {
      cases.push_back(case_block(walk.rule()));
    } else {
      walk.skip();
    }
  }
  result->cases = arena_.copy(cases);
  static_cast<ast::Position&>(*result) = span(*result, *cases.back()->body.back());
  return result;
}

ast::Expr* Builder::subject(Rule* node) {
  Exprs values;
  bool comma = false;
  for (Walk walk(node); !walk.done();) {
    if (walk.peek() == Tok::STAR) {
      values.push_back(starred(walk));
    } else if (walk.at_rule()) {
      Rule* first = walk.rule();
      values.push_back(walk.accept(Tok::WALRUS) ? walrus(first, walk.rule()) : test(first));
    } else {
      comma = true;
      walk.skip();
    }
  }
  if (!comma) {
    if (values[0]->kind == ast::Kind::Starred) fail(*values[0], "invalid syntax");
    return values[0];
  }
  auto* tuple = make<ast::Tuple>(span(node));
  tuple->elts = arena_.copy(values);
  return tuple;
}

ast::MatchCase* Builder::case_block(Rule* node) {
  Walk walk(node);
  auto* result = make<ast::MatchCase>(walk.token().at);
  result->pattern = patterns(walk.rule(), nullptr, nullptr, false);
  if (walk.accept(Tok::IF)) result->guard = condition(walk.rule());
  walk.skip();
  result->body = block(walk.rule());
  return result;
}

// A row of patterns: one pattern, or a sequence when there is a comma, a star, or brackets that say so.
ast::Pattern* Builder::patterns(Rule* node, const Token* open, const Token* close, bool sequence) {
  std::vector<ast::Pattern*> parts;
  for (Walk walk(node); !walk.done();) {
    if (walk.at_rule()) {
      parts.push_back(pattern(walk.rule()));
    } else if (walk.peek() == Tok::STAR) {
      Token& star = walk.token();
      Token& name = walk.token();
      auto* part = make<ast::MatchStar>(span(star.at, name.at));
      if (!is_wildcard(name.view())) part->name = identifier(name);
      parts.push_back(part);
    } else {
      sequence = true;
      walk.skip();
    }
  }
  if (!sequence) {
    if (parts[0]->kind == ast::Kind::MatchStar) fail(*parts[0], "invalid syntax");
    return parts[0];
  }
  auto* result = make<ast::MatchSequence>(open ? span(open->at, close->at) : span(node));
  result->patterns = arena_.copy(parts);
  return result;
}

ast::Identifier Builder::capture_name(Token& name) {
  if (is_wildcard(name.view())) fail(name.at, "cannot use '_' as a target");
  return identifier(name);
}

ast::Pattern* Builder::pattern(Rule* node) {
  Nested nested(*this, first_token(node));
  std::vector<ast::Pattern*> choices;
  Token* name = nullptr;
  const ast::Position& start = first_token(node).at;
  const Token* last = nullptr;
  for (Walk walk(node); !walk.done();) {
    if (walk.at_rule()) {
      choices.push_back(closed_pattern(walk.rule()));
      last = &walk.previous();
    } else if (walk.accept(Tok::AS)) {
      name = &walk.token();
    } else {
      walk.skip();
    }
  }
  ast::Pattern* result = choices[0];
  if (choices.size() > 1) {
    auto* either = make<ast::MatchOr>(span(start, last->at));
    either->patterns = arena_.copy(choices);
    result = either;
  }
  if (!name) return result;
  auto* named = make<ast::MatchAs>(span(start, name->at));
  named->pattern = result;
  named->name = capture_name(*name);
  return named;
}

ast::Pattern* Builder::closed_pattern(Rule* node) {
  if (!is_leaf(node->children[0])) {
    auto* result = make<ast::MatchValue>(span(node));
    result->value = strings(rule(node->children[0]));
    if (result->value->kind == ast::Kind::JoinedStr) {
      fail(*result->value, "patterns may only match literals and attribute lookups");
    }
    return result;
  }
  Walk walk(node);
  switch (walk.peek()) {
    case Tok::NONE:
    case Tok::TRUE:
    case Tok::FALSE: {
      Token& token = walk.token();
      auto* result = make<ast::MatchSingleton>(token.at);
      result->value = static_cast<ast::Constant*>(singleton(token))->value;
      return result;
    }
    case Tok::NAME:
      return name_pattern(node);
    case Tok::LPAREN:
    case Tok::LBRACKET: {
      Token& open = walk.token();
      if (walk.at_rule()) {
        Rule* inner = walk.rule();
        return patterns(inner, &open, &walk.token(), open.type == Tok::LBRACKET);
      }
      return make<ast::MatchSequence>(span(open.at, walk.token().at));
    }
    case Tok::LBRACE:
      return mapping_pattern(node);
    default:
      return number_pattern(node);
  }
}

// A number, signed or not, or a complex one written as a sum.
ast::Pattern* Builder::number_pattern(Rule* node) {
  Walk walk(node);
  Token* sign = walk.peek() == Tok::MINUS ? &walk.token() : nullptr;
  ast::Expr* value = number(walk.token());
  if (sign) {
    auto* negative = make<ast::UnaryOp>(span(sign->at, *value));
    negative->op = ast::UnaryOperator::USub;
    negative->operand = value;
    value = negative;
  }
  if (!walk.done()) {
    Token& op = walk.token();
    ast::Expr* imaginary = number(walk.token());
    const ast::Expr* real = sign ? static_cast<ast::UnaryOp*>(value)->operand : value;
    if (static_cast<const ast::Constant*>(real)->value.kind == ast::ConstantValue::Kind::Complex) {
      fail(*real, "real number required in complex literal");
    }
    if (static_cast<ast::Constant*>(imaginary)->value.kind != ast::ConstantValue::Kind::Complex) {
      fail(*imaginary, "imaginary number required in complex literal");
    }
    auto* sum = make<ast::BinOp>(span(*value, *imaginary));
    sum->left = value;
    sum->op = op.type == Tok::PLUS ? ast::Operator::Add : ast::Operator::Sub;
    sum->right = imaginary;
    value = sum;
  }
  auto* result = make<ast::MatchValue>(*value);
  result->value = value;
  return result;
}

// A capture, the wildcard, a dotted value, or a class.
ast::Pattern* Builder::name_pattern(Rule* node) {
  Walk walk(node);
  Token& first = walk.token();
  auto* name = make<ast::Name>(first.at);
  name->id = identifier(first);
  if (walk.done()) {
    auto* capture = make<ast::MatchAs>(first.at);
    if (!is_wildcard(first.view())) capture->name = name->id;
    return capture;
  }
  ast::Expr* value = name;
  while (walk.accept(Tok::DOT)) {
    Token& attr = walk.token();
    auto* attribute = make<ast::Attribute>(span(first.at, attr.at));
    attribute->value = value;
    attribute->attr = identifier(attr);
    value = attribute;
  }
  if (!walk.done()) return class_pattern(walk, value, node);
  auto* result = make<ast::MatchValue>(*value);
  result->value = value;
  return result;
}

ast::Pattern* Builder::class_pattern(Walk& walk, ast::Expr* cls, Rule* node) {
  auto* result = make<ast::MatchClass>(span(node));
  result->cls = cls;
  std::vector<ast::Pattern*> positional;
  std::vector<ast::Identifier> names;
  std::vector<ast::Pattern*> named;
  while (!walk.done()) {
    if (!walk.at_rule()) {
      walk.skip();
      continue;
    }
    Rule* item = walk.rule();
    Rule* first = rule(item->children[0]);
    if (item->children.size() > 1) {
      Token* name = sole_name(first);
      if (!name) fail(leaf(item->children[1]).at, "invalid syntax");
      names.push_back(identifier(*name));
      named.push_back(pattern(rule(item->children[2])));
      continue;
    }
    positional.push_back(pattern(first));
    if (!named.empty()) fail(*positional.back(), "positional patterns follow keyword patterns");
  }
  result->patterns = arena_.copy(positional);
  result->kwd_attrs = arena_.copy(names);
  result->kwd_patterns = arena_.copy(named);
  return result;
}

ast::Pattern* Builder::mapping_pattern(Rule* node) {
  auto* result = make<ast::MatchMapping>(span(node));
  Exprs keys;
  std::vector<ast::Pattern*> values;
  for (Walk walk(node); !walk.done();) {
    if (!walk.at_rule()) {
      walk.skip();
      continue;
    }
    Rule* item = walk.rule();
    if (result->rest.data()) fail(first_token(item).at, "invalid syntax");
    Walk parts(item);
    if (parts.accept(Tok::DOUBLE_STAR)) {
      Token& name = parts.token();
      if (is_wildcard(name.view())) fail(name.at, "invalid syntax");
      result->rest = identifier(name);
      continue;
    }
    Rule* key_node = parts.rule();
    ast::Pattern* key = closed_pattern(key_node);
    if (auto* value = ast::as<ast::MatchValue>(key)) {
      keys.push_back(value->value);
    } else if (key->kind == ast::Kind::MatchSingleton) {
      keys.push_back(singleton(first_token(key_node)));
    } else {
      fail(leaf(item->children[1]).at, "invalid syntax");
    }
    parts.skip();
    values.push_back(pattern(parts.rule()));
  }
  result->keys = arena_.copy(keys);
  result->patterns = arena_.copy(values);
  return result;
}

}  // namespace lisle::grammar

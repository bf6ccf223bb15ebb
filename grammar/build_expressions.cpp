// Owns: operators. The grammar gives them as a flat row; here they get their precedence by climbing, which
// needs no recursion for a chain of operators of one level, however long.
#include "grammar/builder.h"

namespace lisle::grammar {
namespace {

using ast::CmpOperator;
using ast::Operator;

// Binding strength, weakest first.
enum Level : int {
  kNone = 0,
  kOr,
  kAnd,
  kNot,
  kCompare,
  kBitOr,
  kBitXor,
  kBitAnd,
  kShift,
  kSum,
  kProduct,
  kUnary,
  kPower,
};

struct Infix {
  Level level;
  Operator op;
};

Infix infix(std::size_t type) {
  switch (type) {
    case Tok::OR:
      return {kOr, {}};
    case Tok::AND:
      return {kAnd, {}};
    case Tok::NOT:
    case Tok::IN:
    case Tok::IS:
    case Tok::LESS:
    case Tok::GREATER:
    case Tok::LESS_EQUAL:
    case Tok::GREATER_EQUAL:
    case Tok::EQUAL:
    case Tok::NOT_EQUAL:
    case Tok::LESS_GREATER:
      return {kCompare, {}};
    case Tok::BAR:
      return {kBitOr, Operator::BitOr};
    case Tok::CARET:
      return {kBitXor, Operator::BitXor};
    case Tok::AMPERSAND:
      return {kBitAnd, Operator::BitAnd};
    case Tok::LEFT_SHIFT:
      return {kShift, Operator::LShift};
    case Tok::RIGHT_SHIFT:
      return {kShift, Operator::RShift};
    case Tok::PLUS:
      return {kSum, Operator::Add};
    case Tok::MINUS:
      return {kSum, Operator::Sub};
    case Tok::STAR:
      return {kProduct, Operator::Mult};
    case Tok::SLASH:
      return {kProduct, Operator::Div};
    case Tok::DOUBLE_SLASH:
      return {kProduct, Operator::FloorDiv};
    case Tok::PERCENT:
      return {kProduct, Operator::Mod};
    case Tok::AT:
      return {kProduct, Operator::MatMult};
    case Tok::DOUBLE_STAR:
      return {kPower, Operator::Pow};
    default:
      return {kNone, {}};
  }
}

CmpOperator comparison_operator(std::size_t type) {
  switch (type) {
    case Tok::LESS:
      return CmpOperator::Lt;
    case Tok::GREATER:
      return CmpOperator::Gt;
    case Tok::LESS_EQUAL:
      return CmpOperator::LtE;
    case Tok::GREATER_EQUAL:
      return CmpOperator::GtE;
    case Tok::EQUAL:
      return CmpOperator::Eq;
    case Tok::NOT_EQUAL:
    case Tok::LESS_GREATER:
      return CmpOperator::NotEq;
    case Tok::IN:
      return CmpOperator::In;
    case Tok::NOT:
      return CmpOperator::NotIn;
    default:
      return CmpOperator::Is;
  }
}

}  // namespace

ast::Expr* Builder::value(Rule* node) {
  Rule* inner = rule(node->children[0]);
  return inner->getRuleIndex() == Tok::RuleTests ? tests(inner) : yield_expression(inner);
}

ast::Expr* Builder::tests(Rule* node) {
  if (node->children.size() == 1) return test(rule(node->children[0]));
  Exprs values;
  bool comma = false;
  for (Walk walk(node); !walk.done();) {
    if (walk.at_rule()) {
      values.push_back(test(walk.rule()));
    } else if (walk.peek() == Tok::STAR) {
      values.push_back(starred(walk));
    } else {
      comma = true;
      walk.skip();
    }
  }
  if (!comma) return values[0];
  auto* tuple = make<ast::Tuple>(span(node));
  tuple->elts = arena_.copy(values);
  return tuple;
}

ast::Expr* Builder::starred(Walk& walk) {
  Token& star = walk.token();
  Rule* inner = walk.rule();
  auto* node = make<ast::Starred>(span(star.at, last_token(inner).at));
  node->value = inner->getRuleIndex() == Tok::RuleTest ? test(inner) : operation(inner);
  return node;
}

ast::Expr* Builder::condition(Rule* node) {
  ast::Expr* left = test(rule(node->children[0]));
  return node->children.size() == 1 ? left : walrus(rule(node->children[0]), rule(node->children[2]));
}

Token* sole_name(Rule* test) {
  return test->start == test->stop && first_token(test).type == Tok::NAME ? &first_token(test) : nullptr;
}

ast::Expr* Builder::walrus(Rule* target, Rule* value) {
  Token* name = sole_name(target);
  if (!name) {
    ast::Expr* wrong = test(target);
    if (wrong->kind == ast::Kind::Name) fail(first_token(target).at, "invalid syntax");
    fail(*wrong, "cannot use assignment expressions with " + std::string(expression_name(wrong)));
  }
  auto* left = make<ast::Name>(name->at);
  left->id = identifier(*name);
  left->ctx = ast::ExprContext::Store;
  auto* node = make<ast::NamedExpr>(span(*left, last_token(value).at));
  node->target = left;
  node->value = test(value);
  return node;
}

ast::Expr* Builder::yield_expression(Rule* node) {
  Walk walk(node);
  walk.skip();
  if (walk.accept(Tok::FROM)) {
    auto* result = make<ast::YieldFrom>(span(node));
    result->value = test(walk.rule());
    return result;
  }
  auto* result = make<ast::Yield>(span(node));
  if (!walk.done()) result->value = tests(walk.rule());
  return result;
}

ast::Expr* Builder::test(Rule* node) {
  Nested nested(*this, first_token(node));
  Rule* first = rule(node->children[0]);
  if (first->getRuleIndex() == Tok::RuleLambda) return lambda(first);
  ast::Expr* body = operation(first);
  if (node->children.size() == 1) return body;
  auto* result = make<ast::IfExp>(span(node));
  result->body = body;
  result->test = operation(rule(node->children[2]));
  result->orelse = test(rule(node->children[4]));
  return result;
}

ast::Expr* Builder::operation(Rule* node) {
  Walk walk(node);
  return binary(walk, kOr);
}

ast::Expr* Builder::binary(Walk& walk, int level) {
  return binary_from(walk, walk.rule(), 0, level);
}

// An operation that begins at child `child` of this operand and whose operators bind at least as strongly as
// `level`.
ast::Expr* Builder::binary_from(Walk& walk, Rule* operand, std::size_t child, int level) {
  // Parentheses belong to no node, but what is made of an operand in parentheses spans them.
  const ast::Position& start = first_token_of(operand->children[child]).at;
  ast::Expr* left = prefixed(walk, operand, child, level);
  while (!walk.done()) {
    std::size_t type = walk.peek();
    Infix next = infix(type);
    if (next.level < level) break;
    if (next.level <= kAnd) {
      left = bool_operation(walk, left, start, type, next.level);
    } else if (next.level == kCompare) {
      left = comparison(walk, left, start);
    } else {
      Token& op = walk.token();
      Nested nested(*this, op);
      // The right operand of ** binds to the right and may have a sign.
      ast::Expr* right = binary(walk, next.level == kPower ? static_cast<int>(kUnary) : next.level + 1);
      auto* result = make<ast::BinOp>(span(start, walk.previous().at));
      result->left = left;
      result->op = next.op;
      result->right = right;
      left = result;
    }
  }
  return left;
}

ast::Expr* Builder::bool_operation(Walk& walk, ast::Expr* left, const ast::Position& start, std::size_t type,
                                   int level) {
  Exprs values = {left};
  while (walk.peek() == type) {
    Nested nested(*this, walk.token());
    values.push_back(binary(walk, level + 1));
  }
  auto* result = make<ast::BoolOp>(span(start, walk.previous().at));
  result->op = type == Tok::OR ? ast::BoolOperator::Or : ast::BoolOperator::And;
  result->values = arena_.copy(values);
  return result;
}

ast::Expr* Builder::comparison(Walk& walk, ast::Expr* left, const ast::Position& start) {
  std::vector<CmpOperator> ops;
  Exprs comparators;
  while (!walk.done() && infix(walk.peek()).level == kCompare) {
    Token& op = walk.token();
    Nested nested(*this, op);
    if (op.type == Tok::LESS_GREATER && !options_.barry) fail(op.at, "invalid syntax");
    if (op.type == Tok::NOT_EQUAL && options_.barry)
      fail(op.at, "with Barry as BDFL, use '<>' instead of '!='");
    ops.push_back(comparison_operator(op.type));
    if (op.type == Tok::NOT) walk.skip();
    Rule* operand = walk.rule();
    bool negated =
        op.type == Tok::IS && is_leaf(operand->children[0]) && leaf(operand->children[0]).type == Tok::NOT;
    if (negated) ops.back() = CmpOperator::IsNot;
    comparators.push_back(binary_from(walk, operand, negated ? 1 : 0, kBitOr));
  }
  auto* result = make<ast::Compare>(span(start, walk.previous().at));
  result->left = left;
  result->ops = arena_.copy(ops);
  result->comparators = arena_.copy(comparators);
  return result;
}

// The prefix operators from child `child` on, and what they bind.
ast::Expr* Builder::prefixed(Walk& walk, Rule* operand, std::size_t child, int level) {
  TreeNode* node = operand->children[child];
  if (!is_leaf(node)) return primary(operand, child);
  Token& op = leaf(node);
  ast::UnaryOperator unary;
  switch (op.type) {
    case Tok::NOT:
      if (level > kNot) fail(op.at, "invalid syntax");
      unary = ast::UnaryOperator::Not;
      break;
    case Tok::MINUS:
      unary = ast::UnaryOperator::USub;
      break;
    case Tok::PLUS:
      unary = ast::UnaryOperator::UAdd;
      break;
    case Tok::TILDE:
      unary = ast::UnaryOperator::Invert;
      break;
    case Tok::AWAIT: {
      Token* next = is_leaf(operand->children[child + 1]) ? &leaf(operand->children[child + 1]) : nullptr;
      bool prefix = next && (next->type == Tok::NOT || next->type == Tok::MINUS || next->type == Tok::PLUS ||
                             next->type == Tok::TILDE || next->type == Tok::AWAIT);
      if (prefix) fail(next->at, "invalid syntax");
      ast::Expr* awaited = primary(operand, child + 1);
      auto* result = make<ast::Await>(span(op.at, last_token(operand).at));
      result->value = awaited;
      return result;
    }
    default:
      return primary(operand, child);
  }
  if (op.type != Tok::NOT && level > kUnary) fail(op.at, "invalid syntax");
  Nested nested(*this, op);
  ast::Expr* inner = binary_from(walk, operand, child + 1, op.type == Tok::NOT ? kNot : kUnary);
  auto* result = make<ast::UnaryOp>(span(op.at, walk.previous().at));
  result->op = unary;
  result->operand = inner;
  return result;
}

}  // namespace lisle::grammar

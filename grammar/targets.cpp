// Owns: what may be assigned to or deleted, and how Python names what may not.
#include "grammar/builder.h"

namespace lisle::grammar {
namespace {

using ast::Kind;

bool suggests_equality(const ast::Expr* expr) {
  switch (expr->kind) {
    case Kind::List:
    case Kind::Tuple:
    case Kind::GeneratorExp:
    case Kind::Compare:
    case Kind::BoolOp:
    case Kind::IfExp:
    case Kind::Lambda:
    case Kind::Starred:
      return false;
    case Kind::UnaryOp:
      return static_cast<const ast::UnaryOp*>(expr)->op != ast::UnaryOperator::Not;
    case Kind::Constant: {
      auto kind = static_cast<const ast::Constant*>(expr)->value.kind;
      return kind != ast::ConstantValue::Kind::None && kind != ast::ConstantValue::Kind::True &&
             kind != ast::ConstantValue::Kind::False;
    }
    default:
      return true;
  }
}

}  // namespace

std::string_view expression_name(const ast::Expr* expr) {
  switch (expr->kind) {
    case Kind::Attribute:
      return "attribute";
    case Kind::Subscript:
      return "subscript";
    case Kind::Starred:
      return "starred";
    case Kind::Name:
      return "name";
    case Kind::List:
      return "list";
    case Kind::Tuple:
      return "tuple";
    case Kind::Lambda:
      return "lambda";
    case Kind::Call:
      return "function call";
    case Kind::BoolOp:
    case Kind::BinOp:
    case Kind::UnaryOp:
      return "expression";
    case Kind::GeneratorExp:
      return "generator expression";
    case Kind::Yield:
    case Kind::YieldFrom:
      return "yield expression";
    case Kind::Await:
      return "await expression";
    case Kind::ListComp:
      return "list comprehension";
    case Kind::SetComp:
      return "set comprehension";
    case Kind::DictComp:
      return "dict comprehension";
    case Kind::Dict:
      return "dict literal";
    case Kind::Set:
      return "set display";
    case Kind::JoinedStr:
    case Kind::FormattedValue:
      return "f-string expression";
    case Kind::Compare:
      return "comparison";
    case Kind::IfExp:
      return "conditional expression";
    case Kind::NamedExpr:
      return "named expression";
    case Kind::Constant:
      switch (static_cast<const ast::Constant*>(expr)->value.kind) {
        case ast::ConstantValue::Kind::None:
          return "None";
        case ast::ConstantValue::Kind::True:
          return "True";
        case ast::ConstantValue::Kind::False:
          return "False";
        case ast::ConstantValue::Kind::Ellipsis:
          return "ellipsis";
        default:
          return "literal";
      }
    default:
      return "expression";
  }
}

void Builder::make_target(ast::Expr* expr, Target target) {
  ast::ExprContext context = target.use == Target::Delete ? ast::ExprContext::Del : ast::ExprContext::Store;
  auto each = [&](ast::Sequence<ast::Expr*> elements) {
    for (ast::Expr* element : elements) make_target(element, {target.use, false});
  };
  switch (expr->kind) {
    case Kind::Name:
      static_cast<ast::Name*>(expr)->ctx = context;
      return;
    case Kind::Attribute:
      static_cast<ast::Attribute*>(expr)->ctx = context;
      return;
    case Kind::Subscript:
      static_cast<ast::Subscript*>(expr)->ctx = context;
      return;
    case Kind::Starred: {
      auto* star = static_cast<ast::Starred*>(expr);
      if (target.use == Target::Delete || star->value->kind == Kind::Starred) fail_target(expr, target);
      star->ctx = context;
      make_target(star->value, {target.use, false});
      return;
    }
    case Kind::Tuple:
      static_cast<ast::Tuple*>(expr)->ctx = context;
      each(static_cast<ast::Tuple*>(expr)->elts);
      return;
    case Kind::List:
      static_cast<ast::List*>(expr)->ctx = context;
      each(static_cast<ast::List*>(expr)->elts);
      return;
    default:
      fail_target(expr, target);
  }
}

void Builder::fail_target(ast::Expr* expr, Target target) {
  std::string name(expression_name(expr));
  if (target.use == Target::Delete) fail(*expr, "cannot delete " + name);
  if (target.suggest_equality && suggests_equality(expr)) {
    fail(*expr, "cannot assign to " + name + " here. Maybe you meant '==' instead of '='?");
  }
  fail(*expr, "cannot assign to " + name);
}

}  // namespace lisle::grammar

// Warnings about expressions that are legal and hardly meant: `x is 1`, a call of a list display where a
// comma is missing.
#include "runtime/types/type.h"
#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;
using ExprKind = ast::Kind;

namespace {

const char* constant_type(const ConstantValue& value) {
  using Kind = ConstantValue::Kind;
  switch (value.kind) {
    case Kind::None:
      return "NoneType";
    case Kind::True:
    case Kind::False:
      return "bool";
    case Kind::Ellipsis:
      return "ellipsis";
    case Kind::Int:
      return "int";
    case Kind::Float:
      return "float";
    case Kind::Complex:
      return "complex";
    case Kind::Str:
      return "str";
    case Kind::Bytes:
      return "bytes";
  }
  return nullptr;
}

// The type that the value of an expression has for certain; null when nobody knows.
const char* known_type(const Expr* e) {
  switch (e->kind) {
    case ExprKind::Tuple:
      return "tuple";
    case ExprKind::List:
    case ExprKind::ListComp:
      return "list";
    case ExprKind::Dict:
    case ExprKind::DictComp:
      return "dict";
    case ExprKind::Set:
    case ExprKind::SetComp:
      return "set";
    case ExprKind::GeneratorExp:
      return "generator";
    case ExprKind::Lambda:
      return "function";
    case ExprKind::JoinedStr:
      return "str";
    case ExprKind::Constant:
      return constant_type(static_cast<const Constant*>(e)->value);
    default:
      return nullptr;
  }
}

bool is_plain_literal(const Expr* e) {
  using Kind = ConstantValue::Kind;
  auto* c = ast::as<Constant>(e);
  return c && c->value.kind != Kind::None && c->value.kind != Kind::True && c->value.kind != Kind::False &&
         c->value.kind != Kind::Ellipsis;
}

bool is_one_of(const char* type, std::initializer_list<const char*> types) {
  for (const char* t : types)
    if (type && std::string_view(type) == t) return true;
  return false;
}

}  // namespace

void Generator::warn(const ast::Position& at, std::string message) {
  warnings_.push_back({std::move(message), at});
}

void Generator::look_at_compare(const Compare* e) {
  const Expr* left = e->left;
  for (u32 i = 0; i < e->ops.size; ++i) {
    const Expr* right = e->comparators[i];
    bool is = e->ops[i] == CmpOperator::Is;
    if ((is || e->ops[i] == CmpOperator::IsNot) && (is_plain_literal(left) || is_plain_literal(right))) {
      return warn(*e, is ? "\"is\" with a literal. Did you mean \"==\"?"
                         : "\"is not\" with a literal. Did you mean \"!=\"?");
    }
    left = right;
  }
}

void Generator::look_at_call(const Call* e) {
  const char* type = known_type(e->func);
  if (!type || e->func->kind == ExprKind::Lambda) return;
  warn(*e, "'" + std::string(type) + "' object is not callable; perhaps you missed a comma?");
}

void Generator::look_at_subscript(const Subscript* e) {
  const char* type = known_type(e->value);
  if (is_one_of(type,
                {"NoneType", "ellipsis", "int", "float", "complex", "set", "generator", "function", "bool"}))
    return warn(*e, "'" + std::string(type) + "' object is not subscriptable; perhaps you missed a comma?");
  if (!is_one_of(type, {"str", "bytes", "tuple", "list"})) return;
  const char* index = known_type(e->slice);
  if (!index || is_one_of(index, {"int", "bool"})) return;
  warn(*e, std::string(type) + " indices must be integers or slices, not " + index +
               "; perhaps you missed a comma?");
}

}  // namespace lisle::compiler

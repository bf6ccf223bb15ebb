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

// The type that the value of an expression has by its syntax alone; null when that does not tell.
const char* displayed_type(const Expr* e) {
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

// What an expression that is more than a literal computes to at compile time, when that is neither None nor
// a bool nor the ellipsis. `fold` is the generator's.
template <class Fold>
std::optional<rt::Value> computed_literal(const Expr* e, Fold&& fold) {
  bool may_fold = e->kind == ExprKind::UnaryOp || e->kind == ExprKind::BinOp || e->kind == ExprKind::Tuple ||
                  e->kind == ExprKind::Subscript;
  std::optional<rt::Value> value = may_fold ? fold(e) : std::nullopt;
  bool is_literal = value && !value->is_none() && !value->is_bool() && !value->is_ellipsis();
  return is_literal ? value : std::nullopt;
}

// The type that the value of an expression has for certain; null when nobody knows.
template <class Fold>
const char* known_type(rt::Runtime& rt, const Expr* e, Fold&& fold) {
  std::optional<rt::Value> value = computed_literal(e, fold);
  return value ? rt::type_name(rt, *value) : displayed_type(e);
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
  auto is_literal = [this](const Expr* operand) {
    return is_plain_literal(operand) ||
           computed_literal(operand, [this](const Expr* part) { return fold(part); });
  };
  const Expr* left = e->left;
  for (u32 i = 0; i < e->ops.size; ++i) {
    const Expr* right = e->comparators[i];
    bool is = e->ops[i] == CmpOperator::Is;
    if ((is || e->ops[i] == CmpOperator::IsNot) && (is_literal(left) || is_literal(right))) {
      return warn(*e, is ? "\"is\" with a literal. Did you mean \"==\"?"
                         : "\"is not\" with a literal. Did you mean \"!=\"?");
    }
    left = right;
  }
}

void Generator::look_at_call(const Call* e) {
  const char* type = known_type(rt_, e->func, [this](const Expr* part) { return fold(part); });
  if (!type || e->func->kind == ExprKind::Lambda) return;
  warn(*e, "'" + std::string(type) + "' object is not callable; perhaps you missed a comma?");
}

void Generator::look_at_subscript(const Subscript* e) {
  auto folded = [this](const Expr* part) { return fold(part); };
  const char* type = known_type(rt_, e->value, folded);
  if (is_one_of(type,
                {"NoneType", "ellipsis", "int", "float", "complex", "set", "generator", "function", "bool"}))
    return warn(*e, "'" + std::string(type) + "' object is not subscriptable; perhaps you missed a comma?");
  if (!is_one_of(type, {"str", "bytes", "tuple", "list"})) return;
  const char* index = known_type(rt_, e->slice, folded);
  if (!index || is_one_of(index, {"int", "bool"})) return;
  warn(*e, std::string(type) + " indices must be integers or slices, not " + index +
               "; perhaps you missed a comma?");
}

}  // namespace lisle::compiler

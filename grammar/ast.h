// Owns: the abstract syntax tree, which is all that the compiler sees of the grammar. No ANTLR here.
// Invariant: nodes are plain data in an ast::Arena, never freed one by one, and every struct is made from
// ast.def, with CPython 3.11's names and field order. Two names differ, because C++ needs them for the
// abstract bases: the expression statement is `ExprStmt` and the helper nodes are spelled in PascalCase
// (`Arguments`, `WithItem`, `MatchCase`).
//
// Depth: the tree is at most kMaxDepth deep when these are not counted: the left operand of a BinOp; the
// value of an Attribute, Subscript or Call; the orelse of an If that holds nothing but another If (`elif`).
// Those chains may have as many links as the source has, so that a consumer walks them with a loop.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "grammar/arena.h"

namespace lisle::ast {

// How deep a tree may be nested, chains aside. The parser refuses more, so that recursive consumers are safe
// on any input.
inline constexpr std::uint32_t kMaxDepth = 1000;

// A name, NFKC-normalised, interned in the arena: equal names have equal data pointers. Absent: data() is
// null.
using Identifier = std::string_view;

enum class Kind : std::uint8_t {
#define AST_NODE(Struct, Base, PythonName) Struct,
#include "grammar/ast.def"
};

enum class Operator : std::uint8_t {
#define AST_OPERATOR(Enumerator, Symbol) Enumerator,
#include "grammar/ast.def"
};
enum class UnaryOperator : std::uint8_t {
#define AST_UNARY(Enumerator, Symbol) Enumerator,
#include "grammar/ast.def"
};
enum class BoolOperator : std::uint8_t {
#define AST_BOOL(Enumerator, Symbol) Enumerator,
#include "grammar/ast.def"
};
enum class CmpOperator : std::uint8_t {
#define AST_COMPARE(Enumerator, Symbol) Enumerator,
#include "grammar/ast.def"
};
enum class ExprContext : std::uint8_t {
#define AST_CONTEXT(Enumerator, Symbol) Enumerator,
#include "grammar/ast.def"
};

// The value of a literal.
struct ConstantValue {
  enum class Kind : std::uint8_t { None, True, False, Ellipsis, Int, Float, Complex, Str, Bytes };

  Kind kind = Kind::None;
  // Int: the base of `text` (2, 8, 10 or 16), and whether the value also stands in `small`.
  std::uint8_t base = 10;
  bool is_small = false;
  std::int64_t small = 0;
  // Float: the value. Complex: its imaginary part; the real part of a literal is always zero.
  double number = 0;
  // Int: the digits without prefix and underscores. Str: UTF-8 in which a lone surrogate stands as three
  // bytes (WTF-8). Bytes: the raw bytes.
  std::string_view text;
};

// Where a node stands in the source: lines count from 1, columns from 0 in UTF-8 bytes. The end is exclusive.
struct Position {
  std::int32_t line = 0;
  std::int32_t col = 0;
  std::int32_t end_line = 0;
  std::int32_t end_col = 0;
};

struct Node : Position {
  Kind kind;
  explicit Node(Kind kind) : kind(kind) {}
};

// The abstract bases. A pointer to one of them may point to any node whose row in ast.def names it.
struct Root : Node {
  using Node::Node;
};
struct Stmt : Node {
  using Node::Node;
};
struct Expr : Node {
  using Node::Node;
};
struct Pattern : Node {
  using Node::Node;
};

#define AST_NODE(Struct, Base, PythonName) struct Struct;
#include "grammar/ast.def"

#define AST_NODE(Struct, Base, PythonName)           \
  struct Struct : Base {                             \
    static constexpr ast::Kind kKind = Kind::Struct; \
    Struct() : Base(Kind::Struct) {}
#define AST_FIELD(Type, name) Type name{};
#define AST_LIST(Type, name) Sequence<Type> name{};
#define AST_END(Struct) \
  }                     \
  ;
#include "grammar/ast.def"

// Calls `visitor(T*)` with the node as the struct it is and returns what that returns.
template <class Visitor>
decltype(auto) visit(Node* node, Visitor&& visitor) {
  switch (node->kind) {
#define AST_NODE(Struct, Base, PythonName) \
  case Kind::Struct:                       \
    return visitor(static_cast<Struct*>(node));
#include "grammar/ast.def"
  }
  __builtin_unreachable();
}

// Calls `visitor(name, field)` for each field of a node, in the order of the table.
#define AST_NODE(Struct, Base, PythonName) \
  template <class Visitor>                 \
  void for_each_field([[maybe_unused]] const Struct& node, [[maybe_unused]] Visitor&& visitor) {
#define AST_FIELD(Type, name) visitor(#name, node.name);
#define AST_LIST(Type, name) visitor(#name, node.name);
#define AST_END(Struct) }
#include "grammar/ast.def"

// Calls `visitor(Node*)` for each child node that is there, in the order of the table. It does not descend.
template <class Visitor>
void for_each_child(Node* node, Visitor&& visitor);

// The node as a T, or null when it is of another kind.
template <class T>
T* as(Node* node) {
  return node && node->kind == T::kKind ? static_cast<T*>(node) : nullptr;
}
template <class T>
const T* as(const Node* node) {
  return node && node->kind == T::kKind ? static_cast<const T*>(node) : nullptr;
}

// The node's name in Python's `ast` module.
std::string_view kind_name(Kind kind);
// What Python's `ast` module calls field `name`.
std::string_view python_field(std::string_view name);
// Does such a node say where it stands?
bool has_position(Kind kind);
// The name of an operator's or context's class in that module: "Add", "Load".
std::string_view enumerator_name(Operator op);
std::string_view enumerator_name(UnaryOperator op);
std::string_view enumerator_name(BoolOperator op);
std::string_view enumerator_name(CmpOperator op);
std::string_view enumerator_name(ExprContext context);
// The operator as it is written in source: "+", "not in".
std::string_view symbol(Operator op);
std::string_view symbol(UnaryOperator op);
std::string_view symbol(BoolOperator op);
std::string_view symbol(CmpOperator op);

// The tree as text, in the form of Python's `ast.dump(tree, indent=1)`; with positions as
// `include_attributes=True` writes them.
std::string dump(const Node* node, bool with_positions = false);

namespace detail {
template <class Visitor, class Field>
void visit_child(Visitor& visitor, const Field& field) {
  if constexpr (std::is_pointer_v<Field>) {
    if (field) visitor(static_cast<Node*>(field));
  }
}
template <class Visitor, class Element>
void visit_child(Visitor& visitor, const Sequence<Element>& field) {
  for (const Element& element : field) visit_child(visitor, element);
}
}  // namespace detail

template <class Visitor>
void for_each_child(Node* node, Visitor&& visitor) {
  visit(node, [&](auto* concrete) {
    for_each_field(*concrete,
                   [&](std::string_view, const auto& field) { detail::visit_child(visitor, field); });
  });
}

}  // namespace lisle::ast

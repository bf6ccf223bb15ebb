// Owns: the building of the syntax tree from the parse tree, and the checks of form that one token of
// lookahead cannot make. Invariant: the builder only reads the parse tree and only allocates in the arena;
// the first error leaves it as a thrown Failure.
//
// One file per topic: build_statements, build_definitions, build_expressions (operators), build_atoms (what
// they bind), build_calls, build_strings, build_patterns, targets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.h"
#include "grammar/tree.h"

namespace lisle::grammar {

class Builder {
 public:
  Builder(const Source& source, ast::Arena& arena, const ParseOptions& options = {})
      : source_(source), arena_(arena), options_(options) {}

  ast::Node* build(Rule* root, Mode mode);
  std::vector<Deprecation>& warnings() { return warnings_; }
  // One operation alone, to see what it is.
  ast::Expr* build_operation(Rule* node) { return operation(node); }
  // Fails when these cannot be the targets of a loop.
  void check_loop_target(Rule* node) { make_target(tests(node), {Target::For, false}); }

 private:
  using Stmts = std::vector<ast::Stmt*>;
  using Exprs = std::vector<ast::Expr*>;

  // Counts nesting and refuses too much of it.
  class Nested {
   public:
    Nested(Builder& builder, const Token& where) : builder_(builder) {
      if (++builder.depth_ > static_cast<int>(ast::kMaxDepth)) builder.fail_too_deep(where);
    }
    ~Nested() { --builder_.depth_; }

   private:
    Builder& builder_;
  };

  // What a row of values in parentheses or brackets was.
  struct Row {
    Exprs values;
    ast::Sequence<ast::Comprehension*> generators;
    bool comma = false;
    bool comprehension = false;
  };
  struct Target {
    enum Use : std::uint8_t { Assign, For, Delete } use;
    // The message for a plain assignment, where `==` may have been meant.
    bool suggest_equality;
  };

  // Statements.
  void statement(Rule* node, Stmts& out);
  void simple_line(Rule* node, Stmts& out);
  ast::Sequence<ast::Stmt*> block(Rule* node);
  ast::Stmt* simple_statement(Rule* node);
  ast::Stmt* assignment(Rule* node);
  ast::Stmt* annotated_assignment(Rule* first, Walk& rest, Rule* node);
  ast::Stmt* augmented_assignment(Rule* first, Walk& rest, Rule* node);
  ast::Stmt* return_statement(Rule* node);
  ast::Stmt* raise_statement(Rule* node);
  ast::Stmt* delete_statement(Rule* node);
  ast::Stmt* assert_statement(Rule* node);
  template <class T>
  ast::Stmt* scope_statement(Rule* node);
  ast::Stmt* import_modules(Rule* node);
  ast::Stmt* import_names(Rule* node);
  ast::Identifier dotted_name(Rule* node);
  ast::Alias* imported_name(Rule* node);
  ast::Stmt* if_statement(Rule* node);
  ast::Stmt* while_statement(Rule* node);
  template <class T>
  ast::Stmt* for_statement(Rule* node, const Token& start);
  ast::Stmt* try_statement(Rule* node);
  ast::ExceptHandler* except_clause(Rule* node, bool& group);
  template <class T>
  ast::Stmt* with_statement(Rule* node, const Token& start);
  void with_items(Walk& walk, std::vector<ast::WithItem*>& items);
  bool parenthesized_with_items(Rule* item, std::vector<ast::WithItem*>& items);
  ast::Stmt* async_statement(Rule* node);

  // Definitions.
  template <class T>
  ast::Stmt* function(Rule* node, const Token& start, ast::Sequence<ast::Expr*> decorators);
  ast::Stmt* class_definition(Rule* node, ast::Sequence<ast::Expr*> decorators);
  ast::Stmt* decorated(Rule* node);
  ast::Arguments* parameters(Rule* node);
  ast::Arg* parameter(Token& name, Walk& walk);
  ast::Expr* lambda(Rule* node);

  // Patterns.
  ast::Stmt* match_statement(Rule* node);
  ast::Expr* subject(Rule* node);
  ast::MatchCase* case_block(Rule* node);
  ast::Pattern* patterns(Rule* node, const Token* open, const Token* close, bool sequence);
  ast::Pattern* pattern(Rule* node);
  ast::Pattern* closed_pattern(Rule* node);
  ast::Pattern* number_pattern(Rule* node);
  ast::Pattern* name_pattern(Rule* node);
  ast::Pattern* class_pattern(Walk& walk, ast::Expr* cls, Rule* node);
  ast::Pattern* mapping_pattern(Rule* node);
  ast::Identifier capture_name(Token& name);

  // Expressions.
  ast::Expr* value(Rule* node);
  ast::Expr* tests(Rule* node);
  ast::Expr* condition(Rule* node);
  ast::Expr* test(Rule* node);
  ast::Expr* operation(Rule* node);
  ast::Expr* binary(Walk& walk, int level);
  ast::Expr* binary_from(Walk& walk, Rule* operand, std::size_t child, int level);
  ast::Expr* bool_operation(Walk& walk, ast::Expr* left, const ast::Position& start, std::size_t type,
                            int level);
  ast::Expr* comparison(Walk& walk, ast::Expr* left, const ast::Position& start);
  ast::Expr* prefixed(Walk& walk, Rule* operand, std::size_t child, int level);
  ast::Expr* primary(Rule* operand, std::size_t child);
  ast::Expr* atom(Walk& walk);
  ast::Expr* trailer(Walk& walk, ast::Expr* value, const ast::Position& start);
  ast::Expr* parenthesized(Walk& walk, Token& open);
  ast::Expr* bracketed(Walk& walk, Token& open);
  ast::Expr* braced(Walk& walk, Token& open);
  ast::Expr* entries(Rule* node, const Token& open, const Token& close);
  ast::Expr* call(Walk& walk, ast::Expr* func, const ast::Position& start);
  void arguments(Rule* node, const Token& open, const Token& close, Exprs& args,
                 std::vector<ast::Keyword*>& keywords);
  ast::Keyword* keyword_argument(Rule* name, Walk& walk, Rule* node);
  ast::Expr* subscripts(Rule* node);
  ast::Expr* subscript(Rule* node);
  ast::Expr* slice(Walk& walk, ast::Expr* lower, Rule* node);
  ast::Expr* starred(Walk& walk);
  ast::Expr* walrus(Rule* target, Rule* value);
  ast::Expr* yield_expression(Rule* node);
  Row elements(Rule* node);
  ast::Expr* element(Rule* node);
  ast::Sequence<ast::Comprehension*> comprehension(Rule* node);
  ast::Expr* targets(Rule* node);
  ast::Expr* target(Rule* node);

  // Literals.
  ast::Expr* number(Token& token);
  ast::Expr* singleton(Token& token);
  ast::Expr* strings(Rule* node);
  ast::Expr* plain_strings(Rule* node, bool bytes);
  ast::Expr* formatted_strings(Rule* node);
  // `whole`: the concatenation, whose place all parts have; `piece`: the one string that a format
  // specification stands in.
  void fstring_parts(Walk& walk, Rule* whole, Rule* piece, bool raw, std::string& text, Exprs& values);
  ast::Expr* replacement_field(Walk& walk, Rule* whole, Rule* piece, bool raw, std::string& text,
                               Exprs& values);
  static ast::Position field_span(const Token& start, const Walk& walk);
  void flush_text(std::string& text, Rule* whole, Exprs& values);
  void warn_of_escape(const Token& literal, const std::string& unknown);
  ast::Constant* text_constant(Rule* whole, std::string_view text);

  // Targets.
  void make_target(ast::Expr* expr, Target target);
  [[noreturn]] void fail_target(ast::Expr* expr, Target target);

  // Nodes and errors.
  template <class T>
  T* make(const ast::Position& at) {
    T* node = arena_.make<T>();
    static_cast<ast::Position&>(*node) = at;
    return node;
  }
  static ast::Position span(const ast::Position& from, const ast::Position& to) {
    return {from.line, from.col, to.end_line, to.end_col};
  }
  static ast::Position span(Rule* node) { return span(first_token(node).at, last_token(node).at); }
  ast::Identifier identifier(Token& name);
  [[noreturn]] void fail(const ast::Position& at, std::string message) {
    throw Failure{make_error(source_, at, std::move(message))};
  }
  [[noreturn]] void fail_second(Rule* before, Rule* second);
  void check_ended(Rule* statement);
  [[noreturn]] void fail_too_deep(const Token& where) { fail(where.at, "too many nested expressions"); }

  const Source& source_;
  ast::Arena& arena_;
  std::vector<Deprecation> warnings_;
  int depth_ = 0;
  ParseOptions options_;
};

// How Python's messages call an expression: "function call", "literal".
std::string_view expression_name(const ast::Expr* expr);
// The one name a test consists of, or null.
Token* sole_name(Rule* test);

}  // namespace lisle::grammar

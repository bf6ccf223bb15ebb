// Owns: the parse tree's making and the way it is read: a parser that stops at the first error, and a cursor
// over a rule's children. Invariant: a leaf is a Token and has no children; a rule always has some. (No rule
// of the grammar but the whole file matches nothing.)
#pragma once

#include "grammar/errors.h"
#include "grammar/token.h"

namespace lisle::grammar {

using Rule = antlr4::ParserRuleContext;
using TreeNode = antlr4::tree::ParseTree;

// How many rules may be open at once. Brackets and indentation are limited anyway; this bounds chains like
// `lambda: lambda: …`.
inline constexpr std::size_t kMaxRuleDepth = 3000;

// Thrown where the parser cannot go on.
struct ParseStopped {
  std::size_t token;
  // The one token type that would have been right, or kErrorToken when there were several.
  std::size_t expected;
  // The rule that was being read, and the token it began with.
  std::size_t rule;
  std::size_t rule_start;
  // Not an error of syntax but of nesting.
  bool too_deep;
};

inline bool is_leaf(const TreeNode* node) {
  return node->children.empty();
}
inline Token& leaf(TreeNode* node) {
  return *static_cast<Token*>(static_cast<antlr4::tree::TerminalNode*>(node));
}
inline Rule* rule(TreeNode* node) {
  return static_cast<Rule*>(node);
}
inline Token& first_token(Rule* node) {
  return *static_cast<Token*>(node->start);
}
inline Token& last_token(Rule* node) {
  return *static_cast<Token*>(node->stop);
}

inline Token& first_token_of(TreeNode* node) {
  return is_leaf(node) ? leaf(node) : first_token(rule(node));
}

// The rest of a rule's children.
class Walk {
 public:
  explicit Walk(TreeNode* node) : at_(node->children.data()), end_(at_ + node->children.size()) {}

  bool done() const { return at_ == end_; }
  // The type of the token that comes next; kErrorToken when it is a rule, or nothing.
  std::size_t peek() const { return done() || !is_leaf(*at_) ? kErrorToken : leaf(*at_).type; }
  bool at_rule() const { return !done() && !is_leaf(*at_); }
  TreeNode* node() const { return *at_; }
  Token& token() { return leaf(*at_++); }
  Rule* rule() { return grammar::rule(*at_++); }
  void skip() { ++at_; }
  // The last token of the child that was taken last.
  Token& previous() const { return is_leaf(at_[-1]) ? leaf(at_[-1]) : last_token(grammar::rule(at_[-1])); }
  // Takes the token if it is of this type.
  bool accept(std::size_t type) {
    if (peek() != type) return false;
    ++at_;
    return true;
  }

 private:
  TreeNode** at_;
  TreeNode** end_;
};

// Stops at the first error by throwing ParseStopped.
class StopAtError final : public antlr4::ANTLRErrorStrategy {
 public:
  void reset(antlr4::Parser*) override {}
  antlr4::Token* recoverInline(antlr4::Parser* parser) override { stop(parser); }
  void recover(antlr4::Parser* parser, std::exception_ptr) override { stop(parser); }
  void sync(antlr4::Parser*) override {}
  bool inErrorRecoveryMode(antlr4::Parser*) override { return false; }
  void reportMatch(antlr4::Parser*) override {}
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}

  [[noreturn]] static void stop(antlr4::Parser* parser, std::size_t expected = kErrorToken,
                                bool too_deep = false) {
    Rule* rule = parser->getContext();
    throw ParseStopped{static_cast<Token*>(parser->getCurrentToken())->index, expected, rule->getRuleIndex(),
                       first_token(rule).index, too_deep};
  }
};

// The generated parser with the bookkeeping it does not need taken out: leaves are the tokens themselves, and
// since no decision asks the network for more than one token, rule states are free to hold the depth instead.
class TreeParser final : public generated::PythonParser {
 public:
  explicit TreeParser(TokenStream& tokens) : PythonParser(&tokens), tokens_(tokens) {
    setErrorHandler(std::make_shared<StopAtError>());
  }

  antlr4::Token* getCurrentToken() override { return &tokens_.current(); }

  antlr4::Token* match(std::size_t type) override {
    if (tokens_.current().type != type) StopAtError::stop(this, type);
    return consume();
  }

  antlr4::Token* consume() override {
    Token& token = tokens_.current();
    if (token.type != kEndToken) tokens_.consume();
    _ctx->children.push_back(&token);
    return &token;
  }

  void enterRule(antlr4::ParserRuleContext* context, std::size_t, std::size_t) override {
    Rule* parent = static_cast<Rule*>(context->parent);
    context->invokingState = parent ? parent->invokingState + 1 : 0;
    _ctx = context;
    context->start = &tokens_.current();
    if (context->invokingState > kMaxRuleDepth) StopAtError::stop(this, kErrorToken, true);
    if (parent) parent->children.push_back(context);
  }

  void enterOuterAlt(antlr4::ParserRuleContext*, std::size_t) override {}

 private:
  TokenStream& tokens_;
};

}  // namespace lisle::grammar

// Owns: the token, and the stream of them that the parser reads.
// Invariant: a token is also its own leaf of the parse tree, so that a leaf costs no allocation. The stream
// ends with a token of type EOF or, where the text stops making sense, with one of type kErrorToken.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "PythonParser.h"
#include "antlr4-runtime.h"
#include "grammar/ast.h"
#include "grammar/source.h"

namespace lisle::grammar {

using Tok = generated::PythonParser;

inline constexpr std::size_t kErrorToken = antlr4::Token::INVALID_TYPE;
inline constexpr std::size_t kEndToken = antlr4::Token::EOF;

class Token final : public antlr4::Token, public antlr4::tree::TerminalNode {
 public:
  // The text [start, end) of the source, as offsets, and the same as a position.
  std::size_t type = kErrorToken;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  ast::Position at;
  std::uint32_t index = 0;
  // It stands in the replacement field of an f-string.
  bool in_field = false;
  const std::string* source_text = nullptr;

  std::string_view view() const { return std::string_view(*source_text).substr(start, end - start); }

  std::string getText() const override { return std::string(view()); }
  std::size_t getType() const override { return type; }
  std::size_t getLine() const override { return at.line; }
  std::size_t getCharPositionInLine() const override { return at.col; }
  std::size_t getChannel() const override { return DEFAULT_CHANNEL; }
  std::size_t getTokenIndex() const override { return index; }
  std::size_t getStartIndex() const override { return start; }
  std::size_t getStopIndex() const override { return end - 1; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  antlr4::CharStream* getInputStream() const override { return nullptr; }
  std::string toString() const override { return getText(); }

  antlr4::Token* getSymbol() override { return this; }
  void setParent(antlr4::RuleContext* context) override { parent = context; }
  std::string getText() override { return std::string(view()); }
  std::string toString() override { return getText(); }
  std::string toStringTree(bool) override { return getText(); }
  std::string toStringTree(antlr4::Parser*, bool) override { return getText(); }
  antlr4::misc::Interval getSourceInterval() override {
    return antlr4::misc::Interval(static_cast<std::size_t>(index), static_cast<std::size_t>(index));
  }
  antlrcpp::Any accept(antlr4::tree::ParseTreeVisitor*) override { return {}; }

  Token() = default;
  Token(const Token& other) { *this = other; }
  Token& operator=(const Token& other) {
    type = other.type;
    start = other.start;
    end = other.end;
    at = other.at;
    index = other.index;
    in_field = other.in_field;
    source_text = other.source_text;
    return *this;
  }
};

// All tokens of a source. `error` belongs to the error token at the end, if there is one.
struct Tokens {
  std::vector<Token> list;
  std::optional<SyntaxError> error;
  std::vector<Deprecation> warnings;
};

class TokenStream final : public antlr4::TokenStream {
 public:
  explicit TokenStream(std::vector<Token>& tokens) : tokens_(tokens) {}

  Token& current() { return tokens_[position_]; }

  void consume() override {
    if (position_ + 1 < tokens_.size()) ++position_;
  }
  std::size_t LA(ssize_t i) override { return at(i).type; }
  antlr4::Token* LT(ssize_t i) override { return &at(i); }
  antlr4::Token* get(std::size_t index) const override { return &tokens_[index]; }
  std::size_t index() override { return position_; }
  void seek(std::size_t index) override { position_ = index; }
  std::size_t size() override { return tokens_.size(); }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getSourceName() const override { return {}; }
  std::string getText(const antlr4::misc::Interval&) override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(antlr4::RuleContext*) override { return {}; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

 private:
  Token& at(ssize_t i) {
    std::size_t index = position_ + i - (i > 0 ? 1 : 0);
    return tokens_[index < tokens_.size() ? index : tokens_.size() - 1];
  }

  std::vector<Token>& tokens_;
  std::size_t position_ = 0;
};

}  // namespace lisle::grammar

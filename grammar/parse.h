// Owns: the grammar's front door: source bytes in, syntax tree or syntax error out. No ANTLR here.
// Invariant: parse() never throws and never crashes, whatever the bytes are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.h"

namespace lisle::grammar {

// What the source is: a file, one expression (`eval`), or one statement typed at a prompt.
enum class Mode : std::uint8_t { Module, Eval, Single };

struct SyntaxError {
  enum Kind : std::uint8_t { Syntax, Indentation, Tab };

  Kind kind = Syntax;
  std::string message;
  // Where: lines from 1, columns from 1 in code points, as the attributes of Python's exception. An end line
  // of 0: not known; an end column of 0 or less stands for what CPython does not know either.
  int line = 0;
  int col = 0;
  int end_line = 0;
  int end_col = 0;
  // The offending line, with its newline when it has one.
  std::string text;
  // More input could make this correct: a prompt asks for another line.
  bool incomplete = false;
};

// What is accepted today and may not be tomorrow.
struct Deprecation {
  ast::Position at;
  std::string message;
  bool is_syntax = false;  // SyntaxWarning instead of DeprecationWarning
};

struct ParseResult {
  // What the tree lives in. Whoever keeps the tree keeps this.
  ast::Arena owner;
  // Module, Expression or Interactive, after the mode; null when there is an error.
  ast::Node* root = nullptr;
  std::optional<SyntaxError> error;
  std::vector<Deprecation> warnings;
};

struct ParseOptions {
  bool barry = false;          // inequality is spelt <>, as barry_as_FLUFL of __future__ wants it
  bool is_text = false;        // characters, not bytes of a file: what they say of an encoding means nothing
  bool implies_dedent = true;  // the end of the text ends the blocks of a statement typed at a prompt
  unsigned max_digits = 4300;  // of a decimal literal; 0: any number
};

// Decodes the source (UTF-8 with or without byte order mark, Latin-1, ASCII, after PEP 263) and parses it.
ParseResult parse(std::string_view source, Mode mode, std::string_view filename,
                  const ParseOptions& options = {});

// The tokens, layout tokens included, one a line: position, kind, text.
std::string dump_tokens(std::string_view source);

// ANTLR's parse tree, one rule or token a line, indented by depth.
std::string dump_tree(std::string_view source, Mode mode);

}  // namespace lisle::grammar

// Owns: what the grammar's tests share: parse a text and show the tree, or the error, in one line.
#pragma once

#include <string>
#include <string_view>

#include "grammar/parse.h"

namespace lisle::grammar {

// The tree without line breaks and blanks, or "message @line:col".
inline std::string shown(std::string_view source, Mode mode = Mode::Module, bool with_positions = false) {
  ParseResult result = parse(source, mode, "test.py");
  if (result.error) {
    const SyntaxError& error = *result.error;
    return error.message + " @" + std::to_string(error.line) + ":" + std::to_string(error.col);
  }
  std::string text;
  for (char c : ast::dump(result.root, with_positions)) {
    if (c == '\n') continue;
    bool indentation =
        c == ' ' && (text.empty() || text.back() == ',' || text.back() == '(' || text.back() == '[');
    if (!indentation) text += c;
  }
  return text;
}

// One expression.
inline std::string expression(std::string_view source) {
  std::string text = shown(source, Mode::Eval);
  constexpr std::string_view kHead = "Expression(body=";
  return text.starts_with(kHead) ? text.substr(kHead.size(), text.size() - kHead.size() - 1) : text;
}

// The message of an error without its place; "ok" when there is none.
inline std::string message(std::string_view source) {
  ParseResult result = parse(source, Mode::Module, "test.py");
  return result.error ? result.error->message : "ok";
}

}  // namespace lisle::grammar

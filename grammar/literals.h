// Owns: what a number or a string literal means, apart from where it stands.
// Invariant: pure functions; text that is put into a constant is copied into the arena.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/ast.h"

namespace lisle::grammar {

// The value of a NUMBER token, or a message. Decimal ints have at most `max_digits`, unless that is 0.
std::optional<std::string> number_value(std::string_view literal, ast::Arena& arena, unsigned max_digits,
                                        ast::ConstantValue& value);

// A string token taken apart.
struct StringLiteral {
  std::string_view body;
  bool raw = false;
  bool bytes = false;
  bool formatted = false;
  // Python remembers a lower-case u alone.
  bool u_prefix = false;
};
StringLiteral string_literal(std::string_view token);

// Append what the body of a literal stands for. A message when an escape is malformed. `unknown`: the first
// character behind a backslash that together mean nothing, and stay as they are; else unchanged.
std::optional<std::string> append_text(std::string_view body, bool raw, std::string& out,
                                       std::string& unknown);
std::optional<std::string> append_bytes(std::string_view body, bool raw, std::string& out,
                                        std::string& unknown);

}  // namespace lisle::grammar

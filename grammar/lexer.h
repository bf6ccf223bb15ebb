// Owns: the words. Runs the automaton that was made from PythonLexer.g4 over the text and knows the keywords.
// Invariant: pure functions on constant tables; nothing is initialised at start.
#pragma once

#include <cstddef>
#include <string_view>

namespace lisle::grammar {

struct Word {
  // A token type of the lexer grammar, or 0 when no word begins here.
  int type;
  std::size_t length;
};

// The longest word that `text` begins with.
Word longest_word(std::string_view text);

// The keyword's token type, or 0.
int keyword_type(std::string_view name);

// The name of a token type in the grammar.
std::string_view token_name(std::size_t type);

}  // namespace lisle::grammar

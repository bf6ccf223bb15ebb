// Owns: the walk over the automaton. How the table is made is told in tools/make_lexer_table.cpp.
#include "grammar/lexer.h"

namespace lisle::grammar {
namespace {

#include "lexer_table.inc"

// What the lexer grammar sees in place of every byte beyond ASCII.
constexpr unsigned char kOtherCharacter = 0x1A;

}  // namespace

Word longest_word(std::string_view text) {
  Word best{0, 0};
  int state = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80) c = kOtherCharacter;
    state = kLexerNext[state][kLexerClass[c]];
    if (state == 0) break;
    if (kLexerAccept[state]) best = {kLexerAccept[state], i + 1};
  }
  return best;
}

int keyword_type(std::string_view name) {
  if (name.size() < 2 || name.size() > 8) return 0;
  for (const Keyword& keyword : kKeywords) {
    if (keyword.text[0] == name[0] && keyword.text == name) return keyword.type;
  }
  return 0;
}

std::string_view token_name(std::size_t type) {
  constexpr std::size_t kCount = sizeof kTokenNames / sizeof kTokenNames[0];
  return type < kCount ? kTokenNames[type] : std::string_view("EOF");
}

}  // namespace lisle::grammar

// Owns: messages for failed parses.
#include "grammar/diagnose.h"

namespace lisle::grammar {

SyntaxError diagnose(const Source& source, const Tokens& tokens, std::size_t at) {
  const Token& token = tokens.list[at];
  if (token.type == kErrorToken && tokens.error) return *tokens.error;
  if (token.type == Tok::INDENT)
    return make_error(source, token.at, "unexpected indent", SyntaxError::Indentation);
  return make_error(source, token.at, token.in_field ? "f-string: invalid syntax" : "invalid syntax");
}

}  // namespace lisle::grammar

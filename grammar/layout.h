// Owns: the token source between lexer and parser: lines, indentation, brackets, keywords, trailing commas,
// the parts of f-strings. Invariant: the tokens end with EOF, or with an error token and the error that
// belongs to it.
#pragma once

#include "grammar/token.h"

namespace lisle::grammar {

Tokens tokenize(const Source& source);

}  // namespace lisle::grammar

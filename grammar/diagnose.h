// Owns: what is said about a token the parser cannot take.
#pragma once

#include "grammar/errors.h"
#include "grammar/token.h"

namespace lisle::grammar {

// The error for a parse that stopped at token `at`.
SyntaxError diagnose(const Source& source, const Tokens& tokens, std::size_t at);

}  // namespace lisle::grammar

// Owns: what is said about a token the parser cannot take.
#pragma once

#include "grammar/tree.h"

namespace lisle::grammar {

// The error for a parse that stopped. The tokens are only read; parts of them are parsed again to see what
// they would have been.
SyntaxError diagnose(const Source& source, Tokens& tokens, const ParseStopped& stopped);

// An error that was found while parsing, or one in the rest of the text that explains it better: a malformed
// word, or a bracket that was opened on an earlier line and never closed. `line`: where the parser had got
// to.
SyntaxError or_better(SyntaxError found, Tokens& tokens, int line);

}  // namespace lisle::grammar

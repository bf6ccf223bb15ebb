// Owns: how an error that was found somewhere in the grammar gets its place and its line of text.
#pragma once

#include <string>

#include "grammar/source.h"

namespace lisle::grammar {

// Thrown by the parser and the tree builder; caught in parse() alone.
struct Failure {
  SyntaxError error;
};

// An error over the range `at`, whose columns are bytes from 0. An end line of 0 means that the end is not
// known.
SyntaxError make_error(const Source& source, const ast::Position& at, std::string message,
                       SyntaxError::Kind kind = SyntaxError::Syntax);

}  // namespace lisle::grammar

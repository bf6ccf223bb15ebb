// Owns: the conversion from places in bytes to places as Python's SyntaxError has them.
#include "grammar/errors.h"

namespace lisle::grammar {

SyntaxError make_error(const Source& source, const ast::Position& at, std::string message,
                       SyntaxError::Kind kind) {
  SyntaxError error;
  error.kind = kind;
  error.message = std::move(message);
  error.line = at.line;
  error.col = source.column(at.line, at.col);
  if (at.end_line > 0) {
    error.end_line = at.end_line;
    error.end_col = source.column(at.end_line, at.end_col);
  }
  error.text = std::string(source.line(at.line));
  bool last = at.line == static_cast<int>(source.line_starts.size()) - 1;
  if (last && source.newline_added && !error.text.empty()) error.text.pop_back();
  return error;
}

}  // namespace lisle::grammar

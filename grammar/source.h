// Owns: turning source bytes into the one form the rest of the grammar works on: UTF-8, lines ended by '\n'
// alone, the last one included. Invariant: the text is valid UTF-8 and `line_starts` has the offset of every
// line and, at the end, that of the line after the last.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/parse.h"

namespace lisle::grammar {

struct Source {
  std::string text;
  std::vector<std::uint32_t> line_starts;
  // The source did not end with a newline of its own.
  bool newline_added = false;
  // The bytes are not text in the encoding they claim.
  std::optional<SyntaxError> error;

  // The line that holds an offset, from 1. `hint` is a line at or before it and becomes the answer.
  int line_of(std::uint32_t offset, int& hint) const {
    while (hint < static_cast<int>(line_starts.size()) - 1 && offset >= line_starts[hint]) ++hint;
    return hint;
  }
  // The line's text with its newline; empty when there is no such line.
  std::string_view line(int number) const;
  // The number of code points before byte `col` of a line, plus one: a column as errors have it.
  int column(int number, int col) const;
};

// `is_text`: nothing in the source tells its encoding, which is UTF-8.
Source decode(std::string_view bytes, bool is_text = false);

}  // namespace lisle::grammar

// Owns: the state of one run of the token source, shared by layout.cpp (lines), words.cpp (names, numbers and
// strings) and fstring.cpp. Invariant: `brackets_` holds what is open; while it is not empty, or in a
// replacement field, line ends are blank space.
#pragma once

#include <string_view>
#include <vector>

#include "grammar/errors.h"
#include "grammar/lexer.h"
#include "grammar/token.h"

namespace lisle::grammar {

class Layout {
 public:
  Layout(const Source& source, Tokens& out) : source_(source), text_(source.text), out_(out) {}

  void run();

 private:
  struct Bracket {
    char open;
    std::uint32_t token;
    // How many `lambda` at this level still wait for their colon.
    int lambdas;
  };
  struct Indent {
    int column;
    // The column if a tab were one blank wide: both must agree on what is deeper.
    int narrow_column;
    bool match_body;
  };

  // Each returns false when the text makes no sense, after having added the error token.
  bool lex(std::uint32_t end);
  bool begin_line();
  bool indent(int column, int narrow_column);
  bool line_join();
  bool word(Word word, std::uint32_t end);
  bool name(std::uint32_t length);
  bool number(std::uint32_t length, std::uint32_t end);
  bool bad_digit(const std::string& form, std::uint32_t at);
  bool leading_zeros();
  bool string(std::uint32_t length);
  bool open_bracket(std::size_t type);
  bool close_bracket(std::size_t type);
  bool bad_character();
  bool unterminated_string();
  void end_of_line();
  void end_of_text();

  // The parts of an f-string whose body is [begin, end); stops at a `}` when nested in a format
  // specification.
  bool fstring_parts(std::uint32_t& at, std::uint32_t end, bool raw, int nesting);
  bool fstring_text(std::uint32_t& at, std::uint32_t end, bool raw, int nesting);
  bool replacement_field(std::uint32_t& at, std::uint32_t end, bool raw, int nesting);
  bool field_extent(std::uint32_t& at, std::uint32_t end);
  bool field_tail(std::uint32_t& at, std::uint32_t end, bool raw, int nesting, std::uint32_t begin);

  bool fail(std::string message, std::uint32_t at, SyntaxError::Kind kind = SyntaxError::Syntax);
  bool fail_incomplete(std::string message, std::uint32_t at);
  bool fail_joined();  // the text ends behind a backslash
  bool fail_field(std::string message);

  Token& emit(std::size_t type, std::uint32_t start, std::uint32_t end);
  void note_layout(Token& token);
  ast::Position position(std::uint32_t start, std::uint32_t end);
  bool at_line_start() const { return line_start_ && brackets_.empty() && field_depth_ == 0; }
  char byte(std::uint32_t at) const { return at < text_.size() ? text_[at] : 0; }

  const Source& source_;
  std::string_view text_;
  Tokens& out_;
  std::uint32_t at_ = 0;
  int line_hint_ = 1;
  bool line_start_ = true;
  int field_depth_ = 0;
  int top_lambdas_ = 0;
  std::size_t statement_start_ = 0;
  std::size_t field_brackets_ = 0;
  bool match_line_ = false;
  std::uint32_t fstring_start_ = 0;
  std::uint32_t fstring_end_ = 0;
  std::vector<Bracket> brackets_;
  std::vector<Indent> indents_ = {{0, 0, false}};
};

}  // namespace lisle::grammar

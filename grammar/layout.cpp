// Owns: lines. Where a logical line begins and ends, how deep it is indented, what its brackets and trailing
// commas are.
#include "grammar/layout.h"

#include "grammar/layout_impl.h"

namespace lisle::grammar {
namespace {

constexpr std::size_t kMaxBrackets = 200;
constexpr std::size_t kMaxIndents = 100;
constexpr int kTabWidth = 8;

// What a comma before it makes a last one.
bool ends_list(std::size_t type) {
  switch (type) {
    case Tok::RPAREN:
    case Tok::RBRACKET:
    case Tok::RBRACE:
    case Tok::NEWLINE:
    case Tok::ASSIGN:
    case Tok::COLON:
    case Tok::SEMICOLON:
    case Tok::LAST_SEMICOLON:
    case Tok::IN:
    case Tok::IF:
    case Tok::FIELD_DEBUG:
    case Tok::FIELD_CONVERSION:
    case Tok::FIELD_SPEC:
    case Tok::FIELD_END:
      return true;
    default:
      return type >= Tok::PLUS_ASSIGN && type <= Tok::CARET_ASSIGN;
  }
}

char bracket_of(std::size_t type) {
  switch (type) {
    case Tok::LPAREN:
    case Tok::RPAREN:
      return '(';
    case Tok::LBRACKET:
    case Tok::RBRACKET:
      return '[';
    default:
      return '{';
  }
}

}  // namespace

Tokens tokenize(const Source& source) {
  Tokens tokens;
  tokens.list.reserve(source.text.size() / 4 + 16);
  Layout(source, tokens).run();
  return tokens;
}

void Layout::run() {
  if (!lex(static_cast<std::uint32_t>(text_.size()))) return;
  end_of_text();
}

bool Layout::lex(std::uint32_t end) {
  while (at_ < end) {
    if (at_line_start()) {
      if (!begin_line()) return false;
      continue;
    }
    Word next = longest_word(text_.substr(at_, end - at_));
    if (!word(next, end)) return false;
  }
  return true;
}

bool Layout::word(Word word, std::uint32_t end) {
  std::uint32_t length = static_cast<std::uint32_t>(word.length);
  switch (word.type) {
    case Tok::NAME:
      return name(length);
    case Tok::NUMBER:
      return number(length, end);
    case Tok::STRING:
      return string(length);
    case Tok::SPACES:
    case Tok::COMMENT:
      at_ += length;
      return true;
    case Tok::LINE_JOIN:
      return line_join();
    case Tok::END_OF_LINE:
      end_of_line();
      return true;
    case Tok::LPAREN:
    case Tok::LBRACKET:
    case Tok::LBRACE:
      return open_bracket(word.type);
    case Tok::RPAREN:
    case Tok::RBRACKET:
    case Tok::RBRACE:
      return close_bracket(word.type);
    case 0:
      return bad_character();
    default:
      emit(word.type, at_, at_ + length);
      at_ += length;
      return true;
  }
}

// Measures the blanks a line begins with. Blank and comment lines say nothing about indentation.
bool Layout::begin_line() {
  int column = 0;
  int narrow_column = 0;
  int joined_column = 0;
  for (;; ++at_) {
    char c = byte(at_);
    if (c == ' ') {
      ++column;
      ++narrow_column;
    } else if (c == '\t') {
      column = (column / kTabWidth + 1) * kTabWidth;
      ++narrow_column;
    } else if (c == '\f') {
      column = narrow_column = 0;
    } else if (c == '\\' && byte(at_ + 1) == '\n') {
      // The first of the joined lines decides.
      if (joined_column == 0) joined_column = column;
      if (at_ + 2 >= text_.size()) return fail_joined();
      ++at_;
    } else {
      break;
    }
  }
  if (at_ >= text_.size()) return true;
  if (byte(at_) == '#') at_ += static_cast<std::uint32_t>(longest_word(text_.substr(at_)).length);
  if (byte(at_) == '\n') {
    ++at_;
    return true;
  }
  line_start_ = false;
  if (joined_column > 0) column = narrow_column = joined_column;
  return indent(column, narrow_column);
}

bool Layout::indent(int column, int narrow_column) {
  constexpr const char* kInconsistent = "inconsistent use of tabs and spaces in indentation";
  Indent& top = indents_.back();
  if (column == top.column) {
    if (narrow_column != top.narrow_column) return fail(kInconsistent, at_, SyntaxError::Tab);
  } else if (column > top.column) {
    if (indents_.size() >= kMaxIndents)
      return fail("too many levels of indentation", at_, SyntaxError::Indentation);
    if (narrow_column <= top.narrow_column) return fail(kInconsistent, at_, SyntaxError::Tab);
    indents_.push_back({column, narrow_column, match_line_});
    emit(Tok::INDENT, at_, at_);
  } else {
    while (column < indents_.back().column) {
      indents_.pop_back();
      emit(Tok::DEDENT, at_, at_);
    }
    if (column != indents_.back().column) {
      std::uint32_t line_end = static_cast<std::uint32_t>(text_.find('\n', at_));
      fail("unindent does not match any outer indentation level", line_end, SyntaxError::Indentation);
      out_.error->end_col = -1;
      return false;
    }
    if (narrow_column != indents_.back().narrow_column) return fail(kInconsistent, at_, SyntaxError::Tab);
  }
  match_line_ = false;
  statement_start_ = out_.list.size();
  return true;
}

bool Layout::line_join() {
  if (at_ + 2 >= text_.size()) return fail_joined();
  at_ += 2;
  return true;
}

void Layout::end_of_line() {
  if (brackets_.empty() && field_depth_ == 0) {
    // `match` at the start of a line that ends in a colon can only be the statement: no expression ends so.
    std::vector<Token>& list = out_.list;
    std::size_t count = list.size() - statement_start_;
    if (count > 2 && list.back().type == Tok::COLON && list[statement_start_].type == Tok::NAME &&
        list[statement_start_].view() == "match") {
      list[statement_start_].type = Tok::MATCH;
      match_line_ = true;
    }
    emit(Tok::NEWLINE, at_, at_);
    line_start_ = true;
    top_lambdas_ = 0;
  }
  ++at_;
}

void Layout::end_of_text() {
  std::uint32_t end = static_cast<std::uint32_t>(text_.size());
  if (!brackets_.empty()) {
    ast::Position open = out_.list[brackets_.back().token].at;
    emit(kErrorToken, end, end);
    out_.error = make_error(source_, open, std::string("'") + brackets_.back().open + "' was never closed");
    out_.error->end_col = 0;
    out_.error->incomplete = true;
    return;
  }
  while (indents_.size() > 1) {
    indents_.pop_back();
    emit(Tok::DEDENT, end, end);
  }
  emit(kEndToken, end, end);
}

bool Layout::open_bracket(std::size_t type) {
  if (brackets_.size() >= kMaxBrackets) return fail("too many nested parentheses", at_);
  brackets_.push_back({bracket_of(type), static_cast<std::uint32_t>(out_.list.size()), 0});
  emit(type, at_, at_ + 1);
  ++at_;
  return true;
}

bool Layout::close_bracket(std::size_t type) {
  char close = byte(at_);
  if (brackets_.size() <= field_brackets_) return fail(std::string("unmatched '") + close + "'", at_);
  const Bracket& top = brackets_.back();
  if (top.open != bracket_of(type)) {
    std::string message = std::string("closing parenthesis '") + close +
                          "' does not match opening parenthesis '" + top.open + "'";
    int opened = out_.list[top.token].at.line;
    if (opened != position(at_, at_).line) message += " on line " + std::to_string(opened);
    return fail(std::move(message), at_);
  }
  emit(type, at_, at_ + 1);
  brackets_.pop_back();
  ++at_;
  return true;
}

ast::Position Layout::position(std::uint32_t start, std::uint32_t end) {
  ast::Position at;
  // f-strings look back at most to their own start.
  if (line_hint_ > 1 && start < source_.line_starts[line_hint_ - 1]) line_hint_ = 1;
  at.line = source_.line_of(start, line_hint_);
  at.col = static_cast<int>(start - source_.line_starts[at.line - 1]);
  int hint = line_hint_;
  at.end_line = end > start ? source_.line_of(end - 1, hint) : at.line;
  at.end_col = static_cast<int>(end - source_.line_starts[at.end_line - 1]);
  return at;
}

Token& Layout::emit(std::size_t type, std::uint32_t start, std::uint32_t end) {
  Token& token = out_.list.emplace_back();
  token.type = type;
  token.start = start;
  token.end = end;
  token.at = position(start, end);
  token.index = static_cast<std::uint32_t>(out_.list.size() - 1);
  token.in_field = field_depth_ > 0;
  token.source_text = &source_.text;
  note_layout(token);
  return token;
}

// Settles what the parser would need two tokens for: `case` as a keyword, last commas and semicolons.
void Layout::note_layout(Token& token) {
  int& lambdas = brackets_.empty() ? top_lambdas_ : brackets_.back().lambdas;
  if (token.type == Tok::LAMBDA) ++lambdas;
  bool in_lambda = lambdas > 0;
  if (token.type == Tok::COLON && in_lambda) --lambdas;

  if (token.type == Tok::NAME && token.index == statement_start_ && indents_.back().match_body &&
      token.view() == "case") {
    token.type = Tok::CASE;
  }
  if (token.index == 0) return;
  Token& previous = out_.list[token.index - 1];
  if (previous.type == Tok::SEMICOLON && token.type == Tok::NEWLINE) {
    previous.type = Tok::LAST_SEMICOLON;
  } else if (previous.type == Tok::COMMA && ends_list(token.type)) {
    // In a subscript a colon begins a slice.
    bool slice = token.type == Tok::COLON && !in_lambda && !brackets_.empty() && brackets_.back().open == '[';
    if (!slice) previous.type = Tok::LAST_COMMA;
  }
}

}  // namespace lisle::grammar

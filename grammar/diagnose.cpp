// Owns: messages for failed parses. The parser knows the one token it stopped at; what Python's parser says
// beyond "invalid syntax" it finds by trying rules for likely mistakes, and so does this: each function below
// knows one mistake, and they are asked in the order in which Python would find them.
#include "grammar/diagnose.h"

#include <optional>

#include "grammar/builder.h"

namespace lisle::grammar {
namespace {

using Found = std::optional<SyntaxError>;

bool closes(std::size_t type) {
  return type == Tok::RPAREN || type == Tok::RBRACKET || type == Tok::RBRACE || type == Tok::FIELD_END;
}
bool opens(std::size_t type) {
  return type == Tok::LPAREN || type == Tok::LBRACKET || type == Tok::LBRACE || type == Tok::FIELD_START;
}

// What cannot stand inside a row of operands and operators.
bool ends_operation(std::size_t type) {
  switch (type) {
    case Tok::COMMA:
    case Tok::LAST_COMMA:
    case Tok::COLON:
    case Tok::ASSIGN:
    case Tok::WALRUS:
    case Tok::IF:
    case Tok::ELIF:
    case Tok::ELSE:
    case Tok::LAMBDA:
    case Tok::FOR:
    case Tok::ASYNC:
    case Tok::YIELD:
    case Tok::FROM:
    case Tok::AS:
    case Tok::SEMICOLON:
    case Tok::NEWLINE:
    case Tok::INDENT:
    case Tok::DEDENT:
    case Tok::ARROW:
    case Tok::MATCH:
    case Tok::CASE:
    case Tok::DEF:
    case Tok::CLASS:
    case Tok::WHILE:
    case Tok::WITH:
    case Tok::RETURN:
    case Tok::RAISE:
    case Tok::ASSERT:
    case Tok::DEL:
    case Tok::EXCEPT:
    case Tok::IMPORT:
      return true;
    default:
      return type >= Tok::PLUS_ASSIGN && type <= Tok::CARET_ASSIGN;
  }
}

class Diagnosis {
 public:
  Diagnosis(const Source& source, Tokens& tokens, const ParseStopped& stopped)
      : source_(source),
        error_(tokens.error),
        tokens_(tokens.list),
        stopped_(stopped),
        at_(stopped.token),
        reached_(stopped.token) {}

  SyntaxError run() {
    for (auto look : {&Diagnosis::missing_block, &Diagnosis::print_statement, &Diagnosis::unpacking_in_call,
                      &Diagnosis::parameter, &Diagnosis::single_equals, &Diagnosis::loop_target,
                      &Diagnosis::missing_else, &Diagnosis::comprehension_target, &Diagnosis::dict_entry,
                      &Diagnosis::missing_comma, &Diagnosis::exception_types, &Diagnosis::missing_handler,
                      &Diagnosis::trailing_comma, &Diagnosis::pattern_target, &Diagnosis::double_star,
                      &Diagnosis::keyword_value, &Diagnosis::missing_colon}) {
      if (Found found = (this->*look)()) return *found;
    }
    const Token& token = tokens_[at_];
    if (token.type == Tok::INDENT) return indentation("unexpected indent");
    if (token.type == Tok::DEDENT) return indentation("unexpected unindent");
    return error(token.at, "invalid syntax");
  }

  // The line of the last token that was looked at.
  int line() const {
    std::size_t last = type(reached_) == kErrorToken && reached_ > 0 ? reached_ - 1 : reached_;
    return tokens_[last].at.line;
  }

 private:
  std::size_t type(std::size_t index) const {
    return index < tokens_.size() ? tokens_[index].type : kErrorToken;
  }
  const Token& token() const { return tokens_[at_]; }

  SyntaxError error(const ast::Position& at, std::string message) const {
    if (token().in_field) message = "f-string: " + message;
    SyntaxError result = make_error(source_, at, std::move(message));
    if (&at == &token().at) place_layout(result);
    return result;
  }
  SyntaxError error(std::size_t from, std::size_t to, std::string message) const {
    const ast::Position& first = tokens_[from].at;
    const ast::Position& last = tokens_[to].at;
    return error({first.line, first.col, last.end_line, last.end_col}, std::move(message));
  }
  SyntaxError indentation(std::string message) const {
    SyntaxError result = make_error(source_, token().at, std::move(message), SyntaxError::Indentation);
    place_layout(result);
    return result;
  }

  // Layout tokens have no text; Python gives the column it had read up to, and no end.
  void place_layout(SyntaxError& error) const {
    std::size_t kind = token().type;
    if (kind != Tok::INDENT && kind != Tok::DEDENT && kind != kEndToken) return;
    error.col -= 1;
    error.end_line = error.line;
    error.end_col = -1;
  }

  // Reads a rule from token `from` on; the index of the token after it, or 0 when it does not parse.
  template <class Read>
  std::size_t try_rule(std::size_t from, Read read) {
    TokenStream stream(tokens_);
    stream.seek(from);
    try {
      TreeParser parser(stream);
      read(parser);
      reached_ = std::max(reached_, stream.index());
      return stream.index();
    } catch (const ParseStopped& stopped) {
      // Looking ahead ran into a malformed word: that is then the error.
      if (error_ && stopped.token + 1 == tokens_.size()) throw Failure{*error_};
      return 0;
    }
  }

  // The bracket that is open at token `index`, or npos.
  std::size_t enclosing(std::size_t index) const {
    int depth = 0;
    for (std::size_t i = index; i-- > 0;) {
      if (closes(type(i))) ++depth;
      if (opens(type(i)) && depth-- == 0) return i;
    }
    return std::string::npos;
  }

  // The first token of the operation that ends before `index`.
  std::size_t operation_start(std::size_t index) const {
    int depth = 0;
    std::size_t start = index;
    while (start > 0) {
      std::size_t previous = type(start - 1);
      if (closes(previous)) {
        ++depth;
      } else if (opens(previous)) {
        if (depth-- == 0) break;
      } else if (depth == 0 && (ends_operation(previous) || (previous == Tok::IN && in_for(start - 1)))) {
        break;
      }
      --start;
    }
    bool star = type(start) == Tok::STAR || type(start) == Tok::DOUBLE_STAR;
    return star && start + 1 < index ? start + 1 : start;
  }

  // Whether this `in` belongs to a `for`.
  bool in_for(std::size_t in) const {
    int depth = 0;
    for (std::size_t i = in; i-- > 0;) {
      if (closes(type(i))) ++depth;
      if (opens(type(i)) && depth-- == 0) return false;
      if (depth == 0 && type(i) == Tok::FOR) return true;
      if (depth == 0 && (type(i) == Tok::IN || type(i) == Tok::NEWLINE || type(i) == Tok::IF)) return false;
    }
    return false;
  }

  std::size_t line_start(std::size_t index) const {
    while (index > 0) {
      std::size_t previous = type(index - 1);
      if (previous == Tok::NEWLINE || previous == Tok::INDENT || previous == Tok::DEDENT) break;
      --index;
    }
    return index;
  }

  // "if x:" and then nothing deeper.
  Found missing_block() {
    if (at_ < 2 || type(at_ - 1) != Tok::NEWLINE || type(at_ - 2) != Tok::COLON || type(at_) == Tok::INDENT)
      return {};
    if (stopped_.rule != Tok::RuleBlock && stopped_.rule != Tok::RuleMatchStatement) return {};
    std::size_t first = line_start(at_ - 2);
    if (type(first) == Tok::ASYNC) ++first;
    const Token& keyword = tokens_[first];
    std::string what;
    switch (keyword.type) {
      case Tok::DEF:
        what = "function definition";
        break;
      case Tok::CLASS:
        what = "class definition";
        break;
      case Tok::EXCEPT:
        what = type(first + 1) == Tok::STAR ? "'except*' statement" : "'except' statement";
        break;
      default:
        what = "'" + std::string(keyword.view()) + "' statement";
    }
    return indentation("expected an indented block after " + what + " on line " +
                       std::to_string(keyword.at.line));
  }

  // `print x`, as it was in Python 2.
  Found print_statement() {
    if (at_ == 0 || type(at_ - 1) != Tok::NAME || type(at_) == Tok::LPAREN) return {};
    std::string name(tokens_[at_ - 1].view());
    if ((name != "print" && name != "exec") || operation_start(at_) != at_ - 1) return {};
    std::size_t end = try_rule(at_, [](TreeParser& parser) { parser.tests(); });
    if (end == 0) return {};
    return error(at_ - 1, end - 1,
                 "Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?");
  }

  // Two values side by side in brackets.
  Found missing_comma() {
    std::size_t start = operation_start(at_);
    if (start >= at_) return {};
    if (in_definition(at_) && (type(start - 1) == Tok::COMMA || opens(type(start - 1)))) return {};
    std::string_view name = tokens_[start].view();
    bool soft_keyword = type(start) == Tok::NAME && (name == "match" || name == "case" || name == "_");
    if (soft_keyword || (type(start) == Tok::NAME && type(start + 1) == Tok::STRING)) return {};
    std::size_t left = try_rule(start, [](TreeParser& parser) { parser.operation(); });
    if (left != at_) return {};
    std::size_t end = try_rule(at_, [](TreeParser& parser) { parser.test(); });
    if (end == 0 || enclosing(end) == std::string::npos) return {};
    return error(start, end - 1, "invalid syntax. Perhaps you forgot a comma?");
  }

  // `=` where a comparison or `:=` may have been meant.
  Found single_equals() {
    if (type(at_) != Tok::ASSIGN) return {};
    std::size_t start = operation_start(at_);
    if (start >= at_) return {};
    if (try_rule(start, [](TreeParser& parser) { parser.arithmetic(); }) != at_) return {};
    std::size_t end = try_rule(at_ + 1, [](TreeParser& parser) { parser.arithmetic(); });
    if (end == 0 || type(end) == Tok::ASSIGN || type(end) == Tok::WALRUS) return {};
    if (at_ == start + 1 && type(start) == Tok::NAME) {
      return error(start, end - 1, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    }
    return not_assignable(start);
  }

  Found not_assignable(std::size_t start) {
    TokenStream stream(tokens_);
    stream.seek(start);
    try {
      TreeParser parser(stream);
      Rule* tree = parser.arithmetic();
      ast::Arena arena;
      ast::Expr* value = Builder(source_, arena).build_operation(tree);
      if (value->kind == ast::Kind::List || value->kind == ast::Kind::Tuple ||
          value->kind == ast::Kind::GeneratorExp)
        return {};
      std::string name(expression_name(value));
      if (name == "None" || name == "True" || name == "False") return {};
      return error(start, at_ - 1,
                   "cannot assign to " + name + " here. Maybe you meant '==' instead of '='?");
    } catch (const ParseStopped&) {
      return {};
    } catch (const Failure& failure) {
      return failure.error;
    }
  }

  Found missing_else() {
    if (stopped_.rule != Tok::RuleTest || stopped_.expected != Tok::ELSE || type(at_) == Tok::COLON)
      return {};
    return error(stopped_.rule_start, at_ - 1, "expected 'else' after 'if' expression");
  }

  Found comprehension_target() {
    std::size_t open = enclosing(at_);
    bool begins = type(at_) == Tok::FOR || type(at_) == Tok::ASYNC;
    if (!begins || open == std::string::npos || (type(open) != Tok::LBRACKET && type(open) != Tok::LBRACE))
      return {};
    if (try_rule(at_, [](TreeParser& parser) { parser.comprehension(); }) == 0) return {};
    bool comma = false;
    int depth = 0;
    for (std::size_t i = open + 1; i < at_; ++i) {
      depth += opens(type(i)) - closes(type(i));
      comma |= depth == 0 && type(i) == Tok::COMMA;
      if (depth == 0 && (type(i) == Tok::COLON || type(i) == Tok::FOR)) return {};
    }
    if (!comma) return {};
    return error(open + 1, at_ - 1, "did you forget parentheses around the comprehension target?");
  }

  Found dict_entry() {
    std::size_t open = enclosing(at_);
    if (open == std::string::npos || type(open) != Tok::LBRACE || at_ < 2 || type(at_ - 1) != Tok::COLON)
      return {};
    if (type(at_) == Tok::STAR) {
      std::size_t end = try_rule(at_ + 1, [](TreeParser& parser) { parser.arithmetic(); });
      if (end == 0) return {};
      return error(at_, end - 1, "cannot use a starred expression in a dictionary value");
    }
    if (type(at_) != Tok::RBRACE && type(at_) != Tok::COMMA && type(at_) != Tok::LAST_COMMA) return {};
    return error(tokens_[at_ - 1].at, "expression expected after dictionary key and ':'");
  }

  Found exception_types() {
    if (stopped_.rule != Tok::RuleExceptClause) return {};
    std::size_t first = stopped_.rule_start + 1;
    bool group = type(first) == Tok::STAR;
    if (group && (type(at_) == Tok::COLON || type(at_) == Tok::NEWLINE) && at_ == first + 1) {
      return error(token().at, "expected one or more exception types");
    }
    if (type(at_) != Tok::COMMA) return {};
    std::size_t end = try_rule(group ? first + 1 : first, [](TreeParser& parser) { parser.tests(); });
    if (end == 0) return {};
    if (type(end) == Tok::AS) end += 2;
    if (type(end) != Tok::COLON) return {};
    return error(group ? first + 1 : first, end - 1, "multiple exception types must be parenthesized");
  }

  Found missing_handler() {
    if (stopped_.rule != Tok::RuleTryStatement || stopped_.expected == Tok::COLON) return {};
    return error(token().at, "expected 'except' or 'finally' block");
  }

  Found trailing_comma() {
    if (stopped_.rule != Tok::RuleImportNames && stopped_.rule != Tok::RuleSimpleLine) return {};
    if (type(at_) != Tok::LAST_COMMA || type(at_ + 1) != Tok::NEWLINE || type(line_start(at_)) != Tok::FROM)
      return {};
    return error(tokens_[at_ + 1].at, "trailing comma not allowed without surrounding parentheses");
  }

  Found pattern_target() {
    if (stopped_.rule != Tok::RulePattern && stopped_.rule != Tok::RuleCaseBlock) return {};
    std::size_t as = at_;
    while (as > line_start(at_) && type(as) != Tok::AS) --as;
    if (type(as) != Tok::AS) return {};
    std::size_t end = try_rule(as + 1, [](TreeParser& parser) { parser.test(); });
    if (end <= as + 2) return {};
    return error(as + 1, end - 1, "invalid pattern target");
  }

  Found unpacking_in_call() {
    if (type(at_) != Tok::FOR || stopped_.rule != Tok::RuleOperand) return {};
    std::size_t start = operation_start(at_);
    if (start == 0 || type(start - 1) != Tok::STAR) return {};
    return error(start - 1, at_ - 1, "iterable unpacking cannot be used in comprehension");
  }

  Found double_star() {
    if (type(at_) != Tok::DOUBLE_STAR || at_ == 0) return {};
    bool group = type(at_ - 1) == Tok::LPAREN || type(at_ - 1) == Tok::FIELD_START;
    std::size_t end = group ? try_rule(at_ + 1, [](TreeParser& parser) { parser.test(); }) : 0;
    if (end == 0 || (type(end) != Tok::RPAREN && type(end) != Tok::FIELD_END)) return {};
    return error(token().at, "cannot use double starred expression here");
  }

  Found keyword_value() {
    bool empty = type(at_) == Tok::RPAREN || type(at_) == Tok::COMMA || type(at_) == Tok::LAST_COMMA;
    if (!empty || at_ < 2 || type(at_ - 1) != Tok::ASSIGN || type(at_ - 2) != Tok::NAME) return {};
    std::size_t open = enclosing(at_);
    if (open == std::string::npos || type(open) != Tok::LPAREN) return {};
    return error(at_ - 2, at_ - 1, "expected argument value expression");
  }

  // Mistakes in a list of parameters, of functions and of lambdas.
  Found parameter() {
    bool equals = type(at_ > 0 ? at_ - 1 : 0) == Tok::ASSIGN;
    bool closed = type(at_) == Tok::RPAREN || type(at_) == Tok::COMMA || type(at_) == Tok::LAST_COMMA;
    if (equals && closed && in_parameters(at_))
      return error(tokens_[at_ - 1].at, "expected default value expression");
    if (type(at_) == Tok::ASSIGN && in_parameters(at_)) {
      std::size_t item = item_start(at_);
      // CPython has nothing more to say where the annotation itself is unpacked.
      bool unpacked = type(item + 2) == Tok::COLON && type(item + 3) == Tok::STAR;
      if (type(item) == Tok::STAR && unpacked) return error(token().at, "invalid syntax");
      if (type(item) == Tok::STAR)
        return error(token().at, "var-positional argument cannot have default value");
      if (type(item) == Tok::DOUBLE_STAR)
        return error(token().at, "var-keyword argument cannot have default value");
    }
    if (type(at_) != Tok::LPAREN || !in_parameters(at_)) return {};
    std::size_t end = at_ + 1;
    while (type(end) == Tok::NAME || type(end) == Tok::COMMA || type(end) == Tok::LAST_COMMA) ++end;
    if (type(end) != Tok::RPAREN || end == at_ + 1) return {};
    bool lambda = !in_definition(at_);
    return error(at_, end,
                 lambda ? "Lambda expression parameters cannot be parenthesized"
                        : "Function parameters cannot be parenthesized");
  }

  bool in_definition(std::size_t index) const {
    std::size_t open = enclosing(index);
    return open != std::string::npos && open > 1 && type(open) == Tok::LPAREN &&
           type(open - 1) == Tok::NAME && type(open - 2) == Tok::DEF;
  }
  bool in_parameters(std::size_t index) const {
    if (in_definition(index)) return true;
    int depth = 0;
    for (std::size_t i = index; i-- > 0;) {
      if (closes(type(i))) ++depth;
      if (opens(type(i)) && depth-- == 0) return false;
      if (depth == 0 && type(i) == Tok::LAMBDA) return true;
      if (depth == 0 && (type(i) == Tok::COLON || type(i) == Tok::NEWLINE)) return false;
    }
    return false;
  }
  std::size_t item_start(std::size_t index) const {
    int depth = 0;
    for (; index > 0; --index) {
      std::size_t previous = type(index - 1);
      if (closes(previous)) ++depth;
      if (opens(previous) && depth-- == 0) break;
      if (depth == 0 && (previous == Tok::COMMA || previous == Tok::LAMBDA)) break;
    }
    return index;
  }

  // A header without its colon. Some statements insist on it whatever comes instead, others only notice the
  // end of the line.
  Found missing_colon() {
    if (stopped_.rule == Tok::RuleFunction && stopped_.expected == Tok::LPAREN)
      return error(token().at, "expected '('");
    if (stopped_.rule == Tok::RuleFunction && stopped_.expected == Tok::COLON)
      return error(token().at, "expected ':'");
    if (at_ > 0 && type(at_ - 1) == Tok::ARROW) return error(tokens_[at_ - 1].at, "expected ':'");
    bool insists =
        at_ > 0 && (type(at_ - 1) == Tok::ELSE || type(at_ - 1) == Tok::TRY || type(at_ - 1) == Tok::FINALLY);
    if (stopped_.expected == Tok::COLON && insists && stopped_.rule != Tok::RuleTest)
      return error(token().at, "expected ':'");
    if (Found found = missing_match_colon()) return found;
    if (type(at_) != Tok::NEWLINE) return {};
    switch (stopped_.rule) {
      case Tok::RuleIfStatement:
      case Tok::RuleWhileStatement:
      case Tok::RuleForStatement:
      case Tok::RuleWithStatement:
      case Tok::RuleTryStatement:
      case Tok::RuleExceptClause:
      case Tok::RuleClassDefinition:
      case Tok::RuleCaseBlock:
      case Tok::RuleMatchStatement:
        if (stopped_.expected == Tok::COLON || stopped_.rule == Tok::RuleExceptClause)
          return error(token().at, "expected ':'");
        return {};
      default:
        return {};
    }
  }

  // Without its colon, `match x` was taken for a name and what follows it.
  Found missing_match_colon() {
    std::size_t first = line_start(at_);
    if (type(first) != Tok::NAME || tokens_[first].view() != "match") return {};
    std::size_t end = try_rule(first + 1, [](TreeParser& parser) { parser.subject(); });
    if (end == 0 || type(end) != Tok::NEWLINE) return {};
    return error(tokens_[end].at, "expected ':'");
  }

  // `for` over something that cannot be assigned to, which is found only where `in` is missing.
  Found loop_target() {
    if (stopped_.expected != Tok::IN || type(stopped_.rule_start) != Tok::FOR) return {};
    TokenStream stream(tokens_);
    stream.seek(stopped_.rule_start + 1);
    try {
      TreeParser parser(stream);
      Rule* tree = parser.tests();
      ast::Arena arena;
      Builder(source_, arena).check_loop_target(tree);
    } catch (const ParseStopped&) {
    } catch (const Failure& failure) {
      return failure.error;
    }
    return {};
  }

  const Source& source_;
  const std::optional<SyntaxError>& error_;
  std::vector<Token>& tokens_;
  const ParseStopped& stopped_;
  std::size_t at_;
  std::size_t reached_;
};

}  // namespace

SyntaxError diagnose(const Source& source, Tokens& tokens, const ParseStopped& stopped) {
  const Token& token = tokens.list[stopped.token];
  if (stopped.too_deep) return make_error(source, token.at, "too many nested expressions");
  if (token.type == kErrorToken && tokens.error && stopped.token + 1 == tokens.list.size())
    return *tokens.error;
  Diagnosis diagnosis(source, tokens, stopped);
  SyntaxError found;
  try {
    found = diagnosis.run();
  } catch (Failure& failure) {
    return std::move(failure.error);
  }
  if (found.message.starts_with("unexpected ")) return found;
  return or_better(std::move(found), tokens, diagnosis.line());
}

SyntaxError or_better(SyntaxError found, Tokens& tokens, int line) {
  // Mistakes of layout do not count: Python reports them only where it meets them.
  if (!tokens.error || tokens.error->kind != SyntaxError::Syntax ||
      tokens.error->message.starts_with("unexpected ")) {
    return found;
  }
  bool unclosed = tokens.error->message.ends_with("was never closed");
  if (unclosed && line <= tokens.error->line) return found;
  return *tokens.error;
}

}  // namespace lisle::grammar

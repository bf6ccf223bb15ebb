// Owns: literals in the tree: numbers, strings, and f-strings, whose pieces of text run together across the
// parts of an implicit concatenation.
#include "grammar/builder.h"
#include "grammar/literals.h"
#include "grammar/names.h"

namespace lisle::grammar {
namespace {

// The token after a rule. Python has read it before it looks into the strings, and gives it as the place of
// what is wrong with them. There always is one: the list of tokens ends with the end of the text.
const Token& following(Rule* node) {
  return (&last_token(node))[1];
}

}  // namespace

ast::Expr* Builder::number(Token& token) {
  auto* result = make<ast::Constant>(token.at);
  if (auto problem = number_value(token.view(), arena_, options_.max_digits, result->value)) {
    // The place is the line alone: so long a number has no end that could be shown.
    SyntaxError error = make_error(source_, token.at, *problem);
    error.col = error.end_col = 0;
    throw Failure{error};
  }
  return result;
}

ast::Expr* Builder::singleton(Token& token) {
  using Kind = ast::ConstantValue::Kind;
  auto* result = make<ast::Constant>(token.at);
  result->value.kind = token.type == Tok::NONE    ? Kind::None
                       : token.type == Tok::TRUE  ? Kind::True
                       : token.type == Tok::FALSE ? Kind::False
                                                  : Kind::Ellipsis;
  return result;
}

ast::Expr* Builder::strings(Rule* node) {
  bool any_bytes = false;
  bool any_text = false;
  bool formatted = false;
  for (Walk walk(node); !walk.done();) {
    if (walk.at_rule()) {
      formatted = any_text = true;
      walk.skip();
    } else {
      bool bytes = string_literal(walk.token().view()).bytes;
      any_bytes |= bytes;
      any_text |= !bytes;
    }
  }
  if (any_bytes && any_text) fail(following(node).at, "cannot mix bytes and nonbytes literals");
  return formatted ? formatted_strings(node) : plain_strings(node, any_bytes);
}

void Builder::warn_of_escape(const Token& literal, const std::string& unknown) {
  if (unknown.empty()) return;
  warnings_.push_back({literal.at, "invalid " + unknown});
}

ast::Constant* Builder::text_constant(Rule* whole, std::string_view text) {
  auto* result = make<ast::Constant>(span(whole));
  result->value.kind = ast::ConstantValue::Kind::Str;
  result->value.text = arena_.copy(text);
  if (first_token(whole).view()[0] == 'u') result->prefix = "u";
  return result;
}

ast::Expr* Builder::plain_strings(Rule* node, bool bytes) {
  std::string text;
  for (Walk walk(node); !walk.done();) {
    Token& token = walk.token();
    StringLiteral literal = string_literal(token.view());
    std::string unknown;
    auto problem = bytes ? append_bytes(literal.body, literal.raw, text, unknown)
                         : append_text(literal.body, literal.raw, text, unknown);
    warn_of_escape(token, unknown);
    if (problem && bytes && !is_ascii(literal.body)) fail(token.at, *problem);
    if (problem) fail(following(node).at, *problem);
  }
  if (!bytes) return text_constant(node, text);
  auto* result = make<ast::Constant>(span(node));
  result->value.kind = ast::ConstantValue::Kind::Bytes;
  result->value.text = arena_.copy(text);
  return result;
}

ast::Expr* Builder::formatted_strings(Rule* node) {
  std::string text;
  Exprs values;
  for (Walk walk(node); !walk.done();) {
    if (!walk.at_rule()) {
      Token& token = walk.token();
      StringLiteral literal = string_literal(token.view());
      std::string unknown;
      if (auto problem = append_text(literal.body, literal.raw, text, unknown))
        fail(following(node).at, *problem);
      warn_of_escape(token, unknown);
      continue;
    }
    Rule* piece = walk.rule();
    Walk parts(piece);
    std::string_view prefix = parts.token().view();
    fstring_parts(parts, node, piece, prefix.find_first_of("rR") != std::string_view::npos, text, values);
  }
  flush_text(text, node, values);
  auto* result = make<ast::JoinedStr>(span(node));
  result->values = arena_.copy(values);
  return result;
}

void Builder::flush_text(std::string& text, Rule* whole, Exprs& values) {
  if (text.empty()) return;
  values.push_back(text_constant(whole, text));
  text.clear();
}

void Builder::fstring_parts(Walk& walk, Rule* whole, Rule* piece, bool raw, std::string& text,
                            Exprs& values) {
  while (walk.at_rule()) {
    Rule* part = walk.rule();
    if (is_leaf(part->children[0]) && leaf(part->children[0]).type == Tok::FSTRING_TEXT) {
      std::string_view piece_text = leaf(part->children[0]).view();
      std::string unknown;
      // A backslash before a brace stays as it is.
      bool escapes_brace = !raw && (piece_text.size() - (piece_text.find_last_not_of('\\') + 1)) % 2 == 1;
      if (escapes_brace) piece_text.remove_suffix(1);
      if (auto problem = append_text(piece_text, raw, text, unknown)) fail(following(whole).at, *problem);
      if (escapes_brace) {
        text += '\\';
        if (unknown.empty()) unknown = "escape sequence '\\{'";
      }
      warn_of_escape(first_token(piece), unknown);
      continue;
    }
    Walk inner(part);
    ast::Expr* field = replacement_field(inner, whole, piece, raw, text, values);
    values.push_back(field);
  }
}

// An expression without parentheses of its own has the field's braces for them.
ast::Position Builder::field_span(const Token& start, const Walk& walk) {
  const Token& next = leaf(walk.node());
  ast::Position at = next.at;
  if (next.type == Tok::FIELD_DEBUG) at = walk.previous().at;
  at.end_col = next.type == Tok::FIELD_CONVERSION ? at.col
               : next.type == Tok::FIELD_DEBUG    ? at.end_col + 1
                                                  : at.col + 1;
  return span(start.at, at);
}

ast::Expr* Builder::replacement_field(Walk& walk, Rule* whole, Rule* piece, bool raw, std::string& text,
                                      Exprs& values) {
  Token& start = walk.token();
  Nested nested(*this, start);
  Rule* inner = walk.rule();
  auto* result = make<ast::FormattedValue>(span(whole));
  result->conversion = -1;
  if (inner->getRuleIndex() == Tok::RuleYieldExpression) {
    result->value = yield_expression(inner);
  } else {
    Row row = elements(inner);
    if (row.comprehension) {
      auto* generator = make<ast::GeneratorExp>(field_span(start, walk));
      generator->elt = row.values[0];
      generator->generators = row.generators;
      result->value = generator;
    } else if (row.comma) {
      auto* tuple = make<ast::Tuple>(field_span(start, walk));
      tuple->elts = arena_.copy(row.values);
      result->value = tuple;
    } else {
      if (row.values[0]->kind == ast::Kind::Starred)
        fail(*row.values[0], "f-string: cannot use starred expression here");
      result->value = row.values[0];
    }
  }
  bool debug = walk.peek() == Tok::FIELD_DEBUG;
  if (debug) text += walk.token().view();
  flush_text(text, whole, values);
  if (walk.peek() == Tok::FIELD_CONVERSION) result->conversion = walk.token().view()[0];
  if (walk.accept(Tok::FIELD_SPEC)) {
    std::string spec_text;
    Exprs spec_values;
    fstring_parts(walk, piece, piece, raw, spec_text, spec_values);
    flush_text(spec_text, piece, spec_values);
    auto* spec = make<ast::JoinedStr>(span(piece));
    spec->values = arena_.copy(spec_values);
    result->format_spec = spec;
  }
  if (debug && !result->format_spec && result->conversion == -1) result->conversion = 'r';
  return result;
}

}  // namespace lisle::grammar

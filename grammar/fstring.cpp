// Owns: the splitting of an f-string into text and replacement fields, after the rules of Python 3.11: the
// string is lexed as a whole first, so a field has neither the string's own quotes nor a backslash nor a
// comment.
#include <cctype>

#include "grammar/layout_impl.h"
#include "grammar/names.h"

namespace lisle::grammar {
namespace {

constexpr int kMaxNesting = 2;
constexpr std::size_t kMaxFieldBrackets = 200;

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

char closing(char open) {
  return open == '(' ? ')' : open == '[' ? ']' : '}';
}

}  // namespace

// Python finds these mistakes when it has read the string and the token after it, and that token is the place
// it gives.
bool Layout::fail_field(std::string message) {
  std::uint32_t after = fstring_end_;
  while (byte(after) == ' ' || byte(after) == '\t') ++after;
  Word next = longest_word(text_.substr(after));
  bool blank = next.type == Tok::END_OF_LINE || next.type == Tok::COMMENT;
  emit(kErrorToken, fstring_start_, fstring_start_);
  ast::Position place = position(after, after + (blank ? 0 : static_cast<std::uint32_t>(next.length)));
  out_.error = make_error(source_, place, "f-string" + std::move(message));
  return false;
}

bool Layout::fstring_parts(std::uint32_t& at, std::uint32_t end, bool raw, int nesting) {
  while (at < end) {
    if (byte(at) == '}' && nesting > 0) return true;
    bool doubled = nesting == 0 && at + 1 < end && byte(at + 1) == '{';
    bool ok = byte(at) == '{' && !doubled ? replacement_field(at, end, raw, nesting)
                                          : fstring_text(at, end, raw, nesting);
    if (!ok) return false;
  }
  return true;
}

// Text up to a field. A doubled brace ends the piece after its first half; the second is skipped.
bool Layout::fstring_text(std::uint32_t& at, std::uint32_t end, bool raw, int nesting) {
  std::uint32_t start = at;
  while (at < end) {
    char c = byte(at);
    if (c == '\\' && !raw && at + 1 < end && byte(at + 1) == 'N') {
      at += 2;
      if (at < end && byte(at) == '{') {
        while (at < end && byte(at) != '}') ++at;
        if (at < end) ++at;
      }
      continue;
    }
    if (c == '\\' && !raw && at + 1 < end) {
      ++at;
      c = byte(at);
    }
    if (c != '{' && c != '}') {
      ++at;
      continue;
    }
    if (nesting == 0 && at + 1 < end && byte(at + 1) == c) {
      emit(Tok::FSTRING_TEXT, start, at + 1);
      at += 2;
      return true;
    }
    if (nesting == 0 && c == '}') return fail_field(": single '}' is not allowed");
    break;
  }
  if (at > start) emit(Tok::FSTRING_TEXT, start, at);
  return true;
}

// Moves `at` from the start of a field's expression to its end.
bool Layout::field_extent(std::uint32_t& at, std::uint32_t end) {
  char quote = 0;
  int quotes = 0;
  std::string open;
  for (; at < end; ++at) {
    char c = byte(at);
    if (c == '\\') return fail_field(" expression part cannot include a backslash");
    bool tripled = at + 2 < end && byte(at + 1) == c && byte(at + 2) == c;
    if (quote) {
      if (c != quote || (quotes == 3 && !tripled)) continue;
      at += quotes - 1;
      quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
      quotes = tripled ? 3 : 1;
      at += quotes - 1;
    } else if (c == '(' || c == '[' || c == '{') {
      if (open.size() >= kMaxFieldBrackets) return fail_field(": too many nested parenthesis");
      open += c;
    } else if (c == '#') {
      return fail_field(" expression part cannot include '#'");
    } else if (open.empty() && (c == '!' || c == ':' || c == '}' || c == '=' || c == '<' || c == '>')) {
      bool pair = at + 1 < end && byte(at + 1) == '=' && c != ':' && c != '}';
      if (pair) {
        ++at;
      } else if (c != '<' && c != '>') {
        break;
      }
    } else if (c == ')' || c == ']' || c == '}') {
      if (open.empty()) return fail_field(std::string(": unmatched '") + c + "'");
      if (closing(open.back()) != c) {
        return fail_field(std::string(": closing parenthesis '") + c +
                          "' does not match opening parenthesis '" + open.back() + "'");
      }
      open.pop_back();
    }
  }
  if (quote) return fail_field(": unterminated string");
  if (!open.empty()) return fail_field(std::string(": unmatched '") + open.back() + "'");
  if (at >= end) return fail_field(": expecting '}'");
  return true;
}

bool Layout::replacement_field(std::uint32_t& at, std::uint32_t end, bool raw, int nesting) {
  if (nesting >= kMaxNesting) return fail_field(": expressions nested too deeply");
  emit(Tok::FIELD_START, at, at + 1);
  std::uint32_t begin = ++at;
  if (!field_extent(at, end)) return false;
  std::uint32_t first = begin;
  while (first < at && is_space(byte(first))) ++first;
  if (first == at && byte(at) != '}')
    return fail_field(std::string(": expression required before '") + byte(at) + "'");
  if (first == at) return fail_field(": empty expression not allowed");

  std::uint32_t outer_start = fstring_start_;
  std::uint32_t outer_end = fstring_end_;
  std::size_t outer_brackets = field_brackets_;
  field_brackets_ = brackets_.size();
  ++field_depth_;
  // The field counts as a bracket, so that commas and lambdas in it are its own.
  brackets_.push_back({'(', static_cast<std::uint32_t>(out_.list.size() - 1), 0});
  ++field_brackets_;
  at_ = begin;
  if (!lex(at)) return false;
  brackets_.pop_back();
  field_brackets_ = outer_brackets;
  --field_depth_;
  fstring_start_ = outer_start;
  fstring_end_ = outer_end;
  return field_tail(at, end, raw, nesting, begin);
}

// What may follow the expression: `=`, a conversion, a format specification, the closing brace.
bool Layout::field_tail(std::uint32_t& at, std::uint32_t end, bool raw, int nesting, std::uint32_t begin) {
  constexpr const char* kUnexpectedEnd = ": expecting '}'";
  if (byte(at) == '=') {
    ++at;
    while (at < end && is_space(byte(at))) ++at;
    emit(Tok::FIELD_DEBUG, begin, at);
    if (at >= end) return fail_field(kUnexpectedEnd);
  }
  if (byte(at) == '!') {
    if (++at >= end) return fail_field(kUnexpectedEnd);
    std::uint32_t start = at;
    at += utf8_length(byte(at));
    char conversion = byte(start);
    if (conversion != 's' && conversion != 'r' && conversion != 'a') {
      return fail_field(": invalid conversion character: expected 's', 'r', or 'a'");
    }
    emit(Tok::FIELD_CONVERSION, start, at);
    if (at >= end) return fail_field(kUnexpectedEnd);
  }
  if (byte(at) == ':') {
    emit(Tok::FIELD_SPEC, at, at + 1);
    if (++at >= end) return fail_field(kUnexpectedEnd);
    if (!fstring_parts(at, end, raw, nesting + 1)) return false;
  }
  if (at >= end || byte(at) != '}') return fail_field(kUnexpectedEnd);
  emit(Tok::FIELD_END, at, at + 1);
  ++at;
  return true;
}

}  // namespace lisle::grammar

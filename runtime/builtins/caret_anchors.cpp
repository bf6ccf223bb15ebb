// Finds the outermost operation of an expression in source text that is known to be well-formed. The runtime
// has no parser (it lies below the grammar), and the outermost operator follows from precedences alone.
#include "runtime/builtins/caret_anchors.h"

#include <vector>

namespace lisle::rt {

namespace {

struct Token {
  enum Kind : u8 { kOperand, kOpen, kClose, kOperator, kWord } kind;
  size_t start, end;
  int depth;  // brackets around it; an opening bracket counts as outside of itself
};

bool is_word_char(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 128;
}

size_t skip_string(std::u32string_view s, size_t at) {
  char32_t quote = s[at];
  bool triple = at + 2 < s.size() && s[at + 1] == quote && s[at + 2] == quote;
  at += triple ? 3 : 1;
  while (at < s.size()) {
    if (s[at] == '\\') {
      at += 2;
    } else if (s[at] != quote) {
      ++at;
    } else if (!triple) {
      return at + 1;
    } else if (at + 2 < s.size() && s[at + 1] == quote && s[at + 2] == quote) {
      return at + 3;
    } else {
      ++at;
    }
  }
  return s.size();
}

bool is_keyword(std::u32string_view word) {
  for (std::u32string_view k : {U"if", U"else", U"and", U"or", U"not", U"in", U"is", U"lambda", U"await",
                                U"for", U"async", U"yield", U"from"})
    if (word == k) return true;
  return false;
}

std::vector<Token> tokenize(std::u32string_view s) {
  std::vector<Token> out;
  int depth = 0;
  for (size_t i = 0; i < s.size();) {
    char32_t c = s[i];
    size_t start = i;
    if (c == ' ' || c == '\t' || c == '\f' || c == '\n' || c == '\\') {
      ++i;
    } else if (c == '"' || c == '\'') {
      i = skip_string(s, i);
      out.push_back({Token::kOperand, start, i, depth});
    } else if (is_word_char(c) || (c == '.' && i + 1 < s.size() && s[i + 1] >= '0' && s[i + 1] <= '9')) {
      bool number = c <= '9';
      while (i < s.size() &&
             (is_word_char(s[i]) || (number && s[i] == '.') ||
              (number && (s[i] == '+' || s[i] == '-') && (s[i - 1] == 'e' || s[i - 1] == 'E'))))
        ++i;
      // A prefix of a string literal belongs to it.
      if (i < s.size() && (s[i] == '"' || s[i] == '\'') && i - start <= 2) i = skip_string(s, i);
      bool keyword = is_keyword(s.substr(start, i - start));
      out.push_back({keyword ? Token::kWord : Token::kOperand, start, i, depth});
    } else if (c == '(' || c == '[' || c == '{') {
      out.push_back({Token::kOpen, start, ++i, depth++});
    } else if (c == ')' || c == ']' || c == '}') {
      out.push_back({Token::kClose, start, ++i, --depth});
    } else {
      ++i;
      constexpr std::u32string_view kTwo[] = {U"**", U"//", U"<<", U">>", U"<=",
                                              U">=", U"==", U"!=", U":=", U"->"};
      for (std::u32string_view two : kTwo)
        if (s.substr(start, 2) == two) i = start + 2;
      out.push_back({Token::kOperator, start, i, depth});
    }
  }
  return out;
}

bool ends_operand(const std::vector<Token>& t, size_t i) {
  return t[i].kind == Token::kOperand || t[i].kind == Token::kClose;
}

// Binding strength of binary operators; 0 for what is looser than all of them.
int precedence(std::u32string_view op) {
  if (op == U"|") return 1;
  if (op == U"^") return 2;
  if (op == U"&") return 3;
  if (op == U"<<" || op == U">>") return 4;
  if (op == U"+" || op == U"-") return 5;
  if (op == U"*" || op == U"/" || op == U"//" || op == U"%" || op == U"@") return 6;
  if (op == U"**") return 8;
  return 0;
}
constexpr int kUnary = 7;

// Is token `i`, a closing bracket, the end of a mere grouping, or of a call, subscript or display?
size_t opening_of(const std::vector<Token>& t, size_t close) {
  size_t i = close;
  while (i-- > 0)
    if (t[i].kind == Token::kOpen && t[i].depth == t[close].depth) return i;
  return 0;
}

CaretAnchors binary_anchors(std::u32string_view s, const std::vector<Token>& t, size_t op) {
  size_t left = t[op - 1].end;
  size_t close = op - 1;
  // Parentheses around an operand are not part of it.
  while (t[close].kind == Token::kClose && s[t[close].start] == ')') {
    size_t open = opening_of(t, close);
    if (open > 0 && ends_operand(t, open - 1)) break;
    left = t[close - 1].end;
    --close;
  }
  size_t right_token = op + 1;
  while (right_token + 1 < t.size() && s[t[right_token].start] == '(') ++right_token;
  size_t right = t[right_token].start;
  for (size_t i = left; i < right; ++i) {
    if (s[i] == ' ' || s[i] == '\t' || s[i] == '\f') continue;
    CaretAnchors out{static_cast<i64>(i), static_cast<i64>(i + 1)};
    if (i + 1 < right && s[i + 1] != ' ' && s[i + 1] != '\t' && s[i + 1] != '\f') ++out.right;
    return out;
  }
  return {};
}

}  // namespace

CaretAnchors find_anchors(std::u32string_view s) {
  std::vector<Token> t = tokenize(s);
  size_t best = 0;
  int best_precedence = 99;
  for (size_t i = 0; i < t.size(); ++i) {
    if (t[i].depth != 0) continue;
    std::u32string_view text = s.substr(t[i].start, t[i].end - t[i].start);
    if (t[i].kind == Token::kWord) {
      if (text != U"await") return {};
      if (kUnary + 2 < best_precedence) best_precedence = kUnary + 2, best = 0;
      continue;
    }
    if (t[i].kind != Token::kOperator || text == U".") continue;
    bool binary = i > 0 && ends_operand(t, i - 1);
    int p = binary ? precedence(text) : kUnary;
    if (p == 0) return {};
    // Operators associate to the left, except powers; the outermost one is then the last or the first.
    if (p < best_precedence || (p == best_precedence && p != 8 && p != kUnary)) {
      best_precedence = p;
      best = binary ? i : 0;
    }
  }
  if (best) return best + 1 < t.size() ? binary_anchors(s, t, best) : CaretAnchors{};
  if (best_precedence != 99 || t.size() < 4 || s[t.back().start] != ']' || t.back().kind != Token::kClose)
    return {};
  size_t open = opening_of(t, t.size() - 1);
  if (open == 0 || !ends_operand(t, open - 1)) return {};
  return {static_cast<i64>(t[open - 1].end), static_cast<i64>(t[t.size() - 2].end + 1)};
}

}  // namespace lisle::rt

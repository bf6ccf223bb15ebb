// Owns: names, numbers and strings as words: which of them are malformed, and what Python says about that.
#include <utf8proc.h>

#include <cctype>
#include <cstdio>

#include "grammar/layout_impl.h"
#include "grammar/names.h"

namespace lisle::grammar {
namespace {

bool is_name_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// A keyword that may follow a number at once: `1if x else y`.
bool begins_with_infix_keyword(std::string_view rest) {
  for (std::string_view keyword : {"and", "else", "for", "if", "in", "is", "not", "or"}) {
    if (rest.starts_with(keyword)) return true;
  }
  return false;
}

// "hexadecimal", "octal", "binary", "imaginary" or "decimal", after the number's form.
std::string_view number_form(std::string_view number) {
  if (number.size() > 1 && number[0] == '0') {
    switch (number[1] | 0x20) {
      case 'x':
        return "hexadecimal";
      case 'o':
        return "octal";
      case 'b':
        return "binary";
    }
  }
  return (number.back() | 0x20) == 'j' ? "imaginary" : "decimal";
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

bool Layout::name(std::uint32_t length) {
  std::string_view text = text_.substr(at_, length);
  std::size_t type = keyword_type(text);
  if (type == 0) {
    type = Tok::NAME;
    std::size_t bad = first_bad_name_character(text);
    if (bad != std::string_view::npos) {
      at_ += static_cast<std::uint32_t>(bad);
      return bad_character();
    }
  }
  emit(type, at_, at_ + length);
  at_ += length;
  return true;
}

bool Layout::bad_character() {
  char c = byte(at_);
  if (c == '\'' || c == '"') return unterminated_string();
  if (c == '\\') {
    if (at_ + 1 >= text_.size()) return fail_joined();
    fail("unexpected character after line continuation character", at_ + 1);
    out_.error->end_col = 0;
    return false;
  }
  // A string prefix before an unterminated string lexes as a name, so the quote is what gets here. These have
  // no word at all.
  std::int32_t code = 0;
  utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text_.data() + at_),
                   static_cast<utf8proc_ssize_t>(text_.size() - at_), &code);
  char message[80];
  if (code < 0x80 && code >= 0x20 && code != 0x7F) {
    // A character without a meaning is for the parser to stumble over; what follows may have a worse mistake.
    emit(kErrorToken, at_, at_ + 1);
    ++at_;
    return true;
  }
  if (!is_printable(code)) {
    std::snprintf(message, sizeof message, "invalid non-printable character U+%04X",
                  static_cast<unsigned>(code));
  } else {
    std::string shown(text_.substr(at_, utf8_length(text_[at_])));
    std::snprintf(message, sizeof message, "invalid character '%s' (U+%04X)", shown.c_str(),
                  static_cast<unsigned>(code));
  }
  return fail(message, at_);
}

bool Layout::unterminated_string() {
  char quote = byte(at_);
  bool triple = byte(at_ + 1) == quote && byte(at_ + 2) == quote;
  std::uint32_t start = at_;
  // A prefix has been taken for a name already.
  if (!out_.list.empty() && out_.list.back().end == at_ && out_.list.back().type == Tok::NAME &&
      out_.list.back().view().size() <= 2) {
    start = out_.list.back().start;
    out_.list.pop_back();
  }
  int last_line = static_cast<int>(source_.line_starts.size()) - 1;
  if (triple) {
    return fail_incomplete(
        "unterminated triple-quoted string literal (detected at line " + std::to_string(last_line) + ")",
        start);
  }
  // A backslash may have carried the string over line ends.
  std::uint32_t end = at_ + 1;
  while (end < text_.size() && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
  int hint = 1;
  int line =
      source_.line_of(std::min<std::uint32_t>(end, static_cast<std::uint32_t>(text_.size()) - 1), hint);
  std::string message = "unterminated string literal (detected at line " + std::to_string(line) + ")";
  return end >= text_.size() ? fail_incomplete(std::move(message), start) : fail(std::move(message), start);
}

bool Layout::number(std::uint32_t length, std::uint32_t end) {
  std::string_view text = text_.substr(at_, length);
  std::uint32_t stop = at_ + length;
  std::string_view rest = text_.substr(stop, end - stop);
  char next = rest.empty() ? 0 : rest[0];
  std::string form(number_form(text));
  if (text == "0" && (next | 0x20) == 'x')
    return fail("invalid hexadecimal literal", stop + (byte(stop + 1) == '_'));
  if (text == "0" && ((next | 0x20) == 'o' || (next | 0x20) == 'b')) {
    return bad_digit((next | 0x20) == 'o' ? "octal" : "binary", stop + 1);
  }
  bool digit_follows = is_digit(next) || (next == '_' && is_digit(byte(stop + 1)));
  if (digit_follows && (form == "binary" || form == "octal")) return bad_digit(form, stop);
  bool zeros = text.find_first_not_of("0_") == std::string_view::npos;
  if (is_digit(next) || (zeros && next == '_' && rest.size() > 1 && is_digit(rest[1])))
    return leading_zeros();
  // Letters beyond ASCII begin a word of their own.
  bool in_ascii = static_cast<unsigned char>(next) < 0x80;
  if (in_ascii && is_name_byte(next) && !begins_with_infix_keyword(rest)) {
    bool exponent =
        form == "decimal" && (next | 0x20) == 'e' && (byte(stop + 1) == '+' || byte(stop + 1) == '-');
    return fail("invalid " + form + " literal", exponent ? stop + 1 : stop - (next == '_' ? 0 : 1));
  }
  Token& token = emit(Tok::NUMBER, at_, stop);
  if (in_ascii && is_name_byte(next))
    out_.warnings.push_back({token.at, "invalid " + form + " literal", true});
  at_ = stop;
  return true;
}

// What stands at `at` is no digit of this form, or none at all.
bool Layout::bad_digit(const std::string& form, std::uint32_t at) {
  if (byte(at) == '_') ++at;
  if (!is_digit(byte(at))) return fail("invalid " + form + " literal", at - 1);
  return fail("invalid digit '" + std::string(1, byte(at)) + "' in " + form + " literal", at);
}

bool Layout::leading_zeros() {
  // The place ends behind the zeros.
  ast::Position place = position(at_, at_ + 1);
  place.end_col = place.col + static_cast<int>(text_.find_first_not_of("0_", at_) - at_);
  emit(kErrorToken, at_, at_);
  out_.error = make_error(
      source_, place,
      "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
  return false;
}

bool Layout::string(std::uint32_t length) {
  std::uint32_t stop = at_ + length;
  std::string_view text = text_.substr(at_, length);
  std::size_t prefix = text.find_first_of("'\"");
  char quote = text[prefix];
  // An empty string with a third quote behind it is a long string without end.
  if (text.size() == prefix + 2 && byte(stop) == quote) {
    at_ += static_cast<std::uint32_t>(prefix);
    int last_line = static_cast<int>(source_.line_starts.size()) - 1;
    return fail_incomplete(
        "unterminated triple-quoted string literal (detected at line " + std::to_string(last_line) + ")",
        at_ - static_cast<std::uint32_t>(prefix));
  }
  bool formatted = false;
  bool raw = false;
  for (char c : text.substr(0, prefix)) {
    formatted |= (c | 0x20) == 'f';
    raw |= (c | 0x20) == 'r';
  }
  if (!formatted) {
    emit(Tok::STRING, at_, stop);
    at_ = stop;
    return true;
  }
  std::uint32_t quotes =
      text.size() >= prefix + 6 && text[prefix + 1] == quote && text[prefix + 2] == quote ? 3 : 1;
  std::uint32_t from = at_ + static_cast<std::uint32_t>(prefix) + quotes;
  fstring_start_ = at_;
  fstring_end_ = stop;
  emit(Tok::FSTRING_START, at_, from);
  if (!fstring_parts(from, stop - quotes, raw, 0)) return false;
  emit(Tok::FSTRING_END, stop - quotes, stop);
  at_ = stop;
  return true;
}

bool Layout::fail(std::string message, std::uint32_t at, SyntaxError::Kind kind) {
  Token& token = emit(kErrorToken, at, at);
  out_.error = make_error(source_, token.at, std::move(message), kind);
  if (kind == SyntaxError::Tab) {
    // The mistake is the line's, so that its start is the place.
    out_.error->col = 1;
    out_.error->end_col = 0;
  }
  return false;
}

bool Layout::fail_joined() {
  fail_incomplete("unexpected EOF while parsing", at_ + 1);
  out_.error->end_col = -1;
  return false;
}

bool Layout::fail_incomplete(std::string message, std::uint32_t at) {
  fail(std::move(message), at);
  out_.error->incomplete = true;
  return false;
}

}  // namespace lisle::grammar

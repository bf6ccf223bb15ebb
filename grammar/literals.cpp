// Owns: numbers and escapes.
#include "grammar/literals.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "grammar/names.h"
#include "grammar/unicode_names.h"

namespace lisle::grammar {
namespace {

using Kind = ast::ConstantValue::Kind;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// A message of Python's codec: the range is in bytes of the literal's body.
std::string codec_error(std::size_t from, std::size_t to, std::string_view problem) {
  std::string place = from == to ? "byte 0x5c in position " + std::to_string(from)
                                 : "bytes in position " + std::to_string(from) + "-" + std::to_string(to);
  return "(unicode error) 'unicodeescape' codec can't decode " + place + ": " + std::string(problem);
}

// Numbers that do not fit a byte are deprecated.
std::uint32_t octal(std::string_view body, std::size_t& at, std::string& unknown) {
  std::size_t start = at;
  std::uint32_t code = 0;
  for (int i = 0; i < 3 && at < body.size() && body[at] >= '0' && body[at] <= '7'; ++i)
    code = code * 8 + (body[at++] - '0');
  if (code > 0377 && unknown.empty())
    unknown = "octal escape sequence '\\" + std::string(body.substr(start, at - start)) + "'";
  return code;
}

// How the warning calls an escape that has no meaning.
std::string unknown_escape(char c) {
  return std::string("escape sequence '\\") + c + "'";
}

// The simple escapes, or -1.
int simple_escape(char c) {
  switch (c) {
    case '\\':
    case '\'':
    case '"':
      return c;
    case 'a':
      return 7;
    case 'b':
      return 8;
    case 'f':
      return 12;
    case 'n':
      return 10;
    case 'r':
      return 13;
    case 't':
      return 9;
    case 'v':
      return 11;
    default:
      return -1;
  }
}

// Decodes the escapes of one text. Positions in messages count the bytes Python's decoder sees, in which a
// character beyond ASCII stands as the ten bytes of \UXXXXXXXX.
class TextDecoder {
 public:
  TextDecoder(std::string_view body, std::string& out, std::string& unknown)
      : body_(body), out_(out), unknown_(unknown) {}

  std::optional<std::string> run() {
    while (at_ < body_.size()) {
      std::size_t next = std::min(body_.find('\\', at_), body_.size());
      out_.append(body_, at_, next - at_);
      at_ = next;
      if (at_ >= body_.size()) break;
      if (auto problem = escape()) return problem;
    }
    return std::nullopt;
  }

 private:
  std::optional<std::string> escape() {
    std::size_t start = at_++;
    if (at_ >= body_.size()) return codec_error(position(start), position(start), "\\ at end of string");
    char c = body_[at_];
    if (c == '\n') {
      ++at_;
      return std::nullopt;
    }
    int simple = simple_escape(c);
    if (simple >= 0) {
      out_ += static_cast<char>(simple);
      ++at_;
      return std::nullopt;
    }
    if (c >= '0' && c <= '7') {
      append_utf8(out_, octal(body_, at_, unknown_));
      return std::nullopt;
    }
    switch (c) {
      case 'x':
        return hex(start, 2, "truncated \\xXX escape");
      case 'u':
        return hex(start, 4, "truncated \\uXXXX escape");
      case 'U':
        return hex(start, 8, "truncated \\UXXXXXXXX escape");
      case 'N':
        return named(start);
      default:
        // An unknown escape stays as it is written.
        if (unknown_.empty()) unknown_ = unknown_escape(c);
        out_ += '\\';
        return std::nullopt;
    }
  }

  std::optional<std::string> hex(std::size_t start, int digits, std::string_view problem) {
    ++at_;
    std::uint32_t code = 0;
    for (int i = 0; i < digits; ++i, ++at_) {
      int digit = at_ < body_.size() ? hex_digit(body_[at_]) : -1;
      if (digit < 0) return codec_error(position(start), position(at_) - 1, problem);
      code = code * 16 + digit;
    }
    if (code > 0x10FFFF) return codec_error(position(start), position(at_) - 1, "illegal Unicode character");
    append_utf8(out_, code);
    return std::nullopt;
  }

  std::optional<std::string> named(std::size_t start) {
    ++at_;
    std::size_t close =
        at_ < body_.size() && body_[at_] == '{' ? body_.find('}', at_) : std::string_view::npos;
    if (close == std::string_view::npos || close == at_ + 1) {
      std::size_t end = close == std::string_view::npos
                            ? (at_ < body_.size() && body_[at_] == '{' ? body_.size() : at_)
                            : close;
      return codec_error(position(start), position(end) - 1, "malformed \\N character escape");
    }
    std::string_view name = body_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    std::string found = character_named(name);
    if (found.empty())
      return codec_error(position(start), position(at_) - 1, "unknown Unicode character name");
    out_ += found;
    return std::nullopt;
  }

  std::size_t position(std::size_t offset) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < offset && i < body_.size(); ++i) {
      unsigned char byte = static_cast<unsigned char>(body_[i]);
      count += byte < 0x80 ? 1 : (byte & 0xC0) == 0x80 ? 0 : 10;
    }
    return count;
  }

  std::string_view body_;
  std::string& out_;
  std::string& unknown_;
  std::size_t at_ = 0;
};

std::string clean(std::string_view digits) {
  std::string text;
  std::copy_if(digits.begin(), digits.end(), std::back_inserter(text), [](char c) { return c != '_'; });
  return text;
}

std::optional<std::string> int_value(std::string_view text, ast::Arena& arena, unsigned max_digits,
                                     ast::ConstantValue& value) {
  value.kind = Kind::Int;
  if (text.size() > 1 && text[0] == '0') {
    char form = static_cast<char>(text[1] | 0x20);
    value.base = form == 'x' ? 16 : form == 'o' ? 8 : form == 'b' ? 2 : 10;
    if (value.base != 10) text.remove_prefix(2);
  }
  std::size_t significant = std::min(text.find_first_not_of('0'), text.size() - 1);
  text.remove_prefix(significant);
  if (value.base == 10 && max_digits > 0 && text.size() > max_digits) {
    return "Exceeds the limit (" + std::to_string(max_digits) +
           " digits) for integer string conversion: value has " + std::to_string(text.size()) +
           " digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge "
           "integer literals to avoid "
           "decimal conversion limits.";
  }
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value.small, value.base);
  value.is_small = problem == std::errc{};
  value.text = arena.copy(text);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> number_value(std::string_view literal, ast::Arena& arena, unsigned max_digits,
                                        ast::ConstantValue& value) {
  std::string text = clean(literal);
  bool based = text.size() > 1 && text[0] == '0' && (text[1] | 0x20) >= 'b' && (text[1] | 0x20) != 'e' &&
               (text[1] | 0x20) != 'j';
  bool imaginary = !based && (text.back() | 0x20) == 'j';
  if (!based && (imaginary || text.find_first_of(".eE") != std::string::npos)) {
    if (imaginary) text.pop_back();
    // from_chars leaves the value alone when it is out of range; strtod gives infinity or zero, which is what
    // the language means.
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value.number);
    if (problem != std::errc{}) value.number = std::strtod(text.c_str(), nullptr);
    value.kind = imaginary ? Kind::Complex : Kind::Float;
    return std::nullopt;
  }
  return int_value(text, arena, max_digits, value);
}

StringLiteral string_literal(std::string_view token) {
  StringLiteral literal;
  std::size_t quote = token.find_first_of("'\"");
  for (char c : token.substr(0, quote)) {
    char lower = static_cast<char>(c | 0x20);
    literal.raw |= lower == 'r';
    literal.bytes |= lower == 'b';
    literal.formatted |= lower == 'f';
    literal.u_prefix |= c == 'u';
  }
  token.remove_prefix(quote);
  std::size_t quotes = token.size() >= 6 && token[1] == token[0] && token[2] == token[0] ? 3 : 1;
  literal.body = token.substr(quotes, token.size() - 2 * quotes);
  return literal;
}

std::optional<std::string> append_text(std::string_view body, bool raw, std::string& out,
                                       std::string& unknown) {
  if (!raw && body.find('\\') != std::string_view::npos) return TextDecoder(body, out, unknown).run();
  out += body;
  return std::nullopt;
}

std::optional<std::string> append_bytes(std::string_view body, bool raw, std::string& out,
                                        std::string& unknown) {
  if (!is_ascii(body)) return "bytes can only contain ASCII literal characters";
  for (std::size_t at = 0; at < body.size();) {
    char c = body[at++];
    if (c != '\\' || raw || at >= body.size()) {
      out += c;
      continue;
    }
    char escape = body[at];
    int simple = simple_escape(escape);
    if (escape == '\n') {
      ++at;
    } else if (simple >= 0) {
      out += static_cast<char>(simple);
      ++at;
    } else if (escape >= '0' && escape <= '7') {
      out += static_cast<char>(octal(body, at, unknown));
    } else if (escape == 'x') {
      int high = at + 1 < body.size() ? hex_digit(body[at + 1]) : -1;
      int low = at + 2 < body.size() ? hex_digit(body[at + 2]) : -1;
      if (high < 0 || low < 0)
        return "(value error) invalid \\x escape at position " + std::to_string(at - 1);
      out += static_cast<char>(high * 16 + low);
      at += 3;
    } else {
      if (unknown.empty()) unknown = unknown_escape(escape);
      out += '\\';
    }
  }
  return std::nullopt;
}

}  // namespace lisle::grammar

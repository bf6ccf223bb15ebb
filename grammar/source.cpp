// Owns: encodings (PEP 263), the byte order mark, newlines. The declaration is looked for as Python does: in
// a comment on one of the first two lines, the second one only if the first is blank but for a comment.
#include "grammar/source.h"

#include <iconv.h>

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace lisle::grammar {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

enum class Encoding : std::uint8_t { Utf8, Latin1, Ascii, Other };

// The encoding a comment line declares, or an empty text.
std::string_view declared_encoding(std::string_view line) {
  std::size_t at = line.find_first_not_of(" \t\f");
  if (at == std::string_view::npos || line[at] != '#') return {};
  at = line.find("coding", at);
  while (at != std::string_view::npos) {
    std::size_t from = at + 6;
    if (from < line.size() && (line[from] == ':' || line[from] == '=')) {
      from = std::min(line.find_first_not_of(" \t", from + 1), line.size());
      std::size_t to = from;
      while (to < line.size() && (std::isalnum(static_cast<unsigned char>(line[to])) || line[to] == '-' ||
                                  line[to] == '_' || line[to] == '.')) {
        ++to;
      }
      if (to > from) return line.substr(from, to - from);
    }
    at = line.find("coding", at + 6);
  }
  return {};
}

std::string_view cookie(std::string_view text) {
  std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view first = text.substr(0, end);
  std::string_view found = declared_encoding(first);
  if (!found.empty() || end == text.size()) return found;
  std::size_t content = first.find_first_not_of(" \t\f\r");
  if (content != std::string_view::npos && first[content] != '#') return {};
  std::string_view rest = text.substr(end + 1);
  return declared_encoding(rest.substr(0, std::min(rest.find('\n'), rest.size())));
}

Encoding encoding_named(std::string_view name) {
  std::string key;
  for (char c : name) key += c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  auto is = [&](std::string_view base) { return key == base || key.starts_with(std::string(base) + "-"); };
  if (key.empty() || is("utf-8") || key == "utf8" || key == "u8" || key == "utf8-sig") return Encoding::Utf8;
  if (is("latin-1") || is("iso-8859-1") || is("iso-latin-1") || key == "latin1" || key == "l1" ||
      key == "latin" || key == "8859" || key == "iso8859-1" || key == "cp819") {
    return Encoding::Latin1;
  }
  if (is("ascii") || key == "us-ascii" || key == "646") return Encoding::Ascii;
  return Encoding::Other;
}

// Beside a byte order mark Python accepts no other spelling.
bool is_utf8_proper(std::string_view name) {
  std::string key;
  for (char c : name) key += c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return key.empty() || key == "utf-8" || key.starts_with("utf-8-");
}

// The length of the well-formed UTF-8 sequence at `at`, or 0.
int sequence_length(std::string_view text, std::size_t at) {
  auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  auto follows = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  unsigned first = byte(at);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4 || !follows(at + 1)) return 0;
  if (first < 0xE0) return 2;
  unsigned second = byte(at + 1);
  if (!follows(at + 2)) return 0;
  if (first < 0xF0) return (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ? 0 : 3;
  if (!follows(at + 3)) return 0;
  return (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F) ? 0 : 4;
}

// The offset of the first byte that is not UTF-8, or npos.
std::size_t first_invalid(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    int length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

std::string from_latin1(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (char c : bytes) {
    unsigned char byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xC0 | (byte >> 6));
      text += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return text;
}

// Any other encoding the C library knows. Nothing when it does not, or the bytes are not in it.
std::optional<std::string> convert(std::string_view bytes, const std::string& name) {
  iconv_t converter = iconv_open("UTF-8", name.c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string text(bytes.size() * 4 + 16, '\0');
  char* from = const_cast<char*>(bytes.data());
  char* to = text.data();
  std::size_t from_left = bytes.size();
  std::size_t to_left = text.size();
  bool ok = iconv(converter, &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1);
  iconv_close(converter);
  if (!ok) return std::nullopt;
  text.resize(text.size() - to_left);
  // What follows relies on well-formed text, whatever the C library made.
  if (first_invalid(text) != std::string::npos) return std::nullopt;
  return text;
}

void normalise_newlines(std::string& text) {
  std::size_t carriage = text.find('\r');
  if (carriage == std::string::npos) return;
  std::size_t to = carriage;
  for (std::size_t from = carriage; from < text.size(); ++from) {
    if (text[from] == '\r') {
      text[to++] = '\n';
      if (from + 1 < text.size() && text[from + 1] == '\n') ++from;
    } else {
      text[to++] = text[from];
    }
  }
  text.resize(to);
}

void index_lines(Source& source) {
  source.line_starts.reserve(source.text.size() / 24 + 2);
  source.line_starts.push_back(0);
  std::size_t at = 0;
  while ((at = source.text.find('\n', at)) != std::string::npos) {
    source.line_starts.push_back(static_cast<std::uint32_t>(++at));
  }
}

SyntaxError encoding_error(std::string message, int line) {
  SyntaxError error;
  error.message = std::move(message);
  error.line = line;
  return error;
}

std::optional<SyntaxError> check_bytes(std::string_view text, Encoding encoding, bool declared) {
  std::size_t bad = std::string_view::npos;
  if (encoding == Encoding::Utf8) bad = first_invalid(text);
  if (encoding == Encoding::Ascii) {
    auto found =
        std::find_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (found != text.end()) bad = found - text.begin();
  }
  if (bad == std::string_view::npos) return std::nullopt;
  char message[160];
  unsigned byte = static_cast<unsigned char>(text[bad]);
  int line = 1 + static_cast<int>(std::count(text.begin(), text.begin() + bad, '\n'));
  if (encoding == Encoding::Ascii) {
    std::snprintf(message, sizeof message,
                  "'ascii' codec can't decode byte 0x%02x in position %zu: ordinal not in range(128)", byte,
                  bad);
  } else if (declared) {
    std::snprintf(
        message, sizeof message,
        "(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %zu: invalid start byte", byte,
        bad);
  } else {
    std::snprintf(message, sizeof message,
                  "Non-UTF-8 code starting with '\\x%02x' on line %d, but no encoding declared; see "
                  "https://peps.python.org/pep-0263/ for details",
                  byte, line);
  }
  return encoding_error(message, line);
}

}  // namespace

std::string_view Source::line(int number) const {
  if (number < 1 || number >= static_cast<int>(line_starts.size())) return {};
  std::uint32_t start = line_starts[number - 1];
  return std::string_view(text).substr(start, line_starts[number] - start);
}

int Source::column(int number, int col) const {
  std::string_view prefix = line(number).substr(0, std::max(col, 0));
  auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  int extra = std::max(0, col - static_cast<int>(prefix.size()));
  return 1 + extra + static_cast<int>(std::count_if(prefix.begin(), prefix.end(), begins));
}

Source decode(std::string_view bytes, bool is_text) {
  Source source;
  bool marked = bytes.starts_with(kByteOrderMark);
  if (marked) bytes.remove_prefix(kByteOrderMark.size());
  std::string_view name = is_text ? std::string_view() : cookie(bytes);
  Encoding encoding = encoding_named(name);
  std::optional<std::string> converted;
  if (encoding == Encoding::Other) converted = convert(bytes, std::string(name));
  if (encoding == Encoding::Other && !converted) {
    source.error = encoding_error("unknown encoding: " + std::string(name), 0);
  } else if (marked && !is_utf8_proper(name)) {
    source.error = encoding_error("encoding problem: " + std::string(name) + " with BOM", 0);
  } else if (bytes.find('\0') != std::string_view::npos) {
    source.error = encoding_error("source code string cannot contain null bytes", 0);
  } else {
    source.error = check_bytes(bytes, encoding, !name.empty());
  }
  if (!source.error) {
    source.text = converted                      ? std::move(*converted)
                  : encoding == Encoding::Latin1 ? from_latin1(bytes)
                                                 : std::string(bytes);
  }
  normalise_newlines(source.text);
  if (source.text.empty() || source.text.back() != '\n') {
    source.text += '\n';
    source.newline_added = true;
  }
  index_lines(source);
  return source;
}

}  // namespace lisle::grammar

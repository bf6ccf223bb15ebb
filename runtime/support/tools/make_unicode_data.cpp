// Owns: the build step that makes the table behind the module unicodedata from the Unicode Character
// Database.
//
// What utf8proc does not know (names, decompositions as written, numeric values, widths, ages) goes into one
// text of four sections, each sorted by code point, which the program unpacks when somebody first asks:
//
//   characters  HEX;NAME;DECOMPOSITION;DECIMAL;DIGIT;NUMERIC
//   other names HEX HEX...;NAME      aliases and named sequences
//   widths      FIRST;LAST;WIDTH
//   ages        FIRST;LAST;AGE       only 3.2 (that or before) and 15.0
//
// Usage: make_unicode_data FOLDER OUTPUT
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace {

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (;;) {
    std::size_t end = line.find(separator, start);
    std::string part = line.substr(start, end == std::string::npos ? end : end - start);
    std::size_t first = part.find_first_not_of(" \t\r"), last = part.find_last_not_of(" \t\r");
    parts.push_back(first == std::string::npos ? std::string() : part.substr(first, last - first + 1));
    if (end == std::string::npos) return parts;
    start = end + 1;
  }
}

// The lines of a file of the database as fields, comments left out.
std::vector<std::vector<std::string>> read(const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream in(path);
  std::string line;
  while (std::getline(in, line)) {
    line = line.substr(0, line.find('#'));
    if (line.find_first_not_of(" \t\r") != std::string::npos) rows.push_back(split(line, ';'));
  }
  return rows;
}

std::string characters(const std::string& folder) {
  std::string out;
  for (const auto& row : read(folder + "/UnicodeData.txt")) {
    bool named = row[1][0] != '<';
    if (!named && row[5].empty() && row[8].empty()) continue;
    out += row[0] + ";" + (named ? row[1] : "") + ";" + row[5] + ";" + row[6] + ";" + row[7] + ";" + row[8] +
           "\n";
  }
  return out;
}

std::string other_names(const std::string& folder) {
  std::string out;
  for (const auto& row : read(folder + "/NameAliases.txt")) out += row[0] + ";" + row[1] + "\n";
  for (const auto& row : read(folder + "/NamedSequences.txt")) out += row[1] + ";" + row[0] + "\n";
  return out;
}

struct Range {
  unsigned long first, last;
  std::string value;
};

std::string write(std::vector<Range> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.first < b.first; });
  std::vector<Range> joined;
  for (const Range& range : ranges) {
    bool joins =
        !joined.empty() && joined.back().last + 1 == range.first && joined.back().value == range.value;
    joins ? void(joined.back().last = range.last) : joined.push_back(range);
  }
  std::string out;
  for (const Range& range : joined) {
    char text[40];
    std::snprintf(text, sizeof text, "%lX;%lX;", range.first, range.last);
    out += text + range.value + "\n";
  }
  return out;
}

Range range_of(const std::string& text, const std::string& value) {
  std::size_t dots = text.find("..");
  unsigned long first = std::stoul(text, nullptr, 16);
  return {first, dots == std::string::npos ? first : std::stoul(text.substr(dots + 2), nullptr, 16), value};
}

std::string widths(const std::string& folder) {
  std::vector<Range> ranges;
  for (const auto& row : read(folder + "/EastAsianWidth.txt")) ranges.push_back(range_of(row[0], row[1]));
  return write(ranges);
}

std::string ages(const std::string& folder) {
  std::vector<Range> ranges;
  for (const auto& row : read(folder + "/DerivedAge.txt")) {
    if (row[1] == "15.0" || std::stod(row[1]) <= 3.2) {
      ranges.push_back(range_of(row[0], row[1] == "15.0" ? row[1] : "3.2"));
    }
  }
  return write(ranges);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::string folder = argv[1],
              sections[] = {characters(folder), other_names(folder), widths(folder), ages(folder)};
  std::string text;
  for (const std::string& section : sections) {
    if (section.empty()) return 3;
    text += section;
  }
  std::vector<std::uint64_t> packed(compressBound(text.size()) / 8 + 1);
  uLongf size = packed.size() * 8;
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
                text.size(), 9) != Z_OK) {
    return 4;
  }
  std::FILE* out = std::fopen(argv[2], "w");
  if (!out) return 5;
  std::fprintf(out, "constexpr std::size_t kPackedBytes = %lu, kTextBytes = %zu;\n", size, text.size());
  std::fprintf(out, "constexpr std::size_t kSectionBytes[] = {");
  for (const std::string& section : sections) std::fprintf(out, "%zu,", section.size());
  std::fprintf(out, "};\nconstexpr std::uint64_t kPacked[] = {\n");
  for (std::size_t i = 0; i * 8 < size; ++i)
    std::fprintf(out, "0x%llx,\n", static_cast<unsigned long long>(packed[i]));
  std::fprintf(out, "};\n");
  return std::fclose(out) == 0 ? 0 : 6;
}

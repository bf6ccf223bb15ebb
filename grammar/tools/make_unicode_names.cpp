// Owns: the build step that makes the table behind \N{...} from the Unicode Character Database.
//
// The program only asks "which character has this name", so that the names themselves are not kept: a sorted
// list of 64-bit hashes with the code points beside them answers it. No two names of the database share a
// hash, which is checked here; a wrong name hits one with a chance of 2^-49.
//
// Usage: make_unicode_names UnicodeData.txt NameAliases.txt OUTPUT
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "grammar/name_hash.h"

namespace {

struct Entry {
  std::uint64_t hash;
  std::uint32_t code;
  bool operator<(const Entry& other) const { return hash < other.hash; }
};

// Reads lines `code;name;…`. Names in angle brackets are classes of characters, not names.
bool read(const char* path, std::vector<Entry>& entries) {
  std::ifstream in(path);
  std::string line;
  while (std::getline(in, line)) {
    std::size_t first = line.find(';');
    std::size_t second = first == std::string::npos ? first : line.find(';', first + 1);
    if (second == std::string::npos || line[0] == '#' || line[first + 1] == '<') continue;
    std::string name = line.substr(first + 1, second - first - 1);
    auto code = static_cast<std::uint32_t>(std::stoul(line.substr(0, first), nullptr, 16));
    entries.push_back({lisle::grammar::name_hash(name), code});
  }
  return !entries.empty();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  std::vector<Entry> entries;
  if (!read(argv[1], entries) || !read(argv[2], entries)) return 3;
  std::sort(entries.begin(), entries.end());
  for (std::size_t i = 1; i < entries.size(); ++i) {
    if (entries[i].hash == entries[i - 1].hash && entries[i].code != entries[i - 1].code) return 4;
  }
  std::FILE* out = std::fopen(argv[3], "w");
  if (!out) return 5;
  std::fprintf(out, "inline constexpr std::uint64_t kNameHashes[] = {\n");
  for (const Entry& entry : entries)
    std::fprintf(out, "0x%llx,\n", static_cast<unsigned long long>(entry.hash));
  std::fprintf(out, "};\ninline constexpr std::uint32_t kNameCodes[] = {\n");
  for (const Entry& entry : entries) std::fprintf(out, "0x%x,\n", entry.code);
  std::fprintf(out, "};\n");
  return std::fclose(out) == 0 ? 0 : 6;
}

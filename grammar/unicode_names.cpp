// Owns: names of characters: the table made by tools/make_unicode_names.cpp, and the two ranges whose names
// follow a rule.
#include "grammar/unicode_names.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>

#include "grammar/name_hash.h"
#include "grammar/names.h"

namespace lisle::grammar {
namespace {

#include "unicode_names.inc"

constexpr std::string_view kLeads[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                       "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
constexpr std::string_view kVowels[] = {"A",  "AE", "YA", "YAE", "EO", "E",  "YEO", "YE", "O",  "WA", "WAE",
                                        "OE", "YO", "U",  "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
constexpr std::string_view kTails[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                       "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                       "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};

// The longest of the parts that `name` begins with; takes it off.
template <std::size_t Count>
int take_longest(std::string_view& name, const std::string_view (&parts)[Count]) {
  int best = -1;
  for (std::size_t i = 0; i < Count; ++i) {
    if (name.starts_with(parts[i]) && (best < 0 || parts[i].size() > parts[best].size()))
      best = static_cast<int>(i);
  }
  if (best >= 0) name.remove_prefix(parts[best].size());
  return best;
}

// Composed Korean syllables, by the rule of the Unicode standard, section 3.12.
std::uint32_t hangul_syllable(std::string_view name) {
  int lead = take_longest(name, kLeads);
  int vowel = take_longest(name, kVowels);
  int tail = take_longest(name, kTails);
  if (lead < 0 || vowel < 0 || tail < 0 || !name.empty()) return 0;
  return 0xAC00 + (lead * 21 + vowel) * 28 + tail;
}

bool is_unified_ideograph(std::uint32_t code) {
  static constexpr std::uint32_t kRanges[][2] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0x20000, 0x2A6DF},
                                                 {0x2A700, 0x2B739}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1},
                                                 {0x2CEB0, 0x2EBE0}, {0x30000, 0x3134A}};
  return std::any_of(std::begin(kRanges), std::end(kRanges),
                     [&](auto& range) { return code >= range[0] && code <= range[1]; });
}

std::uint32_t ideograph(std::string_view digits) {
  std::uint32_t code = 0;
  if (digits.size() != 4 && digits.size() != 5) return 0;
  auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  bool whole = problem == std::errc{} && end == digits.data() + digits.size();
  return whole && is_unified_ideograph(code) ? code : 0;
}

}  // namespace

std::string character_named(std::string_view name) {
  std::uint64_t hash = name_hash(name);
  auto found = std::lower_bound(std::begin(kNameHashes), std::end(kNameHashes), hash);
  std::uint32_t code = 0;
  if (found != std::end(kNameHashes) && *found == hash) {
    code = kNameCodes[found - std::begin(kNameHashes)];
  } else {
    std::string upper(name);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    std::string_view rest = upper;
    constexpr std::string_view kSyllable = "HANGUL SYLLABLE ";
    constexpr std::string_view kIdeograph = "CJK UNIFIED IDEOGRAPH-";
    if (rest.starts_with(kSyllable)) code = hangul_syllable(rest.substr(kSyllable.size()));
    if (rest.starts_with(kIdeograph)) code = ideograph(rest.substr(kIdeograph.size()));
    if (code == 0) return {};
  }
  std::string character;
  append_utf8(character, code);
  return character;
}

}  // namespace lisle::grammar

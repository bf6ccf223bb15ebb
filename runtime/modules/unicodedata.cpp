// The module unicodedata. Categories, classes and normal forms are utf8proc's; names, decompositions as they
// are written, numeric values, widths and ages come from a packed text that the build makes
// (support/tools/make_unicode_data.cpp). It is unpacked when it is first needed, into a capsule that the
// module holds.
//
// The functions exist twice: in the module, and as methods of ucd_3_2_0, which knows what Unicode 3.2 knew.
#include "runtime/modules/unicodedata.h"

#include <utf8proc.h>
#include <zlib.h>

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "runtime/modules/arguments.h"
#include "runtime/modules/boot.h"
#include "runtime/support/text.h"
#include "runtime/support/unicode.h"
#include "runtime/types/capsule.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

#include "unicode_data.inc"

enum Section : u8 { kCharacters, kOtherNames, kWidths, kAges };

// Which Unicode is asked: 14.0, which CPython 3.11 has and its library insists on, or 3.2.
enum class Edition : u8 { kNow, kOld };

// --- the packed text

Value unpacked(Runtime& rt) {
  Module* module = as<Module>(dict_get_str(rt, *rt.modules, intern(rt, "unicodedata")));
  if (module == nullptr) module = load_native_module(rt, *find_native_module("unicodedata"));
  Type* type = module_class(rt, "unicodedata", "_Data");
  if (module == nullptr || type == nullptr) return Value::unbound();
  Value known = module_get(rt, *module, "_data");
  if (is_kind(known, Kind::Capsule)) return known;
  Capsule* capsule = new_capsule(rt, type, kTextBytes);
  uLongf size = kTextBytes;
  uncompress(capsule->memory->bytes, &size, reinterpret_cast<const Bytef*>(kPacked), kPackedBytes);
  module_set(rt, *module, "_data", Value::from(capsule));
  return Value::from(capsule);
}

// A section of the text; empty when the module is gone.
std::string_view section(Runtime& rt, Section which) {
  Value data = unpacked(rt);
  if (data.is_unbound()) return {};
  const char* start = reinterpret_cast<const char*>(to<Capsule>(data)->memory->bytes);
  for (u8 i = 0; i < which; ++i) start += kSectionBytes[i];
  return {start, kSectionBytes[which]};
}

u32 hex_at(std::string_view text) {
  return static_cast<u32>(std::strtoul(text.data(), nullptr, 16));
}

// The last line of a sorted section that begins at or before `c`; empty when there is none.
std::string_view line_before(std::string_view text, u32 c) {
  size_t low = 0, high = text.size();
  while (low < high) {  // the line that begins at `low` begins at or before c, if any does
    size_t middle = low + (high - low) / 2;
    size_t start = text.rfind('\n', middle);
    start = start == std::string_view::npos || start < low ? low : start + 1;
    size_t end = text.find('\n', middle);
    end = end == std::string_view::npos ? text.size() : end + 1;
    if (hex_at(text.substr(start)) <= c) {
      if (end >= high || hex_at(text.substr(end)) > c) return text.substr(start, end - start - 1);
      low = end;
    } else {
      high = start;
    }
  }
  return {};
}

std::string_view field(std::string_view line, u32 index) {
  for (; index > 0; --index) {
    size_t end = line.find(';');
    if (end == std::string_view::npos) return {};
    line.remove_prefix(end + 1);
  }
  return line.substr(0, line.find(';'));
}

// Field `index` of the line of a character; empty when it has none.
std::string_view character_field(Runtime& rt, u32 c, u32 index) {
  std::string_view line = line_before(section(rt, kCharacters), c);
  return !line.empty() && hex_at(line) == c ? field(line, index) : std::string_view();
}

// The value of the range that `c` lies in; empty when it lies in none.
std::string_view range_value(Runtime& rt, Section which, u32 c) {
  std::string_view line = line_before(section(rt, which), c);
  return !line.empty() && hex_at(field(line, 1)) >= c ? field(line, 2) : std::string_view();
}

bool is_known(Runtime& rt, u32 c, Edition edition) {
  std::string_view age = range_value(rt, kAges, c);
  return edition == Edition::kNow ? age != "15.0" : age == "3.2";
}

const utf8proc_property_t& properties(u32 c) {
  return *utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
}

// --- names

constexpr const char* kLeads[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                  "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
constexpr const char* kVowels[] = {"A",  "AE", "YA", "YAE", "EO", "E",  "YEO", "YE", "O",  "WA", "WAE",
                                   "OE", "YO", "U",  "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
constexpr const char* kTails[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                  "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                  "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};
constexpr u32 kFirstSyllable = 0xAC00, kSyllables = 11172;
constexpr const char* kSyllableName = "HANGUL SYLLABLE ";
constexpr const char* kIdeographName = "CJK UNIFIED IDEOGRAPH-";
constexpr u32 kIdeographs[][2] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0x20000, 0x2A6DF},
                                  {0x2A700, 0x2B739}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1},
                                  {0x2CEB0, 0x2EBE0}, {0x30000, 0x3134A}};

bool is_ideograph(u32 c) {
  for (const auto& range : kIdeographs) {
    if (c >= range[0] && c <= range[1]) return true;
  }
  return false;
}

}  // namespace

std::string character_name(Runtime& rt, u32 c) {
  if (c - kFirstSyllable < kSyllables) {
    u32 place = c - kFirstSyllable;
    return std::string(kSyllableName) + kLeads[place / 28 / 21] + kVowels[place / 28 % 21] +
           kTails[place % 28];
  }
  if (is_ideograph(c)) {
    char text[40];
    std::snprintf(text, sizeof text, "%s%X", kIdeographName, c);
    return text;
  }
  return std::string(character_field(rt, c, 1));
}

namespace {

// The code points of a name in one of the sections, where each line is "HEX HEX...;NAME".
bool find_name(std::string_view text, const std::string& name, std::vector<u32>& out) {
  std::string wanted = ";" + name;
  for (size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) {
    char behind = at + wanted.size() < text.size() ? text[at + wanted.size()] : '\n';
    if (behind != ';' && behind != '\n') continue;
    size_t start = text.rfind('\n', at);
    start = start == std::string_view::npos ? 0 : start + 1;
    std::string_view codes = text.substr(start, at - start);
    if (codes.find(';') != std::string_view::npos) continue;  // another field happens to read like that
    for (const char* p = codes.data(); p < codes.data() + codes.size();) {
      char* end;
      out.push_back(static_cast<u32>(std::strtoul(p, &end, 16)));
      p = end + 1;
    }
    return true;
  }
  return false;
}

bool find_by_rule(Runtime& rt, const std::string& name, std::vector<u32>& out) {
  if (name.starts_with(kIdeographName)) {
    u32 c = static_cast<u32>(std::strtoul(name.c_str() + strlen(kIdeographName), nullptr, 16));
    if (is_ideograph(c) && character_name(rt, c) == name) out.push_back(c);
  } else if (name.starts_with(kSyllableName)) {
    for (u32 c = kFirstSyllable; out.empty() && c < kFirstSyllable + kSyllables; ++c) {
      if (character_name(rt, c) == name) out.push_back(c);
    }
  }
  return !out.empty();
}

// --- arguments: `at` is the register of the first, 1 for methods

Result character_argument(Runtime& rt, Value v, const char* function, const char* which, u32& out) {
  if (is_str(v) && to<Str>(v)->length == 1) {
    out = to<Str>(v)->at(0);
    return Result::none();
  }
  return raise(rt, TypeId::TypeError, "%s() argument%s must be a unicode character, not %.50s", function,
               which, type_name(rt, v));
}

// --- functions

template <u32 at, Edition edition>
Result ucd_category(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character_argument(rt, f[at], "category", "", c));
  return Value::from(intern(rt, is_known(rt, c, edition) ? char_category(c) : "Cn"));
}

template <u32 at, Edition edition>
Result ucd_bidirectional(Runtime& rt, Frame& f) {
  constexpr const char* kNames[] = {"",    "L",  "LRE", "LRO", "R",   "AL",  "RLE", "RLO",
                                    "PDF", "EN", "ES",  "ET",  "AN",  "CS",  "NSM", "BN",
                                    "B",   "S",  "WS",  "ON",  "LRI", "RLI", "FSI", "PDI"};
  u32 c;
  TRY(character_argument(rt, f[at], "bidirectional", "", c));
  u32 number = is_known(rt, c, edition) ? static_cast<u32>(properties(c).bidi_class) : 0;
  return Value::from(intern(rt, number < std::size(kNames) ? kNames[number] : ""));
}

template <u32 at, Edition edition>
Result ucd_combining(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character_argument(rt, f[at], "combining", "", c));
  return Value::from_int(is_known(rt, c, edition) ? static_cast<i64>(properties(c).combining_class) : 0);
}

template <u32 at, Edition edition>
Result ucd_mirrored(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character_argument(rt, f[at], "mirrored", "", c));
  return Value::from_int(is_known(rt, c, edition) && properties(c).bidi_mirrored ? 1 : 0);
}

template <u32 at, Edition edition>
Result ucd_east_asian_width(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character_argument(rt, f[at], "east_asian_width", "", c));
  // CPython says F of what is not assigned.
  std::string_view width = range_value(rt, kWidths, c);
  bool assigned = properties(c).category != UTF8PROC_CATEGORY_CN && is_known(rt, c, edition);
  return Value::from(intern(rt, !assigned || width.empty() ? "F" : width));
}

template <u32 at, Edition edition>
Result ucd_decomposition(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character_argument(rt, f[at], "decomposition", "", c));
  return Value::from(new_str(rt, is_known(rt, c, edition) ? character_field(rt, c, 2) : ""));
}

// The default argument, or ValueError.
Result default_or(Runtime& rt, Value fallback, const char* message) {
  if (!fallback.is_unbound()) return fallback;
  return raise(rt, TypeId::ValueError, "%s", message);
}

template <u32 at, Edition edition>
Result ucd_decimal(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character_argument(rt, f[at], "decimal", " 1", c));
  std::string_view digits = is_known(rt, c, edition) ? character_field(rt, c, 3) : "";
  return digits.empty() ? default_or(rt, f[at + 1], "not a decimal")
                        : Result(Value::from_int(atoi(digits.data())));
}

template <u32 at, Edition edition>
Result ucd_digit(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character_argument(rt, f[at], "digit", " 1", c));
  std::string_view digits = is_known(rt, c, edition) ? character_field(rt, c, 4) : "";
  return digits.empty() ? default_or(rt, f[at + 1], "not a digit")
                        : Result(Value::from_int(atoi(digits.data())));
}

struct IdeographNumber {
  u32 code;
  f64 value;
};
// Ideographs that are numbers: kPrimaryNumeric and kAccountingNumeric of Unihan.
constexpr IdeographNumber kIdeographNumbers[] = {
    {0x3405, 5},   {0x3483, 2},     {0x382A, 5},         {0x3B4D, 7},         {0x4E00, 1},
    {0x4E03, 7},   {0x4E07, 10000}, {0x4E09, 3},         {0x4E5D, 9},         {0x4E8C, 2},
    {0x4E94, 5},   {0x4E96, 4},     {0x4EBF, 100000000}, {0x4EC0, 10},        {0x4EDF, 1000},
    {0x4EE8, 3},   {0x4F0D, 5},     {0x4F70, 100},       {0x5104, 100000000}, {0x5146, 1000000000000},
    {0x5169, 2},   {0x516B, 8},     {0x516D, 6},         {0x5341, 10},        {0x5343, 1000},
    {0x5344, 20},  {0x5345, 30},    {0x534C, 40},        {0x53C1, 3},         {0x53C2, 3},
    {0x53C3, 3},   {0x53C4, 3},     {0x56DB, 4},         {0x58F1, 1},         {0x58F9, 1},
    {0x5E7A, 1},   {0x5EFE, 9},     {0x5EFF, 20},        {0x5F0C, 1},         {0x5F0D, 2},
    {0x5F0E, 3},   {0x5F10, 2},     {0x62FE, 10},        {0x634C, 8},         {0x67D2, 7},
    {0x6F06, 7},   {0x7396, 9},     {0x767E, 100},       {0x8086, 4},         {0x842C, 10000},
    {0x8CAE, 2},   {0x8CB3, 2},     {0x8D30, 2},         {0x9621, 1000},      {0x9646, 6},
    {0x964C, 100}, {0x9678, 6},     {0x96F6, 0},         {0x20001, 7},        {0x20064, 4},
    {0x200E2, 4},  {0x20121, 5},    {0x2092A, 1},        {0x20983, 30},       {0x2098C, 40},
    {0x2099C, 40}, {0x20AEA, 6},    {0x20AFD, 3},        {0x20B19, 3},        {0x22390, 2},
    {0x22998, 3},  {0x23B1B, 3},    {0x2626D, 4}};

f64 fraction(std::string_view text) {
  f64 value = std::strtod(text.data(), nullptr);
  size_t slash = text.find('/');
  return slash == std::string_view::npos ? value : value / std::strtod(text.data() + slash + 1, nullptr);
}

template <u32 at, Edition edition>
Result ucd_numeric(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character_argument(rt, f[at], "numeric", " 1", c));
  if (is_known(rt, c, edition)) {
    std::string_view number = character_field(rt, c, 5);
    if (!number.empty()) return new_float(rt, fraction(number));
    for (const IdeographNumber& entry : kIdeographNumbers) {
      if (entry.code == c) return new_float(rt, entry.value);
    }
  }
  return default_or(rt, f[at + 1], "not a numeric character");
}

template <u32 at, Edition edition>
Result ucd_name(Runtime& rt, Frame& f) {
  u32 c;
  TRY(character_argument(rt, f[at], "name", " 1", c));
  std::string name = is_known(rt, c, edition) ? character_name(rt, c) : "";
  return name.empty() ? default_or(rt, f[at + 1], "no such name") : Result(Value::from(new_str(rt, name)));
}

// The code points of a name: an alias or the name of a sequence only where `others` count.
bool find_codes(Runtime& rt, const std::string& name, bool others, std::vector<u32>& codes) {
  std::string upper = name;
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (upper.empty() || upper.find(';') != std::string::npos) return false;
  return find_by_rule(rt, name, codes) || find_name(section(rt, kCharacters), upper, codes) ||
         (others && find_name(section(rt, kOtherNames), upper, codes));
}

template <u32 at, Edition edition>
Result ucd_lookup(Runtime& rt, Frame& f) {
  constexpr size_t kLongestName = 256;
  std::string name;
  if (!is_str(f[at])) {
    return raise(rt, TypeId::TypeError, "a bytes-like object is required, not '%.100s'",
                 type_name(rt, f[at]));
  }
  TRY(text_argument(rt, f[at], "lookup", "1", name));
  if (name.size() > kLongestName) {
    return raise_with(rt, TypeId::KeyError, Value::from(new_str(rt, "name too long")));
  }
  std::vector<u32> codes;
  bool found = find_codes(rt, name, edition == Edition::kNow, codes);
  if (!found || !is_known(rt, codes[0], edition)) {
    return raise_with(rt, TypeId::KeyError,
                      Value::from(new_str(rt, "undefined character name '" + name + "'")));
  }
  return Value::from(new_str_utf32(rt, codes.data(), codes.size()));
}

Result form_argument(Runtime& rt, Value v, const char* function, NormalForm& out) {
  std::string form;
  TRY(text_argument(rt, v, function, "1", form));
  if (form == "NFC") {
    out = NormalForm::kC;
  } else if (form == "NFD") {
    out = NormalForm::kD;
  } else if (form == "NFKC") {
    out = NormalForm::kKC;
  } else if (form == "NFKD") {
    out = NormalForm::kKD;
  } else {
    return raise(rt, TypeId::ValueError, "invalid normalization form");
  }
  return Result::none();
}

Result normalized(Runtime& rt, Value form_value, Value text, const char* function) {
  NormalForm form;
  TRY(form_argument(rt, form_value, function, form));
  if (!is_str(text)) {
    return raise(rt, TypeId::TypeError, "%s() argument 2 must be str, not %.50s", function,
                 type_name(rt, text));
  }
  Str* given = to<Str>(text);
  if (given->is_ascii()) return Value::from(exact_str(rt, given));
  std::vector<u32> points(given->length);
  for (u64 i = 0; i < given->length; ++i) points[i] = given->at(i);
  TextBuffer out;
  if (!normalize(points.data(), points.size(), form, out)) return raise_no_memory(rt);
  return finish_text(rt, out);
}

template <u32 at>
Result ucd_normalize(Runtime& rt, Frame& f) {
  return normalized(rt, f[at], f[at + 1], "normalize");
}

template <u32 at>
Result ucd_is_normalized(Runtime& rt, Frame& f) {
  Value form = TRY(normalized(rt, f[at], f[at + 1], "is_normalized"));
  return Result::boolean(str_equal(to<Str>(form), to<Str>(f[at + 1])));
}

// --- tables

constexpr NativeSpec kFunctions[] = {
    {"category", ucd_category<0, Edition::kNow>, "(chr, /)", "The general category, as 'Lu'."},
    {"bidirectional", ucd_bidirectional<0, Edition::kNow>, "(chr, /)", "The bidirectional class, as 'L'."},
    {"combining", ucd_combining<0, Edition::kNow>, "(chr, /)", "The canonical combining class, 0 for none."},
    {"mirrored", ucd_mirrored<0, Edition::kNow>, "(chr, /)",
     "1 for characters mirrored in bidirectional text."},
    {"east_asian_width", ucd_east_asian_width<0, Edition::kNow>, "(chr, /)", "The east asian width, as 'W'."},
    {"decomposition", ucd_decomposition<0, Edition::kNow>, "(chr, /)", "The decomposition mapping."},
    {"decimal", ucd_decimal<0, Edition::kNow>, "(chr, default=None, /)", "The value of a decimal digit."},
    {"digit", ucd_digit<0, Edition::kNow>, "(chr, default=None, /)", "The value of a digit."},
    {"numeric", ucd_numeric<0, Edition::kNow>, "(chr, default=None, /)", "The value of a number, a float."},
    {"name", ucd_name<0, Edition::kNow>, "(chr, default=None, /)", "The name of a character."},
    {"lookup", ucd_lookup<0, Edition::kNow>, "(name, /)", "The character of a name."},
    {"normalize", ucd_normalize<0>, "(form, unistr, /)", "The normal form of a text."},
    {"is_normalized", ucd_is_normalized<0>, "(form, unistr, /)", "Is a text in that normal form?"},
};

constexpr NativeSpec kOldMethods[] = {
    {"category", ucd_category<1, Edition::kOld>, "(self, chr, /)"},
    {"bidirectional", ucd_bidirectional<1, Edition::kOld>, "(self, chr, /)"},
    {"combining", ucd_combining<1, Edition::kOld>, "(self, chr, /)"},
    {"mirrored", ucd_mirrored<1, Edition::kOld>, "(self, chr, /)"},
    {"east_asian_width", ucd_east_asian_width<1, Edition::kOld>, "(self, chr, /)"},
    {"decomposition", ucd_decomposition<1, Edition::kOld>, "(self, chr, /)"},
    {"decimal", ucd_decimal<1, Edition::kOld>, "(self, chr, default=None, /)"},
    {"digit", ucd_digit<1, Edition::kOld>, "(self, chr, default=None, /)"},
    {"numeric", ucd_numeric<1, Edition::kOld>, "(self, chr, default=None, /)"},
    {"name", ucd_name<1, Edition::kOld>, "(self, chr, default=None, /)"},
    {"lookup", ucd_lookup<1, Edition::kOld>, "(self, name, /)"},
    {"normalize", ucd_normalize<1>, "(self, form, unistr, /)"},
    {"is_normalized", ucd_is_normalized<1>, "(self, form, unistr, /)"},
};

void set_up(Runtime& rt, Module& module) {
  new_capsule_class(rt, module, "unicodedata", "Data", {});
  Type* type = new_capsule_class(rt, module, "unicodedata", "UCD", kOldMethods);
  type_set_attribute(rt, type, intern(rt, "unidata_version"), Value::from(intern(rt, "3.2.0")));
  module_set(rt, module, "UCD", Value::from(type));
  module_set(rt, module, "ucd_3_2_0", Value::from(new_capsule(rt, type, 0)));
  module_set(rt, module, "unidata_version", Value::from(intern(rt, "14.0.0")));
}

}  // namespace

u32 character_named(Runtime& rt, std::string name) {
  std::vector<u32> codes;
  bool found = name.size() <= 256 && find_codes(rt, name, true, codes);
  return found && codes.size() == 1 ? codes[0] : 0;
}

std::span<const NativeSpec> old_unicode_methods() {
  return kOldMethods;
}

extern const ModuleSpec kUnicodedataModule;
const ModuleSpec kUnicodedataModule = {
    "unicodedata", "What the Unicode Character Database says of characters.", kFunctions, set_up};

}  // namespace lisle::rt

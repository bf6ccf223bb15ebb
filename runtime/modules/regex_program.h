// The program of a regular expression: what the library's compiler (re/_compiler.py) emits, flattened into
// instructions for a backtracking machine. A program is plain data and lives in a bytes object.
#pragma once
#include <string>
#include <vector>

#include "runtime/support/base.h"

namespace lisle::rt {

enum class RegexOp : u32 {
  kFail,
  kSuccess,
  kChar,  // a: code point, b: how case counts
  kNotChar,
  kAny,  // everything but a newline
  kAnyAll,
  kSet,        // a: first word of the set, b: how case counts, c: first word of a table
  kCategory,   // a: category, c: first word of a table
  kAt,         // a: position code
  kMark,       // a: number of the mark; 2g opens group g, 2g+1 closes it
  kSplit,      // a: where to go on when what follows fails
  kJump,       // a: target
  kRepeatOne,  // a: at least, b: at most, c: RepeatKind; the one-character instruction follows
  kLoopInit,   // a: loop, b: its kLoopNext
  kLoopNext,   // a: loop, b: body, c: RepeatKind; the next instruction holds the bounds in a and b
  kBounds,
  kAssert,      // a: where to go on, b: how far to look back, c: 1 for a negative one; the body follows
  kAtomic,      // a: where to go on; the body follows
  kPossessive,  // a: where to go on, b: at least, c: at most; the body follows
  kGroupRef,    // a: group, b: how case counts
  kGroupExists  // a: group, b: where to go on when it did not match
};

enum class RegexCase : u32 { kExact, kAscii, kUnicode };
enum class RepeatKind : u32 { kGreedy, kLazy, kPossessive };
inline constexpr u32 kNoMaximum = 0xffffffff;

struct RegexInstruction {
  RegexOp op;
  u32 a, b, c;
};

// A table has a bit for each of the first 256 characters.
inline constexpr u32 kRegexTableCharacters = 256, kRegexTableWords = kRegexTableCharacters / 32;
inline bool regex_table_has(const u32* table, u32 c) {
  return table[c / 32] >> (c % 32) & 1;
}

// In front of the instructions and the words of the sets and tables.
struct RegexHeader {
  u32 magic, instructions, loops, groups, set_words;
  u32 first_known;  // does every match begin with a character of `first`, or one beyond its table
  u32 first[kRegexTableWords];
};
inline constexpr u32 kRegexMagic = 0x4c525832;

struct RegexProgram {
  const RegexHeader* header;
  const RegexInstruction* code;
  const u32* sets;
};

// Translates the compiler's code words. False when they make no sense.
bool translate_regex(const std::vector<u32>& code, u32 groups, std::string& program);

// May the program be run? Anything can be in bytes that claim to be one.
bool is_sound_regex(const RegexProgram& program);
// Fills in what the header says of first characters.
void find_first_characters(const RegexProgram& program, RegexHeader& header);
// Does an instruction for one character match `c`? Does without tables.
bool regex_matches_one(const RegexProgram& program, const RegexInstruction& in, u32 c);

// Does the set at `set` end before `end`?
bool regex_set_ends(const u32* set, const u32* end);
// Membership of a character in the set that begins at `set`, in the compiler's own form.
bool regex_set_contains(const u32* set, u32 c);
bool regex_category(u32 category, u32 c);
u32 regex_folded(u32 c, u32 mode);  // mode: a RegexCase
u32 regex_lower_ascii(u32 c);
u32 regex_lower_unicode(u32 c);

}  // namespace lisle::rt

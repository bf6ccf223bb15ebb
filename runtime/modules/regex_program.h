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
  kSet,        // a: first word of the set, b: how case counts
  kCategory,   // a: category
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

// In front of the instructions and the words of the sets.
struct RegexHeader {
  u32 magic, instructions, loops, groups, set_words;
};
inline constexpr u32 kRegexMagic = 0x4c525831;

// Translates the compiler's code words. False when they make no sense.
bool translate_regex(const std::vector<u32>& code, u32 groups, std::string& program);

// Membership of a character in the set that begins at `set`, in the compiler's own form.
bool regex_set_contains(const u32* set, u32 c);
bool regex_category(u32 category, u32 c);
u32 regex_lower_ascii(u32 c);
u32 regex_lower_unicode(u32 c);

}  // namespace lisle::rt

#include "runtime/modules/regex_program.h"

#include <cstring>

#include "runtime/support/unicode.h"

namespace lisle::rt {
namespace {

// The compiler's opcodes in the order of re/_constants.py.
enum Source : u32 {
  kFailure,
  kSuccess,
  kAny,
  kAnyAll,
  kAssert,
  kAssertNot,
  kAt,
  kBranch,
  kCategory,
  kCharset,
  kBigCharset,
  kGroupRef,
  kGroupRefExists,
  kIn,
  kInfo,
  kJump,
  kLiteral,
  kMark,
  kMaxUntil,
  kMinUntil,
  kNotLiteral,
  kNegate,
  kRange,
  kRepeat,
  kRepeatOne,
  kSubpattern,
  kMinRepeatOne,
  kAtomicGroup,
  kPossessiveRepeat,
  kPossessiveRepeatOne,
  kGroupRefIgnore,
  kInIgnore,
  kLiteralIgnore,
  kNotLiteralIgnore,
  kGroupRefLocIgnore,
  kInLocIgnore,
  kLiteralLocIgnore,
  kNotLiteralLocIgnore,
  kGroupRefUniIgnore,
  kInUniIgnore,
  kLiteralUniIgnore,
  kNotLiteralUniIgnore,
  kRangeUniIgnore
};

class Translator {
 public:
  Translator(const std::vector<u32>& code, u32 groups) : code_(code), groups_(groups) {}

  bool run(std::string& program) {
    body(0, code_.size());
    emit(RegexOp::kSuccess);
    if (!good_) return false;
    RegexHeader header{kRegexMagic, here(), loops_, groups_, 0, 0, {}};
    make_tables({&header, out_.data(), sets_.data()});
    header.set_words = static_cast<u32>(sets_.size());
    find_first_characters({&header, out_.data(), sets_.data()}, header);
    program.assign(reinterpret_cast<const char*>(&header), sizeof header);
    program.append(reinterpret_cast<const char*>(out_.data()), out_.size() * sizeof(RegexInstruction));
    program.append(reinterpret_cast<const char*>(sets_.data()), sets_.size() * sizeof(u32));
    return true;
  }

 private:
  u32 here() const { return static_cast<u32>(out_.size()); }

  // The tables stand behind the sets.
  void make_tables(const RegexProgram& without) {
    std::vector<u32> tables;
    for (RegexInstruction& in : out_) {
      if (in.op != RegexOp::kSet && in.op != RegexOp::kCategory) continue;
      u32 table[kRegexTableWords] = {};
      for (u32 c = 0; c < kRegexTableCharacters; ++c)
        if (regex_matches_one(without, in, c)) table[c / 32] |= u32{1} << (c % 32);
      in.c = static_cast<u32>(sets_.size() + tables.size());
      tables.insert(tables.end(), table, table + kRegexTableWords);
    }
    sets_.insert(sets_.end(), tables.begin(), tables.end());
  }
  u32 emit(RegexOp op, u32 a = 0, u32 b = 0, u32 c = 0) {
    out_.push_back({op, a, b, c});
    return here() - 1;
  }
  u32 word(size_t at) {
    if (at < code_.size()) return code_[at];
    good_ = false;
    return 0;
  }
  static RegexCase case_of(u32 op, u32 plain, u32 ignore, u32 local) {
    if (op == plain) return RegexCase::kExact;
    return op == ignore || op == local ? RegexCase::kAscii : RegexCase::kUnicode;
  }

  void character(RegexOp op, u32 c, RegexCase mode) { emit(op, c, static_cast<u32>(mode)); }

  void set(size_t first, size_t end, RegexCase mode) {
    if (end > code_.size() || first > end) {
      good_ = false;
      return;
    }
    u32 place = static_cast<u32>(sets_.size());
    sets_.insert(sets_.end(), code_.begin() + static_cast<long>(first),
                 code_.begin() + static_cast<long>(end));
    sets_.push_back(kFailure);  // so that a set without its own end is no danger
    emit(RegexOp::kSet, place, static_cast<u32>(mode));
  }

  // Translates [at, end); stops after a kSuccess, which ends the bodies of assertions and the like.
  void body(size_t at, size_t end) {
    if (++depth_ > 1000) good_ = false;
    while (good_ && at < end) {
      u32 op = word(at);
      if (op == kSuccess) break;
      at = one(op, at);
    }
    --depth_;
  }

  // Translates the operation at `at` and yields the place of the next.
  size_t one(u32 op, size_t at) {
    switch (op) {
      case kFailure:
        emit(RegexOp::kFail);
        return at + 1;
      case kAny:
        emit(RegexOp::kAny);
        return at + 1;
      case kAnyAll:
        emit(RegexOp::kAnyAll);
        return at + 1;
      case kLiteral:
      case kLiteralIgnore:
      case kLiteralLocIgnore:
      case kLiteralUniIgnore:
        character(RegexOp::kChar, word(at + 1), case_of(op, kLiteral, kLiteralIgnore, kLiteralLocIgnore));
        return at + 2;
      case kNotLiteral:
      case kNotLiteralIgnore:
      case kNotLiteralLocIgnore:
      case kNotLiteralUniIgnore:
        character(RegexOp::kNotChar, word(at + 1),
                  case_of(op, kNotLiteral, kNotLiteralIgnore, kNotLiteralLocIgnore));
        return at + 2;
      case kIn:
      case kInIgnore:
      case kInLocIgnore:
      case kInUniIgnore: {
        size_t end = at + 1 + word(at + 1);
        set(at + 2, end, case_of(op, kIn, kInIgnore, kInLocIgnore));
        return end;
      }
      case kCategory:
        emit(RegexOp::kCategory, word(at + 1));
        return at + 2;
      case kAt:
        emit(RegexOp::kAt, word(at + 1));
        return at + 2;
      case kMark:
        emit(RegexOp::kMark, word(at + 1));
        return at + 2;
      case kInfo:
        return at + 1 + word(at + 1);
      case kBranch:
        return branch(at);
      case kRepeatOne:
      case kMinRepeatOne:
      case kPossessiveRepeatOne:
        return repeat_one(op, at);
      case kRepeat:
        return repeat(at);
      case kPossessiveRepeat: {
        size_t end = at + 1 + word(at + 1);
        u32 start = emit(RegexOp::kPossessive, 0, word(at + 2), word(at + 3));
        nested(at + 4, end, start);
        return end + 1;
      }
      case kAtomicGroup: {
        size_t end = at + 1 + word(at + 1);
        nested(at + 2, end, emit(RegexOp::kAtomic));
        return end;
      }
      case kAssert:
      case kAssertNot: {
        size_t end = at + 1 + word(at + 1);
        nested(at + 3, end, emit(RegexOp::kAssert, 0, word(at + 2), op == kAssertNot));
        return end;
      }
      case kGroupRef:
      case kGroupRefIgnore:
      case kGroupRefLocIgnore:
      case kGroupRefUniIgnore:
        emit(RegexOp::kGroupRef, word(at + 1),
             static_cast<u32>(case_of(op, kGroupRef, kGroupRefIgnore, kGroupRefLocIgnore)));
        return at + 2;
      case kGroupRefExists:
        return conditional(at);
      default:
        good_ = false;
        return code_.size();
    }
  }

  // A body that is run for itself, behind the instruction at `start`.
  void nested(size_t first, size_t end, u32 start) {
    body(first, end);
    emit(RegexOp::kSuccess);
    out_[start].a = here();
  }

  size_t branch(size_t at) {
    std::vector<u32> jumps;
    size_t skip = at + 1;
    while (good_ && word(skip)) {
      size_t end = skip + word(skip);  // just behind the JUMP and its operand
      if (end < skip + 3 || end > code_.size()) good_ = false;
      if (!good_) break;
      u32 split = emit(RegexOp::kSplit);
      body(skip + 1, end - 2);
      jumps.push_back(emit(RegexOp::kJump));
      out_[split].a = here();
      skip = end;
    }
    emit(RegexOp::kFail);
    for (u32 jump : jumps) out_[jump].a = here();
    return skip + 1;
  }

  size_t repeat_one(u32 op, size_t at) {
    size_t end = at + 1 + word(at + 1);
    RepeatKind kind = op == kRepeatOne      ? RepeatKind::kGreedy
                      : op == kMinRepeatOne ? RepeatKind::kLazy
                                            : RepeatKind::kPossessive;
    u32 start = emit(RegexOp::kRepeatOne, word(at + 2), word(at + 3), static_cast<u32>(kind));
    body(at + 4, end);
    if (here() != start + 2) good_ = false;
    return end;
  }

  size_t repeat(size_t at) {
    size_t until = at + 1 + word(at + 1);
    u32 loop = loops_++;
    u32 init = emit(RegexOp::kLoopInit, loop);
    u32 first = here();
    body(at + 4, until);
    RepeatKind kind = word(until) == kMinUntil ? RepeatKind::kLazy : RepeatKind::kGreedy;
    out_[init].b = emit(RegexOp::kLoopNext, loop, first, static_cast<u32>(kind));
    emit(RegexOp::kBounds, word(at + 2), word(at + 3));
    return until + 1;
  }

  // (?(group)yes|no): the skip leads behind the JUMP of `yes`, if there is a `no`.
  size_t conditional(size_t at) {
    u32 test = emit(RegexOp::kGroupExists, word(at + 1));
    size_t no = at + 2 + word(at + 2) - 1;
    bool has_no = no >= at + 5 && no <= code_.size() && code_[no - 2] == kJump && looks_like_else(at, no);
    if (!has_no) {
      body(at + 3, no);
      out_[test].b = here();
      return no;
    }
    body(at + 3, no - 2);
    u32 jump = emit(RegexOp::kJump);
    out_[test].b = here();
    size_t end = no - 1 + word(no - 1);
    body(no, end);
    out_[jump].a = here();
    return end;
  }

  // The word before `no` can be an operand that happens to equal JUMP; a true one is found by walking the
  // operations.
  bool looks_like_else(size_t at, size_t no) {
    size_t place = at + 3;
    Translator probe(code_, groups_);
    while (probe.good_ && place < no) {
      if (word(place) == kJump) return place == no - 2;
      place = probe.one(word(place), place);
    }
    return false;
  }

  const std::vector<u32>& code_;
  u32 groups_;
  u32 loops_ = 0, depth_ = 0;
  bool good_ = true;
  std::vector<RegexInstruction> out_;
  std::vector<u32> sets_;
};

bool is_ascii_word(u32 c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_ascii_space(u32 c) {
  return c == ' ' || (c >= 9 && c <= 13);
}
u32 upper_unicode(u32 c) {
  u32 out[3];
  char_to_upper(c, out);
  return out[0];
}

}  // namespace

bool translate_regex(const std::vector<u32>& code, u32 groups, std::string& program) {
  return Translator(code, groups).run(program);
}

u32 regex_lower_ascii(u32 c) {
  return c >= 'A' && c <= 'Z' ? c + 32 : c;
}
u32 regex_lower_unicode(u32 c) {
  if (c < 128) return regex_lower_ascii(c);
  u32 out[3];
  char_to_lower(c, out);
  return out[0];
}

bool regex_category(u32 category, u32 c) {
  switch (category) {
    case 0:
      return c >= '0' && c <= '9';
    case 1:
      return !(c >= '0' && c <= '9');
    case 2:
      return is_ascii_space(c);
    case 3:
      return !is_ascii_space(c);
    case 4:
    case 8:
      return is_ascii_word(c);
    case 5:
    case 9:
      return !is_ascii_word(c);
    case 6:
      return c == '\n';
    case 7:
      return c != '\n';
    case 10:
      return char_is_decimal(c);
    case 11:
      return !char_is_decimal(c);
    case 12:
      return char_is_space(c);
    case 13:
      return !char_is_space(c);
    case 14:
      return c < 128 ? is_ascii_word(c) : char_is_alnum(c);
    case 15:
      return c < 128 ? !is_ascii_word(c) : !char_is_alnum(c);
    case 16:
      return char_is_line_break(c);
    case 17:
      return !char_is_line_break(c);
    default:
      return false;
  }
}

u32 regex_folded(u32 c, u32 mode) {
  return mode == 0 ? c : mode == 1 ? regex_lower_ascii(c) : regex_lower_unicode(c);
}

bool regex_matches_one(const RegexProgram& program, const RegexInstruction& in, u32 c) {
  switch (in.op) {
    case RegexOp::kChar:
      return regex_folded(c, in.b) == in.a;
    case RegexOp::kNotChar:
      return regex_folded(c, in.b) != in.a;
    case RegexOp::kAny:
      return c != '\n';
    case RegexOp::kAnyAll:
      return true;
    case RegexOp::kSet:
      return regex_set_contains(program.sets + in.a, regex_folded(c, in.b));
    case RegexOp::kCategory:
      return regex_category(in.a, c);
    default:
      return false;
  }
}

bool regex_set_ends(const u32* set, const u32* end) {
  while (set < end) {
    u64 operands = 0;
    switch (*set++) {
      case kNegate:
        break;
      case kLiteral:
      case kCategory:
        operands = 1;
        break;
      case kCharset:
        operands = kRegexTableWords;
        break;
      case kRange:
      case kRangeUniIgnore:
        operands = 2;
        break;
      case kBigCharset:
        if (set == end) return false;
        operands = 1 + 64 + u64{*set} * 8;
        break;
      default:
        return true;
    }
    if (operands > static_cast<u64>(end - set)) return false;
    set += operands;
  }
  return false;
}

bool regex_set_contains(const u32* set, u32 c) {
  bool found = true;
  for (;;) {
    switch (*set++) {
      case kNegate:
        found = !found;
        break;
      case kLiteral:
        if (*set++ == c) return found;
        break;
      case kCategory:
        if (regex_category(*set++, c)) return found;
        break;
      case kCharset:
        if (c < 256 && (set[c / 32] >> (c % 32) & 1)) return found;
        set += 8;
        break;
      case kRange:
        if (set[0] <= c && c <= set[1]) return found;
        set += 2;
        break;
      case kRangeUniIgnore: {
        u32 upper = upper_unicode(c);
        if ((set[0] <= c && c <= set[1]) || (set[0] <= upper && upper <= set[1])) return found;
        set += 2;
        break;
      }
      case kBigCharset: {
        u32 count = *set++;
        const u8* blocks = reinterpret_cast<const u8*>(set);
        u32 block = c < 65536 ? blocks[c >> 8] : ~0u;
        set += 64;
        if (block < count && (set[block * 8 + (c & 255) / 32] >> (c % 32) & 1)) return found;
        set += count * 8;
        break;
      }
      default:
        return !found;  // kFailure ends the set
    }
  }
}

}  // namespace lisle::rt

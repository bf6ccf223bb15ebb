// What can be told of a regular expression's program without running it: whether it is one, and with which
// characters its matches begin.
#include <vector>

#include "runtime/modules/regex_program.h"

namespace lisle::rt {

namespace {

bool is_sound_instruction(const RegexProgram& p, u32 pc) {
  const RegexInstruction& in = p.code[pc];
  const u32 count = p.header->instructions;
  auto ahead = [&](u32 to) { return to > pc && to < count; };
  auto has_table = [&] {
    return in.c <= p.header->set_words && p.header->set_words - in.c >= kRegexTableWords;
  };
  switch (in.op) {
    case RegexOp::kFail:
    case RegexOp::kSuccess:
    case RegexOp::kBounds:
      return true;
    case RegexOp::kJump:
      return ahead(in.a);
    case RegexOp::kSplit:
      return ahead(in.a) && ahead(pc + 1);
    case RegexOp::kAssert:
    case RegexOp::kAtomic:
    case RegexOp::kPossessive:
      return ahead(in.a) && ahead(pc + 1);
    case RegexOp::kGroupExists:
      return ahead(in.b) && ahead(pc + 1);
    case RegexOp::kRepeatOne:
      return ahead(pc + 2);
    case RegexOp::kLoopInit:
      return in.a < p.header->loops && ahead(in.b) && p.code[in.b].op == RegexOp::kLoopNext;
    case RegexOp::kLoopNext:
      return in.a < p.header->loops && in.b < count && ahead(pc + 2);
    case RegexOp::kMark:
      return in.a / 2 < p.header->groups && ahead(pc + 1);
    case RegexOp::kSet:
      return has_table() && in.a <= p.header->set_words &&
             regex_set_ends(p.sets + in.a, p.sets + p.header->set_words) && ahead(pc + 1);
    case RegexOp::kCategory:
      return has_table() && ahead(pc + 1);
    case RegexOp::kChar:
    case RegexOp::kNotChar:
    case RegexOp::kAny:
    case RegexOp::kAnyAll:
    case RegexOp::kAt:
    case RegexOp::kGroupRef:
      return ahead(pc + 1);
  }
  return false;
}

// Collects the characters with which matches begin by following what takes no character.
class FirstCharacters {
 public:
  FirstCharacters(const RegexProgram& program, RegexHeader& header)
      : p_(program), header_(header), seen_(program.header->instructions) {}

  void find() {
    header_.first_known = 1;
    visit(0);
    while (header_.first_known && !pending_.empty()) {
      u32 pc = pending_.back();
      pending_.pop_back();
      follow(pc);
    }
  }

 private:
  void visit(u32 pc) {
    if (seen_[pc]) return;
    seen_[pc] = true;
    pending_.push_back(pc);
  }

  // Characters beyond the table are taken to begin a match in any case.
  void add(const RegexInstruction& in) {
    for (u32 c = 0; c < 256; ++c)
      if (regex_matches_one(p_, in, c)) header_.first[c / 32] |= u32{1} << (c % 32);
  }

  void follow(u32 pc) {
    const RegexInstruction& in = p_.code[pc];
    switch (in.op) {
      case RegexOp::kFail:
        return;
      case RegexOp::kChar:
      case RegexOp::kNotChar:
      case RegexOp::kAny:
      case RegexOp::kAnyAll:
      case RegexOp::kSet:
      case RegexOp::kCategory:
        return add(in);
      case RegexOp::kAt:
      case RegexOp::kMark:
        return visit(pc + 1);
      case RegexOp::kJump:
      case RegexOp::kAssert:  // allows fewer matches, not others
        return visit(in.a);
      case RegexOp::kSplit:
        visit(in.a);
        return visit(pc + 1);
      case RegexOp::kGroupExists:
        visit(in.b);
        return visit(pc + 1);
      case RegexOp::kRepeatOne:
        add(p_.code[pc + 1]);
        if (in.a == 0) visit(pc + 2);
        return;
      case RegexOp::kLoopInit:
        visit(p_.code[in.b].b);
        if (p_.code[in.b + 1].a == 0) visit(in.b + 2);
        return;
      case RegexOp::kLoopNext:
        visit(in.b);
        return visit(pc + 2);
      default:
        header_.first_known = 0;  // the empty text matches, or it is not worth finding out
    }
  }

  const RegexProgram& p_;
  RegexHeader& header_;
  std::vector<bool> seen_;
  std::vector<u32> pending_;
};

}  // namespace

bool is_sound_regex(const RegexProgram& program) {
  const RegexHeader& header = *program.header;
  if (header.instructions == 0 || header.groups > header.instructions || header.loops > header.instructions)
    return false;
  for (u32 pc = 0; pc < header.instructions; ++pc)
    if (!is_sound_instruction(program, pc)) return false;
  return true;
}

void find_first_characters(const RegexProgram& program, RegexHeader& header) {
  FirstCharacters(program, header).find();
}

}  // namespace lisle::rt

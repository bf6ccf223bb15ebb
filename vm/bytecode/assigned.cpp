// Implements assigned.h: the usual forward data flow, repeated until nothing changes.
#include "vm/bytecode/assigned.h"

#include <bit>

#include "vm/bytecode/op_info.h"

namespace lisle::bc {

namespace {

void add(std::vector<u64>& set, u32 first, u64 count = 1) {
  for (u64 k = 0; k < count; ++k)
    if (u64 r = first + k; r / 64 < set.size()) set[r / 64] |= u64{1} << (r % 64);
}

void add_written(std::vector<u64>& set, const Instruction& i) {
  const OpInfo& op = info(i.op);
  if (op.a == Operand::dst || op.a == Operand::both) add(set, i.a);
  if (op.b == Operand::both) add(set, i.b);
  if (i.op == Op::UnpackSequence) add(set, i.a, i.c);
  if (i.op == Op::UnpackEx) add(set, i.a, (i.c & 0xffu) + 1 + (i.c >> 8));
  if (i.op == Op::ExceptionTriple) add(set, i.a, 3);
}

}  // namespace

AssignedLocals::AssignedLocals(const rt::Code& code)
    : code_(code), words_((code.local_count + 63) / 64), sets_(code.instruction_count * words_) {
  if (words_ == 0) return;
  std::vector<u64> parameters(words_);
  add(parameters, 0,
      u64{code.arg_count} + code.kwonly_count + !!(code.flags & rt::kCodeVarArgs) +
          !!(code.flags & rt::kCodeVarKeywords));
  join(0, parameters);
  for (bool changed = true; changed;) {
    changed = false;
    for (u32 at = 0; at < code.instruction_count;) {
      changed |= flow_on(at);
      at += 1 + info(std::bit_cast<Instruction>(code.word(at)).op).words;
    }
  }
}

bool AssignedLocals::join(u32 at, const std::vector<u64>& more) {
  bool grown = false;
  for (size_t w = 0; w < words_; ++w) {
    u64& word = sets_[at * words_ + w];
    grown |= (more[w] & ~word) != 0;
    word |= more[w];
  }
  return grown;
}

// Tells those that may follow an instruction what has been written; true when that is news to one of them.
bool AssignedLocals::flow_on(u32 at) {
  auto i = std::bit_cast<Instruction>(code_.word(at));
  const OpInfo& op = info(i.op);
  u32 next = at + 1 + op.words;
  auto first = sets_.begin() + static_cast<i64>(at * words_);
  std::vector<u64> set(first, first + static_cast<i64>(words_));
  add_written(set, i);
  bool news = !op.has('X') && next < code_.instruction_count && join(next, set);
  if (op.has('J')) {
    i32 distance = op.extra == Extra::target ? static_cast<i32>(code_.instructions[at + 1]) : i.wide();
    news |= join(static_cast<u32>(static_cast<i32>(next) + distance), set);
  }
  auto* rows = reinterpret_cast<const ExceptionRange*>(code_.exception_table->bytes);
  for (u64 k = 0; k < code_.exception_table->capacity / sizeof(ExceptionRange); ++k) {
    if (at < rows[k].start || at >= rows[k].end) continue;
    add(set, rows[k].exception);
    return join(rows[k].handler, set) || news;
  }
  return news;
}

}  // namespace lisle::bc

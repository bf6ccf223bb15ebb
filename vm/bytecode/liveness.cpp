// Implements liveness.h: the usual backward data flow, repeated until nothing changes.
#include "vm/bytecode/liveness.h"

#include <bit>

#include "runtime/types/list.h"
#include "vm/bytecode/op_info.h"

namespace lisle::bc {

namespace {

Instruction instruction_at(const rt::Code& code, u32 at) {
  return std::bit_cast<Instruction>(code.word(at));
}

// Calls `use` with each register of a run.
template <class Use>
void each(u32 first, u64 count, Use use) {
  for (u64 i = 0; i < count; ++i) use(first + static_cast<u32>(i));
}

u64 keyword_count(const rt::Code& code, u32 at) {
  return rt::to<rt::Tuple>(code.consts->items[code.instructions[at + 1]])->size;
}

// Registers that operands of the kinds `base` and `window` stand for.
template <class Use, class Define>
void runs(const rt::Code& code, u32 at, Instruction i, Use use, Define define) {
  u64 count = i.c & ~u32{kOwnsFrameCount};
  switch (i.op) {
    case Op::GetMethod:
      define(i.a + 2u), define(i.a + 3u), define(i.a + 5u);
      return;
    case Op::BuildSlice:
    case Op::MatchClass:
      return each(i.b, 3, use);
    case Op::UnpackSequence:
      return each(i.a, i.c, define);
    case Op::UnpackEx:
      return each(i.a, (i.c & 0xffu) + 1 + (i.c >> 8), define);
    case Op::ExceptionTriple:
      return each(i.a, 3, define);
    case Op::CallKw:
      count += keyword_count(code, at);
      [[fallthrough]];
    case Op::Call:
      use(i.b + 2u);
      return each(i.b + 5u, count, use);
    case Op::CallMethodKw:
      count += keyword_count(code, at);
      [[fallthrough]];
    case Op::CallMethod:
      use(i.b + 2u), use(i.b + 3u);
      return each(i.b + 5u, count + 1, use);
    case Op::CallSpread:
      use(i.b + 2u);
      return each(i.b + 5u, 2, use);
    case Op::BuildTuple:
    case Op::BuildList:
    case Op::BuildSet:
    case Op::BuildString:
      return each(i.b, i.c, use);
    case Op::BuildDict:
      return each(i.b, u64{i.c} * 2, use);
    case Op::MakeFunction:
      return each(i.b, static_cast<u64>(std::popcount(static_cast<u32>(i.c & 15))), use);
    case Op::ImportName:
      return each(i.b, 2, use);
    default:
      return;
  }
}

// Whether the register of a `dst` operand has surely been written when the instruction is left: a loop's is
// not when the loop ends.
bool always_stores(Op op) {
  return op != Op::ForIter && op != Op::Send;
}

template <class Use, class Define>
void registers(const rt::Code& code, u32 at, Use use, Define define) {
  Instruction i = instruction_at(code, at);
  const OpInfo& op = info(i.op);
  const Operand kinds[3] = {op.a, op.b, op.c};
  const u16 values[3] = {i.a, i.b, i.c};
  for (int k = 0; k < 3; ++k) {
    if (kinds[k] == Operand::dst && always_stores(i.op)) define(values[k]);
    bool read = kinds[k] == Operand::reg || kinds[k] == Operand::both ||
                (kinds[k] == Operand::opt && values[k] != kNoRegister);
    if (read) use(values[k]);
  }
  runs(code, at, i, use, define);
}

}  // namespace

Liveness::Liveness(const rt::Code& code)
    : code_(code), words_((code.register_count + 63) / 64), before_(code.instruction_count * words_) {
  std::vector<u32> starts;
  for (u32 at = 0; at < code.instruction_count; at += 1 + info(instruction_at(code, at).op).words)
    starts.push_back(at);
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t k = starts.size(); k-- > 0;) {
      Set in(words_);
      flow(starts[k], in);
      effect(starts[k], in);
      join_handler(starts[k], in);
      for (size_t w = 0; w < words_; ++w) {
        u64& known = before_[starts[k] * words_ + w];
        changed = changed || known != in[w];
        known = in[w];
      }
    }
  }
}

Liveness::Set Liveness::set_at(u32 at) const {
  auto first = before_.begin() + static_cast<i64>(at * words_);
  return Set(first, first + static_cast<i64>(words_));
}

// What the instructions that may follow need.
void Liveness::flow(u32 at, Set& out) const {
  Instruction i = instruction_at(code_, at);
  const OpInfo& op = info(i.op);
  u32 next = at + 1 + op.words;
  auto join = [&](u32 to) {
    for (size_t w = 0; w < words_; ++w) out[w] |= before_[to * words_ + w];
  };
  if (!op.has('X')) join(next);
  if (!op.has('J')) return;
  i32 distance = op.extra == Extra::target ? static_cast<i32>(code_.instructions[at + 1]) : i.wide();
  join(static_cast<u32>(static_cast<i32>(next) + distance));
}

void Liveness::effect(u32 at, Set& in) const {
  registers(
      code_, at, [](u32) {}, [&](u32 r) { in[r / 64] &= ~(u64{1} << r % 64); });
  registers(
      code_, at, [&](u32 r) { in[r / 64] |= u64{1} << r % 64; }, [](u32) {});
}

// An exception may leave any instruction of a range, before it has stored anything.
void Liveness::join_handler(u32 at, Set& set) const {
  auto* rows = reinterpret_cast<const ExceptionRange*>(code_.exception_table->bytes);
  u64 count = code_.exception_table->capacity / sizeof(ExceptionRange);
  for (u64 k = 0; k < count; ++k) {
    if (at < rows[k].start || at >= rows[k].end) continue;
    u32 exception = rows[k].exception;
    for (size_t w = 0; w < words_; ++w) {
      u64 needed = before_[rows[k].handler * words_ + w];
      if (w == exception / 64) needed &= ~(u64{1} << exception % 64);
      set[w] |= needed;
    }
    return;
  }
}

std::vector<u32> Liveness::members(const Set& set) const {
  std::vector<u32> out;
  u32 always = code_.flags & rt::kCodeOptimized ? code_.local_count : 1;
  for (u32 r = 0; r < code_.register_count; ++r)
    if (r < always || set[r / 64] >> r % 64 & 1) out.push_back(r);
  return out;
}

std::vector<u32> Liveness::before(u32 at) const {
  return members(set_at(at));
}

std::vector<u32> Liveness::after(u32 at) const {
  Set set(words_);
  flow(at, set);
  registers(
      code_, at, [](u32) {}, [&](u32 r) { set[r / 64] &= ~(u64{1} << r % 64); });
  join_handler(at, set);
  return members(set);
}

}  // namespace lisle::bc

// See unit.h.
#include "jit/unit.h"

#include <bit>
#include <map>

#include "vm/bytecode/instruction.h"

namespace lisle::jit {

using bc::Operand;

namespace {

bool is_call(Op op) {
  return op == Op::Call || op == Op::CallMethod || op == Op::CallKw || op == Op::CallMethodKw ||
         op == Op::CallSpread;
}

// How many registers from `b` on the instruction reads.
u32 run_length(const Decoded& i) {
  switch (i.op) {
    case Op::BuildTuple:
    case Op::BuildList:
    case Op::BuildSet:
    case Op::BuildString:
      return i.c;
    case Op::BuildDict:
      return 2u * i.c;
    case Op::BuildSlice:
    case Op::MatchClass:
      return 3;
    case Op::ImportName:
      return 2;
    case Op::MakeFunction:
      return static_cast<u32>(std::popcount(static_cast<u32>(i.c)));
    default:
      return 0;
  }
}

u32 arguments_of(const rt::Code& code, const Decoded& i) {
  u32 count = i.c & ~bc::kOwnsFrameCount;
  if (i.op == Op::CallSpread) return 2;
  if (i.op == Op::CallMethod || i.op == Op::CallMethodKw) ++count;
  if (i.op == Op::CallKw || i.op == Op::CallMethodKw)
    count +=
        static_cast<u32>(rt::to<rt::Tuple>(code.constants[code.instructions[(i.at & kPlaceMask) + 1]])->size);
  return count;
}

bool uses_namespace(Op op) {
  return op == Op::LoadName || op == Op::StoreName || op == Op::DeleteName || op == Op::SetupAnnotations ||
         op == Op::ImportStar || op == Op::LoadClassFree;
}

}  // namespace

u32 clobbered_from(const rt::Code& code, const Decoded& i) {
  return is_call(i.op) ? i.b - rt::kWindowPad : code.register_count;
}

void each_read(const rt::Code& code, const Decoded& i, const std::function<void(u32)>& read) {
  const bc::OpInfo& op = i.info();
  auto operand = [&](Operand kind, u32 value) {
    if (kind == Operand::reg || kind == Operand::both || (kind == Operand::opt && value != bc::kNoRegister))
      read(value);
  };
  operand(op.a, i.a);
  operand(op.b, i.b);
  if (op.b != Operand::wide) operand(op.c, i.c);
  if (op.b == Operand::base)
    for (u32 k = 0; k < run_length(i); ++k) read(i.b + k);
  if (uses_namespace(i.op)) read(0);
  if (!is_call(i.op)) return;
  read(i.b + 2u);
  bool method = i.op == Op::CallMethod || i.op == Op::CallMethodKw;
  if (method) read(i.b + 3u);
  for (u32 k = 0; k < arguments_of(code, i); ++k) read(i.b + rt::kHeaderWords + k);
}

void each_write(const rt::Code& code, const Decoded& i, const std::function<void(u32)>& write) {
  const bc::OpInfo& op = i.info();
  auto operand = [&](Operand kind, u32 value) {
    if (kind == Operand::dst || kind == Operand::both) write(value);
  };
  for (u32 r = clobbered_from(code, i); r < code.register_count; ++r) write(r);
  operand(op.a, i.a);
  operand(op.b, i.b);
  switch (i.op) {
    case Op::UnpackSequence:
      for (u32 k = 0; k < i.c; ++k) write(i.a + k);
      break;
    case Op::UnpackEx:
      for (u32 k = 0; k < (i.c & 0xffu) + 1 + (i.c >> 8); ++k) write(i.a + k);
      break;
    case Op::ExceptionTriple:
      for (u32 k = 0; k < 3; ++k) write(i.a + k);
      break;
    case Op::GetMethod:
      write(i.a + 2u);
      write(i.a + 3u);
      write(i.a + 5u);
      break;
    default:
      break;
  }
}

Unit::Unit(const rt::Code& code) : code_(code) {
  find_blocks();
}

Decoded Unit::decode(u32 at) const {
  u64 word = code_.word(at);
  auto i = std::bit_cast<bc::Instruction>(word);
  Decoded d{i.op, i.feedback, i.a, i.b, i.c, i.wide(), at, 0, 0, word};
  d.next = at + 1 + d.info().words;
  i32 distance =
      d.info().extra == bc::Extra::target ? static_cast<i32>(code_.instructions[at + 1]) : i.wide();
  if (d.jumps()) d.target = static_cast<u32>(static_cast<i64>(d.next) + distance);
  return d;
}

bool Unit::is_covered(u32 at) const {
  auto* rows = reinterpret_cast<const bc::ExceptionRange*>(code_.exception_table->bytes);
  u64 count = code_.exception_table->capacity / sizeof(bc::ExceptionRange);
  for (u64 k = 0; k < count; ++k)
    if (at >= rows[k].start && at < rows[k].end) return true;
  return false;
}

void Unit::find_blocks() {
  u32 count = static_cast<u32>(code_.instruction_count);
  leader_.assign(count + 1, false);
  leader_[0] = true;
  loops_.assign(count + 1, 0);
  std::map<u32, u32> ends;  // of loops, by their headers
  for (u32 at = 0; at < count;) {
    Decoded i = decode(at);
    starts_.push_back(at);
    if (i.jumps()) leader_[i.target] = true;
    if (i.jumps() && i.target <= at) ends[i.target] = i.next;
    if (i.jumps() || i.ends()) leader_[i.next] = true;
    at = i.next;
  }
  for (auto [header, end] : ends)
    for (u32 at = header; at < end; ++at) loops_[at] += loops_[at] < UINT8_MAX;
}

void Unit::step_back(const Decoded& i, RegisterSet& live) const {
  each_write(code_, i, [&](u32 r) { live[r] = false; });
  each_read(code_, i, [&](u32 r) { live[r] = true; });
}

namespace {

// into |= from; did it change?
bool merge(RegisterSet& into, const RegisterSet& from) {
  bool changed = false;
  for (size_t r = 0; r < into.size(); ++r) {
    if (from[r] && !into[r]) into[r] = changed = true;
  }
  return changed;
}

}  // namespace

void Unit::find_live() const {
  u32 count = static_cast<u32>(code_.instruction_count);
  live_.assign(count + 1, RegisterSet(code_.register_count));
  auto* rows = reinterpret_cast<const bc::ExceptionRange*>(code_.exception_table->bytes);
  u64 row_count = code_.exception_table->capacity / sizeof(bc::ExceptionRange);
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t n = starts_.size(); n-- > 0;) {
      Decoded i = decode(starts_[n]);
      RegisterSet live(code_.register_count);
      if (!i.ends() && i.next < count) live = live_[i.next];
      if (i.jumps()) merge(live, live_[i.target]);
      step_back(i, live);
      for (u64 k = 0; k < row_count; ++k) {
        if (i.at < rows[k].start || i.at >= rows[k].end) continue;
        bool own = live[rows[k].exception];
        merge(live, live_[rows[k].handler]);
        live[rows[k].exception] = own;
      }
      changed |= merge(live_[i.at], live);
    }
  }
}

}  // namespace lisle::jit

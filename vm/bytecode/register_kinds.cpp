// Implements register_kinds.h: the usual forward data flow over blocks, repeated until nothing changes.
#include "vm/bytecode/register_kinds.h"

#include <algorithm>
#include <bit>

#include "runtime/types/list.h"
#include "vm/bytecode/op_info.h"
#include "vm/bytecode/verify.h"

namespace lisle::bc {

namespace {

// Nobody writes code of which more would have to be kept.
constexpr u64 kMostStates = u64{1} << 26;

std::span<const ExceptionRange> ranges_of(const rt::Code& code) {
  return {reinterpret_cast<const ExceptionRange*>(code.exception_table->bytes),
          code.exception_table->capacity / sizeof(ExceptionRange)};
}

bool is_cell_tuple(rt::Value v) {
  auto* tuple = rt::as<rt::Tuple>(v);
  return tuple && std::all_of(tuple->items, tuple->items + tuple->size,
                              [](rt::Value item) { return rt::is_kind(item, rt::Kind::Cell); });
}

i32 jump_distance(const rt::Code& code, u32 at, const Instruction& i) {
  return info(i.op).extra == Extra::target ? static_cast<i32>(static_cast<u32>(code.word(at + 1))) : i.wide();
}

}  // namespace

bool fits_kinds(const rt::Code& code, rt::Value v, RegisterKindSet kinds) {
  if (kinds & kAnything) return true;
  if (kinds & kCell && rt::is_kind(v, rt::Kind::Cell)) return true;
  if (kinds & kFilledList && rt::is_kind(v, rt::Kind::List)) return true;
  if (kinds & (kCaught | kHandled) && rt::is_kind(v, rt::Kind::Exception)) return true;
  if (kinds & kHandled && (v.is_none() || (v.is_unbound() && code.flags & rt::kCodeOwnsFrame))) return true;
  return kinds & kCellTuple && is_cell_tuple(v);
}

// The window of a call lies among the registers; what needs a callee without one finds it a place above.
static u64 registers_kept(const Instruction& i, u64 all) {
  switch (i.op) {
    case Op::Call:
    case Op::CallMethod:
    case Op::CallKw:
    case Op::CallMethodKw:
    case Op::CallSpread:
      return i.b > rt::kWindowPad ? i.b - rt::kWindowPad : 0;
    default:
      return all;
  }
}

u64 registers_kept(const rt::Code& code, u64 at) {
  return registers_kept(std::bit_cast<Instruction>(code.word(at)), code.register_count);
}

RegisterKinds::RegisterKinds(const rt::Code& code) : code_(code) {
  find_blocks();
  too_large_ = starts_.size() * u64{code.register_count} > kMostStates;
  if (too_large_) return;
  join(0, State(code.register_count, kAnything));
  while (!due_.empty()) {
    const u32 start = due_.back();
    due_.pop_back();
    follow(start);
  }
}

Instruction RegisterKinds::instruction(u32 at) const {
  return std::bit_cast<Instruction>(code_.word(at));
}

u32 RegisterKinds::behind(u32 at) const {
  return at + 1 + info(instruction(at).op).words;
}

void RegisterKinds::find_blocks() {
  starts_.push_back(0);
  for (u32 at = 0; at < code_.instruction_count; at = behind(at)) {
    const Instruction i = instruction(at);
    if (!info(i.op).has('J')) continue;
    starts_.push_back(behind(at));
    starts_.push_back(static_cast<u32>(static_cast<i32>(behind(at)) + jump_distance(code_, at, i)));
  }
  for (const ExceptionRange& range : ranges_of(code_)) starts_.push_back(range.handler);
  std::sort(starts_.begin(), starts_.end());
  starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
}

bool RegisterKinds::join(u32 at, const State& more) {
  State& known = at_start_[at];
  if (known.empty()) known.resize(more.size());
  bool news = false;
  for (size_t r = 0; r < more.size(); ++r) {
    news = news || (more[r] & ~known[r]);
    known[r] |= more[r];
  }
  if (news && std::find(due_.begin(), due_.end(), at) == due_.end()) due_.push_back(at);
  return news;
}

// An exception may leave any instruction of a range, before it has stored anything.
void RegisterKinds::join_handler(u32 at, const State& state) {
  for (const ExceptionRange& range : ranges_of(code_)) {
    if (at < range.start || at >= range.end) continue;
    State caught = state;
    caught[range.exception] = kCaught;
    join(range.handler, caught);
    return;
  }
}

void RegisterKinds::follow(u32 start) {
  State state = at_start_[start];
  for (u32 at = start; at < code_.instruction_count;) {
    const Instruction i = instruction(at);
    const OpInfo& op = info(i.op);
    call(i, state);
    join_handler(at, state);
    apply(i, state);
    const u32 next = behind(at);
    if (op.has('J')) join(static_cast<u32>(static_cast<i32>(next) + jump_distance(code_, at, i)), state);
    if (op.has('X')) return;
    at = next;
    if (!std::binary_search(starts_.begin(), starts_.end(), at)) continue;
    join(at, state);
    return;
  }
}

// Where the callee's frame lies nothing is left of what was there, whether the call returns or raises.
void RegisterKinds::call(const Instruction& i, State& state) const {
  std::fill(state.begin() + static_cast<std::ptrdiff_t>(registers_kept(i, state.size())), state.end(),
            kAnything);
}

// What the instruction leaves in registers.
void RegisterKinds::apply(const Instruction& i, State& state) const {
  auto forget = [&](u32 first, u64 count) {
    for (u64 k = first; k < first + count && k < state.size(); ++k) state[k] = kAnything;
  };
  switch (i.op) {
    case Op::Move:
      state[i.a] = state[i.b];
      return;
    case Op::MakeCell:
    case Op::FreeCell:
      state[i.a] = kCell;
      return;
    case Op::BuildList:
      state[i.a] = kFilledList;
      return;
    case Op::PushHandled:
      state[i.a] = kHandled;
      return;
    case Op::BuildTuple: {
      const auto first = state.begin() + i.b;
      const bool cells = std::all_of(first, first + i.c, [](RegisterKindSet k) { return k == kCell; });
      state[i.a] = cells ? kCellTuple : kAnything;
      return;
    }
    case Op::GetMethod:
      return forget(i.a, rt::kHeaderWords + 1);
    case Op::UnpackSequence:
      return forget(i.a, i.c);
    case Op::UnpackEx:
      return forget(i.a, (i.c & 0xffu) + 1 + (i.c >> 8));
    case Op::ExceptionTriple:
      return forget(i.a, 3);
    default:
      break;
  }
  const OpInfo& op = info(i.op);
  if (op.a == Operand::dst || op.a == Operand::both) state[i.a] = kAnything;
  if (op.b == Operand::both) state[i.b] = kAnything;
}

bool RegisterKinds::fits(const Instruction& i, const State& state) const {
  switch (i.op) {
    case Op::LoadCell:
      return state[i.b] == kCell;
    case Op::StoreCell:
    case Op::DeleteCell:
      return state[i.a] == kCell;
    case Op::ListAppend:
      return state[i.a] == kFilledList;
    case Op::ExceptionTriple:
      return state[i.b] == kCaught;
    case Op::PopHandled:
      return state[i.a] == kHandled;
    case Op::MakeFunction: {
      constexpr u32 kClosure = 8;
      const u32 closure = i.b + static_cast<u32>(std::popcount(i.c & (kClosure - 1u)));
      return !(i.c & kClosure) || state[closure] == kCellTuple;
    }
    default:
      return true;
  }
}

bool RegisterKinds::sound(std::string& why) {
  why = "too much code";
  if (too_large_) return false;
  for (const auto& [start, known] : at_start_) {
    State state = known;
    for (u32 at = start; at < code_.instruction_count;) {
      const Instruction i = instruction(at);
      why = "word " + std::to_string(at) + ": a register holds something else";
      if (!fits(i, state)) return false;
      call(i, state);
      apply(i, state);
      at = behind(at);
      if (info(i.op).has('X') || std::binary_search(starts_.begin(), starts_.end(), at)) break;
    }
  }
  return true;
}

std::vector<RegisterKindSet> RegisterKinds::before(u32 at) const {
  const auto above = std::upper_bound(starts_.begin(), starts_.end(), at);
  if (above == starts_.begin() || too_large_) return {};
  const auto known = at_start_.find(above[-1]);
  // What is never reached relies on nothing.
  if (known == at_start_.end()) return State(code_.register_count, kAnything);
  State state = known->second;
  for (u32 walk = above[-1]; walk < at; walk = behind(walk)) apply(instruction(walk), state);
  return state;
}

namespace {

// Inline caches and what the interpreter saw are believed; code that never ran has none.
void empty_caches(rt::Code& code) {
  auto* words = reinterpret_cast<u64*>(code.body->bytes);
  for (u32 at = 0; at < code.instruction_count;) {
    const OpInfo& op = info(std::bit_cast<Instruction>(code.word(at)).op);
    words[at] &= ~u64{0xff00};
    if (op.has('K')) std::fill_n(words + at + 1, op.words, 0);
    if (op.extra == Extra::target) words[at + 1] &= 0xffffffff;
    at += 1 + op.words;
  }
}

}  // namespace

bool distrust(rt::Code& code, std::string& why) {
  if (!RegisterKinds(code).sound(why)) return false;
  empty_caches(code);
  return true;
}

bool distrust_nested(rt::Code& code, std::string& why) {
  if (!distrust(code, why)) return false;
  for (u64 k = 0; k < code.consts->size; ++k) {
    auto* inner = rt::as<rt::Code>(code.consts->items[k]);
    if (inner && !distrust_nested(*inner, why)) return false;
  }
  return true;
}

}  // namespace lisle::bc

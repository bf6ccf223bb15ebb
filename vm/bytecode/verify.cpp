// Implements verify.h: one pass that finds where instructions start, one that checks each of them.
#include "vm/bytecode/verify.h"

#include <cstring>

#include "vm/bytecode/op_info.h"

namespace lisle::bc {

namespace {

class Verifier {
 public:
  Verifier(const rt::Code& code, std::string& why, u32 depth) : code_(code), why_(why), depth_(depth) {}

  bool run() {
    return tables() && names() && starts() && instructions() && exceptions() && positions() && nested();
  }

 private:
  bool no(std::string reason) {
    why_ = std::move(reason);
    return false;
  }
  bool no(size_t at, const std::string& reason) { return no("word " + std::to_string(at) + ": " + reason); }

  u64 word(size_t at) const {
    u64 w;
    std::memcpy(&w, code_.body->bytes + at * 8, 8);
    return w;
  }
  // What is traced stands for another opcode; words that trail an instruction are as they were.
  Instruction instruction(size_t at) const {
    u64 w = word(at);
    if (code_.opcodes) w = (w & ~u64{0xff}) | static_cast<u8>(code_.opcodes->bytes[at]);
    return std::bit_cast<Instruction>(w);
  }

  bool tables() {
    const rt::Code& c = code_;
    if (!c.body || !c.consts || !c.names || !c.locals || !c.cell_names || !c.free_names ||
        !c.exception_table || !c.line_table || !c.name || !c.qualname || !c.filename) {
      return no("a table is missing");
    }
    if (c.instruction_count == 0 || c.instruction_count > c.body->capacity / 8)
      return no("bad length of the body");
    if (c.opcodes && c.opcodes->capacity < c.instruction_count) return no("bad length of the opcodes");
    if (c.instructions != reinterpret_cast<const u64*>(c.body->bytes))
      return no("instructions lie elsewhere");
    if (c.constants != c.consts->items) return no("constants lie elsewhere");
    if (c.register_count > 0xfff0) return no("too many registers");
    u64 parameters = u64{c.arg_count} + c.kwonly_count + !!(c.flags & rt::kCodeVarArgs) +
                     !!(c.flags & rt::kCodeVarKeywords);
    if (c.posonly_count > c.arg_count || c.local_count > c.register_count) return no("bad counts");
    if (parameters > c.local_count) return no("parameters without registers");
    if (c.locals->size != c.local_count) return no("locals without names");
    if (!(c.flags & rt::kCodeOptimized) && (c.local_count != 0 || c.register_count == 0)) {
      return no("code with a namespace has named registers");
    }
    return true;
  }

  bool all_strings(const rt::Tuple* tuple) {
    for (u64 i = 0; i < tuple->size; ++i) {
      if (!rt::is_str(tuple->items[i])) return false;
    }
    return true;
  }
  bool names() {
    if (all_strings(code_.names) && all_strings(code_.locals) && all_strings(code_.cell_names) &&
        all_strings(code_.free_names)) {
      return true;
    }
    return no("a name is not a string");
  }

  bool starts() {
    size_t count = code_.instruction_count;
    start_.assign(count + 1, false);
    bool ends = false;
    for (size_t at = 0; at < count;) {
      Instruction i = instruction(at);
      if (i.op >= Op::Traced) return no(at, "unknown opcode");
      start_[at] = true;
      const OpInfo& op = info(i.op);
      ends = op.has('X');
      at += 1 + op.words;
      if (at > count) return no(at, "an instruction is cut off");
    }
    return ends || no("control runs off the end");
  }

  bool reg(u32 r) const { return r < code_.register_count; }
  bool run_of(u32 first, u64 count) const { return u64{first} + count <= code_.register_count; }

  bool operand(size_t at, Operand kind, u32 value) {
    switch (kind) {
      case Operand::none:
        return value == 0 || no(at, "an unused operand is set");
      case Operand::dst:
      case Operand::reg:
      case Operand::both:
      case Operand::base:
      case Operand::window:
        return reg(value) || no(at, "no such register");
      case Operand::opt:
        return value == kNoRegister || reg(value) || no(at, "no such register");
      case Operand::name:
        return value < code_.names->size || no(at, "no such name");
      case Operand::constant:
        return value < code_.consts->size || no(at, "no such constant");
      case Operand::free:
        return value < code_.free_names->size || no(at, "no such closure cell");
      case Operand::imm:
      case Operand::wide:
        return true;
    }
    return false;
  }

  // Unconditional jumps have one direction each; conditional ones lead either way.
  enum class Way { kForward, kBackward, kEither };
  bool jump_to(size_t at, i64 next, i32 distance, Way way) {
    i64 to = next + distance;
    if (to < 0 || to >= static_cast<i64>(code_.instruction_count) || !start_[static_cast<size_t>(to)]) {
      return no(at, "a jump leads nowhere");
    }
    return way == Way::kEither || (distance < 0) == (way == Way::kBackward) ||
           no(at, "a jump goes the wrong way");
  }

  bool jumps(size_t at, const Instruction& i, const OpInfo& op) {
    if (!op.has('J')) return true;
    i64 next = static_cast<i64>(at) + 1 + op.words;
    if (op.extra == Extra::target)
      return jump_to(at, next, static_cast<i32>(static_cast<u32>(word(at + 1))),
                     op.has('S') ? Way::kEither : Way::kForward);
    Way way = i.op == Op::JumpBack ? Way::kBackward : op.has('S') ? Way::kEither : Way::kForward;
    return jump_to(at, next, i.wide(), way);
  }

  rt::Value constant(u64 index) const {
    return index < code_.consts->size ? code_.consts->items[index] : rt::Value::unbound();
  }

  bool names_tuple(size_t at, u64 index, u64& count) {
    auto* tuple = rt::as<rt::Tuple>(constant(index));
    if (!tuple || !all_strings(tuple)) return no(at, "keyword names are no tuple of strings");
    count = tuple->size;
    return true;
  }

  bool window(size_t at, u32 w, u64 arguments) {
    if (w < rt::kWindowPad + (code_.flags & rt::kCodeOptimized ? 0u : 1u))
      return no(at, "a window lies too low");
    return run_of(w, rt::kHeaderWords + arguments) || no(at, "a window is too large");
  }

  bool call(size_t at, const Instruction& i) {
    u64 count = i.c & ~kOwnsFrameCount;
    bool owns = i.c & kOwnsFrameCount, should = code_.flags & rt::kCodeOwnsFrame;
    if (owns != should) return no(at, "the count's bit 15 does not fit the kind of code");
    u64 names = 0;
    bool method = i.op == Op::CallMethod || i.op == Op::CallMethodKw;
    bool keywords = i.op == Op::CallKw || i.op == Op::CallMethodKw;
    if (keywords && !names_tuple(at, word(at + 1), names)) return false;
    if (i.op == Op::CallSpread)
      return (count == 0 || no(at, "a count where none belongs")) && window(at, i.b, 2);
    return window(at, i.b, count + names + method);
  }

  bool make_function(size_t at, const Instruction& i) {
    auto* code = rt::as<rt::Code>(constant(word(at + 1)));
    if (!code) return no(at, "a function needs code");
    if (i.c > 15 || !run_of(i.b, static_cast<u64>(__builtin_popcount(i.c))))
      return no(at, "bad function parts");
    bool closure = i.c & 8, wants = code->free_names && code->free_names->size != 0;
    return closure == wants || no(at, "closure and code do not fit");
  }

  bool immediate(size_t at, u32 bits) {
    rt::Value v = rt::Value::from_bits(bits);
    bool known = v.is_none() || v.is_bool() || v.is_unbound() || v.is_ellipsis() || v.is_not_implemented();
    return known || no(at, "no immediate value");
  }

  bool is_local(u32 r) const { return r < code_.local_count; }

  // Is the item of the loop at `at` a temporary that the next instruction unpacks into two registers?
  bool unpacks_pair(size_t at, const Instruction& loop) {
    size_t next = at + 1 + info(Op::ForIter).words;
    if (loop.c != 2 || is_local(loop.a) || next >= code_.instruction_count) return false;
    Instruction unpack = instruction(next);
    return unpack.op == Op::UnpackSequence && unpack.b == loop.a && unpack.c == 2;
  }

  // What the operand kinds do not say.
  bool special(size_t at, const Instruction& i) {
    switch (i.op) {
      case Op::LoadConst:
        return (i.wide() >= 0 && static_cast<u64>(i.wide()) < code_.consts->size) ||
               no(at, "no such constant");
      case Op::LoadImmediate:
        return immediate(at, i.b);
      case Op::ForIter:
        return i.c == 0 || unpacks_pair(at, i) || no(at, "no pair is unpacked next");
      case Op::CheckLocal:
      case Op::DeleteLocal:
        return is_local(i.a) || no(at, "not a named local");
      case Op::LoadCell:
        return i.c < code_.cell_names->size || no(at, "no such cell");
      case Op::DeleteCell:
        return i.b < code_.cell_names->size || no(at, "no such cell");
      case Op::LoadName:
      case Op::StoreName:
      case Op::DeleteName:
      case Op::SetupAnnotations:
      case Op::ImportStar:
      case Op::LoadClassFree:
        return !(code_.flags & rt::kCodeOptimized) || no(at, "there is no namespace here");
      case Op::GetMethod:
        return window(at, i.a, 1);
      case Op::BindSpecial:
        return i.c < rt::kSpecialCount || no(at, "no such special method");
      case Op::BuildSlice:
        return run_of(i.b, 3) || no(at, "registers out of range");
      case Op::UnpackSequence:
        return run_of(i.a, i.c) || no(at, "registers out of range");
      case Op::UnpackEx:
        return run_of(i.a, (i.c & 0xff) + 1u + (i.c >> 8)) || no(at, "registers out of range");
      case Op::Call:
      case Op::CallMethod:
      case Op::CallKw:
      case Op::CallMethodKw:
      case Op::CallSpread:
        return call(at, i);
      case Op::BuildTuple:
      case Op::BuildList:
      case Op::BuildSet:
      case Op::BuildString:
        return run_of(i.b, i.c) || no(at, "registers out of range");
      case Op::BuildDict:
        return run_of(i.b, u64{i.c} * 2) || no(at, "registers out of range");
      case Op::Convert:
        return i.c == 's' || i.c == 'r' || i.c == 'a' || no(at, "no such conversion");
      case Op::MakeFunction:
        return make_function(at, i);
      case Op::ExceptionTriple:
        return run_of(i.a, 3) || no(at, "registers out of range");
      case Op::Return:
        return !(code_.flags & rt::kCodeOwnsFrame) || no(at, "the wrong way to return");
      case Op::Yield:
      case Op::YieldDelegate:
      case Op::ReturnGenerator:
        return (code_.flags & rt::kCodeOwnsFrame) || no(at, "only for generators");
      case Op::ImportName:
        return run_of(i.b, 2) || no(at, "registers out of range");
      case Op::MatchClass:
        return run_of(i.b, 3) || no(at, "registers out of range");
      default:
        return true;
    }
  }

  bool instructions() {
    for (size_t at = 0; at < code_.instruction_count;) {
      Instruction i = instruction(at);
      const OpInfo& op = info(i.op);
      if (!operand(at, op.a, i.a) || !operand(at, op.b, i.b)) return false;
      if (op.b != Operand::wide && !operand(at, op.c, i.c)) return false;
      if (!jumps(at, i, op) || !special(at, i)) return false;
      at += 1 + op.words;
    }
    return true;
  }

  bool boundary(u64 at) const { return at == code_.instruction_count || (at < start_.size() && start_[at]); }

  bool exceptions() {
    size_t bytes = code_.exception_table->capacity;
    if (bytes % sizeof(ExceptionRange) != 0) return no("the exception table is cut off");
    for (size_t k = 0; k < bytes / sizeof(ExceptionRange); ++k) {
      ExceptionRange r;
      std::memcpy(&r, code_.exception_table->bytes + k * sizeof r, sizeof r);
      bool ordered = r.start < r.end && boundary(r.start) && boundary(r.end);
      if (!ordered || r.handler >= code_.instruction_count || !start_[r.handler] || !reg(r.exception)) {
        return no("row " + std::to_string(k) + " of the exception table is bad");
      }
    }
    return true;
  }

  bool positions() {
    size_t bytes = code_.line_table->capacity;
    if (bytes % sizeof(PositionRow) != 0) return no("the position table is cut off");
    u64 last = 0;
    for (size_t k = 0; k < bytes / sizeof(PositionRow); ++k) {
      PositionRow row;
      std::memcpy(&row, code_.line_table->bytes + k * sizeof row, sizeof row);
      if ((k > 0 && row.start < last) || row.start >= code_.instruction_count)
        return no("positions are not sorted");
      last = row.start;
    }
    return true;
  }

  bool nested() {
    constexpr u32 kMostDepth = 2000;
    for (u64 k = 0; k < code_.consts->size; ++k) {
      auto* inner = rt::as<rt::Code>(code_.consts->items[k]);
      if (!inner) continue;
      if (depth_ > kMostDepth) return no("code is nested too deeply");
      if (!Verifier(*inner, why_, depth_ + 1).run()) {
        if (inner->name) why_ = "in constant " + std::to_string(k) + ", " + why_;
        return false;
      }
    }
    return true;
  }

  const rt::Code& code_;
  std::string& why_;
  u32 depth_;
  std::vector<bool> start_;
};

}  // namespace

bool verify(const rt::Code& code, std::string& why) {
  return Verifier(code, why, 0).run();
}

}  // namespace lisle::bc

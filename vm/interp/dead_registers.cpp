// Implements dead_registers.h. Registers that a callee's frame overlaps belong to the callee and are left
// alone: only words between the caller's locals and the callee's frame are cleared.
#include "vm/interp/dead_registers.h"

#include <algorithm>
#include <bit>
#include <map>
#include <vector>

#include "runtime/protocols/stack.h"
#include "runtime/types/frame_object.h"
#include "vm/bytecode/assigned.h"
#include "vm/bytecode/liveness.h"
#include "vm/bytecode/op_info.h"
#include "vm/interp/handler.h"

namespace lisle::interp {

namespace {

struct Flow {
  explicit Flow(const rt::Code& code) : liveness(code), locals(code) {}
  bc::Liveness liveness;
  bc::AssignedLocals locals;
};
using FlowOf = std::map<const rt::Code*, Flow>;

bool is_call(bc::Op op) {
  return bc::info(op).b == bc::Operand::window;
}

// Does code run in a frame of its own, away from the tasklet's stack?
bool owns_frame(const Frame& f) {
  auto* function = rt::as<rt::Function>(f.fn);
  return function && function->code->flags & rt::kCodeOwnsFrame;
}

// One past the last register of `f` that may be cleared while `callee` runs. `adjacent`: its frame lies right
// above. Code that owns its frame has copied the windows of its calls.
u32 clearable_end(const Frame& f, const Frame& callee, bool adjacent, const rt::Code& code,
                  const bc::Instruction& i) {
  if (code.flags & rt::kCodeOwnsFrame) return code.register_count;
  if (!adjacent) return is_call(i.op) ? i.b - rt::kWindowPad : code.register_count;
  auto* end = reinterpret_cast<const Value*>(&callee);
  // The instance of a constructor call lies before the callee's frame.
  if (callee.ret == cont_construct) --end;
  if (callee.ret == cont_construct_compiled) end -= 2;
  return static_cast<u32>(end - f.r);
}

void clear(Frame& f, const Frame& callee, bool adjacent, FlowOf& known) {
  const rt::Code& code = *function_of(&f)->code;
  auto at = static_cast<u32>((f.pc - reinterpret_cast<u64>(code.instructions)) / sizeof(u64));
  const Flow& flow = known.try_emplace(&code, code).first->second;
  auto i = std::bit_cast<bc::Instruction>(code.word(at));
  u32 end = clearable_end(f, callee, adjacent, code, i);
  std::vector<bool> kept(std::max<size_t>(end, code.register_count));
  for (u32 r : flow.liveness.after(at)) kept[r] = true;
  // Calls are never done again; other instructions may be, and need what they read.
  if (!is_call(i.op))
    for (u32 r : flow.liveness.before(at)) kept[r] = true;
  for (u32 r = code.flags & rt::kCodeOptimized ? 0 : 1; r < end; ++r) {
    bool unset = r < code.local_count && !flow.locals.may_have_value(at, r);
    if (!kept[r] || unset) f.r[r] = Value();
  }
}

// The padding between a native frame, or the stack below code that owns its frame, and the callee above it.
void clear_padding(const Frame& f, const Frame& callee) {
  auto* from = reinterpret_cast<Value*>(rt::frame_end(f));
  const Value* to = reinterpret_cast<const Value*>(&callee);
  if (owns_frame(callee))
    to = reinterpret_cast<const Value*>(rt::frame_end(callee));
  else if (callee.ret == cont_construct || callee.ret == cont_construct_compiled)
    to -= callee.ret == cont_construct ? 1 : 2;
  constexpr i64 kMost = 2 * (rt::kWindowPad + rt::kHeaderWords);
  if (from < to && to - from <= kMost) std::fill(from, const_cast<Value*>(to), Value());
}

// The words that a native frame may still grow into.
void clear_slack(const rt::Segment& segment, const Frame& top) {
  auto* word = reinterpret_cast<Value*>(rt::frame_end(top));
  if (word < segment.memory || word + rt::kWindowSlack > segment.memory + segment.words()) return;
  std::fill_n(word, rt::kWindowSlack, Value());
}

}  // namespace

void clear_dead_registers(rt::Runtime& rt) {
  Frame* callee = rt.thread.frame;
  if (!callee || !rt.thread.current->segment) return;
  // Deep stacks are not worth the time: what lies far down changes seldom.
  constexpr int kMostFrames = 200;
  FlowOf known;
  rt::TrueContinuations unwatched(rt, *rt.thread.current);
  clear_slack(*rt.thread.current->segment, *callee);
  bool opens_segment = false;
  for (int count = 0; count < kMostFrames; ++count) {
    if (callee->ret == cont_tasklet_end || callee->ret == cont_host_exit) return;
    Frame* f = callee->prev;
    // Below a segment's first frame lies a pseudo frame, which returns to the older segment.
    bool is_pseudo = callee->ret == cont_segment_pop;
    if (!is_pseudo && rt::is_kind(f->fn, rt::Kind::Function))
      clear(*f, *callee, !opens_segment && !owns_frame(*callee), known);
    if (!is_pseudo && !opens_segment && (rt::is_kind(f->fn, rt::Kind::Native) || owns_frame(*f)))
      clear_padding(*f, *callee);
    opens_segment = is_pseudo;
    callee = f;
  }
}

}  // namespace lisle::interp

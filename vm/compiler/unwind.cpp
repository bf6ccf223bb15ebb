// try, except, finally; and what break, continue and return do on their way out of such blocks.
//
// An exception range belongs to a block and is made of segments: code that runs while leaving the block early
// (a copy of the finally body, say) must not be covered by it, so the range is interrupted there.
#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

Block& Generator::push_region(Block::Kind kind, bc::Label handler, Reg exception) {
  Block block{};
  block.kind = kind;
  block.catches = true;
  block.handler = handler;
  block.exception = exception;
  block.start = u_->emit.here();
  u_->blocks.push_back(block);
  return u_->blocks.back();
}

void Generator::pop_block() {
  Block block = u_->blocks.back();
  u_->blocks.pop_back();
  if (!block.catches) return;
  u_->emit.range(block.start, u_->emit.here(), block.handler, block.exception,
                 static_cast<u32>(u_->blocks.size()));
}

// Emits what leaving the blocks from the innermost down to number `keep` takes. The caller emits the jump and
// calls reenter_blocks with the result.
std::vector<Block> Generator::leave_blocks(size_t keep) {
  std::vector<Block> left;
  while (u_->blocks.size() > keep) {
    Block block = u_->blocks.back();
    pop_block();
    left.push_back(block);
    leave_early(block);
  }
  return left;
}

void Generator::reenter_blocks(std::vector<Block>& left) {
  while (!left.empty()) {
    left.back().start = u_->emit.here();
    u_->blocks.push_back(left.back());
    left.pop_back();
  }
}

void Generator::leave_early(const Block& block) {
  switch (block.kind) {
    case Block::Loop:
    case Block::Region:
      return;
    case Block::Finally:
      return body(block.body);
    case Block::Handled:
    case Block::StarHandled: {
      NoLine no_line(u_->emit);
      emit(Op::PopHandled, block.saved);
      if (block.name != kNoName) forget_name(block.name);
      return;
    }
    case Block::With:
    case Block::AsyncWith: {
      Reg mark = u_->top;
      position(block.at);
      call_exit(block, kNoReg);
      u_->top = mark;
      return;
    }
  }
}

void Generator::try_(const Try* s) {
  mark_line(*s);
  if (s->finalbody.empty()) return try_except(s);
  try_finally(s, &Generator::try_except);
}

template <class S>
void Generator::try_finally(const S* s, void (Generator::*inner)(const S*)) {
  bc::Label raised = u_->emit.label(), again = u_->emit.label();
  Target end = target();
  Reg mark = u_->top;
  Reg exception = alloc(), saved = alloc();
  BoundSet bound = u_->bound;
  push_region(Block::Finally, raised, exception).body = s->finalbody;
  if (s->handlers.empty()) {
    body(s->body);
    body(s->orelse);
  } else {
    (this->*inner)(s);
  }
  pop_block();
  body(s->finalbody);
  jump(end);

  bind_handler(raised, bound);
  u_->emit.no_position();
  emit(Op::PushHandled, saved, exception);
  push_region(Block::Handled, again, exception).saved = saved;
  body(s->finalbody);
  pop_block();
  u_->emit.no_position();
  emit(Op::PopHandled, saved);
  emit(Op::Reraise, exception);
  cleanup(again, saved, kNoName, bound);
  u_->top = mark;
  bind(end);
}

// Where exceptions out of a handler's body end up: the exception handled before is the handled one again.
void Generator::cleanup(bc::Label label, Reg saved, NameId name, const BoundSet& bound) {
  Reg mark = u_->top;
  Reg exception = saved - 1;
  bind_handler(label, bound);
  u_->emit.no_position();
  if (name != kNoName) forget_name(name);
  emit(Op::PopHandled, saved);
  emit(Op::Reraise, exception);
  u_->top = mark;
}

// The name of except-as loses its value, bound or not.
void Generator::forget_name(NameId name) {
  Reg mark = u_->top;
  Reg local = local_register(name);
  if (local != kNoReg) {
    emit(Op::LoadImmediate, local, static_cast<u32>(rt::Value::unbound().bits()));
    u_->bound.reset(local);
  } else {
    store_name(name, load_constant(rt::Value::none(), kNoReg));
    delete_name(name);
  }
  u_->top = mark;
}

void Generator::try_except(const Try* s) {
  bc::Label raised = u_->emit.label(), again = u_->emit.label();
  Target end = target();
  Reg mark = u_->top;
  Reg exception = alloc(), saved = alloc();
  BoundSet bound = u_->bound;
  push_region(Block::Region, raised, exception);
  body(s->body);
  pop_block();
  body(s->orelse);
  jump(end);

  bind_handler(raised, bound);
  u_->emit.no_position();
  emit(Op::PushHandled, saved, exception);
  push_region(Block::Handled, again, exception).saved = saved;
  handlers(s, exception, saved, end);
  pop_block();
  u_->emit.no_position();
  emit(Op::PopHandled, saved);
  emit(Op::Reraise, exception);
  cleanup(again, saved, kNoName, bound);
  u_->top = mark;
  bind(end);
}

void Generator::handlers(const Try* s, Reg exception, Reg saved, Target& end) {
  for (u32 i = 0; i < s->handlers.size; ++i) {
    ExceptHandler* h = s->handlers[i];
    if (!h->type && i + 1 < s->handlers.size) fail(*h, "default 'except:' must be last");
    Target next = target();
    position(*h);
    if (h->type) {
      Reg mark = u_->top;
      Reg type = expr(h->type);
      u_->top = mark;
      Reg matches = alloc();
      position(*h->type);
      emit(Op::ExceptionMatch, matches, exception, type);
      jump_if_false(matches, next);
      u_->top = mark;
    }
    handler_body(h, exception, saved, end);
    bind(next);
  }
}

void Generator::handler_body(const ExceptHandler* h, Reg exception, Reg saved, Target& end) {
  // The block of the whole handler part is the innermost one now; with a name, the body gets one of its own.
  if (!h->name.data()) {
    body(h->body);
    std::vector<Block> left = leave_blocks(u_->blocks.size() - 1);
    jump(end);
    return reenter_blocks(left);
  }
  NameId name = mangled(h->name);
  forbid_debug(name, *h);
  store_name(name, exception);
  bc::Label again = u_->emit.label();
  BoundSet bound = u_->bound;
  // The outer handler block is left while this one stands for it.
  Block outer = u_->blocks.back();
  pop_block();
  Block& inner = push_region(Block::Handled, again, exception);
  inner.saved = saved;
  inner.name = name;
  body(h->body);
  std::vector<Block> left = leave_blocks(u_->blocks.size() - 1);
  jump(end);
  cleanup(again, saved, name, bound);
  outer.start = u_->emit.here();
  u_->blocks.push_back(outer);
}

// --- except*
// ---------------------------------------------------------------------------------------------------------

void Generator::try_star(const TryStar* s) {
  mark_line(*s);
  if (s->finalbody.empty()) return try_star_except(s);
  try_finally(s, &Generator::try_star_except);
}

// Each handler takes its part out of the group. What handlers raise and what nobody took is gathered in a
// list, and ReraiseStar makes of it what is raised at the end.
void Generator::try_star_except(const TryStar* s) {
  bc::Label raised = u_->emit.label(), again = u_->emit.label();
  Target end = target(), quiet = target();
  Reg mark = u_->top;
  Reg exception = alloc(), saved = alloc();
  BoundSet bound = u_->bound;
  push_region(Block::Region, raised, exception);
  body(s->body);
  pop_block();
  body(s->orelse);
  jump(end);

  bind_handler(raised, bound);
  u_->emit.no_position();
  Reg original = alloc();
  emit(Op::PushHandled, saved, exception);
  push_region(Block::StarHandled, again, exception).saved = saved;
  emit(Op::Move, original, exception);
  Reg rest = alloc(), raised_list = alloc();
  emit(Op::Move, rest, exception);
  emit(Op::BuildList, raised_list, raised_list, 0);
  for (ExceptHandler* h : s->handlers) star_handler(h, rest, raised_list);
  u_->emit.no_position();
  emit(Op::ListAppend, raised_list, rest);
  emit(Op::ReraiseStar, original, original, raised_list);
  pop_block();
  emit(Op::PopHandled, saved);
  conditional(Op::JumpIfNone, original, quiet);
  emit(Op::Reraise, original);
  bind(quiet);
  jump(end);
  cleanup(again, saved, kNoName, bound);
  u_->top = mark;
  bind(end);
}

void Generator::star_handler(const ExceptHandler* h, Reg rest, Reg raised_list) {
  Target next = target();
  Reg mark = u_->top;
  position(*h);
  conditional(Op::JumpIfNone, rest, next);
  Reg part = alloc();
  Reg saved = alloc();
  Reg inner_mark = u_->top;
  Reg type = expr(h->type);
  position(*h->type);
  emit(Op::ExceptionGroupMatch, part, rest, type);
  u_->top = inner_mark;
  conditional(Op::JumpIfNone, part, next);
  // While the body runs, the matching part is the handled exception.
  emit(Op::PushHandled, saved, part);
  bc::Label again = u_->emit.label();
  BoundSet bound = u_->bound;
  NameId name = h->name.data() ? mangled(h->name) : kNoName;
  if (name != kNoName) {
    forbid_debug(name, *h);
    store_name(name, part);
  }
  Block& block = push_region(Block::StarHandled, again, part);
  block.saved = saved;
  block.name = name;
  body(h->body);
  std::vector<Block> left = leave_blocks(u_->blocks.size() - 1);
  jump(next);
  bind_handler(again, bound);
  u_->emit.no_position();
  if (name != kNoName) forget_name(name);
  emit(Op::PopHandled, saved);
  emit(Op::ListAppend, raised_list, part);
  u_->top = mark;
  bind(next);
}

}  // namespace lisle::compiler

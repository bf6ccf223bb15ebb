// Loops, and the jumps out of and back into them.
#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

namespace {

// Operands that are cheap to evaluate in two places.
bool is_simple(const Expr* e) {
  while (auto* a = ast::as<Attribute>(e)) e = a->value;
  return e->kind == ast::Kind::Name || e->kind == ast::Kind::Constant;
}

bool is_simple_test(const Expr* e) {
  if (auto* c = ast::as<Compare>(e))
    return c->ops.size == 1 && is_simple(c->left) && is_simple(c->comparators[0]);
  return e->kind == ast::Kind::Name;
}

}  // namespace

// A simple test stands before the loop and again at its end, so that a round costs one jump.
void Generator::while_(const While* s) {
  Target again = target(), otherwise = target(), end = target(), ahead = target();
  bool test_at_end = is_simple_test(s->test);
  if (test_at_end) jump_if(s->test, false, otherwise);
  bind_loop(again);
  Block loop{};
  loop.kind = Block::Loop;
  loop.on_break = &end;
  loop.on_continue = test_at_end ? &ahead : &again;
  loop.continues_ahead = test_at_end;
  if (!test_at_end) jump_if(s->test, false, otherwise);
  u_->blocks.push_back(loop);
  body(s->body);
  u_->blocks.pop_back();
  if (test_at_end) {
    bind(ahead);
    jump_if(s->test, true, again);
  } else {
    jump_back(again);
  }
  bind(otherwise);
  body(s->orelse);
  bind(end);
}

void Generator::for_(const For* s) {
  Target again = target(), otherwise = target(), end = target();
  Reg mark = u_->top;
  Reg iterator = alloc();
  Reg iterable = comparator(CmpOperator::In, s->iter, iterator);
  position(*s);
  emit(Op::GetIter, iterator, iterable);
  u_->top = iterator + 1;
  bind_loop(again);
  auto* name = ast::as<Name>(s->target);
  Reg item = name ? local_register(mangled(name->id)) : kNoReg;
  bool direct = item != kNoReg;
  if (!direct) item = alloc();
  position(*s);
  branch(Op::ForIter, item, iterator, direct ? 0 : pair_hint(s->target), otherwise);
  if (direct)
    u_->bound.set(item);
  else
    assign_to(s->target, item);
  u_->top = iterator + 1;
  Block loop{};
  loop.kind = Block::Loop;
  loop.on_break = &end;
  loop.on_continue = &again;
  u_->blocks.push_back(loop);
  body(s->body);
  u_->blocks.pop_back();
  jump_back(again);
  u_->top = mark;
  bind(otherwise);
  body(s->orelse);
  bind(end);
}

Reg Generator::async_next(Reg iterator, Target& end, const ast::Position& at) {
  // Only asking for the next item may end the loop; the exception register is free at that time.
  bc::Label ended = u_->emit.label();
  Reg item = alloc();
  BoundSet bound = u_->bound;
  push_region(Block::Region, ended, item);
  position(at);
  emit(Op::GetANext, item, iterator);
  Reg mark = u_->top;
  Reg r = delegate(item, kNoReg);
  move(item, r);
  u_->top = mark;
  pop_block();
  Target got = target();
  jump(got);
  bind_handler(ended, bound);
  position(at);
  emit(Op::EndAsyncFor, item);
  jump(end);
  bind(got);
  return item;
}

void Generator::async_for(const AsyncFor* s) {
  if (!may_await()) fail(*s, "'async for' outside async function");
  Target again = target(), otherwise = target(), end = target();
  Reg mark = u_->top;
  Reg iterator = alloc();
  expr_to(s->iter, iterator);
  position(*s);
  emit(Op::GetAIter, iterator, iterator);
  bind_loop(again);
  Reg item = async_next(iterator, otherwise, *s);
  assign_to(s->target, item);
  u_->top = iterator + 1;
  Block loop{};
  loop.kind = Block::Loop;
  loop.on_break = &end;
  loop.on_continue = &again;
  u_->blocks.push_back(loop);
  body(s->body);
  u_->blocks.pop_back();
  jump_back(again);
  u_->top = mark;
  bind(otherwise);
  body(s->orelse);
  bind(end);
}

void Generator::break_(const Stmt* s) {
  for (size_t i = u_->blocks.size(); i-- > 0;) {
    if (u_->blocks[i].kind == Block::StarHandled) {
      fail(*s, "'break', 'continue' and 'return' cannot appear in an except* block");
    }
    if (u_->blocks[i].kind != Block::Loop) continue;
    Target* to = u_->blocks[i].on_break;
    mark_line(*s);
    std::vector<Block> left = leave_blocks(i + 1);
    jump(*to);
    reenter_blocks(left);
    return;
  }
  fail(*s, "'break' outside loop");
}

void Generator::continue_(const Stmt* s) {
  for (size_t i = u_->blocks.size(); i-- > 0;) {
    if (u_->blocks[i].kind == Block::StarHandled) {
      fail(*s, "'break', 'continue' and 'return' cannot appear in an except* block");
    }
    if (u_->blocks[i].kind != Block::Loop) continue;
    Target* to = u_->blocks[i].on_continue;
    bool ahead = u_->blocks[i].continues_ahead;
    mark_line(*s);
    std::vector<Block> left = leave_blocks(i + 1);
    if (ahead)
      jump(*to);
    else
      jump_back(*to);
    reenter_blocks(left);
    return;
  }
  fail(*s, "'continue' not properly in loop");
}

}  // namespace lisle::compiler

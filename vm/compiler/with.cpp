// with and async with.
#include "runtime/types/type.h"
#include "vm/compiler/generator.h"

namespace lisle::compiler {

using namespace ast;

// Calls the exit method of a with block, with the exception in a register or with three times None.
Reg Generator::call_exit(const Block& block, Reg exception) {
  Reg mark = u_->top;
  Reg window = open_window();
  move(window + 2, block.exit);
  Reg arguments = alloc(3);
  if (exception == kNoReg) {
    for (u32 i = 0; i < 3; ++i) load_constant(rt::Value::none(), arguments + i);
  } else {
    emit(Op::ExceptionTriple, arguments, exception);
  }
  call_window(mark, window, 3);
  u_->top = mark + 1;
  if (block.kind == Block::AsyncWith) {
    u_->top = mark;
    return await_value(mark, 2, kNoReg);
  }
  return mark;
}

void Generator::with(Seq<WithItem*> items, u32 index, Seq<Stmt*> statements, bool is_async, const Stmt* s) {
  if (index == items.size) return body(statements);
  WithItem* item = items[index];
  bc::Label raised = u_->emit.label(), again = u_->emit.label();
  Target end = target(), swallowed = target();
  Reg mark = u_->top;
  Reg exit = alloc(), exception = alloc(), saved = alloc();
  Reg inner = u_->top;

  Reg window = open_window();
  Reg manager = expr(item->context_expr);
  position(*s);
  // CPython looks both methods up before it calls the first.
  emit(Op::BindSpecial, window + 2, manager,
       static_cast<u32>(is_async ? rt::Special::AEnter : rt::Special::Enter));
  emit(Op::BindSpecial, exit, manager, static_cast<u32>(is_async ? rt::Special::AExit : rt::Special::Exit));
  u_->top = window + rt::kHeaderWords;
  call_window(inner, window, 0);
  u_->top = inner;
  Reg entered = is_async ? await_value(inner, 1, kNoReg) : alloc();

  BoundSet bound = u_->bound;
  Block& block = push_region(is_async ? Block::AsyncWith : Block::With, raised, exception);
  block.exit = exit;
  block.at = *s;
  Block left = block;
  if (item->optional_vars) assign_to(item->optional_vars, entered);
  u_->top = inner;
  with(items, index + 1, statements, is_async, s);
  pop_block();
  position(*s);
  call_exit(left, kNoReg);
  u_->top = inner;
  jump(end);

  bind_handler(raised, bound);
  position(*s);
  emit(Op::PushHandled, saved, exception);
  push_region(Block::Handled, again, exception).saved = saved;
  Reg answer = call_exit(left, exception);
  jump_if_true(answer, swallowed);
  pop_block();
  u_->emit.no_position();
  emit(Op::PopHandled, saved);
  emit(Op::Reraise, exception);
  u_->top = inner;
  bind(swallowed);
  emit(Op::PopHandled, saved);
  jump(end);
  cleanup(again, saved, kNoName, bound);
  u_->top = mark;
  bind(end);
}

}  // namespace lisle::compiler

// Constants, registers and closure cells.
#include "runtime/types/function.h"
#include "runtime/types/str.h"
#include "vm/interp/errors.h"
#include "vm/interp/handler.h"

namespace lisle::interp {

HANDLER(LoadConst) {
  reg(f, a_of(word)) = reinterpret_cast<Value*>(k)[wide_of(word)];
  NEXT(0);
}

HANDLER(LoadInt) {
  reg(f, a_of(word)) = Value::from_int(wide_of(word));
  NEXT(0);
}

HANDLER(LoadImmediate) {
  reg(f, a_of(word)) = Value::from_bits(b_of(word));
  NEXT(0);
}

HANDLER(Move) {
  reg(f, a_of(word)) = reg(f, b_of(word));
  NEXT(0);
}

SLOW_PATH(CheckLocal, discard, unbound_local(world(t), f, a_of(word)))
HANDLER(CheckLocal) {
  if (LISLE_LIKELY(!reg(f, a_of(word)).is_unbound())) NEXT(0);
  GO_SLOW(CheckLocal);
}

namespace {

// A text that AppendText let grow is final from now on.
Result settle(Value v) {
  if (auto* text = rt::as<rt::Str>(v); text && text->is_growing()) rt::str_settle(text);
  return Result::none();
}

}  // namespace

SLOW_PATH(Settle, discard, settle(reg(f, a_of(word))))
HANDLER(Settle) {
  Value v = reg(f, a_of(word));
  if (LISLE_UNLIKELY(rt::is_kind(v, rt::Kind::Str) && static_cast<rt::Str*>(v.object())->is_growing()))
    GO_SLOW(Settle);
  NEXT(0);
}

HANDLER(DeleteLocal) {
  if (LISLE_UNLIKELY(reg(f, a_of(word)).is_unbound())) SLOW(discard, unbound_local(world(t), f, a_of(word)));
  reg(f, a_of(word)) = Value::unbound();
  NEXT(0);
}

ASKING_HANDLER(MakeCell, store, Value::from(rt::new_cell(world(t), reg(f, a_of(word)))))

SLOW_PATH(LoadCell, discard, unbound_cell(world(t), f, c_of(word)))
HANDLER(LoadCell) {
  Value content = static_cast<rt::Cell*>(reg(f, b_of(word)).object())->content;
  if (LISLE_UNLIKELY(content.is_unbound())) GO_SLOW(LoadCell);
  reg(f, a_of(word)) = content;
  NEXT(0);
}

HANDLER(StoreCell) {
  auto* cell = static_cast<rt::Cell*>(reg(f, a_of(word)).object());
  cell->content = reg(f, b_of(word));
  world(t).heap.wrote(cell);
  NEXT(0);
}

HANDLER(DeleteCell) {
  auto* cell = static_cast<rt::Cell*>(reg(f, a_of(word)).object());
  if (LISLE_UNLIKELY(cell->content.is_unbound())) SLOW(discard, unbound_cell(world(t), f, b_of(word)));
  cell->content = Value::unbound();
  NEXT(0);
}

namespace {

inline rt::Cell* free_cell(Frame* f, u32 index) {
  return static_cast<rt::Cell*>(function_of(f)->closure->items[index].object());
}

}  // namespace

SLOW_PATH(LoadFree, discard, unbound_free(world(t), f, b_of(word)))
HANDLER(LoadFree) {
  Value content = free_cell(f, b_of(word))->content;
  if (LISLE_UNLIKELY(content.is_unbound())) GO_SLOW(LoadFree);
  reg(f, a_of(word)) = content;
  NEXT(0);
}

HANDLER(StoreFree) {
  rt::Cell* cell = free_cell(f, b_of(word));
  cell->content = reg(f, a_of(word));
  world(t).heap.wrote(cell);
  NEXT(0);
}

HANDLER(DeleteFree) {
  rt::Cell* cell = free_cell(f, a_of(word));
  if (LISLE_UNLIKELY(cell->content.is_unbound())) SLOW(discard, unbound_free(world(t), f, a_of(word)));
  cell->content = Value::unbound();
  NEXT(0);
}

HANDLER(FreeCell) {
  reg(f, a_of(word)) = Value::from(free_cell(f, b_of(word)));
  NEXT(0);
}

}  // namespace lisle::interp

// The stack machine of the pickle format: its stack with marks, and its memo. Every access is checked against
// what a damaged pickle may ask for.
#include <algorithm>
#include <cstring>

#include "runtime/image/unpickler.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

constexpr u64 kFirstItems = 32;

Array* grown(Runtime& rt, Array* old, u64 needed) {
  u64 capacity = old ? old->capacity : 0;
  Array* larger = new_array(rt, std::max({kFirstItems, capacity * 2, needed}));
  if (capacity) std::memcpy(larger->items, old->items, capacity * sizeof(Value));
  return larger;
}

u64 fence(const Unpickler& u) {
  return u.mark_count ? static_cast<u64>(u.marks->items[u.mark_count - 1].as_int()) : 0;
}

}  // namespace

void push(Runtime& rt, Unpickler& u, Value v) {
  if (LISLE_UNLIKELY(!u.stack || u.stack_size == u.stack->capacity)) {
    u.stack = grown(rt, u.stack, u.stack_size + 1);
    rt.heap.wrote(&u);
  }
  u.stack->items[u.stack_size++] = v;
  rt.heap.wrote(u.stack);
}

bool has_items(Runtime& rt, Unpickler& u, u64 count) {
  if (LISLE_LIKELY(u.stack_size >= fence(u) + count)) return true;
  (void)raise_pickle_error(rt, "UnpicklingError", "%s",
                           u.mark_count ? "unexpected MARK found" : "unpickling stack underflow");
  return false;
}

bool pop_mark(Runtime& rt, Unpickler& u, u64& at) {
  if (u.mark_count == 0) return refuse(rt, "could not find MARK"), false;
  at = fence(u);
  --u.mark_count;
  return true;
}

void push_mark(Runtime& rt, Unpickler& u) {
  if (!u.marks || u.mark_count == u.marks->capacity) {
    u.marks = grown(rt, u.marks, u.mark_count + 1);
    rt.heap.wrote(&u);
  }
  u.marks->items[u.mark_count++] = Value::from_int(static_cast<i64>(u.stack_size));
}

void pop_one(Runtime&, Unpickler& u) {
  if (u.mark_count && fence(u) == u.stack_size)
    --u.mark_count;
  else
    cut_stack(u, u.stack_size - 1);
}

void clear_stack(Unpickler& u) {
  u.stack_size = u.mark_count = 0;
  if (u.stack) std::fill(u.stack->items, u.stack->items + u.stack->capacity, Value());
}

void memo_put(Runtime& rt, Unpickler& u, u64 number, Value v) {
  u64 capacity = u.memo ? u.memo->capacity : 0;
  if (LISLE_UNLIKELY(number >= capacity)) {
    Array* larger = grown(rt, u.memo, number + 1);
    std::fill(larger->items + capacity, larger->items + larger->capacity, Value::unbound());
    u.memo = larger;
    rt.heap.wrote(&u);
  }
  if (u.memo->items[number].is_unbound()) ++u.memo_size;
  u.memo->items[number] = v;
  rt.heap.wrote(u.memo);
}

Value memo_get(const Unpickler& u, u64 number) {
  return u.memo && number < u.memo->capacity ? u.memo->items[number] : Value::unbound();
}

Step ask_call(Unpickler& u, Runtime& rt, Then then, Value callable, std::initializer_list<Value> args) {
  if (callable.is_unbound()) return Step::kRaised;
  u.then = then;
  u.ask_kind = kAskCall;
  u.ask_callable = callable;
  u.ask_count = static_cast<u32>(args.size());
  std::copy(args.begin(), args.end(), u.ask_args);
  rt.heap.wrote(&u);
  return Step::kAsk;
}

Step ask_helper(Unpickler& u, Runtime& rt, Then then, const char* name, std::initializer_list<Value> args) {
  return ask_call(u, rt, then, pickle_helper(rt, name), args);
}

Step ask_spread(Unpickler& u, Runtime& rt, Then then, Value callable, Value args) {
  u.then = then;
  u.ask_kind = kAskSpread;
  u.ask_callable = callable;
  u.ask_args[0] = args;
  rt.heap.wrote(&u);
  return Step::kAsk;
}

Step refuse(Runtime& rt, const char* text) {
  (void)raise_pickle_error(rt, "UnpicklingError", "%s", text);
  return Step::kRaised;
}

}  // namespace lisle::rt

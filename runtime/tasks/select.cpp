// See select.h.
#include "runtime/tasks/select.h"

#include "runtime/tasks/tasklet_calls.h"
#include "runtime/tasks/timers.h"
#include "runtime/types/list.h"

namespace lisle::rt {

SelectCase* new_select_case(Runtime& rt, Select& select, u32 number) {
  auto* one = rt.heap.allocate<SelectCase>(0);
  one->task_flags = kTaskletSelects;
  one->ring = select.tasklet->ring;
  one->handled = Value::none();
  one->select = &select;
  one->number = number;
  select.cases[number] = one;
  rt.heap.wrote(&select);
  return one;
}

void select_forget(Runtime& rt, Select& select, Tasklet& t) {
  for (u32 i = 0; i < select.count; ++i) {
    // Of a select that was pickled, some channels may not have come along.
    SelectCase* one = select.cases[i];
    if (one && one->waits_on) channel_remove(rt, *static_cast<Channel*>(one->waits_on), *one);
  }
  t.waits_on = nullptr;
  rt.heap.wrote(&t);
}

namespace {

Value outcome(Runtime& rt, i64 number, Value v) {
  Value pair[] = {Value::from_int(number), v};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// Puts a case for each wish into the queue of its channel.
Result wait_for_any(Runtime& rt, Frame& f, std::span<const SelectWish> wishes, i64 deadline) {
  Tasklet& current = *rt.thread.current;
  auto* waiting = rt.heap.allocate<Select>(0, wishes.size() * sizeof(SelectCase*));
  waiting->count = static_cast<u32>(wishes.size());
  waiting->tasklet = &current;
  for (u32 i = 0; i < waiting->count; ++i) {
    SelectCase* one = new_select_case(rt, *waiting, i);
    one->tempval = wishes[i].value;
  }
  TRY(block_current(rt, *waiting, deadline));
  rt.heap.wrote(&current);
  for (u32 i = 0; i < waiting->count; ++i)
    channel_append(rt, *wishes[i].channel, *waiting->cases[i], wishes[i].sends);
  if (deadline != kNoDeadline)
    limit_wait(rt, current, deadline, Expiry::kWake, outcome(rt, -1, Value::none()));
  deliver(rt, current, Value::none());
  return switch_to(rt, f, *leave_ring(rt));
}

}  // namespace

Value selected(Runtime& rt, Tasklet& partner, Value v) {
  if (!(partner.task_flags & kTaskletSelects)) return v;
  return outcome(rt, static_cast<SelectCase&>(partner).number, v);
}

Result select(Runtime& rt, Frame& f, std::span<const SelectWish> wishes, u32 first, i64 deadline) {
  u32 count = static_cast<u32>(wishes.size());
  for (u32 i = 0; i < count; ++i) {
    u32 number = (first + i) % count;
    const SelectWish& wish = wishes[number];
    if (!channel_ready(rt, *wish.channel, wish.sends)) continue;
    // The partner becomes runnable, and this tasklet goes on: it has to tell which case it was.
    Value got;
    if (wish.sends) {
      channel_hand_over(rt, *wish.channel, wish.value);
      got = Value::none();
    } else {
      got = TRY(channel_take(rt, *wish.channel));
    }
    return outcome(rt, number, got);
  }
  if (deadline == 0) return outcome(rt, -1, Value::none());
  return wait_for_any(rt, f, wishes, deadline);
}

}  // namespace lisle::rt

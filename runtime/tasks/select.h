// select(): a tasklet that waits on several channels at once. Each of them has one case of the select in its
// queue; whoever meets that case meets the tasklet, and all the other cases leave their queues.
#pragma once
#include "runtime/tasks/scheduler.h"

namespace lisle::rt {

// What stands in a channel's queue for a tasklet that selects. Its tempval is what it sends.
struct SelectCase : Tasklet {
  static constexpr Kind kKind = Kind::SelectCase;
  struct Select* select;
  u32 number;  // of the case, which the tasklet is told

  size_t byte_size() const { return sizeof(SelectCase); }
  template <class V>
  void visit(V&& v);
};

// What the tasklet is blocked on.
struct Select : Object {
  static constexpr Kind kKind = Kind::Select;
  Tasklet* tasklet;
  u32 count;
  SelectCase* cases[];

  size_t byte_size() const { return sizeof(Select) + count * sizeof(SelectCase*); }
  template <class V>
  void visit(V&& v) {
    v(tasklet);
    for (u32 i = 0; i < count; ++i) v(cases[i]);
  }
};

template <class V>
void SelectCase::visit(V&& v) {
  v(next);
  v(prev);
  v(tempval);
  v(waits_on);
  v(handled);
  v(select);
}

// The case `number` of a select, not in a queue yet.
SelectCase* new_select_case(Runtime& rt, Select& select, u32 number);
// Takes every case out of its channel.
void select_forget(Runtime& rt, Select& select, Tasklet& t);
// The tasklet that `t`, found in a queue, stands for.
inline Tasklet& tasklet_behind(Tasklet& t) {
  return t.task_flags & kTaskletSelects ? *static_cast<SelectCase&>(t).select->tasklet : t;
}

// What was asked of select(): for each case its channel and, if it sends, the value.
struct SelectWish {
  Channel* channel;
  Value value;
  bool sends;
};

// Does one of `wishes` at once, beginning with `first`, and yields (its number, the value received or None);
// waits until `deadline` for one when none can be done, or yields (-1, None) if it is zero.
Result select(Runtime& rt, Frame& f, std::span<const SelectWish> wishes, u32 first, i64 deadline);

}  // namespace lisle::rt

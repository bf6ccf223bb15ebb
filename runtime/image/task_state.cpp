// See task_state.h.
#include "runtime/image/task_state.h"

#include "runtime/hooks.h"
#include "runtime/image/pickler.h"
#include "runtime/image/revive.h"
#include "runtime/protocols/attribute.h"
#include "runtime/tasks/lock.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/select.h"
#include "runtime/tasks/timers.h"
#include "runtime/types/capsule.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/exception.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

bool number_in(Value v, i64 low, i64 high) {
  return v.is_int() && v.as_int() >= low && v.as_int() <= high;
}

Value list_as_tuple(Runtime& rt, const List& list) {
  return Value::from(new_tuple_from(rt, list.items ? list.items->items : nullptr, list.size));
}

// Attributes of an instance of a subclass, __slots__ members included; None when there are none.
Value own_attributes(Runtime& rt, Object* o) {
  Type* type = type_of(rt, Value::from(o));
  if (!type->is_heap) return Value::none();
  Dict* out = type->has_dict ? dict_copy(rt, *attribute_dict(rt, o)) : new_dict(rt);
  for (u64 i = 0; type->slot_total && i < type->mro->size; ++i) {
    u64 at = 0;
    Value key, value;
    while (dict_next(*to<Type>(type->mro->items[i])->dict, at, key, value)) {
      auto* member = as<Getset>(value);
      if (!member || !member->is_member()) continue;
      Value v = member_slot(rt, o, member->row);
      if (!v.is_unbound()) dict_set_str(rt, *out, member->name, v);
    }
  }
  return out->used ? Value::from(out) : Value::none();
}

// Fills attributes of instances of subclasses: a dict, or None.
Result fill_attributes(Runtime& rt, Object* o, Value attributes) {
  auto* dict = as<Dict>(attributes);
  Type* type = type_of(rt, Value::from(o));
  if (!dict) return attributes.is_none() ? Result::none() : damaged_state(rt, Value::from(o));
  u64 at = 0;
  Value key, value;
  while (dict_next(*dict, at, key, value)) {
    if (!is_str(key) || !type->is_heap) return damaged_state(rt, Value::from(o));
    Str* name = intern(rt, to<Str>(key));
    auto* member = as<Getset>(type_lookup(rt, type, name));
    if (member && member->is_member())
      set_member_slot(rt, o, member->row, value);
    else if (has_attribute_storage(rt, o))
      set_own_attribute(rt, o, name, value);
    else
      return damaged_state(rt, Value::from(o));
  }
  return Result::none();
}

// Of what the library knows about a tasklet, that which is still true of a copy.
constexpr const char* kTravelling[] = {"name", "site", "locals", "end"};

Value travelling_space(Runtime& rt, const Tasklet& t) {
  auto* space = t.details ? as<Dict>(t.details->space) : nullptr;
  if (!space) return Value::none();
  Dict* out = new_dict(rt);
  for (const char* name : kTravelling) {
    Value v = dict_get_str(rt, *space, intern(rt, name));
    if (!v.is_unbound()) dict_set_str(rt, *out, intern(rt, name), v);
  }
  return out->used ? Value::from(out) : Value::none();
}

Result fill_space(Runtime& rt, Tasklet& t, Value space) {
  if (space.is_none()) return Result::none();
  if (!is_kind(space, Kind::Dict)) return damaged_state(rt, Value::from(&t));
  Details& details = details_of(rt, t);
  details.space = space;
  rt.heap.wrote(&details);
  return Result::none();
}

}  // namespace

// --- tasklets

Result append_tasklet_state(Runtime& rt, Tasklet& t, List& out) {
  if (&t == rt.thread.current)
    return raise(rt, TypeId::RuntimeError, "You cannot __reduce__ the tasklet which is current.");
  for (Value v : {Value::from_int(t.task_flags & kTaskletSaved), t.tempval, t.handled, own_attributes(rt, &t),
                  travelling_space(rt, t)})
    list_append(rt, out, v);
  return rt.hooks->capture_frames(rt, t, out);
}

Result fill_tasklet(Runtime& rt, Tasklet& t, const std::vector<Value>& s) {
  constexpr u64 kFixed = 5;
  bool good = s.size() >= kFixed && t.task_flags & kTaskletUnfilled && s[0].is_int() &&
              !(static_cast<u64>(s[0].as_int()) & ~u64{kTaskletSaved}) && is_handled_exception(s[2]);
  u32 flags = good ? static_cast<u32>(s[0].as_int()) : 0;
  // Nobody sees a value that is none as the result of a switch.
  good = good && !s[1].is_unbound() && !s[1].is_exhausted();
  if (flags & (kTaskletRaise | kTaskletSendsException)) good = good && is_kind(s[1], Kind::Exception);
  if (!good) return damaged_state(rt, Value::from(&t));
  TRY(fill_attributes(rt, &t, s[3]));
  TRY(fill_space(rt, t, s[4]));
  t.top = nullptr;
  t.segment = nullptr;
  // A channel that was filled before it may have put it into its queue.
  t.task_flags = flags | (t.task_flags & (kTaskletReceiving | kTaskletSending));
  Result r = s.size() > kFixed ? rt.hooks->restore_frames(rt, t, s.data() + kFixed, s.size() - kFixed)
                               : Result::none();
  if (r.is_raised() || !t.top) {
    t.task_flags &= ~static_cast<u32>(kTaskletRaise | kTaskletSendsException);
    // What cannot run waits for nobody.
    stop_waiting(rt, t);
    if (t.in_ring()) ring_remove(rt, t);
  }
  if (r.is_raised()) return r;
  t.tempval = s[1];
  t.handled = s[2].is_unbound() ? Value::none() : s[2];
  rt.heap.wrote(&t);
  return Result::none();
}

// --- channels

namespace {

enum ChannelFlags : u64 { kScheduleAll = 1, kClosing = 2, kSenders = 4 };

// The capacity of a buffer and what lies in it; None when there is none.
Value buffer_state(Runtime& rt, const Channel& c) {
  if (!c.buffer) return Value::none();
  const ChannelBuffer& b = *c.buffer;
  Tuple* out = new_tuple(rt, b.count + 1);
  out->items[0] = Value::from_int(b.capacity);
  for (u32 i = 0; i < b.count; ++i) out->items[i + 1] = b.items[(b.start + i) % b.capacity];
  rt.heap.wrote(out);
  return Value::from(out);
}

bool is_buffer_state(Value v) {
  constexpr i64 kMost = i64{1} << 28;
  auto* items = as<Tuple>(v);
  return v.is_none() || (items && items->size && number_in(items->items[0], 1, kMost) &&
                         static_cast<i64>(items->size) - 1 <= items->items[0].as_int());
}

void fill_buffer(Runtime& rt, Channel& c, Value state) {
  auto* items = as<Tuple>(state);
  if (!items) return;
  u64 capacity = static_cast<u64>(items->items[0].as_int());
  auto* buffer = rt.heap.allocate<ChannelBuffer>(0, capacity * sizeof(Value));
  buffer->capacity = static_cast<u32>(capacity);
  buffer->count = static_cast<u32>(items->size - 1);
  std::copy(items->items + 1, items->items + items->size, buffer->items);
  c.buffer = buffer;
  rt.heap.wrote(&c);
}

// One that waits: a tasklet, or (tasklet, number, count, value) for the case of a select().
Value waiter_state(Runtime& rt, Tasklet& waiting) {
  if (!(waiting.task_flags & kTaskletSelects)) return Value::from(&waiting);
  auto& one = static_cast<SelectCase&>(waiting);
  Value items[] = {Value::from(one.select->tasklet), Value::from_int(one.number),
                   Value::from_int(one.select->count), one.tempval};
  return Value::from(new_tuple_from(rt, items, 4));
}

// Could `v` be put into a queue as one that waits? A select() may wait in other queues already.
bool is_waiter(Runtime& rt, Value v) {
  auto* one = as<Tuple>(v);
  if (one && one->size != 4) return false;
  auto* t = as<Tasklet>(one ? one->items[0] : v);
  bool idle = t && t->top && !t->next && t != rt.thread.current && t->task_flags & kTaskletStarted &&
              !(t->task_flags & (kTaskletReceiving | kTaskletSending | kTaskletMain));
  if (!idle) return false;
  if (!one) return !t->waits_on;
  constexpr i64 kMostCases = 1 << 20;
  if (!number_in(one->items[2], 1, kMostCases) || !number_in(one->items[1], 0, one->items[2].as_int() - 1))
    return false;
  if (!t->waits_on) return true;
  if (t->waits_on->kind != Kind::Select) return false;
  auto& select = *static_cast<Select*>(t->waits_on);
  return select.count == one->items[2].as_int() && !select.cases[one->items[1].as_int()];
}

void add_waiter(Runtime& rt, Channel& c, Value v, bool sending) {
  auto* state = as<Tuple>(v);
  if (!state) return channel_append(rt, c, *to<Tasklet>(v), sending);
  auto* t = to<Tasklet>(state->items[0]);
  auto* select = static_cast<Select*>(t->waits_on);
  if (!select) {
    u64 count = static_cast<u64>(state->items[2].as_int());
    select = rt.heap.allocate<Select>(0, count * sizeof(SelectCase*));
    select->count = static_cast<u32>(count);
    select->tasklet = t;
    t->waits_on = select;
    rt.heap.wrote(t);
  }
  SelectCase* one = new_select_case(rt, *select, static_cast<u32>(state->items[1].as_int()));
  one->tempval = state->items[3];
  channel_append(rt, c, *one, sending);
}

}  // namespace

void append_channel_state(Runtime& rt, Channel& c, List& out) {
  u64 flags =
      (c.schedule_all ? kScheduleAll : 0u) | (c.closing ? kClosing : 0u) | (c.balance > 0 ? kSenders : 0u);
  for (Value v : {Value::from_int(c.preference), Value::from_int(static_cast<i64>(flags)),
                  own_attributes(rt, &c), buffer_state(rt, c)})
    list_append(rt, out, v);
  for (Tasklet* t = c.first; t; t = t->next) list_append(rt, out, waiter_state(rt, *t));
}

Result fill_channel(Runtime& rt, Channel& c, const std::vector<Value>& s) {
  constexpr u64 kFixed = 4;
  bool good = s.size() >= kFixed && number_in(s[0], -1, 1) && number_in(s[1], 0, 7) &&
              is_buffer_state(s[3]) && !c.first && !c.buffer;
  if (!good) return damaged_state(rt, Value::from(&c));
  TRY(fill_attributes(rt, &c, s[2]));
  u64 flags = static_cast<u64>(s[1].as_int());
  c.preference = static_cast<i8>(s[0].as_int());
  c.schedule_all = flags & kScheduleAll;
  c.closing = flags & kClosing;
  fill_buffer(rt, c, s[3]);
  for (u64 i = kFixed; i < s.size(); ++i) {
    if (!is_waiter(rt, s[i])) return damaged_state(rt, Value::from(&c));
    add_waiter(rt, c, s[i], flags & kSenders);
  }
  return Result::none();
}

// --- locks

void append_lock_state(Runtime& rt, Lock& lock, List& out) {
  list_append(rt, out, lock.owner ? Value::from(lock.owner) : Value::none());
  list_append(rt, out, Value::from_int(static_cast<i64>(lock.count)));
  for (Tasklet* t = lock.first; t; t = t->next) list_append(rt, out, Value::from(t));
}

Result fill_lock(Runtime& rt, Lock& lock, const std::vector<Value>& s) {
  constexpr u64 kFixed = 2;
  bool good = s.size() >= kFixed && (s[0].is_none() || is_kind(s[0], Kind::Tasklet)) &&
              number_in(s[1], 0, kSmallIntMax) && s[0].is_none() == (s[1].as_int() == 0) && !lock.owner &&
              !lock.first;
  if (!good || (s[0].is_none() && s.size() > kFixed)) return damaged_state(rt, Value::from(&lock));
  lock.owner = as<Tasklet>(s[0]);
  lock.count = static_cast<u64>(s[1].as_int());
  rt.heap.wrote(&lock);
  for (u64 i = kFixed; i < s.size(); ++i) {
    if (!is_kind(s[i], Kind::Tasklet) || !is_waiter(rt, s[i])) return damaged_state(rt, Value::from(&lock));
    to<Tasklet>(s[i])->waits_on = &lock;
    lock_append(rt, lock, *to<Tasklet>(s[i]));
  }
  return Result::none();
}

// --- the methods of both

namespace {

// (function that makes one, (class,), state)
Value reduced(Runtime& rt, const char* maker, Value self, Value state) {
  Value cls = Value::from(type_of(rt, self));
  Value items[] = {revive_maker(rt, maker), Value::from(new_tuple_from(rt, &cls, 1)), state};
  return Value::from(new_tuple_from(rt, items, 3));
}

// What the library adds to the state that Stackless gives: absent when there is nothing of it.
void append_own(Runtime& rt, List& out, Value attributes, Value other) {
  if (attributes.is_none() && other.is_none()) return;
  list_append(rt, out, attributes);
  list_append(rt, out, other);
}

std::vector<Value> items_of(Value state) {
  auto* items = to<Tuple>(state);
  return {items->items, items->items + items->size};
}

}  // namespace

// The state is (flags, tempval, nesting level, [frames], type, value, traceback of the handled exception,
// None), and (attributes, what the library knows) at the end where there is something of that.
Result tasklet_reduce(Runtime& rt, Frame& f) {
  Tasklet& t = *to<Tasklet>(f[0]);
  List* own = new_list(rt, 32);
  TRY(append_tasklet_state(rt, t, *own));
  constexpr u64 kFixed = 5;
  Value* items = own->items->items;
  List* frames = new_list(rt);
  if (own->size > kFixed) {
    auto* capsule = rt.make<Capsule>(TypeId::TaskletFrames);
    for (Value& value : capsule->values) value = Value::none();
    capsule->values[0] = Value::from(new_tuple_from(rt, items + kFixed, own->size - kFixed));
    list_append(rt, *frames, Value::from(capsule));
  }
  auto* handled = as<Exception>(items[2]);
  List* out = new_list(rt, 10);
  for (Value v :
       {items[0], items[1], Value::from_int(0), Value::from(frames),
        handled ? Value::from(type_of(rt, items[2])) : Value::none(), handled ? items[2] : Value::none(),
        handled ? handled->traceback : Value::none(), Value::none()})
    list_append(rt, *out, v);
  append_own(rt, *out, items[3], items[4]);
  return reduced(rt, "tasklet", f[0], list_as_tuple(rt, *out));
}

Result tasklet_set_state(Runtime& rt, Frame& f) {
  Tasklet& t = *to<Tasklet>(f[0]);
  bool made = t.task_flags & kTaskletUnfilled;
  if (&t == rt.thread.current || (!made && (t.top || t.next || t.waits_on)))
    return raise(rt, TypeId::RuntimeError, "tasklet is alive");
  if (!is_kind(f[1], Kind::Tuple)) return damaged_state(rt, f[0]);
  std::vector<Value> given = items_of(f[1]);
  auto* frames = given.size() == 8 || given.size() == 10 ? as<List>(given[3]) : nullptr;
  if (!frames || frames->size > 1) return damaged_state(rt, f[0]);
  std::vector<Value> state = {given[0], given[1], given[5], Value::none(), Value::none()};
  if (given.size() == 10) {
    state[3] = given[8];
    state[4] = given[9];
  }
  if (frames->size) {
    Value* held = as_frames_of_tasklet(rt, frames->items->items[0]);
    if (!held) return damaged_state(rt, f[0]);
    std::vector<Value> captured = without_marks(rt, *to<Tuple>(*held));
    state.insert(state.end(), captured.begin(), captured.end());
  }
  t.task_flags |= kTaskletUnfilled;
  TRY(fill_tasklet(rt, t, state));
  return f[0];
}

// The state is (balance, flags, [tasklets]), and (attributes, buffer) where there is something of that. The
// flags hold closing, two bits of preference, and schedule_all.
Result channel_reduce(Runtime& rt, Frame& f) {
  Channel& c = *to<Channel>(f[0]);
  List* waiting = new_list(rt);
  for (Tasklet* t = c.first; t; t = t->next) list_append(rt, *waiting, waiter_state(rt, *t));
  i64 flags = i64{c.closing} | (c.preference & 3) << 1 | i64{c.schedule_all} << 3;
  List* out = new_list(rt, 5);
  for (Value v : {Value::from_int(c.balance), Value::from_int(flags), Value::from(waiting)})
    list_append(rt, *out, v);
  append_own(rt, *out, own_attributes(rt, &c), buffer_state(rt, c));
  return reduced(rt, "channel", f[0], list_as_tuple(rt, *out));
}

Result channel_set_state(Runtime& rt, Frame& f) {
  if (!is_kind(f[1], Kind::Tuple)) return damaged_state(rt, f[0]);
  std::vector<Value> given = items_of(f[1]);
  bool good = (given.size() == 3 || given.size() == 5) && given[0].is_int() && number_in(given[1], 0, 15) &&
              is_kind(given[2], Kind::List);
  if (!good) return damaged_state(rt, f[0]);
  i64 flags = given[1].as_int();
  constexpr i64 kPreferences[] = {0, 1, 1, -1};
  u64 own_flags =
      (flags & 8 ? kScheduleAll : 0u) | (flags & 1 ? kClosing : 0u) | (given[0].as_int() > 0 ? kSenders : 0u);
  std::vector<Value> state = {Value::from_int(kPreferences[flags >> 1 & 3]),
                              Value::from_int(static_cast<i64>(own_flags)), Value::none(), Value::none()};
  if (given.size() == 5) {
    state[2] = given[3];
    state[3] = given[4];
  }
  auto* waiting = to<List>(given[2]);
  for (u64 i = 0; i < waiting->size; ++i) state.push_back(waiting->items->items[i]);
  TRY(fill_channel(rt, *to<Channel>(f[0]), state));
  return f[0];
}

extern const TypeSpec kTaskletFramesType{"frames",
                                         "stackless",
                                         "The frames of a tasklet, for another one.",
                                         TypeId::Object,
                                         Kind::Capsule,
                                         kTypeNoNew | kTypeHidden | kTypeFinal,
                                         {},
                                         {}};

}  // namespace lisle::rt

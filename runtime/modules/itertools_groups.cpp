// The itertools module: groupby and tee, whose iterators share their source.
//
//   GroupBy  source: iterator; a: key function or None; b: List of the state values named below
//   Grouper  source: the GroupBy; a: key of the group
//   Tee      source: the shared iterator; a: node. A node is a List: empty until its item is known, then
//   [item, next node]
#include "runtime/modules/itertools_common.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/class_getitem.h"

namespace lisle::rt {

namespace {

// The state of a groupby: the key of the group given out last, key and value of the item read last, the live
// group.
enum State : u8 { kTargetKey, kCurrentKey, kCurrentValue, kLiveGroup, kStates };

Value& state(Value group_by, State which) {
  return to<List>(to<Iterator>(group_by)->b)->items->items[which];
}
void set_state(Runtime& rt, Value group_by, State which, Value v) {
  state(group_by, which) = v;
  rt.heap.wrote(to<List>(to<Iterator>(group_by)->b)->items);
}

}  // namespace

Result group_by_next(Runtime& rt, Frame& f, Iterator& it) {
  return enter_step(rt, f, Internal::GroupByStep, it);
}

// Reads the next item of groupby f[0] into its state. Yields exhausted at the end. f[2] the item.
// Steps 10 to 12 of both machines below.
#define READ_ITEM(group_by, end)                               \
  AWAIT(10, next(rt, f, to<Iterator>(group_by)->source));      \
  if (r.value().is_exhausted()) return end;                    \
  f[2] = r.value();                                            \
  if (!to<Iterator>(group_by)->a.is_none()) {                  \
    AWAIT(11, call(rt, f, to<Iterator>(group_by)->a, {f[2]})); \
  }                                                            \
  set_state(rt, group_by, kCurrentKey, r.value());             \
  set_state(rt, group_by, kCurrentValue, f[2]);

// groupby → (key, group) or exhausted.
Result group_by_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      set_state(rt, f[0], kLiveGroup, Value::none());
      for (;;) {
        if (!state(f[0], kCurrentKey).is_unbound()) {
          if (state(f[0], kTargetKey).is_unbound()) break;
          AWAIT(1, equal(rt, f, state(f[0], kTargetKey), state(f[0], kCurrentKey)));
          if (r.value().is_false()) break;
        }
        READ_ITEM(f[0], r)
      }
      set_state(rt, f[0], kTargetKey, state(f[0], kCurrentKey));
      Iterator* group = new_iterator(rt, TypeId::Grouper, f[0], state(f[0], kTargetKey));
      set_state(rt, f[0], kLiveGroup, Value::from(group));
      Value pair[] = {state(f[0], kCurrentKey), Value::from(group)};
      return Value::from(new_tuple_from(rt, pair, 2));
  }
  LISLE_UNREACHABLE();
}

Result grouper_next(Runtime& rt, Frame& f, Iterator& it) {
  if (state(it.source, kLiveGroup) != Value::from(&it)) return Value::exhausted();
  return call_internal(rt, f, Internal::GrouperStep, {it.source, Value::from(&it)});
}

// groupby, group → item or exhausted.
Result grouper_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (state(f[0], kCurrentValue).is_unbound()) {
        READ_ITEM(f[0], r)
      }
      AWAIT(1, equal(rt, f, to<Iterator>(f[1])->a, state(f[0], kCurrentKey)));
      if (r.value().is_false()) return Value::exhausted();
      r = state(f[0], kCurrentValue);
      set_state(rt, f[0], kCurrentValue, Value::unbound());
      return r;
  }
  LISLE_UNREACHABLE();
}
#undef READ_ITEM

namespace {

// type, iterable, key
Result group_by_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[1]));
      List* state = new_list(rt, kStates);
      for (u8 i = 0; i < kStates; ++i) list_append(rt, *state, Value::unbound());
      Value key = f[2].is_unbound() ? Value::none() : f[2];
      return Value::from(new_iterator_of(rt, f[0], TypeId::GroupBy, r.value(), key, Value::from(state)));
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// --- tee
// -----------------------------------------------------------------------------------------------------------------

namespace {

// Gives out the item of the tee's node and moves on. A pickle may have handed nodes to a program that has
// changed them: such a tee has ended.
Value take_node(Runtime& rt, Iterator& it) {
  const List& node = *to<List>(it.a);
  if (node.size != 2 || !is_kind(node.items->items[1], Kind::List)) return Value::exhausted();
  it.a = node.items->items[1];
  rt.heap.wrote(&it);
  return node.items->items[0];
}

}  // namespace

Result tee_next(Runtime& rt, Frame& f, Iterator& it) {
  if (to<List>(it.a)->size) return take_node(rt, it);
  return enter_step(rt, f, Internal::TeeStep, it);
}

// tee → item or exhausted. f[1] the node that was the last one.
Result tee_step_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[1] = to<Iterator>(f[0])->a;
      AWAIT(1, next(rt, f, to<Iterator>(f[0])->source));
      if (r.value().is_exhausted()) return r;
      // While the source was asked another tee may have read on: the item goes behind what is known by now.
      while (to<List>(f[1])->size) {
        f[1] = to<List>(f[1])->items->items[to<List>(f[1])->size - 1];
        if (!is_kind(f[1], Kind::List)) return Value::exhausted();
      }
      list_append(rt, *to<List>(f[1]), r.value());
      list_append(rt, *to<List>(f[1]), Value::from(new_list(rt)));
      return take_node(rt, *to<Iterator>(f[0]));
  }
  LISLE_UNREACHABLE();
}

namespace {

Value new_tee(Runtime& rt, Value source, Value node) {
  return Value::from(new_iterator(rt, TypeId::Tee, source, node));
}

Result tee_copy(Runtime& rt, Frame& f) {
  return new_tee(rt, to<Iterator>(f[0])->source, to<Iterator>(f[0])->a);
}

// type, iterable
Result tee_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[1]));
      if (type_of(rt, r.value()) == rt.type(TypeId::Tee)) {
        return new_tee(rt, to<Iterator>(r.value())->source, to<Iterator>(r.value())->a);
      }
      return new_tee(rt, r.value(), Value::from(new_list(rt)));
  }
  LISLE_UNREACHABLE();
}

// iterable, n → tuple of iterators. f[2] the count.
Result tee(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = Value::from_int(2);
      if (!f[1].is_unbound()) {
        AWAIT(1, to_index(rt, f, f[1]));
        f[2] = r.value();
      }
      if (int_is_negative(f[2])) return raise(rt, TypeId::ValueError, "n must be >= 0");
      if (!f[2].is_int() || f[2].as_int() > (1 << 24)) return raise(rt, TypeId::MemoryError, "");
      AWAIT(2, iter(rt, f, f[0]));
      u64 count = static_cast<u64>(f[2].as_int());
      bool is_tee = type_of(rt, r.value()) == rt.type(TypeId::Tee);
      Value source = is_tee ? to<Iterator>(r.value())->source : r.value();
      Value node = is_tee ? to<Iterator>(r.value())->a : Value::from(new_list(rt));
      Tuple* all = new_tuple(rt, count);
      for (u64 i = 0; i < count; ++i) {
        all->items[i] = i == 0 && is_tee ? r.value() : new_tee(rt, source, node);
        rt.heap.wrote(all);
      }
      return Value::from(all);
  }
  LISLE_UNREACHABLE();
}

constexpr NativeSpec kFunctions[] = {
    {"tee", tee, "(iterable, n=2, /)", "Return n independent iterators over one iterable.", 3}};

constexpr NativeSpec kGroupByMethods[] = {
    {"__new__", group_by_new, "(cls, iterable, key=None)", nullptr, 3, kStatic},
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_steps, "(self, /)", nullptr, 2},
};
constexpr NativeSpec kGrouperMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_steps, "(self, /)", nullptr, 2},
};
constexpr NativeSpec kTeeMethods[] = {
    {"__new__", tee_new, "(cls, iterable, /)", nullptr, 2, kStatic},
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_steps, "(self, /)", nullptr, 2},
    {"__copy__", tee_copy, "(self, /)", "Return an independent iterator from the same place."},
};

}  // namespace

std::span<const NativeSpec> itertools_group_functions() {
  return kFunctions;
}

extern const TypeSpec kGroupByType{"groupby",
                                   "itertools",
                                   "Pairs of a key and an iterator over the consecutive items that have it.",
                                   TypeId::Object,
                                   Kind::Iterator,
                                   kTypeHidden,
                                   kGroupByMethods,
                                   {}};
extern const TypeSpec kGrouperType{"_grouper",      "itertools",
                                   nullptr,         TypeId::Object,
                                   Kind::Iterator,  kTypeHidden | kTypeFinal | kTypeNoNew,
                                   kGrouperMethods, {}};
extern const TypeSpec kTeeType{"_tee",
                               "itertools",
                               "An iterator that can be copied.",
                               TypeId::Object,
                               Kind::Iterator,
                               kTypeHidden | kTypeFinal,
                               kTeeMethods,
                               {}};

}  // namespace lisle::rt

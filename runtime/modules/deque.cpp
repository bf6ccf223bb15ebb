// The module _deque: collections.deque and its iterators.
//
//   DequeIterator, DequeReverseIterator   source: the deque; a: index of the next item; b: the deque's change
//   count at
//                                         the start
#include <algorithm>
#include <utility>

#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/repr_guard.h"
#include "runtime/support/text.h"
#include "runtime/types/class_getitem.h"
#include "runtime/types/deque.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/sequence_compare.h"

namespace lisle::rt {

namespace {

constexpr u64 kFirstCapacity = 8;

Deque& self(Frame& f) {
  return *to<Deque>(f[0]);
}
bool is_deque(Value v) {
  return is_kind(v, Kind::Deque);
}

void changed(Deque& d) {
  d.changes += 4;
}
Value changes_of(const Deque& d) {
  return Value::from_bits(d.changes);
}

void reserve(Runtime& rt, Deque& d, u64 size) {
  u64 capacity = d.ring ? d.ring->capacity : 0;
  if (size <= capacity) return;
  u64 wanted = std::max(capacity, kFirstCapacity);
  while (wanted < size) wanted *= 2;
  Array* ring = new_array(rt, wanted);
  for (u64 i = 0; i < d.size; ++i) ring->items[i] = d.at(i);
  d.ring = ring;
  d.start = 0;
  rt.heap.wrote(ring);
  rt.heap.wrote(&d);
}

Value take_left(Deque& d) {
  Value item = std::exchange(d.at(0), Value());
  d.start = d.place(1);
  --d.size;
  changed(d);
  return item;
}

Value take_right(Deque& d) {
  Value item = std::exchange(d.at(d.size - 1), Value());
  --d.size;
  changed(d);
  return item;
}

bool is_full(const Deque& d) {
  return d.limit >= 0 && static_cast<i64>(d.size) >= d.limit;
}

void push_right(Runtime& rt, Deque& d, Value v) {
  if (d.limit == 0) return;
  if (is_full(d)) take_left(d);
  reserve(rt, d, d.size + 1);
  d.at(d.size++) = v;
  changed(d);
  rt.heap.wrote(d.ring);
}

void push_left(Runtime& rt, Deque& d, Value v) {
  if (d.limit == 0) return;
  if (is_full(d)) take_right(d);
  reserve(rt, d, d.size + 1);
  d.start = (d.start + d.ring->capacity - 1) & (d.ring->capacity - 1);
  ++d.size;
  d.at(0) = v;
  changed(d);
  rt.heap.wrote(d.ring);
}

void empty(Deque& d) {
  d.ring = nullptr;
  d.start = d.size = 0;
  changed(d);
}

// The items as a list, for everything that need not be quick.
List* items_of(Runtime& rt, const Deque& d) {
  List* list = new_list(rt, d.size);
  for (u64 i = 0; i < d.size; ++i) list_append(rt, *list, d.at(i));
  return list;
}

void fill_from(Runtime& rt, Deque& d, const List& list) {
  for (u64 i = 0; i < list.size; ++i) push_right(rt, d, list.items->items[i]);
}

// --- making
// --------------------------------------------------------------------------------------------------------------

Deque* new_deque(Runtime& rt, Type* type, i64 limit) {
  Deque* d = new_instance_of<Deque>(rt, type);
  d->limit = limit;
  return d;
}

Result deque_new(Runtime& rt, Frame& f) {
  return Value::from(new_deque(rt, to<Type>(f[0]), -1));
}

// self, iterable, maxlen
Result init(Runtime& rt, Frame& f) {
  i64 limit = -1;
  if (!f[2].is_unbound() && !f[2].is_none()) {
    if (!is_int_like(f[2])) return raise(rt, TypeId::TypeError, "an integer is required");
    if (int_is_negative(f[2])) return raise(rt, TypeId::ValueError, "maxlen must be non-negative");
    if (!int_to_i64(f[2], limit)) {
      return raise(rt, TypeId::OverflowError, "Python int too large to convert to C ssize_t");
    }
  }
  self(f).limit = limit;
  if (self(f).size) empty(self(f));
  if (f[1].is_unbound()) return Result::none();
  return call_internal(rt, f, Internal::DequeExtend, {f[0], f[1]});
}

// A deque like `d` with the same limit; subclasses are asked to make one of their own.
Deque* plain_copy(Runtime& rt, const Deque& d) {
  Deque* copy = new_deque(rt, rt.type(TypeId::Deque), d.limit);
  for (u64 i = 0; i < d.size; ++i) push_right(rt, *copy, d.at(i));
  return copy;
}

Result copy(Runtime& rt, Frame& f) {
  Deque& d = self(f);
  if (d.shape == rt.shape_of(TypeId::Deque)) return Value::from(plain_copy(rt, d));
  Value type = Value::from(type_of(rt, f[0]));
  if (d.limit < 0) return call(rt, f, type, {f[0]});
  return call(rt, f, type, {f[0], Value::from_int(d.limit)});
}

// --- ends
// ----------------------------------------------------------------------------------------------------------------

Result append(Runtime& rt, Frame& f) {
  push_right(rt, self(f), f[1]);
  return Result::none();
}

Result append_left(Runtime& rt, Frame& f) {
  push_left(rt, self(f), f[1]);
  return Result::none();
}

Result pop(Runtime& rt, Frame& f) {
  if (self(f).size == 0) return raise(rt, TypeId::IndexError, "pop from an empty deque");
  return take_right(self(f));
}

Result pop_left(Runtime& rt, Frame& f) {
  if (self(f).size == 0) return raise(rt, TypeId::IndexError, "pop from an empty deque");
  return take_left(self(f));
}

Result extend(Runtime& rt, Frame& f) {
  return call_internal(rt, f, Internal::DequeExtend, {f[0], f[1]});
}

// self, iterable. f[2] iterator.
Result extend_left(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      // A deque that is extended by itself is copied first.
      AWAIT(1, f[1] == f[0] ? Result(Value::from(items_of(rt, self(f)))) : Result(f[1]));
      AWAIT(2, iter(rt, f, r.value()));
      f[2] = r.value();
      for (;;) {
        AWAIT(3, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::none();
        push_left(rt, self(f), r.value());
      }
  }
  LISLE_UNREACHABLE();
}

Result clear(Runtime&, Frame& f) {
  empty(self(f));
  return Result::none();
}

// --- places
// --------------------------------------------------------------------------------------------------------------

Result index_too_large(Runtime& rt) {
  return raise(rt, TypeId::IndexError, "cannot fit 'int' into an index-sized integer");
}

// The place that an int index names; raises IndexError. None on success.
Result find_place(Runtime& rt, const Deque& d, Value key, u64& place) {
  i64 index;
  if (!int_to_i64(key, index)) return index_too_large(rt);
  if (index < 0) index += static_cast<i64>(d.size);
  if (index < 0 || index >= static_cast<i64>(d.size)) {
    return raise(rt, TypeId::IndexError, "deque index out of range");
  }
  place = static_cast<u64>(index);
  return Result::none();
}

Result index_of_key(Runtime& rt, Frame& f, Value key) {
  if (is_int_like(key)) return key;
  if (has_special(rt, key, Special::Index)) return to_index(rt, f, key);
  return raise(rt, TypeId::TypeError, "sequence index must be integer, not '%s'", type_name(rt, key));
}

// self, key
Result getitem(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, index_of_key(rt, f, f[1]));
      u64 place;
      TRY(find_place(rt, self(f), r.value(), place));
      return self(f).at(place);
  }
  LISLE_UNREACHABLE();
}

// self, key, value
Result setitem(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, index_of_key(rt, f, f[1]));
      u64 place;
      TRY(find_place(rt, self(f), r.value(), place));
      self(f).at(place) = f[2];
      rt.heap.wrote(self(f).ring);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

void remove_at(Runtime& rt, Deque& d, u64 place) {
  if (place < d.size / 2) {
    for (u64 i = place; i > 0; --i) d.at(i) = d.at(i - 1);
    take_left(d);
  } else {
    for (u64 i = place; i + 1 < d.size; ++i) d.at(i) = d.at(i + 1);
    take_right(d);
  }
  if (d.ring) rt.heap.wrote(d.ring);
}

Result delitem(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, index_of_key(rt, f, f[1]));
      u64 place;
      TRY(find_place(rt, self(f), r.value(), place));
      remove_at(rt, self(f), place);
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// self, index, item
Result insert(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, to_index(rt, f, f[1]));
      Deque& d = self(f);
      i64 index, size = static_cast<i64>(d.size);
      if (!int_to_i64(r.value(), index)) return index_too_large(rt);
      if (is_full(d)) return raise(rt, TypeId::IndexError, "deque already at its maximum size");
      if (index < 0) index = std::max<i64>(index + size, 0);
      index = std::min(index, size);
      push_right(rt, d, f[2]);
      for (i64 i = size; i > index; --i) d.at(static_cast<u64>(i)) = d.at(static_cast<u64>(i - 1));
      d.at(static_cast<u64>(index)) = f[2];
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// self, n
Result rotate(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, f[1].is_unbound() ? Result(Value::from_int(1)) : to_index(rt, f, f[1]));
      Deque& d = self(f);
      i64 n, size = static_cast<i64>(d.size);
      if (!int_to_i64(r.value(), n)) {
        return raise(rt, TypeId::OverflowError, "Python int too large to convert to C ssize_t");
      }
      if (size < 2) return Result::none();
      n = ((n % size) + size) % size;
      if (n <= size / 2) {
        for (; n > 0; --n) push_left(rt, d, take_right(d));
      } else {
        for (n = size - n; n > 0; --n) push_right(rt, d, take_left(d));
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result reverse(Runtime& rt, Frame& f) {
  Deque& d = self(f);
  for (u64 i = 0, j = d.size; i + 1 < j; ++i) std::swap(d.at(i), d.at(--j));
  if (d.ring) rt.heap.wrote(d.ring);
  changed(d);
  return Result::none();
}

// --- searching
// -----------------------------------------------------------------------------------------------------------

Result mutated(Runtime& rt) {
  return raise(rt, TypeId::RuntimeError, "deque mutated during iteration");
}

Value number(u64 n) {
  return Value::from_int(static_cast<i64>(n));
}

// self, item → index of the first equal item of [start, stop) or -1. f[2] start, f[3] stop, f[4] the change
// count.
Result find(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[4] = changes_of(self(f));
      for (; f[2].as_int() < std::min(f[3].as_int(), static_cast<i64>(self(f).size));
           f[2] = number(f[2].as_int() + 1)) {
        AWAIT(1, equal(rt, f, self(f).at(static_cast<u64>(f[2].as_int())), f[1]));
        if (f[4] != changes_of(self(f))) return mutated(rt);
        if (r.value().is_true()) return f[2];
      }
      return Value::from_int(-1);
  }
  LISLE_UNREACHABLE();
}

constexpr i64 kNoStop = i64{1} << 60;

Result find_from(Runtime& rt, Frame& f, i64 start, i64 stop) {
  return call_internal(rt, f, Internal::DequeFind,
                       {f[0], f[1], Value::from_int(start), Value::from_int(stop)});
}

// self, item
Result contains_item(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, find_from(rt, f, 0, kNoStop));
      return Result::boolean(r.value().as_int() >= 0);
  }
  LISLE_UNREACHABLE();
}

// self, item. f[2] count, f[3] place to go on from.
Result count(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (f[2] = f[3] = Value::from_int(0);;) {
        AWAIT(1, find_from(rt, f, f[3].as_int(), kNoStop));
        if (r.value().as_int() < 0) return f[2];
        f[2] = Value::from_int(f[2].as_int() + 1);
        f[3] = Value::from_int(r.value().as_int() + 1);
      }
  }
  LISLE_UNREACHABLE();
}

Result not_in_deque(Runtime& rt, Value text) {
  TextBuffer buffer;
  return raise(rt, TypeId::ValueError, "%s is not in deque", str_utf8(to<Str>(text), buffer).data());
}

// self, item
Result remove(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, find_from(rt, f, 0, kNoStop));
      if (r.value().as_int() >= 0) {
        remove_at(rt, self(f), static_cast<u64>(r.value().as_int()));
        return Result::none();
      }
      AWAIT(2, to_repr(rt, f, f[1]));
      return not_in_deque(rt, r.value());
  }
  LISLE_UNREACHABLE();
}

i64 search_bound(Value v, i64 size) {
  i64 n;
  if (!int_to_i64(v, n)) n = int_is_negative(v) ? -kNoStop : kNoStop;
  return std::min(n < 0 ? std::max<i64>(n + size, 0) : n, kNoStop);
}

// self, item, start, stop. f[4] start, f[5] stop as ints.
Result index(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, f[2].is_unbound() ? Result(Value::from_int(0)) : to_index(rt, f, f[2]));
      f[4] = r.value();
      AWAIT(2, f[3].is_unbound() ? Result(Value::from_int(kNoStop)) : to_index(rt, f, f[3]));
      f[5] = r.value();
      AWAIT(3, find_from(rt, f, search_bound(f[4], static_cast<i64>(self(f).size)),
                         search_bound(f[5], static_cast<i64>(self(f).size))));
      if (r.value().as_int() >= 0) return r;
      AWAIT(4, to_repr(rt, f, f[1]));
      return not_in_deque(rt, r.value());
  }
  LISLE_UNREACHABLE();
}

// --- operators
// -----------------------------------------------------------------------------------------------------------

Result len(Runtime&, Frame& f) {
  return number(self(f).size);
}
Result get_maxlen(Runtime&, Frame& f) {
  return self(f).limit < 0 ? Value::none() : Value::from_int(self(f).limit);
}

// self + other
Result concat(Runtime& rt, Frame& f) {
  if (!is_deque(f[1])) {
    return raise(rt, TypeId::TypeError, "can only concatenate deque (not \"%s\") to deque",
                 type_name(rt, f[1]));
  }
  Deque* sum = plain_copy(rt, self(f));
  fill_from(rt, *sum, *items_of(rt, *to<Deque>(f[1])));
  return Value::from(sum);
}

Result iconcat(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, extend(rt, f));
      return f[0];
  }
  LISLE_UNREACHABLE();
}

// Fills `target` with `times` runs of the items of `list`.
Result fill_repeated(Runtime& rt, Deque& target, const List& list, Value times) {
  i64 n;
  if (!int_to_i64(times, n)) n = int_is_negative(times) ? 0 : INT64_MAX;
  u64 total;
  if (n <= 0 || list.size == 0) return Result::none();
  if (target.limit < 0 && (__builtin_mul_overflow(static_cast<u64>(n), list.size, &total) ||
                           total > (u64{1} << 48) || !rt.heap.has_room(total * 2 * sizeof(Value)))) {
    return raise(rt, TypeId::MemoryError, "");
  }
  // With a limit only the last rounds leave a trace.
  if (target.limit >= 0) n = std::min<i64>(n, target.limit / static_cast<i64>(list.size) + 2);
  for (; n > 0; --n) fill_from(rt, target, list);
  return Result::none();
}

Result repeat_count(Runtime& rt, Frame& f) {
  if (is_int_like(f[1]) || has_special(rt, f[1], Special::Index)) return to_index(rt, f, f[1]);
  return raise(rt, TypeId::TypeError, "can't multiply sequence by non-int of type '%s'", type_name(rt, f[1]));
}

Result repeat(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, repeat_count(rt, f));
      Deque* product = new_deque(rt, rt.type(TypeId::Deque), self(f).limit);
      TRY(fill_repeated(rt, *product, *items_of(rt, self(f)), r.value()));
      return Value::from(product);
  }
  LISLE_UNREACHABLE();
}

Result irepeat(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, repeat_count(rt, f));
      const List& items = *items_of(rt, self(f));
      empty(self(f));
      TRY(fill_repeated(rt, self(f), items, r.value()));
      return f[0];
  }
  LISLE_UNREACHABLE();
}

Result compare_with(Runtime& rt, Frame& f, CompareOp op) {
  if (!is_deque(f[1])) return Value::not_implemented();
  return compare_sequences(rt, f, op, Value::from(items_of(rt, self(f))),
                           Value::from(items_of(rt, *to<Deque>(f[1]))));
}
Result eq(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Eq);
}
Result ne(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Ne);
}
Result lt(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Lt);
}
Result le(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Le);
}
Result gt(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Gt);
}
Result ge(Runtime& rt, Frame& f) {
  return compare_with(rt, f, CompareOp::Ge);
}

// self → text
Result repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!repr_enter(rt, f[0].object())) return Value::from(new_str(rt, "[...]"));
      AWAIT(1, to_repr(rt, f, Value::from(items_of(rt, self(f)))));
      repr_leave(rt, f[0].object());
      TextBuffer text;
      append_str(text, type_of(rt, f[0])->name);
      text.append('(');
      append_str(text, to<Str>(r.value()));
      if (self(f).limit >= 0) {
        text.append_ascii(", maxlen=");
        text.append_int(self(f).limit);
      }
      text.append(')');
      return finish_text(rt, text);
  }
  LISLE_UNREACHABLE();
}

Value new_deque_iterator(Runtime& rt, TypeId type, Value deque) {
  return Value::from(new_iterator(rt, type, deque, Value::from_int(0), changes_of(*to<Deque>(deque))));
}
Result iter_of(Runtime& rt, Frame& f) {
  return new_deque_iterator(rt, TypeId::DequeIterator, f[0]);
}
Result reversed_of(Runtime& rt, Frame& f) {
  return new_deque_iterator(rt, TypeId::DequeReverseIterator, f[0]);
}

Result reduce(Runtime& rt, Frame& f) {
  Value limits[] = {Value::from(rt.empty_tuple), Value::from_int(self(f).limit)};
  Value arguments = Value::from(self(f).limit < 0 ? rt.empty_tuple : new_tuple_from(rt, limits, 2));
  Value state = Value::none();
  if (has_attribute_storage(rt, f[0].object())) {
    Dict* attributes = attribute_dict(rt, f[0].object());
    if (attributes->used) state = Value::from(attributes);
  }
  Value result[] = {Value::from(type_of(rt, f[0])), arguments, state,
                    new_deque_iterator(rt, TypeId::DequeIterator, f[0])};
  return Value::from(new_tuple_from(rt, result, 4));
}

// What an iterator was made with: a deque, and perhaps how many items are passed over.
Result check_iterator_arguments(Runtime& rt, const Tuple& args) {
  auto count = static_cast<unsigned long long>(args.size);
  if (count == 0) return raise(rt, TypeId::TypeError, "function takes at least 1 argument (0 given)");
  if (count > 2)
    return raise(rt, TypeId::TypeError, "function takes at most 2 arguments (%llu given)", count);
  if (is_kind(args.items[0], Kind::Deque)) return Result::none();
  return raise(rt, TypeId::TypeError, "argument 1 must be collections.deque, not %s",
               type_name(rt, args.items[0]));
}

// class, positional arguments; keywords are not looked at.
template <TypeId type>
Result iterator_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(check_iterator_arguments(rt, *to<Tuple>(f[1])));
      if (to<Tuple>(f[1])->size == 1) return new_deque_iterator(rt, type, to<Tuple>(f[1])->items[0]);
      AWAIT(1, to_index(rt, f, to<Tuple>(f[1])->items[1]));
      i64 passed;
      if (!int_to_i64(r.value(), passed))
        return raise(rt, TypeId::OverflowError, "Python int too large to convert to C ssize_t");
      Value deque = to<Tuple>(f[1])->items[0];
      auto size = static_cast<i64>(to<Deque>(deque)->size);
      Value made = new_deque_iterator(rt, type, deque);
      to<Iterator>(made)->a = Value::from_int(std::clamp<i64>(passed, 0, size));
      return made;
  }
  LISLE_UNREACHABLE();
}

// (class, (deque, items passed over)).
Result deque_iterator_reduce(Runtime& rt, Frame& f) {
  const Iterator& it = *to<Iterator>(f[0]);
  bool over = !is_kind(it.source, Kind::Deque);
  Value args[] = {over ? Value::from(new_deque(rt, rt.type(TypeId::Deque), -1)) : it.source,
                  over ? Value::from_int(0) : it.a};
  Value result[] = {Value::from(type_of(rt, f[0])), Value::from(new_tuple_from(rt, args, 2))};
  return Value::from(new_tuple_from(rt, result, 2));
}

Result iterator_length_hint(Runtime&, Frame& f) {
  const Iterator& it = *to<Iterator>(f[0]);
  const Deque* d = as<Deque>(it.source);
  i64 left = d ? static_cast<i64>(d->size) - it.a.as_int() : 0;
  return Value::from_int(std::max<i64>(left, 0));
}

}  // namespace

// deque, iterable → None. f[2] iterator.
Result deque_extend_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[1] == f[0]) f[1] = Value::from(items_of(rt, self(f)));
      AWAIT(1, iter(rt, f, f[1]));
      f[2] = r.value();
      for (;;) {
        AWAIT(2, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::none();
        push_right(rt, self(f), r.value());
      }
  }
  LISLE_UNREACHABLE();
}

Result deque_find_steps(Runtime& rt, Frame& f) {
  return find(rt, f);
}

Result deque_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  const Deque* d = as<Deque>(it.source);
  if (!d) return Value::exhausted();
  u64 index = static_cast<u64>(it.a.as_int());
  if (it.b != changes_of(*d)) {
    end_iterator(it);
    return mutated(rt);
  }
  if (index >= d->size) return end_iterator(it);
  it.a = number(index + 1);
  return d->at(index);
}

Result deque_reverse_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  const Deque* d = as<Deque>(it.source);
  if (!d) return Value::exhausted();
  u64 index = static_cast<u64>(it.a.as_int());
  if (it.b != changes_of(*d)) {
    end_iterator(it);
    return mutated(rt);
  }
  if (index >= d->size) return end_iterator(it);
  it.a = number(index + 1);
  return d->at(d->size - 1 - index);
}

namespace {

constexpr NativeSpec kMethods[] = {
    {"__new__", deque_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic | kAllocates},
    {"__init__", init, "(self, /, iterable=(), maxlen=None)"},
    {"__repr__", repr, "(self, /)", nullptr, 2},
    {"__len__", len, "(self, /)"},
    {"__iter__", iter_of, "(self, /)"},
    {"__reversed__", reversed_of, "(self, /)"},
    {"__contains__", contains_item, "(self, key, /)", nullptr, 2},
    {"__getitem__", getitem, "(self, key, /)", nullptr, 2},
    {"__setitem__", setitem, "(self, key, value, /)", nullptr, 3},
    {"__delitem__", delitem, "(self, key, /)", nullptr, 2},
    {"__add__", concat, "(self, value, /)"},
    {"__iadd__", iconcat, "(self, value, /)", nullptr, 2},
    {"__mul__", repeat, "(self, value, /)", nullptr, 2},
    {"__rmul__", repeat, "(self, value, /)", nullptr, 2},
    {"__imul__", irepeat, "(self, value, /)", nullptr, 2},
    {"__eq__", eq, "(self, value, /)"},
    {"__ne__", ne, "(self, value, /)"},
    {"__lt__", lt, "(self, value, /)"},
    {"__le__", le, "(self, value, /)"},
    {"__gt__", gt, "(self, value, /)"},
    {"__ge__", ge, "(self, value, /)"},
    {"__reduce__", reduce, "(self, /)"},
    {"__copy__", copy, "(self, /)", "Return a shallow copy of a deque."},
    {"__hash__", nullptr, nullptr},
    {"append", append, "(self, item, /)", "Add an element to the right side of the deque."},
    {"appendleft", append_left, "(self, item, /)", "Add an element to the left side of the deque."},
    {"pop", pop, "(self, /)", "Remove and return the rightmost element."},
    {"popleft", pop_left, "(self, /)", "Remove and return the leftmost element."},
    {"extend", extend, "(self, iterable, /)", "Add the items of an iterable to the right side."},
    {"extendleft", extend_left, "(self, iterable, /)",
     "Add the items of an iterable to the left side, one by one.", 3},
    {"clear", clear, "(self, /)", "Remove all elements from the deque."},
    {"copy", copy, "(self, /)", "Return a shallow copy of a deque."},
    {"count", count, "(self, value, /)", "Return number of occurrences of value.", 4},
    {"index", index, "(self, value, start=0, stop=9223372036854775807, /)", "Return first index of value.",
     6},
    {"insert", insert, "(self, index, value, /)", "Insert a value before the index.", 3},
    {"remove", remove, "(self, value, /)", "Remove first occurrence of value.", 2},
    {"reverse", reverse, "(self, /)", "Reverse the elements in place."},
    {"rotate", rotate, "(self, n=1, /)",
     "Move n elements from the right end to the left, or back when n is negative.", 2},
    {"__class_getitem__", class_getitem, "(cls, item, /)", "See PEP 585", 0, kClassMethod},
};
constexpr GetsetSpec kGetsets[] = {
    {"maxlen", get_maxlen, nullptr, "maximum size of a deque or None if unbounded"}};

constexpr NativeSpec kIteratorMethods[] = {
    {"__new__", iterator_new<TypeId::DequeIterator>, "(cls, /, *args, **kwargs)", nullptr, 3, kStatic},
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__length_hint__", iterator_length_hint, "(self, /)"},
    {"__reduce__", deque_iterator_reduce, "(self, /)"},
};
constexpr NativeSpec kReverseIteratorMethods[] = {
    {"__new__", iterator_new<TypeId::DequeReverseIterator>, "(cls, /, *args, **kwargs)", nullptr, 3, kStatic},
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__length_hint__", iterator_length_hint, "(self, /)"},
    {"__reduce__", deque_iterator_reduce, "(self, /)"},
};
constexpr u32 kIteratorFlags = kTypeFinal | kTypeHidden;

void set_up(Runtime& rt, Module& module) {
  module_set(rt, module, "deque", Value::from(rt.type(TypeId::Deque)));
  module_set(rt, module, "_deque_iterator", Value::from(rt.type(TypeId::DequeIterator)));
  module_set(rt, module, "_deque_reverse_iterator", Value::from(rt.type(TypeId::DequeReverseIterator)));
}

}  // namespace

extern const TypeSpec kDequeType{
    "deque",        "collections", "A list-like sequence that is quick at both ends.",
    TypeId::Object, Kind::Deque,   kTypeHidden | kTypeSequence,
    kMethods,       kGetsets};
extern const TypeSpec kDequeIteratorType{"_deque_iterator", "_collections", nullptr,          TypeId::Object,
                                         Kind::Iterator,    kIteratorFlags, kIteratorMethods, {}};
extern const TypeSpec kDequeReverseIteratorType{"_deque_reverse_iterator",
                                                "_collections",
                                                nullptr,
                                                TypeId::Object,
                                                Kind::Iterator,
                                                kIteratorFlags,
                                                kReverseIteratorMethods,
                                                {}};

extern const ModuleSpec kDequeModule;
const ModuleSpec kDequeModule = {"_deque", "The deque of the collections module.", {}, set_up};

}  // namespace lisle::rt

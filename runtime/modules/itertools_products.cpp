// The itertools module: product, permutations and combinations. They work on pools made when they are
// created, so their steps never ask the program.
//
//   source: Tuple of pools (Product) or the pool (the others), None at the end
//   a: Array of state numbers; b: how many items a result has
//   Object::aux is 1 once the first result was given out
#include "runtime/modules/itertools_common.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/item_at.h"

namespace lisle::rt {

namespace {

// State numbers are kept as ints in an Array.
class Numbers {
 public:
  explicit Numbers(Value array) : items_(to<Array>(array)->items) {}
  i64 get(i64 i) const { return items_[i].as_int(); }
  void set(i64 i, i64 n) { items_[i] = Value::from_int(n); }
  void swap(i64 i, i64 j) { std::swap(items_[i], items_[j]); }

 private:
  Value* items_;
};

// The result for the indices that stand first in the state.
Value row_of(Runtime& rt, const Iterator& it) {
  const Tuple& pool = *to<Tuple>(it.source);
  i64 size = it.b.as_int();
  Tuple* row = new_tuple(rt, static_cast<u64>(size));
  Numbers indices(it.a);
  for (i64 i = 0; i < size; ++i) row->items[i] = pool.items[indices.get(i)];
  if (size) rt.heap.wrote(row);
  return Value::from(row);
}

Value product_row(Runtime& rt, const Iterator& it) {
  const Tuple& pools = *to<Tuple>(it.source);
  Tuple* row = new_tuple(rt, pools.size);
  Numbers indices(it.a);
  for (u64 i = 0; i < pools.size; ++i) {
    row->items[i] = to<Tuple>(pools.items[i])->items[indices.get(static_cast<i64>(i))];
  }
  if (pools.size) rt.heap.wrote(row);
  return Value::from(row);
}

// The first result needs no step.
bool is_first(Iterator& it) {
  bool first = it.aux == 0;
  it.aux = 1;
  return first;
}

bool advance_product(Iterator& it) {
  const Tuple& pools = *to<Tuple>(it.source);
  Numbers indices(it.a);
  for (i64 i = static_cast<i64>(pools.size) - 1; i >= 0; --i) {
    i64 next = indices.get(i) + 1;
    bool carry = next == static_cast<i64>(to<Tuple>(pools.items[i])->size);
    indices.set(i, carry ? 0 : next);
    if (!carry) return true;
  }
  return false;
}

bool advance_permutation(Iterator& it) {
  i64 n = static_cast<i64>(to<Tuple>(it.source)->size), size = it.b.as_int();
  Numbers state(it.a);  // n indices, then `size` cycles
  for (i64 i = size - 1; i >= 0; --i) {
    i64 cycle = state.get(n + i) - 1;
    if (cycle == 0) {
      i64 first = state.get(i);
      for (i64 j = i; j < n - 1; ++j) state.set(j, state.get(j + 1));
      state.set(n - 1, first);
      state.set(n + i, n - i);
      continue;
    }
    state.set(n + i, cycle);
    state.swap(i, n - cycle);
    return true;
  }
  return false;
}

bool advance_combination(Iterator& it) {
  i64 n = static_cast<i64>(to<Tuple>(it.source)->size), size = it.b.as_int();
  Numbers indices(it.a);
  i64 i = size - 1;
  while (i >= 0 && indices.get(i) == i + n - size) --i;
  if (i < 0) return false;
  i64 index = indices.get(i) + 1;
  for (; i < size; ++i) indices.set(i, index++);
  return true;
}

bool advance_with_replacement(Iterator& it) {
  i64 n = static_cast<i64>(to<Tuple>(it.source)->size), size = it.b.as_int();
  Numbers indices(it.a);
  i64 i = size - 1;
  while (i >= 0 && indices.get(i) == n - 1) --i;
  if (i < 0) return false;
  i64 index = indices.get(i) + 1;
  for (; i < size; ++i) indices.set(i, index);
  return true;
}

}  // namespace

Result product_next(Runtime& rt, Frame&, Iterator& it) {
  if (it.source.is_none()) return Value::exhausted();
  if (!is_first(it) && !advance_product(it)) return end_iterator(it);
  return product_row(rt, it);
}

Result permutations_next(Runtime& rt, Frame&, Iterator& it) {
  if (it.source.is_none()) return Value::exhausted();
  if (!is_first(it) && !advance_permutation(it)) return end_iterator(it);
  return row_of(rt, it);
}

Result combinations_next(Runtime& rt, Frame&, Iterator& it) {
  if (it.source.is_none()) return Value::exhausted();
  if (!is_first(it) && !advance_combination(it)) return end_iterator(it);
  return row_of(rt, it);
}

Result combinations_with_replacement_next(Runtime& rt, Frame&, Iterator& it) {
  if (it.source.is_none()) return Value::exhausted();
  if (!is_first(it) && !advance_with_replacement(it)) return end_iterator(it);
  return row_of(rt, it);
}

namespace {

Value numbers(Runtime& rt, i64 count) {
  return Value::from(new_array(rt, static_cast<u64>(count)));
}

constexpr i64 kMaxWidth = 1 << 24;

// The optional length of results; raises when it is negative or absurd. None on success.
Result check_width(Runtime& rt, Value v, i64& width) {
  if (int_is_negative(v)) return raise(rt, TypeId::ValueError, "r must be non-negative");
  if (!int_to_i64(v, width)) {
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C ssize_t");
  }
  return width > kMaxWidth ? raise(rt, TypeId::MemoryError, "") : Result::none();
}

// type, *iterables, repeat. f[3] list of pools, f[4] repetitions.
Result product_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[4] = Value::from_int(1);
      if (!f[2].is_unbound()) {
        AWAIT(1, to_index(rt, f, f[2]));
        if (int_is_negative(r.value())) {
          return raise(rt, TypeId::ValueError, "repeat argument cannot be negative");
        }
        f[4] = r.value();
      }
      f[3] = Value::from(new_list(rt, to<Tuple>(f[1])->size));
      while (to<List>(f[3])->size < to<Tuple>(f[1])->size) {
        AWAIT(2, tuple_of(rt, f, item_at(to<Tuple>(f[1]), static_cast<i64>(to<List>(f[3])->size))));
        list_append(rt, *to<List>(f[3]), r.value());
      }
      const List& pools = *to<List>(f[3]);
      i64 times;
      if (!int_to_i64(f[4], times) || times > kMaxWidth || times * static_cast<i64>(pools.size) > kMaxWidth) {
        return raise(rt, TypeId::MemoryError, "repeat argument too large");
      }
      u64 width = pools.size * static_cast<u64>(times);
      Tuple* all = new_tuple(rt, width);
      bool empty = false;
      for (u64 i = 0; i < width; ++i) {
        all->items[i] = pools.items->items[i % pools.size];
        empty = empty || to<Tuple>(all->items[i])->size == 0;
      }
      if (width) rt.heap.wrote(all);
      Value state = numbers(rt, static_cast<i64>(width));
      return Value::from(new_iterator_of(rt, f[0], TypeId::Product, empty ? Value::none() : Value::from(all),
                                         state, Value::from_int(static_cast<i64>(width))));
  }
  LISLE_UNREACHABLE();
}

// type, iterable, r. f[3] the pool.
Result permutations_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, tuple_of(rt, f, f[1]));
      f[3] = r.value();
      if (f[2].is_unbound() || f[2].is_none())
        f[2] = Value::from_int(static_cast<i64>(to<Tuple>(f[3])->size));
      if (!is_int_like(f[2])) return raise(rt, TypeId::TypeError, "Expected int as r");
      i64 width;
      TRY(check_width(rt, f[2], width));
      i64 n = static_cast<i64>(to<Tuple>(f[3])->size);
      if (width > n) return Value::from(new_iterator_of(rt, f[0], TypeId::Permutations, Value::none()));
      Value state = numbers(rt, n + width);
      for (i64 i = 0; i < n; ++i) Numbers(state).set(i, i);
      for (i64 i = 0; i < width; ++i) Numbers(state).set(n + i, n - i);
      return Value::from(
          new_iterator_of(rt, f[0], TypeId::Permutations, f[3], state, Value::from_int(width)));
  }
  LISLE_UNREACHABLE();
}

// type, iterable, r. f[3] the pool.
Result combinations_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, tuple_of(rt, f, f[1]));
      f[3] = r.value();
      AWAIT(2, to_index(rt, f, f[2]));
      i64 width;
      TRY(check_width(rt, r.value(), width));
      bool none = width > static_cast<i64>(to<Tuple>(f[3])->size);
      Value state = numbers(rt, width);
      for (i64 i = 0; i < width; ++i) Numbers(state).set(i, i);
      return Value::from(new_iterator_of(rt, f[0], TypeId::Combinations, none ? Value::none() : f[3], state,
                                         Value::from_int(width)));
  }
  LISLE_UNREACHABLE();
}

// type, iterable, r. f[3] the pool.
Result combinations_with_replacement_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, tuple_of(rt, f, f[1]));
      f[3] = r.value();
      AWAIT(2, to_index(rt, f, f[2]));
      i64 width;
      TRY(check_width(rt, r.value(), width));
      bool none = width > 0 && to<Tuple>(f[3])->size == 0;
      return Value::from(new_iterator_of(rt, f[0], TypeId::CombinationsWithReplacement,
                                         none ? Value::none() : f[3], numbers(rt, width),
                                         Value::from_int(width)));
  }
  LISLE_UNREACHABLE();
}

#define ITERATES                                \
  {"__iter__", iterator_self, "(self, /)"}, {   \
    "__next__", iterator_next_leaf, "(self, /)" \
  }

constexpr NativeSpec kProductMethods[] = {
    {"__new__", product_new, "(cls, /, *iterables, repeat=1)", nullptr, 5, kStatic}, ITERATES};
constexpr NativeSpec kPermutationsMethods[] = {
    {"__new__", permutations_new, "(cls, iterable, r=None)", nullptr, 4, kStatic}, ITERATES};
constexpr NativeSpec kCombinationsMethods[] = {
    {"__new__", combinations_new, "(cls, iterable, r)", nullptr, 4, kStatic}, ITERATES};
constexpr NativeSpec kWithReplacementMethods[] = {
    {"__new__", combinations_with_replacement_new, "(cls, iterable, r)", nullptr, 4, kStatic}, ITERATES};
#undef ITERATES

}  // namespace

extern const TypeSpec kProductType{"product",
                                   "itertools",
                                   "The cartesian product of iterables, as tuples.",
                                   TypeId::Object,
                                   Kind::Iterator,
                                   kTypeHidden,
                                   kProductMethods,
                                   {}};
extern const TypeSpec kPermutationsType{"permutations",
                                        "itertools",
                                        "The orderings of r items of an iterable.",
                                        TypeId::Object,
                                        Kind::Iterator,
                                        kTypeHidden,
                                        kPermutationsMethods,
                                        {}};
extern const TypeSpec kCombinationsType{"combinations",
                                        "itertools",
                                        "The choices of r items of an iterable.",
                                        TypeId::Object,
                                        Kind::Iterator,
                                        kTypeHidden,
                                        kCombinationsMethods,
                                        {}};
extern const TypeSpec kCombinationsWithReplacementType{"combinations_with_replacement",
                                                       "itertools",
                                                       "The choices of r items that may be taken again.",
                                                       TypeId::Object,
                                                       Kind::Iterator,
                                                       kTypeHidden,
                                                       kWithReplacementMethods,
                                                       {}};

}  // namespace lisle::rt

// See iterator_state.h. The layouts are those that the files runtime/modules/itertools_*.cpp state at their
// tops. A state is source, a, b, aux; where a or b is a container that nobody else sees, its items come
// behind instead, so that a pickle cannot keep a hand on it.
#include "runtime/image/iterator_state.h"

#include <algorithm>

#include "runtime/runtime.h"
#include "runtime/types/array.h"
#include "runtime/types/int.h"

namespace lisle::rt {

namespace {

constexpr u64 kFixed = 4;
constexpr u64 kGroupStates = 4;
constexpr i64 kMostWidth = 1 << 24;

// What of an iterator is a container of its own.
enum class Owns : u8 {
  kNothing,
  kListA,    // Cycle
  kTupleB,   // Islice
  kSource,   // ZipLongest
  kListB,    // GroupBy
  kNumbers,  // Product and its relatives
  kUnknown,  // not written this way
};

Owns owns(TypeId id) {
  switch (id) {
    case TypeId::Count:
    case TypeId::Repeat:
    case TypeId::Chain:
    case TypeId::Accumulate:
    case TypeId::Starmap:
    case TypeId::Pairwise:
    case TypeId::Compress:
    case TypeId::DropWhile:
    case TypeId::TakeWhile:
    case TypeId::FilterFalse:
    case TypeId::Grouper:
    case TypeId::Tee:
      return Owns::kNothing;
    case TypeId::Cycle:
      return Owns::kListA;
    case TypeId::Islice:
      return Owns::kTupleB;
    case TypeId::ZipLongest:
      return Owns::kSource;
    case TypeId::GroupBy:
      return Owns::kListB;
    case TypeId::Product:
    case TypeId::Permutations:
    case TypeId::Combinations:
    case TypeId::CombinationsWithReplacement:
      return Owns::kNumbers;
    default:
      return Owns::kUnknown;
  }
}

void append_all(Runtime& rt, List& out, const Value* items, u64 count) {
  for (u64 i = 0; i < count; ++i) list_append(rt, out, items[i]);
}

bool all_ints(const std::vector<Value>& s, size_t from) {
  return std::all_of(s.begin() + static_cast<std::ptrdiff_t>(from), s.end(),
                     [](Value v) { return v.is_int(); });
}

bool in_range(Value v, i64 low, i64 high) {
  return v.is_int() && v.as_int() >= low && v.as_int() <= high;
}

List* list_of(Runtime& rt, const Value* items, size_t count) {
  List* list = new_list(rt, count);
  append_all(rt, *list, items, count);
  return list;
}

// Do the numbers lead to items of the pools, now and after each step from here?
bool good_numbers(TypeId id, const Tuple& source, const Value* numbers, u64 count, i64 width) {
  i64 n = static_cast<i64>(source.size);
  if (id == TypeId::Product) {
    if (count != source.size || width != n) return false;
    for (u64 i = 0; i < count; ++i) {
      auto* pool = as<Tuple>(source.items[i]);
      if (!pool || !in_range(numbers[i], 0, static_cast<i64>(pool->size) - 1)) return false;
    }
    return true;
  }
  const bool permutes = id == TypeId::Permutations;
  if (static_cast<i64>(count) != (permutes ? n + width : width)) return false;
  if (id != TypeId::CombinationsWithReplacement && width > n) return false;
  for (i64 i = 0; i < static_cast<i64>(count); ++i) {
    const bool is_cycle = permutes && i >= n;
    i64 low = is_cycle ? 1 : 0, high = is_cycle ? n - (i - n) : n - 1;
    if (id == TypeId::Combinations) {
      low = i ? numbers[i - 1].as_int() + 1 : 0;
      high = i + n - width;
    }
    if (!in_range(numbers[i], low, high)) return false;
  }
  return true;
}

bool fill_numbers(Runtime& rt, Iterator& it, const std::vector<Value>& s) {
  const u64 count = s.size() - kFixed;
  auto* source = as<Tuple>(s[0]);
  if (!in_range(s[2], 0, kMostWidth) || !(source || s[0].is_none())) return false;
  const auto id = static_cast<TypeId>(it.type_id);
  if (source && !good_numbers(id, *source, s.data() + kFixed, count, s[2].as_int())) return false;
  Array* numbers = new_array(rt, count);
  std::copy(s.begin() + kFixed, s.end(), numbers->items);
  it.a = Value::from(numbers);
  it.b = s[2];
  return true;
}

// Where all of the state is in the three words.
bool fits_plainly(TypeId id, const std::vector<Value>& s) {
  if (s.size() != kFixed || s[0].is_unbound() || s[2].is_unbound()) return false;
  if (s[1].is_unbound()) return id == TypeId::Accumulate ? s[3] == Value() : id == TypeId::Pairwise;
  switch (id) {
    case TypeId::Repeat:
      return in_range(s[1], -1, kSmallIntMax);
    case TypeId::Grouper: {
      auto* group_by = as<Iterator>(s[0]);
      return group_by && group_by->type_id == static_cast<u64>(TypeId::GroupBy);
    }
    case TypeId::Tee:
      return is_kind(s[1], Kind::List);
    default:
      return true;
  }
}

bool fill_owned(Runtime& rt, Iterator& it, const std::vector<Value>& s) {
  const Value* rest = s.data() + kFixed;
  const size_t count = s.size() - kFixed;
  switch (owns(static_cast<TypeId>(it.type_id))) {
    case Owns::kListA:
      if (!in_range(s[2], 0, std::max<i64>(static_cast<i64>(count) - 1, 0))) return false;
      it.a = Value::from(list_of(rt, rest, count));
      it.b = s[2];
      return true;
    case Owns::kTupleB:
      if (count != 3 || !all_ints(s, kFixed) || !s[1].is_int() || rest[2].as_int() < 1) return false;
      it.a = s[1];
      it.b = Value::from(new_tuple_from(rt, rest, count));
      return true;
    case Owns::kSource:
      if (!in_range(s[1], 0, static_cast<i64>(count))) return false;
      it.a = s[1];
      it.b = s[2];
      return true;
    case Owns::kListB:
      if (count != kGroupStates) return false;
      it.a = s[1];
      it.b = Value::from(list_of(rt, rest, count));
      return true;
    default:
      return fill_numbers(rt, it, s);
  }
}

}  // namespace

bool has_iterator_state(TypeId id) {
  return owns(id) != Owns::kUnknown;
}

Tuple* iterator_state(Runtime& rt, const Iterator& it) {
  const Owns owned = owns(static_cast<TypeId>(it.type_id));
  List* out = new_list(rt, kFixed);
  auto* iterators = owned == Owns::kSource ? as<List>(it.source) : nullptr;
  auto* numbers = owned == Owns::kNumbers ? as<Array>(it.a) : nullptr;
  auto* bounds = owned == Owns::kTupleB ? as<Tuple>(it.b) : nullptr;
  auto* list = owned == Owns::kListA ? as<List>(it.a) : owned == Owns::kListB ? as<List>(it.b) : iterators;
  const bool hides_a = numbers || owned == Owns::kListA, hides_b = bounds || owned == Owns::kListB;
  list_append(rt, *out, iterators ? Value::true_() : it.source);
  list_append(rt, *out, hides_a ? Value::none() : it.a);
  list_append(rt, *out, hides_b ? Value::none() : it.b);
  list_append(rt, *out, Value::from_int(it.aux));
  if (list && list->size) append_all(rt, *out, list->items->items, list->size);
  if (numbers) append_all(rt, *out, numbers->items, numbers->capacity);
  if (bounds) append_all(rt, *out, bounds->items, bounds->size);
  return new_tuple_from(rt, out->items->items, out->size);
}

Iterator* new_ended_iterator(Runtime& rt, TypeId id) {
  const Owns owned = owns(id);
  const bool by_none = owned == Owns::kNumbers || owned == Owns::kSource || owned == Owns::kListA ||
                       owned == Owns::kTupleB || id == TypeId::Repeat;
  Value nothing = Value::from(new_iterator(rt, TypeId::TupleIterator, Value::none()));
  Iterator* it = new_iterator(rt, id, by_none ? Value::none() : nothing);
  if (owned == Owns::kListA || id == TypeId::Tee) it->a = Value::from(new_list(rt));
  if (owned == Owns::kNumbers) it->a = Value::from(new_array(rt, 0));
  if (id == TypeId::Chain || id == TypeId::DropWhile) it->a = Value::none();
  if (owned == Owns::kListB || id == TypeId::Grouper) {
    Value unbound[kGroupStates];
    std::fill_n(unbound, kGroupStates, Value::unbound());
    it->b = Value::from(list_of(rt, unbound, kGroupStates));
  }
  if (id == TypeId::Grouper) it->source = Value::from(new_ended_iterator(rt, TypeId::GroupBy));
  it->aux = kIteratorUnfilled;
  rt.heap.wrote(it);
  return it;
}

bool fill_iterator(Runtime& rt, Iterator& it, const std::vector<Value>& s) {
  if (s.size() < kFixed || !in_range(s[3], 0, 1)) return false;
  for (size_t i = 0; i < kFixed; ++i)
    if (s[i].is_exhausted()) return false;
  const auto id = static_cast<TypeId>(it.type_id);
  const Owns owned = owns(id);
  if (owned == Owns::kUnknown) return false;
  if (owned == Owns::kNothing) {
    if (!fits_plainly(id, s)) return false;
    it.a = s[1];
    it.b = s[2];
  } else if (s[0].is_unbound() || !fill_owned(rt, it, s)) {
    return false;
  }
  const bool listed = owned == Owns::kSource && s[0].is_true();
  it.source = listed ? Value::from(list_of(rt, s.data() + kFixed, s.size() - kFixed)) : s[0];
  if (owned == Owns::kSource && !listed) it.source = Value::none();
  it.aux = static_cast<u16>(s[3].as_int());
  rt.heap.wrote(&it);
  return true;
}

namespace {

// The iterators that the interpreter advances in place: it adds to the words of their positions as they are,
// so that another Value would become one that no object lies behind.
bool has_whole_position(const Iterator& it) {
  switch (static_cast<TypeId>(it.type_id)) {
    case TypeId::RangeIterator:
      return it.source.is_int() && it.a.is_int() && it.b.is_int();
    case TypeId::LongRangeIterator:
      return it.a.is_int() || is_kind(it.a, Kind::Int);
    case TypeId::ListIterator:
    case TypeId::ListReverseIterator:
    case TypeId::TupleIterator:
    case TypeId::StrIterator:
    case TypeId::BytesIterator:
    case TypeId::ByteArrayIterator:
    case TypeId::TypedArrayIterator:
    case TypeId::DictKeyIterator:
    case TypeId::DictValueIterator:
    case TypeId::DictItemIterator:
    case TypeId::DictReverseKeyIterator:
    case TypeId::DictReverseValueIterator:
    case TypeId::DictReverseItemIterator:
    case TypeId::SetIterator:
    case TypeId::DequeIterator:
    case TypeId::DequeReverseIterator:
      return it.a.is_int() && it.b.is_int();
    default:
      return true;
  }
}

}  // namespace

bool is_whole_iterator(const Iterator& it) {
  const auto id = static_cast<TypeId>(it.type_id);
  // Every iterator is an object, but that says nothing of its next step.
  if (!next_function(id) || !has_whole_position(it)) return false;
  auto* list = as<List>(owns(id) == Owns::kListB ? it.b : it.a);
  switch (owns(id)) {
    case Owns::kListA:
      return list && in_range(it.b, 0, std::max<i64>(static_cast<i64>(list->size) - 1, 0));
    case Owns::kTupleB: {
      auto* bounds = as<Tuple>(it.b);
      return bounds && bounds->size == 3 && it.a.is_int() && in_range(bounds->items[0], -1, kSmallIntMax) &&
             in_range(bounds->items[1], -1, kSmallIntMax) && in_range(bounds->items[2], 1, kSmallIntMax);
    }
    case Owns::kListB:
      return list && list->size == kGroupStates;
    case Owns::kSource: {
      auto* sources = as<List>(it.source);
      return it.source.is_none() || (sources && in_range(it.a, 0, static_cast<i64>(sources->size)));
    }
    case Owns::kNumbers: {
      auto* numbers = as<Array>(it.a);
      auto* source = as<Tuple>(it.source);
      if (!numbers || !in_range(it.b, 0, kMostWidth) || !(source || it.source.is_none())) return false;
      return !source || good_numbers(id, *source, numbers->items, numbers->capacity, it.b.as_int());
    }
    default:
      return true;
  }
}

}  // namespace lisle::rt

// Sorting: a stable merge sort that takes advantage of runs that are in order already. Short runs are
// extended by binary insertion; lists of up to 64 items are sorted by that alone, comparing in the same order
// as CPython does.
//
// It exists in two forms. The pure form sorts keys that the program cannot influence: in one go, and long
// lists in pieces between which other tasklets may run. When it meets a pair it may not compare, it gives up
// (it works on a copy), and the step machine does the work, asking __lt__ of the program.
#include "runtime/types/list_sort.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <vector>

#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/pure.h"
#include "runtime/tasks/pause.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/sort_runs.h"
#include "runtime/types/str.h"

namespace lisle::rt {

// --- the pure form
// -------------------------------------------------------------------------------------------------------

namespace {

// The keys and items lie in arrays that the caller's frame keeps alive, and nothing is allocated on the heap
// while the copies here are in use.
struct KeyedItem {
  Value key;
  Value item;
};

template <class Element, class Less>
class RunSort {
 public:
  RunSort(Element* data, i64 n, Less less) : data_(data), n_(n), less_(less) {}

  void sort() {
    i64 shortest = shortest_run(n_);
    for (i64 start = 0; start < n_;) {
      i64 end = extend_run(start, std::min(n_, start + shortest));
      if (start == 0 && end == n_) return;
      starts_.push_back(start);
      start = end;
      merge_pending(end, end == n_);
    }
  }

 private:
  // Finds the run at `start`, turns it round when it descends, and lengthens it to `wanted`. Returns its end.
  i64 extend_run(i64 start, i64 wanted) {
    i64 end = start + 1;
    if (end < n_) {
      bool descending = less_(data_[end], data_[start]);
      ++end;
      while (end < n_ && less_(data_[end], data_[end - 1]) == descending) ++end;
      if (descending) std::reverse(data_ + start, data_ + end);
    }
    for (; end < wanted; ++end) {
      Element pivot = data_[end];
      i64 left = start, right = end;
      while (left < right) {
        i64 middle = left + ((right - left) >> 1);
        if (less_(pivot, data_[middle])) {
          right = middle;
        } else {
          left = middle + 1;
        }
      }
      std::memmove(static_cast<void*>(data_ + left + 1), data_ + left,
                   static_cast<size_t>(end - left) * sizeof(Element));
      data_[left] = pivot;
    }
    return end;
  }

  void merge_pending(i64 end, bool last) {
    for (;;) {
      i64 count = static_cast<i64>(starts_.size());
      i64 at = run_to_merge(count, end, last, [&](i64 i) { return starts_[static_cast<size_t>(i)]; });
      if (at < 0) return;
      size_t i = static_cast<size_t>(at);
      merge(starts_[i], starts_[i + 1], i + 2 < starts_.size() ? starts_[i + 2] : end);
      starts_.erase(starts_.begin() + at + 1);
    }
  }

  void merge(i64 start, i64 middle, i64 end) {
    left_.assign(data_ + start, data_ + middle);
    size_t a = 0, count = left_.size();
    i64 b = middle, to = start;
    while (a < count && b < end) data_[to++] = less_(data_[b], left_[a]) ? data_[b++] : left_[a++];
    while (a < count) data_[to++] = left_[a++];
  }

  Element* data_;
  i64 n_;
  Less less_;
  std::vector<i64> starts_;
  std::vector<Element> left_;
};

Value key_of(Value v) {
  return v;
}
Value key_of(const KeyedItem& e) {
  return e.key;
}

template <class Element, class Less>
void run_sort(std::span<Element> data, Less less) {
  RunSort<Element, Less>(data.data(), static_cast<i64>(data.size()), less).sort();
}

enum class KeyClass : u8 { kInts, kDoubles, kLatinTexts, kTexts, kMixed };

KeyClass classify(const Runtime& rt, const Value* keys, u64 n) {
  ShapeId str_shape = rt.shape_of(TypeId::Str);
  auto class_of = [&](Value v) {
    if (v.is_int()) return KeyClass::kInts;
    if (v.is_double()) return KeyClass::kDoubles;
    if (!v.is_object() || v.object()->shape != str_shape) return KeyClass::kMixed;
    return to<Str>(v)->width_log2() == 0 ? KeyClass::kLatinTexts : KeyClass::kTexts;
  };
  KeyClass all = class_of(keys[0]);
  for (u64 i = 1; i < n && all != KeyClass::kMixed; ++i) {
    KeyClass one = class_of(keys[i]);
    if (one == all) continue;
    bool texts = (one == KeyClass::kTexts || one == KeyClass::kLatinTexts) &&
                 (all == KeyClass::kTexts || all == KeyClass::kLatinTexts);
    all = texts ? KeyClass::kTexts : KeyClass::kMixed;
  }
  return all;
}

bool latin_less(const Str* a, const Str* b) {
  int order = std::memcmp(a->data, b->data, std::min(a->length, b->length));
  return order ? order < 0 : a->length < b->length;
}

// Uses the comparison for keys of that class; false when a pair of keys may not be compared here.
template <class Element, class Use>
bool with_less(Runtime& rt, KeyClass keys, Use use) {
  switch (keys) {
    case KeyClass::kInts:
      use([](const Element& a, const Element& b) {
        return static_cast<i64>(key_of(a).bits()) < static_cast<i64>(key_of(b).bits());
      });
      return true;
    case KeyClass::kDoubles:
      use([](const Element& a, const Element& b) { return key_of(a).as_double() < key_of(b).as_double(); });
      return true;
    case KeyClass::kLatinTexts:
      use([](const Element& a, const Element& b) {
        return latin_less(to<Str>(key_of(a)), to<Str>(key_of(b)));
      });
      return true;
    case KeyClass::kTexts:
      use([](const Element& a, const Element& b) {
        return str_compare(to<Str>(key_of(a)), to<Str>(key_of(b))) < 0;
      });
      return true;
    case KeyClass::kMixed:
      break;
  }
  bool known = true;
  use([&](const Element& a, const Element& b) {
    bool less = false;
    known = known && pure_less(rt, key_of(a), key_of(b), less);
    return less;
  });
  return known;
}

// Sorts `data` by its keys; false when a pair of keys may not be compared here.
template <class Element>
bool sort_elements(Runtime& rt, std::span<Element> data, KeyClass keys) {
  return with_less<Element>(rt, keys, [&](auto less) { run_sort(data, less); });
}

// There is something to be sorted, and it is there.
void hold(const Array* items, const Array* keys, i64 count) {
  place_in(items->capacity, count - 1);
  if (keys) place_in(keys->capacity, count - 1);
}

// The items in order, as a new array; null when the program has to be asked. `keys` may be null: the items
// themselves.
Array* pure_sort(Runtime& rt, const Array& items, const Array* keys, u64 n, bool reverse) {
  KeyClass key_class = classify(rt, keys ? keys->items : items.items, n);
  Array* sorted = new_array(rt, n);
  if (!keys) {
    std::span<Value> data(sorted->items, n);
    std::copy_n(items.items, n, sorted->items);
    if (reverse) std::reverse(data.begin(), data.end());
    if (!sort_elements(rt, data, key_class)) return nullptr;
    if (reverse) std::reverse(data.begin(), data.end());
  } else {
    std::vector<KeyedItem> data(n);
    for (u64 i = 0; i < n; ++i) data[i] = {keys->items[i], items.items[i]};
    if (reverse) std::reverse(data.begin(), data.end());
    if (!sort_elements<KeyedItem>(rt, data, key_class)) return nullptr;
    if (reverse) std::reverse(data.begin(), data.end());
    for (u64 i = 0; i < n; ++i) sorted->items[i] = data[i].item;
  }
  rt.heap.wrote(sorted);
  return sorted;
}

// --- the pure form of long lists: in pieces, between which others may run
// ----------------------------------------------------------------------------------------------------

// Sorting or merging a piece takes about a millisecond.
constexpr i64 kSortPiece = 1 << 14;
constexpr i64 kTicksOfSortPiece = 100'000;
constexpr u64 kLongSort = 1 << 16;
constexpr i64 kMostItems = i64{1} << 48;

template <class Element>
std::span<Element> elements_of(Value array, i64 n) {
  constexpr i64 kWords = sizeof(Element) / sizeof(Value);
  place_in(to<Array>(array)->capacity + 1, std::min(n, kMostItems) * kWords);
  return {reinterpret_cast<Element*>(to<Array>(array)->items), static_cast<size_t>(n)};
}

// Two neighbouring sorted parts of an array that are being merged into another: what is left of them.
struct Merge {
  i64 left, middle, right, end;
};

// Goes on with a merge for a piece. Parts that need no merging, as those of lists in order, are copied.
template <class Element, class Less>
void merge_piece(const Element* from, Element* to, Merge& m, i64 start, Less less) {
  to += m.left + m.right - m.middle;
  if (m.left == start && m.right == m.middle && m.right < m.end) {
    if (!less(from[m.right], from[m.middle - 1])) {
      to = std::copy(from + m.left, from + m.middle, to);
      m.left = m.middle;
    } else if (less(from[m.end - 1], from[m.left])) {
      to = std::copy(from + m.right, from + m.end, to);
      m.right = m.end;
    }
  }
  for (i64 left = kSortPiece; left > 0 && m.left < m.middle && m.right < m.end; --left)
    *to++ = less(from[m.right], from[m.left]) ? from[m.right++] : from[m.left++];
  if (m.right == m.end) {
    std::copy(from + m.left, from + m.middle, to);
    m.left = m.middle;
  } else if (m.left == m.middle) {
    std::copy(from + m.right, from + m.end, to);
    m.right = m.end;
  }
}

// Is the array, whose pieces are sorted, in order as a whole?
template <class Element, class Less>
bool pieces_in_order(std::span<Element> data, Less less) {
  for (size_t at = kSortPiece; at < data.size(); at += kSortPiece)
    if (less(data[at], data[at - 1])) return false;
  return true;
}

// The registers of sort_long_steps.
enum LongSort : u32 { kKeys, kItems, kCount, kReverse, kData, kSpare, kClass, kStart, kWidth, kLeft, kRight };

template <class Element>
bool sort_piece(Runtime& rt, Frame& f) {
  const i64 n = f[kCount].as_int();
  const i64 start = static_cast<i64>(place_in(static_cast<u64>(n), f[kStart].as_int()));
  auto data = elements_of<Element>(f[kData], n);
  bool known = sort_elements(
      rt, data.subspan(static_cast<size_t>(start), static_cast<size_t>(std::min(kSortPiece, n - start))),
      static_cast<KeyClass>(f[kClass].as_int()));
  rt.heap.wrote(f[kData].object());
  return known;
}

// Sets `ordered` when no merging is needed any more.
template <class Element>
bool see_order(Runtime& rt, Frame& f, bool& ordered) {
  auto data = elements_of<Element>(f[kData], f[kCount].as_int());
  return with_less<Element>(rt, static_cast<KeyClass>(f[kClass].as_int()),
                            [&](auto less) { ordered = pieces_in_order(data, less); });
}

template <class Element>
bool merge_some(Runtime& rt, Frame& f) {
  i64 n = f[kCount].as_int(), start = f[kStart].as_int(), width = f[kWidth].as_int();
  Merge m = {f[kLeft].as_int(), std::min(start + width, n), f[kRight].as_int(),
             std::min(start + 2 * width, n)};
  if (start < 0 || m.left < start || m.left > m.middle || m.right < m.middle || m.right > m.end) wrong_kind();
  auto from = elements_of<Element>(f[kData], n), to = elements_of<Element>(f[kSpare], n);
  bool known = with_less<Element>(rt, static_cast<KeyClass>(f[kClass].as_int()),
                                  [&](auto less) { merge_piece(from.data(), to.data(), m, start, less); });
  f[kLeft] = Value::from_int(m.left);
  f[kRight] = Value::from_int(m.right);
  rt.heap.wrote(f[kSpare].object());
  return known;
}

// Is the pair of parts at kStart merged?
bool is_merged(const Frame& f) {
  i64 n = f.r[kCount].as_int(), start = f.r[kStart].as_int(), width = f.r[kWidth].as_int();
  return f.r[kLeft].as_int() == std::min(start + width, n) &&
         f.r[kRight].as_int() == std::min(start + 2 * width, n);
}

// The copies that are sorted: of the items alone, or pairs of keys and items.
void begin_long_sort(Runtime& rt, Frame& f) {
  u64 n = static_cast<u64>(f[kCount].as_int());
  bool pairs = !f[kKeys].is_none();
  hold(to<Array>(f[kItems]), pairs ? to<Array>(f[kKeys]) : nullptr, f[kCount].as_int());
  f[kData] = Value::from(new_array(rt, pairs ? 2 * n : n));
  f[kSpare] = Value::from(new_array(rt, pairs ? 2 * n : n));
  const Value* items = to<Array>(f[kItems])->items;
  if (pairs) {
    const Value* keys = to<Array>(f[kKeys])->items;
    auto data = elements_of<KeyedItem>(f[kData], static_cast<i64>(n));
    for (u64 i = 0; i < n; ++i) data[i] = {keys[i], items[i]};
    if (f[kReverse].is_true()) std::reverse(data.begin(), data.end());
    f[kClass] = Value::from_int(static_cast<i64>(classify(rt, keys, n)));
  } else {
    auto data = elements_of<Value>(f[kData], static_cast<i64>(n));
    std::copy_n(items, n, data.begin());
    if (f[kReverse].is_true()) std::reverse(data.begin(), data.end());
    f[kClass] = Value::from_int(static_cast<i64>(classify(rt, items, n)));
  }
  rt.heap.wrote(f[kData].object());
}

// The sorted items as an array.
Value end_long_sort(Runtime& rt, Frame& f) {
  i64 n = f[kCount].as_int();
  Value sorted = f[kData];
  if (!f[kKeys].is_none()) {
    sorted = Value::from(new_array(rt, static_cast<u64>(n)));
    auto data = elements_of<KeyedItem>(f[kData], n);
    for (size_t i = 0; i < data.size(); ++i) to<Array>(sorted)->items[i] = data[i].item;
  }
  auto items = elements_of<Value>(sorted, n);
  if (f[kReverse].is_true()) std::reverse(items.begin(), items.end());
  rt.heap.wrote(sorted.object());
  return sorted;
}

// --- the step machine
// ----------------------------------------------------------------------------------------------------

Value at(Value array, Value index) {
  return item_at(to<Array>(array), index);
}
Value at(Value array, i64 index) {
  return item_at(to<Array>(array), index);
}
Value plus(Value v, i64 n) {
  return Value::from_int(v.as_int() + n);
}

void put(Runtime& rt, Value array, i64 index, Value v) {
  item_at(to<Array>(array), index) = v;
  rt.heap.wrote(array.object());
}

Value array_copy(Runtime& rt, Value array, i64 start, i64 count) {
  (void)items_at(to<Array>(array), start, start + count);
  Array* copy = new_array(rt, static_cast<u64>(count));
  std::copy_n(to<Array>(array)->items + start, count, copy->items);
  rt.heap.wrote(copy);
  return Value::from(copy);
}

Result less(Runtime& rt, Frame& f, Value a, Value b) {
  bool known;
  if (pure_less(rt, a, b, known)) return Result::boolean(known);
  return call_internal(rt, f, Internal::SortLess, {a, b});
}

// Moves item `from` of an array down to place `to_place`, shifting those between.
void rotate_down(Runtime& rt, Value array, i64 to_place, i64 from) {
  Value* first = items_at(to<Array>(array), to_place, from + 1);
  Value* last = first + (from - to_place);
  std::rotate(first, last, last + 1);
  rt.heap.wrote(array.object());
}

void reverse_range(Runtime& rt, Value array, i64 start, i64 end) {
  Value* items = items_at(to<Array>(array), start, end);
  std::reverse(items, items + (end - start));
  rt.heap.wrote(array.object());
}

}  // namespace

// a, b → whether a < b.
Result sort_less_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, compare(rt, f, CompareOp::Lt, f[0], f[1]));
      AWAIT(2, truth(rt, f, r.value()));
      return r;
  }
  LISLE_UNREACHABLE();
}

// Sorts in place. f[0] array of keys, f[1] array of items that follow them, or None; f[2] their count.
// f[3] list of the starts of pending runs; f[4] start and f[5] end of the run being made; f[6], f[7] bounds
// of a binary search. While merging: f[8], f[9] the left run's keys and items; f[10] cursor in it, f[11] its
// length, f[12] cursor in the right run, f[13] its end, f[14] where the next one goes, f[15] index of the
// left run in f[3].
Result sort_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  bool has_items = !f[1].is_none();
  i64 n = f[2].as_int();
  switch (f.step()) {
    case 0:
      f[3] = Value::from(new_list(rt, 8));
      f[4] = Value::from_int(0);
      while (f[4].as_int() < n) {
        f[5] = plus(f[4], 1);
        if (f[5].as_int() < n) {
          AWAIT(1, less(rt, f, at(f[0], f[5]), at(f[0], f[4])));
          f[6] = r.value();
          for (f[5] = plus(f[5], 1); f[5].as_int() < n; f[5] = plus(f[5], 1)) {
            AWAIT(2, less(rt, f, at(f[0], f[5]), at(f[0], f[5].as_int() - 1)));
            if (r.value() != f[6]) break;
          }
          if (f[6].is_true()) {
            reverse_range(rt, f[0], f[4].as_int(), f[5].as_int());
            if (has_items) reverse_range(rt, f[1], f[4].as_int(), f[5].as_int());
          }
        }
        for (; f[5].as_int() < std::min(n, f[4].as_int() + shortest_run(n)); f[5] = plus(f[5], 1)) {
          f[6] = f[4];
          f[7] = f[5];
          while (f[6].as_int() < f[7].as_int()) {
            AWAIT(3, less(rt, f, at(f[0], f[5]), at(f[0], (f[6].as_int() + f[7].as_int()) >> 1)));
            Value middle = Value::from_int((f[6].as_int() + f[7].as_int()) >> 1);
            if (r.value().is_true()) {
              f[7] = middle;
            } else {
              f[6] = plus(middle, 1);
            }
          }
          rotate_down(rt, f[0], f[6].as_int(), f[5].as_int());
          if (has_items) rotate_down(rt, f[1], f[6].as_int(), f[5].as_int());
        }
        list_append(rt, *to<List>(f[3]), f[4]);
        f[4] = f[5];
        for (;;) {
          {
            List& runs = *to<List>(f[3]);
            auto start_of = [&](i64 i) { return runs.items->items[i].as_int(); };
            i64 count = static_cast<i64>(runs.size);
            i64 run = run_to_merge(count, f[4].as_int(), f[4].as_int() == n, start_of);
            if (run < 0) break;
            i64 start = start_of(run), middle = start_of(run + 1);
            f[8] = array_copy(rt, f[0], start, middle - start);
            if (has_items) f[9] = array_copy(rt, f[1], start, middle - start);
            f[10] = Value::from_int(0);
            f[11] = Value::from_int(middle - start);
            f[12] = Value::from_int(middle);
            f[13] = run + 2 < count ? Value::from_int(start_of(run + 2)) : f[4];
            f[14] = Value::from_int(start);
            f[15] = Value::from_int(run);
          }
          while (f[10].as_int() < f[11].as_int()) {
            if (f[12].as_int() < f[13].as_int()) {
              AWAIT(4, less(rt, f, at(f[0], f[12]), at(f[8], f[10])));
            } else {
              r = Result::boolean(false);  // the right run is used up
            }
            bool from_right = r.value().is_true();
            Value& cursor = from_right ? f[12] : f[10];
            put(rt, f[0], f[14].as_int(), at(from_right ? f[0] : f[8], cursor));
            if (has_items) put(rt, f[1], f[14].as_int(), at(from_right ? f[1] : f[9], cursor));
            cursor = plus(cursor, 1);
            f[14] = plus(f[14], 1);
          }
          List& runs = *to<List>(f[3]);
          place_in(runs.size, f[15].as_int() + 1);
          Value* starts = runs.items->items;
          std::copy(starts + f[15].as_int() + 2, starts + runs.size, starts + f[15].as_int() + 1);
          --runs.size;
        }
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// keys or None, items, count, whether reversed → the sorted items, or None when the program has to be asked.
// Pieces are sorted, then merged by pairs into the other array, and again with parts twice as wide.
Result sort_long_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  const bool pairs = !f[kKeys].is_none();
  const i64 n = f[kCount].as_int();
  bool ordered = false;
  switch (f.step()) {
    case 0:
      begin_long_sort(rt, f);
      for (f[kStart] = Value::from_int(0); f[kStart].as_int() < n; f[kStart] = plus(f[kStart], kSortPiece)) {
        if (!(pairs ? sort_piece<KeyedItem>(rt, f) : sort_piece<Value>(rt, f))) return Result::none();
        AWAIT(1, pause(rt, f, kTicksOfSortPiece));
      }
      if (!(pairs ? see_order<KeyedItem>(rt, f, ordered) : see_order<Value>(rt, f, ordered)))
        return Result::none();
      if (ordered) return end_long_sort(rt, f);
      for (f[kWidth] = Value::from_int(kSortPiece); f[kWidth].as_int() < n;
           f[kWidth] = plus(f[kWidth], f[kWidth].as_int())) {
        for (f[kStart] = Value::from_int(0); f[kStart].as_int() < n;
             f[kStart] = plus(f[kStart], 2 * f[kWidth].as_int())) {
          f[kLeft] = f[kStart];
          f[kRight] = Value::from_int(std::min(f[kStart].as_int() + f[kWidth].as_int(), n));
          while (!is_merged(f)) {
            if (!(pairs ? merge_some<KeyedItem>(rt, f) : merge_some<Value>(rt, f))) return Result::none();
            AWAIT(2, pause(rt, f, kTicksOfSortPiece));
          }
        }
        std::swap(f[kData], f[kSpare]);
      }
      return end_long_sort(rt, f);
  }
  LISLE_UNREACHABLE();
}

// --- list.sort
// -----------------------------------------------------------------------------------------------------------

namespace {

// Gives the list its content back, sorted or as it was.
Result finish_sort(Runtime& rt, Frame& f, Value storage, Result outcome) {
  List& list = *to<List>(f[0]);
  bool modified = list.items != nullptr;
  hold(to<Array>(storage), nullptr, f[5].as_int());
  list.items = to<Array>(storage);
  list.size = static_cast<u64>(f[5].as_int());
  rt.heap.wrote(&list);
  if (modified && !outcome.is_raised()) return raise(rt, TypeId::ValueError, "list modified during sort");
  return outcome;
}

// For list_sort(): the sorted items, or None when the program has to be asked.
Result sorted_purely(Runtime& rt, Frame& f) {
  const u64 n = static_cast<u64>(f[5].as_int());
  if (n > kLongSort) return call_internal(rt, f, Internal::SortLong, {f[4], f[3], f[5], f[2]});
  const Array* keys = f[4].is_none() ? nullptr : to<Array>(f[4]);
  hold(to<Array>(f[3]), keys, f[5].as_int());
  Array* sorted = pure_sort(rt, *to<Array>(f[3]), keys, n, f[2].is_true());
  return sorted ? Value::from(sorted) : Value::none();
}

}  // namespace

bool list_sort_pure(Runtime& rt, List& list) {
  if (list.size < 2) return true;
  if (list.size > kLongSort) return false;
  Array* sorted = pure_sort(rt, *list.items, nullptr, list.size, false);
  if (!sorted) return false;
  list.items = sorted;
  rt.heap.wrote(&list);
  return true;
}

// f[3] the list's own storage, f[4] array of keys or None, f[5] size, f[6] index, then the sorted items.
Result list_sort(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[1].is_unbound()) f[1] = Value::none();
      if (f[2].is_unbound()) f[2] = Value::false_();
      if (!f[2].is_bool()) {
        AWAIT_CATCH(1, to_index(rt, f, f[2]));
        if (r.is_raised()) return r;
        f[2] = Value::from_bool(!int_is_zero(r.value()));
      }
      {
        List& list = *to<List>(f[0]);
        if (list.size == 0) return Result::none();
        f[3] = Value::from(list.items);
        f[4] = Value::none();
        f[5] = Value::from_int(static_cast<i64>(list.size));
        list.size = 0;
        list.items = nullptr;
      }
      if (!f[1].is_none()) {
        f[4] = Value::from(new_array(rt, static_cast<u64>(f[5].as_int())));
        for (f[6] = Value::from_int(0); f[6].as_int() < f[5].as_int(); f[6] = plus(f[6], 1)) {
          AWAIT_CATCH(2, call(rt, f, f[1], {at(f[3], f[6])}));
          if (r.is_raised()) return finish_sort(rt, f, f[3], r);
          put(rt, f[4], f[6].as_int(), r.value());
        }
      }
      AWAIT_CATCH(4, sorted_purely(rt, f));
      if (r.is_raised()) return finish_sort(rt, f, f[3], r);
      if (!r.value().is_none()) return finish_sort(rt, f, r.value(), Result::none());
      {
        const Array* keys = f[4].is_none() ? nullptr : to<Array>(f[4]);
        f[6] = array_copy(rt, f[3], 0, f[5].as_int());
        if (f[2].is_true()) reverse_range(rt, f[6], 0, f[5].as_int());
        if (f[2].is_true() && keys) reverse_range(rt, f[4], 0, f[5].as_int());
      }
      AWAIT_CATCH(3, f[4].is_none() ? call_internal(rt, f, Internal::SortSteps, {f[6], f[4], f[5]})
                                    : call_internal(rt, f, Internal::SortSteps, {f[4], f[6], f[5]}));
      if (r.is_raised()) return finish_sort(rt, f, f[3], r);
      if (f[2].is_true()) reverse_range(rt, f[6], 0, f[5].as_int());
      return finish_sort(rt, f, f[6], r);
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

// Comparison of lists and tuples: the first items that differ decide, else the lengths.
#include "runtime/types/sequence_compare.h"

#include "runtime/protocols/pure.h"
#include "runtime/types/item_at.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

struct Run {
  const Value* items;
  u64 size;
};

Run run_of(Value v) {
  if (Tuple* tuple = as<Tuple>(v)) return {tuple->items, tuple->size};
  List* list = to<List>(v);
  return {list->items ? list->items->items : nullptr, list->size};
}

bool compare_sizes(CompareOp op, u64 a, u64 b) {
  switch (op) {
    case CompareOp::Lt:
      return a < b;
    case CompareOp::Le:
      return a <= b;
    case CompareOp::Eq:
      return a == b;
    case CompareOp::Ne:
      return a != b;
    case CompareOp::Gt:
      return a > b;
    case CompareOp::Ge:
      return a >= b;
  }
  LISLE_UNREACHABLE();
}

// Goes on from `index` as far as items can be compared without the program. kAsk leaves `index` at the item
// to ask.
enum class Scan : u8 { kFound, kEnd, kAsk };
Scan scan(Runtime& rt, Value sequence, Value item, u64& index, u64 stop) {
  Run run = run_of(sequence);
  if (stop > run.size) stop = run.size;
  for (; index < stop; ++index) {
    bool equal;
    Value v = run.items[index];
    if (v == item) return Scan::kFound;
    if (Value::both_int(v, item)) continue;
    if (!pure_equal(rt, v, item, equal)) return Scan::kAsk;
    if (equal) return Scan::kFound;
  }
  return Scan::kEnd;
}

// scan() with its position in a register.
Scan scan_from(Runtime& rt, Value sequence, Value item, Value& place, Value stop) {
  u64 index = static_cast<u64>(place.as_int());
  Scan result = scan(rt, sequence, item, index, static_cast<u64>(stop.as_int()));
  place = Value::from_int(static_cast<i64>(index));
  return result;
}

constexpr i64 kNoStop = i64{1} << 60;

}  // namespace

bool sequence_find_pure(Runtime& rt, Value sequence, Value item, i64& index) {
  u64 place = 0;
  Scan found = scan(rt, sequence, item, place, static_cast<u64>(kNoStop));
  index = found == Scan::kFound ? static_cast<i64>(place) : -1;
  return found != Scan::kAsk;
}

Result compare_sequences(Runtime& rt, Frame& f, CompareOp op, Value a, Value b) {
  Run x = run_of(a), y = run_of(b);
  bool lists_differ = is_kind(a, Kind::List) && x.size != y.size;
  if (lists_differ && op == CompareOp::Eq) return Result::boolean(false);
  if (lists_differ && op == CompareOp::Ne) return Result::boolean(true);
  u64 common = x.size < y.size ? x.size : y.size;
  for (u64 i = 0; i < common; ++i) {
    bool equal;
    if (!pure_equal(rt, x.items[i], y.items[i], equal)) {
      return call_internal(
          rt, f, Internal::CompareSequences,
          {a, b, Value::from_int(static_cast<i64>(op)), Value::from_int(static_cast<i64>(i))});
    }
    if (equal) continue;
    if (op == CompareOp::Eq) return Result::boolean(false);
    if (op == CompareOp::Ne) return Result::boolean(true);
    return compare(rt, f, op, x.items[i], y.items[i]);
  }
  return Result::boolean(compare_sizes(op, x.size, y.size));
}

// a, b, operation, index from which to compare → a value.
Result compare_sequences_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  const CompareOp op = one_of(f[2], CompareOp::Ge);
  switch (f.step()) {
    case 0:
      for (;; f[3] = Value::from_int(f[3].as_int() + 1)) {
        {
          // The sizes are looked at again each time: the program may have changed the lists.
          u64 i = static_cast<u64>(f[3].as_int());
          Run x = run_of(f[0]), y = run_of(f[1]);
          if (i >= x.size || i >= y.size) {
            return Result::boolean(compare_sizes(op, x.size, y.size));
          }
          f[4] = x.items[i];
          f[5] = y.items[i];
        }
        AWAIT(1, equal(rt, f, f[4], f[5]));
        if (r.value().is_true()) continue;
        if (op == CompareOp::Eq) return Result::boolean(false);
        if (op == CompareOp::Ne) return Result::boolean(true);
        AWAIT(2, compare(rt, f, op, f[4], f[5]));
        return r;
      }
  }
  LISLE_UNREACHABLE();
}

Result sequence_find(Runtime& rt, Frame& f, Value sequence, Value item, i64 start, i64 stop) {
  u64 index = static_cast<u64>(start);
  switch (scan(rt, sequence, item, index, static_cast<u64>(stop))) {
    case Scan::kFound:
      return Value::from_int(static_cast<i64>(index));
    case Scan::kEnd:
      return Value::from_int(-1);
    case Scan::kAsk:
      break;
  }
  return call_internal(rt, f, Internal::SequenceFind,
                       {sequence, item, Value::from_int(static_cast<i64>(index)), Value::from_int(stop)});
}

// sequence, item, index, stop → index or -1.
Result sequence_find_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (;; f[2] = Value::from_int(f[2].as_int() + 1)) {
        {
          Scan result = scan_from(rt, f[0], f[1], f[2], f[3]);
          if (result == Scan::kFound) return f[2];
          if (result == Scan::kEnd) return Value::from_int(-1);
        }
        AWAIT(1, equal(rt, f, run_of(f[0]).items[f[2].as_int()], f[1]));
        if (r.value().is_true()) return f[2];
      }
  }
  LISLE_UNREACHABLE();
}

Result sequence_contains(Runtime& rt, Frame& f, Value sequence, Value item) {
  u64 index = 0;
  switch (scan(rt, sequence, item, index, static_cast<u64>(kNoStop))) {
    case Scan::kFound:
      return Result::boolean(true);
    case Scan::kEnd:
      return Result::boolean(false);
    case Scan::kAsk:
      break;
  }
  return call_internal(rt, f, Internal::SequenceContains,
                       {sequence, item, Value::from_int(static_cast<i64>(index))});
}

// sequence, item, index → a bool.
Result sequence_contains_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::SequenceFind, {f[0], f[1], f[2], Value::from_int(kNoStop)}));
      return Result::boolean(r.value().as_int() >= 0);
  }
  LISLE_UNREACHABLE();
}

Result sequence_count(Runtime& rt, Frame& f, Value sequence, Value item) {
  return call_internal(rt, f, Internal::SequenceCount, {sequence, item});
}

// sequence, item → count. f[2] count, f[3] index.
Result sequence_count_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = f[3] = Value::from_int(0);
      for (;; f[3] = Value::from_int(f[3].as_int() + 1)) {
        AWAIT(1, sequence_find(rt, f, f[0], f[1], f[3].as_int(), kNoStop));
        if (r.value().as_int() < 0) return f[2];
        f[3] = r.value();
        f[2] = Value::from_int(f[2].as_int() + 1);
      }
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

// The functions of the module math that take many numbers: sums, products, distances. Those that iterate are
// step machines, since iterating may run the program.
#include <algorithm>
#include <cmath>
#include <vector>

#include "runtime/modules/math_common.h"
#include "runtime/protocols/arith.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/item_at.h"

namespace lisle::rt {

namespace {

// --- fsum ------------------------------------------------------------------------------------------------

// The exact sum of doubles as parts that do not overlap, smallest first (Shewchuk, "Adaptive Precision
// Floating-Point Arithmetic", 1997).
class ExactSum {
 public:
  void add(f64 x) {
    size_t kept = 0;
    for (size_t i = 0; i < parts_.size(); ++i) {
      f64 y = parts_[i];
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      f64 high = x + y;
      f64 low = y - (high - x);
      if (low != 0) parts_[kept++] = low;
      x = high;
    }
    parts_.resize(kept);
    if (x != 0) parts_.push_back(x);
  }
  bool overflowed() const { return !parts_.empty() && !std::isfinite(parts_.back()); }

  f64 rounded() const {
    if (parts_.empty()) return 0;
    size_t i = parts_.size() - 1;
    f64 high = parts_[i], low = 0;
    while (i > 0) {
      f64 x = high, y = parts_[--i];
      high = x + y;
      low = y - (high - x);
      if (low != 0) break;
    }
    // Exactly half a unit was rounded to even, but the parts below say that it was more than half.
    if (i > 0 && ((low < 0 && parts_[i - 1] < 0) || (low > 0 && parts_[i - 1] > 0))) {
      f64 twice = low * 2, x = high + twice;
      if (twice == x - high) high = x;
    }
    return high;
  }

 private:
  std::vector<f64> parts_;
};

Result sum_of_floats(Runtime& rt, const List& list) {
  ExactSum sum;
  f64 special = 0, infinities = 0;
  for (u64 i = 0; i < list.size; ++i) {
    f64 x = float_value(list.items->items[i]);
    if (!std::isfinite(x)) {
      special += x;
      if (std::isinf(x)) infinities += x;
      continue;
    }
    sum.add(x);
    if (sum.overflowed()) return raise(rt, TypeId::OverflowError, "intermediate overflow in fsum");
  }
  if (special == 0) return new_float(rt, sum.rounded());
  if (std::isnan(infinities)) return raise(rt, TypeId::ValueError, "-inf + inf in fsum");
  return new_float(rt, special);
}

// f: iterable, list of its items, position.
Result math_fsum(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, list_of(rt, f, f[0]));
      f[1] = r.value();
      f[2] = Value::from_int(0);
      while (static_cast<u64>(f[2].as_int()) < to<List>(f[1])->size) {
        AWAIT(2, to_float(rt, f, item_at(to<List>(f[1]), f[2])));
        item_at(to<List>(f[1]), f[2]) = r.value();
        rt.heap.wrote(to<List>(f[1])->items);
        f[2] = Value::from_int(f[2].as_int() + 1);
      }
      return sum_of_floats(rt, *to<List>(f[1]));
  }
  LISLE_UNREACHABLE();
}

// --- prod ------------------------------------------------------------------------------------------------

// f: iterable (later its iterator), start (later the product).
Result math_prod(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[1].is_unbound()) f[1] = Value::from_int(1);
      AWAIT(1, iter(rt, f, f[0]));
      f[0] = r.value();
      for (;;) {
        AWAIT(2, next(rt, f, f[0]));
        if (r.value().is_exhausted()) return f[1];
        AWAIT(3, binary(rt, f, BinaryOp::Mul, f[1], r.value()));
        f[1] = r.value();
      }
  }
  LISLE_UNREACHABLE();
}

// --- lengths ---------------------------------------------------------------------------------------------

// The Euclidean length of a vector: scaled by its largest part, summed in extended precision.
f64 vector_length(const std::vector<f64>& parts) {
  f64 largest = 0;
  bool has_nan = false;
  for (f64 x : parts) {
    if (std::isinf(x)) return HUGE_VAL;
    has_nan |= std::isnan(x);
    largest = std::max(largest, std::fabs(x));
  }
  if (has_nan) return NAN;
  if (largest == 0) return 0;
  int exponent = 0;
  std::frexp(largest, &exponent);
  long double sum = 0;
  for (f64 x : parts) {
    long double scaled = std::ldexp(static_cast<long double>(x), -exponent);
    sum += scaled * scaled;
  }
  return static_cast<f64>(std::ldexp(std::sqrt(sum), exponent));
}

Result math_hypot(Runtime& rt, Frame& f) {
  const Tuple& items = *to<Tuple>(f[0]);
  std::vector<f64> parts(items.size);
  for (u64 i = 0; i < items.size; ++i) {
    if (!is_plain_real(rt, items.items[i])) return retry_converted_items(rt, f, Want::kFloat);
    TRY(double_of(rt, items.items[i], parts[i]));
  }
  return new_float(rt, vector_length(parts));
}

Result distance(Runtime& rt, const Tuple& p, const Tuple& q) {
  std::vector<f64> parts(p.size);
  for (u64 i = 0; i < p.size; ++i) parts[i] = float_value(p.items[i]) - float_value(q.items[i]);
  return new_float(rt, vector_length(parts));
}

// A tuple that nobody else has: its items are converted in place.
Value tuple_of_list(Runtime& rt, const List& list) {
  return Value::from(new_tuple_from(rt, list.size ? list.items->items : nullptr, list.size));
}

// f: p, q, position in both.
Result math_dist(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, list_of(rt, f, f[0]));
      f[0] = tuple_of_list(rt, *to<List>(r.value()));
      AWAIT(2, list_of(rt, f, f[1]));
      f[1] = tuple_of_list(rt, *to<List>(r.value()));
      if (to<Tuple>(f[0])->size != to<Tuple>(f[1])->size) {
        return raise(rt, TypeId::ValueError, "both points must have the same number of dimensions");
      }
      f[2] = Value::from_int(0);
      while (static_cast<u64>(f[2].as_int()) < to<Tuple>(f[0])->size) {
        AWAIT(3, to_float(rt, f, item_at(to<Tuple>(f[0]), f[2])));
        item_at(to<Tuple>(f[0]), f[2]) = r.value();
        rt.heap.wrote(f[0].object());
        AWAIT(4, to_float(rt, f, item_at(to<Tuple>(f[1]), f[2])));
        item_at(to<Tuple>(f[1]), f[2]) = r.value();
        rt.heap.wrote(f[1].object());
        f[2] = Value::from_int(f[2].as_int() + 1);
      }
      return distance(rt, *to<Tuple>(f[0]), *to<Tuple>(f[1]));
  }
  LISLE_UNREACHABLE();
}

const NativeSpec kFunctions[] = {
    {"fsum", math_fsum, "(seq, /)", "Return an accurate floating point sum of values in the iterable seq.",
     3},
    {"prod", math_prod, "(iterable, /, *, start=1)",
     "Calculate the product of all the elements in the input iterable.", 2},
    {"hypot", math_hypot, "(*coordinates)",
     "Multidimensional Euclidean distance from the origin to a point."},
    {"dist", math_dist, "(p, q, /)", "Return the Euclidean distance between two points p and q.", 3},
};

}  // namespace

std::span<const NativeSpec> math_sum_functions() {
  return kFunctions;
}

}  // namespace lisle::rt

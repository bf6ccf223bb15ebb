// Quick looks at operands that are numbers without heap objects.
#pragma once
#include "runtime/object/value.h"

namespace lisle::interp {

// Ints that a double holds exactly.
[[gnu::always_inline]] inline bool exact_double(i64 n) {
  return n >= -(i64{1} << 53) && n <= i64{1} << 53;
}

[[gnu::always_inline]] inline bool quick_double(rt::Value v, f64& out) {
  if (LISLE_LIKELY(v.is_tagged_double())) {
    out = v.tagged_double();
    return true;
  }
  if (v.is_int()) {
    out = static_cast<f64>(v.as_int());
    return true;
  }
  if (v.is_double_zero()) {
    out = v.as_double();
    return true;
  }
  return false;
}

// At least one float and otherwise small ints, as doubles.
[[gnu::always_inline]] inline bool both_numbers(rt::Value a, rt::Value b, f64& x, f64& y) {
  return quick_double(a, x) && quick_double(b, y);
}

}  // namespace lisle::interp

// What the files of the math and cmath modules share.
#pragma once
#include "runtime/protocols/convert_number.h"
#include "runtime/types/float.h"
#include "runtime/types/int_limbs.h"
#include "runtime/types/list.h"

namespace lisle::rt {

inline Result raise_math_domain(Runtime& rt) {
  return raise(rt, TypeId::ValueError, "math domain error");
}
inline Result raise_math_range(Runtime& rt) {
  return raise(rt, TypeId::OverflowError, "math range error");
}

// Is `v` a number whose double needs no method of the program?
inline bool is_plain_real(const Runtime& rt, Value v) {
  return is_float(v) || v.is_bool() || is_exact_int(rt, v);
}

inline Value pair_of(Runtime& rt, Value a, Value b) {
  Value items[2] = {a, b};
  return Value::from(new_tuple_from(rt, items, 2));
}

// The functions that other files add to the module of math.cpp.
std::span<const NativeSpec> math_integer_functions();
std::span<const NativeSpec> math_sum_functions();
std::span<const NativeSpec> math_gamma_functions();

}  // namespace lisle::rt

// float: most are self-tagged in the Value (see value.h); the others, and instances of subclasses, are heap objects.
#pragma once
#include "runtime/types/array.h"

namespace lisle::rt {

struct Float : Object {
  static constexpr Kind kKind = Kind::Float;
  f64 number;

  size_t byte_size() const { return sizeof(Float); }
  template <class V>
  void visit(V&&) {}
};

struct Complex : Object {
  static constexpr Kind kKind = Kind::Complex;
  f64 real, imag;

  size_t byte_size() const { return sizeof(Complex); }
  template <class V>
  void visit(V&&) {}
};

// The float `d` as a Value; allocates only outside the self-tagged range.
Value new_float(Runtime& rt, f64 d);
Value new_complex(Runtime& rt, f64 real, f64 imag);

// Is `v` a float or an instance of a subclass of float?
inline bool is_float(Value v) { return v.is_double() || is_kind(v, Kind::Float); }
inline f64 float_value(Value v) { return v.is_double() ? v.as_double() : to<Float>(v)->number; }

}  // namespace lisle::rt

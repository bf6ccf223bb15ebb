// operator.index, int() and float() of arbitrary objects: numbers at once, others by their special methods.
#include "runtime/protocols/convert_number.h"

#include <cmath>
#include <string>

#include "runtime/builtins/warn.h"
#include "runtime/protocols/compare.h"
#include "runtime/types/float.h"
#include "runtime/types/int_limbs.h"
#include "runtime/types/item_at.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

// What a conversion says when the program's method answers with a subclass of the builtin number.
Result warn_of_subclass(Runtime& rt, Frame& f, const std::string& method, const char* wanted, Value found) {
  return warn(rt, f, TypeId::DeprecationWarning,
              method + " returned non-" + wanted + " (type " + type_name(rt, found) +
                  ").  The ability to return an instance of a strict subclass of " + wanted +
                  " is deprecated, and may be removed in a future version of Python.");
}

}  // namespace

Result to_index(Runtime& rt, Frame& f, Value v) {
  if (LISLE_LIKELY(is_exact_int(rt, v))) return v;
  if (is_int_like(v)) return exact_int(rt, v);
  if (!has_special(rt, v, Special::Index)) {
    return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer", type_name(rt, v));
  }
  return call_internal(rt, f, Internal::ToIndex, {v});
}

// f: the object, what it answered.
Result to_index_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_special(rt, f, f[0], Special::Index, {}));
      if (is_exact_int(rt, r.value())) return r;
      f[1] = r.value();
      if (is_int_like(f[1])) {
        AWAIT(2, warn_of_subclass(rt, f, "__index__", "int", f[1]));
        return exact_int(rt, f[1]);
      }
      return raise(rt, TypeId::TypeError, "__index__ returned non-int (type %s)", type_name(rt, f[1]));
  }
  LISLE_UNREACHABLE();
}

// --- int -------------------------------------------------------------------------------------------------

Result raise_not_an_int(Runtime& rt, Value v) {
  return raise(rt, TypeId::TypeError,
               "int() argument must be a string, a bytes-like object or a real number, not '%s'",
               type_name(rt, v));
}

Result to_int(Runtime& rt, Frame& f, Value v) {
  if (is_exact_int(rt, v)) return v;
  if (v.is_bool()) return exact_int(rt, v);
  if (v.is_double()) return int_of_double(rt, v.as_double());
  if (has_special(rt, v, Special::Int) || has_special(rt, v, Special::Index) ||
      has_special(rt, v, Special::Trunc)) {
    return call_internal(rt, f, Internal::ToInt, {v});
  }
  return raise_not_an_int(rt, v);
}

// f: the object, later what __trunc__ returned; what __int__ answered.
Result to_int_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (has_special(rt, f[0], Special::Int)) {
        AWAIT(1, call_special(rt, f, f[0], Special::Int, {}));
        if (is_exact_int(rt, r.value())) return r;
        f[1] = r.value();
        if (!is_int_like(f[1]))
          return raise(rt, TypeId::TypeError, "__int__ returned non-int (type %s)", type_name(rt, f[1]));
        AWAIT(4, warn_of_subclass(rt, f, "__int__", "int", f[1]));
        return exact_int(rt, f[1]);
      }
      if (has_special(rt, f[0], Special::Index)) return to_index(rt, f, f[0]);
      AWAIT(5,
            warn(rt, f, TypeId::DeprecationWarning, "The delegation of int() to __trunc__ is deprecated."));
      AWAIT(2, call_special(rt, f, f[0], Special::Trunc, {}));
      f[0] = r.value();
      if (is_int_like(f[0])) return exact_int(rt, f[0]);
      if (has_special(rt, f[0], Special::Index)) return to_index(rt, f, f[0]);
      return raise(rt, TypeId::TypeError, "__trunc__ returned non-Integral (type %s)", type_name(rt, f[0]));
  }
  LISLE_UNREACHABLE();
}

// --- float -----------------------------------------------------------------------------------------------

bool converts_to_float(const Runtime& rt, Value v) {
  return has_special(rt, v, Special::Float) || has_special(rt, v, Special::Index);
}

Result to_float(Runtime& rt, Frame& f, Value v) {
  if (LISLE_LIKELY(v.is_double())) return v;
  if (is_float(v)) return new_float(rt, float_value(v));
  if (is_exact_int(rt, v) || v.is_bool()) {
    f64 d = 0;
    TRY(double_of(rt, v, d));
    return new_float(rt, d);
  }
  if (converts_to_float(rt, v)) return call_internal(rt, f, Internal::ToFloat, {v});
  return raise(rt, TypeId::TypeError, "must be real number, not %s", type_name(rt, v));
}

// f: the object, what it answered.
Result to_float_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (has_special(rt, f[0], Special::Float)) {
        AWAIT(1, call_special(rt, f, f[0], Special::Float, {}));
        if (r.value().is_double() ||
            (is_float(r.value()) && r.value().object()->shape == rt.shape_of(TypeId::Float)))
          return r;
        f[1] = r.value();
        if (is_float(f[1])) {
          AWAIT(3, warn_of_subclass(rt, f, std::string(type_name(rt, f[0])) + ".__float__", "float", f[1]));
          return new_float(rt, float_value(f[1]));
        }
        return raise(rt, TypeId::TypeError, "%s.__float__ returned non-float (type %s)", type_name(rt, f[0]),
                     type_name(rt, f[1]));
      }
      AWAIT(2, to_index(rt, f, f[0]));
      return to_float(rt, f, r.value());
  }
  LISLE_UNREACHABLE();
}

// --- calling a native again with converted arguments -----------------------------------------------------

namespace {

constexpr u32 kWantBits = 3;

Result convert_wanted(Runtime& rt, Frame& f, Want want, Value v) {
  if (v.is_unbound()) return v;
  switch (want) {
    case Want::kAsIs:
      return v;
    case Want::kFloat:
      return to_float(rt, f, v);
    case Want::kIndex:
      return to_index(rt, f, v);
    case Want::kTruth:
      return truth(rt, f, v);
    case Want::kComplex:
      // The constructor takes text as well, which a number parameter does not.
      if (is_complex(v) || is_str(v) || !has_special(rt, v, Special::Complex)) {
        return is_complex(v) ? v : to_float(rt, f, v);
      }
      return call_internal(rt, f, Internal::ComplexNew,
                           {Value::from(rt.type(TypeId::Complex)), v, Value::unbound()});
  }
  LISLE_UNREACHABLE();
}

// A bound native gets its receiver from itself.
Result call_again(Runtime& rt, Frame& f, Value fn, const Value* args, u32 count) {
  bool bound = is_kind(fn, Kind::Native) && !to<Native>(fn)->self.is_unbound();
  return call_span(rt, f, fn, args + bound, count - bound);
}

}  // namespace

Result retry_converted(Runtime& rt, Frame& f, std::initializer_list<Want> wants) {
  LISLE_ASSERT(wants.size() <= kMaxRetryArgs);
  i64 code = 0;
  u32 count = 0;
  // Arguments left out at the end stay out, so that the function counts the same ones again.
  u32 given = static_cast<u32>(wants.size());
  while (given > 0 && f[given - 1].is_unbound()) --given;
  for (Want want : wants) code |= static_cast<i64>(want) << (kWantBits * count++);
  Value a[kMaxRetryArgs];
  for (u32 i = 0; i < kMaxRetryArgs; ++i) a[i] = i < given ? f[i] : Value();
  return call_internal(rt, f, Internal::RetryConverted,
                       {f.fn, Value::from_int(code), Value::from_int(given), Value::from_int(0), a[0], a[1],
                        a[2], a[3], a[4]});
}

// f: function, wants, count, position, then the arguments.
Result retry_converted_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      while (f[3].as_int() < f[2].as_int()) {
        AWAIT(1, convert_wanted(rt, f, static_cast<Want>(f[1].as_int() & ((1 << kWantBits) - 1)),
                                f[4 + static_cast<size_t>(f[3].as_int())]));
        f[4 + static_cast<size_t>(f[3].as_int())] = r.value();
        f[1] = Value::from_int(f[1].as_int() >> kWantBits);
        f[3] = Value::from_int(f[3].as_int() + 1);
      }
      return call_again(rt, f, f[0], &f[4], static_cast<u32>(f[2].as_int()));
  }
  LISLE_UNREACHABLE();
}

Result retry_converted_items(Runtime& rt, Frame& f, Want want) {
  Tuple* copy = new_tuple_from(rt, to<Tuple>(f[0])->items, to<Tuple>(f[0])->size);
  if (copy == rt.empty_tuple) return call_again(rt, f, f.fn, copy->items, 0);
  return call_internal(
      rt, f, Internal::RetryConvertedItems,
      {f.fn, Value::from_int(static_cast<i64>(want)), Value::from_int(0), Value::from(copy)});
}

// f: function, want, position, a tuple of our own.
Result retry_converted_items_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      while (static_cast<u64>(f[2].as_int()) < to<Tuple>(f[3])->size) {
        AWAIT(1, convert_wanted(rt, f, static_cast<Want>(f[1].as_int()), item_at(to<Tuple>(f[3]), f[2])));
        item_at(to<Tuple>(f[3]), f[2]) = r.value();
        rt.heap.wrote(f[3].object());
        f[2] = Value::from_int(f[2].as_int() + 1);
      }
      return call_span(rt, f, f[0], to<Tuple>(f[3])->items, static_cast<u32>(to<Tuple>(f[3])->size));
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

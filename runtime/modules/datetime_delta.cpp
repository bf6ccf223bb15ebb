// The class timedelta: an exact number of microseconds, kept as days, seconds and microseconds.
//
// Sums work on the parts. Everything else goes through the number of microseconds as an int of the language,
// which is a machine word for a few ten thousand years and has no limit beyond.
#include <cmath>

#include "runtime/modules/datetime.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/pure.h"
#include "runtime/types/float.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

namespace {

constexpr i64 kMostDays = 999'999'999;

const DeltaParts& parts_of(Value v) {
  return to<TimeDelta>(v)->parts;
}

Result checked_delta(Runtime& rt, Type* type, i64 days, i64 seconds, i64 microseconds) {
  const auto [more_seconds, rest] = floor_divide(microseconds, kSecondMicroseconds);
  const auto [more_days, second] = floor_divide(seconds + more_seconds, kDaySeconds);
  days += more_days;
  if (days < -kMostDays || days > kMostDays)
    return raise(rt, TypeId::OverflowError, "days=%lld; must have magnitude <= %lld",
                 static_cast<long long>(days), static_cast<long long>(kMostDays));
  return new_delta(rt, type, {static_cast<i32>(days), static_cast<i32>(second), static_cast<i32>(rest)});
}

// --- microseconds as ints of the language
// --------------------------------------------------------------------

Result microseconds_of(Runtime& rt, const DeltaParts& p) {
  constexpr i64 kWordDays = kSmallIntMax / kDayMicroseconds - 1;
  if (p.days < kWordDays && p.days > -kWordDays) return Value::from_int(offset_microseconds(p));
  const Value days = TRY(int_mul(rt, Value::from_int(p.days), Value::from_int(kDayMicroseconds)));
  return int_add(rt, days, Value::from_int(p.seconds * kSecondMicroseconds + p.microseconds));
}

Result delta_of_int(Runtime& rt, Type* type, Value microseconds) {
  if (microseconds.is_int()) {
    const auto [days, rest] = floor_divide(microseconds.as_int(), kDayMicroseconds);
    return checked_delta(rt, type, days, 0, rest);
  }
  const Tuple* split = to<Tuple>(TRY(int_divmod(rt, microseconds, Value::from_int(kDayMicroseconds))));
  i64 days;
  if (!int_to_i64(split->items[0], days) || days > INT32_MAX || days < INT32_MIN)
    return raise(rt, TypeId::OverflowError, "Python int too large to convert to C int");
  return checked_delta(rt, type, days, 0, split->items[1].as_int());
}
Result delta_of_int(Runtime& rt, Value microseconds) {
  return delta_of_int(rt, rt.type(TypeId::TimeDelta), microseconds);
}

// The nearest int to a / b, the even one of two.
Result divide_nearest(Runtime& rt, Value a, Value b) {
  if (int_is_negative(b)) {
    a = int_neg(rt, a);
    b = int_neg(rt, b);
  }
  const Tuple* split = to<Tuple>(TRY(int_divmod(rt, a, b)));
  const Value quotient = split->items[0];
  const Value twice = TRY(int_add(rt, split->items[1], split->items[1]));
  const int order = int_compare(twice, b);
  const bool is_odd = !int_is_zero(TRY(int_and(rt, quotient, Value::from_int(1))));
  if (order > 0 || (order == 0 && is_odd)) return int_add(rt, quotient, Value::from_int(1));
  return quotient;
}

// --- construction
// --------------------------------------------------------------------------------------------

// What the arguments add up to: whole microseconds, and what fractions leave of one.
struct Sum {
  Value whole = Value::from_int(0);
  f64 fraction = 0;
};

Result add_unit(Runtime& rt, Sum& sum, Value number, i64 unit, const char* name) {
  const Value factor = Value::from_int(unit);
  if (is_int_like(number)) {
    sum.whole = TRY(int_add(rt, sum.whole, TRY(int_mul(rt, number, factor))));
    return Result::none();
  }
  if (!is_float(number))
    return raise(rt, TypeId::TypeError, "unsupported type for timedelta %s component: %s", name,
                 type_name(rt, number));
  // The integral part is multiplied exactly. Of the fraction's product the integral part is exact again.
  f64 integral;
  const f64 fraction = std::modf(float_value(number), &integral);
  sum.whole = TRY(int_add(rt, sum.whole, TRY(int_mul(rt, TRY(int_of_double(rt, integral)), factor))));
  if (fraction == 0) return Result::none();
  sum.fraction += std::modf(static_cast<f64>(unit) * fraction, &integral);
  sum.whole = TRY(int_add(rt, sum.whole, TRY(int_of_double(rt, integral))));
  return Result::none();
}

// The sum rounded to whole microseconds, to the even one where it lies in the middle.
Result rounded(Runtime& rt, const Sum& sum) {
  if (sum.fraction == 0) return sum.whole;
  f64 nearest = std::round(sum.fraction);
  if (std::fabs(nearest - sum.fraction) == 0.5) {
    const bool is_odd = !int_is_zero(TRY(int_and(rt, sum.whole, Value::from_int(1))));
    nearest = 2 * std::round((sum.fraction + is_odd) * 0.5) - is_odd;
  }
  return int_add(rt, sum.whole, Value::from_int(static_cast<i64>(nearest)));
}

struct Unit {
  const char* name;
  u32 parameter;
  i64 microseconds;
};
// In the order in which they are added up, which shows in the rounding of fractions.
constexpr Unit kUnits[] = {{"microseconds", 2, 1},
                           {"milliseconds", 3, 1000},
                           {"seconds", 1, kSecondMicroseconds},
                           {"minutes", 4, 60 * kSecondMicroseconds},
                           {"hours", 5, 3600 * kSecondMicroseconds},
                           {"days", 0, kDayMicroseconds},
                           {"weeks", 6, 7 * kDayMicroseconds}};
constexpr u32 kUnitCount = std::size(kUnits);

Result delta_of_arguments(Runtime& rt, Type* type, const Value* arguments, u32 given) {
  Sum sum;
  for (const Unit& unit : kUnits) {
    if (unit.parameter >= given || arguments[unit.parameter].is_unbound()) continue;
    TRY(add_unit(rt, sum, arguments[unit.parameter], unit.microseconds, unit.name));
  }
  return delta_of_int(rt, type, TRY(rounded(rt, sum)));
}

Result timedelta_new(Runtime& rt, Frame& f) {
  TRY(require_class(rt, f[0], TypeId::TimeDelta));
  return delta_of_arguments(rt, to<Type>(f[0]), &f[1], kUnitCount);
}

Result timedelta_construct(Runtime& rt, Frame& f) {
  if (f.window_nargs() > kUnitCount) return Value::unbound();
  return delta_of_arguments(rt, rt.type(TypeId::TimeDelta), &f[0], f.window_nargs());
}

// --- arithmetic
// ----------------------------------------------------------------------------------------------

Result delta_sum(Runtime& rt, const DeltaParts& a, const DeltaParts& b, i32 sign) {
  return make_delta(rt, i64{a.days} + sign * b.days, i64{a.seconds} + sign * b.seconds,
                    i64{a.microseconds} + sign * b.microseconds);
}

Result add(Runtime& rt, Frame&, Value a, Value b) {
  if (!is_delta(a) || !is_delta(b)) return Value::not_implemented();
  return delta_sum(rt, parts_of(a), parts_of(b), 1);
}
Result subtract(Runtime& rt, Frame&, Value a, Value b) {
  if (!is_delta(a) || !is_delta(b)) return Value::not_implemented();
  return delta_sum(rt, parts_of(a), parts_of(b), -1);
}

Result negated(Runtime& rt, const DeltaParts& p) {
  return delta_sum(rt, {}, p, -1);
}

// delta * number or delta / number for a float whose value is a ratio of two ints.
Result scale_by_ratio(Runtime& rt, Value delta, Value ratio, bool divides) {
  const auto* pair = as<Tuple>(ratio);
  if (!pair)
    return raise(rt, TypeId::TypeError,
                 "unexpected return type from as_integer_ratio(): expected tuple, got '%.200s'",
                 type_name(rt, ratio));
  if (pair->size != 2) return raise(rt, TypeId::ValueError, "as_integer_ratio() must return a 2-tuple");
  const Value factor = pair->items[divides], divisor = pair->items[!divides];
  for (const Value v : {factor, divisor})
    if (!is_int_like(v))
      return raise(rt, TypeId::TypeError, "'%s' object cannot be interpreted as an integer",
                   type_name(rt, v));
  const Value product = TRY(int_mul(rt, TRY(microseconds_of(rt, parts_of(delta))), factor));
  return delta_of_int(rt, TRY(divide_nearest(rt, product, divisor)));
}

// A subclass of float may have an as_integer_ratio() of its own.
Result scale_by_float(Runtime& rt, Frame& f, Value delta, Value number, bool divides) {
  const bool is_exact = type_of(rt, number) == rt.type(TypeId::Float);
  if (!is_exact)
    return call_internal(rt, f, Internal::ScaleDelta, {delta, number, Value::from_bool(divides)});
  const Value ratio = TRY(call_method(rt, f, number, intern(rt, "as_integer_ratio"), {}));
  return scale_by_ratio(rt, delta, ratio, divides);
}

Result multiply(Runtime& rt, Frame& f, Value a, Value b) {
  if (!is_delta(a)) std::swap(a, b);
  if (is_float(b)) return scale_by_float(rt, f, a, b, false);
  if (!is_int_like(b)) return Value::not_implemented();
  return delta_of_int(rt, TRY(int_mul(rt, TRY(microseconds_of(rt, parts_of(a))), b)));
}

Result true_divide(Runtime& rt, Frame& f, Value a, Value b) {
  if (!is_delta(a)) return Value::not_implemented();
  if (is_float(b)) return scale_by_float(rt, f, a, b, true);
  if (is_int_like(b))
    return delta_of_int(rt, TRY(divide_nearest(rt, TRY(microseconds_of(rt, parts_of(a))), b)));
  if (!is_delta(b)) return Value::not_implemented();
  return int_truediv(rt, TRY(microseconds_of(rt, parts_of(a))), TRY(microseconds_of(rt, parts_of(b))));
}

Result floor_divide_method(Runtime& rt, Frame&, Value a, Value b) {
  if (!is_delta(a)) return Value::not_implemented();
  const Value dividend = TRY(microseconds_of(rt, parts_of(a)));
  if (is_int_like(b)) return delta_of_int(rt, TRY(int_floordiv(rt, dividend, b)));
  if (!is_delta(b)) return Value::not_implemented();
  return int_floordiv(rt, dividend, TRY(microseconds_of(rt, parts_of(b))));
}

Result remainder(Runtime& rt, Frame&, Value a, Value b) {
  if (!is_delta(a) || !is_delta(b)) return Value::not_implemented();
  const Value dividend = TRY(microseconds_of(rt, parts_of(a)));
  return delta_of_int(rt, TRY(int_mod(rt, dividend, TRY(microseconds_of(rt, parts_of(b))))));
}

Result divide_with_rest(Runtime& rt, Frame&, Value a, Value b) {
  if (!is_delta(a) || !is_delta(b)) return Value::not_implemented();
  const Value dividend = TRY(microseconds_of(rt, parts_of(a)));
  const Tuple* split = to<Tuple>(TRY(int_divmod(rt, dividend, TRY(microseconds_of(rt, parts_of(b))))));
  const Value pair[2] = {split->items[0], TRY(delta_of_int(rt, split->items[1]))};
  return Value::from(new_tuple_from(rt, pair, 2));
}

template <Result (*operation)(Runtime&, Frame&, Value, Value), bool reflected>
Result binary_method(Runtime& rt, Frame& f) {
  return reflected ? operation(rt, f, f[1], f[0]) : operation(rt, f, f[0], f[1]);
}

Result timedelta_neg(Runtime& rt, Frame& f) {
  return negated(rt, parts_of(f[0]));
}
Result timedelta_pos(Runtime& rt, Frame& f) {
  return new_delta(rt, rt.type(TypeId::TimeDelta), parts_of(f[0]));
}
Result timedelta_abs(Runtime& rt, Frame& f) {
  return parts_of(f[0]).days < 0 ? timedelta_neg(rt, f) : timedelta_pos(rt, f);
}
Result timedelta_bool(Runtime&, Frame& f) {
  return Result::boolean(parts_of(f[0]) != DeltaParts{});
}

// --- comparing
// -----------------------------------------------------------------------------------------------

template <CompareOp op>
Result timedelta_compare(Runtime&, Frame& f) {
  if (!is_delta(f[1])) return Value::not_implemented();
  return Result::boolean(comparison_holds(op, delta_order(parts_of(f[0]), parts_of(f[1])), 0));
}

Result timedelta_hash(Runtime& rt, Frame& f) {
  return new_int(rt, delta_hash(parts_of(f[0])));
}

// --- texts and parts
// -----------------------------------------------------------------------------------------

Result timedelta_repr(Runtime& rt, Frame& f) {
  TextBuffer out;
  append_delta_repr(rt, out, f[0]);
  return Value::from(new_str_from(rt, out));
}

Result timedelta_str(Runtime& rt, Frame& f) {
  const DeltaParts& p = parts_of(f[0]);
  TextBuffer out;
  if (p.days != 0) {
    out.append_int(p.days);
    out.append_ascii(p.days == 1 || p.days == -1 ? " day, " : " days, ");
  }
  out.append_int(p.seconds / 3600);
  out.append(':');
  append_padded(out, p.seconds / 60 % 60, 2);
  out.append(':');
  append_padded(out, p.seconds % 60, 2);
  if (p.microseconds != 0) {
    out.append('.');
    append_padded(out, p.microseconds, 6);
  }
  return Value::from(new_str_from(rt, out));
}

Result timedelta_total_seconds(Runtime& rt, Frame& f) {
  return int_truediv(rt, TRY(microseconds_of(rt, parts_of(f[0]))), Value::from_int(kSecondMicroseconds));
}

Result timedelta_reduce(Runtime& rt, Frame& f) {
  const DeltaParts& p = parts_of(f[0]);
  const Value numbers[3] = {Value::from_int(p.days), Value::from_int(p.seconds),
                            Value::from_int(p.microseconds)};
  const Value pair[2] = {Value::from(type_of(rt, f[0])), Value::from(new_tuple_from(rt, numbers, 3))};
  return Value::from(new_tuple_from(rt, pair, 2));
}

template <i32 DeltaParts::*part>
Result get_part(Runtime&, Frame& f) {
  return Value::from_int(parts_of(f[0]).*part);
}

constexpr const char* kBinary = "(self, value, /)";

constexpr NativeSpec kMethods[] = {
    {"__new__", timedelta_new,
     "(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)", nullptr, 0,
     kStatic},
    {"__repr__", timedelta_repr, "(self, /)"},
    {"__str__", timedelta_str, "(self, /)"},
    {"__hash__", timedelta_hash, "(self, /)"},
    {"__bool__", timedelta_bool, "(self, /)"},
    {"__lt__", timedelta_compare<CompareOp::Lt>, kBinary},
    {"__le__", timedelta_compare<CompareOp::Le>, kBinary},
    {"__eq__", timedelta_compare<CompareOp::Eq>, kBinary},
    {"__ne__", timedelta_compare<CompareOp::Ne>, kBinary},
    {"__gt__", timedelta_compare<CompareOp::Gt>, kBinary},
    {"__ge__", timedelta_compare<CompareOp::Ge>, kBinary},
    {"__add__", binary_method<add, false>, kBinary},
    {"__radd__", binary_method<add, true>, kBinary},
    {"__sub__", binary_method<subtract, false>, kBinary},
    {"__rsub__", binary_method<subtract, true>, kBinary},
    {"__mul__", binary_method<multiply, false>, kBinary},
    {"__rmul__", binary_method<multiply, true>, kBinary},
    {"__truediv__", binary_method<true_divide, false>, kBinary},
    {"__rtruediv__", binary_method<true_divide, true>, kBinary},
    {"__floordiv__", binary_method<floor_divide_method, false>, kBinary},
    {"__rfloordiv__", binary_method<floor_divide_method, true>, kBinary},
    {"__mod__", binary_method<remainder, false>, kBinary},
    {"__rmod__", binary_method<remainder, true>, kBinary},
    {"__divmod__", binary_method<divide_with_rest, false>, kBinary},
    {"__rdivmod__", binary_method<divide_with_rest, true>, kBinary},
    {"__neg__", timedelta_neg, "(self, /)"},
    {"__pos__", timedelta_pos, "(self, /)"},
    {"__abs__", timedelta_abs, "(self, /)"},
    {"total_seconds", timedelta_total_seconds, "(self, /)", "Total seconds in the duration."},
    {"__reduce__", timedelta_reduce, "(self, /)", "__reduce__() -> (cls, state)"},
};

constexpr GetsetSpec kGetsets[] = {
    {"days", get_part<&DeltaParts::days>, nullptr, "Number of days."},
    {"seconds", get_part<&DeltaParts::seconds>, nullptr, "Number of seconds (>= 0 and less than 1 day)."},
    {"microseconds", get_part<&DeltaParts::microseconds>, nullptr,
     "Number of microseconds (>= 0 and less than 1 second)."},
};

}  // namespace

// delta, number of a subclass of float, whether to divide.
Result scale_delta_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_method(rt, f, f[1], intern(rt, "as_integer_ratio"), {}));
      return scale_by_ratio(rt, f[0], r.value(), f[2].is_true());
  }
  LISLE_UNREACHABLE();
}

Value new_delta(Runtime& rt, Type* type, const DeltaParts& parts) {
  auto* delta = new_instance_of<TimeDelta>(rt, type);
  delta->parts = parts;
  return Value::from(delta);
}

Result make_delta(Runtime& rt, i64 days, i64 seconds, i64 microseconds) {
  return checked_delta(rt, rt.type(TypeId::TimeDelta), days, seconds, microseconds);
}

Result delta_of_microseconds(Runtime& rt, i64 microseconds) {
  return make_delta(rt, 0, 0, microseconds);
}

i64 delta_hash(const DeltaParts& parts) {
  TupleHash state;
  for (const i64 part : {parts.days, parts.seconds, parts.microseconds}) state.add(part == -1 ? -2 : part);
  return state.finish(3);
}

void append_delta_repr(Runtime& rt, TextBuffer& out, Value delta) {
  const DeltaParts& p = parts_of(delta);
  out.append_utf8(type_name(rt, delta));
  out.append('(');
  bool is_first = true;
  auto append_part = [&](const char* name, i32 number) {
    if (number == 0) return;
    if (!is_first) out.append_ascii(", ");
    is_first = false;
    out.append_ascii(name);
    out.append_int(number);
  };
  append_part("days=", p.days);
  append_part("seconds=", p.seconds);
  append_part("microseconds=", p.microseconds);
  if (is_first) out.append('0');
  out.append(')');
}

extern const TypeSpec kTimeDeltaType{
    "timedelta",
    "datetime",
    "Difference between two datetime values.\n\ntimedelta(days=0, seconds=0, microseconds=0, "
    "milliseconds=0, minutes=0, hours=0, weeks=0)\n\nAll arguments are optional and default to 0.\n"
    "Arguments may be integers or floats, and may be positive or negative.",
    TypeId::Object,
    Kind::TimeDelta,
    kTypeHidden,
    kMethods,
    kGetsets,
    timedelta_construct};

}  // namespace lisle::rt

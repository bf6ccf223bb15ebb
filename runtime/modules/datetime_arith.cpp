// Sums and differences of datetimes.
#include "runtime/modules/datetime.h"
#include "runtime/protocols/call.h"
#include "runtime/types/instance.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

// left - right, whose offsets are known (None: naive).
Result subtract_known(Runtime& rt, Value left, Value right, Value left_offset, Value right_offset) {
  if (left_offset.is_none() != right_offset.is_none())
    return raise(rt, TypeId::TypeError, "can't subtract offset-naive and offset-aware datetimes");
  i64 microseconds = local_microseconds(left) - local_microseconds(right);
  if (!left_offset.is_none())
    microseconds -= offset_microseconds(to<TimeDelta>(left_offset)->parts) -
                    offset_microseconds(to<TimeDelta>(right_offset)->parts);
  return delta_of_microseconds(rt, microseconds);
}

Result subtract_datetimes(Runtime& rt, Frame& f, Value left, Value right) {
  if (zone_of(left) == zone_of(right)) return subtract_known(rt, left, right, Value::none(), Value::none());
  const Value left_offset = known_answer(rt, zone_of(left), ZoneQuestion::kOffset);
  const Value right_offset = known_answer(rt, zone_of(right), ZoneQuestion::kOffset);
  if (left_offset.is_unbound() || right_offset.is_unbound())
    return call_internal(rt, f, Internal::SubtractMoments, {left, right});
  return subtract_known(rt, left, right, left_offset, right_offset);
}

Result subtract(Runtime& rt, Frame& f, Value left, Value right) {
  if (!is_datetime(left)) return Value::not_implemented();
  if (is_datetime(right)) return subtract_datetimes(rt, f, left, right);
  if (!is_delta(right)) return Value::not_implemented();
  return add_to_datetime(rt, f, *to<DateTime>(left), to<TimeDelta>(right)->parts, -1);
}

}  // namespace

// left, right; the offset of the left one.
Result subtract_moments_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, ask_zone(rt, f, zone_of(f[0]), ZoneQuestion::kOffset, f[0]));
      f[2] = r.value();
      AWAIT(2, ask_zone(rt, f, zone_of(f[1]), ZoneQuestion::kOffset, f[1]));
      return subtract_known(rt, f[0], f[1], f[2], r.value());
  }
  LISLE_UNREACHABLE();
}

Result add_to_datetime(Runtime& rt, Frame& f, const DateTime& self, const DeltaParts& delta, i32 sign) {
  const i64 clock =
      microseconds_of(self.clock.clock()) + sign * (delta.seconds * kSecondMicroseconds + delta.microseconds);
  const auto [more_days, rest] = floor_divide(clock, kDayMicroseconds);
  const i64 ordinal = ordinal_of(self.date.civil()) + sign * i64{delta.days} + more_days;
  if (ordinal < 1 || ordinal > kMaxOrdinal)
    return raise(rt, TypeId::OverflowError, "date value out of range");
  const CivilDate sum = civil_of(ordinal);
  const ClockTime time = clock_of_microseconds(rest);
  Type* type = type_of(rt, Value::from(&self));
  if (type == rt.type(TypeId::DateTime))
    return new_datetime(rt, type, PackedDate::of(sum), PackedClock::of(time), self.zone);
  return datetime_of_class(rt, f, Value::from(type), sum, time, self.zone);
}

Result datetime_add(Runtime& rt, Frame& f) {
  if (!is_delta(f[1])) return Value::not_implemented();
  return add_to_datetime(rt, f, *to<DateTime>(f[0]), to<TimeDelta>(f[1])->parts, 1);
}
Result datetime_subtract(Runtime& rt, Frame& f) {
  return subtract(rt, f, f[0], f[1]);
}
Result datetime_subtract_reflected(Runtime& rt, Frame& f) {
  return subtract(rt, f, f[1], f[0]);
}

}  // namespace lisle::rt

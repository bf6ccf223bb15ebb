// Dates, datetimes and the clock of the machine: POSIX timestamps, now, and the local time zone, which the
// host knows and which may show one hour of the clock twice.
#include <cerrno>
#include <cmath>

#include "runtime/host.h"
#include "runtime/modules/datetime.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/convert.h"
#include "runtime/types/float.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace lisle::rt {

namespace {

// No zone ever moved its clocks by more than a day.
constexpr i64 kMostFoldSeconds = 24 * 3600;
constexpr i64 kEpochSeconds = kEpochOrdinal * kDaySeconds;

// A moment since the epoch, the microseconds counted upwards.
struct Timestamp {
  i64 seconds, microseconds;
};

Result raise_out_of_range(Runtime& rt) {
  return raise(rt, TypeId::OverflowError, "timestamp out of range for platform time_t");
}

// Halves go to the even microsecond, or everything downwards to the second.
enum class Rounding : u8 { kHalfEven, kFloorSecond };

Result timestamp_of_double(Runtime& rt, f64 number, Rounding rounding, Timestamp& out) {
  constexpr f64 kLimit = 9223372036854775808.0;
  if (std::isnan(number)) return raise(rt, TypeId::ValueError, "Invalid value NaN (not a number)");
  f64 seconds;
  f64 fraction = std::modf(number, &seconds);
  if (rounding == Rounding::kFloorSecond) {
    seconds = std::floor(number);
    fraction = 0;
  }
  fraction = std::nearbyint(fraction * 1e6);
  if (fraction >= 1e6) {
    fraction -= 1e6;
    seconds += 1;
  } else if (fraction < 0) {
    fraction += 1e6;
    seconds -= 1;
  }
  if (!(seconds >= -kLimit && seconds < kLimit)) return raise_out_of_range(rt);
  out = {static_cast<i64>(seconds), static_cast<i64>(fraction)};
  return Result::none();
}

// From an int or a float.
Result timestamp_of(Runtime& rt, Value v, Rounding rounding, Timestamp& out) {
  if (is_float(v)) return timestamp_of_double(rt, float_value(v), rounding, out);
  out = {0, 0};
  if (!is_int_like(v))
    return raise(rt, TypeId::TypeError, "'%.200s' object cannot be interpreted as an integer",
                 type_name(rt, v));
  return int_to_i64(v, out.seconds) ? Result::none() : raise_out_of_range(rt);
}

// What has no __float__ or __index__ of its own kind is asked for an int.
Result plain_timestamp(Runtime& rt, Frame& f, Value v) {
  return is_float(v) || is_int_like(v) ? Result(v) : to_index(rt, f, v);
}

Result calendar_at(Runtime& rt, i64 seconds, bool local, CalendarTime& out) {
  if (rt.host->calendar(seconds, local, out)) return Result::none();
  return raise_os_error(rt, EOVERFLOW, Value::none());
}

// Seconds since the start of the calendar.
Result seconds_of(Runtime& rt, const CalendarTime& t, i64& out) {
  if (t.year < kMinYear || t.year > kMaxYear)
    return raise(rt, TypeId::ValueError, "year %lld is out of range", static_cast<long long>(t.year));
  const i64 day = ordinal_of(CivilDate{static_cast<i32>(t.year), t.month, t.day});
  out = day * kDaySeconds + (t.hour * 60 + t.minute) * 60 + t.second;
  return Result::none();
}

// What clocks here show at a moment: both counted from the start of the calendar.
Result local_at(Runtime& rt, i64 universal, i64& out) {
  CalendarTime t;
  TRY(calendar_at(rt, universal - kEpochSeconds, true, t));
  return seconds_of(rt, t, out);
}

// Did clocks here show the same time before?
Result is_repeated(Runtime& rt, i64 timestamp, i64 shown, bool& repeated) {
  const i64 universal = kEpochSeconds + timestamp;
  i64 earlier;
  TRY(local_at(rt, universal - kMostFoldSeconds, earlier));
  const i64 moved = shown - earlier - kMostFoldSeconds;
  repeated = false;
  if (moved >= 0) return Result::none();
  TRY(local_at(rt, universal + moved, earlier));
  repeated = earlier == shown;
  return Result::none();
}

Result datetime_at(Runtime& rt, Frame& f, Value cls, const Timestamp& when, bool local, Value zone) {
  CalendarTime t;
  TRY(calendar_at(rt, when.seconds, local, t));
  i64 shown;
  bool fold = false;
  if (local) {
    TRY(seconds_of(rt, t, shown));
    TRY(is_repeated(rt, when.seconds, shown, fold));
  }
  if (t.year > kMaxYear || t.year < kMinYear)
    return raise(rt, TypeId::ValueError, "year %lld is out of range", static_cast<long long>(t.year));
  constexpr i32 kLastSecond = 59;  // leap seconds are not told
  const ClockTime clock{t.hour, t.minute, t.second < kLastSecond ? t.second : kLastSecond,
                        static_cast<i32>(when.microseconds), fold};
  return datetime_of_class(rt, f, cls, {static_cast<i32>(t.year), t.month, t.day}, clock, zone);
}

Timestamp now(Runtime& rt) {
  const auto [seconds, nanoseconds] = floor_divide(rt.host->now_ns(Clock::kWall), 1'000'000'000);
  return {seconds, nanoseconds / 1000};
}

// The timestamp as a float would round; kept as two ints in registers.
Value in_microseconds(Runtime& rt, const Timestamp& when) {
  const Value seconds = new_int(rt, when.seconds);
  const Value pair[2] = {seconds, Value::from_int(when.microseconds)};
  return Value::from(new_tuple_from(rt, pair, 2));
}

// In universal time with the zone, which then converts it.
Result datetime_in_zone(Runtime& rt, Frame& f, Value cls, const Timestamp& when, Value zone) {
  if (zone.is_none()) return datetime_at(rt, f, cls, when, true, zone);
  return call_internal(rt, f, Internal::ZonedOfClass, {cls, in_microseconds(rt, when), zone});
}

}  // namespace

// class, timestamp, zone.
Result zoned_of_class_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      const Tuple* pair = to<Tuple>(f[1]);
      Timestamp when{0, pair->size == 2 && pair->items[1].is_int() ? pair->items[1].as_int() : 0};
      if (pair->size == 2) int_to_i64(pair->items[0], when.seconds);
      f.set_step(1);
      r = datetime_at(rt, f, f[0], when, false, f[2]);
      if (!r.is_value()) return r;
    }
      [[fallthrough]];
    case 1:
      f.set_step(0);
      return call_method(rt, f, f[2], rt.names.fromutc, {r.value()});
  }
  LISLE_UNREACHABLE();
}

// cls, tz.
Result datetime_now(Runtime& rt, Frame& f) {
  return datetime_in_zone(rt, f, f[0], now(rt), TRY(zone_argument(rt, f[1])));
}

Result datetime_utcnow(Runtime& rt, Frame& f) {
  return datetime_at(rt, f, f[0], now(rt), false, Value::none());
}

// cls, timestamp, tz.
Result datetime_fromtimestamp(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = TRY(zone_argument(rt, f[2]));
      AWAIT(1, plain_timestamp(rt, f, f[1]));
      Timestamp when;
      TRY(timestamp_of(rt, r.value(), Rounding::kHalfEven, when));
      return datetime_in_zone(rt, f, f[0], when, f[2]);
  }
  LISLE_UNREACHABLE();
}

// cls, timestamp.
Result datetime_utcfromtimestamp(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, plain_timestamp(rt, f, f[1]));
      Timestamp when;
      TRY(timestamp_of(rt, r.value(), Rounding::kHalfEven, when));
      return datetime_at(rt, f, f[0], when, false, Value::none());
  }
  LISLE_UNREACHABLE();
}

// cls, timestamp.
Result date_fromtimestamp(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, plain_timestamp(rt, f, f[1]));
      Timestamp when;
      TRY(timestamp_of(rt, r.value(), Rounding::kFloorSecond, when));
      CalendarTime t;
      TRY(calendar_at(rt, when.seconds, true, t));
      if (t.year > INT32_MAX || t.year < INT32_MIN) return raise_out_of_range(rt);
      return date_of_class(rt, f, f[0], {static_cast<i32>(t.year), t.month, t.day});
  }
  LISLE_UNREACHABLE();
}

// cls. A datetime that inherits it has a fromtimestamp() of its own.
Result date_today(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "time"))}));
      AWAIT(2, call_method(rt, f, r.value(), intern(rt, "time"), {}));
      return call_method(rt, f, f[0], intern(rt, "fromtimestamp"), {r.value()});
  }
  LISLE_UNREACHABLE();
}

// --- from local time
// -----------------------------------------------------------------------------------------

// Looks for a moment at which clocks here show the time: of two of them the one that the fold says, of none
// (the hour that was left out) what the offset before or behind the gap makes of it.
Result seconds_of_local(Runtime& rt, const CivilDate& date, const ClockTime& clock, i64& out) {
  const i64 wanted = ordinal_of(date) * kDaySeconds + microseconds_of(clock) / kSecondMicroseconds;
  i64 shown;
  TRY(local_at(rt, wanted, shown));
  const i64 first_offset = shown - wanted;
  const i64 first = wanted - first_offset;
  TRY(local_at(rt, first, shown));
  const bool first_fits = shown == wanted;
  i64 second_offset = shown - first;
  if (first_fits) {
    const i64 probe = clock.fold ? first + kMostFoldSeconds : first - kMostFoldSeconds;
    TRY(local_at(rt, probe, shown));
    second_offset = shown - probe;
    out = first;
    if (first_offset == second_offset) return Result::none();
  }
  const i64 second = wanted - second_offset;
  TRY(local_at(rt, second, shown));
  if (shown == wanted) {
    out = second;
  } else if (first_fits) {
    out = first;
  } else {
    out = (second < first) == (clock.fold != 0) ? second : first;
  }
  return Result::none();
}

// self; the datetime less the epoch.
Result datetime_timestamp(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (zone_of(f[0]).is_none()) {
        i64 seconds;
        const ClockTime clock = packed_clock(f[0]).clock();
        TRY(seconds_of_local(rt, date_of(f[0]), clock, seconds));
        return new_float(
            rt, static_cast<f64>(seconds - kEpochSeconds) + static_cast<f64>(clock.microsecond) / 1e6);
      }
      AWAIT(1, ask_zone(rt, f, zone_of(f[0]), ZoneQuestion::kOffset, f[0]));
      if (r.value().is_none())
        return raise(rt, TypeId::TypeError, "can't subtract offset-naive and offset-aware datetimes");
      return int_truediv(rt,
                         Value::from_int(local_microseconds(f[0]) - kEpochSeconds * kSecondMicroseconds -
                                         offset_microseconds(to<TimeDelta>(r.value())->parts)),
                         Value::from_int(kSecondMicroseconds));
  }
  LISLE_UNREACHABLE();
}

Result local_zone_at(Runtime& rt, i64 timestamp) {
  CalendarTime t;
  TRY(calendar_at(rt, timestamp, true, t));
  const Value offset = TRY(delta_of_microseconds(rt, t.offset * kSecondMicroseconds));
  return make_timezone(rt, offset, Value::from(new_str(rt, t.zone)));
}

namespace {

Result own_local_zone(Runtime& rt, Value moment) {
  i64 seconds;
  TRY(seconds_of_local(rt, date_of(moment), packed_clock(moment).clock(), seconds));
  return local_zone_at(rt, seconds - kEpochSeconds);
}

// Both the zone that is asked and, where that does not know its offset, the local one.
Result offset_for_conversion(Runtime& rt, Frame& f, Value moment, Value zone) {
  return ask_zone(rt, f, zone, ZoneQuestion::kOffset, moment);
}

}  // namespace

// self, tz; the zone of self, self in universal time.
Result datetime_astimezone(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[1] = TRY(zone_argument(rt, f[1]));
      f[2] = zone_of(f[0]);
      if (f[2].is_none()) f[2] = TRY(own_local_zone(rt, f[0]));
      if (f[2] == f[1]) return f[0];
      AWAIT(1, offset_for_conversion(rt, f, f[0], f[2]));
      if (r.value().is_none()) {
        f[2] = TRY(own_local_zone(rt, f[0]));
        if (f[2] == f[1]) return f[0];
        r = to<TimeZone>(f[2])->offset;
      }
      AWAIT(2, add_to_datetime(rt, f, *to<DateTime>(f[0]), to<TimeDelta>(r.value())->parts, -1));
      if (!is_datetime(r.value()))
        return raise(rt, TypeId::TypeError, "fromutc: argument must be a datetime");
      f[3] = r.value();
      if (f[1].is_none())
        f[1] = TRY(local_zone_at(
            rt, floor_divide(local_microseconds(f[3]), kSecondMicroseconds).quotient - kEpochSeconds));
      // Nobody else has it yet.
      to<DateTime>(f[3])->zone = f[1];
      to<DateTime>(f[3])->hash = 0;
      rt.heap.wrote(f[3].object());
      return call_method(rt, f, f[1], rt.names.fromutc, {f[3]});
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

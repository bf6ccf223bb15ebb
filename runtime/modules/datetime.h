// What the files of the module datetime share:
//
//   datetime.cpp          the module
//   datetime_fields.cpp   arguments: numbers in their ranges, states of pickles
//   datetime_delta.cpp    timedelta
//   datetime_date.cpp     date
//   datetime_time.cpp     time
//   datetime_moment.cpp   what time and datetime do alike: ask their zone, compare, hash, iso texts
//   datetime_datetime.cpp datetime: construction, parts, pickles
//   datetime_arith.cpp    datetime: sums and differences
//   datetime_clock.cpp    datetime and POSIX timestamps, the local time zone
//   datetime_zone.cpp     tzinfo and timezone
//   datetime_text.cpp     strftime, ctime, time tuples
//
// A zone may be written in the language, so whatever needs its offset may have to wait. Functions are leaves
// where the answer is known (no zone, or a timezone); else they hand over to a step machine in internals.def.
#pragma once
#include "runtime/protocols/compare.h"
#include "runtime/runtime.h"
#include "runtime/support/text.h"
#include "runtime/types/datetime.h"
#include "runtime/types/item_at.h"

namespace lisle::rt {

// --- what a value is
inline bool is_delta(Value v) {
  return is_kind(v, Kind::TimeDelta);
}
inline bool is_datetime(Value v) {
  return is_kind(v, Kind::DateTime);
}
inline bool is_date(Value v) {  // a datetime is one
  return is_kind(v, Kind::Date) || is_datetime(v);
}
inline bool is_time(Value v) {
  return is_kind(v, Kind::Time);
}
inline const PackedDate& packed_date(Value v) {
  return is_datetime(v) ? to<DateTime>(v)->date : to<Date>(v)->date;
}
inline CivilDate date_of(Value v) {
  return packed_date(v).civil();
}
inline i64 ordinal_of(Value v) {
  return ordinal_of(date_of(v));
}

// --- timedelta
// The parts in their ranges; OverflowError for too many days.
Result make_delta(Runtime& rt, i64 days, i64 seconds, i64 microseconds);
Value new_delta(Runtime& rt, Type* type, const DeltaParts& parts);
Result delta_of_microseconds(Runtime& rt, i64 microseconds);
inline i64 offset_microseconds(const DeltaParts& p) {  // of less than some centuries
  return p.days * kDayMicroseconds + p.seconds * kSecondMicroseconds + p.microseconds;
}
i64 delta_hash(const DeltaParts& parts);
i64 date_hash(Runtime& rt, const PackedDate& date);  // of its bytes in a pickle
void append_delta_repr(Runtime& rt, TextBuffer& out, Value delta);

// --- arguments: datetime_fields.cpp
// An int that fits 32 bits, `fallback` when it was not given; TypeError and OverflowError.
Result number_argument(Runtime& rt, Value v, i32 fallback, i32& out);
Result check_date(Runtime& rt, const CivilDate& date);
Result check_clock(Runtime& rt, const ClockTime& clock);
Result check_fold(Runtime& rt, i32 fold);  // replace() looks at it before all else
// None for an argument that was not given; TypeError for what is no zone.
Result zone_argument(Runtime& rt, Value v);
// Year, month and day, and hour to microsecond and the fold, on top of what the fields hold. Not checked.
Result date_arguments(Runtime& rt, const Value* arguments, CivilDate& date);
Result required_date_arguments(Runtime& rt, const Value* arguments, CivilDate& date);  // TypeError
Result clock_arguments(Runtime& rt, const Value* arguments, Value fold, ClockTime& clock);

// The bytes by which a pickle states an object: bytes, or a str that old pickles spell them in. Unbound when
// `state` is nothing of the kind; ValueError for a str that cannot be bytes.
struct StateForm {
  const char* name;    // "a date", for the error
  u32 size, checked;   // bytes; which of them tells a state from a number
  u8 lowest, highest;  // of that byte
};
inline constexpr u32 kMostStateBytes = 10;
inline constexpr u8 kFoldBit = 0x80;  // in the byte that is checked, since protocol 4
Result read_state(Runtime& rt, Value state, const StateForm& form, u8 (&bytes)[kMostStateBytes]);
// A zone in such a state; TypeError.
Result check_state_zone(Runtime& rt, Value zone);
inline void write_date(const PackedDate& d, u8* to) {
  to[0] = static_cast<u8>(d.year >> 8);
  to[1] = static_cast<u8>(d.year);
  to[2] = d.month;
  to[3] = d.day;
}
inline PackedDate read_date(const u8* from) {
  return {static_cast<u16>(from[0] << 8 | from[1]), from[2], from[3]};
}
inline void write_clock(const PackedClock& c, u8* to) {
  to[0] = c.hour;
  to[1] = c.minute;
  to[2] = c.second;
  to[3] = static_cast<u8>(c.microsecond >> 16);
  to[4] = static_cast<u8>(c.microsecond >> 8);
  to[5] = static_cast<u8>(c.microsecond);
}
inline PackedClock read_clock(const u8* from) {
  return {from[0], from[1], from[2], 0, static_cast<u32>(from[3] << 16 | from[4] << 8 | from[5])};
}
// (class, (state,)) or (class, (state, zone)).
Value reduction(Runtime& rt, Value self, const u8* state, u32 size, Value zone);

// Parameters 1 to `count` - 1 become ints by asking those that are none; the one at `zone` is left alone.
// Then `finish` runs. `count` + 1 registers.
bool is_number_or_absent(Value v);
Result asked_number(Runtime& rt, Frame& f, Value v);
template <u32 count, u32 zone, NativeFn finish>
Result with_numbers(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      for (f[count] = Value::from_int(1); f[count].as_int() < count;
           f[count] = Value::from_int(f[count].as_int() + 1)) {
        if (f[count].as_int() == zone || is_number_or_absent(f[place_in(count, f[count].as_int())])) continue;
        AWAIT(1, asked_number(rt, f, f[place_in(count, f[count].as_int())]));
        f[place_in(count, f[count].as_int())] = r.value();
      }
      return finish(rt, f);
  }
  LISLE_UNREACHABLE();
}

// --- making objects
// As the class itself makes them: classes of the program are called, and may wait.
Result date_of_class(Runtime& rt, Frame& f, Value cls, const CivilDate& date);
Result datetime_of_class(Runtime& rt, Frame& f, Value cls, const CivilDate& date, const ClockTime& clock,
                         Value zone);
Result time_of_class(Runtime& rt, Frame& f, Value cls, const ClockTime& clock, Value zone);
// Without asking anybody. What they are given was checked.
Value new_date(Runtime& rt, Type* type, const PackedDate& date);
Value new_time(Runtime& rt, Type* type, const PackedClock& clock, Value zone);
Value new_datetime(Runtime& rt, Type* type, const PackedDate& date, const PackedClock& clock, Value zone);

// --- zones
enum class ZoneQuestion : u8 { kOffset, kDst, kName };
// zone.utcoffset(argument) and its relatives: a TimeDelta of less than a day (a Str for the name) or None.
Result ask_zone(Runtime& rt, Frame& f, Value zone, ZoneQuestion question, Value argument);
// The answer of no zone and of a timezone; unbound where the zone has to be asked.
Value known_answer(Runtime& rt, Value zone, ZoneQuestion question);
// A timezone; ValueError for a day or more. `name` may be unbound.
Result make_timezone(Runtime& rt, Value offset, Value name);
Value utc_zone(Runtime& rt);
// UTC when `microseconds` is less than a second.
Result zone_of_offset(Runtime& rt, i64 microseconds);
// "+HH:MM" and more where the offset needs it.
void append_offset(TextBuffer& out, const DeltaParts& offset, std::string_view separator);

// --- moments: times and datetimes
inline Value zone_of(Value moment) {
  return is_time(moment) ? to<Time>(moment)->zone : to<DateTime>(moment)->zone;
}
inline const PackedClock& packed_clock(Value moment) {
  return is_time(moment) ? to<Time>(moment)->clock : to<DateTime>(moment)->clock;
}
// What the methods of its zone get to see: a time has no date to ask for.
inline Value asking(Value moment) {
  return is_time(moment) ? Value::none() : moment;
}
// Local microseconds since the day before the first one; of a time, since midnight.
i64 local_microseconds(Value moment);
Result moment_utcoffset(Runtime& rt, Frame& f);
Result moment_dst(Runtime& rt, Frame& f);
Result moment_tzname(Runtime& rt, Frame& f);
Result moment_hash(Runtime& rt, Frame& f);
template <CompareOp op>
Result moment_compare(Runtime& rt, Frame& f);
bool comparison_holds(CompareOp op, i64 left, i64 right);
inline int order_of(i64 left, i64 right) {
  return (left > right) - (left < right);
}
inline int date_order(const PackedDate& a, const PackedDate& b) {
  auto sortable = [](const PackedDate& d) { return i64{d.year} << 16 | d.month << 8 | d.day; };
  return order_of(sortable(a), sortable(b));
}
inline int delta_order(const DeltaParts& a, const DeltaParts& b) {
  if (a.days != b.days) return order_of(a.days, b.days);
  return order_of(a.seconds * kSecondMicroseconds + a.microseconds,
                  b.seconds * kSecondMicroseconds + b.microseconds);
}
Result raise_not_comparable(Runtime& rt, Value a, Value b);
// self with its date, a separator and its clock as far as the name `timespec` says, and its offset.
Result moment_isoformat(Runtime& rt, Frame& f, Value separator, Value timespec);
// "name(numbers...)" with what fold and zone add.
Result moment_repr(Runtime& rt, Frame& f, const TextBuffer& numbers);
void append_padded(TextBuffer& out, i64 number, u32 width);
void append_iso_date(TextBuffer& out, const CivilDate& date);

// A datetime of the same class that differs in its fold or its zone alone.
Value with_fold(Runtime& rt, const DateTime& moment, u8 fold);

// --- arithmetic of datetimes
// self + sign * delta, made by the class of self; OverflowError.
Result add_to_datetime(Runtime& rt, Frame& f, const DateTime& self, const DeltaParts& delta, i32 sign);
// The seconds since the epoch of year 1 at which clocks here show this date and time.
Result seconds_of_local(Runtime& rt, const CivilDate& date, const ClockTime& clock, i64& out);
Result local_zone_at(Runtime& rt, i64 timestamp);
inline constexpr i64 kEpochOrdinal = 719163;  // the first of January of 1970

// --- texts and tuples
Result date_strftime(Runtime& rt, Frame& f);
Result format_method(Runtime& rt, Frame& f);
Result date_ctime(Runtime& rt, Frame& f);
Result date_timetuple(Runtime& rt, Frame& f);
Result datetime_utctimetuple(Runtime& rt, Frame& f);
inline constexpr u32 kStrftimeRegisters = 6, kTimetupleRegisters = 2;
inline constexpr const char* kStrftimeSignature = "(self, format)";
Result iso_argument(Runtime& rt, Value v);
Result raise_bad_iso(Runtime& rt, Value text);

// --- datetime's methods that have files of their own
Result datetime_add(Runtime& rt, Frame& f);
Result datetime_subtract(Runtime& rt, Frame& f);
Result datetime_subtract_reflected(Runtime& rt, Frame& f);
Result datetime_now(Runtime& rt, Frame& f);
Result datetime_utcnow(Runtime& rt, Frame& f);
Result datetime_fromtimestamp(Runtime& rt, Frame& f);
Result datetime_utcfromtimestamp(Runtime& rt, Frame& f);
Result datetime_timestamp(Runtime& rt, Frame& f);
Result datetime_astimezone(Runtime& rt, Frame& f);
Result date_fromtimestamp(Runtime& rt, Frame& f);
Result date_today(Runtime& rt, Frame& f);

}  // namespace lisle::rt

// The proleptic Gregorian calendar and times of day as numbers. Knows nothing of the language: what is out of
// range is found by the caller, who has the words for it.
//
// Days are counted from 1, the first of January of year 1 (an ordinal). Functions that take a date want a
// month in 1..12; a day that the month has not counts on into the next ones.
#pragma once
#include "runtime/support/base.h"

namespace lisle::rt {

inline constexpr i32 kMinYear = 1, kMaxYear = 9999;
inline constexpr i64 kMaxOrdinal = 3652059;
inline constexpr i64 kSecondMicroseconds = 1'000'000;
inline constexpr i64 kDaySeconds = 86'400;
inline constexpr i64 kDayMicroseconds = kDaySeconds * kSecondMicroseconds;

struct CivilDate {
  i32 year, month, day;
};

struct ClockTime {
  i32 hour, minute, second, microsecond, fold;
};

struct IsoWeek {
  i32 year, week, weekday;  // weekday 1 is Monday
};

inline bool is_leap_year(i32 year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
i32 days_in_month(i32 year, i32 month);
i32 day_of_year(const CivilDate& date);  // from 1
i64 ordinal_of(const CivilDate& date);
CivilDate civil_of(i64 ordinal);
i32 weekday_of(i64 ordinal);  // 0 is Monday, also before the calendar begins

IsoWeek iso_week_of(const CivilDate& date);
// The ordinal of a day of an ISO year, which need not be in the same calendar year.
i64 ordinal_of_week(const IsoWeek& week);
bool has_iso_week(i32 year, i32 week);

// The time since midnight, and back; the fold is zero then.
i64 microseconds_of(const ClockTime& clock);
ClockTime clock_of_microseconds(i64 microseconds);

// The largest number n with n * divisor <= dividend, and what is left.
struct FloorQuotient {
  i64 quotient, rest;
};
inline FloorQuotient floor_divide(i64 dividend, i64 divisor) {
  i64 quotient = dividend / divisor, rest = dividend % divisor;
  return rest < 0 ? FloorQuotient{quotient - 1, rest + divisor} : FloorQuotient{quotient, rest};
}

}  // namespace lisle::rt

#include "runtime/support/calendar.h"

namespace lisle::rt {

namespace {

constexpr i32 kDaysBefore[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

// What the years before `year` have together.
i64 days_before_year(i64 year) {
  const i64 past = year - 1;
  return past * 365 + past / 4 - past / 100 + past / 400;
}

// The Monday on which the first week of an ISO year begins: the week that has the year's first Thursday.
i64 first_week_monday(i32 year) {
  constexpr i32 kThursday = 3;
  const i64 first_day = ordinal_of({year, 1, 1});
  const i32 weekday = weekday_of(first_day);
  return first_day - weekday + (weekday > kThursday ? 7 : 0);
}

}  // namespace

i32 days_in_month(i32 year, i32 month) {
  return kDaysBefore[month + 1] - kDaysBefore[month] + (month == 2 && is_leap_year(year));
}

i32 day_of_year(const CivilDate& date) {
  return kDaysBefore[date.month] + (date.month > 2 && is_leap_year(date.year)) + date.day;
}

i64 ordinal_of(const CivilDate& date) {
  return days_before_year(date.year) + day_of_year(date);
}

i32 weekday_of(i64 ordinal) {
  return static_cast<i32>(floor_divide(ordinal + 6, 7).rest);
}

// Years are counted from March, so that the leap day is the last of its year: then the month follows from the
// day by a straight line (153 days in five months), and the year from the days of its era of 400 years.
CivilDate civil_of(i64 ordinal) {
  constexpr i64 kMarchOfYearZero = 305, kEraDays = 146097;
  const auto [era, day_of_era] = floor_divide(ordinal + kMarchOfYearZero, kEraDays);
  const i64 year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (kEraDays - 1)) / 365;
  const i64 day = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const i64 month = (5 * day + 2) / 153;  // 0 is March
  const bool is_next_year = month >= 10;
  return {static_cast<i32>(era * 400 + year_of_era + is_next_year),
          static_cast<i32>(is_next_year ? month - 9 : month + 3),
          static_cast<i32>(day - (153 * month + 2) / 5 + 1)};
}

IsoWeek iso_week_of(const CivilDate& date) {
  const i64 ordinal = ordinal_of(date);
  i32 year = date.year;
  i64 monday = first_week_monday(year);
  if (ordinal < monday) {
    monday = first_week_monday(--year);
  } else if (const i64 next = first_week_monday(year + 1); ordinal >= next) {
    monday = next;
    ++year;
  }
  const i64 days = ordinal - monday;
  return {year, static_cast<i32>(days / 7) + 1, static_cast<i32>(days % 7) + 1};
}

i64 ordinal_of_week(const IsoWeek& week) {
  return first_week_monday(week.year) + (week.week - 1) * 7 + week.weekday - 1;
}

bool has_iso_week(i32 year, i32 week) {
  if (week < 53) return week > 0;
  return week == 53 && first_week_monday(year + 1) - first_week_monday(year) == 53 * 7;
}

i64 microseconds_of(const ClockTime& clock) {
  return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * kSecondMicroseconds + clock.microsecond;
}

ClockTime clock_of_microseconds(i64 microseconds) {
  const auto seconds = static_cast<i32>(microseconds / kSecondMicroseconds);
  return {seconds / 3600, seconds / 60 % 60, seconds % 60,
          static_cast<i32>(microseconds % kSecondMicroseconds), 0};
}

}  // namespace lisle::rt

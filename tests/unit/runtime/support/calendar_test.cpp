#include "runtime/support/calendar.h"

#include <doctest/doctest.h>

using namespace lisle;

TEST_CASE("ordinals and dates are one for the other on each day of the calendar") {
  rt::CivilDate expected{1, 1, 1};
  i64 wrong = 0;
  for (i64 ordinal = 1; ordinal <= rt::kMaxOrdinal; ++ordinal) {
    const rt::CivilDate date = rt::civil_of(ordinal);
    wrong += date.year != expected.year || date.month != expected.month || date.day != expected.day;
    wrong += rt::ordinal_of(date) != ordinal;
    if (++expected.day > rt::days_in_month(expected.year, expected.month)) {
      expected.day = 1;
      if (++expected.month > 12) {
        expected.month = 1;
        ++expected.year;
      }
    }
  }
  CHECK(wrong == 0);
  CHECK(expected.year == rt::kMaxYear + 1);
}

TEST_CASE("days of ISO weeks are found again") {
  for (i64 ordinal = 1; ordinal <= 5000; ++ordinal) {
    const rt::IsoWeek week = rt::iso_week_of(rt::civil_of(ordinal));
    REQUIRE(rt::has_iso_week(week.year, week.week));
    REQUIRE(rt::ordinal_of_week(week) == ordinal);
    REQUIRE(week.weekday == rt::weekday_of(ordinal) + 1);
  }
  CHECK(rt::has_iso_week(2020, 53));
  CHECK_FALSE(rt::has_iso_week(2021, 53));
}

TEST_CASE("quotients are rounded down") {
  CHECK(rt::floor_divide(-1, 7).quotient == -1);
  CHECK(rt::floor_divide(-1, 7).rest == 6);
  CHECK(rt::floor_divide(-7, 7).rest == 0);
}

#include "runtime/support/iso_time.h"

#include <doctest/doctest.h>

using namespace lisle;

TEST_CASE("the date ends where its form says") {
  CHECK(rt::iso_date_end("2024-03-01T12") == 10);
  CHECK(rt::iso_date_end("20240301T12") == 8);
  CHECK(rt::iso_date_end("2024-W09-5T12") == 10);
  CHECK(rt::iso_date_end("2024-W09-12:30") == 8);
  CHECK(rt::iso_date_end("2024W09T12") == 7);
  CHECK(rt::iso_date_end("2024W095T12") == 8);
  CHECK(rt::iso_date_end("2024-W09-") == 0);
}

TEST_CASE("a time may have colons everywhere or nowhere") {
  rt::IsoTime time;
  REQUIRE(rt::parse_iso_time("123045,5-0130", time));
  CHECK(time.clock.second == 45);
  CHECK(time.clock.microsecond == 500'000);
  CHECK(time.offset == -5400 * rt::kSecondMicroseconds);
  CHECK_FALSE(rt::parse_iso_time("12:3045", time));
  CHECK_FALSE(rt::parse_iso_time("", time));
}

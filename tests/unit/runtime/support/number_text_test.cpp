// Expected values are what CPython 3.11 prints.
#include "runtime/support/number_text.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace lisle;

TEST_CASE("the shortest repr reads back") {
  CHECK(double_repr(0.1) == "0.1");
  CHECK(double_repr(1.0) == "1.0");
  CHECK(double_repr(-0.0) == "-0.0");
  CHECK(double_repr(1e16) == "1e+16");
  CHECK(double_repr(9999999999999998.0) == "9999999999999998.0");
  CHECK(double_repr(0.0001) == "0.0001");
  CHECK(double_repr(0.00001) == "1e-05");
  CHECK(double_repr(5e-324) == "5e-324");
  CHECK(double_repr(-HUGE_VAL) == "-inf");
  CHECK(double_repr(NAN) == "nan");
  CHECK(double_repr_bare(3.0) == "3");
}

TEST_CASE("printf formats") {
  CHECK(double_format(2.675, 'f', 2, false) == "2.67");
  CHECK(double_format(0.5, 'f', 0, false) == "0");
  CHECK(double_format(0.5, 'f', 0, true) == "0.");
  CHECK(double_format(12345.678, 'e', 3, false) == "1.235e+04");
  CHECK(double_format(100000.0, 'g', 6, false) == "100000");
  CHECK(double_format(1000000.0, 'g', 6, false) == "1e+06");
  CHECK(double_format(1.5, 'g', 6, true) == "1.50000");
  CHECK(double_format(0.256, '%', 1, false) == "25.6%");
  CHECK(double_format(HUGE_VAL, 'F', 6, false) == "INF");
  CHECK(double_format(3.0, 'g', 3, false, true) == "3.0");
  CHECK(double_format(123.0, 'g', 3, false, true) == "1.23e+02");
}

TEST_CASE("parsing takes whole literals only") {
  f64 d = 0;
  CHECK((parse_double("1e400", d) && std::isinf(d)));
  CHECK((parse_double("-1e-400", d) && d == 0 && std::signbit(d)));
  CHECK((parse_double(".5", d) && d == 0.5));
  CHECK((parse_double("5.", d) && d == 5));
  CHECK((parse_double("+Infinity", d) && std::isinf(d)));
  CHECK((parse_double("nan", d) && std::isnan(d)));
  for (const char* bad : {"", "+", ".", "1e", "1_0", "0x1", "infi", " 1"}) CHECK_FALSE(parse_double(bad, d));
  CHECK((parse_double_prefix("1e5j", d) == 3 && d == 1e5));
}

TEST_CASE("underscores stand between digits") {
  std::string plain;
  CHECK((strip_underscores("1_000.5", plain) && plain == "1000.5"));
  for (const char* bad : {"_1", "1_", "1__0", "1_.5", "1._5"}) CHECK_FALSE(strip_underscores(bad, plain));
}

TEST_CASE("hexadecimal floats") {
  CHECK(double_hex(1.0) == "0x1.0000000000000p+0");
  CHECK(double_hex(-0.1) == "-0x1.999999999999ap-4");
  CHECK(double_hex(5e-324) == "0x0.0000000000001p-1022");
  f64 d = 0;
  CHECK((parse_double_hex("  0x1.8p1 ", d) == HexParse::kOk && d == 3));
  CHECK((parse_double_hex("ff", d) == HexParse::kOk && d == 255));
  CHECK(parse_double_hex("0x1p1024", d) == HexParse::kTooLarge);
  CHECK(parse_double_hex("0xg", d) == HexParse::kMalformed);
  // Just below half of the smallest number.
  CHECK((parse_double_hex("0xbcf41cd02ddedc31f9b.f1p-1151", d) == HexParse::kOk && d == 0));
}

TEST_CASE("decimal rounding goes by the exact value") {
  CHECK(round_to_digits(2.675, 2) == 2.67);
  CHECK(round_to_digits(0.125, 2) == 0.12);
  CHECK(round_to_digits(1250.0, -2) == 1200.0);
  CHECK(round_to_digits(1250.5, -2) == 1300.0);
  CHECK(round_to_digits(999.5, -3) == 1000.0);
  CHECK(std::isinf(round_to_digits(std::numeric_limits<f64>::max(), -308)));
}

TEST_CASE("digits of every script") {
  CHECK(decimal_digit_value('7') == 7);
  CHECK(decimal_digit_value(0x0664) == 4);   // Arabic-Indic
  CHECK(decimal_digit_value(0x1D7D8) == 0);  // mathematical double-struck, behind another run
  CHECK(decimal_digit_value('a') == -1);
  CHECK(is_space_code_point(0x3000));
}

// Ints on both sides of the border between the Value form and the heap form.
#include "runtime/types/int.h"

#include <doctest/doctest.h>

#include "runtime/runtime.h"
#include "runtime/types/float.h"
#include "runtime/types/int_limbs.h"

using namespace lisle;
using namespace lisle::rt;

namespace {

Value parse(Runtime& rt, const char* text) {
  return int_from_text(rt, text, 0).value();
}

std::string show(Runtime& rt, Result r) {
  REQUIRE(r.is_value());
  std::string text;
  REQUIRE(int_to_digits(rt, r.value(), 10, text).is_value());
  return text;
}

}  // namespace

TEST_CASE("every int has one form") {
  Runtime rt;
  CHECK(new_int(rt, kSmallIntMax).is_int());
  CHECK(new_int(rt, kSmallIntMin).is_int());
  CHECK_FALSE(new_int(rt, kSmallIntMax + 1).is_int());
  Value above = new_int(rt, kSmallIntMax + 1);
  CHECK(int_sub(rt, above, Value::from_int(1)).value() == Value::from_int(kSmallIntMax));
  CHECK(int_neg(rt, above) == Value::from_int(kSmallIntMin));
}

// A word of a stack may hold it while an image is saved.
TEST_CASE("what is made for a result and then not needed remains an int") {
  Runtime rt;
  for (u64 kept : {u64{0}, u64{1}, u64{2}}) {
    constexpr u64 kLimbs = 6;
    Int* o = new_int_object(rt, kLimbs);
    for (u64 i = 0; i < kept; ++i) o->limbs[i] = 7;
    const Value result = finish_int(rt, o, false);
    CHECK(!(result == Value::from(o)));
    CHECK(o->limb_count() == kLimbs);
    CHECK(o->limbs[kLimbs - 1] != 0);
  }
}

TEST_CASE("arithmetic crosses the word") {
  Runtime rt;
  Value big = parse(rt, "123456789012345678901234567890");
  CHECK(show(rt, int_mul(rt, big, big)) == "15241578753238836750495351562536198787501905199875019052100");
  CHECK(show(rt, int_floordiv(rt, int_neg(rt, big), Value::from_int(7))) == "-17636684144620811271604938270");
  CHECK(show(rt, int_mod(rt, int_neg(rt, big), Value::from_int(7))) == "0");
  CHECK(show(rt, int_and(rt, int_neg(rt, big), Value::from_int(0xff))) == "46");
  CHECK(show(rt, int_rshift(rt, int_neg(rt, big), Value::from_int(90))) == "-100");
}

TEST_CASE("absurd sizes raise before anything is allocated") {
  Runtime rt;
  Value one = Value::from_int(1);
  CHECK(int_lshift(rt, one, Value::from_int(i64{1} << 40)).is_raised());
  CHECK(raised_is(rt, TypeId::MemoryError));
  take_raised(rt);
  CHECK(int_pow(rt, Value::from_int(10), Value::from_int(i64{1} << 50)).is_raised());
  take_raised(rt);
  CHECK(int_lshift(rt, one, parse(rt, "0x100000000000000000")).is_raised());
  CHECK(raised_is(rt, TypeId::OverflowError));
}

TEST_CASE("comparison with doubles is exact") {
  Runtime rt;
  Value n = parse(rt, "9007199254740993");  // 2^53 + 1 has no double
  CHECK(int_compare_double(n, 9007199254740992.0) > 0);
  CHECK(int_compare_double(n, 9007199254740994.0) < 0);
  CHECK(int_to_double(n) == 9007199254740992.0);
  CHECK(int_compare_double(Value::from_int(3), 3.5) < 0);
  CHECK(int_compare_double(Value::from_int(-3), -3.5) > 0);
}

TEST_CASE("hashes are CPython's") {
  Runtime rt;
  CHECK(int_hash(Value::from_int(-1)) == -2);
  CHECK(int_hash(parse(rt, "0x1fffffffffffffff")) == 0);
  CHECK(int_hash(parse(rt, "123456789012345678901234567890")) == 248789772095949448);
  CHECK(double_hash(0.5) == 1152921504606846976);
  CHECK(double_hash(1e300) == 1224995262755759164);
}

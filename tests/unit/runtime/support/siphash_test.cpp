// Expected values are what CPython 3.11 prints under PYTHONHASHSEED.
#include "runtime/support/siphash.h"

#include <doctest/doctest.h>

using namespace lisle;

TEST_CASE("seed zero is the key of zeros") {
  CHECK(rt::text_hash(rt::key_of_seed(0), "abc", 3) == -4594863902769663758);
  CHECK(rt::text_hash(rt::key_of_seed(0), "hello world", 11) == -5642461784034726774);
}

TEST_CASE("other seeds spread over the key") {
  CHECK(rt::text_hash(rt::key_of_seed(42), "abc", 3) == 3869580338025362921);
  CHECK(rt::text_hash(rt::key_of_seed(42), "hello world", 11) == -3893157060480277979);
}

TEST_CASE("the empty text has hash zero under any key") {
  CHECK(rt::text_hash(rt::key_of_seed(7), "", 0) == 0);
}

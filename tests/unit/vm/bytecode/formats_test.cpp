// Listings and cache entries hold everything that a code object says.
#include "tests/unit/vm/support.h"
#include "vm/bytecode/cache_format.h"

using namespace lisle;

namespace {

constexpr std::string_view kSource =
    "'''doc'''\n"
    "def f(a, /, b=1, *args, c=2, **kw):\n"
    "  'inner doc'\n"
    "  def g(): return a, b\n"
    "  try: return g(x=1, *args)\n"
    "  except (A, B) as e: yield e\n"
    "class C(f, metaclass=f):\n"
    "  x: int = 1\n"
    "  def m(self): return super().m()\n"
    "t = (1, 1.0, True, -0.0, 0.0, None, ..., 2j, 'caf\\u00e9\\U0001f600\\ud800', b'\\x00\\xff', (1, (2,)), "
    "10**30, -10**30)\n"
    "x in {1, 'two', 3}\n";

}  // namespace

TEST_CASE("a listing can be read back") {
  rt::Runtime rt;
  std::string text = listing(rt, kSource), error;
  rt::Code* again = bc::assemble(rt, text, error);
  CHECK(error == "");
  REQUIRE(again);
  CHECK(bc::disassemble(*again) == text);
}

TEST_CASE("mistakes in listings are named") {
  rt::Runtime rt;
  std::string error;
  CHECK(bc::assemble(rt, "code \"f\" \"f\" \"t\" {", error) == nullptr);
  CHECK(error != "");
  CHECK(bc::assemble(rt, "", error) == nullptr);
  CHECK(error != "");
}

TEST_CASE("code goes through the cache unchanged") {
  rt::Runtime rt;
  rt::Code* code = compiled(rt, kSource);
  std::string bytes = bc::serialise(*code);
  rt::Runtime other;
  rt::Code* again = bc::deserialise(other, bytes);
  REQUIRE(again);
  CHECK(bc::disassemble(*again) == bc::disassemble(*code));
  CHECK(bc::serialise(*again) == bytes);
}

TEST_CASE("damaged cache entries are refused or harmless") {
  rt::Runtime rt;
  std::string bytes = bc::serialise(*compiled(rt, kSource));
  CHECK(bc::deserialise(rt, "") == nullptr);
  CHECK(bc::deserialise(rt, std::string_view(bytes).substr(0, bytes.size() - 1)) == nullptr);
  for (size_t at = 0; at < bytes.size(); at += 7) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
    CHECK(bc::deserialise(rt, damaged) == nullptr);
    if (at < 24) continue;
    // With a checksum that fits, what is read must still be code that can be listed.
    u64 sum = bc::content_hash(std::string_view(damaged).substr(24));
    damaged.replace(16, 8, reinterpret_cast<const char*>(&sum), 8);
    if (rt::Code* code = bc::deserialise(rt, damaged)) CHECK(bc::disassemble(*code) != "");
  }
}

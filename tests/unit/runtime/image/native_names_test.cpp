// Every native function has a name that leads back to it; whoever registers functions of a table that
// native_tables.def does not list finds out here.
#include "runtime/image/native_names.h"

#include <doctest/doctest.h>

#include "runtime/modules/boot.h"

using namespace lisle;
using namespace lisle::rt;

TEST_CASE("every native function is found again by its name") {
  Runtime rt;
  for (const ModuleSpec* module : native_modules()) load_native_module(rt, *module);
  const NativeNames names;
  for (const NativeEntry& entry : rt.natives) {
    const std::string name = names.name_of(entry);
    CAPTURE(entry.spec->name);
    CAPTURE(name);
    REQUIRE_FALSE(name.empty());
    const NativeNames::Found found = names.find(name);
    REQUIRE(found.spec == entry.spec);
    CHECK(found.owner == entry.owner);
  }
}

TEST_CASE("a name that no table knows leads nowhere") {
  CHECK(NativeNames().find("module math no_such_function").spec == nullptr);
}

// Makes the function objects of internals.def.
#include "runtime/protocols/internals.h"

namespace lisle::rt {

#define INTERNAL(Name, function, registers, flags) Result function(Runtime& rt, Frame& f);
#include "runtime/protocols/internals.def"
#undef INTERNAL

namespace {

constexpr NativeSpec kInternals[] = {
#define INTERNAL(Name, function, registers, flags) \
  {#Name, function, "(*args)", nullptr, registers, (flags) | kRawArgs},
#include "runtime/protocols/internals.def"
#undef INTERNAL
};

}  // namespace

std::span<const NativeSpec> internal_functions() {
  return kInternals;
}

bool is_internal(const Runtime& rt, const Native& native) {
  const NativeSpec* spec = rt.natives[native.native_id].spec;
  const bool listed = spec >= std::begin(kInternals) && spec < std::end(kInternals);
  return listed && rt.internals[spec - kInternals] == &native;
}

void boot_internals(Runtime& rt) {
  static_assert(std::size(kInternals) <= sizeof(rt.internals) / sizeof(rt.internals[0]));
  for (size_t i = 0; i < std::size(kInternals); ++i)
    rt.internals[i] = new_native(rt, kInternals[i], nullptr, Value::none());
}

}  // namespace lisle::rt

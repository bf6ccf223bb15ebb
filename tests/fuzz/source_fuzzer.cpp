// Any bytes are a source text: parsing them ends with a tree or a syntax
// error, never with a crash. The first byte chooses the mode.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "grammar/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using lisle::grammar::Mode;
  if (size == 0) return 0;
  const Mode mode = static_cast<Mode>(data[0] % 3);
  const std::string_view source(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto result = lisle::grammar::parse(source, mode, "fuzz.py");
  // Exactly one of the two: a caller relies on it.
  if ((result.root == nullptr) != result.error.has_value()) __builtin_trap();
  return 0;
}

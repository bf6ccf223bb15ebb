// Names of characters, for what is not in the module unicodedata itself.
#pragma once
#include <string>

#include "runtime/runtime.h"

namespace lisle::rt {

// The name of a character; empty when it has none.
std::string character_name(Runtime& rt, u32 c);
// The character of a name or alias, whose letters may be small; 0 when there is none.
u32 character_named(Runtime& rt, std::string name);

}  // namespace lisle::rt

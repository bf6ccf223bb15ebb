// Whole texts from and to UTF-8, for those who know what to do where the text does not fit.
#pragma once
#include <string_view>

#include "runtime/runtime.h"

namespace lisle::rt {

// Null when the bytes are no well-formed UTF-8.
Str* new_str_well_formed(Runtime& rt, std::string_view utf8);
// Text with surrogates has no UTF-8.
bool has_surrogates(const Str* s);

}  // namespace lisle::rt

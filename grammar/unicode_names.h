// Owns: \N{...}: characters by their name.
#pragma once

#include <string>
#include <string_view>

namespace lisle::grammar {

// The character (or named sequence) of that name in UTF-8; empty when there is none.
std::string character_named(std::string_view name);

}  // namespace lisle::grammar

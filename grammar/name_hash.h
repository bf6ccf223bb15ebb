// Owns: the hash that the table of character names is keyed by, shared by the tool that makes it and the
// program that asks it.
#pragma once

#include <cstdint>
#include <string_view>

namespace lisle::grammar {

// FNV-1a with a final mix; case does not matter.
inline std::uint64_t name_hash(std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (char c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  }
  return (hash ^ hash >> 29) * 0xBF58476D1CE4E5B9;
}

}  // namespace lisle::grammar

// Owns: names of characters.
#include "grammar/unicode_names.h"

namespace lisle::grammar {

std::string character_named(std::string_view) {
  return {};
}

}  // namespace lisle::grammar

// Owns: which characters an identifier is made of, and its normal form.
// Invariant: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lisle::grammar {

// The offset of the first character that no identifier may have there, or npos.
std::size_t first_bad_name_character(std::string_view name);

// NFKC, for a name that is not ASCII.
std::string normalised_name(std::string_view name);

bool is_ascii(std::string_view text);
// What str.isprintable() says of one character.
bool is_printable(std::int32_t code);
// The length of the sequence a lead byte begins.
int utf8_length(char lead);
// Appends the code point; a surrogate as three bytes.
void append_utf8(std::string& text, std::uint32_t code);

}  // namespace lisle::grammar

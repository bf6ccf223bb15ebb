// Code objects as bytes, for the bytecode cache: what one process compiled another one reads.
//
// The bytes begin with a magic number, the hash of the opcode table and a checksum. Reading refuses
// everything that was not written by serialise() of the same instruction set, and verifies the code it makes.
#pragma once
#include <string>
#include <string_view>

#include "runtime/runtime.h"

namespace lisle::bc {

std::string serialise(const rt::Code& code);

// Null when the bytes are damaged, of another version, or hold code that does not verify.
rt::Code* deserialise(rt::Runtime& rt, std::string_view bytes);
// The same, with the reason.
rt::Code* deserialise_or_say(rt::Runtime& rt, std::string_view bytes, std::string& why);

// Equal for code objects that do the same, whatever file and line they come from.
u64 fingerprint(const rt::Code& code);

// A 64-bit hash of any bytes: of cache contents and of source texts. Not for defence against anybody.
u64 content_hash(std::string_view bytes);

}  // namespace lisle::bc

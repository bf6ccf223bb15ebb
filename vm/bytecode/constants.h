// Constants of code objects: which are the same constant, and how they look in a listing.
#pragma once
#include <string>
#include <vector>

#include "runtime/runtime.h"

namespace lisle::bc {

// Same type and same value, so that one may stand for the other: 1, 1.0 and True differ, and so do 0.0 and
// -0.0.
bool same_constant(rt::Value a, rt::Value b);
u64 constant_hash(rt::Value v);

// A frozenset of keys whose hashes are known without the program. It remembers how the source lists them.
rt::Value new_frozenset(rt::Runtime& rt, const std::vector<rt::Value>& keys);

// What instructions hold themselves, in their order: small ints, None, the bools.
void inline_constants(const rt::Code& code, std::vector<rt::Value>& out);

// UTF-8 of a string, surrogates in three bytes.
std::string text_of(const rt::Str* s);
// The same in double quotes with escapes, ASCII only.
void write_quoted(std::string& out, const rt::Str* s);

}  // namespace lisle::bc

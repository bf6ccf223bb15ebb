// The bytecode cache: compiled modules in the user's cache folder, named by the hash of what they were made
// from.
//
// A name covers the source text, the file name, the optimisation level and the instruction set, so an entry
// never becomes stale: it is right or it is not there. Entries are written aside and renamed into place; a
// damaged one is refused by the reader and made anew.
#pragma once
#include <string>
#include <string_view>

#include "runtime/runtime.h"

namespace lisle::vm {

// The path of the entry; empty when there is no place for a cache.
std::string cache_path(rt::Runtime& rt, std::string_view source, std::string_view filename, int optimize);
// The code of an entry, null when there is none or it is damaged.
rt::Code* cache_read(rt::Runtime& rt, const std::string& path);
// Failures are ignored: the program runs without a cache as well.
void cache_write(rt::Runtime& rt, const std::string& path, const rt::Code& code);

}  // namespace lisle::vm

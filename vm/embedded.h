// The library modules written in the language that travel inside the
// executable. The table is made at build time from stdlib/ (cmake/embed.cmake);
// its rows are in path order and live as long as the process.
#pragma once

namespace lisle::vm {

struct EmbeddedModule {
  const char* name;  // dotted module name, zero-terminated
  const char* text;  // UTF-8 source text, zero-terminated
  unsigned size;     // bytes of text without the zero
  bool is_package;   // the source is the package's __init__
};

extern const EmbeddedModule kEmbeddedModules[];
extern const unsigned kEmbeddedModuleCount;

}  // namespace lisle::vm

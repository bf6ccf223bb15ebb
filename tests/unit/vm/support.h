// Compiles source text for the tests of bytecode and compiler.
#pragma once
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "grammar/parse.h"
#include "vm/bytecode/disasm.h"
#include "vm/bytecode/verify.h"
#include "vm/compiler/compile.h"

namespace lisle {

inline rt::Code* compiled(rt::Runtime& rt, std::string_view source, std::string* problem = nullptr) {
  grammar::ParseResult parsed = grammar::parse(source, grammar::Mode::Module, "test");
  REQUIRE_FALSE(parsed.error);
  compiler::Options options;
  options.filename = "test";
  compiler::SyntaxErrorInfo error;
  std::vector<compiler::Warning> warnings;
  rt::Code* code = compiler::compile(rt, parsed.root, options, error, warnings);
  if (problem)
    *problem = error.message + " @" + std::to_string(error.line) + ":" + std::to_string(error.column);
  return code;
}

// The listing of the compiled source, verified.
inline std::string listing(rt::Runtime& rt, std::string_view source) {
  rt::Code* code = compiled(rt, source);
  REQUIRE(code);
  std::string why;
  bc::verify(*code, why);
  CHECK(why == "");
  return bc::disassemble(*code);
}

// The message of the compile error and where it is, "" if there is none.
inline std::string problem(std::string_view source) {
  rt::Runtime rt;
  std::string text;
  return compiled(rt, source, &text) ? "" : text;
}

}  // namespace lisle

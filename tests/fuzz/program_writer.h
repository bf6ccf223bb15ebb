// Writes a Python program out of arbitrary bytes: every byte string is some
// program that parses, and a small change of the bytes is a small change of the
// program, which is what a coverage-guided fuzzer needs. The programs are about
// the language: odd classes, odd special methods, odd arguments for builtins.
// They end: loops are bounded, sizes are small, and nothing outside is touched.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace lisle::fuzz {

// What the programs may name, taken from the running machine, so that a method
// added tomorrow is tried tomorrow.
struct Vocabulary {
  std::vector<std::string> callables;   // builtin functions and classes
  std::vector<std::string> attributes;  // of the builtin types
};

std::string write_program(std::span<const uint8_t> decisions, const Vocabulary& vocabulary);

}  // namespace lisle::fuzz

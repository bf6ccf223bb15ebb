// The compiler's front door: a syntax tree in, a code object or a syntax error out.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "grammar/ast.h"
#include "runtime/runtime.h"

namespace lisle::compiler {

enum class Mode : u8 { Module, Eval, Single };

struct Options {
  std::string_view filename = "<string>";
  Mode mode = Mode::Module;
  bool future_annotations = false;  // inherited from the code that called compile()
  bool top_level_await = false;     // PyCF_ALLOW_TOP_LEVEL_AWAIT
  int optimize = 0;                 // 1: no asserts, 2: no docstrings either
};

// Lines from 1, columns in UTF-8 bytes from 0.
struct SyntaxErrorInfo {
  std::string message;
  int line = 0, column = 0, end_line = 0, end_column = 0;
  bool out_of_bounds = false;  // not the program's syntax: a limit of the compiler was hit
};

// Something that is accepted and hardly meant.
struct Warning {
  std::string message;
  ast::Position at;
};

// Null when there is an error. `root` is what grammar::parse gave for the same mode.
rt::Code* compile(rt::Runtime& rt, const ast::Node* root, const Options& options, SyntaxErrorInfo& error,
                  std::vector<Warning>& warnings);

// The scopes as text: each scope with its symbols and what they resolved to.
std::string dump_scopes(rt::Runtime& rt, const ast::Node* root, const Options& options,
                        SyntaxErrorInfo& error);

}  // namespace lisle::compiler

// The parameter lists of native functions, written as in Python: "(self, key, default=None, /, *args, flag=False)".
#pragma once
#include <string_view>
#include <vector>

#include "runtime/support/base.h"

namespace lisle::rt {

enum class ParameterKind : u8 { kPositionalOnly, kPositionalOrKeyword, kVarArgs, kKeywordOnly, kVarKeywords };

struct Parameter {
  std::string_view name;
  std::string_view default_text;  // empty when the parameter must be given
  ParameterKind kind;
  bool is_required() const {
    return default_text.empty() && kind != ParameterKind::kVarArgs && kind != ParameterKind::kVarKeywords;
  }
};

// In the order of the registers they are bound to.
std::vector<Parameter> parse_signature(const char* signature);

}  // namespace lisle::rt

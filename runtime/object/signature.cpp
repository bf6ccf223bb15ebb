// Reads the signatures of native functions. They are part of the source, so ill-formed ones are not reported.
#include "runtime/object/signature.h"

namespace lisle::rt {

namespace {

std::string_view trim(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

// Length of the first item of a comma-separated list; brackets and quotes protect commas inside defaults.
size_t item_length(std::string_view text) {
  int depth = 0;
  char quote = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      --depth;
    } else if (c == ',' && depth == 0) {
      return i;
    }
  }
  return text.size();
}

Parameter parse_parameter(std::string_view item, bool keyword_only) {
  ParameterKind kind = keyword_only ? ParameterKind::kKeywordOnly : ParameterKind::kPositionalOrKeyword;
  if (item.starts_with("**")) {
    kind = ParameterKind::kVarKeywords;
    item.remove_prefix(2);
  } else if (item.starts_with("*")) {
    kind = ParameterKind::kVarArgs;
    item.remove_prefix(1);
  }
  size_t equals = item.find('=');
  if (equals == std::string_view::npos) return {trim(item), {}, kind};
  return {trim(item.substr(0, equals)), trim(item.substr(equals + 1)), kind};
}

}  // namespace

std::vector<Parameter> parse_signature(const char* signature) {
  std::string_view text = signature;
  size_t open = text.find('('), close = text.rfind(')');
  text = text.substr(open + 1, close - open - 1);
  std::vector<Parameter> out;
  bool keyword_only = false;
  while (!trim(text).empty()) {
    size_t length = item_length(text);
    std::string_view item = trim(text.substr(0, length));
    text = length < text.size() ? text.substr(length + 1) : std::string_view();
    if (item.starts_with('$')) item.remove_prefix(1);
    if (item == "/") {
      for (Parameter& p : out) p.kind = ParameterKind::kPositionalOnly;
    } else if (item == "*") {
      keyword_only = true;
    } else {
      out.push_back(parse_parameter(item, keyword_only));
      if (out.back().kind == ParameterKind::kVarArgs) keyword_only = true;
    }
  }
  return out;
}

}  // namespace lisle::rt

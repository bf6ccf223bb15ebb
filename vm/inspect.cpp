// Dumps of the stages between source text and bytecode, and checking of files.
#include <cerrno>
#include <cstring>

#include "lisle/compile.h"
#include "runtime/host.h"
#include "runtime/modules/path.h"
#include "runtime/types/module.h"
#include "vm/bytecode/disasm.h"
#include "vm/compile_source.h"
#include "vm/state.h"

namespace lisle {
namespace {

std::string syntax_error_text(const grammar::SyntaxError& error, const std::string& filename) {
  return "  File \"" + filename + "\", line " + std::to_string(error.line) +
         "\nSyntaxError: " + error.message + "\n";
}

bool dump_scopes(rt::Runtime& rt, const ast::Node* root, const std::string& filename, std::string& text) {
  compiler::Options options;
  options.filename = filename;
  compiler::SyntaxErrorInfo error;
  text = compiler::dump_scopes(rt, root, options, error);
  if (error.message.empty()) return true;
  text = "SyntaxError: " + error.message + "\n";
  return false;
}

bool dump_bytecode(rt::Runtime& rt, const ast::Node* root, const std::string& filename, std::string& text) {
  compiler::Options options;
  options.filename = filename;
  compiler::SyntaxErrorInfo error;
  std::vector<compiler::Warning> warnings;
  rt::Code* code = compiler::compile(rt, root, options, error, warnings);
  text = code ? bc::disassemble(*code) : "SyntaxError: " + error.message + "\n";
  return code != nullptr;
}

}  // namespace

bool dump(Vm& vm, std::string_view stage, std::string_view source, const std::string& filename,
          std::string& text) {
  rt::Runtime& rt = Access::state(vm).runtime();
  if (stage == "tokens") {
    text = grammar::dump_tokens(source);
    return true;
  }
  if (stage == "tree") {
    text = grammar::dump_tree(source, grammar::Mode::Module);
    return true;
  }
  if (stage != "ast" && stage != "scopes" && stage != "bytecode") {
    text = "unknown stage: " + std::string(stage) + " (tokens, tree, ast, scopes, bytecode)\n";
    return false;
  }
  grammar::ParseResult parsed = grammar::parse(source, grammar::Mode::Module, filename);
  if (parsed.error) {
    text = syntax_error_text(*parsed.error, filename);
    return false;
  }
  if (stage == "ast") {
    text = ast::dump(parsed.root) + "\n";
    return true;
  }
  return stage == "scopes" ? dump_scopes(rt, parsed.root, filename, text)
                           : dump_bytecode(rt, parsed.root, filename, text);
}

bool check_file(Vm& vm, const std::string& path) {
  VmState& state = Access::state(vm);
  rt::Runtime& rt = state.runtime();
  std::string source;
  int failed = rt.host->read_file(path.c_str(), source);
  rt::Str* name = rt::os_path_text(rt, path);
  rt::Result compiled = failed ? rt::raise_os_error(rt, -failed, rt::Value::from(name))
                               : vm::compile_source(rt, source, name, rt::CompileMode::kExec, 0);
  if (compiled.is_raised()) state.machine->report();
  return compiled.is_value();
}

const char* version() {
  return "Lisle 0.1.0 (Python 3.11.7)";
}

}  // namespace lisle

#include "vm/compile_source.h"

#include <algorithm>

#include "runtime/support/text.h"
#include "runtime/support/utf8.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "vm/bytecode/assigned.h"
#include "vm/bytecode/cache_format.h"
#include "vm/bytecode/constants.h"
#include "vm/bytecode/disasm.h"
#include "vm/bytecode/op_info.h"
#include "vm/bytecode/register_kinds.h"
#include "vm/bytecode/verify.h"
#include "vm/cache.h"
#include "vm/embedded.h"
#include "vm/interp/compiled.h"
#include "vm/interp/dead_registers.h"
#include "vm/interp/frame_image.h"
#include "vm/interp/trace.h"
#include "vm/trees.h"

namespace lisle::vm {
namespace {

using rt::Result;
using rt::Value;

// Hooks are plain functions; what the machine decided once travels behind them.
struct MachineHooks : rt::Hooks {
  bool write_cache = true;
  int level = 0;
};

grammar::Mode grammar_mode(rt::CompileMode mode) {
  switch (mode) {
    case rt::CompileMode::kExec:
      return grammar::Mode::Module;
    case rt::CompileMode::kEval:
      return grammar::Mode::Eval;
    case rt::CompileMode::kSingle:
      return grammar::Mode::Single;
  }
  return grammar::Mode::Module;
}

compiler::Mode compiler_mode(rt::CompileMode mode) {
  switch (mode) {
    case rt::CompileMode::kExec:
      return compiler::Mode::Module;
    case rt::CompileMode::kEval:
      return compiler::Mode::Eval;
    case rt::CompileMode::kSingle:
      return compiler::Mode::Single;
  }
  return compiler::Mode::Module;
}

Value line_number(int n) {
  return n > 0 ? Value::from_int(n) : Value::none();
}

struct Place {
  int line, column, end_line, end_column;  // from 1; a line of 0: unknown
};

Result raise_at(rt::Runtime& rt, rt::TypeId type, std::string_view message, rt::Str* filename,
                const Place& place, Value text) {
  rt::Tuple* details = rt::new_tuple(rt, 6);
  details->items[0] = Value::from(filename);
  details->items[1] = line_number(place.line);
  details->items[2] = place.line > 0 ? Value::from_int(place.column) : Value::none();
  details->items[3] = text;
  details->items[4] = line_number(place.end_line);
  details->items[5] = place.end_line > 0 ? Value::from_int(place.end_column) : Value::none();
  rt.heap.wrote(details);
  rt::Str* shown = rt::new_str(rt, message);
  Value arguments[2] = {Value::from(shown), Value::from(details)};
  rt::Exception* e = rt::new_exception_of(rt, rt.type(type), rt::new_tuple_from(rt, arguments, 2));
  TRY(rt::init_exception(rt, *e));
  return rt::raise_value(rt, Value::from(e));
}

std::string_view line_of(std::string_view source, int number) {
  for (int line = 1; line < number; ++line) {
    size_t end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  size_t end = source.find('\n');
  return end == std::string_view::npos ? source : source.substr(0, end + 1);
}

// Characters before byte `column`, from 1.
int character_column(std::string_view line, int column) {
  int characters = 0;
  for (int i = 0; i < column && i < static_cast<int>(line.size()); ++i) {
    characters += (static_cast<u8>(line[static_cast<size_t>(i)]) & 0xC0) != 0x80;
  }
  return characters + 1;
}

void note_warning(rt::Runtime& rt, const std::string& text, const ast::Position& at, std::string_view source,
                  bool is_deprecation) {
  std::string line(line_of(source, at.line));
  rt.hooks->warnings.push_back({text, at.line, character_column(line, at.col), at.end_line,
                                character_column(line_of(source, at.end_line), at.end_col), line,
                                is_deprecation});
}

// The code of a tree that was parsed from `source`, which is empty where nobody knows it.
Result compile_root(rt::Runtime& rt, const ast::Node* root, std::string_view source, rt::Str* filename,
                    rt::CompileMode mode, int optimize, u32 flags) {
  rt::TextBuffer scratch;
  compiler::Options options;
  options.filename = rt::str_utf8(filename, scratch);
  options.mode = compiler_mode(mode);
  options.optimize = optimize;
  options.future_annotations = flags & rt::kCompileAnnotations;
  options.top_level_await = flags & rt::kCompileAwait;
  compiler::SyntaxErrorInfo error;
  std::vector<compiler::Warning> warnings;
  rt::Code* code = compiler::compile(rt, root, options, error, warnings);
  for (const compiler::Warning& w : warnings) note_warning(rt, w.message, w.at, source, false);
  if (!code) return raise_compile_error(rt, error, source, filename);
  return Value::from(code);
}

bool embedded_module(std::string_view name, std::string_view& source, bool& is_package) {
  for (unsigned i = 0; i < kEmbeddedModuleCount; ++i) {
    const EmbeddedModule& module = kEmbeddedModules[i];
    if (name != module.name) continue;
    source = {module.text, module.size};
    is_package = module.is_package;
    return true;
  }
  return false;
}

const char* embedded_name(unsigned number) {
  return number < kEmbeddedModuleCount ? kEmbeddedModules[number].name : nullptr;
}

Result compile_plain(rt::Runtime& rt, std::string_view source, rt::Str* filename, rt::CompileMode mode,
                     int optimize, u32 flags) {
  int level = static_cast<MachineHooks&>(*rt.hooks).level;
  return compile_source(rt, source, filename, mode, optimize > level ? optimize : level, nullptr, flags);
}

grammar::ParseResult parse(rt::Runtime& rt, std::string_view source, rt::CompileMode mode,
                           std::string_view filename, u32 flags) {
  grammar::ParseOptions options;
  options.barry = flags & rt::kCompileBarry;
  options.implies_dedent = !(flags & rt::kCompileNoDedent);
  options.is_text = flags & rt::kCompileText;
  options.max_digits = rt.max_str_digits;
  grammar::ParseResult parsed = grammar::parse(source, grammar_mode(mode), filename, options);
  if (parsed.error && parsed.error->incomplete && flags & rt::kCompileIncomplete) {
    parsed.error->kind = grammar::SyntaxError::Syntax;
    parsed.error->message = "incomplete input";
  }
  return parsed;
}

Result parse_tree(rt::Runtime& rt, std::string_view source, rt::Str* filename, rt::CompileMode mode,
                  u32 flags, rt::Dict& classes) {
  rt::TextBuffer scratch;
  grammar::ParseResult parsed = parse(rt, source, mode, rt::str_utf8(filename, scratch), flags);
  if (parsed.error) return raise_syntax_error(rt, *parsed.error, filename);
  return tree_object(rt, classes, parsed.root);
}

bool is_root_of(const ast::Node* root, rt::CompileMode mode) {
  return root->kind == (mode == rt::CompileMode::kExec   ? ast::Kind::Module
                        : mode == rt::CompileMode::kEval ? ast::Kind::Expression
                                                         : ast::Kind::Interactive);
}

Result compile_tree(rt::Runtime& rt, Value tree, rt::Str* filename, rt::CompileMode mode, int optimize,
                    u32 flags, rt::Dict& classes) {
  ast::Arena arena;
  ast::Node* root = nullptr;
  TRY(read_tree(rt, classes, tree, arena, root));
  if (!is_root_of(root, mode))
    return rt::raise(rt, rt::TypeId::TypeError, "expected %s node, got %s",
                     mode == rt::CompileMode::kExec   ? "Module"
                     : mode == rt::CompileMode::kEval ? "Expression"
                                                      : "Interactive",
                     rt::type_name(rt, tree));
  int level = static_cast<MachineHooks&>(*rt.hooks).level;
  return compile_root(rt, root, {}, filename, mode, std::max(optimize, level), flags);
}

Result compile_cached(rt::Runtime& rt, std::string_view source, rt::Str* filename) {
  const auto& hooks = static_cast<MachineHooks&>(*rt.hooks);
  rt::TextBuffer scratch;
  std::string path = cache_path(rt, source, rt::str_utf8(filename, scratch), hooks.level);
  if (rt::Code* code = cache_read(rt, path)) return Value::from(code);
  Value code = TRY(compile_source(rt, source, filename, rt::CompileMode::kExec, hooks.level));
  // A program that warns is compiled again, and so warns again; a module warns when it is new.
  if (hooks.write_cache && (hooks.caches_warned || hooks.warnings.empty()))
    cache_write(rt, path, *rt::to<rt::Code>(code));
  return code;
}

}  // namespace

Result raise_syntax_error(rt::Runtime& rt, const grammar::SyntaxError& error, rt::Str* filename) {
  rt::TypeId type = error.kind == grammar::SyntaxError::Indentation ? rt::TypeId::IndentationError
                    : error.kind == grammar::SyntaxError::Tab       ? rt::TypeId::TabError
                                                                    : rt::TypeId::SyntaxError;
  Value text =
      error.text.empty() && error.line <= 0 ? Value::none() : Value::from(rt::new_str(rt, error.text));
  return raise_at(rt, type, error.message, filename, {error.line, error.col, error.end_line, error.end_col},
                  text);
}

Result raise_compile_error(rt::Runtime& rt, const compiler::SyntaxErrorInfo& error, std::string_view source,
                           rt::Str* filename) {
  if (error.out_of_bounds) return rt::raise(rt, rt::TypeId::SystemError, "%s", error.message.c_str());
  std::string_view line = line_of(source, error.line);
  std::string_view last = line_of(source, error.end_line);
  Place place{error.line, character_column(line, error.column), error.end_line,
              character_column(last, error.end_column)};
  Value text = line.empty() ? Value::none() : Value::from(rt::new_str(rt, line));
  return raise_at(rt, rt::TypeId::SyntaxError, error.message, filename, place, text);
}

Result compile_source(rt::Runtime& rt, std::string_view source, rt::Str* filename, rt::CompileMode mode,
                      int optimize, bool* incomplete, u32 flags) {
  rt::TextBuffer scratch;
  std::string name(rt::str_utf8(filename, scratch));
  grammar::ParseResult parsed = parse(rt, source, mode, name, flags);
  if (parsed.error) {
    if (incomplete) *incomplete = parsed.error->incomplete;
    return raise_syntax_error(rt, *parsed.error, filename);
  }
  rt.hooks->warnings.clear();
  for (const grammar::Deprecation& d : parsed.warnings)
    note_warning(rt, d.message, d.at, source, !d.is_syntax);
  return compile_root(rt, parsed.root, source, filename, mode, optimize, flags);
}

void install_hooks(rt::Runtime& rt, bool write_cache, int optimize) {
  auto hooks = std::make_unique<MachineHooks>();
  hooks->compile = compile_plain;
  hooks->parse_tree = parse_tree;
  hooks->compile_tree = compile_tree;
  hooks->compile_cached = compile_cached;
  hooks->embedded_module = embedded_module;
  hooks->write_code = lisle::bc::serialise;
  hooks->inline_constants = bc::inline_constants;
  hooks->instructions = bc::instruction_texts;
  hooks->read_code = [](rt::Runtime& rt, std::string_view bytes, std::string& why) {
    rt::Code* code = bc::deserialise_or_say(rt, bytes, why);
    return code && bc::distrust_nested(*code, why) ? code : nullptr;
  };
  hooks->fingerprint = lisle::bc::fingerprint;
  hooks->capture_frames = lisle::interp::capture_frames;
  hooks->renew_frames = lisle::interp::renew_frames;
  hooks->restore_frames = lisle::interp::restore_frames;
  hooks->may_wait = lisle::interp::may_wait;
  hooks->may_yield = lisle::interp::may_yield;
  hooks->verify_code = [](const rt::Code& code, std::string& why) { return bc::verify(code, why); };
  hooks->distrust_code = bc::distrust;
  hooks->registers_fit = lisle::interp::registers_fit;
  hooks->registers_kept = lisle::bc::registers_kept;
  hooks->capture_generator = lisle::interp::capture_generator;
  hooks->restore_generator = lisle::interp::restore_generator;
  hooks->embedded_name = embedded_name;
  hooks->continuations = interp::kContinuations;
  hooks->leave_compiled = interp::leave_compiled;
  hooks->opcode_hash = bc::kOpcodeTableHash;
  hooks->clear_dead_registers = interp::clear_dead_registers;
  hooks->trace_code = interp::trace_code;
  hooks->untrace_code = interp::untrace_code;
  hooks->assigned_locals = [](const rt::Code& code, u64 at) {
    bc::AssignedLocals assigned(code);
    std::vector<bool> out(code.local_count);
    for (u32 i = 0; i < code.local_count; ++i) out[i] = assigned.may_have_value(static_cast<u32>(at), i);
    return out;
  };
  hooks->code_to_bytes = bc::serialise;
  hooks->code_from_bytes = bc::deserialise;
  hooks->write_cache = write_cache;
  hooks->level = optimize;
  rt.hooks = std::move(hooks);
}

}  // namespace lisle::vm

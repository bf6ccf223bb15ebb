// The prompt's side of the machine: running what was typed, completing names.
#include "lisle/console.h"

#include <algorithm>

#include "runtime/host.h"
#include "runtime/support/text.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/exception.h"
#include "runtime/types/module.h"
#include "vm/compile_source.h"
#include "vm/run.h"
#include "vm/state.h"

namespace lisle {
namespace {

std::string utf8(rt::Value str) {
  rt::TextBuffer scratch;
  return std::string(rt::str_utf8(rt::to<rt::Str>(str), scratch));
}

bool is_word(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

constexpr const char* kKeywords[] = {
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

// The strings of a list of names that begin with `prefix`; names that start with '_' only when asked for.
void add_matching(rt::Value names, const std::string& prefix, const std::string& before,
                  std::vector<std::string>& out) {
  rt::List* list = rt::as<rt::List>(names);
  for (u64 i = 0; list && i < list->size; ++i) {
    if (!rt::is_str(list->items->items[i])) continue;
    std::string name = utf8(list->items->items[i]);
    if (name.starts_with(prefix) && (name[0] != '_' || prefix.starts_with('_'))) out.push_back(before + name);
  }
}

void add_keys(rt::Dict& dict, const std::string& prefix, std::vector<std::string>& out) {
  u64 position = 0;
  rt::Value key, value;
  while (rt::dict_next(dict, position, key, value)) {
    if (!rt::is_str(key)) continue;
    std::string name = utf8(key);
    if (name.starts_with(prefix) && (name[0] != '_' || prefix.starts_with('_'))) out.push_back(name);
  }
}

// The object that a chain of plain names means; unbound when a link is missing. Attributes are asked of the
// program.
rt::Value evaluate_chain(VmState& state, const std::string& chain) {
  rt::Runtime& rt = state.runtime();
  rt::Value object = rt::Value::unbound();
  for (size_t at = 0; at <= chain.size();) {
    size_t dot = std::min(chain.find('.', at), chain.size());
    rt::Value name = rt::Value::from(rt::intern(rt, std::string_view(chain).substr(at, dot - at)));
    if (at == 0) {
      object = rt::dict_get_str(rt, *state.machine->main_module().dict, rt::to<rt::Str>(name));
      if (object.is_unbound()) object = rt::dict_get_str(rt, *rt.builtins->dict, rt::to<rt::Str>(name));
      if (object.is_unbound()) return object;
    } else {
      rt::Result r = vm::run(rt, rt::module_get(rt, *rt.builtins, "getattr"), {object, name});
      if (r.is_raised()) {
        rt::take_raised(rt);
        return rt::Value::unbound();
      }
      object = r.value();
    }
    at = dot + 1;
  }
  return object;
}

}  // namespace

Console::Console(Vm& vm) : vm_(vm) {
  rt::Runtime& rt = Access::state(vm_).runtime();
  rt::Result module = vm::run(rt, rt::module_get(rt, *rt.builtins, "__import__"),
                              {rt::Value::from(rt::intern(rt, "_interactive"))});
  if (module.is_value())
    module = vm::run(rt, rt::module_get(rt, *rt::to<rt::Module>(module.value()), "prepare_prompt"), {});
  // Without the library's upper floor there are the plain builtins.
  if (module.is_raised()) rt::take_raised(rt);
}

Console::Outcome Console::enter(std::string_view text, bool more, int& status) {
  VmState& state = Access::state(vm_);
  rt::Runtime& rt = state.runtime();
  rt::Dict* space = state.machine->main_module().dict;
  bool incomplete = false;
  rt::Result code = vm::compile_source(rt, text, rt::intern(rt, "<stdin>"), rt::CompileMode::kSingle,
                                       state.machine->config().optimize, &incomplete);
  if (code.is_raised() && incomplete && more) {
    rt::take_raised(rt);
    return Outcome::kIncomplete;
  }
  rt::Result r = code;
  if (code.is_value()) {
    rt::Function* function = rt::new_function(rt, rt::to<rt::Code>(code.value()), space);
    r = vm::run(rt, rt::Value::from(function), {rt::Value::from(space)});
  }
  if (r.is_raised()) {
    bool leaving = rt::raised_is(rt, rt::TypeId::SystemExit);
    status = state.machine->report();
    if (leaving) return Outcome::kExit;
  }
  return Outcome::kDone;
}

std::vector<std::string> Console::complete(std::string_view line, size_t& start) {
  VmState& state = Access::state(vm_);
  rt::Runtime& rt = state.runtime();
  start = line.size();
  while (start > 0 && (is_word(line[start - 1]) || line[start - 1] == '.')) --start;
  std::string word(line.substr(start));
  std::vector<std::string> out;
  size_t dot = word.rfind('.');
  if (dot == std::string::npos) {
    for (const char* keyword : kKeywords) {
      if (std::string_view(keyword).starts_with(word)) out.emplace_back(keyword);
    }
    add_keys(*state.machine->main_module().dict, word, out);
    add_keys(*rt.builtins->dict, word, out);
  } else {
    rt::Value object = evaluate_chain(state, word.substr(0, dot));
    if (object.is_unbound()) return out;
    rt::Result names = vm::run(rt, rt::module_get(rt, *rt.builtins, "dir"), {object});
    if (names.is_raised()) {
      rt::take_raised(rt);
    } else {
      add_matching(names.value(), word.substr(dot + 1), word.substr(0, dot + 1), out);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool Console::run_tasklets() {
  VmState& state = Access::state(vm_);
  rt::Runtime& rt = state.runtime();
  if (rt.scheduler->ring->run_count <= 1) return false;
  rt::Value module = rt::dict_get_str(rt, *rt.modules, rt::intern(rt, "stackless"));
  if (!rt::is_kind(module, rt::Kind::Module)) return false;
  rt::Value schedule = rt::module_get(rt, *rt::to<rt::Module>(module), "schedule");
  if (schedule.is_unbound()) return false;
  if (vm::run(rt, schedule, {}).is_raised()) state.machine->report();
  return true;
}

bool Console::take_interrupt() {
  return Access::state(vm_).runtime().host->interrupt_requested.exchange(false);
}

std::string Console::prompt(bool continued) {
  rt::Runtime& rt = Access::state(vm_).runtime();
  rt::Value text = rt::module_get(rt, *rt.sys, continued ? "ps2" : "ps1");
  if (rt::is_str(text)) return utf8(text);
  if (text.is_unbound()) return continued ? "... " : ">>> ";
  rt::Result shown = vm::run(rt, rt::Value::from(rt.type(rt::TypeId::Str)), {text});
  if (shown.is_value()) return utf8(shown.value());
  rt::take_raised(rt);
  return {};
}

}  // namespace lisle

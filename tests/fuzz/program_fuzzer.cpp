// Any program ends: with a result or with an exception, within its ticks and its
// memory, never with a crash and never with a hang. The first byte chooses a
// stress mode, the rest is written out as a program by program_writer.
//
// LISLE_FUZZ_SHOW=1 prints each program before it runs, which is how a finding is read.
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>

#include "lisle/vm.h"
#include "program_writer.h"

namespace {

using lisle::fuzz::Vocabulary;

// Left out are the names that reach outside the process or that wait for a person.
constexpr const char* kVocabularyText = R"py(
import builtins
_outside = {"open", "input", "breakpoint", "exit", "quit", "help", "__import__", "print", "copyright", "credits", "license"}
_callables = sorted(n for n in dir(builtins) if n not in _outside and callable(getattr(builtins, n)))
_types = [t for t in vars(builtins).values() if isinstance(t, type)]
_types += [type(x) for x in ((lambda: 0), (lambda: 0).__code__, (i for i in ()), len, [].append, iter([]), iter({}), {}.keys(), builtins)]
import itertools, functools, collections, stackless, weakref, operator
_modules = (itertools, functools, collections, stackless, weakref, operator)
_types += [v for m in _modules for v in vars(m).values() if isinstance(v, type)] + list(_modules)
_attributes = sorted({n for t in _types for n in dir(t)} - {"__import__"})
_words = " ".join(_callables) + "\n" + " ".join(_attributes)
)py";

constexpr const char* kDriver = R"py(
import sys, stackless
sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = None
def _drive(code):
    task = stackless.tasklet(exec)(code, {"__name__": "__main__"})
    stackless.run(20000)
try:
    _drive(compile(_program, "<program>", "exec"))
except BaseException:
    pass
)py";

lisle::Settings settings() {
  lisle::Settings result;
  result.max_memory = size_t{64} << 20;
  result.no_site = result.ignore_environment = true;
  result.write_cache = false;
  return result;
}

std::vector<std::string> words(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> result;
  for (std::string word; in >> word;) result.push_back(word);
  return result;
}

Vocabulary read_vocabulary() {
  lisle::Vm vm(settings());
  if (vm.run_text(kVocabularyText, "<vocabulary>") != 0) std::abort();
  const std::string both = vm.global("_words").as_text();
  const size_t cut = both.find('\n');
  return {words(both.substr(0, cut)), words(both.substr(cut))};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Vocabulary vocabulary = read_vocabulary();
  if (size == 0) return 0;
  constexpr const char* kStress[] = {"", "gc:7", "switch", "gc:50,switch"};
  setenv("LISLE_STRESS", kStress[data[0] % 4], 1);
  const std::string program = lisle::fuzz::write_program({data + 1, size - 1}, vocabulary);
  if (getenv("LISLE_FUZZ_SHOW") != nullptr) std::fprintf(stderr, "%s\n", program.c_str());
  lisle::Vm vm(settings());
  vm.set_global("_program", vm.text(program));
  vm.run_text(kDriver, "<driver>");
  vm.finish(0);
  return 0;
}

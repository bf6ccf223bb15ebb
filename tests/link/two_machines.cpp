// Two Vms live in one process and share nothing, seen through the public API
// alone: each has its own globals, modules, exceptions and native functions.
#include <lisle/vm.h>

#include <cstdio>

namespace {

int failures = 0;

void check(bool holds, const char* what) {
  if (holds) return;
  std::printf("does not hold: %s\n", what);
  ++failures;
}

// A module whose one function calls back into C++ and may raise.
void add_host(lisle::Vm& vm, int64_t factor) {
  vm.add_module("host", {{"scale", [factor](lisle::Vm& in, std::span<const lisle::Value> arguments) {
                            if (arguments.size() != 1 || !arguments[0].is_int()) {
                              return in.raise("TypeError", "scale() takes one int");
                            }
                            return in.number(arguments[0].as_int() * factor);
                          }}});
}

}  // namespace

int main() {
  lisle::Vm first, second;
  add_host(first, 10);
  add_host(second, 100);
  for (lisle::Vm* vm : {&first, &second}) {
    check(vm->run_text("import host\n"
                       "def scaled(x): return host.scale(x) + 1\n"
                       "def fails(): raise ValueError('told')\n",
                       "<setup>") == 0,
          "the setup runs");
  }
  first.set_global("mine", first.text("only in the first"));

  check(first.call(first.global("scaled"), {first.number(int64_t{4})}).as_int() == 41,
        "first.scaled(4) == 41");
  check(second.call(second.global("scaled"), {second.number(int64_t{4})}).as_int() == 401,
        "second.scaled(4) == 401");
  check(first.evaluate("mine").as_text() == "only in the first", "a global set by the host is read");
  check(!second.evaluate("mine") && second.failed(), "the second world does not know it");

  check(!first.call(first.global("fails"), {}), "a failing call has no value");
  check(first.failed() && first.error() == "ValueError: told", "its exception is told");
  check(!first.call(first.global("scaled"), {first.text("x")}), "a native function can raise");
  check(first.error() == "TypeError: scale() takes one int", "with the host's text");

  check(first.finish(0) == 0 && second.finish(0) == 0, "both end well");
  return failures != 0;
}

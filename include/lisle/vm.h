// Lisle for programs in C++: make a Vm, run files or text in it, call functions, offer functions of your own.
//
//   lisle::Settings settings;
//   lisle::Vm vm(settings);
//   vm.run_text("def twice(x): return 2 * x", "<setup>");
//   lisle::Value result = vm.call(vm.global("twice"), {vm.number(21)});
//
// Every Vm is a world of its own; many live in one process. One thread at a time may use a Vm. Nothing here
// throws: what went wrong in the program is told by Vm::failed() and Vm::error().
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lisle {

class Vm;

// Whether what runs often is compiled to machine code, by the plugin liblisle_jit.so beside the executable;
// eager: everything, when it first runs.
enum class Jit { kOff, kOn, kEager };

struct Settings {
  std::vector<std::string> arguments;        // sys.argv; the first one names the program
  std::vector<std::string> path;             // folders searched before the library's
  std::vector<std::string> warning_filters;  // as given to -W
  std::vector<std::string> extensions;       // as given to -X: NAME or NAME=VALUE
  std::vector<std::string> command_line;     // sys.orig_argv; empty: that of `arguments`
  std::string executable;                    // sys.executable
  size_t max_memory = 0;                     // bytes the program's objects may take; 0: no limit
  bool distrust_images = false;              // all of an image is checked before anything of it runs
  std::vector<std::string> trusted_keys;     // files of public keys: images signed with others are refused
  unsigned recursion_limit = 1000;
  int optimize = 0;                 // 1: no assert statements, 2: no docstrings either
  uint64_t seed = 0;                // not 0: draws the schedule and the entropy; time is simulated
  bool handle_signals = false;      // SIGINT raises KeyboardInterrupt, SIGPIPE is an error of the write
  bool ignore_environment = false;  // LISLE_PATH, PYTHONPATH and the like
  bool write_cache = true;          // keep compiled modules in the user's cache folder
  bool unbuffered = false;          // sys.stdout and sys.stderr write at once
  bool interactive = false, inspect = false, quiet = false, isolated = false, safe_path = false;
  bool no_site = false, no_user_site = false;
  Jit jit = Jit::kOff;
  bool jit_stats = false;  // what was compiled, to the process's standard error at the end
  bool jit_symbols =
      false;             // perf finds compiled code in /tmp/perf-PID.map, gdb by its interface for compilers
  std::string jit_dump;  // "ir", "asm" or both: what is compiled, to standard error
};

// A value of the program, kept alive as long as the handle lives. Must not outlive its Vm.
class Value {
 public:
  Value() = default;  // empty: what failed calls return
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(Value other) noexcept;
  ~Value();

  explicit operator bool() const { return vm_ != nullptr; }
  bool is_none() const;
  bool is_int() const;  // and fits 64 bits
  bool is_float() const;
  bool is_text() const;
  bool is_true() const;         // the object True
  int64_t as_int() const;       // 0 when it is not an int
  double as_float() const;      // of an int or float, else 0
  std::string as_text() const;  // UTF-8 of a str, else empty

 private:
  friend class Vm;
  friend struct Access;
  Value(Vm* vm, size_t slot) : vm_(vm), slot_(slot) {}
  Vm* vm_ = nullptr;
  size_t slot_ = 0;
};

// A function that the program may call. It returns a value, or an empty one after Vm::raise.
using Function = std::function<Value(Vm& vm, std::span<const Value> arguments)>;

struct NativeFunction {
  std::string name;
  Function function;
};

class Vm {
 public:
  explicit Vm(const Settings& settings = {});
  ~Vm();
  Vm(const Vm&) = delete;
  Vm& operator=(const Vm&) = delete;

  // --- running programs. An exception that nobody catches is printed to sys.stderr; the result is what a
  // process would
  // --- exit with: 0, 1, or the code of SystemExit.
  int run_file(const std::string& path);                           // as the module __main__
  int run_text(std::string_view source, const std::string& name);  // in the namespace of __main__
  int run_module(const std::string& name);                         // as `lisle -m name` does
  // Runs what the program registered for its end and writes what is buffered. The result replaces `status`
  // when output was lost.
  int finish(int status);
  // Did the program that ran last end with a KeyboardInterrupt that nobody caught?
  bool interrupted() const;

  // --- talking to the program. A failure leaves its text in error().
  Value evaluate(std::string_view expression);
  Value global(const std::string& name);  // of __main__ or builtins
  void set_global(const std::string& name, const Value& value);
  Value import(const std::string& module);
  Value attribute(const Value& object, const std::string& name);
  Value call(const Value& function, std::span<const Value> arguments);
  Value call(const Value& function, std::initializer_list<Value> arguments);

  Value none();
  Value boolean(bool b);
  Value number(int64_t n);
  Value number(double d);
  Value text(std::string_view utf8);

  // Makes a module that the program can import. `name` must be new.
  void add_module(const std::string& name, std::vector<NativeFunction> functions);
  // Inside a Function: the exception that its empty result stands for, of a builtin class.
  Value raise(const std::string& exception, const std::string& message);

  bool failed() const;
  const std::string& error() const;  // "ValueError: what it says"

 private:
  friend class Value;
  friend class Console;
  friend struct Access;
  explicit Vm(std::unique_ptr<struct VmState> state);
  std::unique_ptr<struct VmState> state_;
};

}  // namespace lisle

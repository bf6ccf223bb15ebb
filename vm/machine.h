// The machine: one Runtime with the compiler plugged in, and how programs are started and ended. What
// include/lisle shows is made of this.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "runtime/modules/sys.h"
#include "runtime/runtime.h"

namespace lisle::rt {
class ImageCheck;
struct ImageTrust;
}  // namespace lisle::rt

namespace lisle::vm {

// Whether what runs often is compiled to machine code; eager: everything, when it first runs.
enum class CompilerMode : u8 { kOff, kOn, kEager };

struct MachineConfig {
  rt::SysConfig sys;
  size_t max_memory = 0;
  bool distrust_images = false;           // all of an image is checked before it runs, whatever its size
  std::vector<std::string> trusted_keys;  // files of public keys of whom images may be
  u32 recursion_limit = 1000;
  u64 seed = 0;  // not 0: the schedule, time and entropy follow from it
  bool handle_signals = false;
  bool write_cache = true;
  int optimize = 0;
  CompilerMode compiler = CompilerMode::kOff;
  u32 compiler_patience = 0;  // how often code is passed before it is compiled; 0: what the mode says
  bool compiler_stats = false;
  bool compiler_symbols = false;  // for perf and gdb
  bool compiler_leaves = false;   // compiled code is left at every few instructions: for tests
  std::string compiler_dump;      // "ir", "asm" or both with a comma between
};

// What an image is loaded for: only looking opens no files again.
enum class Loading { kToRun, kToLook };

class Machine {
 public:
  explicit Machine(const MachineConfig& config);
  // A machine that goes on where `image` was saved: null, with the reason in `error`, when it cannot be
  // loaded. `warnings` tells what could not be opened again.
  static std::unique_ptr<Machine> load(const MachineConfig& config, const std::string& image,
                                       std::string& error, std::vector<std::string>& warnings,
                                       Loading loading = Loading::kToRun);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  rt::Runtime& runtime() { return *rt_; }
  const MachineConfig& config() const { return config_; }

  // The module __main__, made when it is first asked for.
  rt::Module& main_module();

  // Each runs to completion and yields the exit status; exceptions are printed.
  int run_file(const std::string& path);
  int run_text(std::string_view source, const std::string& name);
  int run_module(const std::string& name);
  int run_loaded();  // the program of the image
  int finish(int status);
  bool interrupted() const { return interrupted_; }  // did it end with a KeyboardInterrupt?

  // Compiles and runs source in a namespace: its value, or raised.
  rt::Result execute(std::string_view source, const std::string& filename, bool cached, rt::Dict& space);
  // Tells the user of the exception in flight, which is handled by that. The exit status it asks for.
  int report();

 private:
  Machine(const MachineConfig& config, std::unique_ptr<rt::Runtime> loaded);
  void plug_in();
  void take_up();
  static std::string read_trust(const MachineConfig& config, rt::Host& host, Loading loading,
                                rt::ImageTrust& trust);
  // Calls a function of a module, if the program has imported that; exceptions are printed.
  void call_at_end(const char* module, const char* function);

  std::unique_ptr<rt::Runtime> rt_;
  MachineConfig config_;
  std::unique_ptr<rt::ImageCheck> check_;  // of the image this was loaded from, while it goes on
  rt::Module* main_ = nullptr;             // also held by sys.modules
  bool interrupted_ = false;
};

// The library folder: LISLE_STDLIB, or CPython's own.
std::string library_folder(rt::Runtime& rt, bool ignore_environment);

}  // namespace lisle::vm

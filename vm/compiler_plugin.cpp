// See compiler_plugin.h. A program that never gets hot pays a branch at every few hundredth safepoint and
// nothing else: LLVM is mapped only when the first function is worth it.
#include "vm/compiler_plugin.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/tasks/scheduler.h"
#include "vm/interp/compiled.h"

namespace lisle::vm {
namespace {

constexpr i64 kSamplePeriod = 250;
constexpr u32 kHotSamples = 2;  // of one function, until the compiler is loaded

// The plugin is mapped by a thread of its own: that takes some milliseconds, which the program need not wait.
class Pending {
 public:
  explicit Pending(const interp::CompilerSettings& wanted) : settings(wanted) {}
  ~Pending() {
    if (is_here()) pthread_join(thread_, nullptr);
  }
  void begin(std::string path);
  bool has_begun() const { return process_ != 0; }
  // No, too, in a child that was forked off meanwhile: the thread stayed with the parent.
  bool is_here() const { return process_ == getpid(); }
  bool is_mapped() const { return mapped_.load(std::memory_order_acquire); }

  const interp::CompilerSettings settings;

 private:
  std::string path_;
  std::atomic<bool> mapped_{false};
  int process_ = 0;
  pthread_t thread_{};
};

void Pending::begin(std::string path) {
  path_ = std::move(path);
  // Signals are the machine's thread's to take.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  auto body = [](void* self) -> void* {
    auto* pending = static_cast<Pending*>(self);
    dlopen(pending->path_.c_str(), RTLD_NOW | RTLD_LOCAL);
    pending->mapped_.store(true, std::memory_order_release);
    return nullptr;
  };
  if (pthread_create(&thread_, nullptr, body, this) == 0) process_ = getpid();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

// LISLE_JIT, or the file that lies beside the executable.
std::string plugin_path(rt::Runtime& rt) {
  if (const char* chosen = rt.host->variable("LISLE_JIT")) return chosen;
  char path[4096];
  ssize_t size = readlink("/proc/self/exe", path, sizeof path);
  std::string program(path, size > 0 ? static_cast<size_t>(size) : 0);
  return program.substr(0, program.rfind('/') + 1) + "liblisle_jit.so";
}

// Why there is no compiler; null when there is one.
const char* open_plugin(rt::Runtime& rt, const interp::CompilerSettings& settings) {
  void* plugin = dlopen(plugin_path(rt).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!plugin) return dlerror();
  auto open = reinterpret_cast<interp::OpenCompiler>(dlsym(plugin, "lisle_jit_open"));
  return open ? open(rt, interp::kMachineTable, settings) : "the plugin is none";
}

void give_up(rt::Runtime& rt) {
  rt.hooks->compiled_at = nullptr;
  rt.scheduler->sample_period = 0;
}

// Stands in for the compiler until some function is found running often enough and the plugin is there.
rt::Entry load_when_hot(rt::Runtime& rt, rt::Frame& f, u64 pc) {
  rt::Code* code = static_cast<rt::Function*>(f.fn.object())->code;
  if (++code->heat < kHotSamples) return nullptr;
  auto pending = std::static_pointer_cast<Pending>(rt.hooks->compiler);
  if (!pending->has_begun()) pending->begin(plugin_path(rt));
  if (pending->is_here() && !pending->is_mapped()) return nullptr;
  if (!pending->is_here() || open_plugin(rt, pending->settings)) {
    give_up(rt);
    return nullptr;
  }
  return rt.hooks->compiled_at(rt, f, pc);
}

}  // namespace

void install_compiler(rt::Runtime& rt, const MachineConfig& config) {
  if (config.compiler == CompilerMode::kOff) return;
  interp::CompilerSettings settings;
  settings.eager = config.compiler == CompilerMode::kEager;
  settings.patience = config.compiler_patience ? config.compiler_patience : settings.eager;
  settings.stats = config.compiler_stats;
  // What is compiled before it has run will hardly repay an optimizer's work. Who looks at code wants to see
  // what becomes of hot code.
  settings.hasty = settings.eager && settings.patience == 1 && config.compiler_dump.empty();
  settings.symbols = config.compiler_symbols;
  settings.dump_ir = config.compiler_dump.find("ir") != std::string::npos;
  settings.dump_asm = config.compiler_dump.find("asm") != std::string::npos;
  settings.leave_at_will = config.compiler_leaves;
  settings.verify = rt.host->variable("LISLE_JIT_VERIFY") != nullptr;
  rt.scheduler->sample_period = settings.patience ? 1 : kSamplePeriod;
  rt::load_ticks(rt);
  if (!settings.eager) {
    rt.hooks->compiler = std::make_shared<Pending>(settings);
    rt.hooks->compiled_at = load_when_hot;
    return;
  }
  rt.hooks->compile_at_first_call = true;
  if (const char* why = open_plugin(rt, settings)) {
    fprintf(stderr, "lisle: no compiler: %s\n", why);
    rt.hooks->compile_at_first_call = false;
    give_up(rt);
  }
}

}  // namespace lisle::vm

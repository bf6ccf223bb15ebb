// See compiler_plugin.h. A program that never gets hot pays a branch at every few hundredth safepoint and
// nothing else: LLVM is mapped only when the first function is worth it.
#include "vm/compiler_plugin.h"

#include <dlfcn.h>
#include <unistd.h>

#include <cstdio>

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/tasks/scheduler.h"
#include "vm/interp/compiled.h"

namespace lisle::vm {
namespace {

constexpr i64 kSamplePeriod = 250;
constexpr u32 kHotSamples = 2;  // of one function, until the compiler is loaded

struct Pending {
  interp::CompilerSettings settings;
};

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

// Stands in for the compiler until some function is found running often enough.
rt::Entry load_when_hot(rt::Runtime& rt, rt::Frame& f, u64 pc) {
  rt::Code* code = static_cast<rt::Function*>(f.fn.object())->code;
  if (++code->heat < kHotSamples) return nullptr;
  auto pending = std::static_pointer_cast<Pending>(rt.hooks->compiler);
  if (open_plugin(rt, pending->settings)) {
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
  settings.dump_ir = config.compiler_dump.find("ir") != std::string::npos;
  settings.dump_asm = config.compiler_dump.find("asm") != std::string::npos;
  settings.leave_at_will = config.compiler_leaves;
  settings.verify = rt.host->variable("LISLE_JIT_VERIFY") != nullptr;
  rt.scheduler->sample_period = settings.patience ? 1 : kSamplePeriod;
  rt::load_ticks(rt);
  if (!settings.eager) {
    rt.hooks->compiler = std::make_shared<Pending>(Pending{settings});
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

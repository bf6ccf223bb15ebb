// The plugin's door and its policy: what is compiled, when, and what happens when compiled code was wrong
// about its world. One Compiler belongs to one Runtime and hangs off its hooks.
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

#include <chrono>

#include "jit/backend.h"
#include "jit/translate.h"
#include "runtime/types/str.h"

namespace lisle::jit {

namespace {

using interp::Entry;
using rt::Frame;
using rt::Runtime;

constexpr u32 kMostFailures = 8;  // before a unit is compiled again with what was learnt meanwhile
constexpr u32 kMostCompilations = 10;
constexpr u64 kMostInstructions = 6000;
constexpr u32 kMostRegisters = 600;
constexpr size_t kMostRegions = 80;

// What is known of one code object.
struct KnownCode {
  rt::Code* code;
  std::map<Region, Entry> entries;
  u32 failures = 0;
  u32 compilations = 0;
  std::map<u32, u32> failed_at;  // failures by instruction
  Distrust distrust;
  std::map<Region, u32> heat;  // samples, once some region is compiled
  bool hopeless = false;
};

class Compiler {
 public:
  Compiler(Runtime& rt, const interp::MachineTable& machine, const interp::CompilerSettings& settings,
           std::unique_ptr<Backend> backend)
      : rt_(rt), machine_(machine), settings_(settings), backend_(std::move(backend)) {}

  Entry compiled_at(Frame& f, u64 pc);
  void assumption_failed(u64 unit, const Frame& f);
  void report() const;

 private:
  KnownCode& known(rt::Code& code);
  Entry compile(KnownCode& unit, rt::Function& function, Region region);
  void describe(const KnownCode& unit, Region region, const char* what, const std::string& text) const;

  Runtime& rt_;
  const interp::MachineTable& machine_;
  interp::CompilerSettings settings_;
  std::unique_ptr<Backend> backend_;
  std::vector<std::unique_ptr<KnownCode>> all_;
  u64 regions_ = 0, units_ = 0, failures_ = 0;
  f64 milliseconds_ = 0;
};

KnownCode& Compiler::known(rt::Code& code) {
  if (code.native_id == 0) {
    all_.push_back(std::make_unique<KnownCode>());
    all_.back()->code = &code;
    code.native_id = static_cast<u32>(all_.size());
    rt_.compiled_constants.push_back(rt::Value::from(&code));
    bool large = code.instruction_count > kMostInstructions || code.register_count > kMostRegisters;
    all_.back()->hopeless = large || (code.flags & rt::kCodeOwnsFrame);
  }
  return *all_[code.native_id - 1];
}

Entry Compiler::compiled_at(Frame& f, u64 pc) {
  auto& function = *static_cast<rt::Function*>(f.fn.object());
  rt::Code& code = *function.code;
  // Compiling takes some tenths of a millisecond an instruction and a sample stands for some microseconds, so
  // that a unit has run about as long as its compilation will take.
  u32 hot = 20 + 3 * static_cast<u32>(code.instruction_count);
  if (!settings_.eager && code.native_id == 0 && ++code.heat < hot) return nullptr;
  KnownCode& unit = known(code);
  if (unit.hopeless) return nullptr;
  Region region{static_cast<u32>((pc - reinterpret_cast<u64>(code.instructions)) / 8), false};
  auto found = unit.entries.find(region);
  if (found != unit.entries.end()) return found->second;
  if (!settings_.eager && !unit.entries.empty() && ++unit.heat[region] < hot / 4) return nullptr;
  return compile(unit, function, region);
}

void Compiler::describe(const KnownCode& unit, Region region, const char* what,
                        const std::string& text) const {
  fprintf(stderr, "; --- %s of %.*s, %s\n%s\n", what, static_cast<int>(unit.code->name->length),
          reinterpret_cast<const char*>(unit.code->name->data), Translator::name_of(region).c_str(),
          text.c_str());
}

Entry Compiler::compile(KnownCode& unit, rt::Function& function, Region region) {
  auto started = std::chrono::steady_clock::now();
  unit.entries[region] = nullptr;
  auto job = backend_->new_job();
  Unit view(*unit.code);
  Translator translator(rt_, view, function, machine_, unit.code->native_id, unit.distrust, *job->module);
  if (settings_.leave_at_will) translator.leave_at_will();
  translator.translate(region, kMostRegions);
  if (settings_.verify) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    if (llvm::verifyModule(*job->module, &stream)) {
      job->module->print(stream, nullptr);
      describe(unit, region, "wrong IR", text);
      abort();
    }
  }
  backend_->optimize(*job->module);
  if (settings_.dump_ir) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    job->module->print(stream, nullptr);
    describe(unit, region, "IR", text);
  }
  if (settings_.dump_asm) describe(unit, region, "assembly", backend_->assembly(*job->module));
  std::vector<u64> addresses = backend_->emit(std::move(job), {Translator::name_of(region)});
  auto ended = std::chrono::steady_clock::now();
  milliseconds_ += std::chrono::duration<f64, std::milli>(ended - started).count();
  if (addresses.empty()) return nullptr;
  for (rt::Value v : translator.constants()) rt_.compiled_constants.push_back(v);
  ++units_;
  regions_ += translator.translated().size();
  auto entry = reinterpret_cast<Entry>(addresses[0]);
  unit.entries[region] = entry;
  if (region.at == 0) unit.code->entry = entry;
  return entry;
}

// The instructions that failed more than once will not be trusted next time.
void Compiler::assumption_failed(u64 id, const Frame& f) {
  KnownCode& unit = *all_[id - 1];
  ++failures_;
  if (settings_.leave_at_will) return;
  u32 at = static_cast<u32>((f.pc - reinterpret_cast<u64>(unit.code->instructions)) / 8);
  if (++unit.failed_at[at] > 1) unit.distrust.insert(at);
  if (++unit.failures < kMostFailures || unit.compilations == kMostCompilations) return;
  unit.failures = 0;
  ++unit.compilations;
  unit.entries.clear();
  unit.code->entry = rt_.thread.first_entry;
}

void Compiler::report() const {
  if (!settings_.stats) return;
  fprintf(stderr, "jit: %llu units, %llu regions, %.1f ms, %llu failed assumptions\n",
          static_cast<unsigned long long>(units_), static_cast<unsigned long long>(regions_), milliseconds_,
          static_cast<unsigned long long>(failures_));
}

Compiler& compiler_of(Runtime& rt) {
  return *static_cast<Compiler*>(rt.hooks->compiler.get());
}

}  // namespace

}  // namespace lisle::jit

using namespace lisle;

// Puts a compiler into the hooks of `rt`. Null, or why there is none.
extern "C" __attribute__((visibility("default"))) const char* lisle_jit_open(
    rt::Runtime& rt, const interp::MachineTable& machine, const interp::CompilerSettings& settings) {
  std::string why;
  std::unique_ptr<jit::Backend> backend = jit::Backend::open(why);
  if (!backend) return "this machine has no code generator";
  rt.hooks->compiler = std::make_shared<jit::Compiler>(rt, machine, settings, std::move(backend));
  rt.hooks->compiled_at = [](rt::Runtime& in, rt::Frame& f, u64 pc) {
    return jit::compiler_of(in).compiled_at(f, pc);
  };
  rt.hooks->assumption_failed = [](rt::Runtime& in, rt::Frame& f, u64 unit) {
    jit::compiler_of(in).assumption_failed(unit, f);
  };
  rt.hooks->finished = [](rt::Runtime& in) { jit::compiler_of(in).report(); };
  return nullptr;
}

// The plugin's door and its policy: what is compiled, when, and what happens when compiled code was wrong
// about its world. One Compiler belongs to one Runtime and hangs off its hooks.
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>

#include <time.h>

#include <algorithm>
#include <tuple>

#include "jit/backend.h"
#include "jit/translate.h"
#include "jit/worker.h"
#include "runtime/types/str.h"

namespace lisle::jit {

namespace {

using interp::Entry;
using rt::Frame;
using rt::Runtime;

constexpr u32 kMostFailures = 8;  // before a unit is compiled again with what was learnt meanwhile
constexpr u32 kMostCompilations = 10;
constexpr size_t kMostNoted = 8;   // shapes at one access
constexpr u32 kUseless = 200;      // failures while better code is awaited
constexpr u32 kIncurable = 10000;  // failures after that, and the unit is interpreted for good
constexpr u64 kMostInstructions = 6000;
constexpr u32 kMostRegisters = 600;
constexpr size_t kMostRegions = 80;
// So many samples of a hot function's loops tell whether it is called again and again.
constexpr u32 kWatched = 64;
constexpr u32 kLooks = 6;         // at the caches of a function, until it is compiled
constexpr size_t kReported = 12;  // places, by --jit-stats
// Compiling an instruction takes about so long; what is granted to a program in any case; and the part of the
// program's own time that compiling may take.
constexpr f64 kMillisecondsEach = 0.4, kFreeMilliseconds = 60, kShare = 1;

// What is known of one code object.
struct KnownCode {
  rt::Code* code;
  rt::Function* function = nullptr;  // that it was compiled for last
  std::map<Region, Entry> entries;   // null: ordered
  u32 failures = 0;
  u32 compilations = 0;          // how often it was compiled anew: the generation of its code
  std::map<u32, u32> failed_at;  // failures by instruction
  Distrust distrust;
  std::map<u32, std::vector<SeenShape>> seen;  // what the interpreter's caches held when they were looked at
  std::map<u32, rt::Receiver> receivers;       // of instructions without caches, likewise
  std::map<Region, u32> heat;                  // samples, once some region is compiled
  std::map<u32, u64> interpreted;              // samples by instruction that found nothing to go on with
  bool entered = false;                        // it was called since it is hot
  u32 watched = 0;                             // samples in its loops before that
  u32 underway = 0;                            // orders
  bool hopeless = false;
};

class Compiler : public Experience {
 public:
  Compiler(Runtime& rt, const interp::MachineTable& machine, const interp::CompilerSettings& settings,
           std::unique_ptr<Backend> backend)
      : rt_(rt), machine_(machine), settings_(settings), backend_(std::move(backend)) {
    if (backend_) return;
    // LLVM takes some milliseconds to be set up, in which the program need not wait.
    auto prepare = [this] {
      std::string why;
      backend_ = Backend::open(settings_.hasty, settings_.symbols, why);
      return backend_ != nullptr;
    };
    worker_ = std::make_unique<Worker>(prepare, [this](Order& order) { work(order); });
  }
  ~Compiler() override {
    if (worker_ && !worker_->here()) (void)worker_.release();
  }

  Entry compiled_at(Frame& f, u64 pc) {
    Entry entry = find(f, pc);
    rt::Code& code = *static_cast<rt::Function*>(f.fn.object())->code;
    if (!entry && settings_.stats && code.native_id)
      ++all_[code.native_id - 1]
            ->interpreted[static_cast<u32>((pc - reinterpret_cast<u64>(code.instructions)) / 8)];
    return entry;
  }
  void assumption_failed(u64 unit, const Frame& f);
  void report() const;
  const Distrust& distrust(rt::Code& code) const override {
    return code.native_id ? all_[code.native_id - 1]->distrust : nothing_;
  }
  bool knows_ways() const override { return settings_.patience != 1; }
  std::vector<SeenShape> seen(rt::Code& code, u32 at) const override;
  rt::Receiver receiver(rt::Code& code, u32 at) const override;
  NamePlace& name_place(u64 pc, const rt::Function& function) const override;

 private:
  Entry find(Frame& f, u64 pc);
  void report_interpreted() const;
  KnownCode& known(rt::Code& code);
  void look_around(rt::Code& code);
  bool find_again(const Frame& f);
  void forget_beginnings(rt::Code& code);
  void look_back(const Frame& f, const rt::Code& unit);
  void renew(KnownCode& unit);
  void put_away(KnownCode& unit);
  Entry compile(KnownCode& unit, rt::Function& function, Region region);
  bool affordable(const rt::Code& code) const;
  Order translate(KnownCode& unit, rt::Function& function, Region region);
  void work(Order& order) const;
  void take_in();
  Entry install(const Order& order);
  static void describe(const Order& order, const char* what, const std::string& text);

  Runtime& rt_;
  const interp::MachineTable& machine_;
  interp::CompilerSettings settings_;
  std::unique_ptr<Backend> backend_;
  std::vector<std::unique_ptr<KnownCode>> all_;
  std::vector<rt::Resumption> resumptions_;
  mutable std::map<std::pair<u64, const rt::Dict*>, NamePlace> names_;
  const Distrust nothing_;
  u64 regions_ = 0, units_ = 0, inlined_ = 0, put_off_ = 0, failures_ = 0;
  f64 translating_ = 0, generating_ = 0, underway_ = 0;  // milliseconds, the last ones estimated
  std::unique_ptr<Worker> worker_;                       // last: it works with the others
};

// Processor time of the calling thread.
f64 milliseconds_used() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<f64>(t.tv_sec) * 1e3 + static_cast<f64>(t.tv_nsec) * 1e-6;
}

KnownCode& Compiler::known(rt::Code& code) {
  if (code.native_id == 0) {
    all_.push_back(std::make_unique<KnownCode>());
    all_.back()->code = &code;
    code.native_id = static_cast<u32>(all_.size());
    rt_.compiled_constants.push_back(rt::Value::from(&code));
    bool large = code.instruction_count > kMostInstructions || code.register_count > kMostRegisters;
    all_.back()->hopeless = large;
  }
  return *all_[code.native_id - 1];
}

namespace {

// Adds what a cache holds now, and says whether it was something else for other shapes.
bool note(std::vector<SeenShape>& seen, const SeenShape& now) {
  for (SeenShape& s : seen) {
    if (s.shape() != now.shape()) continue;
    s = now;
    return seen.size() > 1;
  }
  if (seen.size() < kMostNoted) seen.push_back(now);
  return seen.size() > 1;
}

}  // namespace

// What the first runs see is often not what the others do: sums and fields that begin as zeros, which are no
// words of their own kind.
void Compiler::forget_beginnings(rt::Code& code) {
  Unit reader(code);
  for (u32 at = 0; at < code.instruction_count;) {
    Decoded i = reader.decode(at);
    bool operates = interp::is_operator(i.op) && i.op != Op::AddImm && i.op != Op::IAddImm;
    if (operates && i.feedback & interp::kSawFloat)
      code.instructions[at] &= ~(u64{interp::kSawMixed | interp::kSawInts} << 8);
    at = i.next;
  }
}

// Notes which accesses to attributes see objects of several shapes: the interpreter's caches know the last
// one only, so they are looked at several times while the code becomes hot.
void Compiler::look_around(rt::Code& code) {
  KnownCode& unit = known(code);
  Unit reader(code);
  for (u32 at = 0; at < code.instruction_count;) {
    Decoded i = reader.decode(at);
    bool shaped =
        i.feedback == interp::kOwnSlot || i.feedback == interp::kMethod || i.feedback == interp::kAddSlot;
    if (shaped && (i.op == Op::GetAttr || i.op == Op::SetAttr || i.op == Op::GetMethod)) {
      std::vector<SeenShape>& seen = unit.seen[at];
      const rt::ReplacedCaches::Row& before = rt_.replaced_caches.at(reader.address(at));
      for (u32 n = 0; before.pc == reader.address(at) && n < before.count; ++n)
        if ((before.guards[n] ^ rt_.thread.class_epoch) >> 32 == 0)
          note(seen, {before.guards[n], before.seconds[n], before.kinds[n]});
      if (note(seen, {reader.cache(at)[0], reader.cache(at)[1], i.feedback})) unit.distrust.insert(at);
    }
    const rt::Receiver& noted = rt_.receivers.at(reader.address(at));
    if (noted.pc == reader.address(at)) {
      auto [seen, fresh] = unit.receivers.try_emplace(at, noted);
      if (!fresh && (seen->second.shape != noted.shape || seen->second.code != noted.code))
        unit.distrust.insert(at);
    }
    at = i.next;
  }
}

std::vector<SeenShape> Compiler::seen(rt::Code& code, u32 at) const {
  if (code.native_id == 0) return {};
  auto& seen = all_[code.native_id - 1]->seen;
  auto found = seen.find(at);
  return found == seen.end() ? std::vector<SeenShape>() : found->second;
}

rt::Receiver Compiler::receiver(rt::Code& code, u32 at) const {
  u64 pc = reinterpret_cast<u64>(code.instructions + at);
  const rt::Receiver& noted = rt_.receivers.at(pc);
  if (noted.pc == pc) return noted;
  if (code.native_id == 0) return {};
  auto& seen = all_[code.native_id - 1]->receivers;
  auto found = seen.find(at);
  return found == seen.end() ? rt::Receiver{} : found->second;
}

// What the worker has finished is used from now on.
void Compiler::take_in() {
  if (worker_ && worker_->has_finished())
    for (const Order& order : worker_->finished()) install(order);
}

// Code for the place, as soon as there is some; orders it where it is worth the time.
Entry Compiler::find(Frame& f, u64 pc) {
  if (worker_ && !worker_->is_prepared()) return nullptr;
  take_in();
  auto& function = *static_cast<rt::Function*>(f.fn.object());
  rt::Code& code = *function.code;
  // Compiling takes some tenths of a millisecond an instruction and a sample stands for some microseconds, so
  // that a unit has run about as long as its compilation will take.
  u32 hot = settings_.patience ? settings_.patience : 20 + 3 * static_cast<u32>(code.instruction_count);
  bool compiled = code.native_id && !all_[code.native_id - 1]->entries.empty();
  if (!compiled && ++code.heat < hot) {
    if (!settings_.patience && code.heat % (hot / kLooks) == 0) {
      if (code.heat == hot / kLooks) forget_beginnings(code);
      look_around(code);
    }
    return nullptr;
  }
  KnownCode& unit = known(code);
  if (unit.hopeless) return nullptr;
  Region region{static_cast<u32>((pc - reinterpret_cast<u64>(code.instructions)) / 8), false};
  auto found = unit.entries.find(region);
  if (found != unit.entries.end()) return found->second;
  if (settings_.eager) return compile(unit, function, region);
  unit.entered |= region.at == 0;
  if (unit.underway > 0 || (!unit.entered && ++unit.watched < kWatched)) return nullptr;
  // What is called again and again is compiled from its start, loops and all; a loop by itself only where the
  // program stays in it even then.
  Region start{0, false};
  if (unit.entered && !unit.entries.count(start)) return compile(unit, function, start), nullptr;
  if (compiled && ++unit.heat[region] < hot / 4) return nullptr;
  return compile(unit, function, region);
}

namespace {

// What the interpreter's cache at `pc` says, see ops_name.cpp; no value when it says nothing.
NamePlace place_in_cache(u64 pc, const rt::Function& function) {
  constexpr u32 kInBuiltins = 0xffffffff;
  const u64* words = reinterpret_cast<const u64*>(pc) + 1;
  u32 entry = static_cast<u32>(words[0] >> 32), version = static_cast<u32>(words[0]);
  if (words[0] == 0 || version != function.globals->version) return {};
  if (entry != kInBuiltins) return {version, 0, &function.globals->value_at(entry)};
  u32 second = static_cast<u32>(words[1]);
  if (second != function.builtins->version) return {};
  return {version, second, &function.builtins->value_at(words[1] >> 32)};
}

}  // namespace

NamePlace& Compiler::name_place(u64 pc, const rt::Function& function) const {
  auto [place, fresh] = names_.try_emplace({pc, function.globals});
  if (NamePlace now = place_in_cache(pc, function); fresh && now.value) place->second = now;
  return place->second;
}

// The name that frame `f` is about to load lies elsewhere than it did, or its dict has got other names: that
// is no mistake of the code's, which reads the place each time.
bool Compiler::find_again(const Frame& f) {
  auto& function = *static_cast<rt::Function*>(f.fn.object());
  auto found = names_.find({f.pc, function.globals});
  if (found == names_.end()) return false;
  NamePlace& place = found->second;
  bool current = place.globals_version == function.globals->version &&
                 (!place.builtins_version || place.builtins_version == function.builtins->version);
  if (current || !machine_.renew_global(&rt_.thread, const_cast<Frame*>(&f))) return false;
  NamePlace now = place_in_cache(f.pc, function);
  // Code that looks into the globals alone cannot be sent to the builtins.
  if (!now.value || (now.builtins_version && !place.builtins_version)) return false;
  u32 builtins_version = place.builtins_version ? function.builtins->version : 0;
  place = {now.globals_version, builtins_version, now.value};
  return true;
}

void Compiler::describe(const Order& order, const char* what, const std::string& text) {
  fprintf(stderr, "; --- %s of %s, %s\n%s\n", what, order.title.c_str(), order.entries[0].c_str(),
          text.c_str());
}

// The compiler may use a part of what the program has used.
bool Compiler::affordable(const rt::Code& code) const {
  f64 estimate = kMillisecondsEach * static_cast<f64>(code.instruction_count);
  f64 used = translating_ + generating_ + underway_;
  return used + estimate < kFreeMilliseconds + kShare * milliseconds_used();
}

Entry Compiler::compile(KnownCode& unit, rt::Function& function, Region region) {
  if (function.code->opcodes) return nullptr;  // somebody traces it
  if (!settings_.patience && !affordable(*unit.code)) {
    // It has to become hot again before it is asked for the next time.
    ++put_off_;
    if (unit.entries.empty()) unit.code->heat = 0;
    unit.heat[region] = 0;
    return nullptr;
  }
  if (worker_ && !worker_->here()) return nullptr;  // the thread stayed in the process this was forked from
  unit.entries.try_emplace(region, nullptr);
  if (unit.function != &function) rt_.compiled_constants.push_back(rt::Value::from(&function));
  unit.function = &function;
  f64 started = milliseconds_used();
  Order order = translate(unit, function, region);
  translating_ += milliseconds_used() - started;
  if (!worker_) {
    work(order);
    return install(order);
  }
  underway_ += order.estimate;
  ++unit.underway;
  worker_->send(std::move(order));
  return nullptr;
}

Order Compiler::translate(KnownCode& unit, rt::Function& function, Region region) {
  Order order;
  order.job = backend_->new_job();
  order.entries = {Translator::name_of(region)};
  const rt::Str& name = *unit.code->qualname;
  for (u64 n = 0; n < name.length; ++n)
    order.title += name.at(n) < 0x80 ? static_cast<char>(name.at(n)) : '?';
  order.unit = unit.code->native_id - 1;
  order.at = region.at;
  order.generation = unit.compilations;
  bool owns_frame = function.code->flags & rt::kCodeOwnsFrame;
  Program program(rt_, machine_, function, *this, !owns_frame);
  Translator translator(rt_, program, machine_, unit.code->native_id, static_cast<u32>(resumptions_.size()),
                        *order.job->module);
  if (settings_.leave_at_will) translator.leave_at_will();
  translator.translate(region, kMostRegions);
  for (rt::Value v : translator.constants()) rt_.compiled_constants.push_back(v);
  order.resumptions = translator.resumptions();
  for (const ResumedRegion& r : order.resumptions) order.entries.push_back(Translator::name_of(r.region));
  resumptions_.resize(resumptions_.size() + order.resumptions.size());
  rt_.thread.resumptions = resumptions_.data();
  rt_.thread.resumption_count = resumptions_.size();
  inlined_ += static_cast<u64>(program.piece_count()) - 1;
  regions_ += translator.translated().size();
  order.estimate = kMillisecondsEach * static_cast<f64>(translator.emitted());
  return order;
}

// In the worker's thread, if there is one.
void Compiler::work(Order& order) const {
  f64 started = milliseconds_used();
  llvm::Module& module = *order.job->module;
  std::string text;
  llvm::raw_string_ostream stream(text);
  if (settings_.verify && llvm::verifyModule(module, &stream)) {
    module.print(stream, nullptr);
    describe(order, "wrong IR", text);
    abort();
  }
  backend_->optimize(module);
  if (settings_.dump_ir) {
    module.print(stream, nullptr);
    describe(order, "IR", text);
  }
  if (settings_.dump_asm) describe(order, "assembly", backend_->assembly(module));
  order.addresses = backend_->emit(std::move(order.job), order.entries, order.title);
  order.milliseconds = milliseconds_used() - started;
}

// One store: whoever calls the code from now on, or passes the place, finds it.
Entry Compiler::install(const Order& order) {
  KnownCode& unit = *all_[order.unit];
  generating_ += order.milliseconds;
  underway_ -= order.estimate;
  if (unit.underway > 0) --unit.underway;
  if (order.addresses.empty() || order.generation != unit.compilations) return nullptr;
  if (unit.code->opcodes) {
    // Somebody traces it by now, and who traces is told of each instruction.
    unit.entries.erase({order.at, false});
    return nullptr;
  }
  ++units_;
  auto entry = reinterpret_cast<Entry>(order.addresses[0]);
  for (size_t n = 0; n < order.resumptions.size(); ++n) {
    const ResumedRegion& r = order.resumptions[n];
    resumptions_[r.number] = {r.pc, reinterpret_cast<Entry>(order.addresses[n + 1])};
  }
  unit.entries[{order.at, false}] = entry;
  if (order.at == 0) unit.code->entry = entry;
  return entry;
}

// The instructions that failed more than once will not be trusted next time.
void Compiler::assumption_failed(u64 id, const Frame& f) {
  take_in();
  if (find_again(f)) return;
  KnownCode& unit = *all_[id - 1];
  ++failures_;
  if (settings_.leave_at_will) return;
  if (unit.failures < kMostFailures) look_back(f, *unit.code);
  KnownCode& where = known(*static_cast<rt::Function*>(f.fn.object())->code);
  u32 at = static_cast<u32>((f.pc - reinterpret_cast<u64>(where.code->instructions)) / 8);
  if (++where.failed_at[at] > 1) where.distrust.insert(at);
  if (++unit.failures < kMostFailures) return;
  if (unit.underway > 0) {
    // Better code waits for its turn; what fails so often by then is worse than none.
    if (unit.failures == kUseless) put_away(unit);
    return;
  }
  if (unit.compilations < kMostCompilations) {
    unit.failures = 0;
    return renew(unit);
  }
  if (unit.failures < kIncurable) return;
  unit.hopeless = true;
  put_away(unit);
}

// From now on the unit is interpreted.
void Compiler::put_away(KnownCode& unit) {
  unit.entries.clear();
  unit.code->heat = 0;
  unit.code->entry = rt_.thread.first_entry;
}

// After a failure the rest of a function is interpreted, so that by the next one the caches tell more. Frame
// `f` is of a piece of the unit.
void Compiler::look_back(const Frame& f, const rt::Code& unit) {
  constexpr int kMostPieces = 8;
  const Frame* frame = &f;
  for (int n = 0; n < kMostPieces && frame && rt::is_kind(frame->fn, rt::Kind::Function); ++n) {
    rt::Code& code = *static_cast<rt::Function*>(frame->fn.object())->code;
    look_around(code);
    if (&code == &unit) return;
    frame = frame->prev;
  }
}

// Has the code of a unit made again with what was learnt. It goes on being used until then: it is right
// about everything but what it has failed at. Where there is no time for that it has to become hot again.
void Compiler::renew(KnownCode& unit) {
  ++unit.compilations;
  if (!settings_.patience && !affordable(*unit.code)) {
    ++put_off_;
    return put_away(unit);
  }
  std::vector<Region> regions;
  for (auto& [region, entry] : unit.entries)
    if (entry) regions.push_back(region);
  for (Region region : regions) compile(unit, *unit.function, region);
}

void Compiler::report() const {
  if (!settings_.stats) return;
  fprintf(stderr,
          "jit: %llu units, %llu regions, %llu calls inlined, %.1f + %.1f ms, %llu put off, %llu failed "
          "assumptions\n",
          static_cast<unsigned long long>(units_), static_cast<unsigned long long>(regions_),
          static_cast<unsigned long long>(inlined_), translating_, generating_,
          static_cast<unsigned long long>(put_off_), static_cast<unsigned long long>(failures_));
  report_interpreted();
}

// Where the program was found in the interpreter most often, although the function is known to run often.
void Compiler::report_interpreted() const {
  std::vector<std::tuple<u64, const KnownCode*, u32>> places;
  for (auto& unit : all_)
    for (auto& [at, count] : unit->interpreted) places.emplace_back(count, unit.get(), at);
  std::sort(places.rbegin(), places.rend());
  for (size_t n = 0; n < std::min(places.size(), kReported); ++n) {
    auto& [count, unit, at] = places[n];
    bool tried = unit->entries.count({at, false});
    fprintf(stderr, "jit: %llu samples in the interpreter: %.*s at %u%s\n",
            static_cast<unsigned long long>(count), static_cast<int>(unit->code->qualname->length),
            reinterpret_cast<const char*>(unit->code->qualname->data), at, tried ? ", ordered" : "");
  }
  for (auto& unit : all_) {
    for (auto& [at, count] : unit->failed_at)
      fprintf(stderr, "jit: %u failed assumptions: %.*s at %u\n", count,
              static_cast<int>(unit->code->qualname->length),
              reinterpret_cast<const char*>(unit->code->qualname->data), at);
  }
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
  if (machine.stamp != interp::layout_stamp()) return "the plugin is of another build";
  std::string why;
  std::unique_ptr<jit::Backend> backend;
  if (settings.eager) backend = jit::Backend::open(settings.hasty, settings.symbols, why);
  if (settings.eager && !backend) return "this machine has no code generator";
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

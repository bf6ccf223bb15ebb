#include "vm/machine.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "runtime/heap/space.h"
#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/image/image_check.h"
#include "runtime/image/image_policy.h"
#include "runtime/image/image_reader.h"
#include "runtime/modules/import.h"
#include "runtime/modules/path.h"
#include "runtime/protocols/attribute.h"
#include "runtime/support/text.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/signals.h"
#include "runtime/types/exception.h"
#include "runtime/types/file.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "vm/compile_source.h"
#include "vm/compiler_plugin.h"
#include "vm/run.h"

namespace lisle::vm {
namespace {

using rt::Result;
using rt::Value;

constexpr const char* kLibrary = "/usr/lib/python3.11";
constexpr int kInterruptedStatus = 130;  // what a shell reports of a process that SIGINT ended

std::string utf8(Value v) {
  rt::TextBuffer scratch;
  return std::string(rt::str_utf8(rt::to<rt::Str>(v), scratch));
}

void add_folders(std::vector<std::string>& path, const char* list) {
  if (!list) return;
  std::string_view rest = list;
  while (!rest.empty()) {
    size_t colon = rest.find(':');
    if (colon != 0) path.emplace_back(rest.substr(0, colon));
    if (colon == std::string_view::npos) break;
    rest.remove_prefix(colon + 1);
  }
}

// LISLE_STRESS: "interp", "gc" or "gc:PERIOD", "switch", "jit" or "jit:PATIENCE", "hot", "deopt",
// "image:PERIOD" with the file in LISLE_STRESS_IMAGE, "fault:AT:ERRNO" (see SaveFaults), "unsummed" (images
// are not compared with their sums, so that their structure alone must tell the wrong ones), or several of
// them with commas between.
void apply_stress(rt::Runtime& rt, MachineConfig& config) {
  const char* modes = rt.host->variable("LISLE_STRESS");
  if (!modes) return;
  if (const char* gc = strstr(modes, "gc")) {
    int period = gc[2] == ':' ? atoi(gc + 3) : 1;
    rt.heap.set_stress(period > 0 ? static_cast<u32>(period) : 1);
  }
  if (strstr(modes, "interp")) config.compiler = CompilerMode::kOff;
  if (const char* jit = strstr(modes, "jit")) {
    config.compiler = CompilerMode::kEager;
    if (jit[3] == ':') config.compiler_patience = static_cast<u32>(std::max(1, atoi(jit + 4)));
  }
  if (strstr(modes, "hot")) {
    config.compiler = CompilerMode::kOn;
    config.compiler_patience = 2;
  }
  config.compiler_leaves = strstr(modes, "deopt") != nullptr;
  const char* image = strstr(modes, "image:");
  rt.scheduler->stress_pickle = strstr(modes, "pickle") != nullptr;
  rt.scheduler->stress_switch = image || rt.scheduler->stress_pickle || strstr(modes, "switch");
  if (const char* fault = strstr(modes, "fault:")) {
    char* end;
    rt.hooks->images = std::make_unique<rt::ImagePolicy>();
    rt.hooks->images->faults.at = strtoull(fault + 6, &end, 10);
    rt.hooks->images->faults.error = *end == ':' ? atoi(end + 1) : 0;
  }
  const char* file = rt.host->variable("LISLE_STRESS_IMAGE");
  if (!image || !file) return;
  rt.hooks->images = std::make_unique<rt::ImagePolicy>();
  rt.hooks->images->save.path = file;
  rt.hooks->images->save.generations = 0;
  rt.hooks->images->period = strtoull(image + 6, nullptr, 10);
}

void write_error(rt::Runtime& rt, std::string_view text) {
  Value stream = rt::module_get(rt, *rt.sys, "stderr");
  rt::File* file = rt::as<rt::File>(stream);
  Result written = file && file->has(rt::File::kOpen) && !file->is_closed()
                       ? rt::file_write_utf8(rt, *file, text)
                       : Result::none();
  if (written.is_value() && file) written = rt::file_flush(rt, *file);
  if (written.is_raised()) rt::take_raised(rt);
}

// As the interpreter's own hook does, whatever the program has put in its place.
void print_exception(rt::Runtime& rt, Value exception) {
  Value print = Value::from(rt.internals[static_cast<size_t>(rt::Internal::PrintException)]);
  if (run(rt, print, {exception}).is_raised()) rt::take_raised(rt);
}

std::string absolute_path(rt::Runtime& rt, const std::string& path) {
  std::string folder;
  if (!path.empty() && path[0] == '/') return path;
  if (rt.host->current_directory(folder) < 0) return path;
  return folder + "/" + path;
}

// The folder a script lies in, links resolved, for sys.path.
std::string script_folder(rt::Runtime& rt, const std::string& path) {
  std::string resolved;
  if (rt.host->real_path(path.c_str(), resolved) < 0) resolved = absolute_path(rt, path);
  size_t slash = resolved.rfind('/');
  return slash == 0 ? "/" : resolved.substr(0, slash);
}

void prepend_path(rt::Runtime& rt, std::string_view folder) {
  Value path = rt::module_get(rt, *rt.sys, "path");
  if (!rt::is_kind(path, rt::Kind::List)) return;
  rt::List& old = *rt::to<rt::List>(path);
  rt::List* list = rt::new_list(rt, old.size + 1);
  rt::list_append(rt, *list, Value::from(rt::os_path_text(rt, folder)));
  for (u64 i = 0; i < old.size; ++i) rt::list_append(rt, *list, old.items->items[i]);
  rt::module_set(rt, *rt.sys, "path", Value::from(list));
}

// Switches of the command line that a variable can set as well.
void add_environment_switches(rt::SysConfig& sys, rt::Host& host) {
  if (sys.ignore_environment) return;
  auto is_set = [&](const char* name) {
    const char* value = host.variable(name);
    return value && *value;
  };
  sys.unbuffered |= is_set("PYTHONUNBUFFERED");
  sys.safe_path |= is_set("PYTHONSAFEPATH");
  sys.no_user_site |= is_set("PYTHONNOUSERSITE");
  // A number is the level, anything else the first one.
  if (const char* level = host.variable("PYTHONOPTIMIZE"); level && *level)
    sys.optimize = std::max(sys.optimize, std::clamp(std::max(atoi(level), 1), 1, 2));
}

// What the environment says of warnings and of the developer's mode, before what the command line says.
void add_environment_options(rt::SysConfig& sys, rt::Host& host) {
  std::vector<std::string> filters;
  const char* dev = sys.ignore_environment ? nullptr : host.variable("PYTHONDEVMODE");
  sys.dev_mode = (dev && *dev) || std::ranges::find(sys.xoptions, "dev") != sys.xoptions.end();
  if (sys.dev_mode) filters.emplace_back("default");
  if (const char* chosen = sys.ignore_environment ? nullptr : host.variable("PYTHONWARNINGS");
      chosen && *chosen) {
    const std::string_view all = chosen;
    for (size_t from = 0; from <= all.size();) {
      const size_t comma = std::min(all.find(',', from), all.size());
      filters.emplace_back(all.substr(from, comma - from));
      from = comma + 1;
    }
  }
  sys.warnoptions.insert(sys.warnoptions.begin(), filters.begin(), filters.end());
}

// The status of SystemExit: its code, or 1 after its text was printed.
int exit_status(rt::Runtime& rt, Value exception) {
  Value code = rt::to<rt::Exception>(exception)->extra[rt::kExitCode];
  i64 number;
  if (code.is_none() || code.is_unbound()) return 0;
  if (rt::is_int_like(code)) return rt::int_to_i64(code, number) ? static_cast<int>(number & 0xff) : 255;
  Result shown = run(rt, Value::from(rt.type(rt::TypeId::Str)), {code});
  if (shown.is_raised()) {
    rt::take_raised(rt);
  } else if (rt::is_str(shown.value())) {
    write_error(rt, utf8(shown.value()) + "\n");
  }
  return 1;
}

}  // namespace

std::string library_folder(rt::Runtime& rt, bool ignore_environment) {
  const char* chosen = ignore_environment ? nullptr : rt.host->variable("LISLE_STDLIB");
  return chosen ? chosen : kLibrary;
}

Machine::Machine(const MachineConfig& config)
    : rt_(std::make_unique<rt::Runtime>(config.sys.ignore_environment, config.seed
                                                                           ? rt::new_seeded_host(config.seed)
                                                                           : rt::new_real_host())),
      config_(config) {
  rt::Runtime& rt = *rt_;
  interp::boot_main_tasklet(rt);
  if (config.seed) {
    rt.scheduler->random = config.seed * 0x9E3779B97F4A7C15ull | 1;
  }
  add_environment_switches(config_.sys, *rt.host);
  config_.optimize = std::max(config_.optimize, config_.sys.optimize);
  plug_in();
  rt.thread.depth_limit = rt.recursion_limit = config.recursion_limit;
  rt.heap.set_limit(config.max_memory);
  rt::SysConfig sys = config_.sys;
  if (!sys.ignore_environment) {
    add_folders(sys.path, rt.host->variable("LISLE_PATH"));
    add_folders(sys.path, rt.host->variable("PYTHONPATH"));
  }
  add_environment_options(sys, *rt.host);
  sys.path.push_back(library_folder(rt, sys.ignore_environment));
  rt::configure_sys(rt, sys);
  rt::module_set(rt, *rt.sys, "_stdlib_dir", Value::from(rt::os_path_text(rt, sys.path.back())));
  apply_stress(rt, config_);
  install_compiler(rt, config_);
}

Machine::Machine(const MachineConfig& config, std::unique_ptr<rt::Runtime> loaded)
    : rt_(std::move(loaded)), config_(config) {
  plug_in();
}

Machine::~Machine() = default;

// What belongs to the process.
void Machine::plug_in() {
  rt::Runtime& rt = *rt_;
  if (config_.handle_signals) {
    rt.host->ticks = &rt.thread.ticks;
    rt::install_signal_handlers(rt.host.get());
  }
  install_hooks(rt, config_.write_cache, config_.optimize);
  interp::install_continuations(rt.thread);
}

std::string Machine::read_trust(const MachineConfig& config, rt::Host& host, Loading loading,
                                rt::ImageTrust& trust) {
  trust.compares_signature = loading == Loading::kToLook;
  for (const std::string& path : config.trusted_keys) {
    const std::string wrong = rt::read_public_key(host, path, trust.keys.emplace_back());
    if (!wrong.empty()) return wrong;
  }
  return "";
}

std::unique_ptr<Machine> Machine::load(const MachineConfig& config, const std::string& image,
                                       std::string& error, std::vector<std::string>& warnings,
                                       Loading loading) {
  std::unique_ptr<rt::Host> host = rt::new_real_host();
  auto opened = std::make_unique<rt::ImageFile>(*host);
  rt::ImageFile& file = *opened;
  const char* stress = host->variable("LISLE_STRESS");
  const bool unsummed = stress && strstr(stress, "unsummed");
  rt::ImageTrust trust;
  error = read_trust(config, *host, loading, trust);
  if (error.empty())
    error =
        file.open(image, unsummed ? rt::ImageFile::Sums::kIgnored : rt::ImageFile::Sums::kCompared, trust);
  const bool later = loading == Loading::kToRun && file.is_large() && !config.distrust_images && !unsummed;
  if (error.empty() && !unsummed)
    error = file.check_sums(later ? rt::ImageFile::Extent::kTables : rt::ImageFile::Extent::kAll);
  if (!error.empty()) return nullptr;
  auto space = std::make_unique<rt::Space>(file.space_place());
  auto large = std::make_unique<rt::LargeSpace>(file.large_place());
  if (!space->good() || !large->good()) {
    error = "the addresses that '" + image + "' needs are taken";
    return nullptr;
  }
  auto rt = std::make_unique<rt::Runtime>(std::move(host), space.release(), large.release());
  std::unique_ptr<Machine> machine(new Machine(config, std::move(rt)));
  error = file.load_into(*machine->rt_, warnings, loading == Loading::kToRun, !later);
  if (!error.empty()) {
    opened.reset();  // before the host that it closes its descriptor with
    return nullptr;
  }
  if (loading == Loading::kToRun) machine->take_up();
  if (later) machine->check_ = std::make_unique<rt::ImageCheck>(*machine->rt_->host, std::move(opened));
  return machine;
}

// A loaded world in its new process.
void Machine::take_up() {
  rt::Runtime& rt = *rt_;
  rt.heap.set_limit(config_.max_memory);
  main_ = rt::as<rt::Module>(rt::dict_get_str(rt, *rt.modules, rt.names.main));
  rt::restore_sys(rt);
  apply_stress(rt, config_);
  install_compiler(rt, config_);
  if (config_.handle_signals) rt::rearm_signals(rt);
  rt::load_ticks(rt);
  const std::vector<std::string>& arguments = config_.sys.argv;
  if (arguments.empty()) return;
  rt::List* argv = rt::as<rt::List>(rt::module_get(rt, *rt.sys, "argv"));
  rt::List* changed = rt::new_list(rt, arguments.size() + 1);
  if (argv && argv->size > 0) rt::list_append(rt, *changed, argv->items->items[0]);
  for (const std::string& argument : arguments)
    rt::list_append(rt, *changed, Value::from(rt::os_path_text(rt, argument)));
  rt::module_set(rt, *rt.sys, "argv", Value::from(changed));
}

int Machine::run_loaded() {
  return interp::run_loaded(*rt_).is_raised() ? report() : 0;
}

rt::Module& Machine::main_module() {
  rt::Runtime& rt = *rt_;
  if (main_) return *main_;
  main_ = rt::new_module(rt, rt.names.main);
  rt::dict_set_str(rt, *main_->dict, rt.names.builtins, Value::from(rt.builtins));
  rt::dict_set_str(rt, *rt.modules, rt.names.main, Value::from(main_));
  // The module warnings tells of options that it does not understand.
  rt::List* options = rt::as<rt::List>(rt::module_get(rt, *rt.sys, "warnoptions"));
  if (options && options->size > 0) {
    Value importer = rt::module_get(rt, *rt.builtins, "__import__");
    if (run(rt, importer, {Value::from(rt::intern(rt, "warnings"))}).is_raised()) rt::take_raised(rt);
  }
  return *main_;
}

Result Machine::execute(std::string_view source, const std::string& filename, bool cached, rt::Dict& space) {
  rt::Runtime& rt = *rt_;
  rt::Str* name = rt::os_path_text(rt, filename);
  rt.hooks->caches_warned = false;
  Result compiled = cached ? rt.hooks->compile_cached(rt, source, name)
                           : compile_source(rt, source, name, rt::CompileMode::kExec, config_.optimize);
  rt.hooks->caches_warned = true;
  Value code = TRY(compiled);
  if (!rt.hooks->warnings.empty()) {
    rt::Native* warned = rt.internals[static_cast<size_t>(rt::Internal::RunWarned)];
    Value names = Value::from(&space);
    return run(rt, Value::from(warned), {code, names, names, Value::from(name)});
  }
  rt::Function* function = rt::new_function(rt, rt::to<rt::Code>(code), &space);
  return run(rt, Value::from(function), {Value::from(&space)});
}

int Machine::report() {
  rt::Runtime& rt = *rt_;
  Value exception = rt::take_raised(rt);
  if (rt::is_instance(rt, exception, rt.type(rt::TypeId::SystemExit))) return exit_status(rt, exception);
  interrupted_ = rt::is_instance(rt, exception, rt.type(rt::TypeId::KeyboardInterrupt));
  for (const char* name : {"last_type", "last_value", "last_traceback"})
    rt::module_set(rt, *rt.sys, name, Value::none());
  Value type = Value::from(rt::type_of(rt, exception));
  Value traceback = rt::to<rt::Exception>(exception)->traceback;
  rt::module_set(rt, *rt.sys, "last_type", type);
  rt::module_set(rt, *rt.sys, "last_value", exception);
  rt::module_set(rt, *rt.sys, "last_traceback", traceback);
  rt::flush_standard_streams(rt);
  Value hook = rt::module_get(rt, *rt.sys, "excepthook");
  if (hook.is_unbound()) {
    write_error(rt, "sys.excepthook is missing\n");
    print_exception(rt, exception);
  } else if (run(rt, hook, {type, exception, traceback}).is_raised()) {
    Value second = rt::take_raised(rt);
    if (rt::is_instance(rt, second, rt.type(rt::TypeId::SystemExit))) return exit_status(rt, second);
    write_error(rt, "Error in sys.excepthook:\n");
    print_exception(rt, second);
    write_error(rt, "\nOriginal exception was:\n");
    print_exception(rt, exception);
  }
  rt::flush_standard_streams(rt);
  return interrupted_ ? kInterruptedStatus : 1;
}

int Machine::run_file(const std::string& path) {
  rt::Runtime& rt = *rt_;
  struct ::stat info;
  std::string file = path;
  bool is_folder = rt.host->stat(path.c_str(), true, info) == 0 && S_ISDIR(info.st_mode);
  if (is_folder) file = path + "/__main__.py";
  std::string source;
  int failed = rt.host->read_file(file.c_str(), source);
  std::string program = config_.sys.executable.empty() ? "lisle" : config_.sys.executable;
  if (failed && is_folder) {
    write_error(rt, program + ": can't find '__main__' module in '" + absolute_path(rt, path) + "'\n");
    return 1;
  }
  if (failed) {
    write_error(rt, program + ": can't open file '" + absolute_path(rt, path) + "': [Errno " +
                        std::to_string(-failed) + "] " + strerror(-failed) + "\n");
    return 2;
  }
  if (!config_.sys.safe_path && !config_.sys.isolated)
    prepend_path(rt, is_folder ? path : script_folder(rt, path));
  std::string shown = absolute_path(rt, file);
  rt::Dict& space = *main_module().dict;
  rt::dict_set_str(rt, space, rt.names.file, Value::from(rt::os_path_text(rt, shown)));
  rt::dict_set_str(rt, space, rt::intern(rt, "__cached__"), Value::none());
  return execute(source, shown, true, space).is_raised() ? report() : 0;
}

int Machine::run_text(std::string_view source, const std::string& name) {
  // A program that comes from standard input has a file of that name, one of the command line has none.
  if (name == "<stdin>") {
    rt::Runtime& rt = runtime();
    rt::Dict& space = *main_module().dict;
    rt::dict_set_str(rt, space, rt.names.file, Value::from(rt::new_str(rt, name)));
    rt::dict_set_str(rt, space, rt::intern(rt, "__cached__"), Value::none());
  }
  return execute(source, name, true, *main_module().dict).is_raised() ? report() : 0;
}

int Machine::run_module(const std::string& name) {
  rt::Runtime& rt = *rt_;
  if (!config_.sys.safe_path && !config_.sys.isolated) {
    std::string folder;
    rt.host->current_directory(folder);
    prepend_path(rt, folder);
  }
  rt::Module& main = main_module();
  Value runner = rt::module_get(rt, *rt.builtins, "__import__");
  Result found = run(rt, runner, {Value::from(rt::intern(rt, "_lisle_runner"))});
  if (found.is_raised()) return report();
  Value run = rt::module_get(rt, *rt::to<rt::Module>(found.value()), "run_module_as_main");
  Value arguments = Value::from(rt::new_str(rt, name));
  return vm::run(rt, run, {arguments, Value::from(main.dict)}).is_raised() ? report() : 0;
}

void Machine::call_at_end(const char* module_name, const char* function) {
  rt::Runtime& rt = *rt_;
  auto* module = rt::as<rt::Module>(rt::dict_get_str(rt, *rt.modules, rt::intern(rt, module_name)));
  if (!module) return;
  Value callable = rt::module_get(rt, *module, function);
  if (!callable.is_unbound() && run(rt, callable, {}).is_raised()) report();
}

int Machine::finish(int status) {
  rt::Runtime& rt = *rt_;
  call_at_end("threading", "_shutdown");
  call_at_end("atexit", "_run_exitfuncs");
  rt::flush_writers(rt);
  bool good = rt::flush_standard_streams(rt);
  if (rt.hooks->finished) rt.hooks->finished(rt);
  constexpr int kOutputLost = 120;
  return good || status ? status : kOutputLost;
}

}  // namespace lisle::vm

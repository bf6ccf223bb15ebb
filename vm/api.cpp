// The public classes Vm and Value in terms of the machine.
#include "runtime/builtins/tables.h"
#include "runtime/modules/boot.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/convert.h"
#include "runtime/support/text.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
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

// The embedding program's functions are called through this one: f[0] is the number of the function, f[1] the
// tuple of arguments. The hooks know the Vm.
rt::Result call_host_function(rt::Runtime& rt, rt::Frame& f) {
  auto& vm = *static_cast<Vm*>(rt.hooks->embedder);
  return Access::call_function(vm, static_cast<size_t>(f[0].as_int()), *rt::to<rt::Tuple>(f[1]));
}

constexpr rt::NativeSpec kHostFunction = {"host_function", call_host_function, "(self, /, *args)"};

}  // namespace

vm::MachineConfig Access::config(const Settings& settings) {
  vm::MachineConfig config;
  config.sys.argv = settings.arguments;
  config.sys.path = settings.path;
  config.sys.warnoptions = settings.warning_filters;
  config.sys.xoptions = settings.extensions;
  config.sys.orig_argv = settings.command_line.empty() ? settings.arguments : settings.command_line;
  config.sys.executable = settings.executable;
  config.sys.optimize = config.optimize = settings.optimize;
  config.sys.inspect = settings.inspect;
  config.sys.interactive = settings.interactive;
  config.sys.quiet = settings.quiet;
  config.sys.unbuffered = settings.unbuffered;
  config.sys.isolated = settings.isolated;
  config.sys.safe_path = settings.safe_path;
  config.sys.no_site = settings.no_site;
  config.sys.no_user_site = settings.no_user_site;
  config.sys.ignore_environment = settings.ignore_environment;
  config.sys.dont_write_bytecode = !settings.write_cache;
  config.max_memory = settings.max_memory;
  config.distrust_images = settings.distrust_images;
  config.trusted_keys = settings.trusted_keys;
  config.recursion_limit = settings.recursion_limit;
  config.seed = settings.seed;
  config.handle_signals = settings.handle_signals;
  config.write_cache = settings.write_cache;
  config.compiler = settings.jit == Jit::kOff  ? vm::CompilerMode::kOff
                    : settings.jit == Jit::kOn ? vm::CompilerMode::kOn
                                               : vm::CompilerMode::kEager;
  config.compiler_stats = settings.jit_stats;
  config.compiler_symbols = settings.jit_symbols;
  config.compiler_dump = settings.jit_dump;
  return config;
}

size_t VmState::hold(rt::Value v) {
  std::vector<rt::Value>& handles = runtime().handles;
  if (free_slots.empty()) {
    handles.push_back(v);
    return handles.size() - 1;
  }
  size_t slot = free_slots.back();
  free_slots.pop_back();
  handles[slot] = v;
  return slot;
}

void VmState::release(size_t slot) {
  runtime().handles[slot] = rt::Value();
  free_slots.push_back(slot);
}

rt::Value Access::get(const Value& value) {
  return state(*value.vm_).runtime().handles[value.slot_];
}
Value Access::wrap(Vm& vm, rt::Value v) {
  return Value(&vm, state(vm).hold(v));
}

Value Access::outcome(Vm& vm, rt::Result r) {
  VmState& s = state(vm);
  s.failed = r.is_raised();
  if (r.is_value()) return wrap(vm, r.value());
  rt::Runtime& rt = s.runtime();
  rt::Value exception = rt::take_raised(rt);
  s.error = rt::type_name(rt, exception);
  rt::Result text = vm::run(rt, rt::Value::from(rt.type(rt::TypeId::Str)), {exception});
  if (text.is_raised()) {
    rt::take_raised(rt);
  } else if (rt::to<rt::Str>(text.value())->length) {
    s.error += ": " + utf8(text.value());
  }
  return {};
}

rt::Result Access::call_function(Vm& vm, size_t number, rt::Tuple& arguments) {
  VmState& s = state(vm);
  std::vector<Value> given;
  for (u64 i = 0; i < arguments.size; ++i) given.push_back(wrap(vm, arguments.items[i]));
  Value result = s.functions[number](vm, given);
  if (result) return get(result);
  // An empty result without Vm::raise is a mistake of the host's; the program is told.
  if (s.runtime().thread.raised.is_object()) return rt::Result::raised();
  return rt::raise(s.runtime(), rt::TypeId::SystemError,
                   "host function returned nothing without an exception");
}

// --- Value
// ------------------------------------------------------------------------------------------------------------

Value::Value(const Value& other) {
  if (other) *this = Access::wrap(*other.vm_, Access::get(other));
}
Value::Value(Value&& other) noexcept : vm_(other.vm_), slot_(other.slot_) {
  other.vm_ = nullptr;
}
Value& Value::operator=(Value other) noexcept {
  std::swap(vm_, other.vm_);
  std::swap(slot_, other.slot_);
  return *this;
}
Value::~Value() {
  if (vm_) Access::state(*vm_).release(slot_);
}

bool Value::is_none() const {
  return vm_ && Access::get(*this).is_none();
}
bool Value::is_true() const {
  return vm_ && Access::get(*this).is_true();
}
bool Value::is_int() const {
  int64_t n;
  return vm_ && rt::is_int_like(Access::get(*this)) && rt::int_to_i64(Access::get(*this), n);
}
bool Value::is_float() const {
  return vm_ && rt::is_float(Access::get(*this));
}
bool Value::is_text() const {
  return vm_ && rt::is_str(Access::get(*this));
}
int64_t Value::as_int() const {
  int64_t n = 0;
  if (is_int()) rt::int_to_i64(Access::get(*this), n);
  return n;
}
double Value::as_float() const {
  if (is_float()) return rt::float_value(Access::get(*this));
  return vm_ && rt::is_int_like(Access::get(*this)) ? rt::int_to_double(Access::get(*this)) : 0;
}
std::string Value::as_text() const {
  return is_text() ? utf8(Access::get(*this)) : std::string();
}

// --- Vm
// ---------------------------------------------------------------------------------------------------------------

Vm::Vm(const Settings& settings)
    : Vm(std::make_unique<VmState>(std::make_unique<vm::Machine>(Access::config(settings)))) {}

Vm::Vm(std::unique_ptr<VmState> state) : state_(std::move(state)) {
  state_->runtime().hooks->embedder = this;
}

std::unique_ptr<Vm> Access::make(std::unique_ptr<VmState> state) {
  return std::unique_ptr<Vm>(new Vm(std::move(state)));
}
Vm::~Vm() = default;

int Vm::run_file(const std::string& path) {
  return state_->machine->run_file(path);
}
int Vm::run_text(std::string_view source, const std::string& name) {
  return state_->machine->run_text(source, name);
}
int Vm::run_module(const std::string& name) {
  return state_->machine->run_module(name);
}
bool Vm::interrupted() const {
  return state_->machine->interrupted();
}
int Vm::finish(int status) {
  return state_->machine->finish(status);
}

Value Vm::evaluate(std::string_view expression) {
  rt::Runtime& rt = state_->runtime();
  rt::Dict* space = state_->machine->main_module().dict;
  rt::Result code = vm::compile_source(rt, expression, rt::intern(rt, "<string>"), rt::CompileMode::kEval, 0);
  if (code.is_raised()) return Access::outcome(*this, code);
  rt::Function* function = rt::new_function(rt, rt::to<rt::Code>(code.value()), space);
  return Access::outcome(*this, vm::run(rt, rt::Value::from(function), {rt::Value::from(space)}));
}

Value Vm::global(const std::string& name) {
  rt::Runtime& rt = state_->runtime();
  rt::Str* key = rt::intern(rt, name);
  rt::Value v = rt::dict_get_str(rt, *state_->machine->main_module().dict, key);
  if (v.is_unbound()) v = rt::dict_get_str(rt, *rt.builtins->dict, key);
  if (v.is_unbound()) {
    return Access::outcome(*this,
                           rt::raise(rt, rt::TypeId::NameError, "name '%s' is not defined", name.c_str()));
  }
  return Access::outcome(*this, v);
}

void Vm::set_global(const std::string& name, const Value& value) {
  rt::Runtime& rt = state_->runtime();
  rt::dict_set_str(rt, *state_->machine->main_module().dict, rt::intern(rt, name), Access::get(value));
}

Value Vm::import(const std::string& module) {
  rt::Runtime& rt = state_->runtime();
  rt::Value load = rt::Value::from(rt.internals[static_cast<size_t>(rt::Internal::ImportLoad)]);
  return Access::outcome(*this, vm::run(rt, load, {rt::Value::from(rt::intern(rt, module))}));
}

Value Vm::attribute(const Value& object, const std::string& name) {
  rt::Runtime& rt = state_->runtime();
  rt::Value ask = rt::module_get(rt, *rt.builtins, "getattr");
  rt::Value key = rt::Value::from(rt::intern(rt, name));
  return Access::outcome(*this, vm::run(rt, ask, {Access::get(object), key}));
}

Value Vm::call(const Value& function, std::span<const Value> arguments) {
  rt::Runtime& rt = state_->runtime();
  rt::Tuple* values = rt::new_tuple(rt, arguments.size());
  for (size_t i = 0; i < arguments.size(); ++i) values->items[i] = Access::get(arguments[i]);
  return Access::outcome(
      *this, interp::run_callable(rt, Access::get(function), values->items, static_cast<u32>(values->size)));
}
Value Vm::call(const Value& function, std::initializer_list<Value> arguments) {
  return call(function, std::span<const Value>(arguments.begin(), arguments.size()));
}

Value Vm::none() {
  return Access::wrap(*this, rt::Value::none());
}
Value Vm::boolean(bool b) {
  return Access::wrap(*this, rt::Value::from_bool(b));
}
Value Vm::number(int64_t n) {
  return Access::wrap(*this, rt::new_int(state_->runtime(), n));
}
Value Vm::number(double d) {
  return Access::wrap(*this, rt::new_float(state_->runtime(), d));
}
Value Vm::text(std::string_view text) {
  return Access::wrap(*this, rt::Value::from(rt::new_str(state_->runtime(), text)));
}

void Vm::add_module(const std::string& name, std::vector<NativeFunction> functions) {
  rt::Runtime& rt = state_->runtime();
  rt::Str* module_name = rt::intern(rt, name);
  rt::Module* module = rt::new_module(rt, module_name);
  for (NativeFunction& function : functions) {
    rt::Native* native = rt::new_native(rt, kHostFunction, nullptr, rt::Value::from(module_name));
    native->self = rt::Value::from_int(static_cast<i64>(state_->functions.size()));
    native->name = rt::intern(rt, function.name);
    rt.heap.wrote(native);
    rt::module_set(rt, *module, function.name, rt::Value::from(native));
    state_->functions.push_back(std::move(function.function));
  }
  rt::dict_set_str(rt, *rt.modules, module_name, rt::Value::from(module));
}

Value Vm::raise(const std::string& exception, const std::string& message) {
  rt::Runtime& rt = state_->runtime();
  rt::Value type = rt::module_get(rt, *rt.builtins, exception);
  if (!rt::is_type(type) || !rt::is_subtype(rt::to<rt::Type>(type), rt.type(rt::TypeId::BaseException))) {
    type = rt::Value::from(rt.type(rt::TypeId::RuntimeError));
  }
  rt::Value argument = rt::Value::from(rt::new_str(rt, message));
  rt::Exception* e = rt::new_exception_of(rt, rt::to<rt::Type>(type), rt::new_tuple_from(rt, &argument, 1));
  if (rt::init_exception(rt, *e).is_value()) (void)rt::raise_value(rt, rt::Value::from(e));
  return {};
}

bool Vm::failed() const {
  return state_->failed;
}
const std::string& Vm::error() const {
  return state_->error;
}

}  // namespace lisle

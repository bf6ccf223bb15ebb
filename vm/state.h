// What a public Vm hides: the machine, the handles the embedding program holds, and its functions.
#pragma once
#include <string>
#include <vector>

#include "lisle/vm.h"
#include "vm/machine.h"

namespace lisle {

struct VmState {
  explicit VmState(std::unique_ptr<vm::Machine> with) : machine(std::move(with)) {}

  std::unique_ptr<vm::Machine> machine;
  std::vector<size_t> free_slots;  // of Runtime::handles
  std::vector<Function> functions;
  std::string error;
  bool failed = false;

  rt::Runtime& runtime() { return machine->runtime(); }
  size_t hold(rt::Value v);
  void release(size_t slot);
};

// How files of this layer reach behind the public classes.
struct Access {
  static VmState& state(Vm& vm) { return *vm.state_; }
  static vm::MachineConfig config(const Settings& settings);
  static std::unique_ptr<Vm> make(std::unique_ptr<VmState> state);
  static rt::Value get(const Value& value);
  static Value wrap(Vm& vm, rt::Value v);
  // A value, or an empty one with the exception's text in error().
  static Value outcome(Vm& vm, rt::Result r);
  static rt::Result call_function(Vm& vm, size_t number, rt::Tuple& arguments);
};

}  // namespace lisle

// Images in terms of the machine.
#include "lisle/image.h"

#include "runtime/image/image_policy.h"
#include "vm/state.h"

namespace lisle {

LoadedImage load_image(const std::string& path, const Settings& settings) {
  LoadedImage loaded;
  std::unique_ptr<vm::Machine> machine =
      vm::Machine::load(Access::config(settings), path, loaded.error, loaded.warnings);
  if (machine) loaded.vm = Access::make(std::make_unique<VmState>(std::move(machine)));
  return loaded;
}

std::string save_when(Vm& vm, const std::string& when, const std::string& image,
                      const SaveSettings& settings) {
  rt::Runtime& rt = Access::state(vm).machine->runtime();
  rt::Wrapping wrapping;
  const std::string wrong = rt::read_wrapping(rt, settings.compress, settings.key, wrapping);
  return wrong.empty() ? rt::save_when(rt, when, image, wrapping) : wrong;
}

int run_image(Vm& vm) {
  return Access::state(vm).machine->run_loaded();
}

}  // namespace lisle

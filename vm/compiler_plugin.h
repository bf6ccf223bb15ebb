// The compiler to machine code is a plugin beside the executable, loaded when there is something to compile.
#pragma once
#include "vm/machine.h"

namespace lisle::vm {

// As the configuration says: not at all, at the first hot function, or at once.
void install_compiler(rt::Runtime& rt, const MachineConfig& config);

}  // namespace lisle::vm

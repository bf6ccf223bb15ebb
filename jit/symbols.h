// Names of compiled code for tools outside: perf's map of the process, and gdb's interface for compilers.
#pragma once

namespace llvm::orc {
class LLJIT;
}  // namespace llvm::orc

namespace lisle::jit {

// From now on what `jit` links is told to both.
void tell_tools_of(llvm::orc::LLJIT& jit);

}  // namespace lisle::jit

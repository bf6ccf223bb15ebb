// LLVM as the compiler uses it: one target machine, one linker, modules in and addresses out.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "runtime/support/base.h"

namespace llvm {
class Module;
class LLVMContext;
}  // namespace llvm

namespace lisle::jit {

class Backend {
 public:
  // Null with a reason when this machine cannot compile.
  // `hasty`: it makes code in a seventh of the time that is several times slower.
  // `named`: tools outside are told of the code, see symbols.h.
  static std::unique_ptr<Backend> open(bool hasty, bool named, std::string& why);
  ~Backend();

  // A module for the target, in a context of its own.
  struct Job {
    Job();
    ~Job();
    std::unique_ptr<llvm::LLVMContext> context;
    std::unique_ptr<llvm::Module> module;
  };
  std::unique_ptr<Job> new_job();

  // Improves the module's functions in place.
  void optimize(llvm::Module& module);
  std::string assembly(const llvm::Module& module);
  // Machine code of the named functions; empty on failure. The job is used up. Tools know the functions by
  // `unit` and their names.
  std::vector<u64> emit(std::unique_ptr<Job> job, std::vector<std::string> names, const std::string& unit);

 private:
  Backend();
  struct State;
  std::unique_ptr<State> state_;
  bool hasty_ = false, named_ = false;
  u64 serial_ = 0;
};

}  // namespace lisle::jit

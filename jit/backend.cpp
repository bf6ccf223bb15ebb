// See backend.h. The passes are the few that compiled code gains from; LLVM's own pipelines cost three times
// as much for the same code.
#include "jit/backend.h"

#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/Analysis/TypeBasedAliasAnalysis.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Module.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar.h>
#include <llvm/Transforms/Scalar/GVN.h>
#include <llvm/Transforms/Utils.h>
#include <llvm/Transforms/Utils/Cloning.h>

#include "jit/symbols.h"

namespace lisle::jit {

struct Backend::State {
  std::unique_ptr<llvm::orc::LLJIT> jit;
  std::unique_ptr<llvm::TargetMachine> machine;
};

Backend::Backend() : state_(std::make_unique<State>()) {}
Backend::~Backend() = default;
Backend::Job::Job() = default;
Backend::Job::~Job() {
  module.reset();
}

namespace {

// LLVM has no other way to say these.
void set_option(llvm::StringRef name, bool value) {
  auto& options = llvm::cl::getRegisteredOptions();
  auto found = options.find(name);
  if (found != options.end()) static_cast<llvm::cl::opt<bool>*>(found->second)->setValue(value);
}

}  // namespace

std::unique_ptr<Backend> Backend::open(bool hasty, bool named, std::string& why) {
  // Looking for stores that could be one takes a third of all time where many registers are written back.
  set_option("combiner-store-merging", false);
  set_option("disable-post-ra", true);
  set_option("disable-constant-hoisting", true);
  LLVMInitializeX86TargetInfo();
  LLVMInitializeX86Target();
  LLVMInitializeX86TargetMC();
  LLVMInitializeX86AsmPrinter();
  auto told = [&](llvm::Error error) {
    why = llvm::toString(std::move(error));
    return nullptr;
  };
  auto builder = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!builder) return told(builder.takeError());
  builder->setCodeGenOptLevel(hasty ? llvm::CodeGenOptLevel::None : llvm::CodeGenOptLevel::Default);
  builder->setRelocationModel(llvm::Reloc::PIC_);
  // A module names nothing but its own functions and constants, which lie together.
  builder->setCodeModel(llvm::CodeModel::Small);
  auto machine = builder->createTargetMachine();
  if (!machine) return told(machine.takeError());
  auto jit = llvm::orc::LLJITBuilder().setJITTargetMachineBuilder(*builder).create();
  if (!jit) return told(jit.takeError());
  std::unique_ptr<Backend> backend(new Backend());
  if (named) tell_tools_of(**jit);
  backend->hasty_ = hasty;
  backend->named_ = named;
  backend->state_->machine = std::move(*machine);
  backend->state_->jit = std::move(*jit);
  return backend;
}

std::unique_ptr<Backend::Job> Backend::new_job() {
  auto job = std::make_unique<Job>();
  job->context = std::make_unique<llvm::LLVMContext>();
  job->module = std::make_unique<llvm::Module>("unit", *job->context);
  job->module->setDataLayout(state_->jit->getDataLayout());
  job->module->setTargetTriple(state_->machine->getTargetTriple().str());
  return job;
}

void Backend::optimize(llvm::Module& module) {
  if (hasty_) return;
  llvm::legacy::FunctionPassManager passes(&module);
  passes.add(llvm::createTargetTransformInfoWrapperPass(state_->machine->getTargetIRAnalysis()));
  passes.add(llvm::createTypeBasedAAWrapperPass());
  passes.add(llvm::createEarlyCSEPass(true));
  passes.add(llvm::createInstructionCombiningPass());
  passes.add(llvm::createCFGSimplificationPass());
  passes.add(llvm::createLICMPass());
  passes.add(llvm::createGVNPass());
  passes.add(llvm::createInstructionCombiningPass());
  passes.add(llvm::createCFGSimplificationPass());
  passes.doInitialization();
  for (llvm::Function& function : module)
    if (!function.isDeclaration()) passes.run(function);
  passes.doFinalization();
}

std::string Backend::assembly(const llvm::Module& module) {
  llvm::SmallString<0> text;
  llvm::raw_svector_ostream stream(text);
  std::unique_ptr<llvm::Module> copy = llvm::CloneModule(module);
  llvm::legacy::PassManager passes;
  if (state_->machine->addPassesToEmitFile(passes, stream, nullptr, llvm::CodeGenFileType::AssemblyFile))
    return "";
  passes.run(*copy);
  return std::string(text.str());
}

std::vector<u64> Backend::emit(std::unique_ptr<Job> job, std::vector<std::string> names,
                               const std::string& unit) {
  if (named_) {
    for (llvm::Function& function : *job->module)
      if (!function.isIntrinsic()) function.setName(unit + "." + function.getName());
    for (std::string& name : names) name = unit + "." + name;
  }
  llvm::orc::ThreadSafeContext context(std::move(job->context));
  llvm::orc::ThreadSafeModule module(std::move(job->module), context);
  // Each unit has names of its own library, so that they need be unique within the unit only.
  auto library = state_->jit->createJITDylib("unit" + std::to_string(serial_++));
  if (!library) return llvm::consumeError(library.takeError()), std::vector<u64>();
  if (llvm::Error error = state_->jit->addIRModule(*library, std::move(module))) {
    llvm::consumeError(std::move(error));
    return {};
  }
  std::vector<u64> addresses;
  for (const std::string& name : names) {
    auto found = state_->jit->lookup(*library, name);
    if (!found) return llvm::consumeError(found.takeError()), std::vector<u64>();
    addresses.push_back(found->getValue());
  }
  return addresses;
}

}  // namespace lisle::jit

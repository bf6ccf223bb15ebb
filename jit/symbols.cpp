// See symbols.h. perf reads /tmp/perf-PID.map: a line for each function with its address, its size (both
// hexadecimal) and its name. gdb puts a breakpoint at __jit_debug_register_code and then walks the list that
// __jit_debug_descriptor begins: that these two are variables of the process is gdb's wish ("JIT Compilation
// Interface" in its manual), and they say nothing to the machine.
#include "jit/symbols.h"

#include <llvm/ExecutionEngine/JITLink/JITLink.h>
#include <llvm/ExecutionEngine/Orc/DebugObjectManagerPlugin.h>
#include <llvm/ExecutionEngine/Orc/EPCDebugObjectRegistrar.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <sched.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <string>

#include "runtime/support/base.h"

extern "C" {

struct DebuggedObject {
  DebuggedObject *next, *previous;
  const char* file;
  lisle::u64 size;
};

struct DebuggerList {
  lisle::u32 version, action;
  DebuggedObject *relevant, *first;
  std::atomic_flag taken;  // ours: several machines may have something to tell; gdb looks at what lies before
};

__attribute__((visibility("default"), used))
DebuggerList __jit_debug_descriptor = {1, 0, nullptr, nullptr, {}};

__attribute__((visibility("default"), used, noinline)) void __jit_debug_register_code() {
  asm volatile("" ::: "memory");
}

}  // extern "C"

namespace lisle::jit {

namespace {

namespace orc = llvm::orc;
namespace jitlink = llvm::jitlink;

class Registrar final : public orc::DebugObjectRegistrar {
 public:
  llvm::Error registerDebugObject(orc::ExecutorAddrRange object, bool) override {
    auto* entry = new DebuggedObject{nullptr, nullptr, object.Start.toPtr<const char*>(), object.size()};
    while (__jit_debug_descriptor.taken.test_and_set(std::memory_order_acquire)) sched_yield();
    entry->next = __jit_debug_descriptor.first;
    if (entry->next) entry->next->previous = entry;
    constexpr u32 kRegister = 1;
    __jit_debug_descriptor.first = __jit_debug_descriptor.relevant = entry;
    __jit_debug_descriptor.action = kRegister;
    __jit_debug_register_code();
    __jit_debug_descriptor.taken.clear(std::memory_order_release);
    return llvm::Error::success();
  }
};

class PerfMap final : public orc::ObjectLinkingLayer::Plugin {
 public:
  PerfMap() : file_(fopen(("/tmp/perf-" + std::to_string(getpid()) + ".map").c_str(), "a")) {}
  ~PerfMap() override {
    if (file_) fclose(file_);
  }

  void modifyPassConfig(orc::MaterializationResponsibility&, jitlink::LinkGraph&,
                        jitlink::PassConfiguration& passes) override {
    passes.PostFixupPasses.push_back([this](jitlink::LinkGraph& graph) {
      for (jitlink::Symbol* symbol : graph.defined_symbols()) {
        if (!file_ || !symbol->hasName() || !symbol->isCallable()) continue;
        llvm::StringRef name = symbol->getName();
        fprintf(file_, "%llx %llx %.*s\n", static_cast<unsigned long long>(symbol->getAddress().getValue()),
                static_cast<unsigned long long>(symbol->getSize()), static_cast<int>(name.size()),
                name.data());
      }
      // Whoever is killed has been measured all the same.
      if (file_) fflush(file_);
      return llvm::Error::success();
    });
  }
  llvm::Error notifyFailed(orc::MaterializationResponsibility&) override { return llvm::Error::success(); }
  llvm::Error notifyRemovingResources(orc::JITDylib&, orc::ResourceKey) override {
    return llvm::Error::success();
  }
  void notifyTransferringResources(orc::JITDylib&, orc::ResourceKey, orc::ResourceKey) override {}

 private:
  FILE* file_;
};

}  // namespace

void tell_tools_of(orc::LLJIT& jit) {
  auto* layer = llvm::dyn_cast<orc::ObjectLinkingLayer>(&jit.getObjLinkingLayer());
  if (!layer) return;
  layer->addPlugin(std::make_shared<PerfMap>());
  layer->addPlugin(std::make_shared<orc::DebugObjectManagerPlugin>(
      jit.getExecutionSession(), std::make_unique<Registrar>(), false, true));
}

}  // namespace lisle::jit

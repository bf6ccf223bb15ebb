// The native half of the module _pickle; stdlib/_pickle.py has the other. PickleBuffer is a memoryview by
// layout: a wrapper that tells the pickler to hand its bytes out.
#include "runtime/image/pickler.h"
#include "runtime/types/bytes.h"
#include "runtime/types/instance.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/module.h"

namespace lisle::rt {

std::span<const NativeSpec> pickle_dump_functions();
std::span<const NativeSpec> pickle_load_functions();

namespace {

MemoryView& self_of(Frame& f) {
  return *to<MemoryView>(f[0]);
}

// cls, object.
Result buffer_new(Runtime& rt, Frame& f) {
  Value view = TRY(new_memoryview(rt, f[1]));
  view.object()->shape = to<Type>(f[0])->instance_shape->id;
  return view;
}

Result require_open(Runtime& rt, const MemoryView& view) {
  if (!view.is_released()) return Result::none();
  return raise(rt, TypeId::ValueError, "operation forbidden on released PickleBuffer object");
}

Result buffer_raw(Runtime& rt, Frame& f) {
  TRY(require_open(rt, self_of(f)));
  std::string_view bytes;
  if (!bytes_like(f[0], bytes))
    return raise(rt, TypeId::BufferError, "cannot extract raw buffer from non-contiguous buffer");
  Value view = TRY(new_memoryview(rt, f[0]));
  auto& raw = *to<MemoryView>(view);
  raw.format = 'B';
  raw.item_size = raw.stride = 1;
  raw.length = bytes.size();
  raw.shape = Value();
  return view;
}

Result buffer_release(Runtime&, Frame& f) {
  release_view(self_of(f));
  return Result::none();
}

constexpr NativeSpec kBufferMethods[] = {
    {"__new__", buffer_new, "(cls, object, /)", nullptr, 0, kStatic},
    {"raw", buffer_raw, "(self, /)", "Return a memoryview of the raw memory underlying this buffer."},
    {"release", buffer_release, "(self, /)",
     "Release the underlying buffer held by the PickleBuffer object."},
};

void set_up(Runtime& rt, Module& module) {
  for (auto functions : {pickle_dump_functions(), pickle_load_functions()}) {
    for (const NativeSpec& spec : functions) {
      module_set(rt, module, spec.name,
                 Value::from(new_native(rt, spec, nullptr, Value::from(intern(rt, "_pickle")))));
    }
  }
  module_set(rt, module, "Pickler", Value::from(rt.type(TypeId::Pickler)));
  module_set(rt, module, "Unpickler", Value::from(rt.type(TypeId::Unpickler)));
  module_set(rt, module, "PickleBuffer", Value::from(rt.type(TypeId::PickleBuffer)));
}

}  // namespace

extern const TypeSpec kPickleBufferType{"PickleBuffer",
                                        "_pickle",
                                        "Wrapper for potentially out-of-band buffers",
                                        TypeId::Object,
                                        Kind::MemoryView,
                                        kTypeFinal | kTypeHidden,
                                        kBufferMethods,
                                        {}};

extern const ModuleSpec kPickleModule;
const ModuleSpec kPickleModule = {"_pickle_core", "Reads and writes pickles.", {}, set_up};

}  // namespace lisle::rt

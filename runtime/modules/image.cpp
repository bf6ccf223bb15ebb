// The native half of lisle.image: saving the running program to a file.
#include "runtime/hooks.h"
#include "runtime/image/image_policy.h"
#include "runtime/modules/path.h"
#include "runtime/protocols/call.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

constexpr i64 kMostGenerations = 1000;

// save(path, generations=1): the call returns twice, in this process and in each that resumes the image.
Result image_save(Runtime& rt, Frame& f) {
  SaveOptions options;
  TRY(os_path_bytes(rt, f[0], options.path));
  i64 generations = 1;
  if (!f[1].is_unbound() && !int_to_i64(f[1], generations))
    return raise(rt, TypeId::TypeError, "generations must be an int, not %s", type_name(rt, f[1]));
  if (generations < 0 || generations > kMostGenerations)
    return raise(rt, TypeId::ValueError, "generations must be between 0 and %lld",
                 static_cast<long long>(kMostGenerations));
  options.generations = static_cast<u32>(generations);
  Tasklet& current = *rt.thread.current;
  // What the call yields where the image is resumed.
  deliver(rt, current, Value::true_());
  save_current(rt, f);
  if (rt.hooks->images) options.faults = &rt.hooks->images->faults;
  const std::string wrong = save_image(rt, options);
  deliver(rt, current, Value::none());
  if (!wrong.empty()) return raise(rt, TypeId::OSError, "%s", wrong.c_str());
  return Value::false_();
}

constexpr NativeSpec kFunctions[] = {
    {"save", image_save, "(path, generations=1)",
     "Save the running program. Returns False; where the image is resumed, the same call returns True.", 0,
     kSwitches},
};

}  // namespace

extern const ModuleSpec kImageModule;
const ModuleSpec kImageModule = {"_image", "Saves the running program.", kFunctions, nullptr};

}  // namespace lisle::rt

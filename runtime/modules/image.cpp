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

// An int argument that may be missing.
Result int_argument(Runtime& rt, Value v, const char* name, i64& out) {
  if (v.is_unbound()) return Result::none();
  if (!is_int_like(v))
    return raise(rt, TypeId::TypeError, "%s must be an int, not %s", name, type_name(rt, v));
  // No int of that size is among those that are accepted.
  if (!int_to_i64(v, out)) out = -1;
  return Result::none();
}

// save(path, generations=1, *, compress=0, key=None): the call returns twice, in this process and in each
// that resumes the image.
Result image_save(Runtime& rt, Frame& f) {
  SaveOptions options;
  TRY(os_path_bytes(rt, f[0], options.path));
  i64 generations = 1;
  TRY(int_argument(rt, f[1], "generations", generations));
  if (generations < 0 || generations > kMostGenerations)
    return raise(rt, TypeId::ValueError, "generations must be between 0 and %lld",
                 static_cast<long long>(kMostGenerations));
  options.generations = static_cast<u32>(generations);
  i64 level = 0;
  TRY(int_argument(rt, f[2], "compress", level));
  std::string key_path;
  if (!f[3].is_unbound() && !f[3].is_none()) TRY(os_path_bytes(rt, f[3], key_path));
  if (const std::string wrong = read_wrapping(rt, level, key_path, options.wrapping); !wrong.empty())
    return raise(rt, TypeId::ValueError, "%s", wrong.c_str());
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
    {"save", image_save, "(path, generations=1, *, compress=0, key=None)",
     "Save the running program. Returns False; where the image is resumed, the same call returns True. The "
     "file "
     "is compressed at levels from 1 to 19, and signed with the secret key in the file `key`.",
     0, kSwitches},
};

}  // namespace

extern const ModuleSpec kImageModule;
const ModuleSpec kImageModule = {"_image", "Saves the running program.", kFunctions, nullptr};

}  // namespace lisle::rt

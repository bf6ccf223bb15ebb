// See image_policy.h.
#include "runtime/image/image_policy.h"

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/function.h"

namespace lisle::rt {

Hooks::Hooks() = default;
Hooks::~Hooks() = default;

namespace {

constexpr int kSignalStatus = 128;    // a shell's way to say that a signal ended a process
constexpr u32 kOlderGenerations = 3;  // what --save-on keeps beside the newest

}  // namespace

void save_by_policy(Runtime& rt, ImagePolicy& policy) {
  policy.safepoints = 0;
  // While the host waits for a call nothing can be saved; the next safepoint outside of it will do.
  if (rt.scheduler->nesting > 0) return;
  const int signal = policy.watch ? policy.watch->take() : 0;
  policy.save.faults = &policy.faults;
  const std::string wrong = save_image(rt, policy.save);
  if (!wrong.empty()) {
    const std::string text = "lisle: " + wrong + "\n";
    rt.host->write(2, text.data(), text.size());
    return;
  }
  if (policy.period) rt.host->exit_now(kImageStressStatus);
  if (signal == SIGTERM) rt.host->exit_now(kSignalStatus + signal);
}

namespace {

// What the tasklet runs that saves while all others sleep; in a process that resumes it just ends.
Result save_asleep(Runtime& rt, Frame& f) {
  Tasklet& current = *rt.thread.current;
  deliver(rt, current, Value::none());
  save_current(rt, f);
  if (rt.hooks->images) save_by_policy(rt, *rt.hooks->images);
  return Result::none();
}

constexpr NativeSpec kSteps[] = {{"save_asleep", save_asleep, "()", nullptr, 0, kSwitches}};

}  // namespace

std::span<const NativeSpec> image_policy_functions() {
  return kSteps;
}

void save_from_sleep(Runtime& rt) {
  const ImagePolicy* policy = rt.hooks->images.get();
  if (!policy || !policy->watch || !policy->watch->asked() || rt.scheduler->nesting > 0) return;
  Native* native = new_native(rt, kSteps[0], nullptr, Value::none());
  Tasklet* saver = new_tasklet(rt, rt.type(TypeId::Tasklet), Value::from(native));
  tasklet_bind(rt, *saver, Value::from(native), {}, nullptr);
  ring_insert_last(rt, *saver);
}

std::string read_wrapping(Runtime& rt, i64 level, const std::string& key_path, Wrapping& out) {
  if (level < 0 || level > kBestPacking)
    return "images are compressed at levels from 0 to " + std::to_string(kBestPacking);
  out.level = static_cast<int>(level);
  if (const std::string refusal = packing_refusal(); level && !refusal.empty())
    return "cannot compress an image: " + refusal;
  if (key_path.empty()) return "";
  return read_secret_key(*rt.host, key_path, out.key.emplace());
}

std::string save_when(Runtime& rt, const std::string& when, const std::string& path,
                      const Wrapping& wrapping) {
  if (!rt.hooks->images) rt.hooks->images = std::make_unique<ImagePolicy>();
  ImagePolicy& policy = *rt.hooks->images;
  policy.save.path = path;
  policy.save.wrapping = wrapping;
  policy.save.generations = kOlderGenerations;
  rt.host->ticks = &rt.thread.ticks;
  policy.watch = std::make_unique<SaveWatch>(*rt.host);
  return policy.watch->start(when);
}

}  // namespace lisle::rt

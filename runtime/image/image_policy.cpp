// See image_policy.h.
#include "runtime/image/image_policy.h"

#include "runtime/hooks.h"
#include "runtime/host.h"
#include "runtime/tasks/scheduler.h"

namespace lisle::rt {

Hooks::Hooks() = default;
Hooks::~Hooks() = default;

void save_by_policy(Runtime& rt, ImagePolicy& policy) {
  policy.safepoints = 0;
  // While the host waits for a call nothing can be saved; the next safepoint outside of it will do.
  if (rt.scheduler->nesting > 0) return;
  const std::string wrong = save_image(rt, policy.save);
  if (wrong.empty()) rt.host->exit_now(kImageStressStatus);
  const std::string text = "lisle: " + wrong + "\n";
  rt.host->write(2, text.data(), text.size());
}

}  // namespace lisle::rt

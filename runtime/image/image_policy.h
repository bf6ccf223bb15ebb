// When a running machine saves itself without being asked by its program: see `lisle --save-on`, and the mode
// in which the tests end and resume every program again and again.
#pragma once
#include <memory>
#include <string>

#include "runtime/image/image_writer.h"
#include "runtime/image/save_watch.h"

namespace lisle::rt {

struct ImagePolicy {
  SaveOptions save;
  std::unique_ptr<SaveWatch> watch;  // null: nobody asks from outside
  // Tests: save at every `period`-th safepoint and end with kImageStressStatus; 0: never.
  u64 period = 0;
  u64 safepoints = 0;
  // Tests: what goes wrong with the files of each save.
  SaveFaults faults;
};

// The status of a process that ended to be resumed.
inline constexpr int kImageStressStatus = 75;

// Counts a safepoint: is an image due?
inline bool image_due(ImagePolicy& policy) {
  return (policy.period && ++policy.safepoints >= policy.period) || (policy.watch && policy.watch->asked());
}

// Saves the current tasklet as it is suspended at this safepoint. What went wrong is told on standard error,
// and the program goes on; so it does after a save that is not to end it.
void save_by_policy(Runtime& rt, ImagePolicy& policy);

// While all tasklets sleep: if an image is asked for, a tasklet that saves it becomes runnable.
void save_from_sleep(Runtime& rt);

// Begins to wait for what `when` says, see SaveWatch; the images go to `path`. Empty, or what is wrong.
std::string save_when(Runtime& rt, const std::string& when, const std::string& path,
                      const Wrapping& wrapping);

// How an image is to be written that is packed at `level`, 0 for not at all, and signed with the key in a
// file, empty for none. Empty, or why that cannot be.
std::string read_wrapping(Runtime& rt, i64 level, const std::string& key_path, Wrapping& out);

}  // namespace lisle::rt

// All tasklets that were made and not collected, for reports and measures. Those that a resumed image holds
// stay in the file until somebody asks: a program of a million tasklets shall not wait for a list of them.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "runtime/heap/space.h"

namespace lisle::rt {

struct Tasklet;

class TaskletList {
 public:
  void add(Tasklet* t) { made_.push_back(t); }

  // All of them, the oldest first.
  std::vector<Tasklet*>& all() {
    take_in();
    return made_;
  }

  // Drops those that a collection has not marked, after lost(Tasklet&); where it was no full one, only the
  // young are asked about.
  void forget_unmarked(bool full, auto&& is_marked, auto&& lost) {
    if (full) take_in();
    size_t kept = full ? 0 : old_;
    for (size_t i = kept; i < made_.size(); ++i) {
      if (is_marked(made_[i]))
        made_[kept++] = made_[i];
      else
        lost(*made_[i]);
    }
    made_.resize(kept);
    old_ = kept;
  }

  // The list of an image: `saved` holds `count` addresses, mapped from the file.
  void adopt(std::unique_ptr<Reservation> saved, size_t count) {
    saved_ = std::move(saved);
    saved_count_ = count;
  }

 private:
  void take_in() {
    if (!saved_) return;
    auto* first = reinterpret_cast<Tasklet**>(saved_->base);
    made_.insert(made_.begin(), first, first + saved_count_);
    old_ += saved_count_;
    saved_.reset();
  }

  std::vector<Tasklet*> made_;
  size_t old_ = 0;                      // how many of those have survived a collection
  std::unique_ptr<Reservation> saved_;  // null: everything is in `made_`
  size_t saved_count_ = 0;
};

}  // namespace lisle::rt

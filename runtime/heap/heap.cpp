// Allocation off the fast path, and when to collect. See heap.h for what users must know.
#include "runtime/heap/heap.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "runtime/heap/collector.h"
#include "runtime/heap/kind_table.h"
#include "runtime/heap/space.h"
#include "runtime/runtime.h"

namespace lisle::rt {

namespace {

// Holes that are narrower on average make allocation slow: they are looked for and cleared one by one.
constexpr size_t kNarrowHole = 4096;

[[noreturn]] void out_of_addresses() {
  std::fputs("lisle: the heap's address range is exhausted\n", stderr);
  std::abort();
}

}  // namespace

Heap::Heap(Runtime& rt) : rt_(rt), space_(new Space), large_(new LargeSpace) {}

Heap::Heap(Runtime& rt, Space* space, LargeSpace* large) : rt_(rt), space_(space), large_(large) {}

Heap::~Heap() {
  delete space_;
  delete large_;
}

void Heap::set_stress(u32 period) {
  stress_period_ = period;
  // Every allocation must take the slow path from now on.
  if (period) hole.cursor = hole.limit = nullptr;
}

bool Heap::is_marked(const Object* o) const {
  if (o->gc & kGcLarge) return large_->find(o)->marked;
  return space_->test_mark(o);
}

void Heap::remember(Object* o) {
  o->gc &= static_cast<u8>(~kGcOldUnlogged);
  remembered_.push_back(o);
}

bool Heap::has_room(size_t bytes) {
  if (bytes > kMaxObjectBytes) return false;
  auto fits = [&] {
    if (limit_bytes_ && live_bytes_ + bytes > limit_bytes_) return false;
    // Where the system allows little address space the range ends long before the limit of an object.
    return bytes <= kLargeBytes || large_->fits(bytes);
  };
  if (fits()) return true;
  collect(Scope::kFull);
  return fits();
}

void Heap::collect(Scope scope) {
  if (paused) return;
  // The rest of the hole stays zeroed behind the last object, which ends walks through it.
  hole.cursor = hole.limit = nullptr;
  const size_t had = live_bytes_;
  Collector(*this, rt_, scope).run();
  ++collections_;
  live_bytes_ = space_->marked_line_bytes() + large_->bytes();
  budget_ = kFirstBudget + live_bytes_ / 2;
  // What a small collection meets alive is not looked at again before a full one, wherever it lies: a few
  // such objects at a time crumble the space that young ones are made in.
  is_crumbled_ = scope == Scope::kMinor && filled_bytes_ < holes_ * kNarrowHole &&
                 live_bytes_ > kept_bytes_ + kept_bytes_ / 2 + kFirstBudget / 8;
  holes_ = filled_bytes_ = 0;
  // A program that goes on as before needs as much again soon; one that does not has less at the next one.
  if (scope == Scope::kMinor) return large_->give_back(had);
  kept_bytes_ = live_bytes_;
  full_threshold_ = 2 * live_bytes_ + 4 * kFirstBudget;
  large_->give_back(full_threshold_ - live_bytes_);
  space_->give_back(2 * budget_);
}

void Heap::collect_if_due(size_t bytes) {
  if (paused) return;
  if (stress()) {
    // A collection costs what the heap is large: whoever asks for fewer gets still fewer in long programs,
    // which would not end otherwise.
    const size_t rest = stress_period_ == 1 ? 0 : collections_ / 16;
    if (++stress_count_ < stress_period_ + rest) return;
    stress_count_ = 0;
    collect(collections_ % 8 == 7 ? Scope::kFull : Scope::kMinor);
    return;
  }
  if (budget_ < bytes) collect(live_bytes_ > full_threshold_ || is_crumbled_ ? Scope::kFull : Scope::kMinor);
  if (limit_bytes_ && live_bytes_ + bytes > limit_bytes_) {
    collect(Scope::kFull);
    if (live_bytes_ + bytes > limit_bytes_) {
      exhausted = true;
      request_safepoint(rt_.thread);
    }
  }
}

bool Heap::next_hole(size_t bytes) {
  if (!space_->next_hole(hole.cursor, hole.limit)) out_of_addresses();
  size_t width = static_cast<size_t>(hole.limit - hole.cursor);
  live_bytes_ += width;
  budget_ -= width < budget_ ? width : budget_;
  ++holes_;
  filled_bytes_ += width;
  return width >= bytes;
}

Object* Heap::allocate_slow(size_t bytes) {
  if (bytes > kLargeBytes) return allocate_large(bytes, bytes);
  collect_if_due(bytes);
  if (stress()) {
    // The hole is kept aside, so that the next allocation comes here again.
    if (collections_ != stress_epoch_ || bytes > static_cast<size_t>(stress_limit_ - stress_cursor_)) {
      while (!next_hole(bytes)) {
      }
      stress_cursor_ = hole.cursor;
      stress_limit_ = hole.limit;
      stress_epoch_ = collections_;
    }
    char* p = stress_cursor_;
    stress_cursor_ += bytes;
    hole.cursor = hole.limit = nullptr;
    return reinterpret_cast<Object*>(p);
  }
  // Small objects that find the next holes too narrow skip them; larger ones get a block of their own soon.
  for (int tries = 0; tries < 8; ++tries) {
    if (next_hole(bytes)) return allocate_bytes(bytes);
  }
  if (!space_->fresh_block(hole.cursor, hole.limit)) out_of_addresses();
  live_bytes_ += kBlockBytes;
  budget_ -= kBlockBytes < budget_ ? kBlockBytes : budget_;
  return allocate_bytes(bytes);
}

Object* Heap::allocate_large(size_t bytes, size_t cleared) {
  collect_if_due(bytes);
  const auto content = cleared < bytes ? LargeSpace::Content::kAnything : LargeSpace::Content::kZeros;
  char* p = large_->allocate(bytes, content);
  if (!p) {
    collect(Scope::kFull);
    p = large_->allocate(bytes, content);
    if (!p) out_of_addresses();
  }
  if (cleared < bytes) std::memset(p, 0, cleared);
  live_bytes_ += bytes;
  budget_ -= bytes < budget_ ? bytes : budget_;
  Object* o = reinterpret_cast<Object*>(p);
  o->gc = kGcLarge;
  return o;
}

bool Heap::grow_in_place(Object* o, size_t bytes, bool cleared) {
  if (!(o->gc & kGcLarge)) return false;
  const size_t had = object_bytes(o);
  collect_if_due(bytes - had);
  const size_t held = large_->bytes();
  const auto content = cleared ? LargeSpace::Content::kZeros : LargeSpace::Content::kAnything;
  if (!large_->extend(reinterpret_cast<char*>(o), bytes, content)) return false;
  const size_t more = large_->bytes() - held;
  live_bytes_ += more;
  budget_ -= more < budget_ ? more : budget_;
  // What lay between the object and the end of its last page was part of no object.
  const size_t end_of_page = (had + kPageBytes - 1) & ~(kPageBytes - 1);
  if (cleared) std::memset(reinterpret_cast<char*>(o) + had, 0, std::min(bytes, end_of_page) - had);
  return true;
}

void Heap::shrink_in_place(Object* o, size_t bytes) {
  if (!(o->gc & kGcLarge)) return;
  const size_t freed = large_->truncate(reinterpret_cast<char*>(o), bytes);
  live_bytes_ -= freed;
}

}  // namespace lisle::rt

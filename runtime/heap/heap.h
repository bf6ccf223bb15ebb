// The heap of one Runtime: a reserved address range cut into 32 KB blocks of 128-byte lines, bump-allocated
// into the holes that the last collection left, never moved. Marks are sticky: an object that survived once
// is old, and a minor collection visits only the roots, the young, and old objects that were written to (the
// remembered set).
//
// What a user of the heap has to know:
//  * allocate() may collect. Values and object pointers in C++ locals are found by scanning the C++ stack, so
//  they are
//    simply safe; nothing ever moves.
//  * Fresh memory is zeroed, and zero is a valid content for every field (the int 0, a null pointer).
//  * After storing a Value or object pointer into an object that may have existed before the last allocation,
//  call
//    wrote(object). Forgetting it loses objects; LISLE_STRESS=gc finds the place.
#pragma once
#include <vector>

#include "runtime/object/object.h"

namespace lisle::rt {

struct Runtime;
class Space;
class LargeSpace;

inline constexpr size_t kBlockBytes = 32 * 1024;
inline constexpr size_t kLineBytes = 128;
inline constexpr size_t kGranuleBytes = 16;
inline constexpr size_t kLargeBytes = 8 * 1024;  // objects above this get pages of their own
inline constexpr size_t kFirstBudget = 8 * 1024 * 1024;
inline constexpr size_t kMaxObjectBytes = size_t{1} << 36;

class Heap {
 public:
  explicit Heap(Runtime& rt);
  // With the memory of a saved heap at its old place, see heap_image.h.
  Heap(Runtime& rt, Space* space, LargeSpace* large);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  // Zeroed memory for a T with `extra` bytes behind it, header filled in. Exhausted memory is reported by
  // aborting the allocation path with MemoryError at the next safepoint; the memory itself is always
  // delivered until the reserve of the limit is used up. `bytes` beyond kMaxObjectBytes must be refused by
  // the caller.
  template <class T>
  T* allocate(ShapeId shape, size_t extra = 0) {
    Object* o = allocate_bytes(sizeof(T) + extra);
    o->shape = shape;
    o->kind = T::kKind;
    return static_cast<T*>(o);
  }

  Object* allocate_bytes(size_t bytes) {
    bytes = (bytes + kGranuleBytes - 1) & ~(kGranuleBytes - 1);
    char* p = hole.cursor;
    if (LISLE_UNLIKELY(bytes > static_cast<size_t>(hole.limit - p))) return allocate_slow(bytes);
    hole.cursor = p + bytes;
    return reinterpret_cast<Object*>(p);
  }

  // The same, but the bytes behind the T may hold anything: for storage without Values that is filled at
  // once.
  template <class T>
  T* allocate_uncleared(ShapeId shape, size_t extra) {
    if (LISLE_LIKELY(sizeof(T) + extra <= kLargeBytes)) return allocate<T>(shape, extra);
    Object* o = allocate_large(sizeof(T) + extra, sizeof(T));
    o->shape = shape;
    o->kind = T::kKind;
    return static_cast<T*>(o);
  }
  // A large object gets room for `bytes` in all where it lies, if it can; the caller states its new size in
  // it. What is added is zeroed, or may hold anything. May collect.
  bool grow_in_place(Object* o, size_t bytes, bool cleared);
  // A large object whose size is `bytes` now gives back the pages behind that.
  void shrink_in_place(Object* o, size_t bytes);

  // What allocate_bytes() takes from; compiled code does the same in place.
  struct Hole {
    char* cursor = nullptr;  // the next free byte
    char* limit = nullptr;
  };
  Hole hole;

  // The write barrier: to be called after a pointer was stored into `o`.
  void wrote(Object* o) {
    if (LISLE_UNLIKELY(o->gc & kGcOldUnlogged)) remember(o);
  }

  enum class Scope : u8 { kMinor, kFull };
  void collect(Scope scope);

  // True when `o`, an object of this heap, was reached by the collection that is being finished.
  bool is_marked(const Object* o) const;

  // Objects whose class defines __del__ and weak references announce themselves once, at creation.
  void add_finalizable(Object* o) { finalizable_.push_back(o); }
  void add_weak(Object* weak_reference) { weak_references_.push_back(weak_reference); }
  template <class F>
  void each_weak(F&& visit) {
    for (size_t i = 0; i < weak_references_.size(); ++i) visit(weak_references_[i]);
  }
  // What the last collections found unreachable and still have to be told: the interpreter empties these at a
  // safepoint (objects for __del__, weak references whose callback is due).
  std::vector<Object*> due;

  void set_limit(size_t bytes) { limit_bytes_ = bytes; }  // 0: unlimited
  // Can `bytes` more be allocated without breaking the limit (after a collection, if need be)?
  bool has_room(size_t bytes);
  size_t live_bytes() const { return live_bytes_; }
  size_t collections() const { return collections_; }

  // Collect at every `period`-th allocation and poison what is free (LISLE_STRESS=gc:PERIOD); 0 is the usual
  // way.
  void set_stress(u32 period);
  bool stress() const { return stress_period_ != 0; }
  // No collection happens while this is set (booting, when roots are incomplete).
  bool paused = false;
  // An allocation went over the limit: the next safepoint raises MemoryError and clears this.
  bool exhausted = false;

 private:
  friend class Collector;
  friend class HeapImage;

  Object* allocate_slow(size_t bytes);
  // The first `cleared` bytes are zero.
  Object* allocate_large(size_t bytes, size_t cleared);
  bool next_hole(size_t bytes);  // true when the new hole is wide enough
  void collect_if_due(size_t bytes);
  void remember(Object* o);

  Runtime& rt_;
  Space* space_ = nullptr;
  LargeSpace* large_ = nullptr;
  std::vector<Object*> remembered_;
  std::vector<Object*> finalizable_;
  std::vector<Object*> weak_references_;
  size_t limit_bytes_ = 0;
  u32 stress_period_ = 0;
  u32 stress_count_ = 0;           // allocations since the last collection that stress mode asked for
  char* stress_cursor_ = nullptr;  // the hole that stress mode fills one object at a time
  char* stress_limit_ = nullptr;
  size_t stress_epoch_ = 0;
  size_t live_bytes_ = 0;                     // after the last collection, plus what was allocated since
  size_t budget_ = kFirstBudget;              // bytes that may be allocated until the next collection
  size_t full_threshold_ = 4 * kFirstBudget;  // live bytes above which the next collection is a full one
  size_t kept_bytes_ = 0;                     // live after the last full collection
  size_t holes_ = 0;                          // taken since the last collection
  size_t filled_bytes_ = 0;                   // how wide they were together
  bool is_crumbled_ = false;                  // the next collection had better be a full one, see collect()
  size_t collections_ = 0;
};

}  // namespace lisle::rt

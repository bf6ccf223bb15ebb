// Marking. The order matters: conservative roots are resolved before any mark changes, because finding an
// object from an address inside it relies on the line marks of the previous collection.
#include "runtime/heap/collector.h"

#include <csetjmp>
#include <iterator>

#include "runtime/runtime.h"
#include "runtime/tasks/census.h"
#include "runtime/tasks/lock.h"
#include "runtime/tasks/readiness.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/tasks/tasklet.h"
#include "runtime/types/generator.h"
#include "runtime/types/module.h"
#include "runtime/types/weakref.h"

namespace lisle::rt {

void Collector::run() {
  std::vector<Object*> found;
  heap_.large_->sort();
  stack_.reserve(1024);
  scan_native_stack();
  found.swap(stack_);
  if (full_) {
    heap_.space_->clear_marks();
    heap_.large_->clear_marks();
  } else {
    remembered();
  }
  heap_.remembered_.clear();
  if (rt_.scheduler) rt_.scheduler->segments.clear();
  for (Object* o : found) mark(o);
  roots();
  drain();
  shapes_of_the_due();
  weak_references();
  finalizers();
  forget_shapes();
  if (rt_.scheduler) forget_collected_tasklets(rt_, full_);
  heap_.large_->sweep(heap_.stress());
  heap_.space_->restart(heap_.stress());
}

// Most objects that are met were met before, and in a large heap looking at one costs a cache miss: where it
// lies and its mark bit decide without that. Marks it; false if it was marked already.
bool Collector::reach(Object* o) {
  if (LISLE_LIKELY(heap_.space_->contains(o))) return heap_.space_->set_mark(o);
  LargeSpace::Run* run = heap_.large_->find(o);
  if (run->marked) return false;
  run->marked = true;
  return true;
}

void Collector::frames_later(Tasklet* t) {
  if (!t->segment) return;
  auto* memory = reinterpret_cast<char*>(t->segment);
  __builtin_prefetch(memory, 1);
  __builtin_prefetch(memory + 64, 1);
  __builtin_prefetch(memory + 128, 1);
  __builtin_prefetch(t->top);
  frames_[(frames_first_ + frames_count_++) % std::size(frames_)] = t;
}

// Visits the frames of the tasklet that has waited longest.
void Collector::visit_frames() {
  Tasklet* t = frames_[frames_first_];
  frames_first_ = (frames_first_ + 1) % std::size(frames_);
  --frames_count_;
  t->visit_frames(*this);
}

// The class of an object lives as long as the object, which knows it by its shape.
inline void Collector::shape_of(const Object* o) {
  if (o->shape >= kFirstProgramShape && full_) mark(rt_.shapes[o->shape]);
}

// What comes off the stack is fetched into the cache a few objects before its turn.
void Collector::drain() {
  constexpr size_t kAhead = 8;
  Object* fetched[kAhead];
  size_t first = 0, count = 0;
  for (;;) {
    while (count < kAhead && !stack_.empty()) {
      Object* o = stack_.back();
      stack_.pop_back();
      __builtin_prefetch(o, 1);
      __builtin_prefetch(reinterpret_cast<char*>(o) + 64, 1);
      fetched[(first + count++) % kAhead] = o;
    }
    if (count > 0) {
      Object* o = fetched[first];
      first = (first + 1) % kAhead;
      --count;
      shape_of(o);
      kind_info(o->kind).scan(o, *this);
      if (frames_count_ > kFramesWait) visit_frames();
    } else if (frames_count_ > 0) {
      visit_frames();
    } else {
      return;
    }
  }
}

// Old objects that were written to since the last collection: their children may be young.
void Collector::remembered() {
  stack_.insert(stack_.end(), heap_.remembered_.begin(), heap_.remembered_.end());
}

void Collector::roots() {
  Thread& t = rt_.thread;
  if (t.current) {
    // The running tasklet is always dirty: its frames are written without barriers.
    t.current->top = t.frame;
    mark(t.current);
    stack_.push_back(t.current);
    // So are the generators linked into it.
    for (Generator* g = t.current->generators; g; g = g->outer) {
      mark(g);
      stack_.push_back(g);
    }
  }
  (*this)(t.raised);
  (*this)(t.resumed);
  (*this)(t.stop_value);
  for (Object* o : heap_.due) mark(o);
  if (rt_.scheduler) rt_.scheduler->visit(*this);
  rt_.visit_roots(*this);
  shapes();
}

// A small collection does not meet old objects, so it keeps all shapes; a full one keeps those of the machine
// and meets the others with their objects and classes.
void Collector::shapes() {
  size_t kept = full_ ? kFirstProgramShape : rt_.shapes.size();
  for (size_t i = 0; i < kept; ++i) mark(rt_.shapes[i]);
}

// An object that __del__ will see is met too late for weak references, and a class must not lose its place
// among the subclasses of its bases while it has an instance.
void Collector::shapes_of_the_due() {
  if (!full_) return;
  for (const Object* o : heap_.finalizable_) shape_of(o);
  drain();
}

// The numbers of shapes are never used again, so whatever still remembers one cannot take it for another.
void Collector::forget_shapes() {
  if (!full_) return;
  for (size_t i = kFirstProgramShape; i < rt_.shapes.size(); ++i)
    if (!is_marked(rt_.shapes[i])) rt_.shapes[i] = rt_.shapes[0];
}

namespace {

bool holds_object(const Object* o, u64 address) {
  return o->kind != Kind::Free && o->kind < Kind::kCount &&
         address < reinterpret_cast<u64>(o) + object_bytes(o);
}

}  // namespace

Object* Collector::object_at(u64 address) {
  const char* p = reinterpret_cast<const char*>(address);
  if (heap_.large_->contains(p)) {
    LargeSpace::Run* run = heap_.large_->find(p);
    return run ? reinterpret_cast<Object*>(run->start) : nullptr;
  }
  if (!heap_.space_->contains(p)) return nullptr;
  Space::Found place = heap_.space_->find(p);
  if (!place.start) return nullptr;
  if (!place.fresh) {
    Object* o = reinterpret_cast<Object*>(place.start);
    return holds_object(o, address) ? o : nullptr;
  }
  for (char* walk = place.start; walk < place.end;) {
    Object* o = reinterpret_cast<Object*>(walk);
    if (o->kind == Kind::Free) return nullptr;
    size_t bytes = (object_bytes(o) + kGranuleBytes - 1) & ~(kGranuleBytes - 1);
    if (p < walk + bytes) return o;
    walk += bytes;
  }
  return nullptr;
}

void Collector::consider(u64 word) {
  if (Object* o = object_at(word)) stack_.push_back(o);
}

// Values (pointer + 1) and raw pointers, to the start or the inside of an object, count alike.
__attribute__((noinline, no_sanitize("address"))) void Collector::scan_native_stack() {
  // glibc hides one register of what setjmp saves, which may hold the last pointer to an object.
  u64 frame_register;
  asm volatile("mov %%rbp, %0" : "=r"(frame_register));
  consider(frame_register);
  jmp_buf registers;
  setjmp(registers);
  char* end = native_stack_end();
  for (u64* p = reinterpret_cast<u64*>(&registers); reinterpret_cast<char*>(p) < end; ++p) consider(*p);
}

void Collector::weak_references() {
  std::vector<Object*>& all = heap_.weak_references_;
  size_t kept = 0;
  for (Object* o : all) {
    if (!is_marked(o)) continue;
    auto* reference = static_cast<WeakRef*>(o);
    if (!reference->target.is_object()) continue;
    if (is_marked(reference->target.object())) {
      all[kept++] = o;
      continue;
    }
    reference->target = Value::none();
    if (!reference->callback.is_none()) heap_.due.push_back(o);
  }
  all.resize(kept);
}

void Collector::finalizers() {
  std::vector<Object*>& all = heap_.finalizable_;
  size_t kept = 0, first_due = heap_.due.size();
  for (Object* o : all) {
    // A generator that has ended has nothing left to finish.
    if (o->kind == Kind::Generator && static_cast<Generator*>(o)->state == GeneratorState::kClosed) continue;
    if (is_marked(o))
      all[kept++] = o;
    else
      heap_.due.push_back(o);
  }
  all.resize(kept);
  // They and all they reach live until __del__ was called.
  for (size_t i = first_due; i < heap_.due.size(); ++i) mark(heap_.due[i]);
  drain();
  if (!heap_.due.empty()) request_safepoint(rt_.thread);
}

}  // namespace lisle::rt

// Segments of frames. See stack.h.
#include "runtime/protocols/stack.h"

#include <algorithm>
#include <cstring>

#include "runtime/tasks/scheduler.h"
#include "runtime/types/generator.h"

namespace lisle::rt {

char* frame_end(const Frame& f) {
  if (auto* function = as<Function>(f.fn)) {
    if (function->code->flags & kCodeOwnsFrame) return generator_of(const_cast<Frame&>(f))->callee_base;
    return reinterpret_cast<char*>(const_cast<Frame*>(&f)) + function->code->frame_bytes -
           kWindowSlack * sizeof(Value);
  }
  u32 registers = f.window_nargs();
  if (auto* native = as<Native>(f.fn)) {
    // The table lies in the Runtime, whose first member is the thread; natives know it through their frame
    // only.
    registers = std::max<u32>(registers, native->aux);
  }
  return reinterpret_cast<char*>(const_cast<Value*>(f.r + registers));
}

Value* Tasklet::frames_end(const Thread& t) {
  Value* memory_end = reinterpret_cast<Value*>(segment->end);
  // A tasklet that is just starting its first frame binds its arguments, however many.
  if (!top) return memory_end;
  if (!(task_flags & kTaskletStarted)) {
    auto* names = as<Tuple>(Value::from_bits(top->pc));
    return top->r + top->window_nargs() + (names ? names->size : 0);
  }
  char* end = frame_end(*top) + kWindowSlack * sizeof(Value);
  // The frame in charge may still lie in the older segment while a window is being moved to a new one.
  if (end < reinterpret_cast<char*>(segment->memory) || end > segment->end) end = segment->end;
  if (t.current == this && t.window_end > end && t.window_end <= segment->end) end = t.window_end;
  return reinterpret_cast<Value*>(end);
}

Segment* new_segment(Runtime& rt, u64 words) {
  size_t bytes = (sizeof(Segment) + words * sizeof(Value) + kGranuleBytes - 1) & ~(kGranuleBytes - 1);
  Segment* segment = rt.scheduler->segments.take(bytes);
  if (!segment) {
    segment = rt.heap.allocate<Segment>(0, bytes - sizeof(Segment));
    segment->end = reinterpret_cast<char*>(segment) + bytes;
  }
  segment->older = nullptr;
  return segment;
}

Result open_segment(Runtime& rt, u64 words) {
  Tasklet* current = rt.thread.current;
  Segment* older = current->segment;
  u64 wanted =
      std::max<u64>(words + 2 * (kWindowPad + kHeaderWords) + kWindowSlack, older ? older->words() * 2 : 0);
  u64 total = 0;
  for (Segment* s = older; s; s = s->older) total += s->words();
  if (total + wanted > kMaxStackWords) {
    return raise(rt, TypeId::RecursionError, "maximum recursion depth exceeded");
  }
  if (!rt.heap.has_room(wanted * sizeof(Value))) return raise(rt, TypeId::MemoryError, "%s", "");
  Segment* segment = new_segment(rt, wanted);
  segment->older = older;
  rt.heap.wrote(segment);
  if (older) segment_bottom(*segment)->ret = nullptr;
  current->segment = segment;
  rt.heap.wrote(current);
  rt.thread.limit = segment->end;
  return Result::none();
}

void pop_segment(Thread& t) {
  Tasklet* current = t.current;
  Segment* left = current->segment;
  current->segment = left->older;
  t.limit = left->older->end;
  runtime_of(t).scheduler->segments.give(left);
}

void drop_unlinked_segment(Thread& t) {
  Segment* s = t.current->segment;
  if (s->older && !segment_bottom(*s)->ret) pop_segment(t);
}

void link_frame(Thread& t, Frame& w, Frame& f, Entry ret) {
  Segment* s = t.current->segment;
  w.set_depth(f.depth());
  if (LISLE_UNLIKELY(s->older && !segment_bottom(*s)->ret)) {
    Frame* bottom = segment_bottom(*s);
    bottom->ret = ret;
    bottom->prev = &f;
    bottom->fn = Value();
    bottom->pc = 0;
    bottom->info = 0;
    bottom->set_depth(f.depth());
    w.ret = t.segment_pop;
    w.prev = bottom;
    return;
  }
  w.ret = ret;
  w.prev = &f;
}

namespace {

bool lies_in(const Frame& f, const Segment& s) {
  const char* p = reinterpret_cast<const char*>(&f);
  return p >= reinterpret_cast<const char*>(s.memory) && p < s.end;
}

}  // namespace

Frame* prepare_window(Runtime& rt, Frame& f, u32 count) {
  Thread& t = rt.thread;
  // A leaf that runs in place may itself lie in a segment that nobody has linked.
  if (!lies_in(f, *t.current->segment)) drop_unlinked_segment(t);
  char* end = frame_end(f);
  u64 words = kWindowPad + kHeaderWords + count;
  if (LISLE_UNLIKELY(end + (words + kWindowSlack) * sizeof(Value) > t.limit)) {
    if (open_segment(rt, words).is_raised()) return nullptr;
    end = reinterpret_cast<char*>(segment_first_window(*t.current->segment)) - kWindowPad * sizeof(Value);
  }
  t.window_end = end + (words + kWindowSlack) * sizeof(Value);
  return reinterpret_cast<Frame*>(end + kWindowPad * sizeof(Value));
}

}  // namespace lisle::rt

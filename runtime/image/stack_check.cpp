// See stack_check.h.
#include "runtime/image/stack_check.h"

#include <algorithm>

#include "runtime/hooks.h"
#include "runtime/protocols/stack.h"
#include "runtime/tasks/scheduler.h"
#include "runtime/types/generator.h"

namespace lisle::rt {

StackCheck::StackCheck(Runtime& rt, HeapImage& heap, const std::vector<std::string>& continuations)
    : rt_(rt), heap_(heap) {
  const std::span<const ContinuationRow> rows = rt.hooks->continuations;
  for (const std::string& name : continuations) {
    size_t row = 0;
    while (row < rows.size() && name != rows[row].name) ++row;
    known_.push_back(row < rows.size() ? row : kUnknown);
  }
  for (size_t row = 0; row < rows.size(); ++row) {
    if (rows[row].entry == rt.thread.segment_pop) pops_ = row;
    if (rows[row].entry == rt.thread.tasklet_end) ends_ = row;
    if (std::string_view(rows[row].name) == "host_exit") exits_ = row;
    if (std::string_view(rows[row].name) == "store") stores_ = row;
    if (std::string_view(rows[row].name) == "native_resume") resumes_ = row;
    if (std::string_view(rows[row].name) == "construct") constructs_ = row;
  }
}

size_t StackCheck::continuation(const Frame& f) const {
  const u64 word = reinterpret_cast<u64>(f.ret);
  const u64 index = (word >> 2) - 1;
  return word % 4 == 0 && index < known_.size() ? known_[index] : kUnknown;
}

bool StackCheck::words(const Value* first, const Value* end) const {
  return std::all_of(first, end, [&](Value v) { return heap_.holds(v); });
}

bool StackCheck::sound(Object& o) {
  if (o.kind == Kind::Tasklet) return tasklet(static_cast<Tasklet&>(o));
  if (o.kind == Kind::Generator) return generator(static_cast<Generator&>(o));
  return true;
}

bool StackCheck::segments(Tasklet& t) {
  for (Segment* s = t.segment; s; s = s->older) {
    if (!segments_.insert(s).second) return false;
    if (s->end < reinterpret_cast<char*>(s->memory + 2 * kWindowPad + kHeaderWords)) return false;
    if (reinterpret_cast<u64>(s->end) % sizeof(Value)) return false;
  }
  return true;
}

bool StackCheck::lies_in(const Tasklet& t, const Frame* f, size_t words) const {
  const char* start = reinterpret_cast<const char*>(f);
  if (reinterpret_cast<u64>(start) % sizeof(Value)) return false;
  for (const Segment* s = t.segment; s; s = s->older) {
    if (start < reinterpret_cast<const char*>(s->memory) || start >= s->end) continue;
    return words * sizeof(Value) <= static_cast<size_t>(s->end - start);
  }
  return false;
}

static bool lies_in_segment(const Segment& s, const Frame* f) {
  const char* start = reinterpret_cast<const char*>(f);
  return start >= reinterpret_cast<const char*>(s.memory) && start < s.end;
}

// The objects of frames of this tasklet, innermost first.
bool StackCheck::watched(Tasklet& t) {
  const Frame* above = nullptr;
  for (const FrameObject* o = t.details ? t.details->watched : nullptr; o; o = o->below) {
    if (o->tasklet != &t || !o->frame || !frames_.contains(o->frame)) return false;
    if (!lies_in(t, o->frame, kHeaderWords) || o->frame == above) return false;
    // Further down means nearer to the bottom, so that the list ends.
    if (above && above->depth() <= o->frame->depth()) return false;
    above = o->frame;
  }
  return true;
}

bool StackCheck::shows(const FrameObject& o) const {
  if (o.generator) return o.function.bits() == o.generator->frame()->fn.bits();
  if (!o.frame) return true;
  return o.tasklet && frames_.contains(o.frame) && lies_in(*o.tasklet, o.frame, kHeaderWords) &&
         o.function.bits() == o.frame->fn.bits();
}

bool StackCheck::tasklet(Tasklet& t) {
  if (!segments(t)) return false;
  for (Generator* g = t.generators; g; g = g->outer)
    if (g->state != GeneratorState::kRunning || g->words < kHeaderWords || !frames_.insert(g->frame()).second)
      return false;
  if (!t.top) return true;
  if (!t.segment) return false;
  return t.task_flags & kTaskletStarted ? frames(t) && watched(t) : window(t);
}

// A call that was not begun.
bool StackCheck::window(Tasklet& t) {
  if (!lies_in(t, t.top, kHeaderWords)) return false;
  Frame& w = *t.top;
  if (w.prev || continuation(w) != ends_) return false;
  const Value names = Value::from_bits(w.pc);
  if (names.bits() &&
      (!names.is_object() || !heap_.is_object(names.bits() - 1) || !is_kind(names, Kind::Tuple)))
    return false;
  const u64 count = w.window_nargs() + (names.bits() ? to<Tuple>(names)->size : 0);
  return lies_in(t, &w, kHeaderWords + count) && words(&w.fn, &w.fn + 1) && words(w.r, w.r + count);
}

bool StackCheck::frames(Tasklet& t) {
  bool pseudo = false;
  Segment* segment = t.segment;
  // One that was opened for frames which were not linked after all.
  if (segment->older && !segment_bottom(*segment)->ret) segment = segment->older;
  Above above{.from = segment->end};
  for (Frame* f = t.top; f; f = f->prev) {
    const bool running = frames_.contains(f);
    if (!running && (!segment || !lies_in_segment(*segment, f) || !lies_in(t, f, kHeaderWords) ||
                     !frames_.insert(f).second))
      return false;
    const size_t next = continuation(*f);
    // The frame that leaves a segment lies above its pseudo frame, and the one below that in an older one,
    // unless that was left empty.
    if (pseudo) {
      segment = segment->older;
      above.from = segment->end;
    } else if (!waits(t, *f, above.delivers) || !stacked(*segment, *f, above)) {
      return false;
    }
    const bool leaves = next == pops_;
    if (leaves && (!segment->older || f->prev != segment_bottom(*segment) ||
                   above.from < reinterpret_cast<const char*>(segment_first_window(*segment))))
      return false;
    const bool bottom = !f->prev;
    if (next == kUnknown || (bottom && next != ends_ && next != exits_)) return false;
    pseudo = leaves;
    if (!pseudo) above.delivers = next;
  }
  return true;
}

// Can `f` take up its work when the continuation of the frame above, or nobody for the top frame, delivers a
// value?
bool StackCheck::waits(Tasklet& t, Frame& f, size_t delivers) {
  if (!f.fn.is_object() || !heap_.is_object(f.fn.bits() - 1)) return false;
  if (const auto* native = as<Native>(f.fn)) {
    // The one at the bottom stands for the host.
    const bool host = delivers == exits_ && !f.prev;
    if (delivers != resumes_ && delivers != kUnknown && !host) return false;
    const u64 count = std::max<u64>(f.window_nargs(), native->aux);
    return lies_in(t, &f, kHeaderWords + count) && words(f.r, f.r + count);
  }
  const auto* function = as<Function>(f.fn);
  if (!function || delivers == kUnknown) return false;
  Code& code = *function->code;
  const u64 offset = f.pc - reinterpret_cast<u64>(code.instructions);
  if (offset % sizeof(u64) || !rt_.hooks->may_wait(code, offset / sizeof(u64), delivers)) return false;
  if (code.flags & kCodeOwnsFrame) {
    const Generator& g = *generator_of(f);
    if (!frames_.contains(&f) || g.words < kHeaderWords + code.register_count) return false;
  } else if (!lies_in(t, &f, code.frame_bytes / sizeof(Value)) || !words(f.r, f.r + code.register_count)) {
    return false;
  }
  return rt_.hooks->registers_fit(code, offset / sizeof(u64), delivers, f.r);
}

// Frames lie in the order of their calls. That of a generator lies elsewhere, but has a place where those of
// its callees go.
bool StackCheck::stacked(const Segment& segment, Frame& f, Above& above) const {
  const auto* function = as<Function>(f.fn);
  const bool elsewhere = function && function->code->flags & kCodeOwnsFrame;
  const char* from = elsewhere ? generator_of(f)->callee_base : reinterpret_cast<const char*>(&f);
  const char* end = from;
  if (function && !elsewhere) {
    const u64 at = (f.pc - reinterpret_cast<u64>(function->code->instructions)) / sizeof(u64);
    end = reinterpret_cast<const char*>(f.r + rt_.hooks->registers_kept(*function->code, at));
  } else if (!elsewhere) {
    end = frame_end(f);
  }
  const char* limit = above.from;
  // The instance that is being made stands before the frame of its constructor.
  if (above.delivers == constructs_) {
    const auto* callee = reinterpret_cast<const Value*>(above.callee);
    if (!callee || !words(callee - 1, callee)) return false;
    limit -= sizeof(Value);
  }
  above = {.callee = elsewhere ? nullptr : &f, .from = from};
  return reinterpret_cast<u64>(from) % sizeof(Value) == 0 &&
         from >= reinterpret_cast<const char*>(segment.memory) && end <= limit;
}

bool StackCheck::generator(Generator& g) {
  if (g.state > GeneratorState::kClosed) return false;
  if (g.state == GeneratorState::kClosed || g.state == GeneratorState::kRunning) return true;
  if (g.words < kHeaderWords) return false;
  const Frame& f = *g.frame();
  const auto* function = f.fn.is_object() ? as<Function>(f.fn) : nullptr;
  if (!function || !(function->code->flags & kCodeOwnsFrame)) return false;
  const Code& code = *function->code;
  const u64 offset = f.pc - reinterpret_cast<u64>(code.instructions);
  if (g.words < kHeaderWords + code.register_count || offset % sizeof(u64)) return false;
  if (g.state == GeneratorState::kCreated) return offset == 0;
  const u64 at = offset / sizeof(u64);
  return rt_.hooks->may_yield(code, at) && rt_.hooks->registers_fit(code, at, stores_, f.r);
}

}  // namespace lisle::rt

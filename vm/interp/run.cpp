// See run.h.
#include "vm/interp/run.h"

#include <algorithm>

#include "runtime/protocols/stack.h"
#include "runtime/tasks/scheduler.h"
#include "vm/interp/handler.h"

namespace lisle::interp {

namespace {

constexpr u64 kMainSegmentWords = 1024;

// The frame below everything else of a segment.
Frame* base_frame(rt::Segment& s) {
  return reinterpret_cast<Frame*>(s.memory);
}

// What the machine was left with.
Result outcome(Thread& t) {
  Value bits = t.resumed;
  t.resumed = Value::none();
  return bits == Value::raised() ? Result::raised() : Result(bits);
}

}  // namespace

void install_continuations(Thread& t) {
  t.segment_pop = cont_segment_pop;
  t.tasklet_end = cont_tasklet_end;
  t.first_entry = begin_code;
  t.watched = cont_watched;
}

void boot_main_tasklet(Runtime& rt) {
  if (!rt.scheduler) rt.scheduler = std::make_unique<rt::Scheduler>();
  rt::Ring* ring = rt::new_ring(rt);
  rt.scheduler->ring = ring;
  rt::Tasklet* main = rt::new_tasklet(rt, rt.type(TypeId::Tasklet), Value::none());
  main->task_flags = rt::kTaskletMain | rt::kTaskletStarted;
  ring->main = main;
  rt::Segment* segment = rt::new_segment(rt, kMainSegmentWords);
  main->segment = segment;
  rt.heap.wrote(main);
  Frame* base = base_frame(*segment);
  base->fn = Value::from(rt.internals[static_cast<size_t>(rt::Internal::HostBase)]);
  base->ret = cont_host_exit;
  main->top = base;
  main->next = main->prev = main;
  ring->run_count = 1;
  ring->head = main;
  Thread& t = rt.thread;
  install_continuations(t);
  t.current = main;
  t.frame = base;
  t.limit = segment->end;
  t.resumed = Value::none();
  t.stop_value = Value::none();
  rt::load_ticks(rt);
}

Result run_callable(Runtime& rt, Value callable, const Value* args, u32 count) {
  Thread& t = rt.thread;
  Frame* below = t.frame;
  bool nested = below != base_frame(*rt.scheduler->main_ring().main->segment);
  Frame* w = rt::prepare_window(rt, *below, count);
  if (!w) return Result::raised();
  w->fn = callable;
  std::copy(args, args + count, w->r);
  w->set_window(count, Value());
  rt::link_frame(t, *w, *below, cont_host_exit);
  if (nested) ++rt.scheduler->nesting;
  enter(w, &t, 0, 0, 0);
  if (nested) --rt.scheduler->nesting;
  t.frame = below;
  return outcome(t);
}

Result run_loaded(Runtime& rt) {
  Thread& t = rt.thread;
  t.resumed = t.stop_value = Value::none();
  t.frame = t.current->top;
  resume_current(nullptr, &t, 0, 0, 0);
  rt::Segment* first = rt.scheduler->main_ring().main->segment;
  while (first->older) first = first->older;
  t.frame = base_frame(*first);
  return outcome(t);
}

}  // namespace lisle::interp

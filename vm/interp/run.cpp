// See run.h.
#include "vm/interp/run.h"

#include <algorithm>

#include "runtime/host.h"
#include "runtime/protocols/stack.h"
#include "runtime/support/rescue.h"
#include "runtime/tasks/scheduler.h"
#include "vm/interp/step.h"

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

[[noreturn]] void give_up(Runtime& rt) {
  constexpr std::string_view kText = "lisle: the image or pickle is damaged: what a frame holds\n";
  rt.host->write(2, kText.data(), kText.size());
  constexpr int kNotResumed = 3;
  rt.host->exit_now(kNotResumed);
}

// What runs has met what none of its kind leaves behind. A step machine in a frame of its own, and an
// instruction of the interpreter, raise; where compiled code has called somebody nothing is known to be
// whole.
LISLE_CODE void refuse_step(Frame*, Thread* t, u64, u64, u64) {
  Runtime& rt = world(t);
  Frame* f = t->frame;
  auto* native = f && f == t->stepping ? rt::as<rt::Native>(f->fn) : nullptr;
  auto* function = f ? rt::as<rt::Function>(f->fn) : nullptr;
  if (!native && (!function || function->code->native_id)) give_up(rt);
  (void)rt::raise(rt, TypeId::SystemError, "%s() cannot go on: the image or pickle it came from is damaged",
                  rt::str_chars(rt, native ? native->name : function->name));
  if (native) LISLE_TAIL unwind_from_callee(f, t, 0, 0, 0);
  LISLE_TAIL unwind(f, t, 0, 0, 0);
}

// Runs the machine from `entry` on until the tail calls end.
__attribute__((noinline)) void drive(Entry entry, Frame* f, Thread* t) {
  Rescue rescue(&t->distrusts);
  if (__builtin_setjmp(rescue.environment))
    refuse_step(nullptr, t, 0, 0, 0);
  else
    entry(f, t, 0, 0, 0);
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
  drive(enter, w, &t);
  if (nested) --rt.scheduler->nesting;
  t.frame = below;
  return outcome(t);
}

Result run_loaded(Runtime& rt) {
  Thread& t = rt.thread;
  t.resumed = t.stop_value = Value::none();
  t.frame = t.current->top;
  drive(resume_current, nullptr, &t);
  rt::Segment* first = rt.scheduler->main_ring().main->segment;
  while (first->older) first = first->older;
  t.frame = base_frame(*first);
  return outcome(t);
}

}  // namespace lisle::interp

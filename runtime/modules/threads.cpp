// The module _threads: what _thread needs of the scheduler. The rest of _thread is in stdlib/.
#include "runtime/protocols/call.h"
#include "runtime/tasks/lock.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// start(callable, args): a thread whose main tasklet calls that. Its identifier.
Result start(Runtime& rt, Frame& f) {
  auto* args = as<Tuple>(f[1]);
  if (!args) return raise(rt, TypeId::TypeError, "args must be a tuple, not %s", type_name(rt, f[1]));
  Tasklet* main = new_tasklet(rt, rt.type(TypeId::Tasklet), f[0]);
  tasklet_bind(rt, *main, f[0], {args->items, args->size}, nullptr);
  deliver(rt, *main, Value::none());
  main->task_flags |= kTaskletMain;
  Ring* ring = new_ring(rt);
  main->ring = ring->index;
  // A thread begins with a context of its own.
  if (main->details) main->details->context = Value::none();
  ring->main = main;
  ring_insert_last(rt, *main);
  ask_for_slices(rt);
  return Value::from_int(ring->ident());
}

Result get_ident(Runtime& rt, Frame&) {
  return Value::from_int(rt.scheduler->ring->ident());
}

Result main_ident(Runtime& rt, Frame&) {
  return Value::from_int(rt.scheduler->main_ring().ident());
}

Result count(Runtime& rt, Frame&) {
  return Value::from_int(i64{rt.scheduler->ring_count} - 1);
}

// A new lock that is released when the running thread has ended.
Result set_sentinel(Runtime& rt, Frame&) {
  Lock* lock = rt.make<Lock>(TypeId::Lock);
  rt.scheduler->ring->sentinel = lock;
  return Value::from(lock);
}

Result allocate_lock(Runtime& rt, Frame&) {
  return Value::from(rt.make<Lock>(TypeId::Lock));
}

Result get_space(Runtime& rt, Frame&) {
  return rt.scheduler->ring->space;
}

Result set_space(Runtime& rt, Frame& f) {
  rt.scheduler->ring->space = f[0];
  return Result::none();
}

void setup(Runtime& rt, Module& module) {
  module_set(rt, module, "lock", Value::from(rt.type(TypeId::Lock)));
  module_set(rt, module, "RLock", Value::from(rt.type(TypeId::RLock)));
}

constexpr NativeSpec kFunctions[] = {
    {"start", start, "(callable, args, /)", "Start a thread; its identifier."},
    {"get_ident", get_ident, "()", "The identifier of the running thread."},
    {"main_ident", main_ident, "()", "The identifier of the program's main thread."},
    {"count", count, "()", "How many threads run beside the main one."},
    {"set_sentinel", set_sentinel, "()", "A lock that is released when the running thread has ended."},
    {"allocate_lock", allocate_lock, "()", "A new lock."},
    {"get_space", get_space, "()", "What set_space() kept for the running thread, None."},
    {"set_space", set_space, "(value, /)", "Keep a value for the running thread."},
};

}  // namespace

extern const ModuleSpec kThreadsModule{"_threads", "Threads, as the scheduler knows them.", kFunctions,
                                       setup};

}  // namespace lisle::rt

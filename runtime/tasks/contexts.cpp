// The methods of tasklets that deal with contexts of context variables. The contexts are objects of
// stdlib/_contextvars.py, which does the work; a tasklet only refers to one.
#include "runtime/protocols/call.h"
#include "runtime/tasks/tasklet_calls.h"
#include "runtime/types/module.h"

namespace lisle::rt {

namespace {

// Imports the library's half and calls a function of it with f[0] and what the tuple f[1] and the dict f[2]
// hold. f: tasklet, args, kwargs; the module.
Result delegate(Runtime& rt, Frame& f, const char* name) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call(rt, f, module_get(rt, *rt.builtins, "__import__"),
                    {Value::from(intern(rt, "_contextvars"))}));
      f[3] = module_get(rt, *to<Module>(r.value()), name);
      {
        auto* args = to<Tuple>(f[1]);
        Tuple* all = new_tuple(rt, args->size + 1);
        all->items[0] = f[0];
        std::copy(args->items, args->items + args->size, all->items + 1);
        rt.heap.wrote(all);
        f[1] = Value::from(all);
      }
      AWAIT(2, call_spread(rt, f, f[3], to<Tuple>(f[1]), to<Dict>(f[2])));
      return r;
  }
  LISLE_UNREACHABLE();
}

}  // namespace

Result tasklet_set_context(Runtime& rt, Frame& f) {
  return delegate(rt, f, "_set_context");
}

Result tasklet_context_run(Runtime& rt, Frame& f) {
  return delegate(rt, f, "_run_in_context_of");
}

Result tasklet_context_id(Runtime& rt, Frame& f) {
  Tasklet& t = *to<Tasklet>(f[0]);
  if (t.details && !t.details->context.is_none())
    return Value::from_int(reinterpret_cast<i64>(t.details->context.object()));
  Ring* ring = ring_of(rt, t);
  bool made = ring && !ring->context.is_none();
  return Value::from_int(made ? reinterpret_cast<i64>(ring->context.object()) : 0);
}

}  // namespace lisle::rt

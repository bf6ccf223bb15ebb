// The builtins for people at a prompt: exit and quit, help and breakpoint. What they do is written in the
// language (stdlib/_interactive.py) and loaded when it is first asked for, so that programs that never ask
// pay nothing.
#include "runtime/builtins/tables.h"
#include "runtime/protocols/call.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

namespace lisle::rt {
namespace {

Result builtin_exit(Runtime& rt, Frame& f) {
  return raise_with(rt, TypeId::SystemExit, f[0].is_unbound() ? Value::none() : f[0]);
}

// f: arguments and keywords; the function.
Result builtin_breakpoint(Runtime& rt, Frame& f) {
  Value hook = dict_get_str(rt, *rt.sys->dict, intern(rt, "breakpointhook"));
  if (hook.is_unbound()) return raise(rt, TypeId::RuntimeError, "lost sys.breakpointhook");
  return call_spread(rt, f, hook, to<Tuple>(f[0]), to<Dict>(f[1]));
}

// f: arguments and keywords.
Result builtin_help(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "pydoc"))}));
      return call_spread(rt, f, module_get(rt, *to<Module>(r.value()), "help"), to<Tuple>(f[0]),
                         to<Dict>(f[1]));
  }
  LISLE_UNREACHABLE();
}

constexpr NativeSpec kFunctions[] = {
    {"exit", builtin_exit, "(code=None)", "Leave the program with SystemExit."},
    {"quit", builtin_exit, "(code=None)", "Leave the program with SystemExit."},
    {"breakpoint", builtin_breakpoint, "(*args, **kws)",
     "Stop in the debugger: calls sys.breakpointhook(*args, **kws).", 3},
    {"help", builtin_help, "(*args, **kwds)",
     "Show what is known of an object; without arguments, start the interactive help.", 3},
};

}  // namespace

std::span<const NativeSpec> interactive_builtins() {
  return kFunctions;
}

}  // namespace lisle::rt

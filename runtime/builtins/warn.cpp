// Implements warn.h: imports the module at the first warning and calls it.
#include "runtime/builtins/warn.h"

#include "runtime/types/str.h"
#include "runtime/types/type.h"

namespace lisle::rt {

Result warn(Runtime& rt, Frame& f, TypeId category, const std::string& text) {
  return call_internal(rt, f, Internal::Warn,
                       {Value::from(rt.type(category)), Value::from(new_str(rt, text))});
}

// f: category, text.
Result warn_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "warnings"))}));
      AWAIT(2, call_method(rt, f, r.value(), intern(rt, "warn"), {f[1], f[0]}));
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

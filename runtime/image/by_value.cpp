// See by_value.h.
#include "runtime/image/by_value.h"
#include "runtime/image/revive.h"

namespace lisle::rt {

Step save_by_value(Runtime& rt, Pickler&, Value v) {
  (void)raise(rt, TypeId::TypeError, "cannot pickle '%s' object", type_name(rt, v));
  return Step::kRaised;
}
bool goes_by_value(Runtime&, Value) {
  return false;
}
bool is_revived(Runtime&, Value) {
  return false;
}
Result fill_revived(Runtime&, Value, Value) {
  return Result::none();
}

}  // namespace lisle::rt

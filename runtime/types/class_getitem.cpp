// The __class_getitem__ that all generic builtin types share.
#include "runtime/types/class_getitem.h"

#include "runtime/types/generic_alias.h"

namespace lisle::rt {

Result class_getitem(Runtime& rt, Frame& f) {
  return new_generic_alias(rt, f[0], f[1]);
}

}  // namespace lisle::rt

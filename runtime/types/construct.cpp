// Which classes the interpreter may instantiate without asking type.__call__.
#include "runtime/runtime.h"

namespace lisle::rt {

u32 how_made(const Runtime& rt, const Type& type) {
  if (type.type_flags & kTypeAbstract || type.type_flags & kTypeNoNew) return 0;
  if (LISLE_UNLIKELY(type.shape != Runtime::shape_of(TypeId::Type))) {
    const Type* metaclass = rt.shapes[type.shape]->type;
    if (metaclass->special(Special::Call) != rt.type(TypeId::Type)->special(Special::Call)) return 0;
  }
  return type.type_flags & kTypeHowMade;
}

}  // namespace lisle::rt

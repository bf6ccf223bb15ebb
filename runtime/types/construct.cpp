// Which classes the interpreter may instantiate without asking type.__call__.
#include "runtime/runtime.h"

namespace lisle::rt {

bool constructs_plainly(const Runtime& rt, const Type& type) {
  const Type* object = rt.type(TypeId::Object);
  const Type* metaclass = rt.shapes[type.shape]->type;
  return type.instance_kind == Kind::Instance && is_kind(type.special(Special::Init), Kind::Function) &&
         type.special(Special::New) == object->special(Special::New) &&
         metaclass->special(Special::Call) == rt.type(TypeId::Type)->special(Special::Call) &&
         !(type.type_flags & kTypeAbstract);
}

}  // namespace lisle::rt

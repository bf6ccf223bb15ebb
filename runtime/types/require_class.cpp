// The first check of every __new__: is it given a class that can be made with it?
#include "runtime/types/text_arguments.h"

namespace lisle::rt {

Result require_class(Runtime& rt, Value cls, TypeId base) {
  const Type& wanted = *rt.type(base);
  if (LISLE_LIKELY(is_type(cls) && is_subtype(to<Type>(cls), &wanted))) return cls;
  std::string name = utf8_of(wanted.name);
  if (!is_type(cls)) {
    return raise(rt, TypeId::TypeError, "%s.__new__(X): X is not a type object (%s)", name.c_str(),
                 type_name(rt, cls));
  }
  std::string given = utf8_of(to<Type>(cls)->name);
  return raise(rt, TypeId::TypeError, "%s.__new__(%s): %s is not a subtype of %s", name.c_str(),
               given.c_str(), given.c_str(), name.c_str());
}

}  // namespace lisle::rt

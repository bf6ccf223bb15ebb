// None, Ellipsis and NotImplemented. Their truth is answered without asking, see quick_truth().
#include "runtime/runtime.h"

namespace lisle::rt {

namespace {

Result text(Runtime& rt, const char* s) {
  return Value::from(intern(rt, s));
}

bool has_arguments(Frame& f) {
  return to<Tuple>(f[1])->size || to<Dict>(f[2])->used;
}

Result none_new(Runtime& rt, Frame& f) {
  if (has_arguments(f)) return raise(rt, TypeId::TypeError, "NoneType takes no arguments");
  return Result::none();
}
Result none_repr(Runtime& rt, Frame&) {
  return text(rt, "None");
}
Result none_bool(Runtime&, Frame&) {
  return Result::boolean(false);
}

Result ellipsis_new(Runtime& rt, Frame& f) {
  if (has_arguments(f)) return raise(rt, TypeId::TypeError, "EllipsisType takes no arguments");
  return Value::ellipsis();
}
Result ellipsis_repr(Runtime& rt, Frame&) {
  return text(rt, "Ellipsis");
}

Result not_implemented_new(Runtime& rt, Frame& f) {
  if (has_arguments(f)) return raise(rt, TypeId::TypeError, "NotImplementedType takes no arguments");
  return Value::not_implemented();
}
Result not_implemented_repr(Runtime& rt, Frame&) {
  return text(rt, "NotImplemented");
}

constexpr NativeSpec kNoneMethods[] = {
    {"__new__", none_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__repr__", none_repr, "(self, /)"},
    {"__bool__", none_bool, "(self, /)"},
};
constexpr NativeSpec kEllipsisMethods[] = {
    {"__new__", ellipsis_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__repr__", ellipsis_repr, "(self, /)"},
    {"__reduce__", ellipsis_repr, "(self, /)"},
};
constexpr NativeSpec kNotImplementedMethods[] = {
    {"__new__", not_implemented_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic},
    {"__repr__", not_implemented_repr, "(self, /)"},
    {"__reduce__", not_implemented_repr, "(self, /)"},
};

constexpr u32 kSingleton = kTypeFinal | kTypeHidden;

}  // namespace

extern const TypeSpec kNoneTypeType, kEllipsisTypeType, kNotImplementedTypeType;
const TypeSpec kNoneTypeType{"NoneType",     "builtins", nullptr,      TypeId::Object,
                             Kind::Instance, kSingleton, kNoneMethods, {}};
const TypeSpec kEllipsisTypeType{"ellipsis",     "builtins", nullptr,          TypeId::Object,
                                 Kind::Instance, kSingleton, kEllipsisMethods, {}};
const TypeSpec kNotImplementedTypeType{
    "NotImplementedType",   "builtins", nullptr, TypeId::Object, Kind::Instance, kSingleton,
    kNotImplementedMethods, {}};

}  // namespace lisle::rt

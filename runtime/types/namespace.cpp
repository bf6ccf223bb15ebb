// types.SimpleNamespace.
#include "runtime/types/namespace.h"

#include <string>

#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/repr_guard.h"

namespace lisle::rt {

namespace {

Result namespace_init(Runtime& rt, Frame& f) {
  u64 position = 0;
  Value key, value;
  while (dict_next(*to<Dict>(f[1]), position, key, value))
    set_own_attribute(rt, f[0].object(), intern(rt, to<Str>(key)), value);
  return Result::none();
}

// f: self, text so far, attributes, position, key.
Result namespace_repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      Type* type = type_of(rt, f[0]);
      std::string name = dict_get_str(rt, *type->dict, intern(rt, "__init__")).is_unbound()
                             ? utf8_of(type->name)
                             : "namespace";
      if (!repr_enter(rt, f[0].object())) return Value::from(new_str(rt, name + "(...)"));
      f[1] = Value::from(new_str(rt, name + "("));
      f[2] = Value::from(dict_copy(rt, *attribute_dict(rt, f[0].object())));
      f[3] = Value::from_int(0);
    }
      for (;;) {
        {
          u64 position = static_cast<u64>(f[3].as_int());
          bool first = position == 0;
          Value key, value;
          if (!dict_next(*to<Dict>(f[2]), position, key, value)) break;
          f[3] = Value::from_int(static_cast<i64>(position));
          if (!is_str(key)) continue;
          f[1] = Value::from(
              new_str(rt, utf8_of(to<Str>(f[1])) + (first ? "" : ", ") + utf8_of(to<Str>(key)) + "="));
          f[4] = value;
        }
        AWAIT(1, to_repr(rt, f, f[4]));
        f[1] = TRY(str_concat(rt, to<Str>(f[1]), to<Str>(r.value())));
      }
      return str_concat(rt, to<Str>(f[1]), new_str(rt, ")"));
  }
  LISLE_UNREACHABLE();
}

Result namespace_compare(Runtime& rt, Frame& f, CompareOp op) {
  Value of_object = rt.type(TypeId::Object)->special(Special::Eq);
  bool both =
      is_kind(f[1], Kind::Instance) && !(type_of(rt, f[1])->special(Special::Eq) == of_object) &&
      (is_subtype(type_of(rt, f[1]), type_of(rt, f[0])) || is_subtype(type_of(rt, f[0]), type_of(rt, f[1])));
  if (!both) return Value::not_implemented();
  return compare(rt, f, op, Value::from(attribute_dict(rt, f[0].object())),
                 Value::from(attribute_dict(rt, f[1].object())));
}

Result namespace_eq(Runtime& rt, Frame& f) {
  return namespace_compare(rt, f, CompareOp::Eq);
}
Result namespace_ne(Runtime& rt, Frame& f) {
  return namespace_compare(rt, f, CompareOp::Ne);
}

Result namespace_reduce(Runtime& rt, Frame& f) {
  Value items[3] = {Value::from(type_of(rt, f[0])), Value::from(rt.empty_tuple),
                    Value::from(attribute_dict(rt, f[0].object()))};
  return Value::from(new_tuple_from(rt, items, 3));
}

constexpr NativeSpec kMethods[] = {
    {"__init__", namespace_init, "(self, /, **kwargs)"},
    {"__repr__", namespace_repr, "(self, /)", nullptr, 5},
    {"__eq__", namespace_eq, "(self, value, /)"},
    {"__ne__", namespace_ne, "(self, value, /)"},
    {"__reduce__", namespace_reduce, "(self, /)"},
};

}  // namespace

std::span<const NativeSpec> namespace_methods() {
  return kMethods;
}

Type* new_namespace_class(Runtime& rt) {
  Type* type = new_native_class(rt, "types", "SimpleNamespace", rt.type(TypeId::Object));
  for (const NativeSpec& spec : kMethods)
    type_set_attribute(rt, type, intern(rt, spec.name),
                       Value::from(new_native(rt, spec, type, Value::none())));
  type_set_attribute(rt, type, rt.special_name(Special::Hash), Value::none());
  return type;
}

}  // namespace lisle::rt

// Implements weak_proxy.h. Attributes of proxies are found by protocols/attribute.cpp; here are the special
// methods, each of which asks the object that the proxy stands for, or finds it gone.
#include "runtime/types/weak_proxy.h"

#include <cstdio>
#include <string>

#include "runtime/protocols/arith.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/weakref.h"

namespace lisle::rt {

namespace {

bool is_proxy(Value v) {
  return is_kind(v, Kind::WeakRef) && v.object()->aux & WeakRef::kProxy;
}

// What `v` stands for: the target of a proxy, which must be alive, or `v` itself.
Result alive(Runtime& rt, Value v) {
  if (!is_proxy(v)) return v;
  Value target = to<WeakRef>(v)->target;
  if (!target.is_none()) return target;
  return raise(rt, TypeId::ReferenceError, "weakly-referenced object no longer exists");
}

using Question = Result (*)(Runtime& rt, Frame& f, Value v);
template <Question ask>
Result answer(Runtime& rt, Frame& f) {
  return ask(rt, f, TRY(alive(rt, f[0])));
}

template <Special special>
Result answer_special(Runtime& rt, Frame& f) {
  Value target = TRY(alive(rt, f[0]));
  if (has_special(rt, target, special)) return call_special(rt, f, target, special, {});
  return raise(rt, TypeId::TypeError, "'%s' object does not support it", type_name(rt, target));
}

template <UnaryOp op>
Result answer_unary(Runtime& rt, Frame& f) {
  return unary(rt, f, op, TRY(alive(rt, f[0])));
}
template <CompareOp op>
Result answer_compare(Runtime& rt, Frame& f) {
  Value target = TRY(alive(rt, f[0]));
  return compare(rt, f, op, target, TRY(alive(rt, f[1])));
}
template <BinaryOp op>
Result answer_binary(Runtime& rt, Frame& f) {
  Value target = TRY(alive(rt, f[0]));
  return binary(rt, f, op, target, TRY(alive(rt, f[1])));
}
template <BinaryOp op>
Result answer_reflected(Runtime& rt, Frame& f) {
  Value target = TRY(alive(rt, f[0]));
  return binary(rt, f, op, TRY(alive(rt, f[1])), target);
}
template <BinaryOp op>
Result answer_in_place(Runtime& rt, Frame& f) {
  Value target = TRY(alive(rt, f[0]));
  return inplace(rt, f, op, target, TRY(alive(rt, f[1])));
}

Result proxy_getitem(Runtime& rt, Frame& f) {
  return get_item(rt, f, TRY(alive(rt, f[0])), f[1]);
}
Result proxy_setitem(Runtime& rt, Frame& f) {
  return set_item(rt, f, TRY(alive(rt, f[0])), f[1], f[2]);
}
Result proxy_delitem(Runtime& rt, Frame& f) {
  return delete_item(rt, f, TRY(alive(rt, f[0])), f[1]);
}
Result proxy_contains(Runtime& rt, Frame& f) {
  return contains(rt, f, TRY(alive(rt, f[0])), f[1]);
}
Result proxy_call(Runtime& rt, Frame& f) {
  return call_spread(rt, f, TRY(alive(rt, f[0])), to<Tuple>(f[1]), to<Dict>(f[2]));
}

Result proxy_repr(Runtime& rt, Frame& f) {
  Value target = to<WeakRef>(f[0])->target;
  char text[40], at[40];
  std::snprintf(text, sizeof text, "<weakproxy at 0x%llx to ",
                static_cast<unsigned long long>(f[0].bits() - 1));
  std::snprintf(at, sizeof at, " at 0x%llx>", static_cast<unsigned long long>(target.bits() - 1));
  return Value::from(new_str(rt, text + std::string(type_name(rt, target)) + at));
}

// f: self, then the object.
Result proxy_next(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[1] = TRY(alive(rt, f[0]));
      if (!has_special(rt, f[1], Special::Next))
        return raise(rt, TypeId::TypeError, "Weakref proxy referenced a non-iterator '%s' object",
                     type_name(rt, f[1]));
      AWAIT(1, next(rt, f, f[1]));
      return r.value().is_exhausted() ? raise_stop_iteration(rt) : r;
  }
  LISLE_UNREACHABLE();
}

#define OPERATOR(name, op)                                                     \
  {"__" name "__", answer_binary<BinaryOp::op>, "(self, value, /)"},           \
      {"__r" name "__", answer_reflected<BinaryOp::op>, "(self, value, /)"}, { \
    "__i" name "__", answer_in_place<BinaryOp::op>, "(self, value, /)"         \
  }

constexpr NativeSpec kMethods[] = {
    {"__str__", answer<to_str>, "(self, /)"},
    {"__repr__", proxy_repr, "(self, /)"},
    {"__bool__", answer<truth>, "(self, /)"},
    {"__len__", answer<length>, "(self, /)"},
    {"__iter__", answer<iter>, "(self, /)"},
    {"__next__", proxy_next, "(self, /)", nullptr, 2},
    {"__int__", answer<to_int>, "(self, /)"},
    {"__float__", answer<to_float>, "(self, /)"},
    {"__index__", answer<to_index>, "(self, /)"},
    {"__bytes__", answer_special<Special::Bytes>, "(self, /)"},
    {"__reversed__", answer_special<Special::Reversed>, "(self, /)"},
    {"__abs__", answer_special<Special::Abs>, "(self, /)"},
    {"__neg__", answer_unary<UnaryOp::Neg>, "(self, /)"},
    {"__pos__", answer_unary<UnaryOp::Pos>, "(self, /)"},
    {"__invert__", answer_unary<UnaryOp::Invert>, "(self, /)"},
    {"__getitem__", proxy_getitem, "(self, key, /)"},
    {"__setitem__", proxy_setitem, "(self, key, value, /)"},
    {"__delitem__", proxy_delitem, "(self, key, /)"},
    {"__contains__", proxy_contains, "(self, key, /)"},
    {"__eq__", answer_compare<CompareOp::Eq>, "(self, value, /)"},
    {"__ne__", answer_compare<CompareOp::Ne>, "(self, value, /)"},
    {"__lt__", answer_compare<CompareOp::Lt>, "(self, value, /)"},
    {"__le__", answer_compare<CompareOp::Le>, "(self, value, /)"},
    {"__gt__", answer_compare<CompareOp::Gt>, "(self, value, /)"},
    {"__ge__", answer_compare<CompareOp::Ge>, "(self, value, /)"},
    {"__call__", proxy_call, "(self, /, *args, **kwargs)"},
    OPERATOR("add", Add),
    OPERATOR("sub", Sub),
    OPERATOR("mul", Mul),
    OPERATOR("matmul", MatMul),
    OPERATOR("truediv", TrueDiv),
    OPERATOR("floordiv", FloorDiv),
    OPERATOR("mod", Mod),
    OPERATOR("pow", Pow),
    OPERATOR("lshift", LShift),
    OPERATOR("rshift", RShift),
    OPERATOR("and", And),
    OPERATOR("or", Or),
    OPERATOR("xor", Xor),
    {"__divmod__", answer_binary<BinaryOp::DivMod>, "(self, value, /)"},
    {"__rdivmod__", answer_reflected<BinaryOp::DivMod>, "(self, value, /)"},
};
#undef OPERATOR

}  // namespace

std::span<const NativeSpec> weak_proxy_methods() {
  return kMethods;
}

Type* new_proxy_class(Runtime& rt, const char* name, bool callable) {
  Type* type = new_native_class(rt, "weakref", name, rt.type(TypeId::WeakRef));
  for (const NativeSpec& spec : kMethods)
    type_set_attribute(rt, type, intern(rt, spec.name),
                       Value::from(new_native(rt, spec, type, Value::none())));
  type_set_attribute(rt, type, rt.special_name(Special::Hash), Value::none());
  if (!callable) type_set_attribute(rt, type, rt.special_name(Special::Call), Value::none());
  return type;
}

}  // namespace lisle::rt

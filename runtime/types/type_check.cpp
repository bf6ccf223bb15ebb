// isinstance() and issubclass(): tuples, unions, the hooks __instancecheck__ and __subclasscheck__, and
// objects that merely behave like classes by having __bases__.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/item_at.h"

namespace lisle::rt {

namespace {

// Classes whose metaclass leaves the question to `type`.
bool has_plain_check(const Runtime& rt, Value cls, Special s) {
  return is_type(cls) && type_of(rt, cls)->special(s) == rt.type(TypeId::Type)->special(s);
}

}  // namespace

bool is_instance_at_once(const Runtime& rt, Value obj, Value cls, bool& answer) {
  Type* type = type_of(rt, obj);
  answer = is_type(cls) && type == to<Type>(cls);
  if (answer) return true;
  if (has_plain_check(rt, cls, Special::InstanceCheck)) {
    answer = is_subtype(type, to<Type>(cls));
    return answer || type->type_flags & kTypeTellsItself;
  }
  const Tuple* several = as<Tuple>(cls);
  if (!several) return false;
  for (u64 i = 0; i < several->size && !answer; ++i) {
    // A tuple in the tuple is for the step machine: nesting must not be the C++ stack's.
    if (!is_type(several->items[i]) || !is_instance_at_once(rt, obj, several->items[i], answer)) return false;
  }
  return true;
}

Result check_instance(Runtime& rt, Frame& f, Value obj, Value cls) {
  bool answer;
  if (is_instance_at_once(rt, obj, cls, answer)) return Result::boolean(answer);
  return call_internal(rt, f, Internal::CheckInstance, {obj, cls});
}

Result check_subclass(Runtime& rt, Frame& f, Value derived, Value cls) {
  if (is_type(derived) && has_plain_check(rt, cls, Special::SubclassCheck))
    return Result::boolean(is_subtype(to<Type>(derived), to<Type>(cls)));
  return call_internal(rt, f, Internal::CheckSubclass, {derived, cls});
}

namespace {

// What a tuple or union lists as alternatives; null for anything else.
Tuple* alternatives(const Runtime& rt, Value cls) {
  if (auto* tuple = as<Tuple>(cls)) return tuple;
  return is_union(rt, cls) ? to<GenericAlias>(cls)->args : nullptr;
}

}  // namespace

// f: object, class or tuple, position, unused.
Result check_instance_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (alternatives(rt, f[1])) {
        for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(alternatives(rt, f[1])->size);
             f[2] = Value::from_int(f[2].as_int() + 1)) {
          AWAIT(1, check_instance(rt, f, f[0], item_at(alternatives(rt, f[1]), f[2])));
          if (r.value().is_true()) return r;
        }
        return Result::boolean(false);
      }
      if (has_special(rt, f[1], Special::InstanceCheck) &&
          !has_plain_check(rt, f[1], Special::InstanceCheck)) {
        AWAIT(2, call_special(rt, f, f[1], Special::InstanceCheck, {f[0]}));
        f.set_step(3);
        return truth(rt, f, r.value());
      }
      return call_internal(rt, f, Internal::AbstractInstance, {f[0], f[1]});
    case 3:
      return r;
  }
  LISLE_UNREACHABLE();
}

// f: class, class or tuple, position, unused.
Result check_subclass_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (alternatives(rt, f[1])) {
        for (f[2] = Value::from_int(0); f[2].as_int() < static_cast<i64>(alternatives(rt, f[1])->size);
             f[2] = Value::from_int(f[2].as_int() + 1)) {
          AWAIT(1, check_subclass(rt, f, f[0], item_at(alternatives(rt, f[1]), f[2])));
          if (r.value().is_true()) return r;
        }
        return Result::boolean(false);
      }
      if (has_special(rt, f[1], Special::SubclassCheck) &&
          !has_plain_check(rt, f[1], Special::SubclassCheck)) {
        AWAIT(2, call_special(rt, f, f[1], Special::SubclassCheck, {f[0]}));
        f.set_step(3);
        return truth(rt, f, r.value());
      }
      return call_internal(rt, f, Internal::AbstractSubclass, {f[0], f[1]});
    case 3:
      return r;
  }
  LISLE_UNREACHABLE();
}

// The answer of type.__instancecheck__: by class, or by what the object says in __class__. f: object, class.
Result abstract_instance_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_type(f[1])) {
        if (is_instance(rt, f[0], to<Type>(f[1]))) return Result::boolean(true);
        AWAIT(1, get_attr_or_unbound(rt, f, f[0], rt.names.class_));
        if (!is_type(r.value()) || to<Type>(r.value()) == type_of(rt, f[0])) return Result::boolean(false);
        return Result::boolean(is_subtype(to<Type>(r.value()), to<Type>(f[1])));
      }
      AWAIT(2, get_attr_or_unbound(rt, f, f[1], rt.names.bases));
      if (!is_kind(r.value(), Kind::Tuple))
        return raise(rt, TypeId::TypeError,
                     "isinstance() arg 2 must be a type, a tuple of types, or a union");
      AWAIT(3, get_attr_or_unbound(rt, f, f[0], rt.names.class_));
      if (r.value().is_unbound()) return Result::boolean(false);
      f[2] = r.value();
      AWAIT(5, get_attr_or_unbound(rt, f, f[2], rt.names.bases));
      if (!is_kind(r.value(), Kind::Tuple)) return Result::boolean(f[2] == f[1]);
      f.set_step(4);
      return call_internal(rt, f, Internal::AbstractSubclass, {f[2], f[1]});
    case 4:
      return r;
  }
  LISLE_UNREACHABLE();
}

// By MRO for classes; along __bases__ for objects that only look like classes. f: derived, class, bases,
// position.
Result abstract_subclass_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_type(f[0]) && is_type(f[1])) return Result::boolean(is_subtype(to<Type>(f[0]), to<Type>(f[1])));
      AWAIT(1, get_attr_or_unbound(rt, f, f[0], rt.names.bases));
      if (!is_kind(r.value(), Kind::Tuple))
        return raise(rt, TypeId::TypeError, "issubclass() arg 1 must be a class");
      f[2] = r.value();
      AWAIT(2, get_attr_or_unbound(rt, f, f[1], rt.names.bases));
      if (!is_kind(r.value(), Kind::Tuple))
        return raise(rt, TypeId::TypeError,
                     "issubclass() arg 2 must be a class, a tuple of classes, or a union");
      if (f[0] == f[1]) return Result::boolean(true);
      for (f[3] = Value::from_int(0); f[3].as_int() < static_cast<i64>(to<Tuple>(f[2])->size);
           f[3] = Value::from_int(f[3].as_int() + 1)) {
        AWAIT(3, call_internal(rt, f, Internal::AbstractSubclass, {item_at(to<Tuple>(f[2]), f[3]), f[1]}));
        if (r.value().is_true()) return r;
      }
      return Result::boolean(false);
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

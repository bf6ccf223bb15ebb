// BaseExceptionGroup and ExceptionGroup: construction, and splitting by a condition, recursively and
// resumably.
#include <string>

#include "runtime/builtins/exceptions.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/exception.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/item_at.h"

namespace lisle::rt {

namespace {

Exception& self_of(Frame& f) {
  return *to<Exception>(f[0]);
}

bool is_group(const Runtime& rt, Value v) {
  return is_instance(rt, v, rt.type(TypeId::BaseExceptionGroup));
}

bool is_exception_class(const Runtime& rt, Value v) {
  return is_type(v) && is_subtype(to<Type>(v), rt.type(TypeId::BaseException));
}

bool is_class_condition(const Runtime& rt, Value v) {
  auto* tuple = as<Tuple>(v);
  if (!tuple) return is_exception_class(rt, v);
  for (u64 i = 0; i < tuple->size; ++i)
    if (!is_exception_class(rt, tuple->items[i])) return false;
  return true;
}

bool matches_class(const Runtime& rt, Value e, Value condition) {
  auto* tuple = as<Tuple>(condition);
  if (!tuple) return is_instance(rt, e, to<Type>(condition));
  for (u64 i = 0; i < tuple->size; ++i)
    if (is_instance(rt, e, to<Type>(tuple->items[i]))) return true;
  return false;
}

Result pair_of(Runtime& rt, Value match, Value rest) {
  Value items[2] = {match, rest};
  return Value::from(new_tuple_from(rt, items, 2));
}

// The class that group_new makes an instance of, once the members are known.
Result choose_class(Runtime& rt, Type* type, const Tuple* members) {
  bool all_plain = true;
  for (u64 i = 0; i < members->size; ++i) {
    if (!is_instance(rt, members->items[i], rt.type(TypeId::BaseException)))
      return raise(rt, TypeId::ValueError, "Item %llu of second argument (exceptions) is not an exception",
                   static_cast<unsigned long long>(i));
    all_plain = all_plain && is_instance(rt, members->items[i], rt.type(TypeId::Exception));
  }
  Type* plain = rt.type(TypeId::ExceptionGroup);
  if (type == rt.type(TypeId::BaseExceptionGroup)) return Value::from(all_plain ? plain : type);
  if (all_plain) return Value::from(type);
  if (type == plain) return raise(rt, TypeId::TypeError, "Cannot nest BaseExceptions in an ExceptionGroup");
  if (is_subtype(type, rt.type(TypeId::Exception)))
    return raise(rt, TypeId::TypeError, "Cannot nest BaseExceptions in '%s'", str_chars(rt, type->name));
  return Value::from(type);
}

// A part of a group keeps what the group knew of its history.
void copy_history(Runtime& rt, Exception& from, Exception& to) {
  to.traceback = from.traceback;
  to.context = from.context;
  to.cause = from.cause;
  to.aux = from.aux;
  rt.heap.wrote(&to);
  auto* notes = as<List>(own_attribute(rt, &from, rt.names.notes));
  if (!notes) return;
  List* copy = new_list_from(rt, notes->size ? notes->items->items : nullptr, notes->size);
  set_own_attribute(rt, &to, rt.names.notes, Value::from(copy));
}

}  // namespace

Result group_new(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      Tuple* args = to<Tuple>(f[1]);
      if (args->size != 2)
        return raise(rt, TypeId::TypeError,
                     "BaseExceptionGroup.__new__() takes exactly 2 arguments (%llu given)",
                     static_cast<unsigned long long>(args->size));
      if (!is_str(args->items[0]))
        return raise(rt, TypeId::TypeError, "BaseExceptionGroup.__new__() argument 1 must be str, not %s",
                     argument_type(rt, args->items[0]));
      if (!has_special(rt, args->items[1], Special::GetItem))
        return raise(rt, TypeId::TypeError, "second argument (exceptions) must be a sequence");
    }
      AWAIT(1, tuple_of(rt, f, to<Tuple>(f[1])->items[1]));
      {
        Tuple* members = to<Tuple>(r.value());
        if (members->size == 0)
          return raise(rt, TypeId::ValueError, "second argument (exceptions) must be a non-empty sequence");
        Type* type = to<Type>(TRY(choose_class(rt, to<Type>(f[0]), members)));
        Exception* e = new_exception_of(rt, type, to<Tuple>(f[1]));
        e->extra[kGroupMessage] = to<Tuple>(f[1])->items[0];
        e->extra[kGroupExceptions] = Value::from(members);
        return Value::from(e);
      }
  }
  LISLE_UNREACHABLE();
}

Result group_str(Runtime& rt, Frame& f) {
  const Exception& e = self_of(f);
  u64 count = to<Tuple>(e.extra[kGroupExceptions])->size;
  std::string text =
      utf8_of(to<Str>(e.extra[kGroupMessage])) + " (" + std::to_string(count) + " sub-exception";
  return Value::from(new_str(rt, text + (count == 1 ? ")" : "s)")));
}

Result group_derive(Runtime& rt, Frame& f) {
  return call(rt, f, Value::from(rt.type(TypeId::BaseExceptionGroup)),
              {self_of(f).extra[kGroupMessage], f[1]});
}

Result group_message(Runtime&, Frame& f) {
  return self_of(f).extra[kGroupMessage];
}
Result group_exceptions(Runtime&, Frame& f) {
  return self_of(f).extra[kGroupExceptions];
}

Result group_class_getitem(Runtime& rt, Frame& f) {
  return new_generic_alias(rt, f[0], f[1]);
}

Result split_exception(Runtime& rt, Frame& f, Value exception, Value condition) {
  return call_internal(rt, f, Internal::SplitException, {exception, condition});
}

Result group_split(Runtime& rt, Frame& f) {
  bool callable = !is_type(f[1]) && has_special(rt, f[1], Special::Call);
  if (!is_class_condition(rt, f[1]) && !callable)
    return raise(rt, TypeId::TypeError, "expected a function, exception type or tuple of exception types");
  return split_exception(rt, f, f[0], f[1]);
}

Result group_subgroup(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      bool callable = !is_type(f[1]) && has_special(rt, f[1], Special::Call);
      if (!is_class_condition(rt, f[1]) && !callable)
        return raise(rt, TypeId::TypeError,
                     "expected a function, exception type or tuple of exception types");
    }
      AWAIT(1, split_exception(rt, f, f[0], f[1]));
      return to<Tuple>(r.value())->items[0];
  }
  LISLE_UNREACHABLE();
}

// f: exception, condition, list of matching parts, list of the rest, position.
Result split_exception_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_class_condition(rt, f[1])) {
        r = Result::boolean(matches_class(rt, f[0], f[1]));
      } else {
        AWAIT(1, call(rt, f, f[1], {f[0]}));
        AWAIT(2, truth(rt, f, r.value()));
      }
      if (r.value().is_true()) return pair_of(rt, f[0], Value::none());
      if (!is_group(rt, f[0])) return pair_of(rt, Value::none(), f[0]);
      f[2] = Value::from(new_list(rt));
      f[3] = Value::from(new_list(rt));
      f[4] = Value::from_int(0);
      while (f[4].as_int() < static_cast<i64>(to<Tuple>(self_of(f).extra[kGroupExceptions])->size)) {
        AWAIT(3, split_exception(rt, f, item_at(to<Tuple>(self_of(f).extra[kGroupExceptions]), f[4]), f[1]));
        {
          Tuple* parts = to<Tuple>(r.value());
          if (!parts->items[0].is_none()) list_append(rt, *to<List>(f[2]), parts->items[0]);
          if (!parts->items[1].is_none()) list_append(rt, *to<List>(f[3]), parts->items[1]);
        }
        f[4] = Value::from_int(f[4].as_int() + 1);
      }
      AWAIT(4, call_internal(rt, f, Internal::GroupSubset, {f[0], f[2]}));
      f[2] = r.value();
      AWAIT(5, call_internal(rt, f, Internal::GroupSubset, {f[0], f[3]}));
      return pair_of(rt, f[2], r.value());
  }
  LISLE_UNREACHABLE();
}

// The group that derive() makes of some members, None for no members. f: group, list.
Result group_subset_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (to<List>(f[1])->size == 0) return Result::none();
      AWAIT(1, call_method(rt, f, f[0], intern(rt, "derive"), {f[1]}));
      if (!is_group(rt, r.value()))
        return raise(rt, TypeId::TypeError, "derive must return an instance of BaseExceptionGroup");
      copy_history(rt, self_of(f), *to<Exception>(r.value()));
      return r;
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

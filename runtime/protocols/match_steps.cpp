// Mapping and class patterns.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/item_at.h"
#include "runtime/types/list.h"
#include "runtime/types/set.h"
#include "runtime/types/type_steps.h"

namespace lisle::rt {

// f: subject, tuple of keys; values, index, sentinel, bound get. None when a key is missing.
Result match_keys_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = Value::from(new_list(rt, to<Tuple>(f[1])->size));
      f[3] = Value::from_int(0);
      // An object that no mapping holds tells absent keys from None values.
      f[4] = Value::from(new_list(rt));
      while (f[3].as_int() < static_cast<i64>(to<Tuple>(f[1])->size)) {
        for (i64 i = 0; i < f[3].as_int(); ++i) {
          if (!(to<Tuple>(f[1])->items[i] == item_at(to<Tuple>(f[1]), f[3]))) continue;
          return raise(rt, TypeId::ValueError, "mapping pattern checks duplicate key (%s)",
                       is_str(to<Tuple>(f[1])->items[i])
                           ? ("'" + utf8_of(to<Str>(to<Tuple>(f[1])->items[i])) + "'").c_str()
                           : "...");
        }
        AWAIT_CATCH(1, call_method(rt, f, f[0], rt.names.get, {item_at(to<Tuple>(f[1]), f[3]), f[4]}));
        if (r.is_raised()) return r;
        if (r.value() == f[4]) return Result::none();
        list_append(rt, *to<List>(f[2]), r.value());
        f[3] = Value::from_int(f[3].as_int() + 1);
      }
      {
        auto* values = to<List>(f[2]);
        return Value::from(new_tuple_from(rt, values->items ? values->items->items : nullptr, values->size));
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

// Builtin classes whose one positional pattern is the subject itself.
bool matches_self(const Runtime& rt, const Type* type) {
  for (TypeId id : {TypeId::Bool, TypeId::ByteArray, TypeId::Bytes, TypeId::Dict, TypeId::Float,
                    TypeId::FrozenSet, TypeId::Int, TypeId::List, TypeId::Set, TypeId::Str, TypeId::Tuple})
    if (is_subtype(type, rt.type(id))) return true;
  return false;
}

Result too_many_patterns(Runtime& rt, Frame& f) {
  i64 allowed = static_cast<i64>(to<Tuple>(f[6])->size);
  return raise(rt, TypeId::TypeError, "%s() accepts %lld positional sub-pattern%s (%lld given)",
               str_chars(rt, to<Type>(f[1])->name), static_cast<long long>(allowed), allowed == 1 ? "" : "s",
               static_cast<long long>(f[3].as_int()));
}

// The attribute of subject f[0] that a sub-pattern names; each name may be asked for once (list f[7]).
Result pattern_attribute(Runtime& rt, Frame& f, Value name) {
  if (!is_str(name))
    return raise(rt, TypeId::TypeError, "__match_args__ elements must be strings (got %s)",
                 type_name(rt, name));
  auto* seen = to<List>(f[7]);
  for (u64 i = 0; i < seen->size; ++i) {
    if (!str_equal(to<Str>(seen->items->items[i]), to<Str>(name))) continue;
    return raise(rt, TypeId::TypeError, "%s() got multiple sub-patterns for attribute '%s'",
                 utf8_of(to<Type>(f[1])->name).c_str(), str_chars(rt, to<Str>(name)));
  }
  list_append(rt, *seen, name);
  return get_attr(rt, f, f[0], intern(rt, to<Str>(name)));
}

}  // namespace

// f: subject, class, tuple of keyword names, count of positional patterns; values, index, __match_args__,
// names seen.
Result match_class_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_type(f[1])) return raise(rt, TypeId::TypeError, "called match pattern must be a type");
      AWAIT_CATCH(1, check_instance(rt, f, f[0], f[1]));
      if (r.is_raised()) return r;
      if (r.value().is_false()) return Result::none();
      f[4] = Value::from(new_list(rt));
      f[7] = Value::from(new_list(rt));
      if (f[3].as_int() > 0) {
        AWAIT_CATCH(2, get_attr(rt, f, f[1], rt.names.match_args));
        if (r.is_raised()) {
          if (!raised_is(rt, TypeId::AttributeError)) return r;
          (void)take_raised(rt);
          f[6] = Value::from(rt.empty_tuple);
          if (matches_self(rt, to<Type>(f[1]))) {
            if (f[3].as_int() > 1)
              return raise(rt, TypeId::TypeError, "%s() accepts 1 positional sub-pattern (%lld given)",
                           str_chars(rt, to<Type>(f[1])->name), static_cast<long long>(f[3].as_int()));
            list_append(rt, *to<List>(f[4]), f[0]);
            f[3] = Value::from_int(0);
          }
        } else {
          f[6] = r.value();
          if (!is_kind(f[6], Kind::Tuple))
            return raise(rt, TypeId::TypeError, "%s.__match_args__ must be a tuple (got %s)",
                         utf8_of(to<Type>(f[1])->name).c_str(), type_name(rt, f[6]));
        }
        if (f[3].as_int() > static_cast<i64>(to<Tuple>(f[6])->size)) return too_many_patterns(rt, f);
        f[5] = Value::from_int(0);
        while (f[5].as_int() < f[3].as_int()) {
          AWAIT_CATCH(3, pattern_attribute(rt, f, item_at(to<Tuple>(f[6]), f[5])));
          if (r.is_raised()) {
            if (!raised_is(rt, TypeId::AttributeError)) return r;
            (void)take_raised(rt);
            return Result::none();
          }
          list_append(rt, *to<List>(f[4]), r.value());
          f[5] = Value::from_int(f[5].as_int() + 1);
        }
      }
      f[5] = Value::from_int(0);
      while (f[5].as_int() < static_cast<i64>(to<Tuple>(f[2])->size)) {
        AWAIT_CATCH(4, pattern_attribute(rt, f, item_at(to<Tuple>(f[2]), f[5])));
        if (r.is_raised()) {
          if (!raised_is(rt, TypeId::AttributeError)) return r;
          (void)take_raised(rt);
          return Result::none();
        }
        list_append(rt, *to<List>(f[4]), r.value());
        f[5] = Value::from_int(f[5].as_int() + 1);
      }
      {
        auto* values = to<List>(f[4]);
        return Value::from(new_tuple_from(rt, values->items ? values->items->items : nullptr, values->size));
      }
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

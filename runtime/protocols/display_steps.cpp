// The slow sides of displays, unpacking and ** arguments.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/item_at.h"
#include "runtime/types/list.h"
#include "runtime/types/set.h"

namespace lisle::rt {

namespace {

std::string callable_text(Runtime& rt, Value callable) {
  if (auto* function = as<Function>(callable)) {
    std::string name = utf8_of(function->qualname) + "()";
    return is_str(function->module) ? utf8_of(to<Str>(function->module)) + "." + name : name;
  }
  if (auto* method = as<BoundMethod>(callable)) return callable_text(rt, method->function);
  if (auto* native = as<Native>(callable)) return utf8_of(native->name) + "()";
  if (is_type(callable)) {
    Type* type = to<Type>(callable);
    std::string name = utf8_of(type->qualname) + "()";
    Value module = type_lookup(rt, type, rt.names.module);
    bool named = is_str(module) && !str_equals(to<Str>(module), "builtins");
    return named ? utf8_of(to<Str>(module)) + "." + name : name;
  }
  if (callable.is_none()) return "None";
  return std::string(type_name(rt, callable)) + " object";
}

Result raise_several_values(Runtime& rt, Value callable, Str* name) {
  return raise(rt, TypeId::TypeError, "%s got multiple values for keyword argument '%s'",
               callable_text(rt, callable).c_str(), str_chars(rt, name));
}

}  // namespace

// f: dict, tuple of alternating keys and values; position.
Result build_dict_rest_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = Value::from_int(0);
      while (f[2].as_int() < static_cast<i64>(to<Tuple>(f[1])->size)) {
        AWAIT(1, dict_set(rt, f, *to<Dict>(f[0]), item_at(to<Tuple>(f[1]), f[2]),
                          item_at(to<Tuple>(f[1]), f[2].as_int() + 1)));
        f[2] = Value::from_int(f[2].as_int() + 2);
      }
      return f[0];
  }
  LISLE_UNREACHABLE();
}

// [*x], f(*x). f: list, iterable, callable or unbound; iterator.
Result list_extend_display_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, iter(rt, f, f[1]));
      if (r.is_raised()) {
        bool plain = raised_is(rt, TypeId::TypeError) && !has_special(rt, f[1], Special::Iter) &&
                     !has_special(rt, f[1], Special::GetItem);
        if (!plain) return r;
        (void)take_raised(rt);
        std::string found = type_name(rt, f[1]);
        if (f[2].is_unbound())
          return raise(rt, TypeId::TypeError, "Value after * must be an iterable, not %s", found.c_str());
        return raise(rt, TypeId::TypeError, "%s argument after * must be an iterable, not %s",
                     callable_text(rt, f[2]).c_str(), found.c_str());
      }
      f[3] = r.value();
      for (;;) {
        AWAIT_CATCH(2, next(rt, f, f[3]));
        if (r.is_raised()) return r;
        if (r.value().is_exhausted()) return Result::none();
        list_append(rt, *to<List>(f[0]), r.value());
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

Result not_a_mapping(Runtime& rt, Value v) {
  return raise(rt, TypeId::TypeError, "'%s' object is not a mapping", type_name(rt, v));
}

bool is_exact_dict(Runtime& rt, Value v) {
  return v.is_object() && v.object()->shape == rt.shape_of(TypeId::Dict);
}

}  // namespace

// {**x}. f: dict, mapping; iterator of keys, key.
Result dict_update_display_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_exact_dict(rt, f[1])) {
        AWAIT_CATCH(1, dict_update(rt, f, *to<Dict>(f[0]), f[1]));
        return r;
      }
      AWAIT_CATCH(2, call_method(rt, f, f[1], rt.names.keys, {}));
      if (r.is_raised()) {
        if (!raised_is(rt, TypeId::AttributeError)) return r;
        (void)take_raised(rt);
        return not_a_mapping(rt, f[1]);
      }
      f[2] = r.value();
      AWAIT_CATCH(3, iter(rt, f, f[2]));
      if (r.is_raised()) return r;
      f[2] = r.value();
      for (;;) {
        AWAIT_CATCH(4, next(rt, f, f[2]));
        if (r.is_raised()) return r;
        if (r.value().is_exhausted()) return Result::none();
        f[3] = r.value();
        AWAIT_CATCH(5, get_item(rt, f, f[1], f[3]));
        if (r.is_raised()) return r;
        AWAIT_CATCH(6, dict_set(rt, f, *to<Dict>(f[0]), f[3], r.value()));
        if (r.is_raised()) return r;
      }
  }
  LISLE_UNREACHABLE();
}

// f(**x). f: dict collected so far, mapping, callable; iterator of keys, key.
Result dict_merge_call_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_kind(f[1], Kind::Dict) && type_lookup(rt, type_of(rt, f[1]), rt.names.keys).is_unbound())
        return raise(rt, TypeId::TypeError, "%s argument after ** must be a mapping, not %s",
                     callable_text(rt, f[2]).c_str(), std::string(type_name(rt, f[1])).c_str());
      AWAIT(1, call_method(rt, f, f[1], rt.names.keys, {}));
      f[3] = r.value();
      AWAIT(2, iter(rt, f, f[3]));
      f[3] = r.value();
      for (;;) {
        AWAIT(3, next(rt, f, f[3]));
        if (r.value().is_exhausted()) return Result::none();
        f[4] = r.value();
        if (!is_str(f[4])) {
          // The call itself will refuse it; here only what is given twice counts.
          AWAIT(5, dict_contains(rt, f, *to<Dict>(f[0]), f[4]));
          if (r.value().is_true()) {
            AWAIT(6, to_str(rt, f, f[4]));
            return raise_several_values(rt, f[2], to<Str>(r.value()));
          }
          AWAIT(7, get_item(rt, f, f[1], f[4]));
          AWAIT(8, dict_set(rt, f, *to<Dict>(f[0]), f[4], r.value()));
          continue;
        }
        if (!dict_get_str(rt, *to<Dict>(f[0]), to<Str>(f[4])).is_unbound())
          return raise_several_values(rt, f[2], to<Str>(f[4]));
        AWAIT(4, get_item(rt, f, f[1], f[4]));
        dict_set_str(rt, *to<Dict>(f[0]), to<Str>(f[4]), r.value());
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

Result cannot_unpack(Runtime& rt, Value v) {
  return raise(rt, TypeId::TypeError, "cannot unpack non-iterable %s object", type_name(rt, v));
}

bool is_iterable(Runtime& rt, Value v) {
  return has_special(rt, v, Special::Iter) || has_special(rt, v, Special::GetItem);
}

}  // namespace

// a, b = x. f: iterable, count; iterator, list of items. Yields a tuple of exactly `count`.
Result unpack_sequence_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_iterable(rt, f[0])) return cannot_unpack(rt, f[0]);
      AWAIT(1, iter(rt, f, f[0]));
      f[2] = r.value();
      f[3] = Value::from(new_list(rt, static_cast<u64>(f[1].as_int())));
      for (;;) {
        AWAIT(2, next(rt, f, f[2]));
        auto* items = to<List>(f[3]);
        i64 wanted = f[1].as_int();
        if (r.value().is_exhausted()) {
          if (static_cast<i64>(items->size) < wanted)
            return raise(rt, TypeId::ValueError, "not enough values to unpack (expected %lld, got %llu)",
                         static_cast<long long>(wanted), static_cast<unsigned long long>(items->size));
          return Value::from(new_tuple_from(rt, items->items ? items->items->items : nullptr, items->size));
        }
        if (static_cast<i64>(items->size) == wanted)
          return raise(rt, TypeId::ValueError, "too many values to unpack (expected %lld)",
                       static_cast<long long>(wanted));
        list_append(rt, *items, r.value());
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

// List f[3] as f[1] items, a list of the middle, and f[2] items.
Result distribute(Runtime& rt, Frame& f) {
  auto* items = to<List>(f[3]);
  i64 before = f[1].as_int(), after = f[2].as_int(), size = static_cast<i64>(items->size);
  if (size < before + after)
    return raise(rt, TypeId::ValueError, "not enough values to unpack (expected at least %lld, got %lld)",
                 static_cast<long long>(before + after), static_cast<long long>(size));
  Value* all = items->items ? items->items->items : nullptr;
  List* middle = new_list_from(rt, all + before, static_cast<u64>(size - before - after));
  Tuple* out = new_tuple(rt, static_cast<u64>(before + 1 + after));
  for (i64 i = 0; i < before; ++i) out->items[i] = all[i];
  out->items[before] = Value::from(middle);
  for (i64 i = 0; i < after; ++i) out->items[before + 1 + i] = all[size - after + i];
  return Value::from(out);
}

}  // namespace

// a, *b, c = x. f: iterable, count before, count after; all items.
Result unpack_ex_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_iterable(rt, f[0])) return cannot_unpack(rt, f[0]);
      AWAIT(1, list_of(rt, f, f[0]));
      f[3] = r.value();
      return distribute(rt, f);
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

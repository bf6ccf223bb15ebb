// except*: splitting the group that is being handled, and what has to be raised when all clauses have had
// their turn.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/call.h"
#include "runtime/types/exception.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

bool is_group(Runtime& rt, Value v) {
  return is_instance(rt, v, rt.type(TypeId::BaseExceptionGroup));
}

// The classes of an except* clause must be exceptions and no groups.
Result check_clause(Runtime& rt, Value cls) {
  if (!is_type(cls) || !is_subtype(to<Type>(cls), rt.type(TypeId::BaseException)))
    return raise(rt, TypeId::TypeError,
                 "catching classes that do not inherit from BaseException is not allowed");
  if (is_subtype(to<Type>(cls), rt.type(TypeId::BaseExceptionGroup)))
    return raise(rt, TypeId::TypeError,
                 "catching ExceptionGroup with except* is not allowed. Use except instead.");
  return Result::none();
}

Result check_clauses(Runtime& rt, Value wanted) {
  auto* tuple = as<Tuple>(wanted);
  if (!tuple) return check_clause(rt, wanted);
  for (u64 i = 0; i < tuple->size; ++i) TRY(check_clause(rt, tuple->items[i]));
  return Result::none();
}

bool matches(Runtime& rt, Value exception, Value wanted) {
  auto* tuple = as<Tuple>(wanted);
  if (!tuple) return is_instance(rt, exception, to<Type>(wanted));
  for (u64 i = 0; i < tuple->size; ++i)
    if (is_instance(rt, exception, to<Type>(tuple->items[i]))) return true;
  return false;
}

Value pair(Runtime& rt, Value a, Value b) {
  Value both[] = {a, b};
  return Value::from(new_tuple_from(rt, both, 2));
}

// A part that no clause touched still has the origin's traceback, context and cause; one that was raised anew
// has not.
bool is_untouched(Value part, Value origin) {
  auto* p = to<Exception>(part);
  auto* o = to<Exception>(origin);
  return p->traceback == o->traceback && p->context == o->context && p->cause == o->cause;
}

// The exceptions of the untouched parts in one list: what the rest of the origin consists of.
List* untouched_members(Runtime& rt, List& parts, Value origin) {
  List* out = new_list(rt);
  for (u64 i = 0; i < parts.size; ++i) {
    Value part = parts.items->items[i];
    if (part.is_none() || !is_untouched(part, origin)) continue;
    auto* members = to<Tuple>(to<Exception>(part)->extra[1]);
    for (u64 m = 0; m < members->size; ++m) list_append(rt, *out, members->items[m]);
  }
  return out;
}

List* raised_parts(Runtime& rt, List& parts, Value origin) {
  List* out = new_list(rt);
  for (u64 i = 0; i < parts.size; ++i) {
    Value part = parts.items->items[i];
    if (!part.is_none() && !(is_group(rt, part) && is_untouched(part, origin))) list_append(rt, *out, part);
  }
  return out;
}

}  // namespace

// f: exception, class or tuple. A pair: the matching part or None, the rest or None.
Result exception_group_match_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      TRY(check_clauses(rt, f[1]));
      if (f[0].is_none()) return pair(rt, Value::none(), Value::none());
      if (matches(rt, f[0], f[1])) {
        if (is_group(rt, f[0])) return pair(rt, f[0], Value::none());
        f[2] = Value::from(new_tuple_from(rt, &f[0], 1));
        AWAIT(1, call(rt, f, Value::from(rt.type(TypeId::BaseExceptionGroup)),
                      {Value::from(rt.names.empty), f[2]}));
        to<Exception>(r.value())->traceback = to<Exception>(f[0])->traceback;
        rt.heap.wrote(r.value().object());
        return pair(rt, r.value(), Value::none());
      }
      if (!is_group(rt, f[0])) return pair(rt, Value::none(), f[0]);
      AWAIT(2, call_method(rt, f, f[0], intern(rt, "split"), {f[1]}));
      if (!is_kind(r.value(), Kind::Tuple) || to<Tuple>(r.value())->size < 2)
        return raise(rt, TypeId::TypeError, "%s.split must return a 2-tuple", type_name(rt, f[0]));
      return r;
  }
  LISLE_UNREACHABLE();
}

// f: origin, list of raised and unhandled parts; list to raise, members of the rest. What to raise, or None.
Result reraise_star_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = Value::from(raised_parts(rt, *to<List>(f[1]), f[0]));
      if (!is_group(rt, f[0])) {
        // Only one clause can have run, so at most one part is left.
        auto* parts = to<List>(f[2]);
        return parts->size ? Result(parts->items->items[parts->size - 1]) : Result::none();
      }
      f[3] = Value::from(untouched_members(rt, *to<List>(f[1]), f[0]));
      if (to<List>(f[3])->size > 0) {
        AWAIT(1, call_method(rt, f, f[0], intern(rt, "derive"), {f[3]}));
        if (is_kind(r.value(), Kind::Exception)) {
          auto* rest = to<Exception>(r.value());
          auto* origin = to<Exception>(f[0]);
          rest->traceback = origin->traceback;
          rest->context = origin->context;
          rest->cause = origin->cause;
          rt.heap.wrote(rest);
        }
        if (to<List>(f[2])->size == 0) return r;
        list_append(rt, *to<List>(f[2]), r.value());
      }
      if (to<List>(f[2])->size == 0) return Result::none();
      return call(rt, f, Value::from(rt.type(TypeId::BaseExceptionGroup)),
                  {Value::from(rt.names.empty), f[2]});
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

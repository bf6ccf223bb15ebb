// except*: splitting the group that is being handled, and what has to be raised when all clauses have had
// their turn.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/call.h"
#include "runtime/types/descriptors.h"
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

// Groups may be nested deeply: those still to be opened wait in a list.
void collect_leaves(Runtime& rt, Value exception, List& out) {
  List* waiting = new_list(rt);
  list_append(rt, *waiting, exception);
  while (waiting->size) {
    Value next = waiting->items->items[--waiting->size];
    if (!is_group(rt, next)) {
      list_append(rt, out, next);
      continue;
    }
    auto* members = to<Tuple>(to<Exception>(next)->extra[1]);
    for (u64 i = 0; i < members->size; ++i) list_append(rt, *waiting, members->items[i]);
  }
}

// The exceptions in the untouched parts: what the rest of the origin consists of.
List* untouched_leaves(Runtime& rt, List& parts, Value origin) {
  List* out = new_list(rt);
  for (u64 i = 0; i < parts.size; ++i) {
    Value part = parts.items->items[i];
    if (!part.is_none() && is_untouched(part, origin)) collect_leaves(rt, part, *out);
  }
  return out;
}

Value last_part(List& parts) {
  for (u64 i = parts.size; i-- > 0;)
    if (!parts.items->items[i].is_none()) return parts.items->items[i];
  return Value::none();
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

// Is the exception one of these? What a group is asked to keep. f: list, exception.
Result is_one_of_steps(Runtime&, Frame& f) {
  const List& list = *to<List>(f[0]);
  for (u64 i = 0; i < list.size; ++i)
    if (list.items->items[i] == f[1]) return Value::true_();
  return Value::false_();
}

// f: origin, list of raised and unhandled parts; list to raise, what is left of the origin. What to raise, or
// None.
Result reraise_star_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      // A naked exception was wrapped for one clause, so at most one part is left.
      if (!is_group(rt, f[0])) return last_part(*to<List>(f[1]));
      f[2] = Value::from(raised_parts(rt, *to<List>(f[1]), f[0]));
      f[3] = Value::from(untouched_leaves(rt, *to<List>(f[1]), f[0]));
      if (to<List>(f[3])->size > 0) {
        f[3] = Value::from(bind_native(rt, *rt.internals[static_cast<size_t>(Internal::IsOneOf)], f[3]));
        AWAIT(1, call_internal(rt, f, Internal::SplitException, {f[0], f[3]}));
        Value rest = to<Tuple>(r.value())->items[0];
        if (to<List>(f[2])->size == 0) return rest;
        if (!rest.is_none()) list_append(rt, *to<List>(f[2]), rest);
      }
      if (to<List>(f[2])->size == 0) return Result::none();
      if (to<List>(f[2])->size == 1) return to<List>(f[2])->items->items[0];
      return call(rt, f, Value::from(rt.type(TypeId::BaseExceptionGroup)),
                  {Value::from(rt.names.empty), f[2]});
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

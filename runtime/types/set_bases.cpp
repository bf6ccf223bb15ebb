// Changing the bases of a class, and the order in which a class and those below it are searched.
//
// Invariant: either the class has its new bases and everything below it the orders that follow from them, or
// all of it is as it was before.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/iterate.h"
#include "runtime/types/exception.h"
#include "runtime/types/item_at.h"
#include "runtime/types/list.h"
#include "runtime/types/type_steps.h"

namespace lisle::rt {

namespace {

Result check_bases(Runtime& rt, const Type& type, const Tuple& bases) {
  const char* name = str_chars(rt, type.name);
  const Type* now = to<Type>(type.bases->items[0]);
  for (u64 i = 0; i < bases.size; ++i) {
    Value base = bases.items[i];
    if (!is_type(base))
      return raise(rt, TypeId::TypeError, "%s.__bases__ must be tuple of classes, not '%s'", name,
                   type_name(rt, base));
    if (is_subtype(to<Type>(base), &type))
      return raise(rt, TypeId::TypeError, "a __bases__ item causes an inheritance cycle");
    const Type* then = to<Type>(base);
    if (then->type_flags & kTypeFinal)
      return raise(rt, TypeId::TypeError, "type '%s' is not an acceptable base type",
                   str_chars(rt, then->name));
    if (now->layout_base != then->layout_base || now->slot_total != then->slot_total)
      return raise(rt, TypeId::TypeError, "__bases__ assignment: '%s' object layout differs from '%s'",
                   str_chars(rt, then->name), str_chars(rt, now->name));
  }
  return Result::none();
}

void collect_below(Runtime& rt, Type& type, List& classes, List& orders) {
  list_append(rt, classes, Value::from(&type));
  list_append(rt, orders, Value::from(type.mro));
  List* subs = live_subclasses(rt, type);
  for (u64 i = 0; i < subs->size; ++i) collect_below(rt, *to<Type>(subs->items->items[i]), classes, orders);
}

void set_order(Runtime& rt, Type& type, Value mro) {
  type.mro = to<Tuple>(mro);
  rt.heap.wrote(&type);
  classes_changed(rt.thread);
}

// The orders of the first `count` classes are the old ones again.
Result undo(Runtime& rt, Type& type, Value old_bases, List& classes, List& orders) {
  Value error = take_raised(rt);
  type.bases = to<Tuple>(old_bases);
  for (u64 i = 0; i < classes.size; ++i)
    set_order(rt, *to<Type>(classes.items->items[i]), orders.items->items[i]);
  type_refresh(rt, &type);
  return raise_value(rt, error);
}

}  // namespace

// f: class. The order that the mro() of its metaclass gives, or the usual one.
Result class_order_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      Type* type = to<Type>(f[0]);
      if (is_kind(type_lookup(rt, type_of(rt, f[0]), rt.names.mro), Kind::Native))
        return compute_mro(rt, type, type->bases);
    }
      AWAIT(1, call_method(rt, f, f[0], rt.names.mro, {}));
      AWAIT(2, tuple_of(rt, f, r.value()));
      TRY(check_mro(rt, *to<Type>(f[0]), *to<Tuple>(r.value())));
      return r;
  }
  LISLE_UNREACHABLE();
}

// f: class, new bases. f[2] old bases, f[3] List of the class and all below it, f[4] their old orders, f[5]
// the index of the next of them.
Result set_bases_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0: {
      Type& type = *to<Type>(f[0]);
      TRY(check_bases(rt, type, *to<Tuple>(f[1])));
      f[2] = Value::from(type.bases);
      f[3] = Value::from(new_list(rt));
      f[4] = Value::from(new_list(rt));
      f[5] = Value::from_int(0);
      collect_below(rt, type, *to<List>(f[3]), *to<List>(f[4]));
      type.bases = to<Tuple>(f[1]);
      rt.heap.wrote(&type);
    }
      while (static_cast<u64>(f[5].as_int()) < to<List>(f[3])->size) {
        AWAIT_CATCH(1, call_internal(rt, f, Internal::ClassOrder, {item_at(to<List>(f[3]), f[5])}));
        // The mro() that was called may have set other bases, which count then.
        if (Value::from(to<Type>(f[0])->bases) != f[1]) return r.is_raised() ? r : Result::none();
        if (r.is_raised()) return undo(rt, *to<Type>(f[0]), f[2], *to<List>(f[3]), *to<List>(f[4]));
        set_order(rt, *to<Type>(item_at(to<List>(f[3]), f[5])), r.value());
        f[5] = Value::from_int(f[5].as_int() + 1);
      }
      {
        Type& type = *to<Type>(f[0]);
        for (Value base : {f[2], f[1]}) {
          const Tuple& bases = *to<Tuple>(base);
          for (u64 i = 0; i < bases.size; ++i) {
            if (base == f[2])
              remove_subclass(rt, *to<Type>(bases.items[i]), type);
            else
              add_subclass(rt, *to<Type>(bases.items[i]), type);
          }
        }
        classes_changed(rt.thread);
        type_refresh(rt, &type);
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

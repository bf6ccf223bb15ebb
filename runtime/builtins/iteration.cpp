// The builtin functions that iterate. All are step machines: the iterable, a key function or an item's own
// methods may belong to the program.
#include "runtime/builtins/iteration.h"

#include "runtime/protocols/arith.h"
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/call.h"
#include "runtime/protocols/compare.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/pure.h"
#include "runtime/protocols/subscript.h"
#include "runtime/tasks/pause.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

// --- len, iter, next
// -----------------------------------------------------------------------------------------------------

Result len(Runtime& rt, Frame& f) {
  return length(rt, f, f[0]);
}

bool is_callable(const Runtime& rt, Value v) {
  return has_special(rt, v, Special::Call);
}

Result iter_(Runtime& rt, Frame& f) {
  if (f[1].is_unbound()) return iter(rt, f, f[0]);
  if (!is_callable(rt, f[0])) return raise(rt, TypeId::TypeError, "iter(v, w): v must be callable");
  return Value::from(new_iterator(rt, TypeId::CallableIterator, f[0], f[1]));
}

// iterator, default. StopIteration of the program's iterators goes through as it is, with its value.
Result next_(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!has_special(rt, f[0], Special::Next)) {
        return raise(rt, TypeId::TypeError, "'%s' object is not an iterator", type_name(rt, f[0]));
      }
      if (is_native_iterator(rt, f[0])) {
        rt.thread.stop_value = Value::none();
        AWAIT_CATCH(1, advance(rt, f, *to<Iterator>(f[0])));
        if (r.is_raised() || !r.value().is_exhausted()) return r;
        return f[1].is_unbound() ? raise_end_of(rt, *to<Iterator>(f[0])) : Result(f[1]);
      }
      AWAIT_CATCH(2, call_special(rt, f, f[0], Special::Next, {}));
      if (!r.is_raised() || f[1].is_unbound() || !raised_is(rt, TypeId::StopIteration)) return r;
      take_raised(rt);
      return f[1];
  }
  LISLE_UNREACHABLE();
}

// --- aiter, anext
// -----------------------------------------------------------------------------------------------------------

Result aiter_(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!has_special(rt, f[0], Special::AIter))
        return raise(rt, TypeId::TypeError, "'%s' object is not an async iterable", type_name(rt, f[0]));
      AWAIT(1, call_special(rt, f, f[0], Special::AIter, {}));
      if (!has_special(rt, r.value(), Special::ANext))
        return raise(rt, TypeId::TypeError, "aiter() returned not an async iterator of type '%s'",
                     type_name(rt, r.value()));
      return r;
  }
  LISLE_UNREACHABLE();
}

// asynchronous iterator, default; the awaitable of its next item.
Result anext_(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!has_special(rt, f[0], Special::ANext))
        return raise(rt, TypeId::TypeError, "'%s' object is not an async iterator", type_name(rt, f[0]));
      AWAIT(1, call_special(rt, f, f[0], Special::ANext, {}));
      if (f[1].is_unbound()) return r;
      f[2] = r.value();
      AWAIT(2, call_internal(rt, f, Internal::ImportLoad, {Value::from(intern(rt, "_async_iteration"))}));
      AWAIT(3, get_attr(rt, f, r.value(), intern(rt, "anext_awaitable")));
      return call(rt, f, r.value(), {f[2], f[1]});
  }
  LISLE_UNREACHABLE();
}

// --- any, all
// ------------------------------------------------------------------------------------------------------------

// iterable. f[1] iterator.
Result any(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[0]));
      f[1] = r.value();
      for (;;) {
        AWAIT(2, next(rt, f, f[1]));
        if (r.value().is_exhausted()) return Result::boolean(false);
        AWAIT(3, truth(rt, f, r.value()));
        if (r.value().is_true()) return r;
      }
  }
  LISLE_UNREACHABLE();
}

Result all(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[0]));
      f[1] = r.value();
      for (;;) {
        AWAIT(2, next(rt, f, f[1]));
        if (r.value().is_exhausted()) return Result::boolean(true);
        AWAIT(3, truth(rt, f, r.value()));
        if (r.value().is_false()) return r;
      }
  }
  LISLE_UNREACHABLE();
}

// --- sum
// -----------------------------------------------------------------------------------------------------------------

Result refuse_text(Runtime& rt, Value start) {
  const char* how = nullptr;
  if (is_instance(rt, start, rt.type(TypeId::Str))) how = "strings [use ''.join(seq) instead]";
  if (is_instance(rt, start, rt.type(TypeId::Bytes))) how = "bytes [use b''.join(seq) instead]";
  if (is_instance(rt, start, rt.type(TypeId::ByteArray))) how = "bytearray [use b''.join(seq) instead]";
  return how ? raise(rt, TypeId::TypeError, "sum() can't sum %s", how) : Result::none();
}

// Adds small ints and doubles without asking anybody; unbound when that is not possible.
Value quick_add(Runtime& rt, Value a, Value b) {
  i64 sum;
  if (LISLE_LIKELY(Value::both_int(a, b) &&
                   !__builtin_add_overflow(static_cast<i64>(a.bits()), static_cast<i64>(b.bits()), &sum)))
    return Value::from_bits(static_cast<u64>(sum));
  if (Value::both_int(a, b)) return new_int(rt, a.as_int() + b.as_int());
  if (a.is_double() && b.is_double()) return new_float(rt, a.as_double() + b.as_double());
  if (a.is_double() && b.is_int()) return new_float(rt, a.as_double() + static_cast<f64>(b.as_int()));
  return Value::unbound();
}

// Sums up a list, tuple or other iterator that never waits as far as quick_add() goes. Yields the item it
// could not add, exhausted, or unbound when a piece of it is done; the sum so far is in f[1].
Result sum_quickly(Runtime& rt, Frame& f, Iterator& it) {
  NextFn step = next_function(static_cast<TypeId>(it.type_id));
  for (i64 left = kPieceOfWork; left > 0; --left) {
    Value item = TRY(step(rt, f, it));
    if (item.is_exhausted()) return item;
    Value total = quick_add(rt, f[1], item);
    if (total.is_unbound()) return item;
    f[1] = total;
  }
  return Value::unbound();
}

Result next_to_add(Runtime& rt, Frame& f) {
  if (never_waits(rt, f[2])) return sum_quickly(rt, f, *to<Iterator>(f[2]));
  return next(rt, f, f[2]);
}

// iterable, start and sum so far. f[2] iterator.
Result sum(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[0]));
      f[2] = r.value();
      if (f[1].is_unbound()) f[1] = Value::from_int(0);
      TRY(refuse_text(rt, f[1]));
      for (;;) {
        AWAIT(2, next_to_add(rt, f));
        if (r.value().is_exhausted()) return f[1];
        if (r.value().is_unbound()) {
          AWAIT(4, pause(rt, f));
          continue;
        }
        if (Value total = quick_add(rt, f[1], r.value()); !total.is_unbound()) {
          f[1] = total;
          continue;
        }
        AWAIT(3, binary(rt, f, BinaryOp::Add, f[1], r.value()));
        f[1] = r.value();
      }
  }
  LISLE_UNREACHABLE();
}

// --- min, max
// ------------------------------------------------------------------------------------------------------------

Result is_better(Runtime& rt, Frame& f, CompareOp op, Value candidate, Value best) {
  bool less;
  bool known =
      op == CompareOp::Lt ? pure_less(rt, candidate, best, less) : pure_less(rt, best, candidate, less);
  if (known) return Result::boolean(less);
  return compare(rt, f, op, candidate, best);
}

// The next item to look at for extreme(): those of an iterator that never waits are compared here, where the
// program has no say in it. Unbound when a piece of it is done.
Result next_to_compare(Runtime& rt, Frame& f, CompareOp op) {
  if (!f[1].is_none() || !never_waits(rt, f[3])) return next(rt, f, f[3]);
  Iterator& it = *to<Iterator>(f[3]);
  NextFn step = next_function(static_cast<TypeId>(it.type_id));
  for (i64 left = kPieceOfWork; left > 0; --left) {
    Value item = TRY(step(rt, f, it));
    bool better = f[6].is_unbound();
    bool known = better || item.is_exhausted() ? better
                 : op == CompareOp::Lt         ? pure_less(rt, item, f[7], better)
                                               : pure_less(rt, f[7], item, better);
    if (item.is_exhausted() || !known) return item;
    if (better) f[6] = f[7] = item;
  }
  return Value::unbound();
}

// *args, key, default. f[3] iterator, f[4] item, f[5] its key, f[6] best item, f[7] its key.
Result extreme(Runtime& rt, Frame& f, CompareOp op, const char* name) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (to<Tuple>(f[0])->size == 0) {
        return raise(rt, TypeId::TypeError, "%s expected at least 1 argument, got 0", name);
      }
      if (to<Tuple>(f[0])->size > 1 && !f[2].is_unbound()) {
        return raise(rt, TypeId::TypeError,
                     "Cannot specify a default for %s() with multiple positional arguments", name);
      }
      if (f[1].is_unbound()) f[1] = Value::none();
      f[6] = Value::unbound();
      f[7] = Value::unbound();
      AWAIT(1, iter(rt, f, to<Tuple>(f[0])->size > 1 ? f[0] : to<Tuple>(f[0])->items[0]));
      f[3] = r.value();
      for (;;) {
        AWAIT(2, next_to_compare(rt, f, op));
        if (r.value().is_exhausted()) break;
        if (r.value().is_unbound()) {
          AWAIT(6, pause(rt, f));
          continue;
        }
        f[4] = f[5] = r.value();
        if (!f[1].is_none()) {
          AWAIT(3, call(rt, f, f[1], {f[4]}));
          f[5] = r.value();
        }
        if (!f[6].is_unbound()) {
          AWAIT(4, is_better(rt, f, op, f[5], f[7]));
          AWAIT(5, truth(rt, f, r.value()));
          if (r.value().is_false()) continue;
        }
        f[6] = f[4];
        f[7] = f[5];
      }
      if (!f[6].is_unbound()) return f[6];
      if (!f[2].is_unbound()) return f[2];
      return raise(rt, TypeId::ValueError, "%s() arg is an empty sequence", name);
  }
  LISLE_UNREACHABLE();
}

Result min(Runtime& rt, Frame& f) {
  return extreme(rt, f, CompareOp::Lt, "min");
}
Result max(Runtime& rt, Frame& f) {
  return extreme(rt, f, CompareOp::Gt, "max");
}

// Several arguments, or the items of a list, that the program does not compare.
Result extreme_quickly(Runtime& rt, Frame& f, bool least) {
  const Value* items = f.r;
  u64 count = f.window_nargs();
  if (count == 1) {
    const List* list = is_kind(f[0], Kind::List) && f[0].object()->shape == rt.shape_of(TypeId::List)
                           ? to<List>(f[0])
                           : nullptr;
    // A long one is compared in pieces.
    if (!list || list->size == 0 || list->size > kPieceOfWork) return Value::unbound();
    items = list->items->items;
    count = list->size;
  }
  if (count == 0) return Value::unbound();
  Value best = items[0];
  for (u64 i = 1; i < count; ++i) {
    bool better;
    Value item = items[i];
    if (Value::both_int(item, best))
      better = least ? item.as_int() < best.as_int() : item.as_int() > best.as_int();
    else if (!(least ? pure_less(rt, item, best, better) : pure_less(rt, best, item, better)))
      return Value::unbound();
    if (better) best = item;
  }
  return best;
}
Result min_quickly(Runtime& rt, Frame& f) {
  return extreme_quickly(rt, f, true);
}
Result max_quickly(Runtime& rt, Frame& f) {
  return extreme_quickly(rt, f, false);
}

// --- sorted
// --------------------------------------------------------------------------------------------------------------

// iterable, key, reverse. f[3] the list.
Result sorted(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, list_of(rt, f, f[0]));
      f[3] = r.value();
      AWAIT(2, call_internal(rt, f, Internal::ListSort, {f[3], f[1], f[2]}));
      return f[3];
  }
  LISLE_UNREACHABLE();
}

constexpr NativeSpec kFunctions[] = {
    {"aiter", aiter_, "(async_iterable, /)", "Return an AsyncIterator for an AsyncIterable object.", 1},
    {"anext", anext_, "(aiterator, default=None, /)", "Return the next item from the async iterator.", 3},
    {"len", len, "(obj, /)", "Return the number of items in a container."},
    {"iter", iter_, "(object, sentinel=<unrepresentable>, /)",
     "Return an iterator over the object's items, or over a callable's values up to the sentinel."},
    {"next", next_, "(iterator, default=<unrepresentable>, /)",
     "Return the next item; at the end the default, or StopIteration.", 3, kCatches},
    {"any", any, "(iterable, /)", "Return whether any item is true.", 2},
    {"all", all, "(iterable, /)", "Return whether all items are true.", 2},
    {"sum", sum, "(iterable, /, start=0)", "Return the start value plus all items.", 3},
    {"min", min, "(*args, key=None, default=<unrepresentable>)",
     "Return the smallest of several arguments or of the items of an iterable.", 8, kLeaf, min_quickly},
    {"max", max, "(*args, key=None, default=<unrepresentable>)",
     "Return the largest of several arguments or of the items of an iterable.", 8, kLeaf, max_quickly},
    {"sorted", sorted, "(iterable, /, *, key=None, reverse=False)",
     "Return a new list with all items in ascending order.", 4},
};

}  // namespace

const std::span<const NativeSpec> kIterationBuiltins{kFunctions};

}  // namespace lisle::rt

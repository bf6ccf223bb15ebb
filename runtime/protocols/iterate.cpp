// iter(), next() and draining iterables. Builtin containers are recognised by their class's own __iter__, so
// that subclasses which do not override it are as fast, and those which do are asked.
#include "runtime/protocols/iterate.h"

#include "runtime/protocols/subscript.h"
#include "runtime/tasks/pause.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict_view.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/range.h"
#include "runtime/types/set.h"

namespace lisle::rt {

namespace {

// Is `v` laid out as builtin type `id` and iterated as such?
bool iterates_as(const Runtime& rt, Value v, TypeId id) {
  return v.object()->shape == rt.shape_of(id) ||
         type_of(rt, v)->special(Special::Iter) == rt.type(id)->special(Special::Iter);
}

Value view_iterator(Runtime& rt, const DictView& view) {
  switch (view.shape) {
    case Runtime::shape_of(TypeId::DictKeys):
      return dict_iterator(rt, TypeId::DictKeyIterator, *view.dict);
    case Runtime::shape_of(TypeId::DictValues):
      return dict_iterator(rt, TypeId::DictValueIterator, *view.dict);
    case Runtime::shape_of(TypeId::DictItems):
      return dict_iterator(rt, TypeId::DictItemIterator, *view.dict);
    default:
      return Value::unbound();
  }
}

Result not_iterable(Runtime& rt, Value v) {
  return raise(rt, TypeId::TypeError, "'%s' object is not iterable", type_name(rt, v));
}

}  // namespace

Result end_or_raised(Runtime& rt) {
  if (!raised_is(rt, TypeId::StopIteration)) return Result::raised();
  take_raised(rt);
  return Value::exhausted();
}

Value builtin_iterator(Runtime& rt, Value v) {
  if (!v.is_object()) return Value::unbound();
  switch (v.object()->kind) {
    case Kind::List:
      if (!iterates_as(rt, v, TypeId::List)) break;
      return Value::from(new_iterator(rt, TypeId::ListIterator, v));
    case Kind::Tuple:
      if (!iterates_as(rt, v, TypeId::Tuple)) break;
      return Value::from(new_iterator(rt, TypeId::TupleIterator, v));
    case Kind::Range:
      return range_iterator(rt, *to<Range>(v));
    case Kind::Str:
      if (!iterates_as(rt, v, TypeId::Str)) break;
      return Value::from(new_iterator(rt, TypeId::StrIterator, v));
    case Kind::Dict:
      if (!iterates_as(rt, v, TypeId::Dict)) break;
      return dict_iterator(rt, TypeId::DictKeyIterator, *to<Dict>(v));
    case Kind::DictView:
      return view_iterator(rt, *static_cast<DictView*>(v.object()));
    case Kind::Set:
      if (!is_exact_set(rt, v)) break;
      return set_iterator(rt, *to<Set>(v));
    case Kind::Bytes:
      if (!iterates_as(rt, v, TypeId::Bytes)) break;
      return Value::from(new_iterator(rt, TypeId::BytesIterator, v, Value::from_int(0)));
    case Kind::ByteArray:
      if (!iterates_as(rt, v, TypeId::ByteArray)) break;
      return Value::from(new_iterator(rt, TypeId::ByteArrayIterator, v, Value::from_int(0)));
    case Kind::Iterator:
      if (!iterates_as(rt, v, static_cast<TypeId>(to<Iterator>(v)->type_id))) break;
      return v;
    case Kind::Generator:
      return v.object()->shape == rt.shape_of(TypeId::Generator) ? v : Value::unbound();
    default:
      break;
  }
  return Value::unbound();
}

namespace {

// Appends the items of containers that can be read without any iterator; false for everything else.
bool append_stored(Runtime& rt, List& list, Value v) {
  if (!v.is_object()) return false;
  switch (v.object()->kind) {
    case Kind::List: {
      if (!iterates_as(rt, v, TypeId::List)) return false;
      List& source = *to<List>(v);
      u64 count = source.size;  // extending a list with itself stops at its old end
      if (count == 0) return true;
      if (!list.items || list.items->capacity < list.size + count)
        list_resize_storage(rt, list, list.size + count);
      for (u64 i = 0; i < count; ++i) list.items->items[list.size + i] = source.items->items[i];
      list.size += count;
      rt.heap.wrote(list.items);
      return true;
    }
    case Kind::Tuple: {
      if (!iterates_as(rt, v, TypeId::Tuple)) return false;
      const Tuple& source = *to<Tuple>(v);
      if (source.size == 0) return true;
      if (!list.items || list.items->capacity < list.size + source.size) {
        list_resize_storage(rt, list, list.size + source.size);
      }
      for (u64 i = 0; i < source.size; ++i) list.items->items[list.size + i] = source.items[i];
      list.size += source.size;
      rt.heap.wrote(list.items);
      return true;
    }
    case Kind::Dict: {
      if (!iterates_as(rt, v, TypeId::Dict)) return false;
      u64 position = 0;
      Value key, value;
      while (dict_next(*to<Dict>(v), position, key, value)) list_append(rt, list, key);
      return true;
    }
    case Kind::Set: {
      if (!iterates_as(rt, v, TypeId::Set) && !iterates_as(rt, v, TypeId::FrozenSet)) return false;
      u64 position = 0;
      Value key;
      i64 hash;
      while (set_next(*to<Set>(v), position, key, hash)) list_append(rt, list, key);
      return true;
    }
    default:
      return false;
  }
}

// Drains an iterator that never waits, a piece of it at most. True when that was the end.
Result append_from_iterator(Runtime& rt, Frame& f, List& list, Iterator& it) {
  NextFn step = next_function(static_cast<TypeId>(it.type_id));
  for (i64 left = kPieceOfWork; left > 0; --left) {
    Value item = TRY(step(rt, f, it));
    if (item.is_exhausted()) return Result::boolean(true);
    list_append(rt, list, item);
  }
  return Result::boolean(false);
}

// A range that would not fit in memory is refused before its first item is made.
bool fits_in_memory(Runtime& rt, Value iterable) {
  const Range* range = as<Range>(iterable);
  if (!range) return true;
  i64 count;
  return int_to_i64(range->length, count) && count < (i64{1} << 40) &&
         rt.heap.has_room(static_cast<size_t>(count) * sizeof(Value));
}

}  // namespace

Result iter(Runtime& rt, Frame& f, Value iterable) {
  Value direct = builtin_iterator(rt, iterable);
  if (!direct.is_unbound()) return direct;
  Value method = type_of(rt, iterable)->special(Special::Iter);
  if (method.is_none()) return not_iterable(rt, iterable);
  if (method.is_unbound()) {
    if (!has_special(rt, iterable, Special::GetItem)) return not_iterable(rt, iterable);
    return Value::from(new_iterator(rt, TypeId::SequenceIterator, iterable));
  }
  // Builtin types are known to return iterators; everybody else's answer is examined.
  if (is_kind(method, Kind::Native)) return call_special(rt, f, iterable, Special::Iter, {});
  return call_internal(rt, f, Internal::Iter, {iterable});
}

// iterable → iterator.
Result iter_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, call_special(rt, f, f[0], Special::Iter, {}));
      if (has_special(rt, r.value(), Special::Next)) return r;
      return raise(rt, TypeId::TypeError, "iter() returned non-iterator of type '%s'",
                   type_name(rt, r.value()));
  }
  LISLE_UNREACHABLE();
}

Result next(Runtime& rt, Frame& f, Value iterator) {
  if (is_native_iterator(rt, iterator)) {
    // A loop in C++ over such an iterator passes no safepoint of the machine: its steps are counted here.
    if (LISLE_UNLIKELY(--rt.thread.ticks < 0))
      return call_internal(rt, f, Internal::NextAfterPause, {iterator});
    rt.thread.stop_value = Value::none();
    return advance(rt, f, *to<Iterator>(iterator));
  }
  if (is_kind(iterator, Kind::Generator) && iterator.object()->shape == rt.shape_of(TypeId::Generator)) {
    return generator_send(rt, f, iterator, Value::none());
  }
  Value method = type_of(rt, iterator)->special(Special::Next);
  // A function of the program that simply returns the item needs no frame between it and who asks.
  if (is_kind(method, Kind::Function) && !(to<Function>(method)->code->flags & kCodeOwnsFrame)) {
    Result r = call_special(rt, f, iterator, Special::Next, {});
    if (r.is_pending()) rt.thread.enter->info |= Frame::kMakesItem;
    return r;
  }
  if (method.is_unbound() || method.is_none()) {
    return raise(rt, TypeId::TypeError, "'%s' object is not an iterator", type_name(rt, iterator));
  }
  return call_internal(rt, f, Internal::Next, {iterator});
}

// iterator → item or exhausted. Catches StopIteration.
Result next_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT_CATCH(1, call_special(rt, f, f[0], Special::Next, {}));
      return r.is_raised() ? end_or_raised(rt) : r;
  }
  LISLE_UNREACHABLE();
}

Result list_extend(Runtime& rt, Frame& f, List& list, Value iterable) {
  if (append_stored(rt, list, iterable)) return Result::none();
  if (!fits_in_memory(rt, iterable)) return raise(rt, TypeId::MemoryError, "");
  Value iterator = builtin_iterator(rt, iterable);
  if (!iterator.is_unbound() && never_waits(rt, iterator)) {
    if (TRY(append_from_iterator(rt, f, list, *to<Iterator>(iterator))).is_true()) return Result::none();
    iterable = iterator;
  }
  return call_internal(rt, f, Internal::ListExtend, {Value::from(&list), iterable});
}

// list, iterable → None. f[2] iterator.
Result list_extend_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[1]));
      f[2] = r.value();
      // A list needs no hint here, but what the program's classes raise when they are asked counts.
      if (type_of(rt, f[1])->is_heap) {
        AWAIT(3, length_hint(rt, f, f[1]));
      }
      if (never_waits(rt, f[2])) {
        for (;;) {
          r = append_from_iterator(rt, f, *to<List>(f[0]), *to<Iterator>(f[2]));
          if (r.is_raised()) return r;
          if (r.value().is_true()) return Result::none();
          AWAIT(4, pause(rt, f));
        }
      }
      for (;;) {
        AWAIT(2, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::none();
        list_append(rt, *to<List>(f[0]), r.value());
      }
  }
  LISLE_UNREACHABLE();
}

Result list_of(Runtime& rt, Frame& f, Value iterable) {
  List* list = new_list(rt);
  if (append_stored(rt, *list, iterable)) return Value::from(list);
  if (!fits_in_memory(rt, iterable)) return raise(rt, TypeId::MemoryError, "");
  Value iterator = builtin_iterator(rt, iterable);
  if (!iterator.is_unbound() && never_waits(rt, iterator)) {
    if (TRY(append_from_iterator(rt, f, *list, *to<Iterator>(iterator))).is_true()) return Value::from(list);
    iterable = iterator;
  }
  return call_internal(rt, f, Internal::ListOf, {iterable, Value::from(list)});
}

// iterable, list → list.
Result list_of_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, list_extend(rt, f, *to<List>(f[1]), f[0]));
      return f[1];
  }
  LISLE_UNREACHABLE();
}

Result tuple_of(Runtime& rt, Frame& f, Value iterable) {
  if (is_kind(iterable, Kind::Tuple) && iterable.object()->shape == rt.shape_of(TypeId::Tuple))
    return iterable;
  if (is_kind(iterable, Kind::List) && iterates_as(rt, iterable, TypeId::List)) {
    const List& list = *to<List>(iterable);
    return Value::from(list.size ? new_tuple_from(rt, list.items->items, list.size) : new_tuple(rt, 0));
  }
  return call_internal(rt, f, Internal::TupleOf, {iterable});
}

// iterable → tuple.
Result tuple_of_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, list_of(rt, f, f[0]));
      const List& list = *to<List>(r.value());
      return Value::from(list.size ? new_tuple_from(rt, list.items->items, list.size) : new_tuple(rt, 0));
  }
  LISLE_UNREACHABLE();
}

Result length_hint(Runtime& rt, Frame& f, Value iterable) {
  if (!has_special(rt, iterable, Special::Len) && !has_special(rt, iterable, Special::LengthHint)) {
    return Value::from_int(0);
  }
  return call_internal(rt, f, Internal::LengthHint, {iterable});
}

// iterable → int. A TypeError of __len__ or __length_hint__ means "unknown".
Result length_hint_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (has_special(rt, f[0], Special::Len)) {
        AWAIT_CATCH(1, length(rt, f, f[0]));
        if (!r.is_raised()) return r;
        if (!raised_is(rt, TypeId::TypeError)) return r;
        take_raised(rt);
      }
      if (!has_special(rt, f[0], Special::LengthHint)) return Value::from_int(0);
      AWAIT_CATCH(2, call_special(rt, f, f[0], Special::LengthHint, {}));
      if (r.is_raised()) {
        if (!raised_is(rt, TypeId::TypeError)) return r;
        take_raised(rt);
        return Value::from_int(0);
      }
      if (r.value().is_not_implemented()) return Value::from_int(0);
      if (!is_int_like(r.value())) {
        return raise(rt, TypeId::TypeError, "__length_hint__ must be an integer, not %s",
                     type_name(rt, r.value()));
      }
      if (int_is_negative(r.value())) {
        return raise(rt, TypeId::ValueError, "__length_hint__() should return >= 0");
      }
      return r;
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

// What native iterators say to copy and pickle: a call that makes the iterator anew and, for those over
// sequences, the position to go to. Iterators over tables answer with what is left, because their position
// means nothing elsewhere.
#include <algorithm>

#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/range.h"

namespace lisle::rt {

namespace {

// (callable, args) or (callable, args, state).
Value reduction(Runtime& rt, Value callable, Tuple* args, Value state = Value::unbound()) {
  Value items[3] = {callable, Value::from(args), state};
  return Value::from(new_tuple_from(rt, items, state.is_unbound() ? 2 : 3));
}

Tuple* arguments(Runtime& rt, std::initializer_list<Value> values) {
  return new_tuple_from(rt, values.begin(), values.size());
}

Value builtin(Runtime& rt, const char* name) {
  return module_get(rt, *rt.builtins, name);
}

Value class_of(Runtime& rt, const Iterator& it) {
  return Value::from(type_of(rt, Value::from(&it)));
}

// What an ended iterator is made from: nothing, in the type that it went over.
Value empty_source(Runtime& rt, TypeId id) {
  if (id == TypeId::ListIterator || id == TypeId::ListReverseIterator) return Value::from(new_list(rt));
  if (id == TypeId::StrIterator) return Value::from(new_str(rt, ""));
  return Value::from(rt.empty_tuple);
}

Result reduce_range(Runtime& rt, const Iterator& it) {
  i64 start = it.a.as_int(), step = it.source.as_int();
  Value stop = new_int(rt, start + it.b.as_int() * step);
  Value range = TRY(new_range(rt, it.a, stop, it.source));
  return reduction(rt, builtin(rt, "iter"), arguments(rt, {range}), Value::none());
}

// A copy is drained, so that the iterator itself does not move.
Result reduce_table(Runtime& rt, Frame& f, const Iterator& it) {
  List* left = new_list(rt);
  Iterator* copy = new_iterator(rt, static_cast<TypeId>(it.type_id), it.source, it.a, it.b);
  for (;;) {
    Value item = TRY(advance(rt, f, *copy));
    if (item.is_exhausted()) break;
    list_append(rt, *left, item);
  }
  return reduction(rt, builtin(rt, "iter"), arguments(rt, {Value::from(left)}));
}

Result reduce_map(Runtime& rt, const Iterator& it) {
  const Tuple& parts = *to<Tuple>(it.a);
  Tuple* args = new_tuple(rt, parts.size + 1);
  args->items[0] = it.source;
  for (u64 i = 0; i < parts.size; ++i) args->items[i + 1] = parts.items[i];
  return reduction(rt, class_of(rt, it), args);
}

Result reduce_zip(Runtime& rt, const Iterator& it) {
  Tuple* parts = as<Tuple>(it.source);
  return reduction(rt, class_of(rt, it), parts ? parts : rt.empty_tuple,
                   it.a.is_true() ? Value::true_() : Value::unbound());
}

// Items of the source that positions may point behind; a large number where only the program knows.
i64 source_size(const Iterator& it) {
  if (const List* list = as<List>(it.source)) return static_cast<i64>(list->size);
  if (const Tuple* tuple = as<Tuple>(it.source)) return static_cast<i64>(tuple->size);
  if (const Str* text = as<Str>(it.source)) return static_cast<i64>(text->length);
  if (const TypedArray* array = as<TypedArray>(it.source)) return static_cast<i64>(array->length());
  std::string_view bytes;
  if (bytes_like(it.source, bytes)) return static_cast<i64>(bytes.size());
  return kSmallIntMax;
}

bool goes_backward(const Iterator& it) {
  auto id = static_cast<TypeId>(it.type_id);
  return id == TypeId::ListReverseIterator || id == TypeId::Reversed;
}

}  // namespace

Result iterator_reduction(Runtime& rt, const Iterator& it) {
  auto id = static_cast<TypeId>(it.type_id);
  bool ended = it.source.is_none();
  switch (id) {
    case TypeId::RangeIterator:
      return reduce_range(rt, it);
    case TypeId::Map:
      return reduce_map(rt, it);
    case TypeId::Zip:
      return reduce_zip(rt, it);
    case TypeId::Filter:
    case TypeId::Enumerate:
      return reduction(rt, class_of(rt, it), arguments(rt, {it.source, it.a}));
    case TypeId::Reversed:
      if (ended) return reduction(rt, class_of(rt, it), arguments(rt, {Value::from(rt.empty_tuple)}));
      return reduction(rt, class_of(rt, it), arguments(rt, {it.source}), it.a);
    case TypeId::CallableIterator:
    case TypeId::ListReverseIterator:
    case TypeId::ListIterator:
    case TypeId::TupleIterator:
    case TypeId::StrIterator:
    case TypeId::BytesIterator:
    case TypeId::ByteArrayIterator:
    case TypeId::TypedArrayIterator:
    case TypeId::SequenceIterator:
    case TypeId::LongRangeIterator:
      break;
    default:
      return Value::unbound();
  }
  if (ended) return reduction(rt, builtin(rt, "iter"), arguments(rt, {empty_source(rt, id)}));
  if (id == TypeId::CallableIterator)
    return reduction(rt, builtin(rt, "iter"), arguments(rt, {it.source, it.a}));
  const char* maker = id == TypeId::ListReverseIterator ? "reversed" : "iter";
  return reduction(rt, builtin(rt, maker), arguments(rt, {it.source}), it.a);
}

Result iterator_reduce(Runtime& rt, Frame& f) {
  const Iterator& it = *to<Iterator>(f[0]);
  Value known = TRY(iterator_reduction(rt, it));
  if (!known.is_unbound()) return known;
  if (!it.source.is_none()) return reduce_table(rt, f, it);
  Value nothing = empty_source(rt, static_cast<TypeId>(it.type_id));
  return reduction(rt, builtin(rt, "iter"), arguments(rt, {nothing}));
}

Result iterator_set_state(Runtime& rt, Frame& f) {
  Iterator& it = *to<Iterator>(f[0]);
  i64 index;
  if (!is_int_like(f[1]) || !int_to_i64(f[1], index))
    return raise(rt, TypeId::TypeError, "an integer is required (got type %s)", type_name(rt, f[1]));
  if (it.source.is_none()) return Result::none();
  i64 low = goes_backward(it) ? -1 : 0;
  i64 high = goes_backward(it) ? source_size(it) - 1 : source_size(it);
  it.a = Value::from_int(std::clamp(index, low, high));
  return Result::none();
}

}  // namespace lisle::rt

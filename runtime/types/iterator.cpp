// Native iterators as such: making them, finding their step functions, and the methods they share.
#include "runtime/types/iterator.h"

#include <array>

#include "runtime/protocols/iterate.h"
#include "runtime/types/exception.h"
#include "runtime/types/instance.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"

namespace lisle::rt {

#define ITERATOR(Name, function) Result function(Runtime& rt, Frame& f, Iterator& it);
#include "runtime/types/iterators.def"
#undef ITERATOR

namespace {

constexpr std::array<NextFn, kTypeCount> kSteps = [] {
  std::array<NextFn, kTypeCount> steps{};
#define ITERATOR(Name, function) steps[static_cast<size_t>(TypeId::Name)] = function;
#include "runtime/types/iterators.def"
#undef ITERATOR
  return steps;
}();

constexpr int kMaxNesting = 8;

bool never_waits_at(const Runtime& rt, Value v, int depth) {
  const Iterator* native = as<Iterator>(v);
  if (depth == 0 || !native) return false;
  const Iterator& it = *native;
  // Subclasses could be given another __next__ at any time.
  if (it.shape != Runtime::shape_of(static_cast<TypeId>(it.type_id))) return false;
  switch (static_cast<TypeId>(it.type_id)) {
    case TypeId::ListIterator:
    case TypeId::ListReverseIterator:
    case TypeId::TupleIterator:
    case TypeId::StrIterator:
    case TypeId::BytesIterator:
    case TypeId::ByteArrayIterator:
    case TypeId::TypedArrayIterator:
    case TypeId::RangeIterator:
    case TypeId::LongRangeIterator:
    case TypeId::DictKeyIterator:
    case TypeId::DictValueIterator:
    case TypeId::DictItemIterator:
    case TypeId::DictReverseKeyIterator:
    case TypeId::DictReverseValueIterator:
    case TypeId::DictReverseItemIterator:
    case TypeId::SetIterator:
      return true;
    case TypeId::Enumerate:
      return never_waits_at(rt, it.source, depth - 1);
    case TypeId::Zip: {
      if (it.a.is_true()) return false;  // strict: its end takes several steps
      const Tuple* parts = as<Tuple>(it.source);
      if (!parts) return true;
      for (u64 i = 0; i < parts->size; ++i) {
        if (!never_waits_at(rt, parts->items[i], depth - 1)) return false;
      }
      return true;
    }
    default:
      return false;
  }
}

}  // namespace

Iterator* new_iterator(Runtime& rt, TypeId type, Value source, Value a, Value b) {
  Iterator* it = rt.make<Iterator>(type);
  it->type_id = static_cast<u64>(type);
  it->source = source;
  it->a = a;
  it->b = b;
  return it;
}

Iterator* new_iterator_of(Runtime& rt, Value type, TypeId id, Value source, Value a, Value b) {
  Iterator* it = new_instance_of<Iterator>(rt, to<Type>(type));
  it->type_id = static_cast<u64>(id);
  it->source = source;
  it->a = a;
  it->b = b;
  return it;
}

NextFn next_function(TypeId type) {
  return kSteps[static_cast<size_t>(type)];
}

bool is_native_iterator(const Runtime& rt, Value v) {
  const Iterator* it = as<Iterator>(v);
  if (!it) return false;
  const Type* base = rt.types[it->type_id];
  return it->shape == base->instance_shape->id ||
         type_of(rt, v)->special(Special::Next) == base->special(Special::Next);
}

bool never_waits(const Runtime& rt, Value iterator) {
  return never_waits_at(rt, iterator, kMaxNesting);
}

Value end_iterator(Iterator& it) {
  it.source = Value::none();
  return Value::exhausted();
}

Result raise_stop_iteration(Runtime& rt) {
  return raise_value(rt, Value::from(new_exception(rt, TypeId::StopIteration, Value::unbound())));
}

bool hands_on_items(const Iterator& it) {
  switch (static_cast<TypeId>(it.type_id)) {
    case TypeId::Enumerate:
    case TypeId::Zip:
    case TypeId::Map:
    case TypeId::Filter:
    case TypeId::Islice:
    case TypeId::DropWhile:
    case TypeId::FilterFalse:
    case TypeId::Starmap:
    case TypeId::Accumulate:
    case TypeId::Compress:
    case TypeId::Pairwise:
      return true;
    default:
      return false;
  }
}

Result raise_end_of(Runtime& rt, const Iterator& it) {
  Value returned = rt.thread.stop_value;
  rt.thread.stop_value = Value::none();
  if (!hands_on_items(it) || returned.is_none()) return raise_stop_iteration(rt);
  return raise_with(rt, TypeId::StopIteration, returned);
}

Result iterator_self(Runtime&, Frame& f) {
  return f[0];
}

Result iterator_next_leaf(Runtime& rt, Frame& f) {
  Result r = advance(rt, f, *to<Iterator>(f[0]));
  return r.is_value() && r.value().is_exhausted() ? raise_stop_iteration(rt) : r;
}

Result iterator_next_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      rt.thread.stop_value = Value::none();
      AWAIT(1, advance(rt, f, *to<Iterator>(f[0])));
      return r.value().is_exhausted() ? raise_end_of(rt, *to<Iterator>(f[0])) : r;
  }
  LISLE_UNREACHABLE();
}

namespace {
constexpr NativeSpec kPlainMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__reduce__", iterator_reduce, "(self, /)"},
    {"__setstate__", iterator_set_state, "(self, state, /)"},
};
constexpr NativeSpec kWaitingMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_steps, "(self, /)", nullptr, 2},
};
}  // namespace

const std::span<const NativeSpec> kPlainIteratorMethods{kPlainMethods};
const std::span<const NativeSpec> kWaitingIteratorMethods{kWaitingMethods};

}  // namespace lisle::rt

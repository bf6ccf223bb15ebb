// What the files that implement native iterators share: the methods every one of them has, and the question
// whether a step can be made without leaving C++.
#pragma once
#include "runtime/protocols/iterate.h"
#include "runtime/types/iterator.h"

namespace lisle::rt {

// True when advancing `iterator` cannot run program code, so that its result may be used at once: containers'
// own iterators, and enumerate and zip over such.
bool never_waits(const Runtime& rt, Value iterator);

inline Result advance(Runtime& rt, Frame& f, Iterator& it) {
  return next_function(static_cast<TypeId>(it.type_id))(rt, f, it);
}

// An iterator of iterator type `id` whose class is `type`: that type or a subclass.
Iterator* new_iterator_of(Runtime& rt, Value type, TypeId id, Value source, Value a = Value(),
                          Value b = Value());

// Marks an iterator as ended: it lets go of its source and stays exhausted.
Value end_iterator(Iterator& it);

// Does `v` have the class's own, not overridden, __next__ of its iterator type?
bool is_native_iterator(const Runtime& rt, Value v);

// Iterators over tables keep the table's size at their start, which must not change, and the count of items
// left in one word that looks like an int.
inline constexpr u64 kPackedMask = 0x7FFFFFFF;
inline Value pack_size(u64 size, u64 left) {
  return Value::from_bits(((size & kPackedMask) << 31 | (left & kPackedMask)) << 2);
}
inline u64 packed_size(Value v) {
  return v.bits() >> 33;
}
inline u64 packed_left(Value v) {
  return (v.bits() >> 2) & kPackedMask;
}

Result raise_stop_iteration(Runtime& rt);
// Does `it` only hand on the items of the iterator under it? Then it ends with what that one returned, in
// thread.stop_value: who asks for an item clears that before.
bool hands_on_items(const Iterator& it);
Result raise_end_of(Runtime& rt, const Iterator& it);  // StopIteration with what `it` ends with

// Methods for type tables.
Result iterator_self(Runtime& rt, Frame& f);        // __iter__
Result iterator_next_leaf(Runtime& rt, Frame& f);   // __next__ of iterators whose step never waits
Result iterator_next_steps(Runtime& rt, Frame& f);  // __next__ of all others; two registers
Result iterator_reduce(Runtime& rt, Frame& f);      // __reduce__ of iterators of builtin types
// The same without asking the program; unbound for iterators over tables, which have to be drained.
Result iterator_reduction(Runtime& rt, const Iterator& it);
Result iterator_set_state(Runtime& rt, Frame& f);  // __setstate__ of those whose `a` is an index

// The rows of iterators without methods of their own.
extern const std::span<const NativeSpec> kPlainIteratorMethods;
extern const std::span<const NativeSpec> kWaitingIteratorMethods;

}  // namespace lisle::rt

// Hash and equality of keys and elements as far as no program code can influence them. Containers try these
// first and fall back to their step machines; that keeps the common case free of frames and suspension.
//
// Unlike quick_hash and quick_equal these look into tuples, lists, dicts and sets, to a bounded depth,
// because that is what keys and elements are made of. Beyond the depth the answer is "ask", and the step
// machines, which use heap frames, take over: no nesting can exhaust the C++ stack.
#pragma once
#include "runtime/protocols/compare.h"
#include "runtime/types/list.h"

namespace lisle::rt {

// The hash of `v`; false when the program may have to be asked, or when `v` cannot be hashed.
bool pure_hash(Runtime& rt, Value v, i64& hash);

// Identity or equality; false when the program may have to be asked.
bool pure_equal(Runtime& rt, Value a, Value b, bool& equal);

// a < b for two ints, two floats, ints with floats, two exact strings, and tuples and lists of such; false
// otherwise.
bool pure_less(Runtime& rt, Value a, Value b, bool& less);

// The hash of an object by its address, as object.__hash__ gives it.
i64 identity_hash(Value v);

// The hash of a tuple from the hashes of its items (xxHash, as in CPython): start, once for each item,
// finish.
struct TupleHash {
  u64 accumulator = 2870177450012600261ULL;
  void add(i64 item_hash) {
    accumulator += static_cast<u64>(item_hash) * 14029467366897019727ULL;
    accumulator = (accumulator << 31) | (accumulator >> 33);
    accumulator *= 11400714785074694791ULL;
  }
  i64 finish(u64 size) const {
    u64 h = accumulator + (size ^ (2870177450012600261ULL ^ 3527539ULL));
    return h == ~u64{0} ? 1546275796 : static_cast<i64>(h);
  }
};

}  // namespace lisle::rt

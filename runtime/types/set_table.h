// Set operations on keys whose hash is known, and on any key, for the files that implement sets. All may ask
// the program's __eq__ (and __hash__ where no hash is given).
#pragma once
#include "runtime/protocols/iterate.h"
#include "runtime/types/set.h"

namespace lisle::rt {

Result set_add_hashed(Runtime& rt, Frame& f, Set& set, Value key, i64 hash);       // None
Result set_contains_hashed(Runtime& rt, Frame& f, Set& set, Value key, i64 hash);  // a bool
Result set_discard_hashed(Runtime& rt, Frame& f, Set& set, Value key, i64 hash);   // True if it was there
Result set_discard(Runtime& rt, Frame& f, Set& set, Value key);                    // True if it was there

// In-place operations with any iterable; None. A Set argument is used by its stored hashes.
Result set_update(Runtime& rt, Frame& f, Set& set, Value other);
Result set_difference_update(Runtime& rt, Frame& f, Set& set, Value other);
Result set_symmetric_update(Runtime& rt, Frame& f, Set& set, Value other);
// A new set (of class set or frozenset, as `set` is) with what `set` has in common with an iterable.
Result set_intersection(Runtime& rt, Frame& f, Set& set, Value other);
Result set_difference(Runtime& rt, Frame& f, Set& set, Value other);
Result set_is_subset(Runtime& rt, Frame& f, Set& set, Set& other);     // a bool
Result set_is_disjoint(Runtime& rt, Frame& f, Set& set, Value other);  // a bool

// --- two sets, as far as the program need not compare keys: null or false when it must be asked. Nothing has
// been asked then, and doing it all again does no harm.
bool set_update_pure(Runtime& rt, Set& set, Set& other);
Set* set_union_pure(Runtime& rt, Set& set, Set& other);
bool set_difference_update_pure(Runtime& rt, Set& set, Set& other);
bool set_is_subset_pure(Runtime& rt, Set& set, Set& other, bool& answer);
Set* set_intersection_pure(Runtime& rt, Set& set, Set& other);
Set* set_difference_pure(Runtime& rt, Set& set, Set& other);
Set* set_symmetric_difference_pure(Runtime& rt, Set& set, Set& other);

// Fills an empty set, which has a table with room, with the keys of another, one after the other.
void set_copy_clean(Runtime& rt, Set& target, const Set& source);
// One large resize at the start of an update instead of several on the way.
void set_make_room(Runtime& rt, Set& set, u64 more);
// After keys were taken out of `set`: more than a quarter of dummies are resized away.
void set_drop_dummies(Runtime& rt, Set& set);

// The slot of the n-th key with that hash in probing order, -1 when there are fewer. The set must have a
// table.
i64 set_candidate(const Set& set, i64 hash, u64 ordinal);
// A copy of class set or frozenset, as `set` is.
Set* set_copy(Runtime& rt, Set& set);
// Takes over the content of another set.
void set_take(Runtime& rt, Set& set, Set& other);

}  // namespace lisle::rt

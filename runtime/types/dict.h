// dict: insertion-ordered. An index table of entry numbers (open addressing) and an array of entries of three
// words: the hash (shifted left by two, so that it looks like an int), the key, the value. Deleted entries
// have an unbound key.
//
// `version` identifies the set of keys and their places: it changes when a key is added or removed or entries
// move, not when a value is replaced. Inline caches read entries by number while the version stays the same.
// Zero means that nobody asked since the last change; versions are unique over all dicts of a Runtime.
#pragma once
#include "runtime/object/frame.h"
#include "runtime/types/str.h"

namespace lisle::rt {

struct Dict : Object {
  static constexpr Kind kKind = Kind::Dict;
  u32 version;
  u32 index_log2;  // log2 of the index table's slots; index entries are u8, u16 or u32 as the size demands
  u64 used;        // live entries
  u64 filled;      // entries written, deleted ones included
  Raw* index;      // null while the dict is empty and new
  Array* entries;  // 3 Values an entry

  static constexpr u32 kEntryWords = 3;
  Value key_at(u64 entry) const { return entries->items[entry * kEntryWords + 1]; }
  Value& value_at(u64 entry) const { return entries->items[entry * kEntryWords + 2]; }

  size_t byte_size() const { return sizeof(Dict); }
  template <class V>
  void visit(V&& v) {
    v(index);
    v(entries);
  }
};

Dict* new_dict(Runtime& rt, u64 expected = 0);
u32 dict_version(Runtime& rt, Dict& d);  // assigns one if there is none

// Keys that are exact strings never call the program, so these are pure functions of the dict (keys of other
// types that compare equal to a string by a user's __eq__ are looked at by the general functions below only).
Value dict_get_str(Runtime& rt, Dict& d, Str* key);  // unbound when absent
i64 dict_find_str(Runtime& rt, Dict& d, Str* key);   // entry number, -1 when absent
void dict_set_str(Runtime& rt, Dict& d, Str* key, Value v);
bool dict_delete_str(Runtime& rt, Dict& d, Str* key);

// Any key: may call __hash__ and __eq__ of the program. `f` is the requesting frame (see protocols/call.h).
Result dict_get(Runtime& rt, Frame& f, Dict& d, Value key);           // unbound when absent; no __missing__
Result dict_set(Runtime& rt, Frame& f, Dict& d, Value key, Value v);  // None
Result dict_delete(Runtime& rt, Frame& f, Dict& d, Value key);        // True if it was there
Result dict_contains(Runtime& rt, Frame& f, Dict& d, Value key);      // a bool
// Takes over all entries of a mapping, or of an iterable of pairs, as dict.update() does.
Result dict_update(Runtime& rt, Frame& f, Dict& d, Value other);  // None
Dict* dict_copy(Runtime& rt, Dict& d);
void dict_clear(Runtime& rt, Dict& d);

// Iteration by entry number over live entries: start with 0; false at the end. Sees entries added meanwhile.
bool dict_next(const Dict& d, u64& position, Value& key, Value& value);

}  // namespace lisle::rt

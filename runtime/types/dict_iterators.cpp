// Iterators over dicts: keys, values and items, forward and backward.
//
//   source: the Dict; a: number of the next entry to look at; b: see pack_size() in iterator_common.h
#include "runtime/types/dict.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

enum class Want : u8 { kKey, kValue, kItem };

Value wanted(Runtime& rt, Want want, Value key, Value value) {
  if (want == Want::kKey) return key;
  if (want == Want::kValue) return value;
  Tuple* item = new_tuple(rt, 2);
  item->items[0] = key;
  item->items[1] = value;
  return Value::from(item);
}

// None when the dict still has the size it had; otherwise raises, now and ever after.
bool size_changed(const Dict& d, Iterator& it) {
  if ((d.used & kPackedMask) == packed_size(it.b)) return false;
  it.b = pack_size(kPackedMask, 0);
  return true;
}

Result raise_size_changed(Runtime& rt) {
  return raise(rt, TypeId::RuntimeError, "dictionary changed size during iteration");
}

Result raise_keys_changed(Runtime& rt, Iterator& it) {
  end_iterator(it);
  return raise(rt, TypeId::RuntimeError, "dictionary keys changed during iteration");
}

Result forward(Runtime& rt, Iterator& it, Want want) {
  const Dict* d = as<Dict>(it.source);
  if (!d) return Value::exhausted();
  if (LISLE_UNLIKELY(size_changed(*d, it))) return raise_size_changed(rt);
  u64 position = static_cast<u64>(it.a.as_int());
  while (position < d->filled && d->key_at(position).is_unbound()) ++position;
  if (position >= d->filled) return end_iterator(it);
  if (LISLE_UNLIKELY(packed_left(it.b) == 0)) return raise_keys_changed(rt, it);
  it.a = Value::from_int(static_cast<i64>(position) + 1);
  it.b = pack_size(packed_size(it.b), packed_left(it.b) - 1);
  const Value* entry = &d->entries->items[position * Dict::kEntryWords];
  return wanted(rt, want, entry[1], entry[2]);
}

Result backward(Runtime& rt, Iterator& it, Want want) {
  const Dict* d = as<Dict>(it.source);
  if (!d) return Value::exhausted();
  if (size_changed(*d, it)) return raise_size_changed(rt);
  i64 entry = it.a.as_int();
  if (entry >= static_cast<i64>(d->filled)) entry = static_cast<i64>(d->filled) - 1;
  while (entry >= 0 && d->key_at(static_cast<u64>(entry)).is_unbound()) --entry;
  if (entry < 0) return end_iterator(it);
  if (packed_left(it.b) == 0) return raise_keys_changed(rt, it);
  it.a = Value::from_int(entry - 1);
  it.b = pack_size(packed_size(it.b), packed_left(it.b) - 1);
  return wanted(rt, want, d->key_at(static_cast<u64>(entry)), d->value_at(static_cast<u64>(entry)));
}

Result length_hint(Runtime&, Frame& f) {
  const Iterator& it = *to<Iterator>(f[0]);
  const Dict* d = as<Dict>(it.source);
  bool valid = d && (d->used & kPackedMask) == packed_size(it.b);
  return Value::from_int(valid ? static_cast<i64>(packed_left(it.b)) : 0);
}

}  // namespace

Result dict_key_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  return forward(rt, it, Want::kKey);
}
Result dict_value_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  return forward(rt, it, Want::kValue);
}
Result dict_item_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  return forward(rt, it, Want::kItem);
}
Result dict_reverse_key_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  return backward(rt, it, Want::kKey);
}
Result dict_reverse_value_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  return backward(rt, it, Want::kValue);
}
Result dict_reverse_item_iterator_next(Runtime& rt, Frame&, Iterator& it) {
  return backward(rt, it, Want::kItem);
}

namespace {

constexpr NativeSpec kMethods[] = {
    {"__iter__", iterator_self, "(self, /)"},
    {"__next__", iterator_next_leaf, "(self, /)"},
    {"__length_hint__", length_hint, "(self, /)"},
    {"__reduce__", iterator_reduce, "(self, /)"},
};

constexpr TypeSpec type_named(const char* name) {
  return {
      name,     "builtins", nullptr, TypeId::Object, Kind::Iterator, kTypeFinal | kTypeNoNew | kTypeHidden,
      kMethods, {}};
}

}  // namespace

extern const TypeSpec kDictKeyIteratorType = type_named("dict_keyiterator");
extern const TypeSpec kDictValueIteratorType = type_named("dict_valueiterator");
extern const TypeSpec kDictItemIteratorType = type_named("dict_itemiterator");
extern const TypeSpec kDictReverseKeyIteratorType = type_named("dict_reversekeyiterator");
extern const TypeSpec kDictReverseValueIteratorType = type_named("dict_reversevalueiterator");
extern const TypeSpec kDictReverseItemIteratorType = type_named("dict_reverseitemiterator");

}  // namespace lisle::rt

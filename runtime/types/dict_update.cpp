// dict.update() in all its forms: from dicts, from anything with keys(), from pairs.
#include "runtime/protocols/attribute.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/subscript.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

// A dict whose entries may be taken without asking: subclasses that iterate in their own way are mappings to
// ask.
bool is_plain_dict(const Runtime& rt, Value v) {
  if (!is_kind(v, Kind::Dict)) return false;
  return v.object()->shape == rt.shape_of(TypeId::Dict) ||
         type_of(rt, v)->special(Special::Iter) == rt.type(TypeId::Dict)->special(Special::Iter);
}

// Copies entries from `position` on as long as the program need not be asked; false when it must be.
bool merge_pure(Runtime& rt, Dict& d, Dict& source, u64& position) {
  Value key, value;
  for (u64 before = position; dict_next(source, position, key, value); before = position) {
    i64 hash = static_cast<i64>(source.entries->items[(position - 1) * Dict::kEntryWords].bits() >> 2);
    i64 entry;
    switch (dict_probe(rt, d, key, hash, entry)) {
      case Probe::kFound:
        dict_replace(rt, d, static_cast<u64>(entry), value);
        break;
      case Probe::kAbsent:
        dict_insert_new(rt, d, key, hash, value);
        break;
      case Probe::kAsk:
        position = before;
        return false;
    }
  }
  return true;
}

// An empty dict takes over the tables of a copy.
void take_tables(Runtime& rt, Dict& d, Dict& source) {
  Dict* copy = dict_copy(rt, source);
  d.index = copy->index;
  d.entries = copy->entries;
  d.index_log2 = copy->index_log2;
  d.used = copy->used;
  d.filled = copy->filled;
  d.version = 0;
  rt.heap.wrote(&d);
}

bool is_iterable(const Runtime& rt, Value v) {
  return has_special(rt, v, Special::Iter) || has_special(rt, v, Special::GetItem);
}

Result not_a_pair(Runtime& rt, Value number) {
  return raise(rt, TypeId::TypeError, "cannot convert dictionary update sequence element #%lld to a sequence",
               static_cast<long long>(number.as_int()));
}

Result wrong_length(Runtime& rt, Value number, u64 length) {
  return raise(rt, TypeId::ValueError,
               "dictionary update sequence element #%lld has length %llu; 2 is required",
               static_cast<long long>(number.as_int()), static_cast<unsigned long long>(length));
}

// Stores an entry that was found at number `entry`, or not (-1).
void put(Runtime& rt, Dict& d, i64 entry, Value key, Value hash, Value value) {
  if (entry >= 0) return dict_replace(rt, d, static_cast<u64>(entry), value);
  dict_insert_new(rt, d, key, static_cast<i64>(hash.bits() >> 2), value);
}

Result set_pair(Runtime& rt, Frame& f, const List& pair) {
  return dict_set(rt, f, *to<Dict>(f[0]), pair.items->items[0], pair.items->items[1]);
}

}  // namespace

Result dict_update(Runtime& rt, Frame& f, Dict& d, Value other) {
  if (is_plain_dict(rt, other)) {
    Dict& source = *to<Dict>(other);
    if (&source == &d || source.used == 0) return Result::none();
    if (d.used == 0) {
      take_tables(rt, d, source);
      return Result::none();
    }
    u64 position = 0;
    if (merge_pure(rt, d, source, position)) return Result::none();
    return call_internal(rt, f, Internal::DictMerge,
                         {Value::from(&d), other, Value::from_int(static_cast<i64>(position))});
  }
  return call_internal(rt, f, Internal::DictUpdate, {Value::from(&d), other});
}

// dict, other dict, position → None. f[3] size of the other, f[4] to f[6] value, key and hash of an entry.
// Hashes are those the other dict keeps: they are not asked for again.
Result dict_merge_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Value key, value;
  u64 position = static_cast<u64>(f[2].as_int());
  switch (f.step()) {
    case 0:
      f[3] = Value::from_int(static_cast<i64>(to<Dict>(f[1])->used));
      while (dict_next(*to<Dict>(f[1]), position, key, value)) {
        f[2] = Value::from_int(static_cast<i64>(position));
        f[4] = value;
        f[5] = key;
        f[6] = to<Dict>(f[1])->entries->items[(position - 1) * Dict::kEntryWords];
        AWAIT(1, call_internal(rt, f, Internal::DictProbe, {f[0], f[5], f[6]}));
        put(rt, *to<Dict>(f[0]), r.value().as_int(), f[5], f[6], f[4]);
        if (f[3].as_int() != static_cast<i64>(to<Dict>(f[1])->used)) {
          return raise(rt, TypeId::RuntimeError, "dict mutated during update");
        }
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

// dict, other → None. f[2] iterator, f[3] key or number of the pair.
Result dict_update_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, get_attr_or_unbound(rt, f, f[1], rt.names.keys));
      if (!r.value().is_unbound()) {
        AWAIT(2, call(rt, f, r.value(), {}));
        AWAIT(3, iter(rt, f, r.value()));
        f[2] = r.value();
        for (;;) {
          AWAIT(4, next(rt, f, f[2]));
          if (r.value().is_exhausted()) return Result::none();
          f[3] = r.value();
          AWAIT(5, get_item(rt, f, f[1], f[3]));
          AWAIT(6, dict_set(rt, f, *to<Dict>(f[0]), f[3], r.value()));
        }
      }
      AWAIT(7, iter(rt, f, f[1]));
      f[2] = r.value();
      for (f[3] = Value::from_int(0);; f[3] = Value::from_int(f[3].as_int() + 1)) {
        AWAIT(8, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::none();
        if (!is_iterable(rt, r.value())) return not_a_pair(rt, f[3]);
        AWAIT(9, list_of(rt, f, r.value()));
        if (to<List>(r.value())->size != 2) return wrong_length(rt, f[3], to<List>(r.value())->size);
        AWAIT(10, set_pair(rt, f, *to<List>(r.value())));
      }
  }
  LISLE_UNREACHABLE();
}

}  // namespace lisle::rt

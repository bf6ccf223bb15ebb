// The methods, operators and type table of dict. Each method that looks up a key has a pure short form, and a
// step machine for keys that the program hashes and compares.
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/repr_guard.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/class_getitem.h"
#include "runtime/types/dict_items.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/dict_view.h"
#include "runtime/types/instance.h"
#include "runtime/types/int.h"
#include "runtime/types/item_at.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"

namespace lisle::rt {

namespace {

Dict& self(Frame& f) {
  return *to<Dict>(f[0]);
}
bool is_dict(Value v) {
  return is_kind(v, Kind::Dict);
}

// --- making and updating
// -------------------------------------------------------------------------------------------------

Result dict_new(Runtime& rt, Frame& f) {
  return Value::from(new_instance_of<Dict>(rt, to<Type>(f[0])));
}

// self, *args, **kwargs: shared by __init__ and update().
Result update_from_arguments(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (to<Tuple>(f[1])->size == 1) {
        AWAIT(1, dict_update(rt, f, self(f), to<Tuple>(f[1])->items[0]));
      }
      if (is_dict(f[2])) {
        AWAIT(2, dict_update(rt, f, self(f), f[2]));
      }
      return Result::none();
  }
  LISLE_UNREACHABLE();
}

Result too_many(Runtime& rt, Frame& f, const char* name) {
  return raise(rt, TypeId::TypeError, "%s expected at most 1 argument, got %llu", name,
               static_cast<unsigned long long>(to<Tuple>(f[1])->size));
}

Result init(Runtime& rt, Frame& f) {
  return to<Tuple>(f[1])->size > 1 ? too_many(rt, f, "dict") : update_from_arguments(rt, f);
}
Result update(Runtime& rt, Frame& f) {
  return to<Tuple>(f[1])->size > 1 ? too_many(rt, f, "update") : update_from_arguments(rt, f);
}

Result update_quickly(Runtime& rt, Frame& f) {
  return f.window_nargs() == 2 ? dict_update(rt, f, self(f), f[1]) : Result(Value::unbound());
}
// dict()
Result construct(Runtime& rt, Frame& f) {
  return f.window_nargs() == 0 ? Value::from(new_dict(rt)) : Value::unbound();
}

// type, iterable, value. f[3] the new mapping, f[4] iterator.
Result from_keys(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[2].is_unbound()) f[2] = Value::none();
      AWAIT(1, call(rt, f, f[0], {}));
      f[3] = r.value();
      AWAIT(2, iter(rt, f, f[1]));
      f[4] = r.value();
      for (;;) {
        AWAIT(3, next(rt, f, f[4]));
        if (r.value().is_exhausted()) return f[3];
        AWAIT(4, set_item(rt, f, f[3], r.value(), f[2]));
      }
  }
  LISLE_UNREACHABLE();
}

Result copy(Runtime& rt, Frame& f) {
  return Value::from(dict_copy(rt, self(f)));
}

Result clear(Runtime& rt, Frame& f) {
  dict_clear(rt, self(f));
  return Result::none();
}

// --- keys
// ----------------------------------------------------------------------------------------------------------------

Result len(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(self(f).used));
}
Result contains(Runtime& rt, Frame& f) {
  return dict_contains(rt, f, self(f), f[1]);
}
Result getitem(Runtime& rt, Frame& f) {
  return dict_get_item(rt, f, self(f), f[1]);
}
Result setitem(Runtime& rt, Frame& f) {
  return dict_set(rt, f, self(f), f[1], f[2]);
}
Result delitem(Runtime& rt, Frame& f) {
  return dict_delete_item(rt, f, self(f), f[1]);
}

Result get(Runtime& rt, Frame& f) {
  Value absent = f[2].is_unbound() ? Value::none() : f[2];
  Value found;
  if (!dict_get_pure(rt, self(f), f[1], found)) {
    return call_internal(rt, f, Internal::DictGetOr, {f[0], f[1], absent});
  }
  return found.is_unbound() ? absent : found;
}

Result set_default(Runtime& rt, Frame& f) {
  Value value = f[2].is_unbound() ? Value::none() : f[2];
  i64 hash, entry;
  switch (dict_lookup(rt, self(f), f[1], hash, entry)) {
    case Probe::kFound:
      return self(f).value_at(static_cast<u64>(entry));
    case Probe::kAbsent:
      dict_insert_new(rt, self(f), f[1], hash, value);
      return value;
    case Probe::kAsk:
      break;
  }
  return call_internal(rt, f, Internal::DictSetDefault, {f[0], f[1], value});
}

Value take_entry(Dict& d, i64 entry) {
  Value value = d.value_at(static_cast<u64>(entry));
  dict_remove_entry(d, static_cast<u64>(entry));
  return value;
}

// self, key, default
Result pop(Runtime& rt, Frame& f) {
  i64 hash, entry;
  switch (dict_lookup(rt, self(f), f[1], hash, entry)) {
    case Probe::kFound:
      return take_entry(self(f), entry);
    case Probe::kAbsent:
      return f[2].is_unbound() ? raise_with(rt, TypeId::KeyError, f[1]) : Result(f[2]);
    case Probe::kAsk:
      break;
  }
  return call_internal(rt, f, Internal::DictPop, {f[0], f[1], f[2]});
}

Result pop_item(Runtime& rt, Frame& f) {
  Dict& d = self(f);
  if (d.used == 0) {
    return raise_with(rt, TypeId::KeyError, Value::from(new_str(rt, "popitem(): dictionary is empty")));
  }
  dict_trim(d);
  u64 entry = d.filled - 1;
  Value item[] = {d.key_at(entry), d.value_at(entry)};
  dict_remove_entry(d, entry);
  dict_trim(d);
  return Value::from(new_tuple_from(rt, item, 2));
}

}  // namespace

// dict, key, default → value. f[3] hash.
Result dict_get_or_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, dict_get(rt, f, *to<Dict>(f[0]), f[1]));
      return r.value().is_unbound() ? Result(f[2]) : r;
  }
  LISLE_UNREACHABLE();
}

// dict, key, default → value. f[3] hash.
Result dict_set_default_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, hash(rt, f, f[1]));
      f[3] = r.value();
      AWAIT(2, call_internal(rt, f, Internal::DictProbe, {f[0], f[1], f[3]}));
      i64 entry = r.value().as_int(), hash = 0;
      if (entry >= 0) return self(f).value_at(static_cast<u64>(entry));
      int_to_i64(f[3], hash);
      dict_insert_new(rt, self(f), f[1], hash, f[2]);
      return f[2];
  }
  LISLE_UNREACHABLE();
}

// dict, key, default or unbound → value.
Result dict_pop_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (self(f).used == 0) return f[2].is_unbound() ? raise_with(rt, TypeId::KeyError, f[1]) : Result(f[2]);
      AWAIT(1, hash(rt, f, f[1]));
      AWAIT(2, call_internal(rt, f, Internal::DictProbe, {f[0], f[1], r.value()}));
      if (r.value().as_int() >= 0) return take_entry(self(f), r.value().as_int());
      return f[2].is_unbound() ? raise_with(rt, TypeId::KeyError, f[1]) : Result(f[2]);
  }
  LISLE_UNREACHABLE();
}

// --- operators
// -----------------------------------------------------------------------------------------------------------

namespace {

Result eq(Runtime& rt, Frame& f) {
  if (!is_dict(f[1])) return Value::not_implemented();
  if (self(f).used != to<Dict>(f[1])->used) return Result::boolean(false);
  bool equal;
  if (pure_equal(rt, f[0], f[1], equal)) return Result::boolean(equal);
  return call_internal(rt, f, Internal::DictEqual, {f[0], f[1]});
}

Result ne(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, eq(rt, f));
      return r.value().is_not_implemented() ? r : Result::boolean(r.value().is_false());
  }
  LISLE_UNREACHABLE();
}

// Copy of `first` updated with `second`, in f[2].
Result merged(Runtime& rt, Frame& f, Value first, Value second) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_dict(f[0]) || !is_dict(f[1])) return Value::not_implemented();
      f[2] = Value::from(dict_copy(rt, *to<Dict>(first)));
      AWAIT(1, dict_update(rt, f, *to<Dict>(f[2]), second));
      return f[2];
  }
  LISLE_UNREACHABLE();
}

Result or_(Runtime& rt, Frame& f) {
  return merged(rt, f, f[0], f[1]);
}
Result ror_(Runtime& rt, Frame& f) {
  return merged(rt, f, f[1], f[0]);
}

Result ior_(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, dict_update(rt, f, self(f), f[1]));
      return f[0];
  }
  LISLE_UNREACHABLE();
}

}  // namespace

// a, b of equal size → a bool. f[2] position, f[3] key and f[4] value of the entry of a.
Result dict_equal_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      f[2] = Value::from_int(0);
      for (;;) {
        {
          u64 position = static_cast<u64>(f[2].as_int());
          if (!dict_next(self(f), position, f[3], f[4])) return Result::boolean(true);
          f[2] = Value::from_int(static_cast<i64>(position));
        }
        AWAIT(1, call_internal(rt, f, Internal::DictProbe,
                               {f[1], f[3], item_at(self(f).entries, (f[2].as_int() - 1) * 3)}));
        if (r.value().as_int() < 0) return Result::boolean(false);
        AWAIT(2, equal(rt, f, f[4], to<Dict>(f[1])->value_at(static_cast<u64>(r.value().as_int()))));
        if (r.value().is_false()) return r;
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

// --- text
// ----------------------------------------------------------------------------------------------------------------

// self → text. f[1] texts of keys and values in turn, f[2] position, f[3] the value whose turn is next.
Result repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  Value key;
  u64 position = 0;
  switch (f.step()) {
    case 0:
      if (self(f).used == 0) return Value::from(new_str(rt, "{}"));
      if (!repr_enter(rt, f[0].object())) return Value::from(new_str(rt, "{...}"));
      f[1] = Value::from(new_list(rt, self(f).used * 2));
      f[2] = Value::from_int(0);
      f[3] = Value::none();
      while (position = static_cast<u64>(f[2].as_int()), dict_next(self(f), position, key, f[3])) {
        f[2] = Value::from_int(static_cast<i64>(position));
        AWAIT(1, to_repr(rt, f, key));
        list_append(rt, *to<List>(f[1]), r.value());
        AWAIT(2, to_repr(rt, f, f[3]));
        list_append(rt, *to<List>(f[1]), r.value());
      }
      repr_leave(rt, f[0].object());
      TextBuffer text;
      text.append('{');
      const List& texts = *to<List>(f[1]);
      for (u64 i = 0; i + 1 < texts.size; i += 2) {
        if (i) text.append_ascii(", ");
        append_str(text, to<Str>(texts.items->items[i]));
        text.append_ascii(": ");
        append_str(text, to<Str>(texts.items->items[i + 1]));
      }
      text.append('}');
      return finish_text(rt, text);
  }
  LISLE_UNREACHABLE();
}

// --- views and iterators
// -------------------------------------------------------------------------------------------------

Result keys(Runtime& rt, Frame& f) {
  return Value::from(new_dict_view(rt, TypeId::DictKeys, &self(f)));
}
Result values(Runtime& rt, Frame& f) {
  return Value::from(new_dict_view(rt, TypeId::DictValues, &self(f)));
}
Result items(Runtime& rt, Frame& f) {
  return Value::from(new_dict_view(rt, TypeId::DictItems, &self(f)));
}
Result iter_of(Runtime& rt, Frame& f) {
  return dict_iterator(rt, TypeId::DictKeyIterator, self(f));
}
Result reversed_of(Runtime& rt, Frame& f) {
  return dict_reverse_iterator(rt, TypeId::DictReverseKeyIterator, self(f));
}

constexpr NativeSpec kMethods[] = {
    {"__new__", dict_new, "(cls, /, *args, **kwargs)", nullptr, 0, kStatic | kAllocates},
    {"__init__", init, "(self, /, *args, **kwargs)", nullptr, 3},
    {"__repr__", repr, "(self, /)", nullptr, 4},
    {"__len__", len, "(self, /)"},
    {"__iter__", iter_of, "(self, /)"},
    {"__reversed__", reversed_of, "(self, /)"},
    {"__contains__", contains, "(self, key, /)"},
    {"__getitem__", getitem, "(self, key, /)"},
    {"__setitem__", setitem, "(self, key, value, /)"},
    {"__delitem__", delitem, "(self, key, /)"},
    {"__eq__", eq, "(self, value, /)"},
    {"__ne__", ne, "(self, value, /)", nullptr, 2},
    {"__or__", or_, "(self, value, /)", nullptr, 3},
    {"__ror__", ror_, "(self, value, /)", nullptr, 3},
    {"__ior__", ior_, "(self, value, /)", nullptr, 2},
    {"__hash__", nullptr, nullptr},
    {"get", get, "(self, key, default=None, /)", "Return the value of the key, or the default."},
    {"setdefault", set_default, "(self, key, default=None, /)",
     "Return the value of the key; insert it with the default if it is absent."},
    {"pop", pop, "(self, key, default=<unrepresentable>, /)",
     "Remove the key and return its value, or the default; KeyError when the key is absent and there is no "
     "default."},
    {"popitem", pop_item, "(self, /)",
     "Remove and return the pair inserted last; KeyError if the dict is empty."},
    {"update", update, "(self, /, *args, **kwargs)",
     "Take over all entries of a mapping or of an iterable of pairs.", 3, kLeaf, update_quickly},
    {"keys", keys, "(self, /)", "Return a view of the keys."},
    {"values", values, "(self, /)", "Return a view of the values."},
    {"items", items, "(self, /)", "Return a view of the pairs of key and value."},
    {"clear", clear, "(self, /)", "Remove all entries."},
    {"copy", copy, "(self, /)", "Return a shallow copy."},
    {"fromkeys", from_keys, "(cls, iterable, value=None, /)",
     "Return a new dict with the keys of an iterable.", 5, kClassMethod},
    {"__class_getitem__", class_getitem, "(cls, item, /)", "See PEP 585", 0, kClassMethod},
};

}  // namespace

extern const TypeSpec kDictType{
    "dict",         "builtins", "dict(...): a mapping of keys to values in the order of insertion.",
    TypeId::Object, Kind::Dict, kTypeMapping,
    kMethods,       {},         construct};

}  // namespace lisle::rt

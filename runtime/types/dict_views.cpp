// The views keys(), values() and items(). Views of keys and items are sets: they can be compared and combined
// with any set or iterable; the results are plain sets.
#include "runtime/protocols/compare.h"
#include "runtime/protocols/convert.h"
#include "runtime/protocols/iterate.h"
#include "runtime/protocols/repr_guard.h"
#include "runtime/protocols/subscript.h"
#include "runtime/support/text.h"
#include "runtime/types/dict_view.h"
#include "runtime/types/iterator_common.h"
#include "runtime/types/list.h"
#include "runtime/types/set_table.h"

namespace lisle::rt {

DictView* new_dict_view(Runtime& rt, TypeId type, Dict* d) {
  DictView* view = rt.make<DictView>(type);
  view->dict = d;
  return view;
}

Value dict_iterator(Runtime& rt, TypeId type, Dict& d) {
  return Value::from(new_iterator(rt, type, Value::from(&d), Value::from_int(0), pack_size(d.used, d.used)));
}

Value dict_reverse_iterator(Runtime& rt, TypeId type, Dict& d) {
  Value last = Value::from_int(static_cast<i64>(d.filled) - 1);
  return Value::from(new_iterator(rt, type, Value::from(&d), last, pack_size(d.used, d.used)));
}

namespace {

Dict& dict_of(Value view) {
  return *to<DictView>(view)->dict;
}

bool is_view(const Runtime& rt, Value v, TypeId type) {
  return is_kind(v, Kind::DictView) && v.object()->shape == rt.shape_of(type);
}
bool is_set_view(const Runtime& rt, Value v) {
  return is_view(rt, v, TypeId::DictKeys) || is_view(rt, v, TypeId::DictItems);
}
bool is_setlike(const Runtime& rt, Value v) {
  return is_kind(v, Kind::Set) || is_set_view(rt, v);
}

u64 size_of(Value v) {
  return is_kind(v, Kind::Set) ? to<Set>(v)->used : dict_of(v).used;
}

// --- what all views have
// -------------------------------------------------------------------------------------------------

Result len(Runtime&, Frame& f) {
  return Value::from_int(static_cast<i64>(dict_of(f[0]).used));
}

Result iter_keys(Runtime& rt, Frame& f) {
  return dict_iterator(rt, TypeId::DictKeyIterator, dict_of(f[0]));
}
Result iter_values(Runtime& rt, Frame& f) {
  return dict_iterator(rt, TypeId::DictValueIterator, dict_of(f[0]));
}
Result iter_items(Runtime& rt, Frame& f) {
  return dict_iterator(rt, TypeId::DictItemIterator, dict_of(f[0]));
}
Result reversed_keys(Runtime& rt, Frame& f) {
  return dict_reverse_iterator(rt, TypeId::DictReverseKeyIterator, dict_of(f[0]));
}
Result reversed_values(Runtime& rt, Frame& f) {
  return dict_reverse_iterator(rt, TypeId::DictReverseValueIterator, dict_of(f[0]));
}
Result reversed_items(Runtime& rt, Frame& f) {
  return dict_reverse_iterator(rt, TypeId::DictReverseItemIterator, dict_of(f[0]));
}

// self → text: the class name around that of a list.
Result repr(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!repr_enter(rt, f[0].object())) return Value::from(new_str(rt, "..."));
      AWAIT(1, list_of(rt, f, f[0]));
      AWAIT(2, to_repr(rt, f, r.value()));
      repr_leave(rt, f[0].object());
      TextBuffer text;
      append_str(text, type_of(rt, f[0])->name);
      text.append('(');
      append_str(text, to<Str>(r.value()));
      text.append(')');
      return finish_text(rt, text);
  }
  LISLE_UNREACHABLE();
}

Result get_mapping(Runtime& rt, Frame& f) {
  return Value::from(new_mapping_proxy(rt, Value::from(to<DictView>(f[0])->dict)));
}

// --- membership
// ----------------------------------------------------------------------------------------------------------

Result keys_contain(Runtime& rt, Frame& f) {
  return dict_contains(rt, f, dict_of(f[0]), f[1]);
}

// self, pair
Result items_contain(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (!is_kind(f[1], Kind::Tuple) || to<Tuple>(f[1])->size != 2) return Result::boolean(false);
      AWAIT(1, dict_get(rt, f, dict_of(f[0]), to<Tuple>(f[1])->items[0]));
      if (r.value().is_unbound()) return Result::boolean(false);
      AWAIT(2, equal(rt, f, r.value(), to<Tuple>(f[1])->items[1]));
      return r;
  }
  LISLE_UNREACHABLE();
}

// --- set operators
// ------------------------------------------------------------------------------------------------------- As
// natives: self, other. f[2] the set that becomes the result.

// A new set from f[from], then changed by `change` with f[with].
template <class Change>
Result combine(Runtime& rt, Frame& f, size_t from, size_t with, Change change) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, set_of(rt, f, TypeId::Set, f[from]));
      f[2] = r.value();
      AWAIT(2, change(rt, f, *to<Set>(f[2]), f[with]));
      return f[2];
  }
  LISLE_UNREACHABLE();
}

Result or_(Runtime& rt, Frame& f) {
  return combine(rt, f, 0, 1, set_update);
}
Result ror_(Runtime& rt, Frame& f) {
  return combine(rt, f, 1, 0, set_update);
}
Result sub_(Runtime& rt, Frame& f) {
  return combine(rt, f, 0, 1, set_difference_update);
}
Result rsub_(Runtime& rt, Frame& f) {
  return combine(rt, f, 1, 0, set_difference_update);
}
Result xor_(Runtime& rt, Frame& f) {
  return combine(rt, f, 0, 1, set_symmetric_update);
}
Result rxor_(Runtime& rt, Frame& f) {
  return combine(rt, f, 1, 0, set_symmetric_update);
}

// self, other. f[2] result, f[3] iterator, f[4] item.
Result and_(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (is_exact_set(rt, f[1]) && size_of(f[0]) <= size_of(f[1])) {
        AWAIT(5, set_intersection(rt, f, *to<Set>(f[1]), f[0]));
        return r;
      }
      if (is_set_view(rt, f[1]) && size_of(f[1]) > size_of(f[0])) std::swap(f[0], f[1]);
      f[2] = Value::from(new_set(rt, TypeId::Set));
      AWAIT(1, iter(rt, f, f[1]));
      f[3] = r.value();
      for (;;) {
        AWAIT(2, next(rt, f, f[3]));
        if (r.value().is_exhausted()) return f[2];
        f[4] = r.value();
        AWAIT(3, rt::contains(rt, f, f[0], f[4]));
        if (r.value().is_true()) {
          AWAIT(4, set_add(rt, f, *to<Set>(f[2]), f[4]));
        }
      }
  }
  LISLE_UNREACHABLE();
}

// self, other. f[2] iterator.
Result is_disjoint(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      if (f[0] == f[1]) return Result::boolean(size_of(f[0]) == 0);
      if (is_setlike(rt, f[1]) && size_of(f[1]) > size_of(f[0])) std::swap(f[0], f[1]);
      AWAIT(1, iter(rt, f, f[1]));
      f[2] = r.value();
      for (;;) {
        AWAIT(2, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::boolean(true);
        AWAIT(3, rt::contains(rt, f, f[0], r.value()));
        if (r.value().is_true()) return Result::boolean(false);
      }
  }
  LISLE_UNREACHABLE();
}

Result all_in(Runtime& rt, Frame& f, Value part, Value whole) {
  return call_internal(rt, f, Internal::AllContained, {part, whole});
}

Result eq(Runtime& rt, Frame& f) {
  if (!is_setlike(rt, f[1])) return Value::not_implemented();
  return size_of(f[0]) == size_of(f[1]) ? all_in(rt, f, f[0], f[1]) : Result::boolean(false);
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
Result lt(Runtime& rt, Frame& f) {
  if (!is_setlike(rt, f[1])) return Value::not_implemented();
  return size_of(f[0]) < size_of(f[1]) ? all_in(rt, f, f[0], f[1]) : Result::boolean(false);
}
Result le(Runtime& rt, Frame& f) {
  if (!is_setlike(rt, f[1])) return Value::not_implemented();
  return size_of(f[0]) <= size_of(f[1]) ? all_in(rt, f, f[0], f[1]) : Result::boolean(false);
}
Result gt(Runtime& rt, Frame& f) {
  if (!is_setlike(rt, f[1])) return Value::not_implemented();
  return size_of(f[0]) > size_of(f[1]) ? all_in(rt, f, f[1], f[0]) : Result::boolean(false);
}
Result ge(Runtime& rt, Frame& f) {
  if (!is_setlike(rt, f[1])) return Value::not_implemented();
  return size_of(f[0]) >= size_of(f[1]) ? all_in(rt, f, f[1], f[0]) : Result::boolean(false);
}

}  // namespace

// part, whole → whether every item of `part` is in `whole`. f[2] iterator.
Result all_contained_steps(Runtime& rt, Frame& f) {
  Result r = rt.resumed();
  switch (f.step()) {
    case 0:
      AWAIT(1, iter(rt, f, f[0]));
      f[2] = r.value();
      for (;;) {
        AWAIT(2, next(rt, f, f[2]));
        if (r.value().is_exhausted()) return Result::boolean(true);
        AWAIT(3, contains(rt, f, f[1], r.value()));
        if (r.value().is_false()) return r;
      }
  }
  LISLE_UNREACHABLE();
}

namespace {

#define SET_METHODS                                                                                          \
  {"__eq__", eq, "(self, value, /)"}, {"__ne__", ne, "(self, value, /)", nullptr, 2},                        \
      {"__lt__", lt, "(self, value, /)"}, {"__le__", le, "(self, value, /)"},                                \
      {"__gt__", gt, "(self, value, /)"}, {"__ge__", ge, "(self, value, /)"},                                \
      {"__or__", or_, "(self, value, /)", nullptr, 3}, {"__ror__", ror_, "(self, value, /)", nullptr, 3},    \
      {"__and__", and_, "(self, value, /)", nullptr, 5}, {"__rand__", and_, "(self, value, /)", nullptr, 5}, \
      {"__sub__", sub_, "(self, value, /)", nullptr, 3},                                                     \
      {"__rsub__", rsub_, "(self, value, /)", nullptr, 3},                                                   \
      {"__xor__", xor_, "(self, value, /)", nullptr, 3},                                                     \
      {"__rxor__", rxor_, "(self, value, /)", nullptr, 3}, {                                                 \
    "isdisjoint", is_disjoint, "(self, other, /)", "Return whether there are no common items.", 3            \
  }

constexpr NativeSpec kKeysMethods[] = {
    {"__len__", len, "(self, /)"},
    {"__iter__", iter_keys, "(self, /)"},
    {"__reversed__", reversed_keys, "(self, /)"},
    {"__contains__", keys_contain, "(self, key, /)"},
    {"__repr__", repr, "(self, /)", nullptr, 2},
    SET_METHODS,
    {"__hash__", nullptr, nullptr},
};
constexpr NativeSpec kItemsMethods[] = {
    {"__len__", len, "(self, /)"},
    {"__iter__", iter_items, "(self, /)"},
    {"__reversed__", reversed_items, "(self, /)"},
    {"__contains__", items_contain, "(self, key, /)", nullptr, 2},
    {"__repr__", repr, "(self, /)", nullptr, 2},
    SET_METHODS,
    {"__hash__", nullptr, nullptr},
};
#undef SET_METHODS
constexpr NativeSpec kValuesMethods[] = {
    {"__len__", len, "(self, /)"},
    {"__iter__", iter_values, "(self, /)"},
    {"__reversed__", reversed_values, "(self, /)"},
    {"__repr__", repr, "(self, /)", nullptr, 2},
};
constexpr GetsetSpec kGetsets[] = {
    {"mapping", get_mapping, nullptr, "The dict this view shows, as a read-only mapping."}};
constexpr u32 kFlags = kTypeFinal | kTypeNoNew | kTypeHidden;

}  // namespace

extern const TypeSpec kDictKeysType{"dict_keys",    "builtins", nullptr,      TypeId::Object,
                                    Kind::DictView, kFlags,     kKeysMethods, kGetsets};
extern const TypeSpec kDictValuesType{"dict_values",  "builtins", nullptr,        TypeId::Object,
                                      Kind::DictView, kFlags,     kValuesMethods, kGetsets};
extern const TypeSpec kDictItemsType{"dict_items",   "builtins", nullptr,       TypeId::Object,
                                     Kind::DictView, kFlags,     kItemsMethods, kGetsets};

}  // namespace lisle::rt
